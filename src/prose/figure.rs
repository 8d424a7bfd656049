//! Figures: percentages, sums of money, counts, ratios.

use crate::text::span::Span;

/// A figure in the text, with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its words: `15%`, `more than half of tenants`, `12 people were killed`.
    pub span: Span,
    /// What kind.
    pub kind: FigureKind,
    /// The value as far as it can be told.
    pub value: Option<f64>,
    /// Index of its sentence.
    pub sentence: usize,
}

/// What kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// `15%`, `15 percent`, `2 percentage points`
    Percent,
    /// `half of tenants`, `two-thirds of`
    Fraction,
    /// `one in five`
    Ratio,
    /// `$3 million`
    Money,
    /// `1,200 jobs`
    Count,
    /// `doubled`, `tripled`
    Change,
    /// `12 people were killed`
    Casualties,
}
