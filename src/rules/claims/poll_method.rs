//! A poll, and no word on how it was made.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::figure::{Figure, FigureKind};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::vocabulary::Key;
use crate::prose::{Form, Sentence, Word};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::outline::Label;
use crate::words::{Classes, Lengths};

/// A poll, and no word on how it was made.
pub const RULE: Rule = Rule {
    name: "poll-method-missing",
    topic: "claim",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "A poll’s figures without who made it, how many were asked, when, or the margin of error.",
    why: "AP asks of every poll who did it, how many were asked, when, and the margin of error; a lead inside the margin is no lead. Asked \
          once for a story that a poll opens or carries; where a poll is only mentioned, it is a hint.",
    fires: &[
        "
A poll by Marlow Research put Diaz ahead of Wren, 48% to 45%.
  ^^^^ information poll-method-missing: This poll comes without sample size, field dates, margin of error. Add them once.
",
        "
Diaz leads Wren by 48% to 45%, a survey found.
                                 ^^^^^^ information poll-method-missing: This survey comes without pollster, sample size, field dates, margin of error. Add them once.
",
        "
A Marlow Research poll of 1,006 likely voters found 48% for Diaz.
                  ^^^^ information poll-method-missing: This poll comes without field dates, margin of error. Add them once.
",
        "
The Marlow Research poll put Diaz ahead, 48% to 45%. It was made from May 1 to May 4, and 1,006 voters were asked; the margin of error is 4 percentage points.
                                         ^^^ information poll-method-missing: The 3-point lead is inside the margin of error of 4: the two are about even.
",
        "
The council voted at noon, and the hall was full. Nobody left before the end.

Wren spoke first. Diaz spoke last, and longest, and nobody clapped.

The bridge is the valley’s oldest, and its costliest. It was built in the year of the flood.

A Marlow Research survey found that 48% like it.
                  ^^^^^^ hint poll-method-missing: This survey comes without sample size, field dates, margin of error. Add them once.
",
    ],
    quiet: &[
        "Sales fell 12%, a survey of 140 shops by the Chamber of Commerce found. It was made from May 1 to 4, and its margin of error is 3 points.",
        "A Marlow survey of 900 nurses found that 12% will quit. It was made from May 1 to 4, and its margin of error is 3 points.",
        "The Marlow Research poll of 1,006 registered voters from May 1 to 4 put Diaz ahead, 48% to 45%, with a margin of error of plus or minus 3 percentage points.",
        "Polls opened at 7 a.m., and 48% had voted by noon.",
        "“A poll put us ahead by 48% to 45%,” Diaz said.",
        "The poll was a surprise to Diaz, and nobody in the hall had seen it.",
        "Diaz won 48% of the vote at the polls, and Wren 45%.",
        "A poll by Marlow Research put Diaz ahead, 48% to 45%. [TK: how many asked, when, margin of error?]",
        "A poll by Marlow Research put Diaz ahead, 48% to 45%.[^poll]\n\n[^poll]: data, Marlow Research poll; date: 2026-05-04; note: n = 1,006, margin 3",
    ],
    options: &[RuleOption {
        name: "required",
        default: "[\"pollster\", \"sample\", \"dates\", \"margin\"]",
        summary: "What a story must say of a poll.",
    }],
    check: Check::Story(check),
};

const REQUIRED: &[&str] = &["pollster", "sample", "dates", "margin"];

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let Some(poll) = first_poll(draft) else {
        return;
    };
    let place = Place {
        block: poll.block,
        span: poll.word.span,
    };
    let cited = draft.story.citations_of(poll.block).iter();
    let is_cited = cited
        .into_iter()
        .any(|cited| cited.covers.span.overlaps(poll.sentence.span));
    let in_sentence = Place {
        block: poll.block,
        span: poll.sentence.span,
    };
    if is_cited || look::is_open(&draft.story, &draft.tree, in_sentence) {
        return;
    }
    let told = Told::of(draft);
    let required = look::list_option(scene, "poll-method-missing.required", REQUIRED);
    let missing: Vec<&str> = required
        .iter()
        .filter_map(|what| match what.as_str() {
            "pollster" if !told.pollster => Some("pollster"),
            "sample" if !told.sample => Some("sample size"),
            "dates" if !told.dates => Some("field dates"),
            "margin" if told.margin.is_none() => Some("margin of error"),
            _ => None,
        })
        .collect();
    if !missing.is_empty() {
        let words = draft.words(place).to_lowercase();
        let message = format!(
            "This {words} comes without {}. Add them once.",
            missing.join(", ")
        );
        let mut finding = look::finding(&RULE, draft.span(place), message);
        if !poll.opens_story {
            finding.severity = Severity::Hint;
        }
        let asked = missing.join(", ");
        let end = draft.tree.blocks[poll.block]
            .place(poll.sentence.span)
            .end();
        finding.fixes = vec![look::insert(
            format!("Add later: insert [TK: {asked}?]"),
            end,
            format!(" [TK: {asked}?]"),
        )];
        found.push(finding);
    }
    found.extend(
        told.margin
            .and_then(|margin| inside_margin(draft, &poll, margin)),
    );
}

