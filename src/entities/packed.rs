//! A record as few bytes, for the file of a base, and back.
//!
//! A record is a list of fields: a tag, the length as a variable number, the letters. Unknown tags are passed over.

use std::sync::Arc;

use super::day::Day;
use super::record::{Kind, Layer, Order, Record, Role};

#[derive(Clone, Copy)]
#[repr(u8)]
enum Tag {
    Kind = 1,
    Id,
    Name,
    Surname,
    Order,
    Variant,
    Wrong,
    Script,
    Pronouns,
    Note,
    Acronym,
    First,
    Generic,
    Org,
    Place,
    Demonym,
    Capital,
    Metonym,
    Government,
    Died,
    Identifier,
    Role,
    Extra,
    Source,
    Date,
    Popularity,
    Flags,
}

/// Parts of one value, such as the five of a role; no letter of any text.
const PART: char = '\u{1f}';

/// Packs a record.
pub fn pack(record: &Record, out: &mut Vec<u8>) {
    out.extend([Tag::Kind as u8, 1, record.kind as u8]);
    put(out, Tag::Id, &record.id);
    put(out, Tag::Name, &record.name);
    let options = [
        (Tag::Surname, &record.surname),
        (Tag::Pronouns, &record.pronouns),
        (Tag::Note, &record.note),
        (Tag::Acronym, &record.acronym),
        (Tag::First, &record.first),
        (Tag::Org, &record.org),
        (Tag::Place, &record.place),
        (Tag::Capital, &record.capital),
        (Tag::Government, &record.government),
    ];
    for (tag, value) in options {
        if let Some(value) = value {
            put(out, tag, value);
        }
    }
    let lists = [
        (Tag::Variant, &record.variants),
        (Tag::Wrong, &record.wrong),
        (Tag::Generic, &record.generic),
        (Tag::Demonym, &record.demonyms),
        (Tag::Metonym, &record.metonyms),
    ];
    for (tag, list) in lists {
        list.iter().for_each(|value| put(out, tag, value));
    }
    let pairs = [
        (Tag::Script, &record.scripts),
        (Tag::Identifier, &record.ids),
        (Tag::Extra, &record.extra),
    ];
    for (tag, list) in pairs {
        for (key, value) in list {
            put(out, tag, &format!("{key}{PART}{value}"));
        }
    }
    if record.has_order {
        put(out, Tag::Order, record.order.name());
    }
    if let Some(died) = record.died {
        put(out, Tag::Died, &died.to_string());
    }
    for role in &record.roles {
        let day = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
        let words = |words: &Option<String>| words.clone().unwrap_or_default();
        let parts = [
            words(&role.office),
            words(&role.title),
            words(&role.org),
            day(role.from),
            day(role.to),
            day(role.checked),
        ];
        put(out, Tag::Role, &parts.join(&PART.to_string()));
    }
    put(out, Tag::Source, &record.origin.file);
    if let Some(date) = record.origin.date {
        put(out, Tag::Date, &date.to_string());
    }
    if record.popularity > 0 {
        put(out, Tag::Popularity, &record.popularity.to_string());
    }
    let flags =
        u8::from(record.is_single) | u8::from(record.alone) << 1 | u8::from(record.is_outlet) << 2;
    if flags > 0 {
        out.extend([Tag::Flags as u8, 1, flags]);
    }
}

fn put(out: &mut Vec<u8>, tag: Tag, value: &str) {
    out.push(tag as u8);
    let mut length = value.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(value.as_bytes());
}

/// Unpacks a record. Damaged bytes give what could be read before the damage; none without a name.
pub fn unpack(bytes: &[u8]) -> Option<Record> {
    let mut made = Record::default();
    made.origin.layer = Layer::Imported;
    for (tag, value) in Fields(bytes) {
        if tag == Tag::Kind as u8 {
            let kind = *value.first()?;
            made.kind = *Kind::ALL.get(usize::from(kind))?;
            continue;
        }
        if tag == Tag::Flags as u8 {
            let flags = value.first().copied().unwrap_or_default();
            made.is_single = flags & 1 > 0;
            made.alone = flags & 2 > 0;
            made.is_outlet = flags & 4 > 0;
            continue;
        }
        let Ok(words) = std::str::from_utf8(value) else {
            continue;
        };
        take(&mut made, tag, words);
    }
    let source = made.origin.file.clone();
    for role in &mut made.roles {
        role.source = Some(source.clone());
    }
    (!made.name.is_empty()).then_some(made)
}

