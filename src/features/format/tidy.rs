//! A block tidied: its marks, or its definition or header.

use crate::syntax::tree::{Block, Cite, Definition, Header, Inline, InlineKind, Shape};
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// Edits of a block, in bytes from its start.
pub fn of_block(block: &Block) -> Vec<Edit> {
    let mut tidy = Tidy {
        text: &block.text,
        edits: Vec::new(),
    };
    match &block.shape {
        Shape::Header(header) => tidy.header(header),
        Shape::Definition(definition) => tidy.definition(definition, block.content),
        _ => {}
    }
    let inlines = block.inlines.iter();
    inlines.for_each(|inline| tidy.mark(inline));
    tidy.edits
}

struct Tidy<'a> {
    text: &'a str,
    edits: Vec<Edit>,
}

impl Tidy<'_> {
    /// Makes what stands between two parts `wanted`, if it is nothing but blanks and the signs of `wanted`.
    fn between(&mut self, from: usize, to: usize, wanted: &str) {
        let Some(gap) = self.text.get(from..to.max(from)) else {
            return;
        };
        let signs = |words: &str| words.split_whitespace().collect::<String>();
        if gap != wanted && signs(gap) == signs(wanted) && !gap.contains(['\n', '\r']) {
            self.edits
                .push(Edit::replace(Span::new(from, to), wanted.to_owned()));
        }
    }

    /// `Key: value`
    fn header(&mut self, header: &Header) {
        for field in &header.fields {
            let (from, to) = (field.key.end(), field.value.start());
            if field.value.is_empty() {
                continue;
            }
            let is_quoted = self.text.get(..to).is_some_and(|text| text.ends_with('"'));
            self.between(from, to - usize::from(is_quoted), ": ");
        }
    }

    /// `[^id]: kind, title; field: value; terms`
    fn definition(&mut self, definition: &Definition, content: Span) {
        let mut parts: Vec<(Span, Part)> = Vec::new();
        parts.extend(definition.kind.map(|span| (span, Part::Kind)));
        parts.extend(definition.title.map(|span| (span, Part::Segment)));
        for field in &definition.fields {
            parts.push((field.key, Part::Key));
            if !field.value.is_empty() {
                parts.push((field.value, Part::Segment));
            }
        }
        let terms = definition.terms.iter();
        parts.extend(terms.map(|span| (*span, Part::Segment)));
        order::by_key(&mut parts, |(span, _)| (span.start(), span.end()));
        let mut last = (Span::new(content.start(), definition.id.end()), Part::Id);
        for (span, part) in parts {
            let (from, to) = (last.0.end(), span.start());
            if from > to {
                return;
            }
            let gap = &self.text[from..to];
            if gap.contains(['\n', '\r']) {
                self.line_end(from, to);
            } else {
                let wanted = match (last.1, gap.contains(',')) {
                    (Part::Id, _) => "]: ",
                    (Part::Kind, true) => ", ",
                    (Part::Kind, false) if !gap.contains(';') => " ",
                    (Part::Key, _) => ": ",
                    (Part::Kind | Part::Segment, _) => "; ",
                };
                self.between(from, to, wanted);
            }
            last = (span, part);
        }
    }

    /// Between two lines of a definition: nothing before the end of the first, two blanks before the next.
    fn line_end(&mut self, from: usize, to: usize) {
        let gap = &self.text[from..to];
        let is_bare = gap.chars().all(|c| c.is_whitespace() || c == ';');
        let (Some(end), true) = (gap.find(['\n', '\r']), is_bare) else {
            return;
        };
        let blanks = gap[..end].trim_end_matches([' ', '\t']).len();
        if blanks < end {
            self.edits.push(Edit::replace(
                Span::new(from + blanks, from + end),
                String::new(),
            ));
        }
        let start = gap.rfind('\n').map_or(end, |end| end + 1);
        let indent = &gap[start..];
        if indent != "  " && !indent.is_empty() && indent.trim().is_empty() {
            self.edits
                .push(Edit::replace(Span::new(from + start, to), "  ".to_owned()));
        }
    }

    fn mark(&mut self, inline: &Inline) {
        let (start, end) = (inline.span.start(), inline.span.end());
        // One without its bracket, or with an escaped one, is an error, and stays as it was typed; so does one that another
        // mark closes.
        let inside = inline.span.of(self.text).strip_prefix('[');
        let inside = inside.and_then(|words| words.strip_suffix(']'));
        if inside.is_none_or(|words| words.contains('[') || words.ends_with('\\')) {
            return;
        }
        let close = end.saturating_sub(1);
        match &inline.kind {
            InlineKind::Source(cites) => self.cites(cites, close),
            InlineKind::Speaker(id) => self.between(id.end(), close, ""),
            InlineKind::Check {
                who,
                date,
                hash,
                note,
            } => {
                let mut last = start + "[CQ".len();
                for span in [who, date].into_iter().flatten() {
                    self.between(last, span.start(), " ");
                    last = span.end();
                }
                if let Some(hash) = hash {
                    self.between(last, hash.start(), " #");
                    last = hash.end();
                }
                match note {
                    Some(note) => {
                        self.between(last, note.start(), ": ");
                        self.between(note.end(), close, "");
                    }
                    None => self.between(last, close, ""),
                }
            }
            InlineKind::Stet { rules, reason } => {
                let mut last = start + "[STET".len();
                for rule in rules {
                    self.between(last, rule.start(), " ");
                    last = rule.end();
                }
                if let Some(reason) = reason {
                    self.between(last, reason.start(), ": ");
                    self.between(reason.end(), close, "");
                }
            }
            InlineKind::Todo(Some(words)) => {
                let from = start + "[TK".len();
                let gap = self.text.get(from..words.start()).unwrap_or_default();
                let wanted = if gap.contains(':') { ": " } else { " " };
                self.between(from, words.start(), wanted);
                self.between(words.end(), close, "");
            }
            InlineKind::Note { who, text } => {
                if !text.is_empty() {
                    self.between(who.end(), text.start(), ": ");
                    self.between(text.end(), close, "");
                }
            }
            InlineKind::Todo(None)
            | InlineKind::TodoWord
            | InlineKind::Link { .. }
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Url
            | InlineKind::Email
            | InlineKind::Escape
            | InlineKind::Comment => {}
        }
    }

    /// `[^id, locator; id2]`
    fn cites(&mut self, cites: &[Cite], close: usize) {
        let mut last: Option<usize> = None;
        for cite in cites {
            if let Some(last) = last {
                let gap = self.text.get(last..cite.id.start()).unwrap_or_default();
                let wanted = if gap.contains('^') { "; ^" } else { "; " };
                self.between(last, cite.id.start(), wanted);
            }
            last = Some(cite.id.end());
            if let Some(locator) = cite.locator {
                self.between(cite.id.end(), locator.start(), ", ");
                last = Some(locator.end());
            }
        }
        if let Some(last) = last {
            self.between(last, close, "");
        }
    }
}

/// What a part of a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The id, with what stands before it.
    Id,
    /// `interview`
    Kind,
    /// The key of a field.
    Key,
    /// A title, a value, terms: what a semicolon ends.
    Segment,
}
