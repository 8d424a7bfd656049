//! A mark that is not written as one.

use crate::finding::{Finding, Fix, Severity};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::syntax::tree::{Problem, ProblemKind};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A mark that is not written as one.
pub const RULE: Rule = Rule {
    name: "mark-malformed",
    topic: "markup",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A mark or a record that is not written as one, and so would be printed or lost.",
    why: "What looks like a mark and is none stays in the copy and goes to print with its brackets.",
    fires: &[
        "
The board closed the pier.[^board p. 3]
                            ^^^^^^^^^^ warning mark-malformed: “[^board p. 3]”: put a comma before the page or time, and no space before the id.

[^board]: statement, notice on the gate; on record
",
        "
The board closed the pier.[^ board]
                            ^^^^^^ warning mark-malformed: “[^ board]”: put a comma before the page or time, and no space before the id.

[^board]: statement, notice on the gate; on record
",
        "
The board closed the pier.[^board/3]
                            ^^^^^^^ warning mark-malformed: “[^board/3]” is no mark, and will be printed: write [^id, place], the id in one word.
",
        "
The board closed the pier. [FOO: ask Ortiz]
                           ^^^^^^^^^^^^^^^^ hint mark-malformed: “FOO” is no name of a note: this will be printed. Write [ED: …] to keep it out.
",
        "
The board closed the pier.

[^the board]: statement, notice on the gate
^^^^^^^^^^^^^ warning mark-malformed: “[^the board]:” is no record: write [^id]: and after it what the source is, the id in one word.
",
    ],
    quiet: &[
        "The board closed the pier.[^board, p. 3]\n\n[^board]: statement, notice on the gate",
        "The board closed the pier. [ED: ask Ortiz]",
        "“We [the board] closed it [sic],” Ortiz said.",
        "“We closed [NATO: the alliance] then,” Ortiz said.",
        "See table [1] and the note [x] beside it.",
        "[EDITOR’S NOTE: This story was first published in May.]",
        r"The clerk typed \[^a b] and found nothing.",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let problems = &view.placed.block.problems;
    let is_record = |problem: &Problem| problem.kind == ProblemKind::MalformedDefinition;
    for problem in problems {
        let in_record = problems
            .iter()
            .any(|other| is_record(other) && other.span.covers(problem.span));
        if in_record && !is_record(problem) {
            continue;
        }
        found.extend(finding(view, problem));
    }
}

fn finding(view: &BlockView, problem: &Problem) -> Option<Finding> {
    let words = problem.span.of(look::text(view));
    let place = view.placed.place(problem.span);
    match problem.kind {
        ProblemKind::MalformedSource => {
            let mut inlines = view.placed.block.inlines.iter();
            let is_read = inlines.any(|inline| inline.span == problem.span);
            let message = match is_read {
                true => format!(
                    "“{words}”: put a comma before the page or time, and no space before the id."
                ),
                false => format!(
                    "“{words}” is no mark, and will be printed: write [^id, place], the id in one word."
                ),
            };
            let inside = Span::new(place.start() + 2, place.end().max(place.start() + 3) - 1);
            let mut finding = look::finding(&RULE, inside, message);
            if !is_read || !words.starts_with("[^") {
                return Some(finding);
            }
            let inner = words.trim_start_matches("[^").trim_end_matches(']');
            let each = inner.split(';').map(|one| {
                let one = one.trim().trim_start_matches('^');
                match one.split_once(' ') {
                    Some((id, place)) => format!("{}, {}", id.trim_end_matches(','), place.trim()),
                    None => one.to_owned(),
                }
            });
            let mended = format!("[^{}]", each.collect::<Vec<_>>().join("; "));
            finding.fixes.push(Fix {
                title: format!("Write {mended}"),
                is_safe: false,
                edits: vec![Edit::replace(place, mended)],
            });
            Some(finding)
        }
        ProblemKind::MalformedDefinition => Some(look::finding(
            &RULE,
            place,
            format!(
                "“{words}” is no record: write [^id]: and after it what the source is, the id in one word."
            ),
        )),
        ProblemKind::UnknownNote => {
            let name = words
                .trim_start_matches('[')
                .split(':')
                .next()
                .unwrap_or_default();
            let message = format!(
                "“{name}” is no name of a note: this will be printed. Write [ED: …] to keep it out."
            );
            let mut finding = look::finding(&RULE, place, message);
            finding.severity = Severity::Hint;
            finding.fixes.push(Fix {
                title: "Make it a note: [ED: …]".to_owned(),
                is_safe: false,
                edits: vec![Edit::insert(place.start() + 1, "ED: ")],
            });
            Some(finding)
        }
        _ => None,
    }
}
