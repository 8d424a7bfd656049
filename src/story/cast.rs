//! Who is named in a draft and who says something there, block by block, in the order of the words: gathered once, and kept
//! while the block does not change.
//!
//! What is gathered lies together page by page. A story is put together anew at each letter, and what it asks of the blocks that
//! did not change it finds here, one after the other, without looking their readings up.

use std::ops::Range;
use std::sync::Arc;

use super::SpeakerKind;
use super::evidence::{self, Evidence};
use super::kin::{Kin, Sort, key_of};
use super::turns;
use crate::prose::fold::{fold_onto, is_simple};
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::prose::sentence::sentence_at;
use crate::prose::word::possessive_stem;
use crate::prose::{Attribution, AttributionForm, Form, Prose, Sentence, Strength, Word};
use crate::reading::Purpose;
use crate::text::order;
use crate::text::pages::{PAGE, Shared};
use crate::text::span::Span;
use crate::text::words::{lower, words};
use crate::words::Classes;

/// Who is named in each block of a draft, and who says something there.
#[derive(Clone, Debug, Default)]
pub struct Casts {
    pages: Vec<Arc<Page>>,
}

impl Casts {
    /// Of the blocks of a draft, given the text and the reading of each; of those that stood in an earlier draft, what was
    /// gathered there for the same purpose.
    pub fn read<'a>(
        shared: Shared,
        earlier: Option<&Casts>,
        purpose: Purpose,
        block: impl Fn(usize) -> (&'a str, &'a Prose),
    ) -> Casts {
        let page = |start: usize| {
            if let Some(earlier) = earlier.filter(|_| shared.keeps(start)) {
                return earlier.pages[start / PAGE].clone();
            }
            let blocks = start..(start + PAGE).min(shared.now);
            let mut page = Page::default();
            if earlier.is_none() {
                page.make_room(purpose, blocks.clone().map(|index| block(index).1));
            }
            page.ends.reserve_exact(blocks.len());
            for index in blocks {
                match (earlier, shared.stood(index)) {
                    (Some(earlier), Some(before)) => page.copy(earlier.of(before)),
                    _ => {
                        let (text, prose) = block(index);
                        page.add(text, prose, purpose);
                    }
                }
            }
            page.shrink();
            let mut ends = page.ends.iter();
            page.has_turns = ends.any(|end| end.is_labelled || end.is_question);
            page.has_initials = page.has_initials();
            Arc::new(page)
        };
        Casts {
            pages: (0..shared.now).step_by(PAGE).map(page).collect(),
        }
    }

    /// The blocks that open as a turn of a talk does, or as its question, in order.
    pub fn of_talk(&self) -> impl Iterator<Item = (usize, Cast<'_>)> {
        let pages = self.pages.iter().enumerate();
        let pages = pages.filter(|(_, page)| page.has_turns);
        let blocks = pages.flat_map(|(at, page)| {
            let casts = (0..page.ends.len()).map(|block| page.cast(block));
            (at * PAGE..).zip(casts)
        });
        blocks.filter(|(_, cast)| cast.is_labelled() || cast.is_question())
    }

    /// Whether somebody’s initials may stand for them before a colon anywhere.
    pub fn has_initials(&self) -> bool {
        self.pages.iter().any(|page| page.has_initials)
    }

    /// By what the names and attributions of a page may be tied to others, given the first block on it.
    pub fn kin_of_page(&self, start: usize) -> &[Kin] {
        &self.pages[start / PAGE].turn_kin
    }

    /// The same for the names in full of a page.
    pub fn full_kin_of_page(&self, start: usize) -> &[Kin] {
        &self.pages[start / PAGE].full_kin
    }

    /// Whether what ties names to each other is known, if there are any.
    pub fn has_kin(&self) -> bool {
        let mut pages = self.pages.iter();
        pages.all(|page| page.turns.len() == page.turn_kin.len())
    }

    /// By what the names of all blocks may be tied to each other: names in full, then names and attributions, page by page.
    pub fn kin(&self) -> impl Iterator<Item = &Kin> {
        let pages = self.pages.iter();
        pages.flat_map(|page| page.full_kin.iter().chain(&page.turn_kin))
    }

    /// How many names and attributions there are in all blocks.
    pub fn count(&self) -> usize {
        self.pages.iter().map(|page| page.turns.len()).sum()
    }

    /// Who is named in a block, and who says something there.
    pub fn of(&self, block: usize) -> Cast<'_> {
        self.pages[block / PAGE].cast(block % PAGE)
    }
}

