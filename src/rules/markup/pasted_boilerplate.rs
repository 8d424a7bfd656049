//! Page furniture that was pasted along with a story.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::strip::printed;
use crate::syntax::tree::{Placed, Shape};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Page furniture that was pasted along with a story.
pub const RULE: Rule = Rule {
    name: "pasted-boilerplate",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "Share lines, sign-up lines and comment widgets, pasted along with a story.",
    why: "Wire copy arrives pasted from a page, and the page comes along. What it says is not the story’s, and it breaks whatever \
          reads the copy next. Said once, with the other lines as related places; credits and copyright lines stay.",
    fires: &[
        "
The board closed the pier.

©2026 Harbor News

blog comments powered by Chatter
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint pasted-boilerplate: “blog comments powered by Chatter”: web page furniture in the draft. Delete it.
",
        "
Pier closed after storm damage

Share this article
^^^^^^^^^^^^^^^^^^ hint pasted-boilerplate: “Share this article”: web page furniture in the draft. Delete it.

The board closed the pier.

Advertisement

It will open again in May.

Sign up for our newsletter
",
        "
The board closed the pier.

Read more: What the storm did to the harbor
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint pasted-boilerplate: “Read more: What the storm did to the harbor”: web page furniture in the draft. Delete it.
",
        "
The board closed the pier.

Follow us on Chirper
^^^^^^^^^^^^^^^^^^^^ hint pasted-boilerplate: “Follow us on Chirper”: web page furniture in the draft. Delete it.
",
    ],
    quiet: &[
        "The board closed the pier.\n\n(With assistance from Bo Roy and Cy Poe.)\n\n©2026 Harbor News. Distributed by Coast Agency.",
        "“Read more: it is good for you,” Dana Ortiz said.",
        "Published in Local\n\nThe board closed the pier.",
        "Top Stories\n\nThe board closed the pier.",
        "Advertisement is banned on the pier, the board said.",
        "The board asked readers to share this article of its statute with their neighbors before the vote in May.",
        "The board closed the pier.\n\n###\n\nblog comments powered by Chatter",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    unread(draft, found);
    let lines: Vec<usize> = (0..story.labels.len())
        .filter(|&block| story.labels[block] == Label::Furniture)
        .filter(|&block| is_boilerplate(&printed(&draft.tree.blocks[block].block)))
        .collect();
    let Some(first) = lines.first() else {
        return;
    };
    let place = |block: usize| {
        let placed = &draft.tree.blocks[block];
        placed.place(placed.block.content)
    };
    let words = draft.text.slice(place(*first));
    let message = format!(
        "“{}”: web page furniture in the draft. Delete it.",
        look::shown(&words)
    );
    let mut finding = look::finding(&RULE, place(*first), message);
    finding.related = lines[1..]
        .iter()
        .map(|&block| Related {
            span: place(block),
            message: "page furniture too".to_owned(),
        })
        .collect();
    let title = match lines.len() {
        1 => "Delete the line".to_owned(),
        count => format!("Delete the {count} lines"),
    };
    finding.fixes.push(Fix {
        title,
        is_safe: false,
        edits: lines
            .iter()
            .map(|&block| Edit::delete(draft.tree.blocks[block].span()))
            .collect(),
    });
    found.push(finding);
}

/// Paragraphs that nobody typed: each is told at its first letters, and not read.
fn unread(draft: &Draft, found: &mut Vec<Finding>) {
    let blocks = &draft.tree.blocks;
    let is_copy = |placed: &&Placed| {
        !matches!(
            placed.block.shape,
            Shape::Blank | Shape::Header(_) | Shape::Comment
        )
    };
    // Where the next one begins tells how long each is.
    let starts = blocks.iter().map(|placed| placed.start);
    let ends = starts.skip(1).chain([draft.text.len()]);
    let long = blocks.iter().zip(ends);
    let long = long.filter(|(placed, end)| end - placed.start > prose::LONGEST);
    for placed in long.map(|(placed, _)| placed).filter(is_copy) {
        let text: &str = &placed.block.text;
        let start = placed.block.content.start();
        let letters = text[start..].chars().take(40).map(char::len_utf8);
        let head = Span::new(start, start + letters.sum::<usize>());
        let message = format!(
            "A paragraph of {} KB, in which nothing is checked: one can have {} KB. Break it into paragraphs.",
            text.len() >> 10,
            prose::LONGEST >> 10
        );
        let mut finding = look::finding(&RULE, placed.place(head), message);
        finding.severity = Severity::Warning;
        found.push(finding);
    }
}

/// Whether a line of furniture is one that a page puts around any story.
fn is_boilerplate(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "blog comments powered by",
        "comments powered by",
        "share this",
        "sign up for our",
        "sign up to our",
        "subscribe to our",
        "read more:",
        "related stories",
        "related articles",
        "most read",
        "click here",
        "follow us on",
        "view comments",
        "loading comments",
        "this article was originally published",
    ];
    let line = line.trim().to_lowercase();
    line == "advertisement" || STARTS.iter().any(|start| line.starts_with(start))
}
