//! The JSON Schema of `onrecord.toml`, for editors that complete and check TOML with one.

use serde_json::{Map, Value, json};

use crate::config::Profile;
use crate::config::keys::{GENERAL, Kind, LEVELS};
use crate::features::inlay;
use crate::rules::RULES;
use crate::rules::keys::KEYS;

/// The schema.
pub fn schema() -> Value {
    let mut section = general();
    section.insert("severity".to_owned(), severity());
    section.insert("rules".to_owned(), rules());
    section.insert("words".to_owned(), words());
    let mut file = section.clone();
    section.insert(
        "match".to_owned(),
        json!({
            "description": "For which files the section counts: globs from this file’s folder.",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        }),
    );
    file.insert(
        "files".to_owned(),
        json!({
            "description": "Sections that count only for files that match.",
            "type": "array",
            "items": {
                "type": "object",
                "properties": section,
                "required": ["match"],
                "additionalProperties": false,
            },
        }),
    );
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "onrecord.toml",
        "description": "The configuration of Onrecord for the drafts in and below its folder.",
        "type": "object",
        "properties": file,
        "additionalProperties": false,
    })
}

/// What a setting of the editor may say of each rule: a level, or its options.
pub fn editor_rules() -> Value {
    let mut properties = Map::new();
    for rule in RULES {
        let options: Map<String, Value> = options_of(rule.name).collect();
        let level = json!({"type": "string", "enum": LEVELS});
        let kinds = match options.is_empty() {
            true => level,
            false => json!({"anyOf": [
                level,
                {"type": "object", "properties": options, "additionalProperties": false},
            ]}),
        };
        let mut property = json!({"description": rule.summary});
        for (key, value) in kinds.as_object().into_iter().flatten() {
            property[key] = value.clone();
        }
        properties.insert(rule.name.to_owned(), property);
    }
    for group in KEYS.groups() {
        properties.insert(
            group.to_owned(),
            json!({
                "description": format!("Every rule of the group “{group}”."),
                "type": "string",
                "enum": LEVELS,
            }),
        );
    }
    Value::Object(properties)
}

/// The small signs in the text, each with whether it is shown where nobody set it.
pub fn editor_hints() -> Value {
    let properties = inlay::KINDS.iter().map(|kind| {
        let property = json!({
            "type": "boolean",
            "default": kind.is_on,
            "description": kind.summary,
        });
        (kind.name.to_owned(), property)
    });
    Value::Object(properties.collect())
}

fn general() -> Map<String, Value> {
    GENERAL
        .iter()
        .map(|(name, kind, default, summary)| {
            ((*name).to_owned(), of_kind(*kind, summary, default))
        })
        .collect()
}

fn severity() -> Value {
    let mut properties = Map::new();
    for rule in RULES {
        let level = json!({"description": rule.summary, "enum": LEVELS});
        properties.insert(rule.name.to_owned(), level);
    }
    for group in KEYS.groups() {
        for name in [group.to_owned(), format!("{group}s")] {
            let level = json!({
                "description": format!("Every rule of the group “{group}”."),
                "enum": LEVELS,
            });
            properties.insert(name, level);
        }
    }
    json!({
        "description": "Levels by rule or group.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn rules() -> Value {
    let mut properties = Map::new();
    let mut names: Vec<&str> = Vec::new();
    for option in &KEYS.options {
        let (rule, _) = option.name.split_once('.').unwrap_or((&option.name, ""));
        if !names.contains(&rule) {
            names.push(rule);
        }
    }
    for rule in names {
        let options: Map<String, Value> = options_of(rule).collect();
        properties.insert(
            rule.to_owned(),
            json!({"type": "object", "properties": options, "additionalProperties": false}),
        );
    }
    json!({
        "description": "Options by rule.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn options_of(rule: &str) -> impl Iterator<Item = (String, Value)> {
    KEYS.options.iter().filter_map(move |option| {
        let name = option.name.strip_prefix(rule)?.strip_prefix('.')?;
        let value = of_kind(option.kind, option.summary, option.default);
        Some((name.to_owned(), value))
    })
}

fn words() -> Value {
    let words = json!({"type": "array", "items": {"type": "string"}});
    let list = json!({
        "type": "object",
        "properties": {"add": words, "take": words},
        "additionalProperties": false,
    });
    let lists = KEYS
        .lists
        .iter()
        .map(|name| ((*name).to_owned(), list.clone()));
    json!({
        "description": "Words added to the lists of the house, and taken from them.",
        "type": "object",
        "properties": lists.collect::<Map<_, _>>(),
        "additionalProperties": false,
    })
}

fn of_kind(kind: Kind, summary: &str, default: &str) -> Value {
    let mut value = match kind {
        Kind::Switch => json!({"type": "boolean"}),
        Kind::Number => json!({"type": "integer", "minimum": 0}),
        Kind::Text => json!({"type": "string"}),
        Kind::List => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Choice(words) => json!({"enum": words}),
        Kind::Profile => json!({"anyOf": [
            {"enum": Profile::ALL.map(Profile::name)},
            {"type": "string", "pattern": "\\.toml$"},
        ]}),
    };
    value["description"] = summary.into();
    let given: Option<toml::Table> = toml::from_str(&format!("it = {default}")).ok();
    if let Some(given) = given.and_then(|table| serde_json::to_value(&table["it"]).ok()) {
        value["default"] = given;
    }
    value
}
