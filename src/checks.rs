//! What was checked: which words, by whom, and whether they are still the words that were checked.

use crate::draft::Draft;
use crate::notes::Records;
use crate::notes::checks::{self, Line};
use crate::story::Place;
use crate::story::outline::Label;
use crate::syntax::tree::{Block, InlineKind};
use crate::text::order;
use crate::text::runs::in_order;
use crate::text::span::Span;

/// Some words that were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The words.
    pub covers: Place,
    /// The mark; none where the check is noted beside the draft.
    pub mark: Option<Place>,
    /// Who checked; empty where nobody is named.
    pub who: String,
    /// When, as written.
    pub date: String,
    /// Whether it holds.
    pub state: State,
}

/// Whether a check holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The words are those that were checked.
    Holds,
    /// A mark without a sign: nobody can tell.
    Unsigned,
    /// The words are others; what they were, where that is known.
    Changed(Option<String>),
}

impl Checked {
    /// Who checked and when, for a message: `AL on 2026-03-12`.
    pub fn by(&self) -> String {
        let who = match self.who.is_empty() {
            true => "somebody",
            false => &self.who,
        };
        match self.date.is_empty() {
            true => who.to_owned(),
            false => format!("{who} on {}", self.date),
        }
    }
}

/// What was checked in a draft, in order of the words.
pub fn checked(draft: &Draft, records: &Records) -> Vec<Checked> {
    let mut found = Vec::new();
    let mut signs: Vec<String> = Vec::new();
    let beside: &[Line] = records.checks.as_ref().map_or(&[], |checks| &checks.lines);
    for mark in &draft.story.marks {
        let block = &draft.tree.blocks[mark.block].block;
        let inline = &block.inlines[mark.inline];
        let InlineKind::Check {
            who, date, hash, ..
        } = &inline.kind
        else {
            continue;
        };
        let of = |span: &Option<Span>| span.map_or("", |span| span.of(&block.text)).to_owned();
        let state = match of(hash).to_lowercase() {
            sign if sign.is_empty() => State::Unsigned,
            sign => {
                let state = match checks::hash(&said(block, mark.covers.span)) == sign {
                    true => State::Holds,
                    false => State::Changed(words_of(&sign, beside, records)),
                };
                signs.push(sign);
                state
            }
        };
        found.push(Checked {
            covers: mark.covers,
            mark: Some(Place {
                block: mark.block,
                span: inline.span,
            }),
            who: of(who),
            date: of(date),
            state,
        });
    }
    // A line whose sign stands in the text is the memory of that mark.
    let lines = beside.iter().filter(|line| !signs.contains(&line.hash));
    let lines: Vec<&Line> = lines.collect();
    if !lines.is_empty() {
        let pages = pages(draft);
        let lines = lines.into_iter();
        found.extend(lines.filter_map(|line| noted(draft, &pages, line)));
    }
    order::by_key(&mut found, |one| (one.covers.block, one.covers.span));
    found
}

/// The checks noted beside a draft whose words are nowhere in it any more, nor anything like them.
pub fn gone<'a>(draft: &Draft, records: &'a Records) -> Vec<&'a Line> {
    let lines = records
        .checks
        .as_ref()
        .map_or(&[][..], |checks| &checks.lines);
    if lines.is_empty() {
        return Vec::new();
    }
    let pages = pages(draft);
    let lines = lines.iter();
    lines
        .filter(|line| noted(draft, &pages, line).is_none())
        .collect()
}

/// What words a sign is of, where somebody wrote them down: beside the draft, or in what was filed.
fn words_of(sign: &str, beside: &[Line], records: &Records) -> Option<String> {
    let noted = beside.iter().find(|line| line.hash == sign);
    noted.map(|line| line.words.clone()).or_else(|| {
        let filed = records.filed.as_ref()?;
        filed.passage_of(sign)
    })
}

/// The words of a place as they print.
pub fn said(block: &Block, span: Span) -> String {
    span.of(&visible(block)).to_owned()
}

/// The text of a block with spaces for all that does not print, byte for byte.
fn visible(block: &Block) -> String {
    let mut text = block.text.to_string();
    for hidden in &block.hidden {
        text.replace_range(hidden.range(), &" ".repeat(hidden.len()));
    }
    text
}

/// A block of copy as checks beside the draft are looked for in it.
struct Page {
    block: usize,
    text: String,
    words: Vec<(String, Span)>,
}

