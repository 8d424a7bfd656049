//! Every place of something: a speaker's mentions and quotations, a source's citations.

use crate::draft::Draft;
use crate::features::people::{self, Who};
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::{Place, SpeakerId};
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Every place of what stands at a byte of the file, in order.
pub fn references(draft: &Draft, scene: &Scene, at: usize, declaration: Declaration) -> Vec<Span> {
    let who = people::who(draft, scene.base, at);
    let Some((found, _)) = subject::subject(draft, at) else {
        return who.map_or_else(Vec::new, |who| of(draft, scene, &who, declaration));
    };
    if let (Some(Who::Known(_)), Subject::Mention(_) | Subject::Quote(_)) = (&who, found) {
        return who.map_or_else(Vec::new, |who| of(draft, scene, &who, declaration));
    }
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

/// Every place of somebody in a draft: mentions, quotations, citations.
pub fn of(draft: &Draft, scene: &Scene, who: &Who, declaration: Declaration) -> Vec<Span> {
    let mut places = people::mentions(draft, scene.base, who, declaration);
    if let Some(speaker) = people::speaker(draft, scene.base, who) {
        places.extend(places::quotes(draft, speaker));
    }
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

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, declaration: Declaration, expected: Expect) {
        let found = testing::asked(marked, |draft, scene, at| {
            testing::marked(draft, &references(draft, scene, at, declaration))
        });
        expected.assert_eq(&found);
    }

    #[test]
    fn a_speaker_is_every_mention_and_quotation() {
        check(
            "“The pier is safe,” said Harbor Commissioner Dana Or<|>tiz.\n\nOrtiz said the wall was old. “It will stand,” she said.\n\n“I doubt it,” said Paul Venn, a diver.\n",
            Declaration::LeftOut,
            expect![[r#"
                ⟦“The pier is safe,”⟧ said Harbor Commissioner ⟦Dana Ortiz⟧.

                ⟦Ortiz⟧ said the wall was old. ⟦“It will stand,”⟧ ⟦she⟧ said.

                “I doubt it,” said Paul Venn, a diver.
            "#]],
        );
    }

    #[test]
    fn an_id_is_every_citation_with_or_without_its_definition() {
        let story = "The pier is safe.[^ortiz] The wall is not.[^ortiz, 4:12; venn]\n\n###\n\n[^or<|>tiz]: interview, Dana Ortiz\n";
        check(
            story,
            Declaration::Included,
            expect![[r#"
            The pier is safe.[^⟦ortiz⟧] The wall is not.[^⟦ortiz⟧, 4:12; venn]

            ###

            [^⟦ortiz⟧]: interview, Dana Ortiz
        "#]],
        );
        check(
            story,
            Declaration::LeftOut,
            expect![[r#"
            The pier is safe.[^⟦ortiz⟧] The wall is not.[^⟦ortiz⟧, 4:12; venn]

            ###

            [^ortiz]: interview, Dana Ortiz
        "#]],
        );
    }
}
