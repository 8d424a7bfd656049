//! A headline or deck in the header, read as one that stands over the story.

use crate::draft::Draft;
use crate::prose::Prose;
use crate::reading::Reading;
use crate::story::outline::Label;
use crate::syntax;
use crate::syntax::tree::{Field, Placed};
use crate::text::Text;

/// What a field of that key is to a reader, if it is set large.
pub fn label(key: &str) -> Option<Label> {
    match key.to_lowercase().as_str() {
        "headline" | "hed" => Some(Label::Headline),
        "deck" | "dek" => Some(Label::Deck),
        _ => None,
    }
}

/// The value of a field of the header at its place, and what it says.
pub fn read(draft: &Draft, header: &Placed, field: &Field) -> Option<(Placed, Prose)> {
    const SIGN: &str = "# ";
    let value = field.value.of(&header.block.text);
    let read = syntax::parse(&Text::new(&format!("{SIGN}{value}")), None);
    let mut line = read.blocks.into_iter().next()?;
    // The sign is not in the file, which has the key there.
    line.start = (header.start + field.value.start()).saturating_sub(SIGN.len());
    let reading = Reading {
        quotes: draft.quotes,
        ..Reading::default()
    };
    let prose = Prose::read(&line.block, &reading);
    Some((line, prose))
}
