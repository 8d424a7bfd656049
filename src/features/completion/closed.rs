//! Words of closed lists: header keys, statuses, kinds, fields, terms, rules.

use super::about::About;
use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::features::about_mark::key_summary;
use crate::rules::RULES;
use crate::syntax::definition::{ENTITY_KINDS, SOURCE_KINDS};
use crate::syntax::tree::{Shape, Sigil};

/// The keys of a header in the order of a desk's form.
const KEYS: &[&str] = &[
    "Slug", "Headline", "Deck", "By", "With", "Dateline", "Desk", "Status", "Date", "Embargo",
    "Updated", "Lang", "Version", "Editor", "Checker", "Rights", "Tags", "Refs", "Id", "Urgency",
    "Type", "Checks", "Hold", "Eds", "Topics", "Length",
];

const STATUSES: &[(&str, &str)] = &[
    ("draft", "being written: what is unfinished is only a hint"),
    ("edit", "with an editor"),
    ("fact-check", "with a checker: every rule at its own level"),
    ("legal", "with a lawyer"),
    ("final", "ready: what is to come is an error"),
    ("published", "out"),
    ("pitch", "an idea"),
    ("killed", "not running"),
];

const SOURCE_FIELDS: &[(&str, &str)] = &[
    ("by", "who says it: a name or @id"),
    ("date", "when they said it"),
    (
        "terms",
        "on record, background, deep background, off record",
    ),
    ("role", "what they are"),
    ("org", "whom they speak for"),
    ("file", "the recording or notes"),
    ("url", "where it stands"),
    ("archive", "a copy of it"),
    ("accessed", "when it was read there"),
    ("as", "the wording agreed with an unnamed source"),
    ("why", "why they are not named"),
    ("known-to", "the editor who knows who they are"),
    ("count", "how many people"),
    ("place", "where"),
    ("via", "interpreter, or who passed it on"),
    ("lang", "in what language"),
    ("embargo", "not before this time"),
    ("approved", "who approved it"),
    ("at", "page or time, where a mark gives none"),
    ("primary", "yes or no: did they see it themselves"),
    (
        "status",
        "unverified, partial, verified, disputed, retracted",
    ),
    ("checked", "who checked it, and when"),
    ("with", "other sources that say the same: ^id"),
    ("based-on", "what a report rests on: anonymous, documents"),
    ("note", "anything else"),
];

const ENTITY_FIELDS: &[(&str, &str)] = &[
    ("role", "what they are"),
    ("org", "where they belong"),
    ("aka", "other spellings and names"),
    ("surname", "how to write them on second reference"),
    ("order", "western, family-first, single, patronymic"),
    ("pronouns", "she/her, he/him, they/them"),
    (
        "do-not-name",
        "court order, juvenile, victim, first name only",
    ),
    ("until", "how long that holds"),
    ("note", "anything else"),
];

const TERMS: &[(&str, &str)] = &[
    ("on record", "name and words may be used"),
    ("background", "no name; the agreed wording; quotes allowed"),
    ("deep background", "no attribution, no quotes"),
    ("off record", "not to be cited"),
];

/// The values of keys of the header that have few.
const HEADER_VALUES: &[(&str, &[(&str, &str)])] = &[
    ("status", STATUSES),
    ("lang", LANGUAGES),
    (
        "urgency",
        &[("1", "at once"), ("4", "as usual"), ("8", "can wait")],
    ),
    ("type", &[("refs", "a file of sources, shared by drafts")]),
    ("date", DAY),
    ("published", DAY),
    ("updated", DAY),
];

/// The same for fields of a definition.
const FIELD_VALUES: &[(&str, &[(&str, &str)])] = &[
    ("terms", TERMS),
    ("date", DAY),
    ("accessed", DAY),
    (
        "primary",
        &[
            ("yes", "they saw it themselves"),
            ("no", "they have it from others"),
        ],
    ),
    (
        "status",
        &[
            ("unverified", "nobody else says so yet"),
            ("partial", "some of it is confirmed"),
            ("verified", "it is confirmed"),
            ("disputed", "somebody says otherwise"),
            ("retracted", "they take it back"),
        ],
    ),
    (
        "based-on",
        &[
            ("anonymous", "people whom the report does not name"),
            ("documents", "papers that it has seen"),
        ],
    ),
    ("lang", LANGUAGES),
    (
        "order",
        &[
            ("western", "the surname last"),
            ("family-first", "the surname first"),
            ("single", "one name"),
            ("patronymic", "the given name on second reference"),
        ],
    ),
    (
        "pronouns",
        &[("she/her", ""), ("he/him", ""), ("they/them", "")],
    ),
    (
        "do-not-name",
        &[
            ("court order", ""),
            ("juvenile", ""),
            ("victim", ""),
            ("first name only", ""),
        ],
    ),
];

