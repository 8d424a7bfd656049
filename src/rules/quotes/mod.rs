//! Rules on quotations and who speaks in them.

pub mod ambiguous_speaker;
pub mod fragment;
pub mod paragraph_continuation;
mod stray;
pub mod unbalanced;
pub mod without_speaker;
