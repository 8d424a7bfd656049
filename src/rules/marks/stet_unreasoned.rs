//! A STET mark without a reason.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::notes::private::{has_reason, of_stet};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;

/// A STET mark without a reason.
pub const RULE: Rule = Rule {
    name: "stet-unreasoned",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A STET mark that does not say why.",
    why: "The next editor has to know why a finding stands. The mark works all the same. A reason that must not lie about stands in the \
          draft’s private file, as a mark of the same words: `[STET claim: seen by counsel]`.",
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
", "
=== council.lede
Crime fell 15% last year. [STET claim] Rents rose 20% in the spring. [STET claim] Fares fell 5% in March. [STET figure]
                                                                     ^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
                                                                                                          ^^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
=== council.private.lede
[STET claim: seen by counsel]
", "
=== council.lede
Crime fell 15% last year. [STET claim]
                          ^^^^^^^^^^^^ hint stet-unreasoned: STET without a reason: say why it stands, after a colon.
=== port.private.lede
[STET claim: seen by counsel]
"],
    quiet: &[
        "[STET claim: the police chart runs beside the story] Crime fell 15% last year.",
        "Crime fell 15% last year. [STET claim-figure-unattributed: TK Maxx told us on the record]",
        "Crime fell 15% last year. [ED: stet, it is on the chart]",
        "<!-- [STET claim] -->The hall was full.",
        "Crime fell 15% last year. [STET claim: the police chart runs beside the story]",
        "He wrote STET in the margin.",
        "=== council.lede\nCrime fell 15% last year. [STET claim]\n=== council.private.lede\n[STET claim: seen by counsel]\n",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let beside = scene.records.private.iter().filter(|one| one.is_own);
    let mut reasons: Vec<&str> = beside
        .flat_map(|one| one.file.reasons.iter().map(String::as_str))
        .collect();
    for mark in &draft.story.marks {
        let placed = &draft.tree.blocks[mark.block];
        let inline = &placed.block.inlines[mark.inline];
        if has_reason(&placed.block, &inline.kind) {
            continue;
        }
        let Some(stet) = of_stet(&placed.block, &inline.kind) else {
            continue;
        };
        // Each reason is for one mark.
        if let Some(at) = reasons.iter().position(|rules| *rules == stet.rules) {
            reasons.swap_remove(at);
            continue;
        }
        let message = "STET without a reason: say why it stands, after a colon.";
        found.push(look::finding(&RULE, placed.place(inline.span), message));
    }
}
