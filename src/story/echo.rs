//! Where the words of pull quotes stand in the story, word for word or nearly so.
//!
//! The body is gone through once for all of them, and after an edit only where it changed.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::Place;
use super::outline::Label;
use crate::prose::vocabulary::Key;
use crate::prose::{Form, Prose, Word};
use crate::syntax::tree::{Block, Shape, Tree};
use crate::text::order::by_key;
use crate::text::pages::{Pages, Shared};
use crate::text::runs::in_order;
use crate::text::span::Span;
use crate::text::words::lower;
use crate::words::Lengths;

/// A sentence of a pull quote, or a part of one where words are left out and `…` shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Echo {
    /// Its block.
    pub block: usize,
    /// Index into the block's `Prose::sentences`.
    pub sentence: usize,
    /// Its words without signs and quotation marks.
    pub span: Span,
    /// The same as they are compared.
    said: Arc<[String]>,
    /// Their numbers.
    numbers: Arc<[u64]>,
    /// For each block that has some, up to the first that has every word: the passage most like it, and what share of the
    /// words is the same.
    hits: Vec<(Place, f64)>,
}

/// A passage of the story that is like the words asked for.
pub struct Like {
    /// Where it stands.
    pub place: Place,
    /// Whether every word is the same.
    pub is_same: bool,
}

impl Echo {
    /// The passage of the body that is most like the words, if at least six words in ten are the same and in the same
    /// order.
    pub fn like(&self) -> Option<Like> {
        let mut best: Option<&(Place, f64)> = None;
        for hit in &self.hits {
            if best.is_none_or(|best| hit.1 > best.1) {
                best = Some(hit);
            }
        }
        best.map(|(place, share)| Like {
            place: *place,
            is_same: *share >= 1.0,
        })
    }

    /// Whether every word of it stands in a block before.
    fn is_found_before(&self, block: usize) -> bool {
        let mut found = self.hits.iter().filter(|(_, share)| *share >= 1.0);
        found.any(|(place, _)| place.block < block)
    }

    /// The same in a later reading, with the hits in blocks that both readings have.
    fn moved(&self, block: usize, shared: Shared) -> Echo {
        let old_end = shared.before - shared.back;
        let is_left = |hit: &&(Place, f64)| hit.0.block < shared.front || hit.0.block >= old_end;
        let moved = |&(place, share): &(Place, f64)| {
            let block = match place.block < old_end {
                true => place.block,
                false => place.block + shared.now - shared.before,
            };
            (Place { block, ..place }, share)
        };
        Echo {
            block,
            hits: self.hits.iter().filter(is_left).map(moved).collect(),
            ..self.clone()
        }
    }

    fn is_found(&self) -> bool {
        self.is_found_before(usize::MAX)
    }
}

/// What is known of an earlier reading.
pub struct Earlier<'a> {
    /// Its echoes.
    pub echoes: &'a [Echo],
    /// Its labels.
    pub labels: &'a [Label],
    /// Which of its blocks are the same.
    pub shared: Shared,
}

impl Earlier<'_> {
    /// The echoes of a block of the new reading, if it stood there as a pull quote.
    fn of(&self, block: usize) -> Option<&[Echo]> {
        let before = self.shared.stood(block)?;
        if self.labels[before] != Label::PullQuote {
            return None;
        }
        let start = self.echoes.partition_point(|echo| echo.block < before);
        let end = self.echoes.partition_point(|echo| echo.block <= before);
        Some(&self.echoes[start..end])
    }
}

