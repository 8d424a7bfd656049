//! Files that the client is about to rename: the drafts that name them are edited to follow.

use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    FileOperationFilter, FileOperationPattern, FileOperationRegistrationOptions, FileRename,
    WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::beyond::{self, Changed};
use super::{Server, workspace};
use crate::features::moved;
use crate::project;

/// Which renames are of interest: those of files and folders.
pub fn wanted() -> FileOperationRegistrationOptions {
    FileOperationRegistrationOptions {
        filters: vec![FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: FileOperationPattern {
                glob: "**/*".to_owned(),
                matches: None,
                options: None,
            },
        }],
    }
}

impl Server {
    /// The edits of the drafts that name files which get another name.
    pub async fn follow(&self, files: Vec<FileRename>) -> Result<Option<WorkspaceEdit>> {
        let renames: Vec<(PathBuf, PathBuf)> = files
            .iter()
            .filter_map(|file| {
                let (old, new) = (
                    project::path(&file.old_uri.0)?,
                    project::path(&file.new_uri.0)?,
                );
                Some((beyond::plain(&old), beyond::plain(&new)))
            })
            .collect();
        if renames.is_empty() {
            return Ok(None);
        }
        let (desk, session) = (self.desk.clone(), self.session());
        let edit = spawn_blocking(move || {
            let mut changed = Vec::new();
            for (edition, is_open) in beyond::drafts(&desk, "", |_| true) {
                let (Some(draft), Some(path)) = (edition.draft(), project::path(&edition.uri))
                else {
                    continue;
                };
                let folder = path.parent().unwrap_or(Path::new(""));
                let edits = moved::renamed(draft, |typed| renamed(folder, typed, &renames));
                changed.push(Changed {
                    edition,
                    is_open,
                    edits,
                });
            }
            changed.retain(|one| !one.edits.is_empty());
            (!changed.is_empty()).then(|| beyond::workspace_edit(changed, &session))
        });
        edit.await.map_err(|_| Error::internal_error())
    }
}

/// The new words for a path as it is typed in a draft of a folder; none for a file that keeps its name.
fn renamed(folder: &Path, typed: &str, renames: &[(PathBuf, PathBuf)]) -> Option<String> {
    if typed.contains("://") {
        return None;
    }
    let path = beyond::plain(&folder.join(typed));
    let new = renames.iter().find_map(|(old, new)| {
        let rest = path.strip_prefix(old).ok()?;
        Some(match rest.as_os_str().is_empty() {
            true => new.clone(),
            false => new.join(rest),
        })
    })?;
    let words = match Path::new(typed).is_absolute() {
        true => new,
        false => workspace::relative(folder, &new),
    };
    let words = words.to_str()?.replace('\\', "/");
    // What would end the field, or the line, cannot be written there.
    (!words.contains([';', '\n', '\r'])).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_it_was_typed() {
        let renames = [
            (
                "/news/notes/tape.vtt".into(),
                "/news/notes/mayor.vtt".into(),
            ),
            ("/news/old".into(), "/news/archive/old".into()),
        ];
        let told = |folder: &str, typed: &str| renamed(Path::new(folder), typed, &renames);
        assert_eq!(
            told("/news", "notes/tape.vtt").as_deref(),
            Some("notes/mayor.vtt")
        );
        assert_eq!(
            told("/news", "./notes/tape.vtt").as_deref(),
            Some("notes/mayor.vtt")
        );
        assert_eq!(
            told("/news/drafts", "../notes/tape.vtt").as_deref(),
            Some("../notes/mayor.vtt")
        );
        assert_eq!(
            told("/news", "/news/notes/tape.vtt").as_deref(),
            Some("/news/notes/mayor.vtt")
        );
        assert_eq!(
            told("/news", "old/a.txt").as_deref(),
            Some("archive/old/a.txt")
        );
        assert_eq!(told("/news", "older.txt"), None);
        assert_eq!(told("/news", "https://port.example/notes/tape.vtt"), None);
    }
}
