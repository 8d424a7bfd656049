//! Somebody of the draft whom the newsroom does not know yet, as a record for its file: with the role from the text.

use crate::draft::Draft;
use crate::entities::add::Entry;
use crate::entities::fold::fold;
use crate::entities::record::Kind;
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::{Speaker, SpeakerKind};
use crate::text::span::Span;
use crate::words::{self, Classes};

/// A record that could be written into the newsroom's file.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// What it does; begins with a verb.
    pub title: String,
    /// The record.
    pub entry: Entry,
}

/// The record of whoever is named under the cursor, if neither the newsroom's files nor the draft have one. Names that
/// a mark or the terms of a record protect are never offered.
pub fn addition(draft: &Draft, scene: &Scene, range: Span) -> Option<Addition> {
    let (found, _) = subject::subject(draft, range.start())?;
    if !matches!(found, Subject::Mention(_)) {
        return None;
    }
    let id = subject::speaker(draft, found)?;
    let speaker = draft.story.speaker(id);
    let kind = match speaker.kind {
        SpeakerKind::Person => Kind::Person,
        SpeakerKind::Body | SpeakerKind::Outlet => Kind::Org,
        SpeakerKind::Document
        | SpeakerKind::Institution
        | SpeakerKind::Anonymous
        | SpeakerKind::Collective => return None,
    };
    let known = draft.story.known.speakers.get(id.0).copied().flatten();
    let is_own = known.is_some_and(|known| known.is_own())
        || !scene.base.own_named(&fold(&speaker.name)).is_empty();
    let is_full = kind == Kind::Org || speaker.name.contains(' ');
    let is_name = speaker.name.starts_with(char::is_uppercase) && is_full;
    if is_own || !is_name || is_protected(draft, speaker) {
        return None;
    }
    let title = (kind == Kind::Person)
        .then(|| role(draft, speaker))
        .flatten();
    let surname = speaker.surname.clone().filter(|surname| {
        // The last word follows from the name by itself.
        let last = speaker.name.split(' ').next_back();
        kind == Kind::Person && last.is_some_and(|last| fold(last) != fold(surname))
    });
    let first = speaker.name.split(' ').next().unwrap_or_default();
    let is_family_first = surname
        .as_deref()
        .is_some_and(|surname| fold(surname) == fold(first));
    let entry = Entry {
        kind,
        name: speaker.name.clone(),
        surname: surname.filter(|_| !is_family_first),
        is_family_first,
        title,
        org: None,
        checked: None,
    };
    let what = entry.title.as_ref();
    let what = what.map_or(String::new(), |title| format!(", {title},"));
    Some(Addition {
        title: format!("Add {}{what} to the newsroom’s file", speaker.name),
        entry,
    })
}

/// Whether a record of the draft says that the name stays out of print.
fn is_protected(draft: &Draft, speaker: &Speaker) -> bool {
    use crate::story::source::Terms;
    let entity = speaker.entity.map(|index| &draft.story.entities[index]);
    let may_not_be_named = entity.is_some_and(|entity| entity.field("do-not-name").is_some());
    let mut sources = speaker.sources.iter();
    may_not_be_named
        || sources.any(|index| {
            let terms = draft.story.sources[*index].terms;
            !matches!(terms, Terms::OnRecord | Terms::NotNoted)
        })
}

/// The role as the text gives it, as a title that may stand in a file; none for one that somebody had before.
fn role(draft: &Draft, speaker: &Speaker) -> Option<String> {
    let entity = speaker.entity.map(|index| &draft.story.entities[index]);
    let words = entity
        .and_then(|entity| entity.field("role"))
        .or(speaker.role.as_deref())?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = [
        "the ", "The ", "a ", "A ", "an ", "An ", "his ", "her ", "their ",
    ]
    .iter()
    .find_map(|article| words.strip_prefix(article))
    .unwrap_or(&words);
    let is_past = bare.split([' ', '-']).any(|word| {
        let word = word.to_lowercase();
        [
            "former", "then", "ex", "late", "onetime", "acting", "elect", "incoming", "outgoing",
        ]
        .contains(&word.as_str())
    });
    let is_role = bare
        .split(' ')
        .any(|word| words::classes(&word.to_lowercase()).has(Classes::ROLE.or(Classes::PROXY)));
    (!is_past && is_role && !bare.starts_with("who ")).then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::add;
    use crate::features::testing;

    fn added(marked: &str) -> String {
        testing::asked(marked, |draft, scene, at| {
            let found = addition(draft, scene, Span::at(at));
            found.map_or("nothing".to_owned(), |found| {
                add::lines(&found.entry, "", |_| false)
            })
        })
    }

    #[test]
    fn a_person_with_the_role_from_the_text() {
        assert_eq!(
            added("“The pier is safe,” Harbor Commissioner Dana Or<|>tiz said.\n"),
            "[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"Harbor Commissioner\"\n"
        );
        assert_eq!(
            added("“The pier is safe,” said Paul Ve<|>nn, a diver.\n"),
            "[[person]]\nname = \"Paul Venn\"\n"
        );
        assert_eq!(
            added("“The pier is safe,” former Mayor Dana Or<|>tiz said.\n"),
            "[[person]]\nname = \"Dana Ortiz\"\n"
        );
    }

    #[test]
    fn nobody_twice_and_nobody_who_may_not_be_named() {
        assert_eq!(
            added(
                "“The pier is safe,” Dana Or<|>tiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n"
            ),
            "nothing"
        );
        assert_eq!(
            added(
                "“The pier is safe,” Dana Or<|>tiz said.\n\n[@dana-ortiz]: person, Dana Ortiz; do-not-name: court order\n"
            ),
            "nothing"
        );
        assert_eq!(
            added(
                "“The pier is safe,” Dana Or<|>tiz said.\n\n[^o]: interview, Dana Ortiz; background\n"
            ),
            "nothing"
        );
        assert_eq!(added("“The pier is safe,” pol<|>ice said.\n"), "nothing");
    }
}
