//! The number of dead or hurt in one sentence against that in another.

use crate::draft::Draft;
use crate::prose::figure::{Figure, FigureKind};
use crate::prose::{Form, Word};
use crate::rules::look;
use crate::rules::phrases::lower;
use crate::story::Place;
use crate::story::outline::Label;
use crate::text::span::Span;
use crate::words::Classes;

/// A number of dead or hurt that the story tells as it stands.
struct Told<'a> {
    place: Place,
    value: f64,
    is_dead: bool,
    figure: &'a Figure,
}

/// Pairs of numbers that contradict each other: the later one, and the first.
pub fn conflicts(draft: &Draft) -> Vec<(Place, Place)> {
    let told = told(draft);
    let mut found = Vec::new();
    for (index, one) in told.iter().enumerate() {
        let first = told[..index]
            .iter()
            .find(|other| other.is_dead == one.is_dead && is_same_event(draft, other, one));
        if let Some(first) = first.filter(|first| first.value != one.value) {
            found.push((one.place, first.place));
        }
    }
    found
}

fn told(draft: &Draft) -> Vec<Told<'_>> {
    let mut told = Vec::new();
    for (block, prose) in draft.prose.iter().enumerate() {
        if draft.story.labels[block] != Label::Body {
            continue;
        }
        let text: &str = &draft.tree.blocks[block].block.text;
        for figure in &prose.figures {
            let sentence = &prose.sentences[figure.sentence];
            let words = &prose.words[sentence.words.clone()];
            let (FigureKind::Casualties, Some(value)) = (figure.kind, figure.value) else {
                continue;
            };
            let number = words
                .iter()
                .find(|word| figure.span.covers(word.span) && is_number(word));
            let harm = figure.span.of(text).to_lowercase();
            let is_dead = ["kill", "dead", "died", "death"]
                .iter()
                .any(|it| harm.contains(it));
            let is_hurt = ["injur", "wound", "hurt"]
                .iter()
                .any(|it| harm.contains(it));
            let place = |span: Span| Place { block, span };
            if let Some(number) = number
                && is_dead != is_hurt
                && is_plain(text, words)
                && !look::is_open(&draft.story, &draft.tree, place(sentence.span))
            {
                told.push(Told {
                    place: place(number.span),
                    value,
                    is_dead,
                    figure,
                });
            }
        }
    }
    told
}

fn is_number(word: &Word) -> bool {
    word.form == Form::Number || word.classes.has(Classes::NUMBER)
}

/// Whether a sentence tells a number as it stands: no update, no bound, no other time or other people.
fn is_plain(text: &str, words: &[Word]) -> bool {
    const OTHER: &[&str] = &[
        "rose",
        "risen",
        "climbed",
        "increased",
        "later",
        "revised",
        "earlier",
        "previously",
        "initially",
        "least",
        "than",
        "about",
        "nearly",
        "almost",
        "some",
        "up",
        "another",
        "also",
        "other",
        "others",
        "additional",
        "more",
        "each",
        "since",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "ago",
        "anniversary",
        "similar",
        "last",
        "if",
        "could",
        "may",
        "might",
        "would",
        "by",
        "including",
        "among",
    ];
    !words.iter().any(|word| {
        let is_year = word.form == Form::Number
            && matches!(word.span.of(text).parse::<u32>(), Ok(1500..2200));
        is_year || OTHER.contains(&lower(text, word).as_str())
    })
}

/// Whether two sentences can only mean one event: one source or none, and no place or day that the other does not name.
fn is_same_event(draft: &Draft, first: &Told, second: &Told) -> bool {
    let speakers = |told: &Told| {
        let coverage = &draft.story.coverage[told.place.block];
        coverage
            .get(told.figure.sentence)
            .map(|coverage| coverage.speakers.clone())
            .unwrap_or_default()
    };
    let names = |told: &Told| -> Vec<String> {
        let prose = &draft.prose[told.place.block];
        let text: &str = &draft.tree.blocks[told.place.block].block.text;
        let sentence = &prose.sentences[told.figure.sentence];
        let words = &prose.words[sentence.words.clone()];
        let named = words.iter().enumerate().filter(|(at, word)| {
            *at > 0 && matches!(word.form, Form::Capital | Form::Caps) && !is_number(word)
        });
        named
            .map(|(_, word)| lower(text, word).to_string())
            .collect()
    };
    let (one, other) = (speakers(first), speakers(second));
    let source = one.is_empty() || other.is_empty() || one.iter().any(|who| other.contains(who));
    let known = names(first);
    source && names(second).iter().all(|name| known.contains(name))
}
