//! Finds the phrases of a word list in a block's words.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use rustc_hash::FxHashMap;

use crate::prose::{Prose, Word};
use crate::words::{Lengths, is_alike};

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
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
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

/// A list of words in lower case that is asked of many words.
pub struct Words {
    all: &'static [&'static str],
    lengths: Lengths,
}

impl Words {
    /// The list of some words of ASCII.
    pub const fn of(all: &'static [&'static str]) -> Words {
        Words {
            all,
            lengths: Lengths::of(&[all]),
        }
    }

    /// Whether a word is of the list.
    #[inline]
    pub fn have(&self, text: &str, word: &Word) -> bool {
        let letters = word.span.of(text);
        (self.lengths.may_hold(letters) || !letters.is_ascii()) && is_one_of(text, word, self.all)
    }
}

/// Whether a word is one of these, which are in lower case and have straight apostrophes.
#[inline]
pub fn is_one_of(text: &str, word: &Word, options: &[&str]) -> bool {
    let letters = word.span.of(text);
    match letters.is_ascii() {
        true => options
            .iter()
            .any(|option| is_alike(letters.as_bytes(), option)),
        false => options.contains(&lower(text, word).as_str()),
    }
}

/// A word in lower case, with a straight apostrophe. Most words stand so in the text already.
pub fn lower<'a>(text: &'a str, word: &Word) -> Lower<'a> {
    let word = word.span.of(text);
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) {
        return Lower(word.into());
    }
    Lower(match word.is_ascii() {
        true => word.to_ascii_lowercase().into(),
        false => word.to_lowercase().replace('’', "'").into(),
    })
}

/// A word in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lower<'a>(Cow<'a, str>);

impl Lower<'_> {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<Lower<'_>> for &str {
    fn eq(&self, other: &Lower<'_>) -> bool {
        other.0 == *self
    }
}
