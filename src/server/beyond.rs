//! The documents beyond the one in which something was asked: open or not, drafts and the newsroom's own files.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    CreateFile, DocumentChange, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use url::Url;

use super::capabilities::Session;
use super::{convert, now, workspace};
use crate::desk::Desk;
use crate::desk::edition::Edition;
use crate::entities::base::Base;
use crate::project;
use crate::text::edit::Edit;

/// A document with what is to be changed in it.
pub struct Changed {
    /// The document as it was looked at.
    pub edition: Arc<Edition>,
    /// Whether the client has it open, so that its version counts.
    pub is_open: bool,
    /// Disjoint, in order.
    pub edits: Vec<Edit>,
}

/// The other drafts of the workspace that may hold what is looked for, and whether each is open.
pub fn drafts(
    desk: &Desk,
    but: &str,
    may_hold: impl Fn(&str) -> bool,
) -> Vec<(Arc<Edition>, bool)> {
    let open = desk.editions();
    let names: Vec<String> = open.iter().map(|edition| edition.uri.clone()).collect();
    let closed = workspace::files(&desk.folders(), &names, 0);
    let closed = closed.into_iter().filter_map(|file| {
        let text = workspace::read(&file)?;
        may_hold(&text).then(|| (Arc::new(desk.file(&file.uri.0, &text, now())), false))
    });
    let open = open.into_iter().filter(|edition| {
        edition.uri != but
            && !edition.is_configuration()
            && !edition.is_entities()
            && !edition.is_private()
            && may_hold(&edition.text.to_string())
    });
    open.map(|edition| (edition, true)).chain(closed).collect()
}

/// A document by its address: as it is in the editor where it is open, else from the disk.
pub fn document(desk: &Desk, uri: &str) -> Option<Arc<Edition>> {
    desk.edition(uri).or_else(|| {
        let text = std::fs::read_to_string(project::path(uri)?).ok()?;
        Some(Arc::new(desk.file(uri, &text, now())))
    })
}

/// A path without `.` and `..`, as far as its letters tell.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The newsroom's own TOML files: as they are in the editor where they are open, else from the disk.
pub fn newsroom_files(desk: &Desk, base: &Base) -> Vec<(Arc<Edition>, bool)> {
    let is_toml = |uri: &str| uri.ends_with(".toml");
    let open = desk.editions().into_iter();
    let mut found: Vec<(Arc<Edition>, bool)> = open
        .filter(|edition| edition.is_entities() && is_toml(&edition.uri))
        .map(|edition| (edition, true))
        .collect();
    let known = |found: &[(Arc<Edition>, bool)], path: &Path| {
        let mut editions = found.iter();
        editions.any(|(edition, _)| project::path(&edition.uri).as_deref() == Some(path))
    };
    let mut paths: Vec<PathBuf> = base
        .own()
        .map(|(_, record)| PathBuf::from(&*record.origin.file))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    paths.sort();
    paths.dedup();
    for path in paths {
        if known(&found, &path) {
            continue;
        }
        let text = std::fs::read_to_string(&path).ok();
        let uri = Url::from_file_path(&path).ok();
        if let (Some(text), Some(uri)) = (text, uri) {
            found.push((Arc::new(desk.file(uri.as_str(), &text, now())), false));
        }
    }
    found
}

/// Changes of several documents, each bound to its version where it is open and the client can bind.
pub fn workspace_edit(changed: Vec<Changed>, session: &Session) -> WorkspaceEdit {
    let edits = |one: &Changed| -> Vec<TextEdit> {
        let edits = one.edits.iter();
        edits
            .map(|edit| convert::text_edit(&one.edition.text, edit, session.encoding))
            .collect()
    };
    let changed = changed.into_iter().filter(|one| !one.edits.is_empty());
    if session.document_changes {
        let changes = changed.map(|one| {
            DocumentChange::from(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: one.is_open.then_some(one.edition.text.version),
                    text_document_identifier: TextDocumentIdentifier {
                        uri: Uri(one.edition.uri.clone()),
                    },
                },
                edits: edits(&one).into_iter().map(Into::into).collect(),
            })
        });
        WorkspaceEdit {
            document_changes: Some(changes.collect()),
            ..WorkspaceEdit::default()
        }
    } else {
        let changes = changed.map(|one| (Uri(one.edition.uri.clone()), edits(&one)));
        WorkspaceEdit {
            changes: Some(changes.collect::<HashMap<_, _>>()),
            ..WorkspaceEdit::default()
        }
    }
}

/// A new file with some letters, for clients that can make one.
pub fn new_file(uri: &str, letters: &str, session: &Session) -> Option<WorkspaceEdit> {
    if !(session.document_changes && session.creates_files) {
        return None;
    }
    let create = CreateFile {
        uri: Uri(uri.to_owned()),
        options: None,
        annotation_id: None,
    };
    let text = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: None,
            text_document_identifier: TextDocumentIdentifier {
                uri: Uri(uri.to_owned()),
            },
        },
        edits: vec![
            TextEdit {
                range: Default::default(),
                new_text: letters.to_owned(),
            }
            .into(),
        ],
    };
    Some(WorkspaceEdit {
        document_changes: Some(vec![DocumentChange::CreateFile(create), text.into()]),
        ..WorkspaceEdit::default()
    })
}
