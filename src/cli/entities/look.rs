//! `onrecord entities find`, `show` and `who`: what is known, in words.

use jiff::civil::Date;

use super::here;
use crate::cli::{complain, print};
use crate::entities::base::{Base, EntityId};
use crate::entities::day::Standing;
use crate::entities::fold::fold;
use crate::entities::record::{Layer, Record, Role};

pub fn find(name: &str, on: Date, most: usize) -> i32 {
    let base = here().base;
    let mut found: Vec<EntityId> = base
        .search(&fold(name), most)
        .iter()
        .map(|found| found.id)
        .collect();
    for id in base.by_role(&fold(name), most) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found.truncate(most);
    let mut out = String::new();
    for id in found {
        if let Some(record) = base.record(id) {
            out.push_str(&line(&base, &record, on));
        }
    }
    if out.is_empty() {
        complain(&format!("nobody is known by “{name}”"));
        return 1;
    }
    print(&out, 0)
}

fn line(base: &Base, record: &Record, on: Date) -> String {
    let role = base.role_words(record, on).or_else(|| described(record));
    let role = role.map_or(String::new(), |role| format!(" — {role}"));
    format!("{}{role}  [{}, {}]\n", record.name, record.id, from(record))
}

fn described(record: &Record) -> Option<String> {
    let found = record.extra.iter().find(|(key, _)| key == "description");
    found.map(|(_, words)| words.clone())
}

/// Where a record comes from.
fn from(record: &Record) -> String {
    match (record.origin.layer, record.origin.date) {
        (Layer::Imported, Some(date)) => format!("{}, {date}", record.origin.file),
        (Layer::Imported, None) => record.origin.file.to_string(),
        _ => "newsroom file".to_owned(),
    }
}

pub fn show(id: &str, on: Date) -> i32 {
    let base = here().base;
    let Some(record) = base.by_id(id).and_then(|id| base.record(id)) else {
        complain(&format!(
            "nobody has the id “{id}”; onrecord entities find NAME lists ids"
        ));
        return 1;
    };
    let mut out = line(&base, &record, on);
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {key}: {value}\n"));
        }
    };
    put("kind", record.kind.name());
    put("second reference", record.short());
    put("variants", &record.variants.join(", "));
    put("seen misspelt", &record.wrong.join(", "));
    let options = [
        ("pronouns", &record.pronouns),
        ("acronym", &record.acronym),
        ("first reference", &record.first),
        ("part of", &record.org),
        ("place", &record.place),
        ("note", &record.note),
    ];
    for (key, value) in options {
        put(key, value.as_deref().unwrap_or_default());
    }
    put("in other scripts", &pairs(&record.scripts, " "));
    for role in &record.roles {
        put("role", &role_line(&base, role, on));
    }
    put(
        "died",
        &record.died.map(|day| day.to_string()).unwrap_or_default(),
    );
    put("ids", &pairs(&record.ids, ":"));
    for (key, value) in &record.extra {
        put(key, value);
    }
    put("from", &from(&record));
    for (field, source) in &record.filled {
        put(&format!("{field} from"), source);
    }
    print(&out, 0)
}

fn pairs(list: &[(String, String)], between: &str) -> String {
    let pairs = list
        .iter()
        .map(|(key, value)| format!("{key}{between}{value}"));
    pairs.collect::<Vec<_>>().join(", ")
}

fn role_line(base: &Base, role: &Role, on: Date) -> String {
    let mut line = base.words(role).unwrap_or_default();
    if let Some(from) = role.from {
        line.push_str(&format!(", from {from}"));
    }
    if let Some(to) = role.to {
        line.push_str(&format!(", to {to}"));
    }
    line.push_str(match role.standing(on) {
        Standing::Current => "",
        Standing::Unsure => " (on the day asked, unsure)",
        Standing::Incoming => " (to come)",
        Standing::Former => " (ended)",
    });
    if let Some(checked) = role.checked {
        line.push_str(&format!(", checked {checked}"));
    }
    if let Some(source) = &role.source {
        line.push_str(&format!(" [{source}]"));
    }
    line
}

pub fn who(office: &str, on: Date) -> i32 {
    let base = here().base;
    let found = base.office_titled(office).or_else(|| base.by_id(office));
    let held = found.map_or_else(Vec::new, |office| base.holders(office, on));
    let mut out = String::new();
    for (id, role, standing) in held {
        let Some(record) = base.record(id) else {
            continue;
        };
        if matches!(standing, Standing::Current | Standing::Unsure) {
            out.push_str(&format!(
                "{} — {}  [{}]\n",
                record.name,
                role_line(&base, &role, on),
                record.id
            ));
        }
    }
    if out.is_empty() {
        let what = match found {
            Some(_) => format!("nobody is known to hold “{office}” on {on}"),
            None => format!("there is no office “{office}”; write an [[office]] with this title"),
        };
        complain(&what);
        return 1;
    }
    print(&out, 0)
}
