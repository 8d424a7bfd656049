//! A range or a comparison that can be read in two ways.

use crate::finding::{Finding, Fix, Severity};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::{Form, Word};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A range or a comparison that can be read in two ways.
pub const RULE: Rule = Rule {
    name: "range-and-unit",
    topic: "figure",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "“Between 5 to 10”, “$5 to $10 million”, “300% less”, “five times smaller”.",
    why: "A figure that can be read in two ways cannot be checked. Copy desks write “between 5 and 10”, give both ends of a range their \
          unit (“$5 million to $10 million”: else it begins at five dollars), and say “a fifth of”, since nothing falls by more than all of it.",
    fires: &[
        "
The repair will take between 5 to 10 weeks, the board said.
                     ^^^^^^^^^^^^^^^ hint range-and-unit: “between 5 to 10”: write “between 5 and 10”.
",
        "
The pier cost $5 to $10 million, the board said.
              ^^^^^^^^^^^^^^^^^ hint range-and-unit: “$5 to $10 million”: write “$5 million to $10 million”.
",
        "
Fares were 300% lower than in the spring, the board said.
           ^^^^^^^^^^ hint range-and-unit: “300% lower”: nothing falls by more than 100%. Give both figures.
",
        "
The new boat is five times smaller, the board said.
                ^^^^^^^^^^^^^^^^^^ hint range-and-unit: “five times smaller”: write a share (“a fifth of”), or give both figures.
",
        "
The new boat is three times cheaper, the board said.
                ^^^^^^^^^^^^^^^^^^^ hint range-and-unit: “three times cheaper”: write a share (“a third of”), or give both figures.
",
        "
The repair will take from 5 and 10 weeks, and the fair costs €2-€3 million.
                     ^^^^^^^^^^^^^ hint range-and-unit: “from 5 and 10”: write “from 5 to 10”.
                                                             ^^^^^^^^^^^^^ hint range-and-unit: “€2-€3 million”: write “€2 million-€3 million”.
",
    ],
    quiet: &[
        "The pier cost $5 million to $10 million, and took between 5 and 10 weeks, the board said.",
        "“It takes between 5 to 10 weeks, at $5 to $10 million,” Ortiz said.",
        "The Rovers won 3-2 and moved between 5th and 6th place, from 7 to 6.",
        "Rents rose from $500 to $1 million-dollar levels, the board said.",
        "Fares were 30% lower than in the spring, and five times higher than in 1990.",
        "The office is open between 5 p.m. to 6 p.m. only if it rains.",
        "Prices rose from $2 to $10 a pound.",
        "It fell from 5 in May and 10 in June.",
    ],
    options: &[RuleOption {
        name: "times-smaller",
        default: "true",
        summary: "Whether “five times smaller” and “300% less” are asked about.",
    }],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    let may_count = view.holds.numbers > 0 || view.holds.classes.has(Classes::NUMBER);
    if !may_count || !matches!(view.label, Label::Body | Label::List | Label::Caption) {
        return;
    }
    let times = look::switch_option(scene, "range-and-unit.times-smaller", true);
    let text = look::text(view);
    for sentence in &view.prose.sentences {
        let words = &view.prose.words[sentence.words.clone()];
        for at in 0..words.len() {
            let is_number = |word: &Word| word.form == Form::Number;
            let may_begin = is_number(&words[at])
                || words[at].classes.has(Classes::NUMBER)
                || words.get(at + 1).is_some_and(is_number);
            if words[at].is_quoted || !may_begin {
                continue;
            }
            let one = between(text, &words[at..])
                .or_else(|| money(text, &words[at..]))
                .or_else(|| smaller(text, &words[at..]).filter(|_| times));
            if let Some((span, message, edit)) = one {
                let mut finding = look::finding(&RULE, view.placed.place(span), message);
                finding.fixes.extend(edit.map(|(title, edit)| Fix {
                    title,
                    is_safe: false,
                    edits: vec![Edit::replace(view.placed.place(edit.span), edit.new_text)],
                }));
                found.push(finding);
            }
        }
    }
}

type Asked = (Span, String, Option<(String, Edit)>);

