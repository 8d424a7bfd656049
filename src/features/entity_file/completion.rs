//! What could be typed in a file of records: kinds, keys, ids, closed lists of values.

use jiff::civil::Date;

use super::place::{Place, Table, place};
use crate::entities::base::Base;
use crate::entities::import::interpret::{KEYS, Key, ROLE_KEYS};
use crate::entities::record::{Kind, Record};
use crate::features::completion::{Completion, Item, ItemKind};
use crate::features::words::joined;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// How many ids are offered at once.
const MOST: usize = 50;

/// What could be typed at a byte of the file, best first.
pub fn complete(text: &str, base: &Base, today: Date, at: usize) -> Completion {
    let Some(place) = place(text, at) else {
        return Completion::default();
    };
    let (span, offers) = match place {
        Place::Header { span } => (span, headers(text, span)),
        Place::Key { table, span, taken } => (span, keys(&table, &taken)),
        Place::Value {
            table,
            key,
            span,
            is_quoted,
        } => {
            let offers = values(base, &table, key, today).into_iter();
            let quoted = offers.map(|offer| Offer {
                new_text: match offer.is_string && !is_quoted {
                    true => crate::entities::add::quoted(&offer.label),
                    false => offer.label.clone(),
                },
                ..offer
            });
            (span, quoted.collect())
        }
    };
    fitted(text, span, at, offers)
}

struct Offer {
    label: String,
    detail: String,
    new_text: String,
    kind: ItemKind,
    /// Whether it is written between quotation marks.
    is_string: bool,
}

fn offer(label: &str, detail: &str, new_text: String, kind: ItemKind) -> Offer {
    Offer {
        label: label.to_owned(),
        detail: detail.to_owned(),
        new_text,
        kind,
        is_string: true,
    }
}

fn headers(text: &str, span: Span) -> Vec<Offer> {
    let follows = &text[span.end()..];
    // `[[per` is to become `[[person]]`; what is there already stays.
    let has = text[..span.start()]
        .chars()
        .rev()
        .take_while(|c| *c == '[')
        .count();
    let close = match follows.starts_with(']') {
        true => String::new(),
        false => "]".repeat(has.max(1)),
    };
    let open = if has == 1 { "[" } else { "" };
    let close = if has == 1 && !close.is_empty() {
        "]]".to_owned()
    } else {
        close
    };
    let all = [
        ("person", "somebody with a name"),
        ("person.role", "a role of the person above, with its dates"),
        ("org", "a company, a ministry, a newspaper"),
        ("place", "a country, a town"),
        ("office", "something that people hold"),
    ];
    all.into_iter()
        .map(|(name, what)| offer(name, what, format!("{open}{name}{close}"), ItemKind::Key))
        .collect()
}

fn keys(table: &Table, taken: &[&str]) -> Vec<Offer> {
    let all: Vec<&Key> = match table.is_role {
        true => ROLE_KEYS.iter().collect(),
        false => KEYS
            .iter()
            .filter(|key| key.kinds.contains(&table.kind) && key.name != "role")
            .collect(),
    };
    let free = all.into_iter().filter(|key| !taken.contains(&key.name));
    free.map(|key| {
        let value = match key.name {
            "variants" | "wrong" | "generic" | "demonyms" | "metonyms" => " = [\"\"]",
            "alone" | "no-title" | "outlet" => " = true",
            "names" | "ids" => " = {  }",
            "from" | "to" | "checked" | "died" | "until" => " = ",
            _ => " = \"\"",
        };
        offer(
            key.name,
            key.what,
            format!("{}{value}", key.name),
            ItemKind::Key,
        )
    })
    .collect()
}

fn values(base: &Base, table: &Table, key: &str, today: Date) -> Vec<Offer> {
    let words = |list: &[(&str, &str)]| -> Vec<Offer> {
        let list = list.iter();
        list.map(|(word, what)| offer(word, what, String::new(), ItemKind::Value))
            .collect()
    };
    let bare = |list: &[(&str, &str)]| -> Vec<Offer> {
        let list = list.iter();
        list.map(|(word, what)| Offer {
            is_string: false,
            ..offer(word, what, String::new(), ItemKind::Value)
        })
        .collect()
    };
    match key {
        "office" => ids(base, |record| record.kind == Kind::Office),
        "org" | "parent" | "government" => ids(base, |record| record.kind == Kind::Org),
        "place" => ids(base, |record| record.kind == Kind::Place),
        "order" => words(&[
            ("western", "forename first"),
            ("family-first", "the family name is the first word"),
            ("single", "one name only"),
            ("patronymic", "second reference by the forename"),
        ]),
        "holders" => words(&[("one", "at a time"), ("several", "at a time")]),
        "pronouns" => words(&[("she/her", ""), ("he/him", ""), ("they/them", "")]),
        "do-not-name" => words(&[
            ("court order", ""),
            ("juvenile", ""),
            ("victim", ""),
            ("first name only", ""),
        ]),
        "alone" | "no-title" | "outlet" => bare(&[("true", ""), ("false", "")]),
        "from" | "to" | "checked" | "died" | "until" => {
            bare(&[(today.to_string().as_str(), "today")])
        }
        "title" if table.kind == Kind::Person => titles(base),
        _ => Vec::new(),
    }
}

