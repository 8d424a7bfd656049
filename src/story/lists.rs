//! Numbers gathered by a word, in the order in which they came.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// A list of numbers for each word; all lists lie in one.
#[derive(Debug, Default)]
pub struct Lists<'a> {
    /// The first and the last link of each word's list.
    ends: FxHashMap<Cow<'a, str>, (usize, usize)>,
    links: Vec<Link>,
}

#[derive(Debug)]
struct Link {
    number: usize,
    next: Option<usize>,
}

impl<'a> Lists<'a> {
    /// Adds a number to the list of a word.
    pub fn push(&mut self, word: Cow<'a, str>, number: usize) {
        let at = self.links.len();
        self.links.push(Link { number, next: None });
        let (_, last) = self.ends.entry(word).or_insert((at, at));
        if *last != at {
            self.links[*last].next = Some(at);
            *last = at;
        }
    }

    /// The numbers of a word, in order.
    pub fn of<'s>(&'s self, word: &str) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let first = self.ends.get(word).map(|ends| ends.0);
        let links = std::iter::successors(first, |at| self.links[*at].next);
        links.map(|at| self.links[at].number)
    }

    /// Forgets the list of a word.
    pub fn remove(&mut self, word: &str) {
        self.ends.remove(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_numbers_in_order() {
        let mut lists = Lists::default();
        for (word, number) in [("ruiz", 3), ("roth", 4), ("ruiz", 7), ("ruiz", 9)] {
            lists.push(Cow::Borrowed(word), number);
        }
        assert_eq!(lists.of("ruiz").collect::<Vec<_>>(), [3, 7, 9]);
        assert_eq!(lists.of("roth").collect::<Vec<_>>(), [4]);
        lists.remove("ruiz");
        assert_eq!(lists.of("ruiz").next(), None);
    }
}
