//! Findings with source lines and carets, as a compiler prints them.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::check::Report;
use crate::finding::{Finding, Severity};

/// Every finding, and a line that counts them.
pub fn render(reports: &[Report], is_colored: bool) -> String {
    let renderer = match is_colored {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut out = String::new();
    for report in reports {
        for finding in &report.findings {
            out.push_str(&one(report, finding, &renderer));
            out.push_str("\n\n");
        }
    }
    out.push_str(&summary(reports));
    out
}

fn one(report: &Report, finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let mut snippet = Snippet::source(&report.source)
        .path(&report.path)
        .annotation(AnnotationKind::Primary.span(finding.span.range()));
    for related in &finding.related {
        let place = AnnotationKind::Context.span(related.span.range());
        snippet = snippet.annotation(place.label(&related.message));
    }
    let group = level
        .primary_title(&finding.message)
        .id(finding.rule)
        .element(snippet);
    renderer.render(&[group])
}

fn summary(reports: &[Report]) -> String {
    let levels = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Information, "information", "information"),
        (Severity::Hint, "hint", "hints"),
    ];
    let counts: Vec<_> = levels
        .into_iter()
        .filter_map(|(severity, one, many)| {
            let findings = reports.iter().flat_map(|report| &report.findings);
            let count = findings.filter(|found| found.severity == severity).count();
            (count > 0).then(|| counted(count, one, many))
        })
        .collect();
    let drafts = counted(reports.len(), "draft", "drafts");
    match counts.is_empty() {
        true => format!("{drafts}: nothing found\n"),
        false => format!("{drafts}: {}\n", counts.join(", ")),
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}
