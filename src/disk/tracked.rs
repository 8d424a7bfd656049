//! Which private files git tracks, told from git's own list of what it tracks. No program is run: a repository's configuration
//! may name one.

use std::fs;
use std::path::{Path, PathBuf};

use super::{bytes, is_private};

/// The longest index that is read, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// A file as git would list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The index of the repository in which it lies.
    pub index: PathBuf,
    /// Its path from the folder of the repository, with `/`.
    pub name: String,
}

/// How git would list a file; none outside of a repository.
pub fn listed(path: &Path) -> Option<Listed> {
    let path = fs::canonicalize(path).ok()?;
    let (root, git) = repository(&path)?;
    let inside = path.strip_prefix(root).ok()?.components();
    let parts = inside.map(|part| part.as_os_str().to_str());
    Some(Listed {
        index: git.join("index"),
        name: parts.collect::<Option<Vec<_>>>()?.join("/"),
    })
}

/// The private files that an index lists. What cannot be told is not said.
pub fn private_in(index: &Path) -> Vec<String> {
    let index = bytes(index, MOST_BYTES);
    index.map(|index| private(&index)).unwrap_or_default()
}

/// The folder of the repository in which a path without links lies, and the folder in which git keeps its own.
fn repository(path: &Path) -> Option<(PathBuf, PathBuf)> {
    path.ancestors().skip(1).find_map(|folder| {
        let git = folder.join(".git");
        if git.is_dir() {
            return Some((folder.to_owned(), git));
        }
        // Of a work tree beside the first one, a file says where.
        let words = bytes(&git, 4096)?;
        let words = std::str::from_utf8(&words).ok()?;
        let elsewhere = words.strip_prefix("gitdir:")?.trim();
        Some((folder.to_owned(), folder.join(elsewhere)))
    })
}

/// The private files of an index: versions 2, 3 and 4, with identifiers of 20 or 32 bytes.
fn private(index: &[u8]) -> Vec<String> {
    [20, 32]
        .into_iter()
        .find_map(|identifier| look_through(index, identifier))
        .unwrap_or_default()
}

/// The same for one length of the identifiers; none where the index is not laid out so.
fn look_through(index: &[u8], identifier: usize) -> Option<Vec<String>> {
    let number = |at: usize| Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?));
    if index.get(..4)? != b"DIRC" {
        return None;
    }
    let (version, count) = (number(4)?, number(8)?);
    let mut at = 12;
    let mut name: Vec<u8> = Vec::new();
    let mut found = Vec::new();
    for _ in 0..count {
        let start = at;
        // Ten numbers, the identifier, the flags.
        at += 40 + identifier;
        let flags = u16::from_be_bytes(index.get(at..at + 2)?.try_into().ok()?);
        at += 2;
        if version >= 3 && flags & 0x4000 != 0 {
            at += 2;
        }
        if version >= 4 {
            let (cut, after) = varying(index, at)?;
            name.truncate(name.len().checked_sub(cut)?);
            at = after;
        } else {
            name.clear();
        }
        let rest = index.get(at..)?;
        let length = memchr::memchr(0, rest)?;
        name.extend_from_slice(&rest[..length]);
        let is_told = (flags & 0x0fff) as usize;
        if is_told != name.len().min(0x0fff) {
            return None;
        }
        let file = std::str::from_utf8(&name).ok();
        found.extend(
            file.filter(|file| is_private(Path::new(file)))
                .map(str::to_owned),
        );
        at += length + 1;
        if version < 4 {
            // Filled up with zeros to eight bytes.
            at = start + (at - start).div_ceil(8) * 8;
        }
    }
    Some(found)
}

/// A number of varying length, and where what follows it stands.
fn varying(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut byte = *bytes.get(at)?;
    let mut value = usize::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        at += 1;
        byte = *bytes.get(at)?;
        value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 0x7f);
    }
    Some((value, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index as git lays it out, of some paths.
    fn index(version: u32, identifier: usize, paths: &[&str]) -> Vec<u8> {
        let mut index = b"DIRC".to_vec();
        index.extend(version.to_be_bytes());
        index.extend((paths.len() as u32).to_be_bytes());
        let mut before = "";
        for path in paths {
            let start = index.len();
            index.extend(vec![7; 40 + identifier]);
            let extended = version == 3;
            let flags = path.len() as u16 | if extended { 0x4000 } else { 0 };
            index.extend(flags.to_be_bytes());
            if extended {
                index.extend([0, 0]);
            }
            if version == 4 {
                let same = before.bytes().zip(path.bytes());
                let same = same.take_while(|(one, other)| one == other).count();
                index.push((before.len() - same) as u8);
                index.extend(path[same..].bytes());
                index.push(0);
            } else {
                index.extend(path.bytes());
                index.push(0);
                while !(index.len() - start).is_multiple_of(8) {
                    index.push(0);
                }
            }
            before = path;
        }
        index.extend(vec![9; identifier]);
        index
    }

    #[test]
    fn every_version_of_an_index_is_read() {
        let paths = [
            "a.private.lede",
            "desk/council.lede",
            "desk/council.private.lede",
            "desk/council.private.lede.txt",
            "names.private/a.lede",
        ];
        for version in [2, 3, 4] {
            for identifier in [20, 32] {
                let found = private(&index(version, identifier, &paths));
                let found: Vec<&str> = found.iter().map(String::as_str).collect();
                assert_eq!(found, [paths[0], paths[2], paths[3]], "{version}");
            }
        }
    }

    #[test]
    fn what_is_no_index_says_nothing() {
        let whole = index(2, 20, &["a.private.lede"]);
        assert!(private(b"").is_empty());
        assert!(private(b"DIRC").is_empty());
        for end in 0..whole.len() - 30 {
            assert!(private(&whole[..end]).is_empty(), "{end}");
        }
    }
}
