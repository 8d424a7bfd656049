//! Who is who: the mentions of a draft gathered into speakers.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::name::{fold, slug, surname};
use super::source::Entity;
use super::{Confidence, Place, Speaker, SpeakerId, SpeakerKind};
use crate::prose::phrase::{Anonymous, NounKind, NounPhrase};
use crate::prose::word::possessive_stem;
use crate::words::{self, Classes};

/// How many mentions back a pronoun may point; three paragraphs hardly have as many.
const RECENT: usize = 256;

/// How many blocks back mentions are looked at: a pronoun reaches three, a cut is tried in the fourth, and a name that had
/// to wait for a pronoun may stand one before the block in which it was noted.
const NEAR: usize = 5;

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

/// Somebody named, or meant by a pronoun.
#[derive(Clone, Copy, Debug)]
struct Mention {
    place: Place,
    /// Index of the sentence in its block.
    sentence: usize,
    speaker: usize,
    /// The block that names them: its own, or that of the mention which a pronoun points back to.
    named: usize,
}

/// A name that nobody has yet.
#[derive(Debug)]
struct Unplaced {
    /// Where it stands; none for one in a headline.
    place: Option<Place>,
    /// Index of the sentence in its block.
    sentence: usize,
    name: Rc<str>,
}

/// The speakers of a draft while they are being gathered.
#[derive(Debug, Default)]
pub struct People {
    /// In order of first appearance.
    pub speakers: Vec<Speaker>,
    by_name: FxHashMap<String, usize>,
    by_surname: FxHashMap<String, Vec<usize>>,
    by_first_word: FxHashMap<String, Vec<usize>>,
    taken: FxHashMap<String, u32>,
    /// Mentions in order, for pronouns.
    mentions: Vec<Mention>,
    /// Those who spoke, in order.
    spoke: Vec<Mention>,
    /// What titles (`Mrs.`) and records tell of how somebody is spoken of, for each speaker.
    pronouns: Vec<Option<&'static str>>,
    last_group: Option<usize>,
    /// Names of two words and more that nobody has yet, in order: whose surname speaks later was a person. None where
    /// somebody has it by now.
    unplaced: Vec<Option<Unplaced>>,
    /// Where those stand that end in a word, in order; by [`last_word`].
    unplaced_by_last: FxHashMap<String, Vec<usize>>,
    ledger: Ledger,
}

/// What is known of the speakers by their number, so that none is searched for among all.
#[derive(Debug, Default)]
struct Ledger {
    /// Each one's name, folded.
    folded: Vec<String>,
    /// Where each one's mentions stand among all mentions.
    mentions: Vec<Vec<usize>>,
    /// How many have an entity of the draft; they come first.
    entities: usize,
    /// How many have no name.
    anonymous: usize,
    /// The speakers whose role has a word, in order.
    by_role: FxHashMap<String, Vec<usize>>,
    /// The institutions whose name ends in some words, in order.
    by_tail: FxHashMap<String, Vec<usize>>,
    /// The last document of a name, and the last one with a noun.
    documents: FxHashMap<String, usize>,
    by_noun: FxHashMap<String, usize>,
    /// Names as they stand in the text, cleaned and folded before.
    spelled: FxHashMap<Rc<str>, (Rc<str>, Rc<str>)>,
}

impl Ledger {
    /// Takes in a speaker who was added just now.
    fn add(&mut self, name: &str, folded: String, kind: SpeakerKind) {
        let at = self.folded.len();
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
                    self.by_tail.entry(tail).or_default().push(at);
                }
            }
            SpeakerKind::Person
            | SpeakerKind::Body
            | SpeakerKind::Outlet
            | SpeakerKind::Collective => {}
        }
        self.folded.push(folded);
        self.mentions.push(Vec::new());
    }

    /// Takes in the role of a speaker.
    fn role(&mut self, at: usize, role: &str) {
        let lower = role.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()) {
            let those = self.by_role.entry(word.to_owned()).or_default();
            if let Err(place) = those.binary_search(&at) {
                those.insert(place, at);
            }
        }
    }

    /// A name on one line without a possessive ending, and the same folded.
    fn spelled(&mut self, name: &str) -> (Rc<str>, Rc<str>) {
        if let Some(known) = self.spelled.get(name) {
            return known.clone();
        }
        let own: Rc<str> = name.into();
        let clean = match clean(name) {
            clean if clean == *name => own.clone(),
            clean => clean.into(),
        };
        let both = (clean.clone(), fold(&clean).into());
        self.spelled.insert(own, both.clone());
        both
    }
}

