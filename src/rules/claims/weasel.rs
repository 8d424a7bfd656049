//! An attribution that hides its source.

use std::sync::LazyLock;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::phrase::NounKind;
use crate::prose::{Form, Word};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::rules::phrases::{Lower, Phrases, is_one_of, lower};
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerKind};
use crate::words::{Classes, Lengths};

/// An attribution that hides its source.
pub const RULE: Rule = Rule {
    name: "weasel-attribution",
    topic: "claim",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "“It is believed”, “reportedly”, “critics say”: a source that is nobody.",
    why: "NPR: “officials say” and “reportedly” are never enough. The words look like an attribution and let nobody answer for it.",
    fires: &["
It is widely believed that the bank will fail.
^^^^^^^^^^^^^^^^^^^^^ warning weasel-attribution: “It is widely believed”: by whom?
", "
The minister is reportedly furious about the plan.
                ^^^^^^^^^^ warning weasel-attribution: “reportedly”: says who? Name the source, or cut it.
", "
Critics say the plan was drawn up in haste. The committee met once before the vote.
^^^^^^^ warning weasel-attribution: “Critics”: who? Name one, or cut it.
", "
The firm is said to be looking for a buyer.
         ^^^^^^^ warning weasel-attribution: “is said”: by whom?
", "
The board met amid reports that the dam had cracked.
                   ^^^^^^^ warning weasel-attribution: “reports”: whose reports?
", "
It is thought that the soil was brought from a former gasworks.
^^^^^^^^^^^^^ warning weasel-attribution: “It is thought”: by whom?
"],
    quiet: &[
        "Critics say the plan is unjust.\n\n“It is,” said Dana Ortiz of the Tenants Union.",
        "“They say it is over,” Ruiz said. “It is believed the bank will fail.”",
        "The Harlan Times reported on Monday that the bank will fail.",
        "It is alleged in the indictment that the bank hid its losses.",
        "Some of the critics left early.",
        "Ortiz supporters say the plan is unjust, as do supporters in Harlan.",
        "Analysts including Ida Hewitt say the bank will fail.",
        "It is believed that the bank will fail, Ruiz said.",
        "The board met amid reports that the dam had cracked. [TK: source?]",
        "She believed it, and it is known as the long pier.",
        "The reports that the board wrote fill a shelf.",
    ],
    options: &[RuleOption {
        name: "supply-window",
        default: "2",
        summary: "So many paragraphs later somebody of the group may be named.",
    }],
    check: Check::Near(check),
};

static GROUPS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../grammar/words/weasel-groups.txt")));

fn check(draft: &Draft, block: usize, scene: &Scene, found: &mut Vec<Finding>) {
    if draft.story.labels[block] != Label::Body {
        return;
    }
    let window = look::number_option(scene, "weasel-attribution.supply-window", 2);
    for sentence in 0..draft.prose[block].sentences.len() {
        let place = |span| Place { block, span };
        let attributed = draft.story.coverage[block][sentence].support == Support::Attributed;
        let phrase = if attributed {
            None
        } else {
            impersonal(draft, block, sentence)
        };
        let phrase = phrase.or_else(|| group(draft, block, sentence, window));
        let Some((at, question)) = phrase else {
            continue;
        };
        let span = draft.prose[block].sentences[sentence].span;
        if look::is_open(&draft.story, &draft.tree, place(span)) {
            continue;
        }
        let words = look::shown(draft.words(at));
        let mut finding = look::finding(&RULE, draft.span(at), format!("“{words}”: {question}"));
        finding.fixes = vec![look::attribute_later(draft.span(place(span)).end())];
        found.push(finding);
    }
}

/// `it is believed`, `is said to`, `reportedly`, `amid reports that`
fn impersonal(draft: &Draft, block: usize, sentence: usize) -> Option<(Place, &'static str)> {
    const BELIEVED: &[&str] = &[
        "believed",
        "thought",
        "said",
        "understood",
        "reported",
        "rumored",
        "rumoured",
        "alleged",
        "claimed",
        "feared",
    ];
    let prose = &draft.prose[block];
    let text: &str = &draft.tree.blocks[block].block.text;
    let words = &prose.words;
    let range = prose.sentences[sentence].words.clone();
    let end = range.end;
    let word = |at: usize| {
        if at < end && !words[at].is_quoted {
            lower(text, &words[at])
        } else {
            Lower::default()
        }
    };
    let place = |first: usize, last: usize| Place {
        block,
        span: words[first].span.cover(words[last].span),
    };
    for at in range {
        if words[at].is_quoted || !may_begin(text, &words[at]) {
            continue;
        }
        match word(at).as_str() {
            "reportedly" | "supposedly" => {
                return Some((place(at, at), "says who? Name the source, or cut it."));
            }
            "sources" | "indications" | "rumors" | "rumours"
                if at == prose.sentences[sentence].words.start
                    && matches!(
                        word(at + 1).as_str(),
                        "indicate" | "suggest" | "indicated" | "suggested"
                    ) =>
            {
                return Some((place(at, at + 1), "whose word is that?"));
            }
            "reports" if matches!(word(at + 1).as_str(), "that" | "of") => {
                let before = at.checked_sub(1).map(&word).unwrap_or_default();
                let is_hearsay = matches!(
                    before.as_str(),
                    "amid" | "after" | "were" | "are" | "by" | "following" | "despite"
                );
                let outlet = words[prose.sentences[sentence].words.clone()]
                    .iter()
                    .any(|word| {
                        word.classes.has(Classes::OUTLET) && !is_one_of(text, word, &["reports"])
                    });
                if is_hearsay && !outlet {
                    return Some((place(at, at), "whose reports?"));
                }
            }
            _ => {}
        }
        if !words[at].classes.has(Classes::BE) && word(at) != "been" {
            continue;
        }
        let mut verb = at + 1;
        while verb < end && (words[verb].classes.has(Classes::ADVERB) || word(verb).ends_with("ly"))
        {
            verb += 1;
        }
        if !BELIEVED.contains(&word(verb).as_str()) {
            continue;
        }
        let after = word(verb + 1);
        let subject = at.checked_sub(1).map(|before| {
            if words[before].classes.has(Classes::HAVE) && before > 0 {
                before - 1
            } else {
                before
            }
        });
        let is_it = subject.is_some_and(|subject| word(subject) == "it");
        if is_it && !matches!(after.as_str(), "in" | "by" | "to" | "as" | "") {
            return Some((place(subject?, verb), "by whom?"));
        }
        if after == "to" && !matches!(word(verb).as_str(), "feared" | "claimed") {
            return Some((place(at, verb), "by whom?"));
        }
    }
    None
}

/// Whether one of the phrases may begin at a word; most words are told apart by their length alone.
fn may_begin(text: &str, word: &Word) -> bool {
    const FIRST: &[&str] = &[
        "reportedly",
        "supposedly",
        "reports",
        "been",
        "sources",
        "indications",
        "rumors",
        "rumours",
    ];
    static LENGTHS: Lengths = Lengths::of(&[FIRST]);
    let letters = word.span.of(text);
    let is_first = |first: &&str| letters.eq_ignore_ascii_case(first);
    word.classes.has(Classes::BE) || LENGTHS.may_hold(letters) && FIRST.iter().any(is_first)
}

/// `Critics say …`, with no critic named in the next paragraphs.
fn group(
    draft: &Draft,
    block: usize,
    sentence: usize,
    window: usize,
) -> Option<(Place, &'static str)> {
    let prose = &draft.prose[block];
    let text: &str = &draft.tree.blocks[block].block.text;
    let sentence_start = prose.sentences[sentence].span.start();
    let is_capital = |word: &Word| matches!(word.form, Form::Capital | Form::Caps);
    let attribution = prose
        .attributions
        .iter()
        .filter(|one| one.sentence == sentence && !one.is_quoted && !one.is_inner)
        .find(|one| {
            one.source.as_ref().is_some_and(|source| {
                let first = prose
                    .words
                    .partition_point(|word| word.span.start() < source.span.start());
                let words = &prose.words[first..];
                let mut inside = words
                    .iter()
                    .take_while(|word| word.span.end() <= source.span.end())
                    .enumerate();
                let is_bare = matches!(
                    source.kind,
                    NounKind::Collective | NounKind::Other | NounKind::Anonymous(_)
                );
                is_bare
                    && source.name.is_none()
                    && inside.clone().count() <= 3
                    && !inside.clone().skip(1).any(|(_, word)| is_capital(word))
                    && !inside
                        .clone()
                        .any(|(_, word)| is_capital(word) && word.span.start() > sentence_start)
                    && !inside.clone().any(|(by, word)| {
                        GROUPS.at(text, words, by).is_none()
                            && prose.names.iter().any(|name| name.covers(word.span))
                    })
                    && inside.any(|(by, _)| GROUPS.at(text, words, by).is_some())
                    && !words
                        .iter()
                        .take_while(|word| word.span.end() <= source.span.end())
                        .any(|word| word.classes.has(Classes::NUMBER.or(Classes::DETERMINER)))
            })
        })?;
    let place = Place {
        block,
        span: attribution.source.as_ref()?.span,
    };
    // A short line over the story sums it up; who the experts are is told below it.
    let labels = &draft.story.labels;
    let is_first = (block.saturating_sub(3)..block)
        .all(|before| labels[before] != Label::Body || draft.prose[before].words.len() <= 12);
    let goes_on = labels.get(block + 1) == Some(&Label::Body);
    if is_first && goes_on && prose.sentences.len() == 1 && prose.words.len() <= 15 {
        return None;
    }
    let is_named = look::has_word(
        text,
        prose,
        &prose.sentences[sentence],
        &["including", "like", "such"],
    );
    let linked = draft.story.citations_of(block).iter().any(|citation| {
        citation
            .covers
            .span
            .overlaps(prose.sentences[sentence].span)
    });
    if is_named || linked || supplied(draft, place, window) {
        return None;
    }
    Some((place, "who? Name one, or cut it."))
}

/// Whether a person with a name speaks in the rest of the paragraph or in the next ones.
fn supplied(draft: &Draft, place: Place, window: usize) -> bool {
    let last = (place.block + 1..draft.prose.len())
        .filter(|&block| draft.story.labels[block] == Label::Body)
        .take(window)
        .last()
        .unwrap_or(place.block);
    (place.block..=last).any(|block| {
        draft.story.statements_of(block).iter().any(|statement| {
            let attribution = &draft.prose[block].attributions[statement.index];
            let is_after = block > place.block || attribution.cue.start() > place.span.end();
            is_after
                && statement
                    .speaker
                    .is_some_and(|id| draft.story.speaker(id).kind == SpeakerKind::Person)
        })
    })
}
