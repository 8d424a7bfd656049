//! Cuts a file into blocks: blank lines, first lines, and the few states that a block must be told.

use super::block::{Context, is_item};
use super::comment::Comments;
use super::header::header_lines;
use super::line::{
    Line, begins_as_copy, ends_sentence, is_blank, is_definition, is_end_mark, is_indented, lines,
};
use super::tree::Zone;

/// A block's place and what it must be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Where in the draft it stands.
    pub zone: Zone,
    /// What it must be told.
    pub context: Context,
    /// In what state the cutter came to it, if a run of lines was cut from here on.
    pub entry: Option<Entry>,
}

/// All that the cutter knows of what it has cut so far, comments aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    zone: Zone,
    has_body: bool,
}

/// The blocks of a text, end to end, and its comments.
pub fn cuts(text: &str) -> (Vec<Cut>, Comments) {
    let lines = lines(text);
    let comments = Comments::of(text);
    let mut cutter = Cutter {
        text,
        lines: &lines,
        comments: &comments,
        cuts: Vec::new(),
        zone: Zone::Copy,
        has_body: false,
        entry: None,
    };
    cutter.run();
    let cuts = cutter.cuts;
    (cuts, comments)
}

/// The blocks of a piece of a text without comments, which the cutter enters as `entry` says, up to the first run of
/// lines at which `is_known` says that what follows is known; and the byte where that is. Past the last line that the
/// piece holds nothing is known, because a line more might belong to the block.
pub fn cuts_from(
    piece: &str,
    entry: Entry,
    is_known: impl Fn(usize, Entry) -> bool,
) -> (Vec<Cut>, usize) {
    let lines = lines(piece);
    let mut cutter = Cutter {
        text: piece,
        lines: &lines,
        comments: &Comments::default(),
        cuts: Vec::new(),
        zone: entry.zone,
        has_body: entry.has_body,
        entry: None,
    };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let start = line.content.start();
        let entry = Entry {
            zone: cutter.zone,
            has_body: cutter.has_body,
        };
        if is_known(start, entry) {
            return (cutter.cuts, start);
        }
        at = cutter.block(at);
    }
    (cutter.cuts, piece.len())
}

