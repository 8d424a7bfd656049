//! How a story leaves for other programs and comes in from them: one file a format.
//!
//! Every format is written from an [`article::Article`], which holds what those who may see a level may see, and
//! nothing else; no format looks at the draft.

pub mod annotated;
pub mod article;
pub mod csl;
pub mod docx;
pub mod head;
pub mod html;
pub mod import;
pub mod json_ld;
pub mod lede;
pub mod markdown;
pub mod newsml;
pub mod ninjs;
pub mod nitf;
pub mod pieces;
pub mod record;
pub mod text;
pub mod xml;

use article::Article;
use jiff::Timestamp;

/// A format that a story is written in.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub what: &'static str,
    /// How its files end.
    pub extension: &'static str,
    /// Writes a story; the moment is that of the export.
    pub write: fn(&Article, Timestamp) -> Vec<u8>,
}

/// The formats, in the order in which they are told.
pub const FORMATS: &[&Format] = &[
    &text::FORMAT,
    &html::FORMAT,
    &annotated::FORMAT,
    &markdown::FORMAT,
    &docx::FORMAT,
    &ninjs::FORMAT,
    &newsml::FORMAT,
    &csl::FORMAT,
];

/// The format of a name, without regard to capitals.
pub fn format(name: &str) -> Option<&'static Format> {
    let name = name.to_lowercase();
    let mut formats = FORMATS.iter().copied();
    formats.find(|format| format.name == name)
}
