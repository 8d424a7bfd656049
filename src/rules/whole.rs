//! The rules that look at the story as a whole, each for itself: those of a long draft are shared out between two threads.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{OfGroups, OfStory};
use crate::scene::Scene;
use crate::story::group::groups;

/// From so many blocks on, a second thread saves more than it takes to begin: some 200 KB.
const LONG: usize = 1500;

/// What rules found, each with its place among them.
type Given = Vec<(usize, Vec<Finding>)>;

/// Rules that look at the whole, each with its place among them.
#[derive(Default)]
pub struct Wholes {
    /// Those that each look for themselves.
    story: Vec<(usize, OfStory)>,
    /// Those that look at who speaks without a name, which is gathered once for all of them.
    groups: Vec<(usize, OfGroups)>,
}

/// The second thread of long drafts. It sleeps until it is asked for: one that only begins then would first wait for a core that has
/// been idle between two letters. None where there is one core, or where no thread can begin.
static SECOND: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let is_one = thread::available_parallelism().is_ok_and(|cores| cores.get() == 1);
    let pool = ThreadPoolBuilder::new().num_threads(1);
    let pool = pool.thread_name(|_| "rules".to_owned());
    (!is_one).then(|| pool.build().ok()).flatten()
});

impl Wholes {
    /// Takes in the next rule.
    pub fn add(&mut self, check: OfStory) {
        self.story.push((self.count(), check));
    }

    /// Takes in the next rule, which looks at who speaks without a name.
    pub fn add_of_groups(&mut self, check: OfGroups) {
        self.groups.push((self.count(), check));
    }

    fn count(&self) -> usize {
        self.story.len() + self.groups.len()
    }

    /// What they find in the whole of a draft, in their order.
    pub fn look(&self, draft: &Draft, scene: &Scene) -> Vec<Finding> {
        let mut given = Given::with_capacity(self.count());
        let mut part = 0;
        while self.look_at_part(part, draft, scene, &mut given) {
            part += 1;
        }
        in_order(given)
    }

    /// The same while this thread does something else first, and what that gives: a long draft has a second thread.
    pub fn look_beside<T>(
        &self,
        draft: &Draft,
        scene: &Scene,
        beside: impl FnOnce() -> T,
    ) -> (Vec<Finding>, T) {
        let is_long = draft.tree.blocks.len() >= LONG;
        let Some(second) = is_long.then(|| SECOND.as_ref()).flatten() else {
            let beside = beside();
            return (self.look(draft, scene), beside);
        };
        let next = AtomicUsize::new(0);
        let run = |given: &mut Given| {
            while self.look_at_part(next.fetch_add(1, Ordering::Relaxed), draft, scene, given) {}
        };
        let (mut given, mut others) = (Given::new(), Given::new());
        let beside = second.in_place_scope(|scope| {
            scope.spawn(|_| run(&mut others));
            let beside = beside();
            run(&mut given);
            beside
        });
        given.append(&mut others);
        (in_order(given), beside)
    }

    /// Does a part of it: the first are the rules that look at who speaks without a name, each other one is a rule. Whether
    /// there is such a part.
    fn look_at_part(&self, part: usize, draft: &Draft, scene: &Scene, given: &mut Given) -> bool {
        let Some(at) = part.checked_sub(1) else {
            if !self.groups.is_empty() {
                let groups = groups(&draft.story, &draft.tree, &draft.prose);
                given.extend(self.groups.iter().map(|(place, check)| {
                    let mut found = Vec::new();
                    check(draft, &groups, scene, &mut found);
                    (*place, found)
                }));
            }
            return true;
        };
        let Some((place, check)) = self.story.get(at) else {
            return false;
        };
        let mut found = Vec::new();
        check(draft, scene, &mut found);
        given.push((*place, found));
        true
    }
}

fn in_order(mut given: Given) -> Vec<Finding> {
    given.sort_unstable_by_key(|(place, _)| *place);
    given.into_iter().flat_map(|(_, found)| found).collect()
}
