//! Every place of something: a speaker's mentions and quotations, a source's citations.

use crate::draft::Draft;
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::{Place, SpeakerId};
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Every place of what stands at a byte of the file, in order.
pub fn references(draft: &Draft, _scene: &Scene, at: usize, declaration: Declaration) -> Vec<Span> {
    let Some((found, _)) = subject::subject(draft, at) else {
        return Vec::new();
    };
    let story = &draft.story;
    let mut places = match found {
        Subject::Citation(index) => {
            let citation = &story.citations[index];
            places::of_id(draft, &citation.name, citation.sigil, declaration)
        }
        Subject::Source(index) => {
            places::of_id(draft, &story.sources[index].id, Sigil::Source, declaration)
        }
        Subject::Entity(index) => {
            let mut places =
                places::of_id(draft, &story.entities[index].id, Sigil::Entity, declaration);
            if let Some(speaker) = subject::speaker(draft, found) {
                places.extend(of_speaker(draft, speaker));
            }
            places
        }
        Subject::Mention(_) | Subject::Quote(_) => {
            let Some(speaker) = subject::speaker(draft, found) else {
                return Vec::new();
            };
            let mut places = of_speaker(draft, speaker);
            if let Some(entity) = story.speaker(speaker).entity {
                let id = &story.entities[entity].id;
                places.extend(places::of_id(draft, id, Sigil::Entity, declaration));
            }
            places
        }
        Subject::Mark(_) | Subject::Header(_) => Vec::new(),
    };
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| draft.span(place)).collect()
}

/// The mentions and the quotations of a speaker.
fn of_speaker(draft: &Draft, speaker: SpeakerId) -> Vec<Place> {
    let mut places = places::mentions(draft, speaker);
    places.extend(places::quotes(draft, speaker));
    places
}
