//! The outline: headline, subheads, paragraphs with their quotations by speaker, sources.

use crate::draft::Draft;
use crate::features::subject;
use crate::features::words::{joined, shortened};
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::order;
use crate::text::span::Span;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its words.
    pub name: String,
    /// What else to say of it; may be empty.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes of the file.
    pub span: Span,
    /// The words to go to; inside `span`.
    pub selection: Span,
    /// What lies under it.
    pub children: Vec<Symbol>,
}

/// What a line of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// The headline.
    Headline,
    /// A subhead, with the paragraphs under it.
    Section,
    /// A paragraph, list or quote block.
    Paragraph,
    /// A quotation; its name is the speaker's.
    Quotation,
    /// A source's definition.
    Source,
    /// An entity's definition.
    Entity,
}

/// The outline of a draft.
pub fn symbols(draft: &Draft, _scene: &Scene) -> Vec<Symbol> {
    let mut top: Vec<Symbol> = Vec::new();
    let mut section: Option<Symbol> = None;
    for (block, placed) in draft.tree.blocks.iter().enumerate() {
        let label = draft.story.labels.get(block).copied().unwrap_or_default();
        match label {
            Label::Headline => top.push(line(draft, block, SymbolKind::Headline)),
            Label::Subhead => {
                top.extend(section.take());
                section = Some(line(draft, block, SymbolKind::Section));
            }
            Label::Body | Label::List | Label::BlockQuote | Label::PullQuote => {
                let paragraph = paragraph(draft, block);
                match &mut section {
                    Some(section) => {
                        section.span = section.span.cover(placed.place(placed.block.content));
                        section.children.push(paragraph);
                    }
                    None => top.push(paragraph),
                }
            }
            _ => {}
        }
    }
    top.extend(section);
    top.extend(records(draft));
    top
}

/// A block as a line of the outline.
fn line(draft: &Draft, block: usize, kind: SymbolKind) -> Symbol {
    let placed = &draft.tree.blocks[block];
    let words = crate::syntax::strip::printed(&placed.block);
    let words = words.trim_start_matches(['#', '>', ' ']);
    let span = placed.place(placed.block.content);
    Symbol {
        name: shortened(words, 60),
        detail: String::new(),
        kind,
        span,
        selection: span,
        children: Vec::new(),
    }
}

/// A paragraph with its quotations.
fn paragraph(draft: &Draft, block: usize) -> Symbol {
    let mut made = line(draft, block, SymbolKind::Paragraph);
    if let Some(number) = subject::paragraph(draft, block) {
        made.detail = format!("¶{number}");
    }
    for (index, quote) in draft.story.quotes.iter().enumerate() {
        if quote.place.block != block {
            continue;
        }
        let span = draft.span(quote.place);
        let bound = subject::bound(draft, index);
        made.children.push(Symbol {
            name: bound.map_or("Nobody named".to_owned(), |binding| {
                draft.story.speaker(binding.speaker).name.clone()
            }),
            detail: shortened(draft.words(quote.place), 50),
            kind: SymbolKind::Quotation,
            span,
            selection: span,
            children: Vec::new(),
        });
    }
    made
}

/// The definitions.
fn records(draft: &Draft) -> Vec<Symbol> {
    let story = &draft.story;
    let sources = story.sources.iter().map(|one| {
        let detail = joined(&[one.kind, &one.title], ", ");
        (
            one.place,
            format!("^{}", one.id),
            detail,
            SymbolKind::Source,
        )
    });
    let entities = story.entities.iter().map(|one| {
        let detail = joined(&[one.kind, &one.name], ", ");
        (
            one.place,
            format!("@{}", one.id),
            detail,
            SymbolKind::Entity,
        )
    });
    let mut all: Vec<_> = sources.chain(entities).collect();
    order::by_key(&mut all, |record| record.0);
    all.into_iter()
        .map(|(place, name, detail, kind)| {
            let placed = &draft.tree.blocks[place.block];
            Symbol {
                name,
                detail,
                kind,
                span: placed.place(placed.block.content),
                selection: draft.span(place),
                children: Vec::new(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    fn render(symbols: &[Symbol], depth: usize, made: &mut String) {
        for symbol in symbols {
            let line = joined(&[&symbol.name, &symbol.detail], " | ");
            made.push_str(&format!(
                "{}{:?}: {line}\n",
                "  ".repeat(depth),
                symbol.kind
            ));
            render(&symbol.children, depth + 1, made);
        }
    }

    #[test]
    fn headline_sections_quotations_and_sources_are_an_outline() {
        let story = "\
# Pier to be rebuilt

“The pier is safe,” said Harbor Commissioner Dana Ortiz.

## What comes next

The wall is old. “I doubt it,” said Paul Venn, a diver.

###

[^ortiz]: interview, Dana Ortiz; on record
";
        let outline = testing::asked(story, |draft, scene, _| {
            let mut made = String::new();
            render(&symbols(draft, scene), 0, &mut made);
            made
        });
        expect![[r#"
            Headline: Pier to be rebuilt
            Paragraph: “The pier is safe,” said Harbor Commissioner Dana Ortiz. | ¶1
              Quotation: Dana Ortiz | “The pier is safe,”
            Section: What comes next
              Paragraph: The wall is old. “I doubt it,” said Paul Venn, a diver. | ¶2
                Quotation: Paul Venn | “I doubt it,”
            Source: ^ortiz | interview, Dana Ortiz
        "#]]
        .assert_eq(&outline);
    }

    #[test]
    fn long_words_are_cut_at_a_space() {
        assert_eq!(shortened("The pier, rebuilt", 9), "The…");
        assert_eq!(shortened("The  pier\nstands", 20), "The pier stands");
    }
}
