//! A study, a report or data without a name.

use crate::finding::{Finding, Severity};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::prose::{Attribution, Form, Sentence};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::{InlineKind, Target};
use crate::words::Classes;

/// A study, a report or data without a name.
pub const RULE: Rule = Rule {
    name: "study-unnamed",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "“Studies show”, “according to a report”: a document that nobody could look up.",
    why: "A reader must be able to look it up: who made the study, when, and where it is. The fact-checkers’ code asks for sources in \
          enough detail to repeat the check; “according to a report” gives none.",
    fires: &[
        "
According to one report, $3 million from the Harbor Fund was lost.
             ^^^^^^^^^^ warning study-unnamed: “one report”: which? Say who made it, and when.
",
        "
A study released in May found that nurses quit within two years.
^^^^^^^ warning study-unnamed: “A study”: which? Say who made it, and when.
",
        "
Studies show that nurses quit within two years.
^^^^^^^ warning study-unnamed: “Studies”: which? Say who made it, and when.
",
        "
According to a report, the bridge was unsafe when it was opened.
             ^^^^^^^^ warning study-unnamed: “a report”: which? Say who made it, and when.
",
        "
The bridge was unsafe, a recent study found.
                       ^^^^^^^^^^^^^^ warning study-unnamed: “a recent study”: which? Say who made it, and when.
",
        "
Research suggests that the old pipes were to blame.
^^^^^^^^ warning study-unnamed: “Research”: which? Say who made it, and when.
",
        "
Several studies have shown that tenants skip meals at the end of the month.
^^^^^^^^^^^^^^^ warning study-unnamed: “Several studies”: which? Say who made it, and when.
",
        "
Polls show that the valley is split over the bridge.
^^^^^ information study-unnamed: “Polls”: which? Say who made it, and when.
",
    ],
    quiet: &[
        "A 2024 Harlan University study of 3,000 nurses found that they quit.",
        "The report found that the bridge was unsafe.",
        "According to a report by the Harbor Board, the bridge was unsafe.",
        "A study [published in May](https://example.org/study) found that nurses quit.",
        "Studies show that nurses quit within two years.[^nurses]",
        "“Studies show that nurses quit,” Ruiz said.",
        "Studies show that nurses quit within two years. [TK: which?]",
        "A report to the council said that the bridge was unsafe. It was written by Brightwell Engineers.",
        "A police report said that the driver was asleep.",
        "According to documents reviewed by The Harlan Herald, the bridge was unsafe.",
        "The data show that nurses quit.",
        "A study published in the Harlan Journal of Medicine found that nurses quit.",
        "A study released in May by Harlan University found that nurses quit.",
        "A report released Monday by the Harbor Board said that the bridge was unsafe.",
        "A study, published in The Nurse, found that nurses quit.",
        "Several studies, including one by Harlan University, have found that nurses quit.",
        "The bridge was unsafe, according to a report Tuesday from the Harbor Board.",
    ],
    options: &[RuleOption {
        name: "nouns",
        default: "[\"study\", \"studies\", \"research\", \"report\", \"reports\", \"survey\", \"surveys\", \"poll\", \"polls\", \"statistics\", \"data\"]",
        summary: "The documents that must have a name.",
    }],
    check: Check::Block(check),
};

const NOUNS: &[&str] = &[
    "study",
    "studies",
    "research",
    "report",
    "reports",
    "survey",
    "surveys",
    "poll",
    "polls",
    "statistics",
    "data",
];

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let text = look::text(view);
    for attribution in &view.prose.attributions {
        let Some(source) = attribution.source.as_ref() else {
            continue;
        };
        if attribution.is_quoted || source.kind != NounKind::Document {
            continue;
        }
        let nouns = look::list_option(scene, "study-unnamed.nouns", NOUNS);
        if !is_unnamed(view, attribution, source, &nouns) {
            continue;
        }
        let sentence = &view.prose.sentences[attribution.sentence];
        if look::is_open_here(view, sentence.span) || is_found_elsewhere(view, attribution.sentence)
        {
            continue;
        }
        let words = look::shown(source.span.of(text));
        let message = format!("“{words}”: which? Say who made it, and when.");
        let mut finding = look::finding(&RULE, view.placed.place(source.span), message);
        // “Polls show” sums many up, as everybody knows who reads them.
        if matches!(words.to_lowercase().as_str(), "polls" | "surveys") {
            finding.severity = Severity::Information;
        }
        finding.fixes = vec![look::insert(
            "Name it later: insert [TK: which study, by whom?]",
            view.placed.place(source.span).end(),
            " [TK: which, by whom?]",
        )];
        found.push(finding);
    }
}

