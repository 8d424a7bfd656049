//! Wrongdoing by somebody named, stated as fact.

use std::sync::LazyLock;

use crate::finding::{Finding, Severity};
use crate::prose::{Form, Sentence};
use crate::rule::{BlockView, Check, Openers, Rule};
use crate::rules::look;
use crate::rules::phrases::{Phrases, is_one_of, lower};
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::text::span::Span;
use crate::words::Classes;

/// Wrongdoing by somebody named, stated as fact.
pub const RULE: Rule = Rule {
    name: "claim-accusation-unattributed",
    topic: "claim",
    severity: Some(Severity::Error),
    is_unfinished: true,
    summary: "Wrongdoing by somebody named, stated as fact and without a source.",
    why: "AP: name the source of an allegation, be it an arrest record, an indictment or an official. “Allegedly” names nobody. This \
          is the sentence that is sued over.",
    fires: &["
Harlow Foods bribed inspectors for a decade.
^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?
", "
Deputy Mayor Paul Wren embezzled school money.
^^^^^^^^^^^^^^^^^^^^^^ error claim-accusation-unattributed: Deputy Mayor Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Kestrel covered up two deaths at the home. The families were told nothing.
^^^^^^^ error claim-accusation-unattributed: Kestrel: wrongdoing stated as fact. Who alleges it?
", "
The bishop’s secretary, Tobias Venner, lied to the parish council about the money.
                        ^^^^^^^^^^^^^ error claim-accusation-unattributed: Tobias Venner: wrongdoing stated as fact. Who alleges it?
", "
Inspectors were bribed by Harlow Foods for a decade.
                          ^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?
", "
Paul Wren allegedly stole the fund’s money.
^^^^^^^^^ error claim-accusation-unattributed: Paul Wren: “allegedly” does not say who alleges it.
", "
# Wren lied to the council about the bridge
  ^^^^ error claim-accusation-unattributed: Wren: wrongdoing stated as fact. Who alleges it?

The council met on Monday, and the hall was full to the last of its benches that night.
"],
    quiet: &[
        "The mayor spoke to Dana Ortiz, Tobias Venner, and the man who lied to the council.",
        "Prosecutors accused Harlow Foods of bribing inspectors.",
        "Paul Wren was convicted of fraud in 2019. Wren has been charged with assault.",
        "A law against illegal dumping passed, and fraud prevention is taught in schools.",
        "Harlow Foods forged an alliance with Brightwell.",
        "Ortiz stole second base in the ninth inning.",
        "Harlan lies on the border, and the mist lies in its streets.",
        "Painters from Harlow Foods covered up the mural.",
        "Harlow Foods bribed inspectors for a decade, prosecutors said.",
        "Paul Wren pleaded guilty and said he stole the money.",
        "Thieves stole two bicycles from the yard.",
        "In the film, Paul Wren stole a bank’s money.",
        "Paul Wren may have misled the council.",
        "The goalkeeper was beaten and Okonjo stole the show.",
    ],
    options: &[],
    check: Check::Block(check),
};

pub static VERBS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../grammar/words/wrongdoing-verbs.txt")));
static INNOCENT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::read(include_str!(
        "../../../grammar/words/wrongdoing-innocent.txt"
    ))
});

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::ACCUSATION) {
        return;
    }
    let text = look::text(view);
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        let is_display = matches!(view.label, Label::Headline | Label::Deck | Label::Caption)
            && view.story.coverage[view.index]
                .get(index)
                .is_some_and(|coverage| coverage.support == Support::None)
            && !look::is_open_here(view, sentence.span);
        if !is_display && !look::is_own_voice(view, scene, index) {
            continue;
        }
        let agent = VERBS
            .all(
                Openers::ACCUSATION,
                text,
                &view.prose.words,
                sentence.words.clone(),
            )
            .filter(|verb| view.prose.words[verb.start].form == Form::Lower)
            .filter(|verb| !is_innocent(view, sentence, verb.end))
            .find_map(|verb| agent(view, sentence, verb));
        let Some(agent) = agent.filter(|_| !is_framed(view, sentence)) else {
            continue;
        };
        let name = look::shown(agent.of(text));
        let message = if look::has_word(text, view.prose, sentence, &["allegedly"]) {
            format!("{name}: “allegedly” does not say who alleges it.")
        } else {
            format!("{name}: wrongdoing stated as fact. Who alleges it?")
        };
        let mut finding = look::finding(&RULE, view.placed.place(agent), message);
        finding.fixes = vec![look::attribute_later(
            view.placed.place(sentence.span).end(),
        )];
        found.push(finding);
    }
}

