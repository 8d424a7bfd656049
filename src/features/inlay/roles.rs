//! The role that somebody has on the story's date, as the newsroom's files have it, after the first mention.

use jiff::civil::Date;

use super::Hint;
use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::features::about_known;
use crate::features::words::shortened;
use crate::scene::Scene;
use crate::story::Place;
use crate::text::order;
use crate::text::span::Span;

/// The longest role that is shown, in characters.
const LONGEST: usize = 60;

/// `(transport minister until 5 July 2026)` behind the first mention of each person who has a record.
pub fn roles(draft: &Draft, scene: &Scene, range: Span) -> Vec<Hint> {
    let on = about_known::day(draft, scene);
    let mut seen: Vec<EntityId> = Vec::new();
    let links = draft.story.known.links.iter();
    let mut first: Vec<(EntityId, Place)> = links
        .filter_map(|link| Some((link.sure()?, link.place)))
        .collect();
    order::by_key(&mut first, |(_, place)| *place);
    first.retain(|(id, _)| {
        let is_new = !seen.contains(id);
        if is_new {
            seen.push(*id);
        }
        is_new
    });
    let hints = first.into_iter().filter_map(|(id, place)| {
        let span = draft.span(place);
        if !span.overlaps(range) {
            return None;
        }
        let record = scene.base.record(id)?;
        let role = scene.base.role_words(&record, on)?;
        let mut tooltip = format!(
            "{}: {role}, on {}",
            record.name,
            date(on, draft.story.facts.date.is_some())
        );
        let fresh = about_known::freshness(scene.base, &record, on, scene.today);
        if let Some(fresh) = fresh {
            tooltip = format!("{tooltip}\n{fresh}");
        }
        Some(Hint {
            at: span.end(),
            label: format!("({})", shortened(&role, LONGEST)),
            tooltip,
            is_apart: true,
        })
    });
    hints.collect()
}

fn date(on: Date, is_given: bool) -> String {
    let day = on.strftime("%-d %B %Y");
    match is_given {
        true => format!("{day}, the story’s date"),
        false => format!("{day}; the story has no date"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    const BASE: &str = "=== entities/desk.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"transport minister\"\nfrom = \"2024-01-01\"\nto = \"2026-07-05\"\n";

    fn roles(story: &str) -> String {
        shown(&format!("{story}{BASE}"), &["role"])
    }

    #[test]
    fn the_first_mention_says_the_role_on_the_day() {
        assert_eq!(
            roles("Date: 2026-07-01\n\nThe plan of Dana Ortiz failed, Dana Ortiz said.\n"),
            "Date: 2026-07-01\n\nThe plan of Dana Ortiz ⟦(transport minister)⟧ failed, Dana Ortiz said.\n"
        );
        let later = roles("Date: 2026-07-10\n\nThe plan of Dana Ortiz failed.\n");
        assert!(
            later.contains("⟦(transport minister until 5 July 2026)⟧") || later.contains("former"),
            "{later}"
        );
    }

    #[test]
    fn somebody_without_a_record_has_none() {
        let story = "The plan of Paul Venn failed, Paul Venn said.\n";
        assert_eq!(roles(story), story);
    }
}
