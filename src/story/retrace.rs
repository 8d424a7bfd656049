//! A story gone through again after letters were typed: what its earlier version did at each turn is done again where nobody's kin
//! changed, and only who may be somebody else is looked up.
//!
//! A name is looked up only among its kin (`kin.rs`), so what a change can reach is known before anything is done: the kin of the names
//! that changed. Roles, documents and people without a name are always looked up; pronouns are where somebody near is not who they were.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::iter::Peekable;
use std::ops::Range;
use std::slice;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::again::Earlier;
use super::cast::{Casts, Name, Verb, What, Who};
use super::kin::{Born, Circle, Kin, Sort, key_of};
use super::outline::Label;
use super::person::{NEAR, Notes, People, born, role_words};
use super::speaker::{HeardTurn, Way, hear_role, hear_turn};
use super::still::has_same_groups;
use super::track::{Act, At, Done, Event, NOBODY, Track};
use super::{Place, Speaker, SpeakerId, SpeakerKind, Statement, Story};
use crate::prose::fold::fold;
use crate::text::pages::PAGE;

/// How many blocks may be others than before.
const MOST: usize = 16;

/// An earlier story that may be gone through again.
#[derive(Clone, Copy)]
pub struct Retrace<'a> {
    earlier: Earlier<'a>,
}

/// What has to be looked up too.
#[derive(Clone, Copy, Debug)]
pub enum Stranger {
    /// All people without a name, and all documents.
    Groups,
    /// A name that is asked for.
    Asked(Kin),
    /// Somebody who may be another.
    Other(Born),
}

/// Everybody as they are found again.
pub struct Heard<'a> {
    /// The speakers.
    pub people: People<'a>,
    /// Who each of the earlier speakers is now; none is [`NOBODY`].
    pub now: Vec<u32>,
    /// The blocks in which something else is said, or by somebody else, in order.
    pub others: Vec<usize>,
}

impl<'a> Retrace<'a> {
    /// Of an earlier story for one whose outline, records and marks are known; none where too much is another.
    pub fn of(earlier: Earlier<'a>, story: &Story, casts: &Casts) -> Option<Retrace<'a>> {
        let (old, shared) = (earlier.story, earlier.shared);
        let is_alike = shared.before == shared.now
            && shared.come().len() <= MOST
            && casts.has_kin()
            && !casts.has_initials()
            && !earlier.casts.has_initials()
            && old.labels == story.labels
            && old.sources == story.sources
            && old.entities == story.entities
            && !story.labels[shared.come()].contains(&Label::Headline);
        is_alike.then_some(Retrace { earlier })
    }

    /// The earlier story.
    pub fn story(&self) -> &'a Story {
        self.earlier.story
    }

    /// The blocks that are others.
    pub fn changed(&self) -> Range<usize> {
        self.earlier.shared.come()
    }

    /// The blocks for whose quotations somebody was looked up who may be another now.
    pub fn asked_otherwise(&self, circle: &Circle) -> impl Iterator<Item = usize> {
        let asked = self.track().asked.iter();
        let asked = asked.filter(|ask| {
            let name = ask.name.as_deref();
            name.is_some_and(|name| circle.has(&Kin::of_name(name, Sort::Mention)))
        });
        asked.map(|ask| ask.block as usize)
    }

