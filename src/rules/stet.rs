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
    /// Where its block starts.
    start: usize,
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

/// The STET marks of a draft, and what they let stand so far.
pub struct Stets<'a> {
    draft: &'a Draft,
    words: Vec<Word<'a>>,
    /// The first whose block was not passed by the finding before.
    from: usize,
    standing: Vec<LetStand>,
}

impl<'a> Stets<'a> {
    /// Those of a draft.
    pub fn of(draft: &'a Draft) -> Stets<'a> {
        Stets {
            draft,
            words: words(draft),
            from: 0,
            standing: Vec::new(),
        }
    }

    /// Whether a finding that stands at a place is let stand; it is noted then.
    pub fn let_stand(&mut self, finding: &Found, span: Span) -> bool {
        if self.words.is_empty() {
            return false;
        }
        let span = at_least_one(span);
        // Most findings stand near the one before.
        let words = &mut self.words;
        let is_passed = |word: &Word| word.next_block <= span.start();
        let begins = self.from == 0 || is_passed(&words[self.from - 1]);
        if !begins || words.get(self.from).is_some_and(is_passed) {
            self.from = words.partition_point(is_passed);
        }
        let near = words[self.from..].iter_mut();
        let mut covering = near
            .take_while(|word| word.start <= span.end())
            .filter(|word| word.covers.overlaps(span) && names(word.name, finding.rule()));
        let Some(first) = covering.next() else {
            return false;
        };
        first.is_used = true;
        let reason = first.reason.map(str::to_owned);
        covering.for_each(|word| word.is_used = true);
        let finding = finding.whole();
        self.standing.push(LetStand { finding, reason });
        true
    }

    /// What the marks themselves give, once all findings were seen, and what was let stand.
    pub fn end(self, levels: &Levels) -> (Vec<Finding>, Vec<LetStand>) {
        let is_off = |word: &Word| rule(word.name).is_some_and(|rule| !levels.is_on(rule));
        let unused = self
            .words
            .iter()
            .filter(|word| !word.is_used && !is_off(word));
        let unused = unused.map(|word| {
            let placed = &self.draft.tree.blocks[word.block];
            stet_unused::finding(placed, word.mark, word.rules, word.span)
        });
        (unused.collect(), self.standing)
    }
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
            start: placed.start,
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
