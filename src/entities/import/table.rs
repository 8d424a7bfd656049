//! Tables with a header: CSV, or TSV where the header has tabs.

use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};

use super::Entries;
use super::field::{Field, Value};
use super::interpret::{Unknown, record};
use crate::entities::mistake::Mistake;
use crate::entities::record::{Kind, Layer, Record};
use crate::text::span::Span;

/// Reads the letters of a file. A row that cannot be read is told, and the others are kept.
pub fn read(text: &str, file: &Arc<str>, layer: Layer) -> Entries {
    let mut entries = Entries::default();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = text.len() - body.len();
    let first = body.lines().next().unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(first))
        .from_reader(body.as_bytes());
    let mut header = None;
    let mut row = ByteRecord::new();
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) | Err(_) => break,
        }
        let end = reader.position().byte() as usize;
        let words = body.get(start..end).unwrap_or_default();
        let whole = Span::new(start, start + words.trim_end().len()).shift(offset);
        let Some(columns) = &header else {
            match Columns::read(&row) {
                Ok(columns) => header = Some(columns),
                Err(what) => {
                    entries.mistakes.push(Mistake::left(whole, what));
                    break;
                }
            }
            continue;
        };
        match columns.record(&row, whole, file, layer) {
            Ok((record, mistakes)) => {
                entries.records.push(*record);
                entries.mistakes.extend(mistakes);
            }
            Err(what) => entries.mistakes.push(Mistake::left(whole, what)),
        }
    }
    entries
}

/// A tab, a semicolon or a comma: whichever the header has most of.
pub fn delimiter(header: &str) -> u8 {
    let count = |c: char| header.matches(c).count();
    [('\t', b'\t'), (';', b';'), (',', b',')]
        .into_iter()
        .max_by_key(|(c, _)| (count(*c), *c == ','))
        .map_or(b',', |(_, byte)| byte)
}

/// The names of a table's columns.
#[derive(Clone, Debug)]
pub struct Columns(Vec<String>);

impl Columns {
    /// The columns of a header; it must have one for the name.
    pub fn read(row: &ByteRecord) -> Result<Columns, String> {
        let names: Vec<String> = row
            .iter()
            .map(|cell| {
                String::from_utf8_lossy(cell)
                    .trim()
                    .trim_start_matches('\u{feff}')
                    .to_owned()
            })
            .collect();
        let has_name = names.iter().any(|name| {
            let lower = name.to_lowercase();
            matches!(lower.as_str(), "name" | "full name" | "full_name" | "label")
        });
        if has_name {
            Ok(Columns(names))
        } else {
            Err("No column is called “name”: the first line must name the columns.".to_owned())
        }
    }

    /// A row as a record; else says why it was left out.
    pub fn record(
        &self,
        row: &ByteRecord,
        whole: Span,
        file: &Arc<str>,
        layer: Layer,
    ) -> Result<(Box<Record>, Vec<Mistake>), String> {
        let mut kind = Kind::Person;
        let mut fields = Vec::new();
        for (name, cell) in self.0.iter().zip(row) {
            let words = std::str::from_utf8(cell).map_err(|_| {
                format!(
                    "The column “{name}” is not UTF-8 (perhaps Latin-1: “{}”); save the file as UTF-8. The row was left out.",
                    latin(cell)
                )
            })?;
            let words = words.trim();
            if words.is_empty() {
                continue;
            }
            if matches!(name.to_lowercase().as_str(), "kind" | "type") {
                kind = Kind::named(&words.to_lowercase()).ok_or_else(|| {
                    format!("“{words}” is no kind of record; the row was left out.")
                })?;
            }
            fields.push(Field {
                key: name.clone(),
                key_span: whole,
                value: cell_value(name, words, whole),
                span: whole,
            });
        }
        let mut mistakes = Vec::new();
        let made = record(
            kind,
            &fields,
            whole,
            (file, layer),
            Unknown::Kept,
            &mut mistakes,
        );
        match made {
            Some(record) => Ok((Box::new(record), mistakes)),
            None => Err("This row has no name and was left out.".to_owned()),
        }
    }
}

/// Lists in a cell are parted by `;` or `|`.
fn cell_value(column: &str, words: &str, whole: Span) -> Value {
    let lower = column.to_lowercase();
    let is_list = matches!(
        lower.as_str(),
        "variants"
            | "aliases"
            | "alias"
            | "wrong"
            | "aka"
            | "demonyms"
            | "metonyms"
            | "generic"
            | "other_names"
    );
    if !is_list {
        return Value::Words(words.to_owned());
    }
    let parts = words.split([';', '|']);
    Value::List(
        parts
            .map(|part| (Value::Words(part.trim().to_owned()), whole))
            .collect(),
    )
}

fn latin(cell: &[u8]) -> String {
    cell.iter().take(40).map(|byte| char::from(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_quoted_cells_lists_and_unknown_columns() {
        let text = "name,title,aliases,desk\n\"Ortiz, Dana\",mayor,D. Ortiz; Dana O.,city\n,,,\nPaul Venn,,,\n";
        let read = read(text, &"x.csv".into(), Layer::Newsroom);
        let [ortiz, venn] = &read.records[..] else {
            panic!("{read:?}")
        };
        assert_eq!(ortiz.name, "Ortiz, Dana");
        assert_eq!(ortiz.variants, ["D. Ortiz", "Dana O."]);
        assert_eq!(ortiz.extra, [("desk".to_owned(), "city".to_owned())]);
        assert_eq!(venn.origin.whole.of(text), "Paul Venn,,,");
        assert_eq!(read.mistakes.len(), 1);
        assert_eq!(read.mistakes[0].span.of(text), ",,,");
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        for text in [
            "name\ttitle\nDana Ortiz\tmayor\n",
            "name;title\nDana Ortiz;mayor\n",
        ] {
            let read = read(text, &"x.csv".into(), Layer::Newsroom);
            assert_eq!(
                read.records[0].roles[0].title.as_deref(),
                Some("mayor"),
                "{text}"
            );
        }
        let read = read("first,last\nDana,Ortiz\n", &"x.csv".into(), Layer::Newsroom);
        assert!(read.mistakes[0].what.contains("called “name”"));
    }
}
