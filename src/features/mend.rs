//! All fixes of a draft at once.

use crate::finding::Finding;
use crate::rules::LOSING;
use crate::text::edit::Edit;
use crate::text::order;

/// Which fixes are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Those that need no look at each place.
    Safe,
    /// The first of each finding, whatever it is.
    First,
}

/// The edits of as many findings as go together, in order. What an edit touches already, no later fix touches.
pub fn edits(findings: &[Finding], taken: Taken) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let kept = findings
        .iter()
        .filter(|finding| !LOSING.contains(&finding.rule));
    for finding in kept {
        let mut fixes = finding.fixes.iter();
        let fix = match taken {
            Taken::Safe => fixes.find(|fix| fix.is_safe),
            Taken::First => finding
                .fixes
                .iter()
                .find(|fix| fix.is_safe)
                .or(fixes.next()),
        };
        let Some(fix) = fix else {
            continue;
        };
        let is_free = |edit: &Edit| {
            edits.iter().all(|other| {
                !other.span.overlaps(edit.span)
                    && !other.span.touches(edit.span.start())
                    && !edit.span.touches(other.span.start())
            })
        };
        if fix.edits.iter().all(is_free) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    order::by_key(&mut edits, |edit| edit.span);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Fix, Severity};
    use crate::text::span::Span;

    fn finding(is_safe: bool, edit: Edit) -> Finding {
        Finding {
            rule: "one",
            severity: Severity::Hint,
            span: edit.span,
            message: String::new(),
            related: Vec::new(),
            fixes: vec![Fix {
                title: "Mend".to_owned(),
                is_safe,
                edits: vec![edit],
            }],
            is_unnecessary: false,
            is_private: false,
        }
    }

    #[test]
    fn a_record_is_never_taken_out_with_the_rest() {
        let unused = Finding {
            rule: LOSING[0],
            ..finding(false, Edit::delete(Span::new(0, 4)))
        };
        assert_eq!(edits(&[unused], Taken::First), []);
    }

    #[test]
    fn what_goes_together_is_taken_and_only_what_is_safe_unless_asked() {
        let findings = [
            finding(true, Edit::delete(Span::new(0, 4))),
            finding(true, Edit::delete(Span::new(2, 6))),
            finding(false, Edit::insert(9, "x")),
            finding(true, Edit::insert(12, "y")),
        ];
        let starts = |taken| -> Vec<usize> {
            edits(&findings, taken)
                .iter()
                .map(|edit| edit.span.start())
                .collect()
        };
        assert_eq!(starts(Taken::Safe), [0, 12]);
        assert_eq!(starts(Taken::First), [0, 9, 12]);
    }
}
