//! Figures of one story that do not agree.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::rule::{Asks, BlockView, Check, Rule, RuleOption};
use crate::rules::{arithmetic, look};
use crate::scene::Scene;
use crate::story::outline::Label;

use super::{casualties, headline};

/// Figures of one story that do not agree.
pub const RULE: Rule = Rule {
    name: "figure-mismatch",
    topic: "figure",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Two numbers of dead for one event, a percentage that is miscounted, a list that is shorter than its number.",
    why: "Copy desks redo the arithmetic: ages, percentages, parts against the whole, the list against its number, the number of dead in one \
          paragraph against that in the next. Figures that are rounded agree; what two sources say may differ.",
    fires: &[
        "
Rents rose from $400 to $500 in a year, a 20% increase, the union said.
                                          ^^^ warning figure-mismatch: “20%”: from $400 to $500 is 25%.
",
        "
Rents rose from £410 to £515 in a year, a 20 per cent increase, the union said.
                                          ^^^^^^^^^^^ warning figure-mismatch: “20 per cent”: from £410 to £515 is 25.6%.
",
        "
Profit rose from £410m to £515m, an increase of 20%, the union said. Of the tenants, 12 of 60 tenants (30%) have left.
                                                ^^^ warning figure-mismatch: “20%”: from £410m to £515m is 25.6%.
                                                                                                       ^^^ warning figure-mismatch: “30%”: 12 of 60 is 20%.
",
        "
Sales rose to $515m from $410m, an increase of 12 percent, the board said.
                                               ^^^^^^^^^^ warning figure-mismatch: “12 percent”: from $410m to $515m is 25.6%.
",
        "
Sales rose 12% to $515m from $410m, the board said.
           ^^^ warning figure-mismatch: “12%”: from $410m to $515m is 25.6%.
",
        "
The dam gave way at noon, and 25 people were killed, police said.

With a death toll of 22, it was the worst flood on the river, police said.
                     ^^ warning figure-mismatch: “22” here, “25” in paragraph 1: which is it?
",
        "
Unemployment went from 4% to 6%, up 2%, the ministry said.
                                    ^^ warning figure-mismatch: “2%”: from 4% to 6% is 2 percentage points.
",
        "
The bus carried 23 people, 12 men and 9 women, police said.
                ^^ warning figure-mismatch: “23”: 12 and 9 make 21.
",
        "
The bus carried 23 people, 12 men, nine women and three children, police said.
                ^^ warning figure-mismatch: “23”: 12, nine and three make 24.
",
        "
Of the tenants, 12 of 60, or 30%, have left, the union said.
                             ^^^ warning figure-mismatch: “30%”: 12 of 60 is 20%.
",
        "
Ortiz gave three reasons: cost and time.
           ^^^^^ warning figure-mismatch: “three”: the list has 2.
",
        "
The dam gave way at noon, and 12 people were killed, police said.

The 14 people killed had been asleep, police said.
    ^^ warning figure-mismatch: “14” here, “12” in paragraph 1: which is it?
",
        "
The dam gave way at noon, and 12 people were killed, police said. The 14 dead will be buried on Friday.
                                                                      ^^ warning figure-mismatch: “14” here, “12” in paragraph 1: which is it?
",
        "
At least 23 people were killed in a bus crash, police said.

The 22 dead were asleep in their seats, police said.
    ^^ warning figure-mismatch: “22” here, “23” in paragraph 1: which is it?
",
        "
One hundred and twelve people were killed when the dam gave way, police said.

The one hundred and fourteen dead will be buried on Friday, police said.
    ^^^^^^^^^^^^^^^^^^^^^^^^ warning figure-mismatch: “one hundred and fourteen” here, “One hundred and twelve” in paragraph 1: which is it?
",
        "
Headline: Storm kills 14 in valley
                      ^^ warning figure-mismatch: “14” in the headline, “12” in the story: which is it?

At least 12 people were killed when the dam gave way, police said on Monday. The clinic took in 14 others.
",
    ],
    quiet: &[
        "Rents rose from £410m to £515m in a year, an increase of 26 per cent, and 12 of 60 tenants (20 per cent) have left.",
        "Rents rose from £410 to £515 in a year, a rise in the cost of 20% of homes, the union said.",
        "A bus crash killed 23 people, police said.\n\nThe crash killed 12 men and 11 women, police said.",
        "A bus crash killed 23 people, police said.\n\nThe crash killed eight members of one family, police said.",
        "A bus crash killed 23 people, police said.\n\nPolice had first said that 15 people were killed. Early reports said 14 people were killed.",
        "A bus crash killed 23 people, police said.\n\nA second bus hit a car and two people were killed, police said.",
        "At least 23 people were killed in a bus crash, police said.\n\nTwo people died at the scene, police said.",
        "At least 23 people were killed in a bus crash, police said.\n\nThe 25 dead were asleep in their seats, police said.",
        "# Storms kill 14 in valley\n\nThe dam gave way at Tarrow and 12 people were killed, police said on Monday. In Harlan a wall fell, and 2 people were killed. The clinic took in 14 others.",
        "Headline: Storm kills 12, 14 hurt\n\nAt least 12 people were killed when the dam gave way, police said on Monday, and 14 people were injured.",
        "Rents rose from $400 to $500 in a year, a 25% increase, the union said.",
        "Sales rose 26% to $515m from $410m, the board said. Sales rose 2% to $515m from a year before, and costs to $410m.",
        "Rents rose from $1.2 million to $1.5 million, or 26%, the union said.",
        "Unemployment went from 4% to 6%, up 2 percentage points, the ministry said.",
        "The bus carried 21 people, 12 men and 9 women, police said.",
        "The bus carried 24 people, 12 men, nine women and three children, police said. The 23 members, 12 men and nine women among them, left.",
        "The bus carried 23 people, 12 men and nine women from Harlan, and others, police said.",
        "Of the tenants, 12 of 61, or 20%, have left, the union said.",
        "Ortiz gave three reasons: cost, time and the weather.",
        "Ortiz gave two reasons: the cost of wood and steel, and the time that a crew would need.",
        "The dam gave way at noon, and 12 people were killed, police said.\n\nBy Tuesday the number had risen: 14 people were killed, police said.",
        "The dam gave way at noon, and 12 people were killed, police said.\n\nThe hospital said that 14 people were killed.",
        "The dam gave way at noon, and 12 people were killed, police said.\n\nIn 1990, 14 people were killed there, police said.",
        "The dam gave way at noon, and 12 people were killed, police said.\n\nA wall fell on Friday, and 14 people were killed.",
        "“Rents rose from $400 to $500, a 20% increase,” Ortiz said.",
        "Sales rose from 40 to 50, and costs fell 20%, the board said.",
    ],
    options: &[RuleOption {
        name: "arithmetic",
        default: "true",
        summary: "Whether percentages, sums and lists are counted again.",
    }],
    check: Check::Both(count_again, hold_together, Asks::TOLLS.or(Asks::NUMBERS)),
};

