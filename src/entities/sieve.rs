//! Which words may begin or end a name, as a few bits each: nearly every word that is asked about does neither, and
//! that is told without a look at the names.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

use crate::words::Key;

/// Words as bits. One that was put in is always held; one in some hundred of the others is held by chance.
#[derive(Debug, Default)]
pub struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    /// A sieve of words.
    pub fn of(words: &[&str]) -> Sieve {
        let mut sieve = Sieve {
            bits: vec![0; (words.len() / 4).next_power_of_two()],
        };
        for word in words {
            for (at, bit) in sieve.places(number(word)) {
                sieve.bits[at] |= bit;
            }
        }
        sieve
    }

    /// Whether a word may be one of those that were put in.
    pub fn may_hold(&self, word: &str) -> bool {
        self.has(number(word))
    }

    /// The same of a word by its letters.
    pub fn may_hold_key(&self, word: Key) -> bool {
        self.has(word.mixed())
    }

    fn has(&self, word: u64) -> bool {
        let is_set = |(at, bit): (usize, u64)| self.bits[at] & bit != 0;
        !self.bits.is_empty() && self.places(word).into_iter().all(is_set)
    }

    /// Two bits for a word.
    fn places(&self, word: u64) -> [(usize, u64); 2] {
        let mixed = (word ^ word >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mixed = mixed ^ mixed >> 32;
        let place = |number: u64| {
            let at = (number >> 6) as usize & (self.bits.len() - 1);
            (at, 1 << (number & 63))
        };
        [place(mixed >> 32), place(mixed & 0xffff_ffff)]
    }
}

/// A word as a number.
fn number(word: &str) -> u64 {
    match Key::of(word) {
        Some(key) => key.mixed(),
        None => BuildHasherDefault::<FxHasher>::default().hash_one(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_held_and_hardly_anything_else() {
        let words = |from: usize| -> Vec<String> {
            let word = |at: usize| match at % 2 {
                0 => format!("word{at}"),
                _ => format!("a word too long for a key: {at}"),
            };
            (from..from + 2000).map(word).collect()
        };
        let (inside, outside) = (words(0), words(5000));
        let sieve = Sieve::of(&inside.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(inside.iter().all(|word| sieve.may_hold(word)));
        let by_chance = outside.iter().filter(|word| sieve.may_hold(word)).count();
        assert!(by_chance < 100, "{by_chance} of 2000");
        for word in inside.iter().chain(&outside) {
            if let Some(key) = Key::of(word) {
                assert_eq!(sieve.may_hold_key(key), sieve.may_hold(word), "{word}");
            }
        }
        assert!(!Sieve::default().may_hold("word1"));
        assert!(!Sieve::of(&[]).may_hold("word1"));
    }
}
