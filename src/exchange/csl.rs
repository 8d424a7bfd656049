//! The records of a story as CSL-JSON, which Zotero and every citation program read.

use serde_json::{Map, Value, json};

use super::Format;
use super::article::Article;
use super::record::Record;
use crate::story::facts::date_in;

/// The format.
pub const FORMAT: Format = Format {
    name: "csl",
    what: "the records of sources as CSL-JSON, for Zotero and its kin",
    extension: "json",
    write: |article, _| format!("{:#}\n", items(article)).into_bytes(),
};

/// Kinds of records, with the types of CSL and the genre that tells those apart which share one; the first of a type
/// is what the type means when it comes in.
pub const TYPES: &[(&str, &str, &str)] = &[
    ("interview", "interview", ""),
    ("email", "personal_communication", "email"),
    ("message", "personal_communication", "message"),
    ("speech", "speech", ""),
    ("briefing", "speech", "briefing"),
    ("document", "document", ""),
    ("statement", "document", "statement"),
    ("audio", "document", "audio"),
    ("observation", "document", "observation"),
    ("calculation", "document", "calculation"),
    ("tip", "document", "tip"),
    ("no-reply", "document", "no-reply"),
    ("court", "legal_case", ""),
    ("law", "legislation", ""),
    ("data", "dataset", ""),
    ("report", "report", ""),
    ("paper", "article-journal", ""),
    ("book", "book", ""),
    ("web", "webpage", ""),
    ("social", "post", ""),
    ("news", "article-newspaper", ""),
    ("broadcast", "broadcast", ""),
    ("photo", "graphic", ""),
    ("video", "motion_picture", ""),
];

/// What a record keeps of an item that has no place of its own: `x-csl-volume: 12`.
pub const KEPT: &str = "x-csl-";

fn items(article: &Article) -> Value {
    article.records.iter().map(item).collect()
}

/// A record as an item.
pub fn item(record: &Record) -> Value {
    let mut it = Map::new();
    let mut custom = Map::new();
    let kind = TYPES.iter().find(|known| known.0 == record.kind);
    let (of_type, genre) = kind.map_or(("document", ""), |known| (known.1, known.2));
    it.insert("id".to_owned(), json!(record.id));
    it.insert("type".to_owned(), json!(of_type));
    // A type that was kept as it came has the genre that it came with, or none.
    if !genre.is_empty() && record.field("x-csl-type").is_none() {
        it.insert("genre".to_owned(), json!(genre));
    }
    if record.kind.is_empty() {
        custom.insert("untyped".to_owned(), json!(true));
    }
    if !record.title.is_empty() {
        it.insert("title".to_owned(), json!(record.title));
    }
    if !record.terms.is_empty() {
        custom.insert("terms".to_owned(), json!(record.terms));
    }
    for (key, value) in &record.fields {
        match key.as_str() {
            "by" => drop(it.insert("author".to_owned(), json!([{ "literal": value }]))),
            "date" => drop(it.insert("issued".to_owned(), date(value))),
            "accessed" => drop(it.insert("accessed".to_owned(), date(value))),
            _ => match plain_key(key) {
                Some(place) => drop(it.insert(place.to_owned(), json!(value))),
                None if key.starts_with(KEPT) => {}
                None => drop(custom.insert(key.clone(), json!(value))),
            },
        }
    }
    for (key, value) in &record.fields {
        let Some(place) = key.strip_prefix(KEPT) else {
            continue;
        };
        let parsed = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
        let place = super::import::csl::place_of(place);
        // Names are kept as they came, unless somebody has changed them since.
        let is_stale = place == "author"
            && record
                .field("by")
                .is_some_and(|by| by != super::import::csl::names(&parsed));
        match (place, parsed) {
            ("custom", Value::Object(rest)) => custom.extend(rest),
            ("", _) => {}
            ("genre", Value::String(none)) if none.is_empty() => drop(it.remove("genre")),
            (place, parsed) if !is_stale => drop(it.insert(place.to_owned(), parsed)),
            _ => {}
        }
    }
    // An item without an author stays one.
    let has_none = it
        .get("author")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty);
    if has_none {
        it.remove("author");
    } else if is_spoken(&record.kind) && !it.contains_key("author") && !record.title.is_empty() {
        it.insert("author".to_owned(), json!([{ "literal": record.title }]));
    }
    if !custom.is_empty() {
        it.insert("custom".to_owned(), Value::Object(custom));
    }
    Value::Object(it)
}

/// Kinds whose title is who spoke.
pub fn is_spoken(kind: &str) -> bool {
    matches!(
        kind,
        "interview" | "email" | "message" | "speech" | "briefing"
    )
}

/// Fields that are words there and here.
const PLAIN: &[(&str, &str)] = &[
    ("url", "URL"),
    ("archive", "archive"),
    ("place", "event-place"),
    ("org", "publisher"),
    ("status", "status"),
    ("note", "note"),
    ("lang", "language"),
];

/// The place of a field.
fn plain_key(key: &str) -> Option<&'static str> {
    PLAIN.iter().find(|pair| pair.0 == key).map(|pair| pair.1)
}

/// The field of a place.
pub fn plain_field(place: &str) -> Option<&'static str> {
    PLAIN.iter().find(|pair| pair.1 == place).map(|pair| pair.0)
}

/// A date in parts: `2026-03-02`, `2026-03`, `2026`, a span of two with `/`; as words where it is none.
fn date(words: &str) -> Value {
    let parts = |words: &str| -> Option<Vec<i16>> {
        let parts: Vec<&str> = words.trim().split('-').collect();
        let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let numbers: Option<Vec<i16>> = parts.iter().map(|part| part.parse().ok()).collect();
        matches!(widths.as_slice(), [4] | [4, 2] | [4, 2, 2])
            .then_some(numbers)
            .flatten()
    };
    let both: Option<Vec<Vec<i16>>> = words.split('/').map(parts).collect();
    if let Some(both) = both.filter(|both| both.len() <= 2) {
        return json!({ "date-parts": both });
    }
    match date_in(words) {
        Some(day) => json!({ "date-parts": [[day.year(), day.month(), day.day()]] }),
        None => json!({ "literal": words }),
    }
}
