//! The subject of a verb: the noun phrase before it, over appositives, relative clauses and participles.

use std::ops::Range;

use super::phrase::{self, NounKind, NounPhrase, Reader};
use super::tag::Tag;
use crate::words::Classes;

/// The noun phrase that is the subject of the verb group which begins at `end`, not reaching back past `limit`.
pub(super) fn before(reader: Reader, limit: usize, end: usize) -> Option<NounPhrase> {
    let range = range(reader, limit, end)?;
    let range = trimmed(reader, range, limit)?;
    phrase::phrase(reader, range, limit)
}

/// The subject over a relative clause without commas: "the groups who wrote to her on Thursday | say".
pub(super) fn over_relative(reader: Reader, limit: usize, end: usize) -> Option<NounPhrase> {
    let open = (limit + 1..end).rev().find(|&at| {
        reader.is(at, &["who", "that", "which"])
            && matches!(reader.tag(at), Tag::Question | Tag::Opener)
    })?;
    let inside = || open + 1..end;
    let marks = inside().any(|at| reader.is_mark(at) || reader.words[at].is_quoted);
    let mut tells = 0;
    let mut in_group = false;
    for at in inside() {
        let tag = reader.tag(at);
        tells += usize::from(tag.is_finite() && !in_group);
        in_group = tag.is_verb() || in_group && tag == Tag::Adverb;
    }
    let ends_in_noun = reader.tag(end - 1).is_nominal() || reader.tag(end - 1) == Tag::Pronoun;
    let describes = tells == 1 && !marks && ends_in_noun && reader.tag(open + 1).is_finite();
    let found = describes.then(|| before(reader, limit, open)).flatten()?;
    // "Two people who attended the meeting": how they know belongs to people without a name.
    match found.kind {
        NounKind::Anonymous(_) => {
            let (from, _) = reader.range(found.span);
            phrase::phrase(reader, from..end, limit)
        }
        _ => Some(found),
    }
}

/// "A statement posted on the site | said": a participle behind its noun that the tagger took for the verb.
pub(super) fn describes(reader: Reader, at: usize, end: usize) -> bool {
    let looks_so = reader.tag(at) == Tag::Past
        && reader.of(at).ends_with("ed")
        && at > 0
        && reader.tag(at - 1) == Tag::Noun
        && reader.is(at + 1, &["on", "in", "by", "at", "from", "to"]);
    if !looks_so {
        return false;
    }
    for next in at + 2..end.min(at + 10) {
        let tag = reader.tag(next);
        if tag.is_finite() {
            return !reader.words[next].is_quoted;
        }
        if reader.is_mark(next)
            || tag.is_verb()
            || matches!(
                tag,
                Tag::Opener | Tag::Coordinator | Tag::Question | Tag::Pronoun | Tag::To
            )
        {
            return false;
        }
    }
    false
}

/// A verb with its helpers.
pub(super) struct Group {
    /// The first word of helpers and adverbs.
    pub start: usize,
    /// "is expected"
    pub is_passive: bool,
    /// "to expect"
    pub is_infinitive: bool,
    /// Whether a helper stands before the verb.
    pub has_helper: bool,
}

/// The helpers and adverbs before the verb at `at`.
pub(super) fn group(reader: Reader, limit: usize, at: usize) -> Group {
    let mut group = Group {
        start: at,
        is_passive: false,
        is_infinitive: false,
        has_helper: false,
    };
    let participle = matches!(reader.tag(at), Tag::Participle | Tag::Past);
    while group.start > limit {
        let before = group.start - 1;
        let tag = reader.tag(before);
        let helps = reader.has(before, Classes::AUXILIARY) && reader.is_lower(before);
        let adverb = tag == Tag::Adverb && reader.is_lower(before)
            || reader.is(before, &["not", "n't", "also"]);
        if tag == Tag::To {
            group.is_infinitive = true;
            break;
        }
        if !(helps || adverb) {
            break;
        }
        if reader.has(before, Classes::BE) && participle && !group.has_helper {
            group.is_passive = true;
        }
        group.has_helper |= helps;
        group.start = before;
    }
    group
}

