//! A STET mark without a reason.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::syntax::tree::InlineKind;

/// A STET mark without a reason.
pub const RULE: Rule = Rule {
    name: "stet-unreasoned",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A STET mark that does not say why.",
    why: "The next editor has to know why a finding stands. The mark works all the same.",
    fires: &["
Crime fell 15% last year. [STET claim]
                          ^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
", "
Crime fell 15% last year. [STET claim: TK]
                          ^^^^^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
", "
[STET claim-figure-unattributed] Crime fell 15% last year. Rents rose 20% in the spring.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
", "
The doors opened at eight. “My daughter has waited nine years for this day.” [STET quote:]
                                                                             ^^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
"],
    quiet: &[
        "[STET claim: the police chart runs beside the story] Crime fell 15% last year.",
        "Crime fell 15% last year. [STET claim-figure-unattributed: TK Maxx told us on the record]",
        "Crime fell 15% last year. [ED: stet, it is on the chart]",
        "<!-- [STET claim] -->The hall was full.",
        "Crime fell 15% last year. [STET claim: the police chart runs beside the story]",
        "He wrote STET in the margin.",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for mark in &draft.story.marks {
        let placed = &draft.tree.blocks[mark.block];
        let inline = &placed.block.inlines[mark.inline];
        let InlineKind::Stet { reason, .. } = &inline.kind else {
            continue;
        };
        let is_open = reason.is_none_or(|reason| reason.of(&placed.block.text).trim() == "TK");
        if is_open {
            let message = "STET without a reason: say why it stands, after a colon.";
            found.push(look::finding(&RULE, placed.place(inline.span), message));
        }
    }
}
