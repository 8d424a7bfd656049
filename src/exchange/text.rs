//! The clean text, as it is filed.

use super::Format;

/// The format.
pub const FORMAT: Format = Format {
    name: "text",
    what: "the copy alone, as `onrecord file` prints it",
    extension: "txt",
    write: |article, _| article.copy.clone().into_bytes(),
};
