//! Rules on what the story states in its own voice.

pub mod figure;
