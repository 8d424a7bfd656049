//! A text read again after an edit: what lies around the edit is cut anew, the rest is as it was.

use super::comment::Comments;
use super::cut;
use super::placed;
use super::tree::{Placed, Shape, Tree};
use crate::text::Text;
use crate::text::span::Span;

/// How many runs of lines after the edit are looked at, before the whole text is.
const REACH: [usize; 2] = [2, 24];

/// The blocks of a text that differs from the one before in one run of bytes. None where they must be cut from the
/// top: near the header, and where comments are, because these reach over blocks.
pub fn parse(text: &Text, before: &Tree) -> Option<Tree> {
    let (front, back) = text.common(&before.text);
    REACH
        .iter()
        .find_map(|reach| parse_near(text, before, front, back, *reach))
}

fn parse_near(text: &Text, before: &Tree, front: usize, back: usize, reach: usize) -> Option<Tree> {
    let old = &before.blocks;
    let old_length = before.text.len();
    let first = first_run(old, front, old_length)?;
    let start = old[first].start;
    let entry = old[first].entry?;

    // The piece to cut ends before a run that is there as it was, with one or more between it and the edit.
    let is_after = |placed: &Placed| placed.start >= old_length - back;
    let after = old.partition_point(|placed| !is_after(placed));
    let runs_after = old[after..].iter().filter(|placed| placed.entry.is_some());
    let old_end = runs_after
        .map(|placed| placed.start)
        .nth(reach)
        .unwrap_or(old_length);
    let end = old_end + text.len() - old_length;
    let piece = text.slice(Span::new(start, end));
    if has_comments(&before.comments, Span::new(start, old_end)) || piece.contains("<!--") {
        return None;
    }

    let to_old = |at: usize| (start + at + old_length).checked_sub(text.len());
    let block_at = |at: usize| {
        let from = to_old(at)?;
        let index = old
            .binary_search_by_key(&from, |placed| placed.start)
            .ok()?;
        (from >= old_length - back).then_some(index)
    };
    let (cuts, known_from) = cut::cuts_from(&piece, entry, |at, entry| {
        block_at(at).is_some_and(|index| old[index].entry == Some(entry))
    });
    let reaches_end = start + known_from == text.len();
    let rest = match block_at(known_from) {
        Some(index) if known_from < piece.len() => index,
        _ if reaches_end => old.len(),
        _ => return None,
    };

    let moved = |at: usize| at + text.len() - old_length;
    let mut blocks = Vec::with_capacity(old.len() + cuts.len() + first - rest.min(first));
    blocks.extend_from_slice(&old[..first]);
    blocks.extend(placed(&piece, &cuts, start, &old[first..rest]));
    blocks.extend(old[rest..].iter().map(|placed| Placed {
        start: moved(placed.start),
        ..placed.clone()
    }));
    let comments = before
        .comments
        .closed
        .iter()
        .map(|comment| match comment.start() < start {
            true => *comment,
            false => Span::new(moved(comment.start()), moved(comment.end())),
        });
    Some(Tree {
        blocks,
        text: text.clone(),
        comments: Comments {
            closed: comments.collect(),
            unclosed: None,
        },
    })
}

/// The block from which on to cut: the run of lines before the one in which the edit begins, since its end may move.
fn first_run(old: &[Placed], front: usize, length: usize) -> Option<usize> {
    let touched = old.partition_point(|placed| placed.start <= front.min(length));
    let runs = (free_of_header(old)?..touched).rev();
    let mut runs = runs.filter(|&index| old[index].entry.is_some());
    runs.nth(1)
}

/// The first block that no edit after it makes part of a header: none where an edit anywhere might close one.
fn free_of_header(old: &[Placed]) -> Option<usize> {
    let first = old
        .iter()
        .position(|placed| placed.block.shape != Shape::Blank)?;
    let text: &str = &old[first].block.text;
    let is_header = matches!(old[first].block.shape, Shape::Header(_));
    if !is_header && text.trim_start_matches('\u{feff}').starts_with("---") {
        return None;
    }
    let ends_in_blank = |placed: &Placed| {
        let text: &str = &placed.block.text;
        let ends = text[text.trim_end().len()..].replace("\r\n", "\n");
        ends.matches(['\n', '\r']).count() > 1
    };
    let ends = old[first..].iter().position(ends_in_blank)?;
    Some(first + ends + 1)
}

/// Whether a comment lies in a run of bytes, or one is open to the end.
fn has_comments(comments: &Comments, span: Span) -> bool {
    let after = comments
        .closed
        .partition_point(|comment| comment.end() < span.start());
    let next = comments.closed.get(after);
    comments.unclosed.is_some() || next.is_some_and(|comment| comment.start() <= span.end())
}
