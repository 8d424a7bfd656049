//! The rules that look at the story as a whole, each for itself: those of a long draft are shared out between two threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::OfStory;
use crate::scene::Scene;

/// From so many blocks on, a second thread saves more than it takes to begin: some 200 KB.
const LONG: usize = 1500;

/// What rules found, each with its place among them.
type Given = Vec<(usize, Vec<Finding>)>;

/// What some rules find in the whole of a draft, in their order.
pub fn look(rules: &[OfStory], draft: &Draft, scene: &Scene) -> Vec<Finding> {
    let mut found = Vec::new();
    for check in rules {
        check(draft, scene, &mut found);
    }
    found
}

/// The same while this thread does something else first, and what that gives: a long draft has a second thread.
pub fn look_beside<T>(
    rules: &[OfStory],
    draft: &Draft,
    scene: &Scene,
    beside: impl FnOnce() -> T,
) -> (Vec<Finding>, T) {
    if draft.tree.blocks.len() < LONG {
        let beside = beside();
        return (look(rules, draft, scene), beside);
    }
    let next = AtomicUsize::new(0);
    let run = || -> Given {
        let mut given = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(rule) = rules.get(at..=at) else {
                return given;
            };
            given.push((at, look(rule, draft, scene)));
        }
    };
    let (mut given, beside) = thread::scope(|scope| {
        // Where no thread can begin, this one does it all.
        let second = thread::Builder::new().spawn_scoped(scope, run).ok();
        let beside = beside();
        let mut given = run();
        match second.map(|second| second.join()) {
            Some(Ok(others)) => given.extend(others),
            Some(Err(cause)) => panic::resume_unwind(cause),
            None => {}
        }
        (given, beside)
    });
    given.sort_unstable_by_key(|(at, _)| *at);
    let found = given.into_iter().flat_map(|(_, found)| found).collect();
    (found, beside)
}
