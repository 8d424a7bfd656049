//! A quotation that came by email, said to be from an interview or not said to be from anywhere.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::Attribution;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::source::Terms;
use crate::story::{Place, SpeakerId, SpeakerKind, Story};
use crate::text::span::Span;

/// A quotation that came by email, said to be from an interview or not said to be from anywhere.
pub const RULE: Rule = Rule {
    name: "quote-medium-undisclosed",
    topic: "quote",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "Words that were written to us, and that the story lets pass for spoken.",
    why: "Who answers by email chose the words, perhaps with a lawyer: wire services have an exchange by email called that, and not an \
          interview. An email called an interview is an error. Said once a speaker; needs the record of the source.",
    fires: &[
        "
“The trade is legal,” said Dana Ortiz, the mayor, in an interview.
                                                  ^^^^^^^^^^^^^^^ error quote-medium-undisclosed: “in an interview”: the record says that the answer came by email.

[^ortiz]: email, answers of the mayor; by: Dana Ortiz; on record
",
        "
“The trade is legal,” Dana Ortiz said. “It always was.”
^^^^^^^^^^^^^^^^^^^^^ information quote-medium-undisclosed: Ortiz answered by email: say so.

[^ortiz]: email, answers of the mayor; by: Dana Ortiz; on record
",
        "
“The trade is legal,” Dana Ortiz said on Monday.
^^^^^^^^^^^^^^^^^^^^^ information quote-medium-undisclosed: Ortiz answered in a post: say so.

[^ortiz]: post, Dana Ortiz; on record
",
        "
Dana Ortiz said that the trade was legal. “It always was,” she said in an interview.
                                                                    ^^^^^^^^^^^^^^^ error quote-medium-undisclosed: “in an interview”: the record says that the answer came in a statement.

[^ortiz]: statement, Dana Ortiz; on record
",
    ],
    quiet: &[
        "“The trade is legal,” Dana Ortiz said in an emailed statement.\n\n[^ortiz]: email, answers; by: Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz wrote in an email. “It is,” Ortiz said.\n\n[^ortiz]: email, Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz said in an interview.\n\n[^ortiz]: call, Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz said in an interview.",
        "“It is legal,” Dana Ortiz said in an interview.\n\n[^o]: email, Dana Ortiz; on record\n[^p]: interview, Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz tweeted.\n\n[^ortiz]: tweet, Dana Ortiz; on record",
        "Dana Ortiz said that the trade was legal.\n\n[^ortiz]: email, Dana Ortiz; on record",
        "“The trade is legal,” Dana Ortiz said.\n\n[^o]: email, answers; by: Dana Ortiz; background",
    ],
    options: &[],
    check: Check::Story(check),
};

/// A kind of record, how the answer came, what a story says then, and what a fix inserts.
const MEDIA: &[(&str, &str, &[&str], &str)] = &[
    (
        "email",
        "by email",
        &["email", "e-mail", "statement", "wrote", "written"],
        " in an email",
    ),
    (
        "statement",
        "in a statement",
        &[
            "statement",
            "release",
            "wrote",
            "written",
            "email",
            "e-mail",
        ],
        " in a statement",
    ),
    (
        "message",
        "by message",
        &["message", "texted", "wrote", "written"],
        " in a message",
    ),
    (
        "social",
        "in a post",
        &[
            "tweet",
            "post",
            "wrote",
            "twitter",
            "facebook",
            "social media",
        ],
        " in a post",
    ),
];

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    for (index, speaker) in story.speakers.iter().enumerate() {
        let [source] = speaker.sources[..] else {
            continue;
        };
        let record = &story.sources[source];
        // Nothing is said of a source who is not on the record: it would give them away.
        if !matches!(record.terms, Terms::OnRecord | Terms::NotNoted) {
            continue;
        }
        let Some(medium) = MEDIA.iter().find(|medium| medium.0 == record.kind) else {
            continue;
        };
        let who = SpeakerId(index);
        let said = said(draft, who);
        let spoken = said
            .iter()
            .find_map(|(block, attribution)| interview(draft, *block, attribution));
        if let Some(place) = spoken {
            let message = format!(
                "“{}”: the record says that the answer came {}.",
                look::shown(draft.words(place)),
                medium.1
            );
            let mut finding = look::finding(&RULE, draft.span(place), message);
            finding.severity = Severity::Error;
            found.push(finding);
        } else if matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Body) {
            found.extend(undisclosed(draft, who, medium, &said));
        }
    }
}

/// The attributions outside quotation marks to a speaker, with their blocks.
fn said(draft: &Draft, who: SpeakerId) -> Vec<(usize, &Attribution)> {
    let of_speaker = draft
        .story
        .statements
        .iter()
        .filter(|statement| statement.speaker == Some(who));
    of_speaker
        .map(|statement| {
            (
                statement.block,
                &draft.prose[statement.block].attributions[statement.index],
            )
        })
        .collect()
}

/// "in an interview" in the sentence of an attribution, after its cue and outside quotation marks.
fn interview(draft: &Draft, block: usize, attribution: &Attribution) -> Option<Place> {
    const PHRASES: &[&str] = &[
        "in an interview",
        "in a phone interview",
        "in a telephone interview",
        "in a video interview",
        "by phone",
        "by telephone",
    ];
    let text: &str = &draft.tree.blocks[block].block.text;
    let prose = &draft.prose[block];
    let end = prose.sentences.get(attribution.sentence)?.span.end();
    let after = Span::new(attribution.cue.end(), end);
    PHRASES.iter().find_map(|phrase| {
        let start = after.start() + after.of(text).find(phrase)?;
        let span = Span::new(start, start + phrase.len());
        let quoted = prose.quotes.iter().any(|quote| quote.span.covers(span));
        (!quoted).then_some(Place { block, span })
    })
}

/// The first quotation of a speaker whose sentences nowhere say how the words came.
fn undisclosed(
    draft: &Draft,
    who: SpeakerId,
    medium: &(&str, &str, &[&str], &str),
    said: &[(usize, &Attribution)],
) -> Option<Finding> {
    let quote = first_quote(&draft.story, who)?;
    let is_told = said.iter().any(|(block, attribution)| {
        let text: &str = &draft.tree.blocks[*block].block.text;
        let sentence = &draft.prose[*block].sentences[attribution.sentence];
        let words = sentence.span.of(text).to_lowercase();
        medium.2.iter().any(|word| words.contains(word))
    });
    if is_told {
        return None;
    }
    let speaker = draft.story.speaker(who);
    let name = speaker.surname.as_ref().unwrap_or(&speaker.name);
    let message = format!("{name} answered {}: say so.", medium.1);
    let mut finding = look::finding(&RULE, draft.span(quote), message);
    if let Some((block, attribution)) = said.iter().find(|(block, _)| *block == quote.block) {
        let source = attribution
            .source
            .as_ref()
            .map_or(attribution.cue, |source| source.span);
        let at = Place {
            block: *block,
            span: Span::at(source.cover(attribution.cue).end()),
        };
        let title = format!("Insert “{}”", medium.3.trim());
        finding
            .fixes
            .push(look::insert(title, draft.span(at).start(), medium.3));
    }
    Some(finding)
}

fn first_quote(story: &Story, who: SpeakerId) -> Option<Place> {
    let of_speaker = |binding: &crate::story::Binding| binding.speaker == who;
    let quote = story
        .quotes
        .iter()
        .find(|quote| quote.binding.as_ref().is_some_and(of_speaker))?;
    Some(quote.place)
}
