//! A word or two in quotation marks that nobody is said to say.

use super::stray;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::letters::is_one_of;
use crate::prose::{Quote, QuoteKind};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A word or two in quotation marks that nobody is said to say.
pub const RULE: Rule = Rule {
    name: "quote-fragment",
    topic: "quote",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A quotation of up to three words with no speaker, or three of them in a sentence.",
    why: "A word between marks that nobody says reads as the reporter’s raised eyebrow. Quote the sentence, say whose word it is, \
          or take the marks off.",
    fires: &[
        "
The “reforms” took effect in May.
    ^^^^^^^^^ hint quote-fragment: “reforms” reads as scare quotes: whose word is it?
",
        "
Ministers defended the “generous” offer, “fair” terms and “final” deadline, Dana Ortiz said.
                                                          ^^^^^^^ hint quote-fragment: “final”: the third fragment in one sentence. Quote a whole one.
",
        "
Dana Ortiz called the plan “slow,” “vain” and “a mess” on Tuesday.
                                              ^^^^^^^^ hint quote-fragment: “a mess”: the third fragment in one sentence. Quote a whole one.
",
        "
The ‘clean freezer’ range, introduced two years ago, was dropped without notice.
    ^^^^^^^^^^^^^^^ hint quote-fragment: “clean freezer” reads as scare quotes: whose word is it?
",
        "
Buses to the “new town” leave at noon.
             ^^^^^^^^^^ hint quote-fragment: “new town” reads as scare quotes: whose word is it?
",
    ],
    quiet: &[
        "Harlan will call the firm a “decisive enabler” of the war, according to a draft seen by the Herald.",
        "William “Bill” Dean opened the shop in 1988.",
        "The word “reform” does not appear in the letter.",
        "The goods are known as “dual use” in the trade.",
        "Ruiz sang “Help!” at the end of the night.",
        "The so-called “reforms” took effect in May.",
        "The plan was “dead,” Ruiz said.",
        "The ship, dubbed “Old Nell,” was sold.",
    ],
    options: &[
        RuleOption {
            name: "max-words",
            default: "3",
            summary: "Longer quotations are left to quote-without-speaker.",
        },
        RuleOption {
            name: "max-per-sentence",
            default: "2",
            summary: "So many attributed fragments may stand in one sentence.",
        },
    ],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body || stray::has_stray(view.story, view.prose, view.index) {
        return;
    }
    let max_words = look::number_option(scene, "quote-fragment.max-words", 3);
    let max_per_sentence = look::number_option(scene, "quote-fragment.max-per-sentence", 2);
    let text = look::text(view);
    let coverage = &view.story.coverage[view.index];
    let mut in_sentence = (usize::MAX, 0);
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let is_fragment = quote.depth == 0
            && !quote.is_open
            && quote.word_count <= max_words
            && matches!(quote.kind, QuoteKind::Term | QuoteKind::Partial)
            && !look::is_open_here(view, quote.span);
        let is_named = is_named(view, quote);
        if !is_fragment || is_named && spoken.binding.is_none() {
            continue;
        }
        if in_sentence.0 != quote.sentence {
            in_sentence = (quote.sentence, 0);
        }
        // “Ruiz called it “slow,” “vain” and “rotten””: the first of them counts too.
        in_sentence.1 += 1;
        if is_named {
            continue;
        }
        let words = look::shown(quote.inner.of(text).trim_end_matches([',', '.']));
        let is_bare = spoken.binding.is_none()
            && coverage
                .get(quote.sentence)
                .is_some_and(|coverage| coverage.support < Support::Carried);
        let message = if is_bare {
            format!("“{words}” reads as scare quotes: whose word is it?")
        } else if in_sentence.1 == max_per_sentence + 1 {
            format!("“{words}”: the third fragment in one sentence. Quote a whole one.")
        } else {
            continue;
        };
        let mut finding = look::finding(&RULE, view.placed.place(quote.span), message);
        finding.fixes = vec![without_marks(view, quote)];
        found.push(finding);
    }
}

fn without_marks(view: &BlockView, quote: &Quote) -> Fix {
    let place = |start: usize, end: usize| view.placed.place(Span::new(start, end));
    Fix {
        title: "Take the quotation marks off".to_owned(),
        is_safe: false,
        edits: vec![
            Edit::delete(place(quote.span.start(), quote.inner.start())),
            Edit::delete(place(quote.inner.end(), quote.span.end())),
        ],
    }
}

/// `the term “…”`, `known as “…”`: the word itself is meant.
fn is_named(view: &BlockView, quote: &Quote) -> bool {
    const NAMING: &[&str] = &[
        "term",
        "word",
        "words",
        "phrase",
        "called",
        "calls",
        "call",
        "calling",
        "known",
        "so-called",
        "dubbed",
        "labeled",
        "labelled",
        "named",
        "nicknamed",
        "titled",
        "entitled",
        "marked",
        "stamped",
        "signed",
        "spelled",
        "read",
        "reads",
        "song",
        "sang",
        "sings",
        "play",
        "plays",
        "hums",
        "means",
        "meaning",
        "motto",
        "as",
        "under",
        "filed",
    ];
    let text = look::text(view);
    let before = view
        .prose
        .words
        .partition_point(|word| word.span.start() < quote.span.start());
    view.prose.words[before.saturating_sub(3)..before]
        .iter()
        .filter(|word| !word.is_quoted)
        .any(|word| {
            word.classes.has(Classes::NAMING.or(Classes::WORK)) || is_one_of(text, word, NAMING)
        })
}
