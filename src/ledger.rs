//! The ledger of a story: what stands in it, who says it, on what it rests, on what terms, and whether it was checked.
//!
//! A row is a stretch of copy and one source of it; a stretch with two sources has two rows, one without any has one.

pub mod discretion;
pub mod table;
pub mod tally;

use crate::checks::{self, Checked, State};
use crate::draft::Draft;
use crate::notes::Records;
use crate::prose::{Attribution, QuoteKind, Reported};
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::story::source::{Source, Terms};
use crate::story::{Confidence, Place, SpeakerId};
use crate::syntax::tree::{InlineKind, Sigil};
use crate::text::order;
use crate::text::span::Span;

/// A stretch of copy and one source of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What the stretch is.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// The number of its paragraph, counted from 1; none for what is not body.
    pub paragraph: Option<usize>,
    /// The number of its sentence in its block, counted from 1.
    pub sentence: usize,
    /// Who says it, and how sure that is.
    pub speaker: Option<(SpeakerId, Confidence)>,
    /// The words of the copy that stand for the speaker there, if any.
    pub naming: Option<Place>,
    /// The record that it rests on: index into the story's sources.
    pub source: Option<usize>,
    /// An id that is cited and not declared in the draft.
    pub undeclared: Option<String>,
    /// The page, time or line that the mark gives.
    pub locator: Option<String>,
    /// The check that holds for it, or does not any more.
    pub check: Option<Checked>,
    /// The rules of a STET on it, and the reason.
    pub stet: Option<(String, String)>,
    /// How many notes and TK stand in it.
    pub open_notes: usize,
}

/// What a stretch of copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A quotation of a sentence or more.
    Quote,
    /// A quotation of some words.
    PartialQuote,
    /// What somebody says, in the reporter's words.
    Paraphrase,
    /// A sentence in the story's own voice.
    Claim,
    /// The same with a figure.
    Number,
    /// The headline or the deck.
    Headline,
    /// A caption.
    Caption,
    /// A table.
    Table,
}

impl Kind {
    /// The word in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Quote => "quote",
            Kind::PartialQuote => "partial-quote",
            Kind::Paraphrase => "paraphrase",
            Kind::Claim => "claim",
            Kind::Number => "number",
            Kind::Headline => "headline",
            Kind::Caption => "caption",
            Kind::Table => "table",
        }
    }

    /// Whether it is somebody's words.
    pub fn is_said(self) -> bool {
        matches!(self, Kind::Quote | Kind::PartialQuote | Kind::Paraphrase)
    }
}

/// Who may see the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Anybody: sources only where the record says `x-disclose: yes`.
    Public,
    /// The desk: every record, but nobody who is not on the record by name.
    Desk,
    /// Whoever holds the draft: everything that is in it.
    Full,
}

/// Whether a record may be shown as it is.
pub fn may_show(source: &Source, level: Level) -> bool {
    match level {
        Level::Public => source.field("x-disclose").is_some_and(is_yes) && !is_confidential(source),
        Level::Desk => source.terms == Terms::OnRecord || is_paper(source),
        Level::Full => true,
    }
}

/// Whether a record is of somebody who was promised not to be named, or may have been.
pub fn is_confidential(source: &Source) -> bool {
    match source.terms {
        Terms::Background | Terms::DeepBackground | Terms::OffRecord | Terms::NotUnderstood => true,
        Terms::NotNoted | Terms::OnRecord => false,
    }
}

fn is_yes(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "yes" | "true")
}

/// Whether a record is of no person: a document, a law, data. One without terms is shown; no ground rules were agreed.
fn is_paper(source: &Source) -> bool {
    let kinds = [
        "document",
        "court",
        "law",
        "data",
        "report",
        "paper",
        "book",
        "web",
        "news",
        "broadcast",
        "photo",
        "calculation",
        "observation",
    ];
    kinds.contains(&source.kind) && source.terms == Terms::NotNoted && source.field("by").is_none()
}

