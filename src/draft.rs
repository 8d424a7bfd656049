//! The waist: one document read through. Immutable; what is above looks at it, what is below makes it.

use std::sync::Arc;

use crate::entities::base::Base;
use crate::entities::mention::Named;
use crate::notes::scratch::{self, Scratch};
use crate::prose::style::{self, Pairs};
use crate::prose::{Prose, Room};
use crate::reading::{QuoteStyle, Reading};
use crate::story::cast::Cast;
use crate::story::echo::{self, Echo};
use crate::story::summary::Summary;
use crate::story::traces::Traces;
use crate::story::{Place, Story, known};
use crate::syntax::tree::{Placed, Shape, Tree};
use crate::text::Text;
use crate::text::span::Span;

/// A document read through.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its letters.
    pub text: Text,
    /// Its blocks.
    pub tree: Tree,
    /// What each block says; one for each block of the tree, shared while the block does not change.
    pub prose: Vec<Arc<Prose>>,
    /// Which names of the base each block has; likewise.
    pub named: Vec<Arc<Named>>,
    /// Which quotation marks come first in it.
    pub quotes: QuoteStyle,
    /// Who is in it, and who says what.
    pub story: Story,
    /// What was said, as far as it stands in the draft itself: below the end mark, between NOTES and STORY.
    pub scratch: Vec<Scratch>,
    /// What rules ask of the words of each block when they look at the whole.
    pub traces: Vec<Traces>,
    /// Where the words of pull quotes stand in the story.
    pub echoes: Vec<Echo>,
    /// Who is named in each block, and who says something there; shared likewise.
    casts: Vec<Arc<Cast>>,
    /// How many pairs of quotation marks each block has.
    pairs: Vec<Pairs>,
    /// Each block's copy in short.
    summaries: Vec<Summary>,
}

impl Draft {
    /// Reads a text. Blocks that `before` has too are shared with it, and what they say; the result equals a reading
    /// without `before`, which must have been read in the same way.
    pub fn read(text: Text, reading: &Reading, base: &Base, before: Option<&Draft>) -> Draft {
        let tree = crate::syntax::parse(&text, before.map(|draft| &draft.tree));
        let block = |index: usize| &*tree.blocks[index].block;
        let same = Same::of(&tree, before);
        let pairs = same.keep(before.map(|draft| &*draft.pairs), |index| {
            style::pairs(&block(index).text)
        });
        let summaries = same.keep(before.map(|draft| &*draft.summaries), |index| {
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
        let prose = same.keep(alike.map(|draft| &*draft.prose), |index| {
            match block(index).shape {
                Shape::Blank => nothing.clone(),
                _ => Arc::new(Prose::read_in(block(index), reading, &mut room)),
            }
        });
        let unnamed = Arc::new(Named::default());
        let named = same.keep(alike.map(|draft| &*draft.named), |index| {
            match base.is_empty() || prose[index].words.is_empty() {
                true => unnamed.clone(),
                false => Arc::new(Named::read(&block(index).text, &prose[index], base)),
            }
        });
        let traces = same.keep(alike.map(|draft| &*draft.traces), |index| {
            Traces::of(&block(index).text, &prose[index])
        });
        let nobody = Arc::new(Cast::default());
        let casts = same.keep(alike.map(|draft| &*draft.casts), |index| {
            let cast = Cast::of(&block(index).text, &prose[index]);
            match cast.is_empty() {
                true => nobody.clone(),
                false => Arc::new(cast),
            }
        });
        let mut story = Story::read(&tree, &prose, &casts, &summaries);
        let earlier = alike.map(|draft| echo::Earlier {
            echoes: &draft.echoes,
            labels: &draft.story.labels,
            front: same.front,
            back: same.back,
        });
        let echoes = echo::echoes(&tree, &prose, &story.labels, earlier);
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

/// How many blocks at the front and at the back of a tree are those of the draft before, and how many there are.
struct Same {
    front: usize,
    back: usize,
    count: usize,
}

impl Same {
    fn of(tree: &Tree, before: Option<&Draft>) -> Same {
        let new = &tree.blocks;
        let old = before.map_or(&[][..], |draft| &draft.tree.blocks);
        let is_same = |pair: &(&Placed, &Placed)| Arc::ptr_eq(&pair.0.block, &pair.1.block);
        let front = new.iter().zip(old).take_while(is_same).count();
        let most = new.len().min(old.len()) - front;
        let ends = new.iter().rev().zip(old.iter().rev()).take(most);
        Same {
            front,
            back: ends.take_while(is_same).count(),
            count: new.len(),
        }
    }

    /// Something for each block: what the draft before had for it, where it is shared with it, else what `make` makes.
    fn keep<T: Clone>(&self, had: Option<&[T]>, make: impl FnMut(usize) -> T) -> Vec<T> {
        let Some(had) = had else {
            return (0..self.count).map(make).collect();
        };
        let mut all = Vec::with_capacity(self.count);
        all.extend_from_slice(&had[..self.front]);
        all.extend((self.front..self.count - self.back).map(make));
        all.extend_from_slice(&had[had.len() - self.back..]);
        all
    }
}
