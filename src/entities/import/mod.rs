//! Files of many formats, read as records.

pub mod field;
pub mod foreign;
pub mod interpret;
pub mod json;
pub mod stream;
pub mod table;
pub mod toml_file;
pub mod yaml;

use std::io;
use std::sync::Arc;

use super::mistake::Mistake;
use super::record::{Layer, Record};

/// The records of a file, and what is wrong in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    /// In the order of the file.
    pub records: Vec<Record>,
    /// Identifiers of imported records that the newsroom does not want to see.
    pub hidden: Vec<String>,
    /// In the order of the file.
    pub mistakes: Vec<Mistake>,
}

/// The formats of a folder `entities/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `.toml`
    Toml,
    /// `.jsonl`
    Lines,
    /// `.csv`, `.tsv`
    Table,
}

impl Format {
    /// The format of a file of this name.
    pub fn of(name: &str) -> Option<Format> {
        let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match end.as_str() {
            "toml" => Some(Format::Toml),
            "jsonl" | "ndjson" => Some(Format::Lines),
            "csv" | "tsv" => Some(Format::Table),
            _ => None,
        }
    }
}

/// Whether a file of this name is private: `names.private.toml`.
pub fn is_private(name: &str) -> bool {
    name.contains(".private.")
}

/// Reads the letters of a file in a folder `entities/`.
pub fn read(format: Format, text: &str, file: &Arc<str>, layer: Layer) -> Entries {
    let mut entries = match format {
        Format::Toml => toml_file::read(text, file, layer),
        Format::Lines => json::read(text, file, layer),
        Format::Table => table::read(text, file, layer),
    };
    // The records stand in the order of the file.
    let (mut at, mut line) = (0, 1);
    for record in &mut entries.records {
        let start = record.origin.name.start().clamp(at, text.len());
        let between = &text.as_bytes()[at..start];
        line += between.iter().filter(|byte| **byte == b'\n').count() as u32;
        (at, record.origin.line) = (start, line);
    }
    entries
}

/// Why a file could not be read, and what to do; to stand behind its name.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there; look at the spelling of its path".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read; ask for the right to read it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}
