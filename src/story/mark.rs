//! Marks, with what each covers.

use std::ops::Range;
use std::sync::Arc;

use super::again::Earlier;
use super::outline::Label;
use super::summary::Summary;
use super::{Place, Story};
use crate::prose::{Form, LONGEST, Prose};
use crate::syntax::tree::{
    Block, Cite, Inline, InlineKind, Placed, Shape, Sigil, Target, Tree, Zone,
};
use crate::text::pages::Pages;
use crate::text::span::Span;
use crate::words::Classes;

/// A source cited, or a speaker named, by a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The id alone.
    pub id: Place,
    /// The id's text.
    pub name: String,
    /// `^` source or `@` entity.
    pub sigil: crate::syntax::tree::Sigil,
    /// The locator.
    pub locator: Option<Place>,
    /// The whole mark.
    pub mark: Place,
    /// The words it covers.
    pub covers: Place,
}

/// A mark that is no citation.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Index of the block.
    pub block: usize,
    /// Index into the block's `inlines`.
    pub inline: usize,
    /// The words it covers.
    pub covers: Place,
}

/// The citations of a draft and its other marks, each with what it covers; `summaries` and `labels` hold one for each block.
/// Those of a block that an earlier reading has too are taken from there.
pub fn marks(
    tree: &Tree,
    prose: &Pages<Arc<Prose>>,
    summaries: &Pages<Summary>,
    labels: &[Label],
    earlier: Option<Earlier>,
) -> (Vec<Citation>, Vec<Mark>) {
    let all = 0..tree.blocks.len();
    let mut found = Found {
        tree,
        prose,
        summaries,
        labels,
        earlier,
        citations: Vec::new(),
        marks: Vec::new(),
    };
    // Most letters leave everything but their own paragraph what and where it was.
    let still = earlier.filter(|earlier| earlier.shared.before == earlier.shared.now);
    let come = still.map_or(all.clone(), |earlier| earlier.shared.come());
    let is_label = |earlier: &Earlier| {
        let old = &earlier.story.labels;
        // What is no copy may be where notes begin or end.
        let is_copy = |labels: &[Label]| !labels[come.clone()].contains(&Label::NotCopy);
        old.len() == labels.len()
            && is_copy(old)
            && is_copy(labels)
            && old[..come.start] == labels[..come.start]
            && old[come.end..] == labels[come.end..]
    };
    match still.filter(is_label) {
        Some(Earlier { story, .. }) => {
            found.take_over(story, 0..come.start);
            found.add(come.clone());
            found.take_over(story, come.end..labels.len());
        }
        None => found.add(all),
    }
    (found.citations, found.marks)
}

/// What is found, block by block.
struct Found<'a> {
    tree: &'a Tree,
    prose: &'a Pages<Arc<Prose>>,
    summaries: &'a Pages<Summary>,
    labels: &'a [Label],
    earlier: Option<Earlier<'a>>,
    citations: Vec<Citation>,
    marks: Vec<Mark>,
}

