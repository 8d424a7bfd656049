//! `quote-differs-from-notes`

use std::ops::Range;

use super::said;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::notes::compare::{Change, ChangeKind, Likeness};
use crate::notes::fold::Word;
use crate::notes::record::Kind;
use crate::notes::verdict::{self, Place, Verdict};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "quote-differs-from-notes",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "The words between quotation marks are not those on the tape, in the email, in the notes.",
    why: "Between quotation marks stands what was said, to the letter; agencies allow nothing but a cut, and an ellipsis shows it. \
          Fillers and stutters may go, case and spelling do not matter; a “not”, a number or a name always does. What a machine heard \
          is a reason to listen again, not to change the words; what was typed while listening is a hint.",
    fires: &[
        "
“We have now plans to sell the pier,” Dana Ortiz said in an emailed statement.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-differs-from-notes: Negation not as in the email (line 4): was “we have no plans to sell”, here “We have now plans to sell”. [ortiz.eml]

=== notes/ortiz.eml
From: Dana Ortiz <dana@harlan.example>
Subject: your questions

As I said on Monday, we have no plans to sell the pier.
",
        "
“We will never close the plant,” said Dana Ortiz, the harbor commissioner.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-differs-from-notes: Negation not as on tape: listen at 04:12. Heard there: “we will certainly close the plant”, here “We will never close the plant”. [ortiz.vtt]

=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we will certainly close the plant this year
",
        "
“We had 15 boats and no crew for them,” said Paul Venn, a diver.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-differs-from-notes: Number not as in the transcript (line 2): was “We had fifty boats, you know”, here “We had 15 boats and no”. [venn transcript.txt]

=== notes/venn transcript.txt
Q: What did you have that night?
VENN: We had fifty boats, you know, and no crew for them.
Q: And then?
VENN: Then it rained.
",
        "
“We had no warning … and no help,” Dana Ortiz said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-differs-from-notes: Words left out or replaced, which is not allowed here: in the transcript (line 2). [ortiz transcript.txt]

=== onrecord.toml
[rules.quote-differs-from-notes]
allow = \"exact\"
=== notes/ortiz transcript.txt
Q: What did you have?
ORTIZ: We had no warning from anybody there, and no help.
Q: And then?
ORTIZ: Then it rained.
",
        "
“The water came over the wall and we carried them out,” said Paul Venn, a diver.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint quote-differs-from-notes: Words left out without an ellipsis, in the notes below: was “over the wall and the doors went and we carried”, here “over the wall and we carried”.

###

venn: the water came over the wall and the doors went and we carried them out
",
        "
NOTES

venn: the water came over the wall and the doors went and we carried them out

STORY

“The water came over the wall and we carried them out,” said Paul Venn, a diver.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint quote-differs-from-notes: Words left out without an ellipsis, in the notes above: was “over the wall and the doors went and we carried”, here “over the wall and we carried”.
",
    ],
    quiet: &[
        "
“We had no warning from anybody,” Paul Venn said.
=== notes/ortiz transcript.txt
ORTIZ: Well, we had no warning from anybody there.
",
        "
“We had no warning from anybody,” Dana Ortiz said.
=== onrecord.toml
[rules.quote-differs-from-notes]
allow = \"exact\"
=== notes/ortiz transcript.txt
ORTIZ: Well, we had no warning from anybody there.
",
        "
“We had no warning … and no help,” Dana Ortiz said. “The [harbor] board knew in the U.S. office.”
=== notes/ortiz.txt
Um, we, we had no warning from anybody there, and no help. The board, uh, knew in the US office!
",
        "
“Everybody knew the pier was unsafe,” said Dana Ortiz, the harbor commissioner.
=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
every body new the peer was unsafe
",
        "
“We will never close the plant,” Dana Ortiz said through an interpreter.[^ortiz]

[^ortiz]: interview, Dana Ortiz; via: Jo Ash, interpreter; file: notes/ortiz.txt
=== notes/ortiz.txt
We will not be closing that plant ever.
",
        "
“We will never close the plant,” said Dana Ortiz. [TK: listen at 04:12]
=== notes/ortiz.vtt
WEBVTT

00:04:12.000 --> 00:04:16.000
we will certainly close the plant this year
",
    ],
    options: &[
        RuleOption {
            name: "min-words",
            default: "4",
            summary: "Quotations of fewer words are not looked up.",
        },
        RuleOption {
            name: "allow",
            default: "\"deletions-with-ellipsis\"",
            summary: "`\"exact\"` allows no word to be left out or replaced, not with an ellipsis or brackets either.",
        },
        RuleOption {
            name: "fillers",
            default: "[\"you know\", \"I mean\"]",
            summary: "Phrases that a quotation may leave out without a mark, beside um, uh and stutters.",
        },
    ],
    check: Check::Block(check),
};

