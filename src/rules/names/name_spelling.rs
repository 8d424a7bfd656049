//! A name that is spelt in two ways, or in a way that is known to be wrong.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::entities::mention::How;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::{Place, Speaker, SpeakerKind};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A name that is spelt in two ways, or in a way that is known to be wrong.
pub const RULE: Rule = Rule {
    name: "name-spelling-inconsistent",
    topic: "name",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A person’s name spelt in two ways in one story, or as the newsroom knows it to be wrong.",
    why: "A name must be the same in every instance, in headline and captions too. Where one forename goes with two surnames a letter \
          apart, one of them is a slip; the newsroom’s own files say which, else the rarer one is marked.",
    fires: &[
        "
Mayor Maria Johanson closed the pier on Monday. Maria Johanson said it was old.

The mayor, Maria Johansen, said it would open in spring.
           ^^^^^^^^^^^^^^ error name-spelling-inconsistent: “Maria Johansen” here, “Maria Johanson” elsewhere.
",
        "
“We had no warning,” said Dana Ortis, a teacher.
                          ^^^^^^^^^^ error name-spelling-inconsistent: “Dana Ortis”: the newsroom writes Dana Ortiz.
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
wrong = [\"Dana Ortis\"]
",
    ],
    quiet: &[
        "Mayor Maria Johanson closed the pier on Monday. Johanson said it was old.",
        "Mayor Maria Johanson closed the pier on Monday. Her son, Mario Johansen, said it was old.",
        "Mayor Ann Ray met council member Ann Roy on Monday.",
        "Mayor Maria Johanson met teacher Maria Johansen on Monday.\n=== entities/people.toml\n[[person]]\nname = \"Maria Johanson\"\n[[person]]\nname = \"Maria Johansen\"\n",
        "Mayor Pål Jensson closed the pier on Monday. The mayor, Pal Jensson, said it was old.",
        "“Dana Ortis told me,” he said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\nwrong = [\"Dana Ortis\"]\n",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    known_misspellings(draft, scene, found);
    // Only names that begin alike are held against each other, and only few of them are a letter apart.
    let mut earlier: FxHashMap<String, Vec<(&Speaker, String)>> = FxHashMap::default();
    for speaker in draft.story.speakers.iter().filter(|one| has_two_words(one)) {
        let folded = fold(&speaker.name);
        let Some((first, last)) = folded.split_once(' ') else {
            continue;
        };
        let alike = earlier.entry(first.to_owned()).or_default();
        for (other, other_last) in alike.iter() {
            if is_slip(last, other_last) {
                held_against(draft, scene, speaker, other, found);
            }
        }
        alike.push((speaker, last.to_owned()));
    }
}

/// Two people whose names are a letter apart: one of them is spelt wrong.
fn held_against(
    draft: &Draft,
    scene: &Scene,
    speaker: &Speaker,
    other: &Speaker,
    found: &mut Vec<Finding>,
) {
    let (places, others) = (in_full(draft, speaker), in_full(draft, other));
    if places.is_empty() || others.is_empty() {
        return;
    }
    // The newsroom's word counts; else the more frequent form; else the first.
    let is_own = |name: &str| !scene.base.own_named(&fold(name)).is_empty();
    let one = (&speaker.name, places);
    let two = (&other.name, others);
    let (wrong, right) = match (is_own(one.0), is_own(two.0)) {
        (true, true) => return,
        (true, false) => (two, one),
        (false, true) => (one, two),
        (false, false) if one.1.len() > two.1.len() => (two, one),
        (false, false) => (one, two),
    };
    for place in wrong.1 {
        found.push(finding(draft, place, right.0, right.1[0]));
    }
}

fn known_misspellings(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let links = draft.story.known.links.iter();
    for link in links.filter(|link| link.how == How::Misspelt && !link.is_quoted) {
        let Some(record) = link.sure().and_then(|who| scene.base.record(who)) else {
            continue;
        };
        let message = format!(
            "“{}”: the newsroom writes {}.",
            draft.words(link.place),
            record.name
        );
        let mut one = look::finding(&RULE, draft.span(link.place), message);
        one.fixes.push(Fix {
            title: format!("Write {}", record.name),
            is_safe: false,
            edits: vec![Edit::replace(draft.span(link.place), record.name.clone())],
        });
        found.push(one);
    }
}

fn has_two_words(speaker: &Speaker) -> bool {
    speaker.kind == SpeakerKind::Person && speaker.name.split(' ').count() == 2
}

/// The places where a name stands in full outside quotation marks.
fn in_full(draft: &Draft, speaker: &Speaker) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for mention in &speaker.mentions {
        let words = draft.words(*mention);
        let Some(at) = words.find(&speaker.name) else {
            continue;
        };
        let start = mention.span.start() + at;
        let place = Place {
            block: mention.block,
            span: Span::new(start, start + speaker.name.len()),
        };
        let is_quoted = draft.prose[place.block]
            .quotes
            .iter()
            .any(|quote| quote.inner.covers(place.span));
        if !is_quoted && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// Surnames of at least five letters that are one letter apart.
fn is_slip(last: &str, other: &str) -> bool {
    last != other
        && last.len().abs_diff(other.len()) <= 4
        && last.chars().count() >= 5
        && last.chars().count().abs_diff(other.chars().count()) <= 1
        && strsim::damerau_levenshtein(last, other) == 1
}

fn finding(draft: &Draft, place: Place, right: &str, there: Place) -> Finding {
    let words = draft.words(place);
    let message = format!("“{words}” here, “{right}” elsewhere.");
    let mut one = look::finding(&RULE, draft.span(place), message);
    one.related.push(Related {
        span: draft.span(there),
        message: "the other spelling".to_owned(),
    });
    one.fixes.push(Fix {
        title: format!("Write {right}"),
        is_safe: false,
        edits: vec![Edit::replace(draft.span(place), right)],
    });
    one
}
