//! What rules that look at a whole story ask of the words of a block: gathered once, and kept while the block does not change.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use crate::prose::figure::FigureKind;
use crate::prose::fold::fold;
use crate::prose::{Form, Prose, Word};
use crate::story::toll::Toll;
use crate::words::{BODIES, Classes, PEOPLE, is_alike};

/// What a block brings in, and what it says of those who may be accused in the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traces {
    /// Whom and what the block brings in.
    pub brought: Brought,
    /// Whether a verb of accusation stands in it.
    pub may_accuse: bool,
    /// How many died or were hurt, as it tells it; most blocks do not.
    pub tolls: Arc<[Toll]>,
    /// Whether somebody says something in it, and a word stands there without which nothing in it tells why they are not named.
    pub may_explain: bool,
    /// Whether a percentage stands in it.
    pub has_percent: bool,
    /// What it says of those who are accused, if it does; most blocks say nothing.
    pub cleared: Option<Arc<Cleared>>,
}

/// Whom and what some words bring in, so that what follows can point back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// A person.
    pub has_person: bool,
    /// A document.
    pub has_document: bool,
    /// A name that may be a body’s.
    pub has_body: bool,
    /// A bit for each of [`BODIES`] and then of [`PEOPLE`].
    nouns: u64,
}

/// The words by which those are named in a block who are guilty as a matter of record, or who were heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleared {
    /// In sentences on a matter of record: guilt.
    pub guilty: Vec<String>,
    /// In sentences on a reply, or on one that was asked for.
    pub heard: Vec<String>,
    /// Whether somebody answers for whoever is meant.
    pub is_answered: bool,
}

/// A phrase that tells of either: what stands before its word of [`TOLD`](crate::words::TOLD), and that with what follows.
type Told = (&'static str, &'static str);

/// What tells that guilt is a matter of record.
const RECORD: &[Told] = &[
    ("", "convicted"),
    ("", "sentenced"),
    ("pleaded ", "guilty"),
    ("pled ", "guilty"),
    ("found ", "guilty"),
    ("found ", "liable"),
    ("", "executed"),
    ("was ", "killed"),
    ("", "died"),
];

/// What tells of a reply, or of one that was asked for.
const REPLIES: &[Told] = &[
    ("declined to ", "comment"),
    ("declined ", "comment"),
    ("declines to ", "comment"),
    ("declined an ", "interview"),
    ("no ", "comment"),
    ("not ", "respond"),
    ("not immediately ", "respond"),
    ("n’t ", "respond"),
    ("not ", "return"),
    ("n’t ", "return"),
    ("n't ", "respond"),
    ("n't ", "return"),
    ("not be ", "reached"),
    ("n’t be ", "reached"),
    ("n't be ", "reached"),
    ("not ", "reply"),
    ("request for ", "comment"),
    ("requests for ", "comment"),
    ("", "denied"),
    ("", "denies"),
    ("", "deny"),
    ("", "rejected the"),
    ("", "rejects the"),
    ("pleaded not ", "guilty"),
    ("has ", "called the"),
    ("refused to ", "comment"),
    ("not available for ", "comment"),
    ("unavailable for ", "comment"),
    ("", "dismissed the"),
    ("for ", "comment"),
    ("sought ", "comment"),
    ("seeking ", "comment"),
    ("has ", "contacted"),
    ("has ", "approached"),
    ("", "reached out to"),
    ("", "reached by phone"),
    ("", "reached by telephone"),
    ("left a ", "message"),
    ("left ", "messages"),
    ("", "hung up"),
    ("was ", "disconnected"),
    ("were ", "disconnected"),
];

/// Those who answer for others.
const FOR: &[&str] = &[
    "spokes",
    "lawyer",
    "attorney",
    "representative",
    "campaign",
    "aide",
    "manager",
];

/// Whether one of some phrases stands where a word of [`TOLD`](crate::words::TOLD) does, in whatever case.
fn stands(phrases: &[Told], text: &str, word: &Word) -> bool {
    let (head, tail) = text.as_bytes().split_at(word.span.start());
    let is_there = |(before, after): &Told| {
        let head = &head[head.len().saturating_sub(before.len())..];
        tail.get(..after.len())
            .is_some_and(|tail| is_alike(tail, after))
            && head.eq_ignore_ascii_case(before.as_bytes())
    };
    phrases.iter().any(is_there)
}

/// How the words begin of which one stands in each phrase that tells why somebody is not named, or that they may not speak: `anonymity`,
/// `not authorized to`.
pub const EXPLAINING: &[&str] = &[
    "anonym",
    "named",
    "naming",
    "identif",
    "authori",
    "allowed",
    "permitted",
];

/// Whether a word begins in one of these ways.
fn may_explain(text: &str, word: &Word) -> bool {
    let word = &text.as_bytes()[word.span.range()];
    let begins = |with: &&str| {
        let head = word.get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
    };
    // The shortest has five letters.
    word.len() >= 5
        && matches!(word[0] | 0x20, b'a' | b'n' | b'i' | b'p')
        && EXPLAINING.iter().any(begins)
}

impl Traces {
    /// Of a block with its reading.
    pub fn of(text: &str, prose: &Prose) -> Traces {
        let has = |kind| prose.figures.iter().any(|one| one.kind == kind);
        Traces {
            brought: Brought::up_to(usize::MAX, text, prose),
            may_accuse: prose.classes.has(Classes::ACCUSES) && prose.words.iter().any(may_accuse),
            tolls: match has(FigureKind::Casualties) {
                true => Toll::all(text, prose).into(),
                false => Arc::default(),
            },
            may_explain: !prose.attributions.is_empty()
                && prose.words.iter().any(|word| may_explain(text, word)),
            has_percent: has(FigureKind::Percent),
            cleared: cleared(text, prose),
        }
    }
}

