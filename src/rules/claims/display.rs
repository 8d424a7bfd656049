//! A headline or caption that says more than the story.

use std::borrow::Cow;

use super::header_line;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::figure::{self, FigureKind};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::vocabulary::Key;
use crate::prose::{Form, Prose, QuoteKind, Word};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::outline::Label;
use crate::syntax::tree::{Field, Shape};
use crate::text::order;
use crate::text::span::Span;
use crate::words::{Classes, Lengths, NUMBERS, TENS};

/// A headline or caption that says more than the story.
pub const RULE: Rule = Rule {
    name: "display-outruns-story",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A quotation or a figure in a headline, deck, caption or pull quote that the story does not have so.",
    why: "Most people read the headline and nothing else, and it is written last and by somebody else. What stands in it between quotation \
          marks, and every figure, must stand in the story.",
    fires: &["
# 14 people killed in crash
  ^^ error display-outruns-story: “14” stands in the headline, not in the story.

Three people died in a crash on Monday, police said, and the road is closed.
", "
# 90% of voters like bridge
  ^^^ error display-outruns-story: “90%” stands in the headline, not in the story.

Some 60% of voters like the bridge, a poll by Marlow Research found on Monday.
", "
# Mayor calls pier ‘a death trap’
                   ^^^^^^^^^^^^^^ error display-outruns-story: “a death trap” stands in the headline, not in the story.

Mayor Dana Ortiz said on Monday that the pier was not safe and would be closed before the summer.
", "
# Storm kills 14 in valley
              ^^ error display-outruns-story: “14” stands in the headline, not in the story.

At least 12 people were killed when the dam gave way, police said on Monday, and the road is closed.
", "
Headline: Storm kills 14 in valley
                      ^^ error display-outruns-story: “14” stands in the headline, not in the story.

At least 12 people were killed when the dam gave way, police said on Monday, and the road is closed.
", "
# Crash kills 41
              ^^ error display-outruns-story: “41” stands in the headline, not in the story.

The bus was carrying more than 40 people when it left the road, police said on Monday, and 41 percent of them were students.
", "
Headline: Mayor calls pier ‘a death trap’
                           ^^^^^^^^^^^^^^ error display-outruns-story: “a death trap” stands in the headline, not in the story.

Mayor Dana Ortiz said on Monday that the pier was not safe and would be closed before the summer.
", "
# More than 20 hurt in crash
            ^^ error display-outruns-story: “20” stands in the headline, not in the story.

The bus left the road on Monday and 18 people were hurt, police said.
", "
# Council to meet on March 4
                           ^ error display-outruns-story: “4” stands in the headline, not in the story.

The council will meet on March 11 to vote on the pier, Mayor Dana Ortiz said.
", "
# 4 killed in house fire
  ^ error display-outruns-story: “4” stands in the headline, not in the story.

Three people were killed in a fire at a house on Monday, police said. A couple were among them.
", "
# Storm kills 20
              ^^ error display-outruns-story: “20” stands in the headline, not in the story.

One hundred and twenty people were killed when the dam gave way, police said on Monday.
", "
# Curfew to begin at 9pm
                     ^^^ error display-outruns-story: “9pm” stands in the headline, not in the story.

The curfew will begin at 8 p.m., Mayor Dana Ortiz said on Monday, and end at 6 a.m.
", "
# Curfew to begin at 9:30 p.m.
                     ^^^^ error display-outruns-story: “9:30” stands in the headline, not in the story.

The curfew will begin at 9 p.m., Mayor Dana Ortiz said on Monday, and end at 6:30 a.m.
", "
# Bus leaves at 8.15am
                ^^^^^^ error display-outruns-story: “8.15am” stands in the headline, not in the story.

The bus will leave at 8:50 a.m., Mayor Dana Ortiz said on Monday.
", "
# Storm kills 9
              ^ error display-outruns-story: “9” stands in the headline, not in the story.

Twelve people were killed when the dam gave way at 9 p.m. on Monday, police said.
", "
The council will meet on March 19, Mayor Dana Ortiz said on Monday, and 14 people came.

![Some 40 people on the pier on March 9.](pier.jpg)
       ^^ error display-outruns-story: “40” stands in the caption, not in the story.
", "
# Board to sell pier for $9 million
                         ^^^^^^^^^^ error display-outruns-story: “$9 million” stands in the headline, not in the story.

The board will sell the pier for $4 million, Mayor Dana Ortiz said on Monday, before the summer is out.
", "
# Pier to close

Mayor Dana Ortiz said on Monday that “the pier is rotten” and would be closed before the summer.

>> The pier is rotten to the core
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error display-outruns-story: “The pier is rotten to the core” stands in the pull quote, not in the story.
"],
    quiet: &[
        "# Man, 34, dies in crash\n\nA 34-year-old man died in a crash on Monday, police said.",
        "# Quake of 6.4 tears 12 miles of road\n\nA 6.4-magnitude quake tore up a 12-mile stretch of road on Monday, police said.",
        "# Harlan to get £2bn bridge\n\nThe bridge will cost 2 billion pounds, Mayor Dana Ortiz said on Monday.",
        "# Rovers 3, Athletic 1\n\nThe Rovers beat Athletic 3-1 on Saturday, and 5,000 people saw it.",
        "# 30 hurt, 120 homeless in storm\n\nThirty people were hurt and one hundred and twenty lost their homes in the storm, police said on Monday.",
        "# Storm kills 2,500\n\nTwo thousand five hundred people died in the storm, police said on Monday.",
        "# Storm kills 25\n\nTwenty-five people died in the storm, police said on Monday.",
        "# 1 dead, 3 hurt in crash\n\nA man died and three people were hurt in a crash on Monday, police said.",
        "# 100 dead, 200 hurt in storm\n\nA hundred people died and two hundred were hurt in the storm, police said on Monday.",
        "# 12 hurt in blast\n\nA dozen people were hurt in a blast on Monday, police said.",
        "# 90% of voters like bridge, 25% love it\n\nNine in 10 voters like the bridge and a quarter love it, a poll by Marlow Research found on Monday.",
        "# 2 dead in crash\n\nA man and his son died in a crash on Monday, police said.",
        "# Post-9/11 law that passed in ’16 goes to Jan. 6 panel\n\nThe law will go to the panel, Mayor Dana Ortiz said on Monday.",
        "# Mayor calls pier ‘rotten’\n\nMayor Dana Ortiz said on Monday that “the pier is rotten” and would be closed.",
        "# Storm kills 12 in valley\n\nTwelve people were killed when the dam gave way, police said on Monday, and the road is closed.",
        "# Board to sell pier for $5 million\n\nThe board will sell the pier for $4.96 million, Mayor Dana Ortiz said on Monday.",
        "Slug: pier-14\nHeadline: Storm kills 12 in valley\nDate: 2026-03-14\n\nTwelve people were killed when the dam gave way, police said on Monday, and the road is closed.",
        "# 5 ways to save the pier\n\nMayor Dana Ortiz said on Monday that the pier was not safe and would be closed.",
        "EMBARGOED UNTIL 00:01 THURSDAY 4 MARCH\n\nThe pier will be sold.",
        "# Curfew to begin at 9 p.m.\n\nThe curfew will begin at 9pm, Mayor Dana Ortiz said on Monday.",
        "# Curfew from 9pm to 6 a.m.\n\nThe curfew will begin at 21:00 and end at six, Mayor Dana Ortiz said on Monday.",
        "# Curfew from 9:30 p.m. to 6.15am\n\nThe curfew will begin at 21:30 and end at a quarter past six, Mayor Dana Ortiz said on Monday.",
        "# Curfew at 9.30 pm\n\nThe curfew will begin at half past nine, Mayor Dana Ortiz said on Monday.",
        "# Curfew at 9:30\n\nThe curfew will begin at nine-thirty, Mayor Dana Ortiz said on Monday.",
        "# Roth wins marathon in 2:08\n\nAna Roth won the race on Monday in two hours and eight minutes.",
        "# Curfew from 12 to 5\n\nThe curfew will begin at noon and end at 5am, Mayor Dana Ortiz said on Monday.",
        "The council will meet on March 19, Mayor Dana Ortiz said on Monday.\n\n![The pier on March 9, 2026.](pier.jpg)",
        "# Pier closed in 2024\n\nMayor Dana Ortiz said on Monday that the pier was not safe and would be closed.",
        "# Rovers come from three down\n\nThe Rovers scored four times in the last minutes, after Saltmere led 3-0 at the break on Saturday.",
        "# Pier closed\n\nMayor Dana Ortiz said on Monday that the pier was not safe, and 14 people left.",
        "# Review: ‘The Pier’ is a film about nothing\n\nThe film was made in Harlan, and Mayor Dana Ortiz is in it for a minute.",
        "# More than 20 hurt in crash\n\nThe bus left the road on Monday and 23 people were hurt, police said.",
        "# Nearly 30 hurt in crash\n\nThe bus left the road on Monday and 28 people were hurt, police said.",
        "# 4 killed in house fire\n\nA couple and their two sons died in a fire at a house on Monday, police said.",
        "# Council to meet on March 4\n\nThe council will meet on Monday to vote on the pier, Mayor Dana Ortiz said.",
        "# Rents double to 1,200 a month\n\nThe rent of a room has doubled to 1,200 a month, the tenants’ union said on Monday.",
    ],
    options: &[RuleOption {
        name: "tolerance",
        default: "5",
        summary: "So many percent may a rounded figure differ.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let tolerance = look::number_option(scene, "display-outruns-story.tolerance", 5) as f64 / 100.0;
    let displays = displays(draft);
    if displays.is_empty() {
        return;
    }
    if body(draft).next().is_none() {
        return;
    }
    let mut numbers = Numbers {
        draft,
        unread: body(draft),
        read: Vec::new(),
    };
    for display in &displays {
        let (text, prose, name): (&str, &Prose, _) = (&display.text, &display.prose, display.name);
        let mut push = |span: Span, message: String| {
            let place = display.place(span);
            let start = draft.tree.blocks[display.block].start;
            let inside = Place {
                block: display.block,
                span: Span::new(place.start() - start, place.end() - start),
            };
            if !look::is_open(&draft.story, &draft.tree, inside) {
                found.push(look::finding(&RULE, place, message));
            }
        };
        let (block, label) = (display.block, display.label);
        if label == Label::PullQuote {
            // All of it is quoted.
            for (index, sentence) in prose.sentences.iter().enumerate() {
                let said = pulled(text, sentence.span);
                // What is nearly so is `pull-quote-differs`’ own.
                if is_credit(said) || has_like(draft, block, index) || has(draft, said, block) {
                    continue;
                }
                let start = sentence.span.end() - said.len();
                push(
                    Span::new(start, sentence.span.end()),
                    format!(
                        "“{}” stands in the {name}, not in the story.",
                        look::shown(said)
                    ),
                );
            }
            continue;
        }
        for quote in &prose.quotes {
            let is_said = !matches!(quote.kind, QuoteKind::Title | QuoteKind::Nickname)
                && quote.depth == 0
                && !quote.is_open
                && !is_a_title(text, quote.inner);
            let said = quote.inner.of(text);
            if is_said && !has(draft, said, block) {
                push(
                    quote.span,
                    format!(
                        "“{}” stands in the {name}, not in the story.",
                        look::shown(said)
                    ),
                );
            }
        }
        for (value, span) in numbers_of(text, prose) {
            // `three down at the break`: a number in words is counted from the story more often than taken from it.
            let is_in_words = !span.of(text).contains(|c: char| c.is_ascii_digit());
            let unit = Unit::of(text, span);
            let is_list = unit != Unit::Share && opens_list(text, prose, span);
            // “Man dies” is one man, and a day or a year is no figure of the story.
            let is_no_count = unit == Unit::Plain && value == 1.0 || is_date(text, prose, span);
            // `in 2:08`: how long a race took.
            let is_length = unit == Unit::Hour
                && value.fract() != 0.0
                && !is_of_day(text, span)
                && !is_after(text, prose, span, AT);
            let bound = Bound::of(text, prose, span);
            let may_be_hour = unit == Unit::Hour || is_when(text, prose, span);
            let fits = |(number, told): &(f64, Unit)| {
                let most = unit.rounded(value, tolerance) * number.abs().max(value.abs());
                let is_near = (number - value).abs() <= most || bound.allows(value, *number);
                is_near && unit.fits(*told) && (may_be_hour || *told != Unit::Hour)
            };
            if is_list || is_no_count || is_length || is_in_words || numbers.have(fits) {
                continue;
            }
            // A caption tells when the picture was taken.
            let is_other_day = month_beside(text, prose, span).is_some_and(|month| {
                label == Label::Caption
                    || !body(draft).any(|block| has_day_of(draft, block, &month))
            });
            if is_other_day || tells_one_by_one(draft, text, prose, span) {
                continue;
            }
            push(
                span,
                format!(
                    "“{}” stands in the {name}, not in the story.",
                    look::shown(span.of(text))
                ),
            );
        }
    }
}

/// The blocks of the story in which what is set large must stand.
fn body(draft: &Draft) -> impl Iterator<Item = usize> + '_ {
    let labels = draft.story.labels.iter().enumerate();
    labels.filter_map(|(block, label)| is_body(*label).then_some(block))
}

fn is_body(label: Label) -> bool {
    matches!(
        label,
        Label::Body | Label::List | Label::BlockQuote | Label::Table
    )
}

/// The numbers of the story. Most numbers of a headline stand in the first paragraphs: those of later ones are read when they
/// are asked for.
struct Numbers<'a, I> {
    draft: &'a Draft,
    /// The blocks that are not read yet.
    unread: I,
    /// The numbers of those that are.
    read: Vec<(f64, Unit)>,
}

impl<I: Iterator<Item = usize>> Numbers<'_, I> {
    /// Whether one of them is as it is asked for.
    fn have(&mut self, fits: impl Fn(&(f64, Unit)) -> bool) -> bool {
        let mut seen = 0;
        loop {
            if self.read[seen..].iter().any(&fits) {
                return true;
            }
            seen = self.read.len();
            let Some(block) = self.unread.next() else {
                return false;
            };
            let text: &str = &self.draft.tree.blocks[block].block.text;
            add_numbers(text, &self.draft.prose[block], &mut self.read);
        }
    }
}

