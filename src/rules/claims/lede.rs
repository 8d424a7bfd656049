//! A contentious lede with no source high in the story.

use crate::draft::Draft;
use crate::finding::{Finding, Found, Severity};
use crate::prose::Strength;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::InlineKind;
use crate::text::span::Span;

/// A contentious lede with no source high in the story.
pub const RULE: Rule = Rule {
    name: "lede-unattributed",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "A lede that claims something, with no source in it or in the paragraphs after it.",
    why: "Reuters lets a first paragraph stand without a source only if it is not contentious and the sourcing is clear high in the \
          story. A lede that opens on a scene or a question claims nothing and is left alone.",
    fires: &[
        "
Harlow Foods bribed inspectors for a decade.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information lede-unattributed: The lede claims something; no source in the first 3 paragraphs.

The firm has run bakeries in Port Harlan since 1920.

Its ovens have not been cold since the war.
",
        "
Crime in the old harbor fell by some 15% over the winter.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information lede-unattributed: The lede claims something; no source in the first 2 paragraphs.

The streets are quiet at night, and the bars are full.
",
        "
The fire was the deadliest in the history of the state.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information lede-unattributed: The lede claims something; no source in the first 2 paragraphs.

Smoke hung over the valley for days. The school is a shelter now.
",
        "
More than half of tenants in the harbor skip meals to pay the rent.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information lede-unattributed: The lede claims something; no source in the first 2 paragraphs.

The bakery has put up a shelf of bread that nobody has to pay for.

Mayor Dana Ortiz said she would look into it.

=== onrecord.toml
[rules.lede-unattributed]
within = 1
",
    ],
    quiet: &[
        "Harlow Foods bribed inspectors for a decade.\n\nThe firm paid in cash, according to letters to the board.",
        "The mayor slept badly. Rain fell on the roof all night.\n\nThe council met at nine.",
        "Crime fell by 15% over the winter, police said.\n\nThe streets are quiet.",
        "Crime fell by 15% over the winter.\n\nThe streets are quiet at night.\n\n“It is a good year,” said Dana Ortiz, the mayor.",
        "Crime fell by 15% over the winter.[^police]\n\nThe streets are quiet at night.",
        "Crime fell by 15% over the winter. [TK: source?]\n\nThe streets are quiet at night.",
        "Crime in the old harbor fell by 15% over the winter.",
        "Crime in the old harbor fell by 15% over the winter. [STET claim: our own count]\n\nThe streets are quiet.",
        "Who bribed the inspectors?\n\nNobody on the board remembers it.",
    ],
    options: &[RuleOption {
        name: "within",
        default: "2",
        summary: "So many paragraphs after the first may bring the source.",
    }],
    check: Check::Last(check),
};

fn check(draft: &Draft, scene: &Scene, before: &[Found], found: &mut Vec<Finding>) {
    let within = look::number_option(scene, "lede-unattributed.within", 2);
    let Some(lede) = draft.story.facts.lede else {
        return;
    };
    let placed = &draft.tree.blocks[lede];
    let high: Vec<usize> = (lede..draft.prose.len())
        .filter(|&block| draft.story.labels[block] == Label::Body)
        .take(within + 1)
        .collect();
    // One paragraph is no story yet; the claim itself is asked about.
    if high.len() < 2 || high.iter().any(|&block| has_source(draft, block)) {
        return;
    }
    // What a rule of the group claims asks about there is what makes the lede contentious.
    let claim = before.iter().find(|finding| {
        finding.rule().starts_with("claim-") && placed.span().covers(finding.span())
    });
    let Some(claim) = claim.map(Found::span) else {
        return;
    };
    let at = claim.start() - placed.start;
    if is_left_to_stand(draft, lede, at) {
        return;
    }
    let sentences = &draft.prose[lede].sentences;
    let sentence = sentences.iter().find(|sentence| sentence.span.touches(at));
    let sentence = sentence.map_or(placed.block.content, |sentence| sentence.span);
    let count = high.len();
    let message = format!("The lede claims something; no source in the first {count} paragraphs.");
    let words = Span::new(sentence.start(), sentence.end());
    let mut finding = look::finding(&RULE, placed.place(words), message);
    finding.fixes = vec![look::attribute_later(placed.place(sentence).end())];
    found.push(finding);
}

/// Whether a STET mark covers the claim: somebody has decided on it.
fn is_left_to_stand(draft: &Draft, block: usize, at: usize) -> bool {
    draft.story.marks.iter().any(|mark| {
        let kind = &draft.tree.blocks[mark.block].block.inlines[mark.inline].kind;
        mark.covers.block == block
            && mark.covers.span.touches(at)
            && matches!(kind, InlineKind::Stet { .. })
    })
}

/// Whether anybody or anything is said to say something in a paragraph.
fn has_source(draft: &Draft, block: usize) -> bool {
    let story = &draft.story;
    let said = story.statements_of(block).iter().any(|statement| {
        let attribution = &draft.prose[block].attributions[statement.index];
        attribution.strength == Strength::Strict && attribution.source.is_some()
    });
    let quoted = story
        .quotes_of(block)
        .iter()
        .any(|quote| quote.binding.is_some());
    said || quoted || !story.citations_of(block).is_empty()
}
