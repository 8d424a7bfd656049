//! What to know before a story is filed, and the copy that goes out.

use crate::config::Config;
use crate::draft::Draft;
use crate::features::subject::paragraph;
use crate::features::words::{counted, paragraphs};
use crate::finding::{Finding, Severity, withheld};
use crate::rules;
use crate::scene::Scene;
use crate::story::outline::{Label, Status};
use crate::syntax::strip;
use crate::syntax::tree::{InlineKind, Shape, Zone};
use crate::text::order;
use crate::text::span::Span;

/// A line of what to know before a story is filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where, in bytes of the file.
    pub span: Span,
    /// How much it matters.
    pub severity: Severity,
    /// The rule that says so.
    pub rule: &'static str,
    /// What, with its paragraph.
    pub message: String,
}

/// A story as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The copy.
    pub text: String,
    /// What of the draft is not in it, in words.
    pub left_out: Vec<String>,
}

/// Lines before filing, at most: more would not be read.
const MOST_LINES: usize = 7;

/// What harms most, the worst first; other errors and warnings come after these.
const HARM: &[&str] = &[
    "source-name-in-record",
    "source-ground-rules-breach",
    "name-restricted",
    // Its id would be printed.
    "mark-malformed",
    "embargo-active",
    "header-embargo-misspelt",
    "quote-changed-in-edit",
    "quote-differs-from-notes",
    "quote-not-in-notes",
    "claim-accusation-unattributed",
    "missing-right-of-reply",
    "display-outruns-story",
    "check-stale",
    "quote-without-speaker",
    "quote-ambiguous-speaker",
    "quote-unbalanced",
    "source-terms-unknown",
    "source-plural-mismatch",
    "name-spelling-inconsistent",
    "placeholder-left",
];

/// What to know before a story is filed: at most seven lines, by harm. The story is looked at as one that is finished,
/// whatever its header says.
pub fn before(draft: &Draft, scene: &Scene) -> Vec<Line> {
    let config = Config {
        status: Some(Status::Final),
        ..scene.config.clone()
    };
    let scene = Scene {
        config: &config,
        ..*scene
    };
    let (findings, _) = rules::check_once(draft, &scene);
    let findings = withheld(findings);
    let mut by_rule: Vec<Vec<&Finding>> = Vec::new();
    let grave = findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning);
    for finding in grave {
        match by_rule.iter_mut().find(|all| all[0].rule == finding.rule) {
            Some(all) => all.push(finding),
            None => by_rule.push(vec![finding]),
        }
    }
    // The worst of a rule stands for the others.
    for all in &mut by_rule {
        order::by_key(all, |finding| {
            (std::cmp::Reverse(finding.severity), finding.span)
        });
    }
    let harm = |rule: &str| HARM.iter().position(|one| *one == rule);
    order::by_key(&mut by_rule, |all| {
        let harm = harm(all[0].rule).unwrap_or(HARM.len());
        (harm, std::cmp::Reverse(all[0].severity), all[0].span)
    });
    let lines = by_rule.iter().map(|all| line(draft, all));
    lines.take(MOST_LINES).collect()
}

