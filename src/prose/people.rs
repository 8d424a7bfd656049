//! People named in prose, whether they speak or not: a title, an honorific or a common forename before a name.

use std::ops::Range;

use crate::text::span::Span;
use crate::words::Classes;

use super::phrase::{self, NounKind, NounPhrase, Reader};
use super::{Attribution, Form, Sentence, Word};

/// The people named in a block outside quotation marks, in order; puts all runs of capitalised words where those of another block
/// may stand.
pub(super) fn people(
    reader: Reader,
    sentences: &[Sentence],
    attributions: &[Attribution],
    names: &mut Vec<Span>,
) -> Vec<NounPhrase> {
    names.clear();
    let mut found = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let mut at = sentence.words.start;
        // "Said Ana Ruiz, “…”": the verb is no forename.
        let first = attributions.partition_point(|one| one.sentence < index);
        let first = attributions.get(first);
        let opens = first.is_some_and(|one| one.cue.start() == sentence.span.start());
        at += usize::from(opens);
        let is_capital = |word: &Word| matches!(word.form, Form::Capital | Form::Caps);
        let end = sentence.words.end;
        while let Some(by) = reader.words[at.min(end)..end].iter().position(is_capital) {
            at += by;
            let Some(run) = capital_run(reader, sentence, at) else {
                at += 1;
                continue;
            };
            at = run.end;
            names.push(reader.cover(run.clone()));
            found.extend(person(reader, sentence, run));
        }
    }
    found
}

/// The run of capitalised words that begins at `at`.
fn capital_run(reader: Reader, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let starts = reader.is_capital(at)
        && !reader.words[at].is_quoted
        && !reader.has(at, Classes::DETERMINER.or(Classes::PERSONAL));
    if !starts || (at == sentence.words.start && reader.has(at, Classes::STARTER)) {
        return None;
    }
    let mut end = at + 1;
    while end < sentence.words.end {
        let possessive = reader.is_possessive(end - 1);
        let particle = reader.opens_particles(end)
            || reader.has(end, Classes::PARTICLE) && reader.is_capital(end + 1);
        if reader.is_mark(end) {
            let nick = (end + 1..sentence.words.end.min(end + 5))
                .find(|&close| reader.is_mark(close) && reader.nickname_open(close) == Some(end));
            let Some(close) = nick else { break };
            end = close + 1;
            continue;
        }
        if possessive || !(reader.is_capital(end) || particle) {
            break;
        }
        end += 1;
    }
    Some(at..end)
}

fn person(reader: Reader, sentence: &Sentence, run: Range<usize>) -> Option<NounPhrase> {
    let role_before = run.start > sentence.words.start
        && reader.is_lower(run.start - 1)
        && reader.has(run.start - 1, Classes::ROLE);
    let titled = run
        .clone()
        .any(|at| reader.has(at, Classes::ROLE.or(Classes::HONORIFIC)));
    let forename = run.len() >= 2 && reader.has(run.start, Classes::FORENAME);
    if !(role_before || titled || forename) {
        return None;
    }
    let start = if role_before || titled {
        role_start(reader, sentence, run.start)
    } else {
        run.start
    };
    let mut found = phrase::phrase(reader, start..run.end, sentence.words.start)?;
    let name_words = found
        .name
        .map_or(0, |name| name.of(reader.text).split_whitespace().count());
    if found.kind != NounKind::Person
        || name_words == 0
        || (name_words == 1 && !(titled || role_before))
    {
        return None;
    }
    if found.role.is_none() {
        found.role = appositive(reader, sentence, run.end);
    }
    Some(found)
}

/// Goes back from a name over the small words of its title: `former`, `national security adviser`.
fn role_start(reader: Reader, sentence: &Sentence, name: usize) -> usize {
    let mut start = name;
    while start > sentence.words.start {
        let before = start - 1;
        let fits = reader.has(
            before,
            Classes::ROLE
                .or(Classes::RANK)
                .or(Classes::DEMONYM)
                .or(Classes::PLACE)
                .or(Classes::INSTITUTION),
        ) || (start < name || reader.has(start, Classes::ROLE))
            && reader.is_capital(before)
            && before > sentence.words.start
            || (start < name
                && reader.is_lower(before)
                && !reader.has(before, SMALL)
                && reader.of(before).len() > 3
                && is_modifier(reader, before));
        if !fits || reader.is_mark(before) || reader.words[before].is_quoted {
            break;
        }
        start = before;
    }
    start
}

const SMALL: Classes = Classes::PREPOSITION
    .or(Classes::DETERMINER)
    .or(Classes::CLAUSE)
    .or(Classes::CONJUNCTION)
    .or(Classes::AUXILIARY)
    .or(Classes::PRONOUN)
    .or(Classes::PERSONAL)
    .or(Classes::CUE);

/// A small word that stands between small words of a title: "security" of "national security adviser".
fn is_modifier(reader: Reader, at: usize) -> bool {
    reader.is(
        at,
        &[
            "security",
            "policy",
            "press",
            "police",
            "fire",
            "school",
            "council",
            "party",
            "team",
            "climate",
            "trade",
            "health",
            "labor",
            "labour",
            "energy",
            "housing",
            "transport",
            "campaign",
            "committee",
            "union",
            "science",
            "history",
            "law",
            "political",
            "economics",
        ],
    )
}

/// `, a nurse at the clinic,` or `, 47,` right after a name.
fn appositive(reader: Reader, sentence: &Sentence, comma: usize) -> Option<Span> {
    if comma >= sentence.words.end || !reader.is(comma, &[","]) {
        return None;
    }
    let end = (comma + 1..sentence.words.end)
        .find(|&at| matches!(reader.of(at), "," | "." | ";" | "“" | "”" | "—"))?;
    let inside = comma + 1..end;
    let is_role = !inside.is_empty()
        && inside.len() <= 16
        && (inside.clone().any(|at| reader.has(at, Classes::ROLE))
            && reader.has(
                inside.start,
                Classes::DETERMINER.or(Classes::ROLE).or(Classes::RANK),
            )
            || inside.len() == 1 && reader.words[inside.start].form == Form::Number
            || reader.is(inside.start, &["who"]));
    is_role.then(|| reader.cover(inside))
}