/// What was gathered from some blocks that follow each other.
#[derive(Debug, Default)]
struct Page {
    /// All names: each as it stands on one line, and then folded.
    letters: String,
    /// Names in full, block by block in the order of the phrases that have them.
    full: Vec<Full>,
    /// Names and attributions outside quotation marks, in the order of the words.
    turns: Vec<Turn>,
    /// By what each of the names in full and of the turns may be tied to another; none where the draft is read for who says what alone.
    full_kin: Vec<Kin>,
    turn_kin: Vec<Kin>,
    /// For each quotation that an attribution in its sentence touches: its index, that of the first such attribution, and
    /// what speaks for it.
    beside: Vec<(usize, usize, Evidence)>,
    /// For each sentence how it may go on with the one before it.
    sentences: Vec<GoesOn>,
    /// For each block where its own end in these lists.
    ends: Vec<Ends>,
    /// Whether one of the blocks may be a turn of a talk, or its question.
    has_turns: bool,
    /// Whether somebody’s initials may stand for them before a colon.
    has_initials: bool,
}

/// When a sentence goes on with what the sentence before it attributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesOn {
    /// Never.
    Not,
    /// Where a document spoke before: `The report …`.
    AfterDocument,
    /// In any case: `He also …`.
    Always,
}

/// Where something ends in the lists of a page.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    letters: u32,
    full: u32,
    turns: u32,
    beside: u32,
    sentences: u32,
    /// Whether the block has quotation marks.
    has_quotes: bool,
    /// Whether it opens with who speaks and a colon.
    is_labelled: bool,
    /// Whether it is a question in bold type.
    is_question: bool,
}

/// Where something begins and ends in a list of a page.
fn run(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}

