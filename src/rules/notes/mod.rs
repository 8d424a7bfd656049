//! Rules that hold quotations against what is on file.

pub mod changed_in_edit;
pub mod differs_from_notes;
pub mod not_in_notes;
mod said;
