//! People without a name of whom the reader learns nothing.

use super::group;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;

/// People without a name of whom the reader learns nothing.
pub const RULE: Rule = Rule {
    name: "anonymous-source-undescribed",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "“Sources said”: unnamed people without number, position or knowledge.",
    why: "AP almost always forbids a bare “source”; NPR says that “officials say” is not enough. How many are they, in what position, \
          and how do they know? An institution alone (“U.S. officials”) lowers it to information.",
    fires: &["
Sources said the deal is dead.
^^^^^^^ warning anonymous-source-undescribed: “Sources”: how many, in what position, how do they know?
", "
Canadian officials have said the firm is holding off.
^^^^^^^^^^^^^^^^^^ information anonymous-source-undescribed: “Canadian officials”: how many, in what position, how do they know?
", "
The deal is dead, a source said. The firm would not comment.
                  ^^^^^^^^ warning anonymous-source-undescribed: “a source”: how many, in what position, how do they know?
", "
A person said the board is split.
^^^^^^^^ warning anonymous-source-undescribed: “A person”: how many, in what position, how do they know?
"],
    quiet: &[
        "Two people who attended the meeting said the deal is dead.",
        "Police said the road was closed. The ministry said it would open soon.",
        "A spokesman for the ministry said the road was closed.",
        "Officials said at a news conference that the road was closed.",
        "Three bankers with direct knowledge of the talks said the deal is dead.",
        "People familiar with the matter said the deal is dead.",
        "Officials at Harlan town hall knew that the road was closed.",
        "Fire officials said the road was closed.",
        "“Sources said the deal is dead,” Ruiz said.",
        "Sources said [TK: who are they?] the deal is dead.",
    ],
    options: &[RuleOption {
        name: "min-score",
        default: "2",
        summary: "How much must be said: 2 for how they know, 1 each for whom they belong to, what they do, and a number from two up.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let min_score = look::number_option(scene, "anonymous-source-undescribed.min-score", 2);
    for group in group::groups(draft) {
        let features = group.features;
        let score = usize::from(features.basis.is_some()) * 2
            + usize::from(features.affiliation.is_some())
            + usize::from(features.is_specific)
            + usize::from(features.count.is_some_and(|count| count >= 2));
        let is_public = group.statements.iter().any(|(statement, attribution)| {
            const PUBLIC: &[&str] = &[
                "conference",
                "briefing",
                "statement",
                "hearing",
                "letter",
                "report",
                "release",
            ];
            let text = &draft.tree.blocks[statement.block].block.text;
            attribution.manner.is_some_and(|manner| {
                let words = manner.of(text).to_lowercase();
                PUBLIC.iter().any(|public| words.contains(public))
            })
        });
        if score >= min_score || is_public || look::is_open(&draft.story, &draft.tree, group.place)
        {
            continue;
        }
        let words = look::shown(draft.words(group.place));
        let mut finding = look::finding(
            &RULE,
            draft.span(group.place),
            format!("“{words}”: how many, in what position, how do they know?"),
        );
        if score > 0 {
            finding.severity = Severity::Information;
        }
        finding.fixes = vec![look::insert(
            "Describe later: insert [TK: how do they know?]",
            draft.span(group.place).end(),
            " [TK: how do they know?]",
        )];
        found.push(finding);
    }
}
