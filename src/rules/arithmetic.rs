//! Counts again what a sentence counts: a percentage of a change or of a share, the parts of a whole, the length of a list.

use crate::prose::letters::{Lower, lower};
use crate::prose::{Form, Word, phrase};
use crate::text::span::Span;
use crate::words::Classes;

/// A number that does not come out.
pub struct Wrong {
    /// The number.
    pub span: Span,
    /// What comes out instead, for a message.
    pub what: String,
}

/// Whether a colon stands in a block.
pub fn has_colon(text: &str) -> bool {
    // To look at every letter takes less than to stop at one: many are compared at once.
    text.bytes()
        .fold(false, |held, letter| held | (letter == b':'))
}

/// Whether a sentence may count: it has two numbers, beside one in a word or another, or a colon with a list after it.
pub fn may_count(text: &str, words: &[Word]) -> bool {
    let mut numbers = 0;
    words.iter().any(|word| match word.form {
        Form::Number => {
            numbers += 1;
            numbers == 2
        }
        Form::Mark => word.span.of(text) == ":",
        Form::Lower | Form::Capital | Form::Caps => false,
    })
}

/// What does not come out in a sentence that may count, outside quotation marks.
pub fn wrong(text: &str, words: &[Word]) -> Vec<Wrong> {
    let spoken: Vec<Word> = words
        .iter()
        .copied()
        .filter(|word| !word.is_quoted)
        .collect();
    let numbers = numbers(text, &spoken);
    let tried = [change, share, sum];
    let tried = tried.iter().filter_map(|one| one(text, &spoken, &numbers));
    tried.chain(list(text, &spoken)).collect()
}

/// A number as written.
#[derive(Clone, Copy)]
struct Number<'a> {
    span: Span,
    words: &'a str,
    value: f64,
    /// Half of its last digit’s worth: how far it may have been rounded.
    half: f64,
    is_percent: bool,
}

impl Number<'_> {
    fn low(self) -> f64 {
        self.value - self.half
    }

    fn high(self) -> f64 {
        self.value + self.half
    }
}

fn numbers<'a>(text: &'a str, words: &[Word]) -> Vec<(usize, Number<'a>)> {
    let read = |at: usize| number(text, words, at).map(|number| (at, number));
    (0..words.len()).filter_map(read).collect()
}

fn number<'a>(text: &'a str, words: &[Word], at: usize) -> Option<Number<'a>> {
    let word = words.get(at).filter(|word| word.form == Form::Number)?;
    let mut span = word.span;
    let written = span.of(text);
    let bare = written
        .trim_start_matches(['$', '£', '€', '¥'])
        .trim_end_matches('%')
        .replace(',', "");
    // “£410m”
    let digits_end = bare.find(|c: char| c.is_alphabetic());
    let (bare, unit) = bare.split_at(digits_end.unwrap_or(bare.len()));
    let value: f64 = bare.parse().ok()?;
    let digits = bare.split_once('.').map_or(0, |(_, after)| after.len());
    let mut half = 0.5 / 10f64.powi(i32::try_from(digits).ok()?);
    let after = |by: usize| {
        words
            .get(at + by)
            .map(|next| lower(text, next))
            .unwrap_or_default()
    };
    let next = after(1);
    let scale = match (unit, next.as_str()) {
        ("", "thousand") | ("k", _) => 1e3,
        ("", "million") | ("m" | "mn", _) => 1e6,
        ("", "billion") | ("b" | "bn", _) => 1e9,
        ("", "trillion") | ("tn", _) => 1e12,
        ("", _) => 1.0,
        _ => return None,
    };
    let is_per_cent = next == "per" && after(2) == "cent";
    let is_percent = written.ends_with('%') || next == "percent" || next == "pct" || is_per_cent;
    if is_per_cent {
        span = span.cover(words[at + 2].span);
    } else if scale > 1.0 && unit.is_empty() || is_percent && !written.ends_with('%') {
        span = span.cover(words[at + 1].span);
    }
    // “40,000” is counted in thousands as often as one by one.
    let zeros = bare.len() - bare.trim_end_matches('0').len();
    if digits == 0 && zeros >= 3 && bare.len() > zeros {
        half *= 10f64.powi(i32::try_from(zeros).ok()?);
    }
    Some(Number {
        span,
        words: span.of(text),
        value: value * scale,
        half: half * scale,
        is_percent,
    })
}

