//! The newsroom's own files in an editor: a person of a draft added to one, a name or an id changed in all, and who
//! refers to whom.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, CodeAction, CodeActionKind, Location, PrepareRenamePlaceholder,
    SymbolInformation, SymbolKind, Uri, WorkspaceEdit,
};
use url::Url;

use super::beyond::{self, Changed};
use super::capabilities::Session;
use super::convert;
use crate::desk::Desk;
use crate::desk::edition::Edition;
use crate::entities::add::{self, Entry};
use crate::entities::folder;
use crate::entities::record::Kind;
use crate::features;
use crate::features::actions::add::Addition;
use crate::features::people::{self, Who};
use crate::features::places::Declaration;
use crate::features::rename::{self, Prepared, Target};
use crate::features::workspace_symbols;
use crate::project;
use crate::text::Text;
use crate::text::edit::Edit;

/// Whether a document is a newsroom's file that features look into.
pub fn is_file(uri: &str) -> bool {
    folder::holds(uri) && uri.ends_with(".toml")
}

/// Writes somebody of a draft into the newsroom's file, at its end: comments and order stay.
pub fn addition(
    desk: &Desk,
    edition: &Edition,
    addition: &Addition,
    session: &Session,
) -> Option<CodeAction> {
    let path = file_for(desk, edition, addition.entry.kind)?;
    let edit = entry(desk, edition, &path, &addition.entry, session)?;
    Some(CodeAction {
        title: addition.title.clone(),
        kind: Some(CodeActionKind::RefactorRewrite),
        edit: Some(edit),
        ..CodeAction::default()
    })
}

fn entry(
    desk: &Desk,
    edition: &Edition,
    path: &Path,
    entry: &Entry,
    session: &Session,
) -> Option<WorkspaceEdit> {
    let base = &edition.surroundings.base;
    let is_taken = |id: &str| base.by_id(id).is_some_and(|id| id.is_own());
    let uri: String = Url::from_file_path(path).ok()?.into();
    let open = desk
        .editions()
        .into_iter()
        .find(|edition| project::path(&edition.uri).as_deref() == Some(path));
    let (edition, is_open) = match open {
        Some(open) => (open, true),
        None => match std::fs::read_to_string(path) {
            Ok(text) => (Arc::new(desk.file(&uri, &text, super::now())), false),
            Err(_) if path.exists() => return None,
            Err(_) => {
                let lines = add::lines(entry, "", is_taken);
                return beyond::new_file(&uri, &lines, session);
            }
        },
    };
    let before = edition.text.to_string();
    let mut lines = add::lines(entry, &before, is_taken);
    if before.contains("\r\n") {
        lines = lines.replace('\n', "\r\n");
    }
    let edits = vec![Edit::insert(before.len(), lines)];
    let changed = Changed {
        edition,
        is_open,
        edits,
    };
    Some(beyond::workspace_edit(vec![changed], session))
}

/// The file for a record of a kind: in the folder `entities/` nearest to the draft, else in that of the workspace.
fn file_for(desk: &Desk, edition: &Edition, kind: Kind) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = desk
        .folders()
        .iter()
        .filter_map(|uri| project::path(uri))
        .collect();
    let draft = project::path(&edition.uri);
    let above = draft.iter().flat_map(|path| path.ancestors().skip(1));
    let inside = above.filter(|one| folders.iter().any(|folder| one.starts_with(folder)));
    let nearest = inside
        .map(|one| one.join("entities"))
        .find(|one| one.is_dir());
    let folder = nearest.or_else(|| Some(folders.first()?.join("entities")))?;
    Some(folder::file_for(&folder, kind))
}

/// What can be renamed at a place of a document.
pub fn prepare(edition: &Edition, at: usize) -> Option<Prepared> {
    let scene = edition.scene();
    if is_file(&edition.uri) {
        let text = edition.text.to_string();
        return features::entity_file::rename::prepare(&text, scene.base, at);
    }
    rename::prepare(edition.draft()?, &scene, at)
}

/// What an editor shows before somebody types the new name.
pub fn placeholder(
    edition: &Edition,
    prepared: &Prepared,
    session: &Session,
) -> PrepareRenamePlaceholder {
    PrepareRenamePlaceholder {
        range: convert::range(&edition.text, prepared.span, session.encoding),
        placeholder: prepared.now.clone(),
    }
}

/// A name or an id changed wherever it stands: in this document, in the other drafts, in the newsroom's files. Else the
/// reason why not.
pub fn rename(
    desk: &Desk,
    edition: &Arc<Edition>,
    prepared: &Prepared,
    new: &str,
    session: &Session,
) -> Result<WorkspaceEdit, String> {
    let base = &edition.surroundings.base;
    let target = &prepared.target;
    let is_taken = |id: &str| match (target, edition.draft()) {
        (Target::Source(_), Some(draft)) => draft.story.sources.iter().any(|one| one.id == id),
        _ => base.by_id(id).is_some_and(|id| id.is_own()),
    };
    if new != prepared.now
        && let Some(why) = target.refusal(new, is_taken)
    {
        return Err(why);
    }
    let files = match target {
        Target::Source(_) => Vec::new(),
        Target::Id(_) | Target::Name(_) => beyond::newsroom_files(desk, base),
    };
    stands_elsewhere(base, target, &files)?;
    let mut changed: Vec<Changed> = Vec::new();
    let mut put = |edition: Arc<Edition>, is_open: bool, edits: Vec<Edit>| {
        changed.push(Changed {
            edition,
            is_open,
            edits,
        });
    };
    if let Some(draft) = edition.draft() {
        let edits = rename::in_draft(draft, base, target, new);
        put(edition.clone(), true, edits);
    }
    for (file, is_open) in files {
        let edits = features::entity_file::rename::in_file(&file.text.to_string(), target, new);
        put(file, is_open, edits);
    }
    let others = match target {
        Target::Source(_) => Vec::new(),
        Target::Id(id) => beyond::drafts(desk, &edition.uri, |text| text.contains(id.as_str())),
        Target::Name(name) => beyond::drafts(desk, &edition.uri, |text| {
            people::may_name(text, base, &name.who)
        }),
    };
    for (other, is_open) in others {
        if let Some(draft) = other.draft() {
            let edits = rename::in_draft(draft, base, target, new);
            put(other, is_open, edits);
        }
    }
    Ok(beyond::workspace_edit(changed, session))
}

