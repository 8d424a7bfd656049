//! What is on file beside drafts: found in `notes/` and by the `file:` of sources, read once, and again when it changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{available_parallelism, scope};
use std::time::{Duration, Instant};

use crate::config::Config;
use crate::desk::filed;
use crate::disk::tracked;
use crate::disk::{self, Reach, Stamp, is_private};
use crate::draft::Draft;
use crate::notes::checks::Checks;
use crate::notes::filed::Filed;
use crate::notes::format::{ENDINGS, MEDIA, ending, read};
use crate::notes::private::{self, Beside, Private};
use crate::notes::record::Record;
use crate::notes::{Named, Records};
use crate::reading::Reading;

/// For how long what was seen on disk is taken to be so.
const FRESH: Duration = Duration::from_secs(1);

/// The greatest file that is read as a record, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// How many files of a folder are read.
const MOST_FILES: usize = 2000;

/// What is asked for beside a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The files that its sources name, as typed.
    pub named: Vec<String>,
    /// The folders that hold notes; none is `notes` beside the draft.
    pub notes: Option<Vec<PathBuf>>,
    /// The folder that keeps what was filed.
    pub filed: Option<PathBuf>,
    /// Where all of it may lie.
    pub reach: Reach,
}

impl Wanted {
    /// What a draft asks for under a configuration.
    pub fn of(draft: &Draft, config: &Config) -> Wanted {
        Wanted {
            named: named(draft),
            notes: config.notes.clone(),
            filed: config.filed.clone(),
            reach: Reach::Anywhere,
        }
    }
}

/// The records that were read, by path, and what each draft has of them.
#[derive(Debug, Default)]
pub struct Shelf {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    read: HashMap<PathBuf, Read>,
    filed: HashMap<PathBuf, (Stamp, Option<Arc<Filed>>)>,
    checks: HashMap<PathBuf, (Stamp, Arc<Checks>)>,
    private: HashMap<PathBuf, (Stamp, Arc<Private>)>,
    /// The private files that each of git's indexes lists.
    tracked: HashMap<PathBuf, (Stamp, Arc<[String]>)>,
    /// The private files of each folder, and when they were seen.
    folders: HashMap<PathBuf, (Instant, Arc<[PathBuf]>)>,
    drafts: HashMap<PathBuf, Held>,
    generation: u64,
    /// That of the records that were found last.
    stamp: u64,
}

/// A file as it was read, and its words if it has any.
type Read = (Stamp, Option<Arc<Record>>);

/// What a draft has.
#[derive(Debug)]
struct Held {
    wanted: Wanted,
    seen: Option<Instant>,
    records: Arc<Records>,
}

impl Shelf {
    /// What lies beside a draft at a path. The same value while nothing changed.
    pub fn records(&self, draft: &Path, wanted: &Wanted, now: Instant) -> Arc<Records> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = state.drafts.get(draft) {
            let is_fresh = held
                .seen
                .is_some_and(|seen| now.saturating_duration_since(seen) < FRESH);
            if is_fresh && held.wanted == *wanted {
                return held.records.clone();
            }
        }
        let before = state.drafts.get(draft).map(|held| held.records.clone());
        let mut found = state.look(draft, wanted, now);
        let is_first = before.is_none();
        let records = match before.filter(|before| is_same(before, &found)) {
            Some(before) => before,
            None => {
                // What is seen for the first time has not changed.
                state.generation += u64::from(!is_first);
                state.stamp += 1;
                found.stamp = state.stamp;
                Arc::new(found)
            }
        };
        let held = Held {
            wanted: wanted.clone(),
            seen: Some(now),
            records: records.clone(),
        };
        state.drafts.insert(draft.to_owned(), held);
        records
    }

    /// Something changed on disk: everything is looked at again when it is asked for.
    pub fn doubt(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.generation += 1;
        state.drafts.values_mut().for_each(|held| held.seen = None);
        state.folders.clear();
    }

    /// Grows whenever something may have changed.
    pub fn generation(&self) -> u64 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.generation
    }
}

