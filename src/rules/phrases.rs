//! Finds the phrases of a word list in a block's words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::holds;
use crate::prose::Word;
use crate::prose::letters::{is_one_of, lower};
use crate::rule::Openers;
use crate::text::order;
use crate::words::Lengths;

/// Phrases by their first word.
pub struct Phrases {
    by_first: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
    /// Which lengths the first words have.
    lengths: Lengths,
}

impl Phrases {
    /// A list: a word or phrase a line, `#` begins a comment. A line may end in `*`: any ending counts.
    pub fn read(list: &'static str) -> Phrases {
        let mut by_first: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for line in list.lines() {
            let line = line.split('#').next().unwrap_or("").trim();
            let words: Vec<&str> = line.split_whitespace().collect();
            if let Some(first) = words.first() {
                by_first.entry(first).or_default().push(words.clone());
            }
        }
        for phrases in by_first.values_mut() {
            order::by_key(phrases, |phrase| usize::MAX - phrase.len());
        }
        let mut lengths = Lengths::NONE;
        by_first.keys().for_each(|first| lengths.add(first));
        Phrases { by_first, lengths }
    }

    /// Whether a phrase may begin with a word.
    fn may_begin(&self, word: &str) -> bool {
        self.lengths.may_hold(word) || !word.is_ascii()
    }

    /// The longest phrase that begins at the word `at`, outside quotation marks.
    pub fn at(&self, text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
        let first = words.get(at)?;
        if !self.may_begin(first.span.of(text)) {
            return None;
        }
        let first = lower(text, first);
        let phrases = self.by_first.get(first.as_str())?;
        phrases
            .iter()
            .find(|phrase| {
                phrase.iter().enumerate().all(|(by, part)| {
                    words
                        .get(at + by)
                        .is_some_and(|word| !word.is_quoted && is_one_of(text, word, &[part]))
                })
            })
            .map(|phrase| at..at + phrase.len())
    }

    /// The words with which they begin.
    pub fn firsts(&self) -> impl Iterator<Item = &'static str> {
        self.by_first.keys().copied()
    }

    /// Every phrase in a run of words, in order, none inside another; `list` is the one that they open.
    pub fn all<'a>(
        &'a self,
        list: Openers,
        text: &'a str,
        words: &'a [Word],
        run: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = run.start;
        std::iter::from_fn(move || {
            while at < run.end {
                let opens = holds::openers(text, &words[at]).has(list);
                let phrase = opens.then(|| self.at(text, words, at)).flatten();
                if let Some(phrase) = phrase.filter(|phrase| phrase.end <= run.end) {
                    at = phrase.end;
                    return Some(phrase);
                }
                at += 1;
            }
            None
        })
    }
}
