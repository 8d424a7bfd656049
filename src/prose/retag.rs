//! What the tagger takes wrong where a verb that reports decides: a sentence without a verb that tells, "to" before a verb.

use crate::words::{Classes, Lengths, VerbForm, is_alike};

use super::tag::Tag;
use super::{Sentence, Word};

/// Mends the classes of words, sentence by sentence.
pub(super) fn mend(text: &str, words: &mut [Word], sentences: &[Sentence]) {
    for sentence in sentences {
        let range = sentence.words.clone();
        let mut at = range.start;
        while let Some(by) = words[at..range.end].iter().position(may_be_wrong) {
            at += by;
            if let Some(tag) = mended(text, &words[..range.end], range.start, at) {
                words[at].tag = tag;
            }
            at += 1;
        }
        let tells = |word: &Word| word.tag.is_finite() && !word.is_quoted;
        if !words[range.clone()].iter().any(tells)
            && let Some((at, tag)) = verb(text, &words[..range.end], range.start)
        {
            words[at].tag = tag;
        }
    }
}

const REPORTS: Classes = Classes::CUE.or(Classes::CUE_FRAME);

/// Verbs that are never passive before an infinitive: "the nurses threatened to leave" has no other reading.
const INTENDS: &[&str] = &[
    "agree", "claim", "decide", "decline", "hope", "intend", "offer", "plan", "pledge", "promise",
    "refuse", "seek", "threaten", "vow", "want",
];

/// Forms of verbs that no noun has.
const ONLY_VERBS: &[&str] = &[
    "say",
    "says",
    "said",
    "tell",
    "tells",
    "told",
    "argue",
    "argues",
    "believe",
    "believes",
    "think",
    "thinks",
    "predict",
    "predicts",
    "insist",
    "insists",
    "contend",
    "contends",
    "oppose",
    "opposes",
    "agree",
    "agrees",
    "know",
    "knows",
    "expect",
    "expects",
    "accuse",
    "accuses",
    "admit",
    "admits",
    "deny",
    "denies",
    "describe",
    "describes",
    "explain",
    "explains",
    "suggest",
    "suggests",
    "denounce",
    "denounces",
    "condemn",
    "condemns",
    "acknowledge",
    "acknowledges",
];

fn is_only_verb(word: &str) -> bool {
    static LENGTHS: Lengths = Lengths::of(&[ONLY_VERBS]);
    let mut verbs = ONLY_VERBS.iter();
    LENGTHS.may_hold(word) && verbs.any(|verb| is_alike(word.as_bytes(), verb))
}

/// Whether a word is one of those that are mended: most are not.
fn may_be_wrong(word: &Word) -> bool {
    match word.tag {
        Tag::Preposition => word.span.len() == "to".len(),
        Tag::Opener => true,
        _ => word.classes.has(REPORTS.or(Classes::CUE_NOUN)),
    }
}