struct Cutter<'a> {
    text: &'a str,
    lines: &'a [Line],
    comments: &'a Comments,
    cuts: Vec<Cut>,
    zone: Zone,
    /// Whether a paragraph of body copy has been seen: after it, NOTES and STORY are words like any other.
    has_body: bool,
    /// The state in which a run of lines was entered, until its first block is cut.
    entry: Option<Entry>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let first = (0..self.lines.len()).find(|&index| !is_blank(self.line(index)));
        let Some(first) = first else {
            if !self.text.is_empty() {
                self.push(0, self.lines.len(), Context::default());
            }
            return;
        };
        if first > 0 {
            self.push(0, first, Context::default());
            at = first;
        }
        if let Some(count) = header_lines(self.text, self.lines, first) {
            let end = self.with_blanks(first + count);
            self.zone = Zone::Header;
            self.push(
                first,
                end,
                Context {
                    is_header: true,
                    ..Context::default()
                },
            );
            self.zone = Zone::Copy;
            at = end;
        }
        while at < self.lines.len() {
            at = self.block(at);
        }
    }

    fn line(&self, index: usize) -> &str {
        self.lines[index]
            .content
            .of(self.text)
            .trim_start_matches('\u{feff}')
    }

    /// The line after the blank ones that follow line `end`.
    fn with_blanks(&self, end: usize) -> usize {
        (end..self.lines.len())
            .find(|&index| !is_blank(self.line(index)))
            .unwrap_or(self.lines.len())
    }

    fn push(&mut self, first: usize, end: usize, context: Context) {
        let start = self.lines.get(first).map_or(0, |line| line.content.start());
        let end = self.lines[end - 1].end;
        let starts_in_comment = self.comments.is_inside(start);
        let context = Context {
            starts_in_comment,
            closes_later: self.comments.closes_after(end),
            is_back: self.zone == Zone::Back,
            ..context
        };
        let all_comment = starts_in_comment && {
            let last = start + self.text[start..end].trim_end().len();
            self.comments.is_inside(last.saturating_sub(1)) && self.comments.closes_after(last)
        };
        let zone = if all_comment {
            Zone::Comment
        } else {
            self.zone
        };
        self.cuts.push(Cut {
            start,
            end,
            zone,
            context,
            entry: self.entry.take(),
        });
    }

    /// Reads the block or the run of blocks that begins at the line `first`; gives the line after it.
    fn block(&mut self, first: usize) -> usize {
        self.entry = Some(Entry {
            zone: self.zone,
            has_body: self.has_body,
        });
        let line = self.line(first);
        let in_comment = self.comments.is_inside(self.lines[first].content.start());
        let may_be_sign = !in_comment && !begins_as_copy(line);
        if may_be_sign && is_end_mark(line) {
            let end = self.with_blanks(first + 1);
            self.push(first, end, Context::default());
            self.zone = Zone::Back;
            return end;
        }
        if may_be_sign && is_definition(line) {
            let mut end = first + 1;
            while end < self.lines.len()
                && self.line(end).starts_with([' ', '\t'])
                && !is_blank(self.line(end))
            {
                end += 1;
            }
            let end = self.with_blanks(end);
            self.push(first, end, Context::default());
            return end;
        }
        if !in_comment && self.is_notes_mark(first) {
            self.take_notes_mark(first);
            return self.with_blanks(first + 1);
        }
        let end = self.group_end(first);
        let is_plain = self.is_plain(first);
        if is_plain
            && !in_comment
            && self.zone != Zone::Back
            && one_line_a_paragraph(self.text, &self.lines[first..end])
        {
            for index in first..end {
                let last = if index + 1 == end {
                    self.with_blanks(end)
                } else {
                    index + 1
                };
                self.push(index, last, Context::default());
                self.note_body(index, index + 1);
            }
        } else {
            let last = self.with_blanks(end);
            self.push(first, last, Context::default());
            if is_plain {
                self.note_body(first, end);
            }
        }
        self.with_blanks(end)
    }

    /// Whether a line opens scratch (`NOTES`, before the first body paragraph) or closes it (`STORY`).
    fn is_notes_mark(&self, index: usize) -> bool {
        let is = |word: &str| self.line(index).trim().trim_end_matches(':') == word;
        match self.zone {
            Zone::Copy => !self.has_body && is("NOTES"),
            Zone::Notes => is("STORY"),
            Zone::Header | Zone::Comment | Zone::Back => false,
        }
    }

    fn take_notes_mark(&mut self, first: usize) {
        let last = self.with_blanks(first + 1);
        self.push(first, last, Context::default());
        self.zone = match self.zone {
            Zone::Notes => Zone::Copy,
            _ => Zone::Notes,
        };
    }

    fn note_body(&mut self, first: usize, end: usize) {
        if self.has_body || self.zone != Zone::Copy {
            return;
        }
        let mut words = (first..end).flat_map(|index| self.line(index).split_whitespace());
        self.has_body = ends_sentence(self.line(end - 1)) && words.nth(5).is_some();
    }

    /// Whether a line begins a paragraph rather than a block with a sign.
    fn is_plain(&self, index: usize) -> bool {
        let line = self.line(index).trim_start();
        begins_as_copy(line)
            || !(line.starts_with("# ")
                || line.starts_with("##")
                || line.starts_with('>')
                || is_item(line)
                || line.starts_with('|')
                || line.starts_with("![")
                || line.starts_with("<!--"))
    }

    /// The line after the last of the block that begins at `first`, blank lines aside.
    fn group_end(&self, first: usize) -> usize {
        let opener = self.line(first).trim_start();
        let is_copy = begins_as_copy(opener);
        let single = !is_copy
            && (opener.starts_with("# ")
                || opener.starts_with("## ")
                || opener.starts_with("###")
                || opener.starts_with("!["));
        let sign = [">>", ">", "|"]
            .into_iter()
            .find(|sign| !is_copy && opener.starts_with(sign));
        let is_list = !is_copy && is_item(opener);
        let mut end = first + 1;
        while end < self.lines.len() {
            let line = self.line(end);
            if is_blank(line) {
                break;
            }
            let in_comment = self.comments.is_inside(self.lines[end].content.start());
            if !in_comment {
                let is_sign = !begins_as_copy(line)
                    && (is_end_mark(line) || is_definition(line) || line.starts_with("<!--"));
                let goes_on = match sign {
                    Some(sign) => line.starts_with(sign),
                    None if is_list => is_item(line) || is_indented(line),
                    None => {
                        let opens_by_indent = is_indented(line) && !is_indented(self.line(end - 1));
                        !single && !opens_by_indent
                    }
                };
                if is_sign || !goes_on || self.is_notes_mark(end) {
                    break;
                }
            }
            end += 1;
        }
        end
    }
}

/// Whether each line of a run is a paragraph of its own: three or more, of which half are long or nearly all end a sentence.
fn one_line_a_paragraph(text: &str, run: &[Line]) -> bool {
    if run.len() < 3 {
        return false;
    }
    let long = run
        .iter()
        .filter(|line| line.content.of(text).chars().nth(80).is_some())
        .count();
    let ending = run
        .iter()
        .filter(|line| ends_sentence(line.content.of(text)))
        .count();
    long * 2 >= run.len() || ending * 10 >= run.len() * 9
}
