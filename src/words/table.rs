//! Words by their letters, laid out so that looking one up takes one step.

use rustc_hash::FxHashMap;

/// The letters of a word of at most this many bytes fit a [`Key`].
const MOST: usize = 16;

/// The letters of a short word as one number, the first letter lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Key(u128);

impl Key {
    /// The letters of `word`, if it is short enough.
    pub fn of(word: &str) -> Option<Key> {
        Key::within(word, 0, word.len())
    }

    /// The letters of `text[start..end]`, if they are short enough.
    pub fn within(text: &str, start: usize, end: usize) -> Option<Key> {
        let length = end - start;
        // The empty byte fills up what a word leaves free: no word ends in one.
        if length > MOST || text.as_bytes()[..end].ends_with(&[0]) {
            return None;
        }
        let from = &text.as_bytes()[start..];
        let letters = match from.first_chunk() {
            Some(chunk) => u128::from_le_bytes(*chunk),
            None => {
                let mut chunk = [0; MOST];
                chunk[..from.len()].copy_from_slice(from);
                u128::from_le_bytes(chunk)
            }
        };
        let of_word = match length {
            MOST => u128::MAX,
            _ => (1 << (8 * length)) - 1,
        };
        Some(Key(letters & of_word))
    }

    /// Whether all letters are ASCII.
    pub fn is_ascii(self) -> bool {
        self.0 & u128::from_ne_bytes([0x80; MOST]) == 0
    }

    /// The same in lower case, as far as the letters are ASCII.
    pub fn lower(self) -> Key {
        let mut letters = self.0.to_ne_bytes();
        letters.make_ascii_lowercase();
        Key(u128::from_ne_bytes(letters))
    }

    /// Where to look first among `1 << bits` slots.
    fn place(self, bits: u32) -> usize {
        let (low, high) = (self.0 as u64, (self.0 >> 64) as u64);
        let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> (64 - bits)) as usize
    }
}

/// What is known of each word of a list.
#[derive(Debug)]
pub struct Table<T> {
    /// Each key in its place, or in the next free slot after it; no key and the default where none is.
    slots: Vec<(Key, T)>,
    /// How many have a key.
    taken: usize,
    bits: u32,
    /// The few words that fit no key.
    long: FxHashMap<String, T>,
}

impl<T: Copy + Default> Table<T> {
    /// An empty table that takes so many words before it grows.
    pub fn with_room(words: usize) -> Table<T> {
        let bits = (2 * words.max(1)).next_power_of_two().trailing_zeros();
        Table {
            slots: vec![Default::default(); 1 << bits],
            taken: 0,
            bits,
            long: FxHashMap::default(),
        }
    }

    /// What is known of a word, to be added to.
    pub fn entry(&mut self, word: &str) -> &mut T {
        let Some(key) = Key::of(word) else {
            return self.long.entry(word.to_owned()).or_default();
        };
        // At most half of the slots are taken, so that a look-up hardly ever goes on to a second one.
        if 2 * (self.taken + 1) > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        self.taken += usize::from(self.slots[slot].0 != key);
        self.slots[slot].0 = key;
        &mut self.slots[slot].1
    }

    fn grow(&mut self) {
        let mut larger = Table::with_room(self.slots.len());
        for (key, known) in self
            .slots
            .drain(..)
            .filter(|(key, _)| *key != Key::default())
        {
            let slot = larger.slot(key);
            larger.slots[slot] = (key, known);
        }
        self.slots = larger.slots;
        self.bits = larger.bits;
    }

    /// What is known of a word; the default where nothing is.
    pub fn get(&self, word: &str) -> T {
        match Key::of(word) {
            Some(key) => self.get_key(key),
            None => self.long.get(word).copied().unwrap_or_default(),
        }
    }

    /// The same by its letters.
    pub fn get_key(&self, key: Key) -> T {
        self.slots[self.slot(key)].1
    }

    /// The slot of a key, or the free one where it would stand.
    fn slot(&self, key: Key) -> usize {
        let mut at = key.place(self.bits);
        while self.slots[at].0 != key && self.slots[at].0 != Key::default() {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_are_found_and_no_others() {
        let words: Vec<String> = (0..40)
            .map(|length| "ab".repeat(20)[..length].to_owned())
            .collect();
        let mut table = Table::with_room(3);
        for word in words[1..].iter().chain(&words[1..]) {
            *table.entry(word) = word.len();
        }
        for word in &words {
            assert_eq!(table.get(word), word.len(), "{word}");
            assert_eq!(table.get(&format!("{word}x")), 0, "{word}x");
        }
    }

    #[test]
    fn a_key_holds_the_letters_of_its_word_alone() {
        let text = "The nurses’ union said so";
        let key = |start, end| Key::within(text, start, end).expect("a short word");
        assert_eq!(Some(key(0, 3).lower()), Key::of("the"));
        assert_eq!(Some(key(text.len() - 2, text.len())), Key::of("so"));
        assert!(key(4, 10).is_ascii() && !key(4, 13).is_ascii());
        assert_eq!(Key::of("seventeen letters"), None);
    }
}
