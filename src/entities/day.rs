//! Days of which perhaps only the month or the year is known, and how a role stands on a day.

use std::fmt;

use jiff::civil::Date;

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Day {
    /// `2023-08-31`, `2023-08` or `2023`; what follows a time's `T` is left out. None if there is no such day.
    pub fn read(words: &str) -> Option<Day> {
        let words = words.trim();
        let words = words.split(['T', ' ']).next().unwrap_or_default();
        let mut parts = words.split('-');
        let year = number(parts.next()?, 4)?;
        let month = match parts.next() {
            Some(part) => Some(number(part, 2)? as i8),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(number(part, 2)? as i8),
            None => None,
        };
        let found = Day { year, month, day };
        let exists = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        (exists && parts.next().is_none()).then_some(found)
    }

    /// The first day it can be.
    pub fn first(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("looked at when it was read")
    }

    /// The last day it can be.
    pub fn last(self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            (None, None) => self.first().last_of_year(),
        }
    }

    /// For readers: `5 July 2024`, `July 2024`, `2024`.
    pub fn words(self) -> String {
        let date = self.first();
        match (self.month, self.day) {
            (_, Some(_)) => date.strftime("%-d %B %Y").to_string(),
            (Some(_), None) => date.strftime("%B %Y").to_string(),
            (None, None) => self.year.to_string(),
        }
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }
}

/// As it is written in files.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        match self.day {
            Some(day) => write!(f, "-{day:02}"),
            None => Ok(()),
        }
    }
}

fn number(part: &str, digits: usize) -> Option<i16> {
    let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| part.parse().ok()).flatten()
}

/// How a span of time stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It has begun and not ended.
    Current,
    /// Its first or last day is not known well enough to say.
    Unsure,
    /// It has not begun.
    Incoming,
    /// It has ended.
    Former,
}

/// How the time `from..to` stands on a day. `to` is the first day after it; what is absent is open.
pub fn standing(from: Option<Day>, to: Option<Day>, on: Date) -> Standing {
    if to.is_some_and(|to| to.last() <= on) {
        return Standing::Former;
    }
    if from.is_some_and(|from| on < from.first()) {
        return Standing::Incoming;
    }
    let has_begun = from.is_none_or(|from| from.last() <= on);
    let goes_on = to.is_none_or(|to| on < to.first());
    if has_begun && goes_on {
        Standing::Current
    } else {
        Standing::Unsure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_and_written() {
        for words in ["2023-08-31", "2023-08", "2023"] {
            let day = Day::read(words).unwrap_or_else(|| panic!("{words} is a day"));
            assert_eq!(day.to_string(), words);
        }
        assert_eq!(Day::read("2024-02").unwrap().last(), date(2024, 2, 29));
        assert_eq!(Day::read("2023-08-31").unwrap().words(), "31 August 2023");
        for words in [
            "2023-02-30",
            "2023-13",
            "23",
            "2023-8-1",
            "",
            "2023-01-01-01",
        ] {
            assert_eq!(Day::read(words), None, "{words}");
        }
    }

    /// from, to, day of the story, standing.
    #[test]
    fn the_day_before_of_and_after_a_change() {
        use Standing::{Current, Former, Incoming, Unsure};
        let table = [
            ("2023-08-31", "2024-07-05", "2023-08-30", Incoming),
            ("2023-08-31", "2024-07-05", "2023-08-31", Current),
            ("2023-08-31", "2024-07-05", "2023-09-01", Current),
            ("2023-08-31", "2024-07-05", "2024-07-04", Current),
            ("2023-08-31", "2024-07-05", "2024-07-05", Former),
            ("2023-08-31", "2024-07-05", "2024-07-06", Former),
            ("2023-08", "2024-07", "2023-07-31", Incoming),
            ("2023-08", "2024-07", "2023-08-01", Unsure),
            ("2023-08", "2024-07", "2023-08-30", Unsure),
            ("2023-08", "2024-07", "2023-08-31", Current),
            ("2023-08", "2024-07", "2024-06-30", Current),
            ("2023-08", "2024-07", "2024-07-01", Unsure),
            ("2023-08", "2024-07", "2024-07-31", Former),
            ("2023", "2024", "2023-12-30", Unsure),
            ("2023", "2024", "2023-12-31", Current),
            ("2023", "2024", "2024-01-01", Unsure),
            ("2023", "2024", "2025-01-01", Former),
            ("", "2024-07-05", "1990-01-01", Current),
            ("2023-08-31", "", "2050-01-01", Current),
            ("", "", "2050-01-01", Current),
            ("2024", "2024", "2024-06-01", Unsure),
        ];
        for (from, to, on, expected) in table {
            let on = on.parse().expect("a date");
            let found = standing(Day::read(from), Day::read(to), on);
            assert_eq!(found, expected, "{from}..{to} on {on}");
        }
    }
}
