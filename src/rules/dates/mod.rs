//! Rules on dates.

pub mod date_unanchored;
pub mod weekday_mismatch;
