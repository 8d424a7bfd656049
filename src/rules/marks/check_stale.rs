//! Words that were changed after somebody had checked them.

use crate::checks::{self, State};
use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::text::edit::Edit;

/// Words that were changed after somebody had checked them.
pub const RULE: Rule = Rule {
    name: "check-stale",
    topic: "markup",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Words that were changed after somebody had checked them.",
    why: "A check mark tells the desk that nobody has to look again. When a word, a number or a name was changed after it, somebody has to; \
          commas and quotation marks do not count. What the words were is shown where it is known: from the checks beside the draft, or from \
          what was filed.",
    fires: &["
The pier closed in 1989. [CQ AL 2026-03-12 #3d2a] It is old.
                         ^^^^^^^^^^^^^^^^^^^^^^^^ warning check-stale: Changed since checked by AL on 2026-03-12: now “The pier closed in 1989.” Read it again.
", "
The pier closed in 1989. It is old, and the town has no money for it.
^^^^^^^^^^^^^^^^^^^^^^^^ warning check-stale: Changed since checked by AL on 2026-03-12: was “The pier closed in 1998.”, now “The pier closed in 1989.”

=== draft.lede.checks
AL 2026-03-12 #3d2a: The pier closed in 1998.
", "
The mayor, Dana Ortez, opened the pier. [CQ AL 2026-03-12 #0000]
                                        ^^^^^^^^^^^^^^^^^^^^^^^^ warning check-stale: Changed since checked by AL on 2026-03-12: now “The mayor, Dana Ortez, opened the pier.” Read it again.
", "
[CQ AL 2026-03-12 #0000] The pier closed in 1989. It is old.
^^^^^^^^^^^^^^^^^^^^^^^^ warning check-stale: Changed since checked by AL on 2026-03-12: now “The pier closed in 1989. It is old.” Read it again.
"],
    quiet: &[
        "The pier closed in 1989. [CQ]",
        "The pier closed in “1998.” [CQ AL 2026-03-12 #3d2a]",
        "The pier closed in 1998. [CQ AL 2026-03-12 #3d2a]",
        "The pier, closed in 1998. [CQ AL 2026-03-12 #3d2a: read against the plan]",
        "The pier closed in 1989. [CQ AL 2026-03-12]",
        "The pier closed in 1998.\n=== draft.lede.checks\nAL 2026-03-12 #3d2a: The pier closed in 1998.\n",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    for checked in checks::checked(draft, scene.records) {
        let State::Changed(was) = &checked.state else {
            continue;
        };
        let block = &draft.tree.blocks[checked.covers.block].block;
        let now = checks::said(block, checked.covers.span);
        let (by, now) = (checked.by(), look::shown(&now));
        let message = match was {
            Some(was) => format!(
                "Changed since checked by {by}: was “{}”, now “{now}”",
                look::shown(was)
            ),
            None => format!("Changed since checked by {by}: now “{now}” Read it again."),
        };
        let place = checked.mark.unwrap_or(checked.covers);
        let mut finding = look::finding(&RULE, draft.span(place), message);
        finding.fixes = checked
            .mark
            .into_iter()
            .map(|mark| take_out(draft, draft.span(mark)))
            .collect();
        found.push(finding);
    }
}

/// Takes a mark out, with the space before it.
fn take_out(draft: &Draft, mark: crate::text::span::Span) -> Fix {
    let before = crate::text::span::Span::new(mark.start().saturating_sub(1), mark.start());
    let has_space = draft.text.slice(before) == " ";
    let span = if has_space { before.cover(mark) } else { mark };
    Fix {
        title: "Take the check away: it is of other words".to_owned(),
        is_safe: false,
        edits: vec![Edit::delete(span)],
    }
}