/// `from 40 to 50, a 20% increase`, `from 4% to 6%, up 2%`
fn change(text: &str, words: &[Word], numbers: &[(usize, Number)]) -> Option<Wrong> {
    let of = |at: usize| {
        words
            .get(at)
            .map(|word| lower(text, word))
            .unwrap_or_default()
    };
    let end = |at: usize, number: &Number| {
        (at + 1..words.len()).find(|&next| words[next].span.start() >= number.span.end())
    };
    let is_pair = |pair: &[(usize, Number)], first: &str, then: &str| {
        let (at, one) = &pair[0];
        let next = end(*at, one);
        let next = next.map(|next| next + usize::from(of(next) == ","));
        *at > 0 && of(at - 1) == first && next == Some(pair[1].0 - 1) && of(pair[1].0 - 1) == then
    };
    // "to $515m from $410m" is told as often.
    let mut pairs = numbers.windows(2);
    let (pair, is_turned) = pairs.find_map(|pair| {
        let is_turned = is_pair(pair, "to", "from");
        (is_turned || is_pair(pair, "from", "to")).then_some((pair, is_turned))
    })?;
    let (first_at, last_at) = (pair[0].0, pair[1].0);
    let (from, to) = match is_turned {
        true => (pair[1].1, pair[0].1),
        false => (pair[0].1, pair[1].1),
    };
    let rest: Vec<&(usize, Number)> = numbers
        .iter()
        .filter(|(_, one)| one.is_percent && one.span != from.span && one.span != to.span)
        .collect();
    let [(given_at, given)] = rest[..] else {
        return None;
    };
    // The percentage tells of this change only right after it: `, a 20% increase`, `, up 20%`, `or 20%`.
    let after = end(last_at, &pair[1].1)?;
    let between: Vec<Lower> = (after..*given_at).map(of).collect();
    let is_told_after = *given_at > last_at
        && between.len() <= 6
        && between.iter().any(|word| {
            matches!(
                word.as_str(),
                "a" | "an" | "or" | "up" | "down" | "increase" | "rise" | "drop"
            )
        })
        && !between
            .iter()
            .enumerate()
            .any(|(at, word)| match word.as_str() {
                "and" | "while" | "but" | "as" => true,
                // “an increase of 20%”
                "of" => at == 0 || at + 1 < between.len() || !is_change(&between[at - 1]),
                _ => false,
            });
    // `rose 12% to $515m from $410m`
    let is_told_before = *given_at > 0
        && *given_at < first_at
        && end(*given_at, given).is_some_and(|next| {
            next + usize::from(of(next) == ",") + 1 == first_at && of(first_at - 1) != ","
        })
        && is_moved(&of(given_at - 1));
    if !(is_told_after || is_told_before) || from.low() <= 0.0 || from.value == to.value {
        return None;
    }
    let points = of(given_at + 1).starts_with("point") || of(given_at + 2).starts_with("point");
    let (from_words, to_words) = (from.words, to.words);
    if from.is_percent && to.is_percent {
        let by = (to.value - from.value).abs();
        let is_points = !points && (given.value - by).abs() <= given.half + from.half + to.half;
        let real = 100.0 * by / from.value;
        let is_real = (given.value - real).abs() <= given.half + 1.0;
        return (is_points && !is_real).then(|| Wrong {
            span: given.span,
            what: format!(
                "from {from_words} to {to_words} is {} percentage points",
                plain(by)
            ),
        });
    }
    if from.is_percent != to.is_percent || points {
        return None;
    }
    let of_change = |from: f64, to: f64| 100.0 * (to - from).abs() / from;
    let bounds = [
        of_change(from.low(), to.high()),
        of_change(from.high(), to.low()),
        of_change(from.low(), to.low()),
        of_change(from.high(), to.high()),
    ];
    let low = bounds.iter().copied().fold(f64::MAX, f64::min);
    let high = bounds.iter().copied().fold(0.0, f64::max);
    let fits = given.high() + 0.5 >= low && given.low() - 0.5 <= high;
    (!fits).then(|| Wrong {
        span: given.span,
        what: format!(
            "from {from_words} to {to_words} is {}%",
            plain(of_change(from.value, to.value))
        ),
    })
}

/// `rose 12%`, `up 12%`
fn is_moved(word: &str) -> bool {
    matches!(
        word,
        "rose"
            | "rise"
            | "rises"
            | "jumped"
            | "climbed"
            | "grew"
            | "soared"
            | "increased"
            | "gained"
            | "fell"
            | "fall"
            | "falls"
            | "dropped"
            | "slid"
            | "sank"
            | "declined"
            | "decreased"
            | "up"
            | "down"
            | "by"
    )
}

fn is_change(word: &str) -> bool {
    matches!(
        word,
        "increase" | "rise" | "jump" | "gain" | "drop" | "fall" | "cut" | "decrease" | "decline"
    )
}

/// `12 of 60, or 30%`, `12 of 60 tenants (30%)`
fn share(text: &str, words: &[Word], numbers: &[(usize, Number)]) -> Option<Wrong> {
    let of = |at: usize| {
        words
            .get(at)
            .map(|word| lower(text, word))
            .unwrap_or_default()
    };
    numbers.windows(3).find_map(|three| {
        let [(at, part), (whole_at, whole), (given_at, given)] = three else {
            return None;
        };
        let link = of(at + 1) == "of"
            && (*whole_at == at + 2 || *whole_at == at + 3 && of(at + 2) == "the");
        let is_told = given.is_percent
            && !part.is_percent
            && !whole.is_percent
            && *given_at <= whole_at + 5
            && (whole_at + 1..*given_at)
                .any(|at| of(at) == "or" || of(at) == "(" && at + 1 == *given_at);
        if !link || !is_told || whole.low() <= 0.0 || part.value > whole.value {
            return None;
        }
        let low = 100.0 * part.low() / whole.high() - given.half;
        let high = 100.0 * part.high() / whole.low() + given.half;
        let fits = (low - 0.5..=high + 0.5).contains(&given.value);
        (!fits).then(|| Wrong {
            span: given.span,
            what: format!(
                "{} of {} is {}%",
                part.words,
                whole.words,
                plain(100.0 * part.value / whole.value)
            ),
        })
    })
}

