//! A full name where the surname would do.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose::fold::fold;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, Speaker, SpeakerKind};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A full name where the surname would do.
pub const RULE: Rule = Rule {
    name: "name-second-reference",
    topic: "name",
    severity: None,
    is_unfinished: false,
    summary: "A person’s full name again, after the first reference.",
    why: "AP writes the full name first and the surname after; a full name again makes the reader look for a second person. Taste more \
          than error, so the rule is off unless a desk asks for it (newsroom-strict does).",
    fires: &[
        "
@ profile=newsroom-strict
Mayor Dana Ortiz closed the pier on Monday.

The board met at noon, and Dana Ortiz said the pier was safe.
                           ^^^^^^^^^^ hint name-second-reference: “Dana Ortiz” again: “Ortiz” would do.
",
        "
@ profile=newsroom-strict
Mayor Dana Ortiz closed the pier on Monday. “It is rotten,” Mayor Dana Ortiz said.
                                                            ^^^^^^^^^^^^^^^^ hint name-second-reference: “Mayor Dana Ortiz” again: “Ortiz” would do.
",
        "
@ profile=newsroom-strict
“It is rotten,” said Paul Wren, a diver. Wren said he had told the board.

“It is safe,” Paul Wren said later.
              ^^^^^^^^^ hint name-second-reference: “Paul Wren” again: “Wren” would do.
",
        "
The pier is closed, Lena Strand said. It will open in May, said Lena Strand.
                                                                ^^^^^^^^^^^ hint name-second-reference: “Lena Strand” again: “Strand” would do.
=== onrecord.toml
[severity]
name-second-reference = \"hint\"
",
    ],
    quiet: &[
        "@ profile=newsroom-strict\nMayor Dana Ortiz closed the pier on Monday. Ortiz said it was rotten.",
        "@ profile=newsroom-strict\nMayor Dana Ortiz met Luis Ortiz on Monday. Dana Ortiz said the pier was safe.",
        "@ profile=newsroom-strict\nMayor Dana Ortiz closed the pier. “Dana Ortiz never asked us,” said Paul Wren.",
        "@ profile=newsroom-strict\nDana Ortiz closes the pier\n\nMayor Dana Ortiz closed the pier on Monday.",
        "@ profile=newsroom-strict\nThe Harbor Board closed the pier, the Harbor Board said.",
        "Mayor Dana Ortiz closed the pier on Monday. It is rotten, Dana Ortiz said.",
        "@ profile=newsroom-strict\nMayor Dana Ortiz said it was rotten.\n\n![Dana Ortiz said it on Monday.](ortiz.jpg)",
    ],
    options: &[RuleOption {
        name: "re-introduce-after",
        default: "15",
        summary: "After so many paragraphs without them, a person may be named in full again.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let far = look::number_option(scene, "name-second-reference.re-introduce-after", 15);
    let people = draft.story.speakers.iter();
    let people: Vec<&Speaker> = people
        .filter(|one| one.kind == SpeakerKind::Person && one.name.contains(' '))
        .collect();
    let surname_of = |one: &&Speaker| one.surname.as_deref().map(fold);
    let surnames: Vec<Option<String>> = people.iter().map(surname_of).collect();
    let mut bearers: FxHashMap<&str, usize> = FxHashMap::default();
    for name in surnames.iter().flatten() {
        *bearers.entry(name).or_default() += 1;
    }
    let body_before = body_before(draft);
    for (speaker, folded) in people.iter().zip(&surnames) {
        let (Some(surname), Some(folded)) = (speaker.surname.as_deref(), folded.as_deref()) else {
            continue;
        };
        // Whoever is named once, or shares the surname, is not named in full again.
        if speaker.mentions.len() < 2 || bearers[folded] > 1 {
            continue;
        }
        let mut places: Vec<Place> = speaker.mentions.clone();
        places.retain(|place| {
            draft.story.labels[place.block] == Label::Body && !is_quoted(draft, *place)
        });
        places.sort_unstable();
        places.dedup();
        let mut first: Option<Place> = None;
        let mut last_block = 0;
        let mut told: Vec<Place> = Vec::new();
        for place in places {
            let is_far = body_before[place.block] - body_before[last_block] > far;
            last_block = place.block;
            let Some(span) = full_name(draft, speaker, place) else {
                continue;
            };
            let Some(first) = first.filter(|_| !is_far) else {
                first = Some(span);
                continue;
            };
            let is_same =
                |other: &Place| other.block == span.block && other.span.overlaps(span.span);
            if is_same(&first) || told.iter().any(is_same) {
                continue;
            }
            told.push(span);
            found.push(finding(draft, span, surname, first));
        }
    }
}

fn finding(draft: &Draft, place: Place, surname: &str, first: Place) -> Finding {
    let words = draft.words(place);
    let message = format!("“{}” again: “{surname}” would do.", look::shown(words));
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.severity = Severity::Hint;
    finding.related.push(Related {
        span: draft.span(first),
        message: "named in full here".to_owned(),
    });
    finding.fixes.push(Fix {
        title: format!("Write “{surname}”"),
        is_safe: false,
        edits: vec![Edit::replace(draft.span(place), surname)],
    });
    finding
}

/// The words of a mention from its title through the full name, if it has the full name.
fn full_name(draft: &Draft, speaker: &Speaker, place: Place) -> Option<Place> {
    let words = draft.words(place);
    let at = words.find(&speaker.name)?;
    let before = words[..at].trim();
    let is_title = before
        .split_whitespace()
        .all(|word| word.starts_with(char::is_uppercase));
    let start = if is_title { 0 } else { at };
    let span = Span::new(
        place.span.start() + start,
        place.span.start() + at + speaker.name.len(),
    );
    Some(Place { span, ..place })
}

fn is_quoted(draft: &Draft, place: Place) -> bool {
    let quotes = draft.prose[place.block].quotes.iter();
    quotes.clone().any(|quote| quote.inner.covers(place.span))
}

/// For each block, how many paragraphs of the body stand before it.
fn body_before(draft: &Draft) -> Vec<usize> {
    let mut count = 0;
    let labels = draft.story.labels.iter();
    labels
        .map(|label| {
            let before = count;
            count += usize::from(*label == Label::Body);
            before
        })
        .collect()
}
