//! Lines as LSP has them, and what a line looks like by itself.

use memchr::memchr;

use crate::text::span::Span;

/// A line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Without its line end.
    pub content: Span,
    /// The byte after its line end.
    pub end: usize,
}

/// The lines of a text; `\n`, `\r\n` and `\r` end one. A text that ends in a line end has no empty line after it.
pub fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::with_capacity(text.len() / 60 + 1);
    let mut start = 0;
    // One sign is looked for at a time, which goes many bytes a step; a carriage return is rare.
    let next = |sign: u8, from: usize| memchr(sign, &text.as_bytes()[from..]).map(|at| from + at);
    let mut carriage = next(b'\r', 0);
    let mut feed = next(b'\n', 0);
    while let Some(at) = carriage.into_iter().chain(feed).min() {
        let end = match carriage == Some(at) && feed == Some(at + 1) {
            true => at + 2,
            false => at + 1,
        };
        found.push(Line {
            content: Span::new(start, at),
            end,
        });
        if carriage == Some(at) {
            carriage = next(b'\r', end);
        }
        if feed.is_some_and(|feed| feed < end) {
            feed = next(b'\n', end);
        }
        start = end;
    }
    if start < text.len() {
        found.push(Line {
            content: Span::new(start, text.len()),
            end: text.len(),
        });
    }
    found
}

/// Whether a line holds nothing but white space (and a byte order mark).
pub fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

/// Whether a line begins with a tab or two spaces and more follows.
pub fn is_indented(line: &str) -> bool {
    line.starts_with('\t') || line.starts_with("  ")
}

/// Whether a line begins with a letter, a digit or a quotation mark: no sign of the format does, nor does an end mark but
/// for those with an `E`, with which no line begins so.
pub fn begins_as_copy(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'E') | None => false,
        Some(byte) => {
            byte.is_ascii_alphanumeric() || matches!(byte, b'"' | b'\'') || line.starts_with('“')
        }
    }
}

/// `###`, `# # #`, `-30-`, `— 30 —`, `(END)`, `END`, `ENDS`, `-ends-` alone on a line.
pub fn is_end_mark(line: &str) -> bool {
    let line = line.trim_start();
    if !line.starts_with(['#', '-', '—', '–', '(', 'E']) {
        return false;
    }
    let line = line.trim_end();
    if matches!(
        line,
        "(END)" | "END" | "ENDS" | "-ends-" | "-ENDS-" | "—ENDS—"
    ) {
        return true;
    }
    let may_be = |c: char| c.is_whitespace() || matches!(c, '#' | '-' | '—' | '–' | '3' | '0');
    if !line.chars().all(may_be) {
        return false;
    }
    let packed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let hashes = packed.len() >= 3 && packed.bytes().all(|b| b == b'#');
    let thirty = packed.trim_matches(['-', '—', '–']) == "30"
        && packed.starts_with(['-', '—', '–'])
        && packed.ends_with(['-', '—', '–']);
    hashes || thirty
}

/// Whether a line opens a definition: `[^id]:` or `[@id]:`.
pub fn is_definition(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("[^").or_else(|| line.strip_prefix("[@")) else {
        return false;
    };
    rest.find(']')
        .is_some_and(|close| rest[close + 1..].starts_with(':'))
}

/// Whether a line of copy ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let bare = line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '*', '_']);
    bare.ends_with(['.', '?', '!', '…']) || (line.len() > bare.len() && bare.ends_with(','))
}
