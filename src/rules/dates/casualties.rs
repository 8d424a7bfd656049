//! The number of dead or hurt in one sentence against that in another.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::prose::figure::{self, FigureKind};
use crate::prose::vocabulary::Key;
use crate::prose::{Form, Word};
use crate::rules::look;
use crate::rules::phrases::{is_one_of, lower};
use crate::story::outline::Label;
use crate::story::{Place, SpeakerId};
use crate::text::span::Span;
use crate::words::Classes;

/// A number of dead or hurt that the story tells as it stands.
struct Told<'a> {
    place: Place,
    value: f64,
    is_dead: bool,
    bound: Bound,
    /// Who tells it.
    speakers: &'a [SpeakerId],
    /// The names in its sentence, in small letters.
    names: Vec<String>,
}

/// How a number is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// `12 people`
    None,
    /// `at least 12 people`
    AtLeast,
    /// `the 12 dead`: all of whom the story told.
    All,
}

/// Pairs of numbers that contradict each other: the later one, and the first.
pub fn conflicts(draft: &Draft) -> Vec<(Place, Place)> {
    let told = told(draft);
    let mut found = Vec::new();
    // Those so far by the names in them: whatever may be the same event has all names of the later one.
    let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, one) in told.iter().enumerate() {
        // What is a bound contradicts nothing.
        let may_conflict = one.bound != Bound::AtLeast;
        let is_first =
            |&at: &usize| told[at].is_dead == one.is_dead && is_same_event(&told[at], one);
        let first = match one.names.first() {
            _ if !may_conflict => None,
            Some(name) => {
                let having = by_name.get(name.as_str()).into_iter().flatten();
                having.copied().find(is_first)
            }
            None => (0..index).find(is_first),
        };
        let first = first.map(|at| &told[at]);
        if let Some(first) = first.filter(|first| is_conflict(first, one)) {
            found.push((one.place, first.place));
        }
        for name in &one.names {
            let having = by_name.entry(name).or_default();
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

/// The paragraphs of the body that tell how many died or were hurt.
pub fn blocks(draft: &Draft) -> impl Iterator<Item = usize> + '_ {
    static WORDS: LazyLock<Vec<Key>> = LazyLock::new(|| {
        let words = figure::OF_CASUALTIES.iter().copied().flatten();
        words.map(|word| Key::of(word)).collect()
    });
    let last = draft.prose.len().saturating_sub(1);
    let blocks = draft.vocabularies.with_one_of(&WORDS, last);
    blocks.filter(|&block| {
        draft.story.labels[block] == Label::Body && draft.traces[block].has_casualties
    })
}

fn told(draft: &Draft) -> Vec<Told<'_>> {
    let mut told = Vec::new();
    for block in blocks(draft) {
        let prose = &draft.prose[block];
        let text: &str = &draft.tree.blocks[block].block.text;
        for figure in &prose.figures {
            let sentence = &prose.sentences[figure.sentence];
            let words = &prose.words[sentence.words.clone()];
            let (FigureKind::Casualties, Some(value)) = (figure.kind, figure.value) else {
                continue;
            };
            let number = figure.number;
            let harm = figure.span.of(text).to_lowercase();
            let is_dead = ["kill", "dead", "died", "death"]
                .iter()
                .any(|it| harm.contains(it));
            let is_hurt = ["injur", "wound", "hurt"]
                .iter()
                .any(|it| harm.contains(it));
            let place = |span: Span| Place { block, span };
            if is_dead != is_hurt
                && !is_part(text, words, number)
                && is_plain(text, words, number)
                && !look::is_open(&draft.story, &draft.tree, place(sentence.span))
            {
                let is_definite = is_definite(text, words, number);
                told.push(Told {
                    place: place(number),
                    value,
                    is_dead,
                    bound: match before(words, number) {
                        Some(word) if is_one_of(text, word, &["least"]) => Bound::AtLeast,
                        _ if is_definite => Bound::All,
                        _ => Bound::None,
                    },
                    speakers: draft.story.coverage[block]
                        .get(figure.sentence)
                        .map_or(&[], |found| draft.story.coverage.speakers(block, *found)),
                    names: match is_definite {
                        // “The 14 dead will be buried on Friday”: the day is the burial’s, not the event’s.
                        true => without_days(names(text, words)),
                        false => names(text, words),
                    },
                });
            }
        }
    }
    told
}