/// `studies`, `a recent report`: a bare or indefinite noun with no owner.
fn is_unnamed(
    view: &BlockView,
    attribution: &Attribution,
    source: &NounPhrase,
    nouns: &[String],
) -> bool {
    const PLAIN: &[&str] = &[
        "a", "an", "one", "another", "some", "several", "many", "most", "recent", "new", "earlier",
        "previous", "past", "two", "three", "numerous", "other", "multiple", "various", "early",
    ];
    let text = look::text(view);
    let words = view.prose.words.iter();
    let inside: Vec<String> = words
        .filter(|word| source.span.covers(word.span))
        .map(|word| lower(text, word).to_string())
        .collect();
    let Some((head, before)) = inside.split_last() else {
        return false;
    };
    // `a study by …`, `research from …`: what follows the noun may be the owner.
    let follows = view
        .prose
        .words
        .iter()
        .find(|word| word.span.start() >= source.span.end());
    let has_owner = follows.is_some_and(|word| {
        let is_after = attribution.cue.start() > word.span.start()
            || attribution.cue.end() <= source.span.start();
        is_after
            && (word.classes.has(Classes::PREPOSITION)
                || word.classes.has(Classes::CLAUSE)
                || is_one_of(
                    text,
                    word,
                    &[
                        "published",
                        "released",
                        "reviewed",
                        "obtained",
                        "seen",
                        "commissioned",
                        "conducted",
                        "issued",
                        "done",
                        "in",
                    ],
                ))
    });
    nouns.iter().any(|noun| noun == head)
        && before.iter().all(|word| PLAIN.contains(&word.as_str()))
        && !has_owner
        && !has_owner_later(view, attribution, source)
}

/// `A study, published in The Lancet, found`, `A report released Monday by the Harbor Board said`: a name behind `by`, `from`
/// or `in`, before the verb that tells.
fn has_owner_later(view: &BlockView, attribution: &Attribution, source: &NounPhrase) -> bool {
    const TIME: Classes = Classes::MONTH
        .or(Classes::WEEKDAY)
        .or(Classes::DAY)
        .or(Classes::PERIOD);
    const MADE: &[&str] = &[
        "published",
        "released",
        "issued",
        "made",
        "conducted",
        "commissioned",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    let end = view.prose.sentences[attribution.sentence].words.end;
    let from = words.partition_point(|word| word.span.start() < source.span.end());
    let tells = |at: usize| words[at].tag.is_finite() && !is_one_of(text, &words[at], MADE);
    // “according to a report, $3 million from the fund is gone”: what follows a comma is about the report or is what it says.
    let leaves = |at: usize| {
        let is_about = || {
            is_one_of(text, &words[at + 1], &["by", "in", "from", "including"])
                || is_one_of(text, &words[at + 1], MADE)
        };
        words[at].span.of(text) == "," && at + 1 < end && !is_about()
    };
    let to = (from..end.min(from + 12))
        .find(|&at| words[at].is_quoted || tells(at) || leaves(at))
        .unwrap_or(end.min(from + 12));
    let is_name = |at: usize| {
        let word = &words[at];
        matches!(word.form, Form::Capital | Form::Caps) && !word.classes.has(TIME)
    };
    (from..to).any(|at| {
        let is_place = || words[at + 1].classes.has(Classes::PLACE);
        let owns = is_one_of(text, &words[at], &["by", "from"])
            || is_one_of(text, &words[at], &["in"]) && at + 1 < to && !is_place();
        let first = at + 1;
        let article = first < to && words[first].classes.has(Classes::DETERMINER);
        let noun = first + usize::from(article);
        owns && (noun..to.min(noun + 2)).any(is_name)
    })
}

/// A name, a year, a link or a mark in the sentence; or the next sentence says whose it is.
fn is_found_elsewhere(view: &BlockView, index: usize) -> bool {
    let text = look::text(view);
    let sentence = &view.prose.sentences[index];
    let is_year = |sentence: &Sentence| {
        view.prose.words[sentence.words.clone()].iter().any(|word| {
            word.form == Form::Number && matches!(word.span.of(text).parse::<u32>(), Ok(1900..2100))
        })
    };
    let cited = view.story.citations_of(view.index).iter();
    let is_cited = cited
        .into_iter()
        .any(|citation| citation.covers.span.overlaps(sentence.span));
    let inlines = view.placed.block.inlines.iter();
    let is_linked = inlines
        .filter(|inline| sentence.span.overlaps(inline.span))
        .any(|inline| {
            let is_link = |target: &Target| matches!(target, Target::Url(_) | Target::Source(_));
            match &inline.kind {
                InlineKind::Link { target, .. } => is_link(target),
                InlineKind::Url => true,
                _ => false,
            }
        });
    let next = view.prose.sentences.get(index + 1);
    let is_told_next = next.is_some_and(|next| {
        view.prose.names.iter().any(|name| next.span.covers(*name))
            && view.prose.words[next.words.clone()].iter().any(|word| {
                word.classes.has(Classes::DOCUMENT)
                    || is_one_of(text, word, &["it", "they", "researchers", "published"])
            })
    });
    is_year(sentence) || is_cited || is_linked || is_told_next
}
