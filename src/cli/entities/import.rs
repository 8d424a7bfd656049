//! `onrecord entities import`: a base from a large source, written aside and renamed when it is whole.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::{Args, ValueEnum};
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{complain, print, shown};
use crate::disk;
use crate::entities::day::Day;
use crate::entities::folder;
use crate::entities::import::stream::{self, Source, Taker, Told};
use crate::entities::index::build::Builder;
use crate::entities::record::Record;

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
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| format!("{} cannot be made: {error}", shown(folder)))?;
    }
    let aside = target.with_extension(format!("base-{}", std::process::id()));
    let made = write(options, &name, &aside).and_then(|counts| {
        fs::rename(&aside, &target)
            .map_err(|error| format!("{} cannot be written: {error}", shown(&target)))?;
        Ok(counts)
    });
    if made.is_err() {
        let _ = fs::remove_file(&aside);
    }
    let counts = made?;
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

#[derive(Default)]
struct Counts {
    entities: usize,
    taken: u64,
    passed: u64,
    left_out: u64,
}

fn write(options: &Options, name: &str, aside: &Path) -> Result<Counts, String> {
    let told = |error: io::Error| format!("{} cannot be written: {error}", shown(aside));
    let file = File::create(aside).map_err(told)?;
    let mut taking = Taking {
        builder: Builder::new(BufWriter::with_capacity(1 << 20, file)).map_err(told)?,
        counts: Counts::default(),
        file: String::new(),
        bar: ProgressBar::hidden(),
        read: Arc::default(),
    };
    let mut about = format!("name: {name}\n");
    for path in &options.files {
        let date = options.date.or_else(|| modified(path));
        taking.begin(path);
        read(options, path, name, date, &mut taking)
            .map_err(|what| format!("{} {what}", shown(path)))?;
        taking.bar.finish_and_clear();
        let size = fs::metadata(path).map_or(0, |data| data.len());
        let date = date.map(|day| day.to_string()).unwrap_or_default();
        about.push_str(&format!("source: {} ({size} bytes, {date})\n", shown(path)));
    }
    if taking.builder.is_empty() {
        return Err("no record was found; is this the right --format?".to_owned());
    }
    let mut counts = taking.counts;
    counts.entities = taking.builder.len();
    let written = taking.builder.finish(&about).map_err(told)?;
    let file = written
        .into_inner()
        .map_err(|error| told(error.into_error()))?;
    file.sync_all().map_err(told)?;
    Ok(counts)
}

fn read<W: Write + Seek>(
    options: &Options,
    path: &Path,
    name: &str,
    date: Option<Day>,
    taking: &mut Taking<W>,
) -> Result<(), String> {
    let told = |error: io::Error| disk::why(&error);
    let file = File::open(path).map_err(told)?;
    let counted = Counted {
        inner: file,
        read: taking.read.clone(),
    };
    let is_packed = path.extension().is_some_and(|end| end == "gz");
    let mut input: Box<dyn BufRead> = if is_packed {
        Box::new(BufReader::with_capacity(
            1 << 20,
            MultiGzDecoder::new(BufReader::new(counted)),
        ))
    } else {
        Box::new(BufReader::with_capacity(1 << 20, counted))
    };
    let start = input.fill_buf().map_err(told)?;
    let start = start[..start.len().min(1 << 16)].to_vec();
    let file_name = shown(path);
    let source = match options.format {
        Some(format) => format.source(),
        None => Source::of(
            file_name.trim_end_matches(".gz"),
            &String::from_utf8_lossy(&start),
        ),
    };
    let from = Told {
        name: name.into(),
        date,
        language: options.lang.clone(),
    };
    stream::read(source, input, &from, taking).map_err(told)
}

/// Counts the bytes that are read from a file, for the bar.
struct Counted {
    inner: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

struct Taking<W> {
    builder: Builder<W>,
    counts: Counts,
    file: String,
    bar: ProgressBar,
    read: Arc<AtomicU64>,
}

impl<W> Taking<W> {
    fn begin(&mut self, path: &Path) {
        self.file = shown(path);
        self.read.store(0, Ordering::Relaxed);
        let size = fs::metadata(path).map_or(0, |data| data.len());
        let style = ProgressStyle::with_template("{msg} {bar:30} {percent}% {eta}");
        self.bar = ProgressBar::new(size).with_message(self.file.clone());
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
    }
}

impl<W: Write + Seek> Taker for Taking<W> {
    fn take(&mut self, record: &Record) -> io::Result<()> {
        self.counts.taken += 1;
        self.builder.add(record).map(|_| ())
    }

    fn complain(&mut self, line: u64, what: String) {
        self.counts.left_out += 1;
        if self.counts.left_out <= MOST_TOLD {
            let told = format!("{}:{line}: {what}", self.file);
            self.bar.suspend(|| complain(&told));
        }
    }

    fn pass_over(&mut self) {
        self.counts.passed += 1;
    }

    fn progress(&mut self, _: u64) {
        self.bar.set_position(self.read.load(Ordering::Relaxed));
    }
}

/// A file's name up to its first full stop.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty());
    stem.unwrap_or("base").to_owned()
}

fn modified(path: &Path) -> Option<Day> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let zoned = jiff::Timestamp::try_from(time)
        .ok()?
        .to_zoned(jiff::tz::TimeZone::UTC);
    Some(zoned.date().into())
}
