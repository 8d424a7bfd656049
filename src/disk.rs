//! Reads files, and writes them whole or not at all.

pub mod tracked;

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use ignore::{DirEntry, WalkBuilder};

use crate::entities::import;
pub use crate::entities::import::why;
use crate::project::{self, Project};

/// The greatest draft that is read, in bytes: a library of books.
pub const MAX_BYTES: u64 = 32 << 20;

/// Whether a file is private: what stands in it stays there.
pub fn is_private(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(import::is_private)
}

/// Where files may be read and written that a configuration or a draft names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere: a person typed the command.
    #[default]
    Anywhere,
    /// In these folders alone: who opens a folder does not vouch for what lies in it.
    Folders(Vec<PathBuf>),
}

impl Reach {
    /// Whether a path lies within, links followed; also of one that is not there yet.
    pub fn holds(&self, path: &Path) -> bool {
        let Reach::Folders(folders) = self else {
            return true;
        };
        let Some(real) = real(path) else {
            return false;
        };
        let mut folders = folders.iter().filter_map(|one| fs::canonicalize(one).ok());
        folders.any(|folder| real.starts_with(folder))
    }
}

/// A path without links; where it is not there yet, that of the nearest folder above it and the rest.
fn real(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|above| {
        let real = fs::canonicalize(above).ok()?;
        let rest = path.strip_prefix(above).ok()?;
        let is_plain = |part| matches!(part, Component::Normal(_));
        rest.components()
            .all(is_plain)
            .then(|| match rest.as_os_str().is_empty() {
                true => real,
                false => real.join(rest),
            })
    })
}

/// The letters of a file, or what a person should know when it cannot be read. A byte order mark stays. A private file
/// is not read: what stands in it is in no report.
pub fn read(path: &Path) -> Result<String, String> {
    decode(whole(path)?)
}

/// The letters of anything that gives bytes, such as standard input.
pub fn read_from(input: impl Read) -> Result<String, String> {
    decode(whole_from(input)?)
}

/// The bytes of a file, or what a person should know when it cannot be read.
pub fn whole(path: &Path) -> Result<Vec<u8>, String> {
    if is_private(path) {
        return Err(
            "is private: what stands in it is for your editor, and in no report or export"
                .to_owned(),
        );
    }
    let file = fs::File::open(path).map_err(|error| why(&error))?;
    let metadata = file.metadata().map_err(|error| why(&error))?;
    if metadata.is_dir() {
        return Err("is a folder, not a draft; name a file in it".to_owned());
    }
    bytes_of(file, metadata.len())
}

/// The bytes of anything that gives some, such as standard input.
pub fn whole_from(input: impl Read) -> Result<Vec<u8>, String> {
    bytes_of(input, 0)
}

/// The same, where there are likely so many.
fn bytes_of(input: impl Read, likely: u64) -> Result<Vec<u8>, String> {
    // One more than there are, so that the end is seen without more room.
    let mut bytes = Vec::with_capacity(likely.min(MAX_BYTES) as usize + 1);
    input
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| why(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!(
            "is larger than {} MiB; split it into drafts",
            MAX_BYTES >> 20
        ));
    }
    Ok(bytes)
}

/// Bytes as letters; bytes that are not UTF-8 are told with their place.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if matches!(bytes[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err("is not UTF-8 but UTF-16; save it as UTF-8 and check it again".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let byte = at - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1) + 1;
        format!("is not UTF-8: line {line}, byte {byte} is no letter; save it as UTF-8 and check it again")
    })
}

/// The drafts in a folder and the folders in it, in the order of their names; and what could not be looked at.
/// `is_included` says which further files are drafts.
pub fn drafts(
    folder: &Path,
    mut is_included: impl FnMut(&Path) -> bool,
) -> (Vec<PathBuf>, Vec<String>) {
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    let walk = WalkBuilder::new(folder)
        .sort_by_file_path(|one, other| one.cmp(other))
        .build();
    for entry in walk {
        match entry {
            Ok(entry)
                if is_file(&entry)
                    && !is_private(entry.path())
                    && (is_draft(entry.path()) || is_included(entry.path())) =>
            {
                drafts.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(error.to_string()),
        }
    }
    (drafts, problems)
}

/// Whether an entry is a file, or a link to one.
fn is_file(entry: &DirEntry) -> bool {
    match entry.file_type() {
        Some(kind) if !kind.is_symlink() => kind.is_file(),
        _ => entry.path().is_file(),
    }
}

/// Changes when a file does: when it was written, and its length.
pub type Stamp = (Option<SystemTime>, u64);

/// The stamp of a file; none where there is none.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    metadata
        .is_file()
        .then(|| (metadata.modified().ok(), metadata.len()))
}

/// The files in a folder and the folders in it, ignored ones too, in the order of their names; at most `most`.
pub fn below(folder: &Path, most: usize) -> Vec<(PathBuf, Stamp)> {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .max_depth(Some(4))
        .sort_by_file_path(|one, other| one.cmp(other))
        .build();
    let files = walk.flatten().filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        let stamp = (metadata.modified().ok(), metadata.len());
        metadata.is_file().then(|| (entry.into_path(), stamp))
    });
    files.take(most).collect()
}

/// The bytes of a file that has at most `most`; none where it cannot be read.
pub fn bytes(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).ok()?;
    file.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// The files in a folder, those in folders below it left out; none where there is no folder.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.is_file()).collect()
}

