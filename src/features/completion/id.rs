//! Ids of sources and entities, for marks and links.

use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::features::words::{joined, record, shortened};
use crate::story::SpeakerKind;
use crate::story::name::unique_slug;
use crate::syntax::tree::Sigil;

/// The ids of that kind in the draft; for entities also people and bodies of the story that have no record yet.
pub fn ids(draft: &Draft, sigil: Sigil) -> Vec<Offer> {
    match sigil {
        Sigil::Source => sources(draft),
        Sigil::Entity => entities(draft),
    }
}

fn sources(draft: &Draft) -> Vec<Offer> {
    let sources = draft.story.sources.iter();
    sources
        .map(|source| Offer {
            label: source.id.clone(),
            detail: joined(&[source.kind, &source.title], ", "),
            documentation: record(source),
            new_text: source.id.clone(),
            kind: ItemKind::Source,
        })
        .collect()
}

fn entities(draft: &Draft) -> Vec<Offer> {
    let story = &draft.story;
    let offer = |id: String, name: &str, role: &str, documentation: &str| Offer {
        label: id.clone(),
        detail: joined(&[name, role], ", "),
        documentation: documentation.to_owned(),
        new_text: id,
        kind: ItemKind::Entity,
    };
    let mut made: Vec<Offer> = story
        .entities
        .iter()
        .map(|one| {
            let role = one.field("role").unwrap_or_default();
            offer(one.id.clone(), &one.name, role, "")
        })
        .collect();
    for speaker in &story.speakers {
        let has_name = matches!(
            speaker.kind,
            SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
        ) && speaker.name.starts_with(char::is_uppercase);
        if !has_name || speaker.entity.is_some() {
            continue;
        }
        let id = unique_slug(&speaker.name, made.iter().map(|one| one.new_text.as_str()));
        let role = speaker.role.as_deref().unwrap_or_default();
        let name = shortened(&speaker.name, 60);
        made.push(offer(id, &name, role, "Named in this draft; no record yet"));
    }
    made
}
