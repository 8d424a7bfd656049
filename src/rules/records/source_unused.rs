//! A source that is declared and cited nowhere.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::source::{Source, Terms};
use crate::syntax::tree::Sigil;
use crate::text::edit::Edit;

/// A source that is declared and cited nowhere.
pub const RULE: Rule = Rule {
    name: "source-unused",
    topic: "source",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A source that is declared, and that nothing in the story cites.",
    why: "Drafts lose attributions when they are cut: a record that nothing points to is often the trace of one. The id is marked, \
          nothing is said of who it is.",
    fires: &[
        "
The pier was closed at noon.

[^board]: statement, notice on the gate; date: 2026-03-02; on record
  ^^^^^ hint source-unused: This source is cited nowhere: lost in a cut? Cite it, or take the record out.
",
        "
The pier was closed at noon.[^gate]

[^gate]: statement, notice on the gate; on record
[^log]: document, crane log of the harbor; on record
  ^^^ hint source-unused: This source is cited nowhere: lost in a cut? Cite it, or take the record out.
",
        "
The pier was closed at noon. <!-- see [^log] -->

[^log]: document, crane log of the harbor; on record
  ^^^ hint source-unused: This source is cited nowhere: lost in a cut? Cite it, or take the record out.
",
        "
“We had no warning,” Dana Ortiz said.

###

[^roth]: interview, Ana Roth; on record
  ^^^^ hint source-unused: This source is cited nowhere: lost in a cut? Cite it, or take the record out.
",
    ],
    quiet: &[
        "The pier was closed at noon.[^gate]\n\n[^gate]: statement, notice on the gate; on record",
        "“We had no warning,” Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; on record",
        "“We had no warning,” Ortiz said.\n\n[^o]: interview, mayor; by: Ortiz; on record",
        "The pier was closed at noon.\n\n[^log]: document, crane log; use: background-only",
        "The pier was closed at noon.\n\n[^call]: no-reply, harbor board; date: 2026-03-02",
        "The pier was closed.[^gate]\n\n[^gate]: statement, notice; with: ^log\n[^log]: document, crane log",
        "Type: refs\n\n[^log]: document, crane log of the harbor; on record",
        "The [pier was closed](^gate) at noon.\n\n[^gate]: statement, notice on the gate",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let is_refs = story.facts.fields.iter().any(|(key, value, ..)| {
        key.eq_ignore_ascii_case("type") && value.eq_ignore_ascii_case("refs")
    });
    if is_refs {
        return;
    }
    for (index, source) in story.sources.iter().enumerate() {
        let cited = story
            .citations
            .iter()
            .any(|cited| cited.sigil == Sigil::Source && cited.name == source.id);
        let speaks = story
            .speakers
            .iter()
            .any(|speaker| speaker.sources.contains(&index));
        if cited || speaks || is_kept(source) || corroborates(&story.sources, source) {
            continue;
        }
        let placed = &draft.tree.blocks[source.place.block];
        let message =
            "This source is cited nowhere: lost in a cut? Cite it, or take the record out.";
        let mut finding = look::finding(&RULE, draft.span(source.place), message);
        finding.is_unnecessary = true;
        finding.fixes.push(Fix {
            title: "Take the record out".to_owned(),
            is_safe: false,
            edits: vec![Edit::delete(placed.span())],
        });
        found.push(finding);
    }
}

/// Whether a record is there for its own sake; one that is not on the record is not pointed at either.
fn is_kept(source: &Source) -> bool {
    source.kind == "no-reply"
        || source.field("use").is_some()
        || !matches!(source.terms, Terms::OnRecord | Terms::NotNoted)
}

/// Whether another record names it in `with:`.
fn corroborates(sources: &[Source], source: &Source) -> bool {
    sources
        .iter()
        .filter_map(|other| other.field("with"))
        .flat_map(|with| with.split([',', ' ']))
        .any(|id| id.trim().trim_start_matches('^') == source.id)
}
