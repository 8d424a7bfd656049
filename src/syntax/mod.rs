//! The format. Cannot fail, keeps every byte, knows no English.

mod again;
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
    before
        .and_then(|tree| again::parse(text, tree))
        .unwrap_or_else(|| parse_whole(text, before))
}

fn parse_whole(text: &Text, before: Option<&Tree>) -> Tree {
    let letters = text.letters();
    let (cuts, comments) = cut::cuts(&letters);
    let old = before.map_or(&[][..], |tree| &tree.blocks);
    Tree {
        blocks: placed(&letters, &cuts, 0, old),
        text: text.clone(),
        comments,
    }
}

/// Reads the blocks of a piece that starts at the byte `start` of the file; those that `old` has at its front and its
/// back too are shared with it.
fn placed(piece: &str, cuts: &[Cut], start: usize, old: &[Placed]) -> Vec<Placed> {
    let is_same = |cut: &Cut, placed: &Placed| {
        placed.block.context == cut.context && *placed.block.text == piece[cut.start..cut.end]
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
    cuts.iter()
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
                None => Arc::new(block::read(&piece[cut.start..cut.end], cut.context)),
            };
            Placed {
                start: start + cut.start,
                zone: cut.zone,
                block,
                entry: cut.entry,
            }
        })
        .collect()
}

/// The context in which a block was read (for those who compare readings).
pub fn context(block: &tree::Block) -> Context {
    block.context
}
