//! A STET mark that hides nothing.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule};
use crate::rules::{RULES, look};
use crate::text::span::Span;

/// A STET mark that hides nothing.
pub const RULE: Rule = Rule {
    name: "stet-unused",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A STET mark that hides nothing.",
    why: "What it was for is gone, or its rule is misspelt; a mark that is left behind would hide the next mistake.",
    fires: &["
The hall was full. [STET claim-figure-unattributed: known]
                         ^^^^^^^^^^^^^^^^^^^^^^^^^ hint stet-unused: STET claim-figure-unattributed hides nothing here: take it out.
", "
The hall was full. [STET claim-figure-unatributed: known]
                         ^^^^^^^^^^^^^^^^^^^^^^^^ hint stet-unused: “claim-figure-unatributed” is no rule. Did you mean claim-figure-unattributed?
", "
[STET quote: she asked not to be named] The hall was full and the doors were shut.
      ^^^^^ hint stet-unused: STET quote hides nothing here: take it out.
", "
Crime fell 15% last year. [STET quote: the police chart runs beside the story]
           ^^^ warning claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.
                                ^^^^^ hint stet-unused: STET quote hides nothing here: take it out.
"],
    quiet: &[
        "Crime fell 15% last year. [STET claim: the police chart runs beside the story]",
        "Crime fell 15% last year. [STET claim-figure-unattributed: the police chart runs beside the story]",
        "[STET claim: the police chart runs beside the story] Crime fell 15% last year. Rents rose 20% in the spring.",
        "The doors opened at eight. “My daughter has waited nine years for this day.” [STET quote: she asked not to be named]",
        "Crime fell 15% last year. [STET claim]",
        "He wrote STET in the margin, and the printer kept the line.",
        "<!-- [STET claim: gone with the line] -->The hall was full.",
    ],
    options: &[],
    // The engine finds it, when it has hidden what the marks hide.
    check: Check::Story(|_, _, _| {}),
};

/// The finding for a word of a mark.
pub fn finding(word: &str, span: Span) -> Finding {
    let nearest = RULES
        .iter()
        .map(|rule| (strsim::damerau_levenshtein(word, rule.name), rule.name))
        .min()
        .filter(|(distance, name)| (1..=3).contains(distance) && word != *name);
    let message = match nearest {
        Some((_, name)) => format!("“{word}” is no rule. Did you mean {name}?"),
        None => format!("STET {word} hides nothing here: take it out."),
    };
    let mut finding = look::finding(&RULE, span, message);
    finding.is_unnecessary = nearest.is_none();
    finding
}
