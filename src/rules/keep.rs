//! What a check keeps of each block, so that the next one looks only at what changed.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::levels::Levels;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::prose::Prose;
use crate::scene::Scene;
use crate::syntax::tree;
use crate::text::span::Span;

/// What a check keeps.
#[derive(Debug, Default)]
pub struct Kept {
    /// The scene's stamp.
    pub stamp: u64,
    /// The levels under which the rules ran.
    pub levels: Levels,
    /// The blocks in order.
    pub blocks: Vec<Block>,
}

/// What one block gave.
#[derive(Debug)]
pub struct Block {
    block: Arc<tree::Block>,
    prose: Arc<Prose>,
    start: usize,
    facts: u64,
    /// The findings of block rules, in bytes of the file, before levels and suppression.
    pub findings: Arc<[Finding]>,
}

impl Kept {
    /// Nothing yet.
    pub fn new(stamp: u64, levels: Levels, count: usize) -> Kept {
        Kept {
            stamp,
            levels,
            blocks: Vec::with_capacity(count),
        }
    }

    /// What was found in block `index` of the draft, if it is as it was; looked for at its place from the front and from the back.
    pub fn take(&self, draft: &Draft, index: usize, shared: u64) -> Option<Block> {
        let now = &draft.tree.blocks[index];
        let from_back = (index + self.blocks.len()).checked_sub(draft.tree.blocks.len());
        let same = [Some(index), from_back]
            .into_iter()
            .flatten()
            .filter_map(|at| self.blocks.get(at))
            .find(|kept| {
                Arc::ptr_eq(&kept.block, &now.block)
                    && Arc::ptr_eq(&kept.prose, &draft.prose[index])
            })?;
        if same.facts != facts(draft, index, shared) {
            return None;
        }
        let findings = if same.start == now.start {
            same.findings.clone()
        } else {
            same.findings
                .iter()
                .map(|finding| moved(finding, same.start, now.start))
                .collect()
        };
        Some(Block {
            block: now.block.clone(),
            prose: draft.prose[index].clone(),
            start: now.start,
            facts: same.facts,
            findings,
        })
    }
}

impl Block {
    /// What was found in block `index` of the draft.
    pub fn new(draft: &Draft, index: usize, shared: u64, findings: Vec<Finding>) -> Block {
        let placed = &draft.tree.blocks[index];
        Block {
            block: placed.block.clone(),
            prose: draft.prose[index].clone(),
            start: placed.start,
            facts: facts(draft, index, shared),
            findings: findings.into(),
        }
    }
}

/// What the comparison with what is on file asks beyond a block, as one number: the records in the draft, the sources,
/// and who of the story has a record.
pub fn shared(draft: &Draft, scene: &Scene) -> u64 {
    if draft.scratch.is_empty() && scene.records.is_empty() {
        return 0;
    }
    let story = &draft.story;
    let mut hasher = FxHasher::default();
    for scratch in &draft.scratch {
        (Arc::as_ptr(&scratch.record) as usize).hash(&mut hasher);
        scratch.first.hash(&mut hasher);
    }
    for source in &story.sources {
        source.id.hash(&mut hasher);
        source.terms.hash(&mut hasher);
        for key in ["file", "via", "lang"] {
            source.field(key).hash(&mut hasher);
        }
    }
    for speaker in &story.speakers {
        let is_known = speaker.surname.iter().chain([&speaker.name]).any(|name| {
            let scratch = draft.scratch.iter();
            scene.records.knows(name) || scratch.into_iter().any(|one| one.record.knows(name))
        });
        if is_known || !speaker.sources.is_empty() {
            speaker.id.hash(&mut hasher);
            speaker.name.hash(&mut hasher);
            speaker.sources.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// All that a block rule may ask the story about its block, as one number.
fn facts(draft: &Draft, index: usize, shared: u64) -> u64 {
    let story = &draft.story;
    let mut hasher = FxHasher::default();
    story.labels[index].hash(&mut hasher);
    let speaker = |id: crate::story::SpeakerId, hasher: &mut FxHasher| {
        let speaker = story.speaker(id);
        speaker.id.hash(hasher);
        speaker.name.hash(hasher);
        speaker.kind.hash(hasher);
    };
    if !story.quotes_of(index).is_empty() {
        shared.hash(&mut hasher);
    }
    for quote in story.quotes_of(index) {
        let continued = quote
            .continues
            .and_then(|at| story.quotes.get(at)?.binding.as_ref());
        if let Some(binding) = continued {
            speaker(binding.speaker, &mut hasher);
        }
        quote.index.hash(&mut hasher);
        quote.continues.is_some().hash(&mut hasher);
        if let Some(binding) = &quote.binding {
            speaker(binding.speaker, &mut hasher);
            binding.step.hash(&mut hasher);
            (binding.confidence as u8).hash(&mut hasher);
        }
        0xfeu8.hash(&mut hasher);
    }
    for statement in story.statements_of(index) {
        statement.index.hash(&mut hasher);
        if let Some(id) = statement.speaker {
            speaker(id, &mut hasher);
        }
        (statement.confidence as u8).hash(&mut hasher);
    }
    for coverage in &story.coverage[index] {
        (coverage.support as u8).hash(&mut hasher);
    }
    for place in &story.unclosed {
        if place.block == index {
            place.span.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// A finding of a block that started at `from` and now starts at `to`.
fn moved(finding: &Finding, from: usize, to: usize) -> Finding {
    let shift = |span: Span| span.back(from).shift(to);
    let mut finding = finding.clone();
    finding.span = shift(finding.span);
    for related in &mut finding.related {
        related.span = shift(related.span);
    }
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.span = shift(edit.span);
    }
    finding
}
