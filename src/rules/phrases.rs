//! Finds the phrases of a word list in a block's words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::prose::{Prose, Word};

/// Phrases by their first word.
pub struct Phrases {
    by_first: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
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
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        Phrases { by_first }
    }

    /// The longest phrase that begins at the word `at`, outside quotation marks.
    pub fn at(&self, text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
        let first = lower(text, words.get(at)?);
        let phrases = self.by_first.get(first.as_str())?;
        phrases
            .iter()
            .find(|phrase| {
                phrase.iter().enumerate().all(|(by, part)| {
                    words
                        .get(at + by)
                        .is_some_and(|word| !word.is_quoted && lower(text, word) == *part)
                })
            })
            .map(|phrase| at..at + phrase.len())
    }

    /// Every phrase in a run of words, in order, none inside another.
    pub fn all(&self, text: &str, prose: &Prose, run: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = run.start;
        while at < run.end {
            match self.at(text, &prose.words, at) {
                Some(phrase) if phrase.end <= run.end => {
                    at = phrase.end;
                    found.push(phrase);
                }
                _ => at += 1,
            }
        }
        found
    }
}

/// A word in lower case, with a straight apostrophe.
pub fn lower(text: &str, word: &Word) -> String {
    word.span.of(text).to_lowercase().replace('’', "'")
}