/// Where a poll’s figures stand first.
struct Poll<'a> {
    block: usize,
    word: &'a Word,
    sentence: &'a Sentence,
    figures: Vec<&'a Figure>,
    /// Whether it stands in the first two paragraphs, or carries three figures or more.
    opens_story: bool,
}

/// The first sentence of the body with a poll and a percentage in it, outside quotation marks.
fn first_poll(draft: &Draft) -> Option<Poll<'_>> {
    let body = (0..draft.prose.len()).filter(|&block| draft.story.labels[block] == Label::Body);
    let polls = ["poll", "survey"].map(Key::of);
    for (nth, block) in body.enumerate() {
        let may_have = |poll: &Key| draft.vocabularies.may_have(block, *poll);
        if !polls.iter().any(may_have) || !draft.traces[block].has_percent {
            continue;
        }
        let prose = &draft.prose[block];
        let text: &str = &draft.tree.blocks[block].block.text;
        for (index, sentence) in prose.sentences.iter().enumerate() {
            let figures: Vec<&Figure> = prose
                .figures
                .iter()
                .filter(|figure| figure.sentence == index && figure.kind == FigureKind::Percent)
                .collect();
            let words = &prose.words[sentence.words.clone()];
            let is_poll = |at: usize| {
                let word = &words[at];
                let is_other = || {
                    words.get(at + 1).is_some_and(|next| {
                        let others = ["numbers", "worker", "workers", "station", "tax"];
                        is_one_of(text, next, &others)
                    })
                };
                !word.is_quoted && is_one_of(text, word, &["poll", "survey"]) && !is_other()
            };
            if figures.is_empty() {
                continue;
            }
            if let Some(at) = (0..words.len()).find(|&at| is_poll(at)) {
                return Some(Poll {
                    block,
                    word: &words[at],
                    sentence,
                    opens_story: nth < 2 || figures.len() >= 3,
                    figures,
                });
            }
        }
    }
    None
}

/// Words of a sentence that tells how a poll was made.
const ABOUT: &[&str] = &[
    "poll",
    "polls",
    "survey",
    "surveyed",
    "polled",
    "pollster",
    "pollsters",
    "interviewed",
    "conducted",
    "asked",
    "margin",
    "sample",
    "sampling",
];

/// What the story says anywhere of how a poll was made.
#[derive(Default)]
struct Told {
    pollster: bool,
    sample: bool,
    dates: bool,
    margin: Option<f64>,
}

impl Told {
    fn of(draft: &Draft) -> Told {
        let mut told = Told::default();
        let about: Vec<Key> = ABOUT.iter().map(|word| Key::of(word)).collect();
        let last = draft.prose.len().saturating_sub(1);
        for block in draft.vocabularies.with_one_of(&about, last) {
            let is_copy = matches!(
                draft.story.labels[block],
                Label::Body | Label::List | Label::Caption | Label::Table | Label::Headline
            );
            if !is_copy {
                continue;
            }
            if told.is_all() {
                break;
            }
            let (text, prose) = (&draft.tree.blocks[block].block.text, &draft.prose[block]);
            for sentence in &prose.sentences {
                told.look_at(text, &prose.words[sentence.words.clone()]);
            }
        }
        told
    }

    /// Whether there is nothing left to look for.
    fn is_all(&self) -> bool {
        self.pollster && self.sample && self.dates && self.margin.is_some()
    }