impl Page {
    /// Makes room at once for what some readings give.
    fn make_room<'a>(&mut self, purpose: Purpose, readings: impl Iterator<Item = &'a Prose>) {
        let (mut turns, mut sentences) = (0, 0);
        for prose in readings {
            turns += prose.names.len() + prose.attributions.len();
            sentences += prose.sentences.len();
        }
        // A name and the same folded.
        self.letters.reserve(32 * turns);
        self.turns.reserve_exact(turns);
        if purpose == Purpose::All {
            self.sentences.reserve_exact(sentences);
        }
    }

    fn end(&self) -> Ends {
        Ends {
            letters: self.letters.len() as u32,
            full: self.full.len() as u32,
            turns: self.turns.len() as u32,
            beside: self.beside.len() as u32,
            sentences: self.sentences.len() as u32,
            has_quotes: false,
            is_labelled: false,
            is_question: false,
        }
    }

    fn cast(&self, block: usize) -> Cast<'_> {
        let before = block.checked_sub(1).map(|before| self.ends[before]);
        Cast {
            page: self,
            start: before.unwrap_or_default(),
            end: self.ends[block],
        }
    }

    /// Adds what a block gave before.
    fn copy(&mut self, cast: Cast) {
        let (page, start, end) = (cast.page, cast.start, cast.end);
        self.letters
            .push_str(&page.letters[run(start.letters, end.letters)]);
        self.full
            .extend_from_slice(&page.full[run(start.full, end.full)]);
        self.turns
            .extend_from_slice(&page.turns[run(start.turns, end.turns)]);
        self.full_kin.extend_from_slice(cast.full_kin());
        self.turn_kin.extend_from_slice(cast.kin());
        self.beside
            .extend_from_slice(&page.beside[run(start.beside, end.beside)]);
        self.sentences.extend_from_slice(cast.sentences());
        self.ends.push(Ends {
            has_quotes: end.has_quotes,
            is_labelled: end.is_labelled,
            is_question: end.is_question,
            ..self.end()
        });
    }

    /// Adds what a block gives.
    fn add(&mut self, text: &str, prose: &Prose, purpose: Purpose) {
        let start = self.end();
        let mut gatherer = Gatherer {
            page: self,
            start,
            has_title: false,
        };
        gatherer.gather(text, prose);
        let is_all = purpose == Purpose::All;
        if is_all {
            let sentences = prose.sentences.iter();
            self.sentences
                .extend(sentences.map(|one| goes_on(text, prose, one)));
            self.add_kin(text, prose, start);
        }
        self.ends.push(Ends {
            has_quotes: !prose.quotes.is_empty() || !prose.unbalanced.is_empty(),
            is_labelled: is_all && turns::who(text).is_some(),
            is_question: is_all && turns::is_question(text),
            ..self.end()
        });
    }

    /// Adds by what the names of a block may be tied to others.
    fn add_kin(&mut self, text: &str, prose: &Prose, start: Ends) {
        let letters = &self.letters[start.letters as usize..];
        let full = self.full[start.full as usize..].iter();
        self.full_kin.extend(full.map(|full| {
            let sort = match full.kind {
                SpeakerKind::Person => Sort::Name,
                _ => Sort::Body,
            };
            Kin::of_name(name(letters, full.name).folded, sort)
        }));
        let turns = self.turns[start.turns as usize..].iter();
        self.turn_kin
            .extend(turns.map(|turn| turn.kin(text, prose, letters)));
    }

    /// Whether somebody’s initials may stand for them before a colon.
    fn has_initials(&self) -> bool {
        let mut turns = self.turns.iter();
        turns.any(|turn| {
            let is_short = turn.name.is_some_and(|name| name.plain.len() <= 3);
            is_short && matches!(turn.what, What::Says(says) if says.is_label)
        })
    }

    /// Gives back the room that is not needed.
    fn shrink(&mut self) {
        self.letters.shrink_to_fit();
        self.full.shrink_to_fit();
        self.turns.shrink_to_fit();
        self.full_kin.shrink_to_fit();
        self.turn_kin.shrink_to_fit();
        self.beside.shrink_to_fit();
        self.sentences.shrink_to_fit();
    }
}

/// Who is named in a block, and who says something there.
#[derive(Clone, Copy, Debug)]
pub struct Cast<'a> {
    page: &'a Page,
    /// Where the block's own begin and end.
    start: Ends,
    end: Ends,
}

/// Where a name stands among the letters of its block.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spelled {
    /// Where it stands in the block; empty where its words are taken as they are.
    at: Span,
    plain: Span,
    folded: Span,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// On one line, without a possessive ending.
    pub plain: &'a str,
    /// The same folded.
    pub folded: &'a str,
}

/// A name in full, which a surname may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Full {
    name: Spelled,
    kind: SpeakerKind,
    role: Option<Span>,
}

/// A name, or an attribution.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    /// Where its words begin.
    start: usize,
    /// The name; for an attribution the one of its source, if that is known by one.
    name: Option<Spelled>,
    /// How somebody with a title that stands there is spoken of: `Mrs.`
    pronoun: Option<&'static str>,
    what: What,
}

impl Turn {
    /// By what it may be tied to others, given the letters of the block and those of its names.
    fn kin(&self, text: &str, prose: &Prose, letters: &str) -> Kin {
        let own = self.name.map(|spelled| name(letters, spelled).folded);
        let says = match (self.what, own) {
            (What::Mentioned { is_plain: true, .. }, Some(own)) => {
                return Kin::of_name(own, Sort::Name);
            }
            (What::Mentioned { .. }, Some(own)) => return Kin::of_name(own, Sort::Mention),
            (What::Mentioned { .. }, None) => return Kin::NOBODY,
            (What::Says(says), _) => says,
        };
        match (says.who, own) {
            (Who::Person, Some(own)) => Kin::of_name(own, Sort::Name),
            (Who::Body | Who::Outlet, Some(own)) => Kin::of_name(own, Sort::Body),
            (Who::Pronoun, _) => Kin::PRONOUN,
            (Who::Nobody, _) => Kin::NOBODY,
            (who, _) => {
                let words = says.span.of(text);
                let noun = || {
                    let source = prose.attributions[says.index].source.as_ref()?;
                    Some(key_of(&lower(source.head?.of(text))))
                };
                let (sort, noun) = match who {
                    Who::Definite => (Sort::Role, noun()),
                    Who::Anonymous => (Sort::Group, noun()),
                    Who::Document => (Sort::Paper, None),
                    _ => (Sort::Words, None),
                };
                let whole = key_of(strip_article(words));
                Kin::of_words(sort, key_of(words), whole, noun.unwrap_or_default())
            }
        }
    }
}

