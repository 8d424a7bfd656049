//! A half-open run of bytes.

use std::ops::Range;

/// A half-open run of bytes, `start..end`, in a document or in a block (then counted from the block's start).
///
/// Offsets are kept in 32 bits: a document is at most 4 GiB, which the door (`disk`, `server`) holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The run from `start` to `end`, in bytes. An end before the start gives the empty run at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    /// The empty run at `at`.
    pub fn at(at: usize) -> Span {
        Span::new(at, at)
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The run as an index into a string.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words themselves.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same run counted from a point `by` bytes earlier.
    pub fn shift(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }

    /// The same run counted from a point `by` bytes later; clamped at zero.
    pub fn back(self, by: usize) -> Span {
        Span::new(
            self.start().saturating_sub(by),
            self.end().saturating_sub(by),
        )
    }

    /// Whether the byte `at` lies in it.
    pub fn contains(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// Whether a cursor at `at` is in it or at one of its ends.
    pub fn touches(self, at: usize) -> bool {
        self.start() <= at && at <= self.end()
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest run that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
