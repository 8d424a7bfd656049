//! How some words lie in a record: word for word, or nearly, and what differs then.

use std::ops::Range;

use super::fold::{Class, Word};
use super::record::{Kind, Record};
use super::sound::{Ear, Sound};
use crate::text::order;

/// How some words lie in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The words of the record, as indices.
    pub place: Range<usize>,
    /// How many words are the same on both sides, or nearly so to a machine’s ear.
    pub matched: usize,
    /// What differs, in order.
    pub hunks: Vec<Hunk>,
}

/// A place where the two differ; one of the runs may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Words on this side, as indices.
    pub words: Range<usize>,
    /// Words of the record, as indices.
    pub record: Range<usize>,
}

/// Places of one pair that are looked at, at most: pairs that stand everywhere say nothing of where.
const MOST_PLACES: usize = 512;

/// The places at which words stand exactly so, as indices of the record's words, in order; at most `most`.
pub fn exact(words: &[Word], record: &Record, most: usize) -> Vec<usize> {
    let count = words.len();
    if count < 2 || record.words.len() < count {
        return Vec::new();
    }
    let places = |at: usize| record.shingles.at(words[at].key, words[at + 1].key);
    let rarest = (0..count - 1)
        .min_by_key(|at| places(*at).len())
        .unwrap_or_default();
    let same = |start: usize| {
        record.words.get(start..start + count).is_some_and(|run| {
            run.iter()
                .zip(words)
                .all(|(one, other)| one.key == other.key)
        })
    };
    places(rarest)
        .iter()
        .filter_map(|place| (*place as usize).checked_sub(rarest))
        .filter(|start| same(*start))
        .take(most)
        .collect()
}

/// The longest run of words from `from` on that stands exactly so anywhere in a record: its length and place.
pub fn longest_run(words: &[Word], from: usize, record: &Record) -> Option<(usize, usize)> {
    let next = words.get(from + 1)?;
    let places = record.shingles.at(words[from].key, next.key);
    places
        .iter()
        .take(4 * MOST_PLACES)
        .map(|place| *place as usize)
        .map(|place| {
            let run = record.words[place..].iter().zip(&words[from..]);
            let length = run.take_while(|(one, other)| one.key == other.key).count();
            (length, place)
        })
        .filter(|(length, _)| *length >= 2)
        .max_by_key(|(length, place)| (*length, std::cmp::Reverse(*place)))
}

/// A place where words may be missing: before the word of this index, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The index of the word after it.
    pub before: usize,
    /// How many words may be missing.
    pub reach: usize,
}

/// The place at which words of a text stand most nearly so; none where nothing is like them. Against what a machine
/// heard, words that sound alike count as nearly the same.
pub fn nearest(words: &[Word], text: &str, gaps: &[Gap], record: &Record) -> Option<Alignment> {
    let sounds = sounds(words, text, record);
    let votes = votes(words, record);
    let best = best_within(words, &sounds, gaps, record, &votes);
    // Where a machine broke the pairs, rare words stand alone.
    let is_poor = best
        .as_ref()
        .is_none_or(|(_, one)| one.matched * 10 < words.len() * 8);
    if sounds.is_empty() || !is_poor {
        return best.map(|(_, alignment)| alignment);
    }
    let mut votes = votes;
    votes.extend(lone_votes(words, record));
    votes.sort_unstable();
    let other = best_within(words, &sounds, gaps, record, &votes);
    let best = [best, other].into_iter().flatten();
    best.min_by_key(|(cost, _)| *cost)
        .map(|(_, alignment)| alignment)
}

/// The cheapest of the stretches that have most votes, with its cost.
fn best_within(
    words: &[Word],
    sounds: &[Sound],
    gaps: &[Gap],
    record: &Record,
    votes: &[(i64, u32)],
) -> Option<(i32, Alignment)> {
    let stretches = windows(votes, words, record);
    stretches
        .into_iter()
        .filter_map(|(first, last)| stretch(first, last, words.len(), record))
        .map(|stretch| within(words, sounds, gaps, record, stretch))
        .min_by_key(|(cost, _)| *cost)
}

/// Stretches that are taken for one of two places, at most.
const PLACES: usize = 5;

/// Words of a part, at least, for a run to come from two places.
const PART: usize = 4;

