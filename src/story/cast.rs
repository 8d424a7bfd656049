//! Who is named in a block and who says something there, in the order of the words: gathered once, and kept while the
//! block does not change.

use super::SpeakerKind;
use super::evidence::{self, Evidence};
use crate::prose::fold::{fold_onto, is_simple};
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::prose::sentence::sentence_at;
use crate::prose::word::possessive_stem;
use crate::prose::{Attribution, Form, Prose};
use crate::text::order;
use crate::text::span::Span;
use crate::text::words::words;
use crate::words::Classes;

/// Who is named in a block, and who says something there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cast {
    /// All names: each as it stands on one line, and then folded.
    letters: String,
    /// Names in full, in the order of the phrases that have them.
    full: Vec<Full>,
    /// Names and attributions outside quotation marks, in the order of the words.
    turns: Vec<Turn>,
    /// Whether a title stands anywhere in the block.
    has_title: bool,
    /// For each quotation that an attribution in its sentence touches: its index, that of the first such attribution, and
    /// what speaks for it.
    beside: Vec<(usize, usize, Evidence)>,
}

/// Where a name stands among the letters.
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
#[derive(Clone, Debug, PartialEq)]
struct Full {
    name: Spelled,
    kind: SpeakerKind,
    role: Option<Span>,
}

/// A name, or an attribution.
#[derive(Clone, Debug, PartialEq)]
struct Turn {
    /// Where its words begin.
    start: usize,
    /// The name; for an attribution the one of its source, if that is known by one.
    name: Option<Spelled>,
    /// How somebody with a title that stands there is spoken of: `Mrs.`
    pronoun: Option<&'static str>,
    what: What,
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
    },
    /// They say something: index into [`Prose::attributions`].
    Says(usize),
}

impl Cast {
    /// Of a block with its reading.
    pub fn of(text: &str, prose: &Prose) -> Cast {
        let mut cast = Cast::default();
        let outer = prose.attributions.iter().enumerate();
        let outer = outer.filter(|(_, found)| !found.is_quoted);
        let count = prose.names.len() + outer.clone().count();
        if count == 0 && prose.people.is_empty() {
            return cast;
        }
        cast.letters.reserve(32 * (count + prose.people.len()));
        let sources = outer.clone().filter_map(|(_, found)| found.source.as_ref());
        let phrases = prose.people.iter().chain(sources);
        let mut phrases: Vec<&NounPhrase> = phrases.filter(|it| may_be_full(text, it)).collect();
        order::short_by_key(&mut phrases, |phrase| phrase.span.start());
        for phrase in phrases {
            cast.add_full(text, phrase);
        }
        cast.has_title = prose.classes.has(Classes::HONORIFIC);
        cast.turns.reserve_exact(count);
        for &span in &prose.names {
            cast.add_mention(text, prose, span);
        }
        for (index, found) in outer {
            cast.add_attribution(text, index, found);
        }
        order::short_by_key(&mut cast.turns, |turn| turn.start);
        for index in 0..prose.quotes.len() {
            let mut found = prose.attributions.iter();
            if let Some(at) = found.position(|found| found.quotes.contains(&index)) {
                let (quote, found) = (&prose.quotes[index], &prose.attributions[at]);
                let evidence = evidence::in_sentence(text, prose, quote, found);
                cast.beside.push((index, at, evidence));
            }
        }
        cast
    }

    /// The first attribution in the sentence of a quotation, and what speaks for it.
    pub fn beside(&self, quote: usize) -> Option<(usize, Evidence)> {
        let mut beside = self.beside.iter();
        let (_, at, evidence) = beside.find(|one| one.0 == quote)?;
        Some((*at, *evidence))
    }

    /// Whether nobody is there.
    pub fn is_empty(&self) -> bool {
        self.turns.is_empty() && self.full.is_empty()
    }

    /// How many names and attributions there are.
    pub fn len(&self) -> usize {
        self.turns.len()
    }

    /// The names in full, in order, each with what has it and the words that say what they are.
    pub fn full(&self) -> impl Iterator<Item = (Name<'_>, SpeakerKind, Option<Span>)> {
        let full = self.full.iter();
        full.map(|one| (self.name(one.name), one.kind, one.role))
    }

