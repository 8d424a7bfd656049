//! The waist: one document read through. Immutable; what is above looks at it, what is below makes it.

use std::sync::Arc;

use crate::entities::base::Base;
use crate::entities::mention::Named;
use crate::notes::scratch::{self, Scratch};
use crate::prose::{Prose, style};
use crate::reading::{QuoteStyle, Reading};
use crate::story::{Place, Story, known};
use crate::syntax::tree::{Placed, Tree};
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
}

impl Draft {
    /// Reads a text. Blocks that `before` has too are shared with it, and what they say; the result equals a reading
    /// without `before`, which must have been read in the same way.
    pub fn read(text: Text, reading: &Reading, base: &Base, before: Option<&Draft>) -> Draft {
        let tree = crate::syntax::parse(&text, before.map(|draft| &draft.tree));
        let quotes = style::of(&tree, reading.quotes);
        let reading = &Reading {
            quotes,
            ..reading.clone()
        };
        let read = |index: usize| Arc::new(Prose::read(&tree.blocks[index].block, reading));
        let alike = before.filter(|draft| draft.quotes == quotes);
        let prose = shared(&tree, alike, |draft| &draft.prose, read);
        let name = |index: usize| {
            let text: &str = &tree.blocks[index].block.text;
            Arc::new(Named::read(text, &prose[index], base))
        };
        let named = shared(&tree, alike, |draft| &draft.named, name);
        let mut story = Story::read(&tree, &prose, reading, base);
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

/// Something for each block. A block that is shared with the draft before has what it had there.
fn shared<T: Clone>(
    tree: &Tree,
    before: Option<&Draft>,
    of: impl Fn(&Draft) -> &[T],
    make: impl Fn(usize) -> T,
) -> Vec<T> {
    let new = &tree.blocks;
    let (old, had) = before.map_or((&[][..], &[][..]), |draft| {
        (&draft.tree.blocks[..], of(draft))
    });
    let is_same = |pair: &(&Placed, &Placed)| Arc::ptr_eq(&pair.0.block, &pair.1.block);
    let front = new.iter().zip(old).take_while(is_same).count();
    let most = new.len().min(old.len()) - front;
    let ends = new.iter().rev().zip(old.iter().rev()).take(most);
    let back = ends.take_while(is_same).count();
    let middle = (front..new.len() - back).map(make);
    let shared_front = had[..front].iter().cloned();
    let shared_back = had[old.len() - back..].iter().cloned();
    shared_front.chain(middle).chain(shared_back).collect()
}
