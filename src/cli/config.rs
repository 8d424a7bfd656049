//! `onrecord config`: what is in force for a draft, and where each value comes from.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::check::{absolute, in_force, look_around, profile};
use super::schema::schema;
use super::{complain, print, shown};
use crate::config::Profile;
use crate::config::keys::GENERAL;
use crate::config::merge::{InForce, Origin};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::project::Project;
use crate::rules::keys::KEYS;
use crate::rules::levels::Levels;
use crate::rules::{RULES, profiles};
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// The draft; `-` is standard input. It need not be there yet.
    #[arg(required_unless_present_any = ["print_profile", "schema"])]
    file: Option<PathBuf>,
    /// The list of levels to start from, as for `check`.
    #[arg(long, value_parser = profile)]
    profile: Option<Profile>,
    /// Prints the file of a built-in profile, to be copied and changed.
    #[arg(long, value_parser = profile, value_name = "PROFILE")]
    print_profile: Option<Profile>,
    /// Prints the JSON Schema of onrecord.toml.
    #[arg(long)]
    schema: bool,
}

pub fn run(options: &Options) -> i32 {
    if let Some(profile) = options.print_profile {
        return print(profiles::file(profile), 0);
    }
    if options.schema {
        return print(&format!("{:#}\n", schema()), 0);
    }
    let path = options.file.as_deref().unwrap_or(Path::new("-"));
    let mut project = Project::default();
    for problem in look_around(&mut project, path) {
        complain(&problem);
    }
    let force = in_force(path, options.profile, &project);
    let source = match path == Path::new("-") {
        true => disk::read_from(io::stdin().lock()),
        false if path.exists() => disk::read(path),
        false => Ok(String::new()),
    };
    match source {
        Ok(source) => print(&page(path, options.profile, &force, &source, &project), 0),
        Err(what) => {
            complain(&format!("{} {what}", shown(path)));
            2
        }
    }
}

/// The page, as a configuration file that would say the same.
fn page(
    path: &Path,
    asked: Option<Profile>,
    force: &InForce,
    source: &str,
    project: &Project,
) -> String {
    let draft = Draft::read(Text::new(source), &force.reading, &Base::default(), None);
    let facts = &draft.story.facts;
    let from = |key: &str| {
        force
            .origins
            .get(key)
            .map(|origin| told(origin, key, project))
    };
    let config = &force.config;

    let mut page = format!("# In force for {}\n", shown(path));
    let files = project.around(absolute(path).parent().unwrap_or(path));
    for file in &files {
        let _ = writeln!(page, "# reads {}", shown(&file.path));
    }
    let header = facts.profile.as_deref().and_then(Profile::named);
    let (name, origin) = match (header, asked, from("profile")) {
        (Some(profile), ..) => (
            profile.name().to_owned(),
            "Checks: in the header".to_owned(),
        ),
        (_, Some(profile), _) => (profile.name().to_owned(), "--profile".to_owned()),
        (_, _, Some(origin)) => {
            let own = config.own_profile.as_ref().map(|own| own.name.clone());
            (
                own.unwrap_or_else(|| config.profile.name().to_owned()),
                origin,
            )
        }
        _ => (
            config.profile.name().to_owned(),
            "by the draft’s name".to_owned(),
        ),
    };
    page.push('\n');
    line(&mut page, &format!("profile = \"{name}\""), &origin);
    for (key, _, default, _) in GENERAL.iter().filter(|(key, ..)| *key != "profile") {
        let value = match (*key, from(key)) {
            (_, None) => (*default).to_owned(),
            ("own-outlets", _) => list_of(&config.own_outlets),
            ("include", _) => list_of(&config.include),
            ("rule-pages", _) => format!("{:?}", config.rule_pages.as_deref().unwrap_or("")),
            ("filed", _) => format!(
                "{:?}",
                config.filed.as_deref().map(shown).unwrap_or_default()
            ),
            ("entities", _) => paths(config.entities.as_deref()),
            ("notes", _) => paths(config.notes.as_deref()),
            ("quotes", _) => format!("{:?}", format!("{:?}", force.reading.quotes).to_lowercase()),
            _ => "true".to_owned(),
        };
        let origin = from(key).unwrap_or_else(|| "built in".to_owned());
        line(&mut page, &format!("{key} = {value}"), &origin);
    }

    page.push_str("\n[severity]\n");
    let levels = Levels::of(facts, config);
    for rule in RULES {
        let level = levels
            .of_plain(rule)
            .map_or("off", |severity| severity.name());
        let keys = [rule.name, rule.topic, &format!("{}s", rule.topic)].map(str::to_owned);
        let in_header = facts.checks.iter().any(|check| keys.contains(&check.name));
        let in_file = keys.iter().find_map(|key| from(&format!("severity.{key}")));
        let is_moved = profiles::level(levels.profile(), rule) != rule.severity;
        let origin = match (in_header, in_file) {
            (true, _) => "Checks: in the header".to_owned(),
            (_, Some(origin)) => origin,
            _ if is_moved => format!("profile {name}"),
            _ => "the rule’s own".to_owned(),
        };
        line(&mut page, &format!("{} = \"{level}\"", rule.name), &origin);
    }

    let mut table = "";
    for option in &KEYS.options {
        let (rule, key) = option
            .name
            .split_once('.')
            .expect("an option’s name has a dot");
        if rule != table {
            let _ = write!(page, "\n[rules.{rule}]\n");
            table = rule;
        }
        let value = config.option(&option.name);
        let value = value.map_or_else(|| option.default.to_owned(), toml::Value::to_string);
        let origin = match from(&format!("rules.{}", option.name)) {
            Some(origin) => origin,
            None if config.option(&option.name).is_some() => format!("profile {name}"),
            None => "built in".to_owned(),
        };
        line(&mut page, &format!("{key} = {value}"), &origin);
    }
    for (key, origin) in force
        .origins
        .iter()
        .filter(|(key, _)| key.starts_with("words."))
    {
        let (list, verb) = key["words.".len()..].rsplit_once('.').unwrap_or((key, ""));
        let (added, taken) = force.reading.house.of(list);
        let words = if verb == "add" { added } else { taken };
        let _ = write!(page, "\n[words.{list}]\n");
        let origin = told(origin, key, project);
        line(&mut page, &format!("{verb} = {}", list_of(words)), &origin);
    }
    page
}

/// A line with where it comes from, in a column of its own.
fn line(page: &mut String, setting: &str, origin: &str) {
    let _ = writeln!(page, "{setting:<52} # {origin}");
}

fn told(origin: &Origin, key: &str, project: &Project) -> String {
    let here = absolute(Path::new("."));
    let place = |path: &Path| {
        let line = project.line_of(path, key).unwrap_or(1);
        format!("{}:{line}", shown(path.strip_prefix(&here).unwrap_or(path)))
    };
    match origin {
        Origin::File(path) => place(path),
        Origin::Section(path, patterns) => {
            format!("{}, for files {}", place(path), patterns.join(", "))
        }
    }
}

fn list_of(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
    format!("[{}]", words.join(", "))
}

fn paths(paths: Option<&[PathBuf]>) -> String {
    let paths: Vec<String> = paths
        .unwrap_or_default()
        .iter()
        .map(|it| shown(it))
        .collect();
    list_of(&paths)
}
