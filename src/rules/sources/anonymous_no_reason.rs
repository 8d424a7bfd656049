//! People without a name, and no word on why.

use super::group;
use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::phrase::NounKind;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::group::Group;

/// People without a name, and no word on why.
pub const RULE: Rule = Rule {
    name: "anonymous-source-no-reason",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "The story never says why its source is not named.",
    why: "AP, the New York Times and the code of the SPJ ask for the reason. Most edited stories give none, so this is asked once for \
          each group that knows something, once for all others together, and as a hint where an office speaks. A warning under \
          newsroom-strict.",
    fires: &["
People familiar with the matter said the draft is tough. It may change, the people said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “People familiar with the matter”: the story never says why they are not named.
", "
A senior aide, who asked not to be named, said the draft is tough.
^^^^^^^^^^^^^ information anonymous-source-no-reason: “A senior aide”: the story never says why this source is not named.
", "
A sale could come as soon as April, said two bankers with direct knowledge of the talks.
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “two bankers with direct knowledge of…”: the story never says why they are not named.
", "
A sale could come as soon as April, said officials involved in the talks.
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “officials involved in the talks”: the story never says why they are not named.
", "
The pier will be sold, according to a person who saw the letter.
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “a person who saw the letter”: the story never says why this source is not named.
", "
Sources said the deal is dead.
^^^^^^^ information anonymous-source-no-reason: “Sources”: the story never says why they are not named.
", "
Sources said a sale is near. A Canadian official said that it is not.
^^^^^^^ information anonymous-source-no-reason: “Sources”: the story never says why they are not named.
", "
Two bankers with direct knowledge of the talks said a sale is near. A person familiar with the matter said it is not.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “Two bankers with direct knowledge of…”: the story never says why they are not named.
                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-source-no-reason: “A person familiar with the matter”: the story never says why this source is not named.
"],
    quiet: &[
        "People familiar with the matter said the draft is tough. The people asked not to be identified because the talks are private.",
        "Two bankers with direct knowledge of the talks, who asked not to be named because the talks are private, said a sale is near.",
        "Two senior aides with knowledge of the talks said the plan is dead. The aides were granted anonymity because they feared for their jobs.",
        "Two senior aides with knowledge of the talks said the plan is dead. Both asked not to be named because the talks are private.",
        "Two senior aides with knowledge of the talks said the plan is dead. The Courier is not naming the aides because they fear for their jobs.",
        "Two senior aides, speaking anonymously to avoid retaliation, said the plan is dead.",
        "Two senior aides, who asked to remain anonymous out of fear for their jobs, said the plan is dead.",
        "Two senior aides, who asked not to be identified given the talks, said the plan is dead.",
        "Two senior aides, who weren’t allowed to talk to the press, said the plan is dead.",
        "Two senior aides spoke on condition of anonymity so they could speak freely, and said the plan is dead.",
        "U.S. officials have said the firm is holding off.",
        "Police said the road was closed.",
        "Two bankers with direct knowledge of the talks said a sale is near.[^b]\n\n[^b]: interview, two bankers; background; why: waived",
        "Ida Hewitt, an aide, said the draft is tough.",
        "The nurses’ letter said two officials with direct knowledge left.",
        "Sources said [TK: why not named?] the deal is dead.",
    ],
    options: &[],
    check: Check::Groups(check),
};

fn check(draft: &Draft, groups: &[Group], _scene: &Scene, found: &mut Vec<Finding>) {
    let unexplained = groups.iter().filter(|group| {
        !group.features.has_reason
            && !is_explained(draft, group)
            && !is_habitual(draft, group)
            && !is_on_record(draft, group)
            && !group::is_described_person(draft, group)
            && !group::has_field(draft, group, "why")
            && !look::is_open(&draft.story, &draft.tree, group.place)
    });
    // Who knows something was promised something: each is asked about. The others are one question together.
    let (know, others): (Vec<&Group>, Vec<&Group>) =
        unexplained.partition(|group| group.features.has_basis || asks(draft, group));
    let mut told: Vec<Vec<&Group>> = know.into_iter().map(|group| vec![group]).collect();
    told.extend(group::told_at_once(draft, &RULE, &others));
    for told in told {
        let (first, others) = told.split_first().expect("a group is told at least");
        let words = look::shown(draft.words(first.place));
        let who = match are_several(draft, first) {
            true => "they are",
            false => "this source is",
        };
        let mut finding = look::finding(
            &RULE,
            draft.span(first.place),
            format!("“{words}”: the story never says why {who} not named."),
        );
        // “His aides say”: an office speaks, and of whom another rule asks.
        if !first.features.has_basis && !asks(draft, first) && group::score(first) == 1 {
            finding.severity = Severity::Hint;
        }
        finding.related = first
            .statements
            .iter()
            .filter_map(|(statement, attribution)| {
                let place = Place {
                    block: statement.block,
                    span: attribution.source.as_ref()?.span,
                };
                (place != first.place).then(|| Related {
                    span: draft.span(place),
                    message: "the same source".to_owned(),
                })
            })
            .collect();
        let also = others.iter().map(|group| Related {
            span: draft.span(group.place),
            message: "not named either, and no word on why".to_owned(),
        });
        finding.related.extend(also);
        finding.fixes = vec![group::note_at_each(
            draft,
            &told,
            "Explain later: insert [TK: why not named?]",
            " [TK: why not named?]",
        )];
        found.push(finding);
    }
}

fn is_more_by_words(words: &str) -> bool {
    let head = words.split(" who ").next().unwrap_or(words);
    head.eq_ignore_ascii_case("they") || head.contains(" and ")
}

/// Whether the words where a group first speaks mean more than one: `officials`, `Roth and another aide`, `they`.
fn are_several(draft: &Draft, group: &Group) -> bool {
    let mut sources = group
        .statements
        .iter()
        .filter_map(|(_, said)| said.source.as_ref());
    sources.any(|source| match &source.kind {
        NounKind::Anonymous(features) => features.is_plural && source.span == group.place.span,
        _ => false,
    }) || is_more_by_words(draft.words(group.place))
}

/// That somebody is not named.
const UNNAMED: &[&str] = &[
    "anonym",
    "be named",
    "not naming",
    "be identified",
    "not identifying",
];

/// Why they may not speak.
const BARRED: &[&str] = &[
    "not authorized to",
    "not authorised to",
    "not allowed to",
    "not permitted to",
    "n’t authorized to",
    "n’t authorised to",
    "n’t allowed to",
    "n't allowed to",
    "n’t permitted to",
];

/// “The aides were granted anonymity because they feared for their jobs”: the reason stands beside what they say.
fn is_explained(draft: &Draft, group: &Group) -> bool {
    const REASONS: &[&str] = &[
        " because ",
        " citing ",
        " fear",
        " to avoid ",
        " so they ",
        " so he ",
        " so she ",
        " as they ",
        " as he ",
        " as she ",
        " as the ",
        " since ",
        " given ",
        " due to ",
    ];
    let has = |words: &str, list: &[&str]| list.iter().any(|one| words.contains(one));
    group.statements.iter().any(|(statement, attribution)| {
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        if !draft.traces[statement.block].may_explain {
            return false;
        }
        let mut sentences = draft.prose[statement.block].sentences.iter();
        sentences.any(|sentence| {
            let words = sentence.span.of(text).to_lowercase();
            let unnamed = UNNAMED.iter().filter_map(|one| words.find(one));
            // The reason comes after it.
            unnamed.min().is_some_and(|at| has(&words[at..], REASONS))
                || has(&words, BARRED) && sentence.span.covers(attribution.cue)
        })
    })
}

/// “who asked not to be named”: something was promised, and the story says so.
fn asks(draft: &Draft, group: &Group) -> bool {
    group.statements.iter().any(|(statement, attribution)| {
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        let sentence = draft.prose[statement.block].sentences[attribution.sentence].span;
        let words = sentence.of(text);
        words.contains("not to be") || words.contains("anonym")
    })
}

/// “U.S. officials have said”: the position of an institution, not a source that was promised something.
fn is_habitual(draft: &Draft, group: &Group) -> bool {
    !group.features.has_basis
        && group.features.has_affiliation
        && group.statements.iter().all(|(statement, attribution)| {
            let text = &draft.tree.blocks[statement.block].block.text;
            let cue = attribution.cue.of(text).to_lowercase();
            cue.starts_with("have ") || cue.starts_with("has ")
        })
}

/// “officials said at a news conference”
fn is_on_record(draft: &Draft, group: &Group) -> bool {
    group.statements.iter().any(|(statement, attribution)| {
        let text = &draft.tree.blocks[statement.block].block.text;
        attribution.manner.is_some_and(|manner| {
            let words = manner.of(text).to_lowercase();
            ["conference", "briefing", "hearing", "statement"]
                .iter()
                .any(|public| words.contains(public))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::traces::EXPLAINING;

    #[test]
    fn a_block_is_looked_at_for_each_phrase() {
        for phrase in UNNAMED.iter().chain(BARRED) {
            let mut words = phrase.split(' ');
            let is_word = |word: &str| EXPLAINING.iter().any(|begins| word.starts_with(begins));
            assert!(words.any(is_word), "{phrase}");
        }
    }
}
