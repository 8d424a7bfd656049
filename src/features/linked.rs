//! Ids that are typed once for all: the one under the cursor, wherever the draft has it.

use crate::draft::Draft;
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Every place of the id under the cursor, in order; none where the cursor is on no id that stands twice.
pub fn linked(draft: &Draft, _scene: &Scene, at: usize) -> Option<Vec<Span>> {
    let story = &draft.story;
    let (id, sigil) = match subject::subject(draft, at)?.0 {
        Subject::Citation(index) => {
            let citation = &story.citations[index];
            (&citation.name, citation.sigil)
        }
        Subject::Source(index) => (&story.sources[index].id, Sigil::Source),
        Subject::Entity(index) => (&story.entities[index].id, Sigil::Entity),
        _ => return None,
    };
    let mut places = places::of_id(draft, id, sigil, Declaration::Included);
    places.retain(|place| draft.words(*place) == id);
    places.sort_unstable();
    places.dedup();
    let spans: Vec<Span> = places.into_iter().map(|place| draft.span(place)).collect();
    (spans.len() > 1 && spans.iter().any(|span| span.touches(at))).then_some(spans)
}

/// The letters of an id, for editors that ask what may be typed before they stop: a regular expression.
pub const ID_PATTERN: &str = r"[\p{L}\p{N}][\p{L}\p{N}._-]*";

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, wanted: Expect) {
        let found = testing::asked(marked, |draft, scene, at| {
            linked(draft, scene, at).map(|spans| testing::marked(draft, &spans))
        });
        wanted.assert_eq(&found.unwrap_or("nothing".to_owned()));
    }

    #[test]
    fn an_id_is_typed_once_for_its_marks_and_its_definition() {
        check(
            "The wall leaks.[^no<|>tice] It is old.[^notice, p. 2]\n\n###\n\n[^notice]: document, notice on the gate\n",
            expect![[r#"
                The wall leaks.[^⟦notice⟧] It is old.[^⟦notice⟧, p. 2]

                ###

                [^⟦notice⟧]: document, notice on the gate
            "#]],
        );
        check(
            "“No,” she said.[@ortiz]\n\n[@ort<|>iz]: person, Dana Ortiz\n",
            expect![[r#"
                “No,” she said.[@⟦ortiz⟧]

                [@⟦ortiz⟧]: person, Dana Ortiz
            "#]],
        );
    }

    #[test]
    fn an_id_that_stands_once_and_a_title_are_left_alone() {
        check("The wall leaks.[^no<|>tice]\n", expect!["nothing"]);
        check(
            "It leaks.[^a]\n\n[^a]: document, the no<|>tice\n",
            expect!["nothing"],
        );
        check("The wa<|>ll leaks.\n", expect!["nothing"]);
    }
}
