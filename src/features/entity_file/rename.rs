//! Another id or another name, in the files of records. Everything around the changed words stays: comments, order.

use super::place::{Place, place};
use super::{REFERENCES, meant, references};
use crate::entities::add::quoted;
use crate::entities::base::Base;
use crate::entities::import::interpret::slug;
use crate::entities::import::toml_file::tables;
use crate::features::people::Who;
use crate::features::rename::{Name, Prepared, Target, renamed, repeats_surname};
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// What can be renamed at a byte of the file: an id, where it is given or referred to; a name; an office's title.
pub fn prepare(text: &str, base: &Base, at: usize) -> Option<Prepared> {
    let Place::Value { key, span, .. } = place(text, at)? else {
        return None;
    };
    let words = span.of(text);
    let of_id = |id: &str| Prepared {
        span,
        target: Target::Id(id.to_owned()),
        now: id.to_owned(),
    };
    if REFERENCES.contains(&key) {
        let id = meant(base, words)?;
        let record = base.record(id)?;
        // Words that are the name and not the id: the name is renamed.
        return match record.id == words {
            true => Some(of_id(words)),
            false => Some(Prepared {
                span,
                now: record.name.clone(),
                target: Target::of_record(Who::Known(id), (*record).clone()),
            }),
        };
    }
    let id = super::about(text, base, at)?;
    let record = base.record(id)?;
    match key {
        "id" => Some(of_id(&record.id)),
        "name" | "title" => Some(Prepared {
            span,
            now: record.name.clone(),
            target: Target::of_record(Who::Known(id), (*record).clone()),
        }),
        _ => None,
    }
}

/// The edits that a file needs, in order.
pub fn in_file(text: &str, target: &Target, new: &str) -> Vec<Edit> {
    let mut edits = match target {
        Target::Source(_) => Vec::new(),
        Target::Id(id) => ids(text, id, new),
        Target::Name(name) => names(text, name, new.trim()),
    };
    order::by_key(&mut edits, |edit| edit.span);
    edits
}

fn ids(text: &str, id: &str, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for table in tables(text) {
        match table.field("id") {
            Some(field) if field.value.words() == Some(id) => {
                edits.push(Edit::replace(field.span, quoted(new)));
            }
            Some(_) => {}
            // The id came from the name: now it is given.
            None if table.id().as_deref() == Some(id) => {
                let at = table.fields.first().map(|field| field.key_span.start());
                edits.extend(at.map(|at| Edit::insert(at, format!("id = {}\n", quoted(new)))));
            }
            None => {}
        }
        for field in references(&table) {
            if field.value.words() == Some(id) {
                edits.push(Edit::replace(field.span, quoted(new)));
            }
        }
    }
    edits
}

fn names(text: &str, name: &Name, new: &str) -> Vec<Edit> {
    let Some(record) = &name.record else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    for table in tables(text) {
        let is_it = table.kind == record.kind && table.id().as_deref() == Some(&record.id);
        if let (true, Some(field)) = (is_it, table.name()) {
            edits.push(Edit::replace(field.span, quoted(new)));
            // Ids are stable: one that came from the old name is written down.
            if table.field("id").is_none() && slug(new) != record.id {
                let at = field.key_span.start();
                edits.push(Edit::insert(at, format!("id = {}\n", quoted(&record.id))));
            }
            let surname = table.field("surname").filter(|_| repeats_surname(record));
            if let Some(field) = surname {
                let short = renamed(record, new);
                edits.push(Edit::replace(field.span, quoted(short.short())));
            }
        }
        for field in references(&table) {
            if field.value.words() == Some(&name.full) {
                edits.push(Edit::replace(field.span, quoted(new)));
            }
        }
    }
    edits
}

/// Whether a file has the record of a target, so that an edit of it can be written there.
pub fn holds(text: &str, target: &Target) -> bool {
    let id = match target {
        Target::Source(_) => None,
        Target::Id(id) => Some(id),
        Target::Name(name) => name.record.as_ref().map(|record| &record.id),
    };
    let Some(id) = id else {
        return false;
    };
    tables(text)
        .iter()
        .any(|table| table.id().as_ref() == Some(id))
}

/// The place of a name in a file, for who goes there.
pub fn name_in(text: &str, id: &str) -> Option<Span> {
    let table = tables(text)
        .into_iter()
        .find(|table| table.id().as_deref() == Some(id))?;
    Some(table.name()?.span)
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn after(marked: &str, new: &str) -> String {
        testing::asked(marked, |text, base, at| {
            let Some(found) = prepare(text, base, at) else {
                return "nothing".to_owned();
            };
            let mut after = text.to_owned();
            for edit in in_file(text, &found.target, new).iter().rev() {
                after.replace_range(edit.span.range(), &edit.new_text);
            }
            assert!(holds(text, &found.target));
            after
        })
    }

    #[test]
    fn an_id_and_what_refers_to_it_with_comments_as_they_are() {
        let file = "# ours\n[[office]]\nid = \"har<|>bor\" # stable\ntitle = \"harbor commissioner\"\n\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\noffice = \"harbor\" # since May\n";
        let expected = "# ours\n[[office]]\nid = \"port\" # stable\ntitle = \"harbor commissioner\"\n\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\noffice = \"port\" # since May\n";
        assert_eq!(after(file, "port"), expected);
        let at_the_reference = file
            .replace("<|>", "")
            .replace("office = \"harbor\"", "office = \"harb<|>or\"");
        assert_eq!(after(&at_the_reference, "port"), expected);
    }

    #[test]
    fn a_name_keeps_its_id_and_takes_its_surname_along() {
        assert_eq!(
            after(
                "[[person]] # one\nname = \"Dana Or<|>tiz\"\nsurname = \"Ortiz\"\n",
                "Dana Hill"
            ),
            "[[person]] # one\nid = \"dana-ortiz\"\nname = \"Dana Hill\"\nsurname = \"Hill\"\n"
        );
        assert_eq!(
            after(
                "[[org]]\nid = \"hw\"\nname = \"Harbor Wat<|>ch\"\n[[person]]\nname = \"Dana Ortiz\"\norg = \"Harbor Watch\"\n",
                "Harbor Guard"
            ),
            "[[org]]\nid = \"hw\"\nname = \"Harbor Guard\"\n[[person]]\nname = \"Dana Ortiz\"\norg = \"Harbor Guard\"\n"
        );
    }
}
