//! A full name where the surname would do.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose::fold::fold;
use crate::rule::{Asks, Check, Rule, RuleOption};
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
    check: Check::Steady(check, Asks::NAMED),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let far = look::number_option(scene, "name-second-reference.re-introduce-after", 15);
    let people = draft.story.speakers.iter();
    let people = people.filter(|one| one.kind == SpeakerKind::Person && one.name.contains(' '));
    let named = people.filter_map(|one| Some((one, one.surname.as_deref()?)));
    let mut bearers: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, surname) in named.clone() {
        *bearers.entry(surname).or_default() += 1;
    }
    // Whoever is named once, or shares the surname, is not named in full again.
    let alone = named
        .clone()
        .filter(|(speaker, surname)| speaker.mentions.len() >= 2 && bearers[surname] == 1);
    let told = alone.filter_map(|(speaker, surname)| {
        let again = again(draft, speaker, far);
        (!again.is_empty()).then_some((surname, again))
    });
    let told: Vec<(&str, Vec<(Place, Place)>)> = told.collect();
    if told.is_empty() {
        return;
    }
    // Some write it otherwise.
    let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
    for (_, surname) in named {
        *bearers.entry(fold(surname)).or_default() += 1;
    }
    for (surname, again) in told {
        if bearers[&fold(surname)] == 1 {
            let again = again.into_iter();
            found.extend(again.map(|(place, first)| finding(draft, place, surname, first)));
        }
    }
}

/// Where somebody is named in full again in the body outside quotation marks, each place with the one where they were named in
/// full first.
fn again(draft: &Draft, speaker: &Speaker, far: usize) -> Vec<(Place, Place)> {
    let mentions = &speaker.mentions;
    let is_in_body = |place: &Place| draft.story.labels[place.block] == Label::Body;
    let counts = |place: &&Place| is_in_body(place) && !is_quoted(draft, **place);
    let mut first: Option<Place> = None;
    let mut told: Vec<(Place, Place)> = Vec::new();
    for (at, place) in mentions.iter().enumerate() {
        // Most mentions are too short for the name.
        if place.span.len() < speaker.name.len() || !is_in_body(place) {
            continue;
        }
        let span = full_name(draft, speaker, *place);
        let Some(span) = span.filter(|_| !is_quoted(draft, *place)) else {
            continue;
        };
        let is_far = || {
            let before = mentions[..at].iter().rev().find(counts);
            before.is_none_or(|before| is_far(draft, before.block, place.block, far))
        };
        let Some(first) = first.filter(|_| !is_far()) else {
            first = Some(span);
            continue;
        };
        let is_same = |other: &Place| other.block == span.block && other.span.overlaps(span.span);
        let near = told.iter().rev().map(|(other, _)| other);
        let is_told = near.take_while(|one| one.block == span.block).any(is_same);
        if !is_same(&first) && !is_told {
            told.push((span, first));
        }
    }
    told
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

/// Whether more than so many paragraphs of the body stand from one block up to another.
fn is_far(draft: &Draft, from: usize, to: usize, far: usize) -> bool {
    let between = draft.story.labels[from..to].iter();
    between
        .filter(|label| **label == Label::Body)
        .nth(far)
        .is_some()
}
