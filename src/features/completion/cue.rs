//! Verbs that say who speaks, behind a closing quotation mark; only for whoever asks, and none that judges.

use std::cmp::Reverse;

use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::syntax::tree::{Shape, Zone};
use crate::text::order;
use crate::text::span::Span;

/// In the past and in the present, and what they are for; the plain one first.
const CUES: &[(&str, &str, &str)] = &[
    ("said", "says", "the plain word"),
    ("added", "adds", "goes on with what was quoted before"),
    ("told", "tells", "with whom: told reporters"),
    ("asked", "asks", "a question"),
    ("wrote", "writes", "in writing"),
    ("replied", "replies", "to a question"),
    ("explained", "explains", "gives a reason"),
    ("recalled", "recalls", "of something past"),
    ("warned", "warns", "of something to come"),
    ("testified", "testifies", "under oath"),
];

/// The verbs that may follow the quotation right before the cursor, and the letters of one that are typed.
pub fn cues(draft: &Draft, at: usize) -> Vec<(Offer, Span)> {
    let Some((block, inside)) = draft.block_at(at) else {
        return Vec::new();
    };
    let placed = &draft.tree.blocks[block];
    let is_copy = placed.zone == Zone::Copy && !matches!(placed.block.shape, Shape::Header(_));
    let Some(before) = placed.block.text.get(..inside).filter(|_| is_copy) else {
        return Vec::new();
    };
    let start = before
        .trim_end_matches(|c: char| c.is_ascii_lowercase())
        .len();
    let (quoted, typed) = before.split_at(start);
    let Some(end) = closed(quoted) else {
        return Vec::new();
    };
    let space = match quoted.ends_with(char::is_whitespace) {
        true => "",
        false => " ",
    };
    if !space.is_empty() && !typed.is_empty() {
        return Vec::new();
    }
    let is_present = is_in_the_present(draft);
    let mut list: Vec<&(&str, &str, &str)> = CUES.iter().collect();
    // A question is asked.
    let is_asked = |one: &(&str, &str, &str)| end == '?' && one.0 == "asked";
    order::by_key(&mut list, |one| Reverse(is_asked(one)));
    let offers = list.into_iter().map(|(past, present, what)| {
        let word = if is_present { present } else { past };
        let offer = Offer {
            label: (*word).to_owned(),
            detail: (*what).to_owned(),
            documentation: String::new(),
            new_text: format!("{space}{word}"),
            kind: ItemKind::Value,
            about: None,
        };
        (offer, Span::new(at - typed.len(), at))
    });
    offers
        .filter(|(offer, _)| offer.label.starts_with(typed))
        .collect()
}

/// The sign before the mark that closes a quotation at the end of some words, where a speaker may follow it: behind a
/// full stop a new sentence begins.
fn closed(words: &str) -> Option<char> {
    let words = words.trim_end();
    let inner = match words.strip_suffix('”') {
        Some(inner) => inner,
        None => {
            let inner = words.strip_suffix('"')?;
            words
                .matches('"')
                .count()
                .is_multiple_of(2)
                .then_some(inner)?
        }
    };
    let end = inner.chars().next_back()?;
    matches!(end, ',' | '?' | '!' | '—' | '–' | '…').then_some(end)
}

/// Whether the story says “says”.
fn is_in_the_present(draft: &Draft) -> bool {
    let text = draft.text.to_string();
    let count = |word: &str| text.matches(word).count();
    count(" says") > count(" said")
}
