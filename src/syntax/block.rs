//! One block: its shape by its first line, and what is hidden in it.

use memchr::memchr;

use super::definition;
use super::header;
use super::inline::{self, Found};
use super::line::{Line, begins_as_copy, is_definition, is_end_mark, lines};
use super::tree::{Block, Image, Inline, InlineKind, Problem, ProblemKind, Shape};
use crate::text::order;
use crate::text::span::Span;

/// What a block must be told from outside, since it is read alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Context {
    /// Whether it is the header.
    pub is_header: bool,
    /// Whether it stands after the end mark.
    pub is_back: bool,
    /// Whether a comment of an earlier block goes on in it.
    pub starts_in_comment: bool,
    /// Whether a comment that it leaves open is closed later.
    pub closes_later: bool,
}

/// Words that make a block a correction.
const CORRECTIONS: &[&str] = &[
    "CORRECTION",
    "CLARIFICATION",
    "UPDATE",
    "RETRACTION",
    "EDITOR’S NOTE",
    "EDITOR'S NOTE",
];

/// Words that make a block a credit line.
const CREDITS: &[&str] = &[
    "With assistance from",
    "With assistance by",
    "With contributions from",
    "Additional reporting by",
    "With reporting by",
    "Reporting by",
    "Editing by",
    "Contributing to this report",
    "Contributing:",
];

/// Reads a block from its text alone.
pub fn read(text: &str, context: Context) -> Block {
    let content = content(text);
    let mut found = Found::default();
    let mut ends_open = None;
    let mut closes_unopened = None;
    let comments = comments(
        text,
        content,
        context,
        &mut found,
        &mut ends_open,
        &mut closes_unopened,
    );
    let shape = shape(text, content, context, &comments, &mut found);
    let inner = match &shape {
        Shape::Blank
        | Shape::Header(_)
        | Shape::EndMark
        | Shape::Definition(_)
        | Shape::Comment
        | Shape::NotesMark
        | Shape::StoryMark => None,
        Shape::Image(image) => Some(image.caption),
        _ => Some(content),
    };
    if let Some(run) = inner {
        let prefixes = merged(found.hidden.clone(), content);
        let run = Span::new(
            prefixes
                .first()
                .filter(|first| first.start() == run.start())
                .map_or(run.start(), |first| first.end()),
            run.end(),
        );
        inline::read(text, run, &prefixes, &mut found);
        if let Shape::Image(image) = &shape {
            let after = Span::new(image.path.end(), content.end());
            inline::read(text, after, &prefixes, &mut found);
        }
    }
    order::short_by_key(&mut found.inlines, |inline| {
        (inline.span.start(), usize::MAX - inline.span.end())
    });
    let hidden = merged(found.hidden, content);
    Block {
        text: text.into(),
        shape,
        content,
        hidden,
        inlines: found.inlines,
        problems: found.problems,
        ends_open,
        closes_unopened,
        context,
    }
}

/// The block without white space and a byte order mark at its ends.
fn content(text: &str) -> Span {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let start = text.len() - text.trim_start_matches(blank).len();
    Span::new(
        start,
        (start + text[start..].trim_end_matches(char::is_whitespace).len()).max(start),
    )
}

/// The comments in a block, or the parts of them that lie in it.
fn comments(
    text: &str,
    content: Span,
    context: Context,
    found: &mut Found,
    ends_open: &mut Option<Span>,
    closes_unopened: &mut Option<Span>,
) -> Vec<Span> {
    let mut spans = Vec::new();
    if !context.starts_in_comment && memchr(b'<', content.of(text).as_bytes()).is_none() {
        return spans;
    }
    let mut at = content.start();
    let mut open = context.starts_in_comment.then_some(at);
    while at <= content.end() {
        let rest = &text[at..content.end()];
        match open {
            Some(start) => match rest.find("-->") {
                Some(close) => {
                    let end = at + close + 3;
                    if start == content.start() && context.starts_in_comment && spans.is_empty() {
                        *closes_unopened = Some(Span::new(end - 3, end));
                    }
                    spans.push(Span::new(start, end));
                    open = None;
                    at = end;
                }
                None => {
                    let is_own = !(start == content.start()
                        && context.starts_in_comment
                        && spans.is_empty());
                    if is_own {
                        let opener = Span::new(start, start + 4);
                        *ends_open = Some(opener);
                        if !context.closes_later {
                            found.problems.push(Problem {
                                span: opener,
                                kind: ProblemKind::UnclosedComment,
                            });
                        }
                    }
                    spans.push(Span::new(start, content.end()));
                    break;
                }
            },
            None => match rest.find("<!--") {
                Some(opener) if text[..at + opener].ends_with('\\') => at += opener + 4,
                Some(opener) => {
                    open = Some(at + opener);
                    at += opener + 4;
                }
                None => break,
            },
        }
    }
    spans.retain(|span| !span.is_empty());
    for &span in &spans {
        found.hidden.push(span);
        found.inlines.push(Inline {
            span,
            kind: InlineKind::Comment,
        });
    }
    spans
}

