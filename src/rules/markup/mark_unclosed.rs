//! A comment, note or mark that is opened and never closed.

use crate::finding::{Finding, Severity};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::syntax::tree::ProblemKind;
use crate::text::span::Span;

/// A comment, note or mark that is opened and never closed.
pub const RULE: Rule = Rule {
    name: "mark-unclosed",
    topic: "markup",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A comment, note or mark that is opened and never closed.",
    why: "What stands in a note to the lawyer must not be printed because a bracket is missing. Nothing is exported until it is \
          clear where the note ends.",
    fires: &[
        "
The last complaint was made in May. [ED: is this the same pit as in the old story?
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error mark-unclosed: “[ED:” is never closed: put ] where it ends. Nothing is exported until then.

The next paragraph is copy.
",
        "
The board closed the pier. <!-- ask Ortiz why
                           ^^^^^^^^^^^^^^^^^^ error mark-unclosed: This comment is never closed: put --> where it ends. Nothing is exported until then.
",
        "
The board closed the pier.[^board It opened in May.
                          ^^^^^^^ error mark-unclosed: “[^board” is never closed: put ] where it ends.

[^board]: statement, notice on the gate; on record
",
        "
The board closed the pier. [LEGAL: check with Sool before we run this.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error mark-unclosed: “[LEGAL:” is never closed: put ] where it ends. Nothing is exported until then.
",
        "
The board closed the pier. [TK: since when
                           ^^^^^^^^^^^^^^^ error mark-unclosed: “[TK” is never closed: put ] where it ends. Nothing is exported until then.
",
    ],
    quiet: &[
        "The last complaint was made in May. [ED: is this the same pit?]",
        "The board closed the pier. <!-- ask\n\nOrtiz --> It opened.",
        "The board closed the pier.[^board]\n\n[^board]: statement, notice on the gate",
        "“We [the board] closed it,” Ortiz said.",
        "The card read [sic and nothing else.",
        "The board wrote a < b and c > d on the wall.",
        r"He typed \[ED: and stopped.",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let block = &view.placed.block;
    let text: &str = &block.text;
    let end = block.content.end();
    for problem in &block.problems {
        let opener = problem.span.of(text);
        let (span, message, close, at) = match problem.kind {
            ProblemKind::UnclosedComment => (
                Span::new(problem.span.start(), end.max(problem.span.end())),
                "This comment is never closed: put --> where it ends. Nothing is exported until then.".to_owned(),
                " -->",
                end,
            ),
            ProblemKind::UnclosedMark if opener.starts_with("[^") || opener.starts_with("[@") => {
                let rest = &text[problem.span.start() + 2..end];
                let id = rest.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c)));
                let at = problem.span.start() + 2 + id.unwrap_or(rest.len());
                let span = Span::new(problem.span.start(), at);
                let message = format!("“{}” is never closed: put ] where it ends.", span.of(text));
                (span, message, "]", at)
            }
            ProblemKind::UnclosedMark => (
                Span::new(problem.span.start(), end.max(problem.span.end())),
                format!("“{}” is never closed: put ] where it ends. Nothing is exported until then.", opener.trim_end()),
                "]",
                end,
            ),
            _ => continue,
        };
        let mut finding = look::finding(&RULE, view.placed.place(span), message);
        let at = view.placed.place(Span::at(at)).start();
        finding.fixes.push(look::insert(
            format!(
                "Close it with{}{close}",
                if close.starts_with(' ') { "" } else { " " }
            ),
            at,
            close,
        ));
        found.push(finding);
    }
}
