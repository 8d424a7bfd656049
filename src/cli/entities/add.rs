//! `onrecord entities add`: a new record at the end of a newsroom's file.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::{Kind, day, here, places};
use crate::cli::{complain, print, shown};
use crate::disk;
use crate::entities::add::{self, Entry};
use crate::entities::fold::fold;
use crate::entities::record;

#[derive(Args)]
pub struct Options {
    /// The name; for an office, its title.
    #[arg(required = true)]
    name: Vec<String>,
    /// What it is.
    #[arg(long, value_enum, default_value = "person")]
    kind: Kind,
    /// A person's title.
    #[arg(long)]
    title: Option<String>,
    /// The body that the title belongs to.
    #[arg(long)]
    org: Option<String>,
    /// The name on second reference, where it is not the last word.
    #[arg(long)]
    surname: Option<String>,
    /// The family name comes first.
    #[arg(long)]
    family_first: bool,
    /// The file; without it, `people.toml` in the nearest folder `entities/`, which is made here if there is none.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub fn run(options: &Options) -> i32 {
    let name = options.name.join(" ");
    let loaded = here();
    let known = loaded.base.own_named(&fold(&name));
    if let Some(record) = known.first().and_then(|id| loaded.base.record(*id)) {
        complain(&format!(
            "{} is known already, with the id {}; a second one is added",
            record.name, record.id
        ));
    }
    let path = options.to.clone().unwrap_or_else(|| {
        let folder = places().newsroom.into_iter().next();
        folder
            .unwrap_or_else(|| PathBuf::from("entities"))
            .join("people.toml")
    });
    let before = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            complain(&format!("{} cannot be read: {error}", shown(&path)));
            return 2;
        }
    };
    let is_role = options.title.is_some() || options.org.is_some();
    let entry = Entry {
        kind: match options.kind {
            Kind::Person => record::Kind::Person,
            Kind::Org => record::Kind::Org,
            Kind::Place => record::Kind::Place,
            Kind::Office => record::Kind::Office,
        },
        name,
        surname: options.surname.clone(),
        is_family_first: options.family_first,
        title: options.title.clone(),
        org: options.org.clone(),
        checked: is_role.then(|| day(None)),
    };
    let lines = add::lines(&entry, &before, |id| {
        loaded.base.by_id(id).is_some_and(|id| id.is_own())
    });
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    match made.and_then(|()| disk::write(&path, format!("{before}{lines}"))) {
        Ok(()) => print(&format!("{}:\n{}\n", shown(&path), lines.trim()), 0),
        Err(error) => {
            complain(&format!("{} cannot be written: {error}", shown(&path)));
            2
        }
    }
}