/// The copy of a draft, made ready for many checks.
fn pages(draft: &Draft) -> Vec<Page> {
    let blocks = draft.tree.blocks.iter().enumerate();
    let copy = blocks.filter(|(block, _)| draft.story.labels[*block] != Label::NotCopy);
    let pages = copy.map(|(block, placed)| {
        let text = visible(&placed.block);
        let words = checks::placed_words(&text);
        Page { block, text, words }
    });
    pages.collect()
}

/// Where the words of a line stand, exactly or nearly.
fn noted(draft: &Draft, pages: &[Page], line: &Line) -> Option<Checked> {
    let wanted = checks::words(&line.words);
    let first = wanted.first()?;
    let made = |block: usize, span: Span, state: State| Checked {
        covers: Place { block, span },
        mark: None,
        who: line.who.clone(),
        date: line.date.clone(),
        state,
    };
    for page in pages {
        let words = &page.words;
        let is_here = |at: usize| {
            words[at].0 == *first
                && words[at..at + wanted.len()]
                    .iter()
                    .map(|(word, _)| word)
                    .eq(&wanted)
        };
        let last = words.len().checked_sub(wanted.len());
        if let Some(at) = last.and_then(|last| (0..=last).find(|at| is_here(*at))) {
            let span = words[at].1.cover(words[at + wanted.len() - 1].1);
            return Some(made(page.block, span, State::Holds));
        }
    }
    let mut nearest: Option<(usize, usize, Span)> = None;
    for page in pages {
        for sentence in &draft.prose[page.block].sentences {
            let words = checks::words(sentence.span.of(&page.text));
            let most = wanted.len().max(words.len());
            if wanted.len().min(words.len()) * 10 < most * 6 {
                continue;
            }
            let count = in_order(&wanted, &words);
            if count * 10 >= most * 6 && nearest.is_none_or(|(most, ..)| count > most) {
                nearest = Some((count, page.block, sentence.span));
            }
        }
    }
    let (_, block, span) = nearest?;
    let was = State::Changed(Some(line.words.clone()));
    Some(made(block, span, was))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::entities::base::Base;
    use crate::notes::checks::Checks;
    use crate::notes::filed::Filed;
    use crate::reading::Reading;
    use crate::text::Text;

    fn told(text: &str, beside: &str, filed: &str) -> Vec<String> {
        let draft = Draft::read(Text::new(text), &Reading::default(), &Base::default(), None);
        let records = Records {
            checks: Some(Arc::new(Checks::read(beside))),
            filed: Some(Arc::new(Filed::read("", filed, &Reading::default()))),
            ..Records::default()
        };
        let shown = |one: &Checked| {
            let state = match &one.state {
                State::Holds => "holds".to_owned(),
                State::Unsigned => "unsigned".to_owned(),
                State::Changed(was) => format!("was {was:?}"),
            };
            format!("{}: {}: {state}", one.by(), draft.words(one.covers))
        };
        checked(&draft, &records).iter().map(shown).collect()
    }

    #[test]
    fn a_check_holds_as_long_as_its_words_do() {
        assert_eq!(
            told(
                "The pier, closed in 1998.[^a] [CQ AL 2026-03-12 #3d2a] It is old. [CQ]",
                "",
                ""
            ),
            [
                "AL on 2026-03-12: The pier, closed in 1998.: holds",
                "somebody: It is old.: unsigned"
            ]
        );
        assert_eq!(
            told("The pier closed in 1989. [CQ AL 2026-03-12 #3d2a]", "", ""),
            ["AL on 2026-03-12: The pier closed in 1989.: was None"]
        );
    }

    #[test]
    fn old_words_are_found_in_what_was_filed_and_beside_the_draft() {
        let now = "The pier closed in 1989. [CQ AL 2026-03-12 #3d2a]";
        let was =
            "AL on 2026-03-12: The pier closed in 1989.: was Some(\"The pier closed in 1998.\")";
        assert_eq!(
            told(now, "", "It is old. The pier closed in 1998. It stands.\n"),
            [was]
        );
        assert_eq!(
            told(now, "AL 2026-03-12 #3d2a: The pier closed in 1998.\n", ""),
            [was]
        );
    }

    #[test]
    fn checks_beside_the_draft_need_no_marks_in_it() {
        let beside = "AL 2026-03-12 #3d2a: The pier closed in 1998.\nBR 2026-03-13: The wall is new and made of sand.\nBR: It was never painted by anybody.\n";
        assert_eq!(
            told(
                "It is old. The pier closed[^a] in 1998. The wall is new and made of stone.",
                beside,
                ""
            ),
            [
                "AL on 2026-03-12: The pier closed[^a] in 1998: holds",
                "BR on 2026-03-13: The wall is new and made of stone.: was Some(\"The wall is new and made of sand.\")"
            ]
        );
    }
}
