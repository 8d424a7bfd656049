//! The word lists of `grammar/words`, ready for look-up.

/// What the lists say of a word: a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u64);
