//! Where something comes from: a name's first naming or record, a citation's definition.

use crate::draft::Draft;
use crate::features::places;
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::Place;
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Where something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What was asked about, in bytes of the file.
    pub origin: Span,
    /// The words to go to.
    pub target: Span,
    /// The sentence or definition that holds them.
    pub whole: Span,
}

/// Where what stands at a byte of the file comes from.
pub fn definition(draft: &Draft, _scene: &Scene, at: usize) -> Option<Definition> {
    let (found, origin) = subject::subject(draft, at)?;
    let story = &draft.story;
    let target = match found {
        Subject::Citation(index) => {
            let citation = &story.citations[index];
            match citation.sigil {
                Sigil::Source => source_place(draft, &citation.name)?,
                Sigil::Entity => entity_place(draft, &citation.name)?,
            }
        }
        Subject::Source(index) => story.sources[index].place,
        Subject::Entity(index) => story.entities[index].place,
        Subject::Mention(_) | Subject::Quote(_) => {
            let speaker = story.speaker(subject::speaker(draft, found)?);
            let record = speaker.entity.map(|index| story.entities[index].place);
            record.or_else(|| places::first_naming(draft, speaker))?
        }
        Subject::Mark(_) | Subject::Header(_) => return None,
    };
    let whole = if is_definition(draft, target) {
        let placed = &draft.tree.blocks[target.block];
        placed.place(placed.block.content)
    } else {
        subject::sentence(draft, target)
    };
    Some(Definition {
        origin,
        target: draft.span(target),
        whole,
    })
}

fn is_definition(draft: &Draft, place: Place) -> bool {
    let story = &draft.story;
    let sources = story.sources.iter().map(|source| source.place);
    let mut all = sources.chain(story.entities.iter().map(|entity| entity.place));
    all.any(|known| known == place)
}

fn source_place(draft: &Draft, id: &str) -> Option<Place> {
    let mut sources = draft.story.sources.iter();
    sources.find(|source| source.id == id).map(|one| one.place)
}

fn entity_place(draft: &Draft, id: &str) -> Option<Place> {
    let story = &draft.story;
    let entity = story.entities.iter().find(|entity| entity.id == id);
    let speaker = || story.speakers.iter().find(|speaker| speaker.id == id);
    entity
        .map(|one| one.place)
        .or_else(|| places::first_naming(draft, speaker()?))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, expected: Expect) {
        let found = testing::asked(marked, |draft, scene, at| {
            let found = definition(draft, scene, at)?;
            let text = testing::marked(draft, &[found.target]);
            let end = found.whole.end() + 2 * "⟦".len();
            text.get(found.whole.start()..end).map(str::to_owned)
        });
        expected.assert_eq(&found.unwrap_or("nowhere".to_owned()));
    }

    #[test]
    fn a_surname_leads_to_the_first_naming() {
        check(
            "“The pier is safe,” said Harbor Commissioner Dana Ortiz in an interview.\n\nThe wall is old. Ort<|>iz said it would be “rebuilt by spring.”\n",
            expect!["“The pier is safe,” said ⟦Harbor Commissioner Dana Ortiz⟧ in an interview."],
        );
    }

    #[test]
    fn a_pronoun_leads_to_the_naming_too() {
        check(
            "“The pier is safe,” said Harbor Commissioner Dana Ortiz. “It will stand,” s<|>he said.\n",
            expect!["“The pier is safe,” said ⟦Harbor Commissioner Dana Ortiz⟧."],
        );
    }

    #[test]
    fn a_record_of_the_draft_comes_before_the_first_naming() {
        check(
            "“The pier is safe,” said Dana Or<|>tiz.\n\n###\n\n[@dana-ortiz]: person, Dana Ortiz; role: harbor commissioner\n",
            expect!["[@⟦dana-ortiz⟧]: person, Dana Ortiz; role: harbor commissioner"],
        );
    }

    #[test]
    fn a_citation_leads_to_its_definition() {
        check(
            "The pier is safe.[^or<|>tiz, 4:12]\n\n###\n\n[^ortiz]: interview, Dana Ortiz; on record\n",
            expect!["[^⟦ortiz⟧]: interview, Dana Ortiz; on record"],
        );
        check("The pier is safe.[^or<|>tiz]\n", expect!["nowhere"]);
    }
}
