//! One file a feature, for the newsroom's own files: their letters in, plain data out.

pub mod completion;
pub mod definition;
pub mod hover;
mod place;
pub mod rename;

use crate::entities::base::{Base, EntityId};
use crate::entities::import::field::Field;
use crate::entities::import::toml_file::{Table, tables};
use crate::entities::record::Kind;

/// Keys whose value may be the id of another record.
const REFERENCES: &[&str] = &["office", "org", "parent", "place", "government"];

/// The own record that a reference's words mean: by id, else by name.
fn meant(base: &Base, words: &str) -> Option<EntityId> {
    let by_id = base.by_id(words).filter(|id| id.is_own());
    by_id.or_else(|| {
        let named = base.own_named(&crate::entities::fold::fold(words));
        <[EntityId; 1]>::try_from(named).ok().map(|[one]| one)
    })
}

/// The fields of a table that refer to other records, those of its roles too.
fn references(table: &Table) -> Vec<&Field> {
    let of_roles = table
        .fields
        .iter()
        .filter(|field| field.key == "role" && table.kind == Kind::Person)
        .flat_map(|field| match &field.value {
            crate::entities::import::field::Value::List(rows) => rows.as_slice(),
            _ => &[],
        })
        .filter_map(|(row, _)| match row {
            crate::entities::import::field::Value::Table(fields) => Some(fields),
            _ => None,
        })
        .flatten();
    let all = table.fields.iter().chain(of_roles);
    all.filter(|field| REFERENCES.contains(&field.key.as_str()))
        .collect()
}

/// The record of which a byte of the file is the id or the name, as the base knows it.
pub fn about(text: &str, base: &Base, at: usize) -> Option<EntityId> {
    let table = tables(text).into_iter().find(|table| {
        let id = table.field("id");
        let mut places = id.into_iter().chain(table.name());
        places.any(|field| field.span.touches(at))
    })?;
    base.by_id(&table.id()?).filter(|id| id.is_own())
}

/// Where a record stands in a file, by its name; and what else there refers to it, for references.
pub fn places(
    text: &str,
    base: &Base,
    id: EntityId,
    declaration: super::places::Declaration,
) -> Vec<crate::text::span::Span> {
    let mut found = Vec::new();
    for table in tables(text) {
        let is_it = table.id().is_some_and(|own| base.by_id(&own) == Some(id));
        if is_it && declaration == super::places::Declaration::Included {
            found.extend(table.name().map(|field| field.span));
        }
        let all = references(&table).into_iter();
        let mine = all.filter(|field| {
            let words = field.value.words();
            words.is_some_and(|words| meant(base, words) == Some(id))
        });
        found.extend(mine.map(|field| field.span));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod testing {
    use crate::entities::base::Base;

    /// A file with the cursor marked, and the base of it.
    pub fn asked<T>(marked: &str, ask: impl FnOnce(&str, &Base, usize) -> T) -> T {
        let at = marked.find("<|>").expect("a cursor is marked");
        let text = marked.replacen("<|>", "", 1);
        let files = [("entities/desk.toml", text.as_str())];
        let base = Base::of_texts(files.into_iter());
        ask(&text, &base, at)
    }
}
