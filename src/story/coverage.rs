//! What each sentence rests on.

use super::SpeakerId;

/// What a sentence rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Speakers and documents of attributions in the sentence itself, outside quotation marks.
    pub speakers: Vec<SpeakerId>,
    /// How much that is.
    pub support: Support,
}

/// How well a sentence is supported, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// By nothing.
    #[default]
    None,
    /// By a broad cue or a source somewhere in its paragraph.
    Paragraph,
    /// It carries on what the sentence before attributed ("The draft also …").
    Carried,
    /// By a broad cue in the sentence.
    Hinted,
    /// By an attribution or a mark in the sentence.
    Attributed,
}
