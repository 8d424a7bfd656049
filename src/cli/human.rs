//! Findings with source lines and carets, as a compiler prints them.
//!
//! A paragraph of a draft is one line, as a rule: of a line that is wider than the terminal, what stands around the marked words is printed.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::check::Report;
use crate::finding::{Finding, Severity};
use crate::text::order;
use crate::text::span::Span;

/// How findings are printed.
#[derive(Clone, Copy)]
pub struct Look {
    /// Whether in colours.
    pub is_colored: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Look {
    /// For standard output.
    pub fn new(is_colored: bool) -> Look {
        /// So many columns are used at least: in fewer nobody reads a sentence.
        const LEAST: usize = 40;
        /// So many where standard output is no terminal: a log, a file.
        const USUAL: usize = 100;
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Look {
            is_colored,
            width: width.unwrap_or(USUAL).max(LEAST),
        }
    }

    fn renderer(self) -> Renderer {
        let renderer = match self.is_colored {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        renderer.term_width(self.width)
    }
}

/// Every finding of a draft.
pub fn findings(report: &Report, look: Look) -> String {
    let renderer = look.renderer();
    let mut out = String::new();
    let lines = Lines::of(&report.source, look.width);
    for finding in &report.findings {
        out.push_str(&one(report, &lines, finding, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// Stands for the path until the printer is done: it would count columns in the lines as they are cut.
const PATH: char = '\u{1}';

fn one(report: &Report, lines: &Lines, finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    if finding.is_private {
        let title = level.primary_title(&finding.message).id(finding.rule);
        let printed = renderer.render(&[Group::with_title(title)]);
        return format!("{printed}\n   --> {}", report.path);
    }
    let spans = finding.related.iter().map(|related| related.span);
    let around = lines.around(std::iter::once(finding.span).chain(spans));
    let mut snippet = Snippet::source(&around.text)
        .line_start(around.first + 1)
        .path(PATH.to_string())
        .annotation(AnnotationKind::Primary.span(around.place(finding.span)));
    for related in &finding.related {
        let place = AnnotationKind::Context.span(around.place(related.span));
        snippet = snippet.annotation(place.label(&related.message));
    }
    let group = level
        .primary_title(&finding.message)
        .id(finding.rule)
        .element(snippet);
    let printed = renderer.render(&[group]);
    let Some((before, behind)) = printed.split_once(PATH) else {
        return printed;
    };
    let behind = behind.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    let (line, column) = lines.place(finding.span.start());
    format!("{before}{}:{line}:{column}{behind}", report.path)
}

/// A text with the places where its lines begin: what is printed of a finding is cut from it, so that a long draft costs
/// no more at each finding than a short one.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many columns there are, the numbers of the lines included.
    width: usize,
}

/// Some lines of a text.
struct Around {
    /// From the first of them to the last; lines between that are far from all of them are empty.
    text: String,
    /// The number of the first, from zero.
    first: usize,
    /// What is kept of the lines: where it begins in the text, and where here.
    kept: Vec<(Span, usize)>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, width: usize) -> Lines<'a> {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut starts = Vec::with_capacity(1 + text.len() / 64);
        starts.push(0);
        starts.extend(ends);
        Lines {
            text,
            starts,
            width,
        }
    }

    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at) - 1
    }

    /// Line and column of a byte, both from one.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.line_of(at);
        let before = &self.text[self.starts[line]..at];
        (line + 1, before.chars().count() + 1)
    }

    /// A line without its end.
    fn line(&self, line: usize) -> Span {
        let end = self.starts.get(line + 1).map(|next| next - 1);
        Span::new(self.starts[line], end.unwrap_or(self.text.len()))
    }

