//! The speakers of a draft as they are gathered again after letters were typed: what was done before is done again without a look-up,
//! and mentions are kept of a few paragraphs only.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Asked, Entry, Found, Mention, NEAR, People, Unplaced};
use crate::prose::phrase::NounKind;
use crate::story::cast::{Cast, Casts, Name};
use crate::story::kin::{Born, Circle, Kin, Sort};
use crate::story::source::Entity;
use crate::story::track::{Act, Ask, At, Done, NOBODY};
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};

impl<'a> People<'a> {
    /// The same for those of a circle of names; mentions are kept of a few paragraphs, and told of the others by what is done, the casts and
    /// the blocks that are read.
    pub fn of_circle(
        entities: &[Entity],
        known: usize,
        circle: &'a Circle,
        casts: &'a Casts,
        read: &'a [usize],
    ) -> People<'a> {
        let mut people = People::new(entities, casts.count(), known, true);
        people.mentions = Vec::new();
        people.circle = Some(circle);
        people.record = Some((casts, read));
        people
    }

    /// Adds somebody who was known before and is again; no name leads to them.
    pub fn add_known(&mut self, speaker: &Arc<Speaker>, born: Born) -> usize {
        let at = self.speakers.len();
        self.speakers.push(speaker.clone());
        self.track.born.push(born);
        self.ledger.entries.push(Entry {
            folded: Cow::Borrowed(""),
            last: None,
            told: None,
            meant: None,
            is_new: false,
        });
        self.act(Act::Made(at as u32));
        at
    }

    /// The role of somebody who was known before is told.
    pub fn know_role(&mut self, at: usize, role: &'a str) {
        if self.speakers[at].role.is_none() {
            self.edit(at).role = Some(role.to_owned());
        }
        self.ledger.roles.push((at, Cow::Borrowed(role)));
        self.act(Act::Role(at as u32));
    }

    /// A title tells how somebody is spoken of who was known before.
    pub fn know_told(&mut self, at: usize, pronoun: &'static str) {
        self.ledger.entries[at].told = Some(pronoun);
        self.act(Act::Told(at as u32, pronoun));
    }

    /// A pronoun tells it.
    pub fn know_meant(&mut self, at: usize, pronoun: &'static str) {
        self.ledger.entries[at].meant = Some(pronoun);
        self.act(Act::Meant(at as u32, pronoun));
    }

    /// A name that nobody had waits again.
    pub fn know_waiting(&mut self, name: Name<'a>, place: Place, sentence: usize) {
        self.done.waits = true;
        self.recall_waiting(self.now, name, place, sentence);
    }

    /// A name that waited since a turn is somebody’s again: where it stands, and in which sentence.
    pub fn know_taken(&mut self, at: Option<At>) -> Option<(Place, usize)> {
        self.act(Act::Took(at));
        let at = at?;
        self.near_unplaced.retain(|one| one.at != Some(at));
        let (span, sentence) = self.record?.0.of(at.block as usize).place(at.turn as usize);
        let block = at.block as usize;
        Some((Place { block, span }, sentence))
    }

    /// Notes what a turn did where nothing else asks it.
    pub fn know_done(&mut self, done: Done) {
        self.track.turns.push(done);
    }

    /// Somebody is named or meant again as before; `says` tells whether they say something there, and plainly.
    pub fn know_mention(&mut self, place: Place, sentence: usize, done: Done, says: Option<bool>) {
        let speaker = done.speaker as usize;
        let named = done.named as usize;
        self.refer(speaker, place, sentence, named, done.is_probable);
        if let Some(is_said) = says {
            self.done.says = done.says;
            self.spoke
                .push(Mention::of(place, sentence, done).said(done, is_said));
        }
    }

    /// A mention of somebody that no pronoun points back to.
    pub fn know_other(&mut self, at: usize, place: Place) {
        self.others.push((at, place));
    }

    /// Gathers the mentions of somebody anew.
    pub fn renew(&mut self, at: usize) {
        self.ledger.entries[at].is_new = true;
    }

    /// Forgets the mentions, to tell those of a few paragraphs again.
    pub fn forget_mentions(&mut self) {
        self.mentions.clear();
        self.spoke.clear();
        self.near_unplaced.clear();
    }

    /// A mention of the last paragraphs is told again.
    pub fn recall(&mut self, place: Place, sentence: usize, done: Done, says: Option<bool>) {
        let mention = Mention::of(place, sentence, done);
        self.mentions.push(mention);
        self.spoke
            .extend(says.map(|is_said| mention.said(done, is_said)));
    }

    /// A name of the last paragraphs waits, which none takes that is looked up.
    pub fn recall_waiting(&mut self, at: At, name: Name<'a>, place: Place, sentence: usize) {
        self.near_unplaced.push(Unplaced {
            at: Some(at),
            place: Some(place),
            sentence,
            name: Cow::Borrowed(name.plain),
            folded: Cow::Borrowed(name.folded),
        });
    }

    /// Looks up again for the quotations of a block who was looked up there before: an earlier speaker, who is somebody now or came
    /// in for it. None where they are nobody.
    pub fn ask_again(&mut self, ask: &Ask, old: &Speaker, now: Option<SpeakerId>) -> Option<usize> {
        let block = ask.block as usize;
        let at = match (&ask.name, ask.has_come) {
            (Some(_), true) => return Some(self.named(block, &old.name, old.kind).0),
            (None, _) => return Some(self.unknown(&old.name, *old.mentions.first()?).0),
            (Some(_), false) => now?.0,
        };
        self.note_asked(block, ask.name.as_deref().map(str::to_owned), at, false);
        Some(at)
    }

    /// Whose a folded name was that was asked for before, if none of its kin is another. None where that was nobody, or where it
    /// is looked up.
    pub(super) fn asked_before(&mut self, folded: &str) -> Option<usize> {
        let circle = self.circle?;
        let kin = Kin::of_name(folded, Sort::Mention);
        if circle.has(&kin) || circle.knows(&kin) {
            return None;
        }
        match self.asked.get(folded) {
            Some(&known) => known,
            None => {
                self.strangers.push(kin);
                None
            }
        }
    }

    /// The same where words for somebody may only mean a person by their role.
    pub fn resolve_role(&mut self, asked: &Asked<'a>) -> Option<Found> {
        let (text, phrase) = (asked.text(), asked.phrase()?);
        let (place, sentence) = (asked.place(), asked.says.sentence);
        let found = match &phrase.kind {
            NounKind::Anonymous(features) => {
                self.described(text, phrase, features, place, sentence)
            }
            _ => self.with_role(text, phrase, place, sentence),
        }?;
        self.says(asked, &found);
        Some(found)
    }

    /// The last mention of one of these, as it stands among all.
    pub(super) fn last_mention(
        &self,
        of: Vec<usize>,
        place: Place,
    ) -> Option<(usize, Place, usize)> {
        if self.record.is_some() {
            return self.last_done(of, place, usize::MAX / 2, false);
        }
        let last = of.into_iter().filter_map(|at| {
            let last = self.ledger.entries[at].last;
            let mut mentions = std::iter::successors(last, |at| self.mentions[*at].before);
            mentions.find(|&index| self.mentions[index].place < place)
        });
        let mention = &self.mentions[last.max()?];
        Some((mention.speaker, mention.place, mention.named))
    }

    /// The last mention of one of these, if it lies near enough before a place.
    pub(super) fn last_near(&self, of: Vec<usize>, place: Place) -> Option<(usize, Place, usize)> {
        if self.record.is_some() {
            return self.last_done(of, place, NEAR, true);
        }
        let is_near =
            |mention: &Mention| mention.place < place && mention.place.block + NEAR >= place.block;
        let last = of.into_iter().filter_map(|at| {
            let last = self.ledger.entries[at].last;
            last.filter(|&index| is_near(&self.mentions[index]))
        });
        let mention = &self.mentions[last.max()?];
        Some((mention.speaker, mention.place, mention.named))
    }

    /// The last mention before a place of one of these, at most so many blocks back, as far as it is told by what was done: whose it
    /// is, where, and which block names them. `is_strict` leaves out whoever is named behind the place too.
    fn last_done(
        &self,
        mut of: Vec<usize>,
        place: Place,
        reach: usize,
        is_strict: bool,
    ) -> Option<(usize, Place, usize)> {
        for (block, cast, turn, done) in self.done_before()? {
            if block + reach < place.block || of.is_empty() {
                return None;
            }
            let speaker = done.speaker as usize;
            if done.speaker == NOBODY || !of.contains(&speaker) {
                continue;
            }
            let (span, _) = cast.place(turn);
            let named = Place { block, span };
            if named < place {
                return Some((speaker, named, done.named as usize));
            }
            if is_strict {
                of.retain(|at| *at != speaker);
            }
        }
        None
    }

    /// What was done at the turns before the one at hand, the last one first: its block, who is named there, which of these it is, and
    /// what it did. None where that is not told.
    fn done_before(&self) -> Option<impl Iterator<Item = (usize, Cast<'a>, usize, Done)>> {
        let (casts, read) = self.record?;
        let here = self.now.block as usize;
        let end = read.partition_point(|block| *block <= here);
        let blocks = read[..end].iter().rev();
        let turns = blocks.flat_map(move |&block| {
            let cast = casts.of(block);
            let count = match block == here {
                true => self.now.turn as usize,
                false => cast.len(),
            };
            (0..count).rev().map(move |turn| (block, cast, turn))
        });
        let done = self.track.turns.iter().rev();
        Some(
            turns
                .zip(done)
                .map(|((block, cast, turn), done)| (block, cast, turn, *done)),
        )
    }

    /// The group of people without a name that was meant last by words for one.
    pub(super) fn group(&self) -> Option<usize> {
        let Some(mut turns) = self.done_before().filter(|_| !self.has_groups()) else {
            return self.last_group;
        };
        turns.find_map(|(_, cast, turn, done)| {
            let is_group = cast.kin()[turn].sort == Sort::Group
                && done.speaker != NOBODY
                && self.speakers[done.speaker as usize].kind == SpeakerKind::Anonymous;
            is_group.then_some(done.speaker as usize)
        })
    }

    /// Whether people without a name are all looked up.
    fn has_groups(&self) -> bool {
        self.circle.is_none_or(Circle::has_groups)
    }

    /// The mentions of those who are gathered anew, as far as they are told by what was done.
    pub(super) fn mentions_done(&self, (casts, read): (&Casts, &[usize])) -> Vec<(usize, Place)> {
        let is_new =
            |speaker: u32| speaker != NOBODY && self.ledger.entries[speaker as usize].is_new;
        let mut mentions = Vec::new();
        let mut all = self.track.turns.as_slice();
        for &block in read {
            let cast = casts.of(block);
            let (own, after) = all.split_at(cast.len().min(all.len()));
            all = after;
            for (turn, done) in own.iter().enumerate() {
                if is_new(done.speaker) {
                    let span = cast.place(turn).0;
                    mentions.push((done.speaker as usize, Place { block, span }));
                }
            }
        }
        // Names that waited, and whose they turned out to be.
        let events = &self.track.events;
        for (event, next) in events.iter().zip(events.iter().skip(1)) {
            if let (Act::Took(Some(at)), Act::Made(speaker)) = (event.what, next.what)
                && is_new(speaker)
            {
                let block = at.block as usize;
                let span = casts.of(block).place(at.turn as usize).0;
                mentions.push((speaker as usize, Place { block, span }));
            }
        }
        mentions
    }
}
