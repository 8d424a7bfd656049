//! Rules on names.

mod introduced;
pub mod name_first_reference;
pub mod name_restricted;
pub mod name_spelling;
pub mod printed;
pub mod second_reference;
pub mod speaker_unknown;
mod surname;
pub mod title_conflict;
