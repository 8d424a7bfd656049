//! What a check keeps of each block, so that the next one looks only at what changed.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::levels::Levels;
use super::sources::anonymous_single::top;
use crate::draft::Draft;
use crate::finding::{Finding, Found, Held};
use crate::prose::{Form, Prose};
use crate::rule::Asks;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::voices::Voices;
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind, SpokenQuote, Statement, Story};
use crate::syntax::tree::{self, Placed};
use crate::text::pages::PAGE;
use crate::words::Classes;

/// What a check keeps.
#[derive(Debug, Default)]
pub struct Kept {
    /// The scene's stamp.
    pub stamp: u64,
    /// The levels under which the rules ran.
    pub levels: Levels,
    /// What the blocks gave, page by page; pages of those that are as they were are shared with the check before.
    pub pages: Vec<Arc<Page>>,
    /// Who is in the draft.
    pub people: People,
    /// What each block holds.
    pub own: Vec<u64>,
    /// What all blocks are to a reader, and what the header says.
    pub outline: u64,
    /// How long the draft is, in bytes.
    pub length: usize,
    /// What rules found that look at the whole and ask some blocks only.
    pub steady: Vec<Steady>,
}

/// What a rule found that looks at the whole.
#[derive(Clone, Debug)]
pub struct Steady {
    /// The place of the rule among those that run.
    pub rule: usize,
    /// What it found.
    pub found: Vec<Found>,
}

/// What the blocks of a page gave.
#[derive(Debug)]
pub struct Page {
    /// What they say, as the draft has it.
    prose: Arc<[Arc<Prose>]>,
    /// What they and the blocks around them hold.
    around: u64,
    blocks: Vec<Block>,
    /// What block rules found in them, before levels and suppression.
    own: Gathered,
    /// What rules that look around a block found, likewise.
    near: Gathered,
}

/// The findings of some blocks, and the index of each one’s block in its page.
#[derive(Debug)]
struct Gathered {
    held: Arc<[Held]>,
    blocks: Box<[u8]>,
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
    /// Which rules that look at the whole ask it, but for who is named in it.
    asks: Asks,
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
    pub fn page(&self, draft: &Draft, facts: &Facts, start: usize) -> Option<&Arc<Page>> {
        let page = self.pages.get(start / PAGE)?;
        let is_same = Arc::ptr_eq(&page.prose, draft.prose.page(start)?);
        (is_same && page.around == facts.around(start..start + page.blocks.len())).then_some(page)
    }

    /// What was kept of block `index` of the draft, if its letters are as they were; looked for at its place from the
    /// front and from the back.
    pub fn block(&self, draft: &Draft, index: usize) -> Option<&Block> {
        let from_back = (index + self.own.len()).checked_sub(draft.tree.blocks.len());
        let places = [Some(index), from_back].into_iter().flatten();
        let mut kept = places.filter_map(|at| self.pages.get(at / PAGE)?.blocks.get(at % PAGE));
        kept.find(|kept| kept.is_of(draft, index))
    }
}

/// What changed since a check, as far as it tells what rules stand that look at the whole.
#[derive(Clone, Copy, Debug)]
pub struct Changes {
    /// Who asks a block that changed.
    asks: Asks,
    /// Up to this byte nothing moved.
    front: usize,
    /// What began at this byte or later moved by so many.
    back: usize,
    by: isize,
}