    fn look_at(&mut self, text: &str, words: &[Word]) {
        let of = |at: usize| {
            words
                .get(at)
                .map(|word| lower(text, word))
                .unwrap_or_default()
        };
        static LENGTHS: Lengths = Lengths::of(&[ABOUT]);
        let is_about = |word: &Word| {
            let letters = word.span.of(text);
            (LENGTHS.may_hold(letters) || !letters.is_ascii()) && is_one_of(text, word, ABOUT)
        };
        if !words.iter().any(is_about) {
            return;
        }
        for (at, word) in words.iter().enumerate() {
            let here = of(at);
            if matches!(here.as_str(), "poll" | "survey" | "polling" | "pollster") {
                self.pollster |= has_owner(words, at);
            }
            // “a survey of 140 shops”, “a poll of some 1,006 adults”
            let is_sampled = matches!(here.as_str(), "poll" | "survey") && of(at + 1) == "of";
            let asked = words.iter().skip(at + 2).take(3);
            self.sample |= is_sampled
                && asked
                    .into_iter()
                    .any(|word| number(word.span.of(text)).is_some_and(|many| many >= 100.0));
            if word.form == Form::Number && number(word.span.of(text)).is_some_and(|n| n >= 100.0) {
                self.sample |= (at + 1..at + 4).any(|next| {
                    matches!(
                        of(next).as_str(),
                        "adults"
                            | "voters"
                            | "people"
                            | "respondents"
                            | "residents"
                            | "americans"
                            | "britons"
                            | "households"
                            | "republicans"
                            | "democrats"
                            | "tenants"
                            | "members"
                            | "interviews"
                            | "caucusgoers"
                            | "women"
                            | "men"
                    )
                });
            }
            self.dates |= word.classes.has(Classes::MONTH)
                && word.form == Form::Capital
                && words
                    .get(at + 1)
                    .is_some_and(|next| next.form == Form::Number)
                || word.classes.has(Classes::WEEKDAY)
                    && matches!(of(at + 1).as_str(), "through" | "to" | "and" | "-" | "–");
            if here == "margin" && (at + 1..at + 5).any(|next| of(next) == "error") {
                let figures = words[at..]
                    .iter()
                    .filter_map(|word| number(word.span.of(text)));
                self.margin = self
                    .margin
                    .or(figures.into_iter().next())
                    .or(Some(f64::NAN));
            }
        }
    }
}

/// A name right before the word, or after `by`, `from` or `for` behind it: `a Marlow Research poll`, `a poll by Marlow`.
fn has_owner(words: &[Word], at: usize) -> bool {
    let is_name = |word: &Word| {
        matches!(word.form, Form::Capital | Form::Caps) && !word.classes.has(Classes::DEMONYM)
    };
    let before = words[..at].iter().rev().take(4);
    let named_before = before
        .take_while(|word| word.form != Form::Mark)
        .any(|word| is_name(word) && word.span.start() > words[0].span.start());
    let after = words
        .get(at + 1)
        .is_some_and(|word| word.classes.has(Classes::PREPOSITION));
    let later = words[(at + 1).min(words.len())..].iter().skip(1).take(3);
    named_before || after && later.into_iter().any(is_name) || is_made_by(words, at, is_name)
}

/// `a survey of 140 shops by the Chamber of Commerce`
fn is_made_by(words: &[Word], at: usize, is_name: impl Fn(&Word) -> bool) -> bool {
    let stretch = words.iter().skip(at + 1).take(10);
    let stretch: Vec<&Word> = stretch
        .take_while(|word| word.form != Form::Mark && !word.tag.is_finite())
        .collect();
    let is_by = |word: &Word| word.classes.has(Classes::PREPOSITION);
    stretch.windows(3).enumerate().any(|(nth, three)| {
        nth > 0
            && is_by(three[0])
            && (is_name(three[1]) || three[1].classes.has(Classes::DETERMINER) && is_name(three[2]))
    })
}

/// “48% to 45%” with a margin of error of 4 points.
fn inside_margin(draft: &Draft, poll: &Poll, margin: f64) -> Option<Finding> {
    let [first, second] = poll.figures[..] else {
        return None;
    };
    let lead = (first.value? - second.value?).abs();
    let text: &str = &draft.tree.blocks[poll.block].block.text;
    let between = &text[first.span.end()..second.span.start()];
    let is_race = matches!(between.trim(), "to" | "-" | "–");
    if !is_race || lead <= 0.0 || lead > margin {
        return None;
    }
    let place = Place {
        block: poll.block,
        span: first.span,
    };
    let message = format!(
        "The {}-point lead is inside the margin of error of {}: the two are about even.",
        plain(lead),
        plain(margin)
    );
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.fixes = vec![look::insert(
        "Say so later: insert [TK: about even]",
        draft.tree.blocks[poll.block]
            .place(poll.sentence.span)
            .end(),
        " [TK: about even]",
    )];
    Some(finding)
}

fn number(word: &str) -> Option<f64> {
    word.trim_end_matches('%').replace(',', "").parse().ok()
}

fn plain(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}")
}
