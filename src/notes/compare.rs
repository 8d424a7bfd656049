//! A quotation against one record: the same, or what differs and how much that matters.

use std::ops::Range;

use super::align::{self, Alignment, Gap, Hunk};
use super::fold::{Class, Word};
use super::quotation::{Joint, Quotation};
use super::record::{Kind, Record};
use super::sound::{run_sounds_alike, sounds_alike};
use crate::prose::fold::fold;
use crate::text::order;

/// How a quotation lies in a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The words of the record, as indices.
    pub place: Range<usize>,
    /// How like it is.
    pub likeness: Likeness,
    /// What differs and matters, in order.
    pub changes: Vec<Change>,
    /// How many of the quotation's words stand there.
    pub matched: usize,
    /// How many of those have a meaning of their own.
    pub content: usize,
    /// For words put together from two places: the second place.
    pub second: Option<Range<usize>>,
}

/// How like a quotation and a record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Word for word, but for fillers, case, spelling, and what ellipses and brackets show.
    Same,
    /// The same but for what a machine may have heard wrongly.
    Heard,
    /// The same, but words are left out and nothing shows it.
    Trimmed,
    /// Put together from two places, and nothing shows it.
    Stitched,
    /// Other words.
    Differs,
}

/// A place where a quotation differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, on both sides.
    pub hunk: Hunk,
    /// What kind of change.
    pub kind: ChangeKind,
}

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Words of the record are not there.
    LeftOut,
    /// Words are there that the record has not.
    Added,
    /// Other words.
    Other,
    /// A name.
    Name,
    /// A number.
    Number,
    /// One says no, the other does not.
    Negation,
}

/// What a comparison lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Words and phrases that a quotation may leave out, folded, each as its words.
    pub fillers: Vec<Vec<u32>>,
}

/// Words that an ellipsis may stand for, at most: beyond it the words come from two places.
const ELLIPSIS: usize = 250;
/// Words that a bracket may stand for, at most.
const BRACKET: usize = 12;
/// Words in a row from one place, at least, for the words to be put together.
const STITCH: usize = 4;

/// How a quotation lies in a record; none where nothing there is like it.
pub fn compare(quotation: &Quotation, record: &Record, allowance: &Allowance) -> Option<Match> {
    same(quotation, record).or_else(|| nearly(quotation, record, allowance))
}

/// All places at which a quotation stands in a record word for word; at most `most`.
pub fn all_same(quotation: &Quotation, record: &Record, most: usize) -> Vec<Match> {
    let Some(first) = quotation.pieces.first() else {
        return Vec::new();
    };
    let starts = align::exact(&quotation.words[first.words.clone()], record, most);
    let chains = starts
        .into_iter()
        .filter_map(|start| chain(quotation, record, start));
    let found = chains.map(|place| whole(quotation, place, Likeness::Same));
    let mut found: Vec<Match> = found.collect();
    // Where pieces stand in several places, those that stand closest belong together.
    order::by_key(&mut found, |one| one.place.len());
    found
}

fn same(quotation: &Quotation, record: &Record) -> Option<Match> {
    all_same(quotation, record, 64).into_iter().next()
}

/// Follows the pieces from the place of the first on; the place of them all.
fn chain(quotation: &Quotation, record: &Record, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    for (index, piece) in quotation.pieces.iter().enumerate() {
        let words = &quotation.words[piece.words.clone()];
        if index > 0 {
            let reach = reach(piece.joint);
            at = next(words, record, at, reach)?;
        }
        at += words.len();
    }
    Some(start..at)
}

fn reach(joint: Joint) -> usize {
    match joint {
        Joint::Start => 0,
        Joint::Ellipsis => ELLIPSIS,
        Joint::Bracket => BRACKET,
    }
}

/// Where some words stand exactly so, from an index on and within reach.
fn next(words: &[Word], record: &Record, from: usize, reach: usize) -> Option<usize> {
    let last = record.words.len().checked_sub(words.len())?;
    (from..=last.min(from + reach)).find(|start| {
        record.words[*start..*start + words.len()]
            .iter()
            .zip(words)
            .all(|(one, other)| one.key == other.key)
    })
}

fn whole(quotation: &Quotation, place: Range<usize>, likeness: Likeness) -> Match {
    Match {
        place,
        likeness,
        changes: Vec::new(),
        matched: quotation.words.len(),
        content: content(&quotation.words),
        second: None,
    }
}

