//! What of a draft does not print, and the words that each piece of it hangs on.

use crate::checks;
use crate::draft::Draft;
use crate::notes::checks::placed_words;
use crate::syntax::tree::{Block, InlineKind, Shape};
use crate::text::order;
use crate::text::span::Span;

/// A piece that does not print: a mark, a note, a comment inside a paragraph, or the two ends of a link.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its place in the block, for the order.
    pub start: usize,
    /// As it stands there, for the list of what was not placed.
    pub shown: String,
    /// How it hangs.
    pub hold: Hold,
}

/// How a piece hangs on words, by their index in the block.
#[derive(Clone, Debug)]
pub enum Hold {
    /// It covers the block, from its start.
    Start(String),
    /// It stands after a word.
    After {
        /// The word.
        word: usize,
        /// What prints between the two: a comma, a full stop, a closing quotation mark.
        between: String,
        /// The mark, with the space before it.
        mark: String,
    },
    /// It stands around words.
    Around {
        /// The first word.
        first: usize,
        /// The last.
        last: usize,
        /// What stands before them.
        open: String,
        /// What stands after them.
        close: String,
        /// Whether a sign such as a quotation mark stands between the opening and the first word, the last and the close.
        has_signs: (bool, bool),
    },
}

/// The words of a block as they print, with their places.
pub fn words(block: &Block) -> Vec<(String, Span)> {
    placed_words(&checks::said(block, Span::new(0, block.text.len())))
}

/// The pieces of a block, in order.
pub fn pieces(draft: &Draft, index: usize) -> Vec<Piece> {
    let block = &draft.tree.blocks[index].block;
    let text: &str = &block.text;
    let visible = checks::said(block, Span::new(0, text.len()));
    let words = placed_words(&visible);
    let mut found = Vec::new();
    let mut until = 0;
    for inline in &block.inlines {
        // What stands inside a note goes with it.
        if inline.span.end() <= until {
            continue;
        }
        let around = match &inline.kind {
            // One that runs over paragraphs is carried as a whole.
            InlineKind::Comment if !is_whole(inline.span.of(text)) => continue,
            InlineKind::Url | InlineKind::Email | InlineKind::TodoWord | InlineKind::Escape => {
                continue;
            }
            InlineKind::Link { text, .. } => Some(*text),
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => Some(*inner),
            _ => None,
        };
        let hold = match around {
            Some(inner) => wrapped(text, &words, inline.span, inner),
            None => {
                until = inline.span.end();
                Some(single(text, &visible, &words, inline.span))
            }
        };
        found.extend(hold.map(|hold| Piece {
            start: inline.span.start(),
            shown: inline.span.of(text).to_owned(),
            hold,
        }));
    }
    if let Shape::Image(image) = &block.shape {
        let whole = Span::new(block.content.start(), image.path.end());
        let end = text[whole.end()..]
            .find(')')
            .map_or(whole.end(), |at| whole.end() + at + 1);
        let whole = Span::new(whole.start(), end);
        found.extend(
            wrapped(text, &words, whole, image.caption).map(|hold| Piece {
                start: whole.start(),
                shown: whole.of(text).to_owned(),
                hold,
            }),
        );
    }
    order::by_key(&mut found, |piece| piece.start);
    found
}

fn is_whole(comment: &str) -> bool {
    comment.starts_with("<!--") && comment.ends_with("-->")
}

fn wrapped(text: &str, words: &[(String, Span)], whole: Span, inner: Span) -> Option<Hold> {
    let first = words
        .iter()
        .position(|(_, span)| span.start() >= inner.start())?;
    let last = words
        .iter()
        .rposition(|(_, span)| span.end() <= inner.end())?;
    (first <= last).then(|| Hold::Around {
        first,
        last,
        open: text[whole.start()..inner.start()].to_owned(),
        close: text[inner.end()..whole.end()].to_owned(),
        has_signs: (
            words[first].1.start() > inner.start(),
            words[last].1.end() < inner.end(),
        ),
    })
}

fn single(text: &str, visible: &str, words: &[(String, Span)], mark: Span) -> Hold {
    let Some(word) = words
        .iter()
        .rposition(|(_, span)| span.end() <= mark.start())
    else {
        return Hold::Start(mark.of(text).to_owned());
    };
    let between: String = visible[words[word].1.end()..mark.start()]
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let space = if text[..mark.start()].ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    Hold::After {
        word,
        between,
        mark: format!("{space}{}", mark.of(text)),
    }
}
