//! Who answers for somebody whom the newsroom knows: by another of their names, or because they have a role there.

use std::sync::Arc;

use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::entities::fold::fold;
use crate::entities::record::{Kind, Record};
use crate::scene::Scene;
use crate::story::Place;

/// Somebody whom the newsroom knows.
pub struct Known {
    id: EntityId,
    record: Arc<Record>,
}

/// Whom of the newsroom's own a place names.
pub fn at(draft: &Draft, scene: &Scene, place: Place) -> Option<Known> {
    let links = draft.story.known.of(place.block).iter();
    let mut links = links.filter(|link| link.place.span.overlaps(place.span));
    let id = links.find_map(|link| link.sure().filter(|who| who.is_own()))?;
    let record = scene.base.record(id)?;
    Some(Known { id, record })
}

impl Known {
    /// Whether they had died by the story's date.
    pub fn is_dead(&self, draft: &Draft, scene: &Scene) -> bool {
        let on = draft.story.facts.date.unwrap_or(scene.today);
        self.record.died.is_some_and(|died| died.first() <= on)
    }

    /// Whether they speak in the story under whatever name, or somebody does who has a role with them, or a reply
    /// stands beside one of their names.
    pub fn answers(&self, draft: &Draft, scene: &Scene) -> bool {
        let story = &draft.story;
        let speaks = |index: usize| {
            let stated = story.statements.iter().filter_map(|one| one.speaker);
            let quoted = story.quotes.iter().filter_map(|one| one.binding.as_ref());
            let mut all = stated.chain(quoted.map(|binding| binding.speaker));
            all.any(|speaker| speaker.0 == index)
        };
        let of_theirs = story
            .known
            .speakers
            .iter()
            .enumerate()
            .any(|(index, known)| {
                known.is_some_and(|known| known == self.id || self.has_role_here(scene, known))
                    && speaks(index)
            });
        of_theirs || self.is_answered_by_name(draft)
    }

    /// Whether somebody has a role with this body, or a body is part of it, or is its government.
    fn has_role_here(&self, scene: &Scene, other: EntityId) -> bool {
        let Some(other) = scene.base.record(other) else {
            return false;
        };
        let is_this = |words: &str| {
            words == self.record.id || self.record.forms().any(|form| fold(form) == fold(words))
        };
        let works = other
            .roles
            .iter()
            .any(|role| scene.base.body(role).is_some_and(is_this));
        let is_part = other.kind == Kind::Org && other.org.as_deref().is_some_and(is_this);
        let government = self.record.government.as_deref();
        let governs = government.is_some_and(|words| {
            words == other.id || other.forms().any(|it| fold(it) == fold(words))
        });
        self.record.kind != Kind::Person && (works || is_part || governs)
    }

    /// A sentence with a reply and one of their other names: a variant, the acronym, a capital or what stands for it.
    fn is_answered_by_name(&self, draft: &Draft) -> bool {
        const REPLIES: &[&str] = &[
            "denied",
            "denies",
            "deny",
            "declined",
            "comment",
            "respond",
            "reply",
            "rejected",
            "dismissed",
            "called the",
        ];
        let names: Vec<String> = self
            .record
            .forms()
            .chain(self.record.metonyms.iter().map(String::as_str))
            .chain(self.record.demonyms.iter().map(String::as_str))
            .chain(self.record.capital.as_deref())
            .map(|name| format!(" {} ", fold(name)))
            .collect();
        let blocks = draft.tree.blocks.iter().zip(&draft.prose);
        blocks
            .flat_map(|(placed, prose)| {
                let text: &str = &placed.block.text;
                prose.sentences.iter().map(|one| one.span.of(text))
            })
            .filter(|words| REPLIES.iter().any(|reply| words.contains(reply)))
            .any(|words| {
                let words = format!(" {} ", fold(words));
                names.iter().any(|name| words.contains(name.as_str()))
            })
    }
}
