//! What is wrong in a file of records.

use crate::text::span::Span;

/// What is wrong at a place in a file; everything else of the file is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What, and the way out.
    pub what: String,
    /// How much it matters.
    pub weight: Weight,
    /// What to write instead at the place, if that is known.
    pub instead: Option<String>,
}

/// How much a mistake matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Something is not understood and was left out.
    Left,
    /// Two statements contradict each other.
    Contradiction,
}

impl Mistake {
    /// Something that was left out.
    pub fn left(span: Span, what: impl Into<String>) -> Mistake {
        Mistake {
            span,
            what: what.into(),
            weight: Weight::Left,
            instead: None,
        }
    }

    /// A contradiction.
    pub fn contradiction(span: Span, what: impl Into<String>) -> Mistake {
        Mistake {
            weight: Weight::Contradiction,
            ..Mistake::left(span, what)
        }
    }
}
