//! Line and column to byte and back, in the three encodings of LSP.

use super::Text;

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A zero-based line and column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in units of an [`Encoding`].
    pub character: u32,
}

impl Text {
    /// The byte `at` in UTF-16 units from the text's start; clamped as a position is.
    pub fn utf16(&self, at: usize) -> usize {
        let at = self.rope.byte_to_char(at.min(self.rope.len_bytes()));
        self.rope.char_to_utf16_cu(at)
    }

    /// The position of the byte `at`; clamped to the text's end and back to a character boundary.
    pub fn position(&self, at: usize, encoding: Encoding) -> Position {
        // Two ways down the rope; then the letters of one line are counted.
        let at = at.min(self.rope.len_bytes());
        let line = self.rope.byte_to_line(at);
        let start = self.rope.line_to_byte(line);
        let (leaves, mut leaf_start, ..) = self.rope.chunks_at_byte(start);
        let mut character = 0;
        for leaf in leaves {
            if leaf_start >= at {
                break;
            }
            let from = start.saturating_sub(leaf_start);
            let mut to = (at - leaf_start).min(leaf.len());
            while !leaf.is_char_boundary(to) {
                to -= 1;
            }
            let letters = &leaf[from..to];
            character += match encoding {
                Encoding::Utf8 => letters.len(),
                Encoding::Utf16 => utf16_units(letters),
                Encoding::Utf32 => letters.chars().count(),
            };
            leaf_start += leaf.len();
        }
        Position {
            line: line as u32,
            character: character as u32,
        }
    }

    /// The byte at a position. A line past the end gives the text's end; a column past the line's end, the place
    /// before the line's end mark; one inside a character or surrogate pair, the character's start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_bytes();
        }
        let start = self.rope.line_to_char(line);
        let end = self.line_content_end(line, start);
        let column = position.character as usize;
        let char = match encoding {
            Encoding::Utf8 => {
                let byte =
                    (self.rope.char_to_byte(start) + column).min(self.rope.char_to_byte(end));
                self.rope.byte_to_char(byte)
            }
            Encoding::Utf16 => {
                let unit = (self.rope.char_to_utf16_cu(start) + column)
                    .min(self.rope.char_to_utf16_cu(end));
                self.rope.utf16_cu_to_char(unit)
            }
            Encoding::Utf32 => start + column,
        };
        self.rope.char_to_byte(char.min(end))
    }

    /// The character before a line's end mark.
    fn line_content_end(&self, line: usize, start: usize) -> usize {
        let mut end = self.rope.line_to_char(line + 1);
        if end > start && self.rope.char(end - 1) == '\n' {
            end -= 1;
            if end > start && self.rope.char(end - 1) == '\r' {
                end -= 1;
            }
        } else if end > start && self.rope.char(end - 1) == '\r' {
            end -= 1;
        }
        end
    }
}

/// How many UTF-16 code units some letters take: one for each character, two for those beyond the first 65,536.
fn utf16_units(letters: &str) -> usize {
    // No letter has more units than bytes, so that a byte holds the units of so many: they are counted many at a time.
    let runs = letters.as_bytes().chunks(usize::from(u8::MAX));
    let units = |byte: &u8| u8::from(*byte & 0xc0 != 0x80) + u8::from(*byte >= 0xf0);
    runs.map(|run| usize::from(run.iter().map(units).sum::<u8>()))
        .sum()
}
