//! What a check keeps of each block, so that the next one looks only at what changed.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::levels::Levels;
use crate::draft::Draft;
use crate::finding::{Finding, Found};
use crate::prose::Prose;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, Speaker, SpeakerId, SpokenQuote, Statement, Story};
use crate::syntax::tree;
use crate::text::pages::{PAGE, Pages};

/// What a check keeps.
#[derive(Debug, Default)]
pub struct Kept {
    /// The scene's stamp.
    pub stamp: u64,
    /// The levels under which the rules ran.
    pub levels: Levels,
    /// The blocks in order; pages of those that are as they were are shared with the check before.
    pub blocks: Pages<Block>,
}

/// What one block gave.
#[derive(Clone, Debug)]
pub struct Block {
    block: Arc<tree::Block>,
    prose: Arc<Prose>,
    /// What the story says of it.
    facts: u64,
    /// What it and the blocks around it hold.
    around: u64,
    /// The findings of block rules, before levels and suppression.
    own: Given,
    /// The findings of rules that look around the block, likewise.
    near: Given,
}

/// Findings, in bytes of the file as it was when its block began at `start`.
#[derive(Clone, Debug)]
pub struct Given {
    start: usize,
    findings: Arc<[Arc<Finding>]>,
}

impl From<Vec<Finding>> for Given {
    fn from(findings: Vec<Finding>) -> Given {
        Given {
            start: FRESH,
            findings: match findings.is_empty() {
                // Most are: these share one.
                true => Arc::default(),
                false => findings.into_iter().map(Arc::new).collect(),
            },
        }
    }
}

/// The start of a block whose findings were found just now: that of the draft at hand.
const FRESH: usize = usize::MAX;

/// Which of a block's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of rules that look at the block alone.
    Block,
    /// Those of rules that look around it.
    Near,
}

impl Kept {
    /// The page that begins at block `start`, if all its blocks are as they were.
    pub fn page(&self, draft: &Draft, facts: &Facts, start: usize) -> Option<&Arc<[Block]>> {
        let page = self.blocks.page(start)?;
        let end = start + page.len();
        let is_whole = end == (start + PAGE).min(draft.tree.blocks.len());
        let stands =
            |(index, kept): (usize, &Block)| kept.is_of(draft, index) && kept.stands(facts, index);
        (is_whole && (start..end).zip(page.iter()).all(stands)).then_some(page)
    }

    /// What was kept of block `index` of the draft, if its letters are as they were; looked for at its place from the
    /// front and from the back.
    pub fn block(&self, draft: &Draft, index: usize) -> Option<&Block> {
        let from_back = (index + self.blocks.len()).checked_sub(draft.tree.blocks.len());
        let places = [Some(index), from_back];
        let mut kept = places
            .into_iter()
            .flatten()
            .filter_map(|at| self.blocks.get(at));
        kept.find(|kept| kept.is_of(draft, index))
    }
}

impl Block {
    /// What block `index` of the draft gave, now or before.
    pub fn new(draft: &Draft, index: usize, facts: &Facts, own: Given, near: Given) -> Block {
        let placed = &draft.tree.blocks[index];
        let placed_at = |given: Given| Given {
            start: if given.start == FRESH {
                placed.start
            } else {
                given.start
            },
            ..given
        };
        Block {
            block: placed.block.clone(),
            prose: draft.prose[index].clone(),
            facts: facts.of_block[index],
            around: facts.around[index],
            own: placed_at(own),
            near: placed_at(near),
        }
    }

    /// Whether it is of block `index` of a draft, letter by letter.
    fn is_of(&self, draft: &Draft, index: usize) -> bool {
        let block = &draft.tree.blocks[index].block;
        Arc::ptr_eq(&self.block, block) && Arc::ptr_eq(&self.prose, &draft.prose[index])
    }

    /// Whether the story says the same of the block, and all is as it was around it.
    pub fn stands(&self, facts: &Facts, index: usize) -> bool {
        self.facts == facts.of_block[index] && self.around == facts.around[index]
    }

    /// The findings of block rules, if the story says the same of the block.
    pub fn own(&self, facts: &Facts, index: usize) -> Option<Given> {
        (self.facts == facts.of_block[index]).then(|| self.own.clone())
    }

    /// The findings of rules that look around the block, if all is as it was there.
    pub fn near(&self, facts: &Facts, index: usize) -> Option<Given> {
        (self.around == facts.around[index]).then(|| self.near.clone())
    }

    /// Its findings, in bytes of the file as it is.
    pub fn found(&self, start: usize, reach: Reach) -> impl Iterator<Item = Found> {
        let given = match reach {
            Reach::Block => &self.own,
            Reach::Near => &self.near,
        };
        let findings = given.findings.iter();
        findings.map(move |finding| Found::new(finding.clone(), given.start, start))
    }
}

/// What rules may ask of a draft beyond the letters of a block, as numbers that change when it does.
#[derive(Debug)]
pub struct Facts {
    /// What the story says of each block.
    of_block: Vec<u64>,
    /// What each block and those around it hold, and what the header says.
    around: Vec<u64>,
}

