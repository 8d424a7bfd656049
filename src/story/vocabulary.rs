//! Which words a block may have, in a few bits: a word is looked for only where it may stand.

use super::name::fold;
use crate::prose::{Form, Prose};
use crate::text::span::Span;
use crate::words;

/// The words of a block as bits, several words to a bit: a word without its bit is not there, a word with it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary([u64; SIZE]);

/// Eight bits for each word of a usual paragraph.
const SIZE: usize = 8;

/// A word as it is looked for, whatever its capitals, accents and possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of a word.
    pub fn of(word: &str) -> Key {
        match word.is_ascii() && !word.contains(['"', '\'']) {
            true => Key::of_letters(word),
            false => Key::of_letters(&fold(word)),
        }
    }

    /// The key of letters with nothing to leave out.
    fn of_letters(letters: &str) -> Key {
        match words::Key::of(letters) {
            Some(key) => Key::of_short(key),
            None => Key(letters.bytes().fold(0, |mixed: u64, byte| {
                let letter = u64::from(byte.to_ascii_lowercase());
                (mixed.rotate_left(5) ^ letter).wrapping_mul(0x517c_c1b7_2722_0a95)
            })),
        }
    }

    /// The key of letters and digits of ASCII.
    #[inline]
    fn of_plain(text: &str, span: Span) -> Key {
        match words::Key::within(text, span.start(), span.end()) {
            Some(key) => Key::of_short(key),
            None => Key::of_letters(span.of(text)),
        }
    }

    #[inline]
    fn of_short(letters: words::Key) -> Key {
        Key(letters.lower().mixed())
    }

    /// The key of the longest run of letters and digits of a name: where the name stands, this does.
    pub fn of_longest(name: &str) -> Key {
        let runs = name.split(|c: char| !c.is_alphanumeric());
        Key::of(runs.max_by_key(|run| run.len()).unwrap_or_default())
    }

    fn bit(self) -> (usize, u64) {
        let mixed = self.0 >> 55;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

impl Vocabulary {
    /// The words of a block: each run of letters and digits of its text; of its reading each word with a capital, whole
    /// and without an `s` or an apostrophe at its end.
    pub fn of(text: &str, prose: &Prose) -> Vocabulary {
        let mut found = Vocabulary::default();
        let mut at = 0;
        for word in &prose.words {
            // What is hidden stands between words; between most stands a blank.
            let start = word.span.start();
            if start > at + 1 || start > at && text.as_bytes()[at] != b' ' {
                found.add_runs(&text[at..start]);
            }
            at = word.span.end();
            if word.form == Form::Mark {
                continue;
            }
            let letters = word.span.of(text);
            let is_name = matches!(word.form, Form::Capital | Form::Caps);
            match word.is_plain {
                true => found.add(Key::of_plain(text, word.span)),
                false => found.add_runs(letters),
            }
            if is_name && !word.is_plain {
                found.add(Key::of(letters));
            }
            if is_name && (!word.is_plain || letters.ends_with('s')) {
                found.add(Key::of(letters.trim_end_matches(['’', '\'', 's'])));
            }
        }
        found.add_runs(&text[at..]);
        found
    }

    /// Whether a word may be there.
    pub fn may_have(&self, word: Key) -> bool {
        let (at, bit) = word.bit();
        self.0[at] & bit != 0
    }

    fn add(&mut self, word: Key) {
        let (at, bit) = word.bit();
        self.0[at] |= bit;
    }

    /// Takes in each run of letters and digits.
    fn add_runs(&mut self, text: &str) {
        let runs = text.split(|c: char| !c.is_alphanumeric());
        let runs = runs.filter(|run| !run.is_empty());
        runs.for_each(|run| self.add(Key::of(run)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vocabulary {
        Vocabulary::of(text, &Prose::default())
    }

    #[test]
    fn what_stands_in_a_text_may_be_there_in_whatever_capitals() {
        let words = of("Mayor Dana Ortiz’s “pier” in Åsa, 12,000 Euros-worth.");
        for word in [
            "mayor",
            "ORTIZ",
            "Ortiz’s",
            "pier",
            "Asa",
            "åsa",
            "12",
            "000",
            "worth",
        ] {
            assert!(words.may_have(Key::of(word)), "{word}");
        }
        assert!(words.may_have(Key::of_longest("Euros-worth")));
        let strange = ["harbor", "council", "Roth", "bridge", "ferry", "storm"];
        let there = strange.iter().filter(|word| words.may_have(Key::of(word)));
        assert!(there.count() < 2, "most words are told to be elsewhere");
    }
}