impl Found<'_> {
    /// Adds those of some blocks as an earlier story has them, which are what and where they were.
    fn take_over(&mut self, story: &Story, blocks: Range<usize>) {
        let cited = |at: usize| story.citations.partition_point(|one| one.mark.block < at);
        let marked = |at: usize| story.marks.partition_point(|one| one.block < at);
        let citations = cited(blocks.start)..cited(blocks.end);
        let marks = marked(blocks.start)..marked(blocks.end);
        self.citations
            .extend_from_slice(&story.citations[citations]);
        self.marks.extend_from_slice(&story.marks[marks]);
    }

    /// Adds those of some blocks.
    fn add(&mut self, blocks: Range<usize>) {
        for block in blocks {
            let placed = &self.tree.blocks[block];
            if self.summaries[block].has_inlines && matches!(placed.zone, Zone::Copy) {
                self.add_of(block, placed);
            }
        }
    }

    /// Adds those of a block.
    fn add_of(&mut self, block: usize, placed: &Placed) {
        let Found {
            labels,
            earlier,
            citations,
            marks,
            ..
        } = self;
        // Copy that is what it was.
        let stood = earlier.filter(|_| labels[block] != Label::NotCopy);
        let stood = stood.and_then(|earlier| Some((earlier.story, earlier.stood(labels, block)?)));
        if let Some((story, before)) = stood {
            let moved = |place: Place| Place { block, ..place };
            citations.extend(story.citations_of(before).iter().map(|one| Citation {
                id: moved(one.id),
                name: one.name.clone(),
                sigil: one.sigil,
                locator: one.locator.map(moved),
                mark: moved(one.mark),
                covers: moved(one.covers),
            }));
            marks.extend(story.marks_of(before).iter().map(|one| Mark {
                block,
                inline: one.inline,
                covers: moved(one.covers),
            }));
            return;
        }
        let empty = Prose::default();
        let prose = self.prose.get(block).map_or(&empty, |prose| &**prose);
        for (index, inline) in placed.block.inlines.iter().enumerate() {
            let covers = Place {
                block,
                span: covers(&placed.block, prose, index),
            };
            let mark = Place {
                block,
                span: inline.span,
            };
            let text: &str = &placed.block.text;
            let mut cite = |id: Span, sigil: Sigil, locator: Option<Span>, covers: Place| {
                let locator = locator.map(|span| Place { block, span });
                citations.push(Citation {
                    id: Place { block, span: id },
                    name: id.of(text).to_owned(),
                    sigil,
                    locator,
                    mark,
                    covers,
                });
            };
            let mut cite_all = |cites: &[Cite], covers: Place| {
                cites
                    .iter()
                    .for_each(|one| cite(one.id, Sigil::Source, one.locator, covers))
            };
            match &inline.kind {
                InlineKind::Source(cites) => cite_all(cites, covers),
                InlineKind::Link {
                    text: words,
                    target: Target::Source(cites),
                } => cite_all(
                    cites,
                    Place {
                        block,
                        span: *words,
                    },
                ),
                InlineKind::Link {
                    text: words,
                    target: Target::Entity(id),
                } => cite(
                    *id,
                    Sigil::Entity,
                    None,
                    Place {
                        block,
                        span: *words,
                    },
                ),
                InlineKind::Speaker(id) => cite(*id, Sigil::Entity, None, covers),
                InlineKind::Check { .. }
                | InlineKind::Stet { .. }
                | InlineKind::Todo(_)
                | InlineKind::TodoWord
                | InlineKind::Note { .. } => {
                    marks.push(Mark {
                        block,
                        inline: index,
                        covers,
                    });
                }
                _ => {}
            }
        }
    }
}

/// The words that a mark covers, by where it stands. A STET covers the marks between them and itself too: it may be one
/// of those that it lets stand.
fn covers(block: &Block, prose: &Prose, index: usize) -> Span {
    let inline = &block.inlines[index];
    let words = words_before(block, prose, index);
    if !matches!(inline.kind, InlineKind::Stet { .. }) {
        return words;
    }
    let end = block.text[..inline.span.start()].trim_end().len();
    let has_marks = before_marks(block, inline.span.start()) < end;
    match has_marks && end > words.end() {
        true => Span::new(words.start(), end),
        false => words,
    }
}

/// The words before a mark that it is about.
fn words_before(block: &Block, prose: &Prose, index: usize) -> Span {
    let inline = &block.inlines[index];
    let whole_block = matches!(
        block.shape,
        Shape::BlockQuote { .. } | Shape::PullQuote { .. } | Shape::Image(_) | Shape::Table(_)
    );
    if block.text.len() > LONGEST {
        return block.content;
    }
    let at = before_marks(block, inline.span.start());
    if whole_block || at <= first_printed(block) {
        return block.content;
    }
    // Straight after a closing quotation mark: that quotation.
    if let Some(quote) = prose
        .quotes
        .iter()
        .find(|quote| quote.depth == 0 && !quote.is_open && quote.span.end() == at)
    {
        let closes_sentence = prose
            .sentences
            .iter()
            .any(|sentence| sentence.span.end() == at);
        if !closes_sentence || matches!(inline.kind, InlineKind::Source(_) | InlineKind::Speaker(_))
        {
            return quote.span;
        }
    }
    let is_named = matches!(
        inline.kind,
        InlineKind::Check { .. } | InlineKind::Stet { .. }
    );
    if let Some(name) = is_named.then(|| name_before(prose, at)).flatten() {
        return name;
    }
    let Some(sentence) = prose
        .sentences
        .iter()
        .rev()
        .find(|sentence| sentence.span.start() < at)
    else {
        return block.content;
    };
    if matches!(inline.kind, InlineKind::Stet { .. }) {
        return sentence.span;
    }
    let at = at.min(sentence.span.end());
    // From the later of the sentence's start and the source mark before.
    let previous = block.inlines[..index]
        .iter()
        .filter(|other| {
            matches!(other.kind, InlineKind::Source(_))
                && other.span.end() < at
                && other.span.start() >= sentence.span.start()
        })
        .map(|other| other.span.end())
        .max();
    let from = previous.unwrap_or(sentence.span.start());
    let words = &block.text[from..at];
    Span::new(from + words.len() - words.trim_start().len(), at)
}

