//! Another name for somebody, or another id, in every draft that has the old one. What stands between quotation marks
//! stays: those words are the speaker's.

use crate::draft::Draft;
use crate::entities::base::Base;
use crate::entities::fold::fold;
use crate::entities::mention::How;
use crate::entities::record::{Kind, Record};
use crate::features::people::{self, Who};
use crate::features::places::{self, Declaration};
use crate::features::subject::{self, Subject};
use crate::scene::Scene;
use crate::story::{Place, SpeakerId, SpeakerKind};
use crate::syntax::tree::{Shape, Sigil};
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// What is to be renamed.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// The id of a source, which counts in its draft alone.
    Source(String),
    /// The id of an entity.
    Id(String),
    /// A name.
    Name(Box<Name>),
}

/// A name that is to be another.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Whose.
    pub who: Who,
    /// In full, as it is now.
    pub full: String,
    /// The record of the base, if there is one.
    pub record: Option<Record>,
    /// On second reference, as it is now.
    short: String,
}

/// What can be renamed at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The words under the cursor, in bytes of the file.
    pub span: Span,
    /// What it is.
    pub target: Target,
    /// What it is called now.
    pub now: String,
}

impl Target {
    /// The name of somebody of the base.
    pub fn of_record(who: Who, record: Record) -> Target {
        Target::Name(Box::new(Name {
            who,
            full: record.name.clone(),
            short: record.short().to_owned(),
            record: Some(record),
        }))
    }

    /// Why something is no name or no id; none if it is one.
    pub fn refusal(&self, new: &str, is_taken: impl Fn(&str) -> bool) -> Option<String> {
        match self {
            Target::Source(_) | Target::Id(_) => {
                let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
                if new.is_empty() || !new.chars().all(fits) {
                    return Some("An id has letters, digits and hyphens only.".to_owned());
                }
                is_taken(new).then(|| format!("“{new}” is somebody else’s id already."))
            }
            Target::Name(_) => {
                let is_line = !new.trim().is_empty() && !new.contains(|c: char| c.is_control());
                (!is_line).then(|| "A name is some words on one line.".to_owned())
            }
        }
    }
}

/// What can be renamed at a byte of the file.
pub fn prepare(draft: &Draft, scene: &Scene, at: usize) -> Option<Prepared> {
    let story = &draft.story;
    let found = subject::subject(draft, at);
    match found.map(|(found, _)| found) {
        Some(Subject::Citation(index)) => {
            let citation = &story.citations[index];
            let target = match citation.sigil {
                Sigil::Source => Target::Source(citation.name.clone()),
                Sigil::Entity => Target::Id(citation.name.clone()),
            };
            return Some(Prepared {
                span: draft.span(citation.id),
                target,
                now: citation.name.clone(),
            });
        }
        Some(Subject::Source(index)) => {
            let source = &story.sources[index];
            return Some(Prepared {
                span: draft.span(source.place),
                target: Target::Source(source.id.clone()),
                now: source.id.clone(),
            });
        }
        Some(Subject::Entity(index)) => {
            let entity = &story.entities[index];
            return Some(Prepared {
                span: draft.span(entity.place),
                target: Target::Id(entity.id.clone()),
                now: entity.id.clone(),
            });
        }
        Some(Subject::Mark(_) | Subject::Header(_) | Subject::Quote(_)) => return None,
        Some(Subject::Mention(_)) | None => {}
    }
    let who = people::who(draft, scene.base, at)?;
    let (block, inside) = draft.block_at(at)?;
    let name = match &who {
        Who::Known(id) => {
            let record = scene.base.record(*id)?;
            match Target::of_record(who.clone(), Record::clone(&record)) {
                Target::Name(name) => name,
                Target::Source(_) | Target::Id(_) => return None,
            }
        }
        Who::Named(_) => {
            let speaker = story.speaker(people::speaker(draft, scene.base, &who)?);
            Box::new(Name {
                who: who.clone(),
                full: speaker.name.clone(),
                short: speaker.surname.clone().unwrap_or_default(),
                record: None,
            })
        }
    };
    // The words under the cursor that would change: not "the mayor", not "she".
    let edits = in_draft(draft, scene.base, &Target::Name(name.clone()), "X Y");
    let here = draft.tree.blocks[block].start + inside;
    let span = edits.iter().find(|edit| edit.span.touches(here))?.span;
    Some(Prepared {
        span,
        now: name.full.clone(),
        target: Target::Name(name),
    })
}