/// The subject of the verb that tells and stands nearest before a word.
pub(super) fn of_clause(reader: Reader, limit: usize, before_word: usize) -> Option<NounPhrase> {
    let verb = (limit..before_word)
        .rev()
        .find(|&at| reader.tag(at).is_finite() && !reader.words[at].is_quoted)?;
    let start = group(reader, limit, verb).start;
    let shared = start > limit && reader.tag(start - 1) == Tag::Coordinator;
    if shared {
        return of_clause(reader, limit, start);
    }
    if reader.tag(start) == Tag::PronounVerb {
        return phrase::phrase(reader, start..start + 1, limit);
    }
    before(reader, limit, start).or_else(|| {
        // A verb whose subject is not understood: the one before it may have it.
        (start > limit)
            .then(|| of_clause(reader, limit, start))
            .flatten()
    })
}

/// Who does what a participle or an infinitive tells: "with Ruiz saying", "Ruiz left, saying", "Saying so, Ruiz left".
pub(super) fn of_participle(
    reader: Reader,
    limit: usize,
    at: usize,
    end: usize,
) -> Option<NounPhrase> {
    if let Some(last) = at.checked_sub(1).filter(|&last| last >= limit)
        && reader.tag(last).is_nominal()
        && let Some(range) = range(reader, limit, at)
        && range.start > limit
        && reader.is(range.start - 1, &["with"])
    {
        return phrase::phrase(reader, range, limit);
    }
    of_clause(reader, limit, at).or_else(|| {
        // "Acknowledging that it was late, Ruiz left."
        let comma = (at..end).find(|&at| {
            reader.of(at) == "," && super::frame::is_bare_clause(reader, at + 1, end)
        })?;
        phrase::after(reader, comma + 1, end)
    })
}

/// The words of that phrase.
fn range(reader: Reader, limit: usize, end: usize) -> Option<Range<usize>> {
    let mut last = end.checked_sub(1).filter(|&last| last >= limit)?;
    let mut hops = 0;
    loop {
        if hops > 4 || reader.words[last].is_quoted {
            return None;
        }
        hops += 1;
        if let Some(before) = before_time(reader, limit, last) {
            last = before;
            continue;
        }
        let mut sign = reader.of(last);
        // "Ruiz, host of “Harbor Hour,” said": the comma stands before the closing mark.
        if matches!(sign, "”" | "\"") && last > limit && reader.of(last - 1) == "," {
            last -= 1;
            sign = ",";
        }
        if reader.tag(last) == Tag::Adverb && reader.is_lower(last) && last > limit {
            last -= 1;
            continue;
        }
        if let Some(start) = phrase::time_start(reader, limit, last) {
            last = start.checked_sub(1).filter(|&last| last >= limit)?;
            continue;
        }
        if sign == ")" {
            let open = (limit..last).rev().find(|&at| reader.of(at) == "(")?;
            last = open.checked_sub(1).filter(|&last| last >= limit)?;
            continue;
        }
        if sign == "," || reader.is_dash(last) {
            let open = opening(reader, limit, last)?;
            last = open.checked_sub(1).filter(|&last| last >= limit)?;
            continue;
        }
        let is_age = reader.words[last].form == super::Form::Number
            && last >= limit + 2
            && reader.of(last - 1) == ","
            && reader.is_capital(last - 2);
        if is_age {
            last -= 2;
            continue;
        }
        let relative = matches!(reader.tag(last), Tag::Question)
            && reader.is(last, &["who", "which", "that"])
            || reader.tag(last) == Tag::Opener && reader.is(last, &["that"]);
        if relative {
            let skip = last.checked_sub(1).filter(|&last| last >= limit)?;
            last = match reader.of(skip) == "," || reader.is_dash(skip) {
                true => skip.checked_sub(1).filter(|&last| last >= limit)?,
                false => skip,
            };
            continue;
        }
        break;
    }
    if matches!(reader.tag(last), Tag::Pronoun) || reader.has(last, Classes::PERSONAL) {
        return Some(last..last + 1);
    }
    let is_head = reader.tag(last).is_nominal()
        || reader.is_capital(last)
        || reader.nickname_open(last).is_some();
    if !is_head {
        return None;
    }
    let mut start = chunk(reader, limit, last);
    while let Some(before) = start.checked_sub(1).filter(|&before| before > limit) {
        let noun_before = |at: usize| {
            at >= limit
                && (matches!(
                    reader.tag(at),
                    Tag::Noun | Tag::Name | Tag::Number | Tag::Determiner
                ) || reader.is_capital(at) && reader.tag(at) != Tag::Preposition)
                && !reader.words[at].is_quoted
        };
        let tag = reader.tag(before);
        let joins = match tag {
            Tag::Preposition => noun_before(before - 1),
            Tag::Coordinator => {
                reader.is(before, &["and", "or", "&"])
                    && (noun_before(before - 1)
                        || reader.of(before - 1) == ","
                            && before >= limit + 2
                            && noun_before(before - 2)
                            && is_list(reader, limit, before - 1))
            }
            Tag::Participle | Tag::Gerund => {
                noun_before(before - 1) && !reader.has(before, Classes::AUXILIARY)
            }
            Tag::Mark => {
                reader.of(before) == ","
                    && noun_before(before - 1)
                    && is_list(reader, before + 1, last)
            }
            _ => false,
        };
        if !joins || last - start > 30 {
            break;
        }
        let next = if tag == Tag::Coordinator && reader.of(before - 1) == "," {
            before - 2
        } else {
            before - 1
        };
        start = chunk(reader, limit, next);
    }
    Some(start..last + 1)
}

