//! Who is who: the mentions of a draft gathered into speakers.

mod again;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cast::{Casts, Name, Says, Verb, Who, strip_article};
use super::kin::{Born, Circle, Kin};
use super::lists::Lists;
use super::name::{slug_of_folded, surname};
use super::source::Entity;
use super::track::{Act, Ask, At, Done, Event, Likely, Track};
use super::voices::Voices;
use super::{Confidence, Nameless, Place, Speaker, SpeakerId, SpeakerKind, Spoken};
use crate::prose::Prose;
use crate::prose::fold::fold;
use crate::prose::phrase::{Anonymous, NounKind, NounPhrase};
use crate::syntax::tree::Tree;
use crate::text::pages::PAGE;
use crate::text::pages::Pages;
use crate::text::span::Span;
use crate::text::words::lower;
use crate::words::{self, Classes};

/// How many mentions back a pronoun may point; three paragraphs hardly have as many.
const RECENT: usize = 256;

/// How many blocks back mentions are looked at: a pronoun reaches three, a cut is tried in the fourth, and a name that had
/// to wait for a pronoun may stand one before the block in which it was noted.
pub const NEAR: usize = 5;

/// A speaker found for a phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Who.
    pub speaker: SpeakerId,
    /// How sure that is.
    pub confidence: Confidence,
    /// For a pronoun or a bare role: the mention that it points back to.
    pub antecedent: Option<Place>,
}

/// Words that name whoever says something.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What is known of the attribution.
    pub says: Says,
    /// The name by which they are known, if they are by one.
    pub name: Option<Name<'a>>,
    /// How they are spoken of, as far as a title tells it.
    pub pronoun: Option<&'static str>,
    /// Index of the block.
    pub block: usize,
    /// The blocks, looked up only for what nothing else tells.
    pub tree: &'a Tree,
    /// Their readings, likewise.
    pub prose: &'a Pages<Arc<Prose>>,
}

impl<'a> Asked<'a> {
    /// Where the words stand.
    fn place(&self) -> Place {
        Place {
            block: self.block,
            span: self.says.span,
        }
    }

    /// The letters of the block.
    fn text(&self) -> &'a str {
        &self.tree.blocks[self.block].block.text
    }

    /// The words as a phrase.
    fn phrase(&self) -> Option<&'a NounPhrase> {
        let attribution = &self.prose[self.block].attributions[self.says.index];
        attribution.source.as_ref()
    }
}

/// Somebody named, or meant by a pronoun.
#[derive(Clone, Copy, Debug)]
struct Mention {
    place: Place,
    /// Index of the sentence in its block.
    sentence: usize,
    speaker: usize,
    /// The block that names them: its own, or that of the mention which a pronoun points back to.
    named: usize,
    /// The mention of the same speaker before this one.
    before: Option<usize>,
    /// Whether it is a pronoun that only probably means them.
    is_probable: bool,
    /// Whether they say something there, and plainly: not that they ask it, deny it or hope for it.
    is_said: bool,
}

impl Mention {
    /// Of whom a turn names or means.
    fn of(place: Place, sentence: usize, done: Done) -> Mention {
        Mention {
            place,
            sentence,
            speaker: done.speaker as usize,
            named: done.named as usize,
            before: None,
            is_probable: done.is_probable,
            is_said: false,
        }
    }

    /// The same of somebody who says something there, and plainly if `is_said`.
    fn said(self, done: Done, is_said: bool) -> Mention {
        Mention {
            is_probable: done.says == Some(Likely::Probably),
            is_said,
            ..self
        }
    }
}

/// A name that nobody has yet.
#[derive(Debug)]
struct Unplaced<'a> {
    /// The turn that has it; none for one in a headline.
    at: Option<At>,
    /// Where it stands; likewise.
    place: Option<Place>,
    /// Index of the sentence in its block.
    sentence: usize,
    name: Cow<'a, str>,
    folded: Cow<'a, str>,
}

/// The speakers of a draft while they are being gathered.
#[derive(Debug, Default)]
pub struct People<'a> {
    /// In order of first appearance; their mentions come last.
    pub speakers: Vec<Arc<Speaker>>,
    by_name: FxHashMap<Cow<'a, str>, usize>,
    /// People by the last word of their surname, and by the first of two surnames.
    by_surname: Lists<'a>,
    by_middle: Lists<'a>,
    /// Bodies by the first word of their names.
    by_first_word: Lists<'a>,
    taken: FxHashMap<String, u32>,
    /// Mentions in order, for pronouns.
    mentions: Vec<Mention>,
    /// Mentions that no pronoun points back to.
    others: Vec<(usize, Place)>,
    /// Those who spoke, in order.
    spoke: Vec<Mention>,
    last_group: Option<usize>,
    /// Names of two words and more that nobody has yet, in order: whose surname speaks later was a person. None where
    /// somebody has it by now.
    unplaced: Vec<Option<Unplaced<'a>>>,
    /// Where those stand that end in a word, in order.
    unplaced_by_last: Lists<'a>,
    ledger: Ledger<'a>,
    /// What was done so far, and what the turn at hand did.
    pub track: Track,
    done: Done,
    now: At,
    /// What of it is noted.
    notes: Notes,
    /// Where only some names are known: whose kin they are, and the names that were asked for beyond them.
    circle: Option<&'a Circle>,
    /// See there.
    pub strangers: Vec<Kin>,
    /// Where mentions are kept of a few paragraphs only, what tells the others: who is named in the blocks, and those that are read.
    record: Option<(&'a Casts, &'a [usize])>,
    /// Names of the last paragraphs that nobody has yet, and of none that is looked up.
    near_unplaced: Vec<Unplaced<'a>>,
    /// The names that were asked for before, each with whose it is if that was somebody who is met outside the bindings of quotations.
    pub asked: FxHashMap<&'a str, Option<usize>>,
}

/// What of that which happens is noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notes {
    /// Nothing.
    #[default]
    None,
    /// Who has a record.
    Records,
    /// What happens as names in full are taken in.
    Introduced,
    /// What happens at the turns.
    Turns,
    /// The names that are looked up.
    Asked,
}

