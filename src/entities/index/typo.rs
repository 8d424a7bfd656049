//! Names that would fit but for a slip of the finger: one letter wrong, missing, too many or two exchanged; two in
//! long words. The first letter is taken as right.

use std::ops::Range;

use super::search::{Among, Fit, Hit, Hits, fit};
use super::{FAN, Index, Section, form, number};

/// Words that are looked at letter by letter.
const MOST_NODES: usize = 60_000;
/// Ranges of words that are kept.
const MOST_RANGES: usize = 400;
/// Forms that are looked at for a query of several words.
const MOST_FORMS: usize = 1500;

impl Index {
    /// Adds what fits but for a slip: in the one word, or in one of several.
    pub(super) fn slips(&self, words: &[&str], hits: &mut Hits) {
        if let [word] = words {
            if word.len() < 4 {
                return;
            }
            let near = self.near(word);
            self.ask_for_ranges(&near);
            let mut found: Vec<(u32, Range<usize>)> = near
                .into_iter()
                .filter_map(|range| Some((self.least(range.clone(), Among::All)?, range)))
                .collect();
            found.sort_unstable_by_key(|(least, _)| *least);
            let mut best: Vec<u32> = Vec::new();
            for (least, range) in found {
                if best.len() >= 60 && least > best[best.len() - 1] {
                    break;
                }
                let mut one = Hits::new(30);
                self.best(range, Among::All, Fit::Slip, &mut one);
                best.extend(one.found.iter().map(|hit| hit.form));
                best.sort_unstable();
                best.truncate(60);
            }
            for form in best {
                let entity = self.entity(form);
                hits.push(Hit {
                    entity,
                    form,
                    fit: Fit::Slip,
                });
            }
            return;
        }
        // A slip in one word; the others as they are.
        for slipped in words.iter().filter(|word| word.len() >= 4) {
            let mut found = Vec::new();
            let others: Vec<&str> = words
                .iter()
                .filter(|word| *word != slipped)
                .copied()
                .collect();
            let near = self.near(slipped);
            self.ask_for_ranges(&near);
            let places = near.into_iter().flatten().take(MOST_FORMS);
            let forms: Vec<u32> = places
                .map(|at| form(self.number(Section::Words, at)))
                .collect();
            self.ask_for_keys(&forms);
            for form in forms {
                if fit(self.key(form), &others).is_some() {
                    found.push(form);
                }
            }
            found.sort_unstable();
            for form in found {
                let entity = self.entity(form);
                hits.push(Hit {
                    entity,
                    form,
                    fit: Fit::Slip,
                });
            }
        }
    }

    /// Asks for the word starts of ranges, of each the first ones.
    fn ask_for_ranges(&self, ranges: &[Range<usize>]) {
        let starts = ranges.iter().map(|range| range.start * 4);
        self.ask_for(Section::Words, starts, FAN * 4);
    }

    /// Ranges of word starts whose word begins like `word`, but for slips.
    fn near(&self, word: &str) -> Vec<Range<usize>> {
        let typed: Vec<char> = word.chars().collect();
        let most = if typed.len() >= 9 { 2u8 } else { 1 };
        let first = usize::from(word.as_bytes()[0]);
        let guide = self.section(Section::TokenGuide);
        let mut at = number(guide, first * 2) as usize;
        let mut token = number(guide, first * 2 + 1) as usize;
        let end = (number(guide, first * 2 + 2) as usize).min(self.section(Section::Tokens).len());
        let stream = self.section(Section::Tokens);
        let firsts = self.section(Section::TokenWords);
        let words = self.words();
        let start_of = |token: usize| match number(firsts, token) {
            u32::MAX => words,
            start => (start as usize).min(words),
        };
        self.ask_for_part(Section::Tokens, at..end);
        let mut rows = Rows::new(&typed, most);
        let mut letters: Vec<u8> = Vec::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        // At how many letters the words so far were decided, and whether they fit.
        let mut decided: Option<(usize, bool)> = None;
        let mut nodes = 0;
        while at + 2 <= end && ranges.len() < MOST_RANGES {
            let shared = usize::from(stream[at]);
            let length = usize::from(stream[at + 1]);
            let Some(tail) = stream.get(at + 2..at + 2 + length) else {
                break;
            };
            at += 2 + length;
            token += 1;
            let range = start_of(token - 1)..start_of(token);
            if let Some((depth, fits)) = decided
                && shared >= depth
            {
                if fits {
                    extend(&mut ranges, range);
                }
                continue;
            }
            decided = None;
            letters.truncate(shared.min(letters.len()));
            rows.truncate(letters.len());
            for byte in tail {
                letters.push(*byte);
                nodes += 1;
                match rows.push(*byte) {
                    Verdict::Open => {}
                    Verdict::Fits => decided = Some((letters.len(), true)),
                    Verdict::Out => decided = Some((letters.len(), false)),
                }
                if decided.is_some() {
                    break;
                }
            }
            if decided.is_some_and(|(_, fits)| fits) {
                extend(&mut ranges, range);
            }
            if nodes > MOST_NODES {
                break;
            }
        }
        ranges
    }
}

