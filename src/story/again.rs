//! The bindings of an earlier reading that stand: where a block, those around it and who speaks in them are as they were,
//! its quotations are bound as they were.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::cast::Casts;
use super::outline::Label;
use super::source::{Entity, Source};
use super::{Place, Speaker, SpeakerId, SpokenQuote, Statement, Step, Story};
use crate::prose::Prose;
use crate::syntax::tree::Tree;
use crate::text::pages::{Pages, Shared};

/// An earlier reading of a story.
#[derive(Clone, Copy)]
pub struct Earlier<'a> {
    /// The story.
    pub story: &'a Story,
    /// Its blocks.
    pub tree: &'a Tree,
    /// What each of them says.
    pub prose: &'a Pages<Arc<Prose>>,
    /// Who is named in each of them.
    pub casts: &'a Casts,
    /// Which of its blocks are the same.
    pub shared: Shared,
}

impl Earlier<'_> {
    /// Where a block stood in it, if it is to the reader what it was; `labels` are those of now.
    pub fn stood(&self, labels: &[Label], block: usize) -> Option<usize> {
        let stood = self.shared.stood(block)?;
        (self.story.labels[stood] == labels[block]).then_some(stood)
    }
}

/// What of an earlier reading may stand.
pub struct Standing<'a> {
    earlier: Earlier<'a>,
    /// For each of its speakers who that is now.
    speakers: Vec<Option<SpeakerId>>,
    /// Whether the draft defines what it did.
    has_same_records: bool,
}

/// A block whose quotations are bound, and those that are read before and after it, as far as there are any.
#[derive(Clone, Copy)]
pub struct Around {
    /// The block.
    pub block: usize,
    /// The one before.
    pub before: Option<usize>,
    /// The one after.
    pub after: Option<usize>,
}

/// Quotations with their speakers, as far as they are bound.
#[derive(Default)]
pub struct Quoted {
    /// In order.
    pub found: Vec<SpokenQuote>,
    /// Opening marks that quote nothing.
    pub unclosed: Vec<Place>,
    /// The last one, if it runs on in the next block.
    pub running: Option<usize>,
}

