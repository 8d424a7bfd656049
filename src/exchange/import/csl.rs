//! CSL-JSON: a library of Zotero or its kin becomes records that drafts can cite.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Format;
use crate::exchange::csl::{KEPT, TYPES, is_spoken, plain_field};
use crate::exchange::record::Record;
use crate::story::source::Terms;
use crate::story::source::ground_rule;

/// The format.
pub const FORMAT: Format = Format {
    name: "csl",
    what: "CSL-JSON (Zotero: Export Library, CSL JSON): a file of sources that drafts can cite",
    extensions: &["json", "csljson"],
    read: |bytes| Ok(read(&super::text(bytes)?)?.into()),
};

/// Types of CSL that records have no word for, and the kind that is nearest.
const NEAREST: &[(&str, &str)] = &[
    ("article", "paper"),
    ("article-magazine", "news"),
    ("bill", "law"),
    ("chapter", "book"),
    ("entry", "web"),
    ("entry-dictionary", "web"),
    ("entry-encyclopedia", "web"),
    ("figure", "photo"),
    ("hearing", "court"),
    ("paper-conference", "paper"),
    ("post-weblog", "social"),
    ("regulation", "law"),
    ("song", "audio"),
    ("thesis", "paper"),
    ("treaty", "law"),
];

/// Places whose names have capitals; the keys of a record have none.
const CAPITALS: &[&str] = &[
    "DOI",
    "ISBN",
    "ISSN",
    "PMCID",
    "PMID",
    "URL",
    "journalAbbreviation",
    "shortTitle",
];

/// The place in an item of a key without capitals.
pub fn place_of(key: &str) -> &str {
    let known = CAPITALS
        .iter()
        .find(|place| place.eq_ignore_ascii_case(key));
    known.copied().unwrap_or(key)
}

fn read(text: &str) -> Result<String, String> {
    let parsed: Value =
        serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let items = match parsed {
        Value::Array(items) => items,
        Value::Object(ref it) if it.contains_key("items") => match &it["items"] {
            Value::Array(items) => items.clone(),
            _ => return Err("has no list of items".to_owned()),
        },
        Value::Object(_) => vec![parsed],
        _ => return Err("is no list of items; export the library as CSL JSON".to_owned()),
    };
    let mut taken = BTreeSet::new();
    let mut out = String::from("Type: refs\n");
    for (index, item) in items.iter().enumerate() {
        let Value::Object(item) = item else {
            return Err(format!("item {} is no object", index + 1));
        };
        let record = record(item, &mut taken);
        let lines = record.lines();
        let first = lines.first().map_or("document", String::as_str);
        out.push_str(&format!("\n[^{}]: {first}\n", record.id));
        lines
            .iter()
            .skip(1)
            .for_each(|line| out.push_str(&format!("    {line}\n")));
    }
    Ok(out)
}

/// An item as a record. What has no place of its own is kept under a key of its own.
pub fn record(item: &Map<String, Value>, taken: &mut BTreeSet<String>) -> Record {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let own_id = match item.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(other) => other.to_string(),
        None => "source".to_owned(),
    };
    let mut record = Record {
        id: super::id(&own_id, taken),
        title: one_line(text("title").unwrap_or_default()),
        is_open: true,
        ..Record::default()
    };
    let keep = |record: &mut Record, key: &str, value: &Value| {
        record
            .fields
            .push((format!("{KEPT}{}", key.to_lowercase()), kept(value)));
    };
    let is_other = |id: &&Value| own_id != record.id || !id.is_string();
    if let Some(id) = item.get("id").filter(is_other) {
        keep(&mut record, "id", id);
    }
    let of_type = text("type").unwrap_or("document");
    let genre = text("genre").unwrap_or_default();
    let exact = TYPES
        .iter()
        .find(|known| known.1 == of_type && known.2 == genre);
    let by_type = TYPES.iter().find(|known| known.1 == of_type);
    let nearest = NEAREST.iter().find(|known| known.0 == of_type);
    record.kind = match (exact.or(by_type), nearest) {
        (Some(known), _) => known.0,
        (None, Some(known)) => known.1,
        (None, None) => "document",
    }
    .to_owned();
    if by_type.is_none() {
        keep(&mut record, "type", &Value::from(of_type));
    }
    if exact.is_none() && (by_type.is_some() || !genre.is_empty()) {
        keep(&mut record, "genre", &Value::from(genre));
    }
    if is_spoken(&record.kind) && !record.title.is_empty() && !item.contains_key("author") {
        keep(&mut record, "author", &Value::Array(Vec::new()));
    }
    for (key, value) in item {
        match (key.as_str(), value) {
            ("id" | "type" | "genre" | "title", _) => {}
            ("author", value) => {
                let names = names(value);
                let is_title = is_spoken(&record.kind) && names == record.title;
                if !is_title && !names.is_empty() {
                    record.fields.push(("by".to_owned(), names.clone()));
                }
                if !is_one_literal(value) || is_title && names.is_empty() {
                    keep(&mut record, "author", value);
                }
            }
            ("issued" | "accessed", value) => {
                let field = if key == "issued" { "date" } else { "accessed" };
                match day(value) {
                    Some(day) => record.fields.push((field.to_owned(), day)),
                    None => keep(&mut record, key, value),
                }
            }
            ("custom", Value::Object(custom)) => take_custom(&mut record, custom),
            (key, Value::String(words))
                if plain_field(key).is_some() && !words.trim().is_empty() =>
            {
                let field = plain_field(key).expect("it was just looked up");
                record.fields.push((field.to_owned(), one_line(words)));
            }
            (key, value) => keep(&mut record, key, value),
        }
    }
    record
}

