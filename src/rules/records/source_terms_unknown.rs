//! Terms of a source that were not understood.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::source::{Terms, ground_rule};
use crate::syntax::tree::{Definition, Shape};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Terms of a source that were not understood.
pub const RULE: Rule = Rule {
    name: "source-terms-unknown",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "Ground rules of a source that are none of the known ones.",
    why: "A promise binds. Half of reporters asked what “on background” allows give different answers, so what is not understood is \
          treated as the strictest promise, off the record, until somebody says what was agreed.",
    fires: &[
        "
The board met twice.[^a]

[^a]: document, minutes of the board; on backgruond
                                      ^^^^^^^^^^^^^ error source-terms-unknown: Terms not understood: treated as off the record. Write on record, background, deep background or off record.
",
        "
The board met twice.[^a]

[^a]: interview, a clerk of the board; mostly on the record
                                       ^^^^^^^^^^^^^^^^^^^^ error source-terms-unknown: Terms not understood: treated as off the record. Write on record, background, deep background or off record.
",
        "
The board met twice.[^a]

[^a]: interview, a clerk of the board; terms: between us
                                              ^^^^^^^^^^ error source-terms-unknown: Terms not understood: treated as off the record. Write on record, background, deep background or off record.
",
        "
The board met twice.[^a]

[^a]: interview, a clerk of the board; date: 2026-03-01
    terms: partly attributable
           ^^^^^^^^^^^^^^^^^^^ error source-terms-unknown: Terms not understood: treated as off the record. Write on record, background, deep background or off record.
",
    ],
    quiet: &[
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; on background",
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; NFA",
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; Chatham House rule",
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; terms: TK",
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; by telephone",
        "The board met twice.[^a]\n\n[^a]: court, criminal record of the firm; on record",
        "The board met twice.[^a]\n\n[^a]: interview, a clerk of the board; note: wants to stay in the background",
    ],
    options: &[],
    check: Check::Story(check),
};

/// What newsrooms agree on, as it is written in a record.
const KNOWN: [&str; 4] = ["on record", "background", "deep background", "off record"];

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let open = |terms| terms == Terms::NotUnderstood;
    for source in draft
        .story
        .sources
        .iter()
        .filter(|source| open(source.terms))
    {
        let placed = &draft.tree.blocks[source.place.block];
        let text: &str = &placed.block.text;
        let Shape::Definition(definition) = &placed.block.shape else {
            continue;
        };
        let (span, is_field) = segment(text, definition).unwrap_or((definition.id, true));
        let message = "Terms not understood: treated as off the record. Write on record, background, deep background or off record.";
        let mut finding = look::finding(&RULE, placed.place(span), message);
        let mut offer = |title: String, words: &str| {
            finding.fixes.push(Fix {
                title,
                is_safe: false,
                edits: vec![Edit::replace(placed.place(span), words)],
            });
        };
        if let Some(known) = nearest(span.of(text)) {
            offer(format!("Write “{known}”"), known);
        }
        let open = if is_field { "TK" } else { "terms: TK" };
        offer("Leave the terms open: TK".to_owned(), open);
        found.push(finding);
    }
}

/// The words that were not understood, and whether they are the value of `terms:`.
fn segment(text: &str, definition: &Definition) -> Option<(Span, bool)> {
    let bare = definition
        .terms
        .iter()
        .find(|span| ground_rule(span.of(text)) == Terms::NotUnderstood);
    let field = definition
        .fields
        .iter()
        .filter(|field| field.key.of(text).eq_ignore_ascii_case("terms"))
        .map(|field| field.value)
        .find(|value| {
            matches!(
                ground_rule(value.of(text)),
                Terms::NotUnderstood | Terms::NotNoted
            )
        });
    bare.map(|span| (*span, false))
        .or(field.map(|span| (span, true)))
}

/// The one known rule that a misspelling is close to.
fn nearest(words: &str) -> Option<&'static str> {
    let words = words.trim().to_lowercase();
    let bare = words.strip_prefix("on ").unwrap_or(&words);
    KNOWN.into_iter().find(|known| {
        [*known, known.strip_prefix("on ").unwrap_or(known)]
            .iter()
            .any(|form| strsim::damerau_levenshtein(bare, form) <= 2 && form.len() > 5)
    })
}
