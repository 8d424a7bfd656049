//! What the keys of a record mean, whichever format they come in.

use std::sync::Arc;

use super::field::{Field, Value};
use crate::entities::day::Day;
use crate::entities::fold::fold;
use crate::entities::mistake::Mistake;
use crate::entities::record::{Kind, Layer, Order, Record, Role};
use crate::text::span::Span;

/// A key of a record.
pub struct Key {
    /// Its name in files.
    pub name: &'static str,
    /// What it says, for those who write the file.
    pub what: &'static str,
    /// The kinds that have it.
    pub kinds: &'static [Kind],
}

const ALL: &[Kind] = &Kind::ALL;
const PERSON: &[Kind] = &[Kind::Person];
const ORG: &[Kind] = &[Kind::Org];
const PLACE: &[Kind] = &[Kind::Place];
const OFFICE: &[Kind] = &[Kind::Office];

/// The keys that a newsroom writes, in the order in which they are offered.
pub const KEYS: &[Key] = &[
    key(
        "name",
        "the house’s spelling, as on first reference",
        &[Kind::Person, Kind::Org, Kind::Place],
    ),
    key(
        "title",
        "the office’s title, or the one role of a person",
        &[Kind::Office, Kind::Person],
    ),
    key(
        "id",
        "stable, never reused; without it, made from the name",
        ALL,
    ),
    key(
        "surname",
        "the name on second reference; without it, the last word",
        PERSON,
    ),
    key(
        "order",
        "western, family-first, single or patronymic",
        PERSON,
    ),
    key(
        "variants",
        "other spellings: recognised, the house’s form offered",
        ALL,
    ),
    key("wrong", "misspellings seen before: reported", ALL),
    key("names", "the name in other scripts, by language", ALL),
    key(
        "alone",
        "true: the surname alone is accepted without a full name before it",
        PERSON,
    ),
    key(
        "no-title",
        "true: no title is needed at the first mention",
        PERSON,
    ),
    key("pronouns", "such as she/her", PERSON),
    key("note", "for the desk, shown on hover", ALL),
    key("acronym", "such as NATO", ORG),
    key(
        "first",
        "the house’s form on first reference, where it is not the name",
        ORG,
    ),
    key("generic", "second references such as “the alliance”", ORG),
    key("parent", "the body that this one is part of", ORG),
    key(
        "outlet",
        "true: a news outlet, whose reports are credited",
        ORG,
    ),
    key(
        "org",
        "the body, by words or by id",
        &[Kind::Office, Kind::Person],
    ),
    key(
        "place",
        "the place, by words or by id",
        &[Kind::Person, Kind::Org, Kind::Office],
    ),
    key("demonyms", "such as Chinese", PLACE),
    key("capital", "the capital", PLACE),
    key("metonyms", "names that may stand for the government", PLACE),
    key("government", "the government, by words or by id", PLACE),
    key(
        "holders",
        "one or several; with one, overlapping dates are reported",
        OFFICE,
    ),
    key(
        "from",
        "the first day of the role: 2023-08-31, 2023-08 or 2023",
        PERSON,
    ),
    key("to", "the first day no longer in the role", PERSON),
    key(
        "checked",
        "when a person last made sure of the role",
        PERSON,
    ),
    key("died", "the day of death", PERSON),
    key(
        "do-not-name",
        "court order, juvenile, victim or first name only",
        PERSON,
    ),
    key("until", "until when the name may not be printed", PERSON),
    key("ids", "identifiers by scheme, such as wikidata", ALL),
    key("role", "a role with its dates", PERSON),
];

/// The keys of a role.
pub const ROLE_KEYS: &[Key] = &[
    key("office", "the id of an office", PERSON),
    key("title", "the title, where there is no office", PERSON),
    key("org", "the body, by words or by id", PERSON),
    key("from", "the first day: 2023-08-31, 2023-08 or 2023", PERSON),
    key(
        "to",
        "the first day no longer in the role; without it, still in the role",
        PERSON,
    ),
    key("checked", "when a person last made sure", PERSON),
];

const fn key(name: &'static str, what: &'static str, kinds: &'static [Kind]) -> Key {
    Key { name, what, kinds }
}

/// The keys that other people's files use for ours.
fn canonical(key: &str) -> String {
    let lower = key.trim().to_lowercase().replace([' ', '_'], "-");
    let known = match lower.as_str() {
        "aliases" | "alias" | "other-names" | "aka" | "variant" => "variants",
        "family" | "family-name" | "last-name" | "last" => "surname",
        "affiliation" | "organisation" | "organization" | "company" | "employer" => "org",
        "role-title" | "position" | "job" | "job-title" | "occupation" => "title",
        "country" | "countries" => "place",
        "roles" => "role",
        "start" | "start-date" => "from",
        "end" | "end-date" => "to",
        "death-date" => "died",
        "src" => "source",
        "full-name" | "label" => "name",
        _ => return lower,
    };
    known.to_owned()
}

