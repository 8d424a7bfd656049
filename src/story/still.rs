//! A story in which nobody is heard anew: letters were typed, and in each block the same people are named and say something in
//! the same order. Who they are was told before; only where their words stand is told anew.
//!
//! Every other letter is such a one, and it must not cost a walk through everybody in a book.

use std::ops::Range;

use super::again::Earlier;
use super::cast::{Cast, Name, Says, What, Who};
use super::outline::Label;
use super::speaker::is_read;
use super::{Nameless, Place, Story};
use crate::prose::Prose;
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::text::span::Span;

/// How many blocks may be others than before.
const MOST: usize = 4;

/// What stands of an earlier reading but for the places in a few blocks.
pub struct Still<'a> {
    earlier: Earlier<'a>,
    moved: Vec<Moved>,
}

/// A block in which somebody is named, and where each of them stands.
struct Moved {
    block: usize,
    /// Where it stood, and where it stands.
    spans: Vec<(Span, Span)>,
}

/// A block with who is named in it.
#[derive(Clone, Copy)]
struct Heard<'a> {
    text: &'a str,
    prose: &'a Prose,
    cast: Cast<'a>,
}

impl<'a> Heard<'a> {
    fn of(reading: &Earlier<'a>, block: usize) -> Heard<'a> {
        Heard {
            text: &reading.tree.blocks[block].block.text,
            prose: &reading.prose[block],
            cast: reading.casts.of(block),
        }
    }

    /// Words of the block, where there are any.
    fn words(&self, span: Option<Span>) -> Option<&'a str> {
        span.map(|span| span.of(self.text))
    }
}

impl<'a> Still<'a> {
    /// Of an earlier reading for what is read `now`, whose outline, records and marks are known; none where somebody may be heard anew.
    pub fn of(earlier: Earlier<'a>, now: Earlier<'_>) -> Option<Still<'a>> {
        let (old, story, shared) = (earlier.story, now.story, earlier.shared);
        let changed = shared.come();
        let is_still = shared.before == shared.now
            && changed.len() <= MOST
            && old.labels == story.labels
            && old.sources == story.sources
            && old.entities == story.entities;
        if !is_still {
            return None;
        }
        let mut moved = Vec::new();
        for block in changed {
            let label = story.labels[block];
            // Headlines tell whose surname the story has.
            if label == Label::Headline || old.asked.binary_search(&block).is_ok() {
                return None;
            }
            if is_read(label) {
                let spans = moves(Heard::of(&earlier, block), Heard::of(&now, block))?;
                moved.push(Moved { block, spans });
            }
        }
        Some(Still { earlier, moved })
    }

    /// The earlier story.
    pub fn story(&self) -> &'a Story {
        self.earlier.story
    }

    /// The blocks that changed.
    pub fn changed(&self) -> Range<usize> {
        self.earlier.shared.come()
    }

    /// Takes over who says what; false where a place is not known.
    pub fn statements(&self, story: &mut Story) -> bool {
        let old = self.earlier.story;
        story.statements = old.statements.clone();
        story.statement_runs = old.statement_runs.clone();
        story.unnamed = old.unnamed.clone();
        story.met = old.met;
        let antecedents = story.statements.iter_mut();
        let antecedents = antecedents.filter_map(|one| one.antecedent.as_mut());
        let mut places = antecedents.chain(&mut story.unnamed);
        places.all(|place| self.place(place).is_some())
    }

    /// Takes over everybody who is in the story; false where a place is not known.
    pub fn speakers(&self, story: &mut Story) -> bool {
        let old = &self.earlier.story.speakers;
        story.speakers = old.clone();
        for (index, speaker) in old.iter().enumerate() {
            for moved in &self.moved {
                let first = speaker
                    .mentions
                    .partition_point(|one| one.block < moved.block);
                let own = speaker.mentions[first..].iter();
                let count = own.take_while(|one| one.block == moved.block).count();
                if count == 0 {
                    continue;
                }
                let own = &mut story.speakers.edit(index).mentions[first..first + count];
                if !own.iter_mut().all(|place| self.place(place).is_some()) {
                    return false;
                }
            }
        }
        true
    }

    /// Puts a place where it is now.
    fn place(&self, place: &mut Place) -> Option<()> {
        let Some(moved) = self.moved.iter().find(|one| one.block == place.block) else {
            return Some(());
        };
        let mut spans = moved.spans.iter();
        place.span = spans.find(|(before, _)| *before == place.span)?.1;
        Some(())
    }
}

