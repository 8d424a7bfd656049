//! Cause and effect, stated as fact.

use crate::finding::{Finding, Severity};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::tag::Tag;
use crate::prose::{Form, Sentence, Word};
use crate::rule::{BlockView, Check, Openers, Rule, RuleOption};
use crate::rules::{holds, look};
use crate::scene::Scene;
use crate::text::span::Span;
use crate::words::Classes;

/// Cause and effect, stated as fact.
pub const RULE: Rule = Rule {
    name: "claim-cause-unattributed",
    topic: "claim",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "One thing said to have caused another, with nobody named who found that out.",
    why: "That two things happened can be seen; that one made the other happen was found out by somebody. Reuters and the American \
          Press Institute ask to attribute such a reading. Only effects with a figure, or on prices, jobs, crime, health and the like \
          are asked about.",
    fires: &["
The tax cut caused a 12% rise in rents.
            ^^^^^^ information claim-cause-unattributed: “caused”: who found that out? Cause and effect need a source.
", "
Thanks to the mayor’s policy, shootings fell by half in Port Harlan.
^^^^^^^^^ information claim-cause-unattributed: “Thanks to”: who found that out? Cause and effect need a source.
", "
The closing of the mill led to unemployment in the whole valley.
                        ^^^^^^ information claim-cause-unattributed: “led to”: who found that out? Cause and effect need a source.
", "
The new road drove house prices up along the river.
             ^^^^^ information claim-cause-unattributed: “drove”: who found that out? Cause and effect need a source.
", "
Shortages in the harbor resulted from the strike, and cholera cases rose due to the lack of clean water.
                        ^^^^^^^^^^^^^ information claim-cause-unattributed: “resulted from”: who found that out? Cause and effect need a source.
"],
    quiet: &[
        "The tax cut led to higher rents, a Treasury study found.",
        "The match was delayed because of rain.",
        "Shapley provoked a tiff with Harlan when he said that prices were a joke.",
        "The tax cut may have caused a rise in rents.",
        "If the tax cut led to higher prices, nobody wrote it down.",
        "“The tax cut caused the rise in rents,” Ortiz said.",
        "Ortiz said the tax cut raised rents. It led to unemployment too, she said.",
        "The road led to the harbor, where prices are high.",
        "He drove the prices home in a van.",
        "The tax cut caused a rise in rents.[^treasury-study]",
        "Inflation data are due to be released on Friday, and prices are due to rise on Monday.",
    ],
    options: &[RuleOption {
        name: "require-listed-effect",
        default: "true",
        summary: "Only effects with a figure, or on prices, jobs, crime, health and the like.",
    }],
    check: Check::Block(check),
};

/// The words with which something begins that ties an effect to its cause.
pub const TIES: &[&str] = &[
    "because",
    "brought",
    "caused",
    "drove",
    "due",
    "fueled",
    "fuelled",
    "leading",
    "led",
    "owing",
    "responsible",
    "resulted",
    "sparked",
    "thanks",
    "triggered",
];

const VERBS: &[&str] = &[
    "caused",
    "fueled",
    "fuelled",
    "sparked",
    "triggered",
    "drove",
];
const EFFECTS: &[&str] = &[
    "prices",
    "price",
    "rents",
    "rent",
    "wages",
    "inflation",
    "unemployment",
    "joblessness",
    "crime",
    "shootings",
    "murders",
    "homicides",
    "poverty",
    "homelessness",
    "hunger",
    "shortage",
    "shortages",
    "cancer",
    "asthma",
    "infections",
    "cases",
    "overdoses",
    "suicides",
    "enrollment",
    "emissions",
    "bankruptcies",
    "evictions",
    "recession",
    "migration",
    "turnout",
    "births",
    "deaths",
    "layoffs",
    "collapse",
];

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::CAUSE) {
        return;
    }
    let listed_only = look::switch_option(
        scene,
        "claim-cause-unattributed.require-listed-effect",
        true,
    );
    let text = look::text(view);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        if !look::is_own_voice(view, scene, index) {
            continue;
        }
        let connector = connector(view, sentence);
        let Some((cause, after)) = connector.filter(|_| !is_open_question(view, sentence)) else {
            continue;
        };
        let words = &view.prose.words[sentence.words.clone()];
        // After `due to` the cause follows, and the effect stands before it.
        let is_effect = |span: Span| match after {
            Side::After => span.start() >= cause.end(),
            Side::Before => span.end() <= cause.start(),
            Side::Either => true,
        };
        let has_effect = words
            .iter()
            .any(|word| is_effect(word.span) && is_one_of(text, word, EFFECTS));
        let figures = view.prose.figures.iter();
        let has_figure = figures
            .filter(|figure| figure.sentence == index)
            .any(|figure| is_effect(figure.span));
        if listed_only && !has_effect && !has_figure {
            continue;
        }
        let words = look::shown(cause.of(text));
        let message = format!("“{words}”: who found that out? Cause and effect need a source.");
        let mut finding = look::finding(&RULE, view.placed.place(cause), message);
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// Where the effect stands to the words that tie it to its cause.
enum Side {
    Before,
    After,
    Either,
}

