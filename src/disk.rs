//! Reads files as drafts.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::WalkBuilder;

use crate::project::{self, Project};

/// The greatest file that is read, in bytes.
const MAX_BYTES: u64 = 4 << 30;

/// The letters of a file, or what a person should know when it cannot be read. A byte order mark stays.
pub fn read(path: &Path) -> Result<String, String> {
    decode(whole(path)?)
}

/// The letters of anything that gives bytes, such as standard input.
pub fn read_from(input: impl Read) -> Result<String, String> {
    decode(whole_from(input)?)
}

/// The bytes of a file, or what a person should know when it cannot be read.
pub fn whole(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| why(&error))?;
    let metadata = file.metadata().map_err(|error| why(&error))?;
    if metadata.is_dir() {
        return Err("is a folder, not a draft; name a file in it".to_owned());
    }
    whole_from(file)
}

/// The bytes of anything that gives some, such as standard input.
pub fn whole_from(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| why(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("is larger than 4 GiB; split it into drafts".to_owned());
    }
    Ok(bytes)
}

/// Bytes as letters; bytes that are not UTF-8 are told with their place.
pub fn decode(bytes: Vec<u8>) -> Result<String, String> {
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
                if entry.path().is_file()
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

/// Writes a file that is not there yet, with the folders that it needs.
pub fn write_new(path: &Path, text: &str) -> Result<(), String> {
    use io::Write;
    let told = |error: io::Error| format!("{} cannot be written: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    let mut file = fs::File::create_new(path).map_err(told)?;
    file.write_all(text.as_bytes()).map_err(told)
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
pub fn look_upward(project: &mut Project, folder: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    for folder in folder.ancestors() {
        if project.knows(folder) {
            continue;
        }
        let path = configuration_in(folder);
        problems.extend(path.and_then(|path| read_configuration(project, &path).err()));
        project.remember(folder);
    }
    problems
}

/// Reads one configuration file anew, with the profile files that it names; one that is gone counts no longer.
pub fn read_configuration(project: &mut Project, path: &Path) -> Result<(), String> {
    if !path.is_file() {
        project.remove(path);
        return Ok(());
    }
    let text = read(path).map_err(|what| format!("{} {what}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut profiles = BTreeMap::new();
    for name in project::profile_files(&text) {
        let text = read(&folder.join(&name));
        profiles.insert(name, text);
    }
    project.put(path, &text, profiles);
    Ok(())
}

fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there; look at the spelling of its path".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read; ask for the right to read it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_no_letter_is_told_with_its_place() {
        let told = decode(b"One.\nTwo \xff.".to_vec()).expect_err("0xff is never UTF-8");
        assert!(told.contains("line 2, byte 5"), "{told}");
    }

    #[test]
    fn names_of_drafts() {
        assert!(is_draft(Path::new("a/council.lede")));
        assert!(is_draft(Path::new("a/council.lede.md")));
        assert!(!is_draft(Path::new("a/council.md")));
    }
}
