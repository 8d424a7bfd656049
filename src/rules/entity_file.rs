//! Something in a file of a folder `entities/` that is not understood, or contradicts something else.

use super::look;
use crate::entities::base::Base;
use crate::entities::folder;
use crate::entities::mistake::{Mistake, Weight};
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::text::edit::Edit;

/// Something in a file of a folder `entities/` that is not understood, or contradicts something else.
pub const RULE: Rule = Rule {
    name: "entity-problem",
    topic: "markup",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Something in a file of the folder entities/ that is not understood, or that contradicts something else there.",
    why: "The newsroom’s own files decide how a name is written and who held an office on a day. A misspelt key is lost without a \
          word, and an office for one that two people hold answers wrongly. Everything else in the file counts all the same.",
    fires: &[
        "
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
pronuns = \"she/her\"
^^^^^^^ warning entity-problem: “pronuns” is no key. Did you mean pronouns?
",
        "
=== entities/people.toml
[[persn]]
  ^^^^^ warning entity-problem: “persn” is no kind of record. Did you mean [[person]]?
name = \"Dana Ortiz\"
",
        "
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
[[person.role]]
title = \"mayor\"
from = \"2023-02-30\"
       ^^^^^^^^^^^^ warning entity-problem: “2023-02-30” is no day
",
        "
=== entities/people.toml
[[person]]
id = \"ortiz\"
name = \"Dana Ortiz\"
[[person]]
id = \"ortiz\"
name = \"Paul Ortiz\"
       ^^^^^^^^^^^^ warning entity-problem: Paul Ortiz has the same id as Dana Ortiz
",
        "
=== entities/people.jsonl
{\"name\": \"Dana Ortiz\"}
{\"nam
^^^^^ warning entity-problem: This line is not JSON
",
    ],
    quiet: &[
        "=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = \"2023-02-28\"\n",
        "=== entities/people.toml\n[[org]]\nid = \"harlow\"\nname = \"Harlow Foods\"\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"chief executive\"\norg = \"harlow\"\n",
        "=== entities/people.jsonl\n{\"name\": \"Dana Ortiz\"}\n{\"name\": \"Paul Venn\"}\n",
        "=== entities/people.toml\n# ours\n[[person]]\nname = \"Dana Ortiz\"\npronouns = \"she/her\"\n",
        "=== entities/people.csv\nname,desk\nDana Ortiz,city\n",
        "=== entities/x.private.toml\n[[person]]\nname = \"Dana Ortiz\"\nnote = \"Calls before noon.\"\n",
    ],
    options: &[],
    // Files of records are looked at by themselves; no draft holds one.
    check: Check::Story(|_, _, _| {}),
};

/// What is wrong in a file, as findings in it.
pub fn check(name: &str, text: &str, base: &Base) -> Vec<Finding> {
    let file = folder::of_text(name, text);
    let mistakes = file.map_or_else(Vec::new, |file| base.look_at(file));
    mistakes.iter().map(finding).collect()
}

fn finding(mistake: &Mistake) -> Finding {
    let mut finding = look::finding(&RULE, mistake.span, mistake.what.clone());
    finding.severity = match mistake.weight {
        Weight::Left | Weight::Contradiction => Severity::Warning,
    };
    let instead = mistake.instead.iter();
    finding.fixes = instead
        .map(|words| Fix {
            title: format!("Write {words}"),
            is_safe: false,
            edits: vec![Edit::replace(mistake.span, words.clone())],
        })
        .collect();
    finding
}
