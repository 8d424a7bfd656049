//! What comes in from other programs, as drafts.

pub mod csl;
pub mod docx;
pub mod markdown;

use std::collections::BTreeSet;

/// A format that is read.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it becomes, in a line.
    pub what: &'static str,
    /// How its files end.
    pub extensions: &'static [&'static str],
    /// Reads a file; else what is wrong with it.
    pub read: fn(&[u8]) -> Result<Imported, String>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The draft, or the file of sources.
    pub draft: String,
    /// What did not come along, in words.
    pub told: Vec<String>,
}

impl From<String> for Imported {
    fn from(draft: String) -> Imported {
        let told = Vec::new();
        Imported { draft, told }
    }
}

/// The formats, in the order in which they are told.
pub const FORMATS: &[&Format] = &[&markdown::FORMAT, &docx::FORMAT, &csl::FORMAT];

/// The bytes as text: UTF-8, with a byte order mark or without.
fn text(bytes: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("is not UTF-8 (byte {})", error.valid_up_to()))?;
    Ok(text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n"))
}

/// An id as a draft may have it, unlike those that are taken.
fn id(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut id: String = wanted
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    id = id.trim_matches(['-', '_', '.']).to_owned();
    if id.is_empty() {
        id = "source".to_owned();
    }
    let mut free = id.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{id}-{number}");
        number += 1;
    }
    free
}
