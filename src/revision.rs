//! What was lost between two texts of one story: bent quotations, dropped sources, changed figures and names.

use crate::draft::Draft;
use crate::notes::filed::{Kinship, kinship};
use crate::notes::fold::{self, Class, Word};
use crate::story::outline::Label;
use crate::story::{Speaker, SpeakerKind};
use crate::text::order;
use crate::text::span::Span;

/// Something lost or changed on the way from one text to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What kind of loss.
    pub kind: Kind,
    /// The words of the first text.
    pub was: String,
    /// The words of the second; empty where they are gone.
    pub now: String,
    /// Where the first stand, in bytes of the first text.
    pub filed: Span,
    /// Where the second stand, in bytes of the second text.
    pub published: Option<Span>,
}

/// What kind of loss; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A quotation has other words.
    QuoteAltered,
    /// A quotation has another speaker.
    AttributionMoved,
    /// A quotation or a statement has no speaker any more.
    AttributionDropped,
    /// “Alleged” and its kin are gone.
    AllegedLost,
    /// One source has become several.
    SourcesMultiplied,
    /// A figure is another.
    FigureChanged,
    /// A name or a title is another.
    NameChanged,
    /// An answer to an accusation is gone.
    ReplyCut,
    /// What somebody said in the story stands in headline, deck or caption as if it were so.
    DisplayUnsourced,
}

impl Kind {
    /// What is said of it.
    pub fn message(self) -> &'static str {
        match self {
            Kind::QuoteAltered => "quotation altered",
            Kind::AttributionMoved => "quotation given to another speaker",
            Kind::AttributionDropped => "attribution dropped",
            Kind::AllegedLost => "“alleged” lost",
            Kind::SourcesMultiplied => "one source has become several",
            Kind::FigureChanged => "figure changed",
            Kind::NameChanged => "name changed",
            Kind::ReplyCut => "reply cut",
            Kind::DisplayUnsourced => "moved into headline or caption without its attribution",
        }
    }

    /// Its name in output that machines read.
    pub fn name(self) -> &'static str {
        match self {
            Kind::QuoteAltered => "quote-altered",
            Kind::AttributionMoved => "attribution-moved",
            Kind::AttributionDropped => "attribution-dropped",
            Kind::AllegedLost => "alleged-lost",
            Kind::SourcesMultiplied => "sources-multiplied",
            Kind::FigureChanged => "figure-changed",
            Kind::NameChanged => "name-changed",
            Kind::ReplyCut => "reply-cut",
            Kind::DisplayUnsourced => "display-unsourced",
        }
    }
}

const ALLEGED: &[&str] = &[
    "alleged",
    "allegedly",
    "alleges",
    "allege",
    "accused",
    "accuses",
    "suspected",
    "suspects",
    "reportedly",
    "purported",
    "purportedly",
];
const REPLIES: &[&str] = &[
    "denied",
    "denies",
    "deny",
    "declined to comment",
    "did not respond",
    "did not return",
    "did not reply",
    "rejected the",
    "no comment",
    "could not be reached",
    "dismissed the",
];
const SOURCES: &[(&str, &str)] = &[
    ("source", "sources"),
    ("official", "officials"),
    ("person", "people"),
    ("aide", "aides"),
    ("diplomat", "diplomats"),
    ("lawyer", "lawyers"),
    ("executive", "executives"),
    ("witness", "witnesses"),
];

/// What was lost between two texts of one story, in order of the first.
pub fn losses(filed: &Draft, published: &Draft) -> Vec<Loss> {
    let (before, after) = (sentences(filed), sentences(published));
    let mut losses = quotes(filed, published);
    for sentence in &before {
        let twin = twin(sentence, &after);
        let Some(twin) = twin else {
            let is_reply = holds(&sentence.lower, REPLIES)
                && !after.iter().any(|one| holds(&one.lower, REPLIES));
            if is_reply {
                losses.push(loss(Kind::ReplyCut, sentence, None));
            }
            continue;
        };
        if twin.text == sentence.text {
            continue;
        }
        losses
            .extend(changed(sentence, twin, &before).map(|kind| loss(kind, sentence, Some(twin))));
    }
    losses.extend(unsourced(&before, &after));
    order::by_key(&mut losses, |one| (one.filed.start(), one.kind));
    losses.dedup_by(|one, other| one.filed == other.filed && one.kind == other.kind);
    losses
}