impl State {
    fn look(&mut self, draft: &Path, wanted: &Wanted, now: Instant) -> Records {
        let folder = draft.parent().unwrap_or(Path::new(""));
        let is_record = |path: &Path| {
            let ending = ending(&shown(path));
            let own = path == draft;
            ENDINGS.contains(&ending.as_str()) && !own && !is_private(path)
        };
        let beside = [folder.join("notes")];
        let folders = wanted.notes.as_deref().unwrap_or(&beside);
        let found = folders
            .iter()
            .filter(|folder| folder.is_dir() && wanted.reach.holds(folder))
            .flat_map(|folder| disk::below(folder, MOST_FILES));
        let mut files: Vec<_> = found.take(MOST_FILES).collect();
        files.retain(|(path, _)| is_record(path));
        let mut targets: Vec<(String, Target)> = Vec::new();
        for typed in &wanted.named {
            let target = target(folder, typed, &wanted.reach);
            if let Target::Record(path, stamp) = &target
                && !files.iter().any(|(known, _)| known == path)
            {
                files.push((path.clone(), *stamp));
            }
            targets.push((typed.clone(), target));
        }
        let news: Vec<_> = files
            .iter()
            .filter(|(path, stamp)| self.read.get(path).is_none_or(|known| known.0 != *stamp))
            .cloned()
            .collect();
        let fresh = read_all(news);
        self.read.extend(fresh);
        let mut records = Records::default();
        let mut places: HashMap<PathBuf, usize> = HashMap::new();
        for (path, _) in &files {
            if let Some((_, Some(record))) = self.read.get(path) {
                places.insert(path.clone(), records.files.len());
                records.files.push(record.clone());
            }
        }
        for (typed, target) in targets {
            let named = match target {
                Target::Record(path, _) => places
                    .get(&path)
                    .map_or(Named::Unread, |index| Named::Record(*index)),
                Target::Unread => Named::Unread,
                Target::Missing => Named::Missing,
            };
            records.named.push((typed, named));
        }
        records.filed = wanted
            .filed
            .as_deref()
            .and_then(|folder| self.filed(folder, draft));
        records.checks = self.checks(draft);
        records.private = self.private(draft, &wanted.reach, now);
        records.is_tracked = is_private(draft) && self.is_tracked(draft);
        records
    }

    /// Whether git tracks a private file.
    fn is_tracked(&mut self, path: &Path) -> bool {
        tracked::listed(path).is_some_and(|listed| {
            let read = |index: &Path| Some(Arc::from(tracked::private_in(index)));
            let known = kept(&mut self.tracked, &listed.index, read);
            known.is_some_and(|known| known.contains(&listed.name))
        })
    }

    /// The private files beside a draft.
    fn private(&mut self, draft: &Path, reach: &Reach, now: Instant) -> Vec<Beside> {
        let folder = draft.parent().unwrap_or(Path::new(""));
        let seen = self.folders.get(folder);
        let seen = seen.filter(|(seen, _)| now.saturating_duration_since(*seen) < FRESH);
        let paths = match seen {
            Some((_, paths)) => paths.clone(),
            None => {
                let paths: Arc<[PathBuf]> = disk::private_in(folder).into();
                self.folders.insert(folder.to_owned(), (now, paths.clone()));
                paths
            }
        };
        let name = |path: &Path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let others = paths
            .iter()
            .filter(|path| *path != draft && reach.holds(path));
        let beside = others.filter_map(|path| {
            Some(Beside {
                is_own: private::is_own(&name(draft), &name(path)),
                file: self.private_file(path)?,
            })
        });
        beside.collect()
    }

    /// What a private file says.
    fn private_file(&mut self, path: &Path) -> Option<Arc<Private>> {
        kept(&mut self.private, path, |path| {
            let text = disk::decode(disk::bytes(path, disk::MAX_BYTES)?).ok()?;
            Some(Arc::new(Private::read(&text)))
        })
    }

    /// What was filed last of a draft.
    fn filed(&mut self, folder: &Path, draft: &Path) -> Option<Arc<Filed>> {
        let path = filed::newest(folder, draft)?;
        kept(&mut self.filed, &path, |path| {
            let read = |text: String| Filed::read(&filed::when(path), &text, &Reading::default());
            Some(disk::read(path).ok().map(|text| Arc::new(read(text))))
        })?
    }

    /// The checks beside a draft.
    fn checks(&mut self, draft: &Path) -> Option<Arc<Checks>> {
        kept(&mut self.checks, &checks_of(draft), |path| {
            Some(Arc::new(Checks::read(&disk::read(path).ok()?)))
        })
    }
}

