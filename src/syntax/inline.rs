//! What stands inside a block: escapes, URLs, marks, links, TK words, emphasis, comments.

use memchr::memchr;

use super::definition::is_id;
use super::header::trimmed;
use super::tree::{Cite, Inline, InlineKind, Problem, ProblemKind, Target};
use crate::text::span::Span;

/// Names of notes in capitals; any other is prose.
pub const NOTES: &[&str] = &[
    "ED", "EDS", "DESK", "LEGAL", "NOTE", "PHOTO", "COPY", "FC", "CHECK",
];

/// What was found inside a run of a block.
#[derive(Debug, Default)]
pub struct Found {
    /// In order of their start.
    pub inlines: Vec<Inline>,
    /// What does not print; sorted when all is read.
    pub hidden: Vec<Span>,
    /// What could not be read as meant.
    pub problems: Vec<Problem>,
}

/// Reads the run `run` of a block, stepping over `skip` (comments and prefixes; sorted, disjoint).
pub fn read(text: &str, run: Span, skip: &[Span], found: &mut Found) {
    let mut reader = Reader {
        text,
        run,
        skip,
        brackets: &brackets(text, run),
        found,
        may_link: true,
        in_open_note: false,
        has_no_close: [false; 3],
        seen: Seen {
            at: run.start(),
            ..Seen::default()
        },
    };
    reader.read();
}

/// How many bytes of plain prose there are before the first sign.
fn plain(bytes: &[u8]) -> usize {
    // The bytes of a piece are looked at together: most pieces have no sign.
    let (pieces, _) = bytes.as_chunks::<16>();
    let has_sign = |piece: &[u8; 16]| {
        let signs = piece.iter().map(|byte| u8::from(is_sign(*byte)));
        signs.fold(0, |one, other| one | other) != 0
    };
    let at = 16 * pieces.iter().take_while(|piece| !has_sign(piece)).count();
    let rest = bytes[at..].iter().take_while(|byte| !is_sign(**byte));
    at + rest.count()
}

/// Whether a byte is one with which something begins that is no plain prose, or stands near its beginning: the colon of a
/// URL, the first dot of `www.`, the second letter of `TK`. They are rare, unlike the first ones of these.
#[inline(always)]
fn is_sign(byte: u8) -> bool {
    // Not one after another, so that many bytes can be asked at a time.
    (byte == b'\\')
        | (byte == b'[')
        | (byte == b'@')
        | (byte == b'*')
        | (byte == b'_')
        | (byte == b':')
        | (byte == b'.')
        | (byte == b'K')
}

struct Reader<'a> {
    text: &'a str,
    run: Span,
    skip: &'a [Span],
    /// Every `[` that has its `]`, in order.
    brackets: &'a [(usize, usize)],
    found: &'a mut Found,
    may_link: bool,
    /// Whether the run is the rest of a note that is never closed.
    in_open_note: bool,
    /// For `*`, `_` and `**`: whether a search has shown that nothing from there on closes one.
    has_no_close: [bool; 3],
    seen: Seen,
}

/// The quotation marks of a run up to a place.
#[derive(Clone, Copy, Default)]
struct Seen {
    at: usize,
    opened: usize,
    closed: usize,
    straight: usize,
}

