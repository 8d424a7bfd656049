//! Figures: percentages, sums of money, counts, ratios, and the people who died.

use super::phrase::{self, Reader};
use super::{Form, Sentence, Word};
use crate::text::span::Span;
use crate::words::{CHANGES, Classes, Lengths, PARTS};

/// A figure in the text, with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its words: `15%`, `half of tenants`, `12 people were killed`.
    pub span: Span,
    /// The words of its number: `15%`, `half`, `12`, `one hundred and twenty`.
    pub number: Span,
    /// What kind.
    pub kind: FigureKind,
    /// The value as far as it can be told: percent, currency units, or a count.
    pub value: Option<f64>,
    /// Index of its sentence.
    pub sentence: usize,
}

/// What kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// `15%`, `15 percent`, `2 percentage points`
    Percent,
    /// `half of tenants`, `two-thirds of`
    Fraction,
    /// `one in five`
    Ratio,
    /// `$3 million`
    Money,
    /// `1,200 jobs`
    Count,
    /// `doubled`, `tripled`
    Change,
    /// `12 people were killed`
    Casualties,
}

/// The figures of a block outside quotation marks, in order.
pub(super) fn figures(reader: Reader, sentences: &[Sentence]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let may_begin = |word: &Word| {
            !word.is_quoted && (word.form == Form::Number || word.classes.has(BEGINS))
        };
        for at in reader.those(sentence, may_begin) {
            let Some((first, last, kind, value)) = figure_at(reader, sentence, at) else {
                continue;
            };
            let span = reader.words[first].span.cover(reader.words[last].span);
            if found
                .last()
                .is_none_or(|before| before.span.end() <= span.start())
            {
                let number = whole(reader, sentence.words.end, at);
                let last = number.map_or(at, |number| number.last);
                found.push(Figure {
                    span,
                    number: reader.words[at].span.cover(reader.words[last].span),
                    kind,
                    value,
                    sentence: index,
                });
            }
        }
    }
    found
}

/// With the numbers in digits, what a figure may begin with.
const BEGINS: Classes = Classes::NUMBER.or(Classes::FIGURE);

type At = (usize, usize, FigureKind, Option<f64>);

fn figure_at(reader: Reader, sentence: &Sentence, at: usize) -> Option<At> {
    let end = sentence.words.end;
    if reader.words[at].form == Form::Number
        && let Some(value) = money_in_one_word(reader.of(at))
    {
        return Some((at, at, FigureKind::Money, Some(value)));
    }
    let is_none = is_nobody(reader, sentence, at)
        || is_day(reader, sentence, at)
        || goes_on(reader, sentence, at);
    if is_none {
        return None;
    }
    if let Some(number) = whole(reader, end, at) {
        let Whole { value, last, .. } = number;
        let unit_at = (last + 1 < end).then_some(last + 1);
        let word = reader.of(at);
        if word.ends_with('%') {
            return Some((at, at, FigureKind::Percent, Some(value)));
        }
        if unit_at.is_some_and(|unit| reader.is(unit, &["percent", "percentage", "pct"]))
            || unit_at
                .is_some_and(|unit| reader.is(unit, &["per"]) && reader.is(unit + 1, &["cent"]))
        {
            return Some((at, unit_at?, FigureKind::Percent, Some(value)));
        }
        if word.starts_with(['$', '£', '€', '¥'])
            || unit_at.is_some_and(|unit| {
                reader.is(
                    unit,
                    &["dollars", "pounds", "euros", "yen", "crowns", "kroner"],
                )
            })
        {
            return Some((at, last, FigureKind::Money, Some(value)));
        }
        if last == at && reader.is(at + 1, &["in", "out"]) && value <= 20.0 {
            let of = if reader.is(at + 1, &["out"]) {
                at + 3
            } else {
                at + 2
            };
            let many = (of < end)
                .then(|| numeral(reader, of))
                .flatten()
                .filter(|many| *many > value && *many <= 100.0);
            let bare = reader.is(at + 1, &["out"]) || !reader.has(of, Classes::MONTH);
            if many.is_some() && bare && of + 1 < end && reader.is_lower(of + 1) {
                return Some((at, of, FigureKind::Ratio, None));
            }
        }
        return casualties(reader, sentence, at, &number)
            .or_else(|| count(reader, sentence, at, &number));
    }
    if reader.is(at + 1, &["of"]) && at + 2 < end && reader.is(at, PARTS) {
        let first = if at > sentence.words.start
            && (reader.has(at - 1, Classes::NUMBER.or(Classes::DETERMINER))
                || reader.is(at - 1, &["than"]))
        {
            at - 1
        } else {
            at
        };
        let people = (at + 2..end.min(at + 6)).find(|&noun| is_counted(reader, noun));
        return people.map(|noun| (first, noun, FigureKind::Fraction, None));
    }
    if reader.is(at, CHANGES) && reader.is_lower(at) {
        return Some((at, at, FigureKind::Change, None));
    }
    None
}

