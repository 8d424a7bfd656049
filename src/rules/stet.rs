//! Suppression: `[STET rule: reason]` lets what it covers stand.

use super::levels::{Levels, names_topic};
use super::marks::stet_unused;
use super::rule;
use crate::draft::Draft;
use crate::finding::{Finding, Found};
use crate::syntax::tree::InlineKind;
use crate::text::span::Span;

/// A word of a STET mark.
struct Word<'a> {
    name: &'a str,
    block: usize,
    /// Where the block after its own starts.
    next_block: usize,
    /// The word, from its block's start.
    span: Span,
    /// The mark with its brackets, likewise.
    mark: Span,
    /// All words of the mark.
    rules: &'a [Span],
    covers: Span,
    reason: Option<&'a str>,
    is_used: bool,
}

/// A finding that a STET mark lets stand.
#[derive(Clone, Debug, PartialEq)]
pub struct LetStand {
    /// The finding, as its rule gave it.
    pub finding: Finding,
    /// The reason that the mark gives, if it gives one.
    pub reason: Option<String>,
}

/// Takes out what STET marks cover, and adds what the marks themselves give; what was taken out comes second.
pub fn suppress(
    draft: &Draft,
    mut found: Vec<Found>,
    levels: &Levels,
) -> (Vec<Found>, Vec<LetStand>) {
    let mut words = words(draft);
    let mut standing = Vec::new();
    if words.is_empty() {
        return (found, standing);
    }
    let mut from = 0;
    found.retain(|finding| {
        let span = at_least_one(finding.span());
        // Most findings stand near the one before.
        let ends = |at: usize| {
            words
                .get(at)
                .is_none_or(|word| word.next_block > span.start())
        };
        let begins = from == 0 || words[from - 1].next_block <= span.start();
        if !begins || !ends(from) {
            from = words.partition_point(|word| word.next_block <= span.start());
        }
        let near = words[from..].iter_mut();
        let mut covering = near
            .take_while(|word| draft.tree.blocks[word.block].start <= span.end())
            .filter(|word| word.covers.overlaps(span) && names(word.name, finding.rule()));
        let Some(first) = covering.next() else {
            return true;
        };
        first.is_used = true;
        let reason = first.reason.map(str::to_owned);
        covering.for_each(|word| word.is_used = true);
        let finding = finding.whole();
        standing.push(LetStand { finding, reason });
        false
    });
    for word in words.iter().filter(|word| !word.is_used) {
        let is_off = rule(word.name).is_some_and(|rule| !levels.is_on(rule));
        if !is_off {
            let placed = &draft.tree.blocks[word.block];
            let unused = stet_unused::finding(placed, word.mark, word.rules, word.span);
            found.push(unused.into());
        }
    }
    (found, standing)
}

fn words(draft: &Draft) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for mark in &draft.story.marks {
        let placed = &draft.tree.blocks[mark.block];
        let inline = &placed.block.inlines[mark.inline];
        let InlineKind::Stet { rules, reason } = &inline.kind else {
            continue;
        };
        let next = draft.tree.blocks.get(mark.block + 1);
        words.extend(rules.iter().map(|span| Word {
            name: span.of(&placed.block.text),
            block: mark.block,
            next_block: next.map_or(usize::MAX, |next| next.start),
            span: *span,
            mark: inline.span,
            rules,
            covers: draft.span(mark.covers),
            reason: reason.map(|reason| reason.of(&placed.block.text)),
            is_used: false,
        }));
    }
    words
}

/// Whether a word after STET, a rule or a group, means the rule. What a STET mark itself gives is not hidden by one.
fn names(word: &str, name: &str) -> bool {
    !name.starts_with("stet-")
        && rule(name).is_some_and(|rule| word == name || names_topic(word, rule))
}

fn at_least_one(span: Span) -> Span {
    Span::new(span.start(), span.end().max(span.start() + 1))
}
