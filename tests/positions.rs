//! Positions against a naive model that counts from the start of the text each time.

use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::position::{Encoding, Position};
use onrecord::text::span::Span;
use proptest::prelude::*;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn width(c: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => c.len_utf8(),
        Encoding::Utf16 => c.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

/// The lines of a text: first byte, byte before the line end.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = match c {
            '\r' if chars.peek().is_some_and(|next| next.1 == '\n') => {
                chars.next();
                at + 2
            }
            '\n' | '\r' => at + 1,
            _ => continue,
        };
        lines.push((start, at));
        start = end;
    }
    lines.push((start, text.len()));
    lines
}

fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
    let lines = lines(text);
    let Some(&(start, end)) = lines.get(position.line as usize) else {
        return text.len();
    };
    let mut column = 0;
    for (at, c) in text[start..end].char_indices() {
        column += width(c, encoding);
        if column > position.character as usize {
            return start + at;
        }
    }
    end
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "“", "é", "e\u{301}", "🚒", "\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{b}",
        "\u{c}", " pier ", "’",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_position_gives_the_byte_that_the_model_gives(text in text(), line in 0u32..45, character in 0u32..60) {
        for encoding in ENCODINGS {
            let position = Position { line, character };
            prop_assert_eq!(Text::new(&text).offset(position, encoding), offset(&text, position, encoding), "{:?} in {:?}", position, text);
        }
    }

    #[test]
    fn a_byte_gives_a_position_that_gives_the_byte(text in text(), at in 0usize..200) {
        let rope = Text::new(&text);
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        // Between \r and \n no position exists: the one before the line end stands for it.
        let inside_end = at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n');
        for encoding in ENCODINGS {
            let back = rope.offset(rope.position(at, encoding), encoding);
            prop_assert_eq!(back, if inside_end { at - 1 } else { at });
        }
    }

    #[test]
    fn edits_are_clamped_and_equal_those_of_a_string(text in text(), start in 0usize..120, length in 0usize..30, new in "\\PC{0,5}") {
        let mut rope = Text::new(&text);
        rope.apply(&Edit::replace(Span::new(start, start + length), new.clone()));
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let (start, end) = (floor(start), floor(start + length));
        prop_assert_eq!(rope.to_string(), format!("{}{new}{}", &text[..start], &text[end..]));
    }
}