/// How unknown keys are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Reported with a suggestion: a newsroom wrote the key by hand.
    Reported,
    /// Kept and shown.
    Kept,
}

/// Reads the fields of one record. None, with a mistake, if it has no name.
pub fn record(
    kind: Kind,
    fields: &[Field],
    whole: Span,
    (file, layer): (&Arc<str>, Layer),
    unknown: Unknown,
    mistakes: &mut Vec<Mistake>,
) -> Option<Record> {
    let mut made = Record {
        kind,
        ..Record::default()
    };
    made.origin.file = file.clone();
    made.origin.layer = layer;
    made.origin.whole = whole;
    let mut one = Role::default();
    let mut title = None;
    for field in fields {
        let words = || field.value.words().map(str::to_owned);
        let list = || field.value.list().into_iter().map(str::to_owned);
        match canonical(&field.key).as_str() {
            "kind" | "type" => {}
            "name" => {
                made.name = words().unwrap_or_default();
                made.origin.name = field.span;
            }
            "title" => title = words().map(|words| (words, field.span)),
            "id" => made.id = words().unwrap_or_default(),
            "surname" => made.surname = words(),
            "order" => match words().as_deref().map(Order::named) {
                Some(Some(order)) => (made.order, made.has_order) = (order, true),
                Some(None) => mistakes.push(Mistake::left(
                    field.span,
                    "There is no such order: write western, family-first, single or patronymic.",
                )),
                None => {}
            },
            "variants" => made.variants.extend(list()),
            "wrong" => made.wrong.extend(list()),
            "names" => {
                if let Value::Table(names) = &field.value {
                    let names = names.iter();
                    made.scripts.extend(names.filter_map(|name| {
                        Some((name.key.clone(), name.value.words()?.to_owned()))
                    }));
                }
            }
            "alone" | "mononym" => made.alone = truth(field, mistakes),
            "no-title" => made.no_title = truth(field, mistakes),
            "outlet" => made.is_outlet = truth(field, mistakes),
            "pronouns" => made.pronouns = words(),
            "note" | "notes" => made.note = words(),
            "acronym" => made.acronym = words(),
            "first" => made.first = words(),
            "generic" => made.generic.extend(list()),
            "parent" => made.org = words(),
            "org" if kind == Kind::Person => one.org = words(),
            "org" => made.org = words(),
            "place" => made.place = words(),
            "demonyms" => made.demonyms.extend(list()),
            "capital" => made.capital = words(),
            "metonyms" => made.metonyms.extend(list()),
            "government" => made.government = words(),
            "holders" => match words().as_deref() {
                Some("one") => made.is_single = true,
                Some("several") | None => {}
                Some(_) => mistakes.push(Mistake::left(field.span, "Write one or several.")),
            },
            "from" => one.from = day(field, mistakes),
            "to" => one.to = day(field, mistakes),
            "checked" => one.checked = day(field, mistakes),
            "died" => made.died = day(field, mistakes),
            "do-not-name" => made.do_not_name = words(),
            "until" => made.until = day(field, mistakes),
            "ids" => ids(field, &mut made),
            "wikidata" | "bioguide" | "opensanctions" | "imdb" | "gnd" | "viaf" => {
                if let Some(value) = words() {
                    made.ids.push((field.key.clone(), value));
                }
            }
            "role" => roles(field, unknown, mistakes, &mut made.roles),
            "popularity" => made.popularity = words().and_then(number).unwrap_or_default(),
            "source" => {
                if let Some(source) = words() {
                    made.origin.file = source.into();
                }
            }
            "retrieved" => made.origin.date = day(field, mistakes),
            "given" | "given-name" | "sort-name" | "gender" | "lang" | "image" => {
                if unknown == Unknown::Kept {
                    keep(field, &mut made.extra);
                }
            }
            other => match unknown {
                Unknown::Kept => keep(field, &mut made.extra),
                Unknown::Reported => {
                    let keys = KEYS.iter().filter(|key| key.kinds.contains(&kind));
                    mistakes.push(unknown_key(field, other, keys));
                    keep(field, &mut made.extra);
                }
            },
        }
    }
    match (kind, title) {
        (Kind::Office, Some((words, span))) if made.name.is_empty() => {
            (made.name, made.origin.name) = (words, span);
        }
        (Kind::Person, Some((words, span))) => {
            one.title = Some(words);
            one.place = span;
        }
        (_, Some((words, _))) => made.extra.push(("description".to_owned(), words)),
        (_, None) => {}
    }
    let is_empty_role = one.title.is_none() && one.org.is_none();
    if made.roles.is_empty() && !is_empty_role {
        made.roles.push(one);
    } else if !is_empty_role && !made.roles.iter().any(|role| same(role, &one)) {
        // The row's own title is the one that counts now; the list is its history.
        made.roles.insert(0, one);
    }
    if fold(&made.name).is_empty() {
        mistakes.push(Mistake::left(
            whole,
            format!(
                "This {} has no name and was left out: write name = \"…\".",
                kind.name()
            ),
        ));
        return None;
    }
    made.has_id = !made.id.is_empty();
    if !made.has_id {
        made.id = slug(&made.name);
    }
    Some(made)
}

