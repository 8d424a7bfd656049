//! `onrecord entities`: the people, bodies, places and offices that the desk knows.

mod add;
mod check;
mod import;
mod look;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::entities::folder::{self, Loaded, Places};

#[derive(Subcommand)]
pub enum Command {
    /// Makes a base of a large source: JSONL, CSV or TSV with a header, Popolo, FollowTheMoney, a Wikidata JSON dump,
    /// congress-legislators YAML; also with .gz.
    #[command(
        after_help = "Exit code: 0 done, also where records were left out (each is told with its line); 2 nothing was written.\nA file of the same name is replaced only when the new one is whole.\n\nExamples:\n  onrecord entities import people.jsonl.gz\n  onrecord entities import latest-all.json.gz --lang en --source wikidata\n  onrecord entities import members.csv --to members.base"
    )]
    Import(import::Options),
    /// Lists who fits a name, surname, initials, or a name with a slip in it.
    #[command(
        after_help = "Exit code: 0, or 1 when nobody fits.\n\nExamples:\n  onrecord entities find ortiz\n  onrecord entities find dana ort --on 2024-07-10"
    )]
    Find {
        /// What is remembered of the name.
        #[arg(required = true)]
        name: Vec<String>,
        /// The day on which roles are given; without it, today.
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
        /// How many are listed.
        #[arg(long, default_value = "10")]
        most: usize,
    },
    /// Prints everything known of one, with where it comes from.
    #[command(
        after_help = "Exit code: 0, or 1 when nobody has the id.\n\nExamples:\n  onrecord entities show dana-ortiz\n  onrecord entities show wikidata:Q42"
    )]
    Show {
        /// The id, or an identifier such as wikidata:Q42.
        id: String,
        /// The day on which roles are given; without it, today.
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
    },
    /// Says who holds an office, or held it on a day.
    #[command(
        after_help = "Exit code: 0, or 1 when there is no such office.\n\nExamples:\n  onrecord entities who harbor commissioner\n  onrecord entities who harbor commissioner --on 2024-07-10"
    )]
    Who {
        /// The office's title or id.
        #[arg(required = true)]
        office: Vec<String>,
        /// The day; without it, today.
        #[arg(long, value_name = "DAY")]
        on: Option<Date>,
    },
    /// Prints what is wrong in the files of a folder `entities/`.
    #[command(
        after_help = "Exit code: 0 nothing is wrong, 1 something is, 2 the folder could not be read.\n\nExamples:\n  onrecord entities check\n  onrecord entities check stories/entities"
    )]
    Check {
        /// The folder; without it, the nearest `entities/` above the current one.
        folder: Option<PathBuf>,
    },
    /// Writes a new record at the end of a file.
    #[command(
        after_help = "Exit code: 0, or 2 when the file could not be written.\n\nExamples:\n  onrecord entities add Dana Ortiz --title \"harbor commissioner\"\n  onrecord entities add Harlow Port --kind org"
    )]
    Add(add::Options),
}

/// A kind of record, on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Person,
    Org,
    Place,
    Office,
}

pub fn run(command: &Command) -> i32 {
    match command {
        Command::Import(options) => import::run(options),
        Command::Find { name, on, most } => look::find(&name.join(" "), day(*on), *most),
        Command::Show { id, on } => look::show(id, day(*on)),
        Command::Who { office, on } => look::who(&office.join(" "), day(*on)),
        Command::Check { folder } => check::run(folder.as_deref()),
        Command::Add(options) => add::run(options),
    }
}

fn day(on: Option<Date>) -> Date {
    on.unwrap_or_else(crate::clock::today)
}

/// Everything that is known here: the nearest folder `entities/`, the user's own, what was imported.
fn here() -> Loaded {
    let loaded = folder::load(&places());
    loaded
        .problems
        .iter()
        .for_each(|problem| super::complain(problem));
    loaded
}

fn places() -> Places {
    let here = std::env::current_dir().unwrap_or_default();
    Places::above(&here.join("draft"))
}
