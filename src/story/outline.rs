//! What each block is to a reader: headline, byline, body, furniture; and what the header says.

use crate::finding::Severity;
use crate::text::span::Span;

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// The header, a definition, a comment, an end mark, scratch, or nothing.
    #[default]
    NotCopy,
    /// Page furniture: section names, "Published in", share lines.
    Furniture,
    /// The headline.
    Headline,
    /// The deck under it.
    Deck,
    /// Who wrote it.
    Byline,
    /// A subhead, forced or inferred.
    Subhead,
    /// A body paragraph.
    Body,
    /// A list in the body.
    List,
    /// A table.
    Table,
    /// A block quote.
    BlockQuote,
    /// A pull quote.
    PullQuote,
    /// An image with its caption.
    Caption,
    /// A correction or an update.
    Correction,
    /// "With assistance from".
    Credit,
    /// A copyright line.
    Rights,
}

/// Where a draft stands on its way to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Status {
    Pitch,
    Draft,
    Edit,
    FactCheck,
    Legal,
    Final,
    Published,
    Killed,
}

/// A level asked for in the header's `Checks:`.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The rule or group.
    pub name: String,
    /// Its level; none switches it off.
    pub level: Option<Severity>,
}

/// What the header and the dateline say of the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Whether there is a header at all.
    pub has_header: bool,
    /// `Status:`, if it is one of the known words.
    pub status: Option<Status>,
    /// `Date:`, else a dateline with a year.
    pub date: Option<jiff::civil::Date>,
    /// `Headline:`, `Slug:` and so on: key as typed, value, and their places in the header's block.
    pub fields: Vec<(String, String, Span, Span)>,
    /// `Checks:` levels.
    pub checks: Vec<Check>,
    /// `Checks: … profile NAME`.
    pub profile: Option<String>,
    /// `lang:`
    pub lang: Option<String>,
    /// The block of the first body paragraph.
    pub lede: Option<usize>,
}
/// Interim, until the outline proper replaces it.
pub fn outline(
    tree: &crate::syntax::tree::Tree,
    _p: &[std::sync::Arc<crate::prose::Prose>],
) -> (Vec<Label>, Facts) {
    (
        tree.blocks
            .iter()
            .map(|b| {
                if b.block.text.trim_end().ends_with(['.', '”', '"']) {
                    Label::Body
                } else {
                    Label::Furniture
                }
            })
            .collect(),
        Facts::default(),
    )
}
