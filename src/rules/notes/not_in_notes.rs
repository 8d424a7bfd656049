//! `quote-not-in-notes`

use super::said;
use crate::finding::{Finding, Severity};
use crate::notes::record::{Kind, Record};
use crate::notes::verdict;
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::{SpeakerKind, SpokenQuote};

/// The rule.
pub const RULE: Rule = Rule {
    name: "quote-not-in-notes",
    topic: "quote",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A quotation that is in none of its speaker’s recordings or notes, or in another person’s.",
    why: "Invented quotations have reached print although every policy forbids them, because nobody compared them with a recording. \
          Words that stand in another person’s notes are the graver slip, and the commoner one. Nothing here says that words were \
          invented: only that they are not in what is on file.",
    fires: &[
        "
“The pier will outlive every one of us,” Dana Ortiz said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-not-in-notes: Not found in ortiz.vtt (whole recording).

=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we have no plans to sell the pier
",
        "
“We carried them out in the dark,” Dana Ortiz said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-not-in-notes: In the mouth of VENN in the transcript (line 3), not of Dana Ortiz.

Paul Venn said that he was there.

=== notes/harbor transcript.txt
Q: Who was there?
ORTIZ: Everybody was there.
VENN: We carried them out in the dark.
Q: All of them?
",
        "
“The pier will outlive every one of us,” Dana Ortiz said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-not-in-notes: tapes/ortiz.vtt is not there: the words cannot be looked up.

[^ortiz]: interview, Dana Ortiz; on record; file: tapes/ortiz.vtt
",
        "
“The wall was built by people who knew the sea,” Dana Ortiz said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-not-in-notes: Not found in the email from Dana Ortiz.

###

From: Dana Ortiz <dana@harlan.example>
Subject: your questions

As I said on Monday, we have no plans to sell the pier.
",
        "
Dana Ortiz, who leads the harbor board, welcomed “the recognition that the wall was built by people who knew the sea.”
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-not-in-notes: Probably Dana Ortiz’s words. Not found in the email from Dana Ortiz.

###

From: Dana Ortiz <dana@harlan.example>
Subject: your questions

As I said on Monday, we have no plans to sell the pier.
",
    ],
    quiet: &[
        "
“The wall was built by people who knew the sea,” Dana Ortiz said.
",
        "
“The wall was built by people who knew the sea,” Dana Ortiz said.

[^ortiz]: statement, Dana Ortiz; on record; url: https://harlan.example/wall
",
        "
“No,” Dana Ortiz said.
=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we have no plans to sell the pier
",
        "
“The pier will outlive every one of us,” Dana Ortiz said.
=== notes/venn.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we have no plans to sell the pier
",
        "
“We have no plans to sell the pier,” Dana Ortiz said.
=== notes/ortiz.txt
Called Ortiz at noon. We have no plans to sell the pier.
",
        "
Dana Ortiz was there at noon. The pier was closed. “It will outlive every one of us.”
=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we have no plans to sell the pier
",
        "
“The pier will outlive every one of us,” Dana Ortiz said. [TK: on which tape?]
=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we have no plans to sell the pier
",
    ],
    options: &[RuleOption {
        name: "require-notes",
        default: "\"off\"",
        summary: "With `warn-all`, a quotation of a person of whom nothing is on file is a finding too.",
    }],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let verdict = view
            .verdicts
            .iter()
            .find(|(index, _)| *index == spoken.index);
        let told = match verdict {
            Some((_, verdict)) => told(view, spoken, verdict),
            None if requires_notes(scene) => required(view, scene, spoken),
            None => None,
        };
        let Some((severity, message)) = told else {
            continue;
        };
        if look::is_open_here(view, quote.span) {
            continue;
        }
        let mut finding = look::finding(&RULE, view.placed.place(quote.span), message);
        finding.severity = severity;
        let sentence = view
            .prose
            .sentences
            .iter()
            .find(|sentence| sentence.span.touches(quote.span.start()));
        let end = sentence.map_or(quote.span.end(), |one| one.span.end().max(quote.span.end()));
        finding.fixes = vec![look::insert(
            "Ask later: insert [TK: on which tape?]",
            view.placed.start + end,
            " [TK: on which tape?]",
        )];
        found.push(finding);
    }
}

fn told(
    view: &BlockView,
    spoken: &SpokenQuote,
    verdict: &verdict::Verdict,
) -> Option<(Severity, String)> {
    match &verdict.finding {
        verdict::Finding::Faithful(_) | verdict::Finding::Differs(_) => None,
        verdict::Finding::OtherMouth { place, voice } => {
            let speaker = speaker(view, spoken)?;
            let at = said::at(place, view.index);
            let message = match verdict.may_name {
                true => format!("In the mouth of {voice} {at}, not of {speaker}."),
                false => format!("Another person’s words {at}."),
            };
            Some((Severity::Error, message))
        }
        verdict::Finding::NotFound(records) if verdict.is_probable => {
            let (severity, mut message) = not_found(records, verdict.may_name);
            if let Some(name) = speaker(view, spoken).filter(|_| verdict.may_name) {
                message = format!("Probably {name}’s words. {message}");
            }
            Some((severity.min(Severity::Information), message))
        }
        verdict::Finding::NotFound(records) => Some(not_found(records, verdict.may_name)),
        verdict::Finding::Missing(path) => {
            let message = match verdict.may_name {
                true => format!("{path} is not there: the words cannot be looked up."),
                false => "The file of this source is not there.".to_owned(),
            };
            Some((Severity::Warning, message))
        }
    }
}

fn not_found(records: &[&Record], may_name: bool) -> (Severity, String) {
    let is_typed = records.iter().all(|record| record.kind == Kind::Typed);
    let is_heard = records
        .iter()
        .all(|record| matches!(record.kind, Kind::Machine | Kind::Transcript));
    let severity = if is_typed {
        Severity::Hint
    } else {
        Severity::Warning
    };
    let whole = if is_heard { " (whole recording)" } else { "" };
    let message = match records {
        [record] if may_name => format!("Not found in {}{whole}.", record.name),
        _ if may_name => format!(
            "Not found in the {} records of this speaker.",
            records.len()
        ),
        _ => "Not found in what is on file of this source.".to_owned(),
    };
    (severity, message)
}

fn requires_notes(scene: &Scene) -> bool {
    let option = scene.config.options.get("quote-not-in-notes.require-notes");
    option.is_some_and(|value| value.as_str() == Some("warn-all"))
}

/// A named speaker's quotation of which nothing at all is known.
fn required(view: &BlockView, scene: &Scene, spoken: &SpokenQuote) -> Option<(Severity, String)> {
    let quote = &view.prose.quotes[spoken.index];
    let binding = spoken.binding.as_ref()?;
    let is_named = matches!(
        view.story.speaker(binding.speaker).kind,
        SpeakerKind::Person | SpeakerKind::Body
    );
    let least = scene.comparison().min_words;
    let message = format!(
        "{}: no recording and no notes on file.",
        speaker(view, spoken)?
    );
    (is_named && quote.word_count >= least).then_some((Severity::Warning, message))
}

fn speaker<'a>(view: &BlockView<'a>, spoken: &SpokenQuote) -> Option<&'a str> {
    let continued = || view.story.quotes.get(spoken.continues?)?.binding.as_ref();
    let binding = spoken.binding.as_ref().or_else(continued)?;
    Some(&view.story.speaker(binding.speaker).name)
}
