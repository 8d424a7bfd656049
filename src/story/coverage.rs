//! What each sentence rests on.

use std::sync::Arc;

use super::mark::Citation;
use super::{Speaker, SpeakerId, SpeakerKind, SpokenQuote, Statement, Story};
use crate::prose::{Prose, Strength};
use crate::syntax::tree::Tree;
use crate::words::Classes;

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
    /// By a source somewhere else in its paragraph.
    Paragraph,
    /// It carries on what the sentence before attributed ("The draft also …").
    Carried,
    /// By a broad cue in the sentence.
    Hinted,
    /// By an attribution, a bound quotation or a mark in the sentence.
    Attributed,
}

/// The coverage of every block's sentences.
pub fn coverage(story: &Story, tree: &Tree, prose: &[Arc<Prose>]) -> Vec<Vec<Coverage>> {
    let blocks = tree.blocks.iter().zip(prose).enumerate();
    blocks
        .map(|(block, (placed, prose))| {
            of_block(
                block,
                &placed.block.text,
                prose,
                story.statements_of(block),
                story.quotes_of(block),
                story.citations_of(block),
                &story.speakers,
            )
        })
        .collect()
}

/// The coverage of each sentence of a block, from its own statements, quotes and citations.
fn of_block(
    block: usize,
    text: &str,
    prose: &Prose,
    statements: &[Statement],
    quotes: &[SpokenQuote],
    citations: &[Citation],
    speakers: &[Speaker],
) -> Vec<Coverage> {
    let mut found: Vec<Coverage> = vec![Coverage::default(); prose.sentences.len()];
    if statements.is_empty() && quotes.is_empty() && citations.is_empty() {
        return found;
    }
    for statement in statements {
        let attribution = &prose.attributions[statement.index];
        let Some(coverage) = found.get_mut(attribution.sentence) else {
            continue;
        };
        let strong = attribution.strength == Strength::Strict && statement.speaker.is_some();
        coverage.support = coverage.support.max(if strong {
            Support::Attributed
        } else {
            Support::Hinted
        });
        coverage.speakers.extend(
            statement
                .speaker
                .filter(|who| !coverage.speakers.contains(who)),
        );
    }
    for quote in quotes {
        let (Some(binding), Some(coverage)) = (
            &quote.binding,
            found.get_mut(prose.quotes[quote.index].sentence),
        ) else {
            continue;
        };
        coverage.support = Support::Attributed;
        if !coverage.speakers.contains(&binding.speaker) {
            coverage.speakers.push(binding.speaker);
        }
    }
    for citation in citations {
        for (sentence, coverage) in prose.sentences.iter().zip(&mut found) {
            if citation.covers.block == block && sentence.span.overlaps(citation.covers.span) {
                coverage.support = Support::Attributed;
            }
        }
    }
    carry(text, prose, &mut found, speakers);
    found
}

/// Sentences that go on with what the one before attributed, and sentences with a source elsewhere in the paragraph.
fn carry(text: &str, prose: &Prose, found: &mut [Coverage], speakers: &[Speaker]) {
    for index in 1..found.len() {
        let before = &found[index - 1];
        if found[index].support >= Support::Carried || before.support < Support::Carried {
            continue;
        }
        let document = before
            .speakers
            .iter()
            .any(|who| speakers[who.0].kind == SpeakerKind::Document);
        let words = &prose.words[prose.sentences[index].words.clone()];
        let goes_on = words.first().is_some_and(|first| {
            let is_pronoun = first.classes.has(Classes::PERSONAL)
                || matches!(
                    first.span.of(text),
                    "It" | "That" | "Those" | "These" | "This"
                );
            let also = words
                .iter()
                .take(4)
                .any(|word| matches!(word.span.of(text), "also" | "further"));
            let noun = words
                .iter()
                .take(3)
                .any(|word| word.classes.has(Classes::DOCUMENT));
            (is_pronoun && first.span.of(text) != "This")
                || also
                || (document && noun)
                || document && first.span.of(text) == "The"
        });
        if goes_on {
            found[index].support = Support::Carried;
            found[index].speakers = found[index - 1].speakers.clone();
        }
    }
    if found
        .iter()
        .any(|coverage| coverage.support == Support::Attributed)
    {
        for coverage in found
            .iter_mut()
            .filter(|coverage| coverage.support == Support::None)
        {
            coverage.support = Support::Paragraph;
        }
    }
}
