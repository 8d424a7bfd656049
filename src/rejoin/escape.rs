//! Copy from elsewhere, whose own signs are to stay signs.

use crate::syntax::strip::prints;
use crate::syntax::tree::{InlineKind, Target, Tree};
use crate::text::Text;

/// The edited text with a backslash before each sign that would be read as markup.
pub fn escaped(edited: &str) -> String {
    let tree = crate::syntax::parse(&Text::new(edited), None);
    let mut text = edited.to_owned();
    for at in signs(&tree).into_iter().rev() {
        text.insert(at, '\\');
    }
    text
}

/// Where in copy from elsewhere a sign would be read as markup.
pub fn signs(tree: &Tree) -> Vec<usize> {
    let mut found = Vec::new();
    for placed in tree.blocks.iter().filter(|placed| prints(placed)) {
        for inline in &placed.block.inlines {
            let at = placed.start + inline.span.start();
            match &inline.kind {
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => {
                    found.extend([at, placed.start + inner.end()]);
                }
                InlineKind::Source(_)
                | InlineKind::Speaker(_)
                | InlineKind::Check { .. }
                | InlineKind::Stet { .. }
                | InlineKind::Todo(_)
                | InlineKind::Note { .. }
                | InlineKind::Comment
                | InlineKind::Link {
                    target: Target::Entity(_) | Target::Source(_) | Target::Url(_),
                    ..
                } => found.push(at),
                InlineKind::TodoWord | InlineKind::Url | InlineKind::Email | InlineKind::Escape => {
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