impl<'a> Standing<'a> {
    /// Of an earlier reading, for a story whose statements are resolved to `speakers`, in order.
    pub fn of(earlier: Earlier<'a>, story: &Story, speakers: &[Arc<Speaker>]) -> Standing<'a> {
        let met = earlier.story.met;
        let old: Vec<&Speaker> = earlier.story.speakers.iter().take(met).collect();
        // Ids of those without a name are numbered: one more shifts all that follow. Who says what is compared anyway.
        let is_same =
            |one: &Arc<Speaker>, other: &&Speaker| one.name == other.name && one.kind == other.kind;
        // The way round: where one of the old list stands in the new one.
        let shared = Shared::of(speakers.iter(), old.iter(), is_same);
        // Somebody who is met elsewhere now stands at another place among the others.
        let between = shared.gone();
        let mut others = FxHashMap::default();
        for (at, one) in speakers[between].iter().enumerate() {
            others.insert((&*one.name, one.kind), SpeakerId(shared.front + at));
        }
        let elsewhere = |at: usize| others.get(&(&*old[at].name, old[at].kind)).copied();
        let now = |at: usize| shared.stood(at).map(SpeakerId).or_else(|| elsewhere(at));
        let speakers = (0..met).map(now);
        Standing {
            speakers: speakers.collect(),
            has_same_records: defines_the_same(earlier.story, story),
            earlier,
        }
    }

    /// Adds to the quotations so far what a block had, if it stands. Says whether it does.
    pub fn add(&self, story: &Story, around: Around, quoted: &mut Quoted) -> bool {
        let (found, unclosed) = (quoted.found.len(), quoted.unclosed.len());
        let stands = self.bound(story, around, quoted).is_some();
        if !stands {
            quoted.found.truncate(found);
            quoted.unclosed.truncate(unclosed);
        }
        stands
    }

    fn bound(&self, story: &Story, around: Around, quoted: &mut Quoted) -> Option<()> {
        let Around {
            block,
            before,
            after,
        } = around;
        let Earlier {
            story: old, shared, ..
        } = self.earlier;
        let stood = shared.stood(block)?;
        let (first, last) = (before.unwrap_or(0), after?);
        let is_still = |block: usize| self.earlier.stood(&story.labels, block).is_some();
        let is_plain = matches!(story.labels[block], Label::Body | Label::List)
            && (last < shared.front || first + shared.back >= shared.now)
            && (first..=last).all(is_still)
            && before.is_some()
            && (self.has_same_records || story.citations_of(block).is_empty())
            && old.asked.binary_search(&stood).is_err();
        if !is_plain || !self.says_the_same(story, block) || !self.says_the_same(story, first) {
            return None;
        }
        let from = story.statement_runs.of_block(block).start;
        let from_before = old.statement_runs.of_block(stood).start;
        let so_far = quoted.found.len();
        quoted.found.extend_from_slice(old.quotes_of(stood));
        let (found, quotes) = quoted.found.split_at_mut(so_far);
        // One that nobody is named for goes on with such a one at the end of the paragraph before.
        if let Some(one) = quotes.first_mut().filter(|one| one.binding.is_none()) {
            let now = found.last().filter(|last| last.place.block == first);
            let old = old.quotes_of(shared.stood(first)?).last();
            if is_open_end(now)? != is_open_end(old)? {
                return None;
            }
            one.continues = one.continues.and(found.len().checked_sub(1));
        }
        for quote in quotes {
            quote.place.block = block;
            let Some(binding) = &mut quote.binding else {
                continue;
            };
            let places = binding.source.iter().chain(&binding.cue);
            if binding.step == Step::Running || places.clone().any(|one| one.block != stood) {
                return None;
            }
            binding.speaker = self.now(binding.speaker)?;
            for place in binding.source.iter_mut().chain(&mut binding.cue) {
                place.block = block;
            }
            if let Some(statement) = &mut binding.statement {
                *statement = *statement + from - from_before;
            }
        }
        let unclosed = old.unclosed_in(stood).iter();
        let unclosed = unclosed.map(|place| Place { block, ..*place });
        quoted.unclosed.extend(unclosed);
        Some(())
    }

    /// Who a speaker of the earlier reading is now.
    fn now(&self, speaker: SpeakerId) -> Option<SpeakerId> {
        self.speakers.get(speaker.0).copied().flatten()
    }

    /// Whether the statements of a block are what they were.
    fn says_the_same(&self, story: &Story, block: usize) -> bool {
        let Some(stood) = self.earlier.shared.stood(block) else {
            return false;
        };
        let now = story.statements_of(block);
        let old = self.earlier.story.statements_of(stood);
        let is_same = |(one, other): (&Statement, &Statement)| {
            let who = one.speaker.and_then(|who| self.now(who));
            one.index == other.index
                && one.confidence == other.confidence
                && one.speaker.is_some() == other.speaker.is_some()
                && who == other.speaker
        };
        now.len() == old.len() && old.iter().zip(now).all(is_same)
    }
}

/// Whether a quotation is there that nobody is named for. None where that was told by what came after it.
fn is_open_end(quote: Option<&SpokenQuote>) -> Option<bool> {
    match quote.map(|quote| &quote.binding) {
        None => Some(false),
        Some(None) => Some(true),
        Some(Some(binding)) => (binding.step != Step::Running).then_some(false),
    }
}

/// Whether two drafts define the same sources and entities, as far as a quotation may be bound by them.
fn defines_the_same(one: &Story, other: &Story) -> bool {
    let source = |one: &Source, other: &Source| {
        let is_same = one.id == other.id && one.kind == other.kind && one.title == other.title;
        is_same && one.field("by") == other.field("by")
    };
    let entity = |one: &Entity, other: &Entity| one.id == other.id && one.name == other.name;
    let sources = one.sources.iter().zip(&other.sources);
    let entities = one.entities.iter().zip(&other.entities);
    one.sources.len() == other.sources.len()
        && one.entities.len() == other.entities.len()
        && sources.into_iter().all(|(one, other)| source(one, other))
        && entities.into_iter().all(|(one, other)| entity(one, other))
}
