//! What can be done about the words in a range: fixes, suppression with a reason, records.

use crate::draft::Draft;
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
}

/// What can be done about a range of the file, best first.
pub fn actions(draft: &Draft, _scene: &Scene, findings: &[Finding], range: Span) -> Vec<Action> {
    let _ = draft;
    let mut actions = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        if !(finding.span.overlaps(range) || finding.span.touches(range.start())) {
            continue;
        }
        actions.extend(finding.fixes.iter().map(|fix| Action {
            title: fix.title.clone(),
            kind: ActionKind::QuickFix,
            edits: fix.edits.clone(),
            finding: Some(index),
            is_preferred: fix.is_safe,
        }));
    }
    actions
}