impl Brought {
    /// What the words of a block before the byte `limit` bring in.
    pub fn up_to(limit: usize, text: &str, prose: &Prose) -> Brought {
        let mut brought = Brought::default();
        const ASKED: Classes = Classes::DOCUMENT
            .or(Classes::HONORIFIC)
            .or(Classes::BROUGHT);
        let is_asked = |word: &&Word| word.classes.has(ASKED) && word.span.end() <= limit;
        let words = match prose.classes.has(ASKED) {
            true => &prose.words[..],
            false => &[],
        };
        for word in words.iter().filter(is_asked) {
            brought.has_document |= word.classes.has(Classes::DOCUMENT);
            brought.has_person |=
                word.classes.has(Classes::HONORIFIC) && word.form == Form::Capital;
            if word.is_plain && word.classes.has(Classes::BROUGHT) {
                brought.nouns |= bit(word.span.of(text));
            }
        }
        brought.has_person |= prose.people.iter().any(|person| person.span.end() <= limit);
        for name in prose.names.iter().filter(|name| name.end() <= limit) {
            if brought.has_body && brought.has_person {
                break;
            }
            // A name of two words may be a body or a person; both can be meant by what follows.
            let may_be_person = name.of(text).as_bytes().contains(&b' ');
            if brought.has_body && !may_be_person {
                continue;
            }
            let class = crate::words::classes_in_any_case(name.of(text));
            let is_place = class.has(Classes::PLACE);
            let is_time = class.has(Classes::MONTH) || class.has(Classes::WEEKDAY);
            brought.has_body |= !is_place && !is_time;
            brought.has_person |= may_be_person && !is_place;
        }
        brought
    }

    /// This and what comes after it.
    pub fn and(self, later: Brought) -> Brought {
        Brought {
            has_person: self.has_person || later.has_person,
            has_document: self.has_document || later.has_document,
            has_body: self.has_body || later.has_body,
            nouns: self.nouns | later.nouns,
        }
    }

    /// Whether there is something of each kind, so that whatever follows may point back to it.
    pub fn has_all(self) -> bool {
        self.has_person && self.has_document && self.has_body
    }

    /// The nouns of [`BODIES`] and [`PEOPLE`] in it.
    pub fn nouns(self) -> impl Iterator<Item = &'static str> {
        let all = BODIES.iter().chain(PEOPLE).enumerate();
        all.filter(move |(at, _)| self.nouns >> at & 1 == 1)
            .map(|(_, noun)| *noun)
    }
}

/// The bit of a noun; none for other words.
fn bit(word: &str) -> u64 {
    let mut nouns = BODIES.iter().chain(PEOPLE);
    let at = nouns.position(|noun| noun.len() == word.len() && noun.eq_ignore_ascii_case(word));
    at.map_or(0, |at| 1 << at)
}

/// A number for a word, by which most words that are others are told apart.
pub fn number(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

/// Whether a word is one of the verbs by which somebody is accused.
pub fn may_accuse(word: &Word) -> bool {
    word.is_plain && word.classes.has(Classes::ACCUSES)
}

fn cleared(text: &str, prose: &Prose) -> Option<Arc<Cleared>> {
    if !prose.classes.has(Classes::TELLS) {
        return None;
    }
    let tells = |word: &&Word| word.classes.has(Classes::TELLS);
    let mut cleared = Cleared::default();
    for sentence in &prose.sentences {
        let words = &prose.words[sentence.words.clone()];
        let told = |phrases| {
            let mut words = words.iter().filter(tells);
            words.any(|word| stands(phrases, text, word))
        };
        let words = sentence.span.of(text);
        if told(RECORD) {
            take_in(words, &mut cleared.guilty);
        }
        if told(REPLIES) {
            let words = words.to_lowercase();
            let begins = ["he ", "she ", "the company", "the firm"];
            cleared.is_answered |= FOR.iter().any(|one| words.contains(one))
                || begins.iter().any(|begin| words.starts_with(begin));
            take_in(&words, &mut cleared.heard);
        }
    }
    let is_empty = cleared == Cleared::default();
    (!is_empty).then(|| cleared.into())
}

/// Takes in the words of a sentence or a name, each as it is compared.
pub fn take_in(words: &str, into: &mut impl Extend<String>) {
    let folded = fold(words);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    into.extend(words.map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::TOLD;

    #[test]
    fn each_phrase_is_found_at_a_word_that_tells() {
        for phrase in RECORD.iter().chain(REPLIES) {
            let word = phrase.1.split(' ').next().unwrap_or_default();
            assert!(TOLD.contains(&word), "{phrase:?}");
        }
    }

    #[test]
    fn each_noun_has_a_bit_of_its_own() {
        let all: Vec<&str> = BODIES.iter().chain(PEOPLE).copied().collect();
        assert!(all.len() <= 64);
        for (at, noun) in all.iter().enumerate() {
            assert_eq!(bit(noun), 1 << at, "{noun}");
            assert_eq!(bit(&noun.to_uppercase()), 1 << at, "{noun}");
            let brought = Brought {
                nouns: bit(noun),
                ..Brought::default()
            };
            assert_eq!(brought.nouns().collect::<Vec<_>>(), [*noun]);
        }
        assert_eq!(bit("harbor"), 0);
    }
}
