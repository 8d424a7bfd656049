//! Where the words of pull quotes stand in the story, word for word or nearly so.
//!
//! The body is gone through once for all of them, and after an edit only where it changed.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::Place;
use super::outline::Label;
use crate::prose::{Form, Prose, Word};
use crate::syntax::tree::{Block, Shape, Tree};
use crate::text::order::by_key;
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

    fn is_found(&self) -> bool {
        self.is_found_before(usize::MAX)
    }
}

/// What is known of an earlier reading: its echoes and labels, and how many blocks at the front and at the back are the
/// same in both.
pub struct Earlier<'a> {
    /// The echoes.
    pub echoes: &'a [Echo],
    /// The labels.
    pub labels: &'a [Label],
    /// So many blocks at the front are the same.
    pub front: usize,
    /// So many at the back.
    pub back: usize,
}

/// The sentences of all pull quotes, each with what is like it in the body.
pub fn echoes(
    tree: &Tree,
    prose: &[Arc<Prose>],
    labels: &[Label],
    earlier: Option<Earlier>,
) -> Vec<Echo> {
    let mut echoes = asked(tree, prose, labels);
    if echoes.is_empty() {
        return echoes;
    }
    let count = labels.len();
    let earlier = earlier.filter(|earlier| {
        let old = earlier.labels;
        is_alike(&old[..earlier.front], &labels[..earlier.front])
            && is_alike(
                &old[old.len() - earlier.back..],
                &labels[count - earlier.back..],
            )
    });
    let (mut known, mut fresh, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(earlier) = &earlier {
        let (old_end, end) = (earlier.labels.len() - earlier.back, count - earlier.back);
        let by_words: FxHashMap<&[String], &Echo> = earlier
            .echoes
            .iter()
            .map(|echo| (&*echo.said, echo))
            .collect();
        for (index, echo) in echoes.iter_mut().enumerate() {
            let Some(old) = by_words.get(&*echo.said) else {
                fresh.push(index);
                continue;
            };
            let was_found = old.is_found();
            echo.hits = old.hits.clone();
            echo.hits
                .retain(|(place, _)| place.block < earlier.front || place.block >= old_end);
            for (place, _) in &mut echo.hits {
                if place.block >= old_end {
                    place.block = place.block - old_end + end;
                }
            }
            known.push(index);
            if was_found && !echo.is_found() {
                lost.push(index);
            }
        }
        look(&mut echoes, &known, tree, prose, labels, earlier.front..end);
        // Behind a place that is gone nobody has looked yet.
        lost.retain(|&index| !echoes[index].is_found());
        look(&mut echoes, &lost, tree, prose, labels, end..count);
    } else {
        fresh.extend(0..echoes.len());
    }
    look(&mut echoes, &fresh, tree, prose, labels, 0..count);
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

/// The sentences of pull quotes, nothing looked for yet.
fn asked(tree: &Tree, prose: &[Arc<Prose>], labels: &[Label]) -> Vec<Echo> {
    let mut asked = Vec::new();
    let pulled_blocks = (0..labels.len()).filter(|&block| labels[block] == Label::PullQuote);
    for block in pulled_blocks {
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
                asked.push(Echo {
                    block,
                    sentence: index,
                    span,
                    said: words.collect(),
                    hits: Vec::new(),
                });
            }
        }
    }
    asked
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
    prose: &[Arc<Prose>],
    labels: &[Label],
    blocks: Range<usize>,
) {
    if some.is_empty() || blocks.is_empty() {
        return;
    }
    let mut having = having(echoes, some);
    let lengths = lengths(echoes, some);
    let mut near: Vec<usize> = Vec::new();
    for block in blocks.filter(|&block| is_story(labels[block])) {
        let text: &str = &tree.blocks[block].block.text;
        let words = || prose[block].words.iter().filter(|it| it.form != Form::Mark);
        for word in words() {
            let letters = word.span.of(text);
            // The letters of other words may take other room as they are compared.
            if word.is_plain && !lengths.may_hold(letters) {
                continue;
            }
            let those = having.get_mut(&number_of(letters));
            let Some(those) = those else { continue };
            those.retain(|&index| !echoes[index].is_found_before(block));
            near.extend_from_slice(those);
        }
        if near.is_empty() {
            continue;
        }
        near.sort_unstable();
        near.dedup();
        let words: Vec<&Word> = words().collect();
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
        for word in echoes[index].said.iter() {
            *counts.entry(number(word.as_bytes())).or_default() += 1;
        }
    }
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for &index in long() {
        let said = &echoes[index].said;
        let mut numbers: Vec<u64> = said.iter().map(|word| number(word.as_bytes())).collect();
        // Of those that as many have, the longer word is the rarer in the body.
        let mut order: Vec<usize> = (0..said.len()).collect();
        by_key(&mut order, |&at| {
            (counts[&numbers[at]], usize::MAX - said[at].len())
        });
        numbers = order[..said.len() * 2 / 5 + 1]
            .iter()
            .map(|&at| numbers[at])
            .collect();
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
