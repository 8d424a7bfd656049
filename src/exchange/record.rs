//! The records of a draft as a level may see them.

use crate::draft::Draft;
use crate::ledger::discretion::Discretion;
use crate::ledger::{Level, may_show, table};
use crate::story::source::Source;
use crate::syntax::definition::SOURCE_KINDS;

/// A record of a source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its id, or a number where the id may not be told.
    pub id: String,
    /// `interview`, `document`, …; may be empty.
    pub kind: String,
    /// Name or title; the agreed wording where that is all that may be told.
    pub title: String,
    /// The ground rules, in a word; empty where none were noted.
    pub terms: String,
    /// Further fields in order: key in small letters, value.
    pub fields: Vec<(String, String)>,
    /// Whether everything of it is shown.
    pub is_open: bool,
}

impl Record {
    /// The value of a field.
    pub fn field(&self, key: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.0 == key)?;
        Some(field.1.as_str()).filter(|value| !value.is_empty())
    }

    /// The record as a draft has it: kind, title and terms in the first line, then a field each.
    pub fn lines(&self) -> Vec<String> {
        let first = self
            .title
            .split([',', ' '])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let is_quoted = self.title.starts_with('"') && self.title.ends_with('"');
        let is_plain = !self.title.contains([';', ':'])
            && !is_quoted
            && (!self.kind.is_empty() || !SOURCE_KINDS.contains(&first.as_str()));
        let title = if is_plain { self.title.as_str() } else { "" };
        let mut head: Vec<String> = match (self.kind.as_str(), title) {
            ("", "") => Vec::new(),
            ("", title) => vec![title.to_owned()],
            (kind, "") => vec![kind.to_owned()],
            (kind, title) => vec![format!("{kind}, {title}")],
        };
        head.extend((!self.terms.is_empty()).then(|| self.terms.clone()));
        let mut lines = vec![head.join("; ")];
        if !is_plain {
            lines.push(format!("title: {}", one_line(&self.title)));
        }
        let fields = self
            .fields
            .iter()
            .filter(|field| field.0 != "title" || is_plain);
        lines.extend(fields.map(|(key, value)| format!("{key}: {}", one_line(value))));
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// The record in one line, for a list of sources.
    pub fn line(&self, locator: Option<&str>) -> String {
        let mut parts = vec![self.title.clone()];
        parts.extend((!self.kind.is_empty()).then(|| self.kind.clone()));
        for key in ["by", "org", "publisher", "date", "place"] {
            let value = self.field(key).map(|value| value.trim_start_matches('@'));
            parts.extend(
                value
                    .filter(|value| *value != self.title)
                    .map(str::to_owned),
            );
        }
        parts.extend(locator.map(str::to_owned));
        parts.extend((!self.is_open).then(|| self.terms.clone()));
        parts.extend(self.field("url").map(str::to_owned));
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a record says to anybody, if it is shown to anybody.
const PUBLIC: &[&str] = &[
    "by",
    "date",
    "place",
    "url",
    "archive",
    "accessed",
    "org",
    "publisher",
    "genre",
    "number",
];

/// The records that may be shown, and for each source of the draft its place among them.
pub fn records(draft: &Draft, discretion: &Discretion) -> (Vec<Record>, Vec<Option<usize>>) {
    let mut shown = Vec::new();
    let mut places = Vec::new();
    for (index, source) in draft.story.sources.iter().enumerate() {
        let record = match (may_show(source, discretion.level()), discretion.level()) {
            (true, _) => open(draft, source, discretion),
            (false, Level::Desk) => closed(index, source),
            (false, _) => {
                places.push(None);
                continue;
            }
        };
        places.push(Some(shown.len()));
        shown.push(record);
    }
    (shown, places)
}

fn open(draft: &Draft, source: &Source, discretion: &Discretion) -> Record {
    let level = discretion.level();
    let is_told = |key: &str| match level {
        Level::Public => PUBLIC.contains(&key),
        Level::Desk => !matches!(key, "identity" | "contact" | "terms"),
        Level::Full => key != "terms",
    };
    let fields = source.fields.iter().filter(|field| is_told(&field.0));
    let fields = fields.map(|(key, value, _)| {
        let value = match value.strip_prefix('@') {
            Some(id) => {
                let mut entities = draft.story.entities.iter();
                let entity = entities.find(|entity| entity.id == id);
                let unknown = if level == Level::Full {
                    value.as_str()
                } else {
                    ""
                };
                entity.map_or(unknown, |entity| entity.name.as_str())
            }
            None => value,
        };
        (key.clone(), discretion.told(value).to_owned())
    });
    Record {
        id: source.id.clone(),
        kind: source.kind.to_owned(),
        title: match source.title.is_empty() {
            true => source.field("title").unwrap_or_default().to_owned(),
            false => source.title.clone(),
        },
        terms: match table::terms(source) {
            "not noted" => String::new(),
            terms => terms.to_owned(),
        },
        fields: fields
            .filter(|field| !field.1.is_empty() && (field.0 != "title" || !source.title.is_empty()))
            .collect(),
        is_open: true,
    }
}

/// A record of somebody who is not on the record: neither id nor file nor title, each may hold the name.
fn closed(index: usize, source: &Source) -> Record {
    let date = source.field("date").unwrap_or_default();
    Record {
        id: format!("source-{}", index + 1),
        kind: source.kind.to_owned(),
        title: source.field("as").unwrap_or("not named").to_owned(),
        terms: table::terms(source).to_owned(),
        fields: match date.is_empty() {
            true => Vec::new(),
            false => vec![("date".to_owned(), date.to_owned())],
        },
        is_open: false,
    }
}