    fn track(&self) -> &'a Track {
        &self.earlier.story.track
    }

    /// What the turns of a block did.
    fn done(&self, way: &Way, block: usize) -> &'a [Done] {
        let start = block / PAGE * PAGE;
        let before = way.read.partition_point(|one| *one < start);
        let before = way.read[before..].iter().take_while(|one| **one < block);
        let count = before.map(|one| self.earlier.casts.of(*one).len());
        let (start, len) = (count.sum::<usize>(), self.earlier.casts.of(block).len());
        let page = self.track().page(block / PAGE);
        page.get(start..start + len).unwrap_or_default()
    }

    /// Who came in at some events of a block.
    fn made_in(&self, events: &'a [Event], block: usize) -> impl Iterator<Item = (At, Born)> {
        let start = events.partition_point(|event| (event.at.block as usize) < block);
        let events = events[start..].iter();
        let events = events.take_while(move |event| event.at.block as usize == block);
        events.filter_map(|event| {
            let born = self.track().born.get(event.what.made()? as usize)?;
            Some((event.at, *born))
        })
    }

    /// Takes in what a block that is another may change: who came in there and does not any more, and who may come in now.
    fn doubt(&self, circle: &mut Circle, way: &Way, block: usize) {
        let (old, now) = (self.earlier.casts.of(block), way.casts.of(block));
        let before = old.full_kin().iter().chain(old.kin());
        let before: Vec<u32> = before.map(|kin| kin.whole).collect();
        let track = self.track();
        let all = now.full_kin().iter().chain(now.kin());
        all.filter(|kin| kin.is_name())
            .for_each(|kin| circle.look_up(kin));
        for (were, are, events) in [
            (old.full_kin(), now.full_kin(), &track.introduced),
            (old.kin(), now.kin(), &track.events),
        ] {
            for (at, born) in self.made_in(events, block) {
                let kin = were.get(at.turn as usize);
                if !kin.is_some_and(|kin| kin.is_group() || are.contains(kin)) {
                    circle.doubt(&born);
                }
            }
            let new = are.iter().filter(|kin| !were.contains(kin));
            let new = new.filter(|kin| kin.is_name() && kin.sort != Sort::Mention);
            new.for_each(|kin| circle.doubt(&Born::from(*kin)));
        }
        // People have surnames beyond the last word.
        let turns = now.turns().filter_map(|(_, name, _)| name);
        for name in now.full().map(|(name, ..)| name).chain(turns) {
            let born = born(name);
            if born.middle != 0 && !before.contains(&born.kin.whole) {
                circle.doubt(&born);
            }
        }
        for (done, kin) in self.done(way, block).iter().zip(old.kin()) {
            if done.waits && !now.kin().contains(kin) {
                circle.doubt(&Born::from(*kin));
            }
        }
    }

    /// Whoever may be somebody else, as far as it is told by names: those who are led to by what changed, and by `strangers`.
    /// `headlines` are the names in these.
    pub fn circle(
        &self,
        way: &Way,
        headlines: &[(String, String)],
        strangers: &[Stranger],
    ) -> Circle {
        let mut circle = Circle::new();
        let (old, track) = (self.story(), self.track());
        let mut has_groups = false;
        for stranger in strangers {
            match stranger {
                Stranger::Groups => has_groups = true,
                Stranger::Asked(kin) => circle.look_up(kin),
                Stranger::Other(born) => circle.doubt(born),
            }
        }
        let by = old.sources.iter();
        let by = by.map(|source| source.field("by").unwrap_or(&source.title));
        for by in by.map(|by| by.trim_start_matches('@')) {
            circle.look_up(&Kin::of_name(&fold(by), Sort::Mention));
        }
        let headlines = headlines.iter();
        let headlines = headlines.map(|(_, folded)| Kin::of_name(folded, Sort::Name));
        let headlines: Vec<Kin> = headlines.collect();
        headlines.iter().for_each(|kin| circle.look_up(kin));
        let asked = track.asked.iter();
        let asked = asked.filter_map(|ask| Some(Kin::of_name(ask.name.as_ref()?, Sort::Mention)));
        let asked: Vec<Kin> = asked.collect();
        for block in self.changed() {
            self.doubt(&mut circle, way, block);
            let now = way.reading(old, self.earlier.shared);
            has_groups |= !has_same_groups(&self.earlier, &now, block);
        }
        if has_groups {
            circle.add_groups(way.casts.kin());
        }
        while circle.has_grown() {
            for born in &track.born {
                if circle.has(&born.kin) && born.kin.is_name() {
                    circle.doubt(born);
                    circle.look_up(&born.kin);
                } else if circle.needs(born) && born.kin.is_name() {
                    circle.look_up(&born.kin);
                }
            }
            let mut are_names_too = false;
            for kin in way.casts.kin().chain(&headlines).chain(&asked) {
                match kin.sort {
                    _ if kin.is_name() && circle.has(kin) => {
                        circle.look_up(kin);
                        if kin.sort != Sort::Mention {
                            circle.doubt(&Born::from(*kin));
                        }
                    }
                    // It may wait for whoever is looked up.
                    Sort::Name if kin.two != 0 && circle.needs(&Born::from(*kin)) => {
                        circle.look_up(kin);
                    }
                    Sort::Group | Sort::Paper => are_names_too |= circle.has_as_name(kin),
                    _ => {}
                }
            }
            if are_names_too && !circle.has_groups() {
                circle.add_groups(way.casts.kin());
            }
        }
        circle
    }
}

/// The events of an earlier story, of which those of a turn are asked for in order.
struct Events<'a>(Peekable<slice::Iter<'a, Event>>);

impl<'a> Events<'a> {
    fn of(all: &'a [Event]) -> Events<'a> {
        Events(all.iter().peekable())
    }

    /// The next one that happened at a turn.
    fn at(&mut self, at: At) -> Option<Act> {
        self.0
            .next_if(|event| event.at == at)
            .map(|event| event.what)
    }

    /// The next one that happened in a block.
    fn in_block(&mut self, block: usize) -> Option<&'a Event> {
        self.0.next_if(|event| event.at.block as usize == block)
    }

    /// The next one that happened before a block.
    fn before(&mut self, block: usize) -> Option<&'a Event> {
        self.0.next_if(|event| (event.at.block as usize) < block)
    }

    /// The speakers who came in before a block.
    fn made_before(&self, block: usize) -> impl Iterator<Item = u32> + use<'a> {
        let events = self.0.clone();
        let events = events.take_while(move |event| (event.at.block as usize) < block);
        events.filter_map(|event| event.what.made())
    }

    /// The speakers who came in at a turn that is next.
    fn made_at(&self, at: At) -> impl Iterator<Item = u32> + use<'a> {
        let events = self.0.clone().take_while(move |event| event.at == at);
        events.filter_map(|event| event.what.made())
    }
}

/// Somebody, by name and kind.
struct Called(Arc<Speaker>);

impl PartialEq for Called {
    fn eq(&self, other: &Called) -> bool {
        (&self.0.name, self.0.kind) == (&other.0.name, other.0.kind)
    }
}

impl Eq for Called {}

impl Hash for Called {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.0.name, self.0.kind).hash(state);
    }
}

/// Who is who of two versions of a story, as far as both were gone through.
struct Twins<'a> {
    old: &'a Story,
    /// Who each of the earlier speakers is now.
    now: Vec<u32>,
    /// Who each of the speakers was.
    was: Vec<u32>,
    /// Those who came in on either side only, by name and kind.
    gone: FxHashMap<Called, u32>,
    new: FxHashMap<Called, u32>,
    /// How each of the earlier ones was spoken of: by a title, by a pronoun.
    spoken: Vec<(Option<&'static str>, Option<&'static str>)>,
    /// Which of the speakers are spoken of otherwise.
    others: Vec<bool>,
    has_others: bool,
}

