//! A name that may not be printed.

use jiff::civil::Date;

use crate::draft::Draft;
use crate::entities::day::Day;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::fold::fold;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::facts;
use crate::story::name::surname;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::span::Span;

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
    ],
    quiet: &[
        "Police spoke to Tom Reed for an hour.",
        "Police spoke to a boy for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order",
        "Police spoke to Tom Reed for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order; until: 2026-01-01",
        "Police spoke to Lena for an hour. She was asleep.\n\n[@lena]: person, Lena Reed; do-not-name: first name only",
        "The reeds by the river were cut. A reed broke.\n\n[@tom-reed]: person, Tom Reed; do-not-name: court order",
        "Police spoke to Tom Reed for an hour.\n\n[@tom-reed]: person, Tom Reed; role: clerk",
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
                let folded = fold(&value.replace(['-', '_', '/', '.'], " "));
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
        for at in 0..text.len() {
            if at < last || !text.is_char_boundary(at) {
                continue;
            }
            let form = one.forms.iter().find(|form| stands_at(text, at, form));
            if let Some(form) = form {
                last = at + form.len();
                let span = Span::new(at, last);
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

/// Whether a form stands at a byte, as words of its own.
fn stands_at(text: &str, at: usize, form: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text[at..].starts_with(form)
        && ends(text[..at].chars().next_back())
        && ends(text[at + form.len()..].chars().next())
}

fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

fn finding(span: Span) -> Finding {
    look::finding(&RULE, span, "This name may not be printed.")
}