fn shape(
    text: &str,
    content: Span,
    context: Context,
    comments: &[Span],
    found: &mut Found,
) -> Shape {
    if content.is_empty() {
        return Shape::Blank;
    }
    if context.is_header {
        return Shape::Header(header::read(text, &lines(text)));
    }
    if comments.len() == 1 && comments[0] == content {
        return Shape::Comment;
    }
    let words = content.of(text);
    let may_be_sign = !begins_as_copy(words);
    if may_be_sign && is_definition(words) {
        return definition::read(text, &lines(text), &mut found.problems)
            .map_or(Shape::Paragraph, Shape::Definition);
    }
    if may_be_sign && is_end_mark(words) && is_one_line(words) {
        return Shape::EndMark;
    }
    if context.is_back {
        return Shape::Paragraph;
    }
    match words {
        "NOTES" | "NOTES:" => return Shape::NotesMark,
        "STORY" | "STORY:" => return Shape::StoryMark,
        _ => {}
    }
    let by_sign = may_be_sign.then(|| shaped_by_sign(text, content, found));
    by_sign
        .flatten()
        .or_else(|| shaped_by_word(text, content))
        .unwrap_or(Shape::Paragraph)
}

/// Whether words stand on one line.
fn is_one_line(words: &str) -> bool {
    words.lines().next().unwrap_or_default().trim_end() == words
}

/// Shapes that a sign at the start gives: `#`, `>`, `-`, `|`, `![`.
fn shaped_by_sign(text: &str, content: Span, found: &mut Found) -> Option<Shape> {
    let words = content.of(text);
    let start = content.start();
    if words.starts_with('#') {
        let level = words.bytes().take_while(|b| *b == b'#').count();
        let spaced = words[level..].starts_with(' ') && level <= 6;
        if !spaced || words[level..].trim().is_empty() {
            return None;
        }
        let glyph = level + (words[level..].len() - words[level..].trim_start().len());
        found.hidden.push(Span::new(start, start + glyph));
        return Some(if level == 1 {
            Shape::Headline
        } else {
            Shape::Subhead(level as u8)
        });
    }
    if words.starts_with('>') {
        let is_pull = words.starts_with(">>");
        let credit = prefixed(text, &lines(text), if is_pull { ">>" } else { ">" }, found);
        return Some(if is_pull {
            Shape::PullQuote { credit }
        } else {
            Shape::BlockQuote { credit }
        });
    }
    if is_item(words) {
        return Some(Shape::List(items(text, &lines(text), found)));
    }
    if words.starts_with("![") {
        return image(text, content, found).map(Shape::Image);
    }
    if words.starts_with('|') && words.lines().all(|line| line.trim_start().starts_with('|')) {
        return Some(Shape::Table(cells(text, &lines(text), found)));
    }
    None
}

/// Shapes that words at the start give: corrections, credits, rights.
fn shaped_by_word(text: &str, content: Span) -> Option<Shape> {
    let words = content.of(text);
    let start = content.start();
    if let Some(word) = CORRECTIONS.iter().find(|word| words.starts_with(*word)) {
        let mut at = word.len();
        let mut date = None;
        if let Some(inside) = words[at..].strip_prefix(" (") {
            let close = inside.find(')')?;
            date = Some(Span::new(start + at + 2, start + at + 2 + close));
            at += close + 3;
        }
        let rest = &words[at..];
        if rest.starts_with(':') || rest.starts_with(" —") || rest.starts_with(" –") {
            return Some(Shape::Correction {
                word: Span::new(start, start + word.len()),
                date,
            });
        }
    }
    let bare = words.trim_start_matches(['(', '*', '_', '—', '–', '-', ' ']);
    if CREDITS.iter().any(|credit| bare.starts_with(credit)) {
        return Some(Shape::Credit);
    }
    let copyright = words.strip_prefix("Copyright").is_some_and(|rest| {
        rest.trim_start()
            .starts_with(|c: char| c == '©' || c.is_ascii_digit() || c == '(')
    });
    let is_rights = words.starts_with('©')
        || words.starts_with("(c) ")
        || words.starts_with("(C) ")
        || copyright;
    is_rights.then_some(Shape::Rights)
}

/// Whether a line is a list item.
pub fn is_item(line: &str) -> bool {
    ["- ", "* ", "• "].iter().any(|bullet| {
        line.strip_prefix(bullet)
            .is_some_and(|rest| !rest.trim().is_empty())
    })
}

