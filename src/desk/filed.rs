//! Where what was filed is kept: a folder for each draft, in it a file for each time.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use crate::disk;

/// The folder that keeps what was filed of a draft. Drafts lie in it as they lie beside `filed` itself.
pub fn folder(filed: &Path, draft: &Path) -> PathBuf {
    let root = filed.parent().unwrap_or(Path::new(""));
    let name = draft.file_name().unwrap_or_default();
    filed.join(draft.strip_prefix(root).unwrap_or(Path::new(name)))
}

/// The file of what was filed last.
pub fn newest(filed: &Path, draft: &Path) -> Option<PathBuf> {
    let mut files = disk::files_in(&folder(filed, draft));
    files.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    files.into_iter().max()
}

/// When a file was filed, by its name: `2026-03-12 14:05`.
pub fn when(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let time = DateTime::strptime("%Y-%m-%dT%H%M%S", &*stem);
    time.map_or(stem.clone().into_owned(), |time| {
        time.strftime("%Y-%m-%d %H:%M").to_string()
    })
}

/// Keeps the copy of a draft; nothing new where it is what was filed last. The file that holds it.
pub fn keep(filed: &Path, draft: &Path, copy: &str, now: DateTime) -> Result<PathBuf, String> {
    let last = newest(filed, draft);
    if let Some(last) = last.filter(|last| disk::read(last).is_ok_and(|text| text == copy)) {
        return Ok(last);
    }
    let name = now.strftime("%Y-%m-%dT%H%M%S.txt").to_string();
    let path = folder(filed, draft).join(name);
    disk::write_new(&path, copy)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_has_a_folder_and_a_time_a_file() {
        let place = |draft: &str| folder(Path::new("/desk/filed"), Path::new(draft));
        assert_eq!(
            place("/desk/city/pier.lede"),
            Path::new("/desk/filed/city/pier.lede")
        );
        assert_eq!(place("/else/pier.lede"), Path::new("/desk/filed/pier.lede"));
        assert_eq!(
            when(Path::new("a/2026-03-12T140509.txt")),
            "2026-03-12 14:05"
        );
        assert_eq!(when(Path::new("a/first.txt")), "first");
    }
}