/// What is known of the speakers by their number, so that none is searched for among all.
#[derive(Debug, Default)]
struct Ledger<'a> {
    /// Of each one.
    entries: Vec<Entry<'a>>,
    /// How many have an entity of the draft; they come first.
    entities: usize,
    /// How many have no name.
    anonymous: usize,
    /// Speakers with their roles, and how many of these have been taken in by their words.
    roles: Vec<(usize, Cow<'a, str>)>,
    by_role: Lists<'a>,
    indexed: usize,
    /// The institutions whose name ends in some words, in order.
    by_tail: Lists<'static>,
    /// The last document of a name, and the last one with a noun.
    documents: FxHashMap<Cow<'a, str>, usize>,
    by_noun: FxHashMap<String, usize>,
}

/// What is known of a speaker.
#[derive(Debug)]
struct Entry<'a> {
    /// The name, folded.
    folded: Cow<'a, str>,
    /// Where the last mention stands among all.
    last: Option<usize>,
    /// How they are spoken of, as a title or a record tells it.
    told: Option<&'static str>,
    /// How they are spoken of, as a pronoun tells it that hardly meant anybody else.
    meant: Option<&'static str>,
    /// Whether what is known of them is gathered anew: not only that others are mentioned beside them.
    is_new: bool,
}

impl<'a> Ledger<'a> {
    /// Takes in a speaker who was added just now.
    fn add(&mut self, name: &str, folded: Cow<'a, str>, kind: SpeakerKind) {
        let at = self.entries.len();
        match kind {
            SpeakerKind::Anonymous => self.anonymous += 1,
            SpeakerKind::Document => {
                for noun in document_nouns(name) {
                    self.by_noun.insert(noun, at);
                }
                self.documents.insert(folded.clone(), at);
            }
            SpeakerKind::Institution => {
                for (space, _) in folded.match_indices(' ') {
                    let tail = folded[space + 1..].to_owned();
                    self.by_tail.push(Cow::Owned(tail), at);
                }
            }
            SpeakerKind::Person
            | SpeakerKind::Body
            | SpeakerKind::Outlet
            | SpeakerKind::Collective => {}
        }
        self.entries.push(Entry {
            folded,
            last: None,
            told: None,
            meant: None,
            is_new: true,
        });
    }

    /// The speakers whose role has a word, in small letters.
    fn with_role(&mut self, word: &str) -> impl Iterator<Item = usize> {
        for (at, role) in &self.roles[self.indexed..] {
            for word in role_words(role) {
                self.by_role.push(word, *at);
            }
        }
        self.indexed = self.roles.len();
        self.by_role.of(word)
    }
}