/// Adds the numbers of a block, in digits and in words.
fn add_numbers(text: &str, prose: &Prose, numbers: &mut Vec<(f64, Unit)>) {
    let words = &prose.words;
    let mut spans = numbers_of(text, prose);
    spans.extend(words.iter().flat_map(|word| numbers_inside(text, word)));
    spans.extend(with_article(text, words));
    let spans = spans.into_iter();
    numbers.extend(spans.map(|(value, span)| (value, Unit::of(text, span))));
    let parts = parts_in_words(text, prose).into_iter();
    numbers.extend(parts.map(|share| (share, Unit::Share)));
    let past = past_the_hour(text, words).into_iter();
    numbers.extend(past.map(|hour| (hour, Unit::Hour)));
    let is_twelve = |word: &Word| is_one_of(text, word, &["noon", "midnight"]);
    numbers.extend(words.iter().any(is_twelve).then_some((12.0, Unit::Hour)));
}

/// What befell those who are counted.
const HARM: &[&str] = &[
    "dead", "die", "died", "dies", "drown", "hurt", "injured", "injures", "kill", "killed",
    "killing", "kills", "missing", "wounded",
];

/// How a headline rounds what it counts.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    /// `14`
    None,
    /// `more than 20`, `at least 20`
    Below,
    /// `nearly 30`, `up to 30`
    Above,
}