fn loss(kind: Kind, was: &Sentence, now: Option<&Sentence>) -> Loss {
    Loss {
        kind,
        was: was.text.clone(),
        now: now.map_or(String::new(), |now| now.text.clone()),
        filed: was.span,
        published: now.map(|now| now.span),
    }
}

/// A sentence of copy.
struct Sentence {
    text: String,
    lower: String,
    span: Span,
    words: Vec<Word>,
    has_speaker: bool,
    /// Whether it is in the body; else in a headline, deck or caption.
    is_body: bool,
}

fn sentences(draft: &Draft) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (block, placed) in draft.tree.blocks.iter().enumerate() {
        let label = draft.story.labels[block];
        let is_copy = matches!(
            label,
            Label::Body
                | Label::List
                | Label::BlockQuote
                | Label::Headline
                | Label::Deck
                | Label::Caption
        );
        if !is_copy {
            continue;
        }
        let prose = &draft.prose[block];
        for (index, sentence) in prose.sentences.iter().enumerate() {
            let words = sentence.span.of(&placed.block.text);
            let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut attributions = prose.attributions.iter();
            let has_speaker = attributions
                .any(|one| one.sentence == index && !one.is_quoted && one.source.is_some());
            found.push(Sentence {
                lower: text.to_lowercase(),
                words: fold::words(&text),
                span: placed.place(sentence.span),
                has_speaker,
                is_body: label == Label::Body,
                text,
            });
        }
    }
    found
}

/// The sentence of the other text that shares most of its words: half of the weighty ones at least.
fn twin<'a>(sentence: &Sentence, others: &'a [Sentence]) -> Option<&'a Sentence> {
    let weighty = |sentence: &Sentence| -> Vec<u32> {
        let words = sentence
            .words
            .iter()
            .filter(|word| word.class != Class::Small);
        words.map(|word| word.key).collect()
    };
    let own = weighty(sentence);
    let mut best: Option<(usize, &Sentence)> = None;
    for other in others
        .iter()
        .filter(|other| other.is_body == sentence.is_body)
    {
        let theirs = weighty(other);
        let shared = own.iter().filter(|key| theirs.contains(key)).count();
        let most = own.len().min(theirs.len()).max(1);
        let is_like = shared >= 2
            && shared * 10 >= own.len().max(theirs.len()) * 4
            && shared * 10 >= most * 6;
        if is_like && best.is_none_or(|(count, _)| shared > count) {
            best = Some((shared, other));
        }
    }
    best.map(|(_, sentence)| sentence)
}

/// What one sentence has lost in the other.
fn changed<'a>(
    was: &'a Sentence,
    now: &'a Sentence,
    before: &'a [Sentence],
) -> impl Iterator<Item = Kind> {
    let mut kinds = Vec::new();
    if has_word(&was.lower, ALLEGED) && !has_word(&now.lower, ALLEGED) && !now.has_speaker {
        kinds.push(Kind::AllegedLost);
    } else if was.has_speaker && !now.has_speaker && !was.text.contains(['“', '"']) {
        // A neighbour that names the speaker carries the sentence too.
        kinds.push(Kind::AttributionDropped);
    }
    let plural = SOURCES.iter().any(|(one, many)| {
        is_single(&was.lower, one)
            && has_word(&now.lower, &[many])
            && !has_word(&was.lower, &[many])
    });
    if plural {
        kinds.push(Kind::SourcesMultiplied);
    }
    let numbers = |sentence: &Sentence| -> Vec<u32> {
        let words = sentence
            .words
            .iter()
            .filter(|word| word.class == Class::Number);
        words.map(|word| word.key).collect()
    };
    let (old, new) = (numbers(was), numbers(now));
    let is_lost = old.iter().any(|key| !new.contains(key));
    let is_new = new.iter().any(|key| !old.contains(key));
    if is_lost && is_new {
        kinds.push(Kind::FigureChanged);
    }
    if new_name(was, now, before) {
        kinds.push(Kind::NameChanged);
    }
    kinds.into_iter()
}

