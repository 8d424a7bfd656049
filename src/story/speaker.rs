//! Who says what: statements resolved to speakers, and each quotation bound to its own.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::again::{Around, Earlier, Quoted, Standing};
use super::cast::{Casts, Name, Says, What, clean_onto, is_plain};
use super::evidence::{self, Evidence};
use super::kin::Circle;
use super::outline::Label;
use super::person::{Asked, Found, Notes, People};
use super::retrace::{Heard, Retrace, Stranger};
use super::still::Still;
use super::track::{self, At};
use super::{
    Binding, Confidence, Place, Speaker, SpeakerId, SpeakerKind, SpokenQuote, Statement, Step,
    Story,
};
use crate::prose::fold::fold;
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, AttributionForm, Form, Prose, Quote, QuoteKind, Strength};
use crate::syntax::tree::{Block, Shape, Sigil, Tree};
use crate::text::pages::{Pages, Shared};
use crate::text::span::Span;
use crate::words::Classes;

/// What a story is gone through by.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The blocks.
    pub tree: &'a Tree,
    /// Their readings.
    pub prose: &'a Pages<Arc<Prose>>,
    /// Who is named in them.
    pub casts: &'a Casts,
    /// Those in which somebody can speak, in order.
    pub read: &'a [usize],
}

impl<'a> Way<'a> {
    /// The same as a reading of a story, as far as it goes with an earlier one.
    pub fn reading<'s>(&self, story: &'s Story, shared: Shared) -> Earlier<'s>
    where
        'a: 's,
    {
        Earlier {
            story,
            tree: self.tree,
            prose: self.prose,
            casts: self.casts,
            shared,
        }
    }

    /// What is asked of an attribution of a block.
    fn asked(
        &self,
        block: usize,
        says: Says,
        name: Option<Name<'a>>,
        pronoun: Option<&'static str>,
    ) -> Asked<'a> {
        Asked {
            says,
            name,
            pronoun,
            block,
            tree: self.tree,
            prose: self.prose,
        }
    }
}

/// What stands of an earlier story.
pub struct Kept {
    /// The blocks of which something else may be told, in order.
    pub others: Vec<usize>,
    /// Who its speakers are now.
    pub numbers: Numbers,
}

impl Kept {
    /// Whether of a block of these something else may be told.
    pub fn has_between(&self, start: usize, end: usize) -> bool {
        let next = self.others.partition_point(|block| *block < start);
        self.others.get(next).is_some_and(|block| *block < end)
    }
}

/// The blocks in which a mark reaches elsewhere than in an earlier story.
fn marked_otherwise<'s>(old: &'s Story, now: &'s Story) -> impl Iterator<Item = usize> + use<'s> {
    let (before, after) = (&old.citations, &now.citations);
    let shared = Shared::of(before.iter(), after.iter(), |one, other| one == other);
    let all = before[shared.gone()].iter().chain(&after[shared.come()]);
    all.map(|one| one.mark.block)
}

/// How the speakers and statements of an earlier story are numbered now.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Who each of the speakers is now; they are who they were where there are none.
    speakers: Vec<u32>,
    /// From this statement on they are so many more now.
    from: usize,
    more: isize,
}

impl Numbers {
    /// Whether everything has the number that it had.
    pub fn is_same(&self) -> bool {
        self.speakers.is_empty() && self.more == 0
    }

    /// Who a speaker is now.
    pub fn speaker(&self, old: SpeakerId) -> Option<SpeakerId> {
        if self.speakers.is_empty() {
            return Some(old);
        }
        let now = self.speakers[old.0];
        (now != track::NOBODY).then_some(SpeakerId(now as usize))
    }

    /// Whether the speakers have other numbers.
    pub fn are_others(&self) -> bool {
        !self.speakers.is_empty()
    }

    /// A binding as it is now; none where its speaker is nobody any more.
    fn binding(&self, old: &Binding) -> Option<Binding> {
        let statement = old.statement.map(|at| match at >= self.from {
            true => at.saturating_add_signed(self.more),
            false => at,
        });
        Some(Binding {
            speaker: self.speaker(old.speaker)?,
            statement,
            ..old.clone()
        })
    }

    /// Learns from the quotations of a block, which were bound anew, who those are who came in only for them.
    fn learn(&mut self, old: &[SpokenQuote], now: &[SpokenQuote]) {
        if self.speakers.is_empty() {
            return;
        }
        for (old, now) in old.iter().zip(now) {
            if let (Some(old), Some(now)) = (&old.binding, &now.binding) {
                let known = &mut self.speakers[old.speaker.0];
                if *known == track::NOBODY {
                    *known = now.speaker.0 as u32;
                }
            }
        }
    }
}

/// Fills in the story's speakers, statements and quotes. Gives what stands of the earlier story, where it was not gone through from
/// its beginning.
pub fn speakers(
    story: &mut Story,
    tree: &Tree,
    prose: &Pages<Arc<Prose>>,
    casts: &Casts,
    earlier: Option<Earlier>,
) -> Option<Kept> {
    story.index_marks();
    let read: Vec<usize> = (0..tree.blocks.len())
        .filter(|&block| is_read(story.labels[block]))
        .collect();
    let way = Way {
        tree,
        prose,
        casts,
        read: &read,
    };
    let still = earlier.and_then(|earlier| Still::of(earlier, way.reading(story, earlier.shared)));
    if let Some(still) = still {
        let kept = take_over(story, &way, &still);
        if kept.is_some() {
            return kept;
        }
    }
    let again = earlier.and_then(|earlier| Retrace::of(earlier, story, casts));
    if let Some(again) = again {
        let kept = go_through_again(story, &way, &again);
        if kept.is_some() {
            return kept;
        }
    }
    let known = earlier.map_or(0, |earlier| earlier.story.speakers.len());
    let is_noted = casts.has_kin();
    let mut people = People::new(&story.entities, casts.count(), known, is_noted);
    people.note_from_now(Notes::Introduced);
    for &block in &read {
        for (turn, (name, kind, role)) in casts.of(block).full().enumerate() {
            people.begin(At::of(block, turn));
            people.introduce(name, kind, || {
                Some(role?.of(&tree.blocks[block].block.text))
            });
        }
    }
    people.take_in_headlines(&headline_names(&story.labels, &way));
    people.note_from_now(Notes::Turns);
    for &block in &read {
        let from = story.statements.len();
        people.begin_block(block);
        for (turn, one) in casts.of(block).turns().enumerate() {
            people.begin(At::of(block, turn));
            let (statement, unnamed) = hear_turn(&mut people, &way, block, one);
            people.end(unnamed.is_some());
            story.statements.extend(statement);
            story.unnamed.extend(unnamed);
        }
        story.statements[from..].sort_unstable_by_key(|statement| statement.index);
    }
    story.index_statements();
    story.met = people.speakers.len();
    people.note_from_now(Notes::Asked);
    let standing = earlier.map(|earlier| Standing::of(earlier, story, &people.speakers));
    let mut binder = Binder::of(story, &way, Some(&mut people));
    binder.standing = standing;
    let quoted = binder.quotes();
    let asked = binder.asked;
    settle(story, people, quoted, asked);
    None
}

