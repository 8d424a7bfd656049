//! Word documents, also those of Google Docs: text with its emphasis, footnotes as sources, comments as notes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Format, Imported};
use crate::exchange::article::{Block, BlockKind, Piece, Run};
use crate::exchange::lede::{self, Story};
use crate::exchange::pieces::{join, plain};

/// The format.
pub const FORMAT: Format = Format {
    name: "docx",
    what: "a Word document, also from Google Docs: a draft; footnotes become sources, comments notes",
    extensions: &["docx"],
    read,
};

/// The greatest part that is read, in bytes: what is longer was made to harm.
const MOST: u64 = 64 << 20;

fn read(bytes: &[u8]) -> Result<Imported, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
        "is no Word document (.docx); an old .doc has to be saved as .docx first".to_owned()
    })?;
    let mut part = |name: &str| -> Option<String> {
        let mut text = String::new();
        archive
            .by_name(name)
            .ok()?
            .take(MOST)
            .read_to_string(&mut text)
            .ok()?;
        Some(text)
    };
    let body = part("word/document.xml").ok_or("is a ZIP file without a Word document in it")?;
    let mut taken = BTreeSet::new();
    let mut words = Words {
        links: links(&part("word/_rels/document.xml.rels").unwrap_or_default()),
        comments: notes(&part("word/comments.xml").unwrap_or_default(), "comment"),
        ..Words::default()
    };
    let footnotes = [
        ("word/footnotes.xml", "footnote"),
        ("word/endnotes.xml", "endnote"),
    ];
    for (file, kind) in footnotes {
        for (number, note) in notes(&part(file).unwrap_or_default(), kind) {
            if note.words.is_empty() {
                continue;
            }
            let id = super::id(&note_id(kind, &number), &mut taken);
            words
                .notes
                .insert(note_id(kind, &number), words.story.ids.len());
            words.story.ids.push(id.clone());
            words
                .story
                .records
                .push((id, note.words.replace(['[', ']'], "")));
        }
    }
    words.body(&body).ok_or("holds XML that is not whole")?;
    Ok(Imported {
        told: images_named(&words.story),
        draft: lede::write(&words.story),
    })
}

/// What to say of the images: their names come along, they themselves stay in the document.
fn images_named(story: &Story) -> Vec<String> {
    let images = story.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Image(path, _) => Some(path.as_str()),
        _ => None,
    });
    let images: Vec<&str> = images.collect();
    match images.len() {
        0 => Vec::new(),
        1 => vec![format!("an image is named, not copied: {}", images[0])],
        count => vec![format!(
            "{count} images are named, not copied: {}",
            images.join(", ")
        )],
    }
}

fn note_id(kind: &str, number: &str) -> String {
    match kind {
        "endnote" => format!("e{number}"),
        _ => number.to_owned(),
    }
}

/// A footnote or a comment.
#[derive(Default)]
struct Note {
    who: String,
    words: String,
}