/// A record that stands in a table, or in a file of lines, is changed there by hand: half a rename would be worse.
fn stands_elsewhere(
    base: &crate::entities::base::Base,
    target: &Target,
    files: &[(Arc<Edition>, bool)],
) -> Result<(), String> {
    let record = match target {
        Target::Source(_) => None,
        Target::Id(id) => base.by_id(id).and_then(|id| base.record(id)),
        Target::Name(name) => match name.who {
            Who::Known(id) => base.record(id),
            Who::Named(_) => None,
        },
    };
    let Some(record) = record.filter(|record| record.origin.line > 0) else {
        return Ok(());
    };
    let is_held = files
        .iter()
        .any(|(file, _)| features::entity_file::rename::holds(&file.text.to_string(), target));
    match is_held {
        true => Ok(()),
        false => Err(format!(
            "{} stands in {}: change it there first.",
            record.name, record.origin.file
        )),
    }
}

/// Every place where somebody is named beyond one draft, document by document.
pub fn references(
    desk: &Desk,
    edition: &Edition,
    who: &Who,
    declaration: Declaration,
    session: &Session,
    mut give: impl FnMut(Vec<Location>),
) {
    let base = &edition.surroundings.base;
    if let Who::Known(id) = who {
        for (file, _) in beyond::newsroom_files(desk, base) {
            let text = file.text.to_string();
            let places = features::entity_file::places(&text, base, *id, declaration).into_iter();
            let places = places.map(|span| convert::location(&file, span, session.encoding));
            give(places.collect());
        }
    }
    let may_name = |text: &str| people::may_name(text, base, who);
    for (other, _) in beyond::drafts(desk, &edition.uri, may_name) {
        let scene = other.scene();
        let Some(draft) = other.draft() else {
            continue;
        };
        let places = features::references::of(draft, &scene, who, declaration).into_iter();
        let places = places.map(|span| convert::location(&other, span, session.encoding));
        give(places.collect());
    }
}

/// People, bodies, places and offices of the newsroom's files, and what the open drafts have, file by file.
#[allow(deprecated)]
pub fn symbols(
    desk: &Desk,
    query: &str,
    session: &Session,
    mut give: impl FnMut(Vec<SymbolInformation>),
) {
    let symbol = |name: &str, kind: SymbolKind, location: Location, container: Option<&str>| {
        SymbolInformation {
            deprecated: None,
            location,
            base_symbol_information: BaseSymbolInformation {
                name: name.to_owned(),
                kind,
                tags: None,
                container_name: container.map(str::to_owned),
            },
        }
    };
    let base = desk.surroundings("").base.clone();
    let mut found = Vec::new();
    let mut texts: Vec<(Arc<str>, Option<Text>)> = Vec::new();
    for record in workspace_symbols::of_base(&base, query) {
        let file = &record.origin.file;
        let Some(uri) = Url::from_file_path(&**file).ok() else {
            continue;
        };
        let at = match texts.iter().position(|(known, _)| known == file) {
            Some(at) => at,
            None => {
                let text = std::fs::read_to_string(&**file).ok();
                texts.push((file.clone(), text.map(|text| Text::new(&text))));
                texts.len() - 1
            }
        };
        let Some(text) = &texts[at].1 else {
            continue;
        };
        let span = record.origin.name;
        let location = Location {
            uri: Uri(uri.into()),
            range: convert::range(text, span, session.encoding),
        };
        let kind = match record.kind {
            Kind::Person => SymbolKind::Object,
            Kind::Org => SymbolKind::Module,
            Kind::Place => SymbolKind::Namespace,
            Kind::Office => SymbolKind::Key,
        };
        let role = record.role_on(super::now().today);
        let role = role.and_then(|(role, _)| base.words(role));
        found.push(symbol(&record.name, kind, location, role.as_deref()));
    }
    give(found);
    for edition in desk.editions() {
        let Some(draft) = edition.draft().filter(|_| !edition.is_private()) else {
            continue;
        };
        let mut found = Vec::new();
        let name = edition.uri.rsplit('/').next();
        for one in workspace_symbols::of_draft(draft, query) {
            let kind = match one.kind {
                workspace_symbols::SymbolKind::Story => SymbolKind::File,
                workspace_symbols::SymbolKind::Person => SymbolKind::Object,
                workspace_symbols::SymbolKind::Body => SymbolKind::Module,
            };
            let location = convert::location(&edition, one.span, session.encoding);
            found.push(symbol(&one.name, kind, location, name));
        }
        give(found);
    }
}
