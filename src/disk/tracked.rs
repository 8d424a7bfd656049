//! Whether git tracks a file, told from git's own list of what it tracks. No program is run: a repository's configuration
//! may name one.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::bytes;

/// The longest index that is read, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Whether git tracks a file. What cannot be told is not said.
pub fn is_tracked(path: &Path) -> bool {
    let Some((root, git)) = repository(path) else {
        return false;
    };
    let Ok(real) = fs::canonicalize(path) else {
        return false;
    };
    let Ok(inside) = real.strip_prefix(root) else {
        return false;
    };
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let name = parts.collect::<Vec<_>>().join("/");
    let index = bytes(&git.join("index"), MOST_BYTES);
    index.is_some_and(|index| lists(&index, name.as_bytes()))
}

/// The folder of the repository in which a path lies, without links, and the folder in which git keeps its own.
fn repository(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let path = fs::canonicalize(path).ok()?;
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

/// Whether an index lists a path: versions 2, 3 and 4, with identifiers of 20 or 32 bytes.
fn lists(index: &[u8], path: &[u8]) -> bool {
    [20, 32]
        .into_iter()
        .find_map(|identifier| look_through(index, identifier, path))
        .unwrap_or(false)
}

/// The same for one length of the identifiers; none where the index is not laid out so.
fn look_through(index: &[u8], identifier: usize, path: &[u8]) -> Option<bool> {
    let number = |at: usize| Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?));
    if index.get(..4)? != b"DIRC" {
        return None;
    }
    let (version, count) = (number(4)?, number(8)?);
    let mut at = 12;
    let mut name: Vec<u8> = Vec::new();
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
        if name == path {
            return Some(true);
        }
        at += length + 1;
        if version < 4 {
            // Filled up with zeros to eight bytes.
            at = start + (at - start).div_ceil(8) * 8;
        }
    }
    Some(false)
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
        let paths = ["a.lede", "desk/council.lede", "desk/council.private.lede"];
        for version in [2, 3, 4] {
            for identifier in [20, 32] {
                let index = index(version, identifier, &paths);
                for path in paths {
                    assert!(lists(&index, path.as_bytes()), "{version} {path}");
                }
                assert!(!lists(&index, b"desk/other.private.lede"));
                assert!(!lists(&index, b"council.private.lede"));
            }
        }
    }

    #[test]
    fn what_is_no_index_says_nothing() {
        let whole = index(2, 20, &["a.private.lede"]);
        assert!(!lists(b"", b"a"));
        assert!(!lists(b"DIRC", b"a"));
        for end in 0..whole.len() - 30 {
            assert!(!lists(&whole[..end], b"a.private.lede"), "{end}");
        }
    }
}