impl People {
    /// Starts with the entities defined in the draft; they have no mention yet. `names` and `statements` are as many as the
    /// draft has of them: room is made for them at once.
    pub fn new(entities: &[Entity], names: usize, statements: usize) -> People {
        let mut people = People::default();
        people.mentions.reserve(names + statements);
        people.spoke.reserve(statements);
        people.ledger.spelled.reserve(names / 4);
        for (index, entity) in entities.iter().enumerate() {
            let kind = match entity.kind {
                "org" | "place" | "office" => SpeakerKind::Body,
                _ => SpeakerKind::Person,
            };
            if entity.name.is_empty() {
                continue;
            }
            let at = people.add(&entity.name, kind, entity.field("role").map(str::to_owned));
            people.speakers[at].id = entity.id.clone();
            people.speakers[at].entity = Some(index);
            people.ledger.entities = at + 1;
            people.pronouns[at] = entity.field("pronouns").and_then(pronoun_of);
            for other in entity
                .field("aka")
                .into_iter()
                .flat_map(|aka| aka.split(','))
            {
                people.by_name.entry(fold(other)).or_insert(at);
            }
        }
        people
    }

    /// Takes in a full name, before anything is resolved, so that a surname may stand before the name it belongs to.
    pub fn introduce(&mut self, text: &str, phrase: &NounPhrase) {
        let Some(name) = phrase.name else { return };
        let (name, folded) = self.ledger.spelled(name.of(text));
        if !name.contains(' ') || name.contains(" and ") {
            return;
        }
        let kind = match phrase.kind {
            NounKind::Person => SpeakerKind::Person,
            NounKind::Outlet => SpeakerKind::Outlet,
            NounKind::Body => SpeakerKind::Body,
            _ => return,
        };
        let role = phrase.role.map(|role| role.of(text));
        match self.by_name.get(&*folded) {
            Some(&at) => {
                if let (None, Some(role)) = (&self.speakers[at].role, role) {
                    self.ledger.role(at, role);
                    self.speakers[at].role = Some(role.to_owned());
                }
            }
            None => {
                self.add(&name, kind, role.map(str::to_owned));
            }
        }
    }

    /// Notes a mention of somebody by name, for the pronouns after it. `words` are the name with what stands before it
    /// (`Mrs. Ruiz`). Names that nobody has wait for one who speaks, if they are plain: no word of a body's, a place's, a title.
    pub fn mention(
        &mut self,
        name: &str,
        words: &str,
        place: Place,
        sentence: usize,
        is_plain: bool,
    ) {
        let (name, folded) = self.ledger.spelled(name);
        if let Some(found) = self.by_folded(&folded) {
            self.pronouns[found] = self.pronouns[found].or(of_title(words));
            self.note(found, place, sentence);
        } else if is_plain && (2..=4).contains(&name.split(' ').count()) {
            self.wait(Some(place), sentence, name);
        }
    }

    /// Notes a name in a headline: no mention in copy, but it tells whose surname the story has.
    pub fn headline(&mut self, name: &str) {
        let (name, folded) = self.ledger.spelled(name);
        if (2..=4).contains(&name.split(' ').count()) && self.by_folded(&folded).is_none() {
            self.wait(None, 0, name);
        }
    }

    /// Notes a name that nobody has yet.
    fn wait(&mut self, place: Option<Place>, sentence: usize, name: Rc<str>) {
        let those = self.unplaced_by_last.entry(last_word(&name)).or_default();
        those.push(self.unplaced.len());
        self.unplaced.push(Some(Unplaced {
            place,
            sentence,
            name,
        }));
    }

