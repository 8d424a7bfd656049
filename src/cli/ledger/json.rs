//! The ledger as data: rows with the columns' names, the records they rest on, and everybody who speaks.

use serde_json::{Map, Value, json};

use super::Entry;
use crate::ledger::discretion::Discretion;
use crate::ledger::table::{COLUMNS, terms};
use crate::ledger::tally::{Tally, Voice};
use crate::ledger::{Level, may_show};
use crate::story::SpeakerKind;

/// The name of this form.
const SCHEMA: &str = "onrecord-ledger/1";

/// One draft.
pub fn one(entry: &Entry, level: Level) -> Value {
    json!({
        "schema": SCHEMA,
        "id": entry.name,
        "rows": rows(entry),
        "sources": sources(entry, level),
    })
}

/// The object of all drafts up to its first story.
pub const HEAD: &str = "{\n  \"schema\": \"onrecord-ledger/1\",\n  \"stories\": [";

/// A story in that object.
pub fn story(entry: &Entry, level: Level) -> String {
    let story = format!("{:#}", one(entry, level));
    format!("\n    {}", story.replace('\n', "\n    "))
}

/// What is said of all drafts together, and the end of the object.
pub fn end(tally: &Tally) -> String {
    let (unnamed, share) = tally.unnamed();
    let rest = json!({
        "voices": tally.voices().into_iter().map(voice).collect::<Vec<_>>(),
        "words": tally.words,
        "unnamed": {"voices": unnamed, "percentOfWords": (share * 10.0).round() / 10.0},
        "quotationsWithoutSpeaker": tally.without_speaker,
        "figuresWithoutSource": tally.bare_figures,
    });
    let rest = format!("{rest:#}\n");
    format!("\n  ],\n{}", rest.trim_start_matches("{\n"))
}

fn rows(entry: &Entry) -> Vec<Value> {
    let rows = entry.rows.iter().zip(&entry.cells);
    rows.map(|(row, cells)| {
        let mut object = Map::new();
        for (column, cell) in COLUMNS.iter().zip(cells) {
            if !cell.is_empty() {
                object.insert((*column).to_owned(), json!(cell));
            }
        }
        let span = entry.draft.span(row.place);
        object.insert("bytes".to_owned(), json!([span.start(), span.end()]));
        Value::Object(object)
    })
    .collect()
}

/// The records that this level may see, by id.
fn sources(entry: &Entry, level: Level) -> Map<String, Value> {
    let discretion = Discretion::new(&entry.draft, level);
    let sources = entry.draft.story.sources.iter();
    let shown = sources.filter(|source| may_show(source, level));
    shown
        .map(|source| {
            let private = |key: &str| matches!(key, "identity" | "contact");
            let fields = source.fields.iter();
            let fields = fields.filter(|(key, _, _)| level == Level::Full || !private(key));
            let fields: Map<String, Value> = fields
                .map(|(key, value, _)| (key.clone(), json!(discretion.told(value))))
                .collect();
            let value = json!({
                "kind": source.kind, "title": source.title, "terms": terms(source), "fields": fields,
            });
            (source.id.clone(), value)
        })
        .collect()
}

fn voice(voice: &Voice) -> Value {
    let kind = match voice.kind {
        SpeakerKind::Person => "person",
        SpeakerKind::Body => "body",
        SpeakerKind::Outlet => "outlet",
        SpeakerKind::Document => "document",
        SpeakerKind::Institution => "institution",
        SpeakerKind::Anonymous => "unnamed",
        SpeakerKind::Collective => "group",
    };
    let date = |date: jiff::civil::Date| date.to_string();
    json!({
        "name": voice.name, "kind": kind, "stories": voice.stories, "quotes": voice.quotes,
        "paraphrases": voice.paraphrases, "words": voice.words, "terms": voice.terms, "noReply": voice.no_reply,
        "first": voice.dates.map(|dates| date(dates.0)), "last": voice.dates.map(|dates| date(dates.1)),
    })
}
