//! Rules on what the story states in its own voice.

pub mod accusation;
pub mod buried;
pub mod cause;
pub mod consensus;
pub mod display;
pub mod figure;
mod header_line;
pub mod lede;
pub mod mind_reading;
pub mod poll_method;
pub mod prediction;
pub mod study;
pub mod superlative;
pub mod weasel;