impl Bound {
    fn of(text: &str, prose: &Prose, number: Span) -> Bound {
        let words = &prose.words;
        let at = words.partition_point(|word| word.span.start() < number.start());
        let is = |back: usize, options: &[&str]| {
            at.checked_sub(back)
                .is_some_and(|at| is_one_of(text, &words[at], options))
        };
        if is(1, &["over", "above"])
            || is(1, &["than"]) && is(2, &["more"])
            || is(1, &["least"]) && is(2, &["at"])
        {
            Bound::Below
        } else if is(1, &["nearly", "almost", "under"])
            || is(1, &["than"]) && is(2, &["fewer", "less"])
        {
            Bound::Above
        } else {
            Bound::None
        }
    }

    /// Whether a number of the story may be told so: “more than 20” of 23, not of 60.
    fn allows(self, value: f64, told: f64) -> bool {
        match self {
            Bound::None => false,
            Bound::Below => value <= told && told <= 1.5 * value,
            Bound::Above => 0.8 * value <= told && told <= value,
        }
    }
}

/// `5 ways to save the pier`: a number that opens a headline counts what follows in it, unless it counts the dead or the hurt.
fn opens_list(text: &str, prose: &Prose, number: Span) -> bool {
    let is_first = prose
        .words
        .first()
        .is_some_and(|first| first.span == number);
    let mut next = prose.words.iter().skip(1).take(2);
    // Two may be told one by one: “a man and his son died”.
    let is_few = matches!(number.of(text), "1" | "2");
    is_first && (is_few || !next.any(|word| is_one_of(text, word, HARM)))
}

