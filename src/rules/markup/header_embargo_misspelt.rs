//! An embargo that nobody will keep, since its key is misspelt.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::span::Span;

use super::header_unknown_key::as_typed;
use crate::rules::records::embargo_active::is_embargo_line;

/// An embargo that nobody will keep, since its key is misspelt.
pub const RULE: Rule = Rule {
    name: "header-embargo-misspelt",
    topic: "markup",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A key that is meant to be Embargo and is not.",
    why: "An embargo is a promise to a source. Misspelt, it holds nothing back.",
    fires: &[
        "
Slug: pier
Embrago: 2026-03-01T06:00-04:00
^^^^^^^ error header-embargo-misspelt: “Embrago” holds nothing back. Did you mean Embargo?

The board closed the pier.
",
        "
Slug: pier
embargoed: 2026-03-01T06:00-04:00
^^^^^^^^^ error header-embargo-misspelt: “embargoed” holds nothing back. Did you mean embargo?

The board closed the pier.
",
        "
Embarg: 2026-03-01T06:00-04:00
^^^^^^ error header-embargo-misspelt: “Embarg” holds nothing back. Did you mean Embargo?

The board closed the pier.
",
        "
Slug: pier
Embargo until: 2026-03-01T06:00-04:00
^^^^^^^^^^^^^ error header-embargo-misspelt: “Embargo until” holds nothing back. Did you mean Embargo?

The board closed the pier.
",
    ],
    quiet: &[
        "Embargo: 2026-03-01T06:00-04:00\n\nThe board closed the pier.",
        "Slug: pier\nEMBARGO: 2026-03-01\n\nThe board closed the pier.",
        "Slug: pier\nx-embargo-note: ask\n\nThe board closed the pier.",
        "Slug: pier\n\nThe board kept the embargo: nobody wrote of it.",
        "Slug: pier\nCargo: coal\n\nThe board closed the pier.",
        "EMBARGOED UNTIL 00:01 THURSDAY 4 MARCH\n\nThe pier will be sold, the board said.",
        "Slug: pier\nHold: until the vote\n\nThe board closed the pier.",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let front = draft.story.facts.lede.unwrap_or(0);
    // The header is the first thing in a draft, and no furniture comes behind the first paragraph.
    let end = front.max(draft.story.facts.header.unwrap_or(0)) + 1;
    for (index, placed) in draft.tree.blocks.iter().enumerate().take(end) {
        let text: &str = &placed.block.text;
        let keys: Vec<Span> = match &placed.block.shape {
            Shape::Header(header) => header.fields.iter().map(|field| field.key).collect(),
            // A misspelt key alone on top makes no header: the line is read as furniture.
            Shape::Paragraph if index <= front && draft.story.labels[index] != Label::NotCopy => {
                let content = placed.block.content;
                if is_embargo_line(content.of(text)) {
                    continue;
                }
                let colon = content.of(text).find(':').unwrap_or(0);
                vec![Span::new(content.start(), content.start() + colon)]
            }
            _ => continue,
        };
        for key in keys
            .into_iter()
            .filter(|key| is_embargo_misspelt(key.of(text)))
        {
            let typed = key.of(text);
            let meant = as_typed("embargo", typed);
            let message = format!("“{typed}” holds nothing back. Did you mean {meant}?");
            let mut finding = look::finding(&RULE, placed.place(key), message);
            finding.fixes.push(Fix {
                title: format!("Write {meant}"),
                is_safe: true,
                edits: vec![Edit::replace(placed.place(key), meant)],
            });
            found.push(finding);
        }
    }
}

/// Whether a key is meant to be `Embargo` and is not.
pub fn is_embargo_misspelt(key: &str) -> bool {
    let key = key.to_lowercase();
    if key == "embargo" || key.starts_with("x-") || key.is_empty() {
        return false;
    }
    let first = key.split(' ').next().unwrap_or_default();
    let is_near =
        |word: &str| word.starts_with("em") && strsim::damerau_levenshtein(word, "embargo") <= 2;
    is_near(&key) || (key.split(' ').count() <= 3 && (is_near(first) || first == "embargoed"))
}