/// Words on either side that are shown around what differs.
const AROUND: usize = 3;

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    for (index, verdict) in view.verdicts {
        let quote = &view.prose.quotes[*index];
        let verdict::Finding::Differs(place) = &verdict.finding else {
            continue;
        };
        if look::is_open_here(view, quote.span) {
            continue;
        }
        let worst = place.found.changes.iter().max_by_key(|change| change.kind);
        let span = view.placed.place(quote.span);
        let mut finding = look::finding(&RULE, span, message(view, verdict, place, worst));
        finding.severity = severity(place, worst);
        finding.related = related(view, verdict, place);
        finding.fixes = fixes(view, verdict, place, quote.span);
        found.push(finding);
    }
}

fn severity(place: &Place, worst: Option<&Change>) -> Severity {
    let is_grave = worst
        .is_some_and(|change| matches!(change.kind, ChangeKind::Negation | ChangeKind::Number));
    match place.record.kind {
        Kind::Transcript | Kind::Mail | Kind::Document => Severity::Error,
        Kind::Machine => Severity::Warning,
        Kind::Typed if is_grave => Severity::Warning,
        Kind::Typed => Severity::Hint,
    }
}

fn message(view: &BlockView, verdict: &Verdict, place: &Place, worst: Option<&Change>) -> String {
    let (at, locator) = (said::at(place, view.index), said::locator(place));
    let is_machine = place.record.kind == Kind::Machine;
    let shown = worst.filter(|_| verdict.may_name).map(|change| {
        let there = around(&change.hunk.record, &place.found.place);
        let here = around(&change.hunk.words, &(0..verdict.quotation.words.len()));
        let there = place.record.passage(there.start, there.end);
        let there = there.trim_end_matches(['.', ',', '!', '?']);
        (there.to_owned(), words(verdict, here))
    });
    let compared = |was: &str| match &shown {
        Some((there, here)) => format!("{was} “{there}”, here “{here}”."),
        None => String::new(),
    };
    let file = match (&place.record.path, verdict.may_name) {
        (Some(_), true) => format!(" [{}]", place.record.name),
        _ => String::new(),
    };
    let told = match (place.found.likeness, worst.map(|change| change.kind)) {
        (Likeness::Stitched, _) => {
            let second = place.found.second.as_ref().and_then(|range| {
                let word = place.record.words.get(range.start)?;
                Some(place.record.locator(word.span().start()).to_string())
            });
            let second = second.map_or(String::new(), |second| format!(" and {second}"));
            return format!("From two places without an ellipsis: {locator}{second}.{file}");
        }
        (Likeness::Trimmed, None) => {
            return format!("Words left out or replaced, which is not allowed here: {at}.{file}");
        }
        (Likeness::Trimmed, Some(ChangeKind::LeftOut)) if !is_machine => {
            format!(
                "Words left out without an ellipsis, {at}: {}",
                compared("was")
            )
        }
        (_, kind) => {
            let what = match kind {
                Some(ChangeKind::Negation) => "Negation not as",
                Some(ChangeKind::Number) => "Number not as",
                Some(ChangeKind::Name) => "Name not as",
                _ => "Not as",
            };
            match is_machine {
                true => format!(
                    "{what} on tape: listen at {locator}. {}",
                    compared("Heard there:")
                ),
                false => format!("{what} {at}: {}", compared("was")),
            }
        }
    };
    let told = told.trim_end().trim_end_matches(':');
    let end = if told.ends_with('.') { "" } else { "." };
    format!("{told}{end}{file}")
}