/// Where what stands before a mark ends: adjacent marks and white space are stepped over.
fn before_marks(block: &Block, start: usize) -> usize {
    let mut at = start;
    loop {
        let trimmed = block.text[..at].trim_end().len();
        // Marks do not overlap: only the nearest before can end here.
        let before = block
            .inlines
            .partition_point(|one| one.span.start() < trimmed);
        let nearest = block.inlines[..before]
            .iter()
            .rev()
            .find(|one| is_mark(one));
        match nearest.filter(|other| other.span.end() == trimmed) {
            Some(other) => at = other.span.start(),
            None => return trimmed,
        }
    }
}

fn is_mark(inline: &Inline) -> bool {
    matches!(
        inline.kind,
        InlineKind::Source(_)
            | InlineKind::Speaker(_)
            | InlineKind::Check { .. }
            | InlineKind::Stet { .. }
            | InlineKind::Todo(_)
            | InlineKind::Note { .. }
    )
}

/// The first byte of the block that prints.
fn first_printed(block: &Block) -> usize {
    let mut at = block.content.start();
    for hidden in &block.hidden {
        let gap = hidden.start().max(at);
        if !block.text[at..gap].trim().is_empty() {
            break;
        }
        at = hidden.end();
    }
    at
}

/// The run of capitalised words that ends just before a mark.
fn name_before(prose: &Prose, at: usize) -> Option<Span> {
    let last = prose.words.iter().rposition(|word| word.span.end() <= at)?;
    if prose.words[last].span.end() != at {
        return None;
    }
    let run = prose.words[..=last]
        .iter()
        .rev()
        .take_while(|word| matches!(word.form, Form::Capital | Form::Caps))
        .count();
    let mut first = last + 1 - run.min(last + 1);
    if run > 1 && prose.words[first].classes.has(Classes::STARTER) {
        first += 1;
    }
    (run > 0).then(|| prose.words[first].span.cover(prose.words[last].span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Each mark of a text with what it covers.
    fn covered(text: &str) -> String {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let prose: Pages<Arc<Prose>> = tree
            .blocks
            .iter()
            .map(|placed| {
                Arc::new(Prose::read(
                    &placed.block,
                    &crate::reading::Reading::default(),
                ))
            })
            .collect();
        let (citations, marks) = marks(&tree, &prose, &Summary::all(&tree), &[], None);
        let words = |place: Place| {
            place
                .span
                .of(&tree.blocks[place.block].block.text)
                .to_owned()
        };
        let cited = citations
            .iter()
            .map(|citation| format!("{}: {}\n", citation.name, words(citation.covers)));
        let others = marks
            .iter()
            .map(|mark| format!("mark: {}\n", words(mark.covers)));
        cited.chain(others).collect()
    }

    #[test]
    fn a_mark_covers_what_stands_before_it() {
        assert_eq!(
            covered("The pier closed.[^board] It opened again."),
            "board: The pier closed.\n"
        );
        assert_eq!(
            covered(
                "The town backs it,[^ortiz] the county does not[^roth] and the state is silent.[^poe]"
            ),
            "ortiz: The town backs it,\nroth: the county does not\npoe: and the state is silent.\n"
        );
        assert_eq!(
            covered("He said “we had no warning”[^ortiz] that day."),
            "ortiz: “we had no warning”\n"
        );
        assert_eq!(
            covered("[^board] The pier closed. It opened."),
            "board: [^board] The pier closed. It opened.\n"
        );
        assert_eq!(
            covered("[the pier closed](^board, p. 3) at noon."),
            "board: the pier closed\n"
        );
        assert_eq!(
            covered("Then Dana Ortiz [CQ] left. She was late."),
            "mark: Dana Ortiz\n"
        );
        assert_eq!(
            covered("She was late. [STET claim: known] He was not."),
            "mark: She was late.\n"
        );
        assert_eq!(
            covered("She was late.[^z] [STET source: in the notebook] He was not."),
            "z: She was late.\nmark: She was late.[^z]\n"
        );
    }
}
