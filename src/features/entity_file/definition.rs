//! Where a reference of a file of records leads: to the record with that id.

use super::place::{Place, place};
use super::{REFERENCES, meant};
use crate::entities::base::Base;
use crate::entities::import::toml_file::tables;
use crate::features::definition::{Definition, Elsewhere};

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To a place in the same file.
    Here(Definition),
    /// To another file.
    There(Elsewhere),
}

/// Where the words at a byte of the file lead.
pub fn definition(text: &str, base: &Base, at: usize) -> Option<Leads> {
    let Place::Value { key, span, .. } = place(text, at)? else {
        return None;
    };
    if !REFERENCES.contains(&key) {
        return None;
    }
    let words = span.of(text);
    let here = tables(text).into_iter().find(|table| {
        let by_name = table.name().and_then(|field| field.value.words()) == Some(words);
        table.id().as_deref() == Some(words) || by_name
    });
    if let Some(field) = here.as_ref().and_then(|table| table.name()) {
        return Some(Leads::Here(Definition {
            origin: span,
            target: field.span,
            whole: field.key_span.cover(field.span),
        }));
    }
    let record = base.record(meant(base, words)?)?;
    (record.origin.line > 0).then(|| {
        Leads::There(Elsewhere {
            origin: span,
            path: record.origin.file.to_string(),
            line: record.origin.line,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn an_office_is_where_its_title_stands() {
        let file = "[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\noffice = \"har<|>bor\"\n";
        testing::asked(file, |text, base, at| {
            let Some(Leads::Here(found)) = definition(text, base, at) else {
                panic!("it leads somewhere in this file");
            };
            assert_eq!(found.target.of(text), "\"harbor commissioner\"");
            assert_eq!(definition(text, base, 0), None);
        });
    }
}
