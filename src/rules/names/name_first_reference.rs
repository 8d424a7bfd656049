//! Somebody who comes in by the surname alone, or who speaks with no word of who that is.

use rustc_hash::FxHashSet;

use super::introduced::{self, Said};
use super::surname;
use crate::draft::Draft;
use crate::entities::mention::How;
use crate::entities::record::{Kind, Record};
use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose::fold::fold;
use crate::prose::tag::Tag;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};
use crate::text::edit::Edit;

/// Somebody who comes in by the surname alone, or who speaks with no word of who that is.
pub const RULE: Rule = Rule {
    name: "name-first-reference",
    topic: "name",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Somebody whose first mention is a surname alone, or who speaks with no role or age near the first mention.",
    why: "Full name and position first, the surname after: each second reference needs a first. Where paragraphs are cut or moved, the \
          first is what gets lost.",
    fires: &[
        "
Ortiz said in an interview that the pier was safe. It was closed the next day.
^^^^^ warning name-first-reference: First mention of Ortiz: give full name and title.
",
        "
“We had no warning,” Ortiz said.
                     ^^^^^ warning name-first-reference: First mention of Ortiz: give full name and title.

The mayor, Dana Ortiz, said that the pier was safe.
",
        "
The board closed the pier. Roth said that it would open in spring.
                           ^^^^ warning name-first-reference: First mention of Roth: give full name and title.

“It is a pity,” she said.
",
        "
Strand argued that the route should be put out to bid.
^^^^^^ warning name-first-reference: First mention of Strand: give full name and title.

Council member Paul Strand said that he would vote no.
",
        "
The plan was drawn up by Ortiz in a week. It took a year to build.
                         ^^^^^ warning name-first-reference: First mention of Ortiz: give full name and title.

The mayor, Dana Ortiz, opened it.
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
",
        "
Ortiz said that the pier was safe. It was closed the next day.
^^^^^ warning name-first-reference: First mention of Ortiz: give full name and title.
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
[[person.role]]
title = \"harbor commissioner\"
",
        "
Rain fell all night, and the road was shut.

Revesz said that the road would open by noon.
^^^^^^ information name-first-reference: First mention of Revesz: give full name and title.
",
        "
The board met in the old hall on Monday and heard engineers, tenants and the harbor master until late. It closed the pier at noon.

Venn, an engineer of long standing, vouched for both of the piers and for the people who had built them in the war years.
^^^^ warning name-first-reference: First mention of Venn: give full name and title.

“Nobody ever asked us,” Paul Venn said. “We had no warning,” Venn said.
",
        "
Brandt came into the hall at noon, and the board was there.
^^^^^^ information name-first-reference: First mention of Brandt: give full name and title.

“We had no warning at all,” Brandt said.
",
        "
O’Hara said that the pier was safe, and that nobody had been asked.
^^^^^^ information name-first-reference: First mention of O’Hara: give full name and title.
",
        "
“It was safe,” Lima-Souza said.
               ^^^^^^^^^^ information name-first-reference: First mention of Lima-Souza: give full name and title.
",
        "
The pier closed on Monday. “It was safe,” Maria Stone said.
                                          ^^^^^^^^^^^ information name-first-reference: Maria Stone: no role or age near the first mention.
",
    ],
    quiet: &[
        "“I was asleep,” Lena said.\n\n[@lena]: person, Lena Reed; do-not-name: first name only",
        "Alma Line said in a statement that nobody was hurt.",
        "Mayor Dana Ortiz said that the pier was safe. “It stands,” Ortiz said.",
        "Mayor Ortiz said that the pier was safe.",
        "Ms. Ortiz said that the pier was safe.",
        "Harborcorp said that the pier was safe.",
        "The pier was Ortiz’s idea, and the board built it.",
        "“Ortiz never called me,” said Paul Strand, who leads the board.",
        "The board closed the pier in Ortiz’s first year, Paul Strand said.",
        "Ortiz said that the pier was safe.[^o]\n\n[^o]: interview, Dana Ortiz; on record\n[@ortiz]: person, Dana Ortiz; role: mayor",
        "The mayor, Dana Ortiz, opened it. Ortiz said that the pier was safe.",
        "Lena Ash, of Marlow, Ore., said that the pier was safe. He never saw it, Marlow said.",
        "PierCheck said that the pier was safe. He wrote it for PierCheck.",
        "Police said that the pier was safe. London said nothing.",
        "Google said that the road would open by noon.",
        "Quayside says it has no boats for the winter.",
        "Quayside, which runs the ferries, said that none would sail.",
        "The road was shut. Roth reported from Harlan.",
        "Venn: Pier is safe\n\n“Nobody ever asked us,” said Paul Venn, an engineer. “We had no warning.”",
        "Venn and allies aim to keep the pier open in winter.\n\nThe board met in the old hall on Monday and heard Paul Venn, an engineer. “Nobody asked us,” Venn said.",
        "The road was shut, said Harlan farmer Dana Ortiz.",
        "Ortiz said in an interview that the pier was safe.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\nalone = true\n",
        "The plan was drawn up by Ortiz in a week.\n\nThe mayor, Dana Ortiz, opened it.",
        "The plan was Ortiz’s own.\n\nThe mayor, Dana Ortiz, opened it.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        "“It was safe,” said Maria Stone, 44.",
        "“It was safe,” said Maria Stone, who lives on the quay.",
        "“It was safe,” said Maria Stone of the Harbor Trust.",
        "“It was safe,” Maria Stone said. She is a nurse at the clinic.",
        "The board heard three nurses. “It was safe,” Maria Stone said.",
        "“It was safe,” said Maria Stone (Green).",
        "“It was safe,” Maria Stone [TK: who?] said.",
        "Mayor Maria Stone opened the pier.\n\n“It was safe,” Maria Stone said.",
        "“It was safe,” Maria Stone said.\n=== entities/people.toml\n[[person]]\nname = \"Maria Stone\"\nno-title = true\n",
        "The pier closed. “It was safe,” Maria Stone said.\n=== onrecord.toml\n[rules.name-first-reference]\nidentify-speakers = false\n",
    ],
    options: &[
        RuleOption {
            name: "identify-speakers",
            default: "true",
            summary: "Whether a speaker with a full name and no role, age or other word of who that is near the first mention is pointed out.",
        },
        RuleOption {
            name: "headline-counts",
            default: "false",
            summary: "Whether a full name in the headline or deck counts as the first mention.",
        },
    ],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let headline = look::switch_option(scene, "name-first-reference.headline-counts", false);
    let identify = look::switch_option(scene, "name-first-reference.identify-speakers", true);
    let known = |index: usize| {
        let known = story.known.speakers.get(index).copied().flatten();
        known.and_then(|known| scene.base.record(known))
    };
    let mut met = Vec::new();
    for (index, speaker) in story.speakers.iter().enumerate() {
        let is_one =
            speaker.kind == SpeakerKind::Person || surname::is_plural_by_chance(draft, speaker);
        if !is_one || speaker.entity.is_some() {
            continue;
        }
        if known(index)
            .as_ref()
            .is_some_and(|record| record.alone || record.no_title)
            || headline && is_in_headline(draft, speaker)
        {
            continue;
        }
        let who = SpeakerId(index);
        let spoken = surname::first_alone(draft, who, headline)
            .filter(|spoken| !reads_as_headline(draft, speaker, *spoken));
        if let Some(spoken) = spoken {
            if !introduced::is_credit(draft, spoken) {
                met.push((who, Met::Alone(spoken)));
            }
        } else if identify {
            let bare = introduced::stands_bare(draft, who);
            met.extend(bare.map(|place| (who, Met::InFull(place))));
        }
    }
    // Only of these it is asked what they say.
    let said = Said::of(draft, met.iter().map(|(who, _)| *who));
    for (who, met) in met {
        match met {
            Met::Alone(spoken) => found.extend(who_spoke(draft, scene, &said, who, spoken)),
            Met::InFull(place) => {
                if introduced::nobody_says_who(draft, &said, who, place) {
                    found.push(who_is_it(draft, scene, place, known(who.0).as_deref()));
                }
            }
        }
    }
    named_too_late(draft, scene, found);
}

