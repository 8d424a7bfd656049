//! Lede, the markup of news drafts, as a tree-sitter language with its queries.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_lede() -> *const ();
}

/// The language.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_lede) };

/// What each node is, for colours.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
/// What folds.
pub const FOLDS_QUERY: &str = include_str!("../../queries/folds.scm");
/// Other languages inside a draft.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");
/// Ids: where they are defined and where they are named.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");
/// Quotations, attributions, paragraphs, comments as text objects.
pub const TEXTOBJECTS_QUERY: &str = include_str!("../../queries/textobjects.scm");