fn is_number(word: &Word) -> bool {
    word.form == Form::Number || word.classes.has(Classes::NUMBER)
}

fn before(words: &[Word], number: Span) -> Option<&Word> {
    let count = words.partition_point(|word| word.span.end() <= number.start());
    words[..count].last()
}

/// `12 men`, `eight members of one family`: some of the dead, who are told of beside the others.
fn is_part(text: &str, words: &[Word], number: Span) -> bool {
    const PARTS: &[&str] = &[
        "men",
        "women",
        "boys",
        "girls",
        "children",
        "adults",
        "babies",
        "toddlers",
        "infants",
        "teenagers",
        "members",
        "of",
        "brothers",
        "sisters",
        "relatives",
    ];
    let mut after = words
        .iter()
        .filter(|word| word.span.start() >= number.end());
    after
        .next()
        .is_some_and(|word| is_one_of(text, word, PARTS))
}

/// `The 14 dead`: those of whom the story told.
fn is_definite(text: &str, words: &[Word], number: Span) -> bool {
    before(words, number).is_some_and(|word| matches!(lower(text, word).as_str(), "the" | "those"))
}

fn without_days(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| !crate::words::classes(name).has(Classes::WEEKDAY));
    names
}

/// Whether a sentence tells a number as it stands: no update, no bound, no other time or other people.
fn is_plain(text: &str, words: &[Word], number: Span) -> bool {
    !words.iter().any(|word| {
        let is_year = word.form == Form::Number
            && matches!(word.span.of(text).parse::<u32>(), Ok(1500..2200));
        let is_right_before = || before(words, number).is_some_and(|it| it.span == word.span);
        let is_bound = || is_one_of(text, word, &["least"]) && is_right_before();
        // "Some 23 people" are 23.
        let is_exact = || {
            is_one_of(text, word, &["some"])
                && is_right_before()
                && number.of(text).ends_with(|c| matches!(c, '1'..='9'))
        };
        is_year || is_other(text, word) && !is_bound() && !is_exact()
    })
}

/// Whether a word tells of an update, a bound, another time or other people.
fn is_other(text: &str, word: &Word) -> bool {
    /// By their lengths.
    const OTHER: [&[&str]; 12] = [
        &[],
        &[],
        &["up", "if", "by"],
        &["ago", "may"],
        &[
            "rose", "some", "than", "also", "more", "each", "year", "week", "last",
        ],
        &[
            "risen", "later", "first", "early", "third", "least", "about", "other", "since",
            "years", "month", "weeks", "could", "might", "would", "among",
        ],
        &["second", "nearly", "almost", "others", "months"],
        &["climbed", "revised", "earlier", "another", "similar"],
        &[],
        &["increased", "initially", "including"],
        &["previously", "additional"],
        &["anniversary"],
    ];
    let letters = word.span.of(text);
    match letters.is_ascii() {
        true => OTHER
            .get(letters.len())
            .is_some_and(|all| is_one_of(text, word, all)),
        false => OTHER.iter().any(|all| is_one_of(text, word, all)),
    }
}

/// The names in a sentence, in small letters; its first word may have its capital for another reason.
fn names(text: &str, words: &[Word]) -> Vec<String> {
    let named = words
        .iter()
        .skip(1)
        .filter(|word| matches!(word.form, Form::Capital | Form::Caps) && !is_number(word));
    named.map(|word| lower(text, word).to_string()).collect()
}

/// Whether two sentences can only mean one event: one source or none, and no place or day that the other does not name.
fn is_same_event(first: &Told, second: &Told) -> bool {
    let (one, other) = (first.speakers, second.speakers);
    let source = one.is_empty() || other.is_empty() || one.iter().any(|who| other.contains(who));
    source && second.names.iter().all(|name| first.names.contains(name))
}
