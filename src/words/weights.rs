//! The weights of the tagger, made by `grammar/tagger/train.py`: a vocabulary, word endings, and a row of scores for each.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The weights as they lie in the program.
#[derive(Debug)]
pub struct Weights {
    words: Vec<&'static str>,
    /// The number of each ending, by its three bytes.
    suffixes: FxHashMap<u32, u16>,
    /// The number of each word's ending, by the word's number.
    endings: Vec<u16>,
    rows: &'static [Row],
}

/// How many scores stand in a row; the last ones only fill it up.
pub const WIDTH: usize = 24;

/// A row of scores, one for each class, as they lie in the program.
pub type Row = [u8; WIDTH];

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_bytes!("../../grammar/tagger/weights.bin")));

/// The weights that come with the program.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

impl Weights {
    fn read(bytes: &'static [u8]) -> Weights {
        assert_eq!(&bytes[..8], b"LEDETAG2", "the file of weights is another");
        let count = |at: usize| {
            let raw = bytes[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(raw) as usize
        };
        let mut at = 16;
        let mut entry = || {
            let end = at + 1 + usize::from(bytes[at]);
            let found = &bytes[at + 1..end];
            at = end;
            found
        };
        let words: Vec<&str> = (0..count(8))
            .map(|_| str::from_utf8(entry()).expect("the vocabulary is text"))
            .collect();
        let suffixes = (1..=count(12) as u16)
            .map(|number| {
                let end = entry().try_into().expect("endings have three bytes");
                (three(end), number)
            })
            .collect();
        let mut weights = Weights {
            words,
            suffixes,
            endings: Vec::new(),
            rows: bytes[at..].as_chunks().0,
        };
        let endings = weights
            .words
            .iter()
            .map(|word| weights.suffix(word.as_bytes()));
        weights.endings = std::iter::once(0).chain(endings).collect();
        weights
    }

    /// The words of the vocabulary with their numbers, from 1.
    pub fn vocabulary(&self) -> impl Iterator<Item = (&'static str, u16)> {
        self.words.iter().copied().zip(1..)
    }

    /// How many words and how many endings there are, "none of them" (number 0) included.
    pub fn sizes(&self) -> (usize, usize) {
        (self.words.len() + 1, self.suffixes.len() + 1)
    }

    /// The number of the ending of a folded word of four bytes and more; 0 for those that are not listed.
    #[inline]
    pub fn suffix(&self, folded: &[u8]) -> u16 {
        match folded.last_chunk::<3>() {
            Some(end) if folded.len() > 3 => self.suffixes.get(&three(*end)).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// The number of the ending of a word of the vocabulary, by the word's number.
    #[inline]
    pub fn ending(&self, word: u16) -> u16 {
        self.endings[usize::from(word)]
    }

    /// The scores of a row, one for each class.
    #[inline]
    pub fn row(&self, row: usize) -> &'static Row {
        &self.rows[row]
    }
}

/// The scores of some rows together.
// Alone in its function, it is compiled to sums of eight scores at a time.
#[inline(never)]
pub fn sum(rows: &[&Row; 10]) -> [i16; WIDTH] {
    std::array::from_fn(|class| rows.iter().map(|row| i16::from(row[class] as i8)).sum())
}

/// Three bytes as one number.
fn three([first, second, third]: [u8; 3]) -> u32 {
    u32::from_le_bytes([first, second, third, 0])
}
