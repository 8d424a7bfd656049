//! The copy of a draft, block by block.

use crate::draft::Draft;
use crate::exchange::article::{Article, Block, BlockKind};
use crate::exchange::pieces;
use crate::ledger::Level;
use crate::story::outline::Label;
use crate::syntax::strip;
use crate::syntax::tree::{Shape, Zone};
use crate::text::span::Span;

impl Article {
    /// Takes what prints, in order; what belongs over the story goes there.
    pub fn take_blocks(&mut self, draft: &Draft, context: &pieces::Context) {
        let mut number = 0;
        for (index, placed) in draft.tree.blocks.iter().enumerate() {
            let (block, label) = (&placed.block, draft.story.labels[index]);
            if block.shape == Shape::Comment && placed.zone == Zone::Copy {
                let comment = block.content.of(&block.text);
                let is_whole = block.ends_open.is_none() && block.closes_unopened.is_none();
                if context.discretion.level() == Level::Full && is_whole {
                    self.blocks.push(Block {
                        kind: BlockKind::Comment(comment.to_owned()),
                        items: Vec::new(),
                        number: None,
                    });
                }
                continue;
            }
            // Lines that look like a page's furniture are left out above the story, where wires put theirs.
            let is_above = draft.story.facts.lede.is_some_and(|lede| index < lede);
            if !strip::prints(placed) || label == Label::Furniture && is_above {
                continue;
            }
            let words = || pieces::plain(&context.pieces(index, block.content));
            match label {
                Label::Headline if self.head.take_headline(&words()) => continue,
                Label::Deck if self.head.take_deck(&words()) => continue,
                Label::Byline if self.head.take_byline(&words()) => continue,
                _ => {}
            }
            let text: &str = &block.text;
            let mut content = block.content;
            let of = |span: &Option<Span>| span.map(|span| span.of(text).to_owned());
            let mut items = None;
            let kind = match &block.shape {
                Shape::BlockQuote { credit } | Shape::PullQuote { credit } => {
                    if let Some(credit) = credit {
                        content = Span::new(content.start(), before_dash(text, credit.start()));
                    }
                    match block.shape {
                        Shape::BlockQuote { .. } => BlockKind::BlockQuote(of(credit)),
                        _ => BlockKind::PullQuote(of(credit)),
                    }
                }
                Shape::List(spans) => {
                    let each = spans.iter().map(|span| context.pieces(index, *span));
                    items = Some(each.collect());
                    BlockKind::List
                }
                Shape::Table(rows) => {
                    let row = |row: &Vec<Span>| {
                        let cells = row.iter().map(|cell| context.pieces(index, *cell));
                        cells.collect()
                    };
                    items = Some(Vec::new());
                    BlockKind::Table(rows.iter().map(row).collect())
                }
                Shape::Image(image) => {
                    content = image.caption;
                    BlockKind::Image(image.path.of(text).to_owned(), of(&image.credit))
                }
                Shape::Correction { date, .. } => {
                    let date = date.map(|span| span.of(text));
                    BlockKind::Correction(date.and_then(crate::story::facts::date_in))
                }
                Shape::Credit => BlockKind::Credit,
                Shape::Rights => BlockKind::Rights,
                _ if matches!(label, Label::Subhead | Label::Headline) => BlockKind::Subhead,
                _ if label == Label::Credit => BlockKind::Credit,
                _ => BlockKind::Paragraph,
            };
            let is_body = label == Label::Body;
            number += usize::from(is_body);
            let items = items.unwrap_or_else(|| vec![context.block(index, content)]);
            let is_empty = items
                .iter()
                .all(|item| pieces::plain(item).is_empty() && item.is_empty());
            if is_empty && !matches!(kind, BlockKind::Table(_) | BlockKind::Image(..)) {
                continue;
            }
            self.blocks.push(Block {
                kind,
                items,
                number: is_body.then_some(number),
            });
        }
    }
}

/// Where the words of a block quote end: before the dash of its credit line.
fn before_dash(text: &str, credit: usize) -> usize {
    let before = text[..credit].trim_end();
    let before = before.trim_end_matches(['—', '–', '-', '―']);
    before.trim_end_matches(['>', ' ', '\t', '\n', '\r']).len()
}
