//! Findings as JUnit XML: a suite a draft, a failure a finding at or above the level that fails.

use std::fmt::Write as _;

use super::check::Report;
use crate::finding::Severity;
use crate::text::position::Encoding;

/// What ends the report.
pub const TAIL: &str = "</testsuites>\n";

/// What begins the report, with its counts.
pub fn head(tests: usize, failures: usize) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"onrecord\" tests=\"{tests}\" failures=\"{failures}\">\n"
    )
}

/// The suite of a draft. What is below `least` passes, with its message as output.
pub fn suite(report: &Report, least: Option<Severity>) -> String {
    let fails = |severity: Severity| least.is_some_and(|least| severity >= least);
    let findings = report.findings.iter();
    let failures = findings.filter(|finding| fails(finding.severity)).count();
    let mut out = String::new();
    let path = escaped(&report.path);
    let _ = writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{}\">",
        report.findings.len().max(1),
        failures
    );
    if report.findings.is_empty() {
        let _ = writeln!(
            out,
            "    <testcase classname=\"{path}\" name=\"nothing to ask\"/>"
        );
    }
    for finding in &report.findings {
        let (name, place) = match finding.is_private {
            true => (finding.rule.to_owned(), path.clone()),
            false => {
                let place = report.text.position(finding.span.start(), Encoding::Utf16);
                let at = format!("{}:{}", place.line + 1, place.character + 1);
                (format!("{} at {at}", finding.rule), format!("{path}:{at}"))
            }
        };
        let message = escaped(&finding.message);
        let kind = if fails(finding.severity) {
            "failure"
        } else {
            "system-out"
        };
        let attributes = match kind {
            "failure" => format!(
                " type=\"{}\" message=\"{message}\"",
                finding.severity.name()
            ),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "    <testcase classname=\"{path}\" name=\"{name}\">\n      <{kind}{attributes}>{place}: {message}</{kind}>\n    </testcase>"
        );
    }
    out.push_str("  </testsuite>\n");
    out
}

/// Letters that XML reserves or cannot hold.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            control if control < ' ' => out.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
