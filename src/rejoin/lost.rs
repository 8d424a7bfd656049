//! What could not be placed, as it stood.

use super::piece;
use super::seat::Key;
use crate::draft::Draft;
use crate::syntax::tree::{Block, Shape, Zone};
use crate::text::span::Span;

/// A piece as it stood.
pub fn shown(draft: &Draft, key: Key) -> String {
    let block = &draft.tree.blocks[key.block].block;
    if let Some(sign) = sign_of(block).filter(|sign| sign.start() == key.start) {
        return sign.of(&block.text).trim().to_owned();
    }
    let pieces = piece::pieces(draft, key.block);
    let found = pieces.into_iter().find(|piece| piece.start == key.start);
    found.map_or_else(|| comment_from(draft, key), |piece| piece.shown)
}

/// A comment that runs over paragraphs, or stands between them.
pub fn comment_from(draft: &Draft, key: Key) -> String {
    let start = draft.tree.blocks[key.block].start + key.start;
    let text = draft.text.slice(Span::new(start, draft.text.len()));
    let end = text.find("-->").map_or(text.len(), |end| end + 3);
    text[..end].to_owned()
}

/// The comments of a draft's copy that stand between paragraphs, or run over several.
pub fn comments(draft: &Draft) -> Vec<Key> {
    let blocks = draft.tree.blocks.iter().enumerate();
    let copy = blocks
        .take_while(|(_, placed)| placed.block.shape != Shape::EndMark)
        .filter(|(_, placed)| matches!(placed.zone, Zone::Copy | Zone::Comment));
    let begun = copy.filter_map(|(block, placed)| {
        let own = &placed.block;
        let is_whole = own.shape == Shape::Comment && !own.context.starts_in_comment;
        let start = match own.ends_open {
            Some(open) => open.start(),
            None if is_whole => own.content.start(),
            None => return None,
        };
        Some(Key { block, start })
    });
    begun.collect()
}

/// The sign at the start of a headline, a quotation, a list: `# `, `> `, `- `.
pub fn sign_of(block: &Block) -> Option<Span> {
    let is_signed = matches!(
        block.shape,
        Shape::Headline
            | Shape::Subhead(_)
            | Shape::BlockQuote { .. }
            | Shape::PullQuote { .. }
            | Shape::List(_)
            | Shape::Table(_)
    );
    block.hidden.first().copied().filter(|_| is_signed)
}
