//! What somebody belongs to: the record of the person's organisation, else where the story names it first.

use crate::draft::Draft;
use crate::entities::base::{Base, EntityId};
use crate::entities::fold::fold;
use crate::entities::record::Kind;
use crate::features::about_known;
use crate::features::definition::{Definition, Elsewhere};
use crate::features::people::{self, Who};
use crate::features::places;
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::{Place, SpeakerId};
use crate::text::span::Span;

/// Where the organisation is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// In the draft itself.
    Here(Definition),
    /// In the newsroom's files.
    There(Elsewhere),
}

/// The organisation of whoever stands at a byte of the file.
pub fn type_definition(draft: &Draft, scene: &Scene, at: usize) -> Option<Leads> {
    let (block, inside) = draft.block_at(at)?;
    let found = subject::subject(draft, at);
    let link = draft.story.known.at(block, inside);
    let origin = found
        .map(|(_, span)| span)
        .or_else(|| Some(draft.span(link?.place)))?;
    let words = said_in_draft(draft, found.map(|(found, _)| found)).or_else(|| {
        let Who::Known(id) = people::who(draft, scene.base, at)? else {
            return None;
        };
        said_in_base(draft, scene, id)
    })?;
    here(draft, &words)
        .map(|target| {
            Leads::Here(Definition {
                origin,
                target: draft.span(target),
                whole: subject::sentence(draft, target),
            })
        })
        .or_else(|| there(scene.base, &words, origin).map(Leads::There))
        .or_else(|| {
            let place = named(draft, scene.base, &words)?;
            Some(Leads::Here(Definition {
                origin,
                target: draft.span(place),
                whole: subject::sentence(draft, place),
            }))
        })
}

/// What the record in the draft says in its field `org`.
fn said_in_draft(draft: &Draft, found: Option<Subject>) -> Option<String> {
    let story = &draft.story;
    let found = found?;
    let own = match found {
        Subject::Source(index) => story.sources[index].field("org"),
        Subject::Entity(index) => story.entities[index].field("org"),
        Subject::Citation(index) => {
            let name = &story.citations[index].name;
            let mut sources = story.sources.iter();
            let mut entities = story.entities.iter();
            sources
                .find(|one| one.id == *name)
                .and_then(|one| one.field("org"))
                .or_else(|| {
                    entities
                        .find(|one| one.id == *name)
                        .and_then(|one| one.field("org"))
                })
        }
        Subject::Mark(_) | Subject::Header(_) => None,
        Subject::Mention(_) | Subject::Quote(_) => {
            let speaker = story.speaker(subject::speaker(draft, found)?);
            let entity = speaker.entity.map(|index| &story.entities[index]);
            let mut sources = speaker.sources.iter();
            entity
                .and_then(|one| one.field("org"))
                .or_else(|| sources.find_map(|index| story.sources[*index].field("org")))
        }
    };
    own.map(str::to_owned)
}

/// What the newsroom's record says: of a person the body of the role on the day, of a body what it is part of.
fn said_in_base(draft: &Draft, scene: &Scene, id: EntityId) -> Option<String> {
    let record = scene.base.record(id)?;
    let on = about_known::day(draft, scene);
    let of_role = record.role_on(on).and_then(|(role, _)| {
        let office = role.office.as_deref().and_then(|id| scene.base.office(id));
        let of_office = office.and_then(|office| office.org.clone());
        role.org.clone().or(of_office)
    });
    of_role.or_else(|| record.org.clone())
}

/// The definition of a body in the draft, by its id or name.
fn here(draft: &Draft, words: &str) -> Option<Place> {
    let mut entities = draft.story.entities.iter();
    let found = entities.find(|one| one.id == words || fold(&one.name) == fold(words));
    found.map(|one| one.place)
}

/// The newsroom's own record of a body, by its id or name.
fn there(base: &Base, words: &str, origin: Span) -> Option<Elsewhere> {
    let named = || {
        let ids = base.own_named(&fold(words)).into_iter();
        ids.into_iter().find(|id| base.kind(*id) == Some(Kind::Org))
    };
    let id = base.by_id(words).or_else(named)?;
    let record = base.record(id)?;
    (id.is_own() && record.origin.line > 0).then(|| Elsewhere {
        origin,
        path: record.origin.file.to_string(),
        line: record.origin.line,
    })
}

/// The first naming of a body in the copy.
fn named(draft: &Draft, base: &Base, words: &str) -> Option<Place> {
    let story = &draft.story;
    let known = base.by_id(words).map(Who::Known);
    let by_record = known.and_then(|who| people::speaker(draft, base, &who));
    let by_name = || {
        let mut speakers = story.speakers.iter();
        // By the name alone: whether a name without a record is a person's or a body's is not always told by its form.
        let place = speakers.position(|one| fold(&one.name) == fold(words));
        place.map(SpeakerId)
    };
    let speaker = by_record.or_else(by_name)?;
    places::first_naming(draft, story.speaker(speaker))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, expected: Expect) {
        let told = testing::asked(marked, |draft, scene, at| {
            match type_definition(draft, scene, at) {
                None => "nowhere".to_owned(),
                Some(Leads::Here(found)) => testing::marked(draft, &[found.target]),
                Some(Leads::There(found)) => format!("{}:{}", found.path, found.line),
            }
        });
        expected.assert_eq(&told);
    }

    const BASE: &str = "=== entities/desk.toml\n[[org]]\nid = \"watch\"\nname = \"Harbor Watch\"\norg = \"port\"\n[[org]]\nid = \"port\"\nname = \"Harlow Port\"\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"chair\"\norg = \"watch\"\n";

    #[test]
    fn a_person_of_the_newsroom_leads_to_the_record_of_the_body() {
        let story = |words: &str| format!("{words}{BASE}");
        check(
            &story("“It leaks,” Dana Or<|>tiz said.\n"),
            expect!["entities/desk.toml:3"],
        );
        check(
            &story("“It le<|>aks,” Dana Ortiz said.\n"),
            expect!["entities/desk.toml:3"],
        );
        check(
            &story("The plan of Harbor Wa<|>tch failed, Dana Ortiz said.\n"),
            expect!["entities/desk.toml:7"],
        );
    }

    #[test]
    fn a_record_of_the_draft_leads_to_its_body() {
        check(
            "“It leaks,” Dana Or<|>tiz said.\n\n[@ortiz]: person, Dana Ortiz; org: watch\n[@watch]: org, Harbor Watch\n",
            expect![[r#"
                “It leaks,” Dana Ortiz said.

                [@ortiz]: person, Dana Ortiz; org: watch
                [@⟦watch⟧]: org, Harbor Watch
            "#]],
        );
        check(
            "“It leaks,” Dana Ortiz said.[^or<|>tiz] Harbor Watch said it knew.\n\n[^ortiz]: interview; by: Dana Ortiz; org: Harbor Watch\n",
            expect![[r#"
                “It leaks,” Dana Ortiz said.[^ortiz] ⟦Harbor Watch⟧ said it knew.

                [^ortiz]: interview; by: Dana Ortiz; org: Harbor Watch
            "#]],
        );
    }

    #[test]
    fn somebody_of_whom_nothing_is_known_leads_nowhere() {
        check("“It leaks,” Paul Ve<|>nn said.\n", expect!["nowhere"]);
        check("The wall le<|>aks.\n", expect!["nowhere"]);
    }
}