impl Changes {
    /// What is other in a draft than when `before` was kept; none where too much may be.
    pub fn of(
        before: &Kept,
        draft: &Draft,
        scene: &Scene,
        facts: &Facts,
        people: &People,
    ) -> Option<Changes> {
        let blocks = &draft.tree.blocks;
        if before.own.len() != facts.own.len() || before.outline != facts.outline {
            return None;
        }
        let mut changes = Changes {
            asks: Asks::NOTHING,
            front: usize::MAX,
            back: 0,
            by: draft.text.len() as isize - before.length as isize,
        };
        let number = |number: &Number| (number.own, number.more);
        let (were, are) = (&before.people.numbers, &people.numbers);
        if !were.iter().map(number).eq(are.iter().map(number)) {
            changes.asks = Asks::UNNAMED.or(Asks::NAMED);
        }
        let own = before.own.iter().zip(&facts.own).enumerate();
        for (index, _) in own.filter(|(_, (before, now))| before != now) {
            let was = before.pages.get(index / PAGE)?.blocks.get(index % PAGE)?;
            changes.asks = changes.asks.or(was.asks).or(asks(draft, index));
            // Of the top it is asked whether anybody else speaks there.
            if top(draft, scene).any(|block| block == index) {
                changes.asks = changes.asks.or(Asks::UNNAMED);
            }
            let has_names = |prose: &Prose| !scene.base.is_empty() && !prose.names.is_empty();
            if has_names(&was.prose)
                || has_names(&draft.prose[index])
                || before.people.mentions[index] != 0
                || people.mentions[index] != 0
            {
                changes.asks = changes.asks.or(Asks::NAMED);
            }
            if !Arc::ptr_eq(&was.block, &blocks[index].block) {
                changes.front = changes.front.min(blocks[index].start);
                let next = blocks.get(index + 1);
                changes.back = next.map_or(draft.text.len(), |next| next.start);
            }
        }
        // Where it began before.
        changes.back = changes.back.saturating_add_signed(-changes.by);
        Some(changes)
    }

    /// What a rule found that asks some blocks only, if that stands.
    pub fn stand(&self, asks: Asks, before: &Steady) -> Option<Vec<Found>> {
        if self.asks.has(asks) {
            return None;
        }
        let found = before.found.iter();
        found
            .map(|found| found.after(self.front, self.back, self.by))
            .collect()
    }
}

/// Which rules that look at the whole ask a block, but for who is named in it.
fn asks(draft: &Draft, index: usize) -> Asks {
    let (story, prose) = (&draft.story, &draft.prose[index]);
    if story.labels[index] != Label::Body {
        return Asks::EVERYTHING;
    }
    let is_unnamed = |who: SpeakerId| story.speaker(who).kind == SpeakerKind::Anonymous;
    let said = story.statements_of(index).iter();
    let quoted = story.quotes_of(index).iter();
    let mut who = said
        .filter_map(|one| one.speaker)
        .chain(quoted.filter_map(|quote| Some(quote.binding.as_ref()?.speaker)));
    let text: &str = &draft.tree.blocks[index].block.text;
    let mut names = prose.names.iter();
    let may_be_spelt = prose.classes.has(Classes::ROLE) && !prose.names.is_empty()
        || names.any(|name| name.of(text).contains(' '));
    let kinds = [
        (who.any(is_unnamed), Asks::UNNAMED),
        (!draft.traces[index].tolls.is_empty(), Asks::TOLLS),
        (
            prose.words.iter().any(|word| word.form == Form::Number),
            Asks::NUMBERS,
        ),
        (may_be_spelt, Asks::NAMED),
    ];
    let kinds = kinds.into_iter().filter(|(has, _)| *has);
    kinds.fold(Asks::NOTHING, |all, (_, asks)| all.or(asks))
}

impl Page {
    /// Of the blocks of a draft from `start` on.
    pub fn new(draft: &Draft, facts: &Facts, start: usize, blocks: Vec<Block>) -> Page {
        let prose = draft.prose.page(start).cloned();
        Page {
            prose: prose.unwrap_or_default(),
            around: facts.around(start..start + blocks.len()),
            own: Gathered::of(blocks.iter().map(|block| &block.own)),
            near: Gathered::of(blocks.iter().map(|block| &block.near)),
            blocks,
        }
    }

    /// The findings of its blocks, which are these now.
    pub fn found(&self, placed: &[Placed], reach: Reach) -> impl Iterator<Item = Found> {
        let Gathered { held, blocks } = match reach {
            Reach::Block => &self.own,
            Reach::Near => &self.near,
        };
        let found = blocks.iter().enumerate();
        found.map(|(at, block)| Found::new(held, at, placed[usize::from(*block)].start))
    }
}

