//! What each sentence rests on.

use std::ops::Index;
use std::sync::Arc;

use super::cast::{Casts, GoesOn};
use super::speaker::{Kept, Numbers};
use super::turns::turns;
use super::voices::Voices;
use super::{SpeakerId, SpeakerKind, Story};
use crate::prose::Prose;
use crate::syntax::tree::Tree;
use crate::text::order;
use crate::text::pages::{PAGE, Pages};

/// What a sentence rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coverage {
    /// How much that is.
    pub support: Support,
    /// Where its speakers stand among those of the sentences of its page.
    speakers: (u32, u32),
}

impl Coverage {
    /// Whether somebody or a document speaks in the sentence itself.
    pub fn has_speakers(self) -> bool {
        self.speakers.0 < self.speakers.1
    }
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

/// The coverage of every sentence of a draft, by block: page by page, which versions of a draft share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentences {
    pages: Vec<Arc<Page>>,
    /// The paragraphs that are turns of a talk.
    turns: Vec<usize>,
}

/// The coverage of the sentences of some blocks that follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
struct Page {
    /// Of all blocks, in order.
    all: Vec<Coverage>,
    /// For each block where its sentences end.
    ends: Vec<usize>,
    /// Who speaks in them, a sentence after the other.
    speakers: Vec<SpeakerId>,
}

impl Sentences {
    /// The coverage of a block's sentences.
    pub fn get(&self, block: usize) -> Option<&[Coverage]> {
        let page = self.pages.get(block / PAGE)?;
        let end = *page.ends.get(block % PAGE)?;
        let before = (block % PAGE).checked_sub(1);
        let start = before.map_or(0, |before| page.ends[before]);
        Some(&page.all[start..end])
    }

    /// Speakers and documents of attributions in a sentence of a block itself, outside quotation marks.
    pub fn speakers(&self, block: usize, of: Coverage) -> &[SpeakerId] {
        let (start, end) = of.speakers;
        &self.pages[block / PAGE].speakers[start as usize..end as usize]
    }
}

impl Index<usize> for Sentences {
    type Output = [Coverage];

    fn index(&self, block: usize) -> &[Coverage] {
        self.get(block).expect("a block of the draft")
    }
}

/// The coverage of every block's sentences. `known` is that of an earlier story, with what of it stands.
pub fn coverage(
    story: &Story,
    tree: &Tree,
    prose: &Pages<Arc<Prose>>,
    casts: &Casts,
    known: Option<(&Sentences, &Kept)>,
) -> Sentences {
    let turns = turns(&story.labels, tree, casts);
    let known = known.filter(|(old, _)| old.turns == turns);
    let mut said = Vec::new();
    let page = |start: usize| match known {
        Some((old, kept)) if !kept.has_between(start, start + PAGE) => {
            let page = &old.pages[start / PAGE];
            match kept.numbers.are_others() {
                true => Arc::new(page.numbered(&kept.numbers)),
                false => page.clone(),
            }
        }
        _ => Arc::new(Page::of(start, story, prose, casts, &turns, &mut said)),
    };
    Sentences {
        pages: (0..prose.len()).step_by(PAGE).map(page).collect(),
        turns,
    }
}

impl Page {
    /// The same with speakers as they are numbered now.
    fn numbered(&self, numbers: &Numbers) -> Page {
        let speakers = self.speakers.iter();
        let speakers = speakers.map(|who| numbers.speaker(*who).unwrap_or(*who));
        Page {
            speakers: speakers.collect(),
            ..self.clone()
        }
    }