/// What happens where somebody is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// They are mentioned.
    Mentioned {
        /// Where.
        span: Span,
        /// Index of the sentence.
        sentence: usize,
        /// Whether it may be the name of a person who has not been told of: two to four words, none of them a body's, a
        /// place's or a title.
        is_plain: bool,
        /// Where it stands without an ending, if that is two words.
        two: Option<Span>,
    },
    /// They say something.
    Says(Says),
}

/// An attribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Says {
    /// Index into [`Prose::attributions`].
    pub index: usize,
    /// The words of its source; of none the place of its cue.
    pub span: Span,
    /// Index of the sentence.
    pub sentence: usize,
    /// Whether its source opens a paragraph before a colon.
    pub is_label: bool,
    /// Whether the source is the first of its sentence, so that a capital may only be the sentence's.
    pub is_first_word: bool,
    /// Whether its cue is one of the short list.
    pub is_strict: bool,
    /// The verb of the cue.
    pub verb: Verb,
    /// Who its source is by form.
    pub who: Who,
    /// What the words beside a name say that they are.
    pub role: Option<Span>,
}

/// Who the source of an attribution is, by the form of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// There is none.
    Nobody,
    /// A person by name.
    Person,
    /// A body by name.
    Body,
    /// A news outlet by name.
    Outlet,
    /// `he`, `she`, `they`; the name is the word.
    Pronoun,
    /// A definite role: `the minister`.
    Definite,
    /// A report, law, draft, study, poll.
    Document,
    /// An institution without a name.
    Institution,
    /// People without a name.
    Anonymous,
    /// A group spoken of as one.
    Collective,
    /// Something else.
    Other,
}

impl Who {
    fn of(kind: &NounKind) -> Who {
        match kind {
            NounKind::Person => Who::Person,
            NounKind::Body => Who::Body,
            NounKind::Outlet => Who::Outlet,
            NounKind::Pronoun => Who::Pronoun,
            NounKind::Definite => Who::Definite,
            NounKind::Document => Who::Document,
            NounKind::Institution => Who::Institution,
            NounKind::Anonymous(_) => Who::Anonymous,
            NounKind::Collective => Who::Collective,
            NounKind::Other => Who::Other,
        }
    }
}

/// The verb of a cue, as far as it is the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `said`
    Said,
    /// `says`, `say`
    Says,
    /// Another.
    Other,
}

impl Verb {
    fn of(cue: &str) -> Verb {
        match cue {
            "said" => Verb::Said,
            "says" | "say" => Verb::Says,
            _ => Verb::Other,
        }
    }
}

