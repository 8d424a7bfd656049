//! Words by their letters, laid out so that looking one up takes one step.

use rustc_hash::FxHashMap;

/// The letters of a word of at most this many bytes fit a [`Key`].
const MOST: usize = 16;

/// Which letters of a word are capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capitals {
    /// None.
    None,
    /// Its first one alone.
    First,
    /// Others too, or instead.
    More,
}

/// The letters of a short word as one number, the first letter lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Key(u128);

impl Key {
    /// The letters of `word`, if it is short enough.
    pub fn of(word: &str) -> Option<Key> {
        Key::within(word, 0, word.len())
    }

    /// The letters of `text[start..end]`, if they are short enough.
    #[inline]
    pub fn within(text: &str, start: usize, end: usize) -> Option<Key> {
        let length = end - start;
        // The empty byte fills up what a word leaves free: no word ends in one.
        if length > MOST || text.as_bytes()[..end].ends_with(&[0]) {
            return None;
        }
        let letters = sixteen(text, start).unwrap_or_else(|| {
            let from = &text.as_bytes()[start..];
            let mut chunk = [0; MOST];
            chunk[..from.len()].copy_from_slice(from);
            u128::from_le_bytes(chunk)
        });
        let of_word = match length {
            MOST => u128::MAX,
            _ => (1 << (8 * length)) - 1,
        };
        Some(Key(letters & of_word))
    }

    /// Whether all letters are ASCII.
    #[inline]
    pub fn is_ascii(self) -> bool {
        self.0 & u128::from_ne_bytes([0x80; MOST]) == 0
    }

    /// The same in lower case, as far as the letters are ASCII.
    #[inline]
    pub fn lower(self) -> Key {
        // All letters at once: the high bit of a byte tells whether it is past one end of A to Z, and not past the other.
        const EACH: u128 = u128::from_ne_bytes([1; MOST]);
        let plain = self.0 & (0x7f * EACH);
        let from_a = plain + (0x80 - b'A' as u128) * EACH;
        let after_z = plain + (0x7f - b'Z' as u128) * EACH;
        let capitals = (from_a ^ after_z) & !self.0 & (0x80 * EACH);
        Key(self.0 | capitals >> 2)
    }

    /// All letters mixed into a number, best in its highest bits.
    #[inline]
    pub fn mixed(self) -> u64 {
        let (low, high) = (self.0 as u64, (self.0 >> 64) as u64);
        (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// Where to look first among `1 << bits` slots.
    fn place(self, bits: u32) -> usize {
        (self.mixed() >> (64 - bits)) as usize
    }
}

/// The letters and digits of ASCII that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// They, in lower case.
    pub lower: Key,
    /// How many they are.
    pub length: usize,
    /// Which of them are capitals.
    pub capitals: Capitals,
}

impl Run {
    /// The same with a stop behind it: there is room for one.
    pub fn with_stop(self) -> Key {
        Key(self.lower.0 | u128::from(b'.') << (8 * self.length))
    }

    /// Those that `text[start..end]` begins with; none where they are more than fit a [`Key`] or may go on.
    #[inline]
    pub fn of(text: &str, start: usize, end: usize) -> Option<Run> {
        let letters = sixteen(text, start)?;
        let first = Half::of(letters as u64, end - start);
        // Most words are done here.
        if first.length < HALF {
            return Some(Run {
                lower: Key(u128::from(first.lower)),
                length: first.length,
                capitals: capitals(first.capitals, 0),
            });
        }
        let second = Half::of((letters >> 64) as u64, end - start - HALF);
        (second.length < HALF).then(|| Run {
            lower: Key(u128::from(first.lower) | u128::from(second.lower) << 64),
            length: HALF + second.length,
            capitals: capitals(first.capitals, second.capitals),
        })
    }
}

/// The sixteen bytes of a text from a place on, the first lowest; behind its end stand empty ones. None for a text that is shorter.
#[inline]
fn sixteen(text: &str, start: usize) -> Option<u128> {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..)?;
    if let Some(chunk) = rest.first_chunk() {
        return Some(u128::from_le_bytes(*chunk));
    }
    let last = bytes.last_chunk::<MOST>()?;
    let before = MOST - rest.len();
    (before < MOST).then(|| u128::from_le_bytes(*last) >> (8 * before))
}

/// How many bytes are looked at together.
const HALF: usize = 8;

/// The letters and digits that eight bytes begin with.
struct Half {
    /// They, in lower case.
    lower: u64,
    length: usize,
    /// The highest bit of each that is a capital.
    capitals: u64,
}

impl Half {
    #[inline]
    fn of(letters: u64, most: usize) -> Half {
        // All bytes at once: the high bit of each tells whether it is past one end of a range, and not past the other.
        const EACH: u64 = u64::from_ne_bytes([1; HALF]);
        const HIGH: u64 = 0x80 * EACH;
        const ALL_BUT_HIGH: u64 = 0x7f * EACH;
        let within = |bytes: u64, first: u8, last: u8| {
            (bytes + (0x80 - u64::from(first)) * EACH) ^ (bytes + (0x7f - u64::from(last)) * EACH)
        };
        let plain = letters & ALL_BUT_HIGH;
        let is_letter = within(plain | (0x20 * EACH), b'a', b'z');
        let is_digit = within(plain, b'0', b'9');
        let is_other = (!(is_letter | is_digit) | letters) & HIGH;
        let length = (is_other.trailing_zeros() as usize / 8).min(most);
        let kept = match length {
            HALF => u64::MAX,
            _ => (1 << (8 * length)) - 1,
        };
        // A letter without the bit of the small ones is a capital.
        let capitals = is_letter & !(letters << 2) & HIGH & kept;
        Half {
            lower: (letters & kept) | capitals >> 2,
            length,
            capitals,
        }
    }
}

