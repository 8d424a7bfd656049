//! What the header says of a story: its status, its date, its checks.

use jiff::civil::Date;

use super::outline::{Check, Facts, Status};
use super::summary::{Role, Summary};
use crate::finding::Severity;
use crate::syntax::tree::{Shape, Tree};
use crate::text::pages::Pages;
use crate::text::span::Span;

/// The facts in a tree's header; `summaries` holds one for each block.
pub fn facts(tree: &Tree, summaries: &Pages<Summary>) -> Facts {
    let mut facts = Facts::default();
    for (index, (placed, summary)) in tree.blocks.iter().zip(summaries).enumerate() {
        if summary.role != Role::Header {
            continue;
        }
        let Shape::Header(header) = &placed.block.shape else {
            continue;
        };
        let text: &str = &placed.block.text;
        facts.header = Some(index);
        for field in &header.fields {
            let (key, value) = (field.key.of(text), field.value.of(text));
            match key.to_lowercase().as_str() {
                "status" => facts.status = status(value),
                "date" | "published" => facts.date = facts.date.or_else(|| date_in(value)),
                "checks" => checks(value, &mut facts),
                "lang" => facts.lang = Some(value.to_owned()),
                _ => {}
            }
            facts
                .fields
                .push((key.to_owned(), value.to_owned(), field.key, field.value));
        }
    }
    facts
}

/// The status that a word names.
pub fn status(word: &str) -> Option<Status> {
    match word.trim().to_lowercase().as_str() {
        "pitch" => Some(Status::Pitch),
        "draft" => Some(Status::Draft),
        "edit" => Some(Status::Edit),
        "fact-check" => Some(Status::FactCheck),
        "legal" => Some(Status::Legal),
        "final" => Some(Status::Final),
        "published" => Some(Status::Published),
        "killed" => Some(Status::Killed),
        _ => None,
    }
}

/// `rule level; rule level; profile NAME`
fn checks(value: &str, facts: &mut Facts) {
    for part in asked(value, Span::new(0, value.len())) {
        let (name, level) = (part.name.of(value), part.level.of(value));
        if name == "profile" {
            facts.profile = Some(level.to_owned());
        } else if let Some(level) = level_named(level) {
            facts.checks.push(Check {
                name: name.to_owned(),
                level,
            });
        }
    }
}

/// What a part of `Checks:` asks for: a rule and its level.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The rule, the group of rules, or `profile`.
    pub name: Span,
    /// The word after it; empty if there is none.
    pub level: Span,
}

/// The parts of `Checks:`, which stand at `value` in a text. A comma ends one too.
pub fn asked(text: &str, value: Span) -> impl Iterator<Item = Asked> {
    let mut from = value.start();
    value.of(text).split([';', ',']).filter_map(move |part| {
        let mut words = words(text, Span::new(from, from + part.len()));
        from += part.len() + 1;
        let name = words.next()?;
        let level = words.next().unwrap_or(Span::new(name.end(), name.end()));
        Some(Asked { name, level })
    })
}

/// The words of a part; a colon or an equals sign may stand between them.
fn words(text: &str, part: Span) -> impl Iterator<Item = Span> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ':' | '=');
    let mut from = part.start();
    part.of(text).split(is_between).filter_map(move |word| {
        let span = Span::new(from, from + word.len());
        // White space may have more than one byte.
        let after = text[span.end()..].chars().next();
        from = span.end() + after.map_or(0, char::len_utf8);
        (!word.is_empty()).then_some(span)
    })
}

/// The level that a word names: `Some(None)` is off.
pub fn level_named(word: &str) -> Option<Option<Severity>> {
    match word.to_lowercase().as_str() {
        "off" => Some(None),
        "hint" => Some(Some(Severity::Hint)),
        "information" | "info" => Some(Some(Severity::Information)),
        "warning" | "warn" => Some(Some(Severity::Warning)),
        "error" => Some(Some(Severity::Error)),
        _ => None,
    }
}

/// The date with a year in some words: `2026-03-01`, `March 1, 2026`, `1 March 2026`.
pub fn date_in(words: &str) -> Option<Date> {
    let tokens: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | 'T' | '(' | ')'))
        .filter(|token| !token.is_empty())
        .collect();
    if let Some(date) = tokens
        .iter()
        .find_map(|token| token.get(..10).unwrap_or(token).parse().ok())
    {
        return Some(date);
    }
    let number = |token: &str| {
        token
            .trim_matches(|c: char| !c.is_ascii_digit())
            .parse::<i16>()
            .ok()
    };
    for (at, token) in tokens.iter().enumerate() {
        let Some(month) = month(token) else { continue };
        let near = |by: isize| {
            at.checked_add_signed(by)
                .and_then(|index| tokens.get(index))
                .and_then(|token| number(token))
        };
        let (day, year) = match (near(-1), near(1), near(2)) {
            (_, Some(day), Some(year)) if day <= 31 && year > 1900 => (day, year),
            (Some(day), Some(year), _) if day <= 31 && year > 1900 => (day, year),
            _ => continue,
        };
        return Date::new(year, month, day as i8).ok();
    }
    None
}

/// The number of a month by its name or abbreviation.
pub fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.trim_end_matches('.').to_lowercase();
    let is_month = |month: &&str| match lower.len() {
        3 => month.starts_with(&lower),
        4 if lower == "sept" => month.starts_with(&lower),
        _ => **month == lower,
    };
    let index = MONTHS.iter().position(is_month)?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_newsrooms_write_them() {
        let date = |words: &str| date_in(words).map(|date| date.to_string());
        assert_eq!(date("2026-03-01").as_deref(), Some("2026-03-01"));
        assert_eq!(
            date("2026-03-01T18:00-04:00").as_deref(),
            Some("2026-03-01")
        );
        assert_eq!(date("July 9, 2024").as_deref(), Some("2024-07-09"));
        assert_eq!(
            date("PORT HARLAN, 9 July 2024 — ").as_deref(),
            Some("2024-07-09")
        );
        assert_eq!(date("LONDON, July 3 - "), None);
        assert_eq!(date("0001 BST 11 July"), None);
    }
}
