//! Markdown: a story written elsewhere becomes a draft, footnotes and all.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Format;
use crate::exchange::article::{Block, BlockKind, Piece, Run};
use crate::exchange::lede::{self, Story};
use crate::exchange::pieces::plain;

/// The format.
pub const FORMAT: Format = Format {
    name: "markdown",
    what: "Markdown with footnotes (GitHub, pandoc, CriticMarkup): a draft",
    extensions: &["md", "markdown"],
    read: |bytes| Ok(draft(&super::text(bytes)?)),
};

/// The draft of a Markdown text.
pub fn draft(text: &str) -> String {
    let (text, held) = hold(text);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::new(held);
    for event in Parser::new_ext(&text, options) {
        reader.take(event);
    }
    lede::write(&reader.finish())
}

/// What is taken out before Markdown is read.
#[derive(Clone)]
enum Held {
    /// A note or a comment.
    Piece(Piece),
    /// The keys between `[@` and `]`.
    Keys(String),
}

/// Takes out what Markdown itself does not know, before it is read: notes of CriticMarkup `{>>…<<}`, citations of
/// pandoc `[@key, p. 3]`; and comments, which would take words behind them along. A sign that no text has stands in
/// their place.
fn hold(text: &str) -> (String, Vec<Held>) {
    let mut out = String::with_capacity(text.len());
    let mut held = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '{' => rest.strip_prefix("{>>").and_then(|inner| {
                let end = inner.find("<<}")?;
                let note = Piece::Note(inner[..end].replace("\\|", "|"));
                Some((Held::Piece(note), 3 + end + 3))
            }),
            '<' => rest.strip_prefix("<!--").and_then(|inner| {
                let end = 4 + inner.find("-->")? + 3;
                Some((Held::Piece(Piece::Comment(rest[..end].to_owned())), end))
            }),
            '[' => citation(rest),
            _ => None,
        };
        // A sign after a backslash is a sign.
        let found = found.filter(|_| !out.ends_with('\\'));
        match found {
            Some((piece, length)) => {
                out.push_str(&format!("{OPEN}{}{CLOSE}", held.len()));
                held.push(piece);
                rest = &rest[length..];
            }
            None => {
                if c != OPEN && c != CLOSE {
                    out.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    (out, held)
}

const OPEN: char = '\u{f0000}';
const CLOSE: char = '\u{f0001}';

/// `[@key, p. 3]`, `[@key; @other]`: a note of what is cited; the reader makes a citation of it.
fn citation(rest: &str) -> Option<(Held, usize)> {
    let inner = rest.strip_prefix("[@")?;
    let end = inner.find(']')?;
    let words = &inner[..end];
    let is_key = words.starts_with(char::is_alphanumeric) && !words.contains(['\n', '[', '(']);
    (is_key && !inner[end + 1..].starts_with('(')).then(|| (Held::Keys(words.to_owned()), end + 3))
}

/// What is being read.
enum Place {
    Block(BlockKind),
    Cell,
    Footnote(String),
    Metadata,
    Html,
}

struct Reader {
    story: Story,
    held: Vec<Held>,
    open: Vec<Place>,
    pieces: Vec<Piece>,
    items: Vec<Vec<Piece>>,
    rows: Vec<Vec<Vec<Piece>>>,
    quotes: usize,
    numbers: Vec<Option<u64>>,
    emphasis: usize,
    strong: usize,
    links: Vec<String>,
    image: Option<(String, String)>,
    text: String,
    labels: BTreeMap<String, usize>,
    taken: BTreeSet<String>,
    footnotes: Vec<(String, String)>,
}

impl Reader {
    fn new(held: Vec<Held>) -> Reader {
        Reader {
            story: Story::default(),
            held,
            open: Vec::new(),
            pieces: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            quotes: 0,
            numbers: Vec::new(),
            emphasis: 0,
            strong: 0,
            links: Vec::new(),
            image: None,
            text: String::new(),
            labels: BTreeMap::new(),
            taken: BTreeSet::new(),
            footnotes: Vec::new(),
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match self.open.last() {
                Some(Place::Metadata) => self.text.push_str(&words),
                Some(Place::Html) => self.text.push_str(&words),
                _ => self.words(&words),
            },
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words)
            }
            Event::SoftBreak if matches!(self.open.last(), Some(Place::Footnote(_))) => {
                self.words("\n")
            }
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::FootnoteReference(label) => {
                let index = self.index(&label);
                self.pieces.push(Piece::Cite(vec![(index, None)]));
            }
            Event::Html(html) => self.text.push_str(&html),
            Event::InlineHtml(html) => {
                if html.starts_with("<!--") && html.ends_with("-->") {
                    self.pieces.push(Piece::Comment(html.into_string()));
                }
            }
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph if self.open.is_empty() => {
                self.open.push(Place::Block(BlockKind::Paragraph))
            }
            Tag::Heading { .. } => self.open.push(Place::Block(BlockKind::Subhead)),
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                if self.quotes == 1 {
                    self.open.push(Place::Block(BlockKind::BlockQuote(None)));
                }
            }
            Tag::List(first) => {
                // A list in an item: what stands before it is an item of its own.
                self.close_item();
                if self.numbers.is_empty() && self.quotes == 0 {
                    self.open.push(Place::Block(BlockKind::List));
                }
                self.numbers.push(first);
            }
            Tag::Item => {
                if let Some(Some(number)) = self.numbers.last_mut() {
                    let words = format!("{number}. ");
                    *number += 1;
                    self.words(&words);
                }
            }
            Tag::CodeBlock(kind) => {
                let is_indented = matches!(kind, CodeBlockKind::Indented);
                let _ = is_indented;
                self.open.push(Place::Block(BlockKind::Paragraph));
            }
            Tag::HtmlBlock => self.open.push(Place::Html),
            Tag::FootnoteDefinition(label) => self.open.push(Place::Footnote(label.into_string())),
            Tag::Table(_) => self.open.push(Place::Block(BlockKind::Table(Vec::new()))),
            Tag::TableRow | Tag::TableHead => self.rows.push(Vec::new()),
            Tag::TableCell => self.open.push(Place::Cell),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => self.links.push(dest_url.into_string()),
            Tag::Image {
                dest_url, title, ..
            } => {
                self.image = Some((dest_url.into_string(), title.into_string()));
            }
            Tag::MetadataBlock(_) => self.open.push(Place::Metadata),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => {
                self.open.pop();
                let words = std::mem::take(&mut self.pieces);
                let has_headline = self.story.header.iter().any(|field| field.0 == "Headline");
                let is_first =
                    level == HeadingLevel::H1 && !has_headline && self.story.blocks.is_empty();
                match is_first {
                    true => self
                        .story
                        .header
                        .push(("Headline".to_owned(), plain(&words))),
                    false => self.push(BlockKind::Subhead, vec![words]),
                }
            }
            TagEnd::BlockQuote(_) => {
                self.quotes -= 1;
                if self.quotes == 1 {
                    // A quotation in a quotation is a pull quote.
                    if let Some(Place::Block(kind)) = self.open.last_mut() {
                        *kind = BlockKind::PullQuote(None);
                    }
                } else if self.quotes == 0 {
                    self.close_item();
                    let items = std::mem::take(&mut self.items);
                    if let Some(Place::Block(kind)) = self.open.pop() {
                        self.push(kind, items);
                    }
                }
            }
            TagEnd::Item => self.close_item(),
            TagEnd::List(_) => {
                self.numbers.pop();
                if self.numbers.is_empty() && self.quotes == 0 {
                    self.open.pop();
                    let items = std::mem::take(&mut self.items);
                    self.push(BlockKind::List, items);
                }
            }
            TagEnd::CodeBlock => {
                self.open.pop();
                let words = std::mem::take(&mut self.pieces);
                self.push(BlockKind::Paragraph, vec![words]);
            }
            TagEnd::HtmlBlock => {
                self.open.pop();
                let html = std::mem::take(&mut self.text);
                let html = html.trim();
                if html.starts_with("<!--") {
                    // Opened and never closed: what was hidden stays hidden.
                    let comment = format!("{html} -->");
                    self.push(BlockKind::Comment(comment), Vec::new());
                } else {
                    self.words(&without_tags(html));
                    let words = std::mem::take(&mut self.pieces);
                    self.push(BlockKind::Paragraph, vec![words]);
                }
            }
            TagEnd::FootnoteDefinition => {
                if let Some(Place::Footnote(label)) = self.open.pop() {
                    let words = plain(&std::mem::take(&mut self.pieces));
                    self.footnotes.push((label, words));
                }
            }
            TagEnd::TableCell => {
                self.open.pop();
                let words = std::mem::take(&mut self.pieces);
                if let Some(row) = self.rows.last_mut() {
                    row.push(words);
                }
            }
            TagEnd::Table => {
                self.open.pop();
                let rows = std::mem::take(&mut self.rows);
                self.push(BlockKind::Table(rows), vec![Vec::new()]);
            }
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::Image => self.end_image(),
            TagEnd::MetadataBlock(_) => {
                self.open.pop();
                let lines = std::mem::take(&mut self.text);
                self.story.header.extend(metadata(&lines));
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        match self.open.last() {
            Some(Place::Footnote(_)) => {
                self.words("\n");
                return;
            }
            Some(Place::Block(BlockKind::BlockQuote(_) | BlockKind::PullQuote(_))) => {
                self.close_item();
                return;
            }
            Some(Place::Block(BlockKind::Paragraph)) => {}
            // A paragraph of an item.
            _ => {
                self.words(" ");
                return;
            }
        }
        self.open.pop();
        let words = std::mem::take(&mut self.pieces);
        self.push(BlockKind::Paragraph, vec![words]);
    }

    /// An image that stands alone is a block; one in a line leaves its words.
    fn end_image(&mut self) {
        let Some((path, credit)) = self.image.take() else {
            return;
        };
        let is_alone = matches!(self.open.as_slice(), [Place::Block(BlockKind::Paragraph)]);
        if is_alone {
            let caption = std::mem::take(&mut self.pieces);
            let credit = Some(credit).filter(|credit| !credit.is_empty());
            self.push(BlockKind::Image(path, credit), vec![caption]);
        }
    }

    fn close_item(&mut self) {
        let words = std::mem::take(&mut self.pieces);
        if !plain(&words).trim().is_empty()
            || words.iter().any(|piece| !matches!(piece, Piece::Run(_)))
        {
            self.items.push(words);
        }
    }

    fn push(&mut self, kind: BlockKind, items: Vec<Vec<Piece>>) {
        // Marks behind an image belong to it.
        let is_marks = |items: &[Vec<Piece>]| {
            let pieces = || items.iter().flatten();
            pieces().next().is_some()
                && pieces().all(|piece| matches!(piece, Piece::Cite(_) | Piece::Note(_)))
        };
        if kind == BlockKind::Paragraph
            && is_marks(&items)
            && let Some(last) = self.story.blocks.last_mut()
            && matches!(last.kind, BlockKind::Image(..))
        {
            last.items[0].extend(items.into_iter().flatten());
            return;
        }
        let is_comment = |piece: &Piece| matches!(piece, Piece::Comment(_));
        let is_hidden = items.iter().flatten().all(is_comment);
        if kind == BlockKind::Paragraph && is_hidden {
            for piece in items.into_iter().flatten() {
                if let Piece::Comment(comment) = piece {
                    self.push(BlockKind::Comment(comment), Vec::new());
                }
            }
            return;
        }
        self.story.blocks.push(Block {
            kind,
            items,
            number: None,
        });
    }

    /// Words, with what was held out of them put back.
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(at) = rest.find(OPEN) {
            self.run(&rest[..at]);
            rest = &rest[at + OPEN.len_utf8()..];
            let Some(end) = rest.find(CLOSE) else { break };
            let held = rest[..end]
                .parse::<usize>()
                .ok()
                .and_then(|at| self.held.get(at))
                .cloned();
            rest = &rest[end + CLOSE.len_utf8()..];
            match held {
                Some(Held::Keys(keys)) => self.cite(&keys),
                Some(Held::Piece(piece)) => self.pieces.push(piece),
                None => {}
            }
        }
        self.run(rest);
    }

    fn run(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let run = Run {
            text: words.to_owned(),
            is_emphasis: self.emphasis > 0,
            is_strong: self.strong > 0,
            link: self.links.last().cloned(),
            ..Run::default()
        };
        match self.pieces.last_mut() {
            Some(Piece::Run(last))
                if (last.is_emphasis, last.is_strong, &last.link)
                    == (run.is_emphasis, run.is_strong, &run.link) =>
            {
                last.text.push_str(&run.text);
            }
            _ => self.pieces.push(Piece::Run(run)),
        }
    }

    /// `key, p. 3; @other`
    fn cite(&mut self, keys: &str) {
        let each = keys.split(';').map(|one| {
            let (key, place) = one.split_once(',').unwrap_or((one, ""));
            (
                key.trim().trim_start_matches('@').to_owned(),
                place.trim().to_owned(),
            )
        });
        let each: Vec<(String, String)> = each.filter(|one| !one.0.is_empty()).collect();
        let cites = each.into_iter().map(|(key, place)| {
            let index = self.index(&key);
            (index, Some(place).filter(|place| !place.is_empty()))
        });
        let cites = cites.collect();
        self.pieces.push(Piece::Cite(cites));
    }

    /// The place of a label among the ids.
    fn index(&mut self, label: &str) -> usize {
        if let Some(index) = self.labels.get(label) {
            return *index;
        }
        let id = super::id(label, &mut self.taken);
        self.story.ids.push(id);
        let index = self.story.ids.len() - 1;
        self.labels.insert(label.to_owned(), index);
        index
    }

    /// The story: further places in one record, which have footnotes of their own, are citations of it.
    fn finish(mut self) -> Story {
        let mut moved: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        let footnotes = std::mem::take(&mut self.footnotes);
        let mut written: Vec<(String, String)> = Vec::new();
        for (label, words) in &footnotes {
            let (what, place) = match words.rfind("locator: ") {
                Some(at) => (words[..at].trim(), words[at + "locator: ".len()..].trim()),
                None => (words.trim(), ""),
            };
            let what = record(what);
            let base = label.trim_end_matches('-');
            let base = base.rsplit_once("--").filter(|(_, number)| {
                !place.is_empty()
                    && !number.is_empty()
                    && number.chars().all(|c| c.is_ascii_digit())
            });
            let name = base.map_or(label.as_str(), |base| base.0);
            let own = self.index(label);
            let index = if name == label { own } else { self.index(name) };
            if index != own {
                moved.insert(own, (index, place.to_owned()));
            }
            let id = self.story.ids[index].clone();
            if !written.iter().any(|one| one.0 == id) {
                written.push((id, what));
            }
        }
        let blocks = std::mem::take(&mut self.story.blocks);
        self.story.blocks = blocks
            .into_iter()
            .map(|block| settled(block, &moved))
            .collect();
        self.story.records = written;
        let known = [
            "slug", "headline", "by", "date", "deck", "status", "desk", "lang",
        ];
        self.story
            .header
            .sort_by_key(|field| !known.contains(&field.0.to_lowercase().as_str()));
        self.story
    }
}