impl<'a> Twins<'a> {
    fn of(old: &'a Story, people: &People) -> Twins<'a> {
        let count = people.speakers.len();
        let mut twins = Twins {
            old,
            now: vec![NOBODY; old.speakers.len()],
            was: Vec::with_capacity(old.speakers.len()),
            gone: FxHashMap::default(),
            new: FxHashMap::default(),
            spoken: vec![(None, None); old.speakers.len()],
            others: Vec::with_capacity(old.speakers.len()),
            has_others: false,
        };
        // Who has a record comes first in both.
        for at in 0..count {
            twins.grow(people);
            twins.spoken[at] = people.spoken_of(at);
            twins.pair(at as u32, at as u32, people);
        }
        twins
    }

    /// Makes room for those who came in.
    fn grow(&mut self, people: &People) {
        self.was.resize(people.speakers.len(), NOBODY);
        self.others.resize(people.speakers.len(), false);
    }

    fn pair(&mut self, old: u32, now: u32, people: &People) {
        self.now[old as usize] = now;
        self.was[now as usize] = old;
        self.compare(now, people);
    }

    /// Looks whether somebody is spoken of as before.
    fn compare(&mut self, now: u32, people: &People) {
        let was = self.was[now as usize];
        let is_other = was != NOBODY && self.spoken[was as usize] != people.spoken_of(now as usize);
        self.others[now as usize] = is_other;
        self.has_others |= is_other;
    }

    /// Takes in what happened in the earlier story alone.
    fn happened(&mut self, act: Act, people: &People) {
        match act {
            Act::Made(old) => {
                let called = Called(self.old.speakers.shared(old as usize).clone());
                match self.new.remove(&called) {
                    Some(now) => self.pair(old, now, people),
                    None => {
                        self.gone.insert(called, old);
                    }
                }
            }
            Act::Told(old, pronoun) => {
                self.spoken[old as usize].0 = Some(pronoun);
                self.compare_old(old, people);
            }
            Act::Meant(old, pronoun) => {
                self.spoken[old as usize].1 = Some(pronoun);
                self.compare_old(old, people);
            }
            Act::Took(_) | Act::Role(_) => {}
        }
    }

    fn compare_old(&mut self, old: u32, people: &People) {
        if let Some(now) = self.now_of(old) {
            self.compare(now, people);
        }
    }

    /// Takes in who came in since there were so many.
    fn came_in(&mut self, since: usize, people: &People) {
        self.grow(people);
        for at in since..people.speakers.len() {
            let called = Called(people.speakers[at].clone());
            match self.gone.remove(&called) {
                Some(old) => self.pair(old, at as u32, people),
                None => {
                    self.new.insert(called, at as u32);
                }
            }
        }
    }

    /// Whether anybody is spoken of otherwise than before.
    fn is_other(&self, speaker: u32) -> bool {
        self.has_others && speaker != NOBODY && self.others[speaker as usize]
    }

    /// Who somebody of the earlier story is, if they are somebody.
    fn now_of(&self, old: u32) -> Option<u32> {
        let now = self.now.get(old as usize).copied();
        now.filter(|now| *now != NOBODY)
    }

    /// Who makes a statement of the earlier story now.
    fn statement_now(&self, was: &Statement) -> Option<SpeakerId> {
        let now = self.now_of(was.speaker?.0 as u32)?;
        Some(SpeakerId(now as usize))
    }
}

impl<'a> Retrace<'a> {
    /// Goes through the story again, for whoever is of a circle. An error has whoever has to be of it too; nobody where it cannot
    /// be done.
    pub fn hear(
        &self,
        story: &mut Story,
        way: &Way<'a>,
        headlines: &[(String, String)],
        circle: &'a Circle,
    ) -> Result<Heard<'a>, Vec<Stranger>> {
        let old = self.story();
        let known = old.speakers.len();
        let people = People::of_circle(&old.entities, known, circle, way.casts, way.read);
        let mut walk = Walk {
            retrace: *self,
            way,
            circle,
            twins: Twins::of(old, &people),
            people,
            roles: Roles::default(),
            near: None,
            is_loaded: false,
            others: Vec::new(),
            touched: Vec::new(),
            missing: Vec::new(),
        };
        match walk.go(headlines, story) {
            Some(()) if walk.missing.is_empty() && walk.people.strangers.is_empty() => {
                Ok(walk.heard())
            }
            _ => {
                let asked = walk.people.strangers.into_iter().map(Stranger::Asked);
                walk.missing.extend(asked);
                Err(walk.missing)
            }
        }
    }
}

/// What a turn is.
type Turn<'a> = (What, Option<Name<'a>>, Option<&'static str>);

/// The second going through a story.
struct Walk<'a, 'w> {
    retrace: Retrace<'a>,
    way: &'w Way<'a>,
    circle: &'a Circle,
    people: People<'a>,
    twins: Twins<'a>,
    roles: Roles,
    /// Up to this block pronouns are asked whom they mean.
    near: Option<usize>,
    /// Whether the mentions of the last paragraphs are at hand.
    is_loaded: bool,
    /// The blocks in which something else is said, or by somebody else.
    others: Vec<usize>,
    /// Those of the earlier story who were named where somebody else is.
    touched: Vec<u32>,
    /// Whoever has to be of the circle too.
    missing: Vec<Stranger>,
}

/// How far a pronoun may see that somebody is not who they were, in blocks.
const REACH: usize = NEAR + 1;