impl Facts {
    /// The facts of a draft.
    pub fn of(draft: &Draft, scene: &Scene) -> Facts {
        let story = &draft.story;
        let shared = shared(draft, scene);
        let speakers: Vec<u64> = story.speakers.iter().map(number_of).collect();
        let count = draft.tree.blocks.len();
        let mut unclosed = &story.unclosed[..];
        let of_block: Vec<u64> = (0..count)
            .map(|index| {
                let here = unclosed.iter().take_while(|place| place.block == index);
                let (here, after) = unclosed.split_at(here.count());
                unclosed = after;
                let said = (story.statements_of(index), story.quotes_of(index), here);
                facts(story, index, said, shared, &speakers)
            })
            .collect();
        let mut mentions = vec![0u64; count];
        for (speaker, number) in story.speakers.iter().zip(&speakers) {
            for place in &speaker.mentions {
                let mut hasher = FxHasher::default();
                (number, place.span).hash(&mut hasher);
                mentions[place.block] = mentions[place.block].wrapping_add(hasher.finish());
            }
        }
        let own = |index: usize| {
            let block = Arc::as_ptr(&draft.tree.blocks[index].block) as usize;
            let prose = Arc::as_ptr(&draft.prose[index]) as usize;
            let mut hasher = FxHasher::default();
            (of_block[index], mentions[index], block, prose).hash(&mut hasher);
            hasher.finish()
        };
        let own: Vec<u64> = (0..count).map(own).collect();
        let around = around(draft, scene, &own);
        Facts { of_block, around }
    }
}

/// How many paragraphs before and after a block rules look at that look around it.
fn reach(scene: &Scene) -> usize {
    let options = [
        "weasel-attribution.supply-window",
        "quote-ambiguous-speaker.lookback-paragraphs",
    ];
    let asked = options.iter().filter_map(|key| scene.config.option(key));
    let most = asked.filter_map(|value| value.as_integer()).max();
    most.map_or(3, |most| most.clamp(3, 1000) as usize) + 1
}

/// For each block, what stands in it and the paragraphs around it, as one number: from the sums of all before it.
fn around(draft: &Draft, scene: &Scene, own: &[u64]) -> Vec<u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut header = FxHasher::default();
    let facts = &draft.story.facts;
    (facts.date, facts.header.is_some(), facts.lang.as_deref()).hash(&mut header);
    let header = header.finish();
    let mut sums = Vec::with_capacity(own.len() + 1);
    let mut powers = Vec::with_capacity(own.len() + 1);
    let (mut sum, mut power) = (0u64, 1u64);
    for number in own {
        sums.push(sum);
        powers.push(power);
        sum = sum.wrapping_mul(BASE).wrapping_add(*number);
        power = power.wrapping_mul(BASE);
    }
    sums.push(sum);
    powers.push(power);
    let labels = &draft.story.labels;
    let body: Vec<usize> = (0..own.len())
        .filter(|&index| labels[index] == Label::Body)
        .collect();
    let reach = reach(scene);
    let mut before = 0usize;
    let number = |(index, label): (usize, &Label)| {
        let first = before.checked_sub(reach).map_or(0, |first| body[first]);
        before += usize::from(*label == Label::Body);
        let end = body.get(before + reach).map_or(own.len(), |last| last + 1);
        let sum = sums[end].wrapping_sub(sums[first].wrapping_mul(powers[end - first]));
        let mut hasher = FxHasher::default();
        (sum, index - first, end - first, header).hash(&mut hasher);
        hasher.finish()
    };
    labels.iter().enumerate().map(number).collect()
}

fn number_of(speaker: &Speaker) -> u64 {
    let mut hasher = FxHasher::default();
    let spoken = speaker.spoken.told;
    let name = (&speaker.id, &speaker.name, &speaker.role, spoken);
    (name, speaker.kind).hash(&mut hasher);
    hasher.finish()
}

/// What the comparison with what is on file asks beyond a block, as one number: the records in the draft, the sources,
/// and who of the story has a record.
pub fn shared(draft: &Draft, scene: &Scene) -> u64 {
    let story = &draft.story;
    let sources = story.sources.iter();
    let rests = sources.filter_map(|source| Some((&source.id, source.field("based-on")?)));
    let has_files = !draft.scratch.is_empty() || !scene.records.is_empty();
    if !has_files && rests.clone().next().is_none() {
        return 0;
    }
    let mut hasher = FxHasher::default();
    for source in rests {
        source.hash(&mut hasher);
    }
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
fn facts(
    story: &Story,
    index: usize,
    (statements, quotes, unclosed): (&[Statement], &[SpokenQuote], &[Place]),
    shared: u64,
    speakers: &[u64],
) -> u64 {
    let mut hasher = FxHasher::default();
    story.labels[index].hash(&mut hasher);
    let speaker = |id: SpeakerId, hasher: &mut FxHasher| speakers[id.0].hash(hasher);
    if !quotes.is_empty() {
        shared.hash(&mut hasher);
    }
    for quote in quotes {
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
    for statement in statements {
        statement.index.hash(&mut hasher);
        if let Some(id) = statement.speaker {
            speaker(id, &mut hasher);
        }
        (statement.confidence as u8).hash(&mut hasher);
    }
    for coverage in &story.coverage[index] {
        (coverage.support as u8).hash(&mut hasher);
    }
    for place in unclosed {
        place.span.hash(&mut hasher);
    }
    hasher.finish()
}