/// The `twenty` of “one hundred and twenty”, which is no number of its own.
fn goes_on(reader: Reader, sentence: &Sentence, at: usize) -> bool {
    if reader.words[at].form == Form::Number || !reader.has(at, Classes::NUMBER) {
        return false;
    }
    let back = |by: usize| at.checked_sub(by).filter(|at| *at >= sentence.words.start);
    let joint = back(1).filter(|and| reader.is(*and, &["and"]));
    let before = if joint.is_some() { back(2) } else { back(1) };
    before.is_some_and(|before| reader.is(before, &["hundred", "thousand", "million"]))
}

/// The `one` of “no one” and “every one”, which counts nobody.
fn is_nobody(reader: Reader, sentence: &Sentence, at: usize) -> bool {
    reader.is(at, &["one"])
        && at > sentence.words.start
        && reader.is(at - 1, &["no", "any", "every", "not"])
}

/// The `11` of “the Sept. 11 attacks”: a day, unless people are counted right behind it.
fn is_day(reader: Reader, sentence: &Sentence, at: usize) -> bool {
    const SHORT: &[&str] = &["jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec."];
    const PEOPLE: &[&str] = &[
        "people",
        "men",
        "women",
        "children",
        "students",
        "soldiers",
        "civilians",
        "workers",
        "others",
    ];
    let is_behind_month = || {
        let is_month = reader.has(at - 1, Classes::MONTH) && !reader.is_lower(at - 1);
        is_month || reader.is(at - 1, SHORT)
    };
    reader.words[at].form == Form::Number
        && at > sentence.words.start
        && is_behind_month()
        && !reader.is(at + 1, PEOPLE)
        && matches!(reader.of(at).parse::<u32>(), Ok(1..=31))
}

/// `$33million`, `£5m`, `€2.4bn`
fn money_in_one_word(word: &str) -> Option<f64> {
    let number = word.strip_prefix(['$', '£', '€', '¥'])?;
    let letters = number.find(|c: char| c.is_ascii_alphabetic())?;
    let (digits, unit) = number.split_at(letters);
    let scale = match unit.to_ascii_lowercase().as_str() {
        "m" | "mn" | "million" => 1e6,
        "b" | "bn" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        "k" => 1e3,
        _ => return None,
    };
    let value: f64 = digits.replace(',', "").parse().ok()?;
    Some(value * scale)
}

/// The value of a number in digits or words.
#[inline]
fn numeral(reader: Reader, at: usize) -> Option<f64> {
    let may_be = reader.words[at].form == Form::Number || reader.has(at, Classes::NUMBER);
    may_be.then(|| value(reader, at)).flatten()
}

fn value(reader: Reader, at: usize) -> Option<f64> {
    if reader.words[at].form == Form::Number {
        let word = reader.of(at);
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        // Most numbers are digits alone, and ask for no memory.
        if word.chars().all(is_digit) {
            return word.trim_end_matches('.').parse().ok();
        }
        let is_plain = word.chars().all(|c| is_digit(c) || ",$£€¥%".contains(c));
        let digits = || word.chars().filter(|c| is_digit(*c)).collect::<String>();
        return is_plain.then(|| digits().trim_end_matches('.').parse().ok())?;
    }
    let is_number = reader.has(at, Classes::NUMBER)
        && !reader.is(
            at,
            &[
                "several", "few", "many", "couple", "pair", "dozens", "hundreds",
            ],
        );
    is_number.then(|| phrase::number(reader.of(at)).map(f64::from))?
}

/// A number with all its words: `12`, `2 million`, `one hundred and twenty`.
struct Whole {
    value: f64,
    /// Its last word.
    last: usize,
}

