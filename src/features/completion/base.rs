//! Names of the base while one is typed: by name, surname, initials, a slip of the finger, or a role.

use super::about::About;
use super::name::{Typing, full_name};
use super::{Asked, ItemKind, Offer};
use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::entities::day::Standing;
use crate::entities::fold::fold;
use crate::entities::index::search::Fit;
use crate::entities::record::{Kind, Layer, Record};
use crate::scene::Scene;
use crate::story::Place;
use crate::text::order;

/// How many entities are looked at for one list.
const LOOKED_AT: usize = 28;

/// What sorts the list: named before, our own, the fit, a current role, popularity, a shorter name.
type Rank = (bool, bool, Fit, bool, usize, usize);

/// The entities of the base that fit what is typed, best first, and whether the draft names them before the cursor.
pub fn offers(draft: &Draft, scene: &Scene, typing: &Typing, asked: Asked) -> Vec<Offer> {
    let key = fold(&typing.words);
    if scene.base.is_empty() || key.is_empty() {
        return Vec::new();
    }
    let on = draft.story.facts.date.unwrap_or(scene.today);
    let mut found: Vec<(EntityId, Fit)> = Vec::new();
    let named = named(draft, typing.before);
    for (id, _) in &named {
        let record = scene.base.record(*id);
        if record.is_some_and(|record| fits(&record, &key)) {
            found.push((*id, Fit::Name));
        }
    }
    for one in scene.base.search(&key, LOOKED_AT) {
        if !found.iter().any(|(id, _)| *id == one.id) {
            found.push((one.id, one.fit));
        }
    }
    // An office stands for who holds it.
    found.retain(|(id, _)| scene.base.kind(*id) != Some(Kind::Office));
    // A role is worth a look only where no name fits, or where somebody asks.
    if key.len() >= 4 && (found.is_empty() || asked == Asked::Explicitly) {
        for id in scene.base.by_role(&key, LOOKED_AT) {
            if !found.iter().any(|(known, _)| *known == id) {
                found.push((id, Fit::Slip));
            }
        }
    }
    let mut ranked: Vec<(Rank, Offer)> = Vec::new();
    for (order, (id, fit)) in found.into_iter().enumerate() {
        let Some(record) = scene.base.record(id) else {
            continue;
        };
        let is_known = named.iter().any(|(known, _)| *known == id);
        let is_current = record
            .role_on(on)
            .is_some_and(|(_, standing)| standing == Standing::Current);
        let rank = (
            !is_known,
            !id.is_own(),
            fit,
            !is_current,
            order,
            record.name.len(),
        );
        for offer in rows(scene, id, &record, on, is_known, typing.words.contains(' ')) {
            ranked.push((rank, offer));
        }
    }
    order::by_key(&mut ranked, |(rank, _)| *rank);
    let mut offers: Vec<Offer> = Vec::new();
    for (_, offer) in ranked {
        // Two sources of one person look alike; two people of one name do not.
        if !offers
            .iter()
            .any(|known| known.label == offer.label && known.detail == offer.detail)
        {
            offers.push(offer);
        }
    }
    offers
}

/// The entities that the draft names before a place, the last one first.
fn named(draft: &Draft, before: Place) -> Vec<(EntityId, Place)> {
    let mut named: Vec<(EntityId, Place)> = Vec::new();
    for link in draft.story.known.links.iter().rev() {
        if let (true, Some(who)) = (link.place < before, link.sure())
            && !named.iter().any(|(known, _)| *known == who)
        {
            named.push((who, link.place));
        }
    }
    named
}

/// Whether a word of a name, or the name, begins with what is typed.
fn fits(record: &Record, key: &str) -> bool {
    record.forms().any(|form| {
        let form = fold(form);
        form.starts_with(key) || form.split(' ').any(|word| word.starts_with(key))
    })
}

/// One row: name and role; for somebody named before the surname, then the name.
fn rows(
    scene: &Scene,
    id: EntityId,
    record: &Record,
    on: jiff::civil::Date,
    is_known: bool,
    is_full: bool,
) -> Vec<Offer> {
    let role = scene.base.role_words(record, on);
    let role = role.or_else(|| {
        let described = record.extra.iter().find(|(key, _)| key == "description");
        described.map(|(_, words)| words.clone())
    });
    let detail = role.unwrap_or_default();
    let name = record.first.as_deref().unwrap_or(&record.name);
    let documentation = match (record.origin.layer, record.origin.date) {
        (Layer::Imported, Some(date)) => format!("{}, {}", record.origin.file, date.words()),
        (Layer::Imported, None) => record.origin.file.to_string(),
        _ => record.note.clone().unwrap_or_default(),
    };
    let row = |label: &str, detail: String, new_text: String| Offer {
        label: label.to_owned(),
        detail,
        documentation: documentation.clone(),
        new_text,
        kind: ItemKind::Person,
        about: Some(About::Known(id)),
    };
    let is_person = record.kind == Kind::Person;
    let short = record.short();
    if is_known && !is_full && short != name {
        let both = match detail.as_str() {
            "" => name.to_owned(),
            detail => format!("{name}, {detail}"),
        };
        return vec![
            row(short, both, short.to_owned()),
            row(name, detail, name.to_owned()),
        ];
    }
    // Only what the newsroom itself wrote goes into copy; what was imported is shown.
    let current = record.role_on(on).filter(|(role, standing)| {
        *standing == Standing::Current
            && role.source.is_none()
            && record.origin.layer != Layer::Imported
    });
    let title = current
        .and_then(|(role, _)| scene.base.title(role))
        .filter(|_| is_person && !is_known);
    vec![row(
        name,
        detail,
        full_name(name, title.unwrap_or_default()),
    )]
}

