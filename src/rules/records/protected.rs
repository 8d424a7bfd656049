//! Who may not be named, by what private files say: the sources of the draft that are not on the record.

use std::collections::BTreeSet;

use super::source_name_in_record::{people, person};
use crate::draft::Draft;
use crate::notes::private::{Beside, sources};
use crate::prose::fold::fold;
use crate::rules::names::printed::Forms;
use crate::scene::Scene;
use crate::story::source::{Entity, Source, Terms};
use crate::text::span::Span;
use crate::words::{self, Classes};

/// Where the story names somebody whom a private file keeps out of it, in bytes of the file: in copy, captions, paths, the
/// header and the ids of sources.
pub fn named(draft: &Draft, scene: &Scene) -> Vec<Span> {
    let beside = &scene.records.private[..];
    if beside.is_empty() {
        return Vec::new();
    }
    let mut places = BTreeSet::new();
    for names in protected(draft, beside) {
        let Some((name, others)) = names.split_first() else {
            continue;
        };
        let forms = Forms::new(name, others.iter().map(String::as_str));
        let printed = forms.printed(draft).into_iter().map(|place| place.span);
        places.extend(printed.filter(|span| !is_somebody_else(draft, *span, &names)));
        let ids = draft.story.sources.iter();
        let ids = ids.filter(|source| source.terms != Terms::OnRecord && forms.are_in(&source.id));
        places.extend(ids.map(|source| draft.span(source.place)));
    }
    places.into_iter().collect()
}

/// The names of each protected source.
fn protected(draft: &Draft, beside: &[Beside]) -> Vec<Vec<String>> {
    let story = &draft.story;
    let of_draft = |id: &str| story.sources.iter().find(|source| source.id == id);
    let on_record: Vec<String> = story
        .sources
        .iter()
        .filter(|source| source.terms == Terms::OnRecord)
        .flat_map(|source| names_of(source, beside))
        .map(|name| fold(&name))
        .collect();
    let mut protected = Vec::new();
    let mut add = |names: Vec<String>| {
        let is_free = names.iter().any(|name| on_record.contains(&fold(name)));
        if !is_free && !names.is_empty() {
            protected.push(names);
        }
    };
    for one in beside {
        for source in &one.file.sources {
            let own = of_draft(&source.id);
            let may_be = |source: &Source| source.field("may-be-named").is_some();
            let is_open = matches!(source.terms, Terms::OnRecord)
                || own.is_some_and(|own| own.terms == Terms::OnRecord)
                || may_be(source)
                || own.is_some_and(may_be);
            if !is_open && (one.is_own || own.is_some()) {
                add(names_of(source, beside));
            }
        }
    }
    // `identity: @roth` in the draft, where the private file says who that is.
    let hidden = story.sources.iter().filter(|source| {
        !matches!(source.terms, Terms::OnRecord | Terms::NotNoted)
            && source.field("may-be-named").is_none()
    });
    for source in hidden {
        let identity = source.field("identity").and_then(|id| entity(beside, id));
        add(identity.map(names_of_entity).unwrap_or_default());
    }
    protected
}

/// The names that a record gives its source.
fn names_of(source: &Source, beside: &[Beside]) -> Vec<String> {
    let mut names = Vec::new();
    for key in ["identity", "by", "name", "aka"] {
        let Some(value) = source.field(key).filter(|value| !value.starts_with("TK")) else {
            continue;
        };
        match entity(beside, value) {
            Some(entity) => names.extend(names_of_entity(entity)),
            None => names.extend(value.split(',').filter_map(person)),
        }
    }
    names.extend(people(&source.title));
    names.retain(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 2);
    names.dedup();
    names
}

/// The person to whom a field points: `@roth`, `names.private.lede#roth`.
fn entity<'a>(beside: &'a [Beside], pointer: &str) -> Option<&'a Entity> {
    let id = pointer.trim().rsplit(['@', '#']).next()?;
    let is_pointer = pointer.contains(['@', '#']);
    let mut entities = beside.iter().flat_map(|one| &one.file.entities);
    entities.find(|entity| is_pointer && entity.id == id)
}

fn names_of_entity(entity: &Entity) -> Vec<String> {
    let others = entity.field("aka").unwrap_or_default();
    let all = [entity.name.as_str()].into_iter().chain(others.split(','));
    let all = all.map(|name| name.trim().to_owned());
    all.filter(|name| !name.is_empty()).collect()
}

/// Whether a surname that stands there goes with another forename: `Philip Roth`.
fn is_somebody_else(draft: &Draft, span: Span, names: &[String]) -> bool {
    let Some((block, at)) = draft.block_at(span.start()) else {
        return false;
    };
    let text: &str = &draft.tree.blocks[block].block.text;
    let words = text.get(at..at + span.len()).unwrap_or_default();
    if words.contains(' ') {
        return false;
    }
    let before = text[..at].trim_end();
    let before = before.rsplit(|c: char| c.is_whitespace()).next();
    before.is_some_and(|before| {
        let is_forename = words::classes(&before.to_lowercase()).has(Classes::FORENAME);
        let is_own = |name: &String| name.split(' ').any(|part| part == before);
        is_forename && before.starts_with(char::is_uppercase) && !names.iter().any(is_own)
    })
}

/// Whether a private file says something of a source that its record in the draft leaves open.
pub fn is_told(scene: &Scene, id: &str, field: &str) -> bool {
    sources(&scene.records.private, id).any(|source| source.field(field).is_some())
}