/// The class of a word by what stands beside it, where the tagger’s is impossible.
fn mended(text: &str, words: &[Word], first: usize, at: usize) -> Option<Tag> {
    let next = words.get(at + 1)?;
    let is = |word: &str| words[at].span.of(text).eq_ignore_ascii_case(word);
    match words[at].tag {
        Tag::Preposition if next.tag == Tag::Base => is("to").then_some(Tag::To),
        // "declined to comment": a verb by its place.
        Tag::Preposition
            if is("to")
                && at > first
                && is_base(next)
                && words[at - 1]
                    .cues
                    .verbs()
                    .iter()
                    .any(|verb| INTENDS.contains(&verb.lemma) && verb.lemma != "claim") =>
        {
            Some(Tag::To)
        }
        Tag::Noun if at > first && words[at - 1].tag == Tag::To && is_base(&words[at]) => {
            Some(Tag::Base)
        }
        // "42 percent say they", "economists say is": no noun has that form.
        Tag::Noun | Tag::Opener | Tag::Adjective | Tag::Other
            if words[at].classes.has(REPORTS)
                && words[at].form == super::Form::Lower
                && (follows_noun(text, words, first, at)
                    || at > first && words[at - 1].tag == Tag::Number)
                && is_only_verb(words[at].span.of(text)) =>
        {
            form(&words[at])
        }
        // "the court’s ruling that", "a warning of": a noun by its place.
        Tag::Gerund
            if at > first
                && words[at].classes.has(Classes::CUE_NOUN)
                && (next.tag == Tag::Opener || next.span.of(text) == "of")
                && is_owner(text, &words[at - 1]) =>
        {
            Some(Tag::Noun)
        }
        Tag::Opener if next.tag == Tag::Gerund => {
            const PREPOSITIONS: &[&str] =
                &["in", "of", "by", "for", "with", "at", "on", "from", "about"];
            let is_preposition = PREPOSITIONS.iter().any(|word| is(word));
            is_preposition.then_some(Tag::Preposition)
        }
        Tag::Participle
            if words[at].classes.has(REPORTS) && follows_noun(text, words, first, at) =>
        {
            let that = next.tag == Tag::Opener && next.span.of(text).eq_ignore_ascii_case("that");
            let intends = || {
                next.tag == Tag::To
                    && words[at]
                        .cues
                        .verbs()
                        .iter()
                        .any(|verb| INTENDS.contains(&verb.lemma))
            };
            (that || intends()).then_some(Tag::Past)
        }
        // "others argue that": no noun has that form.
        Tag::Noun
            if words[at].classes.has(REPORTS)
                && !words[at]
                    .classes
                    .has(Classes::CUE_NOUN.or(Classes::DOCUMENT))
                && next.tag == Tag::Opener
                && follows_noun(text, words, first, at) =>
        {
            let that = next.span.of(text).eq_ignore_ascii_case("that");
            that.then(|| form(&words[at])).flatten()
        }
        _ => None,
    }
}

/// The verb of a sentence in which the tagger saw none: "Calder backs the bill."
fn verb(text: &str, words: &[Word], first: usize) -> Option<(usize, Tag)> {
    (first + 1..words.len().saturating_sub(1)).find_map(|at| {
        let word = &words[at];
        let may_tell = matches!(word.tag, Tag::Noun | Tag::Participle | Tag::Adjective)
            && word.classes.has(REPORTS)
            && word.form == super::Form::Lower
            && !word.is_quoted
            && follows_noun(text, words, first, at);
        let next = &words[at + 1];
        let goes_on = matches!(
            next.tag,
            Tag::Determiner
                | Tag::To
                | Tag::Opener
                | Tag::Pronoun
                | Tag::Owner
                | Tag::Name
                | Tag::Number
                | Tag::Gerund
        );
        if !may_tell || !goes_on {
            return None;
        }
        Some((at, form(word)?))
    })
}

fn is_owner(text: &str, word: &Word) -> bool {
    let owned = word.span.of(text);
    matches!(word.tag, Tag::Owner | Tag::Determiner)
        || owned.ends_with("’s")
        || owned.ends_with("'s")
}

fn is_base(word: &Word) -> bool {
    word.classes.has(REPORTS)
        && word
            .cues
            .verbs()
            .iter()
            .any(|verb| verb.form == VerbForm::Base)
}

/// The class of a verb that tells, if the word can be one.
fn form(word: &Word) -> Option<Tag> {
    word.cues.verbs().iter().find_map(|verb| match verb.form {
        VerbForm::Past => Some(Tag::Past),
        VerbForm::Third | VerbForm::Base => Some(Tag::Present),
        _ => None,
    })
}

/// Whether a noun, a name or a pronoun that may be its subject stands right before the word.
fn follows_noun(text: &str, words: &[Word], first: usize, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| before >= first) else {
        return false;
    };
    let word = &words[before];
    let owned = word.span.of(text);
    let is_noun = matches!(word.tag, Tag::Noun | Tag::Name | Tag::Pronoun)
        || word.tag == Tag::Adjective && word.form == super::Form::Capital;
    is_noun && !word.is_quoted && !owned.ends_with("’s") && !owned.ends_with("'s")
}
