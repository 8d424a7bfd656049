//! The weights of the tagger, made by `grammar/tagger/train.py`: a vocabulary, word endings, and the rows of scores that go with them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The weights as they lie in the program.
#[derive(Debug)]
pub struct Weights {
    /// The words of the vocabulary, each behind its length.
    words: &'static [u8],
    count: usize,
    /// The number of each ending, by its three bytes.
    suffixes: FxHashMap<u32, u16>,
    rows: &'static [u8],
}

/// How many classes there are: a score for each stands in a row.
pub const CLASSES: usize = 22;

/// How many bytes a row takes.
pub const ROW: u32 = CLASSES as u32;

/// The scores of a row as they are read: behind them lie the first two of the row after it.
pub type Row = [u8; WIDTH];

const WIDTH: usize = 24;

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_bytes!("../../grammar/tagger/weights.bin")));

/// The weights that come with the program.
pub fn weights() -> &'static Weights {
    &WEIGHTS
}

impl Weights {
    fn read(bytes: &'static [u8]) -> Weights {
        assert_eq!(&bytes[..8], b"LEDETAG3", "the file of weights is another");
        let count = |at: usize| {
            let raw = bytes[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(raw) as usize
        };
        let mut rest = &bytes[16..];
        let words = count(8);
        (0..words).for_each(|_| {
            entry(&mut rest);
        });
        let behind = bytes.len() - rest.len();
        let suffixes = (1..=count(12) as u16)
            .map(|number| {
                let end = entry(&mut rest).try_into();
                (three(end.expect("endings have three bytes")), number)
            })
            .collect();
        Weights {
            words: &bytes[16..behind],
            count: words,
            suffixes,
            rows: rest,
        }
    }

    /// The words of the vocabulary with their numbers, from 1.
    pub fn vocabulary(&self) -> impl Iterator<Item = (&'static str, u16)> {
        let mut rest = self.words;
        (1..=self.count as u16).map(move |number| {
            let word = str::from_utf8(entry(&mut rest));
            (word.expect("the vocabulary is text"), number)
        })
    }

    /// How many words and how many endings there are, "none of them" (number 0) included.
    pub fn sizes(&self) -> (usize, usize) {
        (self.count + 1, self.suffixes.len() + 1)
    }

    /// The number of the ending of a folded word of four bytes and more; 0 for those that are not listed.
    #[inline]
    pub fn suffix(&self, folded: &[u8]) -> u16 {
        match folded.last_chunk::<3>() {
            Some(end) if folded.len() > 3 => self.suffixes.get(&three(*end)).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// The scores of the row that begins at a byte, one for each class.
    #[inline]
    pub fn row(&self, start: u32) -> &'static Row {
        let start = start as usize;
        // One look at the end: a start that has 32 bits is never behind it.
        let row = self.rows[start..start + WIDTH].first_chunk();
        row.expect("behind the last row lies room")
    }
}

/// The scores that make up the class of a word, a row of each kind.
#[derive(Clone, Copy, Debug)]
pub struct Scores<'a> {
    /// For the word itself.
    pub own: &'a Row,
    /// For the word before it.
    pub last: &'a Row,
    /// For the word after it.
    pub next: &'a Row,
    /// For the word after that.
    pub after_next: &'a Row,
    /// For the shapes of the word and of the one after it.
    pub shape: &'a Row,
    /// For the classes of the two words before it.
    pub before: &'a Row,
}

/// The class with the highest sum of scores among those of the set `may_be` (a bit each), the first of equals.
// Compiled to steps of eight classes at a time, as long as each set is one plain loop: score and place are one number, so that the
// greatest is found without a jump. Inlined, since the next word waits for the class: its row must not go through memory.
#[inline(always)]
pub fn best(scores: Scores, may_be: u32) -> usize {
    let mut best = 0;
    match may_be {
        ALL => {
            for (class, kept) in KEPT.iter().enumerate() {
                best = (key(&scores, class) & kept).max(best);
            }
        }
        _ => {
            for class in 0..WIDTH {
                best = (key(&scores, class) & -((may_be >> class & 1) as i16)).max(best);
            }
        }
    }
    31 - (best & 31) as usize
}

/// The sum of the scores of a class, with its place in the lowest bits.
#[inline(always)]
fn key(scores: &Scores, class: usize) -> i16 {
    // The scores of a table are low enough for these sums, whatever the row: a test holds that.
    let one = scores.own[class].wrapping_add(scores.last[class]);
    let two = scores.next[class].wrapping_add(scores.after_next[class]);
    let two = two.wrapping_add(scores.shape[class]);
    let sum = (i16::from(one) + i16::from(two)) << 5 | PLACES[class];
    // What is known last comes last.
    sum + (i16::from(scores.before[class]) << 5)
}

/// Every class.
pub const ALL: u32 = (1 << CLASSES) - 1;

/// For each class a number that is the lower the later it stands.
const PLACES: [i16; WIDTH] = {
    let mut places = [0; WIDTH];
    let mut class = 0;
    while class < WIDTH {
        places[class] = 31 - class as i16;
        class += 1;
    }
    places
};

/// Of all that are read, those that are classes.
const KEPT: [i16; WIDTH] = {
    let mut kept = [0; WIDTH];
    let mut class = 0;
    while class < CLASSES {
        kept[class] = -1;
        class += 1;
    }
    kept
};

/// Takes the next entry off a list: its length in a byte, and as many bytes.
fn entry(list: &mut &'static [u8]) -> &'static [u8] {
    let (length, behind) = list.split_first().expect("the file of weights is whole");
    let (entry, behind) = behind.split_at(usize::from(*length));
    *list = behind;
    entry
}

/// Three bytes as one number.
fn three([first, second, third]: [u8; 3]) -> u32 {
    u32::from_le_bytes([first, second, third, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The class with the highest sum, one by one.
    fn plainly(rows: &[&Row; 6], may_be: u32) -> usize {
        let sum = |class: &usize| rows.iter().map(|row| u32::from(row[*class])).sum::<u32>();
        let classes = (0..CLASSES).filter(|class| may_be >> class & 1 == 1);
        classes.rev().max_by_key(sum).expect("a class may be")
    }

    #[test]
    fn the_best_class_is_that_of_a_plain_sum() {
        let weights = weights();
        let count = weights.rows.len() / CLASSES;
        for step in 0..20_000 {
            let row = |salt: usize| {
                let row = (step * 7_919 + salt * 104_729) % count;
                weights.row(row as u32 * ROW)
            };
            // Rows of two words and their neighbours, which is where high scores are.
            let word = 4 * (step as u32 % 7_000);
            let rows = [
                weights.row(word * ROW),
                weights.row((word + 5) * ROW),
                weights.row((word + 10) * ROW),
                weights.row((word + 15) * ROW),
                row(4),
                row(5),
            ];
            let [own, last, next, after_next, shape, before] = rows;
            let scores = Scores {
                own,
                last,
                next,
                after_next,
                shape,
                before,
            };
            for may_be in [ALL, ALL & !(step as u32), 1 << (step % CLASSES)] {
                if may_be == 0 {
                    continue;
                }
                let best = best(scores, may_be);
                assert_eq!(best, plainly(&rows, may_be), "{step} {may_be:b}");
            }
        }
    }

    #[test]
    fn the_scores_of_a_table_are_low_enough_to_be_summed_in_a_byte() {
        let weights = weights();
        let (words, suffixes) = weights.sizes();
        let ends = 4 * words;
        let shapes = ends + 2 * suffixes;
        let rows = weights.rows.len() / CLASSES;
        let greatest = |of: &dyn Fn(usize) -> bool| {
            let rows = (0..rows).filter(|row| of(*row));
            let scores = rows.flat_map(|row| weights.row(row as u32 * ROW)[..CLASSES].to_vec());
            u32::from(scores.max().expect("a table has rows"))
        };
        let of_word = |kind: usize| greatest(&|row| row < ends && row % 4 == kind);
        let of_end =
            |kind: usize| greatest(&|row| (ends..shapes).contains(&row) && row % 2 == kind);
        let of_shapes_and_classes = greatest(&|row| row >= shapes);
        assert!(of_word(0).max(of_end(0)) + of_word(1) <= 255);
        assert!(of_word(2).max(of_end(1)) + of_word(3) + of_shapes_and_classes <= 255);
    }
}
