//! The ledger as data: rows with the columns' names, the records they rest on, who is named, and everybody who speaks.

use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

use super::Entry;
use crate::ledger::table::{COLUMNS, SPEAKER_ID, terms};
use crate::ledger::tally::{Tally, Voice};
use crate::ledger::{Level, may_show};
use crate::story::{SpeakerId, SpeakerKind};

/// The name of this form.
const SCHEMA: &str = "onrecord-ledger/1";

/// One draft.
pub fn one(entry: &Entry) -> Value {
    json!({
        "schema": SCHEMA,
        "id": entry.name,
        "rows": rows(entry),
        "sources": sources(entry),
        "entities": entities(entry),
    })
}

/// The object of all drafts up to its first story.
pub const HEAD: &str = "{\n  \"schema\": \"onrecord-ledger/1\",\n  \"stories\": [";

/// A story in that object.
pub fn story(entry: &Entry) -> String {
    let story = format!("{:#}", one(entry));
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
        let ends = [span.start(), span.end()];
        let units = ends.map(|at| entry.draft.text.utf16(at));
        object.insert("bytes".to_owned(), json!(ends));
        object.insert("utf16".to_owned(), json!(units));
        Value::Object(object)
    })
    .collect()
}

/// The records that this level may see, by id.
fn sources(entry: &Entry) -> Map<String, Value> {
    let discretion = &entry.discretion;
    let level = discretion.level();
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

/// Who speaks in the rows, and whom the draft defines and its copy names, by id; nobody whose name may not be printed.
fn entities(entry: &Entry) -> Map<String, Value> {
    let (story, discretion) = (&entry.draft.story, &entry.discretion);
    let level = discretion.level();
    let speak = entry.cells.iter().map(|row| row[SPEAKER_ID].as_str());
    let speak: FxHashSet<&str> = speak.collect();
    let mut told = Map::new();
    for (index, speaker) in story.speakers.iter().enumerate() {
        let defined = speaker.entity.map(|at| &story.entities[at]);
        let is_restricted = defined.is_some_and(|entity| entity.field("do-not-name").is_some());
        let speaks = speak.contains(speaker.id.as_str());
        let is_open = discretion.name(SpeakerId(index), None).as_ref() == Some(&speaker.name);
        let is_told = speaks || defined.is_some() && is_open;
        if !is_told || is_restricted && level < Level::Full {
            continue;
        }
        // What the definition says of somebody who is also the source who is not named stays with it; so may a role.
        let is_shown = is_open && level > Level::Public;
        let role = speaker.role.as_deref();
        let role = role.filter(|role| is_shown || discretion.is_printed(role));
        let fields = defined.filter(|_| is_shown);
        let fields = fields.into_iter().flat_map(|entity| &entity.fields);
        let fields: Map<String, Value> = fields
            .map(|(key, value, _)| (key.clone(), json!(discretion.told(value))))
            .collect();
        let value = json!({
            "name": speaker.name, "kind": kind(speaker.kind), "role": role.map(|role| discretion.told(role)),
            "defined": defined.is_some(), "fields": fields,
        });
        told.insert(speaker.id.clone(), value);
    }
    told
}

/// What a speaker is, in the ledger's word.
fn kind(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::Person => "person",
        SpeakerKind::Body => "body",
        SpeakerKind::Outlet => "outlet",
        SpeakerKind::Document => "document",
        SpeakerKind::Institution => "institution",
        SpeakerKind::Anonymous => "unnamed",
        SpeakerKind::Collective => "group",
    }
}

fn voice(voice: &Voice) -> Value {
    let date = |date: jiff::civil::Date| date.to_string();
    json!({
        "name": voice.name, "kind": kind(voice.kind), "stories": voice.stories, "quotes": voice.quotes,
        "paraphrases": voice.paraphrases, "words": voice.words, "terms": voice.terms, "noReply": voice.no_reply,
        "first": voice.dates.map(|dates| date(dates.0)), "last": voice.dates.map(|dates| date(dates.1)),
    })
}