/// The private drafts in a folder, in the order of their names; those in folders below it are left out. No words for a
/// folder are the one that one stands in.
pub fn private_in(folder: &Path) -> Vec<PathBuf> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_one = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        name.to_str()
            .is_some_and(|name| name.ends_with(".private.lede"))
    };
    let mut paths: Vec<PathBuf> = entries.filter(is_one).map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths
}

/// Writes a file that is not there yet, with the folders that it needs.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    let told = |error: io::Error| format!("{} cannot be written: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    if path.exists() {
        return Err(told(io::ErrorKind::AlreadyExists.into()));
    }
    write(path, text).map_err(told)
}

/// Writes a file whole or not at all: aside, and then in its place. Whoever ends us halfway, and a disk that is full,
/// leave the file as it was. A link stays a link; who may read the file still may.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let bytes = bytes.as_ref();
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        // A pipe or a terminal has no place to be put in.
        return fs::write(&path, bytes);
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    // Two who write at once do not write into the same file aside.
    let chance = RandomState::new().build_hasher().finish();
    name.push(format!(".{chance:016x}"));
    let aside = path.with_file_name(name);
    let written =
        write_aside(&aside, bytes, before.as_ref()).and_then(|()| fs::rename(&aside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

fn write_aside(aside: &Path, bytes: &[u8], before: Option<&fs::Metadata>) -> io::Result<()> {
    let mut file = fs::File::create(aside)?;
    if let Some(before) = before {
        if before.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        file.set_permissions(before.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a folder walk takes a file of this name.
pub fn is_draft(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.ends_with(".lede") || name.ends_with(".lede.md"))
}

/// The configuration file of a folder, if it has one: `onrecord.toml`, else `.onrecord.toml`.
pub fn configuration_in(folder: &Path) -> Option<PathBuf> {
    project::NAMES
        .iter()
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
}

/// Reads the configuration files of a folder and of those above it that the project does not know yet.
/// Says which cannot be read.
pub fn look_upward(project: &mut Project, folder: &Path, reach: &Reach) -> Vec<String> {
    let mut problems = Vec::new();
    for folder in folder.ancestors() {
        if project.knows(folder) {
            continue;
        }
        let path = configuration_in(folder);
        problems.extend(path.and_then(|path| read_configuration(project, &path, reach).err()));
        project.remember(folder);
    }
    problems
}

/// Reads one configuration file anew, with the profile files that it names; one that is gone counts no longer.
pub fn read_configuration(project: &mut Project, path: &Path, reach: &Reach) -> Result<(), String> {
    if !path.is_file() {
        project.remove(path);
        return Ok(());
    }
    let text = read(path).map_err(|what| format!("{} {what}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut profiles = BTreeMap::new();
    for name in project::profile_files(&text) {
        let path = folder.join(&name);
        let is_beside = Reach::Folders(vec![folder.to_owned()]).holds(&path);
        let text = match is_beside || reach.holds(&path) {
            true => read(&path),
            false => Err("lies outside the folders that are open, and is not read".to_owned()),
        };
        profiles.insert(name, text);
    }
    project.put(path, &text, profiles);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_letter_is_told_with_its_place() {
        let told = decode(b"One.\nTwo \xff.".to_vec()).expect_err("0xff is never UTF-8");
        assert!(told.contains("line 2, byte 5"), "{told}");
    }

    /// A folder that no other run of the tests has.
    fn own_folder(name: &str) -> PathBuf {
        let chance = RandomState::new().build_hasher().finish();
        std::env::temp_dir().join(format!("onrecord-{name}-{chance:016x}"))
    }

    #[test]
    fn a_path_is_within_its_folders_or_is_not_read() {
        let folder = own_folder("reach");
        fs::create_dir_all(folder.join("open/notes")).expect("a folder");
        let reach = Reach::Folders(vec![folder.join("open")]);
        for inside in [
            "open",
            "open/notes",
            "open/not there yet.txt",
            "open/notes/../a.txt",
        ] {
            assert!(reach.holds(&folder.join(inside)), "{inside}");
        }
        for outside in [
            "",
            "open/..",
            "open/../other.txt",
            "open/none/../../other.txt",
            "/etc/passwd",
        ] {
            assert!(!reach.holds(&folder.join(outside)), "{outside}");
            assert!(Reach::Anywhere.holds(&folder.join(outside)));
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/etc", folder.join("open/link")).expect("a link");
            assert!(!reach.holds(&folder.join("open/link/passwd")));
        }
        fs::remove_dir_all(folder).expect("the folder goes");
    }

    #[test]
    fn a_file_is_written_whole_or_stays_as_it_was() {
        let folder = own_folder("write");
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("pier.lede");
        write(&path, "One.").expect("it can be written");
        write(&path, "Two.").expect("it can be written again");
        assert!(write(&folder.join("none/pier.lede"), "Three.").is_err());
        assert!(write_new(&path, "Four.").is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "Two.");
        let left = fs::read_dir(&folder).expect("the folder").count();
        assert_eq!(left, 1, "nothing is left aside");
        fs::remove_dir_all(folder).expect("the folder goes");
    }

    #[test]
    fn names_of_drafts() {
        assert!(is_draft(Path::new("a/council.lede")));
        assert!(is_draft(Path::new("a/council.lede.md")));
        assert!(!is_draft(Path::new("a/council.md")));
    }
}
