//! What belongs to the speaker under the cursor: mentions and quotations.

use crate::draft::Draft;
use crate::features::people;
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::syntax::tree::Sigil;
use crate::text::order;
use crate::text::span::Span;

/// A place that belongs to what is under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What stands there.
    pub kind: HighlightKind,
}

/// What stands at a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightKind {
    /// A mention, a citation.
    Mention,
    /// Words that they said.
    Words,
}

/// The places of the same speaker or source in the draft, in order.
pub fn highlights(draft: &Draft, scene: &Scene, at: usize) -> Vec<Highlight> {
    let of = |span, kind| Highlight { span, kind };
    let found = subject::subject(draft, at).map(|(found, _)| found);
    let is_id = matches!(
        found,
        Some(Subject::Citation(_) | Subject::Source(_) | Subject::Entity(_))
    );
    // Whoever the base knows, by whatever form they are named.
    if let Some(who @ people::Who::Known(_)) = people::who(draft, scene.base, at).filter(|_| !is_id)
    {
        let mentions = people::mentions(draft, scene.base, &who, Declaration::Included);
        let mentions = mentions.into_iter();
        let speaker = people::speaker(draft, scene.base, &who);
        let said = speaker
            .into_iter()
            .flat_map(|who| places::quotes(draft, who));
        let mut all: Vec<Highlight> = mentions
            .map(|place| of(draft.span(place), HighlightKind::Mention))
            .chain(said.map(|place| of(draft.span(place), HighlightKind::Words)))
            .collect();
        order::by_key(&mut all, |highlight| highlight.span);
        return all;
    }
    let Some(found) = found else {
        return Vec::new();
    };
    let mut all: Vec<Highlight> = match (found, subject::speaker(draft, found)) {
        (Subject::Mention(_) | Subject::Quote(_), Some(speaker)) => {
            let mentions = places::mentions(draft, speaker).into_iter();
            let said = places::quotes(draft, speaker);
            mentions
                .map(|place| of(draft.span(place), HighlightKind::Mention))
                .chain(said.map(|place| of(draft.span(place), HighlightKind::Words)))
                .collect()
        }
        _ => id(draft, found).map_or_else(Vec::new, |(id, sigil)| {
            places::of_id(draft, id, sigil, Declaration::Included)
                .into_iter()
                .map(|place| of(draft.span(place), HighlightKind::Mention))
                .collect()
        }),
    };
    order::by_key(&mut all, |highlight| highlight.span);
    all
}

/// The id that a citation or a definition is about.
fn id(draft: &Draft, subject: Subject) -> Option<(&str, Sigil)> {
    let story = &draft.story;
    match subject {
        Subject::Citation(index) => {
            let citation = &story.citations[index];
            Some((&citation.name, citation.sigil))
        }
        Subject::Source(index) => Some((&story.sources[index].id, Sigil::Source)),
        Subject::Entity(index) => Some((&story.entities[index].id, Sigil::Entity)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    #[test]
    fn a_quotation_shows_who_says_it_and_what_else_they_say() {
        let story = "“The pier is s<|>afe,” said Harbor Commissioner Dana Ortiz. The wall was old, Ortiz said.\n\n“I doubt it,” said Paul Venn, a diver.\n";
        let found = testing::asked(story, |draft, scene, at| {
            let all = highlights(draft, scene, at);
            let spans: Vec<Span> = all.iter().map(|one| one.span).collect();
            testing::marked(draft, &spans)
        });
        expect![[r#"
            ⟦“The pier is safe,”⟧ said Harbor Commissioner ⟦Dana Ortiz⟧. The wall was old, ⟦Ortiz⟧ said.

            “I doubt it,” said Paul Venn, a diver.
        "#]].assert_eq(&found);
    }
    #[test]
    fn a_body_that_says_nothing_is_shown_by_every_form() {
        let story = "The plan of Harbor Watch failed. HW<|>A knew.\n=== entities/desk.toml\n[[org]]\nname = \"Harbor Watch\"\nacronym = \"HWA\"\n";
        let found = testing::asked(story, |draft, scene, at| {
            let all = highlights(draft, scene, at);
            let spans: Vec<Span> = all.iter().map(|one| one.span).collect();
            testing::marked(draft, &spans)
        });
        assert_eq!(found, "The plan of ⟦Harbor Watch⟧ failed. ⟦HWA⟧ knew.\n");
    }
}