/// How the reader meets somebody of whom more may have to be said.
enum Met {
    /// As they speak, by the surname alone.
    Alone(Place),
    /// By the full name, with nothing beside it.
    InFull(Place),
}

/// Somebody who speaks at a place by the surname alone, if that is a person for all that the story shows.
fn who_spoke(
    draft: &Draft,
    scene: &Scene,
    said: &Said,
    who: SpeakerId,
    spoken: Place,
) -> Option<Finding> {
    let full = full_mention(draft, draft.story.speaker(who), spoken);
    let own = newsrooms(draft, scene, spoken);
    if own.as_ref().is_some_and(|own| own.alone || own.no_title) {
        return None;
    }
    let is_sure = full.is_some() || own.is_some() || surname::is_surely_a_person(draft, said, who);
    let is_asked = is_sure
        || surname::speaks_aloud(draft, said, who)
        || surname::may_be_a_person(draft, said, who, spoken);
    if !is_asked {
        return None;
    }
    let first = surname::met(draft, spoken)?;
    if may_go_by_forename(draft, scene, first) {
        return None;
    }
    let mut finding = finding(draft, scene, first, full, own.as_ref());
    if !is_sure {
        finding.severity = Severity::Information;
    }
    Some(finding)
}

/// People of the base who do not speak: the surname early in the story, the full name only after it.
fn named_too_late(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let links = &draft.story.known.links;
    let in_body = |place: Place| draft.story.labels[place.block] == Label::Body;
    let mut seen = FxHashSet::default();
    for link in links {
        let Some(who) = link.sure().filter(|_| in_body(link.place)) else {
            continue;
        };
        // Only the first mention counts.
        if link.is_quoted || !seen.insert(who) || link.how != How::Surname {
            continue;
        }
        let Some(record) = scene
            .base
            .record(who)
            .filter(|record| record.kind == Kind::Person && !record.alone && !record.no_title)
        else {
            continue;
        };
        let full = links.iter().find(|later| {
            later.how == How::Full
                && later.sure() == Some(who)
                && later.place > link.place
                && !later.is_quoted
                && in_body(later.place)
        });
        let is_told = |span| found.iter().any(|one| one.span == span);
        if let Some(full) = full
            && surname::is_bare(draft, None, link.place)
            && !is_told(draft.span(link.place))
        {
            found.push(finding(
                draft,
                scene,
                link.place,
                Some(full.place),
                Some(&record),
            ));
        }
    }
}

