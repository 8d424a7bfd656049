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

/// The body paragraph that stands right before this one, if one does.
pub fn last_body(draft: &Draft, block: usize) -> Option<usize> {
    let before = (0..block).rev();
    let mut before = before.filter(|&before| draft.story.labels[before] == Label::Body);
    before
        .next()
        .filter(|&before| next_body(draft, before) == Some(block))
}

/// For an opening mark without a close: the closing mark in the next paragraph that belongs to it, where that paragraph forgot to
/// open again; or in one of the two behind it, where those between have no marks and no speaker either.
pub fn closed_in_next(draft: &Draft, opener: Place) -> Option<Place> {
    let mut block = opener.block;
    for _ in 0..3 {
        block = next_body(draft, block)?;
        let prose = &draft.prose[block];
        let closer = prose.unbalanced.iter().find(|mark| !mark.is_opener);
        let Some(closer) = closer else {
            let is_plain = prose.quotes.is_empty()
                && prose.unbalanced.is_empty()
                && draft.story.statements_of(block).is_empty();
            if !is_plain {
                return None;
            }
            continue;
        };
        let opens_before = prose
            .quotes
            .iter()
            .any(|quote| quote.span.start() < closer.span.start());
        return (!opens_before).then_some(Place {
            block,
            span: closer.span,
        });
    }
    None
}

/// For a closing mark without an opening one: whether the paragraph before left its quotation open for it.
pub fn opened_before(draft: &Draft, closer: Place) -> bool {
    let before = std::iter::successors(last_body(draft, closer.block), |&before| {
        last_body(draft, before)
    });
    let mut nearest = before.take(3);
    nearest.any(|block| {
        let mut openers = draft.story.unclosed_in(block).iter();
        openers.any(|opener| closed_in_next(draft, *opener) == Some(closer))
    })
}
