//! Letters that an editor shows before they are typed: the rest of a surname already introduced, an attribution left open.
//!
//! Always the same for the same text. Nothing here names the speaker of words: behind “said” and behind a quotation
//! the reporter names whoever it was.

use crate::draft::Draft;
use crate::features::places;
use crate::prose::QuoteKind;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerKind};
use crate::text::span::Span;

/// How many letters of a name must be typed.
const LEAST_TYPED: usize = 2;

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ghost {
    /// The letters that it takes the place of, in bytes of the file.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

/// Whether somebody asked for it or is just typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By a key.
    Explicitly,
    /// By typing on.
    Typing,
}

/// What could stand at a byte of the file next; at most one thing.
pub fn ghost(draft: &Draft, _scene: &Scene, at: usize, asked: Asked) -> Option<Ghost> {
    let (block, inside) = draft.block_at(at)?;
    // A paragraph that was just begun looks like a subhead or like furniture.
    let label = draft.story.labels.get(block)?;
    if !matches!(
        label,
        Label::Body | Label::List | Label::Subhead | Label::Furniture
    ) {
        return None;
    }
    second_reference(draft, block, inside).or_else(|| match asked {
        Asked::Explicitly => open_attribution(draft, block, inside),
        Asked::Typing => None,
    })
}

/// The surname of somebody already named in full, where its first letters fit nobody else's.
fn second_reference(draft: &Draft, block: usize, inside: usize) -> Option<Ghost> {
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let (before, after) = text.split_at_checked(inside)?;
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let start = before.trim_end_matches(char::is_alphanumeric).len();
    let typed = &before[start..];
    let is_long = typed.chars().count() >= LEAST_TYPED;
    if !is_long || !typed.starts_with(char::is_uppercase) || speaks(draft, block, start, inside) {
        return None;
    }
    let here = Place {
        block,
        span: Span::at(start),
    };
    let people = draft.story.speakers.iter().filter(|speaker| {
        let named = places::first_naming(draft, speaker);
        speaker.kind == SpeakerKind::Person && named.is_some_and(|place| place < here)
    });
    let mut surnames: Vec<&str> = people
        .filter_map(|speaker| speaker.surname.as_deref())
        .filter(|surname| surname.starts_with(typed) && surname.len() > typed.len())
        .collect();
    surnames.sort_unstable();
    surnames.dedup();
    let [surname] = surnames[..] else {
        return None;
    };
    Some(Ghost {
        span: placed.place(Span::new(start, inside)),
        text: surname.to_owned(),
    })
}

/// Whether the word at a place names a speaker, or stands between quotation marks or right behind them.
fn speaks(draft: &Draft, block: usize, start: usize, end: usize) -> bool {
    let prose = &draft.prose[block];
    let text: &str = &draft.tree.blocks[block].block.text;
    let word = Span::new(start, end);
    let is_source = prose.attributions.iter().any(|one| {
        let source = one.source.as_ref().map(|source| source.span);
        let gap = |from: usize, to: usize| {
            from <= to && text.get(from..to).is_some_and(|gap| gap.trim().is_empty())
        };
        source.is_some_and(|span| span.overlaps(word))
            || gap(one.cue.end(), start)
            || gap(end, one.cue.start())
    });
    let is_quoted = prose.quotes.iter().any(|quote| quote.span.covers(word));
    let behind = text[..start].trim_end().ends_with(['”', '"', '’']);
    is_source || is_quoted || behind
}

/// `said [TK: who?]` behind a quotation that nobody is said to have said.
fn open_attribution(draft: &Draft, block: usize, inside: usize) -> Option<Ghost> {
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let quotes = draft.story.quotes_of(block).iter();
    let mut open = quotes.filter(|quote| {
        let end = quote.place.span.end();
        let kind = draft.prose[block]
            .quotes
            .get(quote.index)
            .map(|read| read.kind);
        let is_speech = matches!(kind, Some(QuoteKind::Full | QuoteKind::Partial));
        let gap = text.get(end..inside);
        quote.binding.is_none() && is_speech && gap.is_some_and(|gap| matches!(gap, "" | " "))
    });
    let quote = open.next()?;
    let rest = text.get(inside..)?.trim_start_matches(' ');
    if !(rest.is_empty() || rest.starts_with('\n') || rest.starts_with('\r')) {
        return None;
    }
    let space = if inside == quote.place.span.end() {
        " "
    } else {
        ""
    };
    let words = quote.place.span.of(text);
    let goes_on = words.trim_end_matches(['”', '"', '’', '\'']).ends_with(',');
    let offered = match goes_on {
        true => "said [TK: who?].",
        false => "[TK: source?]",
    };
    Some(Ghost {
        span: placed.place(Span::at(inside)),
        text: format!("{space}{offered}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;
    use crate::text::edit::Edit;

    fn offered(marked: &str, asked: Asked) -> String {
        testing::asked(marked, |draft, scene, at| {
            let Some(found) = ghost(draft, scene, at, asked) else {
                return "nothing".to_owned();
            };
            let text = format!("⟦{}⟧", found.text);
            let after = testing::after(draft, &[Edit::replace(found.span, text)]);
            after
                .trim_end()
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
    }

    #[test]
    fn a_surname_is_finished_where_it_fits_one_person() {
        let story = "“It leaks,” said Dana Ortiz, the chair. “No,” said Paul Oram.\n\nThe plan of ";
        let typed = |letters: &str| offered(&format!("{story}{letters}<|>\n"), Asked::Typing);
        assert_eq!(typed("Ort"), "The plan of ⟦Ortiz⟧");
        assert_eq!(typed("Or"), "nothing");
        assert_eq!(typed("O"), "nothing");
        assert_eq!(typed("ort"), "nothing");
        assert_eq!(typed("Ortiz"), "nothing");
    }

    #[test]
    fn nobody_is_named_as_the_speaker_of_words() {
        let story = "“It leaks,” said Dana Ortiz, the chair.\n\n";
        for line in [
            "“We knew,” said Ort<|>\n",
            "“We knew,” Ort<|>\n",
            "“We saw Ort<|> there,” a worker said.\n",
        ] {
            assert_eq!(
                offered(&format!("{story}{line}"), Asked::Explicitly),
                "nothing",
                "{line}"
            );
        }
    }

    #[test]
    fn an_attribution_is_left_open_for_whoever_asks() {
        let story = "The board met on Monday.\n\n“We never heard a word of it from the town,”<|>\n";
        assert_eq!(
            offered(story, Asked::Explicitly),
            "“We never heard a word of it from the town,”⟦ said [TK: who?].⟧"
        );
        assert_eq!(offered(story, Asked::Typing), "nothing");
        let whole = story.replace(",”", ".”");
        assert_eq!(
            offered(&whole, Asked::Explicitly),
            "“We never heard a word of it from the town.”⟦ [TK: source?]⟧"
        );
    }
}