fn content(words: &[Word]) -> usize {
    words
        .iter()
        .filter(|word| word.class != Class::Small)
        .count()
}

fn nearly(quotation: &Quotation, record: &Record, allowance: &Allowance) -> Option<Match> {
    let inner = quotation.pieces.iter().skip(1);
    let gaps: Vec<Gap> = inner
        .map(|piece| Gap {
            before: piece.words.start,
            reach: reach(piece.joint),
        })
        .collect();
    let joined = align::nearest(&quotation.words, quotation.text, &gaps, record);
    let parted = (quotation.pieces.len() > 1)
        .then(|| in_pieces(quotation, record))
        .flatten();
    let best = match (joined, parted) {
        (Some(one), Some(other)) if other.matched > one.matched => Some(other),
        (one, other) => one.or(other),
    };
    let mut changes = best.as_ref().map_or(Vec::new(), |best| {
        changes(quotation, record, best, allowance)
    });
    let heard =
        best.is_some() && record.kind == Kind::Machine && is_misheard(quotation, record, &changes);
    let count = quotation.words.len();
    let is_poor = best.as_ref().is_none_or(|one| one.matched * 10 < count * 9);
    // What a machine may have heard so comes from one place, though parts of it may stand better elsewhere.
    if is_poor && !heard {
        let stitched = stitched(quotation, record, best.as_ref())
            .or_else(|| nearly_stitched(quotation, record, best.as_ref()));
        if stitched.is_some() {
            return stitched;
        }
    }
    let best = best?;
    if heard {
        changes.clear();
    }
    let likeness = if heard {
        Likeness::Heard
    } else if changes.is_empty() {
        Likeness::Same
    } else if changes.iter().all(|one| one.hunk.words.is_empty()) {
        Likeness::Trimmed
    } else {
        Likeness::Differs
    };
    let missed: usize = best
        .hunks
        .iter()
        .map(|hunk| content(&quotation.words[hunk.words.clone()]))
        .sum();
    Some(Match {
        place: best.place,
        likeness,
        changes,
        matched: best.matched,
        content: content(&quotation.words) - missed,
        second: None,
    })
}

/// The pieces each at its own nearest place, if those follow one another within reach.
fn in_pieces(quotation: &Quotation, record: &Record) -> Option<Alignment> {
    let mut whole: Option<Alignment> = None;
    for piece in &quotation.pieces {
        let words = &quotation.words[piece.words.clone()];
        let found = align::nearest(words, quotation.text, &[], record)?;
        let hunks = found.hunks.into_iter().map(|hunk| Hunk {
            words: hunk.words.start + piece.words.start..hunk.words.end + piece.words.start,
            record: hunk.record,
        });
        match &mut whole {
            None => {
                whole = Some(Alignment {
                    place: found.place,
                    matched: found.matched,
                    hunks: hunks.collect(),
                });
            }
            Some(whole) => {
                let end = whole.place.end;
                if found.place.start < end || found.place.start > end + reach(piece.joint) {
                    return None;
                }
                whole.place.end = found.place.end;
                whole.matched += found.matched;
                whole.hunks.extend(hunks);
            }
        }
    }
    whole
}

/// Words put together from distant places: nearly all of them stand in long runs, far from one another or in another order.
fn stitched(quotation: &Quotation, record: &Record, best: Option<&Alignment>) -> Option<Match> {
    let words = &quotation.words;
    let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    let mut covered = 0;
    while at + 1 < words.len() {
        match align::longest_run(words, at, record) {
            Some((length, place)) if length >= STITCH.min(words.len()) => {
                covered += length;
                runs.push((at..at + length, place));
                at += length;
            }
            _ => at += 1,
        }
    }
    if runs.len() < 2 {
        return None;
    }
    let reach = ELLIPSIS;
    let is_distant = runs.windows(2).any(|pair| {
        let end = pair[0].1 + pair[0].0.len();
        pair[1].1 < end || pair[1].1 > end + reach
    });
    let is_better = best.is_none_or(|best| best.matched + 2 < covered);
    let is_lost = || {
        let mut parts = runs.iter().map(|(run, _)| run.clone());
        best.is_none_or(|best| parts.any(|part| is_lost(quotation, record, best, part)))
    };
    if covered * 10 < words.len() * 8 || !is_distant || !is_better || !is_lost() {
        return None;
    }
    let mut longest: Vec<&(Range<usize>, usize)> = runs.iter().collect();
    order::by_key(&mut longest, |(run, _)| std::cmp::Reverse(run.len()));
    longest.truncate(2);
    order::by_key(&mut longest, |(run, _)| run.start);
    let place = |(run, place): &(Range<usize>, usize)| *place..place + run.len();
    Some(Match {
        place: place(longest[0]),
        likeness: Likeness::Stitched,
        changes: Vec::new(),
        matched: covered,
        content: content(words),
        second: longest.get(1).map(|run| place(run)),
    })
}

