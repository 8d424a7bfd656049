//! What somebody thinks, stated as fact.

use crate::finding::Finding;
use crate::prose::Form;
use crate::prose::letters::{is_one_of, lower};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::text::span::Span;
use crate::words::Classes;

/// What somebody thinks, stated as fact.
pub const RULE: Rule = Rule {
    name: "claim-mind-reading",
    topic: "claim",
    severity: None,
    is_unfinished: true,
    summary: "What somebody fears, hopes or wants, in the story’s own voice.",
    why: "You know what they said, not what they think. Off unless a desk asks for it: in most stories what somebody wants is plain.",
    fires: &[
        "
Ortiz fears the vote will be lost.
^^^^^^^^^^^ information claim-mind-reading: “Ortiz fears”: how do we know? Say who told us.

=== onrecord.toml
[severity]
claim-mind-reading = \"information\"
",
        "
Paul Wren secretly hopes to be mayor one day.
^^^^^^^^^^^^^^^^^^^^^^^^ information claim-mind-reading: “Paul Wren secretly hopes”: how do we know? Say who told us.

=== onrecord.toml
[severity]
claim-mind-reading = \"information\"
",
        "
Harlow Foods wanted the story to go away.
^^^^^^^^^^^^^^^^^^^ information claim-mind-reading: “Harlow Foods wanted”: how do we know? Say who told us.

=== onrecord.toml
[severity]
claim-mind-reading = \"information\"
",
        "
The board was late. Strand felt cheated by it.
                    ^^^^^^^^^^^ information claim-mind-reading: “Strand felt”: how do we know? Say who told us.

=== onrecord.toml
[severity]
claim-mind-reading = \"information\"
",
    ],
    quiet: &[
        "Ortiz fears the vote will be lost, she said.\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
        "“Ortiz fears the vote,” Wren said.\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
        "Fears of a flood grew.\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
        "The board fears nothing.\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
        "Does Ortiz hope to win?\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
        "Ortiz fears the vote will be lost.",
        "Ortiz fears the vote will be lost. [TK: source?]\n\n=== onrecord.toml\n[severity]\nclaim-mind-reading = \"information\"\n",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    const VERBS: &[&str] = &[
        "fears",
        "feared",
        "hopes",
        "hoped",
        "wants",
        "wanted",
        "thinks",
        "thought",
        "feels",
        "felt",
        "believes",
        "believed",
        "worries",
        "worried",
        "regrets",
        "regretted",
        "knows",
        "knew",
    ];
    let text = look::text(view);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        // A verb of the mind is a broad cue; what counts is that nobody says it.
        if !look::is_own_voice(view, scene, index) && !is_only_thought(view, index) {
            continue;
        }
        if look::is_question(text, sentence) || look::is_open_here(view, sentence.span) {
            continue;
        }
        let words = &view.prose.words;
        let verb = sentence.words.clone().find(|&at| {
            words[at].form == Form::Lower
                && !words[at].is_quoted
                && is_one_of(text, &words[at], VERBS)
        });
        let Some((verb, name)) =
            verb.and_then(|at| Some((at, name_before(view, sentence.words.start, at)?)))
        else {
            continue;
        };
        let span = name.cover(words[verb].span);
        let message = format!(
            "“{}”: how do we know? Say who told us.",
            look::shown(span.of(text))
        );
        let mut finding = look::finding(&RULE, view.placed.place(span), message);
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// The name just before a verb, adverbs between them left out.
fn name_before(view: &BlockView, first: usize, verb: usize) -> Option<Span> {
    let words = &view.prose.words;
    let text = look::text(view);
    let at = (first..verb).rev().find(|&at| {
        !words[at].classes.has(Classes::ADVERB) && !lower(text, &words[at]).ends_with("ly")
    })?;
    let names = view.prose.names.iter();
    names
        .copied()
        .find(|name| name.covers(words[at].span) && name.end() == words[at].span.end())
}

/// Whether all that stands behind a sentence is the verb of thinking itself.
fn is_only_thought(view: &BlockView, index: usize) -> bool {
    const THOUGHT: &[&str] = &[
        "fear", "hope", "want", "think", "feel", "believe", "worry", "regret", "know",
    ];
    let own = view.prose.attributions.iter();
    let mut own = own
        .filter(|it| it.sentence == index && !it.is_quoted)
        .peekable();
    let has_quotes = view
        .prose
        .quotes
        .iter()
        .any(|quote| quote.sentence == index);
    let cited = view.story.citations_of(view.index).iter();
    let sentence = view.prose.sentences[index].span;
    let is_cited = cited
        .into_iter()
        .any(|it| it.covers.span.overlaps(sentence));
    own.peek().is_some() && !has_quotes && !is_cited && own.all(|it| THOUGHT.contains(&it.lemma))
}