/// The number that begins at a word and ends before another; none inside a number.
fn whole(reader: Reader, end: usize, at: usize) -> Option<Whole> {
    let first = numeral(reader, at)?;
    let in_words = reader.words[at].form != Form::Number;
    let scale_at = |word: usize| (word < end).then(|| scale(reader, word)).flatten();
    // The thousands that are told, the last of them, and what is told below it.
    let (mut told, mut least, mut rest) = (0.0, f64::INFINITY, first);
    let mut last = at;
    let mut is_open = false;
    loop {
        match scale_at(last + 1) {
            Some(HUNDRED) if rest < HUNDRED => {
                rest *= HUNDRED;
                is_open = true;
            }
            Some(many) if many > HUNDRED && many < least => {
                (told, least, rest) = (told + rest * many, many, 0.0);
                is_open = true;
                if !in_words {
                    last += 1;
                    break;
                }
            }
            Some(_) => break,
            None if !is_open || !in_words => break,
            None => {
                // `between one hundred and two thousand` are two.
                let has_and = reader.is(last + 1, &["and"]);
                let is_range = at > 0 && reader.is(at - 1, &["between"]);
                let more = last + 1 + usize::from(has_and);
                let may_go_on = more < end
                    && !(has_and && is_range)
                    && reader.words[more].form == Form::Lower
                    && !reader.is(more, &["dozen"]);
                let value = may_go_on.then(|| numeral(reader, more)).flatten();
                let is_own = |many: f64| many >= least || many == HUNDRED && rest > 0.0;
                let Some(value) = value.filter(|_| !scale_at(more + 1).is_some_and(is_own)) else {
                    break;
                };
                (rest, last) = (rest + value, more);
                is_open = false;
                continue;
            }
        }
        last += 1;
    }
    let value = told + rest;
    Some(Whole { value, last })
}

/// The number that begins at a word, and the index of its last word: `12`, `2 million`, `one hundred and twenty`.
pub fn number(text: &str, words: &[Word], at: usize) -> Option<(f64, usize)> {
    let quotes = &[];
    let reader = Reader {
        text,
        words,
        quotes,
    };
    whole(reader, words.len(), at).map(|number| (number.value, number.last))
}

const HUNDRED: f64 = 1e2;

fn scale(reader: Reader, at: usize) -> Option<f64> {
    let scales = [
        ("hundred", HUNDRED),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("m", 1e6),
        ("bn", 1e9),
    ];
    let mut known = scales.iter();
    let known = known.find(|(word, _)| reader.is(at, &[word]));
    known.map(|(_, scale)| *scale)
}

/// Nouns of people and things that a count of them is news.
const COUNTED: &[&str] = &[
    "people",
    "jobs",
    "cases",
    "deaths",
    "tenants",
    "workers",
    "employees",
    "patients",
    "students",
    "children",
    "residents",
    "families",
    "homes",
    "houses",
    "households",
    "voters",
    "civilians",
    "soldiers",
    "troops",
    "women",
    "men",
    "refugees",
    "migrants",
    "victims",
    "customers",
    "complaints",
    "arrests",
    "crimes",
    "shootings",
    "murders",
    "infections",
    "accidents",
    "buildings",
    "acres",
    "hectares",
    "animals",
    "teachers",
    "nurses",
    "doctors",
    "businesses",
    "drivers",
    "passengers",
    "prisoners",
    "pensioners",
    "renters",
    "pupils",
    "schools",
    "hospitals",
    "beds",
    "injuries",
    "inmates",
    "farmers",
    "adults",
    "americans",
    "britons",
    "respondents",
    "firms",
    "flights",
    "citizens",
    "borrowers",
    "viewers",
    "accounts",
    "immigrants",
    "taxpayers",
    "visitors",
    "commuters",
    "subscribers",
    "users",
    "vehicles",
    "vacancies",
    "evictions",
    "burglaries",
    "applications",
    "claims",
];

fn is_counted(reader: Reader, at: usize) -> bool {
    static LENGTHS: Lengths = Lengths::of(&[COUNTED]);
    let Some(word) = reader.words.get(at) else {
        return false;
    };
    LENGTHS.may_hold(word.span.of(reader.text)) && reader.is(at, COUNTED)
}

/// `1,200 jobs`, `two million people`
fn count(reader: Reader, sentence: &Sentence, at: usize, number: &Whole) -> Option<At> {
    let from = number.last + 1;
    let noun = (from..sentence.words.end.min(from + 3))
        .take_while(|&noun| reader.is_lower(noun) || reader.has(noun, Classes::DEMONYM))
        .find(|&noun| is_counted(reader, noun))?;
    let is_plain = (from..noun).all(|word| {
        !reader.has(
            word,
            Classes::PREPOSITION
                .or(Classes::CONJUNCTION)
                .or(Classes::AUXILIARY)
                .or(Classes::CLAUSE),
        )
    });
    is_plain.then_some((at, noun, FigureKind::Count, Some(number.value)))
}