/// Whether a record says that somebody of this forename may be named by nothing else.
fn may_go_by_forename(draft: &Draft, scene: &Scene, first: Place) -> bool {
    let words = fold(draft.words(first));
    let is_so = |name: &str, why: Option<&str>| {
        why.is_some_and(|why| why.to_lowercase().contains("first name"))
            && name.split(' ').next().is_some_and(|it| fold(it) == words)
    };
    let mut entities = draft.story.entities.iter();
    let mut own = scene.base.own();
    entities.any(|entity| is_so(&entity.name, entity.field("do-not-name")))
        || own.any(|(_, record)| is_so(&record.name, record.do_not_name.as_deref()))
}

/// The one person of the newsroom’s own who goes by a surname.
fn newsrooms(draft: &Draft, scene: &Scene, surname: Place) -> Option<Record> {
    let key = crate::entities::fold::fold(draft.words(surname));
    if !scene.base.may_be_short(&key) {
        return None;
    }
    let found = scene.base.search(&key, 20).into_iter();
    let mut own = found
        .filter(|one| one.id.is_own())
        .filter_map(|one| scene.base.record(one.id))
        .filter(|record| {
            record.kind == Kind::Person && crate::entities::fold::fold(record.short()) == key
        });
    let one = own.next()?;
    own.next().is_none().then(|| Record::clone(&one))
}

