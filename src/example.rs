//! A text with inline marks (cursor, carets, several files), for tests, rule examples and the pages made from them.
//!
//! ```text
//! @ 2024-07-10 status=edit profile=wire
//! Residents packed the hall. “We were never told the water was unsafe,” and so<|> it went.
//!                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: no speaker
//! === second.lede
//! Another file.
//! ```
//!
//! Carets count characters. The severity word may be left out, and so may the words of the message; what is given must match.

use crate::text::span::Span;

/// An example, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// What the first line `@ …` gives: bare words (a date) and `key=value`.
    pub settings: Vec<(String, String)>,
    /// Its files; the first has the name `draft.lede` unless it is given one.
    pub files: Vec<File>,
}

/// One file of an example.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text without the marks.
    pub text: String,
    /// Where `<|>` stood, in bytes of `text`.
    pub cursors: Vec<usize>,
    /// What the lines of carets expect, in order.
    pub expected: Vec<Expected>,
}

/// An expected finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Where, in bytes of the file's text.
    pub span: Span,
    /// The severity word, if given.
    pub severity: Option<String>,
    /// The rule.
    pub rule: String,
    /// Words that the message must hold; may be empty.
    pub message: String,
}

/// A finding as far as an example compares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where, in bytes of the file's text.
    pub span: Span,
    /// The severity word.
    pub severity: &'a str,
    /// The rule.
    pub rule: &'a str,
    /// The message.
    pub message: &'a str,
}

const SEVERITIES: [&str; 4] = ["error", "warning", "information", "hint"];

impl Example {
    /// Reads an example. One line end at its start is dropped, so that a string may begin on a line of its own.
    pub fn read(marked: &str) -> Example {
        let marked = marked.strip_prefix('\n').unwrap_or(marked);
        let mut example = Example::default();
        let mut file = File {
            name: "draft.lede".to_owned(),
            ..File::default()
        };
        let mut is_first = true;
        for line in marked.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            if let Some(settings) = bare.strip_prefix("@ ").filter(|_| is_first) {
                example.settings = settings.split_whitespace().map(setting).collect();
                continue;
            }
            if let Some(name) = bare.strip_prefix("=== ") {
                if !is_first {
                    example.files.push(std::mem::take(&mut file));
                }
                file.name = name.trim().to_owned();
            } else if let Some(expected) = caret_line(&file.text, bare) {
                file.expected.push(expected);
            } else {
                push_with_cursors(&mut file, line);
            }
            is_first = false;
        }
        example.files.push(file);
        example
    }

    /// The value of a setting of the first line; a bare word has the key `date`.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings
            .iter()
            .find(|setting| setting.0 == key)
            .map(|setting| setting.1.as_str())
    }

    /// The first file.
    pub fn draft(&self) -> &File {
        &self.files[0]
    }
}

fn setting(word: &str) -> (String, String) {
    let (key, value) = word.split_once('=').unwrap_or(("date", word));
    (key.to_owned(), value.to_owned())
}

fn push_with_cursors(file: &mut File, line: &str) {
    for (index, part) in line.split("<|>").enumerate() {
        if index > 0 {
            file.cursors.push(file.text.len());
        }
        file.text.push_str(part);
    }
}

/// Reads `   ^^^^ severity rule: words` under the last line of `text`; none if the line is no such line.
fn caret_line(text: &str, line: &str) -> Option<Expected> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let carets = line[indent..].bytes().take_while(|&b| b == b'^').count();
    if carets == 0 {
        return None;
    }
    let words = line[indent + carets..].strip_prefix(' ')?;
    let (head, message) = words.split_once(':').unwrap_or((words, ""));
    let mut names: Vec<&str> = head.split_whitespace().collect();
    let rule = names.pop()?;
    let severity = names.pop();
    let is_rule = rule.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let is_severity = severity.is_none_or(|word| SEVERITIES.contains(&word));
    if !is_rule || !is_severity || !names.is_empty() {
        return None;
    }
    let above = text.strip_suffix('\n').unwrap_or(text);
    let start = above.rfind('\n').map_or(0, |end| end + 1);
    let byte = |column: usize| {
        start
            + above[start..]
                .char_indices()
                .nth(column)
                .map_or(above.len() - start, |(at, _)| at)
    };
    Some(Expected {
        span: Span::new(byte(indent), byte(indent + carets)),
        severity: severity.map(str::to_owned),
        rule: rule.to_owned(),
        message: message.trim().to_owned(),
    })
}