/// Whether a name has gone from the sentence, and one has come that the first text does not have.
fn new_name(was: &Sentence, now: &Sentence, before: &[Sentence]) -> bool {
    let names = |sentence: &Sentence| -> Vec<u32> {
        let own = |word: &&Word| {
            let letters = word.span().of(&sentence.text);
            let head = &sentence.text[..word.span().start()];
            letters.starts_with(char::is_uppercase)
                && letters.len() > 2
                && word.class == Class::Content
                && head
                    .trim_end()
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '.' | '”'))
                && !head.trim().is_empty()
        };
        sentence
            .words
            .iter()
            .filter(own)
            .map(|word| word.key)
            .collect()
    };
    let has = |all: &[Sentence], key: &u32| {
        all.iter()
            .any(|one| one.words.iter().any(|word| word.key == *key))
    };
    let (old, new) = (names(was), names(now));
    let gone = old
        .iter()
        .any(|key| !now.words.iter().any(|word| word.key == *key));
    let come = new.iter().any(|key| !has(before, key));
    gone && come
}

fn holds(lower: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| lower.contains(phrase))
}

fn has_word(lower: &str, words: &[&str]) -> bool {
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| words.contains(&word))
}

/// `a source`, `one senior official`, `an aide`.
fn is_single(lower: &str, noun: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        *word == noun
            && words[at.saturating_sub(3)..at]
                .iter()
                .any(|word| matches!(*word, "a" | "an" | "one"))
    })
}

/// What stands in a new headline, deck or caption without its source, and in the story as filed only with one.
fn unsourced(before: &[Sentence], after: &[Sentence]) -> Vec<Loss> {
    let mut losses = Vec::new();
    let is_sourced = |one: &Sentence| one.has_speaker || has_word(&one.lower, ALLEGED);
    for display in after.iter().filter(|one| !one.is_body) {
        let stems = stems(display);
        let is_told = is_sourced(display)
            || display.text.contains(['“', '"', '‘', ':'])
            || has_word(&display.lower, SAYS)
            || stems.len() < 3;
        let is_like = |one: &&Sentence| {
            let there = self::stems(one);
            let shared = stems.iter().filter(|stem| there.contains(stem)).count();
            shared >= 3 && shared * 10 >= stems.len() * 6
        };
        if is_told || before.iter().any(|one| !one.is_body && is_like(&one)) {
            continue;
        }
        let mut origins = before.iter().filter(|one| one.is_body).filter(is_like);
        let Some(first) = origins.next() else {
            continue;
        };
        if is_sourced(first) && origins.all(is_sourced) {
            losses.push(loss(Kind::DisplayUnsourced, first, Some(display)));
        }
    }
    losses
}

/// Words by which a headline leaves it to somebody.
const SAYS: &[&str] = &[
    "says", "say", "said", "tells", "told", "warns", "warned", "claims", "claim", "calls",
    "report", "reports", "may", "could", "might",
];