/// The sentences of all pull quotes, each with what is like it in the body.
pub fn echoes(
    tree: &Tree,
    prose: &Pages<Arc<Prose>>,
    labels: &[Label],
    earlier: Option<Earlier>,
) -> Vec<Echo> {
    let earlier = earlier.filter(|earlier| {
        let (old, shared) = (earlier.labels, earlier.shared);
        is_alike(&old[..shared.front], &labels[..shared.front])
            && is_alike(
                &old[old.len() - shared.back..],
                &labels[labels.len() - shared.back..],
            )
    });
    let mut echoes = Vec::new();
    let (mut known, mut fresh, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for block in (0..labels.len()).filter(|&block| labels[block] == Label::PullQuote) {
        let from = echoes.len();
        let Some((earlier, old)) = earlier
            .as_ref()
            .and_then(|earlier| Some((earlier, earlier.of(block)?)))
        else {
            ask(&mut echoes, tree, prose, block);
            fresh.extend(from..echoes.len());
            continue;
        };
        for old in old {
            let echo = old.moved(block, earlier.shared);
            if old.is_found() && !echo.is_found() {
                lost.push(echoes.len());
            }
            known.push(echoes.len());
            echoes.push(echo);
        }
    }
    if let Some(earlier) = &earlier {
        let (front, end) = (earlier.shared.front, labels.len() - earlier.shared.back);
        look(&mut echoes, &known, tree, prose, labels, front..end);
        // Behind a place that is gone nobody has looked yet.
        lost.retain(|&index| !echoes[index].is_found());
        look(&mut echoes, &lost, tree, prose, labels, end..labels.len());
    }
    look(&mut echoes, &fresh, tree, prose, labels, 0..labels.len());
    echoes
}

/// Whether the same blocks of two runs are looked at.
fn is_alike(one: &[Label], other: &[Label]) -> bool {
    one == other
        || one
            .iter()
            .zip(other)
            .all(|(one, other)| is_story(*one) == is_story(*other))
}

fn is_story(label: Label) -> bool {
    matches!(label, Label::Body | Label::List | Label::BlockQuote)
}

/// Adds the sentences of a pull quote, nothing looked for yet.
fn ask(asked: &mut Vec<Echo>, tree: &Tree, prose: &Pages<Arc<Prose>>, block: usize) {
    let text: &str = &tree.blocks[block].block.text;
    let end = said_to(&tree.blocks[block].block);
    for (index, sentence) in prose[block].sentences.iter().enumerate() {
        if sentence.span.start() >= end {
            break;
        }
        // Words without a full stop run on into the credit.
        let sentence = Span::new(sentence.span.start(), sentence.span.end().min(end));
        for part in parts(text, sentence) {
            let Some((span, words)) = pulled(text, part) else {
                continue;
            };
            let words = words.split(|c: char| !is_letter(c));
            let words = words.filter(|word| !word.is_empty());
            let words = words.map(|word| plain(word).into_owned());
            let said: Arc<[String]> = words.collect();
            asked.push(Echo {
                block,
                sentence: index,
                span,
                numbers: said.iter().map(|word| number(word.as_bytes())).collect(),
                said,
                hits: Vec::new(),
            });
        }
    }
}

/// Where the words of a pull quote end: at the line of its credit, if it has one.
fn said_to(block: &Block) -> usize {
    let text: &str = &block.text;
    match block.shape {
        Shape::PullQuote {
            credit: Some(credit),
        } => text[..credit.start()].rfind('\n').map_or(0, |at| at + 1),
        _ => text.len(),
    }
}

/// A sentence without what is shown to be left out: `there … in a ditch`, `there [...] in a ditch`.
fn parts(text: &str, sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = sentence.start();
    let words = sentence.of(text);
    let dots = words
        .match_indices('…')
        .chain(words.match_indices("..."))
        .chain(words.match_indices(". . ."));
    let mut dots: Vec<(usize, &str)> = dots.collect();
    dots.sort_unstable();
    for (at, dots) in dots {
        let end = sentence.start() + at;
        if end >= start {
            let before = text[start..end].trim_end_matches(['[', '(']);
            parts.push(Span::new(start, start + before.len()));
            let after = text[end + dots.len()..sentence.end()].trim_start_matches([']', ')']);
            start = sentence.end() - after.len();
        }
    }
    parts.push(Span::new(start, sentence.end()));
    parts
}

/// Looks for some of the echoes in a run of blocks, and takes in what is found, in order of the blocks. Where every word of
/// an echo is found, nothing behind that place is more like it, and it is looked for no further.
fn look(
    echoes: &mut [Echo],
    some: &[usize],
    tree: &Tree,
    prose: &Pages<Arc<Prose>>,
    labels: &[Label],
    blocks: Range<usize>,
) {
    if some.is_empty() || blocks.is_empty() {
        return;
    }
    let mut near: Vec<usize> = Vec::new();
    let is_whole = blocks.len() > FEW;
    let mut sieve = is_whole.then(|| Sieve::of(echoes, some));
    for block in blocks.filter(|&block| is_story(labels[block])) {
        if sieve
            .as_ref()
            .is_some_and(|sieve| !sieve.may_pass(&prose[block]))
        {
            continue;
        }
        let text: &str = &tree.blocks[block].block.text;
        let words = prose[block].words.iter();
        let words = words.filter(|word| word.form != Form::Mark);
        match &mut sieve {
            Some(sieve) => sieve.sift(echoes, text, words.clone(), block, &mut near),
            None => sift_one(echoes, some, text, words.clone(), block, &mut near),
        }
        if near.is_empty() {
            continue;
        }
        near.sort_unstable();
        near.dedup();
        let words: Vec<&Word> = words.collect();
        let plain: Vec<Cow<str>> = words.iter().map(|word| plain(word.span.of(text))).collect();
        for index in near.drain(..) {
            let echo = &mut echoes[index];
            let like = most_like(&words, &plain, &echo.said);
            if let Some((span, share)) = best_of(like, &words, &plain, &echo.said) {
                let place = Place { block, span };
                let at = echo.hits.partition_point(|(other, _)| other.block < block);
                echo.hits.insert(at, (place, share));
            }
        }
    }
    for &index in some {
        let hits = &mut echoes[index].hits;
        let found = hits.iter().position(|(_, share)| *share >= 1.0);
        hits.truncate(found.map_or(hits.len(), |at| at + 1));
    }
}

/// So few blocks are looked at one by one, and for so few echoes a block is first asked which words it may have.
const FEW: usize = 8;

/// Adds those of some echoes to `near` of which a block has six words in ten.
fn sift_one<'a>(
    echoes: &[Echo],
    some: &[usize],
    text: &str,
    words: impl Iterator<Item = &'a Word>,
    block: usize,
    near: &mut Vec<usize>,
) {
    let there: FxHashSet<u64> = words.map(|word| number_of(word.span.of(text))).collect();
    let is_near = |index: &&usize| {
        let echo = &echoes[**index];
        let count = echo.numbers.len();
        let known = echo.numbers.iter().filter(|number| there.contains(number));
        count >= 3 && known.count() * 10 >= count * 6 && !echo.is_found_before(block)
    };
    near.extend(some.iter().filter(is_near));
}

