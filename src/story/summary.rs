//! What the story asks of each block's copy as a line among lines: read once, and kept while the block does not change.

use std::borrow::Cow;

use super::furniture::is_furniture;
use crate::syntax::line::ends_sentence;
use crate::syntax::strip::printed;
use crate::syntax::tree::{Block, Shape};
use crate::text;

/// A block's copy in short.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Whether nothing of it prints.
    pub is_blank: bool,
    /// How many words print; those beyond [`MOST`] are not counted.
    pub count: usize,
    /// Whether it ends as a sentence does.
    pub ends_sentence: bool,
    /// Ten words or fewer on one line, with no mark at its end that leads on and no quotation mark at its start.
    pub is_short: bool,
    /// Whether it is a line that wires or web pages put around copy.
    pub is_furniture: bool,
}

/// A line with so many words is none of the short ones.
const MOST: usize = 17;

impl Summary {
    /// Of a block. Only paragraphs and lists are looked at: the others are what their shape says.
    pub fn of(block: &Block) -> Summary {
        if !matches!(block.shape, Shape::Paragraph | Shape::List(_)) {
            return Summary::default();
        }
        let copy = copy(block);
        let words = copy.trim();
        let count = text::words::count(words, MOST);
        Summary {
            is_blank: words.is_empty(),
            count,
            ends_sentence: ends_sentence(words),
            is_short: count <= 10
                && !words.contains('\n')
                && !words.ends_with([':', ',', ';', '—', '-'])
                && !words.starts_with(['“', '"', '‘']),
            is_furniture: is_furniture(words, count),
        }
    }
}

/// What prints of a block.
pub(super) fn copy(block: &Block) -> Cow<'_, str> {
    match block.hidden.is_empty() {
        true => Cow::Borrowed(block.content.of(&block.text)),
        false => Cow::Owned(printed(block)),
    }
}
