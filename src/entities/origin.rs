//! Where an imported base comes from, noted beside it: a base that is damaged is made again.

use std::collections::hash_map::RandomState;
use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::day::Day;
use super::import::stream::{self, Source, Taker, Told};
use super::import::why;
use super::index::build::Builder;
use super::record::Record;

/// Where a base comes from, and how it is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The source's name, shown beside what comes from it.
    pub name: String,
    /// The files; all of them go into one base.
    pub files: Vec<PathBuf>,
    /// Their format; without it, seen from each file's name and first letters.
    pub source: Option<Source>,
    /// When the source was taken; without it, each file's own date.
    pub date: Option<Day>,
    /// The language of names, where a source has several.
    pub language: String,
}

/// How many records an import took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Entities in the base.
    pub entities: usize,
    /// Records taken.
    pub taken: u64,
    /// Records passed over: neither people nor bodies, places or offices.
    pub passed: u64,
    /// Records left out or kept in part.
    pub left_out: u64,
}

/// Who watches an import; nobody, unless somebody asked for it.
pub trait Watch {
    /// A file is begun, of so many bytes.
    fn begin(&mut self, file: &Path, bytes: u64);
    /// So many bytes of it are read.
    fn progress(&mut self, bytes: u64);
    /// A record was left out, or kept in part.
    fn complain(&mut self, line: u64, what: &str);
    /// The file is done.
    fn end(&mut self);
}

/// Nobody.
impl Watch for () {
    fn begin(&mut self, _: &Path, _: u64) {}
    fn progress(&mut self, _: u64) {}
    fn complain(&mut self, _: u64, _: &str) {}
    fn end(&mut self) {}
}

impl Origin {
    /// What is noted beside a base; none where nothing is, or nothing that can be read.
    pub fn beside(base: &Path) -> Option<Origin> {
        let text = fs::read_to_string(noted(base)).ok()?;
        let mut origin = Origin {
            name: String::new(),
            files: Vec::new(),
            source: None,
            date: None,
            language: "en".to_owned(),
        };
        for line in text.lines() {
            let (key, value) = line.split_once(": ")?;
            match key {
                "name" => origin.name = value.to_owned(),
                "file" => origin.files.push(PathBuf::from(value)),
                "format" => origin.source = Some(Source::named(value)?),
                "date" => origin.date = Some(Day::read(value)?),
                "language" => origin.language = value.to_owned(),
                _ => return None,
            }
        }
        (!origin.files.is_empty()).then_some(origin)
    }

    /// Notes it beside a base: aside, and then in its place. Paths that are no letters cannot be noted, and are not.
    pub fn note(&self, base: &Path) -> io::Result<()> {
        let mut text = format!("name: {}\nlanguage: {}\n", self.name, self.language);
        for file in &self.files {
            let whole = fs::canonicalize(file)?;
            let Some(letters) = whole.to_str().filter(|path| !path.contains('\n')) else {
                return Ok(());
            };
            text.push_str(&format!("file: {letters}\n"));
        }
        if let Some(source) = self.source {
            text.push_str(&format!("format: {}\n", source.name()));
        }
        if let Some(date) = self.date {
            text.push_str(&format!("date: {date}\n"));
        }
        let aside = aside(base, "from");
        let written = fs::write(&aside, text).and_then(|()| fs::rename(&aside, noted(base)));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        written
    }

