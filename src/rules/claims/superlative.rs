//! A superlative that nobody stands behind.

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::prose::letters::{Lower, lower};
use crate::prose::tag::Tag;
use crate::prose::{Form, Sentence};
use crate::rule::{BlockView, Check, Openers, Rule};
use crate::rules::look;
use crate::rules::phrases::Phrases;
use crate::scene::Scene;
use crate::words::Classes;

/// A superlative that nobody stands behind.
pub const RULE: Rule = Rule {
    name: "claim-superlative-unattributed",
    topic: "claim",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "A first, biggest or worst with a scope and no source.",
    why: "“What is your source that it is the biggest, the oldest?” stands on every list of checks for copy. Most superlatives come \
          from a press release.",
    fires: &["
The largest bakery in the country may close in May.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “largest bakery in the country”: no source given. Says who?
", "
It was the deadliest fire in the state’s history.
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “deadliest fire in the state’s history”: no source given. Says who?
", "
The deal is the first of its kind in Europe.
                ^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “first of its kind”: no source given. Says who?
", "
Harlow Foods is the country’s largest baker, and its ovens are old.
                    ^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “country’s largest”: no source given. Says who?
", "
Brightwell runs 14 plants. It is the largest family-owned bakery in the country.
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “largest family-owned bakery in the country”: no source given. Says who?
", "
It was the warmest March on record.
           ^^^^^^^^^^^^^^^^^^^^^^^ information claim-superlative-unattributed: “warmest March on record”: no source given. Says who?
"],
    quiet: &[
        "Harlow Foods is one of the nation’s largest bakers, and many of the country’s largest mills are in the valley.",
        "The board will close the state’s oldest mines.",
        "Highest share of tenants in the country.",
        "It was the deadliest fire in the state’s history, the governor said.",
        "China is the world’s second-biggest economy, and its biggest port is full.",
        "Her oldest son lives in the country.",
        "The first session is on Tuesday in the country house.",
        "The most recent report on record keeping is late.",
        "The first lady of the country opened the fair.",
        "It is one of the largest bakeries in the country.",
        "Is it the largest bakery in the country?",
        "They reached the final for the first time since 1974.",
        "“It is the largest bakery in the country,” Ruiz said.",
        "The best way to get there is by bus.",
        "It might be the largest bakery in the country, and it could be the oldest in the world.",
        "If built, it would be the largest bakery in the country.",
        "Harlan is the fifth most dangerous city in the country.",
    ],
    options: &[],
    check: Check::Block(check),
};

pub static SUPERLATIVES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../grammar/words/superlatives.txt")));

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::SUPERLATIVE) {
        return;
    }
    let text = look::text(view);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        // A line without a verb is a label.
        let is_told = view.prose.words[sentence.words.clone()]
            .iter()
            .any(|word| word.tag.is_finite());
        if !is_told || !look::is_own_voice(view, scene, index) {
            continue;
        }
        let scoped = SUPERLATIVES
            .all(
                Openers::SUPERLATIVE,
                text,
                &view.prose.words,
                sentence.words.clone(),
            )
            .find_map(|phrase| scoped(view, sentence, phrase))
            .filter(|range| !look::is_hedged(text, view.prose, sentence, range.start));
        let Some(range) = scoped else {
            continue;
        };
        let span = view.prose.words[range.start]
            .span
            .cover(view.prose.words[range.end - 1].span);
        let words = look::shown(span.of(text));
        let mut finding = look::finding(
            &RULE,
            view.placed.place(span),
            format!("“{words}”: no source given. Says who?"),
        );
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// The words from the superlative to the end of its scope, or from the scope before it.
fn scoped(view: &BlockView, sentence: &Sentence, phrase: Range<usize>) -> Option<Range<usize>> {
    const KIN: &[&str] = &[
        "his", "her", "their", "my", "our", "your", "its", "of", "second", "third", "fourth",
        "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "at", "next",
    ];
    const SCOPES: &[&str] = &[
        "world's",
        "country's",
        "nation's",
        "state's",
        "region's",
        "continent's",
        "city's",
        "county's",
        "town's",
        "planet's",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    let word = |at: usize| lower(text, &words[at]);
    let before = phrase
        .start
        .checked_sub(1)
        .filter(|&at| at >= sentence.words.start);
    let is_first = word(phrase.start) == "first";
    if let Some(before) = before {
        let name = word(before);
        // “one of the largest”, “many of the nation’s largest”, “the country’s oldest mines”: a group, and nobody is said to lead it.
        let is_one_of = |the: usize| {
            the >= sentence.words.start + 2
                && word(the - 1) == "of"
                && matches!(
                    word(the - 2).as_str(),
                    "one" | "some" | "many" | "most" | "several" | "few" | "two" | "three"
                )
                || the > sentence.words.start && word(the - 1) == "among"
        };
        let is_one_of = is_one_of(before)
            || before > sentence.words.start && word(before - 1) == "the" && is_one_of(before - 1);
        let is_group = words
            .get(phrase.end)
            .is_some_and(|next| next.tag == Tag::Noun && next.span.of(text).ends_with('s'))
            && name.ends_with("'s");
        if KIN.contains(&name.as_str())
            || is_one_of
            || is_group
            || words[before].form == Form::Number
        {
            return None;
        }
        let is_place = words[before].classes.has(Classes::PLACE) && name.ends_with("'s");
        if SCOPES.contains(&name.as_str()) || is_place {
            return (!is_first).then_some(before..phrase.end);
        }
    }
    let end = sentence.words.end.min(phrase.end + 9);
    for (at, next) in words.iter().enumerate().take(end).skip(phrase.end) {
        if next.form == Form::Mark {
            return None;
        }
        if let Some(last) = scope_at(view, sentence, at, is_first) {
            return Some(phrase.start..last);
        }
    }
    None
}

/// Where a phrase of scope that begins at the word ends.
fn scope_at(view: &BlockView, sentence: &Sentence, at: usize, is_first: bool) -> Option<usize> {
    const WIDE: &[&str] = &[
        "world",
        "country",
        "nation",
        "state",
        "region",
        "continent",
        "city",
        "county",
        "history",
        "decades",
        "decade",
        "century",
        "generation",
        "memory",
        "town",
        "province",
        "league",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    let word = |by: usize| {
        if at + by < sentence.words.end {
            lower(text, &words[at + by])
        } else {
            Lower::default()
        }
    };
    let has = |by: usize, class: Classes| {
        at + by < sentence.words.end && words[at + by].classes.has(class)
    };
    match (word(0).as_str(), word(1).as_str()) {
        ("ever", _) if !is_first || word(1) == "to" => Some(at + 1),
        ("of", "its") if word(2) == "kind" => Some(at + 3),
        ("of", "all") if word(2) == "time" => Some(at + 3),
        ("on", "record")
            if !has(2, Classes::ROLE)
                && (word(2).is_empty()
                    || has_mark(view, at + 2)
                    || has(2, Classes::PREPOSITION)) =>
        {
            Some(at + 2)
        }
        ("in", place) if has(1, Classes::PLACE) && !place.is_empty() && !is_first => Some(at + 2),
        ("in", "history") => Some(at + 2),
        ("in", _) => (1..5)
            .take_while(|&by| at + by < sentence.words.end && words[at + by].form != Form::Mark)
            .find(|&by| WIDE.contains(&word(by).as_str()))
            .filter(|&by| !is_first || word(by) == "history")
            .filter(|&by| {
                at + by + 1 >= sentence.words.end
                    || has_mark(view, at + by + 1)
                    || !words[at + by + 1].classes.has(Classes::ROLE)
                        && words[at + by + 1].classes.has(CLOSES)
            })
            .map(|by| at + by + 1),
        _ => None,
    }
}

const CLOSES: Classes = Classes::PREPOSITION
    .or(Classes::CONJUNCTION)
    .or(Classes::CLAUSE)
    .or(Classes::AUXILIARY);

fn has_mark(view: &BlockView, at: usize) -> bool {
    view.prose
        .words
        .get(at)
        .is_some_and(|word| word.form == Form::Mark)
}
