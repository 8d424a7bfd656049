//! A name that may not be printed.

use jiff::civil::Date;

use super::printed::{Forms, Printed};
use crate::draft::Draft;
use crate::entities::day::Day;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::facts;
use crate::text::edit::Edit;

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
        "
Roth left early. Roth reports to the board. Roth aides packed the files.
^^^^ error name-restricted: This name may not be printed.
                 ^^^^ error name-restricted: This name may not be printed.
                                            ^^^^ error name-restricted: This name may not be printed.

[@roth]: person, Paul Roth; do-not-name: victim
",
        "
Young left after the vote was lost. Reed left the hall. Reed claims the money was gone. Young cut the rope, and it fell.
^^^^^ error name-restricted: This name may not be printed.
                                    ^^^^ error name-restricted: This name may not be printed.
                                                        ^^^^ error name-restricted: This name may not be printed.
                                                                                        ^^^^^ error name-restricted: This name may not be printed.

[@mark]: person, Mark Young; do-not-name: victim
[@tom]: person, Tom Reed; do-not-name: victim
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
        "Young mothers came. Young drivers pay more. Young claims were settled. Young claims in the north were settled.\n\n[@mark]: person, Mark Young; do-not-name: victim",
        "Reed beds were cut. Marsh land was sold. Strong winds blew in.\n\n[@tom]: person, Tom Reed; do-not-name: victim\n[@ann]: person, Ann Marsh; do-not-name: victim\n[@jo]: person, Jo Strong; do-not-name: victim",
        "Banks were shut. The boy was taken to Grace Hospital.\n\n[@ann]: person, Ann Banks; do-not-name: victim\n[@tom]: person, Tom Grace; do-not-name: victim",
        "Police spoke to Ann Reeder for an hour.\n\n[@tom-reed]: person, Tom Reed; do-not-name: victim",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let day = draft.story.facts.date.unwrap_or(scene.today);
    let mut all: Vec<Forms> = Vec::new();
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
    for forms in &all {
        found.extend(forms.printed(draft).into_iter().map(finding));
    }
}

fn restricted<'a>(name: &'a str, why: &str, others: impl Iterator<Item = &'a str>) -> Forms {
    let is_first_only = why.to_lowercase().contains("first name");
    let first = name.split(' ').next().filter(|_| is_first_only);
    Forms::new(name, others).without(first)
}

fn is_over(until: Day, day: Date) -> bool {
    until.last() < day
}

fn finding(place: Printed) -> Finding {
    let mut finding = look::finding(&RULE, place.span, "This name may not be printed.");
    if place.is_in_copy {
        finding.fixes.push(Fix {
            title: "Take the name out: write [TK: not named]".to_owned(),
            is_safe: false,
            edits: vec![Edit::replace(place.span, "[TK: not named]")],
        });
    }
    finding
}
