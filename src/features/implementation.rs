//! Where a source is used: the quotations of somebody, or of a recording or document, in any draft.

use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features::people::{self, Who};
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::story::source::Source;
use crate::story::{Place, SpeakerId};
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Whose words are looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Whose {
    /// Of a person or body.
    Somebody(Who),
    /// Of a source of this draft, by its id; in other drafts it is one with the same file or address.
    Record {
        /// Its id here.
        id: String,
        /// Its field `file`.
        file: Option<String>,
        /// Its field `url`.
        url: Option<String>,
    },
}

/// Whose words are asked about at a byte of the file.
pub fn whose(draft: &Draft, base: &Base, at: usize) -> Option<Whose> {
    let story = &draft.story;
    let source = match subject::subject(draft, at).map(|(found, _)| found) {
        Some(Subject::Source(index)) => Some(&story.sources[index]),
        Some(Subject::Citation(index)) if story.citations[index].sigil == Sigil::Source => {
            let name = &story.citations[index].name;
            story.sources.iter().find(|one| one.id == *name)
        }
        _ => None,
    };
    let field = |source: &Source, key| {
        let value = source.field(key).map(str::trim);
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    match source {
        Some(source) => Some(Whose::Record {
            id: source.id.clone(),
            file: field(source, "file"),
            url: field(source, "url"),
        }),
        None => people::who(draft, base, at).map(Whose::Somebody),
    }
}

/// The quotations of somebody in a draft, in order.
pub fn of_somebody(draft: &Draft, base: &Base, who: &Who) -> Vec<Span> {
    let speaker = people::speaker(draft, base, who);
    let places = speaker.map(|speaker| places::quotes(draft, speaker).collect());
    spans(draft, places.unwrap_or_default())
}

/// What rests on the sources of a draft that are meant: the quotations that cite them or whose speaker they are; where
/// there is none, the marks that cite them.
pub fn of_record(draft: &Draft, is_meant: impl Fn(&Source) -> bool) -> Vec<Span> {
    let story = &draft.story;
    let mut found = Vec::new();
    for (index, source) in story.sources.iter().enumerate() {
        if !is_meant(source) {
            continue;
        }
        let cited = story
            .citations
            .iter()
            .filter(|one| one.sigil == Sigil::Source && one.name == source.id);
        let covered = cited.flat_map(|citation| {
            let covers = citation.covers;
            let quotes = story.quotes_of(covers.block).iter();
            quotes
                .map(|quote| quote.place)
                .filter(move |place| place.span.overlaps(covers.span))
        });
        let mut places: Vec<Place> = covered.collect();
        let speakers = (0..story.speakers.len()).map(SpeakerId);
        let speakers = speakers.filter(|id| story.speaker(*id).sources.contains(&index));
        places.extend(speakers.flat_map(|id| places::quotes(draft, id)));
        if places.is_empty() {
            places = places::of_id(draft, &source.id, Sigil::Source, Declaration::LeftOut);
        }
        found.extend(places);
    }
    spans(draft, found)
}

fn spans(draft: &Draft, mut places: Vec<Place>) -> Vec<Span> {
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|place| draft.span(place)).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, expected: Expect) {
        let told = testing::asked(marked, |draft, scene, at| {
            let found = match whose(draft, scene.base, at) {
                None => return "nobody\n".to_owned(),
                Some(Whose::Somebody(who)) => of_somebody(draft, scene.base, &who),
                Some(Whose::Record { id, .. }) => of_record(draft, |source| source.id == id),
            };
            testing::marked(draft, &found)
        });
        expected.assert_eq(&told);
    }

    #[test]
    fn somebody_is_quoted_here_and_there() {
        check(
            "“It leaks,” Dana Or<|>tiz said. “We knew.”\n\n“No,” said Paul Venn.\n",
            expect![[r#"
                ⟦“It leaks,”⟧ Dana Ortiz said. ⟦“We knew.”⟧

                “No,” said Paul Venn.
            "#]],
        );
        check("It was a windy d<|>ay.\n", expect![["nobody\n"]]);
    }

    #[test]
    fn a_record_is_what_rests_on_it() {
        check(
            "“It leaks,” a worker said.[^ta<|>pe] “No,” said Paul Venn.\n\n[^tape]: audio, the meeting; file: notes/tape.vtt\n",
            expect![[r#"
                ⟦“It leaks,”⟧ a worker said.[^tape] “No,” said Paul Venn.

                [^tape]: audio, the meeting; file: notes/tape.vtt
            "#]],
        );
        check(
            "The wall leaks, the letter says.[^letter]\n\n[^let<|>ter]: document, the letter\n",
            expect![[r#"
                The wall leaks, the letter says.[^⟦letter⟧]

                [^letter]: document, the letter
            "#]],
        );
    }
}