/// The month of which a number is the day: `May 12`, `12 May`.
fn month_beside(text: &str, prose: &Prose, number: Span) -> Option<String> {
    let words = &prose.words;
    let at = words.partition_point(|word| word.span.start() < number.start());
    let beside = [at.checked_sub(1), Some(at + 1)];
    let mut months = beside.into_iter().flatten().filter_map(|at| words.get(at));
    months
        .find(|word| word.form == Form::Capital && word.classes.has(Classes::MONTH))
        .map(|word| lower(text, word).to_string())
}

/// Whether a block tells a day of a month, in whatever short form.
fn has_day_of(draft: &Draft, block: usize, month: &str) -> bool {
    let text: &str = &draft.tree.blocks[block].block.text;
    let words = &draft.prose[block].words;
    words.iter().enumerate().any(|(at, word)| {
        let is_day = |at: Option<usize>| {
            at.and_then(|at| words.get(at))
                .is_some_and(|word| word.form == Form::Number)
        };
        word.classes.has(Classes::MONTH)
            && word.form == Form::Capital
            && lower(text, word).get(..3) == month.get(..3)
            && (is_day(at.checked_sub(1)) || is_day(Some(at + 1)))
    })
}

/// `4 killed in fire` over “a couple and their two sons died”: the story counts nobody, and names one after the other.
fn tells_one_by_one(draft: &Draft, text: &str, prose: &Prose, number: Span) -> bool {
    const KIN: &[&str] = &[
        "couple",
        "brother",
        "brothers",
        "sister",
        "sisters",
        "son",
        "sons",
        "daughter",
        "daughters",
        "wife",
        "husband",
        "mother",
        "father",
        "parents",
        "children",
        "twins",
        "woman",
        "man",
        "boy",
        "girl",
    ];
    let at = prose
        .words
        .partition_point(|word| word.span.start() < number.start());
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let mut beside = beside.filter_map(|at| prose.words.get(at));
    let is_harm = beside.any(|word| is_one_of(text, word, HARM));
    let is_few = matches!(number.of(text).parse::<u32>(), Ok(2..=9));
    if !is_harm || !is_few {
        return false;
    }
    let counts = |block: usize| {
        let (text, prose) = (&draft.tree.blocks[block].block.text, &draft.prose[block]);
        let mut figures = prose.figures.iter();
        figures.any(|figure| {
            let mut before = prose.words.iter();
            let before = before.rfind(|word| word.span.end() <= figure.span.start());
            // “Their two sons” are told of beside others.
            let is_theirs =
                before.is_some_and(|word| is_one_of(text, word, &["his", "her", "their"]));
            figure.kind == FigureKind::Casualties && !is_theirs
        })
    };
    let names_kin = |block: usize| {
        let text: &str = &draft.tree.blocks[block].block.text;
        let mut words = draft.prose[block].words.iter();
        words.any(|word| is_one_of(text, word, KIN))
    };
    !body(draft).any(counts) && body(draft).any(names_kin)
}