/// The edits that a draft needs, in order.
pub fn in_draft(draft: &Draft, base: &Base, target: &Target, new: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = match target {
        Target::Source(id) => ids(draft, id, Sigil::Source, new),
        Target::Id(id) => ids(draft, id, Sigil::Entity, new),
        Target::Name(name) => names(draft, base, name, new.trim()),
    };
    order::by_key(&mut edits, |edit| edit.span);
    edits.dedup_by(|next, before| next.span.overlaps(before.span) || next.span == before.span);
    edits
}

fn ids(draft: &Draft, id: &str, sigil: Sigil, new: &str) -> Vec<Edit> {
    let places = places::of_id(draft, id, sigil, Declaration::Included).into_iter();
    places
        .map(|place| Edit::replace(draft.span(place), new))
        .collect()
}

fn names(draft: &Draft, base: &Base, name: &Name, new: &str) -> Vec<Edit> {
    let (short, given) = (new_short(name, new), first(new));
    let mut edits = Vec::new();
    let mut put = |place: Place, words: &str, instead: &str| {
        // A headline in capitals stays one.
        let in_capitals = words.chars().any(char::is_lowercase);
        let instead = match in_capitals || words.chars().count() < 2 {
            true => instead.to_owned(),
            false => instead.to_uppercase(),
        };
        edits.push(Edit::replace(draft.span(place), instead));
    };
    if let Who::Known(id) = &name.who {
        let links = draft.story.known.links.iter();
        for link in links.filter(|link| link.sure() == Some(*id) && !link.is_quoted) {
            let words = draft.words(link.place);
            let instead = match link.how {
                How::Full | How::Misspelt
                    if fold(words) == fold(&name.full) || link.how == How::Misspelt =>
                {
                    new
                }
                How::Surname | How::Alone if fold(words) == fold(&name.short) => &short,
                How::Given if fold(words) == fold(first(&name.full)) => given,
                _ => continue,
            };
            put(link.place, words, instead);
        }
    }
    if let Some(speaker) = people::speaker(draft, base, &name.who) {
        for place in mentions(draft, speaker) {
            let words = draft.words(place);
            let inside = |found: Span| Place {
                block: place.block,
                span: found.shift(place.span.start()),
            };
            if let Some(found) = find(words, &name.full) {
                put(inside(found), found.of(words), new);
            } else if let Some(found) = find(words, &name.short)
                && draft.story.speaker(speaker).kind == SpeakerKind::Person
            {
                put(inside(found), found.of(words), &short);
            }
        }
    }
    // Records name people too.
    for (block, placed) in draft.tree.blocks.iter().enumerate() {
        if !matches!(placed.block.shape, Shape::Definition(_)) {
            continue;
        }
        let text: &str = &placed.block.text;
        let mut from = 0;
        while let Some(found) = find(&text[from..], &name.full) {
            let span = found.shift(from);
            from = span.end();
            put(Place { block, span }, span.of(text), new);
        }
    }
    edits
}

/// The mentions of a speaker outside quotation marks.
fn mentions(draft: &Draft, speaker: SpeakerId) -> Vec<Place> {
    let all = places::mentions(draft, speaker).into_iter();
    all.filter(|place| {
        let quotes = &draft.prose[place.block].quotes;
        !quotes.iter().any(|quote| quote.inner.overlaps(place.span))
    })
    .collect()
}

/// The name on second reference that goes with a new name.
fn new_short(name: &Name, new: &str) -> String {
    match &name.record {
        Some(record) => renamed(record, new).short().to_owned(),
        None => crate::story::name::surname(new).unwrap_or(new).to_owned(),
    }
}

/// A record under another name: a surname that only repeats what the name says goes with it.
pub fn renamed(record: &Record, new: &str) -> Record {
    let mut renamed = record.clone();
    if repeats_surname(record) {
        renamed.surname = None;
    }
    new.clone_into(&mut renamed.name);
    renamed
}