impl Reader<'_> {
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        let end = self.run.end();
        let mut at = self.run.start();
        while at < end {
            let sign = at + plain(&bytes[at..end]);
            if sign == end {
                break;
            }
            let Some(start) = self.start_of(sign).filter(|start| *start >= at) else {
                at = sign + 1;
                continue;
            };
            if let Some(skipped) = self.skip_after(start).filter(|span| span.contains(start)) {
                at = skipped.end();
                continue;
            }
            at = match bytes[start] {
                b'\\' => self.escape(start),
                b'[' => self.bracket(start),
                b'@' => self.email(start),
                b'T' => self.todo_word(start),
                b'*' | b'_' => self.emphasis(start),
                _ => self.url(start),
            }
            .unwrap_or(sign + 1);
        }
    }

    /// Where that begins to which a sign belongs; none where it is part of plain prose.
    fn start_of(&self, sign: usize) -> Option<usize> {
        let before = &self.text.as_bytes()[..sign];
        let ends_in = |letters: &[u8]| {
            let start = before.len().checked_sub(letters.len())?;
            before[start..]
                .eq_ignore_ascii_case(letters)
                .then_some(start)
        };
        match self.text.as_bytes()[sign] {
            b':' => ends_in(b"http").or_else(|| ends_in(b"https")),
            b'.' => ends_in(b"www"),
            b'K' => ends_in(b"T").filter(|start| before[*start] == b'T'),
            _ => Some(sign),
        }
    }

    /// The first skipped span that ends after `at`.
    fn skip_after(&self, at: usize) -> Option<Span> {
        let index = self.skip.partition_point(|span| span.end() <= at);
        self.skip.get(index).copied()
    }

    fn is_interrupted(&self, words: Span) -> bool {
        self.skip_after(words.start())
            .is_some_and(|span| span.overlaps(words))
    }

    fn push(&mut self, span: Span, kind: InlineKind) {
        self.found.inlines.push(Inline { span, kind });
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.found.problems.push(Problem { span, kind });
    }

    /// The text from `at` to the end of the run.
    fn rest(&self, at: usize) -> &str {
        &self.text[at..self.run.end()]
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[self.run.start()..at].chars().next_back()
    }

    fn escape(&mut self, at: usize) -> Option<usize> {
        let next = self.rest(at + 1).chars().next()?;
        let width = if self.rest(at + 1).starts_with("TK") {
            2
        } else if next.is_ascii_punctuation() {
            1
        } else {
            return None;
        };
        let span = Span::new(at, at + 1 + width);
        self.found.hidden.push(Span::new(at, at + 1));
        self.push(span, InlineKind::Escape);
        Some(span.end())
    }

    fn url(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let starts = ["http://", "https://", "www."].iter().any(|scheme| {
            rest.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        if !starts || self.before(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || "<>\"”“’)]}|".contains(c))
            .unwrap_or(rest.len());
        let end = rest[..end]
            .trim_end_matches(['.', ',', ';', ':', '!', '?'])
            .len();
        let span = Span::new(at, at + end);
        self.push(span, InlineKind::Url);
        Some(span.end())
    }

    fn email(&mut self, at: usize) -> Option<usize> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
        let head = &self.text[self.run.start()..at];
        let local = head.len() - head.trim_end_matches(is_part).len();
        let rest = self.rest(at + 1);
        let domain = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let domain = rest[..domain].trim_end_matches('.').len();
        if local == 0 || !rest[..domain].contains('.') {
            return None;
        }
        let span = Span::new(at - local, at + 1 + domain);
        if self
            .found
            .inlines
            .last()
            .is_some_and(|last| last.span.overlaps(span))
        {
            return None;
        }
        self.push(span, InlineKind::Email);
        Some(span.end())
    }

    fn todo_word(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if !rest.starts_with("TK") {
            return None;
        }
        let len = rest
            .find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit()))
            .unwrap_or(rest.len());
        let word = &rest[..len];
        let glued = self.before(at).is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '$' | ':' | '@' | '#' | '/' | '.' | '-' | '_')
        });
        let goes_on = rest[len..]
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || c == '_');
        let brand = matches!(word, "TKO" | "TKOS" | "TKTS")
            || rest[len..].starts_with(" Maxx")
            || rest[len..].starts_with(" MAXX");
        if glued || goes_on || brand {
            return None;
        }
        let span = Span::new(at, at + len);
        self.push(span, InlineKind::TodoWord);
        Some(span.end())
    }

    /// `*run*`, `_run_`, `**run**`, at word boundaries.
    fn emphasis(&mut self, at: usize) -> Option<usize> {
        let sign = &self.text[at..at + 1];
        let is_strong = sign == "*" && self.rest(at).starts_with("**");
        let mark = if is_strong { "**" } else { sign };
        let opens = self
            .before(at)
            .is_none_or(|c| !c.is_alphanumeric() && c != '*' && c != '_' && c != '\\');
        let inner = at + mark.len();
        if !opens
            || self
                .rest(inner)
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || c == '*' || c == '_')
        {
            return None;
        }
        let kind = match mark {
            "*" => 0,
            "_" => 1,
            _ => 2,
        };
        if self.has_no_close[kind] {
            return None;
        }
        let mut from = inner;
        let close = loop {
            let Some(close) = self.rest(from).find(mark).map(|close| from + close) else {
                self.has_no_close[kind] = true;
                return None;
            };
            let after = self.rest(close + mark.len()).chars().next();
            let before = self.before(close);
            let is_half_of_a_pair = mark == "*" && after == Some('*');
            let closes = before.is_some_and(|c| !c.is_whitespace() && c != '\\')
                && after.is_none_or(|c| !c.is_alphanumeric())
                && !is_half_of_a_pair;
            if closes && close > inner {
                break close;
            }
            from = close + mark.len();
        };
        let words = Span::new(inner, close);
        if self.is_interrupted(words) {
            return None;
        }
        let span = Span::new(at, close + mark.len());
        self.found.hidden.push(Span::new(at, inner));
        self.found.hidden.push(Span::new(close, span.end()));
        self.push(
            span,
            if is_strong {
                InlineKind::Strong(words)
            } else {
                InlineKind::Emphasis(words)
            },
        );
        self.inside(words, true);
        Some(span.end())
    }

    fn inside(&mut self, words: Span, may_link: bool) {
        let may_link = may_link && self.may_link;
        let mut inner = Reader {
            text: self.text,
            run: words,
            skip: self.skip,
            brackets: self.brackets,
            found: self.found,
            may_link,
            in_open_note: self.in_open_note,
            has_no_close: [false; 3],
            seen: Seen {
                at: words.start(),
                ..Seen::default()
            },
        };
        inner.read();
    }

    fn bracket(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let close = self.close_of(at);
        let mark_like = mark_head(rest);
        let Some(close) = close else {
            // An unclosed note fails closed: what follows to the end of the block does not print.
            let kind = mark_like?;
            let opener = Span::new(at, at + kind.len.min(rest.len()));
            self.problem(opener, ProblemKind::UnclosedMark);
            // What follows is hidden already where the note stands in another that is not closed.
            if kind.is_note && !self.in_open_note {
                self.in_open_note = true;
                let span = Span::new(at, self.run.end());
                self.found.hidden.push(span);
                let who = Span::new(at + 1, at + kind.len - 1);
                self.push(
                    span,
                    InlineKind::Note {
                        who,
                        text: Span::new(at + kind.len, self.run.end()),
                    },
                );
                self.inside(Span::new(at + kind.len, self.run.end()), false);
                return Some(self.run.end());
            }
            return None;
        };
        if mark_like.is_none() && self.is_interrupted(Span::new(at, close)) {
            return None;
        }
        let whole = Span::new(at, close + 1);
        let inner = Span::new(at + 1, close);
        let made = self.mark(whole, inner);
        match made {
            Some(kind) => {
                self.found.hidden.push(whole);
                self.push(whole, kind);
                Some(whole.end())
            }
            None => self.link(at, close),
        }
    }

    /// The `]` of the `[` at a place, if it lies in the run.
    fn close_of(&self, at: usize) -> Option<usize> {
        let index = self.brackets.binary_search_by_key(&at, |pair| pair.0);
        let close = self.brackets[index.ok()?].1;
        (close < self.run.end()).then_some(close)
    }

    /// What a bracket pair is, if it is a mark.
    fn mark(&mut self, whole: Span, inner: Span) -> Option<InlineKind> {
        let words = inner.of(self.text);
        if let Some(rest) = words.strip_prefix('^') {
            if rest.trim().is_empty() {
                self.problem(whole, ProblemKind::EmptyMark);
                return None;
            }
            let read = cites(self.text, Span::new(inner.start() + 1, inner.end()));
            if !read.as_ref().is_some_and(|read| read.is_well_formed) {
                self.problem(whole, ProblemKind::MalformedSource);
            }
            // Before a colon stands the id of a record, in one word or not at all.
            let is_head =
                whole.start() == self.run.start() && self.rest(whole.end()).starts_with(':');
            let read = read.filter(|read| read.is_well_formed || !is_head)?;
            return Some(InlineKind::Source(read.cites));
        }
        if let Some(rest) = words.strip_prefix('@') {
            if rest.trim().is_empty() {
                self.problem(whole, ProblemKind::EmptyMark);
            }
            return is_id(rest)
                .then(|| InlineKind::Speaker(Span::new(inner.start() + 1, inner.end())));
        }
        let head_end = words
            .find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit()))
            .unwrap_or(words.len());
        let rest = Span::new(inner.start() + head_end, inner.end());
        let sign = rest.of(self.text).chars().next();
        match &words[..head_end] {
            "CQ" if sign.is_none_or(|c| matches!(c, ' ' | ':' | '#')) => {
                Some(check(self.text, rest))
            }
            "STET" if sign.is_none_or(|c| matches!(c, ' ' | ':')) => Some(self.stet(whole, rest)),
            "TK" if sign.is_none_or(|c| matches!(c, ' ' | ':')) => {
                let note = trimmed(
                    self.text,
                    Span::new(
                        (rest.start() + usize::from(sign.is_some())).min(rest.end()),
                        rest.end(),
                    ),
                );
                Some(InlineKind::Todo(Some(note).filter(|note| !note.is_empty())))
            }
            name if name.len() >= 2
                && sign == Some(':')
                && name.starts_with(|c: char| c.is_ascii_uppercase()) =>
            {
                if self.is_quoted(whole.start()) {
                    return None;
                }
                if !NOTES.contains(&name) {
                    self.problem(whole, ProblemKind::UnknownNote);
                    return None;
                }
                let text = trimmed(self.text, Span::new(rest.start() + 1, rest.end()));
                Some(InlineKind::Note {
                    who: Span::new(inner.start(), rest.start()),
                    text,
                })
            }
            _ => None,
        }
    }

    fn stet(&mut self, whole: Span, rest: Span) -> InlineKind {
        let words = rest.of(self.text);
        let colon = words.find(':');
        let names = &words[..colon.unwrap_or(words.len())];
        let mut rules = Vec::new();
        let mut at = rest.start();
        for part in names.split([' ', ',']) {
            if !part.trim().is_empty() {
                rules.push(Span::new(at, at + part.len()));
            }
            at += part.len() + 1;
        }
        let reason = colon
            .map(|colon| trimmed(self.text, Span::new(rest.start() + colon + 1, rest.end())))
            .filter(|reason| !reason.is_empty());
        if reason.is_none() {
            self.problem(whole, ProblemKind::StetWithoutReason);
        }
        InlineKind::Stet { rules, reason }
    }

    /// Whether a place lies between quotation marks, as far as the run shows it.
    fn is_quoted(&mut self, at: usize) -> bool {
        let seen = &mut self.seen;
        for c in self.text[seen.at..at].chars() {
            match c {
                '“' => seen.opened += 1,
                '”' => seen.closed += 1,
                '"' => seen.straight += 1,
                _ => {}
            }
        }
        seen.at = at;
        seen.opened > seen.closed || seen.straight % 2 == 1
    }

    /// `[words](target)`
    fn link(&mut self, at: usize, close: usize) -> Option<usize> {
        let rest = self.rest(close + 1);
        if !self.may_link || !rest.starts_with('(') {
            return None;
        }
        let end = close + 1 + rest.find(')')?;
        let inside = trimmed(self.text, Span::new(close + 2, end));
        let words = Span::new(at + 1, close);
        let whole = Span::new(at, end + 1);
        let target = inside.of(self.text);
        let target = if let Some(id) = target.strip_prefix('@') {
            if !is_id(id) {
                return None;
            }
            Target::Entity(Span::new(inside.start() + 1, inside.end()))
        } else if target.starts_with('^') {
            let read = cites(self.text, Span::new(inside.start() + 1, inside.end()))?;
            if !read.is_well_formed {
                self.problem(whole, ProblemKind::MalformedSource);
            }
            Target::Source(read.cites)
        } else {
            if inside.is_empty() {
                self.problem(whole, ProblemKind::EmptyLink);
            }
            let address = target.find(' ').map_or(inside, |space| {
                Span::new(inside.start(), inside.start() + space)
            });
            Target::Url(address)
        };
        self.found.hidden.push(Span::new(at, at + 1));
        self.found.hidden.push(Span::new(close, whole.end()));
        self.push(
            whole,
            InlineKind::Link {
                text: words,
                target,
            },
        );
        self.inside(words, false);
        Some(whole.end())
    }
}