/// Fills in who says what at last, once all quotations are bound.
fn settle(story: &mut Story, mut people: People, quoted: Quoted, asked: Vec<usize>) {
    link_sources(story, &mut people);
    put_quotes(story, quoted, asked);
    let (speakers, track) = people.finish();
    story.speakers = speakers;
    story.track = Arc::new(track);
}

/// Fills in the quotations, and the blocks for which somebody was looked up.
fn put_quotes(story: &mut Story, quoted: Quoted, asked: Vec<usize>) {
    story.quotes = quoted.found;
    story.unclosed = quoted.unclosed;
    story.asked = asked;
    story.index_quotes();
}

/// Fills in the same where nobody is heard anew. None where somebody has to be looked up by name after all: nothing is done then that
/// does not have to be done again.
fn take_over(story: &mut Story, way: &Way, still: &Still) -> Option<Kept> {
    let is_known = still.statements(story);
    let mut binder = Binder::of(story, way, None);
    let mut numbers = Numbers::default();
    let marked = marked_otherwise(still.story(), story);
    let mut changed: Vec<usize> = still.changed().chain(marked).collect();
    changed.sort_unstable();
    changed.dedup();
    let bound = binder.quotes_around(&changed, still.story(), &mut numbers);
    // Whoever came in only for a quotation may be gone.
    let is_asked = !binder.asked.is_empty() || binder.was_asked;
    let bound = bound.filter(|_| is_known && !is_asked && still.speakers(story));
    let Some((quoted, mut others)) = bound else {
        story.statements.clear();
        story.unnamed.clear();
        return None;
    };
    others.extend(changed);
    others.sort_unstable();
    put_quotes(story, quoted, still.story().asked.clone());
    story.track = still.story().track.clone();
    Some(Kept { others, numbers })
}

/// How often somebody may turn out to be kin of those who are looked up, before all are.
const TRIES: usize = 3;

/// Fills in the same where only some may be somebody else. None where that does not come to an end: nothing is done then that does not
/// have to be done again.
fn go_through_again(story: &mut Story, way: &Way, again: &Retrace) -> Option<Kept> {
    let headlines = headline_names(&story.labels, way);
    let mut strangers = Vec::new();
    for _ in 0..TRIES {
        let circle = again.circle(way, &headlines, &strangers);
        match heard_again(story, way, again, &headlines, &circle) {
            Ok(kept) => return Some(kept),
            Err(more) => {
                story.statements.clear();
                story.unnamed.clear();
                if more.is_empty() {
                    return None;
                }
                strangers.extend(more);
            }
        }
    }
    None
}

/// The same for one circle of names. An error has whoever has to be of it too.
fn heard_again(
    story: &mut Story,
    way: &Way,
    again: &Retrace,
    headlines: &[(String, String)],
    circle: &Circle,
) -> Result<Kept, Vec<Stranger>> {
    let Heard {
        mut people,
        now,
        mut others,
    } = again.hear(story, way, headlines, circle)?;
    story.index_statements();
    story.met = people.speakers.len();
    let old = again.story();
    let is_as_before = story.met == old.met
        && now[..old.met]
            .iter()
            .zip(0..)
            .all(|(now, before)| *now == before);
    let last = again.changed().end;
    let mut numbers = Numbers {
        speakers: now,
        from: old.statements.partition_point(|one| one.block < last),
        more: story.statements.len() as isize - old.statements.len() as isize,
    };
    people.note_from_now(Notes::Asked);
    let mut around = others.clone();
    around.extend(again.asked_otherwise(circle));
    around.extend(marked_otherwise(old, story));
    around.sort_unstable();
    around.dedup();
    let mut binder = Binder::of(story, way, Some(&mut people));
    let bound = binder.quotes_around(&around, old, &mut numbers);
    let asked = binder.asked;
    let (quoted, bound) = bound.ok_or_else(Vec::new)?;
    if !people.strangers.is_empty() {
        return Err(people.strangers.into_iter().map(Stranger::Asked).collect());
    }
    // Ids are told apart by number where they are alike; those of whoever came in for a quotation must be what they were.
    let is_called = |(before, now): (usize, &u32)| {
        let was = &old.speakers[before];
        let is_called = |now: &Arc<Speaker>| (&now.id, &now.name) == (&was.id, &was.name);
        let now = people.speakers.get(*now as usize);
        now.is_none_or(|now| is_called(now) || now.id.starts_with("unknown-"))
    };
    let mut asked_for = numbers.speakers.iter().enumerate().skip(old.met);
    if !asked_for.all(is_called) {
        return Err(Vec::new());
    }
    let is_numbered = |(now, before): (&u32, u32)| *now == before || *now == track::NOBODY;
    if is_as_before && numbers.speakers.iter().zip(0..).all(is_numbered) {
        numbers.speakers.clear();
    }
    settle(story, people, quoted, asked);
    others.extend(bound);
    // Nobody speaks in some of them, and they have sentences all the same.
    others.extend(again.changed());
    others.sort_unstable();
    others.dedup();
    Ok(Kept { others, numbers })
}

/// The names in headlines, as they stand on one line, and folded.
fn headline_names(labels: &[Label], way: &Way) -> Vec<(String, String)> {
    let headlines = labels.iter().enumerate();
    let headlines = headlines.filter(|(_, label)| **label == Label::Headline);
    let mut names = Vec::new();
    for (block, _) in headlines {
        let text: &str = &way.tree.blocks[block].block.text;
        for &name in &way.prose[block].names {
            if is_plain(&way.prose[block], name) {
                let mut plain = String::new();
                clean_onto(name.of(text), &mut plain);
                let folded = fold(&plain);
                names.push((plain, folded));
            }
        }
    }
    names
}

/// Whether somebody can speak in such a block.
pub fn is_read(label: Label) -> bool {
    matches!(
        label,
        Label::Body | Label::List | Label::BlockQuote | Label::PullQuote
    )
}

