//! Quotation marks without a partner, and whether the next paragraph has the partner.

use crate::draft::Draft;
use crate::story::outline::Label;
use crate::story::{Place, Story};

/// Whether a paragraph has a mark without a partner; then no other rule on quotations speaks in it.
pub fn has_stray(story: &Story, prose: &crate::prose::Prose, block: usize) -> bool {
    !story.unclosed_in(block).is_empty() || prose.unbalanced.iter().any(|mark| !mark.is_opener)
}

/// The next body paragraph, if it stands right after this one.
pub fn next_body(draft: &Draft, block: usize) -> Option<usize> {
    let labels = &draft.story.labels;
    (block + 1..labels.len())
        .find(|&next| labels[next] != Label::NotCopy || !draft.prose[next].words.is_empty())
        .filter(|&next| labels[next] == Label::Body)
}

/// For an opening mark without a close: the closing mark in the next paragraph that belongs to it, where that paragraph forgot to open again.
pub fn closed_in_next(draft: &Draft, opener: Place) -> Option<Place> {
    let block = next_body(draft, opener.block)?;
    let prose = &draft.prose[block];
    let closer = prose.unbalanced.iter().find(|mark| !mark.is_opener)?;
    let opens_before = prose
        .quotes
        .iter()
        .any(|quote| quote.span.start() < closer.span.start());
    (!opens_before).then_some(Place {
        block,
        span: closer.span,
    })
}

/// For a closing mark without an opening one: whether the paragraph before left its quotation open for it.
pub fn opened_before(draft: &Draft, closer: Place) -> bool {
    let takes_up = |block: &usize| next_body(draft, *block) == Some(closer.block);
    let mut before = (0..closer.block).rev().take_while(takes_up);
    before.any(|block| {
        let mut openers = draft.story.unclosed_in(block).iter();
        openers.any(|opener| closed_in_next(draft, *opener) == Some(closer))
    })
}
