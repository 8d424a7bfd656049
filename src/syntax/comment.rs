//! Comments, paired over the whole file before anything else: confidentiality beats locality.

use memchr::memchr;

use crate::text::span::Span;

/// Every comment of a text: from `<!--` to the next `-->`, over paragraphs too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comments {
    /// Closed comments, in order, marks included.
    pub closed: Vec<Span>,
    /// Where the one begins that nothing closes.
    pub unclosed: Option<usize>,
}

impl Comments {
    /// Pairs the comments of a text.
    pub fn of(text: &str) -> Comments {
        let mut found = Comments::default();
        let mut at = 0;
        // One sign is quicker found than four.
        while let Some(open) = memchr(b'<', &text.as_bytes()[at..]).map(|open| open + at) {
            if !text[open..].starts_with("<!--") {
                at = open + 1;
                continue;
            }
            at = open + 4;
            if text[..open].ends_with('\\') {
                continue;
            }
            match text[at..].find("-->") {
                Some(close) => {
                    at += close + 3;
                    found.closed.push(Span::new(open, at));
                }
                None => {
                    // Later openers are inside what the first one leaves open.
                    found.unclosed = Some(open);
                    break;
                }
            }
        }
        found
    }

    /// Whether the byte `at` lies inside a closed comment that began before it.
    pub fn is_inside(&self, at: usize) -> bool {
        let index = self.closed.partition_point(|comment| comment.start() < at);
        index > 0 && self.closed[index - 1].end() > at
    }

    /// Whether the comment that is open at the byte `at` (the end of a block) is closed later.
    pub fn closes_after(&self, at: usize) -> bool {
        self.is_inside(at)
    }
}