const LANGUAGES: &[(&str, &str)] = &[("en-US", "American English"), ("en-GB", "British English")];

/// Stands for the day on which somebody writes.
const DAY: &[(&str, &str)] = &[];

const LEVELS: &[(&str, &str)] = &[
    ("off", "not asked"),
    ("hint", "taste"),
    ("information", "worth a look"),
    ("warning", "a standards editor would ask"),
    ("error", "would embarrass or harm if printed"),
];

/// What a key whose values are offered belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The header.
    Header,
    /// A definition.
    Definition,
}

/// A key of those whose values are offered, as the lists have it.
pub fn key_with_values(of: Of, typed: &str) -> Option<&'static str> {
    let typed = typed.trim().to_lowercase();
    let mut keys = lists(of).iter();
    keys.find(|(key, _)| *key == typed).map(|(key, _)| *key)
}

fn lists(of: Of) -> &'static [(&'static str, &'static [(&'static str, &'static str)])] {
    match of {
        Of::Header => HEADER_VALUES,
        Of::Definition => FIELD_VALUES,
    }
}

/// The values of such a key.
pub fn values_of(of: Of, key: &str, today: jiff::civil::Date) -> Vec<Offer> {
    let mut lists = lists(of).iter();
    match lists.find(|(known, _)| *known == key) {
        Some((_, [])) => values(&[(today.to_string().as_str(), "today")]),
        Some((_, list)) => values(list),
        None => Vec::new(),
    }
}

/// The levels of a rule, for `Checks:`.
pub fn levels() -> Vec<Offer> {
    values(LEVELS)
}

/// The keys that the header does not have yet.
pub fn header_keys(draft: &Draft) -> Vec<Offer> {
    let mut taken = Vec::new();
    for placed in &draft.tree.blocks {
        if let Shape::Header(header) = &placed.block.shape {
            let keys = header
                .fields
                .iter()
                .map(|field| field.key.of(&placed.block.text));
            taken.extend(keys.map(str::to_lowercase));
        }
    }
    let free = KEYS
        .iter()
        .filter(|key| !taken.contains(&key.to_lowercase()));
    free.map(|key| {
        let what = key_summary(&key.to_lowercase()).unwrap_or_default();
        offer(key, what, format!("{key}: "), ItemKind::Key)
    })
    .collect()
}

/// The words that open a definition.
pub fn kinds(sigil: Sigil) -> Vec<Offer> {
    let kinds = match sigil {
        Sigil::Source => SOURCE_KINDS,
        Sigil::Entity => ENTITY_KINDS,
    };
    let made = kinds.iter();
    made.map(|kind| offer(kind, "", format!("{kind}, "), ItemKind::Value))
        .collect()
}

/// The fields of a definition, and its ground rules.
pub fn fields(sigil: Sigil) -> Vec<Offer> {
    let (fields, terms) = match sigil {
        Sigil::Source => (SOURCE_FIELDS, TERMS),
        Sigil::Entity => (ENTITY_FIELDS, [].as_slice()),
    };
    let made = fields.iter();
    made.map(|(key, what)| offer(key, what, format!("{key}: "), ItemKind::Key))
        .chain(values(terms))
        .collect()
}

/// The fields of a definition with what each is for.
pub fn field_list(sigil: Sigil) -> &'static [(&'static str, &'static str)] {
    match sigil {
        Sigil::Source => SOURCE_FIELDS,
        Sigil::Entity => ENTITY_FIELDS,
    }
}

/// Rules by name, after the group words that STET takes.
pub fn rules() -> Vec<Offer> {
    let mut topics: Vec<&str> = RULES.iter().map(|rule| rule.topic).collect();
    topics.sort_unstable();
    topics.dedup();
    let rules = RULES.iter();
    rules
        .map(|rule| Offer {
            about: Some(About::Rule(rule.name)),
            ..offer(
                rule.name,
                rule.summary,
                rule.name.to_owned(),
                ItemKind::Rule,
            )
        })
        .chain(topics.into_iter().map(|topic| {
            let what = format!("every rule about {topic}");
            offer(topic, &what, topic.to_owned(), ItemKind::Rule)
        }))
        .collect()
}

fn values(list: &[(&str, &str)]) -> Vec<Offer> {
    let made = list.iter();
    made.map(|(word, what)| offer(word, what, (*word).to_owned(), ItemKind::Value))
        .collect()
}

fn offer(label: &str, detail: &str, new_text: String, kind: ItemKind) -> Offer {
    Offer {
        label: label.to_owned(),
        detail: detail.to_owned(),
        documentation: String::new(),
        new_text,
        kind,
        about: None,
    }
}