/// A text with its findings as lines of carets: what [`Example::read`] would read back. A finding over several lines is shown on its first.
pub fn render(text: &str, found: &[Found]) -> String {
    let mut rendered = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        rendered.push_str(line);
        if !line.ends_with('\n') {
            rendered.push('\n');
        }
        let end = start + line.len();
        let is_last = end == text.len();
        for finding in found {
            let at = finding.span.start();
            if !((start..end).contains(&at) || is_last && at == end) {
                continue;
            }
            let shown = shown(text, finding.span);
            let indent = text[start..at].chars().count();
            let width = shown.of(text).chars().count().max(1);
            rendered.push_str(&" ".repeat(indent));
            rendered.push_str(&"^".repeat(width));
            rendered.push_str(&format!(
                " {} {}: {}\n",
                finding.severity, finding.rule, finding.message
            ));
        }
        start = end;
    }
    rendered
}

/// The part of a span that lies in its first line.
fn shown(text: &str, span: Span) -> Span {
    let line_end = text[span.start()..]
        .find(['\n', '\r'])
        .map_or(text.len(), |end| span.start() + end);
    Span::new(span.start(), span.end().min(line_end))
}

/// What is found but not expected (`+`) and expected but not found (`-`), each under its line; none where all is as expected.
pub fn differences(file: &File, found: &[Found]) -> Option<String> {
    let matches = |expected: &Expected, found: &Found| {
        let shown = shown(&file.text, found.span);
        let same_place = expected.span == shown
            || shown.is_empty()
                && expected.span.start() == shown.start()
                && expected.span.of(&file.text).chars().count() <= 1;
        same_place
            && expected.rule == found.rule
            && expected
                .severity
                .as_ref()
                .is_none_or(|word| word == found.severity)
            && found.message.contains(&expected.message)
    };
    let mut open: Vec<&Found> = found.iter().collect();
    let mut missing = Vec::new();
    for expected in &file.expected {
        match open.iter().position(|found| matches(expected, found)) {
            Some(index) => drop(open.remove(index)),
            None => missing.push(expected),
        }
    }
    if open.is_empty() && missing.is_empty() {
        return None;
    }
    let missing: Vec<Found> = missing
        .iter()
        .map(|expected| Found {
            span: expected.span,
            severity: expected.severity.as_deref().unwrap_or(""),
            rule: &expected.rule,
            message: &expected.message,
        })
        .collect();
    let mut report = String::new();
    for (sign, list) in [('-', missing), ('+', open.into_iter().cloned().collect())] {
        for one in list {
            let line = line_of(&file.text, one.span);
            let marked = render(&file.text[line.range()], &[shift_back(&one, line.start())]);
            let mut lines = marked.lines();
            report.push_str(&format!("  {}\n", lines.next().unwrap_or("")));
            report.push_str(&format!("{sign} {}\n", lines.next().unwrap_or("")));
        }
    }
    Some(report)
}

fn line_of(text: &str, span: Span) -> Span {
    let start = text[..span.start()].rfind('\n').map_or(0, |end| end + 1);
    let end = text[span.start()..]
        .find('\n')
        .map_or(text.len(), |end| span.start() + end);
    Span::new(start, end)
}

fn shift_back<'a>(found: &Found<'a>, by: usize) -> Found<'a> {
    Found {
        span: found.span.back(by),
        ..found.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKED: &str = "
@ 2024-07-10 status=edit
The pier — “it” — burned.
           ^^^^ hint quote-fragment: scare quotes
So it wa<|>s.
=== notes/j.txt
[^no-caret]: line
";

    #[test]
    fn carets_cursors_files_and_settings_are_read() {
        let example = Example::read(MARKED);
        assert_eq!(example.setting("date"), Some("2024-07-10"));
        assert_eq!(example.setting("status"), Some("edit"));
        let file = example.draft();
        assert_eq!(file.text, "The pier — “it” — burned.\nSo it was.\n");
        assert_eq!(&file.text[file.cursors[0]..], "s.\n");
        assert_eq!(file.expected[0].span.of(&file.text), "“it”");
        assert_eq!(file.expected[0].rule, "quote-fragment");
        assert_eq!(example.files[1].name, "notes/j.txt");
        assert_eq!(example.files[1].text, "[^no-caret]: line\n");
    }

    #[test]
    fn what_is_rendered_reads_back_and_differs_in_nothing() {
        let example = Example::read(MARKED);
        let file = example.draft();
        let found = [Found {
            span: file.expected[0].span,
            severity: "hint",
            rule: "quote-fragment",
            message: "“it” reads as scare quotes",
        }];
        assert_eq!(differences(file, &found), None);
        let again = Example::read(&render(&file.text, &found));
        assert_eq!(again.draft().text, file.text);
        assert_eq!(again.draft().expected[0].span, file.expected[0].span);
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_is_shown_under_its_line() {
        let file = Example::read(MARKED).files.remove(0);
        let found = [Found {
            span: Span::new(0, 3),
            severity: "hint",
            rule: "other",
            message: "said",
        }];
        assert_eq!(
            differences(&file, &found).expect("they differ"),
            "  The pier — “it” — burned.\n\
             -            ^^^^ hint quote-fragment: scare quotes\n  \
             The pier — “it” — burned.\n\
             + ^^^ hint other: said\n"
        );
    }
}