impl<'a> People<'a> {
    /// Starts with the entities defined in the draft; they have no mention yet. `turns` are as many as the draft has names
    /// and attributions, `known` as many as spoke or were named in it before: room is made for them at once.
    /// What is done is noted if `is_noted`.
    pub fn new(entities: &[Entity], turns: usize, known: usize, is_noted: bool) -> People<'a> {
        let mut people = People {
            notes: if is_noted {
                Notes::Records
            } else {
                Notes::None
            },
            ..People::default()
        };
        if is_noted {
            people.track.turns.reserve_exact(turns);
        }
        people.mentions.reserve(turns);
        people.speakers.reserve(known);
        people.ledger.entries.reserve(known);
        people.by_name.reserve(known);
        people.taken.reserve(known);
        for (index, entity) in entities.iter().enumerate() {
            let kind = match entity.kind {
                "org" | "place" | "office" => SpeakerKind::Body,
                _ => SpeakerKind::Person,
            };
            if entity.name.is_empty() {
                continue;
            }
            let role = entity.field("role").map(|role| Cow::Owned(role.to_owned()));
            let at = people.add(&entity.name, Cow::Owned(fold(&entity.name)), kind, role);
            let speaker = people.edit(at);
            speaker.id = entity.id.clone();
            speaker.entity = Some(index);
            people.ledger.entities = at + 1;
            people.ledger.entries[at].told = entity.field("pronouns").and_then(pronoun_of);
            for other in entity
                .field("aka")
                .into_iter()
                .flat_map(|aka| aka.split(','))
            {
                people.by_name.entry(Cow::Owned(fold(other))).or_insert(at);
            }
        }
        people
    }

    /// Takes in a full name, before anything is resolved, so that a surname may stand before the name it belongs to.
    pub fn introduce(
        &mut self,
        name: Name<'a>,
        kind: SpeakerKind,
        role: impl FnOnce() -> Option<&'a str>,
    ) {
        let known = self.by_name.get(name.folded).copied();
        match known.or_else(|| self.by_surnames(name.folded)) {
            Some(at) => self.give_role(at, role),
            None => {
                let role = role().map(Cow::Borrowed);
                self.add(name.plain, Cow::Borrowed(name.folded), kind, role);
            }
        }
    }

    /// Notes from now on what happens as `notes` says, if anything is noted.
    pub fn note_from_now(&mut self, notes: Notes) {
        if self.notes != Notes::None {
            self.notes = notes;
        }
    }

    /// Begins a block.
    pub fn begin_block(&mut self, block: usize) {
        if self.notes == Notes::Turns {
            let pages = block / PAGE + 1;
            let turns = self.track.turns.len() as u32;
            while self.track.pages.len() < pages {
                self.track.pages.push(turns);
            }
        }
    }

    /// Begins a turn, or takes in a name in full.
    pub fn begin(&mut self, at: At) {
        self.now = at;
        self.done = Done::NOTHING;
    }

    /// Ends a turn, which may be a name of two words that is nobody’s as it stands. Gives what it did.
    pub fn end(&mut self, is_unnamed: bool) -> Done {
        self.done.is_unnamed = is_unnamed;
        if self.notes == Notes::Turns {
            self.track.turns.push(self.done);
        }
        self.done
    }

    /// How somebody is spoken of, as a title tells it, and as a pronoun does.
    pub fn spoken_of(&self, at: usize) -> (Option<&'static str>, Option<&'static str>) {
        let entry = &self.ledger.entries[at];
        (entry.told, entry.meant)
    }

    /// Notes a role of somebody who has none yet.
    fn give_role(&mut self, at: usize, role: impl FnOnce() -> Option<&'a str>) {
        if self.speakers[at].role.is_none()
            && let Some(role) = role()
        {
            self.ledger.roles.push((at, Cow::Borrowed(role)));
            self.edit(at).role = Some(role.to_owned());
            self.act(Act::Role(at as u32));
        }
    }

    /// Notes how somebody is spoken of, as far as nothing told it before.
    fn give_pronoun(&mut self, at: usize, pronoun: Option<&'static str>) {
        let told = &mut self.ledger.entries[at].told;
        if let (None, Some(pronoun)) = (&told, pronoun) {
            *told = Some(pronoun);
            self.act(Act::Told(at as u32, pronoun));
        }
    }

    /// Notes a mention of somebody by name, for the pronouns after it. `pronoun` is told by a title that stands there. Names
    /// that nobody has wait for one who speaks, if they are plain: no word of a body's, a place's, a title. Gives whose name it is.
    pub fn mention(
        &mut self,
        name: Name<'a>,
        pronoun: Option<&'static str>,
        place: Place,
        sentence: usize,
        is_plain: bool,
    ) -> Option<usize> {
        let found = self.by_folded(name.folded);
        if let Some(found) = found {
            self.give_pronoun(found, pronoun);
            self.note(found, place, sentence);
        } else if is_plain {
            self.done.waits = true;
            self.wait(Unplaced {
                at: Some(self.now),
                place: Some(place),
                sentence,
                name: Cow::Borrowed(name.plain),
                folded: Cow::Borrowed(name.folded),
            });
        }
        found
    }

    /// Whether a name at a place is the very name of a person: `two` is where it stands without an ending.
    pub fn is_named(&self, at: usize, name: Name, span: Span, two: Span) -> bool {
        let speaker = &self.speakers[at];
        let is_whole = span.start() == two.start() && name.plain.len() == two.len();
        is_whole && speaker.kind == SpeakerKind::Person && speaker.name == name.plain
    }

    /// Notes names in headlines, each as it stands on one line, and folded: no mention in copy, but they tell whose surname the story has.
    pub fn take_in_headlines(&mut self, names: &[(String, String)]) {
        for (name, folded) in names {
            if (2..=4).contains(&name.split(' ').count()) && self.by_folded(folded).is_none() {
                self.wait(Unplaced {
                    at: None,
                    place: None,
                    sentence: 0,
                    name: Cow::Owned(name.clone()),
                    folded: Cow::Owned(folded.clone()),
                });
            }
        }
    }

    /// Notes a name that nobody has yet.
    fn wait(&mut self, unplaced: Unplaced<'a>) {
        let last = part(&unplaced.folded, last_word);
        self.unplaced_by_last.push(last, self.unplaced.len());
        self.unplaced.push(Some(unplaced));
    }

    /// Tomas Velk, named before without a title, where "Velk" speaks.
    fn placed(&mut self, surname: Name) -> Option<usize> {
        let last = last_word(surname.plain);
        let waits = |at: &usize| {
            let unplaced = self.unplaced[*at].as_ref();
            unplaced.is_some_and(|one| last_word(&one.name).eq_ignore_ascii_case(last))
        };
        let those = self.unplaced_by_last.of(last_word(surname.folded));
        let at = those.into_iter().find(waits)?;
        self.place(at)
    }

    /// Somebody new by a name that nobody had, and where it stands among those.
    fn place(&mut self, at: usize) -> Option<usize> {
        let found = self.unplaced[at].take()?;
        self.act(Act::Took(found.at));
        let speaker = self.add(&found.name, found.folded, SpeakerKind::Person, None);
        let place = found.place.map(|place| (speaker, place));
        self.others.extend(place);
        Some(speaker)
    }

    /// Somebody whom a pronoun names and nobody else does: `he` with no person before it.
    pub fn unknown(&mut self, words: &str, place: Place) -> SpeakerId {
        let folded = fold(words);
        let at = self.add(words, Cow::Owned(folded.clone()), SpeakerKind::Person, None);
        let speaker = self.edit(at);
        speaker.id = format!("unknown-{at}");
        speaker.surname = None;
        self.by_surname.remove(&folded);
        self.by_name.remove(&*folded);
        self.others.push((at, place));
        self.note_asked(place.block, None, at, true);
        SpeakerId(at)
    }

    /// The speaker of an entity's id, or of a name in a source's record, for the quotations of a block; a new one where nobody has it.
    pub fn named(&mut self, block: usize, name: &str, kind: SpeakerKind) -> SpeakerId {
        let name = name.trim();
        let id = name.trim_start_matches('@');
        let known = self.of_record(id);
        let folded = fold(name);
        let known = known.or_else(|| self.asked_before(&folded));
        let known = known.or_else(|| self.by_folded(&folded));
        let at = known.unwrap_or_else(|| self.add(name, Cow::Owned(folded.clone()), kind, None));
        self.note_asked(block, Some(folded), at, known.is_none());
        SpeakerId(at)
    }

    /// Notes who was looked up for the quotations of a block.
    fn note_asked(&mut self, block: usize, name: Option<String>, at: usize, has_come: bool) {
        if self.notes == Notes::Asked {
            self.track.asked.push(Ask {
                block: block as u32,
                name: name.map(String::into_boxed_str),
                speaker: at as u32,
                has_come,
            });
        }
    }

    /// Who has a record in the draft with an id.
    pub fn of_record(&self, id: &str) -> Option<usize> {
        let mut speakers = self.speakers[..self.ledger.entities].iter();
        speakers.position(|speaker| speaker.entity.is_some() && speaker.id == id)
    }

    /// Who a phrase means, and that they say something there.
    pub fn resolve(&mut self, asked: &Asked<'a>) -> Option<Found> {
        let found = self.find(asked)?;
        self.says(asked, &found);
        Some(found)
    }

    /// Notes that somebody who was found says something.
    fn says(&mut self, asked: &Asked<'a>, found: &Found) {
        let place = asked.place();
        let named = self.mentions.last().map_or(place.block, |last| last.named);
        let is_probable = found.confidence == Confidence::Low;
        self.done.says = Some(match is_probable {
            true => Likely::Probably,
            false => Likely::Surely,
        });
        let done = Done {
            speaker: found.speaker.0 as u32,
            named: named as u32,
            ..self.done
        };
        let mention = Mention::of(place, asked.says.sentence, done);
        self.spoke
            .push(mention.said(done, asked.says.verb != Verb::Other));
    }

    fn find(&mut self, asked: &Asked<'a>) -> Option<Found> {
        let (place, sentence) = (asked.place(), asked.says.sentence);
        let at = match asked.says.who {
            Who::Nobody => return None,
            Who::Pronoun => return self.pronoun(asked.name?.plain, place, sentence),
            Who::Person | Who::Body | Who::Outlet => self.by_own_name(asked, asked.name?),
            Who::Institution => self.by_its_words(asked.name?, SpeakerKind::Institution),
            Who::Collective | Who::Other => self.by_its_words(asked.name?, SpeakerKind::Collective),
            Who::Document => self.document(asked.says.span.of(asked.text())),
            Who::Definite => return self.definite(asked.text(), asked.phrase()?, place, sentence),
            Who::Anonymous => {
                let (text, phrase) = (asked.text(), asked.phrase()?);
                let NounKind::Anonymous(features) = &phrase.kind else {
                    return None;
                };
                let known = self.described(text, phrase, features, place, sentence);
                if known.is_some() {
                    return known;
                }
                self.anonymous(phrase.span.of(text), asked.name?, features)
            }
        };
        self.note(at, place, sentence);
        Some(Found {
            speaker: SpeakerId(at),
            confidence: Confidence::High,
            antecedent: None,
        })
    }

    /// Whoever goes by some words; somebody new where nobody does.
    fn by_its_words(&mut self, name: Name<'a>, kind: SpeakerKind) -> usize {
        let Name { plain, folded } = name;
        let known = self.by_name.get(folded).copied();
        known.unwrap_or_else(|| self.add(plain, Cow::Borrowed(folded), kind, None))
    }

    /// Whoever has a name; somebody new where nobody has.
    fn by_own_name(&mut self, asked: &Asked<'a>, name: Name<'a>) -> usize {
        let says = asked.says;
        let is_surname = says.who == Who::Person && !name.plain.contains(' ');
        let known = self.by_folded(name.folded);
        let known = known.or_else(|| is_surname.then(|| self.placed(name)).flatten());
        let known = known.or_else(|| says.is_label.then(|| self.by_initials(name)).flatten());
        let at = known.unwrap_or_else(|| {
            let kind = kind_of_new(name.plain, says.who, says.is_first_word);
            self.add(name.plain, Cow::Borrowed(name.folded), kind, None)
        });
        self.give_role(at, || Some(says.role?.of(asked.text())));
        self.give_pronoun(at, asked.pronoun);
        at
    }

    /// The one whose initials stand for them in an interview: `DO: We had no choice.` None where two have them.
    fn by_initials(&mut self, name: Name) -> Option<usize> {
        let letters = name.plain;
        if !(2..=3).contains(&letters.len()) || !letters.bytes().all(|c| c.is_ascii_uppercase()) {
            return None;
        }
        let has_them = |name: &str| {
            let initials = name.split(' ').map(|word| word.chars().next());
            initials.eq(letters.chars().map(Some))
        };
        let speaks = |one: &Speaker| one.kind == SpeakerKind::Person && has_them(&one.name);
        let waits = |one: &Option<Unplaced>| {
            one.as_ref()
                .is_some_and(|one| has_them(&one.name) && self.by_folded(&one.folded).is_none())
        };
        let mut known = (0..self.speakers.len()).filter(|&at| speaks(&self.speakers[at]));
        let mut waiting = (0..self.unplaced.len()).filter(|&at| waits(&self.unplaced[at]));
        let (one, first) = (known.next(), waiting.next());
        let is_other = |at: usize| {
            let folded = |at: usize| self.unplaced[at].as_ref().map(|one| &one.folded);
            folded(at) != first.and_then(folded)
        };
        if known.next().is_some() || one.is_some() && first.is_some() || waiting.any(is_other) {
            return None;
        }
        one.or_else(|| self.place(first?))
    }

    /// Gives the speakers their mentions, and the speakers, and what was done.
    pub fn finish(mut self) -> (Voices, Track) {
        let done = self.record.map(|record| self.mentions_done(record));
        // What was done tells of more than the last paragraphs.
        let kept = self.mentions.iter().filter(|_| done.is_none());
        let kept = kept.map(|one| (one.speaker, one.place));
        let told = done.iter().flatten().chain(&self.others).copied();
        let is_new = |speaker: usize| self.ledger.entries[speaker].is_new;
        let all = kept.chain(told);
        let all = all.filter(|(speaker, _)| is_new(*speaker));
        let mut counts = vec![0; self.speakers.len()];
        all.clone().for_each(|(speaker, _)| counts[speaker] += 1);
        let entries = self.ledger.entries.iter();
        let mut lists: Vec<Vec<Place>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (speaker, place) in all {
            lists[speaker].push(place);
        }
        for ((speaker, entry), mut mentions) in self.speakers.iter_mut().zip(entries).zip(lists) {
            if entry.is_new {
                mentions.sort_unstable();
                mentions.dedup();
                let speaker = Arc::make_mut(speaker);
                speaker.mentions = mentions;
                speaker.spoken.told = entry.told;
            }
        }
        (self.speakers.into_iter().collect(), self.track)
    }

    /// The speaker of that name: in full, without a forename, or by a shorter form of a body's name.
    pub fn by_words(&self, name: &str) -> Option<usize> {
        self.by_folded(&fold(name))
    }

    fn by_folded(&self, folded: &str) -> Option<usize> {
        if let Some(&at) = self.by_name.get(folded) {
            return Some(at);
        }
        let (first, last) = match folded.split_once(' ') {
            Some((first, rest)) => (first, rest.rsplit(' ').next()),
            None => (folded, None),
        };
        if last.is_none() {
            let surname = self.by_surname.of(folded).next();
            let surname = surname.or_else(|| self.by_middle.of(folded).next());
            if surname.is_some() {
                return surname;
            }
        }
        // "Bloom" for "Bloom News", "Harlow" for "Harlow Foods".
        let starts = |longer: &str, shorter: &str| {
            longer
                .strip_prefix(shorter)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        let body = self.by_first_word.of(first).find(|&at| {
            let known = &self.ledger.entries[at].folded;
            starts(known, folded) || starts(folded, known)
        });
        if body.is_some() {
            return body;
        }
        // "Maria T. Stone" and "Maria Stone": same first and last word.
        let same = self.by_surname.of(last?).find(|&at| {
            let known = &self.ledger.entries[at].folded;
            first_word(known) == first
        });
        same.or_else(|| self.by_surnames(folded))
    }

    /// Whoever has a surname of several words: `López Obrador` after `Andrés Manuel López Obrador`, `van der Berg`.
    fn by_surnames(&self, folded: &str) -> Option<usize> {
        let (first, _) = folded.split_once(' ')?;
        if words::classes_in_any_case(first).has(Classes::FORENAME) {
            return None;
        }
        self.by_surname.of(last_word(folded)).find(|&at| {
            let given = self.ledger.entries[at].folded.strip_suffix(folded);
            given.is_some_and(|given| given.ends_with(' '))
        })
    }

    fn add(
        &mut self,
        name: &str,
        folded: Cow<'a, str>,
        kind: SpeakerKind,
        role: Option<Cow<'a, str>>,
    ) -> usize {
        let at = self.speakers.len();
        let id = self.new_id(&folded);
        let family = (kind == SpeakerKind::Person)
            .then(|| surname(name))
            .flatten();
        let last = family.map(|family| family_of(&folded, family));
        let middle = family.and_then(|_| first_surname(name)).map(fold);
        if !matches!(self.notes, Notes::None | Notes::Asked) {
            let born = Born::of(&folded, kind, last.as_deref(), middle.as_deref());
            self.track.born.push(born);
        }
        if let Some(last) = last {
            self.by_surname.push(last, at);
        }
        if let Some(middle) = middle {
            self.by_middle.push(Cow::Owned(middle), at);
        }
        if matches!(kind, SpeakerKind::Body | SpeakerKind::Outlet) {
            self.by_first_word.push(part(&folded, first_word), at);
        }
        self.speakers.push(Arc::new(Speaker {
            id,
            name: name.to_owned(),
            surname: family.map(str::to_owned),
            kind,
            role: role.as_deref().map(str::to_owned),
            mentions: Vec::new(),
            entity: None,
            sources: Vec::new(),
            anonymous: None,
            spoken: Spoken {
                told: None,
                forename: (kind == SpeakerKind::Person)
                    .then(|| pronoun_of_forename(name))
                    .flatten(),
            },
        }));
        self.ledger.add(name, folded.clone(), kind);
        self.by_name.insert(folded, at);
        self.act(Act::Made(at as u32));
        if let Some(role) = role {
            self.ledger.roles.push((at, role));
            self.act(Act::Role(at as u32));
        }
        at
    }

    /// A speaker, to be changed.
    pub fn edit(&mut self, at: usize) -> &mut Speaker {
        Arc::make_mut(&mut self.speakers[at])
    }

    /// Notes what happens at a turn.
    fn act(&mut self, what: Act) {
        let event = Event { at: self.now, what };
        match self.notes {
            Notes::Introduced => self.track.introduced.push(event),
            Notes::Turns => self.track.events.push(event),
            Notes::None | Notes::Records | Notes::Asked => {}
        }
    }

    /// An id that nobody has: names that fold alike are numbered.
    fn new_id(&mut self, folded: &str) -> String {
        let id = slug_of_folded(folded);
        match self.taken.get_mut(&id) {
            Some(count) => {
                *count += 1;
                format!("{id}-{count}")
            }
            None => {
                self.taken.insert(id.clone(), 1);
                id
            }
        }
    }

    /// Notes a mention of somebody.
    pub fn note(&mut self, at: usize, place: Place, sentence: usize) {
        self.refer(at, place, sentence, place.block, false);
    }

    /// The same for words that point back to a name in another block.
    fn refer(&mut self, at: usize, place: Place, sentence: usize, named: usize, is_probable: bool) {
        self.done.speaker = at as u32;
        self.done.named = named as u32;
        self.done.is_probable = is_probable;
        let before = self.ledger.entries[at].last.replace(self.mentions.len());
        self.mentions.push(Mention {
            place,
            sentence,
            speaker: at,
            named,
            before,
            is_probable,
            is_said: false,
        });
    }

    /// `he`: the one who spoke last, at most three paragraphs back, unless a sentence since then is about somebody else;
    /// `they`, `it`: the group, body or document mentioned last.
    fn pronoun(&mut self, words: &str, place: Place, sentence: usize) -> Option<Found> {
        let lower = lower(words);
        let is_person = matches!(&*lower, "he" | "she");
        if matches!(&*lower, "i" | "we" | "you") {
            return None;
        }
        let likely = self
            .recent(place)
            .find(|one| self.may_mean(&lower, place, one, 3, false))
            .copied();
        // A forename only tells whom of several a pronoun means.
        let is_sure = likely.is_none();
        let any = |one: &&Mention| self.may_mean(&lower, place, one, 3, true);
        let latest = likely.or_else(|| self.recent(place).find(any).copied());
        if is_person && is_sure {
            // Whoever is meant may not have spoken yet.
            let told = |name: &str| pronoun_of_forename(name).is_some_and(|own| own == lower);
            let found = self.unplaced_before(place, sentence, told);
            if found.is_some() || latest.is_none() {
                return found.or_else(|| self.unplaced_before(place, sentence, |_| true));
            }
        }
        let latest = latest?;
        let fits = |mention: &&Mention, blocks: usize| {
            self.may_mean(&lower, place, mention, blocks, is_sure)
        };
        let is_here = latest.place.block == place.block;
        let (chosen, confidence) = if is_person {
            let (chosen, confidence) = self.who(place, latest, |one| fits(one, 3));
            // A desk that cuts the paragraph before must not turn the words over to somebody else in silence.
            let survives = || self.survives_a_cut(place, chosen.speaker, |one| fits(one, 4));
            let at = |one: &Mention| (one.place.block, one.sentence);
            let mut spoke = near(&self.spoke, place).filter(|one| fits(one, 3));
            let last = spoke.clone().next();
            let last = last.filter(|one| one.speaker == chosen.speaker && !one.is_probable);
            // Whoever alone said something in the last sentence goes on, whomever else it names: "The good news for Velk, Ruiz
            // said, is …"
            let has_just_said = last.is_some_and(|one| {
                let is_near = one.place.block + 1 >= place.block;
                let mut beside = spoke.by_ref().take_while(|other| at(other) == at(&latest));
                is_near
                    && one.is_said
                    && at(one) == at(&latest)
                    && beside.all(|other| other.speaker == chosen.speaker)
            });
            // Nobody else who may be meant is named since the paragraph before began.
            let is_alone = || {
                let mut near = self.recent(place).filter(|one| fits(one, 1));
                near.all(|one| one.speaker == chosen.speaker)
            };
            // Who spoke in the paragraph before goes on to speak; who is only spoken of, or spoke further up, may have come in
            // behind a paragraph that was cut.
            let goes_on = || {
                last.is_some_and(|one| {
                    one.place.block + 1 == place.block && is_alone() || survives()
                })
            };
            // "Mr. Hurt is eager to get it out. “Time is short,” he said.": the paragraph names one who may be meant, and nobody else.
            let is_named_here = || {
                let here = || self.recent(place).filter(|one| fits(one, 0));
                here().all(|one| one.speaker == chosen.speaker)
                    && here().any(|one| one.named == place.block && !one.is_probable)
            };
            let is_told = !is_sure && !chosen.is_probable;
            let confidence = if !is_told {
                Confidence::Low
            } else if has_just_said || is_named_here() {
                Confidence::Medium
            } else if is_here || goes_on() {
                confidence
            } else {
                Confidence::Low
            };
            (chosen, confidence)
        } else if is_here {
            (latest, Confidence::Medium)
        } else {
            (latest, Confidence::Low)
        };
        let is_probable = is_person && confidence == Confidence::Low;
        self.refer(chosen.speaker, place, sentence, chosen.named, is_probable);
        if is_person && confidence > Confidence::Low {
            // Nobody is “she” here and “he” there.
            let entry = &mut self.ledger.entries[chosen.speaker];
            let said = if lower == "he" { "he" } else { "she" };
            if entry.meant.is_none() {
                entry.meant = Some(said);
                self.act(Act::Meant(chosen.speaker as u32, said));
            }
        }
        Some(Found {
            speaker: SpeakerId(chosen.speaker),
            confidence,
            antecedent: Some(chosen.place),
        })
    }

    /// Whether a pronoun at a place may mean somebody mentioned at most so many blocks before it.
    fn may_mean(
        &self,
        pronoun: &str,
        place: Place,
        mention: &Mention,
        blocks: usize,
        is_sure: bool,
    ) -> bool {
        let is_person = matches!(pronoun, "he" | "she");
        let near =
            mention.place < place && place.block.saturating_sub(mention.place.block) <= blocks;
        near && match self.speakers[mention.speaker].kind {
            SpeakerKind::Person if is_person => {
                self.is_spoken_of_as(mention.speaker, pronoun, is_sure)
            }
            SpeakerKind::Person => pronoun == "they",
            _ => !is_person,
        }
    }

    /// Whether a speaker may be meant by a pronoun; where only what is sure counts, whatever their forename is.
    fn is_spoken_of_as(&self, speaker: usize, pronoun: &str, is_sure: bool) -> bool {
        let forename = self.speakers[speaker].spoken.forename;
        let entry = &self.ledger.entries[speaker];
        let likely = forename.or(entry.meant);
        let own = entry.told.or(likely.filter(|_| !is_sure));
        own.is_none_or(|own| own == pronoun)
    }

    /// `he`, with nobody known before: the name of two words nearest before, in this paragraph or the one before.
    /// Only names that fit count.
    fn unplaced_before(
        &mut self,
        place: Place,
        sentence: usize,
        fits: impl Fn(&str) -> bool,
    ) -> Option<Found> {
        // They stand in the order of their blocks, those of headlines first.
        let is_near = |one: &Unplaced| {
            one.place
                .is_some_and(|named| named.block + 1 >= place.block)
        };
        let may_be = |one: &Unplaced| one.place < Some(place) && fits(&one.name);
        let waiting = self.unplaced.iter().enumerate().rev();
        let mut near = waiting.take_while(|(_, one)| one.as_ref().is_none_or(is_near));
        let one = near.find_map(|(at, one)| Some((one.as_ref().filter(|one| may_be(one))?.at, at)));
        let mut near = self.near_unplaced.iter().enumerate().rev();
        let other = near.find(|(_, one)| is_near(one) && may_be(one));
        let other = other.map(|(at, one)| (one.at, at));
        let found = match (one, other) {
            (one, Some(other)) if one.is_none_or(|one| one.0 < other.0) => {
                self.near_unplaced.remove(other.1)
            }
            (one, _) => self.unplaced[one?.1].take()?,
        };
        self.act(Act::Took(found.at));
        let named = found.place?;
        let at = self.add(&found.name, found.folded, SpeakerKind::Person, None);
        self.note(at, named, found.sentence);
        self.note(at, place, sentence);
        Some(Found {
            speaker: SpeakerId(at),
            confidence: Confidence::Low,
            antecedent: Some(named),
        })
    }

    /// The mentions that a pronoun at a place may mean, the last one first.
    fn recent(&self, place: Place) -> impl Iterator<Item = &Mention> + Clone {
        near(&self.mentions, place)
    }

    /// Whether a pronoun surely means nobody else, whichever one of the paragraphs before it a desk cuts; `fits` reaches one
    /// paragraph further than the pronoun does.
    fn survives_a_cut(
        &self,
        place: Place,
        speaker: usize,
        fits: impl Fn(&&Mention) -> bool,
    ) -> bool {
        let near: Vec<&Mention> = self.recent(place).filter(&fits).collect();
        let mut blocks: Vec<usize> = near.iter().map(|one| one.place.block).collect();
        blocks.dedup();
        blocks.iter().all(|&cut| {
            let is_left = |one: &&Mention| fits(one) && one.place.block != cut && one.named != cut;
            let mut left = near.iter().copied().filter(is_left);
            // With nobody left it is open whom the pronoun means, and no other.
            let Some(latest) = left.clone().next() else {
                return true;
            };
            // Who a pronoun would mean that pointed into the paragraph is not known, unless nobody else is left.
            let is_lost = near
                .iter()
                .any(|one| one.place.block != cut && one.named == cut);
            if is_lost {
                return left.all(|one| one.speaker == speaker);
            }
            let (found, confidence) = self.who(place, *latest, is_left);
            found.speaker == speaker || confidence == Confidence::Low
        })
    }

    /// Who `he` is: sentences are about whom they name first, and whoever speaks goes on until one is about another.
    fn who(
        &self,
        place: Place,
        latest: Mention,
        fits: impl Fn(&&Mention) -> bool,
    ) -> (Mention, Confidence) {
        let spoke = near(&self.spoke, place).find(&fits).copied();
        let in_last_sentence = |mention: &&Mention| {
            mention.place.block == latest.place.block && mention.sentence == latest.sentence
        };
        let mut first = latest;
        let mut is_alone = true;
        for mention in self.recent(place).filter(&fits) {
            if mention.place.block + 1 < latest.place.block {
                break;
            }
            if in_last_sentence(&mention) {
                first = *mention;
            }
            is_alone &= mention.speaker == latest.speaker;
        }
        match spoke {
            Some(spoke) if spoke.speaker == first.speaker => (first, Confidence::Medium),
            None if is_alone => (first, Confidence::Medium),
            Some(spoke) if in_last_sentence(&&spoke) => (spoke, Confidence::Low),
            _ => (first, Confidence::Low),
        }
    }

    /// `the minister`: the person last mentioned whose role has that word; where nobody has it, an institution.
    fn definite(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        place: Place,
        sentence: usize,
    ) -> Option<Found> {
        phrase.head?;
        let known = self.with_role(text, phrase, place, sentence);
        if known.is_some() {
            return known;
        }
        let name = strip_article(phrase.span.of(text));
        let folded = fold(name);
        let known = self.by_name.get(&*folded).copied();
        let kind = SpeakerKind::Institution;
        let at = known.unwrap_or_else(|| self.add(name, Cow::Owned(folded), kind, None));
        self.note(at, place, sentence);
        Some(Found {
            speaker: SpeakerId(at),
            confidence: Confidence::Medium,
            antecedent: None,
        })
    }

    /// The person last mentioned whose role has the word of a phrase.
    fn with_role(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        place: Place,
        sentence: usize,
    ) -> Option<Found> {
        let head = phrase.head.map(|head| lower(head.of(text)))?;
        // The last mention before the place of each one whose role has the word; then the last of these.
        let mut those: Vec<usize> = self.ledger.with_role(&head).collect();
        // "The president" is not the vice president.
        let is_vice = |words: &str| words.to_lowercase().contains("vice ");
        if !is_vice(phrase.span.of(text)) {
            those.retain(|&at| !self.speakers[at].role.as_deref().is_some_and(is_vice));
        }
        those.sort_unstable();
        those.dedup();
        let is_one = those.len() == 1;
        let (at, named_at, named) = self.last_mention(those, place)?;
        let is_near = named_at.block + NEAR >= place.block;
        let confidence = match is_one && is_near {
            true => Confidence::Medium,
            false => Confidence::Low,
        };
        self.refer(at, place, sentence, named, false);
        Some(Found {
            speaker: SpeakerId(at),
            confidence,
            antecedent: Some(named_at),
        })
    }

    /// `the official` after `Lena Hart, a county official`: no source without a name.
    fn described(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        features: &Anonymous,
        place: Place,
        sentence: usize,
    ) -> Option<Found> {
        let words = phrase.span.of(text);
        let is_the = words
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("the "));
        let is_bare =
            features.count.is_none() && features.basis.is_none() && features.reason.is_none();
        if !is_the || !is_bare || features.is_plural {
            return None;
        }
        let head = phrase.head.map(|head| lower(head.of(text)))?;
        let mut those: Vec<usize> = self.ledger.with_role(&head).collect();
        those.retain(|&at| self.speakers[at].kind == SpeakerKind::Person);
        let (at, named_at, named) = self.last_near(those, place)?;
        // With people without a name near by, it may be one of them.
        let group = self.group();
        if group.is_some_and(|group| self.last_near(vec![group], place).is_some()) {
            return None;
        }
        self.refer(at, place, sentence, named, false);
        Some(Found {
            speaker: SpeakerId(at),
            confidence: Confidence::Medium,
            antecedent: Some(named_at),
        })
    }

    /// People without a name: the group that the words point back to, the same words, or a new group.
    fn anonymous(&mut self, words: &str, bare_name: Name<'a>, features: &Anonymous) -> usize {
        let bare =
            features.count.is_none() && features.basis.is_none() && features.affiliation.is_none();
        let points_back =
            features.is_back_reference || (bare && words.to_lowercase().ends_with("officials"));
        let back = self.last_group.filter(|_| points_back);
        let key = bare_name.folded;
        // "city officials" earlier, "officials" now: the institution goes on.
        let is_mentioned = |at: &usize| self.ledger.entries[*at].last.is_some();
        let institutions = self.ledger.by_tail.of(key).filter(is_mentioned);
        let institution = points_back.then(|| institutions.last()).flatten();
        let known = institution
            .or(back)
            .or_else(|| self.by_name.get(key).copied());
        let at = known.unwrap_or_else(|| {
            let at = self.add(words, Cow::Owned(fold(words)), SpeakerKind::Anonymous, None);
            self.by_name.insert(Cow::Borrowed(key), at);
            let number = self.ledger.anonymous;
            self.edit(at).id = format!("anon-{number}");
            at
        });
        if self.speakers[at].kind == SpeakerKind::Anonymous {
            self.last_group = Some(at);
            match &mut self.edit(at).anonymous {
                Some(told) => told.add(features),
                told => *told = Some(Nameless::of(features)),
            }
        }
        at
    }

    /// A document: one spoken of before if the nouns are shared ("the latest draft of a communique", "The draft").
    fn document(&mut self, words: &str) -> usize {
        let definite = words
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("the "));
        let same_name = self.ledger.documents.get(&*fold(words)).copied();
        let nouns = document_nouns(words).into_iter().filter(|_| definite);
        let same_noun = nouns.filter_map(|noun| self.ledger.by_noun.get(&noun).copied());
        let known = same_noun.chain(same_name).max();
        known.unwrap_or_else(|| {
            let name = strip_article(words);
            self.add(name, Cow::Owned(fold(name)), SpeakerKind::Document, None)
        })
    }
}

