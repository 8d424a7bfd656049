//! Findings as JSON, version 1: zero-based lines, UTF-16 characters, spans in bytes.

use serde_json::{Value, json};

use super::check::Report;
use super::stream::CodePoints;
use crate::finding::Finding;
use crate::text::Text;
use crate::text::position::{Encoding, Position};
use crate::text::span::Span;

/// One array, a finding a line.
pub fn array(reports: &[Report]) -> String {
    let findings: Vec<_> = all(reports).map(|finding| finding.to_string()).collect();
    match findings.is_empty() {
        true => "[]\n".to_owned(),
        false => format!("[\n{}\n]\n", findings.join(",\n")),
    }
}

/// One object a line.
pub fn lines(reports: &[Report]) -> String {
    all(reports).map(|finding| format!("{finding}\n")).collect()
}

/// The findings of one text, with spans in Unicode code points.
pub fn in_code_points(text: &str, findings: &[Finding]) -> Value {
    let points = CodePoints::new(text);
    let span =
        |span: Span| json!({ "start": points.at(span.start()), "end": points.at(span.end()) });
    let findings = findings.iter().map(|finding| {
        let related = finding
            .related
            .iter()
            .map(|related| json!({ "span": span(related.span), "message": related.message }));
        json!({
            "rule": finding.rule,
            "severity": finding.severity.name(),
            "message": finding.message,
            "start": points.at(finding.span.start()),
            "end": points.at(finding.span.end()),
            "related": related.collect::<Vec<_>>(),
        })
    });
    json!({ "findings": findings.collect::<Vec<_>>() })
}

fn all(reports: &[Report]) -> impl Iterator<Item = Value> {
    reports.iter().flat_map(|report| {
        let findings = report.findings.iter();
        findings.map(|finding| value(&report.path, &report.text, finding))
    })
}

fn value(path: &str, text: &Text, finding: &Finding) -> Value {
    let related = finding.related.iter().map(|related| {
        json!({
            "path": path,
            "range": range(text, related.span),
            "span": span(related.span),
            "message": related.message,
        })
    });
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            json!({
                "path": path,
                "span": span(edit.span),
                "range": range(text, edit.span),
                "newText": edit.new_text,
            })
        });
        json!({ "title": fix.title, "safe": fix.is_safe, "edits": edits.collect::<Vec<_>>() })
    });
    json!({
        "path": path,
        "rule": finding.rule,
        "severity": finding.severity.name(),
        "message": finding.message,
        "range": range(text, finding.span),
        "span": span(finding.span),
        "related": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

fn span(span: Span) -> Value {
    json!({ "start": span.start(), "end": span.end() })
}

fn range(text: &Text, span: Span) -> Value {
    let place = |at| {
        let Position { line, character } = text.position(at, Encoding::Utf16);
        json!({ "line": line, "character": character })
    };
    json!({ "start": place(span.start()), "end": place(span.end()) })
}
