//! The waist: one document read through. Immutable; what is above looks at it, what is below makes it.

use std::sync::Arc;

use crate::entities::base::Base;
use crate::entities::mention::Named;
use crate::notes::scratch::{self, Scratch};
use crate::prose::style::{self, Pairs};
use crate::prose::{Prose, Room};
use crate::reading::{Purpose, QuoteStyle, Reading};
use crate::story::again;
use crate::story::cast::Casts;
use crate::story::echo::{self, Echo};
use crate::story::summary::Summary;
use crate::story::traces::Traces;
use crate::story::vocabularies::Vocabularies;
use crate::story::{Place, Story, known};
use crate::syntax::tree::{Placed, Shape, Tree};
use crate::text::Text;
use crate::text::pages::{Pages, Shared};
use crate::text::span::Span;

/// A document read through.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its letters.
    pub text: Text,
    /// Its blocks.
    pub tree: Tree,
    /// What each block says; one for each block of the tree, shared while the block does not change.
    pub prose: Pages<Arc<Prose>>,
    /// Which names of the base each block has; likewise.
    pub named: Pages<Arc<Named>>,
    /// Which quotation marks come first in it.
    pub quotes: QuoteStyle,
    /// Who is in it, and who says what.
    pub story: Story,
    /// What was said, as far as it stands in the draft itself: below the end mark, between NOTES and STORY.
    pub scratch: Vec<Scratch>,
    /// What rules ask of the words of each block when they look at the whole; none where the draft is read for who says what alone.
    pub traces: Pages<Traces>,
    /// Which words may stand in which blocks; likewise.
    pub vocabularies: Vocabularies,
    /// Where the words of pull quotes stand in the story; likewise.
    pub echoes: Vec<Echo>,
    /// Who is named in each block, and who says something there; shared likewise, page by page.
    casts: Casts,
    /// How many pairs of quotation marks each block has.
    pairs: Pages<Pairs>,
    /// Each block's copy in short.
    summaries: Pages<Summary>,
}

impl Draft {
    /// Reads a text. Blocks that `before` has too are shared with it, and what they say; the result equals a reading
    /// without `before`, which must have been read in the same way.
    pub fn read(text: Text, reading: &Reading, base: &Base, before: Option<&Draft>) -> Draft {
        let tree = crate::syntax::parse(&text, before.map(|draft| &draft.tree));
        let block = |index: usize| &*tree.blocks[index].block;
        let shared = shared(&tree, before);
        let pairs = Pages::read(shared, before.map(|draft| &draft.pairs), |index| {
            style::pairs(&block(index).text)
        });
        let summaries = Pages::read(shared, before.map(|draft| &draft.summaries), |index| {
            Summary::of(block(index))
        });
        let quotes = style::of(&pairs, reading.quotes);
        let reading = &Reading {
            quotes,
            ..reading.clone()
        };
        let alike = before.filter(|draft| draft.quotes == quotes);
        let nothing = Arc::new(Prose::default());
        let mut room = Room::default();
        let prose = Pages::read(
            shared,
            alike.map(|draft| &draft.prose),
            |index| match block(index).shape {
                Shape::Blank => nothing.clone(),
                _ => Arc::new(Prose::read_in(block(index), reading, &mut room)),
            },
        );
        let unnamed = Arc::new(Named::default());
        let named = Pages::read(shared, alike.map(|draft| &draft.named), |index| {
            match base.is_empty() || prose[index].words.is_empty() {
                true => unnamed.clone(),
                false => Arc::new(Named::read(&block(index).text, &prose[index], base)),
            }
        });
        let traces = match reading.purpose {
            Purpose::All => Pages::read(shared, alike.map(|draft| &draft.traces), |index| {
                Traces::of(&block(index).text, &prose[index])
            }),
            Purpose::WhoSaysWhat => Pages::default(),
        };
        let vocabularies = match reading.purpose {
            Purpose::All => {
                Vocabularies::read(shared, alike.map(|draft| &draft.vocabularies), |index| {
                    &*prose[index]
                })
            }
            Purpose::WhoSaysWhat => Vocabularies::default(),
        };
        let casts = alike.map(|draft| &draft.casts);
        let casts = Casts::read(shared, casts, reading.purpose, |index| {
            (&*block(index).text, &*prose[index])
        });
        let again = alike.map(|draft| again::Earlier {
            story: &draft.story,
            tree: &draft.tree,
            prose: &draft.prose,
            casts: &draft.casts,
            shared,
        });
        let mut story = Story::read(&tree, &prose, &casts, &summaries, reading.purpose, again);
        let earlier = alike.map(|draft| echo::Earlier {
            echoes: &draft.echoes,
            labels: &draft.story.labels,
            shared,
        });
        let echoes = match reading.purpose {
            Purpose::All => echo::echoes(&tree, &prose, &story.labels, earlier),
            Purpose::WhoSaysWhat => Vec::new(),
        };
        story.marks_first = quotes;
        story.known = known::known(&story, &tree, &named, base);
        let scratch = scratch::scratch(&tree, before.map_or(&[], |draft| &draft.scratch));
        Draft {
            text,
            tree,
            prose,
            named,
            quotes,
            story,
            scratch,
            traces,
            vocabularies,
            echoes,
            casts,
            pairs,
            summaries,
        }
    }

    /// A place in the story as bytes of the file.
    pub fn span(&self, place: Place) -> Span {
        self.tree.blocks[place.block].place(place.span)
    }

    /// The words at a place.
    pub fn words(&self, place: Place) -> &str {
        place.span.of(&self.tree.blocks[place.block].block.text)
    }

    /// The block that holds the byte `at`, and the offset inside it. None only for an empty file.
    pub fn block_at(&self, at: usize) -> Option<(usize, usize)> {
        let index = self
            .tree
            .blocks
            .partition_point(|placed| placed.start <= at)
            .checked_sub(1)?;
        Some((index, at - self.tree.blocks[index].start))
    }
}

/// How the blocks of a tree go with those of the draft before.
fn shared(tree: &Tree, before: Option<&Draft>) -> Shared {
    let old = before.map_or(&[][..], |draft| &draft.tree.blocks);
    let is_same = |old: &Placed, new: &Placed| Arc::ptr_eq(&old.block, &new.block);
    Shared::of(old.iter(), tree.blocks.iter(), is_same)
}
