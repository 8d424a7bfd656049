//! The rules that look at the story as a whole, each for itself: those of a long draft are shared out between two threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::draft::Draft;
use crate::finding::{Finding, Found};
use crate::rule::{Asks, OfGroups, OfStory};
use crate::scene::Scene;
use crate::story::group::groups;

use super::keep::{Changes, Steady};

/// From so many blocks on, a second thread saves more than it takes to begin: some 200 KB.
const LONG: usize = 1500;

/// What rules found, each with its place among them.
type Given = Vec<(usize, Vec<Found>)>;

/// Rules that look at the whole, each with its place among them.
#[derive(Default)]
pub struct Wholes {
    /// Those that ask everything, and look at every change.
    always: Vec<(usize, OfStory)>,
    /// Those that ask some blocks only.
    steady: Vec<(usize, OfStory, Asks)>,
    /// Those that look at who speaks without a name, which is gathered once for all of them.
    groups: Vec<(usize, OfGroups)>,
    count: usize,
}

/// What they found.
pub struct Looked {
    /// In the order of the rules.
    pub found: Vec<Found>,
    /// What may stand at the next change.
    pub steady: Vec<Steady>,
}

/// What rules look at.
#[derive(Clone, Copy)]
struct Seen<'a> {
    draft: &'a Draft,
    scene: &'a Scene<'a>,
    /// What was found before.
    before: &'a [Steady],
    /// What changed since, once it is told; none where nothing of before stands.
    changes: &'a OnceLock<Option<Changes>>,
}

/// Which part is next of those that are done at every change, and of the others.
#[derive(Default)]
struct Next {
    always: AtomicUsize,
    steady: AtomicUsize,
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
    /// Takes in the next rule, and the blocks that it asks.
    pub fn add(&mut self, check: OfStory, asks: Asks) {
        match asks {
            Asks::EVERYTHING => self.always.push((self.count, check)),
            _ => self.steady.push((self.count, check, asks)),
        }
        self.count += 1;
    }

    /// Takes in the next rule, which looks at who speaks without a name.
    pub fn add_of_groups(&mut self, check: OfGroups) {
        self.groups.push((self.count, check));
        self.count += 1;
    }

    /// What they find in the whole of a draft, in their order.
    pub fn look(&self, draft: &Draft, scene: &Scene) -> Vec<Found> {
        let mut given = Given::with_capacity(self.count);
        given.extend(self.of_groups(draft, scene));
        let steady = self.steady.iter().map(|(place, check, _)| (*place, *check));
        let rules = self.always.iter().copied().chain(steady);
        given.extend(rules.map(|(place, check)| (place, look(check, draft, scene))));
        given.sort_unstable_by_key(|(place, _)| *place);
        given.into_iter().flat_map(|(_, found)| found).collect()
    }

    /// The same while this thread does something else first, and what that gives: a long draft has a second thread. What was found
    /// `before` stands where the changes allow it, which that other work tells.
    pub fn look_beside<T>(
        &self,
        draft: &Draft,
        scene: &Scene,
        before: &[Steady],
        beside: impl FnOnce(&OnceLock<Option<Changes>>) -> T,
    ) -> (Looked, T) {
        let changes = OnceLock::new();
        let seen = Seen {
            draft,
            scene,
            before,
            changes: &changes,
        };
        let next = Next::default();
        let is_long = draft.tree.blocks.len() >= LONG;
        let (mut given, mut others) = (Given::new(), Given::new());
        let beside = match is_long.then(|| SECOND.as_ref()).flatten() {
            None => {
                let beside = beside(&changes);
                self.run(&next, seen, &mut given);
                beside
            }
            Some(second) => second.in_place_scope(|scope| {
                scope.spawn(|_| self.run(&next, seen, &mut others));
                let beside = beside(&changes);
                self.run(&next, seen, &mut given);
                beside
            }),
        };
        given.append(&mut others);
        given.sort_unstable_by_key(|(rule, _)| *rule);
        let is_always = |rule: &usize| self.always.iter().any(|(place, _)| place == rule);
        let steady = given.iter().filter(|(rule, _)| !is_always(rule));
        let steady = steady.map(|(rule, found)| Steady {
            rule: *rule,
            found: found.clone(),
        });
        let looked = Looked {
            steady: steady.collect(),
            found: given.into_iter().flat_map(|(_, found)| found).collect(),
        };
        (looked, beside)
    }

    /// Does one part after the other that nobody does yet: first the rules that look at every change, then those of which something
    /// may stand.
    fn run(&self, next: &Next, seen: Seen, given: &mut Given) {
        let Seen { draft, scene, .. } = seen;
        let always = || self.always.get(next.always.fetch_add(1, Ordering::Relaxed));
        while let Some((place, check)) = always() {
            given.push((*place, look(*check, draft, scene)));
        }
        // Who is here before the changes are told leaves the rest to whoever tells them.
        let Some(changes) = seen.changes.get() else {
            return;
        };
        let stands = |rule: usize, asks: Asks| {
            let changes = changes.as_ref()?;
            let before = seen.before.iter().find(|before| before.rule == rule)?;
            Some((rule, changes.stand(asks, before)?))
        };
        loop {
            let part = next.steady.fetch_add(1, Ordering::Relaxed);
            let Some(at) = part.checked_sub(1) else {
                let groups = self.groups.iter();
                let known = groups.map(|(place, _)| stands(*place, Asks::UNNAMED));
                match known.collect::<Option<Given>>() {
                    Some(known) => given.extend(known),
                    None => given.extend(self.of_groups(draft, scene)),
                }
                continue;
            };
            let Some((place, check, asks)) = self.steady.get(at) else {
                return;
            };
            let known = stands(*place, *asks);
            given.push(known.unwrap_or_else(|| (*place, look(*check, draft, scene))));
        }
    }

    /// What the rules find that look at who speaks without a name, each with its place.
    fn of_groups(&self, draft: &Draft, scene: &Scene) -> impl Iterator<Item = (usize, Vec<Found>)> {
        let groups = match self.groups.is_empty() {
            true => Vec::new(),
            false => groups(&draft.story, &draft.tree, &draft.prose),
        };
        self.groups.iter().map(move |(place, check)| {
            let mut found = Vec::new();
            check(draft, &groups, scene, &mut found);
            (*place, founds(found))
        })
    }
}

fn look(check: OfStory, draft: &Draft, scene: &Scene) -> Vec<Found> {
    let mut found = Vec::new();
    check(draft, scene, &mut found);
    founds(found)
}

fn founds(found: Vec<Finding>) -> Vec<Found> {
    found.into_iter().map(Found::from).collect()
}
