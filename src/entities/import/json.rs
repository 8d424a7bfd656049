//! One record a line, as JSON.

use std::sync::Arc;

use serde_json::Value as Json;

use super::Entries;
use super::field::{Field, Value};
use super::interpret::{Unknown, record};
use crate::entities::mistake::Mistake;
use crate::entities::record::{Kind, Layer, Record};
use crate::text::span::Span;

/// Reads the letters of a file. A line that cannot be read is told, and the others are kept.
pub fn read(text: &str, file: &Arc<str>, layer: Layer) -> Entries {
    let mut entries = Entries::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}').trim();
        let start = at + line.find(words).unwrap_or(0);
        at += line.len();
        if words.is_empty() {
            continue;
        }
        let whole = Span::new(start, start + words.len());
        match self::line(words, whole, file, layer) {
            Ok((record, mistakes)) => {
                entries.records.push(*record);
                entries.mistakes.extend(mistakes);
            }
            Err(what) => entries.mistakes.push(Mistake::left(whole, what)),
        }
    }
    entries
}

/// Reads one line; else says why it was left out.
pub fn line(
    words: &str,
    whole: Span,
    file: &Arc<str>,
    layer: Layer,
) -> Result<(Box<Record>, Vec<Mistake>), String> {
    let json: Json = serde_json::from_str(words)
        .map_err(|error| format!("This line is not JSON ({error}) and was left out."))?;
    object(&json, whole, file, layer)
}

/// Reads an object as a record; else says why it was left out.
pub fn object(
    json: &Json,
    whole: Span,
    file: &Arc<str>,
    layer: Layer,
) -> Result<(Box<Record>, Vec<Mistake>), String> {
    let Json::Object(object) = json else {
        return Err("This line is no JSON object and was left out.".to_owned());
    };
    let word = |key| object.get(key).and_then(Json::as_str);
    let kind = match word("kind").or_else(|| word("type")) {
        None => Kind::Person,
        Some(word) => Kind::named(&word.to_lowercase())
            .ok_or_else(|| format!("“{word}” is no kind of record; the line was left out."))?,
    };
    let fields = fields(object, whole);
    let mut mistakes = Vec::new();
    let made = record(
        kind,
        &fields,
        whole,
        (file, layer),
        Unknown::Kept,
        &mut mistakes,
    );
    match made {
        Some(record) => Ok((Box::new(record), mistakes)),
        None => Err(format!(
            "This {} has no name and was left out.",
            kind.name()
        )),
    }
}

/// The fields of an object. JSON gives no places: all of them are the line's.
pub fn fields(object: &serde_json::Map<String, Json>, whole: Span) -> Vec<Field> {
    let fields = object.iter();
    fields
        .map(|(key, json)| Field {
            key: key.clone(),
            key_span: whole,
            value: value(json, whole),
            span: whole,
        })
        .collect()
}

fn value(json: &Json, whole: Span) -> Value {
    match json {
        Json::Null => Value::Nothing,
        Json::Bool(truth) => Value::Truth(*truth),
        Json::Number(number) => Value::Words(number.to_string()),
        Json::String(words) => Value::Words(words.clone()),
        Json::Array(list) => {
            Value::List(list.iter().map(|one| (value(one, whole), whole)).collect())
        }
        Json::Object(object) => Value::Table(fields(object, whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_costs_only_itself() {
        let text = "{\"name\": \"Dana Ortiz\", \"title\": \"mayor\", \"from\": \"2024\"}\n{\"name\": \n{\"kind\": \"org\", \"name\": \"Harbor Watch\", \"aliases\": [\"HW\"], \"floor\": 3}\n{\"kind\": \"ship\", \"name\": \"x\"}\n";
        let read = read(text, &"x.jsonl".into(), Layer::Newsroom);
        let names: Vec<_> = read.records.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Dana Ortiz", "Harbor Watch"]);
        assert_eq!(read.records[0].roles[0].title.as_deref(), Some("mayor"));
        assert_eq!(
            read.records[1].extra,
            [("floor".to_owned(), "3".to_owned())]
        );
        let told: Vec<_> = read.mistakes.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(
            told,
            ["{\"name\":", "{\"kind\": \"ship\", \"name\": \"x\"}"]
        );
    }
}
