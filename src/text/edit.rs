//! A change of a text: a run of bytes replaced by a string.

use super::span::Span;

/// Replace the bytes of `span` by `new_text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes of the text before the edit.
    pub span: Span,
    /// What stands there afterwards.
    pub new_text: String,
}

impl Edit {
    /// Replace `span` by `new_text`.
    pub fn replace(span: Span, new_text: impl Into<String>) -> Edit {
        Edit {
            span,
            new_text: new_text.into(),
        }
    }

    /// Insert `new_text` at `at`.
    pub fn insert(at: usize, new_text: impl Into<String>) -> Edit {
        Edit {
            span: Span::at(at),
            new_text: new_text.into(),
        }
    }

    /// Delete `span`.
    pub fn delete(span: Span) -> Edit {
        Edit {
            span,
            new_text: String::new(),
        }
    }
}
