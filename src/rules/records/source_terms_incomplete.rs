//! A source on background whose record does not say what was agreed.

use super::protected;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::source::Terms;

/// A source on background whose record does not say what was agreed.
pub const RULE: Rule = Rule {
    name: "source-terms-incomplete",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "A source on background, and no word on the agreed wording, the reason, or the editor who knows.",
    why: "AP asks for a reason and for an editor who knows the identity, and the wording that may be printed is part of the promise. Half \
          of all reporters are unsure what “background” means: what was agreed is written down, or it was not agreed. Said once for each \
          record, without its name.",
    fires: &[
        "
The deal is dead, people familiar with the matter said.[^matter]

[^matter]: interview, three people; background
  ^^^^^^ warning source-terms-incomplete: On background, and the record does not say as, why, known-to.
",
        "
The deal is dead, people familiar with the matter said.[^matter]

[^matter]: interview, three people; background; as: people familiar with the matter
  ^^^^^^ warning source-terms-incomplete: On background, and the record does not say why, known-to.
",
        "
The deal is dead, people familiar with the matter said.[^matter]

[^matter]: call, two bankers; not for attribution; as: bankers; why: the talks are private
  ^^^^^^ warning source-terms-incomplete: On background, and the record does not say known-to.
",
        "
The deal is dead.[^matter]

[^matter]: interview, a banker; deep background; known-to: NB
  ^^^^^^ warning source-terms-incomplete: On deep background, and the record does not say why.
",
    ],
    quiet: &[
        "The deal is dead, bankers said.[^m]\n\n[^m]: interview, two bankers; background; as: bankers; why: talks are private\n=== draft.private.lede\n[^m]: interview; background; known-to: NB\n",
        "The deal is dead, bankers said.[^m]\n\n[^m]: interview, two bankers; background; as: bankers; why: talks are private; known-to: NB",
        "The deal is dead, Ruiz said.[^m]\n\n[^m]: interview, Ana Ruiz; on record",
        "The deal is dead, Ruiz said.[^m]\n\n[^m]: interview, Ana Ruiz",
        "The deal is dead, bankers said.\n\n[^m]: interview, two bankers; background",
        "The deal is dead, bankers said.[^m]\n\n[^m]: interview, two bankers; background; as: TK; why: TK; known-to: TK",
        "The draft is tough, it says.[^m]\n\n[^m]: document, draft communique; background",
    ],
    options: &[RuleOption {
        name: "required",
        default: "[\"as\", \"why\", \"known-to\"]",
        summary: "The fields that the record of a source on background must have; on deep background there is no wording to agree on.",
    }],
    check: Check::Story(check),
};

const REQUIRED: &[&str] = &["as", "why", "known-to"];

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let required = look::list_option(scene, "source-terms-incomplete.required", REQUIRED);
    for source in &draft.story.sources {
        let terms = match source.terms {
            Terms::Background => "background",
            Terms::DeepBackground => "deep background",
            _ => continue,
        };
        // A paper made no agreement.
        let speaks = matches!(
            source.kind,
            "interview" | "email" | "message" | "tip" | "briefing" | ""
        );
        let cited = draft.story.citations.iter();
        let mut cited = cited.filter(|cited| cited.name == source.id);
        let is_used = cited.next().is_some();
        let missing: Vec<&str> = required
            .iter()
            .map(String::as_str)
            .filter(|field| source.field(field).is_none())
            .filter(|field| !protected::is_told(scene, &source.id, field))
            .filter(|field| source.terms == Terms::Background || *field != "as")
            .collect();
        if !speaks || !is_used || missing.is_empty() {
            continue;
        }
        let message = format!(
            "On {terms}, and the record does not say {}.",
            missing.join(", ")
        );
        let mut finding = look::finding(&RULE, draft.span(source.place), message);
        let block = &draft.tree.blocks[source.place.block];
        let lines = missing.iter().map(|field| format!("; {field}: TK"));
        let first_line = block.block.content.of(&block.block.text);
        let end = first_line.find(['\r', '\n']).unwrap_or(first_line.len());
        finding.fixes.push(look::insert(
            format!("Note {} as TK", missing.join(", ")),
            block.start + block.block.content.start() + end,
            lines.collect::<String>(),
        ));
        found.push(finding);
    }
}