/// A record's words: lines stay lines, so that a semicolon in a field is none between fields.
fn record(words: &str) -> String {
    let lines = words
        .lines()
        .map(|line| line.trim().trim_end_matches(';').trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let is_field = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        line.contains(':')
            && !key.is_empty()
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let is_ours = lines.len() > 1 && lines[1..].iter().all(|line| is_field(line));
    let words = match is_ours {
        true => lines.join("\n    "),
        false => lines.join(" "),
    };
    if words.is_empty() {
        "not described".to_owned()
    } else {
        words
    }
}

/// A block whose citations of further places are citations of the record; a quotation whose last line is its credit.
fn settled(mut block: Block, moved: &BTreeMap<usize, (usize, String)>) -> Block {
    let settle = |pieces: &mut Vec<Piece>| {
        for piece in pieces.iter_mut() {
            let Piece::Cite(cites) = piece else { continue };
            for cite in cites.iter_mut() {
                if let Some((index, place)) = moved.get(&cite.0) {
                    *cite = (*index, Some(place.clone()));
                }
            }
        }
        // Marks side by side are one mark.
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces.drain(..) {
            match (joined.last_mut(), piece) {
                (Some(Piece::Cite(last)), Piece::Cite(cites)) => last.extend(cites),
                (_, piece) => joined.push(piece),
            }
        }
        *pieces = joined;
    };
    block.items.iter_mut().for_each(settle);
    if let BlockKind::Table(rows) = &mut block.kind {
        rows.iter_mut().flatten().for_each(settle);
    }
    if let BlockKind::BlockQuote(credit) | BlockKind::PullQuote(credit) = &mut block.kind {
        let last = block
            .items
            .last()
            .map(|item| plain(item))
            .unwrap_or_default();
        let name = last
            .trim()
            .strip_prefix("— ")
            .or(last.trim().strip_prefix("-- "));
        if let Some(name) = name.filter(|_| block.items.len() > 1) {
            *credit = Some(name.to_owned());
            let taken = block.items.pop().expect("it has two at least");
            let marks = taken
                .into_iter()
                .filter(|piece| !matches!(piece, Piece::Run(_)));
            block.items.last_mut().expect("one is left").extend(marks);
        }
    }
    block
}

/// The fields of a block of metadata: keys and words, lists joined by commas.
fn metadata(lines: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.lines() {
        if let Some(item) = line.trim().strip_prefix("- ")
            && let Some(last) = fields.last_mut()
        {
            let comma = if last.1.is_empty() { "" } else { ", " };
            last.1.push_str(&format!("{comma}{}", unquoted(item)));
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let key = key.trim();
        let is_key = key.starts_with(char::is_alphabetic)
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_key || line.starts_with(' ') {
            continue;
        }
        let value = value.trim();
        let value = match value
            .strip_prefix('[')
            .and_then(|value| value.strip_suffix(']'))
        {
            Some(list) => list.split(',').map(unquoted).collect::<Vec<_>>().join(", "),
            None => unquoted(value),
        };
        let key = match key.to_lowercase().as_str() {
            "title" | "headline" => "Headline".to_owned(),
            "subtitle" => "Deck".to_owned(),
            "author" | "authors" | "byline" => "By".to_owned(),
            "keywords" => "Tags".to_owned(),
            _ => {
                let mut letters = key.chars();
                letters.next().map_or(String::new(), |first| {
                    first.to_uppercase().chain(letters).collect()
                })
            }
        };
        fields.push((key, value));
    }
    fields
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
    {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    let inner = value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''));
    inner.map_or(value.to_owned(), |inner| inner.replace("''", "'"))
}

/// The words of HTML.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
