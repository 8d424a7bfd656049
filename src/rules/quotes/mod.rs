//! Rules on quotations and who speaks in them.

pub mod ambiguous_speaker;
pub mod attribution_late;
pub mod fragment;
mod introduced;
pub mod paragraph_continuation;
pub mod pull_quote_differs;
pub mod speakers_stacked;
mod stray;
pub mod unbalanced;
pub mod without_speaker;
