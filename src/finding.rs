//! What a rule reports.

use crate::text::edit::Edit;
use crate::text::span::Span;

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Taste, or something that may well be right.
    Hint,
    /// Worth a look.
    Information,
    /// A standards editor would ask.
    Warning,
    /// Would embarrass or harm if printed.
    Error,
}

impl Severity {
    /// The word used in configuration and output: `hint`, `information`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something in a draft that an editor would ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The name of the rule: configuration key, `STET` word and page anchor alike.
    pub rule: &'static str,
    /// How much it matters, after profile, status and configuration.
    pub severity: Severity,
    /// Where, in bytes of the file.
    pub span: Span,
    /// What, with the words of the text; the first 60 characters suffice.
    pub message: String,
    /// Further places that belong to it.
    pub related: Vec<Related>,
    /// Ways out, best first.
    pub fixes: Vec<Fix>,
    /// Whether what is marked is not needed (an unused source).
    pub is_unnecessary: bool,
}

/// A place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// A way out of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does; begins with a verb.
    pub title: String,
    /// Whether it may be applied without a look at each place. Nothing that names a speaker is safe.
    pub is_safe: bool,
    /// The edits, disjoint, in order, in bytes of the file before any of them.
    pub edits: Vec<Edit>,
}
