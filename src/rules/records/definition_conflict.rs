//! Two records with one id.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::text::edit::Edit;

/// Two records with one id.
pub const RULE: Rule = Rule {
    name: "definition-conflict",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Two definitions with the same id: a mark can mean only one of them.",
    why: "A mark leads a checker to one record. Where two share an id, every mark means the first, and what the second says (other terms, \
          another date) protects nobody.",
    fires: &[
        "
The pier was closed at noon.[^log]

[^log]: document, crane log of the harbor; on record
[^log]: interview, harbor master; background
  ^^^ warning definition-conflict: This id is defined twice, and the two differ: every mark means the first.
",
        "
The pier was closed at noon.[^log]

[^log]: document, crane log of the harbor
[^log]: document, crane log of the harbor
  ^^^ warning definition-conflict: This id is defined twice, word for word: take one out.
",
        "
[Ortiz](@ortiz) closed the pier at noon.

[@ortiz]: person, Dana Ortiz; role: mayor
[@ortiz]: person, Paul Ortiz; role: harbor master
  ^^^^^ warning definition-conflict: This id is defined twice, and the two differ: every mark means the first.
",
        "
The pier was closed at noon.[^log]

[^log]: document, crane log; date: 2026-03-02

###

[^log]: document, crane log; date: 2026-03-03
  ^^^ warning definition-conflict: This id is defined twice, and the two differ: every mark means the first.
",
    ],
    quiet: &[
        "The pier was closed.[^log]\n\n[^log]: document, crane log\n[^log-2]: document, crane log of May",
        "The pier was closed.[^ortiz]\n\n[^ortiz]: interview, Dana Ortiz\n[@ortiz]: person, Dana Ortiz; role: mayor",
        "The pier was closed.[^log] It opened.[^log]\n\n[^log]: document, crane log",
        "The pier was closed.[^a]\n\n[^a]: document, crane log\n[^b]: document, crane log",
        "The pier was closed.[^Log]\n\n[^Log]: document, crane log\n[^log]: document, gate log",
        "<!-- [^log]: document, old crane log -->\n\n[^log]: document, crane log",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let sources = story.sources.iter();
    let sources: Vec<(&str, Place)> = sources.map(|it| (it.id.as_str(), it.place)).collect();
    let entities = story.entities.iter();
    let entities: Vec<(&str, Place)> = entities.map(|it| (it.id.as_str(), it.place)).collect();
    for list in [sources, entities] {
        for (index, (id, place)) in list.iter().enumerate() {
            let first = list[..index].iter().find(|(other, _)| other == id);
            if let Some((_, first)) = first {
                found.push(finding(draft, *first, *place));
            }
        }
    }
}

fn finding(draft: &Draft, first: Place, second: Place) -> Finding {
    let of = |place: Place| {
        let block = &draft.tree.blocks[place.block].block;
        block.content.of(&block.text)
    };
    let is_same = of(first) == of(second);
    let message = if is_same {
        "This id is defined twice, word for word: take one out."
    } else {
        "This id is defined twice, and the two differ: every mark means the first."
    };
    let mut finding = look::finding(&RULE, draft.span(second), message);
    finding.related.push(Related {
        span: draft.span(first),
        message: "defined here first".to_owned(),
    });
    finding.fixes.push(Fix {
        title: "Take this one out".to_owned(),
        is_safe: is_same,
        edits: vec![Edit::delete(draft.tree.blocks[second.block].span())],
    });
    finding
}