    /// The lines in which some spans lie, and those around each.
    fn around(&self, spans: impl Iterator<Item = Span>) -> Around {
        /// How far the printer looks from a line that it marks.
        const NEAR: usize = 3;
        let spans: Vec<Span> = spans.collect();
        let lines = |span: &Span| (self.line_of(span.start()), self.line_of(span.end()));
        // Nothing is printed before the first line of all and behind the last.
        let first = spans.iter().map(|span| lines(span).0).min().unwrap_or(0);
        let end = spans
            .iter()
            .map(|span| lines(span).1 + 1)
            .max()
            .unwrap_or(0);
        let of_span = |span: &Span| {
            let (from, last) = lines(span);
            from.saturating_sub(NEAR).max(first)..(last + NEAR + 1).min(end)
        };
        let mut runs: Vec<Range<usize>> = spans.iter().map(of_span).collect();
        order::by_key(&mut runs, |run| run.start);
        // Beside the number of a line stand a sign and two blanks.
        let last = (end + NEAR).min(self.starts.len());
        let room = self.width.saturating_sub(last.to_string().len() + 3);
        let mut around = Around {
            text: String::new(),
            first,
            kept: Vec::new(),
        };
        let mut next = first;
        for run in runs {
            let from = run.start.max(next);
            if run.end <= from {
                continue;
            }
            around.text.extend(std::iter::repeat_n('\n', from - next));
            for number in from..run.end {
                let line = self.line(number);
                let marked = spans
                    .iter()
                    .filter(|span| span.start() <= line.end() && span.end() >= line.start())
                    .map(|span| {
                        let start = span.start().max(line.start());
                        Span::new(start, span.end().min(line.end()).max(start))
                    })
                    .reduce(Span::cover);
                around.push(self.text, line, marked, room);
                if line.end() < self.text.len() {
                    around.text.push('\n');
                }
            }
            next = run.end;
        }
        around
    }
}

impl Around {
    /// Adds a line of the text, as much of it as there is room for.
    fn push(&mut self, text: &str, line: Span, marked: Option<Span>, room: usize) {
        let marked = marked.unwrap_or(Span::at(line.start()));
        let parts = cut(text, line, marked, room);
        let mut at = line.start();
        for part in &parts {
            match (part.start() > at, at > line.start()) {
                (true, true) => self.text.push_str(" … "),
                (true, false) => self.text.push_str("… "),
                _ => {}
            }
            self.kept.push((*part, self.text.len()));
            self.text.push_str(part.of(text));
            at = part.end();
        }
        if at < line.end() {
            self.text.push_str(" …");
        }
    }

    /// A span of the text as one of these lines.
    fn place(&self, span: Span) -> Range<usize> {
        let at = |byte: usize| {
            let kept = self.kept.partition_point(|(part, _)| part.start() <= byte);
            let (part, here) = self.kept[kept.saturating_sub(1)];
            here + byte.clamp(part.start(), part.end()) - part.start()
        };
        at(span.start())..at(span.end())
    }
}

/// What is printed of a line: all of it where there is room for so many characters; else what stands around the marked words,
/// or their beginning and their end.
fn cut(text: &str, line: Span, marked: Span, room: usize) -> Vec<Span> {
    /// What a cut leaves of either side at least, with its sign.
    const SIDE: usize = 12;
    if line.len() <= room || line.of(text).chars().count() <= room {
        return vec![line];
    }
    let count = marked.of(text).chars().count();
    if count + 2 * SIDE <= room {
        let free = room - count - 2 * "… ".chars().count();
        let left = text[line.start()..marked.start()].chars().count();
        let right = text[marked.end()..line.end()].chars().count();
        // A little more behind the words than before them: what is said of them stands there.
        let before = (free * 2 / 5).max(free.saturating_sub(right)).min(left);
        let start = before_words(text, line.start(), marked.start(), before);
        let end = behind_words(text, marked.end(), line.end(), free - before);
        return vec![Span::new(start, end)];
    }
    let start = before_words(text, line.start(), marked.start(), SIDE);
    let end = behind_words(text, marked.end(), line.end(), SIDE);
    let sides = [
        Span::new(start, marked.start()),
        Span::new(marked.end(), end),
    ];
    let sides = sides.map(|side| side.of(text).chars().count() + "… ".chars().count());
    let inside = room - sides[0] - sides[1] - " … ".chars().count();
    let middle = behind_words(text, marked.start(), marked.end(), inside * 3 / 5);
    let rest = before_words(text, middle, marked.end(), inside * 2 / 5);
    vec![Span::new(start, middle), Span::new(rest, end)]
}

/// Where a part begins that ends at `end` and has at most so many characters, not before `least`: at the beginning of a word,
/// if one begins there.
fn before_words(text: &str, least: usize, end: usize, room: usize) -> usize {
    let letters = text[least..end].char_indices();
    let Some((at, _)) = room.checked_sub(1).and_then(|last| letters.rev().nth(last)) else {
        return if room == 0 { end } else { least };
    };
    let at = least + at;
    if at == least {
        return at;
    }
    match text[at..end].find(' ') {
        Some(blank) => at + blank + 1,
        None => at,
    }
}

