//! People, bodies, places and offices of the newsroom's files, and the stories and speakers of the open drafts, by name.

use std::sync::Arc;

use crate::draft::Draft;
use crate::entities::base::Base;
use crate::entities::fold::fold;
use crate::entities::record::{Kind, Record};
use crate::features::places;
use crate::features::words::shortened;
use crate::story::SpeakerKind;
use crate::story::outline::Label;
use crate::text::order;
use crate::text::span::Span;

/// How many symbols are shown of each sort.
const MOST: usize = 100;

/// Something with a name in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Where, in bytes of the file.
    pub span: Span,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// A headline.
    Story,
    /// A person who is named or speaks.
    Person,
    /// A body.
    Body,
}

/// The newsroom's own records whose names fit a query; all of them for none.
pub fn of_base(base: &Base, query: &str) -> Vec<Arc<Record>> {
    let key = fold(query);
    let fits = |record: &Record| record.forms().any(|form| fits(form, &key));
    let own = base.own().map(|(_, record)| record);
    let mut found: Vec<Arc<Record>> = own
        .filter(|record| record.origin.line > 0 && fits(record))
        .take(20 * MOST)
        .cloned()
        .collect();
    order::by_key(&mut found, |record| {
        (!fold(&record.name).starts_with(&key), record.name.len())
    });
    found.truncate(MOST);
    found
}

/// The headline, people and bodies of a draft whose names fit a query. A body or person of the newsroom's own files is
/// found there.
pub fn of_draft(draft: &Draft, query: &str) -> Vec<Symbol> {
    let key = fold(query);
    let story = &draft.story;
    let mut found = Vec::new();
    let headline = story
        .labels
        .iter()
        .position(|label| *label == Label::Headline);
    if let Some(placed) = headline.and_then(|block| draft.tree.blocks.get(block)) {
        let words = shortened(crate::syntax::strip::printed(&placed.block).trim(), 100);
        if fits(&words, &key) {
            found.push(Symbol {
                name: words,
                kind: SymbolKind::Story,
                span: placed.place(placed.block.content),
            });
        }
    }
    for (index, speaker) in story.speakers.iter().enumerate() {
        let kind = match speaker.kind {
            SpeakerKind::Person if speaker.name.contains(' ') => SymbolKind::Person,
            SpeakerKind::Body | SpeakerKind::Outlet => SymbolKind::Body,
            _ => continue,
        };
        let known = story.known.speakers.get(index).copied().flatten();
        let is_own = known.is_some_and(|known| known.is_own());
        let place = places::first_naming(draft, speaker);
        if let (false, true, Some(place)) = (is_own, fits(&speaker.name, &key), place) {
            found.push(Symbol {
                name: speaker.name.clone(),
                kind,
                span: draft.span(place),
            });
        }
    }
    found.truncate(MOST);
    found
}

/// What an editor shows of a record's kind.
pub fn is_person(record: &Record) -> bool {
    record.kind == Kind::Person
}

/// Whether the letters of a query stand in a name in their order, as editors look for symbols.
fn fits(name: &str, key: &str) -> bool {
    let name = fold(name);
    let mut letters = name.chars();
    key.chars()
        .filter(|c| !c.is_whitespace())
        .all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn by_letters_in_their_order() {
        let story = "The plan of Dana Ortiz failed. “It is old,” said Paul Venn<|>, a diver.\n=== entities/desk.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[org]]\nname = \"Harbor Watch\"\n";
        testing::asked(story, |draft, scene, _| {
            let names = |query: &str| -> Vec<String> {
                let own = of_base(scene.base, query).into_iter();
                let own = own.map(|record| record.name.clone());
                own.chain(of_draft(draft, query).into_iter().map(|one| one.name))
                    .collect()
            };
            assert_eq!(names("ven"), ["Paul Venn"]);
            assert_eq!(names("hrbr"), ["Harbor Watch"]);
            assert_eq!(names("harborz"), Vec::<String>::new());
            assert!(
                testing::marked(draft, &[of_draft(draft, "paul")[0].span]).contains("⟦Paul Venn⟧")
            );
        });
    }
}