/// Every `[` of a run that has its `]`, in order; escaped ones do not count.
fn brackets(text: &str, run: Span) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if memchr(b'[', run.of(text).as_bytes()).is_none() {
        return pairs;
    }
    let mut open = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in run.of(text).bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'[' => open.push(run.start() + at),
            b']' => pairs.extend(open.pop().map(|open| (open, run.start() + at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

struct Head {
    len: usize,
    is_note: bool,
}

/// What an unclosed bracket looks like: a mark by its first letters.
fn mark_head(rest: &str) -> Option<Head> {
    let plain = |len: usize| {
        Some(Head {
            len,
            is_note: false,
        })
    };
    if rest.starts_with("[^") || rest.starts_with("[@") {
        let next = rest[2..].chars().next();
        return next.filter(|c| c.is_alphanumeric()).and_then(|_| plain(2));
    }
    if rest.starts_with("[TK") || rest.starts_with("[CQ ") || rest.starts_with("[CQ]") {
        return plain(3);
    }
    if rest.starts_with("[STET") {
        return plain(5);
    }
    let name = NOTES
        .iter()
        .find(|name| rest[1..].starts_with(*name) && rest[1 + name.len()..].starts_with(':'))?;
    Some(Head {
        len: name.len() + 2,
        is_note: true,
    })
}

/// What a mark or a link cites.
struct Cites {
    cites: Vec<Cite>,
    /// Whether it is written as the specification has it.
    is_well_formed: bool,
}

/// `id, locator; ^id2`. A comma that is missing, and a space before the id, are forgiven: what was meant is clear, and
/// printed it would tell an id.
fn cites(text: &str, span: Span) -> Option<Cites> {
    let mut found = Vec::new();
    let mut is_well_formed = true;
    let mut at = span.start();
    for (index, part) in span.of(text).split(';').enumerate() {
        let whole = Span::new(at, at + part.len());
        let mut segment = trimmed(text, whole);
        is_well_formed &= index > 0 || segment.start() == whole.start();
        at += part.len() + 1;
        if segment.of(text).starts_with('^') {
            segment = Span::new(segment.start() + 1, segment.end());
        }
        let words = segment.of(text);
        let comma = words.find(',').unwrap_or(words.len());
        let mut length = words[..comma].trim_end().len();
        let mut after = comma + 1;
        if let Some(space) = words[..length].find(char::is_whitespace) {
            (length, after) = (space, space);
            is_well_formed = false;
        }
        let id = Span::new(segment.start(), segment.start() + length);
        if !is_id(id.of(text)) {
            return None;
        }
        let locator = Span::new((segment.start() + after).min(segment.end()), segment.end());
        let locator = trimmed(text, locator);
        found.push(Cite {
            id,
            locator: Some(locator).filter(|locator| !locator.is_empty()),
        });
    }
    Some(Cites {
        cites: found,
        is_well_formed,
    })
}

/// ` MS 2024-07-10 #3f2a: read against the draft`
fn check(text: &str, rest: Span) -> InlineKind {
    let words = rest.of(text);
    let colon = words.find(':').unwrap_or(words.len());
    let note = trimmed(
        text,
        Span::new((rest.start() + colon + 1).min(rest.end()), rest.end()),
    );
    let (mut who, mut date, mut hash) = (None, None, None);
    let mut at = rest.start();
    for part in words[..colon].split(' ') {
        let span = Span::new(at, at + part.len());
        at += part.len() + 1;
        if part.is_empty() {
            continue;
        }
        if let Some(digits) = part.strip_prefix('#') {
            let is_hash = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
            hash = is_hash
                .then(|| Span::new(span.start() + 1, span.end()))
                .or(hash);
        } else if part.starts_with(|c: char| c.is_ascii_digit()) {
            date = Some(span);
        } else {
            who = who.or(Some(span));
        }
    }
    InlineKind::Check {
        who,
        date,
        hash,
        note: Some(note).filter(|note| !note.is_empty()),
    }
}