/// What somebody is whom nobody has told of.
fn kind_of_new(name: &str, who: Who, is_first_word: bool) -> SpeakerKind {
    let single = !name.contains(' ');
    match who {
        Who::Outlet => SpeakerKind::Outlet,
        Who::Body => SpeakerKind::Body,
        _ if name.contains(" and ") => SpeakerKind::Collective,
        // "Shoppers said" at the start of a sentence: a plural, unless somebody of that name is known.
        _ if single && is_first_word && name.ends_with('s') => SpeakerKind::Collective,
        // "Many said": no name but the first word of its sentence.
        _ if single && is_first_word && is_common(name) => SpeakerKind::Collective,
        _ => SpeakerKind::Person,
    }
}

/// Whether a word with a capital is one that begins sentences, or many people.
fn is_common(word: &str) -> bool {
    let common = Classes::STARTER.or(Classes::COLLECTIVE).or(Classes::ADVERB);
    let classes = words::classes_in_any_case(word);
    classes.has(common) && !classes.has(Classes::FORENAME)
}

/// The words of a role in small letters.
pub fn role_words<'a>(role: &Cow<'a, str>) -> Vec<Cow<'a, str>> {
    let is_cut = |c: char| !c.is_alphanumeric();
    match role {
        Cow::Borrowed(role)
            if role
                .bytes()
                .all(|c| c.is_ascii() && !c.is_ascii_uppercase()) =>
        {
            role.split(is_cut).map(Cow::Borrowed).collect()
        }
        role => {
            let lower = role.to_lowercase();
            let words = lower.split(is_cut);
            words.map(|word| Cow::Owned(word.to_owned())).collect()
        }
    }
}

