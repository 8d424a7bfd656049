//! Rules on dates.

pub mod date_unanchored;
