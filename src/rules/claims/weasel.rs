//! An attribution that hides its source.

use std::sync::LazyLock;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::letters::{Lower, is_one_of, lower};
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, Form, Word};
use crate::rule::{Check, Holds, Openers, Rule, RuleOption};
use crate::rules::phrases::Phrases;
use crate::rules::{holds, look};
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::story::{Place, Speaker, SpeakerKind};
use crate::words::Classes;

/// An attribution that hides its source.
pub const RULE: Rule = Rule {
    name: "weasel-attribution",
    topic: "claim",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "“It is believed”, “reportedly”, “critics say”: a source that is nobody.",
    why: "NPR: “officials say” and “reportedly” are never enough. The words look like an attribution and let nobody answer for it.",
    fires: &["
It was widely reported in April that the bridge was unsafe.
^^^^^^^^^^^^^^^^^^^^^^ warning weasel-attribution: “It was widely reported”: by whom?
", "
Shares fell amid reports on Monday that the bridge was unsafe.
                 ^^^^^^^ warning weasel-attribution: “reports”: whose reports?
", "
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
", "
It is understood that the mayor saw no need to act, telling the board that the dam was safe.
^^^^^^^^^^^^^^^^ warning weasel-attribution: “It is understood”: by whom?
", "
Some say the plan was drawn up in haste. The committee met once before the vote.
^^^^ warning weasel-attribution: “Some”: who? Name one, or cut it.
", "
Mayor Dana Ortiz presented the plan on Monday, and the board met at noon to hear of it.

Critics say it was drawn up in haste. Ortiz said that it would pay for itself.
^^^^^^^ warning weasel-attribution: “Critics”: who? Name one, or cut it.
", "
Critics say the plan was drawn up in haste. Paul Wren of the harbor board denied that.
^^^^^^^ warning weasel-attribution: “Critics”: who? Name one, or cut it.
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
        "The hall was full. Some said they would never go home.",
        "The board named only some who say the dam is unsafe.",
        "Mayor Dana Ortiz presented the plan on Monday.\n\nCritics say it was drawn up in haste. It was, said Paul Wren, who leads the union.",
        "Experts say the dam is unsafe.\n\nPaul Wren, an engineer, disputed that.",
        "It is believed that the bank will fail, Ruiz said, telling the board that it was late.",
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

/// The words of hearsay that names nobody.
pub const HEARSAY: &[&str] = &[
    "reportedly",
    "supposedly",
    "reports",
    "been",
    "sources",
    "indications",
    "rumors",
    "rumours",
];

/// What is said, thought or feared by nobody in particular.
pub const BELIEVED: &[&str] = &[
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

fn check(draft: &Draft, block: usize, holds: Holds, scene: &Scene, found: &mut Vec<Finding>) {
    if draft.story.labels[block] != Label::Body {
        return;
    }
    let window = look::number_option(scene, "weasel-attribution.supply-window", 2);
    for sentence in 0..draft.prose[block].sentences.len() {
        let place = |span| Place { block, span };
        let attributed = draft.story.coverage[block][sentence].support == Support::Attributed;
        let text: &str = &draft.tree.blocks[block].block.text;
        let may_hide = || {
            let own = draft.prose[block].sentences[sentence].span;
            let list = Openers::HEARSAY.or(Openers::BELIEVED);
            holds.openers.has(list) && (!attributed || own.of(text).starts_with("It "))
        };
        let phrase = may_hide()
            .then(|| impersonal(draft, block, sentence, holds))
            .flatten()
            .filter(|(at, _)| !attributed || is_outside(draft, block, sentence, *at));
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
fn impersonal(
    draft: &Draft,
    block: usize,
    sentence: usize,
    holds: Holds,
) -> Option<(Place, &'static str)> {
    let is_believed = holds.openers.has(Openers::BELIEVED);
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
        let is_be = is_believed && words[at].classes.has(Classes::BE);
        let is_hearsay = holds::openers(text, &words[at]).has(Openers::HEARSAY);
        if words[at].is_quoted || !is_be && !is_hearsay {
            continue;
        }
        let here = match is_hearsay {
            true => word(at),
            false => Lower::default(),
        };
        match here.as_str() {
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
            "reports" if matches!(word(over_time(text, words, at + 1)).as_str(), "that" | "of") => {
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
        if !is_believed || !is_be && here != "been" {
            continue;
        }
        let mut verb = at + 1;
        let ends_in_ly =
            |at: usize| !words[at].is_quoted && words[at].span.of(text).ends_with("ly");
        while verb < end && (words[verb].classes.has(Classes::ADVERB) || ends_in_ly(verb)) {
            verb += 1;
        }
        let may_be = |at: usize| holds::openers(text, &words[at]).has(Openers::BELIEVED);
        if verb >= end || !may_be(verb) || !BELIEVED.contains(&word(verb).as_str()) {
            continue;
        }
        // “was reported in April that”: a time hides what follows.
        let behind = over_time(text, words, verb + 1);
        let after = match word(behind).as_str() {
            "that" => word(behind),
            _ => word(verb + 1),
        };
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

/// The word after a time that begins at `at`: `in April`, `on Monday`, `last week`.
fn over_time(text: &str, words: &[Word], at: usize) -> usize {
    const TIME: Classes = Classes::MONTH
        .or(Classes::WEEKDAY)
        .or(Classes::PERIOD)
        .or(Classes::DAY);
    let is_time = |at: usize| words.get(at).is_some_and(|word| word.classes.has(TIME));
    let opens = words.get(at).is_some_and(|word| {
        is_one_of(
            text,
            word,
            &["in", "on", "last", "this", "late", "early", "earlier"],
        )
    });
    match (opens, is_time(at), is_time(at + 1)) {
        (true, _, true) => at + 2,
        (_, true, _) => at + 1,
        _ => at,
    }
}

/// `It is believed that the bank will fail, telling …`: whoever is named in the sentence is named for other words than these.
fn is_outside(draft: &Draft, block: usize, sentence: usize, phrase: Place) -> bool {
    let prose = &draft.prose[block];
    let text: &str = &draft.tree.blocks[block].block.text;
    let own = prose.sentences[sentence].span;
    let is_clause = phrase.span.of(text).to_lowercase().starts_with("it ")
        && text[phrase.span.end()..].starts_with(" that ");
    let cited = draft.story.citations_of(block).iter();
    let mut named = (prose.attributions.iter().enumerate()).filter(|(_, one)| {
        one.sentence == sentence && !one.is_quoted && !one.cue.overlaps(phrase.span)
    });
    let is_told_after = |(index, one): (usize, &Attribution)| {
        let content = prose.reported(text, index).content;
        one.cue.start() > phrase.span.end()
            && !content.is_empty()
            && !content.iter().any(|span| span.overlaps(phrase.span))
    };
    is_clause
        && !cited
            .into_iter()
            .any(|cited| cited.covers.span.overlaps(own))
        && named.all(is_told_after)
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
        });
    let named = attribution.and_then(|one| one.source.as_ref());
    let place = named.map(|source| Place {
        block,
        span: source.span,
    });
    let place = place.or_else(|| crowd(draft, block, sentence))?;
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
    let source = place.span.of(text).to_lowercase();
    let is_against = AGAINST.iter().any(|who| source.ends_with(who));
    if is_named || linked || supplied(draft, place, window, is_against) {
        return None;
    }
    Some((place, "who? Name one, or cut it."))
}

/// `Some say`, `Many argue` at the head of a sentence: a habit, and nobody’s. `Some said` tells of people whom the reporter met.
fn crowd(draft: &Draft, block: usize, sentence: usize) -> Option<Place> {
    const SAY: &[&str] = &[
        "say", "argue", "believe", "think", "fear", "worry", "suggest", "insist", "contend",
        "claim", "maintain",
    ];
    let prose = &draft.prose[block];
    let text: &str = &draft.tree.blocks[block].block.text;
    let [some, say, ..] = &prose.words[prose.sentences[sentence].words.clone()] else {
        return None;
    };
    let is_habit =
        is_one_of(text, some, &["some", "many"]) && is_one_of(text, say, SAY) && !some.is_quoted;
    is_habit.then_some(Place {
        block,
        span: some.span,
    })
}

/// Whether a person with a name speaks in the rest of the paragraph or in the next ones.
fn supplied(draft: &Draft, place: Place, window: usize, is_against: bool) -> bool {
    let last = (place.block + 1..draft.prose.len())
        .filter(|&block| draft.story.labels[block] == Label::Body)
        .take(window)
        .last()
        .unwrap_or(place.block);
    (place.block..=last).any(|block| {
        draft.story.statements_of(block).iter().any(|statement| {
            let attribution = &draft.prose[block].attributions[statement.index];
            let is_after = block > place.block || attribution.cue.start() > place.span.end();
            let person = statement.speaker.map(|id| draft.story.speaker(id));
            is_after
                && person.is_some_and(|speaker| {
                    speaker.kind == SpeakerKind::Person
                        && !(is_against && answers(place, attribution, speaker))
                })
        })
    })
}

/// Those who are against something, whom no answer names.
const AGAINST: &[&str] = &["critics", "opponents", "skeptics", "sceptics", "detractors"];

/// Whether somebody speaks for what the critics are against: with a word of denial, or as an official of whom the story told
/// before the critics came.
fn answers(critics: Place, attribution: &Attribution, speaker: &Speaker) -> bool {
    const REPLIES: &[&str] = &[
        "deny", "defend", "dismiss", "reject", "dispute", "counter", "respond", "refute", "rebut",
    ];
    const OFFICES: &[&str] = &[
        "mayor",
        "governor",
        "president",
        "minister",
        "secretary",
        "commissioner",
        "chief",
        "chair",
        "chairman",
        "chairwoman",
        "director",
        "superintendent",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "executive",
    ];
    let is_official = speaker.role.as_ref().is_some_and(|role| {
        let role = role.to_lowercase();
        role.split(|c: char| !c.is_alphanumeric())
            .any(|word| OFFICES.contains(&word))
    });
    let is_known = speaker.mentions.iter().any(|mention| *mention < critics);
    REPLIES.contains(&attribution.lemma) || is_official && is_known
}
