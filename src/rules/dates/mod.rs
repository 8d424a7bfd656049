//! Rules on dates.

mod casualties;
pub mod date_unanchored;
pub mod figure_mismatch;
pub mod range_and_unit;
pub mod weekday_mismatch;