/// The two places from which words come most nearly so, a first part and a second, each at least four words that stand
/// for the most part there; with the index of the word that begins the second.
pub fn in_two(
    words: &[Word],
    text: &str,
    record: &Record,
) -> Option<(usize, Alignment, Alignment)> {
    let count = words.len();
    if count < 2 * PART {
        return None;
    }
    let votes = votes(words, record);
    let mut windows = crowded(&votes, count);
    windows.truncate(PLACES);
    let windows: Vec<(i64, i64)> = windows.iter().map(|one| (one.1, one.2)).collect();
    let sounds = sounds(words, text, record);
    let pairs_of = |(first, last): (i64, i64)| -> Vec<bool> {
        let mut pairs = vec![false; count];
        let here = votes.iter().filter(|vote| (first..=last).contains(&vote.0));
        here.for_each(|vote| pairs[vote.1 as usize] = true);
        pairs
    };
    let mut best: Option<(usize, (usize, Alignment, Alignment))> = None;
    for one in &windows {
        for other in windows.iter().filter(|other| *other != one) {
            let (early, late) = (pairs_of(*one), pairs_of(*other));
            // Where the first part ends: most of its pairs before, most of the other's after.
            let score = |cut: usize| {
                let before = early[..cut - 1].iter().filter(|pair| **pair).count();
                before + late[cut..].iter().filter(|pair| **pair).count()
            };
            let cut = (PART..=count - PART).max_by_key(|cut| score(*cut));
            let found = cut.and_then(|cut| {
                let first = stretch(one.0, one.1, count, record)?;
                let second = stretch(other.0, other.1, count, record)?;
                let (early, late) = sounds.split_at(cut.min(sounds.len()));
                let (_, first) = within(&words[..cut], early, &[], record, first);
                let (_, second) = within(&words[cut..], late, &[], record, second);
                let is_there =
                    first.matched * 10 >= cut * 7 && second.matched * 10 >= (count - cut) * 7;
                is_there.then_some((first.matched + second.matched, (cut, first, second)))
            });
            if let Some(found) = found
                && best.as_ref().is_none_or(|(most, _)| found.0 > *most)
            {
                best = Some(found);
            }
        }
    }
    best.map(|(_, found)| found)
}

/// How the words sound, where the record is what a machine heard; else nothing.
fn sounds(words: &[Word], text: &str, record: &Record) -> Vec<Sound> {
    match record.kind {
        Kind::Machine => words.iter().map(|word| Sound::of(text, *word)).collect(),
        Kind::Transcript | Kind::Mail | Kind::Document | Kind::Typed => Vec::new(),
    }
}

/// The stretch of the record around a window.
fn stretch(first: i64, last: i64, count: usize, record: &Record) -> Option<Range<usize>> {
    let from = (first - 4).max(0) as usize;
    let to = ((last + count as i64 + 4).max(0) as usize).min(record.words.len());
    (from < to).then_some(from..to)
}

/// Where each pair of the words stands: how far further on in the record, and which pair; in order.
fn votes(words: &[Word], record: &Record) -> Vec<(i64, u32)> {
    let mut votes: Vec<(i64, u32)> = Vec::new();
    for at in 0..words.len().saturating_sub(1) {
        let (first, second) = (words[at].key, words[at + 1].key);
        let places = record.shingles.at(first, second);
        if places.len() > MOST_PLACES {
            continue;
        }
        for place in places {
            let index = *place as usize;
            let is_pair = record.words[index].key == first && record.words[index + 1].key == second;
            if is_pair {
                votes.push((index as i64 - at as i64, at as u32));
            }
        }
    }
    votes.sort_unstable();
    votes
}

/// Places of a word that stands alone, at most, for it to say anything of where.
const MOST_LONE: usize = 12;

/// Where the rare words stand, each alone.
fn lone_votes(words: &[Word], record: &Record) -> Vec<(i64, u32)> {
    let heavy = words.iter().enumerate();
    let heavy = heavy.filter(|(_, word)| word.class != Class::Small);
    let mut keys: Vec<(u32, u32)> = heavy.map(|(at, word)| (word.key, at as u32)).collect();
    keys.sort_unstable();
    keys.dedup_by_key(|(key, _)| *key);
    let mut places: Vec<Vec<i64>> = vec![Vec::new(); keys.len()];
    for (index, word) in record.words.iter().enumerate() {
        if let Ok(found) = keys.binary_search_by_key(&word.key, |(key, _)| *key)
            && places[found].len() <= MOST_LONE
        {
            places[found].push(index as i64);
        }
    }
    let rare = keys.iter().zip(places);
    let rare = rare.filter(|(_, places)| places.len() <= MOST_LONE);
    rare.flat_map(|((_, at), places)| {
        places
            .into_iter()
            .map(|place| (place - i64::from(*at), *at))
    })
    .collect()
}

/// Stretches that are weighed word by word, at most.
const MOST_WINDOWS: usize = 48;

/// The stretches of the record in which most pairs stand at the right distance, the best first; at most eight. Where
/// many have as many pairs, phrases that come again and again, those that have most of the single words are taken.
fn windows(votes: &[(i64, u32)], words: &[Word], record: &Record) -> Vec<(i64, i64)> {
    let mut chosen = crowded(votes, words.len());
    if chosen.len() > 3 {
        order::by_key(&mut chosen, |(score, first, last)| {
            let middle = (first + last) / 2;
            std::cmp::Reverse((score * 2 + weight(words, record, middle), -middle))
        });
    }
    chosen
        .into_iter()
        .take(8)
        .map(|(_, first, last)| (first, last))
        .collect()
}

