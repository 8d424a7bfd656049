//! Two speakers in one paragraph.

use crate::finding::{Finding, Fix, Related, Severity};
use crate::prose::QuoteKind;
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::evidence::Evidence;
use crate::story::outline::Label;
use crate::story::{Binding, Confidence, SpeakerKind, Step};
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
“It is sad,” Tom Hale said. “It is a shame for all of us,” Jim Hale said.
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Tom Hale and Jim Hale are quoted in one paragraph: give Jim Hale a new one.
",
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
The board would meet in May, Ada Cole said, adding: “They need to sit down and have a good talk.” “We asked everybody twice,” Rory Kemp said.
                                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-speakers-stacked: Cole and Kemp are quoted in one paragraph: give Kemp a new one.
",
        "
Ada Cole said: “We were told nothing at all.” Rory Kemp said: “She was told twice.”
                                                              ^^^^^^^^^^^^^^^^^^^^^ warning quote-speakers-stacked: Cole and Kemp are quoted in one paragraph: give Kemp a new one.
",
    ],
    quiet: &[
        "“We are open,” said Andrés Manuel López Obrador, the president. “We are ready,” López Obrador said.",
        "Ada Cole called it “sad,” and Rory Kemp “a shame.”",
        "“It is sad,” Ada Cole said. “It is a shame for all of us.”",
        "“It is sad,” Ada Cole said.\n\n“It is a shame for all of us,” Rory Kemp said.",
        "“It is sad,” Ada Cole said. Rory Kemp said it was a shame.",
        "“It is sad,” Ada Cole said. The letter says: “The board regrets the delay.”",
        "“It is sad,” Ada Cole said. “It is a shame,” she said.",
        "Ada Cole calls Kemp “the gravedigger,” while Rory Kemp refers to Cole as “Chris.”",
        "“It is sad,” Ada Cole said. “It is a shame for all of us,” Rory Kemp said. [STET quote: a duet]",
    ],
    options: &[],
    check: Check::Block(check),
};

/// Words of a quotation from which a speaker who is only probably named counts.
const LEAST: usize = 6;

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let text = look::text(view);
    let mut first: Option<(&Binding, Span)> = None;
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let Some(binding) = spoken.binding.as_ref() else {
            continue;
        };
        let is_named = matches!(binding.step, Step::SameSentence | Step::Between)
            && (binding.confidence == Confidence::High
                || quote.word_count >= LEAST && is_named_beside(text, binding));
        let speaker = view.story.speaker(binding.speaker);
        if !is_named
            || quote.depth > 0
            || quote.kind != QuoteKind::Full
            || speaker.kind != SpeakerKind::Person
        {
            continue;
        }
        let is_other = |(before, _): &(&Binding, Span)| before.speaker != binding.speaker;
        let Some((before, there)) = first.filter(is_other) else {
            first = Some((binding, quote.span));
            continue;
        };
        let names = view.story.apart(&[before.speaker, binding.speaker]);
        let (one, other) = (names[0], names[1]);
        let message =
            format!("{one} and {other} are quoted in one paragraph: give {other} a new one.");
        let mut finding = look::finding(&RULE, view.placed.place(quote.span), message);
        // “Spicer said, adding: “…””: nearly always the one who was just named, and one of ten times another.
        if before.confidence.min(binding.confidence) < Confidence::High {
            finding.severity = Severity::Information;
        }
        finding.related = vec![Related {
            span: view.placed.place(there),
            message: format!("{one} speaks here"),
        }];
        finding.fixes.extend(split(view, text, quote.sentence));
        found.push(finding);
        return;
    }
}

/// Whether the words around a quotation name its speaker, if in a way that is right nine times of ten.
fn is_named_beside(text: &str, binding: &Binding) -> bool {
    let is_name = binding.source.is_some_and(|source| {
        let mut words = source.span.of(text).split(' ');
        words.all(|word| word.starts_with(char::is_uppercase))
    });
    let evidence = matches!(
        binding.evidence,
        Evidence::InClauseOther
            | Evidence::Across
            | Evidence::AcrossSubject
            | Evidence::Inside
            | Evidence::InsideAlone
            | Evidence::Relative
            | Evidence::SaidTwice
            | Evidence::ByPlace
            | Evidence::BroadCue
            | Evidence::Participle
            | Evidence::LooseParticiple
            | Evidence::BeforeComma
            | Evidence::BeforeWords
            | Evidence::WeakCue
    );
    is_name && evidence
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
