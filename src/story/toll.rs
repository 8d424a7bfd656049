//! How many died or were hurt, as each block tells it.

use super::traces::number;
use crate::prose::figure::FigureKind;
use crate::prose::letters::{is_one_of, lower};
use crate::prose::{Form, Prose, Word};
use crate::text::span::Span;
use crate::words::Classes;

/// A number of dead or hurt.
#[derive(Clone, Debug, PartialEq)]
pub struct Toll {
    /// The number.
    pub number: Span,
    /// How many that is, where it can be told.
    pub value: Option<f64>,
    /// Whether they are dead.
    pub is_dead: bool,
    /// Whether the number is in digits.
    pub is_in_digits: bool,
    /// The number as it stands, where the sentence tells it so.
    pub plain: Option<Plain>,
}

/// A number that is told as it stands: no update, no other time or other people.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    /// Index of its sentence.
    pub sentence: usize,
    /// What it bounds.
    pub bound: Bound,
    /// A number for each name in its sentence, the same for the same name in whatever case.
    pub names: Box<[u32]>,
}

/// How a number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `12 people`
    None,
    /// `at least 12 people`
    AtLeast,
    /// `the 12 dead`: all of whom the story told.
    All,
}

impl Toll {
    /// Those of a block, in order.
    pub fn all(text: &str, prose: &Prose) -> Vec<Toll> {
        let figures = prose.figures.iter();
        let casualties = figures.filter(|one| one.kind == FigureKind::Casualties);
        let toll = casualties.map(|figure| {
            let harm = figure.span.of(text).to_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| harm.contains(word));
            let is_dead = has(&["kill", "dead", "died", "death"]);
            let is_hurt = has(&["injur", "wound", "hurt"]);
            let number = figure.number;
            let words = &prose.words[prose.sentences[figure.sentence].words.clone()];
            let is_plain = figure.value.is_some()
                && is_dead != is_hurt
                && !is_part(text, words, number)
                && is_plain(text, words, number);
            Toll {
                number,
                value: figure.value,
                is_dead,
                is_in_digits: number
                    .of(text)
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == ','),
                plain: is_plain.then(|| Plain {
                    sentence: figure.sentence,
                    bound: bound(text, words, number),
                    names: names(text, words, is_definite(text, words, number)),
                }),
            }
        });
        toll.collect()
    }
}

fn bound(text: &str, words: &[Word], number: Span) -> Bound {
    match before(words, number) {
        Some(word) if is_one_of(text, word, &["least"]) => Bound::AtLeast,
        _ if is_definite(text, words, number) => Bound::All,
        _ => Bound::None,
    }
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

/// The names in a sentence, in small letters, each as a number; its first word may have its capital for another reason. “The 14 dead
/// will be buried on Friday”: the day is the burial’s, not the event’s.
fn names(text: &str, words: &[Word], without_days: bool) -> Box<[u32]> {
    let named = words
        .iter()
        .skip(1)
        .filter(|word| matches!(word.form, Form::Capital | Form::Caps) && !is_number(word));
    let names = named.map(|word| lower(text, word));
    let names =
        names.filter(|name| !(without_days && crate::words::classes(name).has(Classes::WEEKDAY)));
    names.map(|name| number(&name)).collect()
}