/// The notes of a part by their number.
fn notes(xml: &str, name: &str) -> Vec<(String, Note)> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<(String, Note)> = Vec::new();
    let mut is_text = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == name => {
                let who = attribute(&tag, "initials").or(attribute(&tag, "author"));
                let note = Note {
                    who: who.unwrap_or_default(),
                    words: String::new(),
                };
                found.push((attribute(&tag, "id").unwrap_or_default(), note));
            }
            Event::Start(tag) => is_text = tag.local_name().as_ref() == "t",
            Event::End(tag) => {
                is_text = false;
                if tag.local_name().as_ref() == "p"
                    && let Some(last) = found.last_mut()
                {
                    last.1.words.push(' ');
                }
            }
            Event::Text(words) if is_text => {
                if let Some(last) = found.last_mut() {
                    last.1.words.push_str(&words);
                }
            }
            Event::GeneralRef(reference) if is_text => {
                if let Some(last) = found.last_mut() {
                    last.1.words.extend(letter(&reference));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for (_, note) in &mut found {
        note.words = note.words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    found
}

fn letter(reference: &quick_xml::events::BytesRef) -> Option<char> {
    let named = match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    };
    reference.resolve_char_ref().ok().flatten().or(named)
}

/// Where links lead, and how images are called in the document, by the id of the relation.
fn links(xml: &str) -> BTreeMap<String, String> {
    let mut reader = Reader::from_str(xml);
    let mut found = BTreeMap::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Empty(tag) | Event::Start(tag) => {
                let is_link = attribute(&tag, "Type")
                    .is_some_and(|kind| kind.ends_with("/hyperlink") || kind.ends_with("/image"));
                if let (true, Some(id), Some(target)) =
                    (is_link, attribute(&tag, "Id"), attribute(&tag, "Target"))
                {
                    found.insert(id, target);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|one| one.key.local_name().as_ref() == name)?;
    let value: &str = &found.value;
    let value = quick_xml::escape::unescape(value).ok()?;
    Some(value.into_owned())
}

/// The document while it is read.
#[derive(Default)]
struct Words {
    story: Story,
    links: BTreeMap<String, String>,
    comments: Vec<(String, Note)>,
    notes: BTreeMap<String, usize>,
    pieces: Vec<Piece>,
    run: Run,
    style: String,
    is_item: bool,
    rows: Vec<Vec<Vec<Piece>>>,
    tables: usize,
    /// What the image that is being read is said to show.
    alt: String,
    /// The images of the paragraph: their name, and what they show.
    images: Vec<(String, String)>,
}

impl Words {
    fn body(&mut self, xml: &str) -> Option<()> {
        let mut reader = Reader::from_str(xml);
        let mut is_text = false;
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => {
                    is_text = tag.local_name().as_ref() == "t";
                    self.tag(&tag);
                }
                Event::Empty(tag) => {
                    self.tag(&tag);
                    if tag.local_name().as_ref() == "p" {
                        self.end("p");
                    }
                }
                Event::Text(words) if is_text => self.words(&words),
                Event::GeneralRef(reference) if is_text => {
                    let letter: String = letter(&reference).into_iter().collect();
                    self.words(&letter);
                }
                Event::End(tag) => {
                    is_text = false;
                    let name = tag.local_name();
                    self.end(name.as_ref());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Some(())
    }

    fn tag(&mut self, tag: &BytesStart) {
        let is_off = || {
            attribute(tag, "val").is_some_and(|val| matches!(val.as_str(), "0" | "false" | "none"))
        };
        match tag.local_name().as_ref() {
            "r" => {
                self.run.is_emphasis = false;
                self.run.is_strong = false;
            }
            "b" => self.run.is_strong = !is_off(),
            "i" => self.run.is_emphasis = !is_off(),
            "tab" | "br" | "cr" => self.words(" "),
            "noBreakHyphen" => self.words("-"),
            "pStyle" => self.style = attribute(tag, "val").unwrap_or_default().to_lowercase(),
            "numPr" => self.is_item = true,
            "hyperlink" => {
                let link = attribute(tag, "id").and_then(|id| self.links.get(&id).cloned());
                self.run.link =
                    link.filter(|link| link.contains("://") || link.starts_with("mailto:"));
            }
            "footnoteReference" => self.cite("footnote", tag),
            "endnoteReference" => self.cite("endnote", tag),
            "commentReference" => {
                let id = attribute(tag, "id").unwrap_or_default();
                let comment = self.comments.iter().find(|comment| comment.0 == id);
                if let Some((_, comment)) = comment.filter(|comment| !comment.1.words.is_empty()) {
                    self.pieces.push(Piece::Note(note(comment)));
                }
            }
            "docPr" => self.alt = attribute(tag, "descr").unwrap_or_default(),
            "blip" => {
                let id = attribute(tag, "embed").or_else(|| attribute(tag, "link"));
                if let Some(name) = id.and_then(|id| self.links.get(&id).cloned()) {
                    let alt = std::mem::take(&mut self.alt);
                    self.images.push((name, alt));
                }
            }
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn cite(&mut self, kind: &str, tag: &BytesStart) {
        let id = attribute(tag, "id").unwrap_or_default();
        if let Some(index) = self.notes.get(&note_id(kind, &id)) {
            self.pieces.push(Piece::Cite(vec![(*index, None)]));
        }
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let run = Run {
            text: words.to_owned(),
            ..self.run.clone()
        };
        join(&mut self.pieces, run);
    }

    fn end(&mut self, name: &str) {
        match name {
            "hyperlink" => self.run.link = None,
            "p" if self.tables > 0 => self.words(" "),
            "tc" if self.tables == 1 => {
                let words = std::mem::take(&mut self.pieces);
                if let Some(row) = self.rows.last_mut() {
                    row.push(words);
                }
            }
            "tbl" => {
                self.tables -= 1;
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    self.push(BlockKind::Table(rows), Vec::new());
                    self.style.clear();
                }
            }
            "p" => self.paragraph(),
            _ => {}
        }
    }

    /// A paragraph, and behind it the images that stand in it.
    fn paragraph(&mut self) {
        self.block();
        for (name, alt) in std::mem::take(&mut self.images) {
            let caption = Run {
                text: alt.split_whitespace().collect::<Vec<_>>().join(" "),
                ..Run::default()
            };
            self.push(BlockKind::Image(name, None), vec![Piece::Run(caption)]);
        }
    }

    fn block(&mut self) {
        let mut words = std::mem::take(&mut self.pieces);
        let style = std::mem::take(&mut self.style);
        let is_item = std::mem::take(&mut self.is_item) || style.starts_with("list");
        if plain(&words).trim().is_empty()
            && words.iter().all(|piece| matches!(piece, Piece::Run(_)))
        {
            return;
        }
        let has = |key: &str, story: &Story| story.header.iter().any(|field| field.0 == key);
        let is_top = self.story.blocks.is_empty();
        match style.as_str() {
            "title" | "heading1" if is_top && !has("Headline", &self.story) => {
                self.story
                    .header
                    .push(("Headline".to_owned(), plain(&words)));
            }
            "subtitle" if is_top => self.story.header.push(("Deck".to_owned(), plain(&words))),
            "byline" if is_top => {
                let by = plain(&words);
                let by = by
                    .trim()
                    .strip_prefix("By ")
                    .unwrap_or(by.trim())
                    .to_owned();
                self.story.header.push(("By".to_owned(), by));
            }
            "caption" => {
                if let Some(name) = image_named(&mut words) {
                    return self.push(BlockKind::Image(name, None), words);
                }
                match self.story.blocks.last_mut() {
                    // The line below an image says more than what it is said to show.
                    Some(last) if matches!(last.kind, BlockKind::Image(..)) => {
                        last.items = vec![words];
                    }
                    _ => self.push(BlockKind::Paragraph, words),
                }
            }
            _ if style == "title" || style.starts_with("heading") => {
                self.push(BlockKind::Subhead, words)
            }
            "quote" => self.quote(BlockKind::BlockQuote(None), words),
            "intensequote" => self.quote(BlockKind::PullQuote(None), words),
            _ if is_item => match self.story.blocks.last_mut() {
                Some(last) if last.kind == BlockKind::List => last.items.push(words),
                _ => self.push(BlockKind::List, words),
            },
            _ => self.push(BlockKind::Paragraph, words),
        }
    }

    /// A paragraph of a quotation; one that opens with a dash says who is quoted above.
    fn quote(&mut self, kind: BlockKind, words: Vec<Piece>) {
        let text = plain(&words);
        let name = text.trim().strip_prefix("— ").map(str::to_owned);
        if let Some(last) = self.story.blocks.last_mut() {
            match (&mut last.kind, name) {
                (BlockKind::BlockQuote(credit) | BlockKind::PullQuote(credit), Some(name))
                    if credit.is_none() =>
                {
                    *credit = Some(name);
                    return;
                }
                _ => {}
            }
        }
        self.push(kind, words);
    }

    fn push(&mut self, kind: BlockKind, words: Vec<Piece>) {
        self.story.blocks.push(Block {
            kind,
            items: vec![words],
            number: None,
        });
    }
}

/// The name of an image before its caption, as an export of ours has it: `[pier.jpg] The pier on Monday`.
fn image_named(caption: &mut [Piece]) -> Option<String> {
    let Some(Piece::Run(first)) = caption.first_mut() else {
        return None;
    };
    let (name, rest) = first.text.strip_prefix('[')?.split_once("] ")?;
    let is_name = !name.contains(['[', ']']) && name.contains('.');
    let (name, rest) = (name.to_owned(), rest.trim_start().to_owned());
    is_name.then(|| {
        first.text = rest;
        name
    })
}

/// What a comment says, by whom: a name that drafts know stands first, other initials come with the words.
fn note(note: &Note) -> String {
    const KNOWN: &[&str] = &[
        "ED", "EDS", "DESK", "LEGAL", "NOTE", "PHOTO", "COPY", "FC", "CHECK",
    ];
    let words = note.words.as_str();
    match note.who.as_str() {
        "CQ" | "STET" | "TK" => words.to_owned(),
        who if KNOWN.contains(&who) => format!("{who}: {words}"),
        "" => format!("NOTE: {words}"),
        who => format!("NOTE: {who}: {words}"),
    }
}