/// `23 people, 12 men and 9 women`, `23 people: 12 men, nine women and two children`
fn sum(text: &str, words: &[Word], numbers: &[(usize, Number)]) -> Option<Wrong> {
    const ALL: &[&str] = &[
        "people",
        "passengers",
        "patients",
        "victims",
        "members",
        "pupils",
    ];
    const PARTS: &[&str] = &["men", "women", "boys", "girls", "adults", "children"];
    let of = |at: usize| {
        words
            .get(at)
            .map(|word| lower(text, word))
            .unwrap_or_default()
    };
    let (whole_at, whole) = *numbers.first()?;
    let is_whole = ALL.contains(&of(whole_at + 1).as_str())
        && matches!(of(whole_at + 2).as_str(), "," | ":" | "—" | "(");
    if !is_whole {
        return None;
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut at = whole_at + 3;
    let mut has_and = false;
    let is_closed = loop {
        let noun = of(at + 1);
        let part = part(text, words, at).filter(|_| PARTS.contains(&noun.as_str()));
        parts.push(part?);
        let after = of(at + 3);
        match of(at + 2).as_str() {
            "," if after.as_str() == "and" => {
                has_and = true;
                at += 4;
            }
            sign @ ("and" | ",") if part_follows(text, words, at + 3, PARTS) => {
                has_and |= sign == "and";
                at += 3;
            }
            // "…, a child and a dog": the list goes on.
            "," => {
                break !matches!(
                    after.as_str(),
                    "a" | "an" | "plus" | "with" | "as" | "along"
                );
            }
            sign => break matches!(sign, "." | ")" | "—" | ";"),
        }
    };
    let made: f64 = parts.iter().map(|(_, value)| value).sum();
    let is_all = parts.len() > 1 && has_and && is_closed && numbers.len() <= parts.len() + 1;
    (is_all && made != whole.value).then(|| Wrong {
        span: whole.span,
        what: format!("{} make {}", listed(&parts), plain(made)),
    })
}

/// A part of a whole: as written, and how many.
type Part<'a> = (&'a str, f64);

/// The number at a word, in digits or in a word: copy writes out those below ten.
fn part<'a>(text: &'a str, words: &[Word], at: usize) -> Option<Part<'a>> {
    if let Some(number) = number(text, words, at) {
        return Some((number.words, number.value));
    }
    let word = words
        .get(at)
        .filter(|word| word.classes.has(Classes::NUMBER))?;
    let written = word.span.of(text);
    let is_vague = matches!(
        lower(text, word).as_str(),
        "several" | "few" | "some" | "couple" | "pair" | "dozen"
    );
    let value = phrase::number(written).filter(|_| !is_vague)?;
    Some((written, f64::from(value)))
}

fn part_follows(text: &str, words: &[Word], at: usize, nouns: &[&str]) -> bool {
    let noun = words
        .get(at + 1)
        .map(|word| lower(text, word))
        .unwrap_or_default();
    part(text, words, at).is_some() && nouns.contains(&noun.as_str())
}

/// `12 and 9`, `12, nine and 3`
fn listed(parts: &[Part]) -> String {
    let words: Vec<&str> = parts.iter().map(|(words, _)| *words).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

/// `three reasons: cost and time.`
fn list(text: &str, words: &[Word]) -> Option<Wrong> {
    const COUNTED: &[&str] = &["two", "three", "four", "five", "six", "seven"];
    let of = |at: usize| {
        words
            .get(at)
            .map(|word| lower(text, word))
            .unwrap_or_default()
    };
    let is_colon = |word: &Word| word.form == Form::Mark && word.span.of(text) == ":";
    let colon = words.iter().position(is_colon)?;
    let noun = colon.checked_sub(1)?;
    let at = noun.checked_sub(1)?;
    let count = COUNTED.iter().position(|word| *word == of(at))? + 2;
    let is_plural = of(noun).ends_with('s') && words[noun].form == Form::Lower;
    let items: Vec<Vec<String>> = (colon + 1..words.len())
        .map(|at| of(at).to_string())
        .collect::<Vec<String>>()
        .split(|word| matches!(word.as_str(), "," | "and" | "." | ";" | "or" | "&"))
        .filter(|item| !item.is_empty())
        .map(<[String]>::to_vec)
        .collect();
    // Long items have commas of their own.
    let is_plain = items.len() >= 2
        && items.iter().all(|item| item.len() <= 3)
        && words[colon + 1..].iter().all(|word| {
            !word.tag.is_finite()
                && !word.classes.has(Classes::CLAUSE)
                && !word.classes.has(Classes::PREPOSITION)
        });
    (is_plural && is_plain && items.len() != count).then(|| Wrong {
        span: words[at].span,
        what: format!("the list has {}", items.len()),
    })
}

fn plain(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}
