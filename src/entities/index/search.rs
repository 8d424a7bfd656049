//! The best names for what is typed: whole names, surnames, words in any order, initials, slips of the finger.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::build::{bits_of, initials};
use super::{FAN, Index, Section, form, is_surname, number, word};

/// How a name fits what is typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It is the whole name.
    Whole,
    /// The name begins so.
    Name,
    /// The surname begins so.
    Surname,
    /// Words of the name begin so, in this order.
    Words,
    /// They are the initials.
    Initials,
    /// Words of the name begin so, in another order.
    AnyOrder,
    /// It would fit but for a slip.
    Slip,
}

/// An entity that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Its number: the smaller, the more popular.
    pub entity: u32,
    /// The form that fits.
    pub form: u32,
    /// How.
    pub fit: Fit,
}

/// Forms that are looked at letter by letter for a query of several words.
const MOST_VERIFIED: usize = 2000;
/// Forms that are taken by number for a query of several words that all have many names.
const MOST_POPPED: usize = 800;
/// So many word starts are sooner looked at one by one.
const FEW: usize = 4096;
/// Word starts whose signatures are looked at for a query of several words.
const MOST_SCANNED: usize = 1 << 20;

/// The hits so far, each entity once.
pub(super) struct Hits {
    pub found: Vec<Hit>,
    seen: FxHashSet<u32>,
    want: usize,
}

impl Hits {
    pub fn new(want: usize) -> Hits {
        Hits {
            found: Vec::with_capacity(want.min(64)),
            seen: FxHashSet::default(),
            want,
        }
    }

    pub fn is_full(&self) -> bool {
        self.found.len() >= self.want
    }

    /// How many are missing.
    fn wanted(&self) -> usize {
        self.want - self.found.len()
    }

    pub fn push(&mut self, hit: Hit) {
        if !self.is_full() && hit.entity != u32::MAX && self.seen.insert(hit.entity) {
            self.found.push(hit);
        }
    }
}

/// Which word starts count.
#[derive(Clone, Copy)]
pub(super) enum Among {
    First,
    Surnames,
    All,
}

impl Among {
    fn section(self) -> Section {
        match self {
            Among::First => Section::FirstMin,
            Among::Surnames => Section::SurnameMin,
            Among::All => Section::AllMin,
        }
    }

    fn counts(self, entry: u32) -> bool {
        match self {
            Among::First => word(entry) == 0,
            Among::Surnames => is_surname(entry),
            Among::All => true,
        }
    }
}

impl Index {
    /// The best `want` entities for a key, best first: by how they fit, then by number.
    pub fn search(&self, key: &str, want: usize) -> Vec<Hit> {
        let mut hits = Hits::new(want);
        if key.is_empty() || self.is_empty() {
            return hits.found;
        }
        let letters = key.as_bytes();
        let range = self.beginning(letters);
        if !range.is_empty() {
            let whole = range.start..self.end_of_whole(letters, &range);
            self.best(whole, Among::First, Fit::Whole, &mut hits);
            self.best(range.clone(), Among::First, Fit::Name, &mut hits);
            self.best(range.clone(), Among::Surnames, Fit::Surname, &mut hits);
            if !key.contains(' ') {
                self.best(range, Among::All, Fit::Words, &mut hits);
            }
        }
        let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        let are_initials = words.iter().all(|word| word.len() == 1);
        let several = if words.len() > 1 && !hits.is_full() && !are_initials {
            self.several(&words, want)
        } else {
            Vec::new()
        };
        let (ordered, any): (Vec<Hit>, Vec<Hit>) =
            several.into_iter().partition(|hit| hit.fit == Fit::Words);
        ordered.into_iter().for_each(|hit| hits.push(hit));
        if !hits.is_full() {
            self.initialled(&words, &mut hits);
        }
        any.into_iter().for_each(|hit| hits.push(hit));
        // Of several words, one that fits is hardly a coincidence.
        let enough = if words.len() > 1 { 1 } else { 3 };
        if hits.found.len() < enough {
            self.slips(&words, &mut hits);
        }
        self.ask_for_records(hits.found.iter().map(|hit| hit.entity));
        hits.found
    }