/// The rows of a draft, in order.
pub fn rows(draft: &Draft, records: &Records) -> Vec<Row> {
    let checks = checks::checked(draft, records);
    let mut rows = Vec::new();
    for (block, label) in draft.story.labels.iter().enumerate() {
        let whole = match label {
            Label::Headline | Label::Deck => Some(Kind::Headline),
            Label::Caption => Some(Kind::Caption),
            Label::Table => Some(Kind::Table),
            _ => None,
        };
        let stretches = match (whole, label) {
            (Some(kind), _) => {
                let span = draft.tree.blocks[block].block.content;
                vec![Stretch {
                    kind,
                    span,
                    sentence: 0,
                    speaker: None,
                    naming: None,
                }]
            }
            (None, Label::Body | Label::List | Label::BlockQuote) => stretches(draft, block),
            _ => continue,
        };
        for stretch in stretches {
            add_rows(draft, block, &stretch, &checks, &mut rows);
        }
    }
    rows
}

/// A stretch of a block before its sources are looked up.
struct Stretch {
    kind: Kind,
    span: Span,
    sentence: usize,
    speaker: Option<(SpeakerId, Confidence)>,
    naming: Option<Place>,
}

/// What a block of copy says: its quotations, its reports, and the sentences in the story's own voice.
fn stretches(draft: &Draft, block: usize) -> Vec<Stretch> {
    let (story, prose) = (&draft.story, &draft.prose[block]);
    let mut found = Vec::new();
    for quote in story.quotes_of(block) {
        let read = &prose.quotes[quote.index];
        let kind = match read.kind {
            QuoteKind::Full => Kind::Quote,
            QuoteKind::Partial => Kind::PartialQuote,
            QuoteKind::Term if quote.binding.is_some() => Kind::PartialQuote,
            QuoteKind::Term | QuoteKind::Title | QuoteKind::Nickname => continue,
        };
        let carried = quote.continues.and_then(|first| story.quotes.get(first));
        let binding = quote.binding.as_ref();
        let binding = binding.or_else(|| carried?.binding.as_ref());
        found.push(Stretch {
            kind,
            span: read.span,
            sentence: read.sentence,
            speaker: binding.map(|binding| (binding.speaker, binding.confidence)),
            naming: binding.and_then(|binding| binding.source),
        });
    }
    let quoted: Vec<Span> = found.iter().map(|stretch| stretch.span).collect();
    let text = &draft.tree.blocks[block].block.text;
    let attributions = 0..prose.attributions.len();
    let reported: Vec<Reported> = attributions.map(|at| prose.reported(text, at)).collect();
    for statement in story.statements_of(block) {
        let Some(attribution) = prose.attributions.get(statement.index) else {
            continue;
        };
        // “An official who asked not to be named” tells who it is, not what was said.
        let source = |one: &Attribution| one.source.as_ref().map(|source| source.span);
        let mut others = prose.attributions.iter().zip(&reported);
        let is_part_of_a_name = others.any(|(other, reported)| {
            let mention = reported.mention.filter(|_| other.cue != attribution.cue);
            let both = source(other).zip(source(attribution));
            mention.is_some_and(|mention| mention.covers(attribution.cue))
                || both.is_some_and(|(its, own)| its != own && its.covers(own))
        });
        if attribution.is_quoted || attribution.is_inner || is_part_of_a_name {
            continue;
        }
        let content = reported[statement.index].content.iter().copied();
        let content = content.filter(|span| !quoted.iter().any(|quote| quote.overlaps(*span)));
        if let Some(span) = content.reduce(Span::cover) {
            found.push(Stretch {
                kind: Kind::Paraphrase,
                span,
                sentence: attribution.sentence,
                speaker: statement
                    .speaker
                    .map(|speaker| (speaker, statement.confidence)),
                naming: source(attribution).map(|span| Place { block, span }),
            });
        }
    }
    for (index, sentence) in prose.sentences.iter().enumerate() {
        let is_told = found
            .iter()
            .any(|stretch| stretch.span.overlaps(sentence.span));
        let support = story.coverage.get(block).and_then(|block| block.get(index));
        let is_attributed = support.is_some_and(|found| found.has_speakers());
        let words = sentence.words.len();
        if is_told
            || (is_attributed && support.is_some_and(|found| found.support == Support::Attributed))
            || words < 4
        {
            continue;
        }
        let text = sentence.span.of(&draft.tree.blocks[block].block.text);
        let figure =
            prose.figures.iter().any(|figure| figure.sentence == index) || has_number(text);
        found.push(Stretch {
            kind: if figure { Kind::Number } else { Kind::Claim },
            span: sentence.span,
            sentence: index,
            speaker: None,
            naming: None,
        });
    }
    order::by_key(&mut found, |stretch| {
        (stretch.span.start(), stretch.span.end())
    });
    found
}