    /// Of the page that begins at a block. `said` is room that is used again.
    fn of(
        start: usize,
        story: &Story,
        prose: &Pages<Arc<Prose>>,
        casts: &Casts,
        turns: &[usize],
        said: &mut Vec<(usize, SpeakerId)>,
    ) -> Page {
        let blocks = start..(start + PAGE).min(prose.len());
        let count = blocks
            .clone()
            .map(|block| casts.of(block).sentences().len());
        let mut page = Page {
            all: vec![Coverage::default(); count.sum()],
            ends: Vec::with_capacity(blocks.len()),
            speakers: Vec::new(),
        };
        let mut start = 0;
        for block in blocks {
            let sentences = casts.of(block).sentences();
            let end = start + sentences.len();
            let own = &mut page.all[start..end];
            if cover(own, said, block, &prose[block], story) {
                gather(own, said, &mut page.speakers);
                carry(sentences, own, &page.speakers, &story.speakers);
            }
            // Whoever opens a turn of a talk says all of it.
            if turns.binary_search(&block).is_ok() {
                for one in own {
                    one.support = one.support.max(Support::Hinted);
                }
            }
            page.ends.push(end);
            start = end;
        }
        page.speakers.shrink_to_fit();
        page
    }
}

/// Fills in how much each sentence of a block rests on, from its own statements, quotes and citations, and notes who speaks in
/// which of them. False where there is none of these.
fn cover(
    found: &mut [Coverage],
    said: &mut Vec<(usize, SpeakerId)>,
    block: usize,
    prose: &Prose,
    story: &Story,
) -> bool {
    let statements = story.statements_of(block);
    let quotes = story.quotes_of(block);
    let citations = story.citations_of(block);
    if statements.is_empty() && quotes.is_empty() && citations.is_empty() {
        return false;
    }
    for statement in statements {
        let Some(coverage) = found.get_mut(statement.sentence) else {
            continue;
        };
        let strong = statement.is_strict && statement.speaker.is_some();
        coverage.support = coverage.support.max(if strong {
            Support::Attributed
        } else {
            Support::Hinted
        });
        said.extend(statement.speaker.map(|who| (statement.sentence, who)));
    }
    for quote in quotes {
        let (Some(binding), Some(coverage)) = (&quote.binding, found.get_mut(quote.sentence))
        else {
            continue;
        };
        coverage.support = Support::Attributed;
        said.push((quote.sentence, binding.speaker));
    }
    for citation in citations {
        for (sentence, coverage) in prose.sentences.iter().zip(&mut *found) {
            if citation.covers.block == block && sentence.span.overlaps(citation.covers.span) {
                coverage.support = Support::Attributed;
            }
        }
    }
    true
}

/// Puts those who speak in a block behind those of the blocks before, a sentence after the other, each once.
fn gather(
    found: &mut [Coverage],
    said: &mut Vec<(usize, SpeakerId)>,
    speakers: &mut Vec<SpeakerId>,
) {
    if !said.is_sorted_by_key(|one| one.0) {
        order::by_key(said, |one| one.0);
    }
    for (sentence, who) in said.drain(..) {
        let own = &mut found[sentence].speakers;
        if own.0 == own.1 {
            *own = (speakers.len() as u32, speakers.len() as u32);
        }
        if !speakers[own.0 as usize..].contains(&who) {
            speakers.push(who);
            own.1 += 1;
        }
    }
}

/// Sentences that go on with what the one before attributed, and sentences with a source elsewhere in the paragraph.
fn carry(sentences: &[GoesOn], found: &mut [Coverage], speak: &[SpeakerId], speakers: &Voices) {
    for index in 1..found.len() {
        let before = found[index - 1];
        if found[index].support >= Support::Carried || before.support < Support::Carried {
            continue;
        }
        let own = before.speakers.0 as usize..before.speakers.1 as usize;
        let is_document = |who: &SpeakerId| speakers[who.0].kind == SpeakerKind::Document;
        let goes_on = match sentences[index] {
            GoesOn::Not => false,
            GoesOn::AfterDocument => speak[own].iter().any(is_document),
            GoesOn::Always => true,
        };
        if goes_on {
            found[index].support = Support::Carried;
            found[index].speakers = before.speakers;
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
