//! Findings as JSON, version 1: zero-based lines, UTF-16 characters, spans in bytes.

use memchr::memchr2_iter;
use serde::Serialize;
use serde_json::Value;

use super::check::Report;
use super::stream::CodePoints;
use super::written::{self, Written};
use crate::finding::Finding;
use crate::text::span::Span;

/// The findings of a draft as elements of an array, a finding a line.
pub fn elements(report: &Report) -> String {
    objects(report, ",\n")
}

/// One object a line.
pub fn lines(report: &Report) -> String {
    let mut lines = objects(report, "\n");
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

/// The findings of one text, with spans in Unicode code points. The names stand in the order of the alphabet.
#[derive(Serialize)]
pub struct Article {
    findings: Vec<FoundInArticle>,
    id: Value,
}

#[derive(Serialize)]
struct FoundInArticle {
    end: usize,
    message: String,
    related: Vec<AlsoInArticle>,
    rule: &'static str,
    severity: &'static str,
    start: usize,
}

#[derive(Serialize)]
struct AlsoInArticle {
    message: String,
    span: Ends,
}

#[derive(Serialize)]
struct Ends {
    end: usize,
    start: usize,
}

/// The findings of the text of an article.
pub fn in_code_points(text: &str, id: Value, findings: Vec<Finding>) -> Article {
    let points = CodePoints::new(text);
    let span = |span: Span| Ends {
        end: points.at(span.end()),
        start: points.at(span.start()),
    };
    let findings = findings.into_iter().map(|finding| {
        let related = finding.related.into_iter().map(|related| AlsoInArticle {
            message: related.message,
            span: span(related.span),
        });
        let Ends { end, start } = span(finding.span);
        FoundInArticle {
            end,
            message: finding.message,
            related: related.collect(),
            rule: finding.rule,
            severity: finding.severity.name(),
            start,
        }
    });
    Article {
        findings: findings.collect(),
        id,
    }
}

/// The findings of a draft, an object each, with a link between them. The names in an object stand in the order of the
/// alphabet.
fn objects(report: &Report, link: &str) -> String {
    let lines = Lines::of(&report.source);
    let path = written::of(&report.path);
    let mut objects = Written::with_room(600 * report.findings.len());
    for finding in &report.findings {
        if !objects.is_empty() {
            objects.as_is(link);
        }
        write(finding, &path, &lines, &mut objects);
    }
    objects.into_string()
}

/// A finding; `path` as JSON.
fn write(finding: &Finding, path: &str, lines: &Lines, to: &mut Written) {
    // Where a private finding lies would tell whom it names.
    let told = (!finding.is_private).then_some(finding.span);
    to.as_is(r#"{"fixes":"#);
    to.row(&finding.fixes, |to, fix| {
        to.as_is(r#"{"edits":"#);
        to.row(&fix.edits, |to, edit| {
            to.as_is(r#"{"newText":"#);
            to.text(&edit.new_text);
            lines.write_place(edit.span, path, to);
        });
        to.as_is(match fix.is_safe {
            true => r#","safe":true,"title":"#,
            false => r#","safe":false,"title":"#,
        });
        to.text(&fix.title);
        to.as_is("}");
    });
    to.as_is(r#","message":"#);
    to.text(&finding.message);
    to.as_is(r#","path":"#);
    to.as_is(path);
    to.as_is(r#","range":"#);
    to.or_null(told, |to, span| lines.write(span, to));
    to.as_is(r#","related":"#);
    to.row(&finding.related, |to, related| {
        to.as_is(r#"{"message":"#);
        to.text(&related.message);
        lines.write_place(related.span, path, to);
    });
    to.as_is(r#","rule":"#);
    to.name(finding.rule);
    to.as_is(r#","severity":"#);
    to.name(finding.severity.name());
    to.as_is(r#","span":"#);
    to.or_null(told, write_span);
    to.as_is("}");
}

fn write_span(to: &mut Written, span: Span) {
    to.as_is(r#"{"end":"#);
    to.number(span.end());
    to.as_is(r#","start":"#);
    to.number(span.start());
    to.as_is("}");
}

/// Where the lines of a draft begin, for the places of many findings.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    units: CodePoints,
}

#[derive(Clone, Copy)]
struct Place {
    character: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let is_last = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr2_iter(b'\n', b'\r', bytes).filter(is_last);
        let mut starts = Vec::with_capacity(1 + text.len() / 64);
        starts.push(0);
        starts.extend(ends.map(|at| at + 1));
        Lines {
            text,
            starts,
            units: CodePoints::in_utf16(text),
        }
    }

    /// The same as [`crate::text::Text::position`] in UTF-16.
    fn position(&self, at: usize) -> Place {
        let mut at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        Place {
            character: self.units.at(at) - self.units.at(self.starts[line]),
            line,
        }
    }

    /// A span as lines and characters.
    fn write(&self, span: Span, to: &mut Written) {
        let place = |to: &mut Written, Place { character, line }| {
            to.as_is(r#"{"character":"#);
            to.number(character);
            to.as_is(r#","line":"#);
            to.number(line);
            to.as_is("}");
        };
        to.as_is(r#"{"end":"#);
        place(to, self.position(span.end()));
        to.as_is(r#","start":"#);
        place(to, self.position(span.start()));
        to.as_is("}");
    }

    /// The last members of an object that lies at a span: its path, its range and its span.
    fn write_place(&self, span: Span, path: &str, to: &mut Written) {
        to.as_is(r#","path":"#);
        to.as_is(path);
        to.as_is(r#","range":"#);
        self.write(span, to);
        to.as_is(r#","span":"#);
        write_span(to, span);
        to.as_is("}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use crate::text::position::{Encoding, Position};

    #[test]
    fn places_are_those_of_the_text() {
        for text in [
            "",
            "One.\r\nTwo “three”\rfour\n\n🙂 five\r\n",
            "\n",
            "no end",
        ] {
            let lines = Lines::of(text);
            for at in 0..text.len() + 2 {
                let place = lines.position(at);
                let Position { line, character } = Text::new(text).position(at, Encoding::Utf16);
                assert_eq!(
                    (place.line, place.character),
                    (line as usize, character as usize),
                    "{at} in {text:?}"
                );
            }
        }
    }
}
