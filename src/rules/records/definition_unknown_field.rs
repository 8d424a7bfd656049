//! A field of a record that nothing reads.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::definition::{ENTITY_FIELDS, SOURCE_FIELDS};
use crate::syntax::tree::{Shape, Sigil};
use crate::text::edit::Edit;

/// A field of a record that nothing reads.
pub const RULE: Rule = Rule {
    name: "definition-unknown-field",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A field in the record of a source or a person that is not known: misspelt, or better begun with `x-`.",
    why: "What stands under a misspelt key is not read: a `knownto:` tells no editor anything, an `embrago:` holds nothing back. A house’s \
          own fields begin with `x-`.",
    fires: &[
        "
The pier was closed at noon.[^log]

[^log]: document, crane log; fiel: logs/crane.txt
                             ^^^^ hint definition-unknown-field: “fiel”: no such field. Did you mean file?
",
        "
The pier was closed at noon.[^log]

[^log]: document, crane log
    medium: paper
    ^^^^^^ hint definition-unknown-field: “medium”: no such field. Begin it with x- if it is your own.
",
        "
[Ortiz](@ortiz) closed the pier.

[@ortiz]: person, Dana Ortiz; roll: mayor
                              ^^^^ hint definition-unknown-field: “roll”: no such field. Did you mean role?
",
        "
The pier was closed at noon.[^log]

[^log]: document, crane log; Acessed: 2026-03-02
                             ^^^^^^^ hint definition-unknown-field: “Acessed”: no such field. Did you mean accessed?
",
    ],
    quiet: &[
        "The pier was closed.[^log]\n\n[^log]: document, crane log; file: logs/crane.txt; date: 2026-03-02",
        "The pier was closed.[^log]\n\n[^log]: document, crane log; x-shelf: 12",
        "[Ortiz](@ortiz) left.\n\n[@ortiz]: person, Dana Ortiz; role: mayor; pronouns: she/her",
        "The pier was closed.[^log]\n\n[^log]: document, crane log; Date: 2026-03-02",
        "The pier was closed.[^log]\n\n[^log]: document, crane log: the long one",
        "The pier was closed.[^log]\n\n[^log]: web, https://harbor.example; url: https://harbor.example",
        "The pier was closed.[^log]\n\n[^log]: interview, a clerk; identity: ^7; contact: TK",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for (placed, label) in draft.tree.blocks.iter().zip(&draft.story.labels) {
        if *label != Label::NotCopy {
            continue;
        }
        let Shape::Definition(definition) = &placed.block.shape else {
            continue;
        };
        let known = match definition.sigil {
            Sigil::Source => SOURCE_FIELDS,
            Sigil::Entity => ENTITY_FIELDS,
        };
        for field in &definition.fields {
            let words = field.key.of(&placed.block.text);
            let key = words.to_lowercase();
            if known.contains(&key.as_str()) || key.starts_with("x-") {
                continue;
            }
            let meant = nearest(&key, known);
            let rest = match meant {
                Some(meant) => format!("Did you mean {meant}?"),
                None => "Begin it with x- if it is your own.".to_owned(),
            };
            let message = format!("“{words}”: no such field. {rest}");
            let mut finding = look::finding(&RULE, placed.place(field.key), message);
            let (title, edit) = match meant {
                Some(meant) => (
                    format!("Write {meant}"),
                    Edit::replace(placed.place(field.key), meant),
                ),
                None => (
                    format!("Write x-{key}"),
                    Edit::insert(placed.place(field.key).start(), "x-"),
                ),
            };
            finding.fixes.push(Fix {
                title,
                is_safe: false,
                edits: vec![edit],
            });
            found.push(finding);
        }
    }
}

/// The known key that is meant: at most two letters away, and never more than half of them.
fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let (distance, meant) = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known, key), *known))
        .min()?;
    (distance <= 2 && distance * 2 < key.chars().count()).then_some(meant)
}
