//! Rules on marks, the header, placeholders and what was pasted along.

pub mod copy_after_end;
pub mod header_embargo_misspelt;
pub mod header_unknown_key;
pub mod mark_malformed;
pub mod mark_unclosed;
pub mod pasted_boilerplate;
pub mod placeholder_left;