/// The words that tie an effect to a cause: the first in the sentence.
fn connector(view: &BlockView, sentence: &Sentence) -> Option<(Span, Side)> {
    let text = look::text(view);
    let words = &view.prose.words;
    sentence.words.clone().find_map(|at| {
        let word = &words[at];
        let may_tie = holds::openers(text, word).has(Openers::CAUSE);
        if word.is_quoted || !may_tie || !is_one_of(text, word, TIES) {
            return None;
        }
        let next = words.get(at + 1).map(|word| lower(text, word));
        let next = next.as_deref().unwrap_or("");
        let pair = |side| {
            let span = word.span.cover(words[at + 1].span);
            Some((span, side))
        };
        // “was responsible for”, never “is responsible for parks and roads”.
        let is_told = |at: usize| at > 0 && is_one_of(text, &words[at - 1], &["was", "were"]);
        match (lower(text, word).as_str(), next) {
            ("led" | "leading", "to") if !is_place(view, at + 2) => pair(Side::After),
            ("resulted", "in") => pair(Side::After),
            ("resulted", "from") => pair(Side::Before),
            ("thanks", "to") => pair(Side::Either),
            ("brought", "about") => pair(Side::After),
            ("responsible", "for") if is_told(at) => pair(Side::After),
            // “are due to be released”, “is due to rise”: when, not why.
            ("due", "to") if is_time(words, at) => None,
            ("due" | "owing", "to") => pair(Side::Before),
            ("because", "of") => pair(Side::Before),
            (verb, _) if VERBS.contains(&verb) && word.form == Form::Lower => {
                let is_passive =
                    at > 0 && is_one_of(text, &words[at - 1], &["was", "were", "is", "are"]);
                let is_person = at > 0
                    && verb == "drove"
                    && is_one_of(text, &words[at - 1], &["he", "she", "they", "who"]);
                (!is_passive && !is_person).then_some((word.span, Side::After))
            }
            _ => None,
        }
    })
}

/// `is due to rise`: a verb behind `due to`.
fn is_time(words: &[Word], at: usize) -> bool {
    let is_verb = words.get(at + 2).is_some_and(|next| {
        next.classes.has(Classes::BE.or(Classes::HAVE)) || next.tag == Tag::Base
    });
    let before = words[..at]
        .iter()
        .rev()
        .find(|word| !word.classes.has(Classes::ADVERB));
    is_verb && before.is_some_and(|word| word.classes.has(Classes::BE))
}

/// `led to the harbor`
fn is_place(view: &BlockView, at: usize) -> bool {
    const PLACES: &[&str] = &[
        "harbor", "river", "house", "room", "church", "beach", "station", "door",
    ];
    let text = look::text(view);
    let words = view.prose.words.iter().skip(at).take(2);
    words.into_iter().any(|word| is_one_of(text, word, PLACES))
}

fn is_open_question(view: &BlockView, sentence: &Sentence) -> bool {
    const OPEN: &[&str] = &["if", "may", "might", "could", "would", "whether", "should"];
    look::has_word(look::text(view), view.prose, sentence, OPEN)
}