/// The kind, the id and the name alone, which is what most questions need.
pub fn headline(bytes: &[u8]) -> Option<(Kind, &str, &str)> {
    let (mut kind, mut id) = (Kind::Person, "");
    for (tag, value) in Fields(bytes) {
        if tag == Tag::Kind as u8 {
            kind = *Kind::ALL.get(usize::from(*value.first()?))?;
        } else if tag == Tag::Id as u8 {
            id = std::str::from_utf8(value).ok()?;
        } else if tag == Tag::Name as u8 {
            return Some((kind, id, std::str::from_utf8(value).ok()?));
        }
    }
    None
}

fn take(made: &mut Record, tag: u8, words: &str) {
    let owned = || Some(words.to_owned());
    let pair = || {
        let (key, value) = words.split_once(PART)?;
        Some((key.to_owned(), value.to_owned()))
    };
    let is = |other: Tag| tag == other as u8;
    if is(Tag::Id) {
        (made.id, made.has_id) = (words.to_owned(), true);
    } else if is(Tag::Name) {
        made.name = words.to_owned();
    } else if is(Tag::Surname) {
        made.surname = owned();
    } else if is(Tag::Order) {
        made.has_order = true;
        made.order = Order::named(words).unwrap_or_default();
    } else if is(Tag::Variant) {
        made.variants.push(words.to_owned());
    } else if is(Tag::Wrong) {
        made.wrong.push(words.to_owned());
    } else if is(Tag::Script) {
        made.scripts.extend(pair());
    } else if is(Tag::Pronouns) {
        made.pronouns = owned();
    } else if is(Tag::Note) {
        made.note = owned();
    } else if is(Tag::Acronym) {
        made.acronym = owned();
    } else if is(Tag::First) {
        made.first = owned();
    } else if is(Tag::Generic) {
        made.generic.push(words.to_owned());
    } else if is(Tag::Org) {
        made.org = owned();
    } else if is(Tag::Place) {
        made.place = owned();
    } else if is(Tag::Demonym) {
        made.demonyms.push(words.to_owned());
    } else if is(Tag::Capital) {
        made.capital = owned();
    } else if is(Tag::Metonym) {
        made.metonyms.push(words.to_owned());
    } else if is(Tag::Government) {
        made.government = owned();
    } else if is(Tag::Died) {
        made.died = Day::read(words);
    } else if is(Tag::Identifier) {
        made.ids.extend(pair());
    } else if is(Tag::Role) {
        made.roles.push(role(words));
    } else if is(Tag::Extra) {
        made.extra.extend(pair());
    } else if is(Tag::Source) {
        made.origin.file = Arc::from(words);
    } else if is(Tag::Date) {
        made.origin.date = Day::read(words);
    } else if is(Tag::Popularity) {
        made.popularity = words.parse().unwrap_or_default();
    }
}

fn role(words: &str) -> Role {
    let mut parts = words.split(PART);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let owned = |part: Option<&str>| part.map(str::to_owned);
    Role {
        office: owned(next()),
        title: owned(next()),
        org: owned(next()),
        from: next().and_then(Day::read),
        to: next().and_then(Day::read),
        checked: next().and_then(Day::read),
        ..Role::default()
    }
}

/// The fields of a packed record, until the bytes end or make no sense.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, mut rest) = self.0.split_first()?;
        let mut length = 0usize;
        for shift in (0..28).step_by(7) {
            let (&byte, after) = rest.split_first()?;
            rest = after;
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        let value = rest.get(..length)?;
        self.0 = &rest[length..];
        Some((tag, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::import::json;
    use crate::text::span::Span;

    #[test]
    fn a_record_comes_back_as_it_was() {
        let long = "x".repeat(300);
        let line = format!(
            r#"{{"id": "Q2", "kind": "person", "name": "Dana Ortiz", "aliases": ["D. Ortiz"], "order": "western", "pronouns": "she/her", "note": "{long}", "ids": {{"wikidata": "Q2"}}, "desk": "city", "popularity": 7, "src": "leaders", "retrieved": "2026-08-01", "roles": [{{"title": "mayor", "org": "Port Harlan", "from": "2023-08"}}]}}"#
        );
        let (mut record, _) =
            json::line(&line, Span::at(0), &"x".into(), Layer::Imported).expect("it is a record");
        record.roles[0].source = Some("leaders".into());
        record.roles[0].place = Span::at(0);
        let mut packed = Vec::new();
        pack(&record, &mut packed);
        assert_eq!(unpack(&packed).as_ref(), Some(&*record));
        assert_eq!(headline(&packed), Some((Kind::Person, "Q2", "Dana Ortiz")));
        for end in 0..packed.len() {
            let _ = unpack(&packed[..end]);
            let mut damaged = packed.clone();
            damaged[end] = 0xff;
            let _ = unpack(&damaged);
        }
    }
}