/// The first word of a name.
fn first_word(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(first, _)| first)
}

/// The last word of a name.
fn last_word(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(_, last)| last)
}

/// A part of a name, borrowed where the name is.
fn part<'a>(name: &Cow<'a, str>, part: impl Fn(&str) -> &str) -> Cow<'a, str> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(part(name)),
        Cow::Owned(name) => Cow::Owned(part(name).to_owned()),
    }
}

/// The first of two surnames: `García` of `Alberto García Ruiz`; none where it may be a second forename, an initial or a particle.
fn first_surname(name: &str) -> Option<&str> {
    let (before, _) = name.rsplit_once(' ')?;
    let (given, middle) = before.rsplit_once(' ')?;
    let is_name = middle.len() > 3
        && middle.starts_with(char::is_uppercase)
        && middle.chars().all(char::is_alphabetic)
        && !given.contains(' ');
    let no_surname = Classes::FORENAME.or(Classes::ROLE).or(Classes::RANK);
    let is_surname = is_name && !words::classes_in_any_case(middle).has(no_surname);
    is_surname.then_some(middle)
}

/// What leads to a person of a name.
pub fn born(name: Name) -> Born {
    let folded = Cow::Borrowed(name.folded);
    let family = surname(name.plain);
    let last = family.map(|family| family_of(&folded, family));
    let middle = family.and_then(|_| first_surname(name.plain)).map(fold);
    let (last, middle) = (last.as_deref(), middle.as_deref());
    Born::of(name.folded, SpeakerKind::Person, last, middle)
}