/// Which letters are capitals, by the highest bits of the first eight and of the others.
#[inline]
fn capitals(first: u64, others: u64) -> Capitals {
    match (first, others) {
        (0, 0) => Capitals::None,
        (0x80, 0) => Capitals::First,
        _ => Capitals::More,
    }
}

/// What is known of each word of a list.
#[derive(Debug)]
pub struct Table<T> {
    /// The number of each word in its place, or in the next free slot after it; 0 where none is.
    slots: Vec<u16>,
    bits: u32,
    /// The words by their number with what is known of them; the first is none, with the default.
    words: Vec<(Key, T)>,
    /// The few words that fit no key.
    long: FxHashMap<String, T>,
}

impl<T: Copy + Default> Table<T> {
    /// An empty table that takes so many words before it grows; it takes 65,535 at most.
    pub fn with_room(words: usize) -> Table<T> {
        let bits = (2 * words.max(1)).next_power_of_two().trailing_zeros();
        let mut known = Vec::with_capacity(words + 1);
        known.push(Default::default());
        Table {
            slots: vec![0; 1 << bits],
            bits,
            words: known,
            long: FxHashMap::default(),
        }
    }

    /// What is known of a word, to be added to.
    pub fn entry(&mut self, word: &str) -> &mut T {
        let Some(key) = Key::of(word) else {
            return self.long.entry(word.to_owned()).or_default();
        };
        // At most half of the slots are taken, so that a look-up hardly ever goes on to a second one.
        if 2 * self.words.len() > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        if self.slots[slot] == 0 {
            self.slots[slot] = u16::try_from(self.words.len()).expect("a list is not that long");
            self.words.push((key, T::default()));
        }
        &mut self.words[usize::from(self.slots[slot])].1
    }

    fn grow(&mut self) {
        self.bits += 1;
        self.slots = vec![0; 1 << self.bits];
        for number in 1..self.words.len() {
            let slot = self.slot(self.words[number].0);
            self.slots[slot] = number as u16;
        }
    }

    /// What is known of a word; the default where nothing is.
    pub fn get(&self, word: &str) -> T {
        match Key::of(word) {
            Some(key) => self.get_key(key),
            None => self.long.get(word).copied().unwrap_or_default(),
        }
    }

    /// The same by its letters.
    #[inline]
    pub fn get_key(&self, key: Key) -> T {
        let mut at = key.place(self.bits);
        loop {
            // A free slot has the number of no word, with what is known of none.
            let number = self.slots[at];
            let (word, known) = self.words[usize::from(number)];
            if word == key || number == 0 {
                return known;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The slot of a key, or the free one where it would stand.
    fn slot(&self, key: Key) -> usize {
        let mut at = key.place(self.bits);
        loop {
            let number = usize::from(self.slots[at]);
            if number == 0 || self.words[number].0 == key {
                return at;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
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
    fn a_run_ends_where_its_letters_and_digits_do() {
        let text = |sign: char| format!("Pier9{sign}a boat that sails");
        let of = |text: &str, end: usize| Run::of(text, 0, end).map(|run| run.length);
        for sign in (0..=0x2fff).filter_map(char::from_u32) {
            let text = text(sign);
            let goes_on = sign.is_ascii_alphanumeric();
            let length = if goes_on { 7 } else { 5 };
            assert_eq!(of(&text, text.len()), Some(length), "{sign:?}");
            let run = Run::of(&text, 0, 4).expect("a short run");
            assert_eq!((Some(run.lower), run.length), (Key::of("pier"), 4));
        }
        assert_eq!(of("sixteenlettersss more", 16), None);
        assert_eq!(of("short", 5), None);
    }

    #[test]
    fn a_run_takes_the_stop_behind_it() {
        let of = |text: &str| Run::of(text, 0, text.len()).map(Run::with_stop);
        assert_eq!(of("Mr. Ortiz of the harbor"), Key::of("mr."));
        assert_eq!(of("Fifteen-letters (which)"), Key::of("fifteen."));
        assert_eq!(of("abcdefghijklmno. And"), Key::of("abcdefghijklmno."));
    }

    #[test]
    fn a_run_tells_its_capitals() {
        let of = |word: &str| {
            let text = format!("{word} and SOME more behind it");
            let run = Run::of(&text, 0, text.len()).expect("a short run");
            assert_eq!(
                Some(run.lower),
                Key::of(&word.to_ascii_lowercase()),
                "{word}"
            );
            run.capitals
        };
        assert_eq!(of("harbor"), Capitals::None);
        assert_eq!(of("Harbor"), Capitals::First);
        assert_eq!(of("NATO"), Capitals::More);
        assert_eq!(of("iPhone"), Capitals::More);
        assert_eq!(of("4U"), Capitals::More);
        assert_eq!(of("1990s"), Capitals::None);
    }

    #[test]
    fn a_key_is_lowered_as_its_word_is() {
        for byte in 0..=u8::MAX {
            let letter = char::from(byte);
            for word in [format!("{letter}"), format!("@Z{letter}az[ {letter}")] {
                let lower = Key::of(&word).map(Key::lower);
                assert_eq!(lower, Key::of(&word.to_ascii_lowercase()), "{word}");
            }
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
