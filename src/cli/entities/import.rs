//! `onrecord entities import`: a base from a large source, written aside and renamed when it is whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};

use crate::cli::progress::Progress;
use crate::cli::{complain, print, shown};
use crate::entities::day::Day;
use crate::entities::folder;
use crate::entities::import::stream::Source;
use crate::entities::origin::{Origin, Watch};

/// How many records that were left out are told one by one.
const MOST_TOLD: u64 = 1000;

#[derive(Args)]
pub struct Options {
    /// The files; all of them go into one base.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the base is written; without it, among the bases that are always open.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// The format; without it, seen from the file's name and first letters.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The source's name, shown beside what comes from it; without it, the file's name.
    #[arg(long)]
    source: Option<String>,
    /// When the source was taken, as 2026-08-01 or 2026-08; without it, the file's own date.
    #[arg(long, value_parser = day)]
    date: Option<Day>,
    /// The language of names, where a source has several.
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Popolo,
    Ftm,
    Wikidata,
    Congress,
}

impl Format {
    fn source(self) -> Source {
        match self {
            Format::Jsonl => Source::Jsonl,
            Format::Csv => Source::Table,
            Format::Popolo => Source::Popolo,
            Format::Ftm => Source::FollowTheMoney,
            Format::Wikidata => Source::Wikidata,
            Format::Congress => Source::Congress,
        }
    }
}

fn day(words: &str) -> Result<Day, String> {
    Day::read(words).ok_or_else(|| "write 2026-08-01, 2026-08 or 2026".to_owned())
}

pub fn run(options: &Options) -> i32 {
    match import(options) {
        Ok(done) => print(&done, 0),
        Err(what) => {
            complain(&what);
            2
        }
    }
}

fn import(options: &Options) -> Result<String, String> {
    let begun = Instant::now();
    let name = options
        .source
        .clone()
        .unwrap_or_else(|| stem(&options.files[0]));
    let target = match &options.to {
        Some(path) => path.clone(),
        None => {
            let folder =
                folder::cache().ok_or("there is no folder for bases here; say --to FILE")?;
            folder.join(format!("{name}.base"))
        }
    };
    let origin = Origin {
        name,
        files: options.files.clone(),
        source: options.format.map(Format::source),
        date: options.date,
        language: options.lang.clone(),
    };
    let mut bar = Bar::default();
    let counts = origin.make(&target, &mut bar)?;
    if options.to.is_none()
        && let Err(error) = origin.note(&target)
    {
        complain(&format!(
            "where {} comes from cannot be noted: {error}",
            shown(&target)
        ));
    }
    let size = fs::metadata(&target).map_or(0, |data| data.len());
    let mut done = format!(
        "{} entities from {} records in {:.1} s: {} ({} MB)\n",
        counts.entities,
        counts.taken,
        begun.elapsed().as_secs_f64(),
        shown(&target),
        size >> 20
    );
    if counts.passed > 0 {
        done.push_str(&format!(
            "{} passed over: neither people nor bodies, places or offices\n",
            counts.passed
        ));
    }
    if counts.left_out > 0 {
        done.push_str(&format!(
            "{} left out or kept in part, told above\n",
            counts.left_out
        ));
    }
    Ok(done)
}

/// What a person sees of an import.
#[derive(Default)]
struct Bar {
    file: String,
    bar: Option<Progress>,
    told: u64,
}

impl Watch for Bar {
    fn begin(&mut self, file: &Path, bytes: u64) {
        self.file = shown(file);
        self.bar = Some(Progress::over_bytes(&self.file, bytes));
    }

    fn progress(&mut self, bytes: u64) {
        if let Some(bar) = &self.bar {
            bar.reach(bytes);
        }
    }

    fn complain(&mut self, line: u64, what: &str) {
        self.told += 1;
        if self.told <= MOST_TOLD {
            let told = format!("{}:{line}: {what}", self.file);
            self.bar.iter().for_each(Progress::erase);
            complain(&told);
        }
    }

    fn end(&mut self) {
        self.bar = None;
    }
}

/// A file's name up to its first full stop.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty());
    stem.unwrap_or("base").to_owned()
}
