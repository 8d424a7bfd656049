//! Findings as SARIF 2.1.0, for the tools that collect what checkers find.

use serde_json::{Value, json};

use super::baseline::fingerprints;
use super::check::Report;
use crate::finding::{Finding, Severity};
use crate::rules::RULES;
use crate::text::Text;
use crate::text::position::{Encoding, Position};
use crate::text::span::Span;

/// What stands before and behind the results of a run, of which there are some.
pub fn frame() -> (String, String) {
    let empty = empty();
    let (before, behind) = empty
        .split_once(EMPTY)
        .expect("the frame has room for results");
    (
        format!("{before}\"results\": [\n"),
        format!("\n      ]{behind}"),
    )
}

const EMPTY: &str = "\"results\": []";

/// A run that found nothing.
pub fn empty() -> String {
    let rules = RULES.iter().map(|rule| {
        json!({
            "id": rule.name,
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.why},
            "help": {"text": format!("{} `onrecord explain {}` shows examples. To let one stand: [STET {}: reason]", rule.why, rule.name, rule.name)},
            "defaultConfiguration": {
                "enabled": rule.severity.is_some(),
                "level": rule.severity.map_or("none", level),
            },
            "properties": {"group": rule.topic},
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "onrecord",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": [],
        }],
    });
    format!("{log:#}\n")
}

/// The findings of a draft as results of the run, one after another.
pub fn results(report: &Report) -> String {
    let mut results = String::new();
    let mut add = |result: Value| {
        for (at, line) in format!("{result:#}").lines().enumerate() {
            let link = match (at, results.is_empty()) {
                (0, true) => "",
                (0, false) => ",\n",
                _ => "\n",
            };
            results.extend([link, "        ", line]);
        }
    };
    let marks = fingerprints(report);
    for (finding, mark) in report.findings.iter().zip(marks) {
        add(result(report, finding, &mark));
    }
    // Whoever collects findings sees what the desk let stand, and why.
    for stood in report.let_stand.iter() {
        let mut result = result(report, &stood.finding, "");
        let mut suppression = json!({"kind": "inSource", "status": "accepted"});
        if let Some(reason) = &stood.reason {
            suppression["justification"] = json!(reason);
        }
        result["suppressions"] = json!([suppression]);
        if let Some(fields) = result.as_object_mut() {
            fields.remove("partialFingerprints");
        }
        add(result);
    }
    results
}

fn result(report: &Report, finding: &Finding, mark: &str) -> Value {
    let index = RULES.iter().position(|rule| rule.name == finding.rule);
    let related = finding
        .related
        .iter()
        .take(10)
        .enumerate()
        .map(|(id, related)| {
            let mut place = location(report, related.span);
            place["id"] = json!(id);
            place["message"] = json!({"text": related.message});
            place
        });
    let fixes = finding.fixes.iter().map(|fix| {
        let replacements = fix.edits.iter().map(|edit| {
            json!({
                "deletedRegion": region(&report.text, edit.span),
                "insertedContent": {"text": edit.new_text},
            })
        });
        json!({
            "description": {"text": fix.title},
            "artifactChanges": [{
                "artifactLocation": artifact(&report.path),
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        })
    });
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [match finding.is_private {
            true => json!({"physicalLocation": {"artifactLocation": artifact(&report.path)}}),
            false => location(report, finding.span),
        }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": {"onrecord/v1": mark},
        "fixes": fixes.collect::<Vec<_>>(),
    })
}

fn location(report: &Report, span: Span) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": artifact(&report.path),
        "region": region(&report.text, span),
    }})
}

/// A path as a relative reference, as the format asks.
fn artifact(path: &str) -> Value {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let uri: String = path
        .bytes()
        .map(|byte| match kept(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect();
    json!({"uri": uri})
}

fn region(text: &Text, span: Span) -> Value {
    let place = |at| {
        let Position { line, character } = text.position(at, Encoding::Utf16);
        (line + 1, character + 1)
    };
    let ((line, column), (end_line, end_column)) = (place(span.start()), place(span.end()));
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}
