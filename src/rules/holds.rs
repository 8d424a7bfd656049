//! What the words of a block hold, asked once: a rule that cannot fire there is done with one look.

use std::sync::LazyLock;

use super::claims::{accusation, cause, consensus, prediction, superlative, weasel};
use crate::prose::letters::lower;
use crate::prose::word::possessive_stem;
use crate::prose::{Form, Prose, Word};
use crate::rule::{Holds, Openers};
use crate::words::{Key, Table, known, weights};

/// What the words of a block hold.
pub fn of(text: &str, prose: &Prose) -> Holds {
    let lists = &*LISTS;
    let mut holds = Holds::default();
    for word in &prose.words {
        holds.numbers += usize::from(word.form == Form::Number);
        if !word.is_quoted {
            holds.openers = holds.openers.or(lists.of(text, word));
            holds.classes = holds.classes.or(word.classes);
        }
    }
    holds
}

/// The lists of which a word may be one: that it shares its stem with one of their words is all that is sure.
#[inline]
pub fn openers(text: &str, word: &Word) -> Openers {
    LISTS.of(text, word)
}

/// The lists by their words.
struct Lists {
    /// By the number of a word in the tagger's vocabulary.
    by_number: Vec<Openers>,
    /// Those that are not in it.
    rare: Table<Openers>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists {
        by_number: vec![Openers::default(); weights().sizes().0],
        rare: Table::with_room(64),
    };
    lists.take_in(Openers::ACCUSATION, accusation::VERBS.firsts());
    lists.take_in(Openers::SUPERLATIVE, superlative::SUPERLATIVES.firsts());
    for (list, words) in [
        (Openers::CAUSE, cause::TIES),
        (Openers::CONSENSUS, consensus::ADJECTIVES),
        (Openers::CONSENSUS, consensus::WIDELY),
        (Openers::FORECAST, prediction::WILL),
        (Openers::HEARSAY, weasel::HEARSAY),
        (Openers::BELIEVED, weasel::BELIEVED),
    ] {
        lists.take_in(list, words.iter().copied());
    }
    lists
});

impl Lists {
    fn take_in(&mut self, list: Openers, words: impl Iterator<Item = &'static str>) {
        for word in words {
            let lists = match known(possessive_stem(word)).number {
                0 => self.rare.entry(word),
                number => &mut self.by_number[usize::from(number)],
            };
            *lists = lists.or(list);
        }
    }

    #[inline]
    fn of(&self, text: &str, word: &Word) -> Openers {
        match word.number {
            0 => self.of_rare(text, word),
            number => self.by_number[usize::from(number)],
        }
    }

    fn of_rare(&self, text: &str, word: &Word) -> Openers {
        if !text.as_bytes()[word.span.start()].is_ascii_alphabetic() {
            return Openers::default();
        }
        match Key::within(text, word.span.start(), word.span.end()) {
            Some(key) if key.is_ascii() => self.rare.get_key(key.lower()),
            _ => self.rare.get(&lower(text, word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;
    use crate::syntax;
    use crate::text::Text;
    use crate::words::Classes;

    #[test]
    fn a_word_of_a_list_is_found_however_it_is_written() {
        let lists: [(Openers, &[&str]); 5] = [
            (Openers::CAUSE, cause::TIES),
            (Openers::CONSENSUS, consensus::ADJECTIVES),
            (Openers::FORECAST, prediction::WILL),
            (Openers::HEARSAY, weasel::HEARSAY),
            (Openers::BELIEVED, weasel::BELIEVED),
        ];
        let phrases = [
            (Openers::ACCUSATION, &accusation::VERBS),
            (Openers::SUPERLATIVE, &superlative::SUPERLATIVES),
        ];
        let listed = lists
            .iter()
            .flat_map(|(list, words)| words.iter().map(|word| (*list, *word)));
        let begun = phrases
            .iter()
            .flat_map(|(list, phrases)| phrases.firsts().map(|word| (*list, word)));
        for (list, word) in listed.chain(begun) {
            for word in [word.to_owned(), word.to_uppercase()] {
                let holds = held(&format!("The harbor, {word} and so on."));
                assert!(holds.openers.has(list), "{word}");
                let quoted = held(&format!("The harbor, “{word},” and so on."));
                assert!(!quoted.openers.has(list), "{word}");
            }
        }
        assert_eq!(held("The harbor board met.").openers, Openers::default());
    }

    #[test]
    fn numbers_and_classes_are_gathered() {
        let holds = held("The board met 12 officials on Monday.");
        assert!(holds.numbers == 1 && holds.classes.has(Classes::WEEKDAY));
        let holds = held("“The board met officials on Monday,” she said.");
        assert!(holds.numbers == 0 && !holds.classes.has(Classes::WEEKDAY));
    }

    fn held(text: &str) -> Holds {
        let tree = syntax::parse(&Text::new(text), None);
        let block = &tree.blocks[0].block;
        of(&block.text, &Prose::read(block, &Reading::default()))
    }
}
