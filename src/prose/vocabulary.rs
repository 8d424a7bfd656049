//! Which words a block may have, in a few bits: a word is looked for only where it may stand.

use super::fold::fold_onto;
use super::word::possessive_stem;
use super::{Form, Word};
use crate::words;

/// The words of a block as bits, several words to a bit: a word without its bit is not there, a word with it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary([u64; SIZE]);

/// Eight bits for each word of a usual paragraph.
const SIZE: usize = 8;

/// How many bits a vocabulary has.
pub const BITS: usize = SIZE * u64::BITS as usize;

/// A word as it is looked for, whatever its capitals, accents and possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of a word.
    pub fn of(word: &str) -> Key {
        Key::folded_in(word, &mut String::new())
    }

    /// The same, folded in room that is used again.
    fn folded_in(word: &str, room: &mut String) -> Key {
        if word.is_ascii() && !word.contains(['"', '\'']) {
            return Key::of_letters(word);
        }
        let stem = possessive_stem(word);
        let is_kept = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'');
        if stem.bytes().all(is_kept) {
            return Key::of_letters(stem);
        }
        room.clear();
        fold_onto(word, room);
        Key::of_letters(room)
    }

    /// The key of letters with nothing to leave out.
    fn of_letters(letters: &str) -> Key {
        match words::Key::of(letters) {
            Some(key) => Key(key.lower().mixed()),
            None => Key(letters.bytes().fold(0, |mixed: u64, byte| {
                let letter = u64::from(byte.to_ascii_lowercase());
                (mixed.rotate_left(5) ^ letter).wrapping_mul(0x517c_c1b7_2722_0a95)
            })),
        }
    }

    /// The key of the longest run of letters and digits of a name: where the name stands, this does.
    pub fn of_longest(name: &str) -> Key {
        let runs = name.split(|c: char| !c.is_alphanumeric());
        Key::of(runs.max_by_key(|run| run.len()).unwrap_or_default())
    }

    /// The bit of the word, of all [`BITS`].
    pub fn bit(self) -> usize {
        (self.0 >> 55) as usize
    }
}

impl Vocabulary {
    /// The words of a text: each run of its letters and digits.
    pub fn of(text: &str) -> Vocabulary {
        let mut found = Vocabulary::default();
        found.add_runs(text);
        found
    }

    /// Takes in a word as it stands in a text; of one with a capital also the whole, and the whole without an `s` or an
    /// apostrophe at its end. `letters` are those of a plain word, in lower case; `room` is used again.
    #[inline]
    pub(super) fn add_word(
        &mut self,
        text: &str,
        word: &Word,
        letters: Option<words::Key>,
        room: &mut String,
    ) {
        match letters {
            Some(letters) => self.add(Key(letters.mixed())),
            None => self.add_runs(word.span.of(text)),
        }
        if !matches!(word.form, Form::Capital | Form::Caps) {
            return;
        }
        let name = word.span.of(text);
        if letters.is_none() {
            self.add_name(name, room);
        } else if name.ends_with('s') {
            self.add(Key::of_letters(name.trim_end_matches('s')));
        }
    }

    #[inline(never)]
    fn add_name(&mut self, name: &str, room: &mut String) {
        self.add(Key::folded_in(name, room));
        let bare = name.trim_end_matches(['’', '\'', 's']);
        self.add(Key::folded_in(bare, room));
    }

    /// Whether a word may be there.
    pub fn may_have(&self, word: Key) -> bool {
        let bit = word.bit();
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// The bits, the first ones lowest.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    fn add(&mut self, word: Key) {
        let bit = word.bit();
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Takes in each run of letters and digits.
    pub(super) fn add_runs(&mut self, text: &str) {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            // Quotation marks and dashes, which are frequent, need no look into the tables.
            if ('\u{2000}'..='\u{206f}').contains(&letter) || !letter.is_alphanumeric() {
                rest = &rest[letter.len_utf8()..];
                continue;
            }
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let length = match rest.as_bytes()[plain..] {
                [] => plain,
                // Quotation marks and dashes part words as signs of ASCII do.
                [sign, ..] if sign.is_ascii() => plain,
                [0xe2, 0x80, ..] => plain,
                _ => rest
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(rest.len()),
            };
            let (run, behind) = rest.split_at(length);
            self.add(match length == plain {
                true => Key::of_letters(run),
                false => Key::of(run),
            });
            rest = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_may_be_there_in_whatever_capitals() {
        let words = Vocabulary::of("Mayor Dana Ortiz’s “pier” in Åsa, 12,000 Euros-worth.");
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
