//! A forecast in the story's own voice.

use crate::finding::{Finding, Severity};
use crate::prose::Sentence;
use crate::prose::letters::is_one_of;
use crate::rule::{BlockView, Check, Openers, Rule, RuleOption};
use crate::rules::{holds, look};
use crate::scene::Scene;
use crate::story::coverage::{Coverage, Support};
use crate::story::outline::Label;
use crate::text::span::Span;

/// A forecast in the story's own voice.
pub const RULE: Rule = Rule {
    name: "claim-prediction-unattributed",
    topic: "claim",
    severity: Some(Severity::Hint),
    is_unfinished: true,
    summary: "What will rise, fall, cost or fail, with nobody named who expects it.",
    why: "A reporter does not know the future; somebody expects it. Reuters asks to source it. Plain schedules are left alone.",
    fires: &[
        "
Unemployment will rise to 8% by spring.
             ^^^^^^^^^ hint claim-prediction-unattributed: “will rise”: who expects it?
",
        "
The merger is certain to cost thousands of jobs.
           ^^^^^^^^^^^^^^^^^^ hint claim-prediction-unattributed: “is certain to cost”: who expects it?
",
        "
Rents are bound to double before the bridge is open.
      ^^^^^^^^^^^^^^^^^^^ hint claim-prediction-unattributed: “are bound to double”: who expects it?
",
        "
The plan is likely to hurt the smallest farms in the valley.
         ^^^^^^^^^^^^^^^^^ hint claim-prediction-unattributed: “is likely to hurt”: who expects it?
",
        "
The price of wheat is expected to climb to a record. The board meets again in May.
                   ^^^^^^^^^^^^^^^^^^^^ hint claim-prediction-unattributed: “is expected to climb”: who expects it?
",
    ],
    quiet: &[
        "The council will vote on Tuesday.",
        "The wording could change before Thursday.",
        "The leaders are set to raise prices, people familiar with the matter said.",
        "“Unemployment will rise,” Ortiz said.",
        "The store will open at nine and close at six.",
        "Will rents rise?",
        "If the dam breaks, the river will rise.",
        "Unemployment will rise to 8% by spring, the bank forecast.",
        "The price of wheat is expected by the bank to climb to a record.",
        "The price of wheat is expected to climb to a record. The bank said so in May.",
        "The ferry will not cost more than a bus, but it might rise in price.",
    ],
    options: &[RuleOption {
        name: "require-measure",
        default: "true",
        summary: "Only verbs of rise, fall, gain and harm; else every “will” and its kin.",
    }],
    check: Check::Block(check),
};

const MEASURES: &[&str] = &[
    "rise",
    "fall",
    "grow",
    "shrink",
    "cost",
    "drop",
    "increase",
    "decrease",
    "double",
    "triple",
    "plunge",
    "soar",
    "lose",
    "collapse",
    "fail",
    "exceed",
    "slow",
    "jump",
    "surge",
    "decline",
    "suffer",
    "worsen",
    "improve",
    "destroy",
    "hurt",
    "benefit",
    "halve",
    "outnumber",
    "climb",
    "tumble",
    "sink",
    "outpace",
];

/// The verbs of a forecast.
pub const WILL: &[&str] = &["will", "is", "are"];

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::FORECAST) {
        return;
    }
    let measures_only =
        look::switch_option(scene, "claim-prediction-unattributed.require-measure", true);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        let is_own = look::is_own_voice(view, scene, index);
        if !is_own && !is_only_hinted(view, index) {
            continue;
        }
        let Some(forecast) = forecast(view, sentence, measures_only) else {
            continue;
        };
        if !is_own && !is_nobodys(view, index, forecast) {
            continue;
        }
        let words = look::shown(forecast.of(look::text(view)));
        let message = format!("“{words}”: who expects it?");
        let mut finding = look::finding(&RULE, view.placed.place(forecast), message);
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// Whether nothing but a weak cue in the sentence supports it, and nothing else in its paragraph does.
fn is_only_hinted(view: &BlockView, index: usize) -> bool {
    let coverage = &view.story.coverage[view.index];
    let sentence = &view.prose.sentences[index];
    let is_alone = |(at, other): (usize, &Coverage)| match at == index {
        true => other.support == Support::Hinted,
        false => other.support == Support::None,
    };
    view.label == Label::Body
        && coverage.iter().enumerate().all(is_alone)
        && !look::is_question(look::text(view), sentence)
        && !look::is_open_here(view, sentence.span)
}

/// `is expected to climb`: the weak cue is the forecast’s own, and nobody is named for it.
fn is_nobodys(view: &BlockView, index: usize, forecast: Span) -> bool {
    let attributions = view.prose.attributions.iter();
    let mut own = attributions.filter(|one| one.sentence == index);
    own.all(|one| one.source.is_none() && one.cue.overlaps(forecast))
}

/// `will rise`, `is certain to cost`
fn forecast(view: &BlockView, sentence: &Sentence, measures_only: bool) -> Option<Span> {
    const OPEN: &[&str] = &[
        "if", "may", "might", "could", "would", "whether", "unless", "should", "not",
    ];
    const SURE: &[&str] = &[
        "certain", "sure", "bound", "expected", "likely", "set", "poised",
    ];
    const ADVERBS: &[&str] = &[
        "almost",
        "soon",
        "also",
        "eventually",
        "certainly",
        "then",
        "likely",
        "probably",
        "now",
        "only",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    let end = sentence.words.end;
    let is = |at: usize, list: &[&str]| at < end && is_one_of(text, &words[at], list);
    let skip = |mut at: usize| {
        while is(at, ADVERBS) && !(is(at, SURE) && is(at + 1, &["to"])) {
            at += 1;
        }
        at
    };
    let forecast = sentence.words.clone().find_map(|at| {
        let may_open = holds::openers(text, &words[at]).has(Openers::FORECAST);
        if words[at].is_quoted || !may_open {
            return None;
        }
        let verb = if is(at, &["will"]) {
            skip(at + 1)
        } else if is(at, &["is", "are"]) {
            let sure = skip(at + 1);
            (is(sure, SURE) && is(sure + 1, &["to"])).then_some(sure + 2)?
        } else {
            return None;
        };
        let is_verb =
            verb < end && !words[verb].is_quoted && (is(verb, MEASURES) || !measures_only);
        is_verb.then(|| words[at].span.cover(words[verb].span))
    });
    forecast.filter(|_| !look::has_word(text, view.prose, sentence, OPEN))
}
