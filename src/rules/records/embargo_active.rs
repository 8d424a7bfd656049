//! A story that would go out before its embargo ends.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Asks, BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::facts;
use crate::story::outline::{Label, Status};
use crate::text::edit::Edit;
use crate::words::is_alike;

/// A story that would go out before its embargo ends.
pub const RULE: Rule = Rule {
    name: "embargo-active",
    topic: "markup",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "An embargo that has not ended, on a story that is final, published, or dated before it; and the embargo line of a press release left in the copy.",
    why: "Who breaks an embargo loses the source, and a story cannot be called back. A draft in the making may wait; one marked as final \
          may not.",
    fires: &[
        "
@ 2026-03-01
Embargo: 2026-03-04
         ^^^^^^^^^^ error embargo-active: Embargoed until 2026-03-04: the status may not be “final”.
Status: final

The pier will be sold, the board said.
",
        "
@ 2026-03-01
Embargo: 4 March 2026
         ^^^^^^^^^^^^ error embargo-active: Embargoed until 2026-03-04: the status may not be “published”.
Status: published

The pier will be sold, the board said.
",
        "
@ 2026-03-10
Date: 2026-03-01
Embargo: 2026-03-04
         ^^^^^^^^^^ error embargo-active: Embargoed until 2026-03-04; the story is dated 2026-03-01.

The pier will be sold, the board said.
",
        "
The pier will be sold, the board said.

EMBARGOED UNTIL 0600 GMT ON MARCH 4
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error embargo-active: The embargo line of a press release stands in the copy.

The board met twice.
",
        "
EMBARGOED UNTIL 00:01 THURSDAY 4 MARCH
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error embargo-active: The embargo line of a press release stands in the copy.

The pier will be sold.
",
    ],
    quiet: &[
        "@ 2026-03-05\nEmbargo: 2026-03-04\nStatus: final\n\nThe pier will be sold, the board said.",
        "@ 2026-03-01\nEmbargo: 2026-03-04\nStatus: draft\n\nThe pier will be sold, the board said.",
        "@ 2026-03-01\nEmbargo: 2026-03-04\n\nThe pier will be sold, the board said.",
        "@ 2026-03-01\nDate: 2026-03-04\nEmbargo: 2026-03-04\n\nThe pier will be sold, the board said.",
        "The report was embargoed until March 4, the board said.",
        "“It is embargoed until March,” Ortiz said.",
        "Embargo: TK\nStatus: final\n\nThe pier will be sold, the board said.",
    ],
    options: &[],
    check: Check::Both(in_copy, in_header, Asks::EVERYTHING),
};

/// Whether a line is the embargo line of a press release.
pub fn is_embargo_line(words: &str) -> bool {
    const STARTS: &[&str] = &[
        "embargoed until",
        "embargoed to",
        "embargo:",
        "under embargo until",
        "strictly embargoed",
        "not for publication before",
        "not for publication until",
    ];
    let words = words.trim();
    let begins = |start: &&str| {
        let head = words.get(..start.len());
        head.is_some_and(|head| is_alike(head.as_bytes(), start))
    };
    STARTS.iter().any(begins) && words.len() < 120 && !words.ends_with(['.', '”', '"'])
}

/// The embargo line of a press release.
fn in_copy(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let content = view.placed.block.content;
    if view.label != Label::NotCopy && is_embargo_line(content.of(look::text(view))) {
        let span = view.placed.place(content);
        let message = "The embargo line of a press release stands in the copy.";
        let mut finding = look::finding(&RULE, span, message);
        finding.fixes = vec![Fix {
            title: "Delete the line".to_owned(),
            is_safe: true,
            edits: vec![Edit::delete(span)],
        }];
        found.push(finding);
    }
}

fn in_header(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story_facts = &draft.story.facts;
    let field = |key: &str| {
        let fields = story_facts.fields.iter();
        fields
            .into_iter()
            .find(|field| field.0.eq_ignore_ascii_case(key))
    };
    let Some((_, value, _, place)) = field("embargo") else {
        return;
    };
    let Some(embargo) = facts::date_in(value) else {
        return;
    };
    let Some(header) = story_facts.header else {
        return;
    };
    let header = &draft.tree.blocks[header];
    let is_out = matches!(story_facts.status, Some(Status::Final | Status::Published));
    let is_early = embargo > scene.today;
    let is_dated = story_facts
        .date
        .filter(|date| *date < embargo && story_facts.status != Some(Status::Draft));
    let (message, fix) = match (is_out && is_early, is_dated) {
        (true, _) => {
            let word = field("status");
            let message = format!(
                "Embargoed until {embargo}: the status may not be “{}”.",
                word.map_or("final", |word| word.1.as_str())
            );
            let fix =
                word.map(|(_, _, _, place)| ("Write Status: edit", *place, "edit".to_owned()));
            (message, fix)
        }
        (false, Some(date)) => {
            let message = format!("Embargoed until {embargo}; the story is dated {date}.");
            let fix = field("date").map(|(_, _, _, place)| {
                ("Write the day of the embargo", *place, embargo.to_string())
            });
            (message, fix)
        }
        _ => return,
    };
    let mut finding = look::finding(&RULE, header.place(*place), message);
    finding.fixes = fix
        .into_iter()
        .map(|(title, place, words)| Fix {
            title: title.to_owned(),
            is_safe: false,
            edits: vec![Edit::replace(header.place(place), words)],
        })
        .collect();
    found.push(finding);
}
