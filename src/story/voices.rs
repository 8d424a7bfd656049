//! Everybody and everything in a story, in order. Two versions of it share those who are as they were.

use std::iter::Map;
use std::ops::Index;
use std::sync::Arc;

use super::Speaker;
use crate::text::pages::{self, Pages};

/// The speakers of a story, in order of first appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices(Pages<Arc<Speaker>>);

impl Voices {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one of a number, if there is one.
    pub fn get(&self, index: usize) -> Option<&Speaker> {
        self.0.get(index).map(|one| &**one)
    }

    /// The first one, if there is one.
    pub fn first(&self) -> Option<&Speaker> {
        self.get(0)
    }

    /// The one of a number, to be shared.
    pub fn shared(&self, index: usize) -> &Arc<Speaker> {
        &self.0[index]
    }

    /// All of them in order, to be shared.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Speaker>> {
        self.0.iter()
    }

    /// The one of a number, to be changed: other versions keep what they have.
    pub fn edit(&mut self, index: usize) -> &mut Speaker {
        Arc::make_mut(self.0.edit(index))
    }

    /// All of them in order.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|one| &**one)
    }
}

/// The speakers of a story, in order.
pub type Iter<'a> = Map<pages::Iter<'a, Arc<Speaker>>, fn(&'a Arc<Speaker>) -> &'a Speaker>;

impl<'a> IntoIterator for &'a Voices {
    type Item = &'a Speaker;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl Index<usize> for Voices {
    type Output = Speaker;

    fn index(&self, index: usize) -> &Speaker {
        &self.0[index]
    }
}

impl FromIterator<Arc<Speaker>> for Voices {
    fn from_iter<I: IntoIterator<Item = Arc<Speaker>>>(all: I) -> Voices {
        Voices(all.into_iter().collect())
    }
}
