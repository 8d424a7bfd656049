//! Sources and entities defined in a draft.

use super::Place;
use crate::syntax::tree::{Definition, Field, Shape, Sigil, Tree};
use crate::text::span::Span;

/// On what terms a source spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Terms {
    /// Nobody noted any: never assumed to be on the record.
    NotNoted,
    /// Name and words may be used.
    OnRecord,
    /// No name; the agreed wording; quotations allowed.
    Background,
    /// No attribution and no quotations.
    DeepBackground,
    /// Not to be cited.
    OffRecord,
    /// Something that looks like terms and was not understood: treated as off the record.
    NotUnderstood,
}

/// A source defined in the draft: `[^id]: …`
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The id in the definition.
    pub place: Place,
    /// `interview`, `email`, `document`, …; the canonical word, or empty.
    pub kind: &'static str,
    /// The rest of the first segment.
    pub title: String,
    /// Terms.
    pub terms: Terms,
    /// Fields as typed: key in lower case, value, place of the value.
    pub fields: Vec<(String, String, Place)>,
}

impl Source {
    /// The value of a field, by its key in lower case.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.0 == key)
            .map(|field| field.1.as_str())
    }
}

/// An entity defined in the draft: `[@id]: …`
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// The id in the definition.
    pub place: Place,
    /// `person`, `org`, `place`, `office`, or empty.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// Fields as typed: key in lower case, value, place of the value.
    pub fields: Vec<(String, String, Place)>,
}

impl Entity {
    /// The value of a field, by its key in lower case.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.0 == key)
            .map(|field| field.1.as_str())
    }
}

/// The sources and entities that a draft defines, in order.
pub fn sources(tree: &Tree) -> (Vec<Source>, Vec<Entity>) {
    let mut sources = Vec::new();
    let mut entities = Vec::new();
    for (block, placed) in tree.blocks.iter().enumerate() {
        let Shape::Definition(definition) = &placed.block.shape else {
            continue;
        };
        let text: &str = &placed.block.text;
        let id = definition.id.of(text).to_owned();
        let place = Place {
            block,
            span: definition.id,
        };
        let title = definition
            .title
            .map_or(String::new(), |title| title.of(text).to_owned());
        let word = definition
            .kind
            .map_or(String::new(), |kind| kind.of(text).to_lowercase());
        let fields = fields(block, text, &definition.fields);
        match definition.sigil {
            Sigil::Source => sources.push(Source {
                id,
                place,
                kind: source_kind(&word),
                title,
                terms: terms(text, definition, &word),
                fields,
            }),
            Sigil::Entity => entities.push(Entity {
                id,
                place,
                kind: entity_kind(&word),
                name: title,
                fields,
            }),
        }
    }
    (sources, entities)
}

fn fields(block: usize, text: &str, fields: &[Field]) -> Vec<(String, String, Place)> {
    fields
        .iter()
        .map(|field| {
            (
                field.key.of(text).to_lowercase(),
                field.value.of(text).to_owned(),
                Place {
                    block,
                    span: field.value,
                },
            )
        })
        .collect()
}

/// The kind that a word or one of its aliases names.
fn source_kind(word: &str) -> &'static str {
    match word {
        "interview" | "call" | "zoom" => "interview",
        "briefing" | "press-conference" | "presser" => "briefing",
        "speech" => "speech",
        "statement" | "press-release" => "statement",
        "email" => "email",
        "message" | "text" | "signal" => "message",
        "document" => "document",
        "court" => "court",
        "law" => "law",
        "data" => "data",
        "report" => "report",
        "paper" => "paper",
        "book" => "book",
        "web" => "web",
        "social" | "post" | "tweet" => "social",
        "news" | "wire" | "agency" | "media" => "news",
        "broadcast" => "broadcast",
        "photo" => "photo",
        "video" => "video",
        "audio" => "audio",
        "observation" => "observation",
        "calculation" => "calculation",
        "tip" => "tip",
        "no-reply" => "no-reply",
        "anonymous" => "interview",
        _ => "",
    }
}

fn entity_kind(word: &str) -> &'static str {
    match word {
        "person" => "person",
        "org" | "body" | "outlet" => "org",
        "place" => "place",
        "office" => "office",
        _ => "",
    }
}

/// The ground rules of a definition: its `terms:` field or a bare segment; they fail closed.
fn terms(text: &str, definition: &Definition, word: &str) -> Terms {
    let field = definition
        .fields
        .iter()
        .find(|field| field.key.of(text).eq_ignore_ascii_case("terms"))
        .map(|field| field.value);
    let spans: Vec<Span> = field
        .into_iter()
        .chain(definition.terms.iter().copied())
        .collect();
    let found = spans
        .iter()
        .map(|span| ground_rule(span.of(text)))
        .find(|terms| *terms != Terms::NotNoted);
    match found {
        Some(found) => found,
        None if word == "anonymous" => Terms::Background,
        None => Terms::NotNoted,
    }
}

/// What a segment says of the terms; `NotNoted` for one that is about something else.
pub fn ground_rule(segment: &str) -> Terms {
    let words = segment
        .trim()
        .trim_end_matches('.')
        .to_lowercase()
        .replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.as_str() {
        "on record" | "on the record" | "otr ok" => return Terms::OnRecord,
        "background"
        | "on background"
        | "not for attribution"
        | "nfa"
        | "anonymous"
        | "on bg"
        | "bg" => return Terms::Background,
        "deep background"
        | "on deep background"
        | "chatham house"
        | "chatham house rule"
        | "chatham house rules" => return Terms::DeepBackground,
        "off record" | "off the record" | "otr" | "off rec" => return Terms::OffRecord,
        _ => {}
    }
    const NEAR: &[&str] = &["record", "background", "attribution", "attributable"];
    let near = words.split(' ').any(|word| {
        NEAR.iter().any(|known| {
            word == *known || word.len() > 5 && strsim::damerau_levenshtein(word, known) <= 2
        })
    });
    if near {
        Terms::NotUnderstood
    } else {
        Terms::NotNoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_fail_closed() {
        assert_eq!(ground_rule("on the record"), Terms::OnRecord);
        assert_eq!(ground_rule("NFA"), Terms::Background);
        assert_eq!(ground_rule("Chatham House"), Terms::DeepBackground);
        assert_eq!(ground_rule("OTR"), Terms::OffRecord);
        assert_eq!(ground_rule("on backgruond"), Terms::NotUnderstood);
        assert_eq!(ground_rule("mostly on the record"), Terms::NotUnderstood);
        assert_eq!(ground_rule("by telephone"), Terms::NotNoted);
    }
}
