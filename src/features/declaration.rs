//! Where somebody or something enters the story: the first naming of a speaker, the definition of an id.

use crate::draft::Draft;
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::text::span::Span;

/// The words that introduce what stands at a byte of the file.
pub fn declaration(draft: &Draft, _scene: &Scene, at: usize) -> Option<Span> {
    let (found, _) = subject::subject(draft, at)?;
    if let Subject::Citation(index) = found {
        let citation = &draft.story.citations[index];
        let places = places::of_id(draft, &citation.name, citation.sigil, Declaration::Included);
        // The definition comes last, where there is one.
        let last = *places.last()?;
        return (last != citation.id).then(|| draft.span(last));
    }
    let speaker = subject::speaker(draft, found)?;
    let place = places::first_naming(draft, draft.story.speaker(speaker))?;
    Some(draft.span(place))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, wanted: Expect) {
        let found = testing::asked(marked, |draft, scene, at| {
            declaration(draft, scene, at).map(|span| testing::marked(draft, &[span]))
        });
        wanted.assert_eq(&found.unwrap_or("nothing\n".to_owned()));
    }

    #[test]
    fn a_surname_and_a_quotation_lead_to_the_first_naming() {
        check(
            "Dana Ortiz, the board’s chair, closed the gate.\n\n“It leaks,” Or<|>tiz said.\n",
            expect![[r#"
                ⟦Dana Ortiz⟧, the board’s chair, closed the gate.

                “It leaks,” Ortiz said.
            "#]],
        );
        check(
            "Dana Ortiz, the board’s chair, closed the gate.\n\n“It le<|>aks,” Ortiz said.\n",
            expect![[r#"
                ⟦Dana Ortiz⟧, the board’s chair, closed the gate.

                “It leaks,” Ortiz said.
            "#]],
        );
    }

    #[test]
    fn a_citation_leads_to_its_definition() {
        check(
            "It leaks.[^no<|>tice]\n\n[^notice]: document, notice\n",
            expect![[r#"
                It leaks.[^notice]

                [^⟦notice⟧]: document, notice
            "#]],
        );
        check("The wall le<|>aks.\n", expect![["nothing\n"]]);
    }
}
