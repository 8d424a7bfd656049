//! A name that may not be printed.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::draft::Draft;
use crate::entities::day::Day;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::fold::fold;
use crate::prose::tag::Tag;
use crate::prose::{Form, Prose};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::rules::phrases::is_one_of;
use crate::scene::Scene;
use crate::story::facts;
use crate::story::name::surname;
use crate::story::outline::Label;
use crate::syntax::tree::{Block, InlineKind, Placed, Shape};
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A name that may not be printed.
pub const RULE: Rule = Rule {
    name: "name-restricted",
    topic: "name",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A name that a record says may not be printed, in the copy, a caption or the header.",
    why: "A court order, a juvenile, a victim: the name must not reach the page, the slug or the caption. The record says `do-not-name`, \
          with `until:` where it ends. The finding never says why, because the reason gives it away.",
    fires: &[
        "
Police spoke to Tom Reed for an hour.
                ^^^^^^^^ error name-restricted: This name may not be printed.

[@tom-reed]: person, Tom Reed; do-not-name: court order
",
        "
Slug: reed-hearing
      ^^^^^^^^^^^^ error name-restricted: This name may not be printed.

Police spoke to a boy for an hour.

[@tom-reed]: person, Tom Reed; do-not-name: juvenile
",
        "
“I was asleep,” Reed said.
                ^^^^ error name-restricted: This name may not be printed.

[@tom-reed]: person, Tom Reed; do-not-name: victim; until: 2027-01-01
",
        "
Police spoke to Lena Reed for an hour. Lena was asleep.
                ^^^^^^^^^ error name-restricted: This name may not be printed.

[@lena]: person, Lena Reed; do-not-name: first name only
",
        "
Pal Jonsson, 15, was there. “I was asleep,” Jönsson said.
^^^^^^^^^^^ error name-restricted: This name may not be printed.
                                            ^^^^^^^ error name-restricted: This name may not be printed.

![The school.](img/jonsson.jpg)
               ^^^^^^^^^^^^^^^ error name-restricted: This name may not be printed.

[@pal]: person, Pål Jönsson; do-not-name: juvenile
",
        "
Police spoke to Mary O’Neil for an hour. Young was asleep.
                ^^^^^^^^^^^ error name-restricted: This name may not be printed.
                                         ^^^^^ error name-restricted: This name may not be printed.

[@mary]: person, Mary O'Neil; do-not-name: victim
[@ann]: person, Ann Young; do-not-name: victim
",
    ],
    quiet: &[
        "Police spoke to Tom Reed for an hour.",
        "Police spoke to a boy for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order",
        "Police spoke to Tom Reed for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order; until: 2026-01-01",
        "Police spoke to Lena for an hour. She was asleep.\n\n[@lena]: person, Lena Reed; do-not-name: first name only",
        "The reeds by the river were cut. A reed broke.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order",
        "Police spoke to Tom Reed for an hour.\n\n[@tom-reed]: person, Tom Reed; role: clerk",
        "Police spoke to a boy.[LEGAL: may we name Tom Reed?] He was asleep.\n\n[@tom-reed]: person, Tom Reed; do-not-name: victim",
        "Exams are in May. Since May the school has been shut.\n\n[@ann]: person, Ann May; do-not-name: victim",
        "Young people filled the hall. Police closed Bell Street.\n\n[@ann]: person, Ann Young; do-not-name: victim\n[@tom]: person, Tom Bell; do-not-name: victim",
        "Banks were shut. The boy was taken to Grace Hospital.\n\n[@ann]: person, Ann Banks; do-not-name: victim\n[@tom]: person, Tom Grace; do-not-name: victim",
        "Police spoke to Ann Reeder for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: victim",
    ],
    options: &[],
    check: Check::Story(check),
};

/// Words that may not stand in the copy.
struct Restricted {
    /// Words that must not stand one after the other, in the name's order.
    forms: Vec<String>,
}

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let day = draft.story.facts.date.unwrap_or(scene.today);
    let mut all: Vec<Restricted> = Vec::new();
    for entity in &draft.story.entities {
        let Some(why) = entity.field("do-not-name") else {
            continue;
        };
        let until = entity.field("until").and_then(facts::date_in);
        if until.is_none_or(|until| until >= day) {
            let aka = entity.field("aka").unwrap_or("");
            let names = aka
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            all.push(restricted(&entity.name, why, names));
        }
    }
    for (_, record) in scene.base.own() {
        let Some(why) = &record.do_not_name else {
            continue;
        };
        if record.until.is_none_or(|until| !is_over(until, day)) {
            let variants = record.variants.iter().map(String::as_str);
            all.push(restricted(&record.name, why, variants));
        }
    }
    for one in &all {
        look_for(draft, one, found);
    }
}

fn is_over(until: Day, day: Date) -> bool {
    until.last() < day
}

fn restricted<'a>(name: &str, why: &str, others: impl Iterator<Item = &'a str>) -> Restricted {
    let is_first_only = why.to_lowercase().contains("first name");
    let mut forms = vec![name.to_owned()];
    forms.extend(others.map(str::to_owned));
    let surnames = forms.iter().filter_map(|form| surname(form));
    let surnames: Vec<String> = surnames.map(str::to_owned).collect();
    // A full name covers the surname in it, so the longest is looked for first.
    forms.extend(surnames);
    forms.retain(|form| !is_first_only || Some(form.as_str()) != name.split(' ').next());
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    Restricted { forms }
}

