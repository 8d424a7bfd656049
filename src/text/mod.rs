//! The letters of a document: a rope with a version.

pub mod edit;
pub mod order;
pub mod pages;
pub mod position;
pub mod runs;
pub mod span;
pub mod words;

use ropey::Rope;

use edit::Edit;
use span::Span;

/// The letters of a document.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
    /// What it was before the last edit.
    last: Option<Last>,
    /// The client's version of the document; 0 for a file.
    pub version: i32,
}

/// A text before an edit, and how many bytes the edit left at its start and at its end.
#[derive(Clone, Debug)]
struct Last {
    rope: Rope,
    front: usize,
    back: usize,
}

impl Text {
    /// A text of version 0.
    pub fn new(text: &str) -> Text {
        Text {
            rope: Rope::from_str(text),
            last: None,
            version: 0,
        }
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All letters in one piece.
    pub fn letters(&self) -> String {
        let mut letters = String::with_capacity(self.len());
        letters.extend(self.rope.chunks());
        letters
    }

    /// The bytes of `span`, clamped to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> String {
        let start = self.rope.byte_to_char(span.start().min(self.len()));
        let end = self.rope.byte_to_char(span.end().min(self.len()));
        self.rope.slice(start..end.max(start)).to_string()
    }

    /// The edit that makes `after` of this text, as small as their common start and end allow.
    pub fn edit_to(&self, after: &str) -> Edit {
        let before = self.to_string();
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let length = |pair: (char, char)| pair.0.len_utf8();
        let start = before.chars().zip(after.chars()).take_while(same);
        let start: usize = start.map(length).sum();
        let end = before[start..].chars().rev();
        let end = end.zip(after[start..].chars().rev()).take_while(same);
        let end: usize = end.map(length).sum();
        let span = Span::new(start, before.len() - end);
        Edit::replace(span, &after[start..after.len() - end])
    }

    /// How many bytes at the start and how many at the end this text and another have in common at least; no byte counts twice.
    ///
    /// What the last edit made of the other text is known. Texts that one came of the other by more edits share their leaves, so that hardly
    /// a byte is looked at.
    pub fn common(&self, other: &Text) -> (usize, usize) {
        let last = self.last.as_ref();
        if let Some(last) = last.filter(|last| last.rope.is_instance(&other.rope)) {
            return (last.front, last.back);
        }
        let least = self.len().min(other.len());
        let front = same_front(self.rope.chunks(), other.rope.chunks()).min(least);
        let back = same_back(from_back(&self.rope), from_back(&other.rope));
        (front, back.min(least - front))
    }

    /// Replaces a run of bytes, clamped to the text and to character boundaries.
    pub fn apply(&mut self, edit: &Edit) {
        let start = self.rope.byte_to_char(edit.span.start().min(self.len()));
        let end = self
            .rope
            .byte_to_char(edit.span.end().min(self.len()))
            .max(start);
        self.last = Some(Last {
            front: self.rope.char_to_byte(start),
            back: self.len() - self.rope.char_to_byte(end),
            rope: self.rope.clone(),
        });
        self.rope.remove(start..end);
        self.rope.insert(start, &edit.new_text);
    }
}

fn from_back(rope: &Rope) -> ropey::iter::Chunks<'_> {
    rope.chunks_at_byte(rope.len_bytes()).0.reversed()
}

fn same_front<'a>(
    one: impl Iterator<Item = &'a str>,
    other: impl Iterator<Item = &'a str>,
) -> usize {
    same(one, other, <[u8]>::split_at, |one, other| {
        let pairs = one.iter().zip(other);
        pairs.take_while(|(a, b)| a == b).count()
    })
}

fn same_back<'a>(
    one: impl Iterator<Item = &'a str>,
    other: impl Iterator<Item = &'a str>,
) -> usize {
    let split = |leaf: &'a [u8], length: usize| {
        let (rest, end) = leaf.split_at(leaf.len() - length);
        (end, rest)
    };
    same(one, other, split, |one, other| {
        let pairs = one.iter().rev().zip(other.iter().rev());
        pairs.take_while(|(a, b)| a == b).count()
    })
}

/// How many bytes two runs of leaves have in common from where they begin. `split` takes so many bytes off a leaf,
/// `count` tells how many of two equally long runs are alike.
fn same<'a>(
    mut one: impl Iterator<Item = &'a str>,
    mut other: impl Iterator<Item = &'a str>,
    split: impl Fn(&'a [u8], usize) -> (&'a [u8], &'a [u8]),
    count: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let (mut a, mut b): (&[u8], &[u8]) = (&[], &[]);
    let mut length = 0;
    loop {
        if a.is_empty() {
            let Some(leaf) = one.next() else { break };
            a = leaf.as_bytes();
        }
        if b.is_empty() {
            let Some(leaf) = other.next() else { break };
            b = leaf.as_bytes();
        }
        let next = a.len().min(b.len());
        let ((first, a_rest), (second, b_rest)) = (split(a, next), split(b, next));
        // Most leaves are the very same.
        if first.as_ptr() != second.as_ptr() && first != second {
            return length + count(first, second);
        }
        length += next;
        (a, b) = (a_rest, b_rest);
    }
    length
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for chunk in self.rope.chunks() {
            f.write_str(chunk)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_edit_left_alone_is_found_at_both_ends() {
        let story = "“Rain” fell on the pier.\n\n".repeat(400);
        let before = Text::new(&story);
        for at in [0, 3, 5_000, story.len()] {
            let mut after = before.clone();
            after.apply(&Edit::insert(at, "x"));
            let (front, back) = after.common(&before);
            assert_eq!((front, back), (at, story.len() - at), "at {at}");
            // Also where it is not known what was typed, and after more edits.
            let same = Text::new(&after.to_string());
            assert_eq!(same.common(&before), (front, back), "at {at}");
            after.apply(&Edit::insert(at, "y"));
            assert_eq!(after.common(&before), (front, back), "at {at}");
            after.apply(&Edit::replace(Span::new(at, at + 1), ""));
            assert_eq!(after.common(&before), (front, back), "at {at}");
        }
        assert_eq!(before.common(&before), (story.len(), 0));
        assert_eq!(Text::new("aa").common(&Text::new("aaa")), (2, 0));
    }

    #[test]
    fn a_whole_new_text_becomes_the_smallest_edit() {
        let edit = Text::new("“Rain” fell.").edit_to("“Snow” fell.");
        assert_eq!(edit, Edit::replace(Span::new(3, 7), "Snow"));
        assert_eq!(Text::new("é").edit_to("é").new_text, "");
        let longer = Text::new("aa").edit_to("aaa");
        assert_eq!(longer, Edit::insert(2, "a"), "no letter counts twice");
    }
}