/// `’16`, `Post-9/11`, `Jan. 6 panel`: a year, or a day that names an event.
fn is_date(text: &str, prose: &Prose, number: Span) -> bool {
    const EVENTS: &[(&str, &str)] = &[("jan", "6"), ("sept", "11"), ("sep", "11"), ("oct", "7")];
    let before = &text[..number.start()];
    let digits = number.of(text);
    let is_year = digits.len() == 2 && before.ends_with(['’', '\'', '‘']);
    let at = prose
        .words
        .partition_point(|word| word.span.start() < number.start());
    let month = at.checked_sub(1).map(|at| lower(text, &prose.words[at]));
    let is_event = month.is_some_and(|month| {
        let mut events = EVENTS.iter();
        events.any(|(of, day)| month.starts_with(of) && *day == digits)
    });
    is_year || before.ends_with('/') || is_event
}

/// Whether a number may be an hour by the word before it: `from 9 to 5`.
fn is_when(text: &str, prose: &Prose, number: Span) -> bool {
    is_after(text, prose, number, AT) || is_after(text, prose, number, &["from", "to"])
}

/// What an hour stands behind.
const AT: &[&str] = &[
    "after", "around", "at", "before", "by", "since", "till", "until",
];

fn is_after(text: &str, prose: &Prose, number: Span, options: &[&str]) -> bool {
    let words = &prose.words;
    let at = words.partition_point(|word| word.span.start() < number.start());
    at.checked_sub(1)
        .is_some_and(|at| is_one_of(text, &words[at], options))
}

/// `9pm`, `9:30 p.m.`: whether the half of the day is told with an hour.
fn is_of_day(text: &str, number: Span) -> bool {
    let written = number.of(text).to_ascii_lowercase();
    let after = text[number.end()..].trim_start();
    let next = after.get(..8).unwrap_or(after).to_ascii_lowercase();
    let mut word = next.split(|c: char| !c.is_ascii_alphabetic() && c != '.');
    let word = word.next().map(|word| word.trim_end_matches('.'));
    written.ends_with("am")
        || written.ends_with("pm")
        || matches!(word, Some("am" | "pm" | "a.m" | "p.m"))
}

/// What a number counts, as far as its sign tells.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Plain,
    /// `9pm`, `9 p.m.`, `21:00`, `nine o’clock`
    Hour,
    Money,
    Share,
}

impl Unit {
    fn of(text: &str, number: Span) -> Unit {
        let written = number.of(text);
        let after = text[number.end()..].trim_start();
        let next = after.get(..8).unwrap_or(after).to_ascii_lowercase();
        let is_share = ["percent", "per cent", "pct", "pc "]
            .iter()
            .any(|word| next.starts_with(word));
        let is_hour = is_of_day(text, number)
            || written.contains(':')
            || next.starts_with("o’c")
            || next.starts_with("o'c");
        match written.chars().next() {
            _ if is_hour => Unit::Hour,
            Some('$' | '£' | '€' | '¥') => Unit::Money,
            _ if written.ends_with('%') || after.starts_with('%') || is_share => Unit::Share,
            _ => Unit::Plain,
        }
    }