#[cfg(test)]
mod tests {
    use crate::features::completion::{Asked, complete};
    use crate::features::testing;

    const BASE: &str = "\n=== entities/people.toml\n[[office]]\nid = \"defence\"\ntitle = \"defence secretary\"\n\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\noffice = \"defence\"\nfrom = 2020-01-01\n\n[[person]]\nname = \"Pål Jensson\"\n[[person.role]]\ntitle = \"harbor commissioner\"\nto = 2024-07-05\n\n[[person]]\nname = \"Ulla van der Meer\"\n\n[[person]]\nname = \"Sean O’Brien\"\n\n[[org]]\nname = \"Harbor Watch\"\n";

    /// The rows, and what accepting the first one makes of the line.
    fn rows(marked: &str, asked: Asked) -> Vec<String> {
        testing::asked(&format!("{marked}{BASE}"), |draft, scene, at| {
            let found = complete(draft, scene, at, asked);
            assert!(found.is_incomplete || found.items.is_empty());
            let mut rows: Vec<String> = Vec::new();
            for (index, item) in found.items.iter().enumerate() {
                let span = item.edit.span;
                let typed = draft.text.slice(span);
                assert_eq!(span, found.items[0].edit.span, "one range for all");
                assert_eq!(span.end(), at, "what follows the cursor stays");
                assert_eq!(item.filter_text, format!("{typed} {}", item.label));
                assert_eq!(item.sort_text, format!("{index:03}"));
                rows.push(format!(
                    "{} | {} => {}",
                    item.label, item.detail, item.edit.new_text
                ));
            }
            rows
        })
    }

    fn first(marked: &str) -> String {
        rows(marked, Asked::Typing)
            .into_iter()
            .next()
            .unwrap_or_default()
    }

    #[test]
    fn by_anything_that_is_remembered() {
        let shepstow = "Grant Shepstow | defence secretary => Grant Shepstow, defence secretary,";
        for typed in [
            "Gra",
            "Grant Sh",
            "Shep",
            "Gra Sh",
            "Shapstow",
            "Grant Shepst",
            "@gs",
            "@grant",
            "@defence sec",
        ] {
            assert_eq!(
                first(&format!("The plan of {typed}<|>")),
                shepstow,
                "{typed}"
            );
        }
        let jensson = "Pål Jensson | harbor commissioner until 5 July 2024 => Pål Jensson";
        for typed in ["Pal J", "Jenson", "Pål", "PAL JENS"] {
            assert_eq!(
                first(&format!("The plan of {typed}<|>")),
                jensson,
                "{typed}"
            );
        }
        for typed in ["Ulla van der M", "van der Me", "Meer"] {
            assert!(
                first(&format!("Then Ulla came, {typed}<|>")).starts_with("Ulla van der Meer"),
                "{typed}"
            );
        }
        for typed in ["O'Br", "O’Br", "Sean O"] {
            assert!(
                first(&format!("The plan of {typed}<|>")).starts_with("Sean O’Brien"),
                "{typed}"
            );
        }
        assert_eq!(
            first("The plan of Harbor W<|>"),
            "Harbor Watch |  => Harbor Watch"
        );
    }

    #[test]
    fn the_surname_where_the_draft_has_named_them() {
        let before = "The plan of Grant Shepstow failed.\n\nThe plan of ";
        assert_eq!(
            rows(&format!("{before}Sh<|>"), Asked::Typing),
            [
                "Shepstow | Grant Shepstow, defence secretary => Shepstow",
                "Grant Shepstow | defence secretary => Grant Shepstow"
            ]
        );
        assert_eq!(
            first(&format!("{before}Grant Sh<|>")),
            "Grant Shepstow | defence secretary => Grant Shepstow"
        );
    }

    #[test]
    fn prose_stays_quiet_about_everybody() {
        for typed in [
            "The plan of S<|>",
            "She<|>",
            "The plan was old, said Shep<|>",
            "“It is old,” Shep<|>",
            "The plan of shep<|>",
            "Ask shep@harbor<|>",
        ] {
            let quiet = rows(typed, Asked::Typing);
            assert!(quiet.is_empty() || typed == "She<|>", "{typed}: {quiet:?}");
        }
        assert!(!rows("The plan was old, said Shep<|>", Asked::Explicitly).is_empty());
        assert!(!rows("The plan of grant shep<|>", Asked::Explicitly).is_empty());
    }

    #[test]
    fn ids_in_marks() {
        testing::asked(&format!("It is old.[@sh<|>{BASE}"), |draft, scene, at| {
            let found = complete(draft, scene, at, Asked::Typing);
            let texts: Vec<&str> = found
                .items
                .iter()
                .map(|item| item.edit.new_text.as_str())
                .collect();
            assert_eq!(texts, ["grant-shepstow]"]);
        });
    }
}
