//! What each block is to a reader: headline, byline, body, furniture; and what the header says.

use super::facts;
use super::furniture::{is_byline, is_page_furniture, is_wire_furniture};
use super::summary::Summary;
use crate::finding::Severity;
use crate::syntax::line::ends_sentence;
use crate::syntax::strip::printed;
use crate::syntax::tree::{Shape, Tree, Zone};
use crate::text::span::Span;

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
    /// Whether there is a header at all.
    pub has_header: bool,
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
pub fn outline(tree: &Tree, summaries: &[Summary]) -> (Vec<Label>, Facts) {
    // Only the top of a story is looked at word by word.
    let copy = |at: usize| match tree.blocks[at].zone {
        Zone::Copy => printed(&tree.blocks[at].block),
        _ => String::new(),
    };
    let mut facts = facts::facts(tree);
    let mut labels: Vec<Label> = tree
        .blocks
        .iter()
        .map(|placed| by_shape(&placed.block.shape, placed.zone))
        .collect();
    let reads =
        |at: &usize| labels[*at] == Label::Body && !summaries[*at].is_blank && is_lede(&copy(*at));
    let next = |at: usize| (at + 1..labels.len()).find(|next| !copy(*next).trim().is_empty());
    let stands_over = |at: usize| {
        is_titled(&copy(at)) && next(at).is_some_and(|next| reads(&next))
            || is_short_line(&copy(at))
                && next(at).is_some_and(|next| dateline(&copy(next)).is_some())
    };
    let lede = (0..labels.len())
        .find(|at| reads(at) && !is_question_headline(&copy(*at)) && !stands_over(*at));
    let lede = lede.or_else(|| (0..labels.len()).find(reads));
    let front = lede.unwrap_or(labels.len());
    let top: Vec<String> = (0..front).map(copy).collect();
    label_front(&mut labels, &top, front, &facts);
    if let Some(lede) = lede {
        label_rest(&mut labels, summaries, lede);
        let first = copy(lede);
        let in_dateline = || facts::date_in(dateline(&first)?.of(&first));
        facts.date = facts.date.or_else(in_dateline);
    }
    facts.lede = lede;
    (labels, facts)
}

/// What the shape alone says; paragraphs are body until something says otherwise.
fn by_shape(shape: &Shape, zone: Zone) -> Label {
    if zone != Zone::Copy {
        return Label::NotCopy;
    }
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
fn is_lede(copy: &str) -> bool {
    if dateline(copy).is_some() {
        return true;
    }
    let count = copy.split_whitespace().count();
    let reads = ends_sentence(copy) || count >= 25;
    reads && count >= 5 && !is_byline(copy) && !is_wire_furniture(copy) && !is_page_furniture(copy)
}

/// A short question on a line of its own: above a story that reads like one, it is the headline.
fn is_question_headline(copy: &str) -> bool {
    let copy = copy.trim();
    copy.ends_with('?') && !copy.contains(['\n', '“', '"']) && copy.split_whitespace().count() <= 16
}

/// A line of at most sixteen words with no quotation in it.
fn is_short_line(copy: &str) -> bool {
    let copy = copy.trim();
    !copy.contains(['\n', '“', '"']) && copy.split_whitespace().count() <= 16
}

/// A short line In Which Most Words Have Capitals: a headline, though a period ends it.
fn is_titled(copy: &str) -> bool {
    let long = copy
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() >= 4);
    let (mut count, mut capital) = (0, 0);
    for word in long {
        count += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    is_short_line(copy) && count >= 4 && 10 * capital >= 8 * count
}

/// Above the first body paragraph: bylines, the headline (the longest line of five words or more), the deck, furniture.
fn label_front(labels: &mut [Label], copy: &[String], lede: usize, facts: &Facts) {
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
        let count = copy[at].split_whitespace().count();
        labels[at] = if is_byline(&copy[at]) {
            Label::Byline
        } else {
            Label::Furniture
        };
        let is_candidate = labels[at] == Label::Furniture
            && !forced
            && count >= 5
            && !is_wire_furniture(&copy[at])
            && !is_page_furniture(&copy[at]);
        if is_candidate && headline.is_none_or(|best| copy[best].len() < copy[at].len()) {
            headline = Some(at);
        }
    }
    if let Some(at) = headline {
        labels[at] = Label::Headline;
    }
}

/// After the first body paragraph: inferred subheads, wire furniture, and the short lines after a copyright line.
fn label_rest(labels: &mut [Label], summaries: &[Summary], lede: usize) {
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

/// The dateline that opens a first paragraph: `PORT HARLAN, Ore. (AP) — `; the span covers it with its dash.
pub fn dateline(copy: &str) -> Option<Span> {
    let head_end = [" — ", " – ", " -- ", " - ", "— ", " ― "]
        .iter()
        .filter_map(|dash| copy.find(dash).map(|at| (at, at + dash.len())))
        .min()?;
    let head = copy[..head_end.0].trim();
    if head.is_empty() || head.chars().count() > 60 {
        return None;
    }
    let place = head.split([',', '(']).next().unwrap_or_default().trim();
    let capitals = place.chars().any(char::is_alphabetic)
        && place
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase);
    let is_question = [
        "WHAT",
        "WHO",
        "WHY",
        "HOW",
        "WHERE",
        "WHEN",
        "KEY",
        "THE",
        "BREAKING",
        "EXCLUSIVE",
        "UPDATE",
        "UPDATED",
        "ANALYSIS",
        "OPINION",
        "EXPLAINER",
        "WATCH",
        "NOTE",
        "EDITOR’S",
    ]
    .contains(&head.split_whitespace().next().unwrap_or_default());
    let rest = head[place.len()..].trim();
    let fits_rest = rest.is_empty() || rest.starts_with(',') || rest.starts_with('(');
    (capitals && !is_question && fits_rest && place.split_whitespace().count() <= 4)
        .then(|| Span::new(0, head_end.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn labels(text: &str) -> String {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let blocks = tree.blocks.iter();
        let summaries: Vec<Summary> = blocks.map(|it| Summary::of(&it.block)).collect();
        let (labels, _) = outline(&tree, &summaries);
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

    #[test]
    fn datelines_have_a_place_in_capitals() {
        let of = |copy: &str| dateline(copy).map(|span| span.of(copy).to_owned());
        assert_eq!(
            of("PORT HARLAN, Ore. (AP) — The pier closed.").as_deref(),
            Some("PORT HARLAN, Ore. (AP) — ")
        );
        assert_eq!(
            of("LONDON, July 3 - The pier closed.").as_deref(),
            Some("LONDON, July 3 - ")
        );
        assert_eq!(of("WHAT WE KNOW — The pier closed."), None);
        assert_eq!(of("EXCLUSIVE — The pier closed."), None);
        assert_eq!(of("The pier — closed since May — reopened."), None);
    }
}
