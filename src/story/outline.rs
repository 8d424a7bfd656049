//! What each block is to a reader: headline, byline, body, furniture; and what the header says.

use std::borrow::Cow;

use super::facts;
use super::furniture::is_byline;
use super::summary::{Summary, copy};
use crate::finding::Severity;
use crate::prose::dateline::dateline;
use crate::syntax::tree::{Shape, Tree, Zone};
use crate::text::pages::Pages;
use crate::text::span::Span;
use crate::text::words::words;

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// The header, a definition, a comment, an end mark, scratch, or nothing.
    #[default]
    NotCopy,
    /// Page furniture: section names, "Published in", share lines.
    Furniture,
    /// The headline.
    Headline,
    /// The deck under it.
    Deck,
    /// Who wrote it.
    Byline,
    /// A subhead, forced or inferred.
    Subhead,
    /// A body paragraph.
    Body,
    /// A list in the body.
    List,
    /// A table.
    Table,
    /// A block quote.
    BlockQuote,
    /// A pull quote.
    PullQuote,
    /// An image with its caption.
    Caption,
    /// A correction or an update.
    Correction,
    /// "With assistance from".
    Credit,
    /// A copyright line.
    Rights,
}

/// Where a draft stands on its way to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Status {
    Pitch,
    Draft,
    Edit,
    FactCheck,
    Legal,
    Final,
    Published,
    Killed,
}

/// A level asked for in the header's `Checks:`.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The rule or group.
    pub name: String,
    /// Its level; none switches it off.
    pub level: Option<Severity>,
}

/// What the header and the dateline say of the story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The block of the header, if there is one.
    pub header: Option<usize>,
    /// `Status:`, if it is one of the known words.
    pub status: Option<Status>,
    /// `Date:`, else a dateline with a year.
    pub date: Option<jiff::civil::Date>,
    /// `Headline:`, `Slug:` and so on: key as typed, value, and their places in the header's block.
    pub fields: Vec<(String, String, Span, Span)>,
    /// `Checks:` levels.
    pub checks: Vec<Check>,
    /// `Checks: … profile NAME`.
    pub profile: Option<String>,
    /// `lang:`
    pub lang: Option<String>,
    /// The block of the first body paragraph.
    pub lede: Option<usize>,
}

/// The labels of a tree's blocks, and what its header says; `summaries` holds one for each block.
pub fn outline(tree: &Tree, summaries: &Pages<Summary>) -> (Vec<Label>, Facts) {
    let mut facts = facts::facts(tree, summaries);
    let blocks = tree.blocks.iter().zip(summaries);
    let mut labels: Vec<Label> = blocks
        .map(|(placed, summary)| match placed.zone {
            Zone::Copy => summary.label,
            _ => Label::NotCopy,
        })
        .collect();
    let top = Top {
        tree,
        summaries,
        labels: &labels,
    };
    let all = 0..labels.len();
    let mut ledes = all.clone().filter(|at| top.reads(*at));
    let lede = ledes.find(|at| !is_question_headline(&top.copy(*at)) && !top.stands_over(*at));
    let lede = lede.or_else(|| all.clone().find(|at| top.reads(*at)));
    let front = lede.unwrap_or(labels.len());
    let above: Vec<Cow<str>> = (0..front).map(|at| top.copy(at)).collect();
    label_front(&mut labels, summaries, &above, &facts);
    if let Some(lede) = lede {
        label_rest(&mut labels, summaries, lede);
        let first = copy(&tree.blocks[lede].block);
        let in_dateline = || facts::date_in(dateline(&first)?.of(&first));
        facts.date = facts.date.or_else(in_dateline);
    }
    facts.lede = lede;
    (labels, facts)
}

/// The top of a story, which alone is looked at word by word.
struct Top<'a, 'l> {
    tree: &'a Tree,
    summaries: &'a Pages<Summary>,
    labels: &'l [Label],
}

