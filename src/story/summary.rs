//! What the story asks of each block as one among others: read once, and kept while the block does not change.

use std::borrow::Cow;

use super::furniture::is_furniture;
use super::outline::{Label, by_shape};
use crate::syntax::line::ends_sentence;
use crate::syntax::strip::printed;
use crate::syntax::tree::{Block, Shape, Tree};
use crate::text;
use crate::text::pages::Pages;

/// A block in short.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// What its shape alone says that it is.
    pub label: Label,
    /// What else its shape tells.
    pub role: Role,
    /// Whether marks, links or the like stand in it.
    pub has_inlines: bool,
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

/// What a block is but for its copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Something that is read.
    #[default]
    Copy,
    /// The header.
    Header,
    /// The definition of a source or an entity.
    Definition,
}

/// A line with so many words is none of the short ones.
const MOST: usize = 17;

impl Summary {
    /// Of each block of a tree.
    pub fn all(tree: &Tree) -> Pages<Summary> {
        let blocks = tree.blocks.iter();
        blocks.map(|placed| Summary::of(&placed.block)).collect()
    }

    /// Of a block. Only the copy of paragraphs and lists is looked at: the others are what their shape says.
    pub fn of(block: &Block) -> Summary {
        let shape = Summary {
            label: by_shape(&block.shape),
            role: match block.shape {
                Shape::Header(_) => Role::Header,
                Shape::Definition(_) => Role::Definition,
                _ => Role::Copy,
            },
            has_inlines: !block.inlines.is_empty(),
            ..Summary::default()
        };
        if !matches!(block.shape, Shape::Paragraph | Shape::List(_)) {
            return shape;
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
            ..shape
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