/// The last word of a surname folded, which stands at the end of most names.
fn family_of<'a>(folded: &Cow<'a, str>, family: &str) -> Cow<'a, str> {
    let family = last_word(family);
    let is_plain = family.bytes().all(|byte| byte.is_ascii_alphabetic());
    match is_plain && last_word(folded).eq_ignore_ascii_case(family) {
        true => part(folded, last_word),
        false => Cow::Owned(fold(family)),
    }
}

/// The mentions of a list that lie near enough before a place, the last one first. They stand in it as their blocks were
/// read, so that behind one that is too far back there is none that is not.
fn near(mentions: &[Mention], place: Place) -> impl Iterator<Item = &Mention> + Clone {
    let recent = mentions.iter().rev().take(RECENT);
    recent.take_while(move |one| one.place.block + NEAR >= place.block)
}

/// The first of the pronouns of a record: `she/her`.
fn pronoun_of(field: &str) -> Option<&'static str> {
    match field.split('/').next().unwrap_or_default().trim() {
        "he" => Some("he"),
        "she" => Some("she"),
        _ => None,
    }
}

/// How people of a forename are nearly always spoken of: `Anna Roth`.
fn pronoun_of_forename(name: &str) -> Option<&'static str> {
    let (forename, _) = name.split_once(' ')?;
    let classes = words::classes_in_any_case(forename);
    match (
        classes.has(Classes::FORENAME_HE),
        classes.has(Classes::FORENAME_SHE),
    ) {
        (true, false) => Some("he"),
        (false, true) => Some("she"),
        _ => None,
    }
}

fn document_nouns(words: &str) -> Vec<String> {
    words
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| words::classes(word).has(Classes::DOCUMENT))
        .map(str::to_owned)
        .collect()
}
