//! A source that is disputed or was taken back, and that the story still rests on.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::syntax::tree::Sigil;

/// A source that is disputed or was taken back, and that the story still rests on.
pub const RULE: Rule = Rule {
    name: "source-disputed",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A cited source whose record says `status: disputed` or `status: retracted`.",
    why: "A study that was taken back or a record that its maker disputes carries nothing, and the note that says so lies in a record \
          which nobody rereads before print. The BBC and Reuters ask for material facts to be corroborated; the fact-checkers’ code, for \
          sources that can be checked again.",
    fires: &[
        "
The pier was closed at noon.[^log]
                              ^^^ error source-disputed: This source is marked as disputed. Cite another, or say in the story that it is disputed.

[^log]: document, crane log of the harbor; status: disputed; on record
",
        "
Nurses quit within two years.[^study] Most leave the valley.[^study, p. 4]
                               ^^^^^ error source-disputed: This source is marked as retracted. Cite another, or say in the story that it is retracted.

[^study]: paper, Nurses in the valley; status: retracted
",
        "
The crane [had not been inspected](^log, p. 3) since May.
                                    ^^^ error source-disputed: This source is marked as disputed. Cite another, or say in the story that it is disputed.

[^log]: document, crane log of the harbor
    status: Disputed by the harbor board
",
        "
The pier was closed at noon.[^gate; log]
                                    ^^^ error source-disputed: This source is marked as retracted. Cite another, or say in the story that it is retracted.

[^gate]: statement, notice on the gate; on record
[^log]: document, crane log of the harbor; status: retracted
",
    ],
    quiet: &[
        "The pier was closed at noon.[^log]\n\n[^log]: document, crane log of the harbor; status: verified",
        "The pier was closed at noon.[^log]\n\n[^log]: document, crane log of the harbor; status: partial",
        "The pier was closed at noon.\n\n[^log]: document, crane log of the harbor; status: disputed",
        "The pier was closed at noon, says a log whose truth the board disputes.[^log] [TK: another source?]\n\n[^log]: document, crane log of the harbor; status: disputed",
        "The log, which the board disputes, says that the pier was closed.[^log]\n\n[^log]: document, crane log of the harbor; status: disputed",
        "The study, retracted in May, said that nurses quit.[^study]\n\n[^study]: paper, Nurses in the valley; status: retracted",
        "The pier was closed at noon.[^log]\n\n[^log]: document, crane log of the harbor; note: disputed once, settled since",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for source in &draft.story.sources {
        let status = source.field("status").unwrap_or_default().to_lowercase();
        let Some(status) = ["disputed", "retracted"]
            .into_iter()
            .find(|word| status.starts_with(word))
        else {
            continue;
        };
        let cited = draft.story.citations.iter().filter(|cited| {
            cited.sigil == Sigil::Source
                && cited.name == source.id
                && !look::is_open(&draft.story, &draft.tree, cited.covers)
                && !says_so(draft.words(cited.covers), status)
        });
        let mut cited = cited.peekable();
        let Some(first) = cited.next() else {
            continue;
        };
        let message = format!(
            "This source is marked as {status}. Cite another, or say in the story that it is {status}."
        );
        let mut finding = look::finding(&RULE, draft.span(first.id), message);
        finding.related.push(Related {
            span: draft.span(source.place),
            message: format!("its record says “status: {status}”"),
        });
        let mut ends = vec![draft.span(first.mark).end()];
        for other in cited {
            finding.related.push(Related {
                span: draft.span(other.id),
                message: "cited here too".to_owned(),
            });
            ends.push(draft.span(other.mark).end());
        }
        finding.fixes = vec![look::insert_at_each(
            "Ask later: insert [TK: another source?]",
            &ends,
            " [TK: another source?]",
        )];
        found.push(finding);
    }
}

/// Whether the words that rest on the source tell the reader: `disputed`, `disputes`, `retracted`, `withdrawn`.
fn says_so(words: &str, status: &str) -> bool {
    let words = words.to_lowercase();
    let told: &[&str] = match status {
        "disputed" => &["dispute", "contest", "denied", "denies"],
        _ => &["retract", "withdrawn", "withdrew", "taken back"],
    };
    told.iter().any(|told| words.contains(told))
}