/// Whether the surname of a record is what would follow from its name anyway.
pub fn repeats_surname(record: &Record) -> bool {
    let mut plain = record.clone();
    plain.surname = None;
    record.kind == Kind::Person
        && record
            .surname
            .as_deref()
            .is_none_or(|surname| fold(surname) == fold(plain.short()))
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// Where words stand in others, whole.
fn find(words: &str, wanted: &str) -> Option<Span> {
    if wanted.is_empty() {
        return None;
    }
    let mut from = 0;
    while let Some(at) = words[from..].find(wanted) {
        let span = Span::new(from + at, from + at + wanted.len());
        let before = words[..span.start()].chars().next_back();
        let after = words[span.end()..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !is_word(before) && !is_word(after) {
            return Some(span);
        }
        from = span.end();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn renamed(marked: &str, new: &str) -> String {
        testing::asked(marked, |draft, scene, at| {
            let Some(found) = prepare(draft, scene, at) else {
                return "nothing".to_owned();
            };
            let edits = in_draft(draft, scene.base, &found.target, new);
            format!("{} => {}", found.now, testing::after(draft, &edits))
        })
    }

    const BASE: &str = "=== entities/desk.toml\n[[person]]\nid = \"ortiz\"\nname = \"Dana Ortiz\"\n[[org]]\nname = \"Harbor Watch\"\nacronym = \"HWA\"\n";

    #[test]
    fn a_person_whom_the_newsroom_knows_in_every_form_but_quoted() {
        assert_eq!(
            renamed(
                &format!(
                    "The plan of Dana Or<|>tiz failed. “Dana Ortiz knew,” said Paul Venn. Ortiz’s plan was old. It is known.[@ortiz]\n{BASE}"
                ),
                "Dana Hill"
            ),
            "Dana Ortiz => The plan of Dana Hill failed. “Dana Ortiz knew,” said Paul Venn. Hill’s plan was old. It is known.[@ortiz]\n"
        );
        assert_eq!(
            renamed(
                &format!(
                    "The plan of Harbor Watch failed. HWA knew. Harbor W<|>atch is old.\n{BASE}"
                ),
                "Harbor Guard"
            ),
            "Harbor Watch => The plan of Harbor Guard failed. HWA knew. Harbor Guard is old.\n"
        );
    }

    #[test]
    fn a_person_of_the_draft_alone() {
        assert_eq!(
            renamed(
                "“It is old,” said Paul Venn, a diver. Mr. Ve<|>nn knew. “Venn told me,” said Ann Lee.[^v]\n\n[^v]: interview, Paul Venn\n",
                "Paul Wenn"
            ),
            "Paul Venn => “It is old,” said Paul Wenn, a diver. Mr. Wenn knew. “Venn told me,” said Ann Lee.[^v]\n\n[^v]: interview, Paul Wenn\n"
        );
        assert_eq!(renamed("The pi<|>er is old.\n", "x"), "nothing");
    }

    #[test]
    fn ids_of_sources_and_entities() {
        assert_eq!(
            renamed(
                "It is old.[^ve<|>nn] So is she.[@venn]\n\n[^venn]: interview, Paul Venn\n[@venn]: person, Paul Venn\n",
                "diver"
            ),
            "venn => It is old.[^diver] So is she.[@venn]\n\n[^diver]: interview, Paul Venn\n[@venn]: person, Paul Venn\n"
        );
        assert_eq!(
            renamed(
                "It is old.[^venn] So is she.[@ve<|>nn]\n\n[^venn]: interview, Paul Venn\n[@venn]: person, Paul Venn\n",
                "diver"
            ),
            "venn => It is old.[^venn] So is she.[@diver]\n\n[^venn]: interview, Paul Venn\n[@diver]: person, Paul Venn\n"
        );
        let target = Target::Id("a".to_owned());
        assert!(target.refusal("a b", |_| false).is_some());
        assert!(target.refusal("b", |id| id == "b").is_some());
        assert_eq!(target.refusal("c-2", |id| id == "b"), None);
    }
}
