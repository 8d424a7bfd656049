//! More sources in the text than in the notes.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::phrase::NounKind;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::outline::Label;
use crate::story::source::Source;
use crate::syntax::tree::Sigil;

/// More sources in the text than in the notes.
pub const RULE: Rule = Rule {
    name: "source-plural-mismatch",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "“Sources said”, and the draft’s own records list one.",
    why: "Reuters: never cite sources when there is one; be honest about the number. The records that a sentence cites are counted \
          against its words. A breach costs jobs, and no reader can find it; only the notes can.",
    fires: &[
        "
Sources said the deal is dead.[^one]
^^^^^^^ error source-plural-mismatch: The text says “Sources”; the records it cites list one.

[^one]: interview, an executive at the firm; background
",
        "
Three officials said the pier will be sold.[^a; b]
^^^^^^^^^^^^^^^ error source-plural-mismatch: The text says “Three officials”; the records it cites list 2.

[^a]: call, a harbor official; background
[^b]: message, a council official; background
",
        "
The pier will be sold, several people familiar with the talks said.[^p]
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error source-plural-mismatch: The text says “several people familiar with the talks”; the records it cites list 2.

[^p]: interview, people familiar with the talks; background; count: 2
",
        "
An aide said the meeting was long.[^two]
^^^^^^^ error source-plural-mismatch: The text says “An aide”; the records it cites list 2.

[^two]: interview, aides to the mayor; background; count: 2
",
    ],
    quiet: &[
        "Two officials said the pier will be sold.[^a; b]\n\n[^a]: call, a harbor official; background\n[^b]: message, a council official; background",
        "Sources said the deal is dead.",
        "Sources said the deal is dead.[^p]\n\n[^p]: interview, people at the firm; background; count: 3",
        "Officials said the pier will be sold.[^plan]\n\n[^plan]: document, harbor plan",
        "Sources said the deal is dead.[^nobody]",
        "Sources said the deal is dead.[^one] [TK: how many?]\n\n[^one]: interview, an executive at the firm; background",
        "Three officials said it.[^a] Four people left.\n\n[^a]: interview, officials; background; count: 3",
    ],
    options: &[RuleOption {
        name: "several-means",
        default: "3",
        summary: "“Several” stands for at least so many.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let several = look::number_option(scene, "source-plural-mismatch.several-means", 3) as u32;
    for statement in &draft.story.statements {
        let block = statement.block;
        let attribution = &draft.prose[block].attributions[statement.index];
        let Some((source, features)) = attribution.source.as_ref().and_then(|source| match &source
            .kind
        {
            NounKind::Anonymous(features) => Some((source, features)),
            _ => None,
        }) else {
            continue;
        };
        let place = Place {
            block,
            span: source.span,
        };
        if draft.story.labels[block] != Label::Body
            || attribution.is_quoted
            || features.is_back_reference
            || look::is_open(&draft.story, &draft.tree, place)
        {
            continue;
        }
        let sentence = draft.prose[block].sentences[attribution.sentence].span;
        let Some(cited) = cited(draft, block, sentence) else {
            continue;
        };
        let listed: u32 = cited.iter().map(|source| count_of(source)).sum();
        let words = draft.words(place);
        let is_several = words.to_lowercase().starts_with("several");
        let fits = match features.count {
            _ if is_several => listed >= several,
            Some(1) if !features.is_plural => listed == 1,
            Some(count) => listed == count,
            None if features.is_plural => listed >= 2,
            None => true,
        };
        if fits || listed == 0 {
            continue;
        }
        let shown = look::shown(words);
        let number = match listed {
            1 => "one".to_owned(),
            listed => listed.to_string(),
        };
        let message = format!("The text says “{shown}”; the records it cites list {number}.");
        let mut finding = look::finding(&RULE, draft.span(place), message);
        finding.related = cited
            .iter()
            .map(|source| Related {
                span: draft.span(source.place),
                message: format!("counts as {}", count_of(source)),
            })
            .collect();
        finding.fixes = vec![look::insert(
            "Count again later: insert [TK: how many?]",
            draft.span(place).end(),
            " [TK: how many?]",
        )];
        found.push(finding);
    }
}

/// The people whom a sentence cites, each once; none if a mark of it leads to nobody or to something else.
fn cited(draft: &Draft, block: usize, sentence: crate::text::span::Span) -> Option<Vec<&Source>> {
    let mut cited: Vec<&Source> = Vec::new();
    for citation in draft.story.citations_of(block) {
        if citation.sigil != Sigil::Source || !citation.covers.span.overlaps(sentence) {
            continue;
        }
        let source = draft
            .story
            .sources
            .iter()
            .find(|source| source.id == citation.name)?;
        let is_person = matches!(
            source.kind,
            "interview" | "message" | "tip" | "email" | "briefing" | ""
        );
        if !is_person {
            return None;
        }
        if !cited.iter().any(|known| known.id == source.id) {
            cited.push(source);
        }
    }
    (!cited.is_empty()).then_some(cited)
}

fn count_of(source: &Source) -> u32 {
    source
        .field("count")
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(1)
}