    /// Whether a number of the story may be what is displayed: a share tells no count.
    fn fits(self, told: Unit) -> bool {
        (self == Unit::Share) == (told == Unit::Share)
    }

    /// How far a number may be rounded: below a hundred people are counted one by one.
    fn rounded(self, value: f64, tolerance: f64) -> f64 {
        match self {
            Unit::Plain | Unit::Hour if value < 100.0 => 0.0,
            _ => tolerance,
        }
    }
}

/// Words that are set large: a headline, a deck, a caption or a pull quote.
struct Display<'a> {
    label: Label,
    name: &'static str,
    block: usize,
    text: Cow<'a, str>,
    prose: Cow<'a, Prose>,
    /// Where `text` begins in the file.
    start: usize,
}

impl Display<'_> {
    /// Where words of it stand in the file.
    fn place(&self, words: Span) -> Span {
        words.shift(self.start)
    }
}

/// Those of which something is to be found in the story, in order; a headline in the header is read as one that stands over
/// it. Most headlines hold neither quotations nor numbers.
fn displays(draft: &Draft) -> Vec<Display<'_>> {
    let mut displays = Vec::new();
    for (block, &label) in draft.story.labels.iter().enumerate() {
        let placed = &draft.tree.blocks[block];
        if Some(block) == draft.story.facts.header
            && let Shape::Header(header) = &placed.block.shape
        {
            let fields = header.fields.iter();
            let read = fields.filter_map(|field| in_header(draft, block, field));
            displays.extend(read.filter(|it| asks(it.label, &it.text, &it.prose)));
            continue;
        }
        let Some(name) = name(label) else {
            continue;
        };
        if !asks(label, &placed.block.text, &draft.prose[block]) {
            continue;
        }
        displays.push(Display {
            label,
            name,
            block,
            text: Cow::Borrowed(&placed.block.text),
            prose: Cow::Borrowed(&draft.prose[block]),
            start: placed.start,
        });
    }
    displays
}

/// Whether words that are set large hold something that is to be found in the story.
fn asks(label: Label, text: &str, prose: &Prose) -> bool {
    label == Label::PullQuote || !prose.quotes.is_empty() || !numbers_of(text, prose).is_empty()
}

/// A field of the header that is set large.
fn in_header<'a>(draft: &'a Draft, block: usize, field: &Field) -> Option<Display<'a>> {
    let header = &draft.tree.blocks[block];
    let label = header_line::label(field.key.of(&header.block.text))?;
    let value = field.value.of(&header.block.text);
    if !value.contains(|c: char| c.is_ascii_digit() || matches!(c, '“' | '‘' | '"' | '\'')) {
        return None;
    }
    let (line, prose) = header_line::read(draft, header, field)?;
    Some(Display {
        label,
        name: name(label)?,
        block,
        text: Cow::Owned(line.block.text.to_string()),
        prose: Cow::Owned(prose),
        start: line.start,
    })
}

/// What those who write call words that are set large; none for other words.
fn name(label: Label) -> Option<&'static str> {
    match label {
        Label::Headline => Some("headline"),
        Label::Deck => Some("deck"),
        Label::Caption => Some("caption"),
        Label::PullQuote => Some("pull quote"),
        _ => None,
    }
}

/// Whether a passage of the story is like a sentence of a pull quote.
fn has_like(draft: &Draft, block: usize, sentence: usize) -> bool {
    let echoes = &draft.echoes;
    let from = echoes.partition_point(|echo| (echo.block, echo.sentence) < (block, sentence));
    let mut parts = echoes[from..]
        .iter()
        .take_while(|echo| (echo.block, echo.sentence) == (block, sentence));
    parts.any(|echo| echo.like().is_some())
}

/// The words of a sentence of a pull quote.
fn pulled(text: &str, sentence: Span) -> &str {
    sentence.of(text).trim_start_matches(['>', ' '])
}

fn is_credit(said: &str) -> bool {
    said.starts_with(['—', '–', '-'])
}

/// Whether the body has some words as they stand in a block that is set large: mostly near it.
fn has(draft: &Draft, said: &str, block: usize) -> bool {
    let phrase = phrase(said);
    // It can only stand where each of its words does.
    let mut words: Vec<&str> = phrase.split(' ').collect();
    // Long words stand in the fewest blocks.
    order::short_by_key(&mut words, |word| usize::MAX - word.len());
    let words: Vec<Key> = words.into_iter().map(Key::of).collect();
    let blocks = draft.vocabularies.with_all(&words, block);
    let mut body = blocks.filter(|&block| is_body(draft.story.labels[block]));
    phrase.is_empty()
        || body.any(|block| plain(&draft.tree.blocks[block].block.text).contains(&phrase))
}

