//! How a draft is to be read: word lists with the house's additions, quotation style, language.

use std::collections::BTreeMap;
use std::sync::Arc;

/// How a draft is to be read. Plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Which quotation marks come first.
    pub quotes: QuoteStyle,
    /// Words that the house added to the lists or took from them.
    pub house: Arc<HouseWords>,
    /// What it is read for.
    pub purpose: Purpose,
}

/// What a draft is read for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// All that is asked of it.
    #[default]
    All,
    /// Who says what. What only rules, hovers and the ledger ask is left out: figures, times, which words a block may have, what a sentence
    /// rests on. Such a draft is never checked.
    WhoSaysWhat,
}

/// Words that a house added to the lists of `grammar/words` or took from them, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseWords {
    added: BTreeMap<String, Vec<String>>,
    taken: BTreeMap<String, Vec<String>>,
}

impl HouseWords {
    /// Adds a word to a list.
    pub fn add(&mut self, list: &str, word: &str) {
        let words = self.added.entry(list.to_owned()).or_default();
        words.push(word.trim().to_lowercase());
    }

    /// Takes a word from a list.
    pub fn take(&mut self, list: &str, word: &str) {
        let words = self.taken.entry(list.to_owned()).or_default();
        words.push(word.trim().to_lowercase());
    }

    /// Whether nothing was added or taken.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.taken.is_empty()
    }

    /// The words added to a list, and those taken from it.
    pub fn of(&self, list: &str) -> (&[String], &[String]) {
        (
            self.added.get(list).map_or(&[], Vec::as_slice),
            self.taken.get(list).map_or(&[], Vec::as_slice),
        )
    }
}

/// Which quotation marks come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuoteStyle {
    /// As `lang` says, else as most of the draft's paired quotations have it.
    #[default]
    Detect,
    /// “double” first.
    Double,
    /// ‘single’ first.
    Single,
}
