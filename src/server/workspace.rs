//! The drafts in the workspace's folders that nobody has open, found again each time the client asks.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use ignore::WalkBuilder;
use tower_lsp::gen_lsp_types::Uri;
use url::Url;

use crate::disk;

/// How many drafts of a workspace are looked at.
const MAX_FILES: usize = 20_000;

/// The greatest file that is read, in bytes; a story is a few thousand.
const MAX_BYTES: u64 = 4 << 20;

/// A draft on disk.
pub struct File {
    /// Its address.
    pub uri: Uri,
    path: PathBuf,
    stamp: Stamp,
}

impl File {
    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its stamp.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }
}

/// Changes when the file or what surrounds it does.
pub type Stamp = (Option<SystemTime>, u64, u64);

/// Which answer was given for a file, so that one that did not change is not read again.
#[derive(Debug, Default)]
pub struct Answered(Mutex<HashMap<PathBuf, (Stamp, String)>>);

impl Answered {
    /// The result id that was given for this state of a file.
    pub fn result_id(&self, file: &File) -> Option<String> {
        let answered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (stamp, id) = answered.get(&file.path)?;
        (*stamp == file.stamp).then(|| id.clone())
    }

    /// Remembers an answer.
    pub fn remember(&self, file: &File, id: &str) {
        let mut answered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answered.insert(file.path.clone(), (file.stamp, id.to_owned()));
    }
}

/// The drafts in folders, less those that are open; `surroundings` is the stamp of what surrounds them.
pub fn files(folders: &[String], open: &[String], surroundings: u64) -> Vec<File> {
    let open: Vec<PathBuf> = open.iter().filter_map(|uri| path(uri)).collect();
    let folders = folders.iter().filter_map(|uri| path(uri));
    let entries = folders.flat_map(|folder| WalkBuilder::new(folder).build().flatten());
    let files = entries.filter_map(|entry| {
        let path = entry.path();
        if !is_draft(path) || open.iter().any(|open| open == path) {
            return None;
        }
        let metadata = entry.metadata().ok()?;
        let is_small = metadata.is_file() && metadata.len() <= MAX_BYTES;
        is_small.then_some(())?;
        Some(File {
            uri: Uri(Url::from_file_path(path).ok()?.into()),
            path: path.to_owned(),
            stamp: (metadata.modified().ok(), metadata.len(), surroundings),
        })
    });
    files.take(MAX_FILES).collect()
}

/// The letters of a file as an editor would show them; none if it cannot be read.
pub fn read(file: &File) -> Option<String> {
    let bytes = fs::read(&file.path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// The way from a folder to a file, with `..` where it leads out of the folder.
pub fn relative(folder: &Path, file: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for above in folder.ancestors() {
        if let Ok(rest) = file.strip_prefix(above) {
            return up.join(rest);
        }
        up.push("..");
    }
    file.to_owned()
}

fn is_draft(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let is_draft = name.is_some_and(|name| name.ends_with(".lede") || name.ends_with(".lede.md"));
    is_draft && !disk::is_private(path)
}

fn path(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok()?.to_file_path().ok()
}