/// The word before "on Tuesday", "last week", "in 2010" and "released Sunday", if a subject can end there.
fn before_time(reader: Reader, limit: usize, last: usize) -> Option<usize> {
    let ends = |at: usize| {
        reader.tag(at).is_nominal()
            || reader.is_mark(at) && (reader.of(at) == "," || reader.is_dash(at))
    };
    let is_day = reader.has(last, Classes::WEEKDAY.or(Classes::DAY).or(Classes::MONTH));
    let is_period =
        reader.has(last, Classes::PERIOD) && last > limit && reader.is(last - 1, &["last", "this"]);
    let is_year = reader.words[last].form == super::Form::Number && reader.of(last).len() == 4;
    let on =
        |at: usize| at > limit && reader.is(at, &["on", "in", "last", "this", "earlier", "late"]);
    let from = match (is_day, is_period, is_year) {
        (true, _, _) if last > limit && on(last - 1) => last - 1,
        (true, _, _) if last > limit => last,
        (_, true, _) => last - 1,
        (_, _, true) if last > limit && reader.is(last - 1, &["in"]) => last - 1,
        _ => {
            // "polls released | Sunday": a participle behind its noun.
            let describes = reader.tag(last) == Tag::Participle
                && last > limit
                && reader.tag(last - 1).is_nominal()
                && !reader.has(last - 1, Classes::DETERMINER);
            return describes.then(|| last - 1);
        }
    };
    let before = from.checked_sub(1).filter(|&before| before >= limit)?;
    let before = match reader.tag(before) {
        Tag::Participle | Tag::Preposition if before > limit => {
            before - usize::from(reader.tag(before - 1).is_nominal())
        }
        _ => before,
    };
    ends(before).then_some(before)
}

/// Whether "and" stands in the words, and every word is part of a list of names or nouns.
fn is_list(reader: Reader, from: usize, to: usize) -> bool {
    let mut joined = false;
    for at in from..to {
        let tag = reader.tag(at);
        joined |= tag == Tag::Coordinator;
        if tag.is_verb() {
            return false;
        }
    }
    joined || (from..to).any(|at| reader.of(at) == ",")
}