impl Gathered {
    fn of<'a>(blocks: impl Iterator<Item = &'a Given>) -> Gathered {
        let (mut all, mut places) = (Vec::new(), Vec::new());
        for (block, given) in (0..).zip(blocks) {
            let findings = given.findings.iter();
            all.extend(findings.map(|one| Held::new(one.clone(), given.start)));
            places.resize(all.len(), block);
        }
        Gathered {
            held: all.into(),
            blocks: places.into(),
        }
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
            around: facts.around(index..index + 1),
            asks: asks(draft, index),
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
        self.facts == facts.of_block[index] && self.around == facts.around(index..index + 1)
    }

    /// The findings of block rules, if the story says the same of the block.
    pub fn own(&self, facts: &Facts, index: usize) -> Option<Given> {
        (self.facts == facts.of_block[index]).then(|| self.own.clone())
    }

    /// The findings of rules that look around the block, if all is as it was there.
    pub fn near(&self, facts: &Facts, index: usize) -> Option<Given> {
        (self.around == facts.around(index..index + 1)).then(|| self.near.clone())
    }
}

/// A speaker as numbers.
#[derive(Clone, Copy, Debug)]
struct Number {
    /// Whatever rules ask that look at blocks.
    own: u64,
    /// Whatever else those ask that look at the whole.
    more: u64,
    /// The block that names them first.
    first: u32,
}

impl Number {
    fn of(speaker: &Speaker) -> Number {
        let mut hasher = FxHasher::default();
        let spoken = speaker.spoken.told;
        let name = (&speaker.id, &speaker.name, &speaker.role, spoken);
        (name, speaker.kind).hash(&mut hasher);
        let mut more = FxHasher::default();
        (&speaker.surname, speaker.anonymous, &speaker.sources).hash(&mut more);
        let first = speaker.mentions.first();
        Number {
            own: hasher.finish(),
            more: more.finish(),
            first: first.map_or(0, |first| first.block as u32),
        }
    }
}

/// Who is in a draft and where they are named, as numbers that change when it does.
#[derive(Debug, Default)]
pub struct People {
    /// The speakers, as the draft has them.
    voices: Voices,
    /// One for each of them.
    numbers: Vec<Number>,
    /// For each block the sum of what each mention in it gives.
    mentions: Vec<u64>,
}

impl People {
    /// Those of a draft; what a speaker gives whom it shares with an earlier one is as it was there.
    pub fn of(draft: &Draft, earlier: Option<&People>) -> People {
        let count = draft.tree.blocks.len();
        let nobody = People::default();
        let earlier = earlier.filter(|earlier| earlier.mentions.len() == count);
        let known = earlier.unwrap_or(&nobody);
        let voices = &draft.story.speakers;
        let mut mentions = known.mentions.clone();
        mentions.resize(count, 0);
        let mut numbers = Vec::with_capacity(voices.len());
        let mut old = known.voices.all().zip(&known.numbers).peekable();
        let mut new = voices.all().peekable();
        while let Some(now) = new.next() {
            let is_now = |was: &Arc<Speaker>| Arc::ptr_eq(was, now);
            // Before one who came in stands whom the earlier draft has next; one who went is left behind.
            let next = new.peek();
            let has_come = old
                .peek()
                .zip(next)
                .is_some_and(|((was, _), next)| Arc::ptr_eq(was, next));
            let gone = old.next_if(|(was, _)| !has_come && !is_now(was));
            if let Some((was, number)) = gone {
                each_mention(was, number.own, |block, given| {
                    mentions[block] = mentions[block].wrapping_sub(given);
                });
            }
            if let Some((_, number)) = old.next_if(|(was, _)| is_now(was)) {
                numbers.push(*number);
                continue;
            }
            let number = Number::of(now);
            numbers.push(number);
            each_mention(now, number.own, |block, given| {
                mentions[block] = mentions[block].wrapping_add(given);
            });
        }
        for (was, number) in old {
            each_mention(was, number.own, |block, given| {
                mentions[block] = mentions[block].wrapping_sub(given);
            });
        }
        People {
            voices: voices.clone(),
            numbers,
            mentions,
        }
    }
}