/// Whether a sentence has a number that is no year.
fn has_number(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        let is_year = word.len() == 4 && word.starts_with(['1', '2']);
        word.starts_with(|c: char| c.is_ascii_digit()) && !is_year
    })
}

/// A row for each source of a stretch; one row where it has none.
fn add_rows(
    draft: &Draft,
    block: usize,
    stretch: &Stretch,
    checks: &[Checked],
    rows: &mut Vec<Row>,
) {
    let story = &draft.story;
    let place = Place {
        block,
        span: stretch.span,
    };
    let covers = |other: Place| other.block == block && other.span.overlaps(stretch.span);
    let check = checks.iter().find(|check| covers(check.covers)).cloned();
    let (stet, open_notes) = marks(draft, covers);
    let row = Row {
        kind: stretch.kind,
        place,
        paragraph: paragraph(draft, block),
        sentence: stretch.sentence + 1,
        speaker: stretch.speaker,
        naming: stretch.naming,
        source: None,
        undeclared: None,
        locator: None,
        check,
        stet,
        open_notes,
    };
    let before = rows.len();
    for citation in story.citations_of(block) {
        if citation.sigil != Sigil::Source || !covers(citation.covers) {
            continue;
        }
        let source = story
            .sources
            .iter()
            .position(|source| source.id == citation.name);
        rows.push(Row {
            source,
            undeclared: source.is_none().then(|| citation.name.clone()),
            locator: citation.locator.map(|place| draft.words(place).to_owned()),
            ..row.clone()
        });
    }
    if rows.len() > before {
        return;
    }
    // A speaker with one record in the draft needs no mark.
    let own = stretch
        .speaker
        .map(|(speaker, _)| &story.speaker(speaker).sources);
    let source = own.filter(|own| own.len() == 1).map(|own| own[0]);
    rows.push(Row { source, ..row });
}

/// The STET on a stretch, and how many notes and TK stand in it.
fn marks(draft: &Draft, covers: impl Fn(Place) -> bool) -> (Option<(String, String)>, usize) {
    let mut stet = None;
    let mut open = 0;
    for mark in &draft.story.marks {
        if !covers(mark.covers) {
            continue;
        }
        let block = &draft.tree.blocks[mark.block].block;
        match &block.inlines[mark.inline].kind {
            InlineKind::Stet { rules, reason } => {
                let rules: Vec<&str> = rules.iter().map(|rule| rule.of(&block.text)).collect();
                let reason = reason.map_or("", |reason| reason.of(&block.text));
                stet = Some((rules.join(" "), reason.to_owned()));
            }
            InlineKind::Todo(_) | InlineKind::TodoWord | InlineKind::Note { .. } => open += 1,
            _ => {}
        }
    }
    (stet, open)
}

/// The number that a desk would give a block's paragraph, counted from 1; none for what is not body.
fn paragraph(draft: &Draft, block: usize) -> Option<usize> {
    let labels = &draft.story.labels;
    let before = labels[..=block].iter();
    (labels[block] == Label::Body).then(|| before.filter(|label| **label == Label::Body).count())
}

/// The words of a row as they print.
pub fn words(draft: &Draft, row: &Row) -> String {
    let block = &draft.tree.blocks[row.place.block].block;
    let said = checks::said(block, row.place.span);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the words of a row were changed since they were checked; none where they were not, or nobody can tell.
pub fn is_changed(row: &Row) -> Option<bool> {
    match row.check.as_ref()?.state {
        State::Holds => Some(false),
        State::Changed(_) => Some(true),
        _ => None,
    }
}
