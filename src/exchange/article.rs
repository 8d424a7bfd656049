//! A story as it may go out: the one gate between a draft and every format. What is not in it, no format can print.

mod blocks;

use super::head::Head;
use super::pieces;
use super::record::{self, Record};
use crate::draft::Draft;
use crate::ledger::discretion::Discretion;
use crate::ledger::{self, Level, Row};
use crate::notes::Records;
use crate::story::outline::Label;
use crate::story::{Confidence, Place, SpeakerKind};
use crate::syntax::strip;
use crate::text::Text;
use crate::text::span::Span;

/// A story as it may go out.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Headline, byline, dates.
    pub head: Head,
    /// The copy in order.
    pub blocks: Vec<Block>,
    /// The records that may be shown, in the draft's order.
    pub records: Vec<Record>,
    /// The rows of the ledger that have a place in the copy; runs point at them.
    pub rests: Vec<Rests>,
    /// Who is named in the copy.
    pub named: Vec<Named>,
    /// Who was asked and did not answer, where records may be shown.
    pub silent: Vec<String>,
    /// The story as it is filed.
    pub copy: String,
    /// What stays behind, in words.
    pub left_out: Vec<String>,
}

/// A block of copy.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words: one list of pieces, but for lists (one an item).
    pub items: Vec<Vec<Piece>>,
    /// The number of its paragraph, for what is body.
    pub number: Option<usize>,
}

impl Block {
    /// All pieces of it, those in cells too.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        let cells = match &self.kind {
            BlockKind::Table(rows) => rows.as_slice(),
            _ => &[],
        };
        let cells = cells.iter().flatten().flatten();
        self.items.iter().flatten().chain(cells)
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// Body copy.
    Paragraph,
    /// A subhead.
    Subhead,
    /// A list; an item each.
    List,
    /// A table; its rows, each with its cells.
    Table(Vec<Vec<Vec<Piece>>>),
    /// Words set apart, and who is named below them.
    BlockQuote(Option<String>),
    /// The story's own words shown large.
    PullQuote(Option<String>),
    /// An image with its caption: path and credit.
    Image(String, Option<String>),
    /// A correction, an update; its date.
    Correction(Option<jiff::civil::Date>),
    /// “With assistance from”.
    Credit,
    /// A copyright line.
    Rights,
    /// A comment between blocks; at the full level only.
    Comment(String),
}

/// A piece of copy, or what stands between two.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words that print.
    Run(Run),
    /// Records cited here: index into [`Article::records`], and the place in them.
    Cite(Vec<(usize, Option<String>)>),
    /// A note to the desk, a check, a TK: what stands between the brackets.
    Note(String),
    /// A comment, with its signs.
    Comment(String),
}

/// Words that print, alike in all that is told of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The words; white space is single spaces.
    pub text: String,
    /// `*…*`
    pub is_emphasis: bool,
    /// `**…**`
    pub is_strong: bool,
    /// Where a link leads.
    pub link: Option<String>,
    /// Index into [`Article::rests`].
    pub rests: Option<usize>,
    /// Whether it stands between quotation marks of somebody (they included).
    pub is_quoted: bool,
}

/// On what a stretch of copy rests.
#[derive(Clone, Debug, PartialEq)]
pub struct Rests {
    /// What it is.
    pub kind: ledger::Kind,
    /// Its words.
    pub words: String,
    /// Who says it, as they may be called.
    pub speaker: Option<Voice>,
    /// The records it rests on: index into [`Article::records`], and the place in them.
    pub records: Vec<(usize, Option<String>)>,
    /// Records that are cited and not declared.
    pub undeclared: Vec<String>,
    /// Who checked it and when; none at the public level.
    pub checked: Option<String>,
    /// Whether the words are others than those that were checked.
    pub is_changed: bool,
    /// How many notes and TK stand in it; 0 at the public level.
    pub open_notes: usize,
}

/// Who says something.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The name.
    pub name: String,
    /// What they are; people without a name where only the words of the copy may be told.
    pub kind: SpeakerKind,
    /// Whether the binding is sure enough to be told without “probably”.
    pub is_sure: bool,
}

/// Somebody or something named in the copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
}

impl Article {
    /// The story of a draft, for those who may see a level; else the comment or mark that is opened and not closed.
    pub fn of(draft: &Draft, records: &Records, level: Level) -> Result<Article, Span> {
        if let Some(open) = strip::unclosed(&draft.tree) {
            return Err(open);
        }
        let copy = strip::copy(&draft.tree);
        if letters(&copy) == letters(&directly(draft)) {
            return Ok(Article::from(draft, draft, records, copy, level));
        }
        // What was hidden kept two halves of a mark apart: only the copy itself is sure, and no mark comes with it.
        let stripped = Text::new(&strip::strip(&draft.tree));
        let bare = Draft::read(stripped, &Default::default(), &Default::default(), None);
        Ok(Article::from(draft, &bare, Records::none(), copy, level))
    }

