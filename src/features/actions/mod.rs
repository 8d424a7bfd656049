//! What can be done about the words in a range: fixes, suppression with a reason, records.

mod headline;
mod leave;
mod record;

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

/// What can be done about a range of the file, best first: to attribute later, fixes, records, to leave it.
pub fn actions(draft: &Draft, _scene: &Scene, findings: &[Finding], range: Span) -> Vec<Action> {
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
        actions.extend(finding.fixes.iter().map(|fix| Action {
            title: fix.title.clone(),
            kind: ActionKind::QuickFix,
            edits: fix.edits.clone(),
            finding: Some(*index),
            is_preferred: fix.is_safe,
        }));
    }
    let written = [record::start(draft, range), headline::write(draft, range)];
    actions.extend(written.into_iter().flatten());
    for (index, finding) in &reported {
        let stet = leave::stet(draft, finding);
        actions.extend(stet.map(|edit| Action {
            title: format!("Leave it, with a reason: [STET {}: …]", finding.rule),
            kind: ActionKind::QuickFix,
            edits: vec![edit],
            finding: Some(*index),
            is_preferred: false,
        }));
    }
    let mut seen: Vec<(String, Vec<Edit>)> = Vec::new();
    actions.retain(|action| {
        let key = (action.title.clone(), action.edits.clone());
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    actions
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
