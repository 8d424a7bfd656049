//! Story below the end mark, or below NOTES, where nothing is checked.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::line::ends_sentence;
use crate::syntax::tree::{Placed, Shape, Zone};
use crate::text::edit::Edit;

/// Story below the end mark, or below NOTES, where nothing is checked.
pub const RULE: Rule = Rule {
    name: "copy-after-end",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "Paragraphs that read like story where scratch is kept: below the end mark, or below NOTES without a STORY.",
    why: "Three dashes or hashes are an ornament to some writers and the end of the story to this format. What stands below is not \
          checked and not exported, and that must not come as a surprise.",
    fires: &[
        "
The board closed the pier after a storm in the night.

###
^^^ hint copy-after-end: 2 paragraphs below are scratch: not checked, not exported.

The planks had been loose for a month before the storm came.

Nobody was hurt, and the ferry ran from the other side of the bay.
",
        "
The board closed the pier after a storm in the night.

-30-
^^^^ hint copy-after-end: 3 paragraphs below are scratch: not checked, not exported.

It will be repaired in spring, and the market moves to the square.

“We will miss the water,” said Dana Ortiz, who sells fish there.

The vote was unanimous, and it took the board less than an hour.
",
        "
NOTES
^^^^^ hint copy-after-end: 2 paragraphs below are scratch: not checked, not exported.

The board closed the pier after a storm in the night.

Nobody was hurt, and the ferry ran from the other side of the bay.
",
        "
The board closed the pier after a storm in the night.

ENDS
^^^^ hint copy-after-end: 2 paragraphs below are scratch: not checked, not exported.

The planks had been loose for a month before the storm came.

Nobody was hurt, and the ferry ran from the other side of the bay.

[^board]: statement, notice on the gate
",
    ],
    quiet: &[
        "The board closed the pier.\n\n###\n\n[^board]: statement, notice on the gate; on record",
        "The board closed the pier.\n\n###\n\ncall the board again before five\n\nask for the log",
        "The board closed the pier.\n\n###\n\nFrom: press@harbor.example\nSubject: Re: pier\n\nPlease find our statement below, as it was agreed. \n\nThe pier will open again in the spring, as soon as the planks are in place.",
        "The board closed the pier.\n\nENDS",
        "NOTES\n\nThe planks had been loose for a month before the storm came.\n\nNobody was hurt, and the ferry ran all the same.\n\nSTORY\n\nThe board closed the pier.",
        "The board closed the pier.\n\n###\n\nScratch: call the press office again before the meeting at five.",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let blocks = &draft.tree.blocks;
    let mut is_after_end = false;
    let marks = (0..blocks.len()).filter(|&index| draft.story.labels[index] == Label::NotCopy);
    for index in marks {
        let (placed, below) = (&blocks[index], &blocks[index + 1..]);
        let zone = match placed.block.shape {
            Shape::EndMark => Zone::Back,
            Shape::NotesMark => Zone::Notes,
            _ => continue,
        };
        if is_after_end {
            break;
        }
        is_after_end = zone == Zone::Back;
        let is_story = |placed: &Placed| matches!(placed.block.shape, Shape::StoryMark);
        if zone == Zone::Notes && below.iter().any(is_story) {
            continue;
        }
        let paragraphs: Vec<&Placed> = below
            .iter()
            .filter(|placed| placed.zone == zone)
            .filter(|placed| matches!(placed.block.shape, Shape::Paragraph))
            .collect();
        let reads = paragraphs
            .iter()
            .filter(|placed| reads_like_story(placed))
            .count();
        if reads < 2 || paragraphs.iter().any(|placed| is_mail(placed)) {
            continue;
        }
        let place = placed.place(placed.block.content);
        let message = format!(
            "{} paragraphs below are scratch: not checked, not exported.",
            paragraphs.len()
        );
        let mut finding = look::finding(&RULE, place, message);
        finding.fixes.push(Fix {
            title: format!(
                "Take {} out: what is below is story",
                placed.block.content.of(&placed.block.text)
            ),
            is_safe: false,
            edits: vec![Edit::delete(placed.span())],
        });
        found.push(finding);
    }
}

fn reads_like_story(placed: &Placed) -> bool {
    let words = placed.block.content.of(&placed.block.text);
    ends_sentence(words) && words.split_whitespace().count() >= 8
}

/// A pasted mail is a record, not story.
fn is_mail(placed: &Placed) -> bool {
    let words = placed.block.content.of(&placed.block.text);
    ["From:", "To:", "Subject:", "Date:", "Sent:"]
        .iter()
        .any(|head| words.starts_with(head))
}
