//! Words of time that mean nothing without a publication date.

use crate::text::span::Span;

/// A word of time outside quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// With its preposition or "back in", never the verb.
    pub span: Span,
    /// What kind.
    pub kind: TimeKind,
}

/// What kind of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// `Thursday`, `on Thursday`
    Weekday,
    /// `today`, `yesterday`, `tomorrow`
    Day,
    /// `this month`, `last year`
    Period,
    /// `in April`, `Back in May`: a month without a year.
    Month,
}