fn look_for(draft: &Draft, one: &Restricted, found: &mut Vec<Finding>) {
    for (index, placed) in draft.tree.blocks.iter().enumerate() {
        let text: &str = &placed.block.text;
        if let Shape::Header(header) = &placed.block.shape {
            for field in &header.fields {
                let value = field.value.of(text);
                let folded = fold(&spaced(value));
                let is_in = one.forms.iter().any(|form| has_words(&folded, &fold(form)));
                if is_in {
                    found.push(finding(placed.place(field.value)));
                }
            }
            continue;
        }
        if draft.story.labels[index] == Label::NotCopy {
            continue;
        }
        let mut last = 0;
        let path = match &placed.block.shape {
            Shape::Image(image) => Some(image.path),
            _ => None,
        };
        if let Some(path) = path {
            look_in_path(placed, path, one, found);
        }
        for at in 0..text.len() {
            if at < last || !text.is_char_boundary(at) {
                continue;
            }
            let form = one
                .forms
                .iter()
                .find_map(|form| Some((form, stands_at(text, at, form)?)));
            let Some((form, end)) = form else {
                continue;
            };
            last = end;
            let span = Span::new(at, end);
            let is_told = !path.is_some_and(|path| path.covers(span))
                && !is_note(&placed.block, span)
                && (form.contains(' ') || !is_another_word(text, &draft.prose[index], span));
            if is_told {
                let mut finding = finding(placed.place(span));
                finding.fixes = vec![Fix {
                    title: "Take the name out: write [TK: not named]".to_owned(),
                    is_safe: false,
                    edits: vec![Edit::replace(placed.place(span), "[TK: not named]")],
                }];
                found.push(finding);
            }
        }
    }
}

/// A file’s name reaches the page as the caption does.
fn look_in_path(placed: &Placed, path: Span, one: &Restricted, found: &mut Vec<Finding>) {
    let folded = fold(&spaced(path.of(&placed.block.text)));
    if one.forms.iter().any(|form| has_words(&folded, &fold(form))) {
        found.push(finding(placed.place(path)));
    }
}

/// The words of a slug or a path.
fn spaced(path: &str) -> String {
    path.replace(['-', '_', '/', '.'], " ")
}

/// Whether a place lies in what the desk writes to itself and nobody prints.
fn is_note(block: &Block, span: Span) -> bool {
    block.inlines.iter().any(|inline| {
        let is_inside = inline.span.covers(span);
        is_inside
            && matches!(
                inline.kind,
                InlineKind::Note { .. }
                    | InlineKind::Todo(_)
                    | InlineKind::Check { .. }
                    | InlineKind::Stet { .. }
                    | InlineKind::Comment
            )
    })
}

/// Whether the letters of a surname are another word here: `in May`, `Bell Street`, `Young people came`.
fn is_another_word(text: &str, prose: &Prose, span: Span) -> bool {
    const PLACES: &[&str] = &[
        "street",
        "lane",
        "road",
        "avenue",
        "drive",
        "square",
        "park",
        "bridge",
        "hill",
        "river",
        "hospital",
        "college",
        "school",
        "university",
        "county",
        "city",
    ];
    let words = &prose.words;
    let Some(at) = words.iter().position(|word| word.span.overlaps(span)) else {
        return false;
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let Some(next) = words.get(at + 1) else {
        return false;
    };
    if is_one_of(text, next, PLACES) && next.form == Form::Capital {
        return true;
    }
    let is_month = words[at].classes.has(Classes::MONTH);
    let is_dated = before.is_some_and(|before| {
        is_one_of(
            text,
            before,
            &[
                "in", "since", "until", "by", "last", "next", "this", "early", "late", "mid",
            ],
        )
    });
    if is_month && (is_dated || next.form == Form::Number) {
        return true;
    }
    // A sentence’s first word has its capital whatever it is; where a noun follows, it goes with that.
    let is_first = prose
        .sentences
        .iter()
        .any(|sentence| sentence.words.start == at);
    let goes_on = next.form == Form::Lower && next.tag == Tag::Noun;
    let is_plural =
        words[at].span.of(text).ends_with('s') && is_one_of(text, next, &["were", "are"]);
    is_first && (goes_on || is_plural)
}

/// Where a form that stands at a byte ends, as words of its own: letters with accents and without are the same.
fn stands_at(text: &str, at: usize, form: &str) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c));
    let rest = &text[at..];
    if is_word(text[..at].chars().next_back()) {
        return None;
    }
    let mut wanted = plain_letters(form).peekable();
    let mut end = at;
    for letter in rest.chars() {
        let mut bytes = [0; 4];
        let mut letters = plain_letters(letter.encode_utf8(&mut bytes)).peekable();
        if wanted.peek().is_none() && letters.peek().is_some() {
            break;
        }
        if letters.any(|letter| wanted.next() != Some(letter)) {
            return None;
        }
        end += letter.len_utf8();
    }
    let is_whole = wanted.peek().is_none() && end > at;
    (is_whole && !is_word(text[end..].chars().next())).then_some(end)
}

/// Letters without accents, with straight apostrophes; capitals stay.
fn plain_letters(words: &str) -> impl Iterator<Item = char> {
    let letters = words.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.map(|letter| match letter {
        '’' | '‘' => '\'',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    })
}

fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

fn finding(span: Span) -> Finding {
    look::finding(&RULE, span, "This name may not be printed.")
}
