//! What the cursor stands on: a speaker's mention, a quotation, a mark, a definition, a header key.

use crate::draft::Draft;
use crate::prose::phrase::NounPhrase;
use crate::story::outline::Label;
use crate::story::{Binding, Place, SpeakerId, Statement};
use crate::syntax::tree::{Definition, Shape};
use crate::text::span::Span;

/// What the cursor stands on. Numbers are indices into the lists of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A source or speaker cited by a mark.
    Citation(usize),
    /// CQ, STET, TK or a note.
    Mark(usize),
    /// The definition of a source.
    Source(usize),
    /// The definition of an entity.
    Entity(usize),
    /// A key or value of the header: index into the header's fields.
    Header(usize),
    /// The words that name a speaker, or the cue that goes with them.
    Mention(SpeakerId),
    /// A quotation.
    Quote(usize),
}

/// What stands at a byte of the file, with the span of it.
pub fn subject(draft: &Draft, at: usize) -> Option<(Subject, Span)> {
    let (block, inside) = draft.block_at(at)?;
    let story = &draft.story;
    let touches = |place: Place| place.block == block && place.span.touches(inside);
    if let Some(found) = defined(draft, block, inside) {
        return Some(found);
    }
    let cited = |place: Place| place.block == block && place.span.touches(inside);
    let citations = story.citations.iter().enumerate();
    // Of several ids in one mark the one under the cursor, else the first of the mark.
    let found = citations
        .clone()
        .find(|(_, citation)| cited(citation.id))
        .or_else(|| {
            citations
                .clone()
                .find(|(_, one)| holds(one.mark, block, inside))
        });
    if let Some((index, citation)) = found {
        return Some((Subject::Citation(index), draft.span(citation.mark)));
    }
    for (index, mark) in story.marks.iter().enumerate() {
        let inline = (mark.block == block)
            .then(|| draft.tree.blocks[block].block.inlines.get(mark.inline))
            .flatten();
        if let Some(inline) = inline.filter(|inline| inline.span.contains(inside)) {
            let place = Place {
                block,
                span: inline.span,
            };
            return Some((Subject::Mark(index), draft.span(place)));
        }
    }
    if let Some((speaker, place)) = mention(draft, block, touches) {
        return Some((Subject::Mention(speaker), draft.span(place)));
    }
    let quotes = story.quotes.iter().enumerate();
    quotes
        .filter(|(_, quote)| holds(quote.place, block, inside))
        .min_by_key(|(_, quote)| quote.place.span.len())
        .map(|(index, quote)| (Subject::Quote(index), draft.span(quote.place)))
}

fn holds(place: Place, block: usize, inside: usize) -> bool {
    place.block == block && place.span.contains(inside)
}

/// A header's field or a definition.
fn defined(draft: &Draft, block: usize, inside: usize) -> Option<(Subject, Span)> {
    let placed = draft.tree.blocks.get(block)?;
    let story = &draft.story;
    match &placed.block.shape {
        Shape::Header(header) => {
            let index = header
                .fields
                .iter()
                .position(|field| field.key.cover(field.value).touches(inside))?;
            Some((
                Subject::Header(index),
                placed.place(header.fields[index].key),
            ))
        }
        Shape::Definition(Definition { id, .. }) if placed.block.content.touches(inside) => {
            let span = placed.place(*id);
            let source = story
                .sources
                .iter()
                .position(|one| one.place.block == block);
            let entity = || {
                story
                    .entities
                    .iter()
                    .position(|one| one.place.block == block)
            };
            source
                .map(Subject::Source)
                .or_else(|| entity().map(Subject::Entity))
                .map(|subject| (subject, span))
        }
        _ => None,
    }
}

/// The mention of a speaker: a source of an attribution or its cue, or a name.
fn mention(
    draft: &Draft,
    block: usize,
    touches: impl Fn(Place) -> bool,
) -> Option<(SpeakerId, Place)> {
    let story = &draft.story;
    let named = story
        .speakers
        .iter()
        .enumerate()
        .flat_map(|(index, speaker)| {
            let mentions = speaker.mentions.iter();
            mentions.map(move |place| (SpeakerId(index), *place))
        });
    let stated = story.statements_of(block).iter().filter_map(|statement| {
        let speaker = statement.speaker?;
        let phrase = source(draft, statement)?;
        let span = phrase.span;
        Some((speaker, Place { block, span }))
    });
    let found = stated
        .chain(named)
        .filter(|(_, place)| touches(*place))
        .min_by_key(|(_, place)| place.span.len());
    let cued = || {
        story.statements_of(block).iter().find_map(|statement| {
            let attribution = draft.prose[block].attributions.get(statement.index)?;
            let span = attribution.cue;
            let place = Place { block, span };
            touches(place).then_some((statement.speaker?, place))
        })
    };
    found.or_else(cued)
}

/// The words that name the source of a statement, if it has any.
pub fn source<'a>(draft: &'a Draft, statement: &Statement) -> Option<&'a NounPhrase> {
    let attributions = &draft.prose.get(statement.block)?.attributions;
    attributions.get(statement.index)?.source.as_ref()
}

/// The speaker that a subject leads to, if it leads to one.
pub fn speaker(draft: &Draft, subject: Subject) -> Option<SpeakerId> {
    let story = &draft.story;
    let of = |holds: &dyn Fn(&crate::story::Speaker) -> bool| {
        story.speakers.iter().position(holds).map(SpeakerId)
    };
    match subject {
        Subject::Mention(speaker) => Some(speaker),
        Subject::Quote(index) => bound(draft, index).map(|binding| binding.speaker),
        Subject::Entity(index) => of(&|one| one.entity == Some(index)),
        Subject::Source(index) => of(&|one| one.sources.contains(&index)),
        Subject::Citation(_) | Subject::Mark(_) | Subject::Header(_) => None,
    }
}

/// How a quotation is bound; one that goes on from an earlier paragraph is bound as that one is.
pub fn bound(draft: &Draft, quote: usize) -> Option<&Binding> {
    let quote = draft.story.quotes.get(quote)?;
    quote.binding.as_ref().or_else(|| {
        let before = draft.story.quotes.get(quote.continues?)?;
        before.binding.as_ref()
    })
}

/// The number that a desk would give a block's paragraph, counted from 1; none for what is not body.
pub fn paragraph(draft: &Draft, block: usize) -> Option<usize> {
    let labels = &draft.story.labels;
    (labels.get(block) == Some(&Label::Body)).then(|| {
        labels[..=block]
            .iter()
            .filter(|label| **label == Label::Body)
            .count()
    })
}

/// The sentence that holds a place, as a span of the file; the block's content where there is none.
pub fn sentence(draft: &Draft, place: Place) -> Span {
    let placed = &draft.tree.blocks[place.block];
    let sentences = &draft.prose[place.block].sentences;
    let found = sentences
        .iter()
        .find(|sentence| sentence.span.touches(place.span.start()));
    placed.place(found.map_or(placed.block.content, |sentence| sentence.span))
}