fn phrase(said: &str) -> String {
    plain(said).trim().to_owned()
}

/// `‘The Pier’`: capitals throughout name a work.
fn is_a_title(text: &str, inner: Span) -> bool {
    inner
        .of(text)
        .split(' ')
        .filter(|word| word.len() > 3)
        .all(|word| word.starts_with(char::is_uppercase))
}

/// Letters and digits in small letters, single spaces between the words.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    let words = text.split(|c: char| !c.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()) {
        let from = plain.len();
        match word.is_ascii() {
            true => {
                plain.push_str(word);
                plain[from..].make_ascii_lowercase();
            }
            false => plain.push_str(&word.to_lowercase()),
        }
        plain.push(' ');
    }
    plain
}

/// The numbers of a block outside quotation marks with their values; years are none.
fn numbers_of(text: &str, prose: &Prose) -> Vec<(f64, Span)> {
    let words = &prose.words;
    let of = |at: usize| {
        words
            .get(at)
            .map(|word| lower(text, word))
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    let mut next = 0;
    for (at, word) in words.iter().enumerate() {
        let Some(value) = value(text, word).filter(|_| at >= next) else {
            continue;
        };
        // `one hundred and twenty`
        let whole = || figure::number(text, words, at).filter(|(_, last)| *last > at);
        if let Some((whole, last)) = (word.form != Form::Number).then(whole).flatten() {
            found.push((whole, word.span.cover(words[last].span)));
            next = last + 1;
            continue;
        }
        let (times, span) = match of(at + 1).as_str() {
            "hundred" => (1e2, word.span.cover(words[at + 1].span)),
            "thousand" => (1e3, word.span.cover(words[at + 1].span)),
            "million" | "mln" => (1e6, word.span.cover(words[at + 1].span)),
            "billion" | "bln" => (1e9, word.span.cover(words[at + 1].span)),
            "trillion" => (1e12, word.span.cover(words[at + 1].span)),
            "percent" | "per" => (1.0, word.span),
            "dozen" => (12.0, word.span.cover(words[at + 1].span)),
            _ => (1.0, word.span),
        };
        found.push((value * times, span));
    }
    found
}

/// `a dozen`, `a hundred people`
fn with_article(text: &str, words: &[Word]) -> Vec<(f64, Span)> {
    const MANY: &[(&str, f64)] = &[
        ("dozen", 12.0),
        ("hundred", 1e2),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
    ];
    let pairs = words.windows(2).filter_map(|two| {
        if !matches!(two[0].span.of(text), "a" | "A") {
            return None;
        }
        let mut all = MANY.iter();
        let many = all.find(|many| is_one_of(text, &two[1], &[many.0]))?;
        Some((many.1, two[1].span))
    });
    pairs.collect()
}

/// `half`, `two-thirds`, `nine in 10`: shares of a hundred, as a story tells them in words.
fn parts_in_words(text: &str, prose: &Prose) -> Vec<f64> {
    const PARTS: &[&str] = &["half", "third", "thirds", "quarter", "quarters", "fifth"];
    const SHARES: [f64; 6] = [50.0, 33.3, 66.7, 25.0, 75.0, 20.0];
    static LENGTHS: Lengths = Lengths::of(&[PARTS]);
    let words = &prose.words;
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let letters = word.span.of(text);
        if LENGTHS.may_hold(letters) || letters.contains('-') {
            let last = letters.rsplit('-').next().unwrap_or_default();
            let mut parts = PARTS.iter();
            let part = parts.position(|part| last.eq_ignore_ascii_case(part));
            found.extend(part.map(|part| SHARES[part]));
        }
        if letters.len() != 2 || !is_one_of(text, word, &["in", "of"]) {
            continue;
        }
        let back = if is_one_of(text, word, &["of"]) { 2 } else { 1 };
        let few = at
            .checked_sub(back)
            .and_then(|few| value(text, &words[few]));
        let many = words.get(at + 1).and_then(|many| value(text, many));
        let is_share = |(few, many): &(f64, f64)| *few < *many;
        let shares = few.zip(many).filter(is_share);
        found.extend(shares.map(|(few, many)| 100.0 * few / many));
    }
    found
}

