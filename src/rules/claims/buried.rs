//! A source that comes late in a long sentence.

use crate::finding::{Finding, Fix, Severity};
use crate::prose::{Attribution, AttributionForm, Form};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A source that comes late in a long sentence.
pub const RULE: Rule = Rule {
    name: "attribution-buried",
    topic: "source",
    severity: Some(Severity::Hint),
    is_unfinished: false,
    summary: "A source named only after forty words of claim.",
    why: "AP wants the source just before or after what it says; the BBC puts it first. After forty words a reader has taken the claim \
          for the story’s own.",
    fires: &["
The harbor lost 40% of its cranes and most of the men who ran them in the ten years after the flood, while the ships went to the deeper port on the far side of the bay, where the cranes are new and the nights are long, the union said.
                                                                                                                                                                                                                           ^^^^^^^^^ hint attribution-buried: The source comes 47 words into the sentence: move it forward.
", "
Half of the tenants in the old houses along the river skip a meal to pay the rent at the end of the month, and the children among them are sent to school with nothing but a piece of bread that the bakery gives away for nothing, according to the council.
                                                                                                                                                                                                                                                 ^^^^^^^^^^^ hint attribution-buried: The source comes 47 words into the sentence: move it forward.
", "
The new bridge cost $48 million and took nine years, two of them lost to a quarrel about the color of the paint and one to a flood that took the scaffold down the river as far as the weir, where parts of it lie to this day, Ortiz said.
                                                                                                                                                                                                                                ^^^^^ hint attribution-buried: The source comes 48 words into the sentence: move it forward.
", "
More than 400 nurses left the hospital in the spring, most of them for towns where the pay is better and the wards are new, and those who stayed now work through the nights with one of them where there had been three of them before, doctors say.
                                                                                                                                                                                                                                         ^^^^^^^ hint attribution-buried: The source comes 46 words into the sentence: move it forward.
"],
    quiet: &[
        "NATO leaders are set to issue the strongest words of the year on the war, people familiar with the matter said, amid signs that more will follow.",
        "Crime fell 15% last year, police said.",
        "Police said the harbor lost 40% of its cranes and most of the men who ran them in the ten years after the flood, while the ships went to the deeper port on the far side of the bay, where the cranes are new.",
        "According to the union, the harbor lost 40% of its cranes and most of the men who ran them in the ten years after the flood, while the ships went to the deeper port on the far side of the bay.",
        "“The harbor lost 40% of its cranes and most of the men who ran them in the ten years after the flood, while the ships went to the deeper port on the far side of the bay, where the cranes are new and the nights are long,” Ortiz said.",
        "The harbor is quiet at night and the gulls sleep on the cranes, and the men who ran them sit in the bars along the quay and tell each other of the years when the ships lay three deep and nobody slept from one week to the next, Ortiz said.",
    ],
    options: &[RuleOption {
        name: "max-words",
        default: "40",
        summary: "So many words may stand before the source.",
    }],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let max = look::number_option(scene, "attribution-buried.max-words", 40);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        let own = view
            .prose
            .attributions
            .iter()
            .filter(|it| it.sentence == index && !it.is_quoted && !it.is_inner);
        let Some(first) = own.min_by_key(|it| named_at(it)) else {
            continue;
        };
        let late = matches!(
            first.form,
            AttributionForm::After | AttributionForm::AccordingTo
        );
        let Some(source) = first
            .source
            .as_ref()
            .filter(|_| late && first.quotes.is_empty())
        else {
            continue;
        };
        let words = &view.prose.words[sentence.words.clone()];
        let before = words
            .iter()
            .filter(|word| word.form != Form::Mark && word.span.end() <= named_at(first))
            .count();
        let figures = view.prose.figures.iter();
        let claims_early = figures
            .filter(|figure| figure.sentence == index)
            .any(|figure| figure.span.start() < words[words.len() / 2].span.start());
        if before <= max || !claims_early || look::is_open_here(view, sentence.span) {
            continue;
        }
        let message =
            format!("The source comes {before} words into the sentence: move it forward.");
        let mut finding = look::finding(&RULE, view.placed.place(source.span), message);
        finding.fixes.extend(moved(view, sentence.span, first));
        found.push(finding);
    }
}

/// Where the words begin that name the source, or its cue.
fn named_at(attribution: &Attribution) -> usize {
    let source = attribution.source.as_ref().map(|source| source.span);
    let first = source.map_or(attribution.cue, |source| source.cover(attribution.cue));
    first.start()
}

/// The sentence with its source in front, where the source is all that follows the claim.
fn moved(view: &BlockView, sentence: Span, attribution: &Attribution) -> Option<Fix> {
    let text = look::text(view);
    let source = attribution.source.as_ref()?.span;
    let clause = source.cover(attribution.cue);
    let before = text[sentence.start()..clause.start()].strip_suffix(", ")?;
    let after = text[clause.end()..sentence.end()].trim_end();
    if after != "." {
        return None;
    }
    let first = view
        .prose
        .words
        .iter()
        .find(|word| word.span.start() >= sentence.start())?;
    // A name keeps its capital; a word of the language does not.
    let is_small = first.form == Form::Capital
        && [
            Classes::DETERMINER,
            Classes::NUMBER,
            Classes::PREPOSITION,
            Classes::PRONOUN,
            Classes::STARTER,
        ]
        .into_iter()
        .any(|class| first.classes.has(class));
    let (subject, verb) = (source.of(text), attribution.cue.of(text));
    let lead = match attribution.form {
        AttributionForm::AccordingTo => format!("{} {subject}, ", capital(verb)),
        _ => format!("{} {verb} that ", capital(subject)),
    };
    let mut edits = vec![Edit::insert(view.placed.place(sentence).start(), lead)];
    if is_small {
        edits = vec![Edit::replace(
            view.placed.place(first.span),
            edits[0].new_text.clone() + &first.span.of(text).to_lowercase(),
        )];
    }
    let tail = Span::new(sentence.start() + before.len(), clause.end());
    edits.push(Edit::delete(view.placed.place(tail)));
    Some(Fix {
        title: format!("Begin with “{}”", look::shown(clause.of(text))),
        is_safe: false,
        edits,
    })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
