//! Lists in pages, which two versions of a draft share as far as they are alike: a letter makes one page anew, however long
//! the draft is.

use std::iter::FlatMap;
use std::ops::{Index, Range};
use std::slice;
use std::sync::Arc;

/// How many elements are on a page.
pub const PAGE: usize = 64;

/// How a list goes with an earlier one: how many elements at its front and at its back stand in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// So many at the front.
    pub front: usize,
    /// So many at the back.
    pub back: usize,
    /// How many the earlier list has.
    pub before: usize,
    /// How many this one has.
    pub now: usize,
}

impl Shared {
    /// How a list goes with an earlier one, by which of their elements are the same.
    pub fn of<O, N>(
        old: impl DoubleEndedIterator<Item = O> + ExactSizeIterator + Clone,
        new: impl DoubleEndedIterator<Item = N> + ExactSizeIterator + Clone,
        is_same: impl Fn(O, N) -> bool,
    ) -> Shared {
        let (before, now) = (old.len(), new.len());
        let starts = old.clone().zip(new.clone());
        let starts = starts.map(|(old, new)| is_same(old, new));
        let front = starts.take_while(|is_same| *is_same).count();
        let ends = old.rev().zip(new.rev()).take(before.min(now) - front);
        let ends = ends.map(|(old, new)| is_same(old, new));
        Shared {
            front,
            back: ends.take_while(|is_same| *is_same).count(),
            before,
            now,
        }
    }

    /// The elements of the earlier list that are not in this one.
    pub fn gone(&self) -> Range<usize> {
        self.front..self.before - self.back
    }

    /// The elements of this list that are not in the earlier one.
    pub fn come(&self) -> Range<usize> {
        self.front..self.now - self.back
    }

    /// Where an element of this list stood in the earlier one, if it did.
    pub fn stood(&self, index: usize) -> Option<usize> {
        if index < self.front {
            return Some(index);
        }
        (index + self.back >= self.now).then(|| index + self.before - self.now)
    }

    /// Whether the page that begins at an element of this list is one of the earlier list.
    pub fn keeps(&self, start: usize) -> bool {
        let end = (start + PAGE).min(self.now);
        let stays = |index: usize| self.stood(index) == Some(index);
        let (last, is_whole) = (end - 1, end == (start + PAGE).min(self.before));
        // What changed is one run: where both ends of a page stay, all of it does, unless the run lies between them.
        let is_between =
            self.front > start && self.front < end && self.front + self.back < self.now;
        is_whole && stays(start) && stays(last) && !is_between
    }
}

/// A list in pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages<T> {
    pages: Vec<Arc<[T]>>,
    count: usize,
}

impl<T> Default for Pages<T> {
    fn default() -> Pages<T> {
        Pages {
            pages: Vec::new(),
            count: 0,
        }
    }
}

impl<T: Clone> Pages<T> {
    /// The list of which `shared` tells how it goes with an earlier one: `make` makes what does not stand there.
    pub fn read(
        shared: Shared,
        earlier: Option<&Pages<T>>,
        mut make: impl FnMut(usize) -> T,
    ) -> Pages<T> {
        let mut page = |start: usize| {
            let blocks = start..(start + PAGE).min(shared.now);
            let Some(earlier) = earlier else {
                return blocks.map(&mut make).collect();
            };
            if shared.keeps(start) {
                return earlier.pages[start / PAGE].clone();
            }
            let one = |index: usize| match shared.stood(index) {
                Some(before) => earlier[before].clone(),
                None => make(index),
            };
            blocks.map(one).collect()
        };
        Pages {
            pages: (0..shared.now).step_by(PAGE).map(&mut page).collect(),
            count: shared.now,
        }
    }
}

impl<T: Clone> Pages<T> {
    /// The element at a place, to be changed: other versions keep what they have.
    pub fn edit(&mut self, index: usize) -> &mut T {
        &mut Arc::make_mut(&mut self.pages[index / PAGE])[index % PAGE]
    }
}

impl<T> Pages<T> {
    /// Of whole pages, of which only the last may be shorter.
    pub fn of(pages: Vec<Arc<[T]>>) -> Pages<T> {
        let count = pages.iter().map(|page| page.len()).sum();
        Pages { pages, count }
    }

    /// The page that begins at an element.
    pub fn page(&self, start: usize) -> Option<&Arc<[T]>> {
        self.pages.get(start / PAGE)
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The element at a place, if there is one.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.pages.get(index / PAGE)?.get(index % PAGE)
    }

    /// The first element, if there is one.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// All elements in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.pages.iter().flat_map(|page| page.iter())
    }
}

/// The elements of a list, in order.
pub type Iter<'a, T> =
    FlatMap<slice::Iter<'a, Arc<[T]>>, slice::Iter<'a, T>, fn(&'a Arc<[T]>) -> slice::Iter<'a, T>>;

impl<'a, T> IntoIterator for &'a Pages<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T> Index<usize> for Pages<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.pages[index / PAGE][index % PAGE]
    }
}

impl<T> FromIterator<T> for Pages<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Pages<T> {
        let mut all = all.into_iter();
        let mut pages = Vec::new();
        let mut count = 0;
        loop {
            let page: Arc<[T]> = all.by_ref().take(PAGE).collect();
            if page.is_empty() {
                return Pages { pages, count };
            }
            count += page.len();
            pages.push(page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_with_an_earlier_one_equals_one_made_anew(
            front in 0usize..200, back in 0usize..200, gone in 0usize..80, new in 0usize..80,
        ) {
            let shared = Shared { front, back, before: front + gone + back, now: front + new + back };
            let earlier: Pages<usize> = (0..shared.before).collect();
            let number = |index: usize| shared.stood(index).unwrap_or(1000 + index);
            let list = Pages::read(shared, Some(&earlier), |index| {
                assert_eq!(shared.stood(index), None, "what stands there is not made again");
                1000 + index
            });
            prop_assert_eq!(list.len(), shared.now);
            let wanted: Vec<usize> = (0..shared.now).map(number).collect();
            prop_assert_eq!(list.iter().copied().collect::<Vec<_>>(), &*wanted);
            prop_assert!(wanted.iter().enumerate().all(|(at, one)| list[at] == *one && list.get(at) == Some(one)));
            prop_assert_eq!(list.get(shared.now), None);
            let shares = list.pages.iter().zip(&earlier.pages).filter(|(one, other)| Arc::ptr_eq(one, other));
            prop_assert!(shares.count() >= front / PAGE);
        }
    }

    #[test]
    fn a_change_in_the_middle_makes_one_page_anew() {
        let shared = Shared {
            front: 100,
            back: 99,
            before: 200,
            now: 200,
        };
        let earlier: Pages<usize> = (0..200).collect();
        let list = Pages::read(shared, Some(&earlier), |_| 7);
        let same = list
            .pages
            .iter()
            .zip(&earlier.pages)
            .map(|(one, other)| Arc::ptr_eq(one, other));
        assert_eq!(same.collect::<Vec<_>>(), [true, false, true, true]);
    }
}
