//! Rules on what the story states in its own voice.

pub mod accusation;
pub mod consensus;
pub mod figure;
pub mod superlative;
pub mod weasel;
