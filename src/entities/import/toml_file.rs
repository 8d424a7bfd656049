//! A newsroom's own file: `[[person]]`, `[[org]]`, `[[place]]`, `[[office]]`, and `hide`.

use std::borrow::Cow;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Entries;
use super::field::{Field, Value};
use super::interpret::{Unknown, record, slug};
use crate::entities::mistake::Mistake;
use crate::entities::record::{Kind, Layer};
use crate::text::order;
use crate::text::span::Span;

/// Reads the letters of a file. What cannot be read is told at its place, and the rest is kept.
pub fn read(text: &str, file: &Arc<str>, layer: Layer) -> Entries {
    let mut entries = Entries::default();
    let offset = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let (body, mistakes) = readable(&text[offset..]);
    entries
        .mistakes
        .extend(mistakes.into_iter().map(|mistake| Mistake {
            span: mistake.span.shift(offset),
            ..mistake
        }));
    let (table, _) = DeTable::parse_recoverable(&body);
    for field in fields(table.get_ref(), offset) {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == field.key);
        match (kind, field.key.as_str()) {
            (Some(kind), _) => {
                let rows = match field.value {
                    Value::List(list) => list,
                    Value::Nothing => continue,
                    one => vec![(one, field.span)],
                };
                for (value, span) in rows {
                    let Value::Table(fields) = value else {
                        let what = format!("Write [[{}]] on a line of its own.", kind.name());
                        entries.mistakes.push(Mistake::left(span, what));
                        continue;
                    };
                    let whole = fields.iter().fold(span, |whole, field| {
                        whole.cover(field.key_span).cover(end_of(field))
                    });
                    let made = record(
                        kind,
                        &fields,
                        whole,
                        (file, layer),
                        Unknown::Reported,
                        &mut entries.mistakes,
                    );
                    entries.records.extend(made);
                }
            }
            (None, "hide") => {
                let hidden = field.value.list().into_iter().map(str::to_owned);
                entries.hidden.extend(hidden);
            }
            (None, other) => entries.mistakes.push(unknown(&field, other)),
        }
    }
    order::by_key(&mut entries.records, |record| record.origin.whole);
    order::by_key(&mut entries.mistakes, |mistake| mistake.span);
    entries
}

/// The letters of a file with blanks for the lines that are no TOML, so that a line costs only itself and every other
/// byte stays in its place; and what is wrong with each of those lines.
fn readable(text: &str) -> (Cow<'_, str>, Vec<Mistake>) {
    /// Lines that are given up, one after the other; a file with more of them is no TOML at all.
    const MOST: usize = 60;
    let mut body = Cow::Borrowed(text);
    let mut mistakes: Vec<Mistake> = Vec::new();
    for _ in 0..MOST {
        let (_, errors) = DeTable::parse_recoverable(&body);
        let Some(error) = errors.into_iter().next() else {
            break;
        };
        let span = error.span().unwrap_or_default();
        let at = span.start.min(body.len().saturating_sub(1));
        let line = body[..floor(&body, at)]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let end = body[line..].find('\n').map_or(body.len(), |end| line + end);
        let what = error.message().trim_end_matches('.').to_owned();
        let is_told = mistakes
            .iter()
            .any(|one| (line..=end).contains(&one.span.start()));
        if !is_told {
            let what = format!("This is not TOML: {what}.");
            mistakes.push(Mistake::left(
                Span::new(span.start, span.end.max(span.start)),
                what,
            ));
        }
        if body[line..end].trim().is_empty() {
            // The fault lies before an empty place, such as the end of the file: nothing more can be cut.
            break;
        }
        body.to_mut()
            .replace_range(line..end, &" ".repeat(end - line));
    }
    (body, mistakes)
}

/// The last letter's beginning at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// A table of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What its record is about.
    pub kind: Kind,
    /// Its keys with their values, in the order of the file.
    pub fields: Vec<Field>,
}

impl Table {
    /// The value of a key, with its place.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The id: as the file gives it, else made from the name.
    pub fn id(&self) -> Option<String> {
        let given = self.field("id").and_then(|field| field.value.words());
        let made = || Some(slug(self.name()?.value.words()?));
        given.map(str::to_owned).or_else(made)
    }

    /// The name; for an office, its title.
    pub fn name(&self) -> Option<&Field> {
        match self.kind {
            Kind::Office => self.field("title").or_else(|| self.field("name")),
            Kind::Person | Kind::Org | Kind::Place => self.field("name"),
        }
    }
}

/// The records of a file as they are written, for who changes or shows them in place.
pub fn tables(text: &str) -> Vec<Table> {
    let offset = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let (body, _) = readable(&text[offset..]);
    let (table, _) = DeTable::parse_recoverable(&body);
    let mut tables = Vec::new();
    for field in fields(table.get_ref(), offset) {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == field.key);
        let (Some(kind), Value::List(rows)) = (kind, field.value) else {
            continue;
        };
        let rows = rows.into_iter();
        tables.extend(rows.filter_map(|(row, _)| match row {
            Value::Table(fields) => Some(Table { kind, fields }),
            _ => None,
        }));
    }
    tables
}

