//! Words that came by email or as a statement, and the story says otherwise or nothing.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerId, SpokenQuote};
use crate::text::edit::Edit;

/// Words that came by email or as a statement, and the story says otherwise or nothing.
pub const RULE: Rule = Rule {
    name: "quote-medium-undisclosed",
    topic: "quote",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "A record says email or statement, and the story says interview, or does not say.",
    why: "AP tells its readers: an exchange of emails is called an email and not an interview. Calling it an interview is an error; \
          not saying is worth a look.",
    fires: &["
“Our trade is above board,” Paul Wren said in an interview.
                                           ^^^^^^^^^^^^^^^ error quote-medium-undisclosed: Paul Wren: the record says an email, the story “in an interview”.

[^wren]: email, statement of the firm; by: Paul Wren
", "
“Our trade is above board,” Paul Wren said on Monday.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-medium-undisclosed: Paul Wren answered by email: say so.

[^wren]: email, statement of the firm; by: Paul Wren
", "
“Our trade is above board,” Paul Wren said in an interview.
                                           ^^^^^^^^^^^^^^^ error quote-medium-undisclosed: Paul Wren: the record says a statement, the story “in an interview”.

[^wren]: statement, Paul Wren; date: 2026-03-01; on record
", "
Paul Wren said the road is closed. “Our trade is above board,” Wren said.
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-medium-undisclosed: Paul Wren answered by statement: say so.

[^wren]: press-release, Harlow Foods; by: Paul Wren
"],
    quiet: &[
        "“Our trade is above board,” Paul Wren said in an emailed statement.\n\n[^wren]: email, statement of the firm; by: Paul Wren",
        "“Our trade is above board,” Paul Wren said in an interview.\n\n[^wren]: interview, Paul Wren; on record",
        "“Our trade is above board,” Paul Wren wrote in an email. “It is dull,” he said.\n\n[^wren]: email, Paul Wren; on record",
        "“Our trade is above board,” Paul Wren said in a statement.\n\n[^wren]: email, Paul Wren; on record",
        "Paul Wren said the road is closed.\n\n[^wren]: email, Paul Wren; on record",
        "“Our trade is above board,” Paul Wren said on Monday.",
        "“Our trade is above board,” Paul Wren said in an interview.\n\n[^wren]: email, Paul Wren; on record\n[^wren-2]: interview, Paul Wren; on record",
    ],
    options: &[],
    check: Check::Story(check),
};

/// The kinds of source that the story has to tell.
const WRITTEN: &[&str] = &["email", "statement", "press-release", "message", "text"];
/// Words that tell them.
const TELLING: &[&str] = &[
    "email",
    "e-mail",
    "statement",
    "wrote",
    "written",
    "letter",
    "release",
    "message",
    "texted",
    "text message",
    "in writing",
];

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let story = &draft.story;
    for (index, speaker) in story.speakers.iter().enumerate() {
        let kinds: Vec<&str> = speaker
            .sources
            .iter()
            .map(|&source| story.sources[source].kind)
            .filter(|kind| !kind.is_empty())
            .collect();
        let Some(kind) = kinds
            .first()
            .filter(|_| kinds.iter().all(|kind| WRITTEN.contains(kind)))
        else {
            continue;
        };
        let id = SpeakerId(index);
        let quotes: Vec<&SpokenQuote> = story
            .quotes
            .iter()
            .filter(|quote| {
                let is_theirs = quote
                    .binding
                    .as_ref()
                    .is_some_and(|binding| binding.speaker == id);
                is_theirs && story.labels[quote.place.block] == Label::Body
            })
            .collect();
        let called = match *kind {
            "email" => "an email",
            "statement" => "a statement",
            "press-release" => "a press release",
            "text" => "a text message",
            _ => "a message",
        };
        let name = &speaker.name;
        if let Some(place) = interview(draft, id) {
            let message = format!(
                "{name}: the record says {called}, the story “{}”.",
                draft.words(place)
            );
            let mut finding = look::finding(&RULE, draft.span(place), message);
            finding.severity = Severity::Error;
            if draft.words(place) == "in an interview" {
                finding.fixes = vec![Fix {
                    title: format!("Replace “in an interview” by “in {called}”"),
                    is_safe: false,
                    edits: vec![Edit::replace(draft.span(place), format!("in {called}"))],
                }];
            }
            found.push(finding);
        } else if let Some(first) = quotes.first().filter(|_| !is_told(draft, id, &quotes)) {
            let message = format!(
                "{name} answered by {}: say so.",
                called.trim_start_matches("an ").trim_start_matches("a ")
            );
            let mut finding = look::finding(&RULE, draft.span(first.place), message);
            finding.fixes = vec![look::insert(
                "Say it later: insert [TK: how did it come?]",
                draft.span(first.place).end(),
                " [TK: how did it come?]",
            )];
            if !look::is_open(story, &draft.tree, first.place) {
                found.push(finding);
            }
        }
    }
}

/// The words that call it an interview.
fn interview(draft: &Draft, id: SpeakerId) -> Option<Place> {
    let spoken = ["interview", "by phone", "telephone", "on the phone"];
    draft.story.statements.iter().find_map(|statement| {
        let attribution = &draft.prose[statement.block].attributions[statement.index];
        let span = attribution
            .manner
            .filter(|_| statement.speaker == Some(id))?;
        let place = Place {
            block: statement.block,
            span,
        };
        let words = draft.words(place).to_lowercase();
        spoken
            .iter()
            .any(|word| words.contains(word))
            .then_some(place)
    })
}

/// Whether a sentence with their words tells how they came.
fn is_told(draft: &Draft, id: SpeakerId, quotes: &[&SpokenQuote]) -> bool {
    let by_statement = draft
        .story
        .statements
        .iter()
        .filter(|one| one.speaker == Some(id))
        .map(|one| {
            let attribution = &draft.prose[one.block].attributions[one.index];
            (one.block, attribution.sentence)
        });
    let by_quote = quotes.iter().map(|quote| {
        (
            quote.place.block,
            draft.prose[quote.place.block].quotes[quote.index].sentence,
        )
    });
    by_statement.chain(by_quote).any(|(block, sentence)| {
        let span = draft.prose[block].sentences[sentence].span;
        let words = draft.words(Place { block, span }).to_lowercase();
        TELLING.iter().any(|telling| words.contains(telling))
    })
}