    /// The names and attributions, in order: what happens there, the name, and how whoever has a title is spoken of.
    pub fn turns(&self) -> impl Iterator<Item = (What, Option<Name<'_>>, Option<&'static str>)> {
        let turns = self.turns.iter();
        turns.map(|turn| {
            let name = turn.name.map(|name| self.name(name));
            (turn.what, name, turn.pronoun)
        })
    }

    fn name(&self, name: Spelled) -> Name<'_> {
        Name {
            plain: name.plain.of(&self.letters),
            folded: name.folded.of(&self.letters),
        }
    }

    /// Takes in a phrase that names somebody in full; only the first of those that tell the same.
    fn add_full(&mut self, text: &str, phrase: &NounPhrase) {
        let kind = match phrase.kind {
            NounKind::Person => SpeakerKind::Person,
            NounKind::Outlet => SpeakerKind::Outlet,
            NounKind::Body => SpeakerKind::Body,
            _ => return,
        };
        let Some(name) = phrase.name else { return };
        let name = self.spelled(text, name);
        let Name { plain, folded } = self.name(name);
        let is_told = |one: &Full| {
            self.name(one.name).folded == folded && (one.role.is_some() || phrase.role.is_none())
        };
        if !plain.contains(' ') || plain.contains(" and ") || self.full.iter().any(is_told) {
            return;
        }
        let role = phrase.role;
        self.full.push(Full { name, kind, role });
    }

    fn add_mention(&mut self, text: &str, prose: &Prose, words: Span) {
        let phrase = prose.people.iter().find(|phrase| phrase.span.covers(words));
        let span = phrase.and_then(|phrase| phrase.name).unwrap_or(words);
        let name = self.spelled(text, span);
        let blanks = self.name(name).plain.bytes().filter(|byte| *byte == b' ');
        let may_be = (1..=3).contains(&blanks.count());
        self.turns.push(Turn {
            start: words.start(),
            name: Some(name),
            pronoun: self.of_title(words.of(text)),
            what: What::Mentioned {
                span,
                sentence: sentence_at(&prose.sentences, words.start()),
                is_plain: may_be && is_plain(prose, span),
            },
        });
    }

    fn add_attribution(&mut self, text: &str, index: usize, found: &Attribution) {
        let Some(source) = &found.source else {
            self.turns.push(Turn {
                start: found.cue.start(),
                name: None,
                pronoun: None,
                what: What::Says(index),
            });
            return;
        };
        let words = source.span.of(text);
        let (name, pronoun) = match source.kind {
            NounKind::Person | NounKind::Body | NounKind::Outlet => {
                let name = self.spelled(text, source.name.unwrap_or(source.span));
                (Some(name), self.of_title(words))
            }
            NounKind::Pronoun | NounKind::Definite | NounKind::Document => (None, None),
            NounKind::Institution
            | NounKind::Anonymous(_)
            | NounKind::Collective
            | NounKind::Other => (Some(self.spelled_as_it_is(strip_article(words))), None),
        };
        self.turns.push(Turn {
            start: source.span.start(),
            name,
            pronoun,
            what: What::Says(index),
        });
    }

    /// How somebody with a title is spoken of.
    fn of_title(&self, words: &str) -> Option<&'static str> {
        self.has_title.then(|| of_title(words)).flatten()
    }

    /// The name at a place, its letters taken in if they are not yet.
    fn spelled(&mut self, text: &str, at: Span) -> Spelled {
        let full = self.full.iter().map(|one| one.name);
        let mut known = full.chain(self.turns.iter().filter_map(|turn| turn.name));
        if let Some(known) = known.find(|known| known.at == at) {
            return known;
        }
        let start = self.letters.len();
        let name = stem(at.of(text));
        let middle = if is_simple(name) {
            self.letters.push_str(name);
            let middle = self.letters.len();
            self.letters.push_str(name);
            self.letters[middle..].make_ascii_lowercase();
            middle
        } else {
            clean_onto(at.of(text), &mut self.letters);
            let middle = self.letters.len();
            fold_onto(name, &mut self.letters);
            middle
        };
        Spelled {
            at,
            plain: Span::new(start, middle),
            folded: Span::new(middle, self.letters.len()),
        }
    }

    fn spelled_as_it_is(&mut self, words: &str) -> Spelled {
        let start = self.letters.len();
        self.letters.push_str(words);
        let middle = self.letters.len();
        fold_onto(words, &mut self.letters);
        Spelled {
            at: Span::default(),
            plain: Span::new(start, middle),
            folded: Span::new(middle, self.letters.len()),
        }
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
