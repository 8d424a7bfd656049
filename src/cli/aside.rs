//! A file that appears under its name only when it is whole: written beside it first, then renamed.

use std::fs;
use std::path::Path;

use super::shown;

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
    // A link is followed, so that it stays one.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_special = fs::metadata(&target).is_ok_and(|it| !it.is_file());
    if is_special {
        return fs::write(&target, bytes).map_err(refused);
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = target.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| {
        if let Ok(before) = fs::metadata(&target) {
            fs::set_permissions(&part, before.permissions())?;
        }
        fs::rename(&part, &target)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        refused(error)
    })
}