impl<'a> Top<'a, '_> {
    /// What prints of a block of copy.
    fn copy(&self, at: usize) -> Cow<'a, str> {
        let placed = &self.tree.blocks[at];
        match placed.zone {
            Zone::Copy => copy(&placed.block),
            _ => Cow::default(),
        }
    }

    /// Whether a block reads like the first of a story.
    fn reads(&self, at: usize) -> bool {
        self.labels[at] == Label::Body
            && !self.summaries[at].is_blank
            && is_lede(&self.copy(at), &self.summaries[at])
    }

    /// Whether a block is a headline that reads like the first of a story, above that one.
    fn stands_over(&self, at: usize) -> bool {
        let copy = self.copy(at);
        if !is_short_line(&copy) {
            return false;
        }
        let mut below = at + 1..self.labels.len();
        let Some(next) = below.find(|next| !self.copy(*next).trim().is_empty()) else {
            return false;
        };
        is_titled(&copy) && self.reads(next) || dateline(&self.copy(next)).is_some()
    }
}

/// What the shape of copy alone says; paragraphs are body until something says otherwise.
pub(super) fn by_shape(shape: &Shape) -> Label {
    match shape {
        Shape::Paragraph => Label::Body,
        Shape::Headline => Label::Headline,
        Shape::Subhead(_) => Label::Subhead,
        Shape::BlockQuote { .. } => Label::BlockQuote,
        Shape::PullQuote { .. } => Label::PullQuote,
        Shape::List(_) => Label::List,
        Shape::Table(_) => Label::Table,
        Shape::Image(_) => Label::Caption,
        Shape::Correction { .. } => Label::Correction,
        Shape::Credit => Label::Credit,
        Shape::Rights => Label::Rights,
        Shape::Blank
        | Shape::Header(_)
        | Shape::EndMark
        | Shape::Definition(_)
        | Shape::Comment
        | Shape::NotesMark
        | Shape::StoryMark => Label::NotCopy,
    }
}

/// Whether a paragraph reads like the first of a story: a dateline, or a sentence that is no line of furniture.
fn is_lede(copy: &str, summary: &Summary) -> bool {
    if dateline(copy).is_some() {
        return true;
    }
    let reads = summary.ends_sentence || words(copy).nth(24).is_some();
    reads && summary.count >= 5 && !summary.is_furniture && !is_byline(copy)
}

/// A short question on a line of its own: above a story that reads like one, it is the headline.
fn is_question_headline(copy: &str) -> bool {
    copy.trim_end().ends_with('?') && is_short_line(copy)
}

/// A line of at most sixteen words with no quotation in it.
fn is_short_line(copy: &str) -> bool {
    words(copy).nth(16).is_none() && !copy.trim().contains(['\n', '“', '"'])
}

/// A line In Which Most Words Have Capitals: a headline, though a period ends it.
fn is_titled(copy: &str) -> bool {
    let long = words(copy)
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= 4);
    let (mut count, mut capital) = (0, 0);
    for word in long {
        count += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    count >= 4 && 10 * capital >= 8 * count
}