/// Whether a block has the same people without a name and documents in two readings, and the same is told of them.
pub fn has_same_groups(before: &Earlier, now: &Earlier, block: usize) -> bool {
    let (before, now) = (Heard::of(before, block), Heard::of(now, block));
    let groups = |heard: &Heard<'_>| -> Vec<Says> {
        let turns = heard.cast.turns().zip(heard.cast.kin());
        let turns = turns.filter(|(_, kin)| kin.is_group());
        let says = turns.filter_map(|((what, ..), _)| match what {
            What::Says(says) => Some(says),
            What::Mentioned { .. } => None,
        });
        says.collect()
    };
    let (old, new) = (groups(&before), groups(&now));
    old.len() == new.len()
        && old
            .iter()
            .zip(&new)
            .all(|(one, other)| says_the_same(&before, one, &now, other))
}

/// Where the words stood that name somebody in a block, and where they stand; none where not the same are named there, or
/// otherwise.
fn moves(before: Heard, now: Heard) -> Option<Vec<(Span, Span)>> {
    let (old, new) = (before.cast.full(), now.cast.full());
    let is_same = old.len() == new.len()
        && old
            .zip(new)
            .all(|((name, kind, of), (other, other_kind, other_of))| {
                (name, kind) == (other, other_kind) && before.words(of) == now.words(other_of)
            });
    if !is_same || before.cast.len() != now.cast.len() {
        return None;
    }
    let mut spans = Vec::with_capacity(before.cast.len());
    let mut last: [Option<(Span, Span)>; 2] = [None, None];
    for ((what, name, pronoun), (other, other_name, other_pronoun)) in
        before.cast.turns().zip(now.cast.turns())
    {
        if (name, pronoun) != (other_name, other_pronoun) {
            return None;
        }
        let place = same(&before, &now, (what, name), other, &mut spans)?;
        // Who was named before whom is told by places.
        if let [one, Some(two)] = last {
            let order = |one: Span, other: Span| (one.start().cmp(&other.start()), one.cmp(&other));
            let is_third = one.is_some_and(|one| one.0.start() == place.0.start());
            if order(two.0, place.0) != order(two.1, place.1) || is_third {
                return None;
            }
        }
        last = [last[1], Some(place)];
    }
    Some(spans)
}

/// Where a name or an attribution stood and stands, if it tells the same.
fn same(
    before: &Heard,
    now: &Heard,
    (what, name): (What, Option<Name>),
    other: What,
    spans: &mut Vec<(Span, Span)>,
) -> Option<(Span, Span)> {
    let place = match (what, other) {
        (
            What::Mentioned {
                span,
                sentence,
                is_plain,
                two,
            },
            What::Mentioned {
                span: at,
                sentence: other,
                is_plain: is_other,
                two: bare,
            },
        ) => {
            let tells = |span: Span, two: Option<Span>| {
                two.map(|two| {
                    (
                        two.start() == span.start(),
                        name.map_or(0, |name| name.plain.len()) == two.len(),
                    )
                })
            };
            if (sentence, is_plain, tells(span, two)) != (other, is_other, tells(at, bare)) {
                return None;
            }
            spans.extend(two.zip(bare));
            (span, at)
        }
        (What::Says(says), What::Says(other)) => {
            let is_same = says_the_same(before, &says, now, &other);
            is_same.then_some((says.span, other.span))?
        }
        _ => return None,
    };
    spans.push(place);
    Some(place)
}

/// Whether two attributions tell the same but for where they stand.
fn says_the_same(before: &Heard, says: &Says, now: &Heard, other: &Says) -> bool {
    let same = Says {
        span: says.span,
        role: says.role,
        ..*other
    };
    same == *says
        && says.span.of(before.text) == other.span.of(now.text)
        && before.words(says.role) == now.words(other.role)
        && match says.who {
            Who::Definite | Who::Anonymous => phrase(before, says)
                .zip(phrase(now, other))
                .is_some_and(|(one, two)| {
                    let nameless = |phrase: &NounPhrase| match &phrase.kind {
                        NounKind::Anonymous(features) => Some(Nameless::of(features)),
                        _ => None,
                    };
                    before.words(one.head) == now.words(two.head) && nameless(one) == nameless(two)
                }),
            _ => true,
        }
}

/// The words of an attribution's source.
fn phrase<'a>(heard: &Heard<'a>, says: &Says) -> Option<&'a NounPhrase> {
    heard.prose.attributions.get(says.index)?.source.as_ref()
}
