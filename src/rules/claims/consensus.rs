//! A view that is said to be shared, by nobody in particular.

use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::prose::letters::is_one_of;
use crate::prose::{Form, Sentence, Word};
use crate::rule::{BlockView, Check, Openers, Rule};
use crate::rules::phrases::Phrases;
use crate::rules::{holds, look};
use crate::scene::Scene;

/// A view that is said to be shared, by nobody in particular.
pub const RULE: Rule = Rule {
    name: "claim-consensus-unattributed",
    topic: "claim",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "“Growing consensus”, “widespread anger”: a shared view with no holder.",
    why: "Bloomberg’s editors asked who the insiders are that fear, and the experts that worry, when none is quoted. A view belongs to \
          somebody.",
    fires: &["
The vote shows a growing consensus that the bridge must go.
                 ^^^^^^^^^^^^^^^^^ information claim-consensus-unattributed: “growing consensus”: whose? Name somebody who holds it.
", "
There is widespread anger over the decision.
         ^^^^^^^^^^^^^^^^ information claim-consensus-unattributed: “widespread anger”: whose? Name somebody who holds it.
", "
The board met amid mounting concern over the dam.
                   ^^^^^^^^^^^^^^^^ information claim-consensus-unattributed: “mounting concern”: whose? Name somebody who holds it.
", "
The push reflects a broad agreement between the town and its neighbors.
                    ^^^^^^^^^^^^^^^ hint claim-consensus-unattributed: “broad agreement”: whose? Name somebody who holds it.
", "
The plan is widely seen as dead.
            ^^^^^^^^^^^ information claim-consensus-unattributed: “widely seen”: whose? Name somebody who holds it.
"],
    quiet: &[
        "There is a growing consensus, Ruiz said.",
        "Widespread anger over the decision cost 61% of voters their sleep, a Marlow poll found.",
        "Ministers reached a consensus on the text.",
        "There is growing grain on the hill.",
        "There could be widespread anger over the bridge, and it might be widely seen as a mistake.",
        "“There is widespread anger,” Ruiz said.",
        "There is widespread anger over the decision. [TK: source?]",
        "Is there widespread anger?",
        "There is general agreement on terms in clause nine.[^text]\n\n[^text]: document, draft agreement; date: 2026-03-01; on record",
    ],
    options: &[],
    check: Check::Block(check),
};

static NOUNS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../grammar/words/consensus-nouns.txt")));

/// What makes a view a shared one.
pub const ADJECTIVES: &[&str] = &[
    "growing",
    "broad",
    "broadening",
    "wide",
    "widespread",
    "general",
    "near-universal",
    "mounting",
    "rising",
    "increasing",
    "deepening",
    "emerging",
    "widening",
];

/// What makes it one by the way in which it is seen.
pub const WIDELY: &[&str] = &["widely"];

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::CONSENSUS) {
        return;
    }
    let text = look::text(view);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        if !look::is_own_voice(view, scene, index) {
            continue;
        }
        let Some((first, last)) =
            shared_view(view, sentence).or_else(|| widely_seen(view, sentence))
        else {
            continue;
        };
        if look::is_hedged(text, view.prose, sentence, first) {
            continue;
        }
        let span = view.prose.words[first]
            .span
            .cover(view.prose.words[last].span);
        let mut finding = look::finding(
            &RULE,
            view.placed.place(span),
            format!(
                "“{}”: whose? Name somebody who holds it.",
                look::shown(span.of(text))
            ),
        );
        if has_holder(view, sentence, last) {
            finding.severity = Severity::Hint;
        }
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// Whether a word outside quotation marks is one of the words that open what this rule looks for.
fn opens(text: &str, word: &Word, list: &[&str]) -> bool {
    let may_open = holds::openers(text, word).has(Openers::CONSENSUS);
    may_open && !word.is_quoted && is_one_of(text, word, list)
}

/// `shows a growing consensus`, `there is widespread anger`, `amid mounting concern`
fn shared_view(view: &BlockView, sentence: &Sentence) -> Option<(usize, usize)> {
    const SHOWS: &[&str] = &[
        "shows",
        "show",
        "showed",
        "reflects",
        "reflect",
        "reflected",
        "underscores",
        "signals",
        "amid",
        "there",
        "there's",
        "despite",
        "faces",
        "faced",
        "sparked",
        "fueled",
        "fuelled",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    for at in sentence.words.clone() {
        let is_adjective = opens(text, &words[at], ADJECTIVES);
        if !is_adjective || at + 1 >= sentence.words.end || NOUNS.at(text, words, at + 1).is_none()
        {
            continue;
        }
        let from = at.saturating_sub(5).max(sentence.words.start);
        let is_shown = (from..at).any(|before| is_one_of(text, &words[before], SHOWS));
        if is_shown {
            return Some((at, at + 1));
        }
    }
    None
}

/// `is widely seen as`
fn widely_seen(view: &BlockView, sentence: &Sentence) -> Option<(usize, usize)> {
    let text = look::text(view);
    let words = &view.prose.words;
    sentence.words.clone().find_map(|at| {
        let is_seen = opens(text, &words[at], WIDELY)
            && at + 2 < sentence.words.end
            && is_one_of(
                text,
                &words[at + 1],
                &["seen", "regarded", "considered", "viewed", "expected"],
            )
            && is_one_of(text, &words[at + 2], &["as", "to", "a", "the", "one"]);
        is_seen.then_some((at, at + 1))
    })
}

/// `between the U.S. and its partners`, `among Harlan’s farmers`: at least a collective holds it.
fn has_holder(view: &BlockView, sentence: &Sentence, last: usize) -> bool {
    let text = look::text(view);
    let words = &view.prose.words;
    let next = last + 1;
    next < sentence.words.end
        && is_one_of(text, &words[next], &["between", "among", "in", "within"])
        && words[next..sentence.words.end.min(next + 6)]
            .iter()
            .any(|word| {
                matches!(word.form, Form::Capital | Form::Caps) || is_one_of(text, word, &["and"])
            })
}
