//! The marks of a draft put back on the text that came back from the content system; what has no place is listed.
//!
//! A paragraph that came back as it went gets its own letters back. In another, each sentence is looked for word by word,
//! and each mark goes to the words that it hung on. In the end the result is read again: what it prints must be the
//! edited text, and each mark must cover the words that it covered, else it is taken out and listed.

mod escape;
mod locate;
mod lost;
mod piece;
mod seat;

use std::fmt::Write as _;

use crate::checks;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::notes::checks::words;
use crate::reading::Reading;
use crate::syntax::strip::{copy, prints};
use crate::syntax::tree::{Shape, Zone};
use crate::text::Text;
use crate::text::order;
use crate::text::span::Span;
use seat::{Joined, Key};

/// A draft after its text came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejoined {
    /// The draft: header, edited text with its marks, definitions and scratch.
    pub text: String,
    /// What could not be placed, in order; it stands in a comment at the end.
    pub lost: Vec<Lost>,
    /// Whether the draft prints exactly the edited text. It cannot where that text itself is read as an end mark, a
    /// definition or a header.
    pub is_exact: bool,
}

/// Something that could not be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// As it stood.
    pub what: String,
    /// The line of the old draft, from 1.
    pub line: usize,
    /// The words that it stood after.
    pub after: String,
}

/// How often what is wrong is taken out before all marks are.
const ROUNDS: usize = 6;

/// Puts the marks of a draft on an edited text.
pub fn rejoin(draft: &Draft, edited: &str, reading: &Reading, base: &Base) -> Rejoined {
    let read = |text: &str| Draft::read(Text::new(text), reading, base, None);
    let wanted = wanted(edited);
    let mut refused: Vec<Key> = Vec::new();
    for round in 0..=ROUNDS {
        let body = match round {
            ROUNDS => seat::bare(draft, edited),
            _ => seat::seated(draft, edited, &refused),
        };
        let text = whole(draft, &body);
        let now = read(&text);
        let is_exact = copy(&now.tree) == wanted;
        let bad = match is_exact {
            true => astray(draft, &now, &body),
            false => seat::suspects(edited, &body, &refused),
        };
        if bad.is_empty() || round == ROUNDS {
            let lost: Vec<Lost> = body.lost.iter().map(|key| told(draft, *key)).collect();
            let text = format!("{text}{}", remembered(&text, &lost));
            return Rejoined {
                is_exact: copy(&read(&text).tree) == edited_copy(edited),
                text,
                lost,
            };
        }
        refused.extend(bad);
    }
    unreachable!("the last round returns")
}

/// What the result is to print: the edited text, whose own signs stay signs.
fn wanted(edited: &str) -> String {
    edited_copy(&escape::escaped(edited))
}

fn edited_copy(edited: &str) -> String {
    copy(&crate::syntax::parse(&Text::new(edited), None))
}

/// The whole draft around a body.
fn whole(draft: &Draft, body: &Joined) -> String {
    let blocks = &draft.tree.blocks;
    let mut text = String::new();
    for placed in blocks {
        let is_front = matches!(placed.zone, Zone::Header | Zone::Notes)
            || matches!(placed.block.shape, Shape::NotesMark | Shape::StoryMark);
        if is_front {
            apart(&mut text, &placed.block.text);
        }
    }
    apart(&mut text, &body.text);
    let mut is_back = false;
    for placed in blocks {
        is_back |= placed.block.shape == Shape::EndMark || placed.zone == Zone::Back;
        let is_record =
            matches!(placed.block.shape, Shape::Definition(_)) && placed.zone == Zone::Copy;
        if is_back || is_record {
            let own = placed.block.text.trim_end();
            let follows = matches!(placed.block.shape, Shape::Definition(_))
                && text
                    .trim_end()
                    .rsplit('\n')
                    .next()
                    .is_some_and(|line| line.starts_with('['));
            match follows {
                true => {
                    text.truncate(text.trim_end().len());
                    let _ = write!(text, "\n{own}\n");
                }
                false => apart(&mut text, own),
            }
        }
    }
    text
}

