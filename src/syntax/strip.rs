//! Clean copy: a draft without header, marks, notes, comments, definitions and scratch.

use super::tree::{Block, InlineKind, Shape, Tree, Zone};

/// The copy of a draft as it would be printed. Stripping it again changes nothing.
pub fn strip(tree: &Tree) -> String {
    let mut once = strip_once(tree);
    // What was hidden may have kept two halves of a mark apart: go on until nothing is left to strip.
    for _ in 0..8 {
        let again = strip_once(&super::parse(&crate::text::Text::new(&once), None));
        if again == once {
            break;
        }
        once = again;
    }
    once
}

fn strip_once(tree: &Tree) -> String {
    let mut copy = String::new();
    for placed in &tree.blocks {
        let prints = placed.zone == Zone::Copy
            && !matches!(
                placed.block.shape,
                Shape::Blank
                    | Shape::Header(_)
                    | Shape::Definition(_)
                    | Shape::Comment
                    | Shape::EndMark
                    | Shape::NotesMark
                    | Shape::StoryMark
            );
        if !prints {
            continue;
        }
        let words = printed(&placed.block);
        if words.trim().is_empty() {
            continue;
        }
        if !copy.is_empty() {
            copy.push_str("\n\n");
        }
        copy.push_str(words.trim());
    }
    if !copy.is_empty() {
        copy.push('\n');
    }
    copy
}

/// What a block prints. An escape stays where its sign would else be read as markup.
pub fn printed(block: &Block) -> String {
    let text: &str = &block.text;
    let kept: Vec<usize> = block
        .inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Escape)
        .map(|inline| inline.span.start())
        .collect();
    let mut copy = String::with_capacity(block.content.len());
    let mut at = block.content.start();
    for hidden in &block.hidden {
        if kept.contains(&hidden.start()) && hidden.len() == 1 {
            continue;
        }
        copy.push_str(&text[at..hidden.start().max(at)]);
        let after = text[hidden.end()..].chars().next();
        // A mark with a space on both sides takes one of them along.
        if copy.ends_with(' ') && after.is_none_or(|c| c == ' ' || c == '\n' || c == '\r') {
            copy.pop();
        }
        at = at.max(hidden.end());
    }
    copy.push_str(&text[at.min(block.content.end())..block.content.end()]);
    copy
}
