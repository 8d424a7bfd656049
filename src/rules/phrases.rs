//! Finds the phrases of a word list in a block's words.

use std::ops::{Deref, Range};

use rustc_hash::FxHashMap;

use super::holds;
use crate::prose::Word;
use crate::rule::Openers;
use crate::text::order;
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

/// Whether a word is one of these, which are in lower case and have straight apostrophes.
#[inline]
pub fn is_one_of(text: &str, word: &Word, options: &[&str]) -> bool {
    let letters = word.span.of(text);
    match letters.is_ascii() {
        true => options
            .iter()
            .any(|option| is_alike(letters.as_bytes(), option)),
        false => is_one_of_folded(letters, options),
    }
}

/// The same for a word with letters beyond ASCII, compared letter by letter.
#[inline(never)]
fn is_one_of_folded(letters: &str, options: &[&str]) -> bool {
    let straight = |letter| if letter == '’' { '\'' } else { letter };
    let folded = letters.chars().flat_map(char::to_lowercase).map(straight);
    let first = folded.clone().next();
    options
        .iter()
        .any(|option| option.chars().next() == first && option.chars().eq(folded.clone()))
}

/// A word in lower case, with a straight apostrophe. Most words stand so in the text already.
pub fn lower<'a>(text: &'a str, word: &Word) -> Lower<'a> {
    let word = word.span.of(text);
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) {
        return Lower(Letters::OfText(word));
    }
    Lower(match (word.is_ascii(), Short::of(word)) {
        (true, Some(short)) => Letters::Short(short),
        (true, None) => Letters::Own(word.to_ascii_lowercase()),
        (false, _) => Letters::Own(word.to_lowercase().replace('’', "'")),
    })
}

/// A word in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lower<'a>(Letters<'a>);

/// Where the letters are: hardly a word asks for memory.
#[derive(Clone, Debug)]
enum Letters<'a> {
    OfText(&'a str),
    Short(Short),
    Own(String),
}

impl Default for Letters<'_> {
    fn default() -> Self {
        Letters::OfText("")
    }
}

/// A few ASCII letters.
#[derive(Clone, Copy, Debug)]
struct Short {
    letters: [u8; 22],
    count: u8,
}

impl Short {
    /// A word in lower case; none for a longer one.
    fn of(word: &str) -> Option<Short> {
        let mut letters = [0; 22];
        let own = letters.get_mut(..word.len())?;
        own.copy_from_slice(word.as_bytes());
        own.make_ascii_lowercase();
        Some(Short {
            letters,
            count: word.len() as u8,
        })
    }
}

impl Lower<'_> {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Letters::OfText(word) => word,
            Letters::Short(Short { letters, count }) => {
                std::str::from_utf8(&letters[..usize::from(*count)]).expect("ASCII is text")
            }
            Letters::Own(word) => word,
        }
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Lower<'_>> for &str {
    fn eq(&self, other: &Lower<'_>) -> bool {
        other.as_str() == *self
    }
}