/// What a turn gives: the statement that it is, and where a name of two words stands that is nobody’s.
pub type HeardTurn = (Option<Statement>, Option<Place>);

/// Takes in a name, or resolves an attribution.
pub fn hear_turn<'a>(
    people: &mut People<'a>,
    way: &Way<'a>,
    block: usize,
    (what, name, pronoun): (What, Option<Name<'a>>, Option<&'static str>),
) -> HeardTurn {
    match (what, name) {
        (What::Says(says), name) => {
            let found = people.resolve(&way.asked(block, says, name, pronoun));
            (Some(statement(block, says, found)), None)
        }
        (
            What::Mentioned {
                span,
                sentence,
                is_plain,
                two,
            },
            Some(name),
        ) => {
            let place = Place { block, span };
            let found = people.mention(name, pronoun, place, sentence, is_plain);
            let is_named =
                |two: &Span| found.is_some_and(|found| people.is_named(found, name, span, *two));
            let two = two.filter(|two| !is_named(two));
            (None, two.map(|span| Place { block, span }))
        }
        (What::Mentioned { .. }, None) => (None, None),
    }
}

/// Resolves an attribution whose words may only mean a person by their role; none where they mean nobody so.
pub fn hear_role<'a>(
    people: &mut People<'a>,
    way: &Way<'a>,
    block: usize,
    (what, name, pronoun): (What, Option<Name<'a>>, Option<&'static str>),
) -> Option<Statement> {
    let What::Says(says) = what else { return None };
    let asked = way.asked(block, says, name, pronoun);
    let found = people.resolve_role(&asked)?;
    Some(statement(block, says, Some(found)))
}

/// The statement that an attribution is.
fn statement(block: usize, says: Says, found: Option<Found>) -> Statement {
    Statement {
        block,
        index: says.index,
        sentence: says.sentence,
        is_strict: says.is_strict,
        verb: says.verb,
        who: says.who,
        speaker: found.map(|found| found.speaker),
        confidence: found.map_or(Confidence::Low, |found| found.confidence),
        antecedent: found.and_then(|found| found.antecedent),
    }
}

/// Ties the sources defined in the draft to the speakers that they are.
fn link_sources(story: &Story, people: &mut People) {
    for (index, source) in story.sources.iter().enumerate() {
        let by = source
            .field("by")
            .map(|by| by.trim_start_matches('@'))
            .or(Some(source.title.as_str()));
        let at = by.filter(|by| !by.is_empty()).and_then(|by| {
            let entity = people.of_record(by);
            entity.or_else(|| people.by_words(by))
        });
        if let Some(at) = at {
            people.edit(at).sources.push(index);
        }
    }
}

/// Stands for whoever cannot be looked up.
const NOBODY: SpeakerId = SpeakerId(usize::MAX);

impl Quoted {
    /// The last quotation, if it is one of a block and runs on in the next one.
    fn last_open(&self, block: usize) -> Option<usize> {
        let last = self.found.last()?;
        (last.is_open && last.place.block == block).then(|| self.found.len() - 1)
    }

    /// Takes over those of some blocks of an earlier story, which follow. None where a speaker is nobody any more.
    fn take(&mut self, old: &Story, blocks: Range<usize>, numbers: &Numbers) -> Option<()> {
        let quotes = range(&old.quotes, &blocks, |one| one.place.block);
        let (before, now) = (quotes.start, self.found.len());
        let is_same = numbers.is_same();
        for (at, one) in quotes.clone().zip(&old.quotes[quotes]) {
            let continues = one.continues.map(|at| at + now - before);
            let is_bound = |at: usize| self.found[at].binding.is_some();
            let binding = match &one.binding {
                // Whose it is was told by what came after it, and is told again at last.
                Some(Binding {
                    step: Step::Running,
                    ..
                }) if !continues.is_some_and(is_bound) && was_given_back(&old.quotes, at) => None,
                Some(binding) if !is_same => Some(numbers.binding(binding)?),
                binding => binding.clone(),
            };
            self.found.push(SpokenQuote {
                continues,
                binding,
                ..*one
            });
        }
        let unclosed = range(&old.unclosed, &blocks, |one| one.block);
        self.unclosed.extend_from_slice(&old.unclosed[unclosed]);
        Some(())
    }

    /// Whether the last ones are those of a block of an earlier story.
    fn is_as_in(&self, old: &Story, block: usize, numbers: &Numbers) -> bool {
        let own = range(&self.found, &(block..block + 1), |one| one.place.block);
        let before = old.quote_runs.of_block(block);
        let (from, from_before) = (own.start, before.start);
        let (own, before) = (&self.found[own], &old.quotes[before]);
        let same = |(one, other): (&SpokenQuote, &SpokenQuote)| {
            let continues = other
                .continues
                .map(|at| (at + from).checked_sub(from_before));
            let binding = other.binding.as_ref();
            one.continues.map(Some) == continues
                && (one.place, one.is_open) == (other.place, other.is_open)
                && one.binding.is_some() == binding.is_some()
                && one.binding == binding.and_then(|binding| numbers.binding(binding))
        };
        own.len() == before.len() && own.iter().zip(before).all(same)
    }
}

/// Which of a list, in order of their blocks, stand in some of these.
fn range<T>(all: &[T], blocks: &Range<usize>, block_of: impl Fn(&T) -> usize) -> Range<usize> {
    let start = all.partition_point(|one| block_of(one) < blocks.start);
    let end = all.partition_point(|one| block_of(one) < blocks.end);
    start..end
}

struct Binder<'a, 'p> {
    story: &'a Story,
    tree: &'a Tree,
    prose: &'a Pages<Arc<Prose>>,
    casts: &'a Casts,
    /// None where nobody is heard anew; whoever is then looked up is noted in `asked`, and is nobody.
    people: Option<&'a mut People<'p>>,
    read: &'a [usize],
    /// The quotations so far by the words in them, and how many of them are taken in.
    by_word: FxHashMap<&'a str, Vec<usize>>,
    indexed: usize,
    /// What stands of an earlier reading.
    standing: Option<Standing<'a>>,
    /// The blocks for whose quotations a name was looked up.
    asked: Vec<usize>,
    /// Whether it was in an earlier story for those of a block that is looked at.
    was_asked: bool,
}

impl<'a, 'p> Binder<'a, 'p> {
    fn of(story: &'a Story, way: &Way<'a>, people: Option<&'a mut People<'p>>) -> Binder<'a, 'p> {
        Binder {
            story,
            tree: way.tree,
            prose: way.prose,
            casts: way.casts,
            people,
            read: way.read,
            by_word: FxHashMap::default(),
            indexed: 0,
            standing: None,
            asked: Vec::new(),
            was_asked: false,
        }
    }
}

