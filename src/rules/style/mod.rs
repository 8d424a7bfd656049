//! Rules on how it is said.

pub mod loaded_verb;
pub mod tense_mix;
