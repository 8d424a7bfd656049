//! The number of dead or hurt in one sentence against that in another.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::rules::look;
use crate::story::outline::Label;
use crate::story::toll::{Bound, Plain, Toll};
use crate::story::{Place, SpeakerId};

/// A number of dead or hurt that the story tells as it stands.
struct Told<'a> {
    place: Place,
    value: f64,
    is_dead: bool,
    bound: Bound,
    /// Who tells it.
    speakers: &'a [SpeakerId],
    /// The names in its sentence.
    names: &'a [u32],
}

/// Pairs of numbers that contradict each other: the later one, and the first.
pub fn conflicts(draft: &Draft) -> Vec<(Place, Place)> {
    let told = told(draft);
    let mut found = Vec::new();
    // Those so far by the names in them: whatever may be the same event has all names of the later one.
    let mut by_name: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, one) in told.iter().enumerate() {
        // What is a bound contradicts nothing.
        let may_conflict = one.bound != Bound::AtLeast;
        let is_first =
            |&at: &usize| told[at].is_dead == one.is_dead && is_same_event(&told[at], one);
        let first = match one.names.first() {
            _ if !may_conflict => None,
            Some(name) => {
                let having = by_name.get(name).into_iter().flatten();
                having.copied().find(is_first)
            }
            None => (0..index).find(is_first),
        };
        let first = first.map(|at| &told[at]);
        if let Some(first) = first.filter(|first| is_conflict(first, one)) {
            found.push((one.place, first.place));
        }
        for name in one.names {
            let having = by_name.entry(*name).or_default();
            if having.last() != Some(&index) {
                having.push(index);
            }
        }
    }
    found
}

fn is_conflict(first: &Told, one: &Told) -> bool {
    match (first.bound, one.bound) {
        (_, Bound::AtLeast) => false,
        // A part of them may have died in one way; “the 22 dead” are fewer than at least 23.
        (Bound::AtLeast, bound) => bound == Bound::All && one.value < first.value,
        (Bound::None | Bound::All, _) => first.value != one.value,
    }
}

/// The numbers of dead and hurt in the paragraphs of the body, with their blocks, in order.
pub fn tolls(draft: &Draft) -> impl Iterator<Item = (usize, &Toll)> {
    let traces = draft.traces.iter().enumerate();
    let telling = traces.filter(|(block, traces)| {
        !traces.tolls.is_empty() && draft.story.labels[*block] == Label::Body
    });
    telling.flat_map(|(block, traces)| traces.tolls.iter().map(move |toll| (block, toll)))
}

fn told(draft: &Draft) -> Vec<Told<'_>> {
    let told = tolls(draft).filter_map(|(block, toll)| {
        let (plain, value) = (toll.plain.as_ref()?, toll.value?);
        let place = |span| Place { block, span };
        let sentence = draft.prose[block].sentences[plain.sentence].span;
        let is_open = look::is_open(&draft.story, &draft.tree, place(sentence));
        (!is_open).then(|| Told {
            place: place(toll.number),
            value,
            is_dead: toll.is_dead,
            bound: plain.bound,
            speakers: speakers(draft, block, plain),
            names: &plain.names,
        })
    });
    told.collect()
}

/// Who tells a number.
fn speakers<'a>(draft: &'a Draft, block: usize, plain: &Plain) -> &'a [SpeakerId] {
    let coverage = &draft.story.coverage;
    let own = coverage[block].get(plain.sentence);
    own.map_or(&[], |found| coverage.speakers(block, *found))
}

/// Whether two sentences can only mean one event: one source or none, and no place or day that the other does not name.
fn is_same_event(first: &Told, second: &Told) -> bool {
    let (one, other) = (first.speakers, second.speakers);
    let source = one.is_empty() || other.is_empty() || one.iter().any(|who| other.contains(who));
    source && second.names.iter().all(|name| first.names.contains(name))
}