/// Calls up echoes by the words of many blocks.
struct Sieve {
    having: FxHashMap<u64, Vec<usize>>,
    lengths: Lengths,
    /// The words that call up a few echoes, as a block is asked for them; none where echoes are many, or where one of the words has other signs than
    /// letters and digits and so may stand where its key does not.
    callers: Option<Vec<Key>>,
}

impl Sieve {
    fn of(echoes: &[Echo], some: &[usize]) -> Sieve {
        let having = having(echoes, some);
        let is_few = some.len() <= FEW;
        Sieve {
            callers: is_few.then(|| callers(echoes, some, &having)).flatten(),
            lengths: lengths(echoes, some),
            having,
        }
    }

    /// Whether a word that calls up an echo may stand in a block.
    fn may_pass(&self, prose: &Prose) -> bool {
        let may_stand = |keys: &Vec<Key>| keys.iter().any(|key| prose.vocabulary.may_have(*key));
        self.callers.as_ref().is_none_or(may_stand)
    }

    /// Adds those to `near` that the words of a block call up. What is found before the block is called up no more.
    fn sift<'a>(
        &mut self,
        echoes: &[Echo],
        text: &str,
        words: impl Iterator<Item = &'a Word>,
        block: usize,
        near: &mut Vec<usize>,
    ) {
        for word in words {
            let letters = word.span.of(text);
            // The letters of other words may take other room as they are compared.
            if word.is_plain && !self.lengths.may_hold(letters) {
                continue;
            }
            if let Some(those) = self.having.get_mut(&number_of(letters)) {
                those.retain(|&index| !echoes[index].is_found_before(block));
                near.extend_from_slice(those);
            }
        }
    }
}

/// The keys of the words that call up some echoes; none where one of them has other signs than letters and digits.
fn callers(
    echoes: &[Echo],
    some: &[usize],
    having: &FxHashMap<u64, Vec<usize>>,
) -> Option<Vec<Key>> {
    let some = some.iter().map(|&index| &echoes[index]);
    let words = some.flat_map(|echo| echo.said.iter().zip(echo.numbers.iter()));
    let callers = words.filter(|(_, number)| having.contains_key(number));
    let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let keys = callers.map(|(word, _)| is_plain(word).then(|| Key::of(word)));
    keys.collect()
}

/// Which lengths the plain words of some echoes have.
fn lengths(echoes: &[Echo], some: &[usize]) -> Lengths {
    let mut lengths = Lengths::NONE;
    let words = some.iter().flat_map(|&index| echoes[index].said.iter());
    words.for_each(|word| lengths.add(word));
    lengths
}

