//! Somebody or something with a name, whatever form it is named by, in any draft of the desk.

use crate::draft::Draft;
use crate::entities::base::{Base, EntityId};
use crate::entities::fold::fold;
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};
use crate::syntax::tree::Sigil;

/// Whom a question is about, beyond the draft in which it was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// Somebody of the base.
    Known(EntityId),
    /// Somebody who has only a full name, folded.
    Named(String),
}

/// Who is named at a byte of the file: by a name, a surname, an acronym, an id, as the speaker of a quotation.
pub fn who(draft: &Draft, base: &Base, at: usize) -> Option<Who> {
    let (block, inside) = draft.block_at(at)?;
    let story = &draft.story;
    let found = subject::subject(draft, at).map(|(found, _)| found);
    let cited = found.and_then(|found| match found {
        Subject::Citation(index) if story.citations[index].sigil == Sigil::Entity => {
            Some(story.citations[index].name.as_str())
        }
        Subject::Entity(index) => Some(story.entities[index].id.as_str()),
        _ => None,
    });
    if let Some(id) = cited {
        return base.by_id(id).map(Who::Known).or_else(|| {
            let entity = story.entities.iter().find(|one| one.id == id)?;
            Some(Who::Named(fold(&entity.name)))
        });
    }
    let link = story.known.at(block, inside);
    if link.is_some_and(|link| link.who.len() > 1) {
        return None;
    }
    if let (Some(one), false) = (
        link.and_then(|link| link.sure()),
        matches!(found, Some(Subject::Quote(_))),
    ) {
        return Some(Who::Known(one));
    }
    let speaker = subject::speaker(draft, found?)?;
    if let Some(known) = story.known.speakers.get(speaker.0).copied().flatten() {
        return Some(Who::Known(known));
    }
    let speaker = story.speaker(speaker);
    has_full_name(speaker).then(|| Who::Named(fold(&speaker.name)))
}

/// The speaker that somebody is in a draft.
pub fn speaker(draft: &Draft, base: &Base, who: &Who) -> Option<SpeakerId> {
    let story = &draft.story;
    let found = story.speakers.iter().enumerate().position(|(index, one)| {
        let known = story.known.speakers.get(index).copied().flatten();
        match who {
            Who::Known(id) => {
                known == Some(*id)
                    || one
                        .entity
                        .is_some_and(|entity| base.by_id(&story.entities[entity].id) == Some(*id))
            }
            Who::Named(name) => known.is_none() && has_full_name(one) && fold(&one.name) == *name,
        }
    });
    found.map(SpeakerId)
}

/// Every place where a draft names somebody, in order: names, surnames, acronyms, pronouns that introduce their words,
/// and citations of an id.
pub fn mentions(draft: &Draft, base: &Base, who: &Who, declaration: Declaration) -> Vec<Place> {
    let mut all = Vec::new();
    if let Some(speaker) = speaker(draft, base, who) {
        all.extend(places::mentions(draft, speaker));
    }
    if let Who::Known(id) = who {
        let links = draft.story.known.links.iter();
        for link in links.filter(|link| link.sure() == Some(*id)) {
            // A title with its name is one mention; the name alone is another way to say the same place.
            let is_said = all.iter().any(|place: &Place| {
                place.block == link.place.block && place.span.overlaps(link.place.span)
            });
            if !is_said {
                all.push(link.place);
            }
        }
    }
    all.extend(cited(draft, base, who, declaration));
    all.sort_unstable();
    all.dedup();
    all
}

/// The marks that cite somebody's id, and the definition.
fn cited(draft: &Draft, base: &Base, who: &Who, declaration: Declaration) -> Vec<Place> {
    let story = &draft.story;
    let mut ids: Vec<&str> = Vec::new();
    for entity in &story.entities {
        let is_theirs = match who {
            Who::Known(id) => base.by_id(&entity.id) == Some(*id),
            Who::Named(name) => fold(&entity.name) == *name,
        };
        if is_theirs {
            ids.push(&entity.id);
        }
    }
    let record = match who {
        Who::Known(id) => base.record(*id),
        Who::Named(_) => None,
    };
    if let Some(record) = &record {
        ids.push(&record.id);
    }
    ids.sort_unstable();
    ids.dedup();
    let all = ids.into_iter();
    all.flat_map(|id| places::of_id(draft, id, Sigil::Entity, declaration))
        .collect()
}

/// Whether a text may name somebody at all: it has the last word of one of their names. Spares reading it.
pub fn may_name(text: &str, base: &Base, who: &Who) -> bool {
    let text = fold(text);
    let mut names = match who {
        Who::Named(name) => vec![name.clone()],
        Who::Known(id) => {
            let Some(record) = base.record(*id) else {
                return false;
            };
            let mut names: Vec<String> = record.forms().map(fold).collect();
            names.push(fold(record.short()));
            names.push(fold(&record.id));
            names.extend(record.generic.iter().map(|words| fold(words)));
            names
        }
    };
    names.retain(|name| !name.is_empty());
    names.iter().any(|name| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        text.contains(last)
    })
}

fn has_full_name(speaker: &Speaker) -> bool {
    match speaker.kind {
        SpeakerKind::Person => speaker.name.contains(' '),
        SpeakerKind::Body | SpeakerKind::Outlet => speaker.name.starts_with(char::is_uppercase),
        SpeakerKind::Document
        | SpeakerKind::Institution
        | SpeakerKind::Anonymous
        | SpeakerKind::Collective => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    const BASE: &str = "=== entities/desk.toml\n[[person]]\nid = \"ortiz\"\nname = \"Dana Ortiz\"\n[[org]]\nname = \"Harbor Watch\"\nacronym = \"HWA\"\ngeneric = [\"the group\"]\n";

    fn marked(story: &str) -> String {
        testing::asked(&format!("{story}{BASE}"), |draft, scene, at| {
            let Some(who) = who(draft, scene.base, at) else {
                return "nobody".to_owned();
            };
            let places = mentions(draft, scene.base, &who, Declaration::Included);
            let spans: Vec<_> = places.iter().map(|place| draft.span(*place)).collect();
            testing::marked(draft, &spans)
        })
    }

    #[test]
    fn whatever_form_they_are_named_by() {
        assert_eq!(
            marked(
                "The plan of Harbor Wat<|>ch failed. HWA said so. The town paid the group, Dana Ortiz said.\n"
            ),
            "The plan of ⟦Harbor Watch⟧ failed. ⟦HWA⟧ said so. The town paid ⟦the group⟧, Dana Ortiz said.\n"
        );
        assert_eq!(
            marked("The plan of Dana Ortiz failed. It is old.[@or<|>tiz] Ortiz knew.\n"),
            "The plan of ⟦Dana Ortiz⟧ failed. It is old.[@⟦ortiz⟧] ⟦Ortiz⟧ knew.\n"
        );
        assert_eq!(
            marked("“It is old,” said Paul Ve<|>nn, a diver. Venn knew.\n"),
            "“It is old,” said ⟦Paul Venn⟧, a diver. ⟦Venn⟧ knew.\n"
        );
    }
}