    /// `whole` has the header, `draft` the copy.
    fn from(
        whole: &Draft,
        draft: &Draft,
        records: &Records,
        copy: String,
        level: Level,
    ) -> Article {
        let discretion = Discretion::new(draft, level);
        let (shown, places) = record::records(draft, &discretion);
        let rows = ledger::rows(draft, records);
        let mut article = Article {
            head: Head::of(whole, level),
            records: shown,
            copy,
            ..Article::default()
        };
        let mut spans: Vec<(Place, usize)> = Vec::new();
        let mut last: Option<(Place, ledger::Kind)> = None;
        for row in &rows {
            // A stretch with two sources has two rows.
            if last != Some((row.place, row.kind)) {
                last = Some((row.place, row.kind));
                spans.push((row.place, article.rests.len()));
                let rests = rests(draft, row, &discretion);
                article.rests.push(rests);
            }
            let shown = row
                .speaker
                .and_then(|(id, _)| discretion.name(id, row.naming));
            let rests = article.rests.last_mut().expect("one was just put there");
            let source = row
                .source
                .filter(|at| discretion.may_tie(shown.as_deref(), *at));
            if let Some(index) = source.and_then(|source| places[source]) {
                let is_open = article.records[index].is_open;
                rests
                    .records
                    .push((index, row.locator.clone().filter(|_| is_open)));
            }
            if level == Level::Full {
                rests.undeclared.extend(row.undeclared.clone());
            }
        }
        let context = pieces::Context {
            draft,
            discretion: &discretion,
            places: &places,
            spans: &spans,
        };
        article.take_blocks(draft, &context);
        article.named = named(draft, &discretion);
        if level > Level::Public {
            let silent = article
                .records
                .iter()
                .filter(|record| record.kind == "no-reply");
            article.silent = silent.map(|record| record.title.clone()).collect();
        }
        article.left_out = left_out(draft, &article, level);
        article
    }
}

/// What the blocks print one by one, to be held against the copy as it is filed.
fn directly(draft: &Draft) -> String {
    let blocks = draft.tree.blocks.iter();
    let printing = blocks.filter(|placed| strip::prints(placed));
    printing
        .map(|placed| strip::printed_bare(&placed.block))
        .collect()
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn rests(draft: &Draft, row: &Row, discretion: &Discretion) -> Rests {
    let is_public = discretion.level() == Level::Public;
    let speaker = row.speaker.and_then(|(id, confidence)| {
        let speaker = draft.story.speaker(id);
        let name = discretion.name(id, row.naming)?;
        Some(Voice {
            kind: match name == speaker.name {
                true => speaker.kind,
                false => SpeakerKind::Anonymous,
            },
            name,
            is_sure: confidence > Confidence::Low,
        })
    });
    let check = row.check.as_ref().filter(|_| !is_public);
    Rests {
        kind: row.kind,
        words: ledger::words(draft, row),
        speaker,
        records: Vec::new(),
        undeclared: Vec::new(),
        checked: check.map(|check| check.by()),
        is_changed: check.is_some() && ledger::is_changed(row) == Some(true),
        open_notes: if is_public { 0 } else { row.open_notes },
    }
}

/// Who is named in the copy, by the name that stands there; nobody whose name may not be printed.
fn named(draft: &Draft, discretion: &Discretion) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for speaker in &draft.story.speakers {
        let entity = speaker.entity.map(|index| &draft.story.entities[index]);
        let is_restricted = entity.is_some_and(|entity| entity.field("do-not-name").is_some());
        let has_name = matches!(
            speaker.kind,
            SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
        );
        if !has_name || is_restricted || !discretion.is_printed(&speaker.name) {
            continue;
        }
        let named = Named {
            name: speaker.name.clone(),
            kind: speaker.kind,
        };
        if !found.contains(&named) {
            found.push(named);
        }
    }
    found
}

/// What of the draft is not in the article, in words.
fn left_out(draft: &Draft, article: &Article, level: Level) -> Vec<String> {
    let lede = draft.story.facts.lede.unwrap_or(0);
    let labels = draft.story.labels[..lede].iter().enumerate();
    let furniture = labels.filter(|(_, label)| **label == Label::Furniture);
    let lines = furniture.map(|(index, _)| {
        let words = strip::printed_bare(&draft.tree.blocks[index].block);
        format!(
            "“{}”",
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        )
    });
    let mut told: Vec<String> = lines.filter(|line| line.chars().count() > 2).collect();
    let marks = match level {
        Level::Public => draft.story.marks.len(),
        Level::Desk | Level::Full => 0,
    };
    let records = draft
        .story
        .sources
        .len()
        .saturating_sub(article.records.len());
    let counts = [
        (records, "record of a source", "records of sources"),
        (marks, "note or check", "notes and checks"),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    told.extend(
        counts
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })),
    );
    told
}
