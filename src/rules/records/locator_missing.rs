//! A quotation from a recording, and no word on where in it.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::QuoteKind;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::mark::Citation;
use crate::story::source::Source;
use crate::syntax::tree::Sigil;

/// A quotation from a recording, and no word on where in it.
pub const RULE: Rule = Rule {
    name: "locator-missing",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: true,
    summary: "A quotation that cites a recording without its time.",
    why: "Whoever checks a quotation against an hour of sound needs the minute. The wires’ own rule is that quotations are sacred; a time \
          beside the mark makes checking one the work of seconds. Said once for each recording.",
    fires: &[
        "
“We had no warning at all,”[^ortiz] Dana Ortiz said.
                             ^^^^^ information locator-missing: Where in the recording? Write the time after a comma: [^ortiz, 04:12].

[^ortiz]: interview, Dana Ortiz; on record; file: tapes/ortiz.m4a
",
        "
“We had no warning at all,” the mayor said.[^hearing]
                                             ^^^^^^^ information locator-missing: Where in the recording? Write the time after a comma: [^hearing, 04:12].

[^hearing]: broadcast, hearing of the harbor board; date: 2026-03-02
",
        "
“We had no warning at all,”[^tape] Dana Ortiz said. “None of us had any idea,”[^tape] she said.
                             ^^^^ information locator-missing: Where in the recording? Write the time after a comma: [^tape, 04:12].

[^tape]: video, hearing of the harbor board
",
        "
“We had no warning at all,”[^ortiz] Dana Ortiz said.
                             ^^^^^ information locator-missing: Where in the recording? Write the time after a comma: [^ortiz, 04:12].

[^ortiz]: interview, Dana Ortiz; file: tapes/ortiz.vtt
",
    ],
    quiet: &[
        "“We had no warning at all,”[^ortiz, 04:12] Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; file: tapes/ortiz.m4a",
        "“We had no warning at all,”[^ortiz] Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; file: tapes/ortiz.m4a; at: 04:12",
        "“We had no warning at all,”[^ortiz] Dana Ortiz said.\n\n[^ortiz]: email, Dana Ortiz; file: mail/ortiz.eml",
        "The pier was closed at noon, Ortiz said.[^ortiz]\n\n[^ortiz]: interview, Dana Ortiz; file: tapes/ortiz.m4a",
        "She called it “a scandal,”[^ortiz] and left.\n\n[^ortiz]: interview, Dana Ortiz; file: tapes/ortiz.m4a",
        "“We had no warning at all,”[^ortiz] Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; on record",
        "“We had no warning at all,”[^ortiz, TK] Dana Ortiz said.\n\n[^ortiz]: audio, Dana Ortiz",
    ],
    options: &[RuleOption {
        name: "min-words",
        default: "4",
        summary: "Shorter quotations are found without a time.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let min_words = look::number_option(scene, "locator-missing.min-words", 4);
    for source in &draft.story.sources {
        if !is_recording(source) || source.field("at").is_some() {
            continue;
        }
        let bare: Vec<&Citation> = draft
            .story
            .citations
            .iter()
            .filter(|cited| {
                cited.sigil == Sigil::Source
                    && cited.name == source.id
                    && cited.locator.is_none()
                    && quotes(draft, cited, min_words)
            })
            .collect();
        let Some((first, others)) = bare.split_first() else {
            continue;
        };
        let message = format!(
            "Where in the recording? Write the time after a comma: [^{}, 04:12].",
            source.id
        );
        let mut finding = look::finding(&RULE, draft.span(first.id), message);
        let also = others.iter().map(|other| Related {
            span: draft.span(other.id),
            message: "and here".to_owned(),
        });
        finding.related = also.collect();
        let ends: Vec<usize> = bare
            .iter()
            .map(|cited| draft.span(cited.id).end())
            .collect();
        finding.fixes = vec![look::insert_at_each(
            "Note the time later: TK",
            &ends,
            ", TK",
        )];
        found.push(finding);
    }
}

/// Whether the record is sound or film, by its kind or by its file.
fn is_recording(source: &Source) -> bool {
    const FILES: &[&str] = &[
        "m4a", "mp3", "wav", "aac", "ogg", "flac", "mp4", "mov", "webm", "vtt", "srt",
    ];
    let file = source.field("file").unwrap_or_default().to_lowercase();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(source.kind, "audio" | "video" | "broadcast") || FILES.contains(&ending)
}

/// Whether the mark covers a quotation of so many words.
fn quotes(draft: &Draft, cited: &Citation, min_words: usize) -> bool {
    let quotes = &draft.prose[cited.covers.block].quotes;
    quotes.iter().any(|quote| {
        quote.depth == 0
            && quote.word_count >= min_words
            && !matches!(quote.kind, QuoteKind::Title | QuoteKind::Nickname)
            && quote.span.overlaps(cited.covers.span)
    })
}