/// The findings of one rule as one line.
fn line(draft: &Draft, all: &[&Finding]) -> Line {
    let first = all[0];
    let place = |finding: &Finding| {
        if finding.is_private {
            return None;
        }
        let (block, _) = draft.block_at(finding.span.start())?;
        paragraph(draft, block)
    };
    let mut numbers: Vec<usize> = all.iter().filter_map(|finding| place(finding)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let said = match (first.rule, all.len()) {
        ("placeholder-left", count) if count > 1 => {
            format!("{count} places are still to be filled in.")
        }
        (_, 1) => first.message.clone(),
        (_, count) => {
            let message = first.message.trim_end();
            format!("{message} And {} more like it.", count - 1)
        }
    };
    let places = paragraphs(&numbers);
    let message = match places.is_empty() {
        true => said,
        false => format!("{places}: {said}"),
    };
    Line {
        span: first.span,
        severity: first.severity,
        rule: first.rule,
        message,
    }
}

/// The copy as it goes out; else the comment or mark that is opened and not closed.
pub fn outgoing(draft: &Draft) -> Result<Outgoing, Span> {
    if let Some(open) = strip::unclosed(&draft.tree) {
        return Err(open);
    }
    Ok(Outgoing {
        text: strip::copy(&draft.tree),
        left_out: left_out(draft),
    })
}

/// What of the draft does not go out, and might be missed.
fn left_out(draft: &Draft) -> Vec<String> {
    let blocks = &draft.tree.blocks;
    let scratch = |zone: Zone| {
        let those = blocks.iter().filter(|placed| placed.zone == zone);
        let those = those.filter(|placed| placed.block.shape == Shape::Paragraph);
        those
            .filter(|placed| !placed.block.content.is_empty())
            .count()
    };
    let inlines = blocks.iter().enumerate().flat_map(|(block, placed)| {
        let is_copy = draft.story.labels[block] != Label::NotCopy || placed.zone == Zone::Copy;
        let inlines = placed.block.inlines.iter();
        inlines.filter(move |_| is_copy)
    });
    let inlines: Vec<&InlineKind> = inlines.map(|inline| &inline.kind).collect();
    let count = |test: fn(&InlineKind) -> bool| inlines.iter().filter(|kind| test(kind)).count();
    let comments = blocks
        .iter()
        .filter(|placed| placed.block.shape == Shape::Comment)
        .count();
    let notes = count(|kind| matches!(kind, InlineKind::Note { .. }));
    let inside = count(|kind| matches!(kind, InlineKind::Comment));
    let told = [
        (
            scratch(Zone::Notes),
            "paragraph",
            " of notes above the story",
        ),
        (scratch(Zone::Back), "paragraph", " below the end mark"),
        (notes, "note", " to the desk"),
        (comments.max(inside), "comment", ""),
    ];
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, noun, rest)| format!("{}{rest}", counted(count, noun)))
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(story: &str, expected: Expect) {
        let told = testing::asked(story, |draft, scene, _| {
            let lines: String = before(draft, scene)
                .iter()
                .map(|line| format!("{} {}\n", line.severity.name(), line.message))
                .collect();
            match outgoing(draft) {
                Ok(out) => format!(
                    "{lines}left out: {}\n---\n{}",
                    out.left_out.join(", "),
                    out.text
                ),
                Err(open) => format!("{lines}open: {}\n", draft.text.slice(open)),
            }
        });
        expected.assert_eq(&told);
    }

    const PIER: &str = "Status: draft

# Pier to close

PORT HARLAN — The pier is clo\\*sed, Dana Ortiz said on Monday.[^ortiz] [ED: call her again]

“We had a warning at noon,” Ortiz said. <!-- not sure --> TK

The pier cost TK dollars.

###

ORTIZ: We had no warning at noon.

[^ortiz]: interview, Dana Ortiz; on record
";

    #[test]
    fn what_harms_most_comes_first_and_marks_stay_behind() {
        check(
            PIER,
            expect![[r#"
            warning ¶2: Negation not as in the notes below: was “We had no warning at noon”, here “We had a warning at noon”.
            error ¶2, ¶3: 2 places are still to be filled in.
            left out: 1 paragraph below the end mark, 1 note to the desk, 1 comment
            ---
            Pier to close

            PORT HARLAN — The pier is clo*sed, Dana Ortiz said on Monday.

            “We had a warning at noon,” Ortiz said. TK

            The pier cost TK dollars.
        "#]],
        );
    }

    #[test]
    fn what_is_not_closed_stays_here() {
        check(
            "The pier is closed, Dana Ortiz said. [LEGAL: her lawyer objects\n\nIt is old.\n",
            expect![[r#"
                error ¶1: “[LEGAL:” is never closed: put ] where it ends. Nothing is exported until then.
                open: [LEGAL:
            "#]],
        );
    }

    #[test]
    fn seven_lines_are_enough() {
        let story = include_str!("../../tests/stories/unfinished.lede");
        testing::asked(story, |draft, scene, _| {
            let lines = before(draft, scene);
            assert!(lines.len() <= 7 && !lines.is_empty());
            let mut rules: Vec<&str> = lines.iter().map(|line| line.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            assert_eq!(rules.len(), lines.len(), "a rule has one line");
        });
    }
}
