//! A quotation as it is compared: its words, in pieces where an ellipsis or a bracket shows that something is missing.

use std::ops::Range;

use super::fold::{Folder, Word};
use crate::text::span::Span;

/// A quotation as it is compared.
#[derive(Clone, Debug)]
pub struct Quotation<'a> {
    /// The text that the words' places count in.
    pub text: &'a str,
    /// Its words.
    pub words: Vec<Word>,
    /// Its pieces; together they are all words.
    pub pieces: Vec<Piece>,
}

/// A run of words with nothing left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, as indices.
    pub words: Range<usize>,
    /// What stands before it.
    pub joint: Joint,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: it is the first.
    Start,
    /// An ellipsis: words were left out.
    Ellipsis,
    /// Brackets: a few words were replaced, or something was explained.
    Bracket,
}

/// The quotation between two marks of a text; what is hidden does not belong to it.
pub fn quotation<'a>(text: &'a str, inner: Span, hidden: &[Span]) -> Quotation<'a> {
    let mut cutter = Cutter {
        text,
        folder: Folder::new(text),
        starts: Vec::new(),
        words: Vec::new(),
    };
    let mut at = inner.start();
    for span in hidden {
        if span.end() <= at || span.start() >= inner.end() {
            continue;
        }
        cutter.read(Span::new(at, span.start().max(at)));
        at = span.end();
    }
    if at < inner.end() {
        cutter.read(Span::new(at, inner.end()));
    }
    cutter.finish()
}

struct Cutter<'a> {
    text: &'a str,
    folder: Folder<'a>,
    /// Where a piece begins, as index of a word, and what stands before it.
    starts: Vec<(usize, Joint)>,
    words: Vec<Word>,
}

impl<'a> Cutter<'a> {
    fn read(&mut self, run: Span) {
        let words = run.of(self.text);
        let mut at = 0;
        let mut from = 0;
        while at < words.len() {
            let rest = &words[at..];
            let found = if rest.starts_with('[') {
                bracket(words, at).map(|length| (length, Joint::Bracket))
            } else {
                ellipsis(rest).map(|length| (length, Joint::Ellipsis))
            };
            match found {
                Some((length, joint)) => {
                    self.folder.read(Span::new(from, at).shift(run.start()));
                    self.cut(joint);
                    at += length;
                    from = at;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        self.folder
            .read(Span::new(from, words.len()).shift(run.start()));
    }

    fn cut(&mut self, joint: Joint) {
        let folder = std::mem::replace(&mut self.folder, Folder::new(self.text));
        self.words.extend(folder.finish());
        self.starts.push((self.words.len(), joint));
    }

    fn finish(mut self) -> Quotation<'a> {
        self.cut(Joint::Start);
        let count = self.words.len();
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut joint = Joint::Start;
        for (to, next) in self.starts {
            if to > from {
                pieces.push(Piece {
                    words: from..to,
                    joint,
                });
                joint = next;
            } else if joint == Joint::Start && from > 0 || next == Joint::Ellipsis {
                joint = next;
            }
            from = to;
        }
        debug_assert!(pieces.last().is_none_or(|piece| piece.words.end == count));
        if let Some(first) = pieces.first_mut() {
            first.joint = Joint::Start;
        }
        Quotation {
            text: self.text,
            words: self.words,
            pieces,
        }
    }
}

/// The length of a bracket at `at` that stands for other words; `[w]e` is a letter changed, and read as one.
fn bracket(words: &str, at: usize) -> Option<usize> {
    let close = words[at..].find(']')?;
    let inner = &words[at + 1..at + close];
    let follows = words[at + close + 1..]
        .chars()
        .next()
        .is_some_and(char::is_alphanumeric);
    let is_letter = follows && inner.chars().count() <= 2;
    (!is_letter && !inner.contains('[')).then_some(close + 1)
}

/// The length of an ellipsis that a text begins with.
fn ellipsis(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    if text.starts_with("...") {
        return Some(text.len() - text.trim_start_matches('.').len());
    }
    text.starts_with(". . .").then_some(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        let quotation = quotation(text, Span::new(0, text.len()), &[]);
        let shown = |piece: &Piece| {
            let words: Vec<&str> = quotation.words[piece.words.clone()]
                .iter()
                .map(|word| word.span().of(text))
                .collect();
            let joint = match piece.joint {
                Joint::Start => "",
                Joint::Ellipsis => "… ",
                Joint::Bracket => "[] ",
            };
            format!("{joint}{}", words.join(" "))
        };
        quotation.pieces.iter().map(shown).collect()
    }

    #[test]
    fn ellipses_and_brackets_part_pieces() {
        assert_eq!(pieces("We had no warning."), ["We had no warning"]);
        assert_eq!(
            pieces("We had … no warning. . . . None"),
            ["We had", "… no warning", "… None"]
        );
        assert_eq!(
            pieces("[The council] had no [sic] warning…"),
            ["had no", "[] warning"]
        );
        assert_eq!(pieces("[W]e had no warning"), ["W]e had no warning"]);
        assert!(pieces("[…]").is_empty());
    }

    #[test]
    fn what_is_hidden_is_not_said() {
        let text = "We had[^a] no warning";
        let quotation = quotation(text, Span::new(0, text.len()), &[Span::new(6, 10)]);
        assert_eq!(quotation.words.len(), 4);
    }
}