impl<'a> Cast<'a> {
    /// The letters of the block's names.
    fn letters(&self) -> &'a str {
        &self.page.letters[run(self.start.letters, self.end.letters)]
    }

    /// The first attribution in the sentence of a quotation, and what speaks for it.
    pub fn beside(&self, quote: usize) -> Option<(usize, Evidence)> {
        let mut beside = self.page.beside[run(self.start.beside, self.end.beside)].iter();
        let (_, at, evidence) = beside.find(|one| one.0 == quote)?;
        Some((*at, *evidence))
    }

    /// Whether the block has quotation marks.
    pub fn has_quotes(&self) -> bool {
        self.end.has_quotes
    }

    /// Whether the block opens with who speaks and a colon.
    pub fn is_labelled(&self) -> bool {
        self.end.is_labelled
    }

    /// Whether the block is a question in bold type.
    pub fn is_question(&self) -> bool {
        self.end.is_question
    }

    /// For each sentence of the block when it goes on with the one before it.
    pub fn sentences(&self) -> &'a [GoesOn] {
        &self.page.sentences[run(self.start.sentences, self.end.sentences)]
    }

    /// By what its names in full may be tied to others, in their order.
    pub fn full_kin(&self) -> &'a [Kin] {
        let kin = self.page.full_kin.get(run(self.start.full, self.end.full));
        kin.unwrap_or_default()
    }

    /// By what its names and attributions may be tied to others, in their order.
    pub fn kin(&self) -> &'a [Kin] {
        let kin = self
            .page
            .turn_kin
            .get(run(self.start.turns, self.end.turns));
        kin.unwrap_or_default()
    }

    /// How many names and attributions there are.
    pub fn len(&self) -> usize {
        (self.end.turns - self.start.turns) as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names in full, in order, each with what has it and the words that say what they are.
    pub fn full(self) -> impl ExactSizeIterator<Item = (Name<'a>, SpeakerKind, Option<Span>)> {
        let full = self.page.full[run(self.start.full, self.end.full)].iter();
        full.map(move |one| (name(self.letters(), one.name), one.kind, one.role))
    }

    /// Where the words of a name or an attribution stand, and in which sentence.
    pub fn place(&self, turn: usize) -> (Span, usize) {
        let turns = &self.page.turns[run(self.start.turns, self.end.turns)];
        match turns[turn].what {
            What::Mentioned { span, sentence, .. } => (span, sentence),
            What::Says(says) => (says.span, says.sentence),
        }
    }

    /// The names and attributions, in order: what happens there, the name, and how whoever has a title is spoken of.
    pub fn turns(self) -> impl Iterator<Item = (What, Option<Name<'a>>, Option<&'static str>)> {
        let turns = self.page.turns[run(self.start.turns, self.end.turns)].iter();
        turns.map(move |turn| {
            let name = turn.name.map(|spelled| name(self.letters(), spelled));
            (turn.what, name, turn.pronoun)
        })
    }
}

fn name(letters: &str, name: Spelled) -> Name<'_> {
    Name {
        plain: name.plain.of(letters),
        folded: name.folded.of(letters),
    }
}

/// Gathers who is named in a block.
struct Gatherer<'p> {
    page: &'p mut Page,
    /// Where the block's own begin.
    start: Ends,
    /// Whether a title stands anywhere in the block.
    has_title: bool,
}