/// The same where words in the two places are changed or misheard.
fn nearly_stitched(
    quotation: &Quotation,
    record: &Record,
    best: Option<&Alignment>,
) -> Option<Match> {
    let (cut, first, second) = align::in_two(&quotation.words, quotation.text, record)?;
    let matched = first.matched + second.matched;
    let parts = [0..cut, cut..quotation.words.len()];
    let is_lost = |best| {
        let mut parts = parts.iter().cloned();
        parts.any(|part| is_lost(quotation, record, best, part))
    };
    let is_distant =
        second.place.start < first.place.start || second.place.start > first.place.end + ELLIPSIS;
    let is_better = best.is_none_or(|best| best.matched + 2 < matched && is_lost(best));
    (is_distant && is_better).then(|| Match {
        place: first.place,
        likeness: Likeness::Stitched,
        changes: Vec::new(),
        matched,
        content: content(&quotation.words),
        second: Some(second.place),
    })
}

/// Whether a part of a quotation is not where the whole lies best: half of its words, at least, do not stand there, nor
/// in a form that sounds like them.
fn is_lost(quotation: &Quotation, record: &Record, best: &Alignment, part: Range<usize>) -> bool {
    let mut missing = 0;
    for hunk in &best.hunks {
        let there = &record.words[hunk.record.clone()];
        for at in hunk.words.clone().filter(|at| part.contains(at)) {
            let here = letters(quotation.text, &quotation.words[at..=at]);
            let is_heard = record.kind == Kind::Machine
                && there
                    .iter()
                    .any(|word| sounds_alike(&here, &letters(&record.source.text, &[*word])));
            missing += usize::from(!is_heard);
        }
    }
    missing * 2 >= part.len()
}

/// What differs and matters.
fn changes(
    quotation: &Quotation,
    record: &Record,
    found: &Alignment,
    allowance: &Allowance,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for hunk in &found.hunks {
        let (here, there) = (
            &quotation.words[hunk.words.clone()],
            &record.words[hunk.record.clone()],
        );
        let is_filler = here.is_empty() && is_filler(record, &hunk.record, allowance);
        // A word that a machine wrote as two may lie half outside.
        let is_broken = hunk.words.start == 0
            && hunk.record.start > 0
            && same_letters(
                quotation,
                here,
                record,
                &record.words[hunk.record.start - 1..hunk.record.end],
            )
            || hunk.words.end == quotation.words.len()
                && hunk.record.end < record.words.len()
                && same_letters(
                    quotation,
                    here,
                    record,
                    &record.words[hunk.record.start..=hunk.record.end],
                );
        if is_filler || is_broken || same_letters(quotation, here, record, there) {
            continue;
        }
        changes.push(Change {
            hunk: hunk.clone(),
            kind: kind(quotation, here, record, there),
        });
    }
    changes
}

/// Whether words left out are fillers. "I mean I told" without "mean I" is without "I mean": the run may be laid further left.
fn is_filler(record: &Record, range: &Range<usize>, allowance: &Allowance) -> bool {
    let words = &record.words;
    let mut range = range.clone();
    loop {
        let before = range.start.checked_sub(1);
        // "I, I mean, saw" is "I mean saw" once the stutter is gone: the filler may begin with a word that is kept.
        let with_kept = before.map_or(range.start, |at| at)..range.end;
        if [range.clone(), with_kept]
            .iter()
            .any(|range| are_fillers(&words[range.clone()], allowance))
        {
            return true;
        }
        let Some(before) = before.filter(|at| words[*at].key == words[range.end - 1].key) else {
            return false;
        };
        range = before..range.end - 1;
    }
}