/// A charge, a verdict, a doubt, a work of fiction: not the story's own accusation.
fn is_framed(view: &BlockView, sentence: &Sentence) -> bool {
    const FRAME: &[&str] = &[
        "accused",
        "accuse",
        "accuses",
        "charged",
        "charges",
        "convicted",
        "conviction",
        "pleaded",
        "pled",
        "guilty",
        "sued",
        "lawsuit",
        "liable",
        "alleged",
        "alleges",
        "suspicion",
        "suspected",
        "indicted",
        "sentenced",
        "acquitted",
        "if",
        "may",
        "might",
        "could",
        "would",
        "whether",
        "never",
        "not",
        "film",
        "movie",
        "novel",
        "series",
        "episode",
        "play",
        "fictional",
        "character",
        "denied",
        "denies",
    ];
    look::has_word(look::text(view), view.prose, sentence, FRAME)
        || view.prose.words[sentence.words.clone()].iter().any(|word| {
            word.form == Form::Number
                && word
                    .span
                    .of(look::text(view))
                    .parse::<u32>()
                    .is_ok_and(|year| (1000..1970).contains(&year))
        })
}

/// `forged an alliance`: what follows the verb shows another sense.
fn is_innocent(view: &BlockView, sentence: &Sentence, after: usize) -> bool {
    (after..sentence.words.end.min(after + 4))
        .take_while(|&at| view.prose.words[at].form != Form::Mark)
        .any(|at| {
            INNOCENT
                .at(look::text(view), &view.prose.words, at)
                .is_some()
        })
}

/// The name of the one who did it: the subject just before the verb, or after `by`.
fn agent(view: &BlockView, sentence: &Sentence, verb: std::ops::Range<usize>) -> Option<Span> {
    let text = look::text(view);
    let words = &view.prose.words;
    let name_at = |at: usize| {
        view.prose
            .names
            .iter()
            .find(|name| name.covers(words[at].span))
            .copied()
            .filter(|_| {
                !words[at]
                    .classes
                    .has(Classes::WEEKDAY.or(Classes::MONTH).or(Classes::DEMONYM))
            })
    };
    let skipped = (sentence.words.start..verb.start).rev().find(|&at| {
        !words[at].classes.has(Classes::ADVERB.or(Classes::HAVE))
            && !lower(text, &words[at]).ends_with("ly")
    })?;
    let is_passive = words[skipped].classes.has(Classes::BE);
    if is_passive {
        let by = (verb.end..sentence.words.end.min(verb.end + 5))
            .find(|&at| is_one_of(text, &words[at], &["by"]))?;
        return name_at((by + 1 < sentence.words.end).then_some(by + 1)?);
    }
    // `The secretary, Tobias Venner, lied`: the name in commas is the subject’s.
    let is_in_commas = words[skipped].span.of(text) == ","
        && skipped >= sentence.words.start + 3
        && name_at(skipped - 1).is_some_and(|name| {
            let first = words.partition_point(|word| word.span.start() < name.start());
            first > sentence.words.start && words[first - 1].span.of(text) == ","
        });
    let skipped = if is_in_commas { skipped - 1 } else { skipped };
    let name = name_at(skipped).filter(|name| name.end() == words[skipped].span.end())?;
    // `Thieves stole`: a capital that is only the sentence's.
    let is_plural = [
        "ves", "ers", "men", "ies", "ors", "ants", "ists", "als", "ents",
    ]
    .iter()
    .any(|ending| name.of(text).ends_with(ending));
    let is_noun = words[skipped]
        .classes
        .has(Classes::ROLE.or(Classes::COLLECTIVE).or(Classes::ANONYMOUS));
    if skipped == sentence.words.start && (is_plural || is_noun) {
        return None;
    }
    let first = words.partition_point(|word| word.span.start() < name.start());
    // `Painters from Harlow Foods`: the name is not the subject.
    let is_inside =
        first > sentence.words.start && words[first - 1].classes.has(Classes::PREPOSITION);
    (!is_inside).then_some(name)
}
