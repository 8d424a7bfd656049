//! Writes a name as the newsroom's own files do.

use super::{Action, ActionKind};
use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::entities::mention::How;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::known::Link;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// The house's spelling for the name under the cursor: here, and wherever else the draft writes it otherwise.
pub fn house(draft: &Draft, scene: &Scene, range: Span) -> Vec<Action> {
    let Some((block, inside)) = draft.block_at(range.start()) else {
        return Vec::new();
    };
    let known = &draft.story.known;
    let Some(link) = known.at(block, inside) else {
        return Vec::new();
    };
    let Some(wanted) = wanted(draft, scene, link) else {
        return Vec::new();
    };
    let edit = |place: Place, words: &str| Edit::replace(draft.span(place), words);
    let action = |title: String, edits: Vec<Edit>| Action {
        title,
        kind: ActionKind::QuickFix,
        edits,
        finding: None,
        is_preferred: false,
    };
    let mut actions = vec![action(
        format!("Use the house spelling: {wanted}"),
        vec![edit(link.place, &wanted)],
    )];
    let all: Vec<Edit> = known
        .links
        .iter()
        .filter(|other| other.who == link.who)
        .filter_map(|other| {
            let words = self::wanted(draft, scene, other)?;
            Some(edit(other.place, &words))
        })
        .collect();
    if all.len() > 1 {
        let title = format!("Use the house spelling everywhere ({} places)", all.len());
        actions.push(action(title, all));
    }
    actions
}

/// What the house writes where the draft has other letters; none where they are the same, or another's words.
fn wanted(draft: &Draft, scene: &Scene, link: &Link) -> Option<String> {
    let who = link.sure().filter(|who| who.is_own() && !link.is_quoted)?;
    let record = scene.base.record(who)?;
    let words = draft.words(link.place);
    let house = match link.how {
        How::Full | How::Misspelt => record.name.as_str(),
        How::Surname | How::Alone => record.short(),
        How::Acronym | How::Given | How::Demonym | How::Generic | How::Metonym => return None,
    };
    let is_accepted = [
        Some(&record.name),
        record.acronym.as_ref(),
        record.first.as_ref(),
    ]
    .into_iter()
    .flatten()
    .any(|form| form == words);
    let in_capitals = words == house.to_uppercase();
    // A surname of another form of the name is no slip of spelling.
    let is_same = link.how == How::Full || link.how == How::Misspelt || fold(words) == fold(house);
    (words != house && !is_accepted && !in_capitals && is_same).then(|| house.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn check(marked: &str, title: &str) -> String {
        let base = "=== entities/people.toml\n[[person]]\nname = \"Pål Jensson\"\nvariants = [\"Paal Jensson\"]\n\n[[org]]\nname = \"Harbor Watch\"\nacronym = \"HWA\"\n";
        testing::asked(&format!("{marked}{base}"), |draft, scene, at| {
            let actions = house(draft, scene, Span::at(at));
            let action = actions.iter().find(|one| one.title.starts_with(title));
            action.map_or("nothing".to_owned(), |action| {
                testing::after(draft, &action.edits)
            })
        })
    }

    #[test]
    fn here_and_everywhere() {
        let story = "The plan of Pal Jen<|>sson failed. Paal Jensson’s brother knew.\n\n“Pal Jensson told me,” said Ann Lee.\n";
        assert_eq!(
            check(story, "Use the house spelling: "),
            "The plan of Pål Jensson failed. Paal Jensson’s brother knew.\n\n“Pal Jensson told me,” said Ann Lee.\n"
        );
        assert_eq!(
            check(story, "Use the house spelling everywhere (2"),
            "The plan of Pål Jensson failed. Pål Jensson’s brother knew.\n\n“Pal Jensson told me,” said Ann Lee.\n"
        );
        for right in [
            "The plan of Pål Jen<|>sson.\n",
            "The plan of HW<|>A.\n",
            "The plan of Harbor W<|>atch.\n",
        ] {
            assert_eq!(check(right, "Use"), "nothing", "{right}");
        }
    }
}
