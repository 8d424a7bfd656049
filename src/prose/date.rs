//! Words of time that mean nothing without a publication date.

use crate::text::span::Span;
use crate::words::Classes;

use super::{Form, Word};

/// A word of time outside quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// With its preposition or "back in", never the verb.
    pub span: Span,
    /// What kind.
    pub kind: TimeKind,
}

/// What kind of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// `Thursday`, `on Thursday`
    Weekday,
    /// `today`, `yesterday`, `tomorrow`
    Day,
    /// `this month`, `last year`
    Period,
    /// `in April`, `Back in May`: a month without a year.
    Month,
}

/// The words of time in a block, outside quotation marks.
pub fn times(text: &str, words: &[Word]) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.is_quoted || !word.classes.has(TIME) {
            continue;
        }
        let Some((first, last, kind)) = time_at(text, words, at) else {
            continue;
        };
        let span = words[first].span.cover(words[last].span);
        if found
            .last()
            .is_none_or(|before| before.span.end() <= span.start())
        {
            found.push(Time { span, kind });
        }
    }
    found
}

/// What a word of time is.
const TIME: Classes = Classes::WEEKDAY
    .or(Classes::DAY)
    .or(Classes::PERIOD)
    .or(Classes::MONTH);

fn time_at(text: &str, words: &[Word], at: usize) -> Option<(usize, usize, TimeKind)> {
    let word = &words[at];
    let is = |index: usize, options: &[&str]| {
        words.get(index).is_some_and(|word| {
            options
                .iter()
                .any(|option| word.span.of(text).eq_ignore_ascii_case(option))
        })
    };
    let before = at.checked_sub(1);
    let capital = word.form == Form::Capital;
    if word.classes.has(Classes::WEEKDAY) && capital {
        let habitual = before.is_some_and(|b| {
            is(
                b,
                &[
                    "every", "each", "good", "black", "cyber", "ash", "palm", "easter", "super",
                    "bloody",
                ],
            )
        });
        let dated = words
            .get(at + 1)
            .is_some_and(|next| next.span.of(text) == ",")
            && words
                .get(at + 2)
                .is_some_and(|next| next.classes.has(Classes::MONTH) || next.form == Form::Number)
            && (at + 3..at + 7).any(|index| {
                words
                    .get(index)
                    .is_some_and(|word| is_year(word.span.of(text)))
            });
        // "Thursday’s" and "a Thursday" are as relative as "Thursday"; plural "Thursdays" is a habit and not in the list.
        return (!habitual && !dated)
            .then(|| (with_preposition(text, words, at), at, TimeKind::Weekday));
    }
    if word.classes.has(Classes::DAY) && word.form == Form::Lower {
        let now = is(at, &["today"]) && before.is_some_and(|b| is(b, &["of", "until", "even"]));
        let fixed = words
            .get(at + 1)
            .is_some_and(|next| next.span.of(text) == "’s");
        return (!now && !fixed).then_some((at, at, TimeKind::Day));
    }
    if word.classes.has(Classes::PERIOD) && word.form == Form::Lower {
        let b = before?;
        if !is(b, &["this", "last", "next"]) {
            return None;
        }
        // "last year of his term", "the last week": no point in time of its own.
        let counted = b
            .checked_sub(1)
            .is_some_and(|c| is(c, &["the", "his", "her", "their", "its", "our"]))
            || is(at + 1, &["of"]);
        let start = match b.checked_sub(1) {
            Some(c) if is(c, &["earlier", "later", "early", "late"]) => c,
            _ => b,
        };
        return (!counted).then_some((start, at, TimeKind::Period));
    }
    if word.classes.has(Classes::MONTH) && capital {
        let b = before?;
        let early = is(b, &["early", "late", "mid", "last", "this", "next"]);
        // “on 4 March”
        let is_day = words[b].form == Form::Number && words[b].span.len() <= 2;
        let p = if early || is_day {
            b.checked_sub(1).unwrap_or(b)
        } else {
            b
        };
        let anchored = is(
            p,
            &[
                "in", "since", "until", "by", "from", "through", "during", "on", "before", "after",
            ],
        );
        if !anchored && !is(b, &["last", "this", "next"]) {
            return None;
        }
        let mut last = at;
        if words
            .get(at + 1)
            .is_some_and(|next| next.form == Form::Number && !is_year(next.span.of(text)))
        {
            last = at + 1;
        }
        let year = words
            .get(last + 1)
            .is_some_and(|next| is_year(next.span.of(text)))
            || (is(last + 1, &[","])
                && words
                    .get(last + 2)
                    .is_some_and(|next| is_year(next.span.of(text))))
            || is(last + 1, &["of"]);
        if year {
            return None;
        }
        let mut first = if anchored { p } else { b };
        if first > 0 && is(first - 1, &["back"]) {
            first -= 1;
        }
        return Some((first, last, TimeKind::Month));
    }
    None
}

fn with_preposition(text: &str, words: &[Word], at: usize) -> usize {
    let Some(before) = at.checked_sub(1) else {
        return at;
    };
    let word = words[before].span.of(text);
    let on = word.eq_ignore_ascii_case("on")
        || word.eq_ignore_ascii_case("until")
        || word.eq_ignore_ascii_case("by")
        || word.eq_ignore_ascii_case("since");
    let next = word.eq_ignore_ascii_case("next")
        || word.eq_ignore_ascii_case("last")
        || word.eq_ignore_ascii_case("this");
    if on || next { before } else { at }
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}