fn same(one: &Role, other: &Role) -> bool {
    one.title == other.title && one.from == other.from && one.to == other.to
}

fn number(words: String) -> Option<u32> {
    words.parse::<f64>().ok().map(|number| number as u32)
}

fn keep(field: &Field, extra: &mut Vec<(String, String)>) {
    let shown = field.value.shown();
    if !shown.is_empty() {
        extra.push((field.key.clone(), shown));
    }
}

fn unknown_key<'a>(field: &Field, written: &str, keys: impl Iterator<Item = &'a Key>) -> Mistake {
    let near = keys
        .map(|key| (strsim::damerau_levenshtein(written, key.name), key.name))
        .min()
        .filter(|(distance, name)| *distance <= 2 && *distance < name.len());
    let what = match near {
        Some((_, name)) => format!("“{}” is no key. Did you mean {name}?", field.key),
        None => format!("“{}” is no key we know; it is kept and shown.", field.key),
    };
    Mistake {
        instead: near.map(|(_, name)| name.to_owned()),
        ..Mistake::left(field.key_span, what)
    }
}

fn truth(field: &Field, mistakes: &mut Vec<Mistake>) -> bool {
    match field.value.words() {
        Some("true" | "yes" | "1") => true,
        Some("false" | "no" | "0") | None => false,
        Some(_) => {
            mistakes.push(Mistake::left(field.span, "Write true or false."));
            false
        }
    }
}

fn day(field: &Field, mistakes: &mut Vec<Mistake>) -> Option<Day> {
    let words = field.value.words()?;
    let day = Day::read(words);
    if day.is_none() {
        mistakes.push(Mistake::left(
            field.span,
            format!("“{words}” is no day: write 2023-08-31, or \"2023-08\", or \"2023\"."),
        ));
    }
    day
}

fn ids(field: &Field, made: &mut Record) {
    if let Value::Table(ids) = &field.value {
        for id in ids {
            if let Some(value) = id.value.words() {
                made.ids.push((id.key.clone(), value.to_owned()));
            }
        }
    }
}

fn roles(field: &Field, unknown: Unknown, mistakes: &mut Vec<Mistake>, made: &mut Vec<Role>) {
    let one = |value: &Value, span: Span, mistakes: &mut Vec<Mistake>| match value {
        Value::Table(fields) => role(fields, span, unknown, mistakes),
        other => Role {
            title: other.words().map(str::to_owned),
            place: span,
            ..Role::default()
        },
    };
    match &field.value {
        Value::List(list) => {
            let list = list.iter();
            made.extend(list.map(|(value, span)| one(value, *span, mistakes)));
        }
        Value::Nothing => {}
        value => made.push(one(value, field.span, mistakes)),
    }
}

fn role(fields: &[Field], span: Span, unknown: Unknown, mistakes: &mut Vec<Mistake>) -> Role {
    let mut made = Role {
        place: span,
        ..Role::default()
    };
    for field in fields {
        let words = || field.value.words().map(str::to_owned);
        match canonical(&field.key).as_str() {
            "office" => made.office = words(),
            "title" => made.title = words(),
            "org" => made.org = words(),
            "from" => made.from = day(field, mistakes),
            "to" => made.to = day(field, mistakes),
            "checked" => made.checked = day(field, mistakes),
            other => {
                if unknown == Unknown::Reported {
                    mistakes.push(unknown_key(field, other, ROLE_KEYS.iter()));
                }
            }
        }
    }
    if let (Some(from), Some(to)) = (made.from, made.to)
        && to.last() < from.first()
    {
        mistakes.push(Mistake::contradiction(
            span,
            format!("This role ends ({to}) before it begins ({from})."),
        ));
    }
    made
}

/// An id made from a name: letters, digits and hyphens; never empty.
pub fn slug(name: &str) -> String {
    let key = fold(name);
    let slug: String = key
        .chars()
        .map(|c| if c == ' ' { '-' } else { c })
        .filter(|c| c.is_alphanumeric() || *c == '-')
        .collect();
    if slug.is_empty() {
        "unnamed".to_owned()
    } else {
        slug
    }
}