/// The numbers inside a word with a hyphen: `34-year-old` is 34, `3-1` is 3 and 1, `Twenty-five` is 25.
fn numbers_inside(text: &str, word: &Word) -> Vec<(f64, Span)> {
    let written = word.span.of(text);
    if !written.contains(['-', '–']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = word.span.start();
    let (mut tens, mut hour) = (None, None::<f64>);
    for part in written.split(['-', '–']) {
        let span = Span::new(start, start + part.len());
        // A hyphen is one byte, a dash three.
        start = span.end() + text[span.end()..].chars().next().map_or(0, char::len_utf8);
        let plain = part.trim_start_matches(['$', '£', '€', '¥']);
        let value = match plain.starts_with(|c: char| c.is_ascii_digit()) {
            true => of_clock(text, span).or_else(|| in_digits(part)),
            false => in_words(part),
        };
        found.extend(value.map(|value| (value, span)));
        found.extend(tens.zip(value).map(|(tens, value)| (tens + value, span)));
        let nth = TENS.iter().position(|ten| part.eq_ignore_ascii_case(ten));
        tens = nth.map(|nth| 20.0 + 10.0 * nth as f64);
        // `nine-thirty`
        let minutes = tens.or(value.filter(|value| *value >= 10.0));
        let time = hour.zip(minutes).map(|(hour, past)| hour + past / 60.0);
        found.extend(time.map(|time| (time, span)));
        hour = value.filter(|value| (1.0..=12.0).contains(value));
    }
    found
}

/// The value of a number in digits or words; none for years, ordinals and names such as `G20`.
fn value(text: &str, word: &Word) -> Option<f64> {
    let written = word.span.of(text);
    match word.form {
        Form::Number => of_clock(text, word.span).or_else(|| in_digits(written)),
        _ => in_words(written),
    }
}

fn in_words(written: &str) -> Option<f64> {
    static LENGTHS: Lengths = Lengths::of(&[&NUMBERS, &TENS]);
    let mut words = NUMBERS.iter().chain(&TENS);
    let at = LENGTHS
        .may_hold(written)
        .then(|| words.position(|it| written.eq_ignore_ascii_case(it)))
        .flatten()?;
    let tens = at.saturating_sub(NUMBERS.len() - 2) * 10;
    Some(if at < NUMBERS.len() { at } else { tens } as f64)
}

/// The hour that digits tell, of twelve, with its minutes as a part of it: `9pm`, `21:00`, `9:30`, `9.30 p.m.`
fn of_clock(text: &str, number: Span) -> Option<f64> {
    let written = number.of(text);
    let letters = written.find(|c: char| c.is_ascii_alphabetic());
    let (digits, end) = written.split_at(letters.unwrap_or(written.len()));
    let is_of_day = is_of_day(text, number);
    if !(end.is_empty() || is_of_day && end.len() == 2) {
        return None;
    }
    let (hour, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if is_of_day => digits.split_once('.').unwrap_or((digits, "00")),
        None => return None,
    };
    let hour: u32 = hour.parse().ok().filter(|hour| *hour <= 24)?;
    let minutes = minutes.parse().ok().filter(|_| minutes.len() == 2)?;
    (minutes < 60).then(|| on_the_face(hour, minutes))
}

/// An hour of twelve.
fn on_the_face(hour: u32, minutes: u32) -> f64 {
    f64::from((hour + 11) % 12 + 1) + f64::from(minutes) / 60.0
}

/// `half past nine`, `a quarter to ten`: hours that a story tells in words.
fn past_the_hour(text: &str, words: &[Word]) -> Vec<f64> {
    let threes = words.windows(3).filter_map(|three| {
        let is = |at: usize, options: &[&str]| is_one_of(text, &three[at], options);
        if !is(0, &["half", "quarter"]) || !is(1, &["past", "after", "to"]) {
            return None;
        }
        let hour = value(text, &three[2]).filter(|hour| (1.0..=12.0).contains(hour))? as u32;
        Some(match (is(0, &["half"]), is(1, &["to"])) {
            (true, _) => on_the_face(hour, 30),
            (_, true) => on_the_face(hour + 11, 45),
            _ => on_the_face(hour, 15),
        })
    });
    threes.collect()
}

/// `12`, `$4.96`, `41%`, `£2bn`; none for a year.
fn in_digits(written: &str) -> Option<f64> {
    let digits = written.trim_start_matches(['$', '£', '€', '¥']);
    let number = digits.trim_end_matches(|c: char| c == '%' || c.is_ascii_alphabetic());
    let scale = match digits[number.len()..].to_ascii_lowercase().as_str() {
        "" | "%" => 1.0,
        "k" => 1e3,
        "m" | "mn" | "million" => 1e6,
        "b" | "bn" | "billion" => 1e9,
        "tn" | "trillion" => 1e12,
        _ => return None,
    };
    let bare = number.replace(',', "");
    let value: f64 = bare.parse().ok()?;
    let is_year = bare.len() == 4 && (1500.0..2200.0).contains(&value) && written == bare;
    (!is_year).then_some(value * scale)
}
