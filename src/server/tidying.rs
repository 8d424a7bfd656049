//! Marks, definitions and the header tidied, as much of a draft as the client asks for.

use tower_lsp::gen_lsp_types::{Position, Range, TextEdit};
use tower_lsp::jsonrpc::Result;

use super::{Server, convert};
use crate::features::format;
use crate::text::edit::Edit;
use crate::text::order;

/// How much is tidied.
pub enum Stretch {
    /// The draft.
    Whole,
    /// Parts of it.
    Ranges(Vec<Range>),
    /// What the letters just typed have ended.
    Typed(String, Position),
}

impl Server {
    /// The edits that tidy a stretch of a draft.
    pub async fn tidy(&self, uri: &str, stretch: Stretch) -> Result<Option<Vec<TextEdit>>> {
        let quotes = self.desk.settings().quotes;
        self.ask(uri, move |edition, session| {
            let draft = edition.draft()?;
            let edits: Vec<Edit> = match stretch {
                Stretch::Whole => format::format(draft, quotes),
                Stretch::Ranges(ranges) => {
                    let ranges = ranges.into_iter();
                    let mut edits: Vec<Edit> = ranges
                        .flat_map(|range| {
                            let range = convert::span(&edition.text, range, session.encoding);
                            format::format_range(draft, quotes, range)
                        })
                        .collect();
                    order::by_key(&mut edits, |edit| edit.span);
                    edits.dedup();
                    edits
                }
                Stretch::Typed(typed, position) => {
                    let at = convert::offset(&edition.text, position, session.encoding);
                    format::format_typed(draft, quotes, &typed, at)
                }
            };
            let edits = edits.iter();
            Some(
                edits
                    .map(|edit| convert::text_edit(&edition.text, edit, session.encoding))
                    .collect(),
            )
        })
        .await
    }
}