fn are_fillers(words: &[Word], allowance: &Allowance) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let filler = allowance.fillers.iter().find(|filler| {
            filler.len() <= rest.len()
                && filler.iter().zip(rest).all(|(key, word)| *key == word.key)
        });
        rest = match filler {
            Some(filler) if !filler.is_empty() => &rest[filler.len()..],
            _ => return false,
        };
    }
    true
}

fn letters(text: &str, words: &[Word]) -> String {
    let mut letters = String::new();
    let mut before = None;
    for word in words {
        if before != Some(word.span()) {
            letters.push_str(&fold(word.span().of(text)));
        }
        before = Some(word.span());
    }
    letters.retain(char::is_alphanumeric);
    letters
}

/// "everybody" and "every body", "email" and "e-mail".
fn same_letters(quotation: &Quotation, here: &[Word], record: &Record, there: &[Word]) -> bool {
    let (one, other) = (
        letters(quotation.text, here),
        letters(&record.source.text, there),
    );
    !one.is_empty() && one == other
}

fn kind(quotation: &Quotation, here: &[Word], record: &Record, there: &[Word]) -> ChangeKind {
    let count = |words: &[Word], class| words.iter().filter(|word| word.class == class).count();
    if count(here, Class::Negation) != count(there, Class::Negation) {
        return ChangeKind::Negation;
    }
    let numbers = |words: &[Word]| {
        let numbers = words.iter().filter(|word| word.class == Class::Number);
        let mut keys: Vec<u32> = numbers.map(|word| word.key).collect();
        keys.sort_unstable();
        keys
    };
    if numbers(here) != numbers(there) {
        return ChangeKind::Number;
    }
    if here.is_empty() {
        return ChangeKind::LeftOut;
    }
    let is_named = |text: &str, words: &[Word]| words.iter().any(|word| is_name(text, *word));
    if is_named(quotation.text, here) || is_named(&record.source.text, there) {
        return ChangeKind::Name;
    }
    if there.is_empty() {
        return ChangeKind::Added;
    }
    ChangeKind::Other
}

/// A capital in the middle of a sentence.
fn is_name(text: &str, word: Word) -> bool {
    let span = word.span();
    let has_capital = span.of(text).starts_with(char::is_uppercase);
    let is_own = word.class == Class::Content && span.len() > 1;
    let before = text[..span.start()].trim_end_matches([' ', '\n', '\r', '\t', '-']);
    has_capital && is_own && before.ends_with(|c: char| c.is_alphanumeric() || c == ',' || c == ';')
}

/// Whether all that differs is what a machine may have heard wrongly, and not much of it.
fn is_misheard(quotation: &Quotation, record: &Record, changes: &[Change]) -> bool {
    let allowed = (quotation.words.len() / 3).max(1);
    let mut changed = 0;
    let each = changes.iter().all(|change| {
        let here = &quotation.words[change.hunk.words.clone()];
        let there = &record.words[change.hunk.record.clone()];
        changed += content(here).max(content(there));
        let (one, other) = (
            apart(quotation.text, here),
            apart(&record.source.text, there),
        );
        if are_one_sound(&one, &other) || is_at_edge(quotation, record, &change.hunk) {
            return true;
        }
        if matches!(change.kind, ChangeKind::Negation | ChangeKind::Number) {
            return false;
        }
        let is_small = |words: &[Word]| words.iter().all(|word| word.class == Class::Small);
        let is_one_more = here.len().abs_diff(there.len()) <= 1;
        if is_small(here) && is_small(there) && is_one_more && here.len() <= 3 {
            return true;
        }
        // A small word at either end that was not heard at all was laid against its neighbour.
        let hunk = &change.hunk.words;
        let is_end = hunk.start == 0 || hunk.end == quotation.words.len();
        if is_end && is_small(here) && hunk.len() == 1 && there.len() <= 1 {
            return true;
        }
        if here.len() > 4 || there.len() > 4 {
            return false;
        }
        // Word for word where they pair, else as one run of sound; small words come and go. What stands beside a
        // sign for words left out may belong to those.
        let sides = (parts(here, &one), parts(there, &other));
        let heavy =
            |side: &[Part]| -> Vec<Part> { side.iter().filter(|part| !part.1).cloned().collect() };
        let (heard, said) = (heavy(&sides.0), heavy(&sides.1));
        let is_seam = |at: usize| {
            quotation
                .pieces
                .iter()
                .any(|piece| at > 0 && piece.words.start == at)
        };
        let spare = usize::from(!here.is_empty() && !there.is_empty());
        pair(&sides.0, &sides.1, spare)
            || is_seam(hunk.start) && (1..=there.len()).any(|at| pair(&sides.0, &sides.1[at..], 1))
            || is_seam(hunk.end) && (0..there.len()).any(|at| pair(&sides.0, &sides.1[..at], 1))
            || one.len() != other.len() && run_sounds_alike(&one.concat(), &other.concat())
            || heard.len() != said.len() && run_sounds_alike(&run(&heard), &run(&said))
    });
    each && changed <= allowed
}