/// The echoes that a word calls up, by the number of the word. Six words in ten of an echo must be in a passage like it, so
/// one of any five in ten is: the rarest of them are enough to sift by. Numbers only sift: what passes is compared letter by
/// letter.
fn having(echoes: &[Echo], some: &[usize]) -> FxHashMap<u64, Vec<usize>> {
    let long = || some.iter().filter(|&&index| echoes[index].said.len() >= 3);
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    for &index in long() {
        for number in echoes[index].numbers.iter() {
            *counts.entry(*number).or_default() += 1;
        }
    }
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for &index in long() {
        let (said, numbers) = (&echoes[index].said, &echoes[index].numbers);
        // Of those that as many have, the longer word is the rarer in the body.
        let mut order: Vec<usize> = (0..said.len()).collect();
        by_key(&mut order, |&at| {
            (counts[&numbers[at]], usize::MAX - said[at].len())
        });
        let rarest = order[..said.len() * 2 / 5 + 1].iter();
        let mut numbers: Vec<u64> = rarest.map(|&at| numbers[at]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            having.entry(number).or_default().push(index);
        }
    }
    having
}

/// The more like of two passages: one with all words of a block, and one with those alone that stand between quotation marks.
/// “…to swim there,” Ruiz said, “and now…” is one passage to whoever pulls it.
fn best_of(
    like: Option<(Span, f64)>,
    words: &[&Word],
    plain: &[Cow<str>],
    said: &[String],
) -> Option<(Span, f64)> {
    let is_broken = words.iter().any(|word| word.is_quoted) && words.iter().any(|it| !it.is_quoted);
    if !is_broken || like.is_some_and(|(_, share)| share >= 1.0) {
        return like;
    }
    let quoted = |at: &usize| words[*at].is_quoted;
    let at: Vec<usize> = (0..words.len()).filter(quoted).collect();
    let words: Vec<&Word> = at.iter().map(|&at| words[at]).collect();
    let plain: Vec<Cow<str>> = at.iter().map(|&at| plain[at].clone()).collect();
    let joined = most_like(&words, &plain, said);
    let is_better = |joined: &(Span, f64)| like.is_none_or(|(_, share)| joined.1 > share);
    joined.filter(is_better).or(like)
}

/// The passage of a block that is most like some words; `plain` are the block’s own as they are compared.
fn most_like(words: &[&Word], plain: &[Cow<str>], said: &[String]) -> Option<(Span, f64)> {
    let is_there = |word: &&String| plain.iter().any(|known| known == *word);
    if said.iter().filter(is_there).count() * 10 < said.len() * 6 {
        return None;
    }
    let mut best: Option<(Span, f64)> = None;
    for length in [said.len(), said.len() + 1, said.len() + 2, said.len() - 1] {
        for start in 0..(words.len() + 1).saturating_sub(length) {
            let window = &plain[start..start + length];
            // A passage begins and ends as the words do, or it is another.
            if window[0] != said[0] && window[length - 1] != said[said.len() - 1] {
                continue;
            }
            let share = in_order(window, said) as f64 / length.max(said.len()) as f64;
            if share >= 0.6 && best.is_none_or(|(_, best)| share > best) {
                let span = words[start].span.cover(words[start + length - 1].span);
                best = Some((span, share));
            }
        }
    }
    best
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '’' | '\'' | '-')
}

/// A word as it is compared: in lower case, its apostrophes curly. Most stand so in the text.
fn plain(word: &str) -> Cow<'_, str> {
    let small = lower(word);
    match small.contains('\'') {
        true => Cow::Owned(small.replace('\'', "’")),
        false => small,
    }
}

/// The number of a word as it stands: that of its plain letters.
fn number_of(word: &str) -> u64 {
    const MOST: usize = 24;
    let mut small = [0; MOST];
    match small.get_mut(..word.len()) {
        Some(small) if word.is_ascii() && !word.contains('\'') => {
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            number(small)
        }
        _ => number(plain(word).as_bytes()),
    }
}

fn number(letters: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(letters);
    hasher.finish()
}

/// The words of a pull quote without its signs and quotation marks, and where they stand in its block.
fn pulled(text: &str, sentence: Span) -> Option<(Span, &str)> {
    const SIGNS: [char; 8] = ['>', ' ', '\n', '“', '”', '"', '‘', '’'];
    let words = sentence.of(text);
    let inner = words.trim_start_matches(SIGNS);
    if inner.starts_with(['—', '–', '-']) {
        return None;
    }
    let start = sentence.end() - inner.len();
    let inner = inner.trim_end_matches(SIGNS);
    Some((Span::new(start, start + inner.len()), inner))
}
