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

    /// The edit that makes `after` of this text, as small as their common start and end allow.
    pub fn edit_to(&self, after: &str) -> Edit {
        let before = self.to_string();
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let length = |pair: (char, char)| pair.0.len_utf8();
        let start = before.chars().zip(after.chars()).take_while(same);
        let start: usize = start.map(length).sum();
        let end = before[start..].chars().rev();
        let end = end.zip(after[start..].chars().rev()).take_while(same);
        let end: usize = end.map(length).sum();
        let span = Span::new(start, before.len() - end);
        Edit::replace(span, &after[start..after.len() - end])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_new_text_becomes_the_smallest_edit() {
        let edit = Text::new("“Rain” fell.").edit_to("“Snow” fell.");
        assert_eq!(edit, Edit::replace(Span::new(3, 7), "Snow"));
        assert_eq!(Text::new("é").edit_to("é").new_text, "");
        let longer = Text::new("aa").edit_to("aaa");
        assert_eq!(longer, Edit::insert(2, "a"), "no letter counts twice");
    }
}