/// How many of the words stand about where they would with this distance.
fn weight(words: &[Word], record: &Record, distance: i64) -> usize {
    const AROUND: i64 = 5;
    let is_there = |at: usize, word: &Word| {
        let from = (at as i64 + distance - AROUND).max(0) as usize;
        let to = (at as i64 + distance + AROUND + 1).max(0) as usize;
        let run = record.words.get(from..to.min(record.words.len()));
        run.is_some_and(|run| run.iter().any(|other| other.key == word.key))
    };
    let found = words
        .iter()
        .enumerate()
        .filter(|(at, word)| is_there(*at, word));
    found
        .map(|(_, word)| if word.class == Class::Small { 1 } else { 3 })
        .sum()
}

/// The stretches in which most pairs stand at the right distance, with how many.
fn crowded(votes: &[(i64, u32)], count: usize) -> Vec<(usize, i64, i64)> {
    let width = (count as i64).clamp(12, 60);
    let mut scored: Vec<(usize, i64, i64)> = Vec::new();
    let mut end = 0;
    for start in 0..votes.len() {
        while end < votes.len() && votes[end].0 <= votes[start].0 + width {
            end += 1;
        }
        // Each pair of the quotation counts once.
        let score = if end - start == 1 {
            1
        } else {
            let mut pairs: Vec<u32> = votes[start..end].iter().map(|vote| vote.1).collect();
            pairs.sort_unstable();
            pairs.dedup();
            pairs.len()
        };
        scored.push((score, votes[start].0, votes[end - 1].0));
        // A window that lies wholly in the one before says nothing new.
    }
    order::by_key(&mut scored, |(score, first, last)| {
        (std::cmp::Reverse(*score), last - first, *first)
    });
    let mut chosen: Vec<(usize, i64, i64)> = Vec::new();
    let most = scored.first().map_or(0, |one| one.0);
    for (score, first, last) in scored {
        if chosen.len() == MOST_WINDOWS || score * 2 < most {
            break;
        }
        let is_new = chosen
            .iter()
            .all(|(_, from, to)| last < from - width / 2 || first > to + width / 2);
        if is_new {
            chosen.push((score, first, last));
        }
    }
    chosen
}

// Two words left out cost less than one changed, so that a filler before the last word is seen as one; three cost more.
const CHANGED: i32 = 36;
const ADDED: i32 = 37;
const LEFT_OUT: i32 = 29;
const LEFT_OUT_MORE: i32 = 4;
// What a machine may have heard so costs little; small words for one another less than others.
const MISHEARD: i32 = 9;
// A gap that reaches no further than this, a bracket, is not stretched to find a small word far off.
const NARROW: usize = 12;
const NARROW_MORE: i32 = 2;
const SMALL: i32 = 24;