/// `between 5 to 10`, `from 5 and 10`
fn between(text: &str, words: &[Word]) -> Option<Asked> {
    let [first, low, link, high, ..] = words else {
        return None;
    };
    let is_number = |word: &Word| {
        let letters = word.span.of(text);
        word.form == Form::Number
            && letters
                .chars()
                .all(|c| c.is_ascii_digit() || ",.".contains(c))
    };
    if low.form != Form::Number {
        return None;
    }
    let (wrong, right) = match lower(text, first).as_str() {
        "between" => ("to", "and"),
        "from" => ("and", "to"),
        _ => return None,
    };
    if !is_number(low) || !is_number(high) || !is_one_of(text, link, &[wrong]) {
        return None;
    }
    // `between 5 p.m.`, `from 5 and 10 in June`: times, and a list.
    let after = words.get(4).map(|word| lower(text, word));
    let is_list = right == "to" && !after.is_some_and(|after| is_measure(&after));
    if is_list {
        return None;
    }
    let span = first.span.cover(high.span);
    let [a, b] = [low, high].map(|word| word.span.of(text));
    let better = format!("{} {a} {right} {b}", first.span.of(text));
    let message = format!("“{}”: write “{better}”.", span.of(text));
    let edit = Edit::replace(link.span, right);
    Some((span, message, Some((format!("Write “{right}”"), edit))))
}

/// Whether a word is what is measured: `weeks`, `percent`, `million`.
fn is_measure(word: &str) -> bool {
    word.ends_with('s') && word.len() > 3 || matches!(word, "percent" | "million" | "billion")
}

/// `$5 to $10 million`
fn money(text: &str, words: &[Word]) -> Option<Asked> {
    let signs = ['$', '£', '€', '¥'];
    let [low, link, high, scale, ..] = words else {
        return None;
    };
    let amount = |word: &Word| -> Option<(char, f64)> {
        let letters = word.span.of(text);
        let sign = letters.chars().next().filter(|c| signs.contains(c))?;
        let digits: String = letters[sign.len_utf8()..].replace(',', "");
        Some((sign, digits.parse().ok()?))
    };
    let (sign, from) = amount(low)?;
    let (other, to) = amount(high)?;
    let link_word = lower(text, link);
    let scale_word = scale.span.of(text);
    let is_range = matches!(link_word.as_str(), "to" | "-" | "–");
    let is_scale = matches!(scale_word, "million" | "billion" | "trillion");
    if sign != other || !is_range || !is_scale || from >= to || from >= 1000.0 {
        return None;
    }
    let span = low.span.cover(scale.span);
    let low_words = low.span.of(text);
    let joined = &text[low.span.end()..high.span.start()];
    let better = format!(
        "{low_words} {scale_word}{joined}{} {scale_word}",
        high.span.of(text)
    );
    let message = format!("“{}”: write “{better}”.", span.of(text));
    let edit = Edit::insert(low.span.end(), format!(" {scale_word}"));
    Some((
        span,
        message,
        Some((format!("Write “{low_words} {scale_word}”"), edit)),
    ))
}

/// `300% less`, `five times smaller`
fn smaller(text: &str, words: &[Word]) -> Option<Asked> {
    const LESS: &[&str] = &[
        "less", "lower", "smaller", "fewer", "cheaper", "shorter", "slower", "lighter",
    ];
    let is_less = |word: Option<&Word>| {
        word.is_some_and(|word| !word.is_quoted && is_one_of(text, word, LESS))
    };
    let first = words.first()?;
    let number = first.span.of(text);
    if let Some(percent) = number.strip_suffix('%').and_then(|n| n.parse::<f64>().ok()) {
        let span = first.span.cover(words.get(1)?.span);
        let message = format!(
            "“{}”: nothing falls by more than 100%. Give both figures.",
            span.of(text)
        );
        return (percent > 100.0 && is_less(words.get(1))).then_some((span, message, None));
    }
    let is_number = first.form == Form::Number
        || first.classes.has(Classes::NUMBER) && number.chars().count() > 2;
    let is_times = |word: &Word| is_one_of(text, word, &["times"]);
    if !is_number || !words.get(1).is_some_and(is_times) || !is_less(words.get(2)) {
        return None;
    }
    let span = first.span.cover(words[2].span);
    const SHARES: &[(&[&str], &str)] = &[
        (&["two", "2"], " (“half of”)"),
        (&["three", "3"], " (“a third of”)"),
        (&["four", "4"], " (“a quarter of”)"),
        (&["five", "5"], " (“a fifth of”)"),
        (&["ten", "10"], " (“a tenth of”)"),
    ];
    let share = SHARES
        .iter()
        .find(|(words, _)| is_one_of(text, first, words))
        .map_or("", |(_, share)| *share);
    let message = format!(
        "“{}”: write a share{share}, or give both figures.",
        span.of(text)
    );
    Some((span, message, None))
}
