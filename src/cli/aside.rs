//! A file that a person names to write to, and what they are told where it cannot be written.

use std::path::Path;

use super::shown;
use crate::disk;

/// Writes a file, or says why not and what to do; what was there before is there still if that fails.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let refused = |error: std::io::Error| {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let why = match (folder, error.kind()) {
            (Some(folder), std::io::ErrorKind::NotFound) => {
                format!(
                    "there is no folder {}; make it, or choose another place",
                    shown(folder)
                )
            }
            (_, std::io::ErrorKind::PermissionDenied) => {
                "you may not write there; choose another place".to_owned()
            }
            _ => error.to_string(),
        };
        format!("{} was not written: {why}", shown(path))
    };
    if path.is_dir() {
        return Err(format!("{} is a folder: name a file in it", shown(path)));
    }
    disk::write(path, bytes).map_err(refused)
}