impl Binder<'_, '_> {
    /// Binds every quotation, in order; and lists the opening marks that quote nothing.
    fn quotes(&mut self) -> Quoted {
        let mut quoted = Quoted::default();
        for position in 0..self.read.len() {
            self.quotes_in(position, &mut quoted);
        }
        give_back(&mut quoted.found);
        quoted
    }

    /// The same where only in `others`, in order, something else is said than in an earlier story: only what stands around these is
    /// bound, and those quotations whose words may stand anywhere before them. The blocks that these stand in come second. None where a
    /// speaker of the others is nobody any more.
    fn quotes_around(
        &mut self,
        others: &[usize],
        old: &Story,
        numbers: &mut Numbers,
    ) -> Option<(Quoted, Vec<usize>)> {
        let count = self.read.len();
        let by_words: Vec<usize> = (0..count)
            .filter(|&position| self.is_found_by_words(self.read[position]))
            .collect();
        let mut quoted = Quoted::default();
        let mut bound = Vec::new();
        let (mut position, mut next) = (0, 0);
        while position < count {
            let other = others.get(next);
            let start = other.map_or(count, |&block| self.start_before(block, old));
            let pulled = by_words.partition_point(|one| *one < position);
            let pulled = by_words.get(pulled).filter(|_| !bound.is_empty());
            let start = start.max(position).min(pulled.copied().unwrap_or(count));
            if start > position {
                let end = self.read.get(start).copied().unwrap_or(usize::MAX);
                let taken = self.read[position]..end;
                self.ask_again(taken.clone(), old, numbers)?;
                quoted.take(old, taken, numbers)?;
                let last = self.read[start - 1];
                quoted.running = quoted.last_open(last);
                position = start;
            }
            let mut until = 0;
            while position < count {
                let block = self.read[position];
                let from = quoted.found.len();
                self.quotes_in(position, &mut quoted);
                numbers.learn(old.quotes_of(block), &quoted.found[from..]);
                self.was_asked |= old.asked.binary_search(&block).is_ok();
                let is_as_before = quoted.is_as_in(old, block, numbers);
                bound.push(block);
                position += 1;
                while others.get(next).is_some_and(|&other| other <= block) {
                    until = others[next] + 1;
                    next += 1;
                }
                let is_near = |&other: &usize| self.start_before(other, old) <= position;
                if block >= until && is_as_before && !others.get(next).is_some_and(is_near) {
                    break;
                }
            }
        }
        give_back(&mut quoted.found);
        Some((quoted, bound))
    }

    /// Looks up again whoever was looked up for the quotations of some blocks that are taken over. None where they are nobody now.
    fn ask_again(
        &mut self,
        blocks: Range<usize>,
        old: &Story,
        numbers: &mut Numbers,
    ) -> Option<()> {
        let Some(people) = &mut self.people else {
            return Some(());
        };
        let asked = &old.track.asked;
        for ask in &asked[range(asked, &blocks, |ask| ask.block as usize)] {
            let was = SpeakerId(ask.speaker as usize);
            let at = people.ask_again(ask, &old.speakers[was.0], numbers.speaker(was))?;
            if let Some(known) = numbers.speakers.get_mut(was.0) {
                *known = at as u32;
            }
            let block = ask.block as usize;
            if self.asked.last() != Some(&block) {
                self.asked.push(block);
            }
        }
        Some(())
    }

    /// From which of the blocks that are read on quotations may be bound otherwise if what begins at a block changed: the last one before
    /// it that has words, and the paragraphs from which a quotation runs on there.
    fn start_before(&self, changed: usize, old: &Story) -> usize {
        let mut start = self.read.partition_point(|&block| block < changed);
        let mut has_words = false;
        while start > 0 {
            start -= 1;
            let block = self.read[start];
            has_words |= !self.casts.of(block).sentences().is_empty();
            let goes_on = |quote: &SpokenQuote| quote.continues.is_some();
            let before = start.checked_sub(1).map(|before| self.read[before]);
            let last = before.and_then(|before| old.quotes_of(before).last());
            let runs_on = old.quotes_of(block).first().is_some_and(goes_on)
                || last.is_some_and(|last| last.is_open);
            if has_words && !runs_on {
                break;
            }
        }
        start
    }

    /// Whether a block is a quotation without a credit, which is its speaker’s who has the same words in the story.
    fn is_found_by_words(&self, block: usize) -> bool {
        if !matches!(
            self.story.labels[block],
            Label::BlockQuote | Label::PullQuote
        ) {
            return false;
        }
        let Block { text, shape, .. } = &*self.tree.blocks[block].block;
        match shape {
            Shape::BlockQuote { credit } | Shape::PullQuote { credit } => {
                credited(text, *credit).is_none()
            }
            _ => false,
        }
    }

    /// Binds the quotations of the block at a position.
    fn quotes_in(&mut self, position: usize, quoted: &mut Quoted) {
        let block = self.read[position];
        if !self.casts.of(block).has_quotes() {
            quoted.running = None;
            return;
        }
        let next = self.read.get(position + 1).copied();
        let from = quoted.found.len();
        if quoted.running.is_none() && self.add_standing(position, quoted) {
            quoted.running = quoted.last_open(block);
            return;
        }
        let prose = &self.prose[block];
        let openers = prose.unbalanced.iter().filter(|mark| mark.is_opener);
        quoted.unclosed.extend(openers.map(|mark| Place {
            block,
            span: mark.span,
        }));
        for (index, quote) in prose.quotes.iter().enumerate() {
            if quote.depth > 0 || matches!(quote.kind, QuoteKind::Title | QuoteKind::Nickname) {
                continue;
            }
            if quote.is_open && !next.is_some_and(|next| self.opens_with_quote(next)) {
                let mark = Span::new(
                    quote.span.start(),
                    quote.inner.start().max(quote.span.start() + 1),
                );
                quoted.unclosed.push(Place { block, span: mark });
                continue;
            }
            let found = &mut quoted.found;
            let opens = from == found.len() && self.starts_block(block, quote);
            let mut continues = quoted.running.filter(|_| opens);
            let binding = self.bind(position, index, quote, found, from, continues);
            // Paragraphs of nothing but quotations that nobody is named for are one gap, not many.
            if opens && binding.is_none() && continues.is_none() {
                continues = self.open_before(position, found);
            }
            found.push(SpokenQuote {
                place: Place {
                    block,
                    span: quote.span,
                },
                index,
                sentence: quote.sentence,
                is_open: quote.is_open,
                binding,
                continues,
            });
        }
        quoted.running = quoted.last_open(block);
    }