fn ids(base: &Base, fits: impl Fn(&Record) -> bool) -> Vec<Offer> {
    let own = base.own().map(|(_, record)| record);
    own.filter(|record| fits(record))
        .map(|record| {
            let org = record.org.as_deref().unwrap_or_default();
            let detail = joined(&[&record.name, org], ", ");
            offer(&record.id, &detail, String::new(), ItemKind::Entity)
        })
        .collect()
}

/// The titles that other people of the files have.
fn titles(base: &Base) -> Vec<Offer> {
    let mut titles: Vec<&str> = base
        .own()
        .flat_map(|(_, record)| &record.roles)
        .filter_map(|role| role.title.as_deref())
        .collect();
    titles.sort_unstable();
    titles.dedup();
    titles
        .into_iter()
        .map(|title| offer(title, "", String::new(), ItemKind::Value))
        .collect()
}

fn fitted(text: &str, span: Span, at: usize, offers: Vec<Offer>) -> Completion {
    let typed = &text[span.start()..at.max(span.start())];
    let key = crate::entities::fold::fold(typed);
    let fits = |offer: &Offer| {
        let label = crate::entities::fold::fold(&offer.label);
        let detail = crate::entities::fold::fold(&offer.detail);
        label.starts_with(&key)
            || label.split(' ').any(|word| word.starts_with(&key))
            || offer.kind == ItemKind::Entity
                && detail.split(' ').any(|word| word.starts_with(&key))
    };
    let mut fitting: Vec<Offer> = offers.into_iter().filter(fits).collect();
    order::by_key(&mut fitting, |offer| !offer.label.starts_with(typed));
    let is_incomplete = fitting.len() > MOST;
    let items = fitting.into_iter().take(MOST).enumerate();
    Completion {
        items: items
            .map(|(index, offer)| Item {
                filter_text: format!("{typed} {}", offer.label).trim().to_owned(),
                label: offer.label,
                detail: offer.detail,
                documentation: String::new(),
                about: None,
                edit: Edit::replace(span, offer.new_text),
                kind: offer.kind,
                sort_text: format!("{index:03}"),
            })
            .collect(),
        is_incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    const REST: &str = "\n[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\n[[org]]\nid = \"hw\"\nname = \"Harbor Watch\"\n";

    /// The first rows, and the line after the first was accepted.
    fn shown(marked: &str) -> String {
        testing::asked(&format!("{marked}{REST}"), |text, base, at| {
            let today = jiff::civil::date(2026, 11, 25);
            let found = complete(text, base, today, at);
            let labels: Vec<&str> = found
                .items
                .iter()
                .take(3)
                .map(|one| one.label.as_str())
                .collect();
            let Some(first) = found.items.first() else {
                return "nothing".to_owned();
            };
            let span = first.edit.span;
            let after = format!(
                "{}{}{}",
                &text[..span.start()],
                first.edit.new_text,
                &text[span.end()..]
            );
            let line = text[..span.start()].matches('\n').count();
            format!(
                "{} => {}",
                labels.join(", "),
                after.lines().nth(line).unwrap_or_default()
            )
        })
    }

    #[test]
    fn kinds_keys_ids_and_values() {
        for (marked, expected) in [
            ("[[per<|>", "person, person.role => [[person]]"),
            ("[per<|>", "person, person.role => [[person]]"),
            ("[[of<|>]]\n", "office => [[office]]"),
            ("[[person]]\npro<|>", "pronouns => pronouns = \"\""),
            (
                "[[person]]\nname = \"A\"\nna<|>",
                "names, do-not-name => names = {  }",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\nof<|>",
                "office => office = \"\"",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\noffice = \"<|>\"",
                "harbor => office = \"harbor\"",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\noffice = comm<|>",
                "harbor => office = \"harbor\"",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\norg = \"har<|>\"",
                "hw => org = \"hw\"",
            ),
            (
                "[[person]]\norder = fam<|>",
                "family-first => order = \"family-first\"",
            ),
            ("[[person]]\nalone = t<|>", "true => alone = true"),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\nchecked = <|>",
                "2026-11-25 => checked = 2026-11-25",
            ),
            ("[[person]]\nname = \"Da<|>\"", "nothing"),
        ] {
            assert_eq!(shown(marked), expected, "{marked}");
        }
    }
}
