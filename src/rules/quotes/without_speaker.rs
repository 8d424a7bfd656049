//! A quotation that nobody is said to say.

use super::stray;
use crate::finding::{Finding, Severity};
use crate::prose::{Form, Quote, QuoteKind};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::rules::phrases::lower;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::span::Span;
use crate::words::Classes;

/// A quotation that nobody is said to say.
pub const RULE: Rule = Rule {
    name: "quote-without-speaker",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A quotation with no speaker in its paragraph or the one before.",
    why: "Reuters asks to name the speaker as soon as possible, and every statement needs a source. In edited news one quotation \
          in two hundred has none; nearly all of them are mistakes, often a speaker cut with the paragraph before.",
    fires: &["
The board met on Monday, and the hall was full.

Residents packed the stairs. “We were never told the water was unsafe to drink.”
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “We were never told the water was unsafe…”: no speaker. Who said this?
", "
Funding remains short.

“No one wants to be the councillor who closed the library,” and so the vote was delayed.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “No one wants to be the councillor who…”: no speaker. Who said this?
", "
The pool stays shut until June. “It is a hole in the middle of the town.” “Nobody will say who is to pay for it.”
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “It is a hole in the middle of the…”: no speaker. Who said this?
", "
The board was called a “council of sleepers that wakes for lunch” and met at noon.
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-without-speaker: “council of sleepers that wakes for lunch”: no speaker. Who said this?
", "
The doors opened at eight. “My daughter has waited nine years for this day.” The rain had stopped.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “My daughter has waited nine years for…”: no speaker. Who said this?
"],
    quiet: &[
        "“We had no warning,” Ruiz said. “Nobody called us until noon on the second day.”",
        "Prosecutors published one text message: “Move the boxes before the auditors come.”",
        "Ruiz likes the film “The Man Who Knew Too Much for His Own Good.”",
        "The banner over the gate read “bread and work for all of Harlan.”",
        "The council kept to its motto, “a fair hearing for every last soul,” that night.",
        "The pool is shut. “It is a hole in the middle of the town.” [TK: who said this?]",
        "The pool is shut. “It is a hole in the middle of the town.”[@dana-ortiz]\n\n[@dana-ortiz]: person, Dana Ortiz",
        "The “reforms” took effect in May.",
        "“Keep your hands in the light for me,” Blige sings to the hall.",
        "The advertisement shows her asking, “Why am I not ten points ahead of him?”",
        "> “It is a hole in the middle of the town.”\n> — Dana Ortiz",
        "“We have boats on the river and two helicopters in the air, coordinator Emil Strake said.",
    ],
    options: &[RuleOption {
        name: "min-words",
        default: "6",
        summary: "Quotations of fewer words are left to quote-fragment.",
    }],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body || stray::has_stray(view.story, view.prose, view.index) {
        return;
    }
    let min_words = look::number_option(scene, "quote-without-speaker.min-words", 6);
    let text = look::text(view);
    // Orphans with nothing but space between them are one run.
    let mut runs: Vec<(Span, usize, QuoteKind)> = Vec::new();
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let is_orphan = spoken.binding.is_none()
            && spoken.continues.is_none()
            && quote.depth == 0
            && matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
            && !is_inscription(view, quote)
            && !is_introduced(view, quote);
        if !is_orphan {
            continue;
        }
        match runs.last_mut() {
            Some((run, words, _)) if text[run.end()..quote.span.start()].trim().is_empty() => {
                *run = run.cover(quote.span);
                *words = (*words).max(quote.word_count);
            }
            _ => runs.push((quote.span, quote.word_count, quote.kind)),
        }
    }
    for (run, words, kind) in runs {
        if words < min_words || look::is_open_here(view, run) {
            continue;
        }
        let shown = look::shown(run.of(text).trim_matches(['“', '”', '"', '‘', '’', ',']));
        let message = format!("“{shown}”: no speaker. Who said this?");
        let mut finding = look::finding(&RULE, view.placed.place(run), message);
        // Words in mid-sentence may be a document's.
        if kind == QuoteKind::Partial {
            finding.severity = Severity::Warning;
        }
        finding.fixes = vec![look::insert(
            "Ask later: insert [TK: who said this?]",
            view.placed.place(run).end(),
            " [TK: who said this?]",
        )];
        found.push(finding);
    }
}

/// `asking, “…”`, `“…,” Blige sings`: somebody is named with a verb that is no cue of the lists.
fn is_introduced(view: &BlockView, quote: &Quote) -> bool {
    let text = look::text(view);
    let words = &view.prose.words;
    let sentence = &view.prose.sentences[quote.sentence];
    let before = words[sentence.words.clone()]
        .iter()
        .rfind(|word| word.span.end() <= quote.span.start());
    if before.is_some_and(|word| matches!(word.span.of(text), "," | ":")) {
        return true;
    }
    let ends_open = quote.inner.of(text).ends_with([',', '?', '!']);
    let mut after = words
        .iter()
        .skip_while(|word| word.span.start() < quote.span.end())
        .take_while(|word| word.span.start() < sentence.span.end().max(quote.span.end()));
    let is_somebody = after.next().is_some_and(|word| {
        matches!(word.form, Form::Capital | Form::Caps) || word.classes.has(Classes::PERSONAL)
    });
    ends_open
        && is_somebody
        && after
            .find(|word| !matches!(word.form, Form::Capital | Form::Caps))
            .is_some_and(|word| word.form == Form::Lower)
}

/// `the banner read “…”`: written or sung by nobody in particular.
fn is_inscription(view: &BlockView, quote: &Quote) -> bool {
    const THINGS: &[&str] = &[
        "motto",
        "slogan",
        "sign",
        "signs",
        "banner",
        "banners",
        "chant",
        "chants",
        "chanted",
        "chanting",
        "placard",
        "placards",
        "poster",
        "posters",
        "plaque",
        "inscription",
        "sticker",
        "graffiti",
        "headline",
        "song",
        "sang",
        "hymn",
        "proverb",
        "saying",
        "label",
        "read",
        "reads",
        "reading",
        "titled",
        "entitled",
    ];
    let text = look::text(view);
    let sentence = &view.prose.sentences[quote.sentence];
    view.prose.words[sentence.words.clone()]
        .iter()
        .filter(|word| word.span.end() <= quote.span.start() && !word.is_quoted)
        .any(|word| THINGS.contains(&lower(text, word).as_str()))
}