/// Adds a part after a blank line.
fn apart(text: &mut String, part: &str) {
    if part.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        text.push_str("\n\n");
    }
    text.push_str(part.trim_end_matches(['\n', '\r']));
    text.push('\n');
}

/// The marks that cover other words than they did.
fn astray(was: &Draft, now: &Draft, body: &Joined) -> Vec<Key> {
    let there = covered(now);
    let was: Vec<_> = covered(was)
        .into_iter()
        .filter(|(key, ..)| !body.lost.contains(key))
        .collect();
    // Marks that are typed alike are paired by what they cover, the likest first.
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (at, (_, mark, words)) in was.iter().enumerate() {
        for (other, (_, twin, there)) in there.iter().enumerate() {
            if twin == mark {
                pairs.push((shared(words, there), at, other));
            }
        }
    }
    order::by_key(&mut pairs, |(count, at, other)| {
        (std::cmp::Reverse(*count), at.abs_diff(*other))
    });
    let (mut paired, mut taken) = (vec![false; was.len()], vec![false; there.len()]);
    let mut astray = Vec::new();
    for (count, at, other) in pairs {
        if paired[at] || taken[other] {
            continue;
        }
        paired[at] = true;
        taken[other] = true;
        let (key, _, words) = &was[at];
        if count * 2 < words.len() {
            astray.push(*key);
        }
    }
    astray
}

/// The marks of a draft: where each stands, as typed, and the words that it covers.
fn covered(draft: &Draft) -> Vec<(Key, String, Vec<String>)> {
    let story = &draft.story;
    let cited = story.citations.iter().map(|one| (one.mark, one.covers));
    let marked = story.marks.iter().map(|mark| {
        let span = draft.tree.blocks[mark.block].block.inlines[mark.inline].span;
        let place = crate::story::Place {
            block: mark.block,
            span,
        };
        (place, mark.covers)
    });
    let copy = |block: usize| prints(&draft.tree.blocks[block]);
    let all = cited.chain(marked).filter(|(mark, _)| copy(mark.block));
    let all = all.map(|(mark, covers)| {
        let block = &draft.tree.blocks[covers.block].block;
        let key = Key {
            block: mark.block,
            start: mark.span.start(),
        };
        let said = words(&checks::said(block, covers.span));
        (key, draft.words(mark).to_owned(), said)
    });
    all.collect()
}

fn shared(one: &[String], other: &[String]) -> usize {
    let mut left: Vec<&String> = other.iter().collect();
    let found = one.iter().filter(|word| {
        let at = left.iter().position(|other| other == word);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    found.count()
}

/// What was lost, told for a person.
fn told(draft: &Draft, key: Key) -> Lost {
    let placed = &draft.tree.blocks[key.block];
    let before = draft.text.slice(Span::new(0, placed.start + key.start));
    let visible = checks::said(&placed.block, Span::new(0, key.start));
    let words: Vec<&str> = visible.split_whitespace().collect();
    let from = words.len().saturating_sub(7);
    Lost {
        what: lost::shown(draft, key),
        line: before.matches('\n').count() + 1,
        after: words[from..].join(" "),
    }
}

/// A comment that keeps what was not placed, for the end of the draft.
fn remembered(text: &str, lost: &[Lost]) -> String {
    if lost.is_empty() {
        return String::new();
    }
    let mut told = "\n<!-- not placed when the text came back:\n".to_owned();
    if !text.ends_with('\n') {
        told.insert(0, '\n');
    }
    for one in lost {
        let what = one.what.replace("-->", "-- >").replace("<!--", "<! --");
        let what: Vec<&str> = what.split_whitespace().collect();
        let after = one.after.replace("-->", "-- >");
        let _ = writeln!(told, "{} after “{after}”", what.join(" "));
    }
    told.push_str("-->\n");
    told
}
