//! Who quotes whom: a story quotes its speakers, and a speaker may quote another.

use crate::draft::Draft;
use crate::features::places;
use crate::features::quotes::{self, Said};
use crate::story::outline::Label;
use crate::story::{SpeakerId, SpeakerKind};
use crate::syntax::strip::printed;
use crate::text::span::Span;

/// Somebody's words, and in whose words they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Who quotes; none is the story itself.
    pub by: Option<SpeakerId>,
    /// Who is quoted.
    pub of: SpeakerId,
    /// What is said, in bytes of the file.
    pub span: Span,
}

/// Everything that somebody says in a draft, in order.
pub fn calls(draft: &Draft) -> Vec<Call> {
    let all = quotes::quotes(draft);
    let mut found = Vec::new();
    for said in &all {
        let Some(of) = said.speaker else {
            continue;
        };
        let whole = whole(said);
        let around = all.iter().filter(|other| {
            let is_wider = other.content.iter().any(|span| span.covers(whole));
            said.is_inner && is_wider && !std::ptr::eq(*other, said) && other.speaker != Some(of)
        });
        let narrowest = around.min_by_key(|other| self::whole(other).len());
        found.push(Call {
            by: narrowest.and_then(|other| other.speaker),
            of,
            span: whole,
        });
    }
    found
}

fn whole(said: &Said) -> Span {
    let first = said.content[0];
    said.content
        .iter()
        .fold(first, |all, span| all.cover(*span))
}

/// The headline of a draft and its place; for one without, its first line of copy.
pub fn title(draft: &Draft) -> (String, Span) {
    let labels = &draft.story.labels;
    let place = |wanted: Label| labels.iter().position(|label| *label == wanted);
    let block = place(Label::Headline).or_else(|| place(Label::Body));
    let Some(block) = block else {
        return (String::new(), Span::at(0));
    };
    let placed = &draft.tree.blocks[block];
    let words = printed(&placed.block);
    let first = words.trim().lines().next().unwrap_or_default();
    (first.to_owned(), placed.place(placed.block.content))
}

/// Where somebody is named first, and what they are called; people without a name are not called anything.
pub fn voice(draft: &Draft, id: SpeakerId) -> Option<(String, Span)> {
    let speaker = draft.story.speaker(id);
    let is_named = !matches!(
        speaker.kind,
        SpeakerKind::Anonymous | SpeakerKind::Collective
    );
    let place = places::first_naming(draft, speaker).filter(|_| is_named)?;
    Some((speaker.name.clone(), draft.span(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn told(story: &str) -> Vec<String> {
        testing::asked(story, |draft, _, _| {
            let calls = calls(draft).into_iter();
            calls
                .map(|call| {
                    let name = |id| draft.story.speaker(id).name.as_str();
                    let by = call.by.map_or("the story", name);
                    format!(
                        "{by} quotes {}: {}",
                        name(call.of),
                        draft.text.slice(call.span)
                    )
                })
                .collect()
        })
    }

    #[test]
    fn a_story_quotes_and_a_speaker_quotes_another() {
        assert_eq!(
            told("“It leaks,” Dana Ortiz said. The wall is old, Paul Venn said.\n"),
            [
                "the story quotes Dana Ortiz: “It leaks,”",
                "the story quotes Paul Venn: The wall is old"
            ]
        );
        let nested = told("Dana Ortiz said that Paul Venn told the board the wall would leak.\n");
        assert!(
            nested
                .iter()
                .any(|line| line.starts_with("Dana Ortiz quotes Paul Venn")),
            "{nested:?}"
        );
    }

    #[test]
    fn a_story_is_called_by_its_headline() {
        let title = testing::asked("# Pier closed\n\nIt leaks.\n", |draft, _, _| title(draft).0);
        assert_eq!(title, "Pier closed");
    }
}
