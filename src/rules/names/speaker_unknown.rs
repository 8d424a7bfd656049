//! A speaker whose name is nearly one of the newsroom's own.

use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::entities::record::{Kind, Record};
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::{Place, Speaker, SpeakerKind};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A speaker whose name is nearly one of the newsroom's own.
pub const RULE: Rule = Rule {
    name: "speaker-unknown",
    topic: "name",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A speaker whose name is nearly, but not quite, one that the newsroom knows.",
    why: "Names are what newsrooms get wrong most often, and readers forgive least. A name one letter away from one in the folder \
          entities/ is more often a slip than another person. If it is another person, add them there.",
    fires: &[
        "
“We had no warning,” said Dana Ortis, a teacher.
                          ^^^^^^^^^^ warning speaker-unknown: “Dana Ortis” is not known here. Did you mean Dana Ortiz?
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
",
        "
“We had no warning,” said Pal Jenson, the harbor chief.
                          ^^^^^^^^^^ warning speaker-unknown: “Pal Jenson” is not known here. Did you mean Pål Jensson?
=== entities/people.csv
name
Pål Jensson
",
        "
The boats came late, Marta Kowalsky said.
                     ^^^^^^^^^^^^^^ warning speaker-unknown: “Marta Kowalsky” is not known here. Did you mean Marta Kowalski?
=== entities/people.toml
[[person]]
name = \"Marta Kowalski\"
",
        "
According to Reg Tomlinson, the siren was never tested.
             ^^^^^^^^^^^^^ warning speaker-unknown: “Reg Tomlinson” is not known here. Did you mean Reg Thomlinson?
=== entities/people.toml
[[person]]
name = \"Reg Thomlinson\"
",
    ],
    quiet: &[
        "“We had no warning,” said Dana Ortis, a teacher.",
        "“We had no warning,” said Dana Ortiz, a teacher.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        "“We had no warning,” said Pal Jensson, a teacher.\n=== entities/people.toml\n[[person]]\nname = \"Pål Jensson\"\n",
        "“We had no warning,” said Dana Ortis, a teacher.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person]]\nname = \"Dana Ortis\"\n",
        "“We had no warning,” said Diana Ortega, a teacher.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        "“We had no warning,” said Dana Ortis, a teacher.\n\n[@ortis]: person, Dana Ortis\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        "“We had no warning,” Dana Ortiz said. “None,” said Dan Ortiz, her son.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
    ],
    options: &[RuleOption {
        name: "unmatched",
        default: "false",
        summary: "Whether speakers whom nobody here knows are pointed out too, once each.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    if scene.base.is_empty() {
        return;
    }
    let unmatched = look::switch_option(scene, "speaker-unknown.unmatched", false);
    for (index, speaker) in story.speakers.iter().enumerate() {
        let is_known = story.known.speakers.get(index).copied().flatten().is_some();
        if speaker.kind != SpeakerKind::Person
            || is_known
            || speaker.entity.is_some()
            || !speaker.name.contains(' ')
        {
            continue;
        }
        let Some(place) = naming(draft, speaker).filter(|place| !is_linked(draft, *place)) else {
            continue;
        };
        let speaks = story
            .statements
            .iter()
            .any(|one| one.speaker.is_some_and(|who| who.0 == index));
        match near(draft, scene, &speaker.name) {
            Some(near) => found.push(finding(draft, &speaker.name, place, &near)),
            None if unmatched && speaks => {
                let message = format!("“{}” is not known here.", speaker.name);
                let mut one = look::finding(&RULE, draft.span(place), message);
                one.severity = Severity::Information;
                found.push(one);
            }
            None => {}
        }
    }
}

/// Where the name stands first in full.
pub fn naming(draft: &Draft, speaker: &Speaker) -> Option<Place> {
    speaker.mentions.iter().find_map(|mention| {
        let at = draft.words(*mention).find(&speaker.name)?;
        let start = mention.span.start() + at;
        Some(Place {
            block: mention.block,
            span: Span::new(start, start + speaker.name.len()),
        })
    })
}

/// Whether the base has something to say of the words.
fn is_linked(draft: &Draft, place: Place) -> bool {
    let links = draft.story.known.of(place.block).iter();
    links
        .into_iter()
        .any(|link| link.place.span.overlaps(place.span))
}

/// The one own person whose name is at most two letters away; none if the draft names that person too.
fn near(draft: &Draft, scene: &Scene, name: &str) -> Option<Record> {
    let key = fold(name);
    let (first, last) = key.rsplit_once(' ')?;
    let mut found = None;
    for id in scene.base.own_beside(first, last) {
        let Some(record) = scene.base.record(id) else {
            continue;
        };
        let other = fold(&record.name);
        let Some((other_first, other_last)) = other.rsplit_once(' ') else {
            continue;
        };
        // One end of the name is right, and the other is long enough for its slips not to make another name of it.
        let slips = match (first == other_first, last == other_last) {
            (true, _) => (last, other_last),
            (_, true) => (first, other_first),
            _ => continue,
        };
        let most = if slips.0.chars().count() >= 8 { 2 } else { 1 };
        let is_near = slips.0.chars().count() >= 4
            && slips.0.as_bytes().first() == slips.1.as_bytes().first()
            && strsim::damerau_levenshtein(slips.0, slips.1) <= most;
        if record.kind != Kind::Person || !is_near {
            continue;
        }
        let is_here = draft
            .story
            .known
            .links
            .iter()
            .any(|link| link.who.contains(&id));
        if is_here || found.is_some() {
            return None;
        }
        found = Some(Record::clone(&record));
    }
    found
}

fn finding(draft: &Draft, name: &str, place: Place, near: &Record) -> Finding {
    let message = format!("“{name}” is not known here. Did you mean {}?", near.name);
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.fixes.push(Fix {
        title: format!("Write {}", near.name),
        is_safe: false,
        edits: vec![Edit::replace(draft.span(place), near.name.clone())],
    });
    finding
}