impl Gatherer<'_> {
    fn gather(&mut self, text: &str, prose: &Prose) {
        let outer = prose.attributions.iter().enumerate();
        let outer = outer.filter(|(_, found)| !found.is_quoted);
        if prose.names.is_empty() && prose.people.is_empty() && outer.clone().next().is_none() {
            return;
        }
        let sources = outer.clone().filter_map(|(_, found)| found.source.as_ref());
        let phrases = prose.people.iter().chain(sources);
        let mut phrases: Vec<&NounPhrase> = phrases.filter(|it| may_be_full(text, it)).collect();
        order::short_by_key(&mut phrases, |phrase| phrase.span.start());
        for phrase in phrases {
            self.add_full(text, phrase);
        }
        self.has_title = prose.classes.has(Classes::HONORIFIC);
        for &span in &prose.names {
            self.add_mention(text, prose, span);
        }
        for (index, found) in outer {
            self.add_attribution(text, prose, index, found);
        }
        order::short_by_key(&mut self.page.turns[self.start.turns as usize..], |turn| {
            turn.start
        });
        for index in 0..prose.quotes.len() {
            let mut found = prose.attributions.iter();
            if let Some(at) = found.position(|found| found.quotes.contains(&index)) {
                let (quote, found) = (&prose.quotes[index], &prose.attributions[at]);
                let evidence = evidence::in_sentence(text, prose, quote, found);
                self.page.beside.push((index, at, evidence));
            }
        }
    }

    /// The letters of the block's names so far.
    fn letters(&self) -> &str {
        &self.page.letters[self.start.letters as usize..]
    }

    /// Takes in a phrase that names somebody in full; only the first of those that tell the same.
    fn add_full(&mut self, text: &str, phrase: &NounPhrase) {
        let kind = match phrase.kind {
            NounKind::Person => SpeakerKind::Person,
            NounKind::Outlet => SpeakerKind::Outlet,
            NounKind::Body => SpeakerKind::Body,
            _ => return,
        };
        let Some(at) = phrase.name else { return };
        let spelled = self.spelled(text, at);
        let Name { plain, folded } = name(self.letters(), spelled);
        let is_told = |one: &Full| {
            name(self.letters(), one.name).folded == folded
                && (one.role.is_some() || phrase.role.is_none())
        };
        let mut own = self.page.full[self.start.full as usize..].iter();
        if !plain.contains(' ') || plain.contains(" and ") || own.any(is_told) {
            return;
        }
        self.page.full.push(Full {
            name: spelled,
            kind,
            role: phrase.role,
        });
    }

    fn add_mention(&mut self, text: &str, prose: &Prose, words: Span) {
        let phrase = prose.people.iter().find(|phrase| phrase.span.covers(words));
        let span = phrase.and_then(|phrase| phrase.name).unwrap_or(words);
        let spelled = self.spelled(text, span);
        let plain = name(self.letters(), spelled).plain;
        let blanks = plain.bytes().filter(|byte| *byte == b' ');
        let may_be = (1..=3).contains(&blanks.count());
        self.page.turns.push(Turn {
            start: words.start(),
            name: Some(spelled),
            pronoun: self.of_title(words.of(text)),
            what: What::Mentioned {
                span,
                sentence: sentence_at(&prose.sentences, words.start()),
                is_plain: may_be && is_plain(prose, span),
                two: in_two(text, words),
            },
        });
    }

    fn add_attribution(&mut self, text: &str, prose: &Prose, index: usize, found: &Attribution) {
        let says = Says {
            index,
            span: found.cue,
            sentence: found.sentence,
            is_label: false,
            is_first_word: false,
            is_strict: found.strength == Strength::Strict,
            verb: Verb::of(found.cue.of(text)),
            who: Who::Nobody,
            role: None,
        };
        let Some(source) = &found.source else {
            self.page.turns.push(Turn {
                start: found.cue.start(),
                name: None,
                pronoun: None,
                what: What::Says(says),
            });
            return;
        };
        let words = source.span.of(text);
        let who = Who::of(&source.kind);
        let name = match source.kind {
            NounKind::Person | NounKind::Body | NounKind::Outlet => {
                Some(self.spelled(text, source.name.unwrap_or(source.span)))
            }
            NounKind::Pronoun => Some(self.spelled_as_it_is(words)),
            NounKind::Definite | NounKind::Document => None,
            NounKind::Institution
            | NounKind::Anonymous(_)
            | NounKind::Collective
            | NounKind::Other => Some(self.spelled_as_it_is(strip_article(words))),
        };
        let pronoun = match who {
            Who::Person | Who::Body | Who::Outlet => self.of_title(words),
            _ => None,
        };
        let start = source.span.start();
        let sentence = prose.sentences.get(found.sentence);
        self.page.turns.push(Turn {
            start,
            name,
            pronoun,
            what: What::Says(Says {
                span: source.span,
                is_label: found.form == AttributionForm::Colon && start == 0,
                is_first_word: sentence.is_some_and(|one| one.span.start() == start),
                who,
                role: source.role,
                ..says
            }),
        });
    }

    /// How somebody with a title is spoken of.
    fn of_title(&self, words: &str) -> Option<&'static str> {
        self.has_title.then(|| of_title(words)).flatten()
    }

    /// The name at a place, its letters taken in if they are not yet.
    fn spelled(&mut self, text: &str, at: Span) -> Spelled {
        let full = self.page.full[self.start.full as usize..].iter();
        let turns = self.page.turns[self.start.turns as usize..].iter();
        let full = full.map(|one| one.name);
        let mut known = full.chain(turns.filter_map(|turn| turn.name));
        if let Some(known) = known.find(|known| known.at == at) {
            return known;
        }
        let start = self.letters().len();
        clean_onto(at.of(text), &mut self.page.letters);
        let middle = self.letters().len();
        fold_onto(stem(at.of(text)), &mut self.page.letters);
        Spelled {
            at,
            plain: Span::new(start, middle),
            folded: Span::new(middle, self.letters().len()),
        }
    }

    fn spelled_as_it_is(&mut self, words: &str) -> Spelled {
        let start = self.letters().len();
        self.page.letters.push_str(words);
        let middle = self.letters().len();
        fold_onto(words, &mut self.page.letters);
        Spelled {
            at: Span::default(),
            plain: Span::new(start, middle),
            folded: Span::new(middle, self.letters().len()),
        }
    }
}

