//! A STET mark that hides nothing.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule};
use crate::rules::{RULES, look};
use crate::syntax::tree::Placed;
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
Crime fell 15% last year. [STET claim-figure-unatributed: known]
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

/// The finding for a word of a mark, `rules` being all its words; spans count from the block's start.
pub fn finding(placed: &Placed, mark: Span, rules: &[Span], word: Span) -> Finding {
    let text: &str = &placed.block.text;
    let name = word.of(text);
    // Names whose lengths lie further apart than that are no slips of each other.
    let length = name.chars().count();
    let nearest = RULES
        .iter()
        .filter(|rule| rule.name.len().abs_diff(length) <= 3)
        .map(|rule| (strsim::damerau_levenshtein(name, rule.name), rule.name))
        .min()
        .filter(|(distance, nearest)| (1..=3).contains(distance) && name != *nearest);
    let message = match nearest {
        Some((_, nearest)) => format!("“{name}” is no rule. Did you mean {nearest}?"),
        None => format!("STET {name} hides nothing here: take it out."),
    };
    let mut finding = look::finding(&RULE, placed.place(word), message);
    finding.is_unnecessary = nearest.is_none();
    if let Some((_, nearest)) = nearest {
        let title = format!("Write {nearest}");
        finding
            .fixes
            .push(look::replace(title, placed.place(word), nearest));
    }
    let gone = placed.place(without(text, mark, rules, word));
    finding.fixes.push(look::replace("Take it out", gone, ""));
    finding
}

/// What goes when a word of a mark goes: the whole mark with a space beside it if there is no other word.
fn without(text: &str, mark: Span, rules: &[Span], word: Span) -> Span {
    let at = rules.iter().position(|rule| *rule == word).unwrap_or(0);
    if rules.len() > 1 {
        return match at.checked_sub(1) {
            Some(before) => Span::new(rules[before].end(), word.end()),
            None => Span::new(word.start(), rules[1].start()),
        };
    }
    let follows_space = text[..mark.start()].ends_with(' ');
    let is_before_space = text[mark.end()..].starts_with(' ');
    match (follows_space, is_before_space) {
        (true, _) => Span::new(mark.start() - 1, mark.end()),
        (false, true) => Span::new(mark.start(), mark.end() + 1),
        (false, false) => mark,
    }
}
