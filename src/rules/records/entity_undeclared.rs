//! A mark that names a person whom nobody defined.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::mark::Citation;
use crate::syntax::tree::Sigil;
use crate::text::edit::Edit;

/// A mark that names a person whom nobody defined.
pub const RULE: Rule = Rule {
    name: "entity-undeclared",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "`[@id]` or `[words](@id)` with an id that neither the draft nor the newsroom’s files define.",
    why: "The mark says who speaks, and leads to nobody: the quotation stays without a speaker that a checker could look up. Names are \
          the most frequent error in the corrections of newspapers.",
    fires: &[
        "
“We had no warning.”[@ortiz]
                      ^^^^^ warning entity-undeclared: “ortiz”: nobody of this id is defined.
",
        "
[Ortiz](@ortis) closed the pier at noon.
         ^^^^^ warning entity-undeclared: “ortis”: nobody of this id is defined. Did you mean ortiz?

[@ortiz]: person, Dana Ortiz; role: mayor
",
        "
“We had no warning,”[@wren] the board wrote. “None at all.”[@wren]
                      ^^^^ warning entity-undeclared: “wren”: nobody of this id is defined.
",
        "
The [harbor board](@board) closed the pier at noon.
                    ^^^^^ warning entity-undeclared: “board”: nobody of this id is defined.

[^board]: statement, harbor board; on record
",
    ],
    quiet: &[
        "“We had no warning.”[@ortiz]\n\n[@ortiz]: person, Dana Ortiz; role: mayor",
        "[Ortiz](@dana-ortiz) closed the pier.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        "Write to dana@harbor.example or to @harborboard.",
        "“We had no warning.” \\[@ortiz]",
        "[the board’s page](https://harbor.example/@board) says so.",
        "The pier was closed at noon.\n\n###\n\nAsk again.[@ortiz]",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    let is_open = |cited: &&Citation| {
        cited.sigil == Sigil::Entity
            && !story.entities.iter().any(|entity| entity.id == cited.name)
            && scene.base.by_id(&cited.name).is_none()
    };
    let open: Vec<&Citation> = story.citations.iter().filter(is_open).collect();
    for (index, cited) in open.iter().enumerate() {
        if open[..index].iter().any(|before| before.name == cited.name) {
            continue;
        }
        let same: Vec<&Citation> = open[index..]
            .iter()
            .filter(|other| other.name == cited.name)
            .copied()
            .collect();
        found.push(finding(draft, cited, &same));
    }
}

fn finding(draft: &Draft, cited: &Citation, same: &[&Citation]) -> Finding {
    let nearest = nearest(draft, &cited.name);
    let question = nearest.map_or(String::new(), |id| format!(" Did you mean {id}?"));
    let message = format!("“{}”: nobody of this id is defined.{question}", cited.name);
    let mut finding = look::finding(&RULE, draft.span(cited.id), message);
    for other in &same[1..] {
        finding.related.push(Related {
            span: draft.span(other.id),
            message: "named here too".to_owned(),
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
    finding.fixes.push(look::insert(
        format!("Define {} below the story", cited.name),
        draft.text.len(),
        format!("\n\n[@{}]: TK\n", cited.name),
    ));
    finding
}

/// The id of the draft that may be meant: two letters away at most.
fn nearest<'a>(draft: &'a Draft, name: &str) -> Option<&'a str> {
    let ids = draft.story.entities.iter().map(|entity| entity.id.as_str());
    let (distance, id) = ids
        .map(|id| {
            (
                strsim::damerau_levenshtein(&id.to_lowercase(), &name.to_lowercase()),
                id,
            )
        })
        .min()?;
    (distance <= 2 && distance * 2 < name.chars().count()).then_some(id)
}
