//! A story that stands on one person without a name.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::Strength;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::SpeakerKind;
use crate::story::group::Group;
use crate::story::outline::Label;

/// A story that stands on one person without a name.
pub const RULE: Rule = Rule {
    name: "anonymous-single-source",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "A lede that rests on one unnamed source and nothing else.",
    why: "AP, Reuters and the BBC are reluctant to run a story on a single source without a name; a second one, or a document, is \
          what an editor asks for first.",
    fires: &["
The head of Harlow Foods will resign on Friday, a person familiar with the matter said.
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning anonymous-single-source: “a person familiar with the matter” alone carries the lede: find a second source.

Harlow has run bakeries in Port Harlan since 1920, and its ovens have not been cold since.
", "
A senior aide said the head of Harlow Foods will resign before the summer is out.
^^^^^^^^^^^^^ warning anonymous-single-source: “A senior aide” alone carries the lede: find a second source.

The firm has run bakeries in Port Harlan since 1920.
", "
An official with direct knowledge of the plan said the dam will be opened at dawn today.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning anonymous-single-source: “An official with direct knowledge of…” alone carries the lede: find a second source.
", "
The dam will be opened at dawn, a diplomat said. The valley was told nothing of it at all.
                                ^^^^^^^^^^ warning anonymous-single-source: “a diplomat” alone carries the lede: find a second source.

The road is closed.
"],
    quiet: &[
        "The head of Harlow Foods will resign on Friday, people familiar with the matter said.",
        "The head of Harlow Foods will resign on Friday, a person familiar with the matter said.\n\nHe will leave in June, according to a letter to the staff.",
        "The head of Harlow Foods will resign on Friday, a person familiar with the matter said.\n\n“I am tired,” Paul Wren, the head, said.",
        "The head of Harlow Foods will resign on Friday, Paul Wren said.\n\nA person familiar with the matter said he is tired.",
        "The dam will be opened at dawn, police said.\n\nThe road is closed.",
        "The dam will be opened at dawn, a diplomat said. [TK: second source?]",
    ],
    options: &[RuleOption {
        name: "window",
        default: "2",
        summary: "So many paragraphs, the first included, may bring a second source.",
    }],
    check: Check::Groups(check),
};

/// The paragraphs of the body that it looks at: the lede and those after it, as far as the option tells.
pub fn top<'a>(draft: &'a Draft, scene: &Scene) -> impl Iterator<Item = usize> + use<'a> {
    let window = look::number_option(scene, "anonymous-single-source.window", 2);
    let lede = draft.story.facts.lede.unwrap_or(draft.prose.len());
    let body = |block: &usize| draft.story.labels[*block] == Label::Body;
    (lede..draft.prose.len()).filter(body).take(window)
}

fn check(draft: &Draft, groups: &[Group], scene: &Scene, found: &mut Vec<Finding>) {
    let Some(lede) = draft.story.facts.lede else {
        return;
    };
    let first = groups.iter().find(|group| group.place.block == lede);
    let Some(group) = first else {
        return;
    };
    let is_one = !group.features.is_plural && group.features.count.is_none_or(|count| count == 1);
    let has_other = top(draft, scene).any(|block| {
        let cited = !draft.story.citations_of(block).is_empty();
        let said = draft.story.statements_of(block).iter().any(|statement| {
            // “The board has decided, one aide said”: what the board decided is the aide’s word.
            let attribution = &draft.prose[block].attributions[statement.index];
            attribution.strength != Strength::Faint
                && !attribution.is_inner
                && statement.speaker.is_some_and(|speaker| {
                    speaker != group.id
                        && draft.story.speaker(speaker).kind != SpeakerKind::Collective
                })
        });
        let quoted = draft.story.quotes_of(block).iter().any(|quote| {
            quote
                .binding
                .as_ref()
                .is_some_and(|binding| binding.speaker != group.id)
        });
        cited || said || quoted
    });
    if !is_one || has_other || look::is_open(&draft.story, &draft.tree, group.place) {
        return;
    }
    let words = look::shown(draft.words(group.place));
    let mut finding = look::finding(
        &RULE,
        draft.span(group.place),
        format!("“{words}” alone carries the lede: find a second source."),
    );
    let sentence = group.statements[0].1.sentence;
    let end = draft.prose[lede].sentences[sentence].span.end();
    finding.fixes = vec![look::insert(
        "Ask later: insert [TK: second source?]",
        draft.tree.blocks[lede].start + end,
        " [TK: second source?]",
    )];
    found.push(finding);
}
