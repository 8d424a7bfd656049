//! Findings as JSON, version 1: zero-based lines, UTF-16 characters, spans in bytes.

use memchr::memchr2_iter;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::check::Report;
use super::stream::CodePoints;
use crate::finding::Finding;
use crate::text::edit::Edit;
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
    span: Ends<usize>,
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
    let path = report.path.as_str();
    let mut objects = Vec::with_capacity(600 * report.findings.len());
    for finding in &report.findings {
        if !objects.is_empty() {
            objects.extend_from_slice(link.as_bytes());
        }
        let found = Found {
            path,
            finding,
            lines: &lines,
        };
        serde_json::to_writer(&mut objects, &found).expect("plain data is always JSON");
    }
    String::from_utf8(objects).expect("JSON is text")
}

/// Where the lines of a draft begin, for the places of many findings.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let is_last = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr2_iter(b'\n', b'\r', bytes).filter(is_last);
        let mut starts = Vec::with_capacity(1 + text.len() / 64);
        starts.push(0);
        starts.extend(ends.map(|at| at + 1));
        Lines { text, starts }
    }

    /// The same as [`crate::text::Text::position`] in UTF-16.
    fn position(&self, at: usize) -> Place {
        let mut at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &self.text[self.starts[line]..at];
        // One unit for each character, two for those of four bytes.
        let pairs = before.bytes().filter(|byte| *byte >= 0xf0).count();
        Place {
            character: (before.chars().count() + pairs) as u32,
            line: line as u32,
        }
    }

    fn range(&self, span: Span) -> Ends<Place> {
        let start = self.position(span.start());
        let end = match span.is_empty() {
            true => start,
            false => self.position(span.end()),
        };
        Ends { end, start }
    }
}

struct Found<'a> {
    path: &'a str,
    finding: &'a Finding,
    lines: &'a Lines<'a>,
}

#[derive(Clone, Copy, Serialize)]
struct Place {
    character: u32,
    line: u32,
}

#[derive(Serialize)]
struct Ends<T> {
    end: T,
    start: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Edited<'a> {
    new_text: &'a str,
    path: &'a str,
    range: Ends<Place>,
    span: Ends<usize>,
}

#[derive(Serialize)]
struct Mended<'a, Edits> {
    edits: Edits,
    safe: bool,
    title: &'a str,
}

/// A row of things, made one by one while they are written.
struct Row<F>(F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Row<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

#[derive(Serialize)]
struct Also<'a> {
    message: &'a str,
    path: &'a str,
    range: Ends<Place>,
    span: Ends<usize>,
}

fn span(span: Span) -> Ends<usize> {
    Ends {
        end: span.end(),
        start: span.start(),
    }
}

fn edited<'a>(edit: &'a Edit, path: &'a str, lines: &Lines) -> Edited<'a> {
    Edited {
        new_text: &edit.new_text,
        path,
        range: lines.range(edit.span),
        span: span(edit.span),
    }
}

impl Serialize for Found<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Found {
            path,
            finding,
            lines,
        } = *self;
        let fixes = Row(|| {
            finding.fixes.iter().map(|fix| Mended {
                edits: Row(|| fix.edits.iter().map(|edit| edited(edit, path, lines))),
                safe: fix.is_safe,
                title: &fix.title,
            })
        });
        let related = Row(|| {
            finding.related.iter().map(|related| Also {
                message: &related.message,
                path,
                range: lines.range(related.span),
                span: span(related.span),
            })
        });
        let mut object = serializer.serialize_struct("finding", 8)?;
        object.serialize_field("fixes", &fixes)?;
        object.serialize_field("message", &finding.message)?;
        object.serialize_field("path", path)?;
        // Where a private finding lies would tell whom it names.
        let told = (!finding.is_private).then_some(finding.span);
        object.serialize_field("range", &told.map(|span| lines.range(span)))?;
        object.serialize_field("related", &related)?;
        object.serialize_field("rule", finding.rule)?;
        object.serialize_field("severity", finding.severity.name())?;
        object.serialize_field("span", &told.map(span))?;
        object.end()
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
                    (line, character),
                    "{at} in {text:?}"
                );
            }
        }
    }
}
