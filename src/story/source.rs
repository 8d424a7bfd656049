//! Sources and entities defined in a draft.

use super::Place;
use super::summary::{Role, Summary};
use crate::syntax::tree::{Definition, Field, Shape, Sigil, Tree};
use crate::text::pages::Pages;

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

/// The sources and entities that a draft defines, in order; `summaries` holds one for each block.
pub fn sources(tree: &Tree, summaries: &Pages<Summary>) -> (Vec<Source>, Vec<Entity>) {
    let mut sources = Vec::new();
    let mut entities = Vec::new();
    for (block, (placed, summary)) in tree.blocks.iter().zip(summaries).enumerate() {
        if summary.role != Role::Definition {
            continue;
        }
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

/// The ground rules of a definition: its `terms:` field, a bare segment, or the end of its title. They fail closed: where
/// two are given, the stricter holds, and a `terms:` that says nothing known is not understood.
fn terms(text: &str, definition: &Definition, word: &str) -> Terms {
    let mut found: Vec<Terms> = Vec::new();
    for field in &definition.fields {
        let (key, value) = (field.key.of(text), field.value.of(text).trim());
        if key.eq_ignore_ascii_case("terms") {
            let is_open = value.is_empty() || value.to_uppercase().starts_with("TK");
            found.push(match ground_rule(value) {
                Terms::NotNoted if !is_open => Terms::NotUnderstood,
                terms => terms,
            });
        } else if let Some(terms) = known_rule(key).filter(|_| !is_no(value)) {
            found.push(terms);
        }
    }
    found.extend(
        definition
            .terms
            .iter()
            .map(|span| ground_rule(span.of(text))),
    );
    found.extend(
        definition
            .title
            .map(|title| terms_of_title(title.of(text), source_kind(word))),
    );
    if word == "anonymous" {
        found.push(Terms::Background);
    }
    found
        .into_iter()
        .max_by_key(strictness)
        .unwrap_or(Terms::NotNoted)
}

/// `Ana Roth, background`, `Ana Roth on background`, `a clerk (off the record)`: the semicolon was forgotten, the promise was
/// not.
fn terms_of_title(title: &str, kind: &str) -> Terms {
    let title = title.trim().trim_end_matches('.');
    // A document may be about what was said off the record; a call is what was said. Either may have such words for a title.
    let spoke = matches!(kind, "interview" | "message" | "tip" | "briefing" | "");
    let whole = known_rule(title).filter(|_| kind.is_empty());
    let parts = title.split([',', '(', ')']).skip(1).filter_map(known_rule);
    if let Some(terms) = whole.into_iter().chain(parts).max_by_key(strictness) {
        return terms;
    }
    let words = format!(" {} ", plain(title));
    const ENDS: &[&str] = &["on background", "on the record"];
    let is_inside = |end: &&&str| kind.is_empty() || words.trim() != **end;
    let end = ENDS
        .iter()
        .filter(is_inside)
        .find(|end| words.ends_with(&format!(" {end} ")));
    let inside = INSIDE.iter().filter(|_| spoke).filter(is_inside);
    let mut inside = inside.filter(|inside| words.contains(&format!(" {inside} ")));
    let found = inside.next().or(end);
    found
        .and_then(|words| known_rule(words))
        .unwrap_or(Terms::NotNoted)
}

/// Promises of which nothing else in a title is spoken so, the strictest first.
const INSIDE: &[&str] = &[
    "off the record",
    "off record",
    "otr",
    "chatham house",
    "deep background",
    "not for attribution",
];

fn is_no(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "no" | "false")
}

/// The stricter, the greater; what was not understood is the strictest.
fn strictness(terms: &Terms) -> u8 {
    match terms {
        Terms::NotNoted => 0,
        Terms::OnRecord => 1,
        Terms::Background => 2,
        Terms::DeepBackground => 3,
        Terms::OffRecord => 4,
        Terms::NotUnderstood => 5,
    }
}

/// What a segment says of the terms; `NotNoted` for one that is about something else.
pub fn ground_rule(segment: &str) -> Terms {
    if let Some(known) = known_rule(segment) {
        return known;
    }
    const NEAR: &[&str] = &[
        "record",
        "background",
        "attribution",
        "attributable",
        "otr",
        "nfa",
        "bg",
        "chatham",
    ];
    let words = plain(segment);
    let near = words.split(' ').any(|word| {
        NEAR.iter().any(|known| {
            word == *known || word.len() > 5 && strsim::damerau_levenshtein(word, known) <= 2
        })
    });
    if near || words.starts_with("off the rec") {
        Terms::NotUnderstood
    } else {
        Terms::NotNoted
    }
}

/// The terms that some words name, spelled as newsrooms spell them.
fn known_rule(segment: &str) -> Option<Terms> {
    let words = plain(segment);
    let bare = words.strip_prefix("strictly ").unwrap_or(&words);
    let bare = bare.strip_prefix("under ").unwrap_or(bare);
    let bare = bare.strip_suffix(" only").unwrap_or(bare);
    Some(match bare {
        "on record" | "on the record" => Terms::OnRecord,
        "background"
        | "on background"
        | "not for attribution"
        | "nfa"
        | "anonymous"
        | "on bg"
        | "bg"
        | "backgroud"
        | "on backgroud"
        | "backround"
        | "on backround" => Terms::Background,
        "deep background"
        | "on deep background"
        | "deep bg"
        | "on deep bg"
        | "chatham house"
        | "chatham house rule"
        | "chatham house rules"
        | "the chatham house rule"
        | "the chatham house rules" => Terms::DeepBackground,
        "off record" | "off the record" | "otr" | "off rec" | "off the rec" => Terms::OffRecord,
        _ => return None,
    })
}

/// Small letters, single spaces, no hyphens, no full stops and no marks of emphasis.
fn plain(segment: &str) -> String {
    let words = segment
        .to_lowercase()
        .replace(['.', '!', '?', '“', '”', '"', '*'], "")
        .replace(['-', '_', '–', '—', '(', ')', ',', ':'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The terms of the one source that a text defines.
    fn terms_of(text: &str) -> Terms {
        let tree = crate::syntax::parse(&crate::text::Text::new(text), None);
        sources(&tree, &Summary::all(&tree)).0[0].terms
    }

    #[test]
    fn the_stricter_terms_hold_and_a_forgotten_semicolon_loses_none() {
        assert_eq!(
            terms_of("[^r]: interview, Ana Roth; on record"),
            Terms::OnRecord
        );
        assert_eq!(terms_of("[^r]: interview, Ana Roth"), Terms::NotNoted);
        assert_eq!(
            terms_of("[^r]: interview, Ana Roth; terms: TK"),
            Terms::NotNoted
        );
        assert_eq!(
            terms_of("[^r]: interview, Ana Roth, background"),
            Terms::Background
        );
        assert_eq!(
            terms_of("[^r]: interview Ana Roth off the record"),
            Terms::OffRecord
        );
        assert_eq!(
            terms_of("[^r]: interview, Ana Roth; on record; deep background"),
            Terms::DeepBackground
        );
        assert_eq!(
            terms_of("[^r]: interview, Ana Roth; terms: between us"),
            Terms::NotUnderstood
        );
        assert_eq!(
            terms_of("[^r]: anonymous, a clerk; on record"),
            Terms::Background
        );
        assert_eq!(
            terms_of("[^r]: court, criminal record of the firm, 2019"),
            Terms::NotNoted
        );
    }

    #[test]
    fn terms_fail_closed() {
        assert_eq!(ground_rule("on the record"), Terms::OnRecord);
        assert_eq!(ground_rule("NFA"), Terms::Background);
        assert_eq!(ground_rule("Chatham House"), Terms::DeepBackground);
        assert_eq!(ground_rule("OTR"), Terms::OffRecord);
        assert_eq!(ground_rule("backgroud"), Terms::Background);
        assert_eq!(ground_rule("on backgruond"), Terms::NotUnderstood);
        assert_eq!(ground_rule("mostly on the record"), Terms::NotUnderstood);
        assert_eq!(ground_rule("by telephone"), Terms::NotNoted);
        for words in ["OTR!", "O.T.R.", "strictly OTR", "off the rec.", "OTR only"] {
            assert_eq!(ground_rule(words), Terms::OffRecord, "{words}");
        }
        assert_eq!(ground_rule("BG only"), Terms::Background);
        assert_eq!(ground_rule("deep bg"), Terms::DeepBackground);
        assert_eq!(
            ground_rule("under Chatham House rules"),
            Terms::DeepBackground
        );
        for words in ["OTR (confirm)", "OTR - do not use", "off the recrod"] {
            assert_eq!(ground_rule(words), Terms::NotUnderstood, "{words}");
        }
    }

    #[test]
    fn a_promise_in_the_title_holds() {
        for record in [
            "call, a clerk (off the record)",
            "off the record; call, a clerk",
            "off the record call, a clerk",
            "OTR call with a clerk",
            "call, a clerk, OTR",
        ] {
            assert_eq!(
                terms_of(&format!("[^a]: {record}")),
                Terms::OffRecord,
                "{record}"
            );
        }
        for record in [
            "document, minutes of the off-the-record dinner; on record",
            "call, a clerk (of the board); on record",
        ] {
            assert_eq!(
                terms_of(&format!("[^a]: {record}")),
                Terms::OnRecord,
                "{record}"
            );
        }
    }
}
