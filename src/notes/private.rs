//! What private files say of a draft's sources: who they are, and what was agreed with them. It is held against the draft,
//! and stands in nothing that leaves.

use std::sync::Arc;

use crate::story::source::{self, Entity, Source};
use crate::text::Text;

/// A private file: `council.private.lede`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Private {
    /// The sources that it defines.
    pub sources: Vec<Source>,
    /// The people and bodies that it defines.
    pub entities: Vec<Entity>,
}

impl Private {
    /// Reads the file.
    pub fn read(text: &str) -> Private {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let (sources, entities) = source::sources(&tree);
        Private { sources, entities }
    }
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
}
