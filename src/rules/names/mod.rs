//! Rules on names.

pub mod name_first_reference;
