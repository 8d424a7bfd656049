//! The letters of a document: a rope with a version.

pub mod edit;
pub mod position;
pub mod span;

use ropey::Rope;

use edit::Edit;
use span::Span;

/// The letters of a document.
#[derive(Clone, Debug)]
pub struct Text {
    rope: Rope,
    /// The client's version of the document; 0 for a file.
    pub version: i32,
}

impl Text {
    /// A text of version 0.
    pub fn new(text: &str) -> Text {
        Text {
            rope: Rope::from_str(text),
            version: 0,
        }
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of `span`, clamped to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> String {
        let start = self.rope.byte_to_char(span.start().min(self.len()));
        let end = self.rope.byte_to_char(span.end().min(self.len()));
        self.rope.slice(start..end.max(start)).to_string()
    }

    /// Replaces a run of bytes, clamped to the text and to character boundaries.
    pub fn apply(&mut self, edit: &Edit) {
        let start = self.rope.byte_to_char(edit.span.start().min(self.len()));
        let end = self
            .rope
            .byte_to_char(edit.span.end().min(self.len()))
            .max(start);
        self.rope.remove(start..end);
        self.rope.insert(start, &edit.new_text);
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for chunk in self.rope.chunks() {
            f.write_str(chunk)?;
        }
        Ok(())
    }
}
