//! Which blocks may have a word: the vocabularies of the blocks page by page, and in each page by words. One look tells it of the
//! blocks of a page together.

use std::sync::Arc;

use crate::prose::Prose;
use crate::prose::vocabulary::{BITS, Key, Vocabulary};
use crate::text::pages::{PAGE, Shared};

/// The words that may stand in each block of a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabularies {
    pages: Vec<Arc<Page>>,
}

/// For each bit of a vocabulary the blocks of a page that have it, the first one lowest.
type Page = [u64; BITS];

impl Vocabularies {
    /// Of the blocks of a draft, given the reading of each; pages that stand in an earlier draft are shared with it.
    pub fn read<'a>(
        shared: Shared,
        earlier: Option<&Vocabularies>,
        prose: impl Fn(usize) -> &'a Prose,
    ) -> Vocabularies {
        let page = |start: usize| {
            let blocks = start..(start + PAGE).min(shared.now);
            let Some(earlier) = earlier else {
                return Arc::new(page_of(blocks.map(|block| &prose(block).vocabulary)));
            };
            if shared.keeps(start) {
                return earlier.pages[start / PAGE].clone();
            }
            if start + shared.back >= shared.now {
                let before = start + shared.before - shared.now;
                return Arc::new(earlier.moved(before, blocks.len()));
            }
            Arc::new(page_of(blocks.map(|block| &prose(block).vocabulary)))
        };
        Vocabularies {
            pages: (0..shared.now).step_by(PAGE).map(page).collect(),
        }
    }

    /// A page of so many blocks, from the one on that stood at `before`.
    fn moved(&self, before: usize, count: usize) -> Page {
        let (at, from) = (before / PAGE, before % PAGE);
        let is_own = u64::MAX >> (PAGE - count);
        let next = self.pages.get(at + 1).filter(|_| from > 0);
        let mut page = *self.pages[at];
        for (bit, blocks) in page.iter_mut().enumerate() {
            let later = next.map_or(0, |next| next[bit] << (PAGE - from));
            *blocks = (*blocks >> from | later) & is_own;
        }
        page
    }

    /// Whether a word may stand in a block.
    pub fn may_have(&self, block: usize, word: Key) -> bool {
        self.pages[block / PAGE][word.bit()] >> (block % PAGE) & 1 == 1
    }

    /// The blocks up to a last one in which one of some words may stand, in order.
    pub fn with_one_of<'a>(
        &'a self,
        words: &'a [Key],
        last: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let pages = self.pages.iter().take(last / PAGE + 1).enumerate();
        let blocks = pages.flat_map(|(at, page)| {
            let all = words.iter().fold(0, |all, word| all | page[word.bit()]);
            ones(all).map(move |one| at * PAGE + one)
        });
        blocks.take_while(move |block| *block <= last)
    }

    /// The blocks in which all of some words may stand, those near a block first.
    pub fn with_all<'a>(
        &'a self,
        words: &'a [Key],
        near: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let own = near / PAGE;
        let around = (0..self.pages.len()).flat_map(move |by| {
            let after = Some(own + by).filter(|_| by > 0);
            [own.checked_sub(by), after]
        });
        let pages = around
            .flatten()
            .filter_map(|at| Some((at, self.pages.get(at)?)));
        pages.flat_map(|(at, page)| {
            let mut words = words.iter();
            let all = words.try_fold(u64::MAX, |all, word| {
                let all = all & page[word.bit()];
                (all != 0).then_some(all)
            });
            ones(all.unwrap_or_default()).map(move |one| at * PAGE + one)
        })
    }
}

/// The places of the bits of a number, the lowest first.
fn ones(mut number: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = number.trailing_zeros();
        number &= number.wrapping_sub(1);
        (lowest < u64::BITS).then_some(lowest as usize)
    })
}

/// The page of some vocabularies, at most [`PAGE`].
fn page_of<'a>(vocabularies: impl Iterator<Item = &'a Vocabulary>) -> Page {
    let mut page = [0; BITS];
    for (block, vocabulary) in vocabularies.enumerate() {
        for (at, word) in vocabulary.words().iter().enumerate() {
            page[at * PAGE + block] = *word;
        }
    }
    for square in page.chunks_exact_mut(PAGE) {
        turn(square);
    }
    page
}

/// Turns a square of bits over: what was the n-th bit of the m-th number becomes the m-th bit of the n-th.
fn turn(square: &mut [u64]) {
    let (mut half, mut low) = (PAGE / 2, u64::MAX >> (PAGE / 2));
    while half > 0 {
        for upper in (0..PAGE).filter(|row| row & half == 0) {
            // The high half of the one changes places with the low half of the other.
            let swapped = (square[upper] >> half ^ square[upper + half]) & low;
            square[upper] ^= swapped << half;
            square[upper + half] ^= swapped;
        }
        half /= 2;
        low ^= low << half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 8] = [
        "pier", "mayor", "Ortiz", "Roth", "ferry", "12", "Åsa", "storm",
    ];

    fn proses(kinds: &[u8]) -> Vec<Prose> {
        let of = |kind: &u8| {
            let own = (0..8).filter(|at| kind >> at & 1 == 1);
            let words: Vec<&str> = own.map(|at| WORDS[at]).collect();
            Prose {
                vocabulary: Vocabulary::of(&words.join(" ")),
                ..Prose::default()
            }
        };
        kinds.iter().map(of).collect()
    }

    fn read(shared: Shared, earlier: Option<&Vocabularies>, all: &[Prose]) -> Vocabularies {
        Vocabularies::read(shared, earlier, |block| &all[block])
    }

    proptest! {
        #[test]
        fn each_block_has_its_own_words_and_an_earlier_reading_changes_nothing(
            front in proptest::collection::vec(any::<u8>(), 0..150),
            gone in proptest::collection::vec(any::<u8>(), 0..70),
            new in proptest::collection::vec(any::<u8>(), 0..70),
            back in proptest::collection::vec(any::<u8>(), 0..150),
        ) {
            let old = proses(&[&front[..], &gone, &back].concat());
            let now = proses(&[&front[..], &new, &back].concat());
            let fresh = |all: &[Prose]| read(Shared { now: all.len(), ..Shared::default() }, None, all);
            let shared = Shared { front: front.len(), back: back.len(), before: old.len(), now: now.len() };
            let vocabularies = fresh(&now);
            prop_assert_eq!(&read(shared, Some(&fresh(&old)), &now), &vocabularies);
            for word in WORDS.map(Key::of) {
                let has = |block: &usize| now[*block].vocabulary.may_have(word);
                prop_assert!((0..now.len()).all(|block| vocabularies.may_have(block, word) == has(&block)));
                for last in (0..now.len()).step_by(17) {
                    let found: Vec<usize> = vocabularies.with_one_of(&[word], last).collect();
                    prop_assert_eq!(found, (0..=last).filter(has).collect::<Vec<_>>());
                }
            }
            for two in WORDS.map(Key::of).windows(2) {
                let has = |block: &usize| two.iter().all(|word| now[*block].vocabulary.may_have(*word));
                let mut found: Vec<usize> = vocabularies.with_all(two, now.len() / 2).collect();
                found.sort_unstable();
                prop_assert_eq!(found, (0..now.len()).filter(has).collect::<Vec<_>>());
            }
        }
    }
}
