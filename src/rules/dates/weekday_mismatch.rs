//! A weekday and a date that do not go together.

use jiff::civil::{Date, Weekday};

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::{Form, Word};
use crate::rule::{Check, Holds, Rule};
use crate::rules::look;
use crate::rules::phrases::lower;
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
    if !is_copy || !holds.classes.has(Classes::WEEKDAY) {
        return;
    }
    let text: &str = &placed.block.text;
    let words = &draft.prose[index].words;
    for (at, word) in words.iter().enumerate() {
        if !word.classes.has(Classes::WEEKDAY) || word.is_quoted {
            continue;
        }
        let Some((day, date, end)) = pair(text, words, at, draft.story.facts.date) else {
            continue;
        };
        let right = date.weekday();
        if right == day {
            continue;
        }
        let span = words[at].span.cover(words[end].span);
        let written = look::shown(&text[words[at].span.end()..words[end].span.end()]);
        let written = written.trim_start_matches([',', '.', ' ']);
        let message = format!("{written} was a {}, not a {}.", name(right), name(day));
        let message = match draft.story.facts.date {
            Some(today) if date > today => message.replace(" was a ", " is a "),
            _ => message,
        };
        let mut finding = look::finding(&RULE, placed.place(span), message);
        finding.fixes = vec![Fix {
            title: format!("Write {}", name(right)),
            is_safe: false,
            edits: vec![Edit::replace(placed.place(words[at].span), name(right))],
        }];
        found.push(finding);
    }
}

/// A weekday at a word with the date after it, and the date's last word. A date without a year is in the story's.
fn pair(
    text: &str,
    words: &[Word],
    at: usize,
    story: Option<Date>,
) -> Option<(Weekday, Date, usize)> {
    let day = weekday(&lower(text, &words[at]))?;
    let of = |at: usize| words.get(at).map(|word| word.span.of(text)).unwrap_or("");
    let mut next = at + 1;
    while matches!(of(next), "," | ".") && next < at + 3 {
        next += 1;
    }
    if next > at + 1 && of(at + 1) == "." && !matches!(of(next), ",") && of(at).len() > 5 {
        return None;
    }
    let number = |at: usize| -> Option<i8> {
        let word = words.get(at).filter(|word| word.form == Form::Number)?;
        let digits = word
            .span
            .of(text)
            .trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    let month = |at: usize| {
        let word = words
            .get(at)
            .filter(|word| word.classes.has(Classes::MONTH))?;
        facts::month(word.span.of(text))
    };
    let (month, number, mut end) = match (month(next), month(next + 1)) {
        (Some(month), _) => (
            month,
            number(next + 1).or_else(|| number(next + 2))?,
            if number(next + 1).is_some() {
                next + 1
            } else {
                next + 2
            },
        ),
        (None, Some(month)) => (month, number(next)?, next + 1),
        (None, None) => return None,
    };
    let year_at = if matches!(of(end + 1), ",") {
        end + 2
    } else {
        end + 1
    };
    let year = of(year_at)
        .parse::<i16>()
        .ok()
        .filter(|year| (1600..2200).contains(year));
    let date = match (year, story) {
        (Some(year), _) => {
            end = year_at;
            Date::new(year, month, number).ok()?
        }
        (None, Some(story)) => nearest(story, month, number)?,
        (None, None) => return None,
    };
    Some((day, date, end))
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
    Some(match word.get(..3)? {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
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