/// Adds a range, to the last one if they touch.
fn extend(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range),
    }
}

enum Verdict {
    /// More letters may decide.
    Open,
    /// What is typed is near this beginning.
    Fits,
    /// No word that begins so is near.
    Out,
}

/// The rows of the table of distances, one for each letter of the word at hand. Bytes that go on a letter of several
/// are left out: the letter is compared by its last byte's turn.
struct Rows<'a> {
    typed: &'a [char],
    most: u8,
    /// One row after the other, each one longer than what is typed.
    cells: Vec<u8>,
    /// For each byte of the word: how many rows there were after it, and the bytes of an unfinished letter.
    depth: Vec<(usize, u32)>,
    word: Vec<char>,
}

impl<'a> Rows<'a> {
    fn new(typed: &'a [char], most: u8) -> Rows<'a> {
        Rows {
            typed,
            most,
            cells: (0..=typed.len()).map(|at| at.min(250) as u8).collect(),
            depth: Vec::new(),
            word: Vec::new(),
        }
    }

    fn truncate(&mut self, bytes: usize) {
        self.depth.truncate(bytes);
        let rows = self.depth.last().map_or(0, |depth| depth.0);
        self.word.truncate(rows);
        self.cells.truncate((rows + 1) * (self.typed.len() + 1));
    }

    fn push(&mut self, byte: u8) -> Verdict {
        let open = self.depth.last().map_or(0, |depth| depth.1);
        let (code, left) = match (byte, open >> 24) {
            (0x80..=0xbf, 1..) => (
                (open & 0xff_ffff) << 6 | u32::from(byte & 0x3f),
                (open >> 24) - 1,
            ),
            (0xc0..=0xdf, _) => (u32::from(byte & 0x1f), 1),
            (0xe0..=0xef, _) => (u32::from(byte & 0xf), 2),
            (0xf0.., _) => (u32::from(byte & 7), 3),
            _ => (u32::from(byte), 0),
        };
        if left > 0 {
            self.depth.push((self.word.len(), left << 24 | code));
            return Verdict::Open;
        }
        self.word.push(char::from_u32(code).unwrap_or('\u{fffd}'));
        self.depth.push((self.word.len(), 0));
        self.row()
    }

    /// The row of the last letter (distance of Damerau and Levenshtein, neighbours exchanged once).
    fn row(&mut self) -> Verdict {
        let width = self.typed.len() + 1;
        let at = self.word.len();
        let letter = self.word[at - 1];
        let before = (at - 1) * width;
        self.cells.push(at.min(250) as u8);
        let mut least = at.min(250) as u8;
        for column in 1..width {
            let typed = self.typed[column - 1];
            let mut cell = self.cells[before + column - 1] + u8::from(typed != letter);
            cell = cell.min(self.cells[before + column] + 1);
            cell = cell.min(self.cells[before + width + column - 1] + 1);
            let is_exchange = at > 1
                && column > 1
                && typed == self.word[at - 2]
                && self.typed[column - 2] == letter;
            if is_exchange {
                cell = cell.min(self.cells[before - width + column - 2] + 1);
            }
            self.cells.push(cell);
            least = least.min(cell);
        }
        let last = self.cells[before + 2 * width - 1];
        if last <= self.most {
            return Verdict::Fits;
        }
        // Two exchanged letters cost one: the row before counts too.
        let row_before = &self.cells[before..before + width];
        let least = least.min(row_before.iter().copied().min().unwrap_or(0) + 1);
        if least > self.most {
            Verdict::Out
        } else {
            Verdict::Open
        }
    }
}