/// A first or last word that was found a few words further off: a small one, which is anywhere, or one that stands
/// nearer in a form that sounds like it.
fn is_at_edge(quotation: &Quotation, record: &Record, hunk: &Hunk) -> bool {
    let words = &quotation.words;
    let (edge, near) = if !hunk.words.is_empty() || words.len() < 2 || hunk.record.len() > 3 {
        return false;
    } else if hunk.words.start == 1 {
        (words[0], record.words[hunk.record.end - 1])
    } else if hunk.words.start == words.len() - 1 {
        (words[words.len() - 1], record.words[hunk.record.start])
    } else {
        return false;
    };
    let is_plain = |word: Word| !matches!(word.class, Class::Negation | Class::Number);
    // One word between is a word left out.
    let is_anywhere =
        edge.class == Class::Small && (near.class == Class::Small || hunk.record.len() > 1);
    is_plain(edge)
        && is_plain(near)
        && (is_anywhere
            || sounds_alike(
                &letters(quotation.text, &[edge]),
                &letters(&record.source.text, &[near]),
            ))
}

/// A word's letters, and whether it is a small word.
type Part = (String, bool);

fn parts(words: &[Word], letters: &[String]) -> Vec<Part> {
    let small = words.iter().map(|word| word.class == Class::Small);
    letters.iter().cloned().zip(small).collect()
}

fn run(parts: &[Part]) -> String {
    parts.iter().map(|part| part.0.as_str()).collect()
}

/// Whether words pair in order, each the same or alike in sound; some small words may come or go.
fn pair(one: &[Part], other: &[Part], spare: usize) -> bool {
    match (one, other) {
        ([], []) => true,
        ([(_, true), rest @ ..], _) if spare > 0 && pair(rest, other, spare - 1) => true,
        (_, [(_, true), rest @ ..]) if spare > 0 && pair(one, rest, spare - 1) => true,
        ([here, one @ ..], [there, other @ ..]) => {
            let are_small = here.1 && there.1;
            let is_heard = here.0 == there.0 || are_small || sounds_alike(&here.0, &there.0);
            is_heard && pair(one, other, spare)
        }
        _ => false,
    }
}

/// The letters of each word.
fn apart(text: &str, words: &[Word]) -> Vec<String> {
    words.iter().map(|word| letters(text, &[*word])).collect()
}

/// Words that are written differently and sound the same, numbers among them.
fn are_one_sound(one: &[String], other: &[String]) -> bool {
    const SAME: &[&[&str]] = &[
        &["for", "four"],
        &["to", "too", "two"],
        &["won", "one", "ones"],
        &["ate", "eight"],
        &["no", "know"],
        &["not", "knot"],
        &["new", "knew"],
    ];
    let group = |word: &String| SAME.iter().position(|group| group.contains(&word.as_str()));
    let (mut one, mut other) = (one.to_vec(), other.to_vec());
    let pair = one.iter().enumerate().find_map(|(at, word)| {
        let group = group(word)?;
        let twin = other
            .iter()
            .position(|word| SAME[group].contains(&word.as_str()))?;
        Some((at, twin))
    });
    let Some((at, twin)) = pair else {
        return false;
    };
    one.remove(at);
    other.remove(twin);
    let rest = [one, other].concat();
    rest.len() <= 2
        && rest.iter().all(|word| {
            super::fold::words(word)
                .iter()
                .all(|word| word.class == Class::Small)
        })
}