/// What each mention of a speaker with a number gives, and its block.
fn each_mention(speaker: &Speaker, number: u64, mut give: impl FnMut(usize, u64)) {
    for place in &speaker.mentions {
        let mut hasher = FxHasher::default();
        (number, place.span).hash(&mut hasher);
        give(place.block, hasher.finish());
    }
}

/// What rules may ask of a draft beyond the letters of a block, as numbers that change when it does.
#[derive(Debug)]
pub struct Facts {
    /// What the story says of each block.
    of_block: Vec<u64>,
    /// What each block holds.
    own: Vec<u64>,
    /// The paragraphs of the body.
    body: Vec<usize>,
    /// How many of them before and after a block rules look at.
    reach: usize,
    /// What the header says.
    header: u64,
    /// What all blocks are to a reader, and what the header says.
    outline: u64,
}

impl Facts {
    /// The facts of a draft.
    pub fn of(draft: &Draft, scene: &Scene, people: &People) -> Facts {
        let story = &draft.story;
        let shared = shared(draft, scene);
        let count = draft.tree.blocks.len();
        let body = (0..count).filter(|&index| story.labels[index] == Label::Body);
        let body: Vec<usize> = body.collect();
        let reach = reach(scene);
        let mut passed = 0;
        let mut unclosed = &story.unclosed[..];
        let of_block: Vec<u64> = (0..count)
            .map(|index| {
                let here = unclosed.iter().take_while(|place| place.block == index);
                let (here, after) = unclosed.split_at(here.count());
                unclosed = after;
                let said = (story.statements_of(index), story.quotes_of(index), here);
                passed += usize::from(body.get(passed).is_some_and(|one| *one < index));
                let near = passed.checked_sub(reach).map_or(0, |first| body[first]);
                facts(story, index, said, shared, (people, near))
            })
            .collect();
        let own = |index: usize| {
            let block = Arc::as_ptr(&draft.tree.blocks[index].block) as usize;
            let prose = Arc::as_ptr(&draft.prose[index]) as usize;
            let mut hasher = FxHasher::default();
            (of_block[index], people.mentions[index], block, prose).hash(&mut hasher);
            hasher.finish()
        };
        let own: Vec<u64> = (0..count).map(own).collect();
        let mut header = FxHasher::default();
        let told = &story.facts;
        (told.date, told.header.is_some(), told.lang.as_deref()).hash(&mut header);
        let mut outline = header.clone();
        (&story.labels, story.facts.lede).hash(&mut outline);
        Facts {
            of_block,
            own,
            body,
            reach,
            header: header.finish(),
            outline: outline.finish(),
        }
    }

    /// What is kept of them: what each block holds, and what all are to a reader.
    pub fn into_kept(self) -> (Vec<u64>, u64) {
        (self.own, self.outline)
    }

    /// What stands in some blocks and in the paragraphs around them, and what the header says, as one number.
    fn around(&self, blocks: Range<usize>) -> u64 {
        let before = self.body.partition_point(|one| *one < blocks.start);
        let through = self.body.partition_point(|one| *one < blocks.end);
        let first = before.checked_sub(self.reach);
        let first = first.map_or(0, |first| self.body[first]);
        let last = self.body.get(through + self.reach);
        let end = last.map_or(self.own.len(), |last| last + 1);
        let mut hasher = FxHasher::default();
        (self.header, blocks.start - first, end - first).hash(&mut hasher);
        for number in &self.own[first..end] {
            number.hash(&mut hasher);
        }
        hasher.finish()
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
    (people, near): (&People, usize),
) -> u64 {
    let mut hasher = FxHasher::default();
    story.labels[index].hash(&mut hasher);
    let speaker = |id: SpeakerId, hasher: &mut FxHasher| people.numbers[id.0].own.hash(hasher);
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
            // Whether the reader has met them already, which is told of what is near by the very block.
            let first = people.numbers[id.0].first as usize;
            (first >= near)
                .then(|| index.abs_diff(first))
                .hash(&mut hasher);
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
