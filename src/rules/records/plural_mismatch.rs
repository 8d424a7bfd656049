//! More sources in the text than in the notes.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::Attribution;
use crate::prose::phrase::{NounKind, number};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::cast::Who;
use crate::story::outline::Label;
use crate::story::source::Source;
use crate::syntax::tree::Sigil;
use crate::text::span::Span;
use crate::words::{self, Classes};

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
        "
Four people familiar with the talks said the deal is dead.[^a]
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error source-plural-mismatch: The text says “Four people familiar with the talks”; the records it cites list 3.

[^a]: call, three people familiar with the talks; background
",
    ],
    quiet: &[
        "Two officials said the pier will be sold.[^a; b]\n\n[^a]: call, a harbor official; background\n[^b]: message, a council official; background",
        "Sources said the deal is dead.",
        "Sources said the deal is dead.[^p]\n\n[^p]: interview, people at the firm; background; count: 3",
        "Officials said the pier will be sold.[^plan]\n\n[^plan]: document, harbor plan",
        "Sources said the deal is dead.[^nobody]",
        "Sources said the deal is dead.[^one] [TK: how many?]\n\n[^one]: interview, an executive at the firm; background",
        "Officials said the pier will be sold.[^a]\n\n[^a]: briefing, harbor board; on record",
        "Officials said the pier will be sold.[^a]\n\n[^a]: harbor board; on record",
        "Nearly 20 employees said the pier will be sold.[^a]\n\n[^a]: interview, employees of the harbor; background; count: 19",
        "As many as 20 employees said the pier will be sold.[^a]\n\n[^a]: interview, employees of the harbor; background; count: 19",
        "Two or three officials said the pier will be sold.[^a]\n\n[^a]: interview, officials of the harbor; background; count: 3",
        "Three people familiar with the talks said the deal is dead.[^a]\n\n[^a]: interview, three people familiar with the talks; background",
        "Three people familiar with the talks said the deal is dead.[^a]\n\n[^a]: interview, people familiar with the talks; background",
        "One banker with knowledge of the talks said the deal is dead,[^a] and two others said it is alive.[^b]\n\n[^a]: interview, a banker; background\n[^b]: interview, two bankers; background; count: 2",
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
    // What cites nothing is held against nothing.
    let citing = draft.story.citations.iter();
    let citing = citing.filter(|citation| citation.sigil == Sigil::Source);
    let mut blocks: Vec<usize> = citing.map(|citation| citation.mark.block).collect();
    blocks.dedup();
    let statements = blocks.into_iter().flat_map(|block| {
        let is_copy = draft.story.labels[block] == Label::Body;
        let statements = draft.story.statements_of(block).iter();
        statements.filter(move |it| is_copy && it.who == Who::Anonymous)
    });
    for statement in statements {
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
        if attribution.is_quoted
            || features.is_back_reference
            || look::is_open(&draft.story, &draft.tree, place)
        {
            continue;
        }
        let Some(cited) = cited(draft, block, statement.index) else {
            continue;
        };
        let listed: u32 = cited.iter().map(|source| count_of(source)).sum();
        let words = draft.words(place);
        let is_several = words.to_lowercase().starts_with("several");
        let fits = match features.count {
            _ if is_several => listed >= several,
            Some(2..) if is_rough(draft, place) => listed >= 2,
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

/// Whether a number of people is none to be counted by: `nearly 20 employees`, `two or three people`.
fn is_rough(draft: &Draft, place: Place) -> bool {
    const ROUGH: &[&str] = &[
        "about",
        "almost",
        "nearly",
        "roughly",
        "approximately",
        "around",
        "some",
        "over",
        "under",
        "least",
        "most",
        "than",
        "to",
        "many",
        "close",
        "estimated",
        "or",
    ];
    let text: &str = &draft.tree.blocks[place.block].block.text;
    let before = text[..place.span.start()].split_whitespace().rev().take(2);
    let head = place.span.of(text).split_whitespace().take(5);
    before
        .chain(head)
        .any(|word| ROUGH.iter().any(|rough| word.eq_ignore_ascii_case(rough)))
}

/// The people whom a statement cites, each once; none if a mark of its sentence leads to nobody or to something else, or to
/// people whom nobody counted.
fn cited(draft: &Draft, block: usize, index: usize) -> Option<Vec<&Source>> {
    let prose = &draft.prose[block];
    let attribution = &prose.attributions[index];
    let sentence = prose.sentences[attribution.sentence].span;
    let who_says = |one: &Attribution| one.source.as_ref().map(|who| who.span.cover(one.cue));
    let own = who_says(attribution)?;
    // `one said so,[^a] and two others said not[^b]`: each mark is for the clause before it.
    let is_for_another = |covers: Span| {
        let mut others = prose.attributions.iter();
        !covers.overlaps(own)
            && others.any(|one| who_says(one).is_some_and(|other| covers.overlaps(other)))
    };
    let mut cited: Vec<&Source> = Vec::new();
    for citation in draft.story.citations_of(block) {
        let covers = citation.covers.span;
        if citation.sigil != Sigil::Source || !covers.overlaps(sentence) || is_for_another(covers) {
            continue;
        }
        let source = draft
            .story
            .sources
            .iter()
            .find(|source| source.id == citation.name)?;
        let is_person = matches!(source.kind, "interview" | "message" | "tip");
        if !is_person || is_uncounted(source) {
            return None;
        }
        if !cited.iter().any(|known| known.id == source.id) {
            cited.push(source);
        }
    }
    (!cited.is_empty()).then_some(cited)
}

/// How many people a record is of: as it says, or as its title begins.
fn count_of(source: &Source) -> u32 {
    let noted = source.field("count");
    let noted = noted.and_then(|count| count.trim().parse().ok());
    let told = || {
        let first = source.title.split_whitespace().next()?;
        number(first)
    };
    noted.or_else(told).unwrap_or(1)
}

/// `people familiar with the talks`: more than one, and no word on how many.
fn is_uncounted(source: &Source) -> bool {
    let has_number = || {
        source
            .title
            .split_whitespace()
            .next()
            .and_then(number)
            .is_some()
    };
    let people = source.title.split([',', '(']).next().unwrap_or_default();
    let is_many = |word: &str| {
        let class = words::classes(&word.to_lowercase());
        (word == "people" || word.ends_with('s'))
            && class.has(Classes::ANONYMOUS.or(Classes::ANONYMOUS_SPECIFIC))
    };
    source.field("count").is_none() && !has_number() && people.split_whitespace().any(is_many)
}
