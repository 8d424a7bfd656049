//! The words of a text as white space parts them, found byte by byte: what `str::split_whitespace` gives, in fewer steps.

use std::borrow::Cow;

/// What a byte may be to white space.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// No part of it, or none that it begins with.
    Letter,
    /// White space.
    Blank,
    /// The first of a letter, or of white space beyond ASCII.
    Lead,
}

static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Letter; 256];
    let blanks = b"\t\n\x0b\x0c\r ";
    let mut at = 0;
    while at < blanks.len() {
        kinds[blanks[at] as usize] = Kind::Blank;
        at += 1;
    }
    let leads = [0xc2, 0xe1, 0xe2, 0xe3];
    let mut at = 0;
    while at < leads.len() {
        kinds[leads[at]] = Kind::Lead;
        at += 1;
    }
    kinds
};

/// A text in lower case. Most words stand so already, and ask for no memory.
pub fn lower(text: &str) -> Cow<'_, str> {
    match text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { rest: text }
}

/// How many words a text has; those beyond `most` are not counted.
pub fn count(text: &str, most: usize) -> usize {
    // A letter of ASCII behind a blank begins a word. To look at every byte takes less than to stop at one: many are compared at once.
    let bytes = text.as_bytes();
    let bytes = &bytes[..bytes.len().min(usize::from(u8::MAX))];
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let begun = pairs.fold(0, |begun: u8, (before, letter)| {
        begun + u8::from((*before == b' ') & letter.is_ascii_graphic())
    });
    match usize::from(begun) >= most {
        true => most,
        false => words(text).take(most).count(),
    }
}

/// See [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self.rest;
        let mut start = 0;
        while start < text.len() {
            match blank(text, start) {
                0 => break,
                length => start += length,
            }
        }
        let mut end = start;
        loop {
            let rest = text.as_bytes()[end..].iter();
            let letters = rest.take_while(|byte| KINDS[usize::from(**byte)] == Kind::Letter);
            end += letters.count();
            if end == text.len() || blank(text, end) > 0 {
                break;
            }
            end += 1;
        }
        self.rest = &text[end..];
        (start < end).then(|| &text[start..end])
    }
}

/// How long the white space is that stands at a byte; 0 if there is none.
#[inline]
fn blank(text: &str, at: usize) -> usize {
    match KINDS[usize::from(text.as_bytes()[at])] {
        Kind::Letter => 0,
        Kind::Blank => 1,
        Kind::Lead => {
            let letter = text[at..].chars().next();
            letter
                .filter(|letter| letter.is_whitespace())
                .map_or(0, char::len_utf8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_up_to_the_most_that_is_asked_for() {
        for word in ["a", "pier", "é", "—", "a\u{a0}b", "long-winded\nones"] {
            for (times, before) in (0..300).zip(["", " ", "é "].iter().cycle()) {
                let text = format!("{before}{}", [word].repeat(times).join(" "));
                let all = text.split_whitespace().count();
                for most in [1, 17, 26, 400] {
                    assert_eq!(count(&text, most), all.min(most), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn words_are_those_of_the_standard_library() {
        let letters = (0..=0x3100).filter_map(char::from_u32);
        for text in letters.map(|letter| format!("{letter} a{letter}{letter}b{letter}")) {
            let expected: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(words(&text).collect::<Vec<_>>(), expected, "{text:?}");
        }
        assert_eq!(words(" \n").next(), None);
    }
}
