//! What could be typed here: ids, header keys, definition words, rule names, names of the draft.

use crate::draft::Draft;
use crate::scene::Scene;
use crate::text::edit::Edit;

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// A few words beside it; may be empty.
    pub detail: String,
    /// More of it; may be empty. Plain words.
    pub documentation: String,
    /// What accepting it does, in bytes of the file.
    pub edit: Edit,
    /// What it is.
    pub kind: ItemKind,
    /// Sorts the list: by place, as it is here.
    pub sort_text: String,
    /// What the editor matches against: the words typed, as typed, then the label.
    pub filter_text: String,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A person or body that speaks.
    Person,
    /// A source's id.
    Source,
    /// An entity's id.
    Entity,
    /// A key of the header or a field of a definition.
    Key,
    /// One of a closed list of values.
    Value,
    /// A rule.
    Rule,
}

/// What could be typed, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The items.
    pub items: Vec<Item>,
    /// Whether further typing asks again.
    pub is_incomplete: bool,
}

/// How completion was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By typing: prose stays quiet unless a name has been begun.
    Typing,
    /// By a key for it.
    Explicitly,
}

/// What could be typed at a byte of the file.
pub fn complete(draft: &Draft, scene: &Scene, at: usize, asked: Asked) -> Completion {
    let _ = (draft, scene, at, asked);
    Completion::default()
}