/// The first word of the run of nouns, adjectives and determiners that ends at `last`.
fn chunk(reader: Reader, limit: usize, last: usize) -> usize {
    let mut start = last;
    if let Some(open) = reader.nickname_open(last).filter(|&open| open > limit) {
        start = open;
    }
    while start > limit {
        let before = start - 1;
        if reader.words[before].is_quoted && !reader.is_mark(before) {
            break;
        }
        if reader.is_mark(before) {
            let Some(open) = reader.nickname_open(before).filter(|&open| open > limit) else {
                break;
            };
            start = open;
            continue;
        }
        let tag = reader.tag(before);
        let owned = matches!(reader.tag(start), Tag::Determiner | Tag::Owner);
        // A determiner opens a phrase: what stands before it is another.
        if owned && !reader.is(before, &["all", "both", "half", "of"]) {
            break;
        }
        let verbal = matches!(tag, Tag::Gerund | Tag::Participle)
            && before > limit
            && (matches!(
                reader.tag(before - 1),
                Tag::Determiner | Tag::Owner | Tag::Adjective
            ));
        let particle = reader.has(before, Classes::PARTICLE) && reader.is_capital(start)
            || reader.opens_particles(before);
        let adverb = tag == Tag::Adverb
            && matches!(reader.tag(start), Tag::Adjective | Tag::Number)
            && before > limit;
        if !(tag.is_nominal()
            || verbal
            || particle
            || adverb
            || is_inner_capital(reader, before, limit))
        {
            break;
        }
        start = before;
    }
    start
}

/// A capitalised word inside a sentence that the tagger took for something else is part of a name.
fn is_inner_capital(reader: Reader, at: usize, limit: usize) -> bool {
    at > limit
        && reader.is_capital(at)
        && !reader.has(
            at,
            Classes::CLAUSE.or(Classes::AUXILIARY).or(Classes::PERSONAL),
        )
}

/// Where the parenthesis opens that closes at `close` with the same sign.
fn opening(reader: Reader, limit: usize, close: usize) -> Option<usize> {
    let sign = reader.of(close);
    for at in (limit + 1..close).rev().take(32) {
        if reader.of(at) != sign || reader.words[at].is_quoted {
            continue;
        }
        let first = at + 1;
        let is_aside = first < close
            && (matches!(
                reader.tag(first),
                Tag::Determiner
                    | Tag::Noun
                    | Tag::Question
                    | Tag::Number
                    | Tag::Preposition
                    | Tag::Gerund
                    | Tag::Participle
                    | Tag::Past
                    | Tag::Owner
                    | Tag::Adjective
                    | Tag::Adverb
                    | Tag::Opener
            ) || reader.is(first, &["himself", "herself", "itself", "themselves"])
                || reader.has(first, Classes::ROLE.or(Classes::RANK))
                || close - first <= 4);
        let names_before = matches!(
            reader.tag(at - 1),
            Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Number
        ) || reader.is_capital(at - 1);
        return (is_aside && names_before).then_some(at);
    }
    None
}

/// The phrase without "On Monday", "In Ohio" and "But" at its front.
fn trimmed(reader: Reader, range: Range<usize>, limit: usize) -> Option<Range<usize>> {
    let mut start = range.start;
    while start < range.end {
        let is_day = reader.has(start, Classes::WEEKDAY.or(Classes::DAY)) && start + 1 < range.end;
        let is_small = start == limit
            && (reader.has(start, Classes::CONJUNCTION.or(Classes::CLAUSE))
                || reader.has(start, Classes::ADVERB) && !reader.has(start, Classes::NUMBER));
        let is_preposition = reader.tag(start) == Tag::Preposition;
        if is_day || is_small {
            start += 1;
            continue;
        }
        if is_preposition {
            return None;
        }
        break;
    }
    (start < range.end).then_some(start..range.end)
}
