//! A key of the header that is none of the known ones.

use crate::finding::{Finding, Fix, Severity};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::syntax::header::KEYS;
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;

use super::header_embargo_misspelt::is_embargo_misspelt;

/// A key of the header that is none of the known ones.
pub const RULE: Rule = Rule {
    name: "header-unknown-key",
    topic: "markup",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A key of the header that is none of the known ones. It is kept.",
    why: "A misspelt key does nothing, and nobody notices until the story is out.",
    fires: &[
        "
Slug: pier
Headlin: Board closes pier
^^^^^^^ hint header-unknown-key: “Headlin” is no key of the header. Did you mean Headline?

The board closed the pier.
",
        "
Slug: pier
Mood: stormy
^^^^ hint header-unknown-key: “Mood” is no key of the header. It is kept; x-mood says that you mean it.

The board closed the pier.
",
        "
Slug: pier
statsu: draft
^^^^^^ hint header-unknown-key: “statsu” is no key of the header. Did you mean status?

The board closed the pier.
",
        "
Wordcount: 400
^^^^^^^^^ hint header-unknown-key: “Wordcount” is no key of the header. It is kept; x-wordcount says that you mean it.
Slug: pier

The board closed the pier.
",
        "
---
slug: pier
layout: wide
^^^^^^ hint header-unknown-key: “layout” is no key of the header. It is kept; x-layout says that you mean it.
---

The board closed the pier.
",
    ],
    quiet: &[
        "Slug: pier\nStatus: draft\n\nThe board closed the pier.",
        "Slug: pier\nx-mood: stormy\n\nThe board closed the pier.",
        "SLUG: pier\nBY: Ann Lee\n\nThe board closed the pier.",
        "Slug: pier\nVersion: 2nd lead\nHold: yes\nLength: 400\n\nThe board closed the pier.",
        "As the girl runs: a truck\n\nThe board closed the pier.",
        "Pier shut: board votes 5-2\nBy: Ann Lee\n\nThe board closed the pier.",
        "Slug: pier\nEmbrago: 2026-03-01\n\nThe board closed the pier.",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let Shape::Header(header) = &view.placed.block.shape else {
        return;
    };
    for field in &header.fields {
        let key = field.key.of(look::text(view));
        let lower = key.to_lowercase();
        if KEYS.contains(&lower.as_str()) || lower.starts_with("x-") || is_embargo_misspelt(key) {
            continue;
        }
        let place = view.placed.place(field.key);
        let meant = KEYS
            .iter()
            .map(|known| (strsim::damerau_levenshtein(known, &lower), *known))
            .min()
            .filter(|(distance, known)| *distance <= 2 && known.len() >= 3 * distance)
            .map(|(_, known)| as_typed(known, key));
        let message = match &meant {
            Some(meant) => format!("“{key}” is no key of the header. Did you mean {meant}?"),
            None => format!(
                "“{key}” is no key of the header. It is kept; x-{lower} says that you mean it."
            ),
        };
        let mut finding = look::finding(&RULE, place, message);
        let own = (!lower.contains(' ')).then(|| format!("x-{lower}"));
        for words in meant.into_iter().chain(own) {
            finding.fixes.push(Fix {
                title: format!("Write {words}"),
                is_safe: false,
                edits: vec![Edit::replace(place, words)],
            });
        }
        found.push(finding);
    }
}

/// A key with a capital where the one typed has one.
pub(super) fn as_typed(known: &str, typed: &str) -> String {
    let mut letters = known.chars();
    match letters.next() {
        Some(first) if typed.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => known.to_owned(),
    }
}
