//! People without a name of whom the reader learns nothing.

use super::group;
use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::group::Group;

/// People without a name of whom the reader learns nothing.
pub const RULE: Rule = Rule {
    name: "anonymous-source-undescribed",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "“Sources said”: unnamed people without number, position or knowledge.",
    why: "AP almost always forbids a bare “source”; NPR says that “officials say” is not enough. How many are they, in what position, \
          and how do they know? An institution alone (“U.S. officials”) lowers it to information. Each is \
          asked once a story.",
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
", "
Sources said the deal is dead. A person said the board is split.
^^^^^^^ warning anonymous-source-undescribed: “Sources”: how many, in what position, how do they know?
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
    check: Check::Groups(check),
};

fn check(draft: &Draft, groups: &[Group], scene: &Scene, found: &mut Vec<Finding>) {
    let min_score = look::number_option(scene, "anonymous-source-undescribed.min-score", 2);
    let asked = groups.iter().filter(|group| {
        group::score(group) < min_score
            && !is_public(draft, group)
            && !group::is_described_person(draft, group)
            && !look::is_open(&draft.story, &draft.tree, group.place)
    });
    // A bare “sources” is one question, an office that speaks another.
    let (bare, others): (Vec<&Group>, Vec<&Group>) =
        asked.partition(|group| group::score(group) == 0);
    let told = [&bare, &others].map(|groups| group::told_at_once(draft, &RULE, groups));
    for told in told.into_iter().flatten() {
        let first = told[0];
        let words = look::shown(draft.words(first.place));
        let mut finding = look::finding(
            &RULE,
            draft.span(first.place),
            format!("“{words}”: how many, in what position, how do they know?"),
        );
        if group::score(first) > 0 {
            finding.severity = Severity::Information;
        }
        let also = told[1..].iter().map(|group| Related {
            span: draft.span(group.place),
            message: "described no better".to_owned(),
        });
        finding.related = also.collect();
        finding.fixes = vec![group::note_at_each(
            draft,
            &told,
            "Describe later: insert [TK: how do they know?]",
            " [TK: how do they know?]",
        )];
        found.push(finding);
    }
}

/// Whether they spoke where others could hear them.
fn is_public(draft: &Draft, group: &Group) -> bool {
    const PUBLIC: &[&str] = &[
        "conference",
        "briefing",
        "statement",
        "hearing",
        "letter",
        "report",
        "release",
    ];
    group.statements.iter().any(|(statement, attribution)| {
        let text = &draft.tree.blocks[statement.block].block.text;
        attribution.manner.is_some_and(|manner| {
            let words = manner.of(text).to_lowercase();
            PUBLIC.iter().any(|public| words.contains(public))
        })
    })
}
