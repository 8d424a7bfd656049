//! Where the words of pull quotes stand in the story, word for word or nearly so.
//!
//! The body is gone through once for all of them, and after an edit only where it changed.

use std::hash::Hasher;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::Place;
use super::outline::Label;
use crate::prose::{Form, Prose, Word};
use crate::syntax::tree::Tree;
use crate::text::span::Span;

/// A sentence of a pull quote.
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
    /// For each block that has some: the passage most like it, and what share of the words is the same.
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
    let (mut known, mut fresh) = (Vec::new(), Vec::new());
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
            echo.hits = old.hits.clone();
            echo.hits
                .retain(|(place, _)| place.block < earlier.front || place.block >= old_end);
            for (place, _) in &mut echo.hits {
                if place.block >= old_end {
                    place.block = place.block - old_end + end;
                }
            }
            known.push(index);
        }
        look(&mut echoes, &known, tree, prose, labels, earlier.front..end);
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
        for (index, sentence) in prose[block].sentences.iter().enumerate() {
            let Some((span, words)) = pulled(text, sentence.span) else {
                continue;
            };
            let words = words.split(|c: char| !is_letter(c));
            let words = words.filter(|word| !word.is_empty()).map(plain);
            asked.push(Echo {
                block,
                sentence: index,
                span,
                said: words.collect(),
                hits: Vec::new(),
            });
        }
    }
    asked
}

/// Looks for some of the echoes in a run of blocks, and takes in what is found, in order of the blocks.
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
    // Which of the echoes have a word. Numbers only sift: what passes is compared letter by letter.
    let mut having: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for &index in some.iter().filter(|&&index| echoes[index].said.len() >= 3) {
        for word in echoes[index].said.iter() {
            let those = having.entry(number(word.as_bytes())).or_default();
            if those.last() != Some(&index) {
                those.push(index);
            }
        }
    }
    let mut counts = vec![0usize; echoes.len()];
    let mut touched: Vec<usize> = Vec::new();
    for block in blocks.filter(|&block| is_story(labels[block])) {
        let text: &str = &tree.blocks[block].block.text;
        for word in prose[block].words.iter().filter(|it| it.form != Form::Mark) {
            for &index in having
                .get(&number_of(word.span.of(text)))
                .into_iter()
                .flatten()
            {
                if counts[index] == 0 {
                    touched.push(index);
                }
                counts[index] += 1;
            }
        }
        touched.sort_unstable();
        for index in touched.drain(..) {
            let echo = &mut echoes[index];
            // So many words must be the same at least.
            if std::mem::take(&mut counts[index]) * 10 < echo.said.len() * 6 {
                continue;
            }
            if let Some((span, share)) = most_like(text, &prose[block], &echo.said) {
                let place = Place { block, span };
                let at = echo.hits.partition_point(|(other, _)| other.block < block);
                echo.hits.insert(at, (place, share));
            }
        }
    }
}

/// The passage of a block that is most like some words.
fn most_like(text: &str, prose: &Prose, said: &[String]) -> Option<(Span, f64)> {
    let words = prose.words.iter().filter(|word| word.form != Form::Mark);
    let words: Vec<&Word> = words.collect();
    let plain: Vec<String> = words.iter().map(|word| plain(word.span.of(text))).collect();
    let mut best: Option<(Span, f64)> = None;
    for length in [said.len(), said.len() + 1, said.len() + 2, said.len() - 1] {
        for start in 0..(words.len() + 1).saturating_sub(length) {
            let window = &plain[start..start + length];
            // A passage begins and ends as the words do, or it is another.
            if window[0] != said[0] && window[length - 1] != said[said.len() - 1] {
                continue;
            }
            let share = common(window, said) as f64 / length.max(said.len()) as f64;
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

fn plain(word: &str) -> String {
    word.to_lowercase().replace('\'', "’")
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

/// How many words two runs have in common, in the same order.
fn common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, also) in other.iter().enumerate() {
            let here = row[at + 1];
            row[at + 1] = if word == also {
                before + 1
            } else {
                here.max(row[at])
            };
            before = here;
        }
    }
    row[other.len()]
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