/// What befell those who are counted, behind their number.
const HARM: &[&str] = &[
    "killed",
    "injured",
    "wounded",
    "died",
    "dead",
    "hurt",
    "drowned",
    "missing",
    "hospitalized",
    "hospitalised",
    "deaths",
];

/// The same before it.
const HARMED: &[&str] = &[
    "killed", "injured", "wounded", "killing", "injuring", "wounding",
];

/// `12 people were killed`, `killed at least 12 people`, `three were injured`, `12 dead`
fn casualties(reader: Reader, sentence: &Sentence, at: usize, number: &Whole) -> Option<At> {
    let end = sentence.words.end;
    let (value, last) = (number.value, number.last);
    let noun = last + 1;
    // "a death toll of 22"
    let is_toll = at >= sentence.words.start + 3
        && reader.is(at - 1, &["of"])
        && reader.is(at - 2, &["toll"])
        && reader.is(at - 3, &["death"]);
    if is_toll {
        return Some((at - 3, last, FigureKind::Casualties, Some(value)));
    }
    let small = |word: usize| {
        is_counted(reader, word)
            || reader.has(
                word,
                Classes::BE
                    .or(Classes::HAVE)
                    .or(Classes::ADVERB)
                    .or(Classes::ROLE)
                    .or(Classes::COLLECTIVE),
            )
            || reader.is(
                word,
                &[
                    "others",
                    "more",
                    "other",
                    "of",
                    "them",
                    "passengers",
                    "crew",
                    "members",
                    "firefighters",
                    "officers",
                    "police",
                    "were",
                    "left",
                ],
            )
            || reader.is_lower(word) && word == noun && reader.of(word).ends_with('s')
    };
    let after = (noun..end.min(noun + 6)).find(|&word| reader.is(word, HARM));
    if let Some(harm) = after.filter(|&harm| (noun..harm).all(small)) {
        return Some((at, harm, FigureKind::Casualties, Some(value)));
    }
    let before = (sentence.words.start..at)
        .rev()
        .take(4)
        .find(|&word| reader.is(word, HARMED))?;
    let near = (before + 1..at).all(|word| {
        reader.is(
            word,
            &[
                "at", "least", "more", "than", "about", "some", "up", "to", "nearly", "almost",
                "as", "many", "around",
            ],
        )
    });
    let someone = noun < end
        && (is_counted(reader, noun)
            || reader.has(noun, Classes::ROLE.or(Classes::COLLECTIVE))
            || reader.is(noun, &["others", "passengers", "officers", "firefighters"])
            // “killed two dockers”
            || reader.is_lower(noun)
                && ["ers", "ors", "ists", "ants", "men", "women"]
                    .iter()
                    .any(|end| reader.of(noun).ends_with(end)));
    let relative = before > sentence.words.start && reader.is(before - 1, &["that", "which"]);
    (near && someone && !relative).then_some((before, noun, FigureKind::Casualties, Some(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::reading::Reading;
    use crate::text::Text;

    #[test]
    fn a_number_is_read_with_all_its_words() {
        let check = |text: &str, expected: &[(&str, f64)]| {
            let tree = crate::syntax::parse(&Text::new(text), None);
            let prose = Prose::read(&tree.blocks[0].block, &Reading::default());
            let figures = prose.figures.iter();
            let read = |one: &Figure| Some((one.number.of(text), one.value?));
            let read: Vec<_> = figures.filter_map(read).collect();
            assert_eq!(read, expected, "{text}");
        };
        check("They lost 1,200 jobs.", &[("1,200", 1200.0)]);
        check("They lost 2 million jobs.", &[("2 million", 2e6)]);
        check("Two thousand jobs are lost.", &[("Two thousand", 2000.0)]);
        check(
            "Two hundred thousand people left.",
            &[("Two hundred thousand", 2e5)],
        );
        check(
            "Two million three hundred thousand and five people left.",
            &[("Two million three hundred thousand and five", 2_300_005.0)],
        );
        check(
            "One hundred and twenty-five thousand people left.",
            &[("One hundred and twenty-five thousand", 125e3)],
        );
        check("Between one hundred and two thousand people left.", &[]);
        check(
            "Two hundred men and twenty women left.",
            &[("Two hundred", 200.0), ("twenty", 20.0)],
        );
        check(
            "The fire killed two hundred people and injured twelve workers.",
            &[("two hundred", 200.0), ("twelve", 12.0)],
        );
    }
}
