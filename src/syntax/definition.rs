//! Definitions of sources and entities: `[^id]: kind, title; field: value; terms`.

use super::header::trimmed;
use super::line::Line;
use super::tree::{Definition, Field, Problem, ProblemKind, Sigil};
use crate::text::span::Span;

/// Words that open a source's definition and say what it is, in lower case, with their aliases.
pub const SOURCE_KINDS: &[&str] = &[
    "interview",
    "call",
    "zoom",
    "briefing",
    "press-conference",
    "presser",
    "speech",
    "statement",
    "press-release",
    "email",
    "message",
    "text",
    "signal",
    "document",
    "court",
    "law",
    "data",
    "report",
    "paper",
    "book",
    "web",
    "social",
    "post",
    "tweet",
    "news",
    "wire",
    "agency",
    "media",
    "broadcast",
    "photo",
    "video",
    "audio",
    "observation",
    "calculation",
    "tip",
    "no-reply",
    "anonymous",
];

/// Words that open an entity's definition.
pub const ENTITY_KINDS: &[&str] = &[
    "person", "org", "body", "place", "office", "document", "outlet",
];

/// Fields that the record of a source may have, in lower case.
pub const SOURCE_FIELDS: &[&str] = &[
    "by",
    "role",
    "org",
    "count",
    "date",
    "start",
    "end",
    "place",
    "via",
    "lang",
    "terms",
    "embargo",
    "as",
    "why",
    "known-to",
    "approved",
    "url",
    "archive",
    "accessed",
    "file",
    "at",
    "primary",
    "status",
    "checked",
    "with",
    "identity",
    "contact",
    "note",
    "use",
    "name",
    "aka",
    "title",
    "on-record",
    "background",
    "deep-background",
    "off-record",
    "no-reply",
    "kind",
];

/// Fields that the record of an entity may have, in lower case.
pub const ENTITY_FIELDS: &[&str] = &[
    "aka",
    "role",
    "org",
    "surname",
    "order",
    "pronouns",
    "note",
    "do-not-name",
    "until",
    "name",
    "kind",
    "wrong",
    "url",
    "born",
    "died",
    "identity",
    "contact",
    "alone",
    "no-title",
];

/// Reads a definition's block; None if its id is none.
pub fn read(text: &str, lines: &[Line], problems: &mut Vec<Problem>) -> Option<Definition> {
    let first = lines.first()?;
    let line = first.content.of(text);
    let base = first.content.start() + (line.len() - line.trim_start_matches(is_before_text).len());
    let line = line.trim_start_matches(is_before_text);
    let sigil = match line.as_bytes().get(1)? {
        b'^' => Sigil::Source,
        _ => Sigil::Entity,
    };
    let close = line.find(']')?;
    let id = Span::new(base + 2, base + close);
    let whole = Span::new(base, base + close + 2);
    if !is_id(id.of(text)) {
        problems.push(Problem {
            span: whole,
            kind: ProblemKind::MalformedDefinition,
        });
        return None;
    }
    let mut made = Definition {
        sigil,
        id,
        kind: None,
        title: None,
        fields: Vec::new(),
        terms: Vec::new(),
    };
    let mut at = base + close + 2;
    for (index, part) in text[at..first.content.end()].split(';').enumerate() {
        let segment = trimmed(text, Span::new(at, at + part.len()));
        at += part.len() + 1;
        if segment.is_empty() {
            continue;
        }
        match field(text, segment) {
            Some(field) if index > 0 || is_field_key(text, field.key) => made.fields.push(field),
            _ if index == 0 => kind_and_title(text, segment, &mut made),
            _ => made.terms.push(segment),
        }
    }
    for line in &lines[1..] {
        let segment = trimmed(text, line.content);
        match field(text, segment) {
            Some(field) => made.fields.push(field),
            None if !segment.is_empty() => made.terms.push(segment),
            None => {}
        }
    }
    let is_empty = made.kind.is_none()
        && made.title.is_none()
        && made.fields.is_empty()
        && made.terms.is_empty();
    if is_empty {
        problems.push(Problem {
            span: whole,
            kind: ProblemKind::MalformedDefinition,
        });
    }
    Some(made)
}

/// White space and byte order marks stand before the text of a line.
fn is_before_text(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn is_field_key(text: &str, key: Span) -> bool {
    key.of(text)
        .chars()
        .all(|c| c.is_ascii_lowercase() || c == '-')
}

/// `key: value`, if the segment is one. A time (`4:12`) and a URL are none.
fn field(text: &str, segment: Span) -> Option<Field> {
    let words = segment.of(text);
    let colon = words.find(':')?;
    let key = words[..colon].trim_end();
    let fits = !key.is_empty()
        && key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        && !words[colon + 1..].starts_with("//");
    let value = trimmed(text, Span::new(segment.start() + colon + 1, segment.end()));
    fits.then(|| Field {
        key: Span::new(segment.start(), segment.start() + key.len()),
        value,
    })
}

/// `interview, Dana Ortiz`, `interview Dana Ortiz`, or a title alone.
fn kind_and_title(text: &str, segment: Span, made: &mut Definition) {
    let words = segment.of(text);
    let end = words.find([',', ' ']).unwrap_or(words.len());
    let kinds = if made.sigil == Sigil::Source {
        SOURCE_KINDS
    } else {
        ENTITY_KINDS
    };
    if !kinds.contains(&words[..end].to_lowercase().as_str()) {
        made.title = Some(segment);
        return;
    }
    made.kind = Some(Span::new(segment.start(), segment.start() + end));
    let rest = trimmed(
        text,
        Span::new(
            (segment.start() + end + 1).min(segment.end()),
            segment.end(),
        ),
    );
    made.title = Some(rest).filter(|rest| !rest.is_empty());
}

/// Whether the words are an id: letters and digits, with `-`, `_` and `.` inside.
pub fn is_id(words: &str) -> bool {
    words.starts_with(char::is_alphanumeric)
        && !words.ends_with('.')
        && words
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