    /// Where, in the range that begins with a key, the letters are no longer just the key.
    fn end_of_whole(&self, key: &[u8], range: &Range<usize>) -> usize {
        // Half a name is rarely one.
        if self.letters(range.start) != key {
            return range.start;
        }
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = (low + high) / 2;
            if self.letters(middle) == key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The entities whose whole form is a key, by number; at most `want`.
    pub fn named(&self, key: &str, want: usize) -> Vec<Hit> {
        let letters = key.as_bytes();
        let start = self.beginning_at(letters);
        // Nearly every key that is looked for in prose is nobody's name.
        if self.letters(start) != letters {
            return Vec::new();
        }
        let mut hits = Hits::new(want);
        let range = self.exactly(letters);
        self.best(range, Among::First, Fit::Whole, &mut hits);
        hits.found
    }

    /// The entities with a form that begins with the words `first` and goes on, or that ends with the word `last`; each once.
    pub fn beside(&self, first: &str, last: &str) -> Vec<u32> {
        let begins = self.beginning(format!("{first} ").as_bytes());
        let entries = begins.map(|at| self.number(Section::Words, at));
        let begun = entries.filter(|entry| word(*entry) == 0);
        let ends = self.exactly(last.as_bytes());
        let ended = ends.map(|at| self.number(Section::Words, at));
        let entities = begun.chain(ended).map(|entry| self.entity(form(entry)));
        let mut entities: Vec<u32> = entities.collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    }

    /// Fills `hits` with the smallest numbers of a range, best first.
    pub(super) fn best(&self, range: Range<usize>, among: Among, fit: Fit, hits: &mut Hits) {
        let mut heap = Heap::over(self, range, among);
        while !hits.is_full() {
            let forms: Vec<u32> = heap.by_ref().take(hits.wanted()).map(form).collect();
            if forms.is_empty() {
                return;
            }
            let numbers = forms.iter().map(|form| *form as usize * 4);
            self.ask_for(Section::FormEntity, numbers, 4);
            for form in forms {
                hits.push(Hit {
                    entity: self.entity(form),
                    form,
                    fit,
                });
            }
        }
    }

    /// The smallest number in a range, if any counts.
    pub(super) fn least(&self, range: Range<usize>, among: Among) -> Option<u32> {
        Heap::over(self, range, among).pop()
    }

    /// Forms of which each word of the query begins another word, best first.
    fn several(&self, words: &[&str], want: usize) -> Vec<Hit> {
        let ranges = words.iter().map(|word| self.beginning(word.as_bytes()));
        let Some(range) = ranges.min_by_key(|range| range.len()) else {
            return Vec::new();
        };
        let mut found = if range.len() > FEW {
            self.several_by_number(words, &range, want)
        } else {
            Vec::new()
        };
        let fitting = found.iter().filter(|hit| hit.fit == Fit::Words).count();
        if fitting < want {
            self.several_by_letters(words, &range, want, &mut found);
        }
        found.sort_unstable_by_key(|hit| (hit.fit, hit.form));
        found
    }

    /// The most popular first, as long as they fit often enough.
    fn several_by_number(&self, words: &[&str], range: &Range<usize>, want: usize) -> Vec<Hit> {
        let mut found = Vec::new();
        let mut fitting = 0;
        let mut last = None;
        let mut heap = Heap::over(self, range.clone(), Among::All).take(MOST_POPPED);
        while fitting < 2 * want {
            let mut forms: Vec<u32> = heap.by_ref().take(FAN).map(form).collect();
            if forms.is_empty() {
                break;
            }
            // A form may be met by several of its words.
            forms.dedup();
            forms.retain(|form| last.replace(*form) != Some(*form));
            fitting += self.fitting(&forms, words, 2 * want - fitting, &mut found);
        }
        found
    }

    /// Whatever has the right beginnings of words: those whose signatures fit, the most popular first.
    fn several_by_letters(
        &self,
        words: &[&str],
        range: &Range<usize>,
        want: usize,
        found: &mut Vec<Hit>,
    ) {
        let bits = words
            .iter()
            .fold(0, |bits, word| bits | bits_of(word.as_bytes()));
        let signatures = self.section(Section::Signatures);
        let entries = self.section(Section::Words);
        let end = range.end.min(range.start + MOST_SCANNED);
        let place = range.start * 4..end * 4;
        for section in [Section::Signatures, Section::Words] {
            self.ask_for_part(section, place.clone());
        }
        let signatures = signatures.get(place.clone()).unwrap_or_default();
        let entries = entries.get(place).unwrap_or_default();
        let mut forms: Vec<u32> = Vec::new();
        for (signature, entry) in signatures.chunks_exact(4).zip(entries.chunks_exact(4)) {
            if number(signature, 0) & bits == bits {
                forms.push(form(number(entry, 0)));
            }
        }
        // Of a hundred thousand names all that pass are looked at letter by letter; of millions only the best.
        let most = match self.words() {
            0..MOST_SCANNED => 2 * FEW,
            _ => FEW,
        };
        if forms.len() > most {
            forms.select_nth_unstable(MOST_VERIFIED);
            forms.truncate(MOST_VERIFIED);
        }
        forms.sort_unstable();
        // A form may be met by several of its words.
        forms.dedup();
        self.fitting(&forms, words, 2 * want, found);
    }

    /// Looks at forms letter by letter and takes those that fit, until so many fit in order; tells how many did.
    fn fitting(&self, forms: &[u32], words: &[&str], most: usize, found: &mut Vec<Hit>) -> usize {
        self.ask_for_keys(forms);
        let mut fitting = 0;
        for &form in forms {
            if let Some(fit) = fit(self.key(form), words) {
                fitting += usize::from(fit == Fit::Words);
                let entity = self.entity(form);
                found.push(Hit { entity, form, fit });
                if fitting >= most {
                    break;
                }
            }
        }
        fitting
    }

    /// Forms with these initials: "ds", or "d s".
    fn initialled(&self, words: &[&str], hits: &mut Hits) {
        let letters = match words {
            [word] if (2..=4).contains(&word.len()) => word.as_bytes().to_vec(),
            _ if words.len() > 1 && words.iter().all(|word| word.len() == 1) => {
                words.concat().into()
            }
            _ => return,
        };
        let section = self.section(Section::Initials);
        let count = section.len() / 4;
        let of = |at: usize| initials(self.key(number(section, at))).unwrap_or_default();
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            if of(middle) < letters {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while low < count && !hits.is_full() && of(low) == letters {
            let form = number(section, low);
            hits.push(Hit {
                entity: self.entity(form),
                form,
                fit: Fit::Initials,
            });
            low += 1;
        }
    }
}

/// How the words of a query begin words of a form, each another one.
pub(super) fn fit(key: &[u8], words: &[&str]) -> Option<Fit> {
    let mut used = 0u32;
    let mut is_ordered = true;
    let mut before = None;
    for wanted in words {
        let parts = key.split(|byte| *byte == b' ').take(32).enumerate();
        let fits =
            |at: usize, part: &[u8]| used & (1 << at) == 0 && part.starts_with(wanted.as_bytes());
        let mut all = parts.filter(|(at, part)| fits(*at, part)).map(|(at, _)| at);
        let first = all.next()?;
        // The next one after the word before, if there is one.
        let at = match before {
            Some(before) if first < before => all.find(|at| *at > before).unwrap_or(first),
            _ => first,
        };
        is_ordered &= before.is_none_or(|before| at > before);
        used |= 1 << at;
        before = Some(at);
    }
    Some(if is_ordered {
        Fit::Words
    } else {
        Fit::AnyOrder
    })
}

/// The entries of a range, the smallest first, by way of the tree of minima.
struct Heap<'a> {
    entries: &'a [u8],
    minima: &'a [u8],
    /// Where each level of the tree begins, and how long it is.
    levels: Vec<(usize, usize)>,
    among: Among,
    heap: BinaryHeap<Reverse<(u32, u32, u32)>>,
}

impl<'a> Heap<'a> {
    fn over(index: &'a Index, range: Range<usize>, among: Among) -> Heap<'a> {
        let entries = index.section(Section::Words);
        let mut levels = Vec::new();
        let (mut start, mut length) = (0, (entries.len() / 4).div_ceil(FAN));
        while length > 0 {
            levels.push((start, length));
            start += length;
            if length == 1 {
                break;
            }
            length = length.div_ceil(FAN);
        }
        index.ask_for_range(&range, among.section());
        let mut heap = Heap {
            entries,
            minima: index.section(among.section()),
            levels,
            among,
            heap: BinaryHeap::new(),
        };
        heap.cover(range.start, range.end.min(entries.len() / 4));
        heap
    }

    /// Covers a range with the greatest nodes that lie inside it.
    fn cover(&mut self, mut start: usize, mut end: usize) {
        let mut level = 0;
        while start < end {
            let next_start = start.div_ceil(FAN);
            let next_end = end / FAN;
            if next_start >= next_end || level == self.levels.len() {
                (start..end).for_each(|at| self.push(level, at));
                return;
            }
            (start..next_start * FAN).for_each(|at| self.push(level, at));
            (next_end * FAN..end).for_each(|at| self.push(level, at));
            (start, end) = (next_start, next_end);
            level += 1;
        }
    }

    /// A node: an entry at level 0, a minimum above.
    fn push(&mut self, level: usize, at: usize) {
        let value = match level
            .checked_sub(1)
            .and_then(|above| self.levels.get(above))
        {
            None if level == 0 => {
                Some(number(self.entries, at)).filter(|one| self.among.counts(*one))
            }
            None => None,
            Some((start, length)) => (at < *length).then(|| number(self.minima, start + at)),
        };
        if let Some(value) = value.filter(|value| *value != u32::MAX) {
            self.heap.push(Reverse((value, level as u32, at as u32)));
        }
    }

    fn pop(&mut self) -> Option<u32> {
        while let Some(Reverse((value, level, at))) = self.heap.pop() {
            if level == 0 {
                return Some(value);
            }
            let (level, at) = (level as usize, at as usize);
            let below = match level {
                1 => self.entries.len() / 4,
                _ => self.levels[level - 2].1,
            };
            for child in at * FAN..((at + 1) * FAN).min(below) {
                self.push(level - 1, child);
            }
        }
        None
    }
}

impl Iterator for Heap<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.pop()
    }
}
