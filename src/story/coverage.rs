//! What each sentence rests on.

use std::ops::Index;
use std::sync::Arc;

use super::{Speaker, SpeakerId, SpeakerKind, Story};
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

/// The coverage of every sentence of a draft, by block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentences {
    /// Of all blocks, in order.
    all: Vec<Coverage>,
    /// For each block where its sentences end.
    ends: Vec<usize>,
}

impl Sentences {
    /// The coverage of a block's sentences.
    pub fn get(&self, block: usize) -> Option<&[Coverage]> {
        let end = *self.ends.get(block)?;
        let before = block.checked_sub(1);
        let start = before.map_or(0, |before| self.ends[before]);
        Some(&self.all[start..end])
    }
}

impl Index<usize> for Sentences {
    type Output = [Coverage];

    fn index(&self, block: usize) -> &[Coverage] {
        self.get(block).expect("a block of the draft")
    }
}

/// The coverage of every block's sentences.
pub fn coverage(story: &Story, tree: &Tree, prose: &[Arc<Prose>]) -> Sentences {
    let count = prose.iter().map(|prose| prose.sentences.len()).sum();
    let mut all = vec![Coverage::default(); count];
    let mut ends = Vec::with_capacity(prose.len());
    let mut start = 0;
    for (block, (placed, prose)) in tree.blocks.iter().zip(prose).enumerate() {
        let end = start + prose.sentences.len();
        cover(
            &mut all[start..end],
            block,
            &placed.block.text,
            prose,
            story,
        );
        ends.push(end);
        start = end;
    }
    Sentences { all, ends }
}

/// Fills in the coverage of each sentence of a block, from its own statements, quotes and citations.
fn cover(found: &mut [Coverage], block: usize, text: &str, prose: &Prose, story: &Story) {
    let statements = story.statements_of(block);
    let quotes = story.quotes_of(block);
    let citations = story.citations_of(block);
    if statements.is_empty() && quotes.is_empty() && citations.is_empty() {
        return;
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
        for (sentence, coverage) in prose.sentences.iter().zip(&mut *found) {
            if citation.covers.block == block && sentence.span.overlaps(citation.covers.span) {
                coverage.support = Support::Attributed;
            }
        }
    }
    carry(text, prose, found, &story.speakers);
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