/// Percentages, sums and lists that do not come out, in one block.
fn count_again(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    let is_copy = matches!(view.label, Label::Body | Label::List | Label::Caption);
    let text = look::text(view);
    let may_count = (view.holds.numbers > 1 || arithmetic::has_colon(text))
        && (!view.prose.figures.is_empty() || text.contains(": "));
    if !is_copy || !may_count || !look::switch_option(scene, "figure-mismatch.arithmetic", true) {
        return;
    }
    for sentence in &view.prose.sentences {
        let words = &view.prose.words[sentence.words.clone()];
        if !arithmetic::may_count(text, words) {
            continue;
        }
        for wrong in arithmetic::wrong(text, words) {
            if look::is_open_here(view, wrong.span) {
                continue;
            }
            let message = format!("“{}”: {}.", wrong.span.of(text), wrong.what);
            let mut finding = look::finding(&RULE, view.placed.place(wrong.span), message);
            let end = view.placed.place(sentence.span).end();
            finding.fixes = vec![look::insert(
                "Count again later: insert [TK: check the figures]",
                end,
                " [TK: check the figures]",
            )];
            found.push(finding);
        }
    }
}

/// Casualties that are told in two ways.
fn hold_together(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for conflict in headline::conflicts(draft) {
        let (here, there) = (conflict.here, conflict.there);
        if look::is_open(&draft.story, &draft.tree, here) {
            continue;
        }
        let [one, other] = [here, there].map(|place| draft.words(place));
        let message = format!("“{one}” in the headline, “{other}” in the story: which is it?");
        let mut finding = look::finding(&RULE, draft.span(here), message);
        finding.related.push(Related {
            span: draft.span(there),
            message: "the figure of the story".to_owned(),
        });
        finding.fixes = vec![look::replace(
            format!("Write “{other}” in the headline"),
            draft.span(here),
            other,
        )];
        found.push(finding);
    }
    for (here, there) in casualties::conflicts(draft) {
        let [one, other] = [here, there].map(|place| draft.words(place));
        let nth = draft.story.labels[..=there.block]
            .iter()
            .filter(|label| **label == Label::Body)
            .count();
        let message = format!("“{one}” here, “{other}” in paragraph {nth}: which is it?");
        let mut finding = look::finding(&RULE, draft.span(here), message);
        finding.related.push(Related {
            span: draft.span(there),
            message: "the other figure".to_owned(),
        });
        finding.fixes = [(here, other), (there, one)]
            .into_iter()
            .map(|(place, words)| {
                look::replace(format!("Write “{words}”"), draft.span(place), words)
            })
            .collect();
        found.push(finding);
    }
}