/// Where a part ends that begins at `start` and has at most so many characters, not behind `most`: at the end of a word, if one
/// ends there.
fn behind_words(text: &str, start: usize, most: usize, room: usize) -> usize {
    let Some((at, _)) = text[start..most].char_indices().nth(room) else {
        return most;
    };
    match text[start..start + at].rfind(' ') {
        Some(blank) => start + blank,
        None => start + at,
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
            is_private: false,
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
        let lines = Lines::of(&text, 100);
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
        let place = |span: Span| span.start()..span.end();
        for case in cases {
            let mut snippet = Snippet::source(&text)
                .path(&report.path)
                .annotation(AnnotationKind::Primary.span(place(case.span)));
            for related in &case.related {
                let other = AnnotationKind::Context.span(place(related.span));
                snippet = snippet.annotation(other.label(&related.message));
            }
            let group = Level::WARNING.primary_title(&case.message).id(case.rule);
            assert_eq!(
                one(&report, &lines, &case, &renderer),
                renderer.render(&[group.element(snippet)])
            );
        }
    }

    /// What is printed of a line with marked words, in so many columns.
    fn printed(line: &str, marked: &str, width: usize) -> String {
        let text = format!("Furniture\n\n{line}\n\nThe end.\n");
        let report = Report {
            path: "pier.lede".to_owned(),
            source: text.clone(),
            text: Text::new(&text),
            findings: Vec::new(),
            let_stand: Vec::new(),
            diff: String::new(),
        };
        let at = text.find(marked).expect("the words stand in the line");
        let case = finding(Span::new(at, at + marked.len()), &[]);
        let renderer = Renderer::plain().term_width(width);
        one(&report, &Lines::of(&text, width), &case, &renderer)
    }

    #[test]
    fn of_a_wide_line_what_stands_around_the_marked_words_is_printed() {
        let line = "The pier, which the harbor board closed in May, will cost $4 million to mend, says Dana Ortiz, the \
            engineer who looked at it, and nobody knows whether the town has “that much” to give to it.";
        expect_test::expect![[r#"
            warning[placeholder-left]: left
             --> pier.lede:3:59
              |
            3 | … in May, will cost $4 million to mend, says Dana Ortiz, the …
              |                     ^^^^^^^^^^"#]]
        .assert_eq(&printed(line, "$4 million", 70));
        expect_test::expect![[r#"
            warning[placeholder-left]: left
             --> pier.lede:3:1
              |
            3 | The pier, which the harbor board closed in May, will cost $4 …
              | ^^^^^^^^"#]]
        .assert_eq(&printed(line, "The pier", 70));
        expect_test::expect![[r#"
            warning[placeholder-left]: left
             --> pier.lede:3:165
              |
            3 | … nobody knows whether the town has “that much” to give to it.
              |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^"#]]
        .assert_eq(&printed(line, "“that much” to give to it.", 70));
        expect_test::expect![[r#"
            warning[placeholder-left]: left
             --> pier.lede:3:1
              |
            3 | The pier, which the harbor board … much” to give to it.
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"#]]
        .assert_eq(&printed(line, line, 70));
    }

    #[test]
    fn nothing_printed_is_wider_than_the_terminal() {
        let words = "Für 4 Mio. “é” the pier—closed— is … (not) mended, said Ruiz 漢字 naïvely.";
        let line = words.repeat(5);
        for (start, _) in line.char_indices() {
            for length in [0, 1, 9, 40, 130, 300] {
                let end = (start + length).min(line.len());
                if !line.is_char_boundary(end) {
                    continue;
                }
                for room in [40, 60, 77, 140] {
                    let all = Span::new(0, line.len());
                    let parts = cut(&line, all, Span::new(start, end), room);
                    let kept = parts.iter().map(|part| part.of(&line).chars().count());
                    assert!(
                        kept.sum::<usize>() <= room,
                        "{start} {length} {room}: {parts:?}"
                    );
                    let has = |at: usize| parts.iter().any(|part| part.touches(at));
                    assert!(has(start) && has(end), "{start} {length} {room}: {parts:?}");
                }
            }
        }
    }
}
