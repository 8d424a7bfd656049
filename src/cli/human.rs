//! Findings with source lines and carets, as a compiler prints them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::check::Report;
use crate::finding::{Finding, Severity};
use crate::text::order;
use crate::text::span::Span;

/// Every finding of a draft.
pub fn findings(report: &Report, is_colored: bool) -> String {
    let renderer = match is_colored {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    let mut out = String::new();
    let lines = Lines::of(&report.source);
    for finding in &report.findings {
        out.push_str(&one(report, &lines, finding, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(report: &Report, lines: &Lines, finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let spans = finding.related.iter().map(|related| related.span);
    let around = lines.around([finding.span].into_iter().chain(spans));
    let mut snippet = Snippet::source(&around.text)
        .line_start(around.first + 1)
        .path(&report.path)
        .annotation(AnnotationKind::Primary.span(around.place(finding.span)));
    for related in &finding.related {
        let place = AnnotationKind::Context.span(around.place(related.span));
        snippet = snippet.annotation(place.label(&related.message));
    }
    let group = level
        .primary_title(&finding.message)
        .id(finding.rule)
        .element(snippet);
    renderer.render(&[group])
}

/// A text with the places where its lines begin: what is printed of a finding is cut from it, so that a long draft costs
/// no more at each finding than a short one.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// Some lines of a text.
struct Around {
    /// From the first of them to the last; lines between that are far from all of them are empty.
    text: String,
    /// The number of the first, from zero.
    first: usize,
    /// Where runs of lines begin: in the text, and here.
    runs: Vec<(usize, usize)>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines {
            text,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// The lines in which some spans lie, and those around each.
    fn around(&self, spans: impl Iterator<Item = Span>) -> Around {
        /// How far the printer looks from a line that it marks.
        const NEAR: usize = 3;
        let of_span = |span: Span| {
            let (first, last) = (self.line_of(span.start()), self.line_of(span.end()));
            first.saturating_sub(NEAR)..(last + NEAR + 1).min(self.starts.len())
        };
        let mut runs: Vec<Range<usize>> = spans.map(of_span).collect();
        order::by_key(&mut runs, |run| run.start);
        let first = runs[0].start;
        let mut around = Around {
            text: String::new(),
            first,
            runs: Vec::new(),
        };
        let mut next = first;
        for run in runs.into_iter().filter(|run| run.end > run.start) {
            let from = run.start.max(next);
            if run.end <= from {
                continue;
            }
            around.text.extend(std::iter::repeat_n('\n', from - next));
            let start = self.starts[from];
            let end = self.starts.get(run.end).copied();
            around.runs.push((start, around.text.len()));
            around
                .text
                .push_str(&self.text[start..end.unwrap_or(self.text.len())]);
            next = run.end;
        }
        around
    }
}

impl Around {
    /// A span of the text as one of these lines.
    fn place(&self, span: Span) -> Range<usize> {
        let at = |byte: usize| {
            let run = self.runs.partition_point(|(start, _)| *start <= byte);
            let (start, here) = self.runs[run.saturating_sub(1)];
            here + byte.saturating_sub(start)
        };
        at(span.start())..at(span.end())
    }
}

/// A line that counts drafts, and findings by their level, the least first.
pub fn summary(drafts: usize, counts: [usize; 4]) -> String {
    let levels = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Information, "information", "information"),
        (Severity::Hint, "hint", "hints"),
    ];
    let counts: Vec<_> = levels
        .into_iter()
        .filter_map(|(severity, one, many)| {
            let count = counts[severity as usize];
            (count > 0).then(|| counted(count, one, many))
        })
        .collect();
    let drafts = counted(drafts, "draft", "drafts");
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

#[cfg(test)]
mod tests {

    use super::*;
    use crate::finding::Related;
    use crate::text::Text;

    fn finding(span: Span, related: &[Span]) -> Finding {
        let related = related.iter().map(|span| Related {
            span: *span,
            message: "there".to_owned(),
        });
        Finding {
            rule: "placeholder-left",
            severity: Severity::Warning,
            span,
            message: "left".to_owned(),
            related: related.collect(),
            fixes: Vec::new(),
            is_unnecessary: false,
        }
    }

    #[test]
    fn what_is_cut_from_a_text_prints_as_all_of_it_would() {
        let line = |number: usize| format!("  The pier, “line” {number}, TK and é TK.\n");
        let text: String = (0..60).map(line).collect::<String>() + "the last, TK";
        let report = Report {
            path: "pier.lede".to_owned(),
            source: text.clone(),
            text: Text::new(&text),
            findings: Vec::new(),
            let_stand: Vec::new(),
            diff: String::new(),
        };
        let at = |line: usize| {
            text.match_indices("TK")
                .nth(line * 2)
                .expect("it is there")
                .0
        };
        let one_of = |line: usize| Span::new(at(line), at(line) + 2);
        let long = Span::new(at(20), at(29));
        let renderer = Renderer::plain();
        let lines = Lines::of(&text);
        let cases = [
            finding(one_of(0), &[]),
            finding(one_of(30), &[]),
            finding(Span::new(text.len() - 2, text.len()), &[one_of(0)]),
            finding(Span::at(text.len()), &[]),
            finding(one_of(30), &[one_of(31), one_of(33)]),
            finding(one_of(30), &[one_of(34), one_of(50), one_of(3)]),
            finding(long, &[one_of(40)]),
            finding(one_of(40), &[long, one_of(22)]),
        ];
        for case in cases {
            let whole = Lines {
                text: &text,
                starts: vec![0],
            };
            assert_eq!(
                one(&report, &lines, &case, &renderer),
                one(&report, &whole, &case, &renderer)
            );
        }
    }
}
