//! Line and column to byte and back, in the three encodings of LSP.

use super::Text;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A zero-based line and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in units of an [`Encoding`].
    pub character: u32,
}

impl Text {
    /// The position of the byte `at`; clamped to the text's end and back to a character boundary.
    pub fn position(&self, _at: usize, _encoding: Encoding) -> Position {
        todo!()
    }

    /// The byte at a position. A line past the end gives the text's end; a column past the line's end, the place
    /// before the line's end mark; one inside a character or surrogate pair, the character's start.
    pub fn offset(&self, _position: Position, _encoding: Encoding) -> usize {
        todo!()
    }
}
