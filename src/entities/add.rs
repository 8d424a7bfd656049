//! A record written into a newsroom's file: at its end, so that comments and order stay as they are.

use jiff::civil::Date;

use super::import::interpret::slug;
use super::record::Kind;

/// What is to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The name; for an office, its title.
    pub name: String,
    /// The name on second reference, where it does not follow from the name.
    pub surname: Option<String>,
    /// Whether the family name comes first.
    pub is_family_first: bool,
    /// The role's title.
    pub title: Option<String>,
    /// The role's body.
    pub org: Option<String>,
    /// The day on which somebody made sure of the role.
    pub checked: Option<Date>,
}

/// The lines that are added to a file whose text is `before`; the id is one that `is_taken` denies.
pub fn lines(entry: &Entry, before: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut lines = String::new();
    if !before.is_empty() {
        lines.push_str(if before.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let mut put = |key: &str, value: &str| {
        lines.push_str(&format!("{key} = {}\n", quoted(value)));
    };
    let plain = slug(&entry.name);
    let mut ids =
        std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}-{number}")));
    let id = ids.find(|id| !is_taken(id)).expect("numbers do not end");
    let name_key = match entry.kind {
        Kind::Office => "title",
        Kind::Person | Kind::Org | Kind::Place => "name",
    };
    if id != plain || entry.kind == Kind::Office {
        put("id", &id);
    }
    put(name_key, &entry.name);
    if let Some(surname) = &entry.surname {
        put("surname", surname);
    }
    if entry.is_family_first {
        put("order", "family-first");
    }
    let head = format!("[[{}]]\n", entry.kind.name());
    let at = lines.find(|c| c != '\n').unwrap_or(lines.len());
    lines.insert_str(at, &head);
    if entry.title.is_some() || entry.org.is_some() {
        lines.push_str("[[person.role]]\n");
        for (key, value) in [("title", &entry.title), ("org", &entry.org)] {
            if let Some(value) = value {
                lines.push_str(&format!("{key} = {}\n", quoted(value)));
            }
        }
        if let Some(checked) = entry.checked {
            lines.push_str(&format!("checked = {checked}\n"));
        }
    }
    lines
}

/// Words as a TOML string.
pub fn quoted(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len() + 2);
    quoted.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::import::{Format, read};
    use crate::entities::record::Layer;

    #[test]
    fn what_is_written_is_read_again() {
        let entry = Entry {
            name: "Dana “D.” O\"Ortiz\\".to_owned(),
            title: Some("harbor commissioner".to_owned()),
            org: Some("Port Harlan".to_owned()),
            checked: Some(jiff::civil::date(2026, 11, 25)),
            ..Entry::default()
        };
        let before = "# ours\n[[person]]\nname = \"Paul Venn\" # spelt so\n";
        let text = format!("{before}{}", lines(&entry, before, |_| false));
        let read = read(Format::Toml, &text, &"x.toml".into(), Layer::Newsroom);
        assert_eq!(read.mistakes, [], "{text}");
        assert_eq!(read.records[1].name, entry.name);
        assert_eq!(read.records[1].roles[0].org, entry.org);
        assert_eq!(
            lines(
                &Entry {
                    name: "Ann Lee".to_owned(),
                    ..Entry::default()
                },
                "",
                |id| id == "ann-lee"
            ),
            "[[person]]\nid = \"ann-lee-2\"\nname = \"Ann Lee\"\n"
        );
    }
}
