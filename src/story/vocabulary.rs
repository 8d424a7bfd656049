//! Which words a block may have, in a few bits: a word is looked for only where it may stand.

use super::name::fold;
use crate::prose::word::possessive_stem;
use crate::prose::{Form, Prose};

/// The words of a block as bits, several words to a bit: a word without its bit is not there, a word with it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary([u64; SIZE]);

/// Eight bits for each word of a usual paragraph.
const SIZE: usize = 8;

/// A word as it is looked for, whatever its capitals, accents and possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

/// What a key begins with, and what each letter is mixed in by.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Key {
    /// The key of a word.
    pub fn of(word: &str) -> Key {
        if !word.is_ascii() {
            return fold(word).bytes().fold(Key(SEED), Key::and);
        }
        let letters = possessive_stem(word).bytes();
        let letters = letters.filter(|byte| !matches!(byte, b'"' | b'\''));
        letters.fold(Key(SEED), |key, byte| key.and(byte.to_ascii_lowercase()))
    }

    /// The key of the longest run of letters and digits of a name: where the name stands, this does.
    pub fn of_longest(name: &str) -> Key {
        let runs = name.split(|c: char| !c.is_alphanumeric());
        Key::of(runs.max_by_key(|run| run.len()).unwrap_or_default())
    }

    fn and(self, byte: u8) -> Key {
        Key((self.0 ^ u64::from(byte)).wrapping_mul(PRIME))
    }

    fn bit(self) -> (usize, u64) {
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

impl Vocabulary {
    /// The words of a block: each run of letters and digits of its text; of its reading each word with a capital, whole
    /// and without an `s` or an apostrophe at its end.
    pub fn of(text: &str, prose: &Prose) -> Vocabulary {
        let mut words = Vocabulary::default();
        words.add_runs(text);
        let capitals = prose.words.iter();
        let capitals = capitals.filter(|word| matches!(word.form, Form::Capital | Form::Caps));
        for letters in capitals.map(|word| word.span.of(text)) {
            words.add(Key::of(letters));
            words.add(Key::of(letters.trim_end_matches(['’', '\'', 's'])));
        }
        words
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

    fn add_runs(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut start, mut at) = (0, 0);
        let (mut key, mut is_ascii) = (Key(SEED), true);
        while at < bytes.len() {
            let byte = bytes[at];
            let (is_letter, length) = match byte.is_ascii() {
                true => (byte.is_ascii_alphanumeric(), 1),
                false => {
                    let letter = text[at..].chars().next().unwrap_or_default();
                    is_ascii &= !letter.is_alphanumeric();
                    (letter.is_alphanumeric(), letter.len_utf8())
                }
            };
            if is_letter {
                key = key.and(byte.to_ascii_lowercase());
            } else {
                self.add_run(&text[start..at], key, is_ascii);
                start = at + length;
                (key, is_ascii) = (Key(SEED), true);
            }
            at += length;
        }
        self.add_run(&text[start..], key, is_ascii);
    }

    /// A run of letters; `key` is its own if all are ASCII.
    fn add_run(&mut self, run: &str, key: Key, is_ascii: bool) {
        if run.is_empty() {
            return;
        }
        self.add(if is_ascii { key } else { Key::of(run) });
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