    /// Tomas Velk, named before without a title, where "Velk" speaks.
    fn placed(&mut self, surname: &str) -> Option<usize> {
        let those = self.unplaced_by_last.get(&last_word(surname))?;
        let waits = |at: &&usize| self.unplaced[**at].is_some();
        let at = *those.iter().find(waits)?;
        let found = self.unplaced[at].take()?;
        let speaker = self.add(&found.name, SpeakerKind::Person, None);
        self.speakers[speaker].mentions.extend(found.place);
        Some(speaker)
    }

    /// Somebody whom a pronoun names and nobody else does: `he` with no person before it.
    pub fn unknown(&mut self, words: &str, place: Place) -> SpeakerId {
        let at = self.add(words, SpeakerKind::Person, None);
        self.speakers[at].id = format!("unknown-{at}");
        self.speakers[at].surname = None;
        self.by_surname.remove(&fold(words));
        self.by_name.remove(&fold(words));
        self.speakers[at].mentions.push(place);
        SpeakerId(at)
    }

    /// The speaker of an entity's id, or of a name in a source's record; a new one where nobody has it.
    pub fn named(&mut self, name: &str, kind: SpeakerKind) -> SpeakerId {
        let id = name.trim().trim_start_matches('@');
        let known = self.speakers[..self.ledger.entities]
            .iter()
            .position(|speaker| speaker.entity.is_some() && speaker.id == id);
        let known = known.or_else(|| self.by_words(name.trim()));
        SpeakerId(known.unwrap_or_else(|| self.add(name.trim(), kind, None)))
    }

    /// Who a phrase means. `is_first_word` says that its capital may only be the sentence's.
    pub fn resolve(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        place: Place,
        sentence: usize,
        is_first_word: bool,
    ) -> Option<Found> {
        let found = self.find(text, phrase, place, sentence, is_first_word)?;
        let named = self.mentions.last().map_or(place.block, |last| last.named);
        self.spoke.push(Mention {
            place,
            sentence,
            speaker: found.speaker.0,
            named,
        });
        Some(found)
    }

    fn find(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        place: Place,
        sentence: usize,
        is_first_word: bool,
    ) -> Option<Found> {
        let sure = |speaker: usize| {
            Some(Found {
                speaker: SpeakerId(speaker),
                confidence: Confidence::High,
                antecedent: None,
            })
        };
        let words = phrase.span.of(text);
        match &phrase.kind {
            NounKind::Person | NounKind::Body | NounKind::Outlet => {
                let own = phrase.name.unwrap_or(phrase.span).of(text);
                let (name, folded) = self.ledger.spelled(own);
                let is_surname = phrase.kind == NounKind::Person && !name.contains(' ');
                let known = self.by_folded(&folded);
                let known = known.or_else(|| is_surname.then(|| self.placed(&name)).flatten());
                let at = match known {
                    Some(at) => at,
                    None => self.add(
                        &name,
                        self.kind_of_new(&name, &phrase.kind, is_first_word),
                        None,
                    ),
                };
                if let (None, Some(role)) = (&self.speakers[at].role, phrase.role) {
                    self.ledger.role(at, role.of(text));
                    self.speakers[at].role = Some(role.of(text).to_owned());
                }
                self.pronouns[at] = self.pronouns[at].or(of_title(words));
                self.note(at, place, sentence);
                sure(at)
            }
            NounKind::Pronoun => self.pronoun(words, place, sentence),
            NounKind::Definite => self.definite(text, phrase, place, sentence),
            NounKind::Anonymous(features) => {
                let at = self.anonymous(words, features);
                self.note(at, place, sentence);
                sure(at)
            }
            NounKind::Document => {
                let at = self.document(words);
                self.note(at, place, sentence);
                sure(at)
            }
            NounKind::Institution | NounKind::Collective | NounKind::Other => {
                let kind = if phrase.kind == NounKind::Institution {
                    SpeakerKind::Institution
                } else {
                    SpeakerKind::Collective
                };
                let name = strip_article(words);
                let at = self
                    .by_name
                    .get(&fold(name))
                    .copied()
                    .unwrap_or_else(|| self.add(name, kind, None));
                self.note(at, place, sentence);
                sure(at)
            }
        }
    }

