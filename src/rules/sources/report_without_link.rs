//! Somebody else's report with nothing to follow.

use crate::entities::mention::How;
use crate::finding::{Finding, Severity};
use crate::prose::letters::is_one_of;
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, Form};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::{InlineKind, Target};
use crate::text::span::Span;
use crate::words::{Classes, is_alike};

/// Somebody else's report with nothing to follow.
pub const RULE: Rule = Rule {
    name: "report-without-link",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "Another outlet’s report, with no link to it.",
    why: "The American Press Institute asks for a link, NPR for what the report rests on and whether we confirmed it. The newsroom’s \
          own outlet is left alone; a report of no outlet at all is a warning.",
    fires: &["
The bank is for sale, the Daily Planet reported.
                      ^^^^^^^^^^^^^^^^^^^^^^^^^ information report-without-link: “the Daily Planet reported”: link the report. Say whether we confirmed it.
", "
The Wexcombe Argus reported in July that two other sites had been tested.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information report-without-link: “The Wexcombe Argus reported in July”: link the report. Say whether we confirmed it.
", "
Media reports said he resigned.
^^^^^^^^^^^^^^^^^^ warning report-without-link: “Media reports said”: which outlet? Name it and link the report.
", "
Media reports in May said he would resign.
^^^^^^^^^^^^^^^^^^^^^^^^^ warning report-without-link: “Media reports in May said”: which outlet? Name it and link the report.
", "
The firm held talks with a rival, the Daltrey Journal reported earlier.
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information report-without-link: “the Daltrey Journal reported earlier”: link the report. Say whether we confirmed it.
", "
The bank is for sale, Harlan Now reported.
                      ^^^^^^^^^^^^^^^^^^^ information report-without-link: “Harlan Now reported”: link the report. Say whether we confirmed it.
=== entities/outlets.toml
[[org]]
name = \"Harlan Now\"
outlet = true
", "
The bank is for sale, the Daltrey Journal reported.[^dj]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information report-without-link: “the Daltrey Journal reported”: its sources are not named. Say so, and whether we confirmed it.

[^dj]: report, Daltrey Journal; date: 2026-03-01; url: https://example.org/x; based-on: anonymous
"],
    quiet: &[
        "The bank is for sale, [the Daily Planet reported](https://example.org/bank).",
        "The company reported a loss of two cents a share.",
        "Police were told the car was reported stolen.",
        "The Harlan Herald reported on Monday that the bank is for sale.",
        "The Daltrey Journal reported that the bank is for sale.[^dj]\n\n[^dj]: report, Daltrey Journal; date: 2026-03-01; url: https://example.org/x",
        "“The Daltrey Journal reported it,” Ruiz said.",
        "The bank is for sale, according to a draft seen by the Daltrey Journal.",
        "The Daltrey Journal reported [TK: link] that the bank is for sale.",
        "The bank is for sale, Harlan Now reported.\n=== entities/outlets.toml\n[[org]]\nname = \"Harlan Now\"\n",
        "The bank is for sale, the Daltrey Journal reported, citing two people at the bank.[^dj]\n\n[^dj]: report, Daltrey Journal; url: https://example.org/x; based-on: anonymous",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let text = look::text(view);
    for attribution in &view.prose.attributions {
        let Some(source) = &attribution.source else {
            continue;
        };
        let hearsay = is_hearsay(source.span.of(text));
        let is_report = matches!(attribution.lemma, "report" | "write");
        if attribution.is_quoted || !is_report && !hearsay {
            continue;
        }
        let is_linked = has_link(view, attribution);
        let is_silent_on_sources = is_linked && hides_its_sources(view, attribution);
        if is_linked && !is_silent_on_sources {
            continue;
        }
        let is_own = || {
            let words = source.span.of(text).to_lowercase();
            let words = words.trim_start_matches("the ");
            let mut own = scene.config.own_outlets.iter();
            own.any(|outlet| words.starts_with(outlet.as_str()))
        };
        let is_outlet = is_report
            && (source.kind == NounKind::Outlet || is_known_outlet(view, scene, source.span))
            && !is_own();
        if !(is_outlet || hearsay) {
            continue;
        }
        let span = with_time(view, source.span.cover(attribution.cue));
        if look::is_open_here(view, span) {
            continue;
        }
        let shown = look::shown(span.of(text));
        let what = match (hearsay, is_silent_on_sources) {
            (true, _) => "which outlet? Name it and link the report.",
            (false, true) => "its sources are not named. Say so, and whether we confirmed it.",
            (false, false) => "link the report. Say whether we confirmed it.",
        };
        let message = format!("“{shown}”: {what}");
        let mut finding = look::finding(&RULE, view.placed.place(span), message);
        if hearsay {
            finding.severity = Severity::Warning;
        }
        let (title, insert) = match is_silent_on_sources {
            true => ("Ask: insert [TK: their sources?]", " [TK: their sources?]"),
            false => ("Link later: insert [TK: link]", " [TK: link]"),
        };
        finding.fixes = vec![look::insert(title, view.placed.place(span).end(), insert)];
        found.push(finding);
    }
}

/// Whether the newsroom's files say that a name is an outlet's.
fn is_known_outlet(view: &BlockView, scene: &Scene, name: Span) -> bool {
    let links = view.story.known.of(view.index).iter();
    let mut sure = links
        .filter(|link| link.how == How::Full && link.place.span.overlaps(name))
        .filter_map(|link| scene.base.record(link.sure()?));
    sure.any(|record| record.is_outlet)
}

/// Whether our own record says that the report rests on people whom it does not name, and the sentence does not.
fn hides_its_sources(view: &BlockView, attribution: &Attribution) -> bool {
    let sentence = view.prose.sentences[attribution.sentence].span;
    let says = sentence.of(look::text(view)).to_lowercase();
    const SAID: &[&str] = &[
        "citing",
        "cited",
        "source",
        "unnamed",
        "anonymous",
        "familiar with",
        "not named",
        "without naming",
        "people at",
        "people in",
        "officials",
        "confirmed",
        "according to",
    ];
    let citations = view.story.citations_of(view.index).iter();
    let mut cited = citations.filter(|one| one.covers.span.overlaps(sentence));
    let rests_on_them = cited.any(|citation| {
        let sources = view.story.sources.iter();
        let mut named = sources.filter(|source| source.id == citation.name);
        named.any(|source| {
            let basis = source.field("based-on").unwrap_or_default();
            basis.to_lowercase().contains("anonymous") || basis.to_lowercase().contains("unnamed")
        })
    });
    rests_on_them && !SAID.iter().any(|word| says.contains(word))
}

/// `media reports`, `local media`, `news reports in May`: nobody's report.
fn is_hearsay(words: &str) -> bool {
    const HEARSAY: &[&str] = &[
        "media reports",
        "local media",
        "press reports",
        "news reports",
        "local media reports",
        "media outlets",
        "the media",
    ];
    let begins = |hearsay: &&str| {
        let head = words.get(..hearsay.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(hearsay))
    };
    if !HEARSAY.iter().any(begins) {
        return false;
    }
    let time = [" in ", " on ", " last ", " this "];
    let end = time.iter().filter_map(|time| words.find(time)).min();
    let words = end.map_or(words, |end| &words[..end]);
    let is_it = |hearsay: &&str| is_alike(words.as_bytes(), hearsay);
    HEARSAY.iter().any(is_it)
}

/// Whether the sentence has a link, an address or a source mark.
fn has_link(view: &BlockView, attribution: &Attribution) -> bool {
    let sentence = view.prose.sentences[attribution.sentence].span;
    let linked = view.placed.block.inlines.iter().any(|inline| {
        inline.span.overlaps(sentence)
            && matches!(
                inline.kind,
                InlineKind::Url
                    | InlineKind::Link {
                        target: Target::Url(_) | Target::Source(_),
                        ..
                    }
            )
    });
    linked
        || view
            .story
            .citations_of(view.index)
            .iter()
            .any(|citation| citation.covers.span.overlaps(sentence))
}

/// With the words of time that follow: `reported earlier`, `reported in April`.
fn with_time(view: &BlockView, span: Span) -> Span {
    let text = look::text(view);
    let words = &view.prose.words;
    let next = words.partition_point(|word| word.span.start() < span.end());
    let Some(word) = words.get(next) else {
        return span;
    };
    if let Some(time) = view
        .prose
        .times
        .iter()
        .find(|time| time.span.start() == word.span.start())
    {
        return span.cover(time.span);
    }
    if is_one_of(text, word, &["earlier"]) {
        let period = words
            .get(next + 1)
            .zip(words.get(next + 2))
            .filter(|(this, period)| {
                is_one_of(text, this, &["this"])
                    && period.form != Form::Mark
                    && period.classes.has(Classes::PERIOD)
            });
        return span.cover(period.map_or(word.span, |(_, period)| period.span));
    }
    span
}
