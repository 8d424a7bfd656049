//! Rules on dates.

mod casualties;
pub mod date_unanchored;
pub mod figure_mismatch;
mod headline;
pub mod range_and_unit;
pub mod weekday_mismatch;
