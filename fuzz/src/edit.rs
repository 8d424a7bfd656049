//! After any edits, named by line and column in whichever encoding, the text is the one that a plain count gives, and
//! what is read and found is as if read afresh.

use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::position::{Encoding, Position};
use onrecord::text::span::Span;

use super::dice::{Dice, STORY};
use super::parse::{boundary, check, read};

/// The three ways to count columns.
pub const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// The first byte chooses the encoding, then a text, then edits.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let encoding = dice.one(&ENCODINGS);
    let mut plain = dice.text(STORY, 24);
    let mut text = Text::new(&plain);
    let mut draft = read(&text, None);
    let mut checked = check(&draft, None);
    for _ in 0..8 {
        if dice.is_over() {
            break;
        }
        let (start, end, new) = change(&mut dice, &plain);
        let place = |at: usize| {
            let position = position(&plain, at, encoding);
            assert_eq!(
                text.position(at, encoding),
                position,
                "byte {at} of {plain:?}"
            );
            text.offset(position, encoding)
        };
        let span = Span::new(place(start), place(end));
        assert_eq!(span, Span::new(start, end), "in {plain:?}");
        text.apply(&Edit::replace(span, new.clone()));
        plain.replace_range(start..end, &new);
        assert_eq!(text.to_string(), plain);
        draft = read(&text, Some(&draft));
        checked = check(&draft, Some(&checked));
        let fresh = read(&Text::new(&plain), None);
        assert_eq!(draft.tree, fresh.tree);
        assert_eq!(draft.prose, fresh.prose);
        assert_eq!(draft.story, fresh.story);
        assert_eq!(checked.findings, check(&fresh, None).findings);
    }
}

/// An edit: where it starts and ends, and what takes its place. Never between a carriage return and its line feed, where
/// no line and column leads.
pub fn change(dice: &mut Dice, text: &str) -> (usize, usize, String) {
    let whole = |at: usize| {
        let at = boundary(text, at);
        let is_inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        at - usize::from(is_inside)
    };
    let start = whole(dice.below(text.len() + 1));
    let end = whole(start + dice.below(40)).max(start);
    (start, end, dice.piece(STORY))
}

/// Line and column of a byte, counted the plain way.
pub fn position(text: &str, at: usize, encoding: Encoding) -> Position {
    let before = &text[..at];
    let bytes = text.as_bytes();
    let is_end =
        |i: &usize| bytes[*i] == b'\n' || bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    let line = (0..at).filter(is_end).count();
    let start = (0..at).rev().find(is_end).map_or(0, |end| end + 1);
    let letters = &before[start..];
    let character = match encoding {
        Encoding::Utf8 => letters.len(),
        Encoding::Utf16 => letters.encode_utf16().count(),
        Encoding::Utf32 => letters.chars().count(),
    };
    Position {
        line: line as u32,
        character: character as u32,
    }
}
