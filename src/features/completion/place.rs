//! Where in the format the cursor stands, by the letters before it alone: half-typed marks are no marks yet.

use super::closed::{self, Of};
use crate::draft::Draft;
use crate::syntax::header::KEYS;
use crate::syntax::tree::{Shape, Sigil, Zone};
use crate::text::span::Span;

/// What is being typed at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// An id in a mark; `close` is the bracket that ends it.
    Id { sigil: Sigil, close: char },
    /// A place in the source whose id stands before it; `close` as above.
    Locator { close: char },
    /// A rule's name in `[STET …`, or in `Checks:`.
    Rule,
    /// The level of a rule in `Checks:`.
    Level,
    /// A key of the header.
    HeaderKey,
    /// The value of a key of the header, or of a field of a definition.
    Value(Of, &'static str),
    /// The first word of a definition.
    Kind(Sigil),
    /// A field or ground rule of a definition.
    Field(Sigil),
    /// A name in copy.
    Name,
}

/// What is typed, and the span of it in bytes of the file.
pub struct Place {
    /// What.
    pub typed: Typed,
    /// From its first letter to the cursor.
    pub span: Span,
}

/// Where the cursor stands.
pub fn place(draft: &Draft, at: usize) -> Option<Place> {
    let (block, inside) = draft.block_at(at)?;
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let before = text.get(..inside)?;
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let made = |typed, words: &str| {
        Some(Place {
            typed,
            span: Span::new(at - words.len(), at),
        })
    };
    // A mark that is open where the cursor stands.
    if let Some((typed, words)) = in_mark(line) {
        return made(typed, words);
    }
    if placed.zone == Zone::Comment {
        return None;
    }
    if let Shape::Definition(definition) = &placed.block.shape {
        let (typed, words) = in_definition(line, definition.sigil)?;
        return made(typed, words);
    }
    let is_first = draft.tree.blocks[..block]
        .iter()
        .all(|placed| placed.block.shape == Shape::Blank);
    // A half-typed key makes a paragraph of the header for a moment.
    let is_header = matches!(placed.block.shape, Shape::Header(_))
        || is_first && before.len() > line.len() && opens_header(text);
    let word = line.trim_start_matches('\u{feff}');
    if is_header || is_first && before.len() == line.len() && !word.contains(' ') {
        if let Some((key, value)) = line.split_once(':') {
            if key.trim().eq_ignore_ascii_case("checks") {
                let segment = last_part(value, [';', ';']).trim_start();
                return match segment.split_once(' ') {
                    Some((_, level)) => made(Typed::Level, level.trim_start()),
                    None => made(Typed::Rule, segment),
                };
            }
            let key = closed::key_with_values(Of::Header, key)?;
            return made(Typed::Value(Of::Header, key), value.trim_start());
        }
        if !line.starts_with([' ', '\t']) && (is_header || word.len() >= 2) {
            return made(Typed::HeaderKey, word);
        }
    }
    let in_copy = placed.zone == Zone::Copy && !is_header;
    let start = line
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'' | '.'))
        .last()
        .map_or(line.len(), |(start, _)| start);
    in_copy.then(|| made(Typed::Name, &line[start..])).flatten()
}

/// Whether the first line has a key of the header.
fn opens_header(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().next();
    first
        .and_then(|line| line.split_once(':'))
        .is_some_and(|(key, _)| KEYS.contains(&key.to_lowercase().as_str()))
}

/// What is typed in a mark or a link's target, if one is open at the end of the line.
fn in_mark(line: &str) -> Option<(Typed, &str)> {
    let bracket = line.rfind('[').filter(|at| !line[*at..].contains(']'));
    if let Some(open) = bracket {
        let words = &line[open + 1..];
        if let Some(ids) = words.strip_prefix('^') {
            return id(ids, Sigil::Source, ']');
        }
        if let Some(one) = words.strip_prefix('@') {
            return id(one, Sigil::Entity, ']');
        }
        let rules = words
            .strip_prefix("STET")
            .filter(|rest| !rest.contains(':') && rest.starts_with(char::is_whitespace))?;
        return Some((Typed::Rule, last_part(rules, [' ', ','])));
    }
    let target = line.rfind("](").map(|open| &line[open + 2..])?;
    if target.contains(')') {
        return None;
    }
    match target.strip_prefix('^') {
        Some(ids) => id(ids, Sigil::Source, ')'),
        None => id(target.strip_prefix('@')?, Sigil::Entity, ')'),
    }
}

/// The last id of a list, or the place in a source once a comma stands behind its id.
fn id(ids: &str, sigil: Sigil, close: char) -> Option<(Typed, &str)> {
    let place = last_part(ids, [';', ';']).split_once(',');
    if let Some((_, place)) = place.filter(|_| sigil == Sigil::Source && close != '\0') {
        return Some((Typed::Locator { close }, place.trim_start()));
    }
    let last = last_part(ids, [';', ';'])
        .trim_start()
        .trim_start_matches('^');
    (!last.contains([',', ' '])).then_some((Typed::Id { sigil, close }, last))
}

fn in_definition(line: &str, sigil: Sigil) -> Option<(Typed, &str)> {
    let starts_here = line.trim_start_matches('\u{feff}').starts_with('[');
    let rest = if starts_here {
        &line[line.find("]:")? + 2..]
    } else {
        line
    };
    let segment = last_part(rest, [';', ';']).trim_start();
    if let Some((key, value)) = segment.split_once(':') {
        return match key.trim() {
            "by" => id(value.trim_start().strip_prefix('@')?, Sigil::Entity, '\0'),
            "with" => {
                let last = last_part(value, [',', ' ']);
                id(last.strip_prefix('^')?, Sigil::Source, '\0')
            }
            key => {
                let key = closed::key_with_values(Of::Definition, key)?;
                Some((Typed::Value(Of::Definition, key), value.trim_start()))
            }
        };
    }
    if starts_here && !rest.contains(';') {
        return (!segment.contains([',', ' '])).then_some((Typed::Kind(sigil), segment));
    }
    Some((Typed::Field(sigil), segment))
}

fn last_part(words: &str, ends: [char; 2]) -> &str {
    words.rfind(ends).map_or(words, |end| &words[end + 1..])
}