/// The weighty words of a sentence without the endings that a headline changes.
fn stems(sentence: &Sentence) -> Vec<String> {
    let words = sentence
        .words
        .iter()
        .filter(|word| word.class != Class::Small);
    let mut stems: Vec<String> = words
        .map(|word| {
            let letters = word.span().of(&sentence.text).to_lowercase();
            let cut = ["ing", "ed", "es", "s"].iter().find_map(|end| {
                let stem = letters.strip_suffix(end)?;
                (stem.len() >= 4).then(|| stem.to_owned())
            });
            cut.unwrap_or(letters)
        })
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// What became of the quotations.
fn quotes(filed: &Draft, published: &Draft) -> Vec<Loss> {
    let mut losses = Vec::new();
    let after = spoken(published);
    let before = spoken(filed);
    for (index, quote) in before.iter().enumerate() {
        if quote.words.len() < 3 {
            continue;
        }
        let same = after
            .iter()
            .find(|other| keys(&other.words) == keys(&quote.words));
        if let Some(other) = same {
            let kind = match (quote.speaker, other.speaker) {
                (Some(was), None) if is_somebody(was) => Some(Kind::AttributionDropped),
                (Some(was), Some(now)) if is_other(was, now) => Some(Kind::AttributionMoved),
                _ => None,
            };
            losses.extend(kind.map(|kind| between(kind, quote, other)));
            continue;
        }
        // Part of it may stand in a longer or a shorter quotation: cut or joined, not altered.
        let mut is_part = false;
        let mut near: Option<(usize, &Spoken)> = None;
        for other in &after {
            let is_others = before
                .iter()
                .enumerate()
                .any(|(at, one)| at != index && keys(&one.words) == keys(&other.words));
            match kinship((&quote.words, quote.block), (&other.words, other.block)) {
                Kinship::Same | Kinship::Part => is_part = true,
                Kinship::Bent(count)
                    if !is_others && near.is_none_or(|(most, _)| count >= most) =>
                {
                    near = Some((count, other));
                }
                Kinship::Bent(_) | Kinship::None => {}
            }
        }
        if let (Some((_, other)), false) = (near, is_part) {
            losses.push(between(Kind::QuoteAltered, quote, other));
        }
    }
    losses
}

struct Spoken<'a> {
    text: String,
    /// The text that the places of the words count in.
    block: &'a str,
    words: Vec<Word>,
    speaker: Option<&'a Speaker>,
    span: Span,
}

fn spoken(draft: &Draft) -> Vec<Spoken<'_>> {
    let quotes = draft.story.quotes.iter().map(|quote| {
        let block = &draft.tree.blocks[quote.place.block].block;
        let prose = &draft.prose[quote.place.block];
        let inner = prose.quotes[quote.index].inner;
        let quotation = crate::notes::quotation::quotation(&block.text, inner, &block.hidden);
        let binding = quote.binding.as_ref();
        Spoken {
            text: inner.of(&block.text).to_owned(),
            block: &block.text,
            words: quotation.words,
            speaker: binding.map(|binding| draft.story.speaker(binding.speaker)),
            span: draft.span(quote.place),
        }
    });
    quotes.collect()
}

fn between(kind: Kind, was: &Spoken, now: &Spoken) -> Loss {
    let shown = |one: &Spoken| {
        let words = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match (kind, one.speaker) {
            (Kind::QuoteAltered, _) => format!("“{words}”"),
            (_, Some(speaker)) => format!("“{words}”, {}", speaker.name),
            (_, None) => format!("“{words}”, nobody"),
        }
    };
    Loss {
        kind,
        was: shown(was),
        now: shown(now),
        filed: was.span,
        published: Some(now.span),
    }
}

fn keys(words: &[Word]) -> Vec<u32> {
    words.iter().map(|word| word.key).collect()
}

fn is_somebody(speaker: &Speaker) -> bool {
    speaker.kind != SpeakerKind::Collective
}

/// Whether two speakers are two: neither name is part of the other.
fn is_other(one: &Speaker, other: &Speaker) -> bool {
    let fold = |speaker: &Speaker| crate::prose::fold::fold(&speaker.name);
    let (one_name, other_name) = (fold(one), fold(other));
    let shares = one_name
        .split(' ')
        .filter(|word| word.len() > 2)
        .any(|word| other_name.split(' ').any(|other| other == word));
    one.kind == SpeakerKind::Person && other.kind == SpeakerKind::Person && !shares
}
