//! A source used against the terms on which it spoke.

use super::protected;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::QuoteKind;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::facts;
use crate::story::mark::Citation;
use crate::story::source::{Source, Terms};
use crate::syntax::tree::Sigil;

/// A source used against the terms on which it spoke.
pub const RULE: Rule = Rule {
    name: "source-ground-rules-breach",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A source off the record that is cited, one on deep background that is quoted, one under embargo used too early.",
    why: "A promise binds, and half of all reporters are unsure of the words; so the desk has one table. Off the record: not cited. Deep \
          background: no attribution, no quotations. Background: no name, quotations allowed. Nothing here shows a name.",
    fires: &[
        "
The board met twice.[^s3]
                      ^^ error source-ground-rules-breach: This source is off the record: it may not be cited.

[^s3]: interview, a clerk of the board; off the record
",
        "
“We met twice,” a person close to the board said.[^s3]
                                                   ^^ error source-ground-rules-breach: This source is on deep background: no attribution, no quotations.

[^s3]: interview, a clerk of the board; deep background
",
        "
The board met twice.[^s3, p. 2] It met again in May.
                      ^^ error source-ground-rules-breach: This source is off the record: it may not be cited.

[^s3]: message, a clerk of the board; OTR
",
        "
Date: 2026-03-01

The pier will be sold.[^plan]
                        ^^^^ error source-ground-rules-breach: This source is under embargo beyond the story’s date.

[^plan]: document, harbor plan; embargo: 2026-03-04
",
        "
“There was no vote,” Ana Roth said in the hall. Roth had gone early.
                     ^^^^^^^^ error source-ground-rules-breach: A private file keeps this name out of the story.
                                                ^^^^ error source-ground-rules-breach: A private file keeps this name out of the story.
=== draft.private.lede
[^s3]: interview, Ana Roth, a clerk; background
",
        "
The board met twice.[^s3] Members greeted Roth, as they do.
                                          ^^^^ error source-ground-rules-breach: A private file keeps this name out of the story.

[^s3]: interview, a clerk of the board; background; as: a clerk; why: fears for her job; identity: @roth
=== names.private.lede
[@roth]: person, Ana Roth; contact: 555 0100; known-to: NB
[^s3]: known-to: NB
",
    ],
    quiet: &[
        "Ana Roth left early.\n=== draft.private.lede\n[^s3]: interview, Ana Roth; on record\n",
        "Ana Roth left early.\n=== draft.private.lede\n[^s3]: interview, Ana Roth; background; may-be-named: as subject\n",
        "Ana Roth left early.\n=== names.private.lede\n[^s3]: interview, Ana Roth; background\n",
        "Philip Roth, the writer, left early.\n=== draft.private.lede\n[^s3]: interview, Ana Roth; background\n",
        "Ana Roth said no.[^r]\n\n[^r]: statement, Ana Roth; on record\n=== draft.private.lede\n[^s3]: interview, Ana Roth; background\n",
        "The board met twice.[^s3]\n\n[^s3]: interview, Ana Roth; on record",
        "“We met twice,” a person close to the board said.[^s3]\n\n[^s3]: interview, a clerk of the board; background",
        "The board met twice.[^s3]\n\n[^s3]: interview, a clerk of the board; deep background",
        "The board met twice.\n\n[^s3]: interview, a clerk of the board; off the record",
        "Date: 2026-03-05\n\nThe pier will be sold.[^plan]\n\n[^plan]: document, harbor plan; embargo: 2026-03-04",
        "The board met twice.[^s3]\n\n[^s3]: interview, a clerk of the board; off teh recrod",
        "The board met twice.[^nobody]",
        "The board met twice.[^s3]\n\n[^s3]: interview, Ana Roth",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    // Told only where the name stands, never which name or whose: and that only to who holds the private file.
    found.extend(
        protected::named(draft, scene)
            .into_iter()
            .map(|span| Finding {
                is_private: true,
                ..look::finding(
                    &RULE,
                    span,
                    "A private file keeps this name out of the story.",
                )
            }),
    );
    for citation in &story.citations {
        if citation.sigil != Sigil::Source {
            continue;
        }
        let Some(source) = story
            .sources
            .iter()
            .find(|source| source.id == citation.name)
        else {
            continue;
        };
        if let Some(message) = breach(draft, scene, citation, source) {
            // Only the mark is shown: never the words that would say who it is.
            found.push(look::finding(&RULE, draft.span(citation.id), message));
        }
    }
}

fn breach(
    draft: &Draft,
    scene: &Scene,
    citation: &Citation,
    source: &Source,
) -> Option<&'static str> {
    let embargo = source.field("embargo").and_then(facts::date_in);
    let day = draft.story.facts.date.unwrap_or(scene.today);
    match source.terms {
        Terms::OffRecord => Some("This source is off the record: it may not be cited."),
        Terms::DeepBackground if is_quoted(draft, citation) => {
            Some("This source is on deep background: no attribution, no quotations.")
        }
        _ if embargo.is_some_and(|embargo| embargo > day) => {
            Some("This source is under embargo beyond the story’s date.")
        }
        _ => None,
    }
}

/// Whether the words that a mark covers hold a quotation or an attribution.
fn is_quoted(draft: &Draft, citation: &Citation) -> bool {
    let covers = citation.covers;
    let prose = &draft.prose[covers.block];
    let quoted = prose.quotes.iter().any(|quote| {
        quote.span.overlaps(covers.span)
            && matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
    });
    let attributed = prose.attributions.iter().any(|attribution| {
        let sentence = prose.sentences[attribution.sentence].span;
        !attribution.is_quoted && sentence.overlaps(covers.span)
    });
    quoted || attributed
}
