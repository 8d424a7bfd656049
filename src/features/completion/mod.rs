//! What could be typed here: ids, header keys, definition words, rule names, names of the draft.

pub mod about;
mod base;
mod closed;
mod cue;
mod id;
mod locator;
mod name;
mod place;
mod said;
#[cfg(test)]
mod tests;

use about::About;
pub use closed::field_list;
use place::Typed;

use crate::draft::Draft;
use crate::prose::fold::fold;
use crate::scene::Scene;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// Something that could be typed.
#[derive(Clone, Debug)]
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
    /// What it is about, where more can be said of it when it is looked at.
    pub about: Option<About>,
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
#[derive(Clone, Debug, Default)]
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

/// Something to offer, before it is fitted to what is typed.
#[derive(Clone, Debug)]
struct Offer {
    label: String,
    detail: String,
    documentation: String,
    new_text: String,
    kind: ItemKind,
    about: Option<About>,
}

/// Rows in prose.
const IN_PROSE: usize = 5;
/// Rows after a sign such as `@`.
const AFTER_SIGN: usize = 20;

/// What could be typed at a byte of the file.
pub fn complete(draft: &Draft, scene: &Scene, at: usize, asked: Asked) -> Completion {
    let passages = said::passages(draft, scene, at);
    if !passages.is_empty() {
        return Completion {
            is_incomplete: true,
            ..fitted(draft, at, passages, IN_PROSE)
        };
    }
    if asked == Asked::Explicitly {
        let cues = cue::cues(draft, at);
        if !cues.is_empty() {
            return fitted(draft, at, cues, usize::MAX);
        }
    }
    let Some(place) = place::place(draft, at) else {
        return Completion::default();
    };
    let span = place.span;
    let offers = match place.typed {
        Typed::Name => {
            let names = name::names(draft, scene, span, asked);
            let after_sign = names.first().is_some_and(|(_, span)| {
                draft.text.slice(Span::new(span.start(), span.start() + 1)) == "@"
            });
            let rows = match asked {
                Asked::Typing if !after_sign => IN_PROSE,
                Asked::Typing | Asked::Explicitly => AFTER_SIGN,
            };
            return fitted(draft, at, names, rows);
        }
        Typed::Id { sigil, close } => {
            let mut offers = id::ids(draft, scene, sigil, &draft.text.slice(span));
            closed_with(draft, at, close, &mut offers);
            offers
        }
        Typed::Locator { close } => {
            let mut offers = locator::locators(draft, scene, span);
            closed_with(draft, at, close, &mut offers);
            offers
        }
        Typed::Rule => closed::rules(),
        Typed::Level => closed::levels(),
        Typed::HeaderKey => closed::header_keys(draft),
        Typed::Value(of, key) => closed::values_of(of, key, scene.today),
        Typed::Kind(sigil) => closed::kinds(sigil),
        Typed::Field(sigil) => closed::fields(sigil),
    };
    let typed = fold(&draft.text.slice(span));
    let mut fitting: Vec<(Offer, Span)> = offers
        .into_iter()
        .filter(|offer| fits(offer, &typed))
        .map(|offer| (offer, span))
        .collect();
    order::by_key(&mut fitting, |(offer, _)| {
        !fold(&offer.label).starts_with(&typed)
    });
    let rows = match place.typed {
        Typed::Id { .. } | Typed::Name => AFTER_SIGN,
        _ => usize::MAX,
    };
    fitted(draft, at, fitting, rows)
}

/// Whether the label, or a word of the label or of what stands beside it, begins with what is typed.
fn fits(offer: &Offer, typed: &str) -> bool {
    let begins = |words: &str| {
        let folded = fold(words);
        let mut words = folded.split([' ', '-', ',']);
        folded.starts_with(typed) || words.any(|word| word.starts_with(typed))
    };
    let is_id = matches!(offer.kind, ItemKind::Source | ItemKind::Entity);
    begins(&offer.label) || is_id && begins(&offer.detail)
}

/// Adds the bracket that ends an id where none follows.
fn closed_with(draft: &Draft, at: usize, close: char, offers: &mut [Offer]) {
    let follows = draft.text.slice(Span::new(at, at + 80));
    let end = follows.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    let next = follows[end.unwrap_or(follows.len())..].chars().next();
    let is_closed = matches!(next, Some(c) if c == close || matches!(c, ',' | ';'));
    if close == '\0' || is_closed {
        return;
    }
    for offer in offers {
        offer.new_text.push(close);
    }
}

/// The first rows as items.
fn fitted(draft: &Draft, at: usize, offers: Vec<(Offer, Span)>, rows: usize) -> Completion {
    let is_incomplete = offers.len() > rows
        || offers
            .first()
            .is_some_and(|(one, _)| one.kind == ItemKind::Person);
    let items = offers.into_iter().take(rows).enumerate();
    let items = items
        .map(|(index, (offer, span))| {
            let typed = draft.text.slice(Span::new(span.start(), at));
            Item {
                filter_text: format!("{typed} {}", offer.label).trim().to_owned(),
                label: offer.label,
                detail: offer.detail,
                documentation: offer.documentation,
                edit: Edit::replace(span, offer.new_text),
                kind: offer.kind,
                about: offer.about,
                sort_text: format!("{index:03}"),
            }
        })
        .collect();
    Completion {
        items,
        is_incomplete,
    }
}
