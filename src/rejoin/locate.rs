//! Where the sentences of one text stand in another, word by word.

use std::collections::HashMap;

use crate::notes::checks::placed_words;
use crate::text::span::Span;

/// The words of a text, ready for look-up.
#[derive(Debug)]
pub struct Words {
    /// Each with its place.
    pub words: Vec<(String, Span)>,
    pairs: HashMap<(String, String), Vec<usize>>,
    singles: HashMap<String, Vec<usize>>,
}

/// Words around a place that are looked at when a sentence was changed.
const MARGIN: usize = 8;

impl Words {
    /// Reads a text.
    pub fn of(text: &str) -> Words {
        let words = placed_words(text);
        let mut pairs: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let mut singles: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (word, _)) in words.iter().enumerate() {
            singles.entry(word.clone()).or_default().push(at);
            if let Some((next, _)) = words.get(at + 1) {
                let pair = (word.clone(), next.clone());
                pairs.entry(pair).or_default().push(at);
            }
        }
        Words {
            words,
            pairs,
            singles,
        }
    }

    /// For each of some words where it stands, if the run as a whole is found. Of several places the one nearest to
    /// `near` is taken.
    pub fn locate(&self, run: &[String], near: usize) -> Option<Vec<Option<usize>>> {
        let exact = self.exact(run);
        let nearest = exact.into_iter().min_by_key(|at| at.abs_diff(near));
        if let Some(at) = nearest {
            return Some((at..at + run.len()).map(Some).collect());
        }
        self.nearly(run, near)
    }

    /// The places at which words stand exactly so.
    fn exact(&self, run: &[String]) -> Vec<usize> {
        let places = match run {
            [] => return Vec::new(),
            [word] => self.singles.get(word),
            [first, second, ..] => self.pairs.get(&(first.clone(), second.clone())),
        };
        let is_here = |at: &&usize| {
            let there = self.words.get(**at..**at + run.len());
            there.is_some_and(|there| there.iter().map(|(word, _)| word).eq(run))
        };
        places
            .into_iter()
            .flatten()
            .filter(is_here)
            .copied()
            .collect()
    }

    /// Where words stand most nearly so: half of them at least, in order.
    fn nearly(&self, run: &[String], near: usize) -> Option<Vec<Option<usize>>> {
        let mut votes: Vec<i64> = Vec::new();
        for (at, pair) in run.windows(2).enumerate() {
            let pair = (pair[0].clone(), pair[1].clone());
            let places = self.pairs.get(&pair).into_iter().flatten();
            votes.extend(places.map(|place| *place as i64 - at as i64));
        }
        votes.sort_unstable();
        let width = MARGIN as i64;
        let weight = |from: usize| {
            let reach = votes[from] + width;
            votes[from..]
                .iter()
                .take_while(|vote| **vote <= reach)
                .count()
        };
        let best = (0..votes.len()).max_by_key(|from| {
            let distance = (votes[*from] - near as i64).abs();
            (weight(*from), std::cmp::Reverse(distance))
        })?;
        let start = (votes[best] - width).max(0) as usize;
        let end = (votes[best].max(0) as usize + run.len() + 3 * MARGIN).min(self.words.len());
        let there = &self.words[start.min(end)..end];
        let found = without_strays(same(run, there));
        let count = found.iter().flatten().count();
        let is_found = count >= 2 && count * 2 >= run.len();
        is_found.then(|| {
            found
                .into_iter()
                .map(|at| at.map(|at| at + start))
                .collect()
        })
    }
}

/// Words more between two twins than there were, up to which they belong together.
const JUMP: usize = 5;

/// Takes out a word or two that were found far from the others: a "said" of the next sentence.
fn without_strays(mut twins: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
    for (at, twin) in twins.iter().enumerate() {
        let Some(twin) = *twin else {
            continue;
        };
        let last = runs.last().and_then(|run| run.last()).copied();
        match (last, runs.last_mut()) {
            (Some((before, other)), Some(run)) if twin - other <= at - before + JUMP => {
                run.push((at, twin))
            }
            _ => runs.push(vec![(at, twin)]),
        }
    }
    let most = runs.iter().map(Vec::len).max().unwrap_or_default();
    for (at, _) in runs.iter().filter(|run| run.len() < most.min(3)).flatten() {
        twins[*at] = None;
    }
    twins
}

/// The longest run of words in the same order, for each word its twin.
fn same(one: &[String], other: &[(String, Span)]) -> Vec<Option<usize>> {
    let columns = other.len() + 1;
    let mut length = vec![0_u32; (one.len() + 1) * columns];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            length[i * columns + j] = match one[i] == other[j].0 {
                true => length[(i + 1) * columns + j + 1] + 1,
                false => length[(i + 1) * columns + j].max(length[i * columns + j + 1]),
            };
        }
    }
    let mut twins = vec![None; one.len()];
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        if one[i] == other[j].0 && length[i * columns + j] == length[(i + 1) * columns + j + 1] + 1
        {
            twins[i] = Some(j);
            i += 1;
            j += 1;
        } else if length[(i + 1) * columns + j] >= length[i * columns + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    twins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::checks::words;

    fn located(run: &str, text: &str) -> Option<String> {
        let there = Words::of(text);
        let found = there.locate(&words(run), 0)?;
        let shown = found.iter().map(|at| match at {
            Some(at) => there.words[*at].0.as_str(),
            None => "-",
        });
        Some(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_sentence_is_found_where_it_went() {
        let text = "It is old. The pier closed last year, and nobody mourned it. Roth left.";
        assert_eq!(
            located("The pier closed in May and nobody mourned it", text).as_deref(),
            Some("the pier closed - - and nobody mourned it")
        );
        assert_eq!(located("Roth left", text).as_deref(), Some("roth left"));
        assert_eq!(located("Ortiz left the hall at noon", text), None);
    }
}
