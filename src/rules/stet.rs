//! Suppression: `[STET rule: reason]` lets what it covers stand.

use super::levels::{Levels, names_topic};
use super::marks::stet_unused;
use super::{RULES, rule};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::syntax::tree::InlineKind;
use crate::text::span::Span;

/// A word of a STET mark.
struct Word<'a> {
    name: &'a str,
    block: usize,
    /// The word, in bytes of the file.
    span: Span,
    covers: Span,
    is_used: bool,
}

/// Takes out what STET marks cover, and adds what the marks themselves give.
pub fn suppress(draft: &Draft, mut found: Vec<Finding>, levels: &Levels) -> Vec<Finding> {
    let mut words = words(draft);
    if words.is_empty() {
        return found;
    }
    found.retain(|finding| {
        let mut stands = true;
        let span = at_least_one(finding.span);
        let block = |at: usize| draft.block_at(at).map_or(0, |(block, _)| block);
        let (first, last) = (block(span.start()), block(span.end()));
        let from = words.partition_point(|word| word.block < first);
        let near = words[from..].iter_mut();
        for word in near.take_while(|word| word.block <= last) {
            if word.covers.overlaps(span) && names(word.name, finding.rule) {
                word.is_used = true;
                stands = false;
            }
        }
        stands
    });
    for word in words.iter().filter(|word| !word.is_used) {
        let is_off = rule(word.name).is_some_and(|rule| !levels.is_on(rule));
        if !is_off {
            found.push(stet_unused::finding(word.name, word.span));
        }
    }
    found
}

fn words(draft: &Draft) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for mark in &draft.story.marks {
        let placed = &draft.tree.blocks[mark.block];
        let InlineKind::Stet { rules, .. } = &placed.block.inlines[mark.inline].kind else {
            continue;
        };
        words.extend(rules.iter().map(|span| Word {
            name: span.of(&placed.block.text),
            block: mark.block,
            span: placed.place(*span),
            covers: draft.span(mark.covers),
            is_used: false,
        }));
    }
    words
}

/// Whether a word after STET, a rule or a group, means the rule. What a STET mark itself gives is not hidden by one.
fn names(word: &str, name: &str) -> bool {
    !name.starts_with("stet-")
        && RULES
            .iter()
            .any(|rule| rule.name == name && (word == name || names_topic(word, rule)))
}

fn at_least_one(span: Span) -> Span {
    Span::new(span.start(), span.end().max(span.start() + 1))
}