/// When a sentence goes on with what the one before it attributed.
fn goes_on(text: &str, prose: &Prose, sentence: &Sentence) -> GoesOn {
    let words = &prose.words[sentence.words.clone()];
    let Some(first) = words.first() else {
        return GoesOn::Not;
    };
    let opening = first.span.of(text);
    let points_back = match opening {
        "This" => false,
        "It" | "That" | "Those" | "These" => true,
        _ => first.classes.has(Classes::PERSONAL),
    };
    let is_also = |word: &Word| matches!(word.span.of(text), "also" | "further");
    let is_document = |word: &Word| word.classes.has(Classes::DOCUMENT);
    if points_back || words.iter().take(4).any(is_also) {
        return GoesOn::Always;
    }
    match opening == "The" || words.iter().take(3).any(is_document) {
        true => GoesOn::AfterDocument,
        false => GoesOn::Not,
    }
}

/// Whether a phrase may name somebody in full: it has a name of two words or more.
fn may_be_full(text: &str, phrase: &NounPhrase) -> bool {
    let name = phrase.name.map_or("", |name| name.of(text));
    words(name).nth(1).is_some()
}

/// A name without a possessive ending.
fn stem(name: &str) -> &str {
    possessive_stem(name.trim_end())
}

/// Where a name stands without what an apostrophe adds, if that is two words: `Dana Ortiz’s`.
pub fn in_two(text: &str, name: Span) -> Option<Span> {
    let words = name.of(text);
    let bare = words.split(['’', '\'']).next().unwrap_or(words);
    let (_, last) = bare.split_once(' ')?;
    let is_two = !last.contains(' ');
    is_two.then(|| Span::new(name.start(), name.start() + bare.len()))
}

/// Adds a name on one line, without a possessive ending.
pub fn clean_onto(name: &str, letters: &mut String) {
    let start = letters.len();
    let stem = stem(name);
    if is_simple(stem) {
        letters.push_str(stem);
        return;
    }
    for word in words(stem) {
        if letters.len() > start {
            letters.push(' ');
        }
        letters.push_str(word);
    }
    // An ending that stands alone leaves its blank.
    if letters.len() > start && stem.ends_with(char::is_whitespace) {
        letters.push(' ');
    }
}

/// Words without an article before them.
pub fn strip_article(words: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| words.strip_prefix(article))
        .unwrap_or(words)
}

/// `Mr.`, `Mrs.`: how somebody with that title is spoken of.
fn of_title(all: &str) -> Option<&'static str> {
    let may_be = |word: &&str| matches!(word.as_bytes()[0], b'M' | b'S' | b'L' | b'D');
    let mut titles = words(all).filter(may_be);
    titles.find_map(|word| match word.trim_end_matches('.') {
        "Mr" | "Sir" | "Lord" => Some("he"),
        "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" => Some("she"),
        _ => None,
    })
}

/// Whether a name may be a person's: capitals at the front of each word, and no word of a body, a place or a title.
pub fn is_plain(prose: &Prose, name: Span) -> bool {
    let words = &prose.words;
    let first = words.partition_point(|word| word.span.start() < name.start());
    words[first..]
        .iter()
        .take_while(|word| word.span.end() <= name.end())
        .all(|word| word.form == Form::Capital && !word.classes.has(OTHER_NAMES))
}

/// Words of names that are no person's.
const OTHER_NAMES: Classes = Classes::BODY
    .or(Classes::PLACE)
    .or(Classes::DEMONYM)
    .or(Classes::OUTLET)
    .or(Classes::ROLE)
    .or(Classes::INSTITUTION)
    .or(Classes::DOCUMENT)
    .or(Classes::WORK)
    .or(Classes::WEEKDAY)
    .or(Classes::MONTH);
