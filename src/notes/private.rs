//! What private files say of a draft's sources: who they are, and what was agreed with them. It is held against the draft,
//! and stands in nothing that leaves.

use std::sync::Arc;

use crate::story::source::{self, Entity, Source};
use crate::story::summary::Summary;
use crate::syntax::tree::{Block, InlineKind};
use crate::text::Text;
use crate::text::span::Span;

/// A private file: `council.private.lede`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Private {
    /// The sources that it defines.
    pub sources: Vec<Source>,
    /// The people and bodies that it defines.
    pub entities: Vec<Entity>,
    /// Of each of its STET marks that says why: what it lets stand, as [`of_stet`] has it.
    pub reasons: Vec<String>,
}

impl Private {
    /// Reads the file.
    pub fn read(text: &str) -> Private {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let (sources, entities) = source::sources(&tree, &Summary::all(&tree));
        let blocks = tree.blocks.iter().map(|placed| &*placed.block);
        let reasons = blocks.flat_map(|block| {
            let marks = block.inlines.iter();
            marks.filter_map(|mark| of_stet(block, &mark.kind))
        });
        let reasons = reasons.filter(|stet| stet.has_reason);
        Private {
            sources,
            entities,
            reasons: reasons.map(|stet| stet.rules).collect(),
        }
    }
}

/// A STET mark as it is held against those of private files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stet {
    /// The names of rules and groups, in order, with a space between.
    pub rules: String,
    /// Whether it says why; TK is no reason.
    pub has_reason: bool,
}

/// What a STET mark of a block says; none for any other mark.
pub fn of_stet(block: &Block, mark: &InlineKind) -> Option<Stet> {
    let InlineKind::Stet { rules, reason } = mark else {
        return None;
    };
    let words = |span: &Span| span.of(&block.text);
    let mut names: Vec<&str> = rules.iter().map(words).collect();
    names.sort_unstable();
    let reason = reason.as_ref().map(words);
    Some(Stet {
        rules: names.join(" "),
        has_reason: reason.is_some_and(is_reason),
    })
}

/// Whether a mark is a STET mark with a reason.
pub fn has_reason(block: &Block, mark: &InlineKind) -> bool {
    match mark {
        InlineKind::Stet { reason, .. } => {
            reason.is_some_and(|reason| is_reason(reason.of(&block.text)))
        }
        _ => false,
    }
}

fn is_reason(words: &str) -> bool {
    words.trim() != "TK"
}

/// A private file beside a draft.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Whether it is the draft's own, `council.private.lede` beside `council.lede`: all of its sources are the draft's. Of
    /// any other in the folder those count that the draft names by their id.
    pub is_own: bool,
    /// What it says.
    pub file: Arc<Private>,
}

/// Whether a private file of a name is the own one of a draft of a name.
pub fn is_own(draft: &str, private: &str) -> bool {
    let stem = draft.strip_suffix(".md").unwrap_or(draft);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    private.split_once(".private.").map(|(stem, _)| stem) == Some(stem)
}

/// The source of an id that private files define, if they do, one after another.
pub fn sources<'a>(beside: &'a [Beside], id: &'a str) -> impl Iterator<Item = &'a Source> {
    let all = beside.iter().flat_map(|one| &one.file.sources);
    all.filter(move |source| source.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_has_its_own_file() {
        assert!(is_own("council.lede", "council.private.lede"));
        assert!(is_own("council.lede.md", "council.private.lede"));
        assert!(is_own("council.txt", "council.private.lede"));
        assert!(!is_own("council.lede", "names.private.lede"));
        assert!(!is_own("council-vote.lede", "council.private.lede"));
    }

    #[test]
    fn definitions_are_read() {
        let private = Private::read(
            "[^s3]: interview, Ana Roth; background; known-to: NB\n\n[@roth]: person, Ana Roth\n",
        );
        assert_eq!(private.sources[0].field("known-to"), Some("NB"));
        assert_eq!(private.entities[0].name, "Ana Roth");
    }

    #[test]
    fn reasons_of_stet_marks_are_read() {
        let private = Private::read(
            "[STET quote, claim: she is the subject] [STET figure] [STET date: TK]\n\n[STET claim: seen by counsel]\n",
        );
        assert_eq!(private.reasons, ["claim quote", "claim"]);
    }
}