    /// Adds what was bound in the block at a position of an earlier reading, and says whether it stands. A block without prose does not
    /// end what is looked at around it.
    fn add_standing(&self, position: usize, quoted: &mut Quoted) -> bool {
        let after = self.read.get(position + 1).copied();
        let around = Around {
            block: self.read[position],
            before: position.checked_sub(1).map(|before| self.read[before]),
            after: after.filter(|after| !self.casts.of(*after).sentences().is_empty()),
        };
        let standing = self.standing.as_ref();
        standing.is_some_and(|standing| standing.add(self.story, around, quoted))
    }

    /// The speaker of a name that the words around a quotation of a block give.
    fn named(&mut self, block: usize, name: &str, kind: SpeakerKind) -> SpeakerId {
        self.asks(block);
        let people = self.people.as_mut();
        people.map_or(NOBODY, |people| people.named(block, name, kind))
    }

    /// Notes that a name is looked up for a quotation of a block.
    fn asks(&mut self, block: usize) {
        if self.asked.last() != Some(&block) {
            self.asked.push(block);
        }
    }

    /// The quotation that ends the paragraph before, if nobody is named for it either.
    fn open_before(&self, position: usize, found: &[SpokenQuote]) -> Option<usize> {
        let before = self.read[position.checked_sub(1)?];
        let last = found.len().checked_sub(1)?;
        let end = self.prose[before].words.last()?.span.end();
        let quote = &found[last];
        let is_last = quote.place.block == before && quote.place.span.end() + 1 >= end;
        (is_last && quote.binding.is_none()).then_some(last)
    }

    fn opens_with_quote(&self, block: usize) -> bool {
        let text: &str = &self.tree.blocks[block].block.text;
        let prose = &self.prose[block];
        let first = prose.words.first().map(|word| word.span.of(text));
        let mut quotes = prose.quotes.iter();
        matches!(first, Some("“" | "\"" | "‘" | "«" | "„"))
            || first == Some("'") && quotes.any(|quote| self.starts_block(block, quote))
    }

    fn starts_block(&self, block: usize, quote: &Quote) -> bool {
        self.prose[block]
            .words
            .first()
            .is_some_and(|word| word.span.start() == quote.span.start())
    }

    fn bind(
        &mut self,
        position: usize,
        index: usize,
        quote: &Quote,
        found: &[SpokenQuote],
        from: usize,
        continues: Option<usize>,
    ) -> Option<Binding> {
        let block = self.read[position];
        let by_mark = self.by_mark(block, quote);
        if by_mark
            .as_ref()
            .is_some_and(|binding| binding.confidence == Confidence::High)
        {
            return by_mark;
        }
        let bound = self.in_sentence(block, index, quote).or(by_mark);
        if bound.is_some() {
            return bound;
        }
        let shape = &self.tree.blocks[block].block.shape;
        if let Shape::BlockQuote { credit } | Shape::PullQuote { credit } = shape {
            return self.by_credit(position, block, quote, *credit, found);
        }
        if let Some(before) = continues {
            let binding = found[before].binding.clone()?;
            return Some(Binding {
                step: Step::Running,
                evidence: Evidence::Carried,
                confidence: binding.confidence.min(Confidence::Medium),
                cue: None,
                source: None,
                ..binding
            });
        }
        if !self.is_alone(block, quote) {
            // Words in marks in the reporter's own sentence: whoever speaks in the paragraph, but hardly surely.
            let found = self
                .in_paragraph(block, quote)
                .filter(|_| quote.kind != QuoteKind::Term);
            return found.map(|binding| Binding {
                evidence: Evidence::Carried,
                confidence: Confidence::Low,
                ..binding
            });
        }
        self.in_paragraph(block, quote)
            .or_else(|| self.by_line(block, quote))
            .or_else(|| {
                (from == found.len())
                    .then(|| self.bind_from_neighbours(position, block, quote))
                    .flatten()
            })
            .or_else(|| self.carried(block, quote, &found[from..]))
            .or_else(|| self.named_after(position, block, quote))
    }

    /// A quotation that is all of its paragraph, and a next one that says whose it was: `Ames, a baker, was speaking at the hall.`,
    /// `Those were the words of Rory Ames.`
    fn named_after(&mut self, position: usize, block: usize, quote: &Quote) -> Option<Binding> {
        let end = self.prose[block].words.last()?.span.end();
        if !self.starts_block(block, quote) || quote.span.end() < end || quote.is_open {
            return None;
        }
        let next = *self.read.get(position + 1)?;
        let text: &str = &self.tree.blocks[next].block.text;
        let name = whose_words(text, &self.prose[next])?;
        let speaker = self.named(block, name.of(text), SpeakerKind::Person);
        Some(Binding {
            source: Some(Place {
                block: next,
                span: name,
            }),
            ..self.low((speaker, None), Step::ParagraphAfter)
        })
    }

    /// `— Dana Ortiz` on a line of its own below a quotation that is all of its paragraph.
    fn by_line(&mut self, block: usize, quote: &Quote) -> Option<Binding> {
        let next = (block + 1..self.prose.len()).find(|&at| !self.prose[at].words.is_empty())?;
        let text: &str = &self.tree.blocks[next].block.text;
        let words = &self.prose[next].words;
        let is_dash =
            |word: &crate::prose::Word| matches!(word.span.of(text), "—" | "–" | "-" | "--" | "―");
        let first = words.first()?;
        let is_item = text.trim_start().starts_with(['-', '—', '–']);
        let end = self.prose[block].words.last()?.span.end();
        let line = match (is_dash(first), is_item) {
            (true, _) => &words[1..],
            (_, true) => words.as_slice(),
            _ => return None,
        };
        let name: Vec<_> = line
            .iter()
            .take_while(|word| matches!(word.form, Form::Capital | Form::Caps))
            .collect();
        let rest = line.get(name.len()).map(|word| word.span.of(text));
        let is_name = !name.is_empty()
            && name.len() <= 5
            && line.len() <= 16
            && matches!(rest, None | Some("." | "," | "("));
        if !is_name || quote.span.end() < end || first.is_quoted {
            return None;
        }
        let span = name.first()?.span.cover(name.last()?.span);
        let speaker = self.named(block, span.of(text), SpeakerKind::Person);
        Some(Binding {
            speaker,
            source: Some(Place { block: next, span }),
            cue: None,
            statement: None,
            step: Step::Credit,
            evidence: Evidence::Given,
            confidence: Confidence::High,
        })
    }

