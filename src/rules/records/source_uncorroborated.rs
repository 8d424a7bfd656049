//! A source that did not see it, and nothing beside it.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::mark::Citation;
use crate::syntax::tree::Sigil;

/// A source that did not see it, and nothing beside it.
pub const RULE: Rule = Rule {
    name: "source-uncorroborated",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "A source marked `primary: no` that stands alone for what it says.",
    why: "Who heard it from somebody else can be right, and cannot know. Reuters and the BBC want a second source, or words that tell \
          the reader how the first one knows. The record is marked, nothing is said of who it is.",
    fires: &[
        "
The pier was closed at noon.[^clerk]

[^clerk]: interview, a clerk at the harbor; primary: no; on record
  ^^^^^ information source-uncorroborated: Second-hand, and alone: name a second source in with:, or say how this one knows.
",
        "
The crane had failed before.[^clerk] It failed again on Monday.[^clerk]

[^clerk]: interview, a clerk at the harbor; primary: no
  ^^^^^ information source-uncorroborated: Second-hand, and alone: name a second source in with:, or say how this one knows.
",
        "
The crane had failed before.[^clerk; log]

The pier was closed at noon.[^clerk]

[^clerk]: interview, a clerk at the harbor; primary: no
  ^^^^^ information source-uncorroborated: Second-hand, and alone: name a second source in with:, or say how this one knows.
[^log]: document, crane log; primary: yes
",
        "
The [crane had failed](^post) before.

[^post]: social, post of a neighbor; primary: No
  ^^^^ information source-uncorroborated: Second-hand, and alone: name a second source in with:, or say how this one knows.
",
    ],
    quiet: &[
        "The pier was closed.[^clerk]\n\n[^clerk]: interview, a clerk; primary: yes",
        "The pier was closed.[^clerk]\n\n[^clerk]: interview, a clerk; primary: no; with: ^log\n[^log]: document, crane log",
        "The pier was closed.[^clerk; log]\n\n[^clerk]: interview, a clerk; primary: no\n[^log]: document, crane log",
        "The pier was closed.[^clerk][^log]\n\n[^clerk]: interview, a clerk; primary: no\n[^log]: document, crane log",
        "The pier was closed.[^clerk]\n\n[^clerk]: interview, a clerk",
        "The pier was closed.\n\n[^clerk]: interview, a clerk; primary: no",
        "The pier was closed, said a clerk who heard it from the captain.[^clerk] [TK: second source?]\n\n[^clerk]: interview, a clerk; primary: no",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let citations = &draft.story.citations;
    for source in &draft.story.sources {
        let is_second_hand = source
            .field("primary")
            .is_some_and(|value| value.eq_ignore_ascii_case("no"));
        if !is_second_hand || source.field("with").is_some() {
            continue;
        }
        let is_beside = |cited: &Citation, other: &Citation| {
            other.sigil == Sigil::Source
                && other.name != source.id
                && other.covers.block == cited.covers.block
                && other.covers.span.overlaps(cited.covers.span)
        };
        let is_alone = citations.iter().any(|cited| {
            cited.sigil == Sigil::Source
                && cited.name == source.id
                && !look::is_open(&draft.story, &draft.tree, cited.covers)
                && !citations.iter().any(|other| is_beside(cited, other))
        });
        if !is_alone {
            continue;
        }
        let message =
            "Second-hand, and alone: name a second source in with:, or say how this one knows.";
        let mut finding = look::finding(&RULE, draft.span(source.place), message);
        let placed = &draft.tree.blocks[source.place.block];
        let words = placed.block.content.of(&placed.block.text);
        let end = words.find(['\r', '\n']).unwrap_or(words.len());
        finding.fixes = vec![look::insert(
            "Note the second source as TK",
            placed.start + placed.block.content.start() + end,
            "; with: TK",
        )];
        found.push(finding);
    }
}