    /// Gives the sources that are theirs to speakers, and drops entities that nobody mentions.
    pub fn finish(mut self) -> Vec<Speaker> {
        for speaker in &mut self.speakers {
            speaker.mentions.sort_unstable();
            speaker.mentions.dedup();
        }
        self.speakers
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
        if last.is_none()
            && let Some(at) = self.by_surname.get(folded).and_then(|those| those.first())
        {
            return Some(*at);
        }
        // "Bloom" for "Bloom News", "Harlow" for "Harlow Foods".
        let starts = |longer: &str, shorter: &str| {
            longer
                .strip_prefix(shorter)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        let body = self
            .by_first_word
            .get(first)
            .into_iter()
            .flatten()
            .copied()
            .find(|&at| {
                let known = &self.ledger.folded[at];
                starts(known, folded) || starts(folded, known)
            });
        if body.is_some() {
            return body;
        }
        // "Maria T. Stone" and "Maria Stone": same first and last word.
        self.by_surname.get(last?)?.iter().copied().find(|&at| {
            let known = &self.ledger.folded[at];
            known.split(' ').next() == Some(first)
        })
    }

    fn kind_of_new(&self, name: &str, kind: &NounKind, is_first_word: bool) -> SpeakerKind {
        let single = !name.contains(' ');
        match kind {
            NounKind::Outlet => SpeakerKind::Outlet,
            NounKind::Body => SpeakerKind::Body,
            _ if name.contains(" and ") => SpeakerKind::Collective,
            // "Shoppers said" at the start of a sentence: a plural, unless somebody of that name is known.
            _ if single && is_first_word && name.ends_with('s') => SpeakerKind::Collective,
            _ => SpeakerKind::Person,
        }
    }

    fn add(&mut self, name: &str, kind: SpeakerKind, role: Option<String>) -> usize {
        let at = self.speakers.len();
        let base = slug(name);
        let count = self.taken.entry(base.clone()).or_insert(0);
        *count += 1;
        let id = if *count == 1 {
            base
        } else {
            format!("{base}-{count}")
        };
        let family = (kind == SpeakerKind::Person)
            .then(|| surname(name))
            .flatten();
        if let Some(family) = &family {
            self.by_surname.entry(fold(family)).or_default().push(at);
        }
        let folded = fold(name);
        if matches!(kind, SpeakerKind::Body | SpeakerKind::Outlet) {
            let first = folded.split(' ').next().unwrap_or_default().to_owned();
            self.by_first_word.entry(first).or_default().push(at);
        }
        self.ledger.add(name, folded.clone(), kind);
        if let Some(role) = &role {
            self.ledger.role(at, role);
        }
        self.by_name.insert(folded, at);
        self.pronouns.push(None);
        self.speakers.push(Speaker {
            id,
            name: name.to_owned(),
            surname: family,
            kind,
            role,
            mentions: Vec::new(),
            entity: None,
            sources: Vec::new(),
            anonymous: None,
        });
        at
    }

    fn note(&mut self, at: usize, place: Place, sentence: usize) {
        self.refer(at, place, sentence, place.block);
    }

    /// The same for words that point back to a name in another block.
    fn refer(&mut self, at: usize, place: Place, sentence: usize, named: usize) {
        self.speakers[at].mentions.push(place);
        self.ledger.mentions[at].push(self.mentions.len());
        self.mentions.push(Mention {
            place,
            sentence,
            speaker: at,
            named,
        });
    }

    /// `he`: the one who spoke last, at most three paragraphs back, unless a sentence since then is about somebody else;
    /// `they`, `it`: the group, body or document mentioned last.
    fn pronoun(&mut self, words: &str, place: Place, sentence: usize) -> Option<Found> {
        let lower = words.to_lowercase();
        let is_person = matches!(lower.as_str(), "he" | "she");
        if matches!(lower.as_str(), "i" | "we" | "you") {
            return None;
        }
        let fits = |mention: &&Mention, blocks: usize| {
            let near =
                mention.place < place && place.block.saturating_sub(mention.place.block) <= blocks;
            near && match self.speakers[mention.speaker].kind {
                SpeakerKind::Person => {
                    (is_person && self.pronouns[mention.speaker].is_none_or(|own| own == lower))
                        || lower == "they"
                }
                _ => !is_person,
            }
        };
        let latest = self.recent(place).find(|one| fits(one, 3)).copied();
        if is_person && latest.is_none() {
            return self.unplaced_before(place, sentence);
        }
        let latest = latest?;
        let is_here = latest.place.block == place.block;
        let (chosen, confidence) = if is_person {
            let (chosen, confidence) = self.who(place, latest, |one| fits(one, 3));
            // A desk that cuts the paragraph before must not turn the words over to somebody else in silence.
            let stays = is_here || self.survives_a_cut(place, chosen.speaker, |one| fits(one, 4));
            match stays {
                true => (chosen, confidence),
                false => (chosen, Confidence::Low),
            }
        } else if is_here {
            (latest, Confidence::Medium)
        } else {
            (latest, Confidence::Low)
        };
        self.refer(chosen.speaker, place, sentence, chosen.named);
        Some(Found {
            speaker: SpeakerId(chosen.speaker),
            confidence,
            antecedent: Some(chosen.place),
        })
    }

    /// `he`, with nobody known before: the name of two words nearest before, in this paragraph or the one before.
    fn unplaced_before(&mut self, place: Place, sentence: usize) -> Option<Found> {
        // They stand in the order of their blocks, those of headlines first.
        let is_near = |one: &Unplaced| {
            one.place
                .is_some_and(|named| named.block + 1 >= place.block)
        };
        let waiting = self.unplaced.iter_mut().rev();
        let near = waiting
            .take_while(|one| one.as_ref().is_none_or(is_near))
            .find(|one| one.as_ref().is_some_and(|one| one.place < Some(place)))?;
        let found = near.take()?;
        let named = found.place?;
        let at = self.add(&found.name, SpeakerKind::Person, None);
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

    /// Whether a pronoun means the same person, and surely, whichever one of the paragraphs before it a desk cuts; `fits`
    /// reaches one paragraph further than the pronoun does.
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
            let Some(latest) = left.clone().next() else {
                return false;
            };
            // Who a pronoun would mean that pointed into the paragraph is not known, unless nobody else is left.
            let is_lost = near
                .iter()
                .any(|one| one.place.block != cut && one.named == cut);
            if is_lost {
                return left.all(|one| one.speaker == speaker);
            }
            let (found, confidence) = self.who(place, *latest, is_left);
            found.speaker == speaker && confidence > Confidence::Low
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

    /// `the minister`: the person last mentioned whose role has that word.
    fn definite(
        &mut self,
        text: &str,
        phrase: &NounPhrase,
        place: Place,
        sentence: usize,
    ) -> Option<Found> {
        let head = phrase.head.map(|head| head.of(text).to_lowercase())?;
        // The last mention before the place of each one whose role has the word; then the last of these.
        let those = self.ledger.by_role.get(&head).into_iter().flatten();
        let last = those.filter_map(|&at| {
            let mut mentions = self.ledger.mentions[at].iter().rev().copied();
            mentions.find(|&index| self.mentions[index].place < place)
        });
        let found = last.max().map(|index| self.mentions[index]);
        match found {
            Some(mention) => {
                let at = mention.speaker;
                self.refer(at, place, sentence, mention.named);
                Some(Found {
                    speaker: SpeakerId(at),
                    confidence: Confidence::Medium,
                    antecedent: Some(mention.place),
                })
            }
            None => {
                let name = strip_article(phrase.span.of(text)).to_owned();
                let at = self
                    .by_name
                    .get(&fold(&name))
                    .copied()
                    .unwrap_or_else(|| self.add(&name, SpeakerKind::Institution, None));
                self.note(at, place, sentence);
                Some(Found {
                    speaker: SpeakerId(at),
                    confidence: Confidence::Medium,
                    antecedent: None,
                })
            }
        }
    }

    /// People without a name: the group that the words point back to, the same words, or a new group.
    fn anonymous(&mut self, words: &str, features: &Anonymous) -> usize {
        let bare =
            features.count.is_none() && features.basis.is_none() && features.affiliation.is_none();
        let points_back =
            features.is_back_reference || (bare && words.to_lowercase().ends_with("officials"));
        let back = self.last_group.filter(|_| points_back);
        let key = fold(strip_article(words));
        // "city officials" earlier, "officials" now: the institution goes on.
        let institutions = self.ledger.by_tail.get(&key).filter(|_| points_back);
        let mut institutions = institutions.into_iter().flatten().rev().copied();
        let institution = institutions.find(|&at| !self.speakers[at].mentions.is_empty());
        let known = institution
            .or(back)
            .or_else(|| self.by_name.get(&key).copied());
        let at = known.unwrap_or_else(|| {
            let at = self.add(words, SpeakerKind::Anonymous, None);
            self.by_name.insert(key, at);
            let number = self.ledger.anonymous;
            self.speakers[at].id = format!("anon-{number}");
            at
        });
        if self.speakers[at].kind == SpeakerKind::Anonymous {
            self.last_group = Some(at);
            let merged = self.speakers[at]
                .anonymous
                .get_or_insert_with(|| features.clone());
            merged.count = merged
                .count
                .or(features.count.filter(|_| !features.is_back_reference));
            merged.basis = merged.basis.or(features.basis);
            merged.affiliation = merged.affiliation.or(features.affiliation);
            merged.reason = merged.reason.or(features.reason);
            merged.is_specific |= features.is_specific;
        }
        at
    }

    /// A document: one spoken of before if the nouns are shared ("the latest draft of a communique", "The draft").
    fn document(&mut self, words: &str) -> usize {
        let definite = words
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("the "));
        let same_name = self.ledger.documents.get(&fold(words)).copied();
        let nouns = document_nouns(words).into_iter().filter(|_| definite);
        let same_noun = nouns.filter_map(|noun| self.ledger.by_noun.get(&noun).copied());
        let known = same_noun.chain(same_name).max();
        known.unwrap_or_else(|| self.add(strip_article(words), SpeakerKind::Document, None))
    }
}

/// The last word of a name, without its capitals.
fn last_word(name: &str) -> String {
    let last = name.rsplit(' ').next();
    last.unwrap_or_default().to_ascii_lowercase()
}

/// The mentions of a list that lie near enough before a place, the last one first. They stand in it as their blocks were
/// read, so that behind one that is too far back there is none that is not.
fn near(mentions: &[Mention], place: Place) -> impl Iterator<Item = &Mention> + Clone {
    let recent = mentions.iter().rev().take(RECENT);
    recent.take_while(move |one| one.place.block + NEAR >= place.block)
}

/// `Mr.`, `Mrs.`: how somebody with that title is spoken of.
fn of_title(words: &str) -> Option<&'static str> {
    words
        .split_whitespace()
        .find_map(|word| match word.trim_end_matches('.') {
            "Mr" | "Sir" | "Lord" => Some("he"),
            "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" => Some("she"),
            _ => None,
        })
}

/// The first of the pronouns of a record: `she/her`.
fn pronoun_of(field: &str) -> Option<&'static str> {
    match field.split('/').next().unwrap_or_default().trim() {
        "he" => Some("he"),
        "she" => Some("she"),
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

fn strip_article(words: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}

/// A name on one line, without a possessive ending.
fn clean(name: &str) -> Cow<'_, str> {
    // A name in ASCII has blanks alone between its words, mostly.
    let is_joined = name.is_ascii()
        && !name.bytes().any(|byte| byte.is_ascii_control())
        && !(name.contains("  ") || name.starts_with(' ') || name.ends_with(' '));
    if is_joined {
        return Cow::Borrowed(possessive_stem(name));
    }
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Cow::Owned(possessive_stem(&joined).to_owned())
}
