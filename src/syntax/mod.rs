//! The format. Cannot fail, keeps every byte, knows no English.

pub mod block;
mod comment;
mod cut;
pub mod definition;
pub mod header;
pub mod inline;
pub mod line;
pub mod render;
pub mod strip;
pub mod tree;

use std::sync::Arc;

use block::Context;
use cut::Cut;
use tree::{Placed, Tree};

use crate::text::Text;

/// Reads a text into blocks; those that `before` has too are shared with it.
pub fn parse(text: &Text, before: Option<&Tree>) -> Tree {
    let text = text.to_string();
    let cuts = cut::cuts(&text);
    let old = before.map_or(&[][..], |tree| &tree.blocks);
    let is_same = |cut: &Cut, placed: &Placed| {
        placed.block.context == cut.context && *placed.block.text == text[cut.start..cut.end]
    };
    let front = cuts
        .iter()
        .zip(old)
        .take_while(|(cut, placed)| is_same(cut, placed))
        .count();
    let most = cuts.len().min(old.len()) - front;
    let back = cuts
        .iter()
        .rev()
        .zip(old.iter().rev())
        .take(most)
        .take_while(|(cut, placed)| is_same(cut, placed))
        .count();
    let blocks = cuts
        .iter()
        .enumerate()
        .map(|(index, cut)| {
            let shared = if index < front {
                Some(&old[index])
            } else if index >= cuts.len() - back {
                Some(&old[old.len() - (cuts.len() - index)])
            } else {
                None
            };
            let block = match shared {
                Some(placed) => placed.block.clone(),
                None => Arc::new(block::read(&text[cut.start..cut.end], cut.context)),
            };
            Placed {
                start: cut.start,
                zone: cut.zone,
                block,
            }
        })
        .collect();
    Tree { blocks }
}

/// The context in which a block was read (for those who compare readings).
pub fn context(block: &tree::Block) -> Context {
    block.context
}