    /// Two quotations without a cue side by side: the second goes with the first.
    fn carried(&self, block: usize, quote: &Quote, earlier: &[SpokenQuote]) -> Option<Binding> {
        let before = earlier.last()?;
        if !self.is_one_item(block, before.place.span, quote.span) {
            return None;
        }
        let binding = before.binding.clone()?;
        Some(Binding {
            step: Step::EarlierInParagraph,
            evidence: Evidence::Carried,
            confidence: binding.confidence.min(Confidence::Medium),
            cue: None,
            source: None,
            ..binding
        })
    }

    /// `[@id]`, or `[^id]` whose record names a speaker or a document.
    fn by_mark(&mut self, block: usize, quote: &Quote) -> Option<Binding> {
        let cited: Vec<_> = self
            .story
            .citations_of(block)
            .iter()
            .filter(|citation| {
                citation.covers.block == block && citation.covers.span.overlaps(quote.span)
            })
            .collect();
        let made = |speaker: SpeakerId, source: Place, confidence: Confidence| {
            Some(Binding {
                speaker,
                source: Some(source),
                cue: None,
                statement: None,
                step: Step::Mark,
                evidence: Evidence::Given,
                confidence,
            })
        };
        if let Some(citation) = cited
            .iter()
            .find(|citation| citation.sigil == Sigil::Entity)
        {
            let entity = self
                .story
                .entities
                .iter()
                .find(|entity| entity.id == citation.name);
            let name = entity.map_or(citation.name.as_str(), |entity| entity.name.as_str());
            let speaker = self.named(block, name, SpeakerKind::Person);
            return made(speaker, citation.mark, Confidence::High);
        }
        let citation = cited
            .iter()
            .find(|citation| citation.sigil == Sigil::Source)?;
        let source = self
            .story
            .sources
            .iter()
            .find(|source| source.id == citation.name)?;
        let is_document = matches!(
            source.kind,
            "document" | "court" | "law" | "data" | "report" | "paper" | "book" | "web"
        );
        let kind = if is_document {
            SpeakerKind::Document
        } else {
            SpeakerKind::Person
        };
        let name = source.field("by").unwrap_or(source.title.as_str());
        if name.is_empty() {
            return None;
        }
        let speaker = self.named(block, name, kind);
        made(speaker, citation.mark, Confidence::Medium)
    }

    /// A cue in one of the sentences that the quotation touches.
    fn in_sentence(&mut self, block: usize, index: usize, quote: &Quote) -> Option<Binding> {
        let (at, evidence) = self.casts.of(block).beside(index)?;
        let attribution = &self.prose[block].attributions[at];
        let statement = self
            .story
            .statements_of(block)
            .iter()
            .find(|statement| statement.index == at)?;
        let source = attribution.source.as_ref()?;
        let place = Place {
            block,
            span: source.span,
        };
        let speaker = match statement.speaker {
            Some(speaker) => speaker,
            None => {
                self.asks(block);
                let words = source.span.of(&self.tree.blocks[block].block.text);
                let people = self.people.as_mut();
                people.map_or(NOBODY, |people| people.unknown(words, place))
            }
        };
        let follows = attribution.quotes.len() > 1
            && attribution.cue.start() < quote.span.start()
            && attribution.form == AttributionForm::After;
        let step = if follows {
            Step::Between
        } else {
            Step::SameSentence
        };
        let evidence = match evidence {
            Evidence::InsideAlone if !self.speaks_alone(statement) => Evidence::Inside,
            Evidence::LooseParticiple | Evidence::AcrossSubject
                if self.was_said(statement, attribution) =>
            {
                Evidence::SaidTwice
            }
            _ => evidence,
        };
        let confidence = match statement.speaker {
            Some(_) => statement.confidence.min(evidence.confidence()),
            None => Confidence::Low,
        };
        let cue = Place {
            block,
            span: attribution.cue,
        };
        Some(Binding {
            speaker,
            source: Some(place),
            cue: Some(cue),
            statement: self.story.statement_at(block, at),
            step,
            evidence,
            confidence,
        })
    }

    /// Whether nobody but the speaker of a statement speaks in its paragraph.
    fn speaks_alone(&self, statement: &Statement) -> bool {
        let all = self.story.statements_of(statement.block).iter();
        let mut speakers = all.filter_map(|one| one.speaker);
        speakers.all(|speaker| Some(speaker) == statement.speaker)
    }

    /// Whether the main clause before it surely reports what the same speaker says as a statement, and no cue of the sentence is
    /// another's.
    fn was_said(&self, statement: &Statement, found: &Attribution) -> bool {
        let prose = &self.prose[statement.block];
        let all = self.story.statements_of(statement.block).iter();
        let mut others = all
            .filter(|one| one.sentence == statement.sentence && one.index != statement.index)
            .peekable();
        let text: &str = &self.tree.blocks[statement.block].block.text;
        let is_main = |one: &Statement| {
            let other = &prose.attributions[one.index];
            other.cue < found.cue && evidence::leads_sentence(text, prose, other)
        };
        others.peek().is_some_and(|one| is_main(one))
            && others.all(|one| {
                one.is_strict
                    && one.confidence > Confidence::Low
                    && one.speaker == statement.speaker
            })
    }

    /// Whether the sentences that a quotation touches hold hardly anything but quotations.
    fn is_alone(&self, block: usize, quote: &Quote) -> bool {
        let prose = &self.prose[block];
        let last = crate::prose::sentence::sentence_at(
            &prose.sentences,
            quote.span.end().saturating_sub(1),
        );
        let outside = prose.sentences[quote.sentence.min(last)..=last]
            .iter()
            .flat_map(|sentence| &prose.words[sentence.words.clone()])
            .filter(|word| !word.is_quoted && word.form != Form::Mark)
            .count();
        outside <= 1
    }

    /// Whether no other item of a list begins between two places of a block.
    fn is_one_item(&self, block: usize, one: Span, other: Span) -> bool {
        let Shape::List(items) = &self.tree.blocks[block].block.shape else {
            return true;
        };
        let item = |at: Span| items.partition_point(|item| item.start() <= at.start());
        item(one) == item(other)
    }

