//! A weekday and a date that do not go together.

use jiff::civil::{Date, Weekday};

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::letters::lower;
use crate::prose::{Form, Word};
use crate::rule::{Check, Holds, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::facts;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::words::Classes;

/// A weekday and a date that do not go together.
pub const RULE: Rule = Rule {
    name: "weekday-date-mismatch",
    topic: "date",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A weekday that the date beside it did not fall on.",
    why: "The first line of every copy desk’s list: check every date against a calendar. A reader who comes on the wrong day remembers.",
    fires: &[
        "
The hearing is on Friday, July 11, 2024.
                  ^^^^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: July 11, 2024 was a Thursday, not a Friday.
",
        "
Date: 2024-07-10

The vote was on Monday, July 9.
                ^^^^^^^^^^^^^^ error weekday-date-mismatch: July 9 was a Tuesday, not a Monday.
",
        "
The bridge was opened on Monday 4 March 2025.
                         ^^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: 4 March 2025 was a Tuesday, not a Monday.
",
        "
Date: 2026-03-12

The pier closed on Tues., March 3, and opened again on Wednesday, March 5.
                                                       ^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: March 5 was a Thursday, not a Wednesday.
",
        "
The pier closed on Sunday, Feb. 14, 2025, and opened again on Tuesday, 14 Sep 2025.
                   ^^^^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: Feb. 14, 2025 was a Friday, not a Sunday.
                                                              ^^^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: 14 Sep 2025 was a Sunday, not a Tuesday.
",
        "
The board met on Mon., March 15, 2025, and on Thurs. Oct. 2, 2025.
                 ^^^^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: March 15, 2025 was a Saturday, not a Monday.
",
        "
Date: 2026-03-12

The board meets on Friday (March 20), on March 24 (Monday) and on April 2, a Friday.
                                         ^^^^^^^^^^^^^^^^ error weekday-date-mismatch: March 24 is a Tuesday, not a Monday.
                                                                  ^^^^^^^^^^^^^^^^^ error weekday-date-mismatch: April 2 is a Thursday, not a Friday.
",
    ],
    quiet: &[
        "The hearing is on Thursday, July 11, 2024.",
        "Date: 2024-07-10\n\nThe vote was on Tuesday, July 9.",
        "The vote was on Monday, July 9.",
        "“It was Friday, July 11, 2024,” Ortiz said.",
        "The hearing is on Friday. July 11, 2024, was the first one.",
        "Date: 2024-12-30\n\nThe hearing is on Friday, Jan. 3.",
        "Black Friday fell in November 2024. Friday 30 people came.",
        "The storm of Wednesday, March 5, 1997, took the roof.",
        "Date: 2026-03-12\n\nThe plan was in The Sun, March 3, and in the Harlan Sun on Feb. 4.",
        "Date: 2026-03-12\n\nThe fair opens on March 24, Monday to Friday, and on Sat 4 April.",
        "The market sold out on Monday. Marketing 30 stalls took a year.",
    ],
    options: &[],
    check: Check::Near(check),
};

fn check(draft: &Draft, index: usize, holds: Holds, _scene: &Scene, found: &mut Vec<Finding>) {
    let placed = &draft.tree.blocks[index];
    let is_copy = matches!(
        draft.story.labels[index],
        Label::Body | Label::List | Label::Headline | Label::Deck | Label::Caption
    );
    if !is_copy || !holds.classes.has(Classes::WEEKDAY.or(Classes::MONTH)) {
        return;
    }
    let text: &str = &placed.block.text;
    let words = &draft.prose[index].words;
    for (at, word) in words.iter().enumerate() {
        let may_be = matches!(
            text.as_bytes()[word.span.start()],
            b'F' | b'M' | b'S' | b'T' | b'W'
        );
        if !may_be || word.form != Form::Capital || word.is_quoted {
            continue;
        }
        let Some(day) = weekday(&lower(text, word)) else {
            continue;
        };
        let dated = date_after(text, words, at).or_else(|| date_before(text, words, at));
        let Some((date, on)) =
            dated.and_then(|dated| Some((on_calendar(&dated, draft.story.facts.date)?, dated)))
        else {
            continue;
        };
        let right = date.weekday();
        if right == day {
            continue;
        }
        let written = look::shown(words[on.first].span.cover(words[on.last].span).of(text));
        let message = format!("{written} was a {}, not a {}.", name(right), name(day));
        let message = match draft.story.facts.date {
            Some(today) if date > today => message.replace(" was a ", " is a "),
            _ => message,
        };
        let span = words[at]
            .span
            .cover(words[on.first].span)
            .cover(words[on.last].span);
        let mut finding = look::finding(&RULE, placed.place(span), message);
        let stop = words.get(at + 1).filter(|_| is_abbreviated(text, word));
        let stop = stop.filter(|next| next.span.of(text) == ".");
        let replaced = stop.map_or(word.span, |stop| word.span.cover(stop.span));
        finding.fixes = vec![Fix {
            title: format!("Write {}", name(right)),
            is_safe: false,
            edits: vec![Edit::replace(placed.place(replaced), name(right))],
        }];
        found.push(finding);
    }
}

/// A day of a month as written, and where.
struct Dated {
    day: i8,
    month: i8,
    year: Option<i16>,
    first: usize,
    last: usize,
}

/// The date after a weekday: `Friday, July 11`, `Friday 11 July`, `Mon., Feb. 3`, `Friday (July 11)`.
fn date_after(text: &str, words: &[Word], at: usize) -> Option<Dated> {
    let of = |at: usize| words.get(at).map(|word| word.span.of(text)).unwrap_or("");
    let mut next = at + 1;
    while matches!(of(next), "," | "." | "(") && next < at + 3 {
        next += 1;
    }
    if is_abbreviated(text, &words[at]) {
        // “The Sun, Sept. 4” is a newspaper.
        let is_name = at > 0 && lower(text, &words[at - 1]) == "the";
        if is_name || next > at + 1 && of(at + 1) != "." {
            return None;
        }
    } else if of(at + 1) == "." && of(next) != "," {
        return None;
    }
    date_at(text, words, next)
}

/// The date before a weekday that stands behind it: `July 11, a Friday`, `July 11 (Friday)`.
fn date_before(text: &str, words: &[Word], at: usize) -> Option<Dated> {
    let of = |at: usize| words.get(at).map(|word| word.span.of(text)).unwrap_or("");
    let before = |by: usize| at.checked_sub(by).map_or("", of);
    let end = match (before(2), before(1), of(at + 1)) {
        (",", "a", _) => at.checked_sub(3)?,
        (_, "(", ")") => at.checked_sub(2)?,
        _ => return None,
    };
    (end.saturating_sub(3)..end)
        .filter_map(|first| date_at(text, words, first))
        .find(|dated| dated.last == end)
}

/// The date that begins at a word.
fn date_at(text: &str, words: &[Word], first: usize) -> Option<Dated> {
    let of = |at: usize| words.get(at).map(|word| word.span.of(text)).unwrap_or("");
    let number = |at: usize| -> Option<i8> {
        let word = words.get(at).filter(|word| word.form == Form::Number)?;
        let digits = word
            .span
            .of(text)
            .trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    let month = |at: usize| {
        let word = words.get(at).filter(|word| word.form != Form::Lower)?;
        facts::month(word.span.of(text))
    };
    let (month, day, mut last) = match (month(first), month(first + 1)) {
        (Some(month), _) => {
            let at = match number(first + 1) {
                Some(_) => first + 1,
                None => first + 2,
            };
            (month, number(at)?, at)
        }
        (None, Some(month)) => (month, number(first)?, first + 1),
        (None, None) => return None,
    };
    let year_at = match of(last + 1) {
        "," => last + 2,
        _ => last + 1,
    };
    let year = of(year_at)
        .parse::<i16>()
        .ok()
        .filter(|year| (1600..2200).contains(year));
    if year.is_some() {
        last = year_at;
    }
    Some(Dated {
        day,
        month,
        year,
        first,
        last,
    })
}

/// The day that is meant. A date without a year is in the story’s.
fn on_calendar(dated: &Dated, story: Option<Date>) -> Option<Date> {
    match (dated.year, story) {
        (Some(year), _) => Date::new(year, dated.month, dated.day).ok(),
        (None, Some(story)) => nearest(story, dated.month, dated.day),
        (None, None) => None,
    }
}

/// The day of this name in a year that is nearest to the story's date.
fn nearest(story: Date, month: i8, day: i8) -> Option<Date> {
    let years = [story.year() - 1, story.year(), story.year() + 1];
    let dates = years
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| (*date - story).get_days().abs())
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn is_abbreviated(text: &str, weekday: &Word) -> bool {
    !lower(text, weekday).ends_with("day")
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
