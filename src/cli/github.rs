//! Findings as annotations of GitHub Actions: one workflow command a line.

use super::check::Report;
use crate::finding::Severity;
use crate::text::position::{Encoding, Position};

/// A line for each finding of a draft.
pub fn annotations(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        if finding.is_private {
            let (path, rule) = (property(&report.path), property(finding.rule));
            let message = data(&finding.message);
            out.push_str(&format!(
                "::{command} file={path},title={rule}::{message}\n"
            ));
            continue;
        }
        let place = |at| report.text.position(at, Encoding::Utf16);
        let Position { line, character } = place(finding.span.start());
        let end = place(finding.span.end());
        // An end column is allowed only within one line.
        let end_column = match end.line == line {
            true => format!(",endColumn={}", end.character + 1),
            false => String::new(),
        };
        out.push_str(&format!(
            "::{command} file={},line={},endLine={},col={}{end_column},title={}::{}\n",
            property(&report.path),
            line + 1,
            end.line + 1,
            character + 1,
            property(finding.rule),
            data(&finding.message),
        ));
    }
    out
}

fn data(words: &str) -> String {
    words
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(words: &str) -> String {
    data(words).replace(':', "%3A").replace(',', "%2C")
}
