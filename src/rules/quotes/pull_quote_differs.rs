//! A pull quote that is not quite what the story says.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::{Confidence, Place, Speaker};
use crate::syntax::tree::Shape;

/// A pull quote that is not quite what the story says.
pub const RULE: Rule = Rule {
    name: "pull-quote-differs",
    topic: "quote",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A pull quote with other words than the quotation in the story, or credited to somebody else.",
    why: "A pull quote repeats what the story says, set large: whoever shortens it to fit bends somebody’s words where most people read \
          them. Reuters allows nothing but a deletion that is shown.",
    fires: &[
        "
Mayor Dana Ortiz said on Monday: “We had no warning at all before the crane fell.”

>> We had no warning before the crane fell.
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning pull-quote-differs: Not as in the story: “We had no warning at all before the…”.
",
        "
“I have told the board again and again,” said Paul Wren, a diver. “Nobody came to look.”

>> “I told the board again and again.”
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning pull-quote-differs: Not as in the story: “I have told the board again and again”.
",
        "
“I have told the board again and again,” said Paul Wren, a diver. “Nobody came to look.”

>> I have told the board again and again.
>> — Dana Ortiz
     ^^^^^^^^^^ warning pull-quote-differs: “Dana Ortiz” is credited; in the story Paul Wren says it.
",
        "
“The pier is rotten from one end to the other,” said Lena Strand, an engineer.

>> The pier is rotten from end to end, one to the other.
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning pull-quote-differs: Not as in the story: “The pier is rotten from one end to the…”.
",
        "
“The pier is rotten from one end to the other,” said Lena Strand, an engineer.

>> “The pier is rotten from end to the other”
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning pull-quote-differs: Not as in the story: “The pier is rotten from one end to the other”.
>> — Lena Strand
",
    ],
    quiet: &[
        "Mayor Dana Ortiz said: “We had no warning at all before the crane fell.”\n\n>> We had no warning at all",
        "Mayor Dana Ortiz said: “We had no warning at all before the crane fell.”\n\n>> “We had no warning at all before the crane fell.”\n>> — Dana Ortiz",
        "Mayor Dana Ortiz said: “We had no warning.”\n\n>> We had no warning.\n>> — Ortiz, mayor",
        "Mayor Dana Ortiz said: “We had no warning at all.”\n\n>> The crane fell at noon, and nobody was near.",
        "Mayor Dana Ortiz said: “We had no warning at all.”\n\n> We had no warning.",
        "“We will never sell the firm to anyone outside the family,” said Earl Pickett, the owner.\n\n>> “We will never sell the firm”\n>> — Earl Pickett",
        "“We will never sell the firm to anyone outside the family,” said Earl Pickett, the owner.\n\n>> We will never sell the firm,\n>> -- Earl Pickett",
        "“My children learned to swim there in a week, and now they learn in a ditch,” Ron Fitch, a teacher, said.\n\n>> “My children learned to swim there … now they learn in a ditch.”\n>> — Ron Fitch",
        "“My children learned to swim there,” Ron Fitch, a teacher, said, “and now they learn in a ditch.”\n\n>> “My children learned to swim there, and now they learn in a ditch.”\n>> — Ron Fitch",
        "The board closed the pier at noon, and the hall was full.\n\n>> The board closed the pier at noon",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for echo in &draft.echoes {
        let place = Place {
            block: echo.block,
            span: echo.span,
        };
        let Some(like) = echo.like() else {
            continue;
        };
        if !like.is_same && !look::is_open(&draft.story, &draft.tree, place) {
            found.push(differs(draft, place, like.place));
        }
        if let Shape::PullQuote {
            credit: Some(credit),
        } = &draft.tree.blocks[echo.block].block.shape
        {
            let credited = Place {
                block: echo.block,
                span: *credit,
            };
            found.extend(credit_of_another(draft, credited, like.place));
        }
    }
}

fn differs(draft: &Draft, place: Place, there: Place) -> Finding {
    let right = draft.words(there);
    let message = format!("Not as in the story: “{}”.", look::shown(right));
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.related.push(Related {
        span: draft.span(there),
        message: "as the story has it".to_owned(),
    });
    // Between marks that close and open again the reporter speaks: such a passage cannot be put in as it stands.
    if right.contains(['“', '”', '"', '«', '»']) {
        return finding;
    }
    let own = draft.words(place);
    let end = own
        .rfind(|c: char| c.is_alphanumeric())
        .map_or(own.len(), |at| {
            at + own[at..].chars().next().map_or(1, char::len_utf8)
        });
    let words = format!("{right}{}", &own[end..]);
    finding.fixes = vec![look::replace(
        "Write what the story has",
        draft.span(place),
        &words,
    )];
    finding
}

/// The credit line names somebody who does not say it in the story.
fn credit_of_another(draft: &Draft, credit: Place, there: Place) -> Option<Finding> {
    let quotes = draft.story.quotes_of(there.block).iter();
    let mut saying = quotes.filter(|quote| quote.place.span.overlaps(there.span));
    let binding = saying.next()?.binding.as_ref()?;
    let speaker: &Speaker = draft.story.speaker(binding.speaker);
    let credited = draft.words(credit);
    let lower = credited.to_lowercase();
    let is_named = speaker
        .name
        .to_lowercase()
        .split_whitespace()
        .any(|word| word.len() > 2 && lower.contains(word));
    let has_name = speaker.name.starts_with(char::is_uppercase) && speaker.name.contains(' ');
    if is_named || !has_name || binding.confidence < Confidence::Medium {
        return None;
    }
    let message = format!(
        "“{}” is credited; in the story {} says it.",
        look::shown(credited),
        speaker.name
    );
    let mut finding = look::finding(&RULE, draft.span(credit), message);
    finding.related.push(Related {
        span: draft.span(there),
        message: "said here".to_owned(),
    });
    finding.fixes = vec![look::replace(
        format!("Credit {}", speaker.name),
        draft.span(credit),
        &speaker.name,
    )];
    Some(finding)
}
