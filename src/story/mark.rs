//! Marks, with what each covers.

use super::Place;

/// A source cited, or a speaker named, by a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The id alone.
    pub id: Place,
    /// The id's text.
    pub name: String,
    /// `^` source or `@` entity.
    pub sigil: crate::syntax::tree::Sigil,
    /// The locator.
    pub locator: Option<Place>,
    /// The whole mark.
    pub mark: Place,
    /// The words it covers.
    pub covers: Place,
}

/// A mark that is no citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Index of the block.
    pub block: usize,
    /// Index into the block's `inlines`.
    pub inline: usize,
    /// The words it covers.
    pub covers: Place,
}
/// Interim, until the outline proper replaces it.
pub fn marks(
    _t: &crate::syntax::tree::Tree,
    _p: &[std::sync::Arc<crate::prose::Prose>],
    _l: &[super::outline::Label],
) -> (Vec<Citation>, Vec<Mark>) {
    (Vec::new(), Vec::new())
}