/// Above the first body paragraph, where the blocks have this copy: bylines, the headline (the longest line of five words or
/// more), the deck, furniture.
fn label_front(
    labels: &mut [Label],
    summaries: &Pages<Summary>,
    copy: &[Cow<'_, str>],
    facts: &Facts,
) {
    let lede = copy.len();
    let mut headline: Option<usize> = None;
    let forced = labels[..lede].contains(&Label::Headline)
        || facts.fields.iter().any(|field| {
            matches!(
                field.0.to_lowercase().as_str(),
                "headline" | "hed" | "title"
            )
        });
    for at in 0..lede {
        if labels[at] == Label::List {
            // Key points above a story repeat it.
            labels[at] = Label::Furniture;
        }
        if labels[at] != Label::Body {
            continue;
        }
        labels[at] = if is_byline(&copy[at]) {
            Label::Byline
        } else {
            Label::Furniture
        };
        let is_candidate = labels[at] == Label::Furniture
            && !forced
            && summaries[at].count >= 5
            && !summaries[at].is_furniture;
        if is_candidate && headline.is_none_or(|best| copy[best].len() < copy[at].len()) {
            headline = Some(at);
        }
    }
    if let Some(at) = headline {
        labels[at] = Label::Headline;
    }
}

/// After the first body paragraph: inferred subheads, wire furniture, and the short lines after a copyright line.
fn label_rest(labels: &mut [Label], summaries: &Pages<Summary>, lede: usize) {
    let is_body = |at: &usize| {
        let summary = &summaries[*at];
        matches!(labels[*at], Label::Body | Label::List)
            && (summary.ends_sentence || summary.count > 10)
    };
    let last_body = (lede..labels.len()).rev().find(is_body);
    let mut after_rights = false;
    for at in lede..labels.len() {
        if labels[at] == Label::Rights {
            after_rights = true;
        }
        if labels[at] != Label::Body || at == lede {
            continue;
        }
        let summary = &summaries[at];
        if summary.is_blank {
            labels[at] = Label::NotCopy;
        } else if summary.is_furniture || (after_rights && summary.count <= 12) {
            labels[at] = Label::Furniture;
        } else if summary.is_short && !summary.ends_sentence {
            labels[at] = match last_body.is_some_and(|last| last > at) {
                true => Label::Subhead,
                false => Label::Furniture,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn labels(text: &str) -> String {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let (labels, _) = outline(&tree, &Summary::all(&tree));
        let lines = tree
            .blocks
            .iter()
            .zip(labels)
            .filter(|(placed, _)| !placed.block.content.is_empty());
        lines
            .map(|(placed, label)| {
                format!(
                    "{label:?}: {}\n",
                    placed
                        .block
                        .content
                        .of(&placed.block.text)
                        .chars()
                        .take(24)
                        .collect::<String>()
                )
            })
            .collect()
    }

    #[test]
    fn a_pasted_page_is_told_apart() {
        let page = "Top Stories\n\nBoard closes the pier after storm damage\n\nAnn Lee and Bo Roy, Harbor News on\n\nPublished in Local\n\n\
            The harbor board closed the pier on Monday.\n\nWhat comes next\n\nRepairs begin in spring.\n\n(With assistance from Cy Poe.)\n\n\
            ©2026 Harbor News\n\nblog comments powered by Chatter\n";
        assert_eq!(
            labels(page),
            "Furniture: Top Stories\nHeadline: Board closes the pier af\nByline: Ann Lee and Bo Roy, Harb\nFurniture: Published in Local\n\
             Body: The harbor board closed \nSubhead: What comes next\nBody: Repairs begin in spring.\nCredit: (With assistance from Cy\n\
             Rights: ©2026 Harbor News\nFurniture: blog comments powered by\n"
        );
    }

    #[test]
    fn what_a_wire_puts_around_a_story_is_no_copy() {
        let wire = "UPDATE 2-Board closes pier after storm\n\nBC-Pier, 3rd Ld-Writethru\n\nEds: Updates with mayor’s remarks.\n\n\
            (Adds quotes, paragraph 3)\n\n* Pier shut for winter\n\n\
            PORT HARLAN, March 3 - The harbor board closed the pier on Monday.\n\nIt will open in May.\n\n\
            (Reporting by Ann Lee; Editing by Bo Roy)\n\nTo contact the reporter on this story: Ann Lee in Port Harlan.\n";
        let copy: Vec<String> = labels(wire)
            .lines()
            .filter(|line| !line.starts_with("Furniture") && !line.starts_with("Credit"))
            .map(str::to_owned)
            .collect();
        assert_eq!(
            copy,
            [
                "Body: PORT HARLAN, March 3 - T",
                "Body: It will open in May."
            ]
        );
    }

    #[test]
    fn a_question_over_a_story_is_its_headline() {
        assert_eq!(
            labels(
                "Will the old pier open again?\n\nThe harbor board closed the pier on Monday.\n"
            ),
            "Headline: Will the old pier open a\nBody: The harbor board closed \n"
        );
    }

    #[test]
    fn a_headline_that_ends_in_a_period_is_one() {
        for headline in [
            "Harbor Board Closes Pier After Autumn Storm.",
            "Board closes the old pier after a storm.",
        ] {
            let page = format!(
                "{headline}\n\nPORT HARLAN — The harbor board closed the pier on Monday.\n"
            );
            assert_eq!(
                labels(&page),
                format!(
                    "Headline: {}\nBody: PORT HARLAN — The harbor\n",
                    &headline[..24]
                )
            );
        }
        assert_eq!(
            labels("The board closed the pier.\n\nThe harbor board met on Monday.\n"),
            "Body: The board closed the pie\nBody: The harbor board met on \n"
        );
    }
}
