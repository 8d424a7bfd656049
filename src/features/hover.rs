//! What to know of the words under the cursor.

use crate::draft::Draft;
use crate::features::subject;
use crate::finding::Finding;
use crate::scene::Scene;
use crate::text::span::Span;

/// What to know of the words under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about, in bytes of the file.
    pub span: Span,
    /// At most eight lines of Markdown, none empty.
    pub lines: Vec<String>,
}

impl Hover {
    /// The lines as one Markdown text.
    pub fn markdown(&self) -> String {
        self.lines.join("  \n")
    }

    /// The lines without Markdown, for clients that show letters as they are.
    pub fn plain(&self) -> String {
        self.lines.join("\n").replace("**", "").replace('\\', "")
    }
}

/// What to know of the words at a byte of the file: findings there first, then what stands there.
pub fn hover(draft: &Draft, _scene: &Scene, findings: &[Finding], at: usize) -> Option<Hover> {
    let mut lines: Vec<String> = findings
        .iter()
        .filter(|finding| finding.span.touches(at))
        .map(|finding| finding.message.clone())
        .collect();
    let found = subject::subject(draft, at);
    let speaker = found.and_then(|(subject, _)| subject::speaker(draft, subject));
    lines.extend(speaker.map(|id| format!("**{}**", draft.story.speaker(id).name)));
    let span = found.map_or(Span::at(at), |found| found.1);
    (!lines.is_empty()).then_some(Hover { span, lines })
}