    /// The nearest attribution earlier in the paragraph; else the next one.
    fn in_paragraph(&mut self, block: usize, quote: &Quote) -> Option<Binding> {
        let text: &str = &self.tree.blocks[block].block.text;
        let prose = &self.prose[block];
        let mut outer = self
            .story
            .statements_of(block)
            .iter()
            .map(|statement| (statement, &prose.attributions[statement.index]))
            .filter(|(statement, found)| {
                !found.is_inner && found.strength == Strength::Strict && statement.speaker.is_some()
            })
            .filter(|(_, found)| self.is_one_item(block, found.cue, quote.span));
        let earlier = outer
            .clone()
            .rfind(|(_, found)| found.cue.start() < quote.span.start());
        let made = |(statement, found): (&Statement, &Attribution), step: Step| {
            let speaker = statement
                .speaker
                .expect("only statements with a speaker are looked at");
            let source = found.source.as_ref().map(|source| Place {
                block,
                span: source.span,
            });
            let evidence = match step {
                Step::EarlierInParagraph => evidence::earlier(prose, quote, found),
                Step::LaterInParagraph => evidence::later(text, quote, found),
                _ => evidence::of_step(step),
            };
            let evidence = match evidence {
                Evidence::AfterReport if !self.speaks_alone(statement) => Evidence::Carried,
                _ => evidence,
            };
            let confidence = statement.confidence.min(evidence.confidence());
            Binding {
                speaker,
                source,
                cue: Some(Place {
                    block,
                    span: found.cue,
                }),
                statement: self.story.statement_at(block, statement.index),
                step,
                evidence,
                confidence,
            }
        };
        if let Some(earlier) = earlier {
            return Some(made(earlier, Step::EarlierInParagraph));
        }
        // “Nobody told us.” Ruiz said she had learned of it from a neighbor.
        let follows = |found: &Attribution| {
            found.source.as_ref().is_some_and(|source| {
                let start = source.span.start();
                start >= quote.span.end()
                    && text[quote.span.end()..start].trim().is_empty()
                    && self.starts_block(block, quote)
            })
        };
        let later = outer.find(|(_, found)| {
            found.cue.start() > quote.span.end()
                && (found.form == AttributionForm::After
                    || !found.quotes.is_empty()
                    || follows(found))
        });
        later.map(|later| made(later, Step::LaterInParagraph))
    }

    /// A colon, or an attribution to one person, at the end of the paragraph before; for an epigraph, the one after.
    fn bind_from_neighbours(
        &mut self,
        position: usize,
        block: usize,
        quote: &Quote,
    ) -> Option<Binding> {
        if !self.starts_block(block, quote) {
            return None;
        }
        let Some(before) = position.checked_sub(1).map(|before| self.read[before]) else {
            let next = *self.read.get(position + 1)?;
            let speaker = self.speakers_of(next).first().copied()?;
            return Some(self.low(speaker, Step::ParagraphAfter));
        };
        let speakers = self.speakers_of(before);
        let ends_in_colon = printed_end(&self.tree.blocks[before].block) == Some(':');
        if ends_in_colon && (!speakers.is_empty() || self.introduces(before)) {
            let told = self.told_before_colon(before);
            let speaker = speakers
                .last()
                .copied()
                .unwrap_or_else(|| (self.introducer(block, before), None));
            let bound = self.low(speaker, Step::Introduced);
            return Some(
                match told.filter(|(speaker, _)| *speaker == bound.speaker) {
                    Some((_, confidence)) => Binding {
                        evidence: Evidence::Introduced,
                        confidence: confidence.min(Evidence::Introduced.confidence()),
                        ..bound
                    },
                    None => bound,
                },
            );
        }
        let prose = &self.prose[before];
        let last_sentence = prose.sentences.len().checked_sub(1)?;
        // "China and Vietnam have claims in the area": a noun is no cue.
        let is_verb = |found: &Attribution| {
            let mut words = prose.words.iter();
            let last = words.rfind(|word| found.cue.covers(word.span));
            last.is_none_or(|word| word.tag != crate::prose::tag::Tag::Noun)
        };
        let ends_attributed = self.story.statements_of(before).iter().any(|statement| {
            let found = &prose.attributions[statement.index];
            found.sentence == last_sentence
                && !found.is_inner
                && found.strength == Strength::Strict
                && is_verb(found)
        });
        let ends_quoted = prose.quotes.iter().any(|quote| {
            quote.depth == 0 && quote.span.end() + 1 >= prose.sentences[last_sentence].span.end()
        });
        let last = speakers.last().copied()?;
        let is_one = speakers.iter().all(|(speaker, _)| *speaker == last.0);
        (is_one && (ends_attributed || ends_quoted)).then(|| self.low(last, Step::ParagraphBefore))
    }

    /// `Ruiz went on:` at the end of a paragraph: who says so, where the cue closes the sentence and nobody else speaks in it.
    fn told_before_colon(&self, before: usize) -> Option<(SpeakerId, Confidence)> {
        let prose = &self.prose[before];
        let last = prose.sentences.len().checked_sub(1)?;
        let mut told = self.story.statements_of(before).iter().filter(|statement| {
            let found = &prose.attributions[statement.index];
            found.sentence == last && !found.is_inner && statement.is_strict
        });
        let statement = told.next()?;
        let found = &prose.attributions[statement.index];
        let is_plain = found.quotes.is_empty() && found.form != AttributionForm::Colon;
        let speaker = statement.speaker?;
        (is_plain && told.all(|other| other.speaker == Some(speaker)))
            .then_some((speaker, statement.confidence))
    }

    /// Whether the sentence before a colon names somebody, a document or an act of speech: not "Like the page:".
    fn introduces(&self, block: usize) -> bool {
        let prose = &self.prose[block];
        let Some(sentence) = prose.sentences.last() else {
            return false;
        };
        let named = prose
            .people
            .iter()
            .any(|person| sentence.span.covers(person.span));
        let speech = Classes::DOCUMENT.or(Classes::CUE).or(Classes::CUE_NOUN);
        let text: &str = &self.tree.blocks[block].block.text;
        let words = &prose.words[sentence.words.clone()];
        let full = |name: &&Span| sentence.span.covers(**name) && name.of(text).contains(' ');
        let mut last = words.iter().rev().skip(1);
        named
            || prose.names.iter().any(|name| full(&name))
            || last
                .next()
                .is_some_and(|word| matches!(word.form, Form::Capital | Form::Caps))
            || words.iter().any(|word| {
                word.classes.has(speech)
                    || word.classes.has(Classes::CUE_FRAME) && word.tag.is_finite()
            })
    }

