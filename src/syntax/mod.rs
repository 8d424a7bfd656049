//! The format. Cannot fail, keeps every byte, knows no English.
pub mod tree;
use crate::text::Text;
use tree::*;
/// Interim: paragraphs between blank lines. The parser proper replaces this.
pub fn parse(text: &Text, _before: Option<&Tree>) -> Tree {
    let s = text.to_string();
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in s.split_inclusive("\n\n") {
        let content = part.trim_end().len();
        let lead = part.len() - part.trim_start().len();
        blocks.push(Placed {
            start,
            zone: Zone::Copy,
            block: std::sync::Arc::new(Block {
                text: part.into(),
                shape: Shape::Paragraph,
                content: crate::text::span::Span::new(lead.min(content), content),
                hidden: vec![],
                inlines: vec![],
                problems: vec![],
                ends_open: None,
                closes_unopened: None,
            }),
        });
        start += part.len();
    }
    Tree { blocks }
}
