//! "Thursday", "this month" in a story that has no date.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::date::TimeKind;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::span::Span;

/// "Thursday", "this month" in a story that has no date.
pub const RULE: Rule = Rule {
    name: "date-unanchored",
    topic: "date",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "Words of time that need a publication date, in a story that has none.",
    why: "The wires’ rules for days and months count from the day of publication. Copy that is pasted or kept loses that day, and \
          “Thursday” means nothing to whoever reads it next. Said once for the story, at the first such word: as information where days \
          and months stand beside each other and nobody can tell their order, else as a hint.",
    fires: &[
        "
The harbor board closed the pier on Thursday. It will open again this month.
                                 ^^^^^^^^^^^ information date-unanchored: “on Thursday”: the story has no date. Add Date: to the header.
",
        "
The harbor board closed the pier after a storm in March.
                                               ^^^^^^^^ hint date-unanchored: “in March”: the story has no date. Add Date: to the header.

Back in May, a plank had given way.
",
        "
PORT HARLAN, March 3 — The harbor board closed the pier yesterday.
                                                        ^^^^^^^^^ hint date-unanchored: “yesterday”: the story has no date. Add Date: to the header.
",
        "
The harbor board closed the pier on Sept. 4 and opened it again on 3 March.
                                 ^^^^^^^^^^ hint date-unanchored: “on Sept. 4”: the story has no date. Add Date: to the header.
",
        "
Slug: pier

The harbor board closed the pier last week.
                                 ^^^^^^^^^ hint date-unanchored: “last week”: the story has no date. Add Date: to the header.
",
    ],
    quiet: &[
        "@ status=draft\nThe harbor board closed the pier on Thursday.",
        "Date: 2026-03-05\n\nThe harbor board closed the pier on Thursday.",
        "PORT HARLAN, March 5, 2026 — The harbor board closed the pier on Thursday.",
        "“We closed it on Thursday,” Dana Ortiz said.",
        "The market opens every Thursday, and it was shut on Good Friday.",
        "In recent years, the pier was closed twice.",
        "The harbor board closed the pier in March 2024.",
        "The harbor board closed the pier on Feb. 3, 2024, and opened it on 5 Oct. 2024.",
        "Date: TK\n\nThe harbor board closed the pier on Thursday.",
        "Date: 5 March 2026\n\nThe harbor board closed the pier yesterday.",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let has_field = story
        .facts
        .fields
        .iter()
        .any(|(key, ..)| matches!(key.to_lowercase().as_str(), "date" | "published"));
    // In an editor, where a draft without a status counts as one being written, its day is today.
    let is_written = scene.config.default_status.is_some();
    if story.facts.date.is_some() || has_field || is_written {
        return;
    }
    let body = (0..story.labels.len())
        .filter(|&block| matches!(story.labels[block], Label::Body | Label::List));
    let mut times = body.flat_map(|block| {
        let placed = &draft.tree.blocks[block];
        let times = &draft.prose[block].times;
        let text: &str = &placed.block.text;
        times
            .iter()
            .map(move |time| (placed.place(time.span), time.span.of(text), time.kind))
    });
    let Some((first, words, kind)) = times.next() else {
        return;
    };
    let times: Vec<(Span, &str, TimeKind)> = times.collect();
    let is_day = |kind: TimeKind| matches!(kind, TimeKind::Weekday | TimeKind::Day);
    // “Sept. 4” lacks no more than its year: it leaves the order of what stands beside it alone.
    let is_whole = |words: &str| words.ends_with(|letter: char| letter.is_ascii_digit());
    let is_mixed = !is_whole(words)
        && times
            .iter()
            .any(|(_, other, is)| is_day(*is) != is_day(kind) && !is_whole(other));
    let message = format!("“{words}”: the story has no date. Add Date: to the header.");
    let mut finding = look::finding(&RULE, first, message);
    if !is_mixed {
        finding.severity = Severity::Hint;
    }
    let related = times.iter().map(|(span, words, _)| Related {
        span: *span,
        message: format!("“{words}” needs the date too"),
    });
    finding.related = related.collect();
    let header = draft
        .tree
        .blocks
        .iter()
        .find_map(|placed| match &placed.block.shape {
            Shape::Header(header) => header
                .fields
                .first()
                .map(|field| placed.place(field.key).start()),
            _ => None,
        });
    let (at, line) = match header {
        Some(at) => (at, "Date: TK\n"),
        None => (bom(draft), "Date: TK\n\n"),
    };
    finding
        .fixes
        .push(look::insert("Add Date: TK to the header", at, line));
    found.push(finding);
}

/// The byte where the text begins, after a byte order mark.
fn bom(draft: &Draft) -> usize {
    let first = draft.tree.blocks.first();
    first.map_or(0, |placed| {
        if placed.block.text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        }
    })
}