    /// What introduces a quotation by a colon without a cue: the words of the last sentence before it.
    fn introducer(&mut self, block: usize, before: usize) -> SpeakerId {
        let text: &str = &self.tree.blocks[before].block.text;
        let people = self.prose[before]
            .people
            .last()
            .and_then(|phrase| phrase.name);
        match people {
            Some(name) => self.named(block, name.of(text), SpeakerKind::Person),
            None => self.named(block, "the paragraph before", SpeakerKind::Document),
        }
    }

    fn low(&self, (speaker, statement): (SpeakerId, Option<usize>), step: Step) -> Binding {
        Binding {
            speaker,
            source: None,
            cue: None,
            statement,
            step,
            evidence: evidence::of_step(step),
            confidence: Confidence::Low,
        }
    }

    /// The speakers of a block's outer statements, in order, with their statements.
    fn speakers_of(&self, block: usize) -> Vec<(SpeakerId, Option<usize>)> {
        self.story
            .statements_of(block)
            .iter()
            .filter(|statement| {
                let found = &self.prose[block].attributions[statement.index];
                !found.is_inner && found.strength == Strength::Strict
            })
            .filter_map(|statement| {
                let at = self.story.statement_at(block, statement.index);
                Some((statement.speaker?, at))
            })
            .collect()
    }

    /// The credit line of a block or pull quote; else a body quotation of the same words; else the paragraph before.
    fn by_credit(
        &mut self,
        position: usize,
        block: usize,
        quote: &Quote,
        credit: Option<Span>,
        found: &[SpokenQuote],
    ) -> Option<Binding> {
        let text: &str = &self.tree.blocks[block].block.text;
        if let Some((credit, name)) = credited(text, credit) {
            let speaker = self.named(block, name, SpeakerKind::Person);
            let place = Place {
                block,
                span: credit,
            };
            return Some(Binding {
                speaker,
                source: Some(place),
                cue: None,
                statement: None,
                step: Step::Credit,
                evidence: Evidence::Given,
                confidence: Confidence::High,
            });
        }
        let core = quote.inner.of(text).trim_end_matches(['.', ',', '!', '?']);
        let same = self.with_words(core, found);
        let same = same.and_then(|other| found[other].binding.clone());
        if same.is_some() {
            return same;
        }
        let before = position.checked_sub(1).map(|before| self.read[before])?;
        let speaker = self.speakers_of(before).last().copied()?;
        Some(self.low(speaker, Step::Introduced))
    }
}

impl<'a> Binder<'a, '_> {
    /// The first quotation so far that has these words in it. Words inside them stand alone there too, and the rarest of
    /// them says where to look.
    fn with_words(&mut self, core: &str, found: &[SpokenQuote]) -> Option<usize> {
        let tree = self.tree;
        let words = |at: usize| -> &'a str {
            let place = found[at].place;
            place.span.of(&tree.blocks[place.block].block.text)
        };
        for at in self.indexed..found.len() {
            for word in words(at).split(' ') {
                self.by_word.entry(word).or_default().push(at);
            }
        }
        self.indexed = found.len();
        let count = core.split(' ').count();
        let inside = core.split(' ').take(count.saturating_sub(1)).skip(1);
        let places = inside.map(|word| self.by_word.get(word).map_or(&[][..], Vec::as_slice));
        match places.min_by_key(|places| places.len()) {
            Some(places) => places.iter().copied().find(|&at| words(at).contains(core)),
            None => (0..found.len()).find(|&at| words(at).contains(core)),
        }
    }
}

/// The name in a paragraph’s first sentence that says whose words were quoted right before.
fn whose_words(text: &str, prose: &Prose) -> Option<Span> {
    let sentence = prose.sentences.first()?;
    let words = &prose.words[sentence.words.clone()];
    let is = |at: usize, options: &[&str]| {
        words.get(at).is_some_and(|word| {
            let word = word.span.of(text);
            !words[at].is_quoted
                && options
                    .iter()
                    .any(|option| word.eq_ignore_ascii_case(option))
        })
    };
    let mut names = prose.names.iter().copied();
    let speaks = (1..words.len())
        .find(|&at| is(at, &["speaking", "talking"]) && is(at - 1, &["was", "is", "were"]));
    if let Some(speaks) = speaks {
        return names
            .next()
            .filter(|name| name.end() <= words[speaks].span.start());
    }
    let points = is(0, &["those", "these", "the", "that", "such"]);
    let of = (1..words.len().min(7)).find(|&at| is(at, &["of", "from"]));
    let has_words = (1..of.unwrap_or(0)).any(|at| is(at, &["words", "view", "verdict"]));
    let is_so = is(0, &["so"]) && is(1, &["said", "says"]);
    let from = match of.filter(|_| points && has_words) {
        Some(of) => words[of].span.end(),
        None if is_so => words[1].span.end(),
        None => return None,
    };
    names.find(|name| name.start() >= from && name.end() <= sentence.span.end())
}

/// The credit of a block or pull quote, and the name in it.
fn credited(text: &str, credit: Option<Span>) -> Option<(Span, &str)> {
    let credit = credit?;
    let name = credit.of(text).split(',').next()?.trim();
    (!name.is_empty()).then_some((credit, name))
}

/// A running quotation whose speaker is named only in its last paragraph: the paragraphs before get it too.
fn give_back(found: &mut [SpokenQuote]) {
    for index in (0..found.len()).rev() {
        let (Some(before), Some(binding)) = (found[index].continues, found[index].binding.clone())
        else {
            continue;
        };
        if found[before].binding.is_none() {
            found[before].binding = Some(Binding {
                step: Step::Running,
                ..binding
            });
        }
    }
}

/// Whether a quotation has its speaker from one that goes on with it, and not from the one that it goes on with.
fn was_given_back(quotes: &[SpokenQuote], mut at: usize) -> bool {
    while let Some(next) = quotes.get(at + 1).filter(|next| next.continues == Some(at)) {
        let step = next.binding.as_ref().map(|binding| binding.step);
        if step != Some(Step::Running) {
            return step.is_some();
        }
        at += 1;
    }
    false
}

/// The last character of a block that prints.
fn printed_end(block: &Block) -> Option<char> {
    let text: &str = &block.text;
    let mut end = block.content.end();
    for hidden in block.hidden.iter().rev() {
        if hidden.end() >= end {
            end = end.min(hidden.start());
        }
    }
    text[block.content.start()..end.max(block.content.start())]
        .trim_end()
        .chars()
        .next_back()
}

/// Whether a phrase only points back: no name of its own.
pub fn is_pronoun(kind: &NounKind) -> bool {
    matches!(kind, NounKind::Pronoun | NounKind::Definite)
}
