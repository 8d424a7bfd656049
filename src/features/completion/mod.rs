//! What could be typed here: ids, header keys, definition words, rule names, names of the draft.

mod base;
mod closed;
mod id;
mod name;
mod place;
mod said;

pub use closed::field_list;
use place::Typed;

use crate::draft::Draft;
use crate::scene::Scene;
use crate::story::name::fold;
use crate::text::edit::Edit;
use crate::text::span::Span;

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

/// Something to offer, before it is fitted to what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    label: String,
    detail: String,
    documentation: String,
    new_text: String,
    kind: ItemKind,
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
        Typed::Rule => closed::rules(),
        Typed::HeaderKey => closed::header_keys(draft),
        Typed::Status => closed::statuses(),
        Typed::Kind(sigil) => closed::kinds(sigil),
        Typed::Field(sigil) => closed::fields(sigil),
        Typed::Terms => closed::terms(),
    };
    let typed = fold(&draft.text.slice(span));
    let mut fitting: Vec<(Offer, Span)> = offers
        .into_iter()
        .filter(|offer| fits(offer, &typed))
        .map(|offer| (offer, span))
        .collect();
    fitting.sort_by_key(|(offer, _)| !fold(&offer.label).starts_with(&typed));
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
                sort_text: format!("{index:03}"),
            }
        })
        .collect();
    Completion {
        items,
        is_incomplete,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    /// The list, and the line of the cursor after the first item was accepted.
    fn check_asked(marked: &str, asked: Asked, expected: Expect) {
        let shown = testing::asked(marked, |draft, scene, at| {
            let found = complete(draft, scene, at, asked);
            let mut shown = String::new();
            for item in found.items.iter().take(6) {
                shown.push_str(item.label.as_str());
                if !item.detail.is_empty() {
                    shown.push_str(&format!(" | {}", item.detail));
                }
                shown.push('\n');
            }
            if let Some(first) = found.items.first() {
                let before = draft.text.slice(Span::new(0, at));
                let line = before.matches('\n').count();
                let after = testing::after(draft, std::slice::from_ref(&first.edit));
                let accepted = after.lines().nth(line).unwrap_or_default();
                shown.push_str(&format!("=> {accepted}\n"));
            }
            shown
        });
        expected.assert_eq(&shown);
    }

    fn check(marked: &str, expected: Expect) {
        check_asked(marked, Asked::Typing, expected);
    }

    const RECORDS: &str = "\n###\n\n[^ortiz]: interview, Dana Ortiz; on record\n[^plan]: document, harbor plan; date: 2026-11-20\n[@dana-ortiz]: person, Dana Ortiz; role: harbor commissioner\n";

    #[test]
    fn source_ids_after_their_sign() {
        check(
            &format!("The pier is old.[^<|>\n{RECORDS}"),
            expect![[r#"
                ortiz | interview, Dana Ortiz
                plan | document, harbor plan
                => The pier is old.[^ortiz]
            "#]],
        );
        check(
            &format!("The pier is old.[^pl<|>]\n{RECORDS}"),
            expect![[r#"
                plan | document, harbor plan
                => The pier is old.[^plan]
            "#]],
        );
        check(
            &format!("The pier is old.[^plan, p. 3; or<|>\n{RECORDS}"),
            expect![[r#"
                ortiz | interview, Dana Ortiz
                => The pier is old.[^plan, p. 3; ortiz]
            "#]],
        );
        check(
            &format!("The pier is old.[^plan, p<|>\n{RECORDS}"),
            expect![[r#""#]],
        );
    }

    #[test]
    fn entity_ids_and_people_without_a_record() {
        check(
            &format!(
                "“It is old,” said Paul Venn, a diver.\n\nIt will stand as long as the town does.[@<|>\n{RECORDS}"
            ),
            expect![[r#"
                dana-ortiz | Dana Ortiz, harbor commissioner
                paul-venn | Paul Venn
                => It will stand as long as the town does.[@dana-ortiz]
            "#]],
        );
        check(
            &format!("The [commissioner](@da<|> knows.\n{RECORDS}"),
            expect![[r#"
                dana-ortiz | Dana Ortiz, harbor commissioner
                => The [commissioner](@dana-ortiz) knows.
            "#]],
        );
    }

    #[test]
    fn header_keys_and_statuses() {
        check(
            "Slug: pier\nEm<|>\n\nThe pier is old.\n",
            expect![[r#"
            Embargo | not before this time
            => Embargo: 
        "#]],
        );
        check(
            "Slug: pier\nStatus: f<|>\n\nThe pier is old.\n",
            expect![[r#"
                fact-check | with a checker: every rule at its own level
                final | ready: what is to come is an error
                => Status: fact-check
            "#]],
        );
    }

    #[test]
    fn rules_in_a_stet() {
        check(
            "Crime fell 15% last year. [STET claim-f<|>: police figures]\n",
            expect![[r#"
                claim-figure-unattributed | A percentage, a sum or a count with no source in its paragraph.
                => Crime fell 15% last year. [STET claim-figure-unattributed: police figures]
            "#]],
        );
        check(
            "Crime fell 15% last year. [STET claim: f<|>]\n",
            expect![[r#""#]],
        );
    }

    #[test]
    fn words_of_a_definition() {
        check(
            "###\n\n[^ortiz]: int<|>\n",
            expect![[r#"
            interview
            => [^ortiz]: interview, 
        "#]],
        );
        check(
            "###\n\n[^ortiz]: interview, Dana Ortiz; d<|>\n",
            expect![[r#"
                date | when they said it
                deep background | no attribution, no quotes
                => [^ortiz]: interview, Dana Ortiz; date: 
            "#]],
        );
        check(
            "###\n\n[^ortiz]: interview, Dana Ortiz; terms: off<|>\n",
            expect![[r#"
                off record | not to be cited
                => [^ortiz]: interview, Dana Ortiz; terms: off record
            "#]],
        );
    }

    #[test]
    fn a_name_in_full_and_then_its_surname() {
        check(
            &format!("The pier is safe, said Mayor Jo Ash. The engineers and Da<|>\n{RECORDS}"),
            expect![[r#"
                Dana Ortiz | harbor commissioner
                => The pier is safe, said Mayor Jo Ash. The engineers and Dana Ortiz, harbor commissioner,
            "#]],
        );
        check(
            "The wall, and Da<|>\n\n“It is old,” said Harbor Commissioner Dana Ortiz.\n",
            expect![[r#"
                Dana Ortiz | Harbor Commissioner
                => The wall, and Harbor Commissioner Dana Ortiz
            "#]],
        );
        check(
            "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Ve<|>\n",
            expect![[r#"
                Venn | Paul Venn
                => The wall will stand, and Venn
            "#]],
        );
        check(
            "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Paul Ve<|>\n",
            expect![[r#"
                Paul Venn
                => The wall will stand, and Paul Venn
            "#]],
        );
    }

    #[test]
    fn prose_stays_quiet() {
        let known = "“It is old,” said Paul Venn, a diver.\n\n";
        check(
            &format!("{known}The wall will stand, said Ve<|>\n"),
            expect![[r#""#]],
        );
        check(
            &format!("{known}“The wall will stand,” Ve<|>\n"),
            expect![[r#""#]],
        );
        check(
            &format!("{known}The wall will stand, and V<|>\n"),
            expect![[r#""#]],
        );
        check(&format!("{known}The wall is ve<|>\n"), expect![[r#""#]]);
        check_asked(
            &format!("{known}The wall will stand, said Ve<|>\n"),
            Asked::Explicitly,
            expect![[r#"
                Venn | Paul Venn
                => The wall will stand, said Venn
            "#]],
        );
    }

    #[test]
    fn what_was_typed_is_what_the_editor_matches() {
        let item = testing::asked(
            &format!("It is old.[^pl<|>]\n{RECORDS}"),
            |draft, scene, at| complete(draft, scene, at, Asked::Typing).items.remove(0),
        );
        assert_eq!(
            (item.filter_text.as_str(), item.sort_text.as_str()),
            ("pl plan", "000")
        );
    }

    #[test]
    fn inside_an_open_quotation_mark_the_words_of_the_tape_are_offered() {
        check(
            "The pier is closed, the board said on Monday.\n\n“We had no w<|>\n=== notes/ortiz.vtt\nWEBVTT\n\n04:12.000 --> 04:16.000\nWell, we had no warning and no help.\n",
            expect![[r#"
                We had no warning and no help | ortiz.vtt, 04:12
                => “We had no warning and no help
            "#]],
        );
    }
}
