//! The rules that look at the story as a whole, each for itself: those of a long draft are shared out between two threads.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

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

/// The second thread of long drafts. It sleeps until it is asked for: one that only begins then would first wait for a core that has
/// been idle between two letters. None where there is one core, or where no thread can begin.
static SECOND: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let is_one = thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
    let pool = ThreadPoolBuilder::new().num_threads(1);
    let pool = pool.thread_name(|_| "rules".to_owned());
    (!is_one).then(|| pool.build().ok()).flatten()
});

/// The same while this thread does something else first, and what that gives: a long draft has a second thread.
pub fn look_beside<T>(
    rules: &[OfStory],
    draft: &Draft,
    scene: &Scene,
    beside: impl FnOnce() -> T,
) -> (Vec<Finding>, T) {
    let is_long = draft.tree.blocks.len() >= LONG;
    let Some(second) = is_long.then(|| SECOND.as_ref()).flatten() else {
        let beside = beside();
        return (look(rules, draft, scene), beside);
    };
    let next = AtomicUsize::new(0);
    let run = |given: &mut Given| {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(rule) = rules.get(at..=at) else {
                return;
            };
            given.push((at, look(rule, draft, scene)));
        }
    };
    let (mut given, mut others) = (Given::new(), Given::new());
    let beside = second.in_place_scope(|scope| {
        scope.spawn(|_| run(&mut others));
        let beside = beside();
        run(&mut given);
        beside
    });
    given.append(&mut others);
    given.sort_unstable_by_key(|(at, _)| *at);
    let found = given.into_iter().flat_map(|(_, found)| found).collect();
    (found, beside)
}