impl<'a> Walk<'a, '_> {
    fn old(&self) -> &'a Story {
        self.retrace.earlier.story
    }

    fn go(&mut self, headlines: &[(String, String)], story: &mut Story) -> Option<()> {
        self.introduce()?;
        self.people.take_in_headlines(headlines);
        self.people.note_from_now(Notes::Turns);
        let mut events = Events::of(&self.retrace.track().events);
        let read = self.way.read;
        let mut position = 0;
        while let Some(first) = read.get(position) {
            let page = first / PAGE;
            let count = read[position..].partition_point(|block| block / PAGE == page);
            let own = &read[position..position + count];
            position += count;
            self.people.begin_block(*first);
            let blocks = page * PAGE..(page + 1) * PAGE;
            let mut done = self.retrace.track().page(page);
            let kin = self.way.casts.kin_of_page(blocks.start);
            if self.is_quiet(blocks.clone(), kin, done, &events) {
                self.copy(blocks, done, &mut events, story)?;
                continue;
            }
            for &block in own {
                let before = self.retrace.earlier.casts.of(block).len();
                let (own, after) = done.split_at_checked(before)?;
                done = after;
                let kin = self.way.casts.of(block).kin();
                if self.retrace.changed().contains(&block) {
                    self.block_anew(block, own, &mut events, story)?;
                } else if self.is_quiet(block..block + 1, kin, own, &events) {
                    self.copy(block..block + 1, own, &mut events, story)?;
                } else {
                    self.block_again(block, own, &mut events, story)?;
                }
            }
        }
        Some(())
    }

    /// Holds those who came in at a turn, or in a block, against those who came in there before: whoever is led to one who came in on one
    /// side alone has to be looked up.
    fn compare_made(&mut self, acts: &[Act], since: usize) {
        let before: Vec<u32> = acts.iter().filter_map(|act| act.made()).collect();
        let (was, now) = (&self.twins.was, &self.people.track.born);
        let gone = before.iter().filter(|old| {
            let now = self.twins.now_of(**old);
            now.is_none_or(|now| (now as usize) < since)
        });
        let gone =
            gone.filter_map(|old| Some((old, self.retrace.track().born.get(*old as usize)?)));
        let new = (since..now.len()).filter(|at| !before.contains(&was[*at]));
        let old = &self.old().speakers;
        // People without a name may go by the end of an institution’s.
        let those = gone.clone().map(|(was, _)| &old[*was as usize]);
        let others = new.clone().map(|at| &*self.people.speakers[at]);
        let ends = those
            .chain(others)
            .filter(|one| one.kind == SpeakerKind::Institution);
        let ends = ends.flat_map(|one| {
            let spaces = one.name.match_indices(' ');
            spaces.map(|(at, _)| key_of(&one.name[at + 1..]))
        });
        let ends: Vec<u32> = ends.collect();
        let is_end = |kin: &Kin| kin.sort == Sort::Group && ends.contains(&kin.whole);
        if !self.circle.has_groups() && !ends.is_empty() && self.way.casts.kin().any(is_end) {
            self.missing.push(Stranger::Groups);
        }
        let all = gone.map(|(_, born)| born).chain(new.map(|at| &now[at]));
        let missing = all.filter(|born| !self.circle.has_all_of(born));
        self.missing.extend(missing.copied().map(Stranger::Other));
    }

    /// Notes that a name waits now and did not before, or the other way round.
    fn waits_otherwise(&mut self, kin: &Kin) {
        let born = Born::from(*kin);
        if !self.circle.has_all_of(&born) {
            self.missing.push(Stranger::Other(born));
        }
    }

    /// Whether nobody in some blocks that follow each other can be somebody else than before.
    fn is_quiet(
        &self,
        blocks: Range<usize>,
        kin: &[Kin],
        done: &[Done],
        events: &Events<'a>,
    ) -> bool {
        let is_asked = |kin: &Kin| match kin.sort {
            Sort::Nobody | Sort::Pronoun => false,
            Sort::Name if kin.two != 0 => {
                self.circle.has(kin) || self.circle.needs(&Born::from(*kin))
            }
            Sort::Name | Sort::Body | Sort::Mention | Sort::Words => self.circle.has(kin),
            Sort::Role => self.circle.has(kin) || self.roles.has(kin),
            Sort::Group => self.circle.has_groups() || self.roles.has(kin),
            Sort::Paper => self.circle.has_groups(),
        };
        let is_other = |done: &Done| {
            let now = self.twins.now_of(done.speaker);
            now.is_some_and(|now| self.twins.is_other(now))
        };
        let is_far = self.near.is_none_or(|near| near < blocks.start);
        is_far
            && !kin.iter().any(is_asked)
            && !(self.twins.has_others && done.iter().any(is_other))
            && self.makes_nobody_needed(blocks, events)
    }

    /// Whether some blocks that follow each other are as they were, and nobody comes in there who has to be looked up.
    fn makes_nobody_needed(&self, blocks: Range<usize>, events: &Events<'a>) -> bool {
        let changed = self.retrace.changed();
        let is_changed = changed.start < blocks.end && blocks.start < changed.end;
        let mut made = events.made_before(blocks.end);
        !is_changed && !made.any(|old| self.is_needed(old))
    }

    /// Whether somebody of the earlier story may be another, or has to be known.
    fn is_needed(&self, old: u32) -> bool {
        let born = self.retrace.track().born.get(old as usize);
        born.is_some_and(|born| self.circle.needs(born) || self.circle.has(&born.kin))
    }

    /// Does in some blocks that follow each other what was done there before.
    fn copy(
        &mut self,
        blocks: Range<usize>,
        done: &[Done],
        events: &mut Events<'a>,
        story: &mut Story,
    ) -> Option<()> {
        self.is_loaded = false;
        while let Some(event) = events.before(blocks.end) {
            self.people.begin(event.at);
            match event.what {
                Act::Took(waited) => {
                    self.people.know_taken(waited);
                }
                act => self.happens(act)?,
            }
        }
        for done in done {
            let speaker = match done.speaker {
                NOBODY => NOBODY,
                old => self.known(old)?,
            };
            self.people.know_done(Done { speaker, ..*done });
        }
        let old = self.old();
        let runs = &old.statement_runs;
        let last = blocks.end.min(old.labels.len()) - 1;
        let statements = runs.of_block(blocks.start).start..runs.of_block(last).end;
        let statements = old.statements[statements].iter();
        story.statements.extend(statements.map(|was| Statement {
            speaker: self.twins.statement_now(was),
            ..*was
        }));
        let unnamed = |at: usize| old.unnamed.partition_point(|place| place.block < at);
        let unnamed = &old.unnamed[unnamed(blocks.start)..unnamed(blocks.end)];
        story.unnamed.extend_from_slice(unnamed);
        Some(())
    }

    /// Tells the mentions of the last paragraphs again, up to a turn.
    fn look_back(&mut self, at: At) {
        if self.is_loaded {
            return;
        }
        self.is_loaded = true;
        self.people.forget_mentions();
        let (way, block) = (self.way, at.block as usize);
        let first = way.read.partition_point(|one| one + REACH < block);
        let end = way.read.partition_point(|one| *one <= block);
        let near = &way.read[first..end];
        let len = |one: usize| match one == block {
            true => at.turn as usize,
            false => way.casts.of(one).len(),
        };
        let count: usize = near.iter().map(|&one| len(one)).sum();
        let track = &self.people.track;
        let done = track.turns[track.turns.len() - count..].to_vec();
        let from = track
            .events
            .partition_point(|event| (event.at.block as usize) + REACH < block);
        let events = track.events[from..].to_vec();
        let is_taken = |at: At| events.iter().any(|event| event.what == Act::Took(Some(at)));
        let mut done = done.into_iter();
        for &block in near {
            let cast = way.casts.of(block);
            let is_changed = self.retrace.changed().contains(&block);
            let turns = cast.turns().zip(cast.kin()).take(len(block)).enumerate();
            for ((turn, ((what, name, _), kin)), done) in turns.zip(done.by_ref()) {
                let at = At::of(block, turn);
                let (span, sentence) = cast.place(turn);
                let place = Place { block, span };
                let own = events.iter().filter(|event| event.at == at);
                let own: Vec<Act> = own.map(|event| event.what).collect();
                if let (Sort::Pronoun, [Act::Took(Some(waited)), Act::Made(speaker), ..]) =
                    (kin.sort, own.as_slice())
                {
                    let block = waited.block as usize;
                    let (span, sentence) = way.casts.of(block).place(waited.turn as usize);
                    let first = Done {
                        speaker: *speaker,
                        named: waited.block,
                        ..Done::NOTHING
                    };
                    let place = Place { block, span };
                    self.people.recall(place, sentence, first, None);
                }
                let is_asked =
                    is_changed || self.circle.has(kin) || self.circle.needs(&Born::from(*kin));
                if let Some(name) = name.filter(|_| done.waits && !is_asked && !is_taken(at)) {
                    self.people.recall_waiting(at, name, place, sentence);
                }
                if done.speaker != NOBODY {
                    let says = match what {
                        What::Says(says) if done.says.is_some() => Some(says.verb != Verb::Other),
                        _ => None,
                    };
                    self.people.recall(place, sentence, done, says);
                }
            }
        }
    }

    fn heard(mut self) -> Heard<'a> {
        for old in std::mem::take(&mut self.touched) {
            if let Some(now) = self.twins.now_of(old) {
                self.people.renew(now as usize);
            }
        }
        let met = self.old().met;
        let asked = self.retrace.track().asked.iter();
        self.people.asked.extend(asked.filter_map(|ask| {
            let now = Some(ask.speaker).filter(|old| (*old as usize) < met);
            let now = now.and_then(|old| self.twins.now_of(old));
            Some((ask.name.as_deref()?, now.map(|now| now as usize)))
        }));
        self.others.sort_unstable();
        self.others.dedup();
        Heard {
            people: self.people,
            now: self.twins.now,
            others: self.others,
        }
    }

    /// Takes in names in full.
    fn introduce(&mut self) -> Option<()> {
        self.people.note_from_now(Notes::Introduced);
        let mut events = Events::of(&self.retrace.track().introduced);
        let mut page = None;
        let mut is_quiet = false;
        for &block in self.way.read {
            let start = block / PAGE * PAGE;
            if page != Some(start) {
                page = Some(start);
                is_quiet = self.introduces_nobody(start, &events);
            }
            if is_quiet {
                while let Some(event) = events.before(start + PAGE) {
                    self.people.begin(event.at);
                    self.happens(event.what)?;
                }
                continue;
            }
            let cast = self.way.casts.of(block);
            let is_changed = self.retrace.changed().contains(&block);
            let from = self.people.track.introduced.len();
            let since = self.people.speakers.len();
            let mut roles = Vec::new();
            if is_changed {
                while let Some(event) = events.in_block(block) {
                    roles.push(event.what);
                    self.twins.happened(event.what, &self.people);
                }
            }
            for (turn, ((name, kind, role), kin)) in cast.full().zip(cast.full_kin()).enumerate() {
                let at = At::of(block, turn);
                self.people.begin(at);
                let is_asked =
                    || self.circle.has(kin) || events.made_at(at).any(|old| self.is_needed(old));
                if !is_changed && !is_asked() {
                    while let Some(act) = events.at(at) {
                        self.happens(act)?;
                    }
                    continue;
                }
                let (since, from) = (
                    self.people.speakers.len(),
                    self.people.track.introduced.len(),
                );
                let text = &*self.way.tree.blocks[block].block.text;
                self.people.introduce(name, kind, || Some(role?.of(text)));
                self.twins.came_in(since, &self.people);
                if !is_changed {
                    let acts = self.acts_at(at, &mut events);
                    self.compare_roles(&acts, from, true);
                    self.compare_made(&acts, since);
                }
            }
            if is_changed {
                self.compare_roles(&roles, from, true);
                self.compare_made(&roles, since);
            }
        }
        Some(())
    }

    /// Whether no name in full on a page of blocks can be somebody else’s than before.
    fn introduces_nobody(&self, start: usize, events: &Events<'a>) -> bool {
        let mut kin = self.way.casts.full_kin_of_page(start).iter();
        !kin.any(|kin| self.circle.has(kin))
            && self.makes_nobody_needed(start..start + PAGE, events)
    }

    /// Goes through a block that is another.
    fn block_anew(
        &mut self,
        block: usize,
        done: &[Done],
        events: &mut Events<'a>,
        story: &mut Story,
    ) -> Option<()> {
        self.is_other_at(block);
        self.others.push(block);
        self.touched.extend(done.iter().map(|done| done.speaker));
        for done in done {
            self.touch_role_before(done.speaker, block);
        }
        // People without a name and documents are as they were, and elsewhere, unless all of them are looked up.
        let old = self.retrace.earlier.casts.of(block);
        let is_kept = |kin: &Kin| kin.is_group() && !self.circle.has_groups();
        let groups = old.turns().zip(old.kin()).enumerate();
        let groups = groups.filter(|(_, (_, kin))| is_kept(kin));
        let groups: Vec<(usize, What)> = groups.map(|(turn, (one, _))| (turn, one.0)).collect();
        let is_of_group = |event: &Event| {
            groups
                .iter()
                .any(|(turn, _)| *turn == event.at.turn as usize)
        };
        let from = self.people.track.events.len();
        let (mut acts, mut of_groups) = (Vec::new(), Vec::new());
        while let Some(event) = events.in_block(block) {
            acts.push(event.what);
            match is_of_group(event) {
                true => of_groups.push(*event),
                false => self.twins.happened(event.what, &self.people),
            }
        }
        let (mut groups, mut of_groups) = (groups.into_iter(), Events::of(&of_groups));
        let first = story.statements.len();
        let before = self.people.speakers.len();
        let mut waiting = Vec::new();
        let cast = self.way.casts.of(block);
        for ((turn, one), kin) in cast.turns().enumerate().zip(cast.kin()) {
            let at = At::of(block, turn);
            self.people.begin(at);
            if kin.sort == Sort::Pronoun {
                self.look_back(at);
            }
            let since = self.people.speakers.len();
            let heard = match is_kept(kin) {
                true => {
                    let (turn, was) = groups.next()?;
                    self.group_again(at, one, kin, (was, turn, done[turn]), &mut of_groups, story)?
                }
                false => Some(hear_turn(&mut self.people, self.way, block, one)),
            };
            let Some((statement, unnamed)) = heard else {
                continue;
            };
            let did = self.people.end(unnamed.is_some());
            self.twins.came_in(since, &self.people);
            self.is_named_anew(did, block);
            waiting.extend(did.waits.then_some(*kin));
            story.statements.extend(statement);
            story.unnamed.extend(unnamed);
        }
        story.statements[first..].sort_unstable_by_key(|statement| statement.index);
        self.compare_roles(&acts, from, false);
        self.compare_made(&acts, before);
        let before = done.iter().zip(old.kin());
        let mut before: Vec<Kin> = before
            .filter_map(|(done, kin)| done.waits.then_some(*kin))
            .collect();
        for kin in waiting {
            match before.iter().position(|one| *one == kin) {
                Some(at) => {
                    before.swap_remove(at);
                }
                None => self.waits_otherwise(&kin),
            }
        }
        before.iter().for_each(|kin| self.waits_otherwise(kin));
        Some(())
    }

    /// Does at words for people without a name, or a document, what was done at them in a block that is another now: given what they
    /// were, at which turn, and what that did. Gives what they are where they mean a person by a role.
    fn group_again(
        &mut self,
        at: At,
        one: Turn<'a>,
        kin: &Kin,
        (was, turn, done): (What, usize, Done),
        events: &mut Events<'_>,
        story: &mut Story,
    ) -> Option<Option<HeardTurn>> {
        let (What::Says(said), What::Says(says)) = (was, one.0) else {
            return None;
        };
        let block = at.block as usize;
        let mut statements = self.old().statements_of(block).iter();
        let was = *statements.find(|was| was.index == said.index)?;
        let anew = self.turn_anew(at, one, kin, Some(was))?;
        if anew.is_some() {
            return Some(anew);
        }
        self.turn_again(at, one, done, At::of(block, turn), events)?;
        story.statements.push(Statement {
            index: says.index,
            sentence: says.sentence,
            speaker: self.twins.statement_now(&was),
            ..was
        });
        let speaker = self.twins.now_of(done.speaker).unwrap_or(NOBODY);
        self.is_named_anew(Done { speaker, ..done }, block);
        Some(None)
    }

    /// Goes through a block that is as it was.
    fn block_again(
        &mut self,
        block: usize,
        done: &[Done],
        events: &mut Events<'a>,
        story: &mut Story,
    ) -> Option<()> {
        let statements = self.old().statements_of(block);
        let first = story.statements.len();
        story.statements.extend_from_slice(statements);
        let cast = self.way.casts.of(block);
        for ((turn, one), (kin, done)) in cast.turns().enumerate().zip(cast.kin().iter().zip(done))
        {
            let at = At::of(block, turn);
            self.people.begin(at);
            let place = match one.0 {
                What::Says(says) => statements.iter().position(|was| was.index == says.index),
                What::Mentioned { .. } => None,
            };
            let was = place.map(|place| statements[place]);
            let since = self.people.speakers.len();
            let anew = match self.is_asked(at, kin, was, *done, events) {
                true => self.turn_anew(at, one, kin, was)?,
                false => None,
            };
            let Some((statement, unnamed)) = anew else {
                let unnamed = self.turn_again(at, one, *done, at, events)?;
                story.unnamed.extend(unnamed);
                if let (Some(place), Some(was)) = (place, was) {
                    story.statements[first + place].speaker = self.twins.statement_now(&was);
                }
                continue;
            };
            let did = self.people.end(unnamed.is_some());
            story.unnamed.extend(unnamed);
            let from = self
                .people
                .track
                .events
                .partition_point(|event| event.at < at);
            let acts = self.acts_at(at, events);
            self.compare_roles(&acts, from, false);
            self.compare_made(&acts, since);
            if did.waits != done.waits {
                self.waits_otherwise(kin);
            }
            let speaker = self.twins.now_of(done.speaker).unwrap_or(NOBODY);
            if did != (Done { speaker, ..*done }) || (speaker == NOBODY) != (done.speaker == NOBODY)
            {
                self.is_other_at(block);
                self.touched.push(done.speaker);
                self.touch_role_before(done.speaker, block);
                self.is_named_anew(did, block);
            } else if did.speaker != NOBODY {
                self.twins.compare(did.speaker, &self.people);
            }
            self.look_for_others(did.speaker, block);
            if let (Some(place), Some(was), Some(now)) = (place, was, statement) {
                let speaker = self.twins.statement_now(&was);
                if (Statement { speaker, ..was }) != now {
                    self.others.push(block);
                }
                story.statements[first + place] = now;
            }
        }
        Some(())
    }

    /// Whether a turn of a block that is as it was has to be looked at anew.
    fn is_asked(
        &self,
        at: At,
        kin: &Kin,
        was: Option<Statement>,
        done: Done,
        events: &Events<'a>,
    ) -> bool {
        let makes_needed = || events.made_at(at).any(|old| self.is_needed(old));
        match kin.sort {
            Sort::Nobody => false,
            Sort::Paper => self.circle.has_groups(),
            Sort::Group => self.circle.has_groups() || self.roles.may_tell(kin, was),
            Sort::Role => self.circle.has(kin) || self.roles.may_tell(kin, was) || makes_needed(),
            Sort::Words => self.circle.has(kin) || makes_needed(),
            Sort::Name | Sort::Body | Sort::Mention => {
                self.circle.has(kin)
                    || done.waits && self.circle.needs(&Born::from(*kin))
                    || makes_needed()
            }
            Sort::Pronoun => {
                self.near.is_some_and(|near| at.block as usize <= near) || makes_needed()
            }
        }
    }

    /// Looks at a turn anew. Nothing where it is as it was after all; none where more has to be looked up for it.
    fn turn_anew(
        &mut self,
        at: At,
        one: Turn<'a>,
        kin: &Kin,
        was: Option<Statement>,
    ) -> Option<Option<HeardTurn>> {
        let block = at.block as usize;
        let since = self.people.speakers.len();
        if kin.sort == Sort::Pronoun {
            self.look_back(at);
        }
        if kin.sort == Sort::Paper && !self.circle.has_groups() {
            return Some(None);
        }
        let may_be_known = match kin.sort {
            Sort::Role => !self.circle.has(kin) && !self.circle.knows(kin),
            Sort::Group => !self.circle.has_groups(),
            _ => false,
        };
        if !may_be_known {
            let heard = hear_turn(&mut self.people, self.way, block, one);
            self.twins.came_in(since, &self.people);
            return Some(Some(heard));
        }
        let statement = hear_role(&mut self.people, self.way, block, one);
        let was_person = was.is_some_and(|was| was.antecedent.is_some());
        if statement.is_some() != was_person {
            // Another group or institution comes in, or none.
            self.missing.push(match kin.sort {
                Sort::Role => Stranger::Other(Born::from(*kin)),
                _ => Stranger::Groups,
            });
            return None;
        }
        Some(statement.map(|statement| (Some(statement), None)))
    }

    /// Does at a turn what was done at one before. Gives where a name of two words stands that is nobody’s.
    fn turn_again(
        &mut self,
        at: At,
        (what, name, _): Turn<'a>,
        done: Done,
        before: At,
        events: &mut Events<'_>,
    ) -> Option<Option<Place>> {
        let block = at.block as usize;
        let (span, sentence, says) = match what {
            What::Mentioned { span, sentence, .. } => (span, sentence, None),
            What::Says(says) => (says.span, says.sentence, Some(says)),
        };
        let place = Place { block, span };
        let who = says.map(|says| says.who);
        let mut taken = None;
        while let Some(act) = events.at(before) {
            match act {
                Act::Took(waited) => taken = self.people.know_taken(waited),
                _ => self.happens(act)?,
            }
            if let (Act::Made(was), Some((named, sentence))) = (act, taken) {
                let now = self.known(was)? as usize;
                match who {
                    Some(Who::Pronoun) => self.people.note(now, named, sentence),
                    _ => self.people.know_other(now, named),
                }
                taken = None;
            }
        }
        if done.waits {
            self.people.know_waiting(name?, place, sentence);
        }
        if done.speaker != NOBODY {
            let speaker = self.known(done.speaker)?;
            let done = Done { speaker, ..done };
            let says = says.filter(|_| done.says.is_some());
            let is_said = says.map(|says| says.verb != Verb::Other);
            self.people.know_mention(place, sentence, done, is_said);
            self.look_for_others(speaker, block);
        }
        self.people.end(done.is_unnamed);
        let two = match what {
            What::Mentioned { two, .. } if done.is_unnamed => two,
            _ => None,
        };
        Some(two.map(|span| Place { block, span }))
    }

    /// What happened to somebody who is nobody else now happens again.
    fn happens(&mut self, act: Act) -> Option<()> {
        let old = self.old();
        match act {
            Act::Made(was) => {
                let born = *self.retrace.track().born.get(was as usize)?;
                let speaker = old.speakers.shared(was as usize);
                let now = self.people.add_known(speaker, born);
                self.twins.grow(&self.people);
                self.twins.pair(was, now as u32, &self.people);
            }
            Act::Role(was) => {
                let now = self.known(was)?;
                let role = old.speakers[was as usize].role.as_deref()?;
                self.people.know_role(now as usize, role);
            }
            Act::Told(was, pronoun) => {
                let now = self.known(was)?;
                self.people.know_told(now as usize, pronoun);
                self.twins.happened(act, &self.people);
            }
            Act::Meant(was, pronoun) => {
                let now = self.known(was)?;
                self.people.know_meant(now as usize, pronoun);
                self.twins.happened(act, &self.people);
            }
            Act::Took(_) => {}
        }
        Some(())
    }

    /// Who somebody of the earlier story is who must be known by now.
    fn known(&mut self, old: u32) -> Option<u32> {
        let now = self.twins.now_of(old);
        if now.is_none() {
            let born = self.retrace.track().born.get(old as usize);
            self.missing.extend(born.copied().map(Stranger::Other));
        }
        now
    }

    /// What happened at a turn in the earlier story alone.
    fn acts_at(&mut self, at: At, events: &mut Events<'a>) -> Vec<Act> {
        let mut acts = Vec::new();
        while let Some(act) = events.at(at) {
            acts.push(act);
            self.twins.happened(act, &self.people);
        }
        acts
    }

    /// Notes the roles that are told now and were not before, since so many events, or the other way round. Whoever they are told of,
    /// or a title is, has to be looked up.
    fn compare_roles(&mut self, acts: &[Act], from: usize, is_introducing: bool) {
        let (track, old) = (&self.people.track, self.old());
        let events = match is_introducing {
            true => &track.introduced[from..],
            false => &track.events[from..],
        };
        let now = events.iter().filter_map(|event| match event.what {
            Act::Role(now) => Some((
                Some(now),
                self.people.speakers[now as usize].role.as_deref(),
            )),
            Act::Told(now, pronoun) => Some((Some(now), Some(pronoun))),
            _ => None,
        });
        let before = acts.iter().filter_map(|act| match act {
            Act::Role(was) => Some((
                self.twins.now_of(*was),
                old.speakers[*was as usize].role.as_deref(),
            )),
            Act::Told(was, pronoun) => Some((self.twins.now_of(*was), Some(*pronoun))),
            _ => None,
        });
        if now.clone().eq(before.clone()) {
            return;
        }
        let those = now
            .clone()
            .filter_map(|(now, _)| track.born.get(now? as usize));
        let born = &self.retrace.track().born;
        let others = acts.iter().filter_map(|act| match act {
            Act::Role(was) | Act::Told(was, _) => born.get(*was as usize),
            _ => None,
        });
        let missing = those.chain(others);
        let missing = missing.filter(|born| !self.circle.has_all_of(born));
        self.missing.extend(missing.copied().map(Stranger::Other));
        let roles = now.chain(before).filter_map(|(_, role)| role);
        roles.for_each(|role| self.roles.differ(role));
    }

    /// Notes that somebody is named in a block who was not.
    fn is_named_anew(&mut self, did: Done, block: usize) {
        if did.speaker == NOBODY {
            return;
        }
        let at = did.speaker as usize;
        self.people.renew(at);
        if let Some(role) = &self.people.speakers[at].role {
            self.roles.touch(role, block);
        }
        self.twins.compare(did.speaker, &self.people);
        self.look_for_others(did.speaker, block);
    }

    /// Notes that somebody was named in a block who is not.
    fn touch_role_before(&mut self, old: u32, block: usize) {
        let speaker = self.old().speakers.get(old as usize);
        if let Some(role) = speaker.and_then(|speaker| speaker.role.as_deref()) {
            self.roles.touch(role, block);
        }
    }

    /// Notes that pronouns near a block have to be looked at.
    fn is_other_at(&mut self, block: usize) {
        self.near = self.near.max(Some(block + REACH));
    }

    /// The same where somebody who is named there is spoken of otherwise than before.
    fn look_for_others(&mut self, speaker: u32, block: usize) {
        if self.twins.is_other(speaker) {
            self.is_other_at(block);
        }
    }
}