/// A few words more on both sides, within the whole.
fn around(range: &Range<usize>, whole: &Range<usize>) -> Range<usize> {
    let first = range.start.saturating_sub(AROUND).max(whole.start);
    first.min(range.start)..(range.end + AROUND).min(whole.end).max(range.end)
}

fn words(verdict: &Verdict, range: Range<usize>) -> String {
    let run = &verdict.quotation.words[range];
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return String::new();
    };
    let words = first.span().cover(last.span()).of(verdict.quotation.text);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words that differ, each at its place.
fn related(view: &BlockView, verdict: &Verdict, place: &Place) -> Vec<Related> {
    if !verdict.may_name {
        return Vec::new();
    }
    let changes = place.found.changes.iter().filter_map(|change| {
        let here = span_of(&verdict.quotation.words[change.hunk.words.clone()])?;
        let there = place
            .record
            .passage(change.hunk.record.start, change.hunk.record.end);
        let message = match change.hunk.record.is_empty() {
            true => "not said there".to_owned(),
            false => format!("there: “{there}”"),
        };
        Some(Related {
            span: view.placed.place(here),
            message,
        })
    });
    changes.collect()
}

fn span_of(words: &[Word]) -> Option<Span> {
    Some(words.first()?.span().cover(words.last()?.span()))
}

/// Ways out: listen first where a machine heard it, the ellipsis where words are missing, the words on file.
fn fixes(view: &BlockView, verdict: &Verdict, place: &Place, quote: Span) -> Vec<Fix> {
    let sentence = view
        .prose
        .sentences
        .iter()
        .find(|sentence| sentence.span.touches(quote.start()));
    let end = sentence.map_or(quote.end(), |sentence| sentence.span.end().max(quote.end()));
    let later = format!(" [TK: listen at {}]", said::locator(place));
    let listen = look::insert(
        format!("Ask later: insert{later}"),
        view.placed.start + end,
        later,
    );
    let mut fixes = Vec::new();
    if place.found.likeness == Likeness::Trimmed && !place.found.changes.is_empty() {
        fixes.extend(ellipses(view, verdict, place));
    }
    if verdict.may_name {
        fixes.extend(restored(view, verdict, place));
    }
    let at = if place.record.kind == Kind::Machine {
        0
    } else {
        fixes.len()
    };
    fixes.insert(at, listen);
    fixes
}

fn ellipses(view: &BlockView, verdict: &Verdict, place: &Place) -> Option<Fix> {
    let words = &verdict.quotation.words;
    let edits: Option<Vec<Edit>> = place
        .found
        .changes
        .iter()
        .map(|change| {
            let before = words.get(change.hunk.words.start.checked_sub(1)?)?;
            Some(Edit::insert(view.placed.start + before.span().end(), " …"))
        })
        .collect();
    Some(Fix {
        title: "Show with an ellipsis that words were left out".to_owned(),
        is_safe: false,
        edits: edits?,
    })
}

/// The quotation with the words on file in it.
fn restored(view: &BlockView, verdict: &Verdict, place: &Place) -> Option<Fix> {
    let words = &verdict.quotation.words;
    let text = verdict.quotation.text;
    let mut edits = Vec::new();
    for change in &place.found.changes {
        let range = &change.hunk.record;
        let mut there = place.record.passage(range.start, range.end);
        there.truncate(there.trim_end_matches(['.', ',', '!', '?']).len());
        let edit = match span_of(&words[change.hunk.words.clone()]) {
            Some(span) if there.is_empty() => {
                let before = text[..span.start()].ends_with(' ');
                Edit::delete(Span::new(span.start() - usize::from(before), span.end()))
            }
            Some(span) => {
                if span.of(text).starts_with(char::is_uppercase) {
                    there = capitalised(&there);
                }
                Edit::replace(span, there)
            }
            None => {
                let before = words.get(change.hunk.words.start.checked_sub(1)?)?;
                Edit::insert(before.span().end(), format!(" {there}"))
            }
        };
        edits.push(Edit {
            span: view.placed.place(edit.span),
            ..edit
        });
    }
    (!edits.is_empty()).then(|| Fix {
        title: format!("Write it as {}", said::at(place, view.index)),
        is_safe: false,
        edits,
    })
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
