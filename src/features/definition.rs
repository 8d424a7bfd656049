//! Where something comes from: a name's first naming or record, a citation's definition.

use crate::draft::Draft;
use crate::features::subject::{self, Subject};
use crate::features::{on_file, places};
use crate::notes::verdict::{self, Finding};
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

/// A place in another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// What was asked about, in bytes of the file.
    pub origin: Span,
    /// The path of the other file, with `/`.
    pub path: String,
    /// Its line, counted from 1.
    pub line: u32,
}

/// Where a quotation at a byte of the file stands in a record beside the draft; where the newsroom's own record of
/// somebody named there is.
pub fn elsewhere(draft: &Draft, scene: &Scene, at: usize) -> Option<Elsewhere> {
    quoted_on_file(draft, scene, at).or_else(|| in_base(draft, scene, at))
}

/// The newsroom's own record of somebody who has none in the draft itself.
fn in_base(draft: &Draft, scene: &Scene, at: usize) -> Option<Elsewhere> {
    let (block, inside) = draft.block_at(at)?;
    let story = &draft.story;
    let link = story.known.at(block, inside);
    let subject =
        subject::subject(draft, at).filter(|(found, _)| matches!(found, Subject::Mention(_)));
    let speaker = subject.and_then(|(found, _)| subject::speaker(draft, found));
    let has_record = speaker.is_some_and(|who| story.speaker(who).entity.is_some());
    if has_record || link.is_some_and(|link| link.who.len() > 1) {
        return None;
    }
    let linked = link.and_then(|link| Some((link.sure()?, draft.span(link.place))));
    let spoken = || {
        let known = story.known.speakers.get(speaker?.0).copied().flatten();
        Some((known?, subject?.1))
    };
    let (who, origin) = linked.or_else(spoken)?;
    let record = scene.base.record(who).filter(|_| who.is_own())?;
    (record.origin.line > 0).then(|| Elsewhere {
        origin,
        path: record.origin.file.to_string(),
        line: record.origin.line,
    })
}

fn quoted_on_file(draft: &Draft, scene: &Scene, at: usize) -> Option<Elsewhere> {
    let (Subject::Quote(index), origin) = subject::subject(draft, at)? else {
        return None;
    };
    let verdict = on_file::known(draft, scene, index)?;
    let place = on_record(&verdict.finding)?;
    Some(Elsewhere {
        origin,
        path: place.record.path.clone()?,
        line: place.record.line(on_file::first_byte(place)),
    })
}

fn on_record<'a, 'b>(finding: &'b Finding<'a>) -> Option<&'b verdict::Place<'a>> {
    match finding {
        Finding::Faithful(place) | Finding::Differs(place) | Finding::OtherMouth { place, .. } => {
            Some(place)
        }
        Finding::NotFound(_) | Finding::Missing(_) => None,
    }
}

/// Where a quotation stands in the notes of the draft itself.
fn in_scratch(draft: &Draft, scene: &Scene, index: usize) -> Option<Place> {
    let verdict = on_file::known(draft, scene, index)?;
    let place = on_record(&verdict.finding)?;
    let first = place.block?;
    let at = draft.tree.blocks[first].start + on_file::first_byte(place);
    let last = place
        .record
        .words
        .get(place.found.place.end.checked_sub(1)?)?;
    let length = last.span().end() - on_file::first_byte(place);
    let (block, inside) = draft.block_at(at)?;
    let end = (inside + length).min(draft.tree.blocks[block].block.text.len());
    Some(Place {
        block,
        span: Span::new(inside, end),
    })
}

/// Where what stands at a byte of the file comes from.
pub fn definition(draft: &Draft, scene: &Scene, at: usize) -> Option<Definition> {
    let (found, origin) = subject::subject(draft, at)?;
    let story = &draft.story;
    let in_notes = match found {
        Subject::Quote(index) => in_scratch(draft, scene, index),
        _ => None,
    };
    let target = match found {
        _ if in_notes.is_some() => in_notes?,
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

    #[test]
    fn a_quotation_leads_to_its_place_on_file() {
        check(
            "“The pier is sa<|>fe,” Dana Ortiz said.\n\n###\n\nortiz at noon: the pier is safe, she says\n",
            expect!["ortiz at noon: ⟦the pier is safe⟧, she says"],
        );
        let marked = "“We had n<|>o warning,” Dana Ortiz said.\n=== notes/ortiz.vtt\nWEBVTT\n\n00:04.000 --> 00:06.000\nwe had no warning\n";
        let found = testing::asked(marked, elsewhere).expect("it stands there");
        assert_eq!((found.path.as_str(), found.line), ("notes/ortiz.vtt", 4));
    }
}