/// The words of roles whose bearers are others, or named elsewhere, by their numbers.
#[derive(Default)]
struct Roles {
    /// Those that are told of others than before.
    others: FxHashSet<u32>,
    /// Those of people who are named where they were not, or the other way round, each with the last such block.
    touched: FxHashMap<u32, usize>,
}

impl Roles {
    fn differ(&mut self, role: &str) {
        let words = role_words(&Cow::Borrowed(role)).into_iter();
        self.others.extend(words.map(|word| key_of(&word)));
    }

    fn touch(&mut self, role: &str, block: usize) {
        for word in role_words(&Cow::Borrowed(role)) {
            let last = self.touched.entry(key_of(&word)).or_default();
            *last = block.max(*last);
        }
    }

    /// Whether the noun of a role or of people without a name is one of these.
    fn has(&self, kin: &Kin) -> bool {
        self.others.contains(&kin.first) || self.touched.contains_key(&kin.first)
    }

    /// Whether words for somebody may mean another person by their role than before.
    fn may_tell(&self, kin: &Kin, was: Option<Statement>) -> bool {
        let named = was.and_then(|was| was.antecedent);
        let is_after = |last: &usize| named.is_none_or(|named| named.block <= *last);
        self.others.contains(&kin.first) || self.touched.get(&kin.first).is_some_and(is_after)
    }
}
