//! People without a name, and no word of how many.

use super::group;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::group::Group;

/// People without a name, and no word of how many.
pub const RULE: Rule = Rule {
    name: "anonymous-source-uncounted",
    topic: "source",
    severity: None,
    is_unfinished: true,
    summary: "“People familiar with the matter”: how many?",
    why: "Bloomberg’s own memo of 2010: “three people familiar with the meeting” meets the standard, “people familiar with the situation” \
          does not. Most copy does not say how many, so the rule is on only in newsroom-strict.",
    fires: &[
        "
@ profile=newsroom-strict
People familiar with the matter said the pier will be sold.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-uncounted: “People familiar with the matter”: how many?
",
        "
@ profile=newsroom-strict
The pier will be sold, officials briefed on the talks said.
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-uncounted: “officials briefed on the talks”: how many?
",
        "
@ profile=newsroom-strict
The pier will be sold in May, diplomats familiar with the plan said.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-uncounted: “diplomats familiar with the plan”: how many?
",
        "
@ profile=newsroom-strict
The pier will be sold, according to people with direct knowledge of the talks.
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-uncounted: “people with direct knowledge of the talks”: how many?
",
    ],
    quiet: &[
        "@ profile=newsroom-strict\nThree people familiar with the matter said the pier will be sold.",
        "@ profile=newsroom-strict\nA person familiar with the matter said the pier will be sold.",
        "@ profile=newsroom-strict\nSeveral officials briefed on the talks said the pier will be sold.",
        "@ profile=newsroom-strict\nPolice said the pier will be sold.",
        "@ profile=newsroom-strict\nPeople familiar with the matter said the pier will be sold. [TK: how many?]",
        "People familiar with the matter said the pier will be sold.",
        "@ profile=newsroom-strict\nPeople familiar with the matter said the pier will be sold.[^p]\n\n[^p]: interview, people familiar with the matter; background; count: 3",
    ],
    options: &[],
    check: Check::Groups(check),
};

fn check(draft: &Draft, groups: &[Group], _scene: &Scene, found: &mut Vec<Finding>) {
    for group in groups {
        let is_uncounted = group.features.is_plural && group.features.count.is_none();
        if !is_uncounted
            || group.features.is_back_reference
            || group::has_field(draft, group, "count")
            || look::is_open(&draft.story, &draft.tree, group.place)
        {
            continue;
        }
        let words = look::shown(draft.words(group.place));
        let message = format!("“{words}”: how many?");
        let mut finding = look::finding(&RULE, draft.span(group.place), message);
        finding.fixes = vec![look::insert(
            "Count later: insert [TK: how many?]",
            draft.span(group.place).end(),
            " [TK: how many?]",
        )];
        found.push(finding);
    }
}
