//! What can be done about the words in a range: fixes, suppression with a reason, records.

pub mod add;
mod attribute;
pub mod check;
mod headline;
mod leave;
mod passage;
mod record;
mod spelling;

use crate::draft::Draft;
use crate::features::mend::{self, Taken};
use crate::finding::Finding;
use crate::scene::Scene;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does; begins with a verb.
    pub title: String,
    /// What kind of action.
    pub kind: ActionKind,
    /// The edits, disjoint, in order, in bytes of the file before any of them.
    pub edits: Vec<Edit>,
    /// The finding it answers: index into the findings given.
    pub finding: Option<usize>,
    /// Whether an editor may apply it on its "fix" key. Nothing that names a speaker is.
    pub is_preferred: bool,
}

/// What kind of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Answers a finding.
    QuickFix,
    /// Writes down what was read: a source record, a headline.
    Rewrite,
    /// All safe fixes of the draft at once.
    FixAll,
}

/// What can be done about a range of the file, best first: to attribute later, fixes, records, to leave it.
pub fn actions(draft: &Draft, scene: &Scene, findings: &[Finding], range: Span) -> Vec<Action> {
    let reported: Vec<(usize, &Finding)> = findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.span.overlaps(range) || finding.span.touches(range.start()))
        .collect();
    let mut actions: Vec<Action> = Vec::new();
    for (index, finding) in &reported {
        let later = leave::attribute_later(draft, finding);
        actions.extend(later.map(|edit| Action {
            title: "Attribute later: [TK: source?]".to_owned(),
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            finding: Some(*index),
            is_preferred: false,
        }));
        let named = attribute::to_those_of_the_story(draft, finding);
        actions.extend(named.into_iter().map(|(title, edit)| Action {
            title,
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            finding: Some(*index),
            is_preferred: false,
        }));
        actions.extend(finding.fixes.iter().map(|fix| Action {
            title: fix.title.clone(),
            kind: ActionKind::QuickFix,
            edits: fix.edits.clone(),
            finding: Some(*index),
            is_preferred: fix.is_safe,
        }));
    }
    let written = [
        passage::locate(draft, scene, range),
        passage::quote(draft, range),
        record::start(draft, range),
        headline::write(draft, range),
    ];
    actions.extend(written.into_iter().flatten());
    actions.extend(spelling::house(draft, scene, range));
    for (index, finding) in &reported {
        let stet = leave::stet(draft, finding);
        actions.extend(stet.map(|edit| Action {
            title: format!("Leave it, with a reason: [STET {}: …]", finding.rule),
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            finding: Some(*index),
            is_preferred: false,
        }));
        let paragraph = leave::stet_paragraph(draft, finding);
        actions.extend(paragraph.map(|edit| Action {
            title: format!("Leave {} in this paragraph, with a reason", finding.rule),
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            finding: Some(*index),
            is_preferred: false,
        }));
    }
    actions.extend(check::note(draft, scene, range));
    let mut seen: Vec<(String, Vec<Edit>)> = Vec::new();
    actions.retain(|action| {
        let key = (action.title.clone(), action.edits.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    actions
}

/// All fixes of the draft that need no look at each place, as one action.
pub fn fix_all(findings: &[Finding]) -> Option<Action> {
    let edits = mend::edits(findings, Taken::Safe);
    (!edits.is_empty()).then(|| Action {
        title: "Fix all that is safe to fix".to_owned(),
        kind: ActionKind::FixAll,
        edits,
        finding: None,
        is_preferred: false,
    })
}

/// The line end that the file uses.
fn line_end(draft: &Draft) -> &'static str {
    let has_returns = draft
        .tree
        .blocks
        .iter()
        .any(|placed| placed.block.text.contains("\r\n"));
    if has_returns { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    /// The text after the action whose title begins so; the titles offered where there is none.
    fn check(marked: &str, rule: Option<(&'static str, &str)>, title: &str, expected: Expect) {
        let after = testing::asked(marked, |draft, scene, at| {
            let findings: Vec<Finding> = rule
                .iter()
                .map(|(rule, words)| testing::finding(draft, rule, words))
                .collect();
            let offered = actions(draft, scene, &findings, Span::at(at));
            match offered.iter().find(|one| one.title.starts_with(title)) {
                Some(action) => testing::after(draft, &action.edits),
                None => format!(
                    "offered: {:?}",
                    offered.iter().map(|one| &one.title).collect::<Vec<_>>()
                ),
            }
        });
        expected.assert_eq(&after);
    }

    #[test]
    fn leave_it_stands_after_the_sentence() {
        check(
            "The pier is old. It cost 40 mil<|>lion dollars. The wall is new.\n",
            Some(("unsourced-figure", "40 million dollars")),
            "Leave it",
            expect![[r#"
                The pier is old. It cost 40 million dollars. [STET unsourced-figure: TK] The wall is new.
            "#]],
        );
        check(
            "“It will sta<|>nd.” The wall is new.\n",
            Some(("quote-without-speaker", "“It will stand.”")),
            "Leave it",
            expect![[r#"
                “It will stand.” [STET quote-without-speaker: TK] The wall is new.
            "#]],
        );
    }

    #[test]
    fn attribute_later_is_offered_first_on_a_claim_and_only_there() {
        let claim = "claim-figure-unattributed";
        let first = |rule: &'static str| {
            testing::asked("Crime fell 15<|>% last year.\n", |draft, scene, at| {
                let finding = testing::finding(draft, rule, "15%");
                let offered = actions(draft, scene, &[finding], Span::at(at));
                let first = offered.first().expect("something can be done");
                (first.title.clone(), testing::after(draft, &first.edits))
            })
        };
        assert_eq!(
            first(claim),
            (
                "Attribute later: [TK: source?]".to_owned(),
                "Crime fell 15% last year. [TK: source?]\n".to_owned()
            )
        );
        assert_eq!(
            first("quote-without-speaker").0,
            "Leave it, with a reason: [STET quote-without-speaker: …]"
        );
    }

    #[test]
    fn over_sentences_it_stands_before_the_block() {
        check(
            "The pier is o<|>ld. The wall is new.\n",
            Some(("something", "old. The wall")),
            "Leave it",
            expect![[r#"
                [STET something: TK] The pier is old. The wall is new.
            "#]],
        );
    }

    #[test]
    fn a_record_is_started_from_the_sentence() {
        check(
            "“The pier is safe,” Harbor Commissioner Dana Or<|>tiz said in an emailed statement.\n",
            None,
            "Start source record",
            expect![[r#"
                “The pier is safe,” Harbor Commissioner Dana Ortiz said in an emailed statement.

                ###

                [^dana-ortiz]: email, Dana Ortiz; role: Harbor Commissioner; date: TK; terms: TK
            "#]],
        );
        check(
            "“The pier is safe,” said Paul Ve<|>nn, a diver.\n\n###\n\n[^paul-venn]: photo, Paul Venn’s pictures; by: Jo Ash\n",
            None,
            "Start source record",
            expect![[r#"
                “The pier is safe,” said Paul Venn, a diver.

                ###

                [^paul-venn]: photo, Paul Venn’s pictures; by: Jo Ash
                [^paul-venn-2]: Paul Venn; kind: TK; date: TK; terms: TK
            "#]],
        );
    }

    #[test]
    fn who_has_a_record_or_no_name_gets_none() {
        check(
            "“The pier is safe,” Dana Or<|>tiz said.\n\n###\n\n[^ortiz]: interview, Dana Ortiz\n",
            None,
            "Start source record",
            expect!["offered: []"],
        );
        check(
            "The wall will fall, two peo<|>ple familiar with the plans said.\n",
            None,
            "Start source record",
            expect!["offered: []"],
        );
    }

    #[test]
    fn an_inferred_headline_moves_to_the_header() {
        check(
            "Slug: pier\n\nCity to tear d<|>own pier that stood for a century\n\nBy Jo Ash\n\nThe pier will go, the council said on Monday. It has stood for a century.\n",
            None,
            "Write the headline",
            expect![[r#"
                Slug: pier
                Headline: City to tear down pier that stood for a century

                By Jo Ash

                The pier will go, the council said on Monday. It has stood for a century.
            "#]],
        );
    }

    /// What the rules find in a text after the first action whose title begins so was taken for a rule's finding.
    fn found_after(draft: &Draft, scene: &Scene, rule: &str, title: &str) -> Option<Vec<Finding>> {
        let before = crate::rules::check(draft, scene, None).findings;
        let index = before.iter().position(|finding| finding.rule == rule)?;
        let offered = actions(draft, scene, &before, before[index].span);
        let action = offered
            .iter()
            .find(|one| one.finding == Some(index) && one.title.starts_with(title))?;
        let text = crate::text::Text::new(&testing::after(draft, &action.edits));
        let reading = crate::reading::Reading::default();
        let after = Draft::read(text, &reading, scene.base, None);
        Some(crate::rules::check(&after, scene, None).findings.to_vec())
    }

    #[test]
    fn leaving_and_attributing_later_take_one_finding_away() {
        let mut left = Vec::new();
        for rule in crate::rules::RULES {
            for example in rule.fires {
                testing::asked(example, |draft, scene, _| {
                    // What is asked about together is told by its first place: that one goes, the next one takes its turn.
                    let before = crate::rules::check(draft, scene, None).findings;
                    let first = before.iter().find(|one| one.rule == rule.name);
                    let count = |findings: &[Finding]| {
                        let same = |one: &&Finding| {
                            one.rule == rule.name
                                && first.is_some_and(|first| first.message == one.message)
                        };
                        findings.iter().filter(same).count()
                    };
                    let before = count(&before);
                    for title in ["Leave it", "Attribute later"] {
                        let Some(after) = found_after(draft, scene, rule.name, title) else {
                            continue;
                        };
                        if count(&after) >= before {
                            left.push(format!("{title}, {}: {example}", rule.name));
                        }
                    }
                });
            }
        }
        assert!(left.is_empty(), "still there:\n{}", left.join("\n"));
    }

    #[test]
    fn every_fix_of_every_example_takes_its_finding_away() {
        let mut left = Vec::new();
        for rule in crate::rules::RULES {
            for example in rule.fires {
                testing::asked(example, |draft, scene, _| {
                    let count = |findings: &[Finding]| {
                        findings.iter().filter(|one| one.rule == rule.name).count()
                    };
                    let before = crate::rules::check(draft, scene, None).findings;
                    let own = before.iter().filter(|one| one.rule == rule.name);
                    for fix in own.flat_map(|finding| &finding.fixes) {
                        let text = crate::text::Text::new(&testing::after(draft, &fix.edits));
                        let reading = crate::reading::Reading::default();
                        let fixed = Draft::read(text, &reading, scene.base, None);
                        let after = crate::rules::check(&fixed, scene, None).findings;
                        if count(&after) >= count(&before) {
                            left.push(format!("{}, {}: {example}", rule.name, fix.title));
                        }
                    }
                });
            }
        }
        assert!(left.is_empty(), "still there:\n{}", left.join("\n"));
    }

    #[test]
    fn a_check_has_a_sign_of_the_words_that_it_covers() {
        check(
            "Checker: Ann Lee\n\nIt is old. The pier clo<|>sed in 1998.[^plan] It stands.\n",
            None,
            "Checked: “The pier closed in 1998.”",
            expect![[r#"
                Checker: Ann Lee

                It is old. The pier closed in 1998.[^plan] [CQ AL 2026-11-24 #3d2a] It stands.
            "#]],
        );
        check(
            "The pier clo<|>sed in 1998. [CQ BR 2026-03-12 #0000: read the plan] It stands.\n",
            None,
            "Checked again: “The pier closed in 1998.”",
            expect![[r#"
                The pier closed in 1998. [CQ TK 2026-11-24 #3d2a: read the plan] It stands.
            "#]],
        );
    }

    #[test]
    fn words_of_the_notes_become_a_quotation() {
        let story = "The pier is closed, Dana Ortiz said.\n\n###\n\nORTIZ: <|>We had no warning.\n\n[^ortiz]: interview, Dana Ortiz\n";
        let after = testing::asked(story, |draft, scene, at| {
            let offered = actions(draft, scene, &[], Span::new(at, at + 18));
            let quote = offered
                .iter()
                .find(|one| one.title.starts_with("Quote these"));
            quote.map(|action| testing::after(draft, &action.edits))
        });
        let after = after.expect("it is offered");
        assert!(after.starts_with("The pier is closed, Dana Ortiz said.\n\n“We had no warning,” Ortiz said.[^ortiz]\n\n###"), "{after}");
    }

    #[test]
    fn a_quotation_on_file_gets_its_locator() {
        check(
            "“We had no war<|>ning,” Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz\n=== notes/ortiz.vtt\nWEBVTT\n\n04:12.000 --> 04:16.000\nwe had no warning\n",
            None,
            "Note where",
            expect![[r#"
                “We had no warning,”[^ortiz, 04:12] Dana Ortiz said.

                [^ortiz]: interview, Dana Ortiz
            "#]],
        );
    }
}
