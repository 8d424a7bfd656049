//! What the features say about a draft's structure, in the protocol's words: selections, ids, lenses, forms of definitions.

use tower_lsp::gen_lsp_types::{
    CodeLens, Command, LinkedEditingRanges, ParameterInformation, Range, SelectionRange,
    SignatureHelp, SignatureInformation,
};

use super::capabilities::Session;
use super::convert;
use crate::desk::edition::Edition;
use crate::features::lens::Lens;
use crate::features::linked::ID_PATTERN;
use crate::features::signature::Signature;
use crate::text::Text;
use crate::text::span::Span;

/// The steps of a growing selection, the narrowest first, as a chain of parents.
pub fn selection(text: &Text, steps: &[Span], session: &Session) -> SelectionRange {
    let mut chain: Option<SelectionRange> = None;
    for span in steps.iter().rev() {
        chain = Some(SelectionRange {
            range: convert::range(text, *span, session.encoding),
            parent: chain.map(Box::new),
        });
    }
    chain.unwrap_or(SelectionRange {
        range: Range::default(),
        parent: None,
    })
}

/// The places of an id that are edited together.
pub fn linked(text: &Text, spans: &[Span], session: &Session) -> LinkedEditingRanges {
    let spans = spans.iter();
    LinkedEditingRanges {
        ranges: spans
            .map(|span| convert::range(text, *span, session.encoding))
            .collect(),
        word_pattern: Some(ID_PATTERN.to_owned()),
    }
}

/// Words above a line. They do nothing when clicked: an empty command shows them as text.
pub fn lens(edition: &Edition, lens: Lens, session: &Session) -> CodeLens {
    CodeLens {
        range: convert::range(&edition.text, lens.span, session.encoding),
        command: Some(Command {
            title: lens.title,
            tooltip: None,
            command: String::new(),
            arguments: None,
        }),
        data: None,
    }
}

/// The form of a definition.
pub fn signature(signature: Signature) -> SignatureHelp {
    let active = signature.active.map(|part| part as u32);
    let parts = signature.parts.into_iter();
    let parts = parts.map(|(label, what)| ParameterInformation {
        label: label.into(),
        documentation: Some(what.to_owned().into()),
    });
    SignatureHelp {
        signatures: vec![SignatureInformation {
            label: signature.label,
            documentation: None,
            parameters: Some(parts.collect()),
            active_parameter: None,
        }],
        active_signature: Some(0),
        // Past the last part where the cursor is in none: nothing is lit up.
        active_parameter: Some(active.unwrap_or(u32::MAX >> 1).into()),
    }
}