/// Hides `> ` at each line; gives the credit's words if the last line is `> — Name`.
fn prefixed(text: &str, lines: &[Line], sign: &str, found: &mut Found) -> Option<Span> {
    let mut credit = None;
    let last = lines
        .iter()
        .rposition(|line| !line.content.of(text).trim().is_empty());
    for (index, line) in lines.iter().enumerate() {
        let words = line.content.of(text);
        let lead = words.len() - words.trim_start_matches([' ', '\u{feff}']).len();
        if !words[lead..].starts_with(sign) {
            continue;
        }
        let mut end = lead + sign.len();
        end += words[end..].len() - words[end..].trim_start().len();
        let start = line.content.start();
        if index > 0 && Some(index) == last {
            let dash = ["—", "–", "--", "―"]
                .iter()
                .find(|dash| words[end..].starts_with(**dash));
            if let Some(dash) = dash {
                let from = start + end + dash.len();
                let name = header::trimmed(text, Span::new(from, line.content.end()));
                let name = Span::new(
                    name.start(),
                    name.start() + name.of(text).find('[').unwrap_or(name.len()),
                );
                credit = Some(header::trimmed(text, name)).filter(|name| !name.is_empty());
            }
        }
        found.hidden.push(Span::new(start + lead, start + end));
    }
    credit
}

fn items(text: &str, lines: &[Line], found: &mut Found) -> Vec<Span> {
    let mut items: Vec<Span> = Vec::new();
    for line in lines {
        let words = line.content.of(text);
        let lead = words.len() - words.trim_start_matches([' ', '\u{feff}']).len();
        let span = header::trimmed(text, line.content);
        if is_item(&words[lead..]) {
            let glyph = if words[lead..].starts_with('•') {
                "• ".len()
            } else {
                2
            };
            let start = line.content.start() + lead;
            found.hidden.push(Span::new(start, start + glyph));
            items.push(header::trimmed(
                text,
                Span::new(start + glyph, line.content.end()),
            ));
        } else if let Some(item) = items.last_mut().filter(|_| !span.is_empty()) {
            *item = item.cover(span);
        }
    }
    items
}

fn cells(text: &str, lines: &[Line], found: &mut Found) -> Vec<Vec<Span>> {
    let mut rows = Vec::new();
    for line in lines {
        let words = line.content.of(text);
        if words.trim().is_empty() {
            continue;
        }
        let is_rule = words.contains('-')
            && words
                .chars()
                .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
        if is_rule {
            found.hidden.push(header::trimmed(text, line.content));
            continue;
        }
        let bars: Vec<usize> = words
            .match_indices('|')
            .map(|(at, _)| line.content.start() + at)
            .filter(|&at| !text[..at].ends_with('\\'))
            .collect();
        found
            .hidden
            .extend(bars.iter().map(|&at| Span::new(at, at + 1)));
        let ends = bars
            .iter()
            .skip(1)
            .copied()
            .chain((!words.trim_end().ends_with('|')).then_some(line.content.end()));
        rows.push(
            bars.iter()
                .zip(ends)
                .map(|(&start, end)| header::trimmed(text, Span::new(start + 1, end)))
                .collect(),
        );
    }
    rows
}

/// `![caption](path "credit")` at the start of the block.
fn image(text: &str, content: Span, found: &mut Found) -> Option<Image> {
    let words = content.of(text);
    let start = content.start();
    let close = words.find("](")?;
    let end = close + 2 + words[close + 2..].find(')')?;
    let inside = Span::new(start + close + 2, start + end);
    let target = inside.of(text);
    let space = target.find(" \"");
    let path = header::trimmed(
        text,
        Span::new(
            inside.start(),
            inside.start() + space.unwrap_or(target.len()),
        ),
    );
    let credit = space.map(|space| {
        let quoted = Span::new(inside.start() + space + 2, inside.end());
        Span::new(
            quoted.start(),
            quoted.start() + quoted.of(text).trim_end().trim_end_matches('"').len(),
        )
    });
    found.hidden.push(Span::new(start, start + 2));
    found.hidden.push(Span::new(start + close, start + end + 1));
    Some(Image {
        caption: Span::new(start + 2, start + close),
        path,
        credit,
    })
}

/// Sorted, inside the content, overlapping ones made one.
fn merged(mut hidden: Vec<Span>, content: Span) -> Vec<Span> {
    hidden.sort_unstable();
    let mut made: Vec<Span> = Vec::with_capacity(hidden.len());
    for span in hidden {
        let span = Span::new(
            span.start().max(content.start()),
            span.end().min(content.end()),
        );
        if span.is_empty() {
            continue;
        }
        match made.last_mut() {
            Some(last) if span.start() < last.end() => *last = last.cover(span),
            _ => made.push(span),
        }
    }
    made
}