    /// Makes the base: aside, and then in its place, whole or not at all.
    pub fn make(&self, base: &Path, watch: &mut impl Watch) -> Result<Counts, String> {
        if let Some(folder) = base.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        }
        let aside = aside(base, "base");
        let made = self.write(&aside, watch).and_then(|counts| {
            fs::rename(&aside, base)
                .map_err(|error| format!("{} cannot be written: {error}", base.display()))?;
            Ok(counts)
        });
        if made.is_err() {
            let _ = fs::remove_file(&aside);
        }
        made
    }

    fn write(&self, aside: &Path, watch: &mut impl Watch) -> Result<Counts, String> {
        let told = |error: io::Error| format!("{} cannot be written: {error}", aside.display());
        let file = File::create(aside).map_err(told)?;
        let mut taking = Taking {
            builder: Builder::new(BufWriter::with_capacity(1 << 20, file)).map_err(told)?,
            counts: Counts::default(),
            read: Arc::default(),
            watch,
        };
        let mut about = format!("name: {}\n", self.name);
        for path in &self.files {
            let size = fs::metadata(path).map_or(0, |data| data.len());
            let date = self.date.or_else(|| modified(path));
            taking.watch.begin(path, size);
            let read = self.read(path, date, &mut taking);
            taking.watch.end();
            read.map_err(|what| format!("{} {what}", path.display()))?;
            let date = date.map(|day| day.to_string()).unwrap_or_default();
            about.push_str(&format!(
                "source: {} ({size} bytes, {date})\n",
                path.display()
            ));
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
        &self,
        path: &Path,
        date: Option<Day>,
        taking: &mut Taking<W, impl Watch>,
    ) -> Result<(), String> {
        let told = |error: io::Error| why(&error);
        let counted = Counted {
            inner: File::open(path).map_err(told)?,
            read: taking.read.clone(),
        };
        taking.read.store(0, Ordering::Relaxed);
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
        let name = path.display().to_string();
        let name = name.trim_end_matches(".gz");
        let source = self
            .source
            .unwrap_or_else(|| Source::of(name, &String::from_utf8_lossy(&start)));
        let from = Told {
            name: self.name.as_str().into(),
            date,
            language: self.language.clone(),
        };
        stream::read(source, input, &from, taking).map_err(told)
    }
}

/// Makes a damaged base again from its origin; says what was done, or what is to be done where the origin is gone.
pub fn mend(base: &Path, damage: &str) -> Result<String, String> {
    let Some(origin) = Origin::beside(base) else {
        return Err(format!("{} {damage}", base.display()));
    };
    if let Some(gone) = origin.files.iter().find(|file| !file.is_file()) {
        return Err(format!(
            "{} {damage}; it came from {}, which is gone: put it back, or import the base from elsewhere with --source {}",
            base.display(),
            gone.display(),
            origin.name
        ));
    }
    origin.make(base, &mut ())?;
    let files: Vec<String> = origin
        .files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    Ok(format!(
        "{} was damaged ({damage}) and was made again from {}",
        base.display(),
        files.join(", ")
    ))
}

/// A file beside a base that no other import writes into.
fn aside(base: &Path, end: &str) -> PathBuf {
    let chance = RandomState::new().build_hasher().finish();
    base.with_extension(format!("{end}-{chance:016x}"))
}

/// Where the origin of a base is noted.
fn noted(base: &Path) -> PathBuf {
    base.with_extension("from")
}

/// Counts the bytes that are read from a file.
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

struct Taking<'a, W, T> {
    builder: Builder<W>,
    counts: Counts,
    read: Arc<AtomicU64>,
    watch: &'a mut T,
}

impl<W: Write + Seek, T: Watch> Taker for Taking<'_, W, T> {
    fn take(&mut self, record: &Record) -> io::Result<()> {
        self.counts.taken += 1;
        self.builder.add(record).map(|_| ())
    }

    fn complain(&mut self, line: u64, what: String) {
        self.counts.left_out += 1;
        self.watch.complain(line, &what);
    }

    fn pass_over(&mut self) {
        self.counts.passed += 1;
    }

    fn progress(&mut self, _: u64) {
        self.watch.progress(self.read.load(Ordering::Relaxed));
    }
}

fn modified(path: &Path) -> Option<Day> {
    let time = fs::metadata(path).ok()?.modified().ok()?;
    let zoned = jiff::Timestamp::try_from(time)
        .ok()?
        .to_zoned(jiff::tz::TimeZone::UTC);
    Some(zoned.date().into())
}