/// The place of a field with everything below it.
fn end_of(field: &Field) -> Span {
    match &field.value {
        Value::List(list) => list.iter().fold(field.span, |whole, (value, span)| {
            let inner = match value {
                Value::Table(fields) => fields.iter().fold(*span, |w, f| w.cover(end_of(f))),
                _ => *span,
            };
            whole.cover(inner)
        }),
        Value::Table(fields) => fields
            .iter()
            .fold(field.span, |whole, field| whole.cover(end_of(field))),
        _ => field.span,
    }
}

fn unknown(field: &Field, written: &str) -> Mistake {
    let near = Kind::ALL
        .iter()
        .map(|kind| {
            (
                strsim::damerau_levenshtein(written, kind.name()),
                kind.name(),
            )
        })
        .min()
        .filter(|(distance, _)| *distance <= 2);
    let what = match near {
        Some((_, name)) => format!("“{written}” is no kind of record. Did you mean [[{name}]]?"),
        None => format!(
            "“{written}” is no kind of record: write [[person]], [[org]], [[place]] or [[office]]."
        ),
    };
    Mistake {
        instead: near.map(|(_, name)| name.to_owned()),
        ..Mistake::left(field.key_span, what)
    }
}

/// The fields of a table in the order of the file.
fn fields(table: &DeTable, offset: usize) -> Vec<Field> {
    let mut fields: Vec<Field> = table
        .iter()
        .map(|(key, value)| Field {
            key: key.get_ref().to_string(),
            key_span: span(key, offset),
            value: self::value(value.get_ref(), offset),
            span: span(value, offset),
        })
        .collect();
    order::by_key(&mut fields, |field| field.key_span);
    fields
}

fn value(value: &DeValue, offset: usize) -> Value {
    match value {
        DeValue::String(words) => Value::Words(words.to_string()),
        DeValue::Integer(number) => Value::Words(number.to_string()),
        DeValue::Float(number) => Value::Words(number.to_string()),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(date) => Value::Words(date.to_string()),
        DeValue::Array(array) => Value::List(
            array
                .iter()
                .map(|one| (self::value(one.get_ref(), offset), span(one, offset)))
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(fields(table, offset)),
    }
}

fn span<T>(spanned: &Spanned<T>, offset: usize) -> Span {
    let range = spanned.span();
    Span::new(range.start + offset, range.end + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Entries {
        read(text, &"newsroom.toml".into(), Layer::Newsroom)
    }

    /// Each mistake as the words it is about and what it says.
    fn mistakes(text: &str) -> Vec<String> {
        let read = read_text(text);
        let shown = read.mistakes.iter();
        shown
            .map(|one| format!("{:?}: {}", one.span.of(text), one.what))
            .collect()
    }

    #[test]
    fn a_file_of_every_kind() {
        let text = r#"
hide = ["Q1"]
[[office]]
id = "harbor-commissioner"
title = "harbor commissioner"
holders = "one"

[[person]]
name = "Dana Ortiz"
pronouns = "she/her"
ids = { wikidata = "Q2" }
[[person.role]]
office = "harbor-commissioner"
from = 2023-08-31
to = "2024-07"

[[org]]
name = "Harbor Watch"
generic = ["the group"]
"#;
        let read = read_text(text);
        assert_eq!(read.mistakes, []);
        assert_eq!(read.hidden, ["Q1"]);
        let [office, person, org] = &read.records[..] else {
            panic!("{:?}", read.records)
        };
        assert_eq!(
            (person.id.as_str(), person.kind),
            ("dana-ortiz", Kind::Person)
        );
        assert_eq!(person.origin.name.of(text), "\"Dana Ortiz\"");
        assert!(person.origin.whole.of(text).ends_with("to = \"2024-07\""));
        assert_eq!(person.roles[0].to.unwrap().to_string(), "2024-07");
        assert_eq!(org.generic, ["the group"]);
        assert!(office.is_single);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place_and_the_rest_is_kept() {
        assert_eq!(
            mistakes("[[person]]\nname = \"Dana Ortiz\"\npronuns = \"she\"\n"),
            ["\"pronuns\": “pronuns” is no key. Did you mean pronouns?"]
        );
        assert_eq!(
            mistakes("[[persn]]\nname = \"Dana Ortiz\"\n"),
            ["\"persn\": “persn” is no kind of record. Did you mean [[person]]?"]
        );
        assert_eq!(
            mistakes("[[person]]\nname = \"Dana Ortiz\"\nfrom = \"2023-02-31\"\n"),
            [
                "\"\\\"2023-02-31\\\"\": “2023-02-31” is no day: write 2023-08-31, or \"2023-08\", or \"2023\"."
            ]
        );
        let text = "[[person]]\nname = \"Dana Ortiz\"\n\t[[person.role]]\n\ttitle = \"mayor\ntitle = x\n\n[[person]]\nname = \"Paul Venn\"\n";
        let read = read_text(text);
        assert!(!read.mistakes.is_empty());
        let names: Vec<_> = read.records.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Dana Ortiz", "Paul Venn"]);
    }
}
