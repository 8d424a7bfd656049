//! Writes a headline that was read by its place into the header.

use super::{Action, ActionKind};
use crate::draft::Draft;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Moves the headline under the cursor to `Headline:`.
pub fn write(draft: &Draft, range: Span) -> Option<Action> {
    let (block, _) = draft.block_at(range.start())?;
    let placed = &draft.tree.blocks[block];
    let is_inferred = draft.story.labels.get(block) == Some(&Label::Headline)
        && placed.block.shape == Shape::Paragraph;
    if !is_inferred {
        return None;
    }
    let words = crate::syntax::strip::printed(&placed.block);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = super::line_end(draft);
    let header = draft.tree.blocks.iter().find_map(|placed| {
        let Shape::Header(header) = &placed.block.shape else {
            return None;
        };
        let last = header.fields.last()?;
        Some(placed.place(last.key.cover(last.value)).end())
    });
    let edits = match header {
        // The value may be quoted: its line's end is the place.
        Some(at) => {
            let rest = draft.text.slice(Span::new(at, placed.start.max(at)));
            let line = rest.find(['\r', '\n']).unwrap_or(rest.len());
            vec![
                Edit::insert(at + line, format!("{end}Headline: {words}")),
                Edit::delete(placed.span()),
            ]
        }
        None if placed.start == 0 => {
            let span = placed.place(placed.block.content);
            vec![Edit::replace(span, format!("Headline: {words}"))]
        }
        None => vec![
            Edit::insert(0, format!("Headline: {words}{end}{end}")),
            Edit::delete(placed.span()),
        ],
    };
    Some(Action {
        title: "Write the headline in the header".to_owned(),
        kind: ActionKind::Rewrite,
        edits,
        finding: None,
        is_preferred: false,
    })
}
