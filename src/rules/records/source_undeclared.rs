//! A mark that cites a source which nobody declared.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::mark::Citation;
use crate::story::source::{Source, Terms};
use crate::syntax::tree::Sigil;
use crate::text::edit::Edit;

/// A mark that cites a source which nobody declared.
pub const RULE: Rule = Rule {
    name: "source-undeclared",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: true,
    summary: "A mark that cites a source which the draft does not declare.",
    why: "A checker who follows the mark finds nothing: the sentence looks sourced and is not. Standards codes ask for sources in \
          enough detail to check them again.",
    fires: &[
        "
The pier was closed at noon, the harbor board said.[^board]
                                                     ^^^^^ error source-undeclared: “board”: no such source is declared.
",
        "
The pier was closed at noon.[^ortis] It opened again on Sunday.[^ortis]
                              ^^^^^ error source-undeclared: “ortis”: no such source is declared. Did you mean ortiz?

[^ortiz]: interview, Dana Ortiz; on record
",
        "
The crane [had not been inspected](^log, p. 3) since May.
                                    ^^^ error source-undeclared: “log”: no such source is declared.
",
        "
The crane had not been inspected since May.[^Log, p. 3]
                                             ^^^ error source-undeclared: “Log”: no such source is declared. Did you mean log?

[^log]: document, crane log of the harbor; on record
",
        "
The crane stood idle.[^log; witness]
                            ^^^^^^^ error source-undeclared: “witness”: no such source is declared.

[^log]: document, crane log of the harbor; on record
",
    ],
    quiet: &[
        "The pier was closed at noon.[^board]\n\n[^board]: statement, harbor board; on record",
        "The hall was dark and the doors were open.[^witnessed]",
        "Water boils at a lower temperature in the hills.[^common-knowledge]",
        "That is one house in nine.[^calculation]",
        "Write to dana@harbor.example or to @harborboard.",
        r"The clerk typed \[^a-z] and found nothing.",
        "[^board]: statement, harbor board; on record\n\nThe pier was closed at noon.[^board, p. 2]",
        "The pier was closed.\n\n###\n\nAsk the board about this.[^board]",
    ],
    options: &[],
    check: Check::Story(check),
};

/// Marks that record the editor's decision and need no record.
const BUILT_IN: [&str; 3] = ["witnessed", "common-knowledge", "calculation"];

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let declared: FxHashSet<&str> = story.sources.iter().map(|it| it.id.as_str()).collect();
    let is_open = |cited: &&Citation| {
        cited.sigil == Sigil::Source
            && !BUILT_IN.contains(&cited.name.as_str())
            && !declared.contains(cited.name.as_str())
    };
    let mut number: FxHashMap<&str, usize> = FxHashMap::default();
    let mut open: Vec<Vec<&Citation>> = Vec::new();
    for cited in story.citations.iter().filter(is_open) {
        let at = *number.entry(&cited.name).or_insert(open.len());
        if at == open.len() {
            open.push(Vec::new());
        }
        open[at].push(cited);
    }
    for same in open {
        found.push(finding(draft, same[0], &same));
    }
}

fn finding(draft: &Draft, cited: &Citation, same: &[&Citation]) -> Finding {
    let nearest = nearest(draft, &cited.name);
    let question = nearest.map_or(String::new(), |id| format!(" Did you mean {id}?"));
    let message = format!("“{}”: no such source is declared.{question}", cited.name);
    let mut finding = look::finding(&RULE, draft.span(cited.id), message);
    // Who cites it a thousand times has seen enough after some.
    for other in same[1..].iter().take(100) {
        finding.related.push(Related {
            span: draft.span(other.id),
            message: "cited here too".to_owned(),
        });
    }
    if let Some(id) = nearest {
        let replace = |cited: &&Citation| Edit::replace(draft.span(cited.id), id);
        finding.fixes.push(Fix {
            title: format!("Write {id}"),
            is_safe: false,
            edits: same.iter().map(replace).collect(),
        });
    }
    let record = format!("\n\n[^{}]: TK\n", cited.name);
    let title = format!("Declare {} below the story", cited.name);
    finding
        .fixes
        .push(look::insert(title, draft.text.len(), record));
    finding
}

/// The declared id that may be meant: the same but for capitals, or two letters away at most.
fn nearest<'a>(draft: &'a Draft, name: &str) -> Option<&'a str> {
    let distance = |id: &str| {
        if id.eq_ignore_ascii_case(name) {
            0
        } else {
            strsim::damerau_levenshtein(id, name)
        }
    };
    // An id can be a name: that of a source who is not on the record is never shown.
    let shown = |source: &&Source| matches!(source.terms, Terms::OnRecord | Terms::NotNoted);
    let ids = draft
        .story
        .sources
        .iter()
        .filter(shown)
        .map(|source| source.id.as_str());
    let (distance, id) = ids.map(|id| (distance(id), id)).min()?;
    (distance <= 2 && (distance == 0 || distance * 2 < name.chars().count())).then_some(id)
}
