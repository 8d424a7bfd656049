//! Markdown: a story written elsewhere becomes a draft, footnotes and all.

mod held;
mod metadata;
mod settle;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use self::held::{Held, hold};
use self::metadata::metadata;
use self::settle::{record, settled};
use super::Format;
use crate::exchange::article::{Block, BlockKind, Piece};
use crate::exchange::lede::{self, Story};
use crate::exchange::pieces::plain;
use crate::text::order;

/// The format.
pub const FORMAT: Format = Format {
    name: "markdown",
    what: "Markdown with footnotes (GitHub, pandoc, CriticMarkup): a draft",
    extensions: &["md", "markdown"],
    read: |bytes| Ok(draft(&super::text(bytes)?).into()),
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
            Tag::CodeBlock(_) => self.open.push(Place::Block(BlockKind::Paragraph)),
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
        order::by_key(&mut self.story.header, |field| {
            !known.contains(&field.0.to_lowercase().as_str())
        });
        self.story
    }
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
