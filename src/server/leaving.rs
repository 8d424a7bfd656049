//! Lets what a rule finds stand for a whole file or for the project: edits of the configuration file, which every editor can apply.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionResponse, CreateFile, CreateFileOptions,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
};
use url::Url;

use super::answers::is_kind_of;
use super::capabilities::Session;
use super::convert;
use crate::desk::Desk;
use crate::desk::edition::Edition;
use crate::finding::Finding;
use crate::project;
use crate::rules::switch_off;
use crate::text::Text;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A configuration file to write into: its path, its letters, its version if it is open, and whether it is there.
struct Target {
    path: PathBuf,
    text: Text,
    version: Option<i32>,
    is_there: bool,
}

/// What can be done about the findings in a range, for more than this draft’s words: nothing where the draft has no file.
pub fn offered(
    desk: &Desk,
    edition: &Edition,
    findings: &[Finding],
    range: Span,
    only: Option<&[CodeActionKind]>,
    session: &Session,
) -> Vec<CodeActionResponse> {
    let kind = CodeActionKind::QuickFix;
    let is_asked = only.is_none_or(|only| only.iter().any(|wanted| is_kind_of(&kind, wanted)));
    let Some(draft) = project::path(&edition.uri).filter(|_| is_asked) else {
        return Vec::new();
    };
    let mut rules: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.span.overlaps(range) || finding.span.touches(range.start()))
        .collect();
    rules.dedup_by_key(|finding| finding.rule);
    if rules.is_empty() {
        return Vec::new();
    }
    let Some(target) = target(desk, &draft, session) else {
        return Vec::new();
    };
    let letters = target.text.to_string();
    let folder = target.path.parent().unwrap_or(Path::new(""));
    let relative = draft.strip_prefix(folder).ok().map(|path| {
        let parts: Vec<String> = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        parts.join("/")
    });
    let mut actions = Vec::new();
    for finding in rules {
        let rule = finding.rule;
        let for_file = relative.iter().map(|path| {
            (
                format!("Switch {rule} off in this file"),
                switch_off::off_for(&letters, rule, path),
            )
        });
        let for_project = (
            format!("Switch {rule} off in this project"),
            switch_off::off(&letters, rule),
        );
        for (title, edit) in for_file.chain([for_project]) {
            let edit = workspace_edit(&target, &edit, session);
            actions.extend(edit.map(|edit| {
                CodeActionResponse::CodeAction(CodeAction {
                    title,
                    kind: Some(kind.clone()),
                    diagnostics: Some(vec![convert::diagnostic(edition, finding, session)]),
                    edit: Some(edit),
                    ..CodeAction::default()
                })
            }));
        }
    }
    actions
}

/// The nearest configuration file of a draft, as it stands in the editor or on disk; a new one in the folder that is open.
fn target(desk: &Desk, draft: &Path, session: &Session) -> Option<Target> {
    let known = desk.configurations();
    let near = draft.ancestors().skip(1).find_map(|folder| {
        project::NAMES
            .iter()
            .map(|name| folder.join(name))
            .find_map(|path| known.iter().find(|(other, ..)| *other == path))
    });
    if let Some((path, _, text)) = near {
        let open = desk
            .editions()
            .into_iter()
            .find(|edition| project::path(&edition.uri).is_some_and(|open| open == *path));
        return Some(Target {
            path: path.clone(),
            text: match &open {
                Some(open) => open.text.clone(),
                None => Text::new(text),
            },
            version: open.map(|open| open.text.version),
            is_there: true,
        });
    }
    let folders = desk.folders();
    let open = folders.iter().filter_map(|uri| project::path(uri));
    let folder = open
        .filter(|folder| draft.starts_with(folder))
        .max_by_key(|folder| folder.as_os_str().len())
        .or_else(|| draft.parent().map(Path::to_owned))?;
    (session.creates_files && session.document_changes).then(|| Target {
        path: folder.join(project::NAMES[0]),
        text: Text::new(""),
        version: None,
        is_there: false,
    })
}

fn workspace_edit(target: &Target, edit: &Edit, session: &Session) -> Option<WorkspaceEdit> {
    let uri = Uri(Url::from_file_path(&target.path).ok()?.into());
    let edit: TextEdit = convert::text_edit(&target.text, edit, session.encoding);
    if !session.document_changes {
        return Some(WorkspaceEdit {
            changes: Some(HashMap::from([(uri, vec![edit])])),
            ..WorkspaceEdit::default()
        });
    }
    let document = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: target.version,
            text_document_identifier: TextDocumentIdentifier { uri: uri.clone() },
        },
        edits: vec![edit.into()],
    };
    let mut changes = Vec::new();
    if !target.is_there {
        let options = CreateFileOptions {
            ignore_if_exists: Some(true),
            ..CreateFileOptions::default()
        };
        let create = CreateFile::new(uri, Some(options), None);
        changes.push(create.into());
    }
    changes.push(document.into());
    Some(WorkspaceEdit {
        document_changes: Some(changes),
        ..WorkspaceEdit::default()
    })
}