/// What a file holds: read again only where it changed. None where there is no file, or it cannot be read.
fn kept<T: Clone>(
    known: &mut HashMap<PathBuf, (Stamp, T)>,
    path: &Path,
    read: impl FnOnce(&Path) -> Option<T>,
) -> Option<T> {
    let stamp = disk::stamp(path)?;
    if let Some((_, held)) = known.get(path).filter(|known| known.0 == stamp) {
        return Some(held.clone());
    }
    let held = read(path)?;
    known.insert(path.to_owned(), (stamp, held.clone()));
    Some(held)
}

/// Reads files, on as many threads as there are cores: not on those of a pool, whose tasks may wait for this shelf.
fn read_all(files: Vec<(PathBuf, Stamp)>) -> Vec<(PathBuf, Read)> {
    let one = |(path, stamp): (PathBuf, Stamp)| {
        let bytes = disk::bytes(&path, MOST_BYTES);
        let record = bytes.and_then(|bytes| read(&shown(&path), &bytes));
        (path, (stamp, record.map(Arc::new)))
    };
    if files.len() < 4 {
        return files.into_iter().map(one).collect();
    }
    let threads = available_parallelism().map_or(1, usize::from).min(8);
    let next = Mutex::new(files.into_iter());
    let take = || next.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || -> Vec<_> { std::iter::from_fn(take).map(one).collect() };
    scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let read = workers.into_iter().filter_map(|worker| worker.join().ok());
        read.flatten().collect()
    })
}

/// What a path that a source names leads to.
enum Target {
    Record(PathBuf, Stamp),
    Unread,
    Missing,
}

/// A file that can be read, or for a recording the transcript of the same name beside it or in `notes/`.
fn target(folder: &Path, typed: &str, reach: &Reach) -> Target {
    if typed.contains("://") || is_private(Path::new(typed)) {
        return Target::Unread;
    }
    let path = folder.join(typed);
    if !reach.holds(&path) {
        return Target::Unread;
    }
    let ending = ending(typed);
    if ENDINGS.contains(&ending.as_str()) {
        return match disk::stamp(&path) {
            Some(stamp) => Target::Record(path, stamp),
            None => Target::Missing,
        };
    }
    if MEDIA.contains(&ending.as_str()) {
        let in_notes = path.file_name().map(|name| folder.join("notes").join(name));
        for place in std::iter::once(path.clone()).chain(in_notes) {
            for ending in ["vtt", "srt", "json", "txt", "docx", "md"] {
                let beside = place.with_extension(ending);
                if let Some(stamp) = disk::stamp(&beside).filter(|_| reach.holds(&beside)) {
                    return Target::Record(beside, stamp);
                }
            }
        }
    }
    match disk::stamp(&path) {
        Some(_) => Target::Unread,
        None => Target::Missing,
    }
}

fn is_same(one: &Records, other: &Records) -> bool {
    let is_one = |one: &Option<Arc<Filed>>, other: &Option<Arc<Filed>>| {
        one.as_ref().map(Arc::as_ptr) == other.as_ref().map(Arc::as_ptr)
    };
    let is_beside = |one: &Beside, other: &Beside| {
        one.is_own == other.is_own && Arc::ptr_eq(&one.file, &other.file)
    };
    one.named == other.named
        && one.private.len() == other.private.len()
        && std::iter::zip(&one.private, &other.private).all(|(one, other)| is_beside(one, other))
        && is_one(&one.filed, &other.filed)
        && one.checks == other.checks
        && one.is_tracked == other.is_tracked
        && one.files.len() == other.files.len()
        && one
            .files
            .iter()
            .zip(&other.files)
            .all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Where the checks of a draft are noted: `council.lede.checks` beside `council.lede`.
pub fn checks_of(draft: &Path) -> PathBuf {
    let mut path = draft.as_os_str().to_owned();
    path.push(".checks");
    PathBuf::from(path)
}

/// A path with `/`.
fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

/// The files that the sources of a draft name, as typed.
pub fn named(draft: &Draft) -> Vec<String> {
    let sources = draft.story.sources.iter();
    let files = sources.filter_map(|source| source.field("file"));
    let mut files: Vec<String> = files
        .map(|path| path.trim().to_owned())
        .filter(|path| !path.is_empty() && !path.starts_with("TK"))
        .collect();
    files.sort();
    files.dedup();
    files
}
