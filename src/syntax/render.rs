//! A tree as text that a reader knows: for `onrecord tree`, the specification and tests.

use std::fmt::Write as _;

use super::tree::{Block, Cite, Inline, InlineKind, Placed, Shape, Sigil, Target, Tree, Zone};
use crate::text::span::Span;

/// The tree, a line for each block with what stands in it indented below.
pub fn render(tree: &Tree) -> String {
    let mut out = String::new();
    for placed in &tree.blocks {
        render_block(&mut out, placed);
    }
    out
}

fn render_block(out: &mut String, placed: &Placed) {
    let block = &placed.block;
    let text: &str = &block.text;
    if block.shape == Shape::Blank {
        return;
    }
    let zone = match placed.zone {
        Zone::Copy | Zone::Header => "",
        Zone::Notes => " (notes)",
        Zone::Comment => " (in a comment)",
        Zone::Back => " (back)",
    };
    line(out, 0, &format!("{}{zone}", shape(block)));
    match &block.shape {
        Shape::Header(header) => header.fields.iter().for_each(|field| {
            line(
                out,
                1,
                &format!("{}: {}", field.key.of(text), one_line(field.value.of(text))),
            )
        }),
        Shape::Definition(definition) => {
            let parts = [("kind", definition.kind), ("title", definition.title)];
            for (name, span) in parts
                .into_iter()
                .filter_map(|(name, span)| Some((name, span?)))
            {
                line(out, 1, &format!("{name}: {}", span.of(text)));
            }
            definition.fields.iter().for_each(|field| {
                line(
                    out,
                    1,
                    &format!("{}: {}", field.key.of(text), field.value.of(text)),
                )
            });
            definition
                .terms
                .iter()
                .for_each(|term| line(out, 1, &format!("terms: {}", term.of(text))));
        }
        Shape::Comment | Shape::EndMark | Shape::NotesMark | Shape::StoryMark => {}
        _ => line(out, 1, &quoted(&super::strip::printed(block))),
    }
    for inline in &block.inlines {
        line(out, 1, &render_inline(text, inline));
    }
    for problem in &block.problems {
        line(
            out,
            1,
            &format!("! {:?} {}", problem.kind, quoted(problem.span.of(text))),
        );
    }
}

fn shape(block: &Block) -> String {
    let text: &str = &block.text;
    let credited = |name: &str, credit: &Option<Span>| match credit {
        Some(credit) => format!("{name}, credit {}", quoted(credit.of(text))),
        None => name.to_owned(),
    };
    match &block.shape {
        Shape::Blank => "blank".to_owned(),
        Shape::Header(_) => "header".to_owned(),
        Shape::Paragraph => "paragraph".to_owned(),
        Shape::Headline => "headline".to_owned(),
        Shape::Subhead(level) => format!("subhead {level}"),
        Shape::BlockQuote { credit } => credited("block quote", credit),
        Shape::PullQuote { credit } => credited("pull quote", credit),
        Shape::List(items) => format!("list of {}", items.len()),
        Shape::Table(rows) => format!("table of {} rows", rows.len()),
        Shape::Image(image) => format!("image {}", image.path.of(text)),
        Shape::Correction { .. } => "correction".to_owned(),
        Shape::Credit => "credit".to_owned(),
        Shape::Rights => "rights".to_owned(),
        Shape::EndMark => "end mark".to_owned(),
        Shape::Definition(definition) => {
            let name = if definition.sigil == Sigil::Source {
                "source"
            } else {
                "entity"
            };
            format!("{name} {}", definition.id.of(text))
        }
        Shape::Comment => "comment".to_owned(),
        Shape::NotesMark => "notes begin".to_owned(),
        Shape::StoryMark => "story begins".to_owned(),
    }
}

fn render_inline(text: &str, inline: &Inline) -> String {
    let of = |span: &Span| span.of(text).to_owned();
    let cites = |list: &[Cite]| {
        let each = list.iter().map(|cite| match &cite.locator {
            Some(locator) => format!("{} at {}", of(&cite.id), of(locator)),
            None => of(&cite.id),
        });
        each.collect::<Vec<_>>().join("; ")
    };
    match &inline.kind {
        InlineKind::Source(list) => format!("source {}", cites(list)),
        InlineKind::Speaker(id) => format!("speaker {}", of(id)),
        InlineKind::Check {
            who,
            date,
            hash,
            note,
        } => {
            let parts = [("by", who), ("on", date), ("hash", hash), ("note", note)];
            let said = parts.iter().filter_map(|(name, span)| {
                span.as_ref().map(|span| format!(" {name} {}", of(span)))
            });
            format!("checked{}", said.collect::<String>())
        }
        InlineKind::Stet { rules, reason } => {
            let names = rules.iter().map(of).collect::<Vec<_>>().join(" ");
            format!(
                "stet {names}, reason {}",
                reason
                    .as_ref()
                    .map_or("none".to_owned(), |reason| quoted(&of(reason)))
            )
        }
        InlineKind::Todo(note) => format!(
            "to come{}",
            note.as_ref()
                .map_or(String::new(), |note| format!(" {}", quoted(&of(note))))
        ),
        InlineKind::TodoWord => format!("to come, the word {}", of(&inline.span)),
        InlineKind::Note { who, text: words } => format!("note {} {}", of(who), quoted(&of(words))),
        InlineKind::Link {
            text: words,
            target,
        } => {
            let target = match target {
                Target::Entity(id) => format!("entity {}", of(id)),
                Target::Source(list) => format!("source {}", cites(list)),
                Target::Url(url) => format!("address {}", of(url)),
            };
            format!("link {} to {target}", quoted(&of(words)))
        }
        InlineKind::Emphasis(words) => format!("emphasis {}", quoted(&of(words))),
        InlineKind::Strong(words) => format!("strong {}", quoted(&of(words))),
        InlineKind::Url => format!("url {}", of(&inline.span)),
        InlineKind::Email => format!("email {}", of(&inline.span)),
        InlineKind::Escape => format!("escape {}", of(&inline.span)),
        InlineKind::Comment => format!("comment {}", quoted(&of(&inline.span))),
    }
}

fn quoted(words: &str) -> String {
    format!("‹{}›", one_line(words))
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(out: &mut String, depth: usize, words: &str) {
    let _ = writeln!(out, "{}{words}", "  ".repeat(depth));
}