/// The cheapest way to lay all the words into a stretch of the record, whose ends are free.
fn within(
    words: &[Word],
    sounds: &[Sound],
    gaps: &[Gap],
    record: &Record,
    stretch: Range<usize>,
) -> (i32, Alignment) {
    let run = &record.words[stretch.clone()];
    let (rows, columns) = (words.len() + 1, run.len() + 1);
    let there: Vec<Sound> = match sounds.is_empty() {
        true => Vec::new(),
        false => run
            .iter()
            .map(|word| Sound::of(&record.source.text, *word))
            .collect(),
    };
    let mut changed = vec![CHANGED; if sounds.is_empty() { 0 } else { rows * columns }];
    for (i, sound) in sounds.iter().enumerate() {
        for (j, other) in there.iter().enumerate() {
            changed[(i + 1) * columns + j + 1] = match sound.beside(other) {
                Ear::Alike => MISHEARD,
                Ear::Small => SMALL,
                Ear::Apart => CHANGED,
            };
        }
    }
    // What it costs that one word stands for another.
    let instead = |i: usize, j: usize| match words[i - 1].key == run[j - 1].key {
        true => 0,
        false => changed.get(i * columns + j).copied().unwrap_or(CHANGED),
    };
    // `fit[i][j]`: the first i words against what ends before j; `skip`: the same, the last step leaving out words.
    let mut fit = vec![0_i32; rows * columns];
    let mut skip = vec![i32::MAX / 2; rows * columns];
    for i in 1..rows {
        let (above, here) = ((i - 1) * columns, i * columns);
        fit[here] = i as i32 * ADDED;
        let gap = gaps.iter().find(|gap| gap.before == i);
        let (open, more) = match gap {
            Some(gap) if gap.reach <= NARROW => (1, NARROW_MORE),
            Some(_) => (1, 0),
            None => (LEFT_OUT, LEFT_OUT_MORE),
        };
        for j in 1..columns {
            let step = fit[above + j - 1] + instead(i, j);
            let added = fit[above + j] + ADDED;
            // Words left out after the last one are not left out at all.
            let left = (skip[here + j - 1] + more).min(fit[here + j - 1] + open);
            skip[here + j] = left;
            fit[here + j] = step.min(added).min(left);
        }
    }
    let last = (rows - 1) * columns;
    let mut j = (0..columns)
        .min_by_key(|j| (fit[last + j], std::cmp::Reverse(*j)))
        .unwrap_or_default();
    let cost = fit[last + j];
    let end = j;
    let mut i = rows - 1;
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut matched = 0;
    let mut note = |words: Range<usize>, run: Range<usize>| {
        let record = run.start + stretch.start..run.end + stretch.start;
        match hunks.last_mut() {
            Some(hunk) if hunk.words.start == words.end && hunk.record.start == record.end => {
                hunk.words.start = words.start;
                hunk.record.start = record.start;
            }
            _ => hunks.push(Hunk { words, record }),
        }
    };
    while i > 0 {
        let here = i * columns + j;
        if j > 0 {
            let cost = instead(i, j);
            let step = fit[here - columns - 1] + cost;
            if fit[here] == step {
                matched += usize::from(cost <= MISHEARD);
                if cost > 0 {
                    note(i - 1..i, j - 1..j);
                }
                i -= 1;
                j -= 1;
                continue;
            }
            if fit[here] == skip[here] {
                // Back to where the words left out begin.
                let to = j;
                let mut at = j;
                let gap = gaps.iter().find(|gap| gap.before == i);
                let open = if gap.is_some() { 1 } else { LEFT_OUT };
                while skip[i * columns + at] != fit[i * columns + at - 1] + open {
                    at -= 1;
                }
                j = at - 1;
                if gap.is_none_or(|gap| to - j > gap.reach) {
                    note(i..i, j..to);
                }
                continue;
            }
        }
        note(i - 1..i, j..j);
        i -= 1;
    }
    hunks.reverse();
    let mut place = stretch.start + j..stretch.start + end;
    // A first or last word that is not there stands for the word that is.
    if let Some(hunk) = hunks
        .first_mut()
        .filter(|hunk| hunk.words.start == 0 && hunk.record.is_empty())
    {
        hunk.record.start = hunk.record.start.saturating_sub(hunk.words.len());
        place.start = hunk.record.start;
    }
    if let Some(hunk) = hunks.last_mut().filter(|hunk| {
        hunk.words.start > 0 && hunk.words.end == words.len() && hunk.record.is_empty()
    }) {
        hunk.record.end = (hunk.record.end + hunk.words.len()).min(record.words.len());
        place.end = hunk.record.end;
    }
    (
        cost,
        Alignment {
            place,
            matched,
            hunks,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::fold::words;
    use crate::notes::record::Source;

    fn record(text: &str) -> Record {
        let source = Source {
            text: text.to_owned(),
            ..Source::default()
        };
        Record::new("r.txt", None, Kind::Typed, source)
    }

    fn differences(quote: &str, text: &str) -> Vec<String> {
        let record = record(text);
        let found = words(quote);
        let alignment = nearest(&found, quote, &[], &record).expect("something is like it");
        let side = |all: &[Word], text: &str, range: &Range<usize>| -> String {
            let words: Vec<&str> = all[range.clone()]
                .iter()
                .map(|word| word.span().of(text))
                .collect();
            words.join(" ")
        };
        alignment
            .hunks
            .iter()
            .map(|hunk| {
                let (here, there) = (
                    side(&found, quote, &hunk.words),
                    side(&record.words, text, &hunk.record),
                );
                format!("{here} < {there}")
            })
            .collect()
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        assert_eq!(
            differences(
                "We will never close the plant",
                "Look, we will not close the plant this year."
            ),
            ["never < not"]
        );
        assert_eq!(
            differences(
                "We will close the plant in May",
                "and we will, after all of these years, close the plant in May. Then"
            ),
            [" < after all of these years"]
        );
        assert_eq!(
            differences(
                "We will surely close the whole plant",
                "we will close the plant"
            ),
            ["surely < ", "whole < "]
        );
    }

    #[test]
    fn words_stand_exactly_where_they_stand() {
        let record = record("No plan. We had no warning at all. We had no warning.");
        assert_eq!(exact(&words("we had no warning"), &record, 9), [2, 8]);
        assert!(exact(&words("we had a warning"), &record, 9).is_empty());
        assert_eq!(
            longest_run(&words("had no warning at noon"), 0, &record),
            Some((4, 3))
        );
    }
}