/// What we wrote there ourselves, and what others did.
fn take_custom(record: &mut Record, custom: &Map<String, Value>) {
    let mut rest = Map::new();
    for (key, value) in custom {
        let is_key = key.starts_with(char::is_alphabetic)
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && !matches!(
                key.as_str(),
                "by" | "date" | "accessed" | "title" | "terms" | "untyped"
            )
            && plain_field_taken(key);
        match value {
            Value::Bool(true) if key == "untyped" => record.kind = String::new(),
            Value::String(terms) if key == "terms" && ground_rule(terms) != Terms::NotNoted => {
                record.terms = one_line(terms);
            }
            Value::String(words) if is_key && !words.trim().is_empty() => {
                record.fields.push((key.clone(), one_line(words)));
            }
            _ => drop(rest.insert(key.clone(), value.clone())),
        }
    }
    if !rest.is_empty() {
        record
            .fields
            .push((format!("{KEPT}custom"), kept(&Value::Object(rest))));
    }
}

/// Whether a key is none that an item has a place for.
fn plain_field_taken(key: &str) -> bool {
    !key.starts_with(KEPT)
        && !["url", "archive", "place", "org", "status", "note", "lang"].contains(&key)
}

/// A value in a line: words as they are, unless they would be read as something else.
fn kept(value: &Value) -> String {
    let json = value.to_string();
    match value {
        Value::String(words) => {
            let is_plain = one_line(words) == *words
                && !words.is_empty()
                && !words.starts_with('"')
                && !words.starts_with("//")
                && serde_json::from_str::<Value>(words).is_err();
            if is_plain { words.clone() } else { json }
        }
        _ => json,
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_one_literal(value: &Value) -> bool {
    let Some([Value::Object(name)]) = value.as_array().map(Vec::as_slice) else {
        return false;
    };
    let literal = name.get("literal").and_then(Value::as_str);
    name.len() == 1 && literal.is_some_and(|literal| one_line(literal) == literal)
}

/// Names as a byline has them.
pub fn names(value: &Value) -> String {
    let Some(names) = value.as_array() else {
        return String::new();
    };
    let one = |name: &Value| {
        let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default();
        let parts = [
            "given",
            "dropping-particle",
            "non-dropping-particle",
            "family",
            "suffix",
            "literal",
        ];
        one_line(&parts.map(part).join(" "))
    };
    let names: Vec<String> = names
        .iter()
        .map(one)
        .filter(|name| !name.is_empty())
        .collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A date in parts as a record has it: `2026-03-02`, `2026-03`, `2026`, two with `/`.
fn day(value: &Value) -> Option<String> {
    if let Some(words) = value.as_str() {
        return Some(one_line(words)).filter(|words| !words.is_empty());
    }
    let it = value.as_object().filter(|it| it.len() == 1)?;
    let part = |part: &Value| match part {
        Value::Number(number) => number.as_i64(),
        Value::String(words) => words.parse().ok(),
        _ => None,
    };
    let one = |parts: &Value| {
        let parts: Option<Vec<i64>> = parts.as_array()?.iter().map(part).collect();
        let parts = parts
            .filter(|parts| (1..=3).contains(&parts.len()) && (0..=9999).contains(&parts[0]))?;
        let rest = parts[1..].iter();
        rest.clone().all(|part| (0..=99).contains(part)).then(|| {
            let rest: String = rest.map(|part| format!("-{part:02}")).collect();
            format!("{:04}{rest}", parts[0])
        })
    };
    let both: Option<Vec<String>> = it.get("date-parts")?.as_array()?.iter().map(one).collect();
    both.filter(|both| (1..=2).contains(&both.len()))
        .map(|both| both.join("/"))
}
