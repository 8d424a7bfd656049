//! The waist: one document read through. Immutable; what is above looks at it, what is below makes it.

use std::sync::Arc;

use crate::entities::base::Base;
use crate::notes::scratch::{self, Scratch};
use crate::prose::Prose;
use crate::reading::Reading;
use crate::story::{Place, Story};
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
        let prose = prose(&tree, reading, before);
        let story = Story::read(&tree, &prose, reading, base);
        let scratch = scratch::scratch(&tree, before.map_or(&[], |draft| &draft.scratch));
        Draft {
            text,
            tree,
            prose,
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

/// What each block says. A block that is shared with the draft before says what it said there.
fn prose(tree: &Tree, reading: &Reading, before: Option<&Draft>) -> Vec<Arc<Prose>> {
    let new = &tree.blocks;
    let (old, old_prose) = before.map_or((&[][..], &[][..]), |draft| {
        (&draft.tree.blocks[..], &draft.prose[..])
    });
    let is_same = |pair: &(&Placed, &Placed)| Arc::ptr_eq(&pair.0.block, &pair.1.block);
    let front = new.iter().zip(old).take_while(is_same).count();
    let most = new.len().min(old.len()) - front;
    let ends = new.iter().rev().zip(old.iter().rev()).take(most);
    let back = ends.take_while(is_same).count();
    let read = |placed: &Placed| Arc::new(Prose::read(&placed.block, reading));
    let middle = new[front..new.len() - back].iter().map(read);
    let shared_front = old_prose[..front].iter().cloned();
    let shared_back = old_prose[old.len() - back..].iter().cloned();
    shared_front.chain(middle).chain(shared_back).collect()
}
