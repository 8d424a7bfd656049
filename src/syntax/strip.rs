//! Clean copy: a draft without header, marks, notes, comments, definitions and scratch.

use super::tree::{Block, InlineKind, Placed, ProblemKind, Shape, Tree, Zone};
use crate::text::span::Span;

/// The copy of a draft as it goes out: stripped, and each escaped sign as it prints.
pub fn copy(tree: &Tree) -> String {
    let clean = super::parse(&crate::text::Text::new(&strip(tree)), None);
    joined(&clean, printed_bare)
}

/// What must be closed before the copy may go out: a comment or a mark that is opened and not closed, in bytes of the
/// file. What stands after it may be meant for nobody.
pub fn unclosed(tree: &Tree) -> Option<Span> {
    let problems = tree.blocks.iter().flat_map(|placed| {
        let problems = placed.block.problems.iter();
        problems.map(|problem| (problem.kind, placed.place(problem.span)))
    });
    let mut open = problems.filter(|(kind, _)| {
        matches!(
            kind,
            ProblemKind::UnclosedComment | ProblemKind::UnclosedMark
        )
    });
    open.next().map(|(_, span)| span)
}

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
    joined(tree, printed)
}

/// Whether a block is copy.
pub fn prints(placed: &Placed) -> bool {
    placed.zone == Zone::Copy
        && !matches!(
            placed.block.shape,
            Shape::Blank
                | Shape::Header(_)
                | Shape::Definition(_)
                | Shape::Comment
                | Shape::EndMark
                | Shape::NotesMark
                | Shape::StoryMark
        )
}

/// What prints of each block of copy, with a blank line between.
fn joined(tree: &Tree, words_of: impl Fn(&Block) -> String) -> String {
    let mut copy = String::new();
    for placed in &tree.blocks {
        if !prints(placed) {
            continue;
        }
        let words = words_of(&placed.block);
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
    let escapes = block.inlines.iter();
    let escapes = escapes.filter(|inline| inline.kind == InlineKind::Escape);
    let kept: Vec<usize> = escapes.map(|inline| inline.span.start()).collect();
    without_hidden(block, &kept)
}

/// What a block prints, without the backslashes of its escapes.
pub fn printed_bare(block: &Block) -> String {
    without_hidden(block, &[])
}

/// The words of a block without what is hidden, but for the escapes at some places.
fn without_hidden(block: &Block, kept: &[usize]) -> String {
    let text: &str = &block.text;
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
