//! Ids of sources and entities, for marks and links.

use super::about::About;
use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::features::words::{joined, record, shortened};
use crate::scene::Scene;
use crate::story::name::unique_slug;
use crate::story::{SpeakerId, SpeakerKind};
use crate::syntax::tree::Sigil;

/// The ids of that kind in the draft; for entities also people and bodies of the story that have no record yet.
pub fn ids(draft: &Draft, scene: &Scene, sigil: Sigil, typed: &str) -> Vec<Offer> {
    match sigil {
        Sigil::Source => sources(draft),
        Sigil::Entity => {
            let mut made = entities(draft);
            for offer in of_base(draft, scene, typed) {
                if !made.iter().any(|known| known.label == offer.label) {
                    made.push(offer);
                }
            }
            made
        }
    }
}

/// The newsroom's own records that fit, by their ids.
fn of_base(draft: &Draft, scene: &Scene, typed: &str) -> Vec<Offer> {
    let key = crate::entities::fold::fold(typed);
    let ids: Vec<EntityId> = match key.is_empty() {
        true => scene.base.own().map(|(id, _)| id).take(20).collect(),
        false => scene
            .base
            .search(&key, 20)
            .into_iter()
            .map(|found| found.id)
            .collect(),
    };
    let on = draft.story.facts.date.unwrap_or(scene.today);
    let own = ids.into_iter().filter(|id| id.is_own());
    own.filter_map(|id| scene.base.record(id).map(|record| (id, record)))
        .map(|(id, record)| {
            let role = scene.base.role_words(&record, on).unwrap_or_default();
            Offer {
                label: record.id.clone(),
                detail: joined(&[&record.name, &role], ", "),
                documentation: String::new(),
                new_text: record.id.clone(),
                kind: ItemKind::Entity,
                about: Some(About::Known(id)),
            }
        })
        .collect()
}

fn sources(draft: &Draft) -> Vec<Offer> {
    let sources = draft.story.sources.iter().enumerate();
    sources
        .map(|(index, source)| Offer {
            label: source.id.clone(),
            detail: joined(&[source.kind, &source.title], ", "),
            documentation: record(source),
            new_text: source.id.clone(),
            kind: ItemKind::Source,
            about: Some(About::Source(index)),
        })
        .collect()
}

fn entities(draft: &Draft) -> Vec<Offer> {
    let story = &draft.story;
    let speaker_of = |index: usize| {
        let mut speakers = story.speakers.iter();
        let at = speakers.position(|speaker| speaker.entity == Some(index));
        at.map(|at| About::Speaker(SpeakerId(at)))
    };
    let offer = |id: String, name: &str, role: &str, documentation: &str| Offer {
        label: id.clone(),
        detail: joined(&[name, role], ", "),
        documentation: documentation.to_owned(),
        new_text: id,
        kind: ItemKind::Entity,
        about: None,
    };
    let mut made: Vec<Offer> = story
        .entities
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let role = one.field("role").unwrap_or_default();
            let about = speaker_of(index);
            Offer {
                about,
                ..offer(one.id.clone(), &one.name, role, "")
            }
        })
        .collect();
    for (index, speaker) in story.speakers.iter().enumerate() {
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
        made.push(Offer {
            about: Some(About::Speaker(SpeakerId(index))),
            ..offer(id, &name, role, "Named in this draft; no record yet")
        });
    }
    made
}
