//! What rules on names ask of the words of all blocks. Most blocks have nothing of it: what the others have lies together page by
//! page, and is gone through without a look at the blocks.

use std::sync::Arc;

use crate::prose::{Form, Prose, Word};
use crate::story::cast::in_two;
use crate::story::traces::number;
use crate::text::pages::{PAGE, Shared};
use crate::text::span::Span;
use crate::words::Classes;

/// What rules on names ask of the words of all blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Namings {
    pages: Vec<Arc<Page>>,
}

/// What some blocks that follow each other have, each with its place among them, in order.
#[derive(Debug, Default, PartialEq)]
struct Page {
    titled: Vec<(u8, Titled)>,
    plurals: Vec<(u8, u32)>,
    in_two: Vec<(u8, InTwo)>,
}

/// A title with the one word of a name behind it: `Mayor Ortiz`, not `Mayor Dana Ortiz`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Titled {
    /// The title.
    pub title: Span,
    /// The name without what an apostrophe adds.
    pub name: Span,
}

/// A name of two words, without what an apostrophe adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTwo {
    /// Its first word, as its [`number`].
    pub first: u32,
    /// The letters of its second word, as [`letters`] gives them.
    pub letters: u32,
    start: u32,
    length: u32,
}

impl InTwo {
    /// Where it stands.
    pub fn span(self) -> Span {
        let start = self.start as usize;
        Span::new(start, start + self.length as usize)
    }
}

impl Namings {
    /// Of the blocks of a draft, given the text and the reading of each; of those that stood in an earlier draft, what was
    /// gathered there.
    pub fn read<'a>(
        shared: Shared,
        earlier: Option<&Namings>,
        block: impl Fn(usize) -> (&'a str, &'a Prose),
    ) -> Namings {
        let page = |start: usize| {
            if let Some(earlier) = earlier.filter(|_| shared.keeps(start)) {
                return earlier.pages[start / PAGE].clone();
            }
            let mut page = Page::default();
            for index in start..(start + PAGE).min(shared.now) {
                let at = (index - start) as u8;
                match (earlier, shared.stood(index)) {
                    (Some(earlier), Some(before)) => page.copy(at, earlier, before),
                    _ => {
                        let (text, prose) = block(index);
                        page.add(at, text, prose);
                    }
                }
            }
            page.titled.shrink_to_fit();
            page.plurals.shrink_to_fit();
            page.in_two.shrink_to_fit();
            Arc::new(page)
        };
        Namings {
            pages: (0..shared.now).step_by(PAGE).map(page).collect(),
        }
    }

    /// The titles with the one word of a name behind each, with their blocks, in order.
    pub fn titled(&self) -> impl Iterator<Item = (usize, Titled)> {
        self.all(|page| &page.titled)
    }

    /// The names of one word with an `s` at their end that stand inside a sentence, each as its [`number`], with their blocks.
    pub fn plurals(&self) -> impl Iterator<Item = (usize, u32)> {
        self.all(|page| &page.plurals)
    }

    /// The names of two words outside quotation marks, with their blocks, in order.
    pub fn in_two(&self) -> impl Iterator<Item = (usize, InTwo)> {
        self.all(|page| &page.in_two)
    }

    fn all<T: Copy + 'static>(
        &self,
        of: fn(&Page) -> &Vec<(u8, T)>,
    ) -> impl Iterator<Item = (usize, T)> {
        let pages = self.pages.iter().enumerate();
        pages.flat_map(move |(at, page)| {
            let own = of(page).iter();
            own.map(move |(block, one)| (at * PAGE + usize::from(*block), *one))
        })
    }
}

impl Page {
    /// Adds what a block gave before.
    fn copy(&mut self, at: u8, earlier: &Namings, before: usize) {
        let page = &earlier.pages[before / PAGE];
        let block = (before % PAGE) as u8;
        copy(at, &page.titled, block, &mut self.titled);
        copy(at, &page.plurals, block, &mut self.plurals);
        copy(at, &page.in_two, block, &mut self.in_two);
    }

    /// Adds what a block gives.
    fn add(&mut self, at: u8, text: &str, prose: &Prose) {
        self.add_titled(at, text, prose);
        for name in &prose.names {
            let words = name.of(text);
            if words.as_bytes().contains(&b' ') {
                self.in_two.extend(in_two(text, *name).map(|span| {
                    let (first, last) = span.of(text).split_once(' ').unwrap_or_default();
                    let in_two = InTwo {
                        first: number(first),
                        letters: letters(last),
                        start: span.start() as u32,
                        length: span.len() as u32,
                    };
                    (at, in_two)
                }));
            } else if words.ends_with('s') && !prose.opens_sentence(name.start()) {
                self.plurals.push((at, number(words)));
            }
        }
    }

    fn add_titled(&mut self, at: u8, text: &str, prose: &Prose) {
        if !prose.classes.has(Classes::ROLE) {
            return;
        }
        let words = &prose.words;
        let pairs = words.windows(2).enumerate();
        for (place, two) in pairs.filter(|(_, two)| is_titled(&two[0], &two[1])) {
            let title = two[0].span;
            // "Johansen’s"
            let written = two[1].span.of(text);
            let bare = written.split(['’', '\'']).next().unwrap_or(written);
            let start = two[1].span.start();
            let name = Span::new(start, start + bare.len());
            let next = words.get(place + 2).map(|next| next.span);
            if is_one_name(text, title, name, next) {
                self.titled.push((at, Titled { title, name }));
            }
        }
    }
}

/// A bit for each letter of the alphabet that is in a word, in whatever case, and all bits of a word that has letters which are not of
/// ASCII. Words a letter apart differ in two bits at most, unless one has all.
pub fn letters(word: &str) -> u32 {
    let bit = |byte: u8| match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'A'..=b'Z' => 1 << (byte - b'A'),
        // What stands behind an apostrophe may not count.
        b'`' | 0x80.. => u32::MAX,
        _ => 0,
    };
    word.bytes().fold(0, |letters, byte| letters | bit(byte))
}

/// Whether words with these letters may be a letter apart, or the same.
pub fn may_be_apart(one: u32, other: u32) -> bool {
    one == u32::MAX || other == u32::MAX || (one ^ other).count_ones() <= 2
}

/// Adds what a block has of a list.
fn copy<T: Copy>(at: u8, from: &[(u8, T)], block: u8, onto: &mut Vec<(u8, T)>) {
    let start = from.partition_point(|(one, _)| *one < block);
    let own = from[start..].iter().take_while(|(one, _)| *one == block);
    onto.extend(own.map(|(_, one)| (at, *one)));
}

/// Whether a word is a title for the word with a capital behind it.
fn is_titled(word: &Word, next: &Word) -> bool {
    next.form == Form::Capital && word.classes.has(Classes::ROLE)
}

/// Whether a name of one word stands right behind a title; `next` is the word behind it.
pub fn is_one_name(text: &str, title: Span, name: Span, next: Option<Span>) -> bool {
    let goes_on = next.is_some_and(|next| {
        next.start() == name.end() + 1 && next.of(text).starts_with(char::is_uppercase)
    });
    name.len() >= 5 && title.end() + 1 == name.start() && !goes_on
}