fn is_in_headline(draft: &Draft, speaker: &Speaker) -> bool {
    let name = fold(&speaker.name);
    if !name.contains(' ') {
        return false;
    }
    let blocks = draft.tree.blocks.iter().zip(&draft.story.labels);
    let mut headlines = blocks.filter(|(_, label)| matches!(label, Label::Headline | Label::Deck));
    headlines.any(|(placed, _)| fold(&placed.block.text).contains(&name))
}

/// A short line over the story in the present tense, with the full name in the paragraph after it: `Ortiz says pier is safe.`
fn reads_as_headline(draft: &Draft, speaker: &Speaker, first: Place) -> bool {
    let prose = &draft.prose[first.block];
    let next = full_mention(draft, speaker, first).map(|full| full.block);
    let body = |block: &usize| draft.story.labels[*block] == Label::Body;
    let is_present = prose
        .words
        .iter()
        .any(|word| word.tag == Tag::Present && word.span.start() == first.span.end() + 1);
    draft.story.facts.lede == Some(first.block)
        && is_present
        && prose.sentences.len() == 1
        && prose.words.len() <= 20
        && next.is_some()
        && next == (first.block + 1..draft.prose.len()).find(body)
}

/// The first mention after `first` that has the full name.
fn full_mention(draft: &Draft, speaker: &Speaker, first: Place) -> Option<Place> {
    let words = fold(draft.words(first));
    let is_full = |place: &&Place| {
        **place > first && surname::may_be_longer(**place, &words) && {
            let name = fold(draft.words(**place));
            name.contains(' ') && name.ends_with(&words)
        }
    };
    speaker.mentions.iter().find(is_full).copied()
}

fn finding(
    draft: &Draft,
    scene: &Scene,
    first: Place,
    full: Option<Place>,
    known: Option<&Record>,
) -> Finding {
    let words = draft.words(first);
    let message = format!("First mention of {words}: give full name and title.");
    let mut finding = look::finding(&RULE, draft.span(first), message);
    if let Some(full) = full {
        finding.related.push(Related {
            span: draft.span(full),
            message: "the full name comes here".to_owned(),
        });
    }
    // “The mayor, Dana Ortiz,” cannot stand where a name stood, nor a name in its place.
    let is_name = |words: &str| !words.contains(',') && !words.starts_with("The ");
    if let Some(full) = full.filter(|full| is_name(draft.words(*full))) {
        finding.fixes.push(Fix {
            title: format!("Write “{}” here, {words} there", draft.words(full)),
            is_safe: false,
            edits: vec![
                Edit::replace(draft.span(first), draft.words(full)),
                Edit::replace(draft.span(full), words),
            ],
        });
    } else if let Some(known) = known.filter(|known| known.name.contains(' ')) {
        // The newsroom's own words, where it has any; else the desk is asked for them.
        let role = introduced::role(draft, scene, known);
        let role = role.unwrap_or("[TK: title]".to_owned());
        let whole = format!("{}, {role},", known.name);
        finding.fixes.push(Fix {
            title: format!("Write “{whole}”"),
            is_safe: false,
            edits: vec![Edit::replace(draft.span(first), whole)],
        });
    } else {
        let at = draft.span(first).start();
        finding.fixes.push(look::insert(
            "Insert [TK: full name, title]",
            at,
            "[TK: full name, title] ",
        ));
    }
    finding
}

fn who_is_it(draft: &Draft, scene: &Scene, place: Place, known: Option<&Record>) -> Finding {
    let words = draft.words(place);
    let message = format!("{words}: no role or age near the first mention.");
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.severity = Severity::Information;
    let at = draft.span(place).end();
    let own = known.filter(|known| known.origin.layer != crate::entities::record::Layer::Imported);
    if let Some(role) = own.and_then(|known| introduced::role(draft, scene, known)) {
        let title = format!("Write “{words}, {role},”");
        finding
            .fixes
            .push(look::insert(title, at, format!(", {role},")));
    }
    finding
        .fixes
        .push(look::insert("Insert [TK: who?]", at, " [TK: who?]"));
    finding
}
