//! The header: `Key: value` lines at the top, or between `---` lines.

use super::line::Line;
use super::tree::{Field, Header};
use crate::text::span::Span;

/// Keys that make a header, in lower case; others are kept, but one line must have one of these.
pub const KEYS: &[&str] = &[
    "slug",
    "headline",
    "hed",
    "title",
    "deck",
    "dek",
    "standfirst",
    "summary",
    "by",
    "byline",
    "author",
    "with",
    "contributors",
    "dateline",
    "desk",
    "section",
    "status",
    "embargo",
    "date",
    "published",
    "updated",
    "lang",
    "edition",
    "version",
    "editor",
    "checker",
    "rights",
    "tags",
    "refs",
    "id",
    "urgency",
    "type",
    "checks",
    "hold",
    "eds",
    "topics",
    "length",
];

/// Keys that stand over copy as well: below a headline with a colon they make no header.
const BYLINES: &[&str] = &["by", "byline", "author"];

/// How many of the lines, from `first` on, are the header: none if they are not one.
pub fn header_lines(text: &str, lines: &[Line], first: usize) -> Option<usize> {
    let of = |index: usize| lines[index].content.of(text).trim_start_matches('\u{feff}');
    if of(first).trim_end() == "---" {
        let close = (first + 1..lines.len().min(first + 200))
            .find(|&index| of(index).trim_end() == "---")?;
        let all_fields = (first + 1..close).all(|index| {
            let line = of(index);
            line.trim().is_empty()
                || key_of(line).is_some()
                || line.starts_with([' ', '\t'])
                || line.starts_with('#')
        });
        return all_fields.then_some(close + 1 - first);
    }
    let known = |line: &str| {
        let key = key_of(line)?.to_lowercase();
        (KEYS.contains(&key.as_str()) || key.starts_with("x-")).then_some(key)
    };
    key_of(of(first))?;
    let end = (first..lines.len())
        .find(|&index| of(index).trim().is_empty())
        .unwrap_or(lines.len());
    let fits = (first + 1..end)
        .all(|index| key_of(of(index)).is_some() || of(index).starts_with([' ', '\t']));
    // The first key alone, or one below it that is no byline.
    let mut below = (first + 1..end).filter_map(|index| known(of(index)));
    let is_known = known(of(first)).is_some() || below.any(|key| !BYLINES.contains(&key.as_str()));
    (fits && is_known).then_some(end - first)
}

/// The key of a line `Key: value`: one to three words of letters, digits and hyphens.
fn key_of(line: &str) -> Option<&str> {
    let key = &line[..line.find(':')?];
    let fits = key.len() <= 30
        && key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        && key.split(' ').count() <= 3
        && !key.ends_with(' ');
    let after = line[key.len() + 1..].chars().next();
    (fits && after.is_none_or(char::is_whitespace)).then_some(key)
}

/// Reads the header's block.
pub fn read(text: &str, lines: &[Line]) -> Header {
    let mut header = Header::default();
    for line in lines {
        let content = line.content.of(text);
        let skip = content.len() - content.trim_start_matches('\u{feff}').len();
        let start = line.content.start() + skip;
        let content = &content[skip..];
        if content.trim_end() == "---" {
            header.is_fenced = true;
        } else if content.starts_with([' ', '\t']) {
            // A continuation belongs to the value before it.
            if let Some(last) = header.fields.last_mut() {
                let end = start + content.trim_end().len();
                if end > last.value.end() {
                    last.value = Span::new(last.value.start(), end);
                }
            }
        } else if let Some(key) = key_of(content) {
            let value = trimmed(text, Span::new(start + key.len() + 1, line.content.end()));
            header.fields.push(Field {
                key: Span::new(start, start + key.len()),
                value: unquoted(text, value),
            });
        }
    }
    header
}

/// A span without white space at its ends.
pub fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start() + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// A span without one pair of surrounding `"`.
fn unquoted(text: &str, span: Span) -> Span {
    let words = span.of(text);
    if words.len() >= 2 && words.starts_with('"') && words.ends_with('"') {
        return Span::new(span.start() + 1, span.end() - 1);
    }
    span
}
