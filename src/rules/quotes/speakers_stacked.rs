//! Two speakers in one paragraph.

use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose::QuoteKind;
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Confidence, SpeakerId, SpeakerKind, Step};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Two speakers in one paragraph.
pub const RULE: Rule = Rule {
    name: "quote-speakers-stacked",
    topic: "quote",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Full quotations of two people in one paragraph.",
    why: "Reuters: do not run quotations of different speakers together. A new speaker gets a new paragraph, so that a reader never has \
          to go back. In edited news one story in two hundred has it.",
    fires: &[
        "
“It is sad,” Ada Cole said. “It is a shame for all of us,” Rory Kemp said.
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Cole and Kemp are quoted in one paragraph: give Kemp a new one.
",
        "
“We will appeal,” said Dana Ortiz, the mayor. “This is a great day for the town,” said Paul Wren.
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Ortiz and Wren are quoted in one paragraph: give Wren a new one.
",
        "
“Nobody ever asked us,” Ada Cole said. The hall was quiet for a while. “We asked everybody twice,” Rory Kemp replied.
                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Cole and Kemp are quoted in one paragraph: give Kemp a new one.
",
        "
Ada Cole said: “We were told nothing at all.” Rory Kemp said: “She was told twice.”
                                                              ^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Cole and Kemp are quoted in one paragraph: give Kemp a new one.
",
    ],
    quiet: &[
        "Ada Cole called it “sad,” and Rory Kemp “a shame.”",
        "“It is sad,” Ada Cole said. “It is a shame for all of us.”",
        "“It is sad,” Ada Cole said.\n\n“It is a shame for all of us,” Rory Kemp said.",
        "“It is sad,” Ada Cole said. Rory Kemp said it was a shame.",
        "“It is sad,” Ada Cole said. The letter says: “The board regrets the delay.”",
        "“It is sad,” Ada Cole said. “It is a shame,” she said.",
        "“It is sad,” Ada Cole said. “It is a shame for all of us,” Rory Kemp said. [STET quote: a duet]",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let text = look::text(view);
    let mut first: Option<(SpeakerId, Span)> = None;
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let Some(binding) = spoken.binding.as_ref() else {
            continue;
        };
        let is_sure = matches!(binding.step, Step::SameSentence | Step::Between)
            && binding.confidence == Confidence::High;
        let speaker = view.story.speaker(binding.speaker);
        if !is_sure
            || quote.depth > 0
            || quote.kind != QuoteKind::Full
            || speaker.kind != SpeakerKind::Person
        {
            continue;
        }
        let Some((before, there)) = first.filter(|(before, _)| *before != binding.speaker) else {
            first = Some((binding.speaker, quote.span));
            continue;
        };
        let short = |id: SpeakerId| {
            let speaker = view.story.speaker(id);
            speaker
                .surname
                .clone()
                .unwrap_or_else(|| speaker.name.clone())
        };
        let (one, other) = (short(before), short(binding.speaker));
        let message =
            format!("{one} and {other} are quoted in one paragraph: give {other} a new one.");
        let mut finding = look::finding(&RULE, view.placed.place(quote.span), message);
        finding.related = vec![Related {
            span: view.placed.place(there),
            message: format!("{one} speaks here"),
        }];
        finding.fixes.extend(split(view, text, quote.sentence));
        found.push(finding);
        return;
    }
}

/// A new paragraph before the sentence.
fn split(view: &BlockView, text: &str, sentence: usize) -> Option<Fix> {
    let start = view.prose.sentences[sentence].span.start();
    let before = text[..start].trim_end_matches(' ');
    let line = if text.contains("\r\n") {
        "\r\n\r\n"
    } else {
        "\n\n"
    };
    (!before.is_empty()).then(|| Fix {
        title: "Begin a new paragraph here".to_owned(),
        is_safe: true,
        edits: vec![Edit::replace(
            view.placed.place(Span::new(before.len(), start)),
            line,
        )],
    })
}
