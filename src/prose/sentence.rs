//! Sentences: where one ends in news copy, with its abbreviations and its quotations that end sentences.

use crate::text::span::Span;
use crate::words::Classes;

use super::{Form, Sentence, Word};

/// Cuts the words of a block into sentences, and puts them where those of another block may stand.
pub fn sentences(text: &str, words: &[Word], found: &mut Vec<Sentence>) {
    found.clear();
    let mut first = 0;
    let mut at = 0;
    // A word of letters and digits alone ends no sentence: it has no stop.
    while let Some(by) = words[at..].iter().position(|word| !word.is_plain) {
        at += by;
        match end_of_sentence(text, words, at) {
            Some(last) => {
                found.push(sentence(words, first, last));
                first = last + 1;
                at = first;
            }
            None => at += 1,
        }
    }
    if first < words.len() {
        found.push(sentence(words, first, words.len() - 1));
    }
}

fn sentence(words: &[Word], first: usize, last: usize) -> Sentence {
    Sentence {
        span: words[first].span.cover(words[last].span),
        words: first..last + 1,
    }
}

/// If the word at `at` ends a sentence: the index of the sentence's last word (closing marks included).
fn end_of_sentence(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let word = &words[at];
    if word.form != Form::Mark {
        return ends_with_abbreviation(text, words, at).then_some(at);
    }
    let token = word.span.of(text);
    // Most marks are commas and quotation marks of one byte.
    if !matches!(token.as_bytes()[0], b'.' | b'?' | b'!' | 0xe2) {
        return None;
    }
    let stops = matches!(token, "." | "?" | "!" | "…" | "?!" | "!?")
        || (token.starts_with("..") && token.len() >= 3);
    if !stops {
        return None;
    }
    let mut last = at;
    let mut has_closer = false;
    while let Some(next) = words.get(last + 1) {
        let sign = next.span.of(text);
        let touches = next.span.start() == words[last].span.end();
        let more_stops = matches!(sign, "?" | "!" | ".") && touches;
        if !(touches && (is_closer(sign) || is_ambiguous_closer(text, words, last + 1))
            || more_stops)
        {
            break;
        }
        has_closer |= !more_stops;
        last += 1;
    }
    let Some(next) = words.get(last + 1) else {
        return Some(last);
    };
    let next_text = next.span.of(text);
    // "3.5", "example.org": nothing stands between.
    if next.span.start() == words[last].span.end() && !is_opener(next_text) {
        return None;
    }
    let begins = next.form != Form::Lower || is_opener(next_text);
    let is_sign = next.form == Form::Mark
        && !is_opener(next_text)
        && !matches!(next_text, "\"" | "'" | "(" | "[" | "—" | "–" | "-" | "•");
    if is_sign {
        return None;
    }
    if token == "." || !has_closer {
        let is_ellipsis = token == "…" || token.starts_with("..");
        return (begins
            || (!is_ellipsis
                && next.form == Form::Lower
                && token == "."
                && !has_closer
                && begins_small(text, words, last + 1)))
        .then_some(last);
    }
    // “Why?” Ruiz said. goes on; “Why?” He left. does not.
    (begins && !leads_to_cue(text, words, last + 1)).then_some(last)
}

/// A sentence that begins with a small letter: an iPhone, a lower-case brand or a particle; rare, so only after a paragraph's line end.
fn begins_small(text: &str, words: &[Word], at: usize) -> bool {
    let before = words[at - 1].span.end();
    text[before..words[at].span.start()].contains('\n') && words[at].classes.has(Classes::PARTICLE)
}

/// Whether what follows is `NP said` or `said NP`, so that a question mark before it ends only the quotation.
fn leads_to_cue(text: &str, words: &[Word], from: usize) -> bool {
    for word in words.iter().skip(from).take(7) {
        if word.classes.has(Classes::CUE_STRICT) && word.form == Form::Lower {
            return true;
        }
        let goes_on = matches!(word.form, Form::Capital | Form::Caps)
            || word.classes.has(
                Classes::ROLE
                    .or(Classes::DETERMINER)
                    .or(Classes::PARTICLE)
                    .or(Classes::RANK)
                    .or(Classes::ADVERB),
            )
            || word.span.of(text) == ".";
        if !goes_on
            || (word.classes.has(Classes::STARTER)
                && !word.classes.has(Classes::DETERMINER.or(Classes::PERSONAL)))
        {
            return false;
        }
    }
    false
}

/// "U.S.", "Inc.", "p.m." at the end of a sentence: the next word can only begin one.
fn ends_with_abbreviation(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if text.as_bytes()[word.span.end() - 1] != b'.'
        || word.classes.has(Classes::ABBREVIATION)
        || word.form == Form::Number
    {
        return false;
    }
    let Some(next) = words.get(at + 1) else {
        return false;
    };
    if next.span.start() == word.span.end() {
        return false;
    }
    // A single initial ("J.") is part of a name.
    if word
        .span
        .of(text)
        .chars()
        .filter(|c| c.is_alphabetic())
        .count()
        == 1
    {
        return false;
    }
    let opens = is_opener(next.span.of(text));
    opens || (next.form == Form::Capital && next.classes.has(Classes::STARTER))
}

fn is_opener(sign: &str) -> bool {
    matches!(sign, "“" | "„" | "«" | "‘" | "(" | "[")
}

fn is_closer(sign: &str) -> bool {
    matches!(sign, "”" | "»" | "’" | ")" | "]")
}

/// A straight mark, or a German closer, is a closer where it touches what stands before it and nothing after.
fn is_ambiguous_closer(text: &str, words: &[Word], at: usize) -> bool {
    let sign = words[at].span.of(text);
    matches!(sign, "\"" | "'" | "“")
        && text[words[at].span.end()..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric())
}

/// Verbs in a headline with capitals ("Mayor Calls Plan a Farce") read as the small words that they are.
pub fn lower_titles(words: &mut [Word], sentences: &[Sentence]) {
    const SMALL: Classes = Classes::PREPOSITION
        .or(Classes::DETERMINER)
        .or(Classes::CONJUNCTION)
        .or(Classes::CLAUSE);
    for sentence in sentences {
        let words = &mut words[sentence.words.clone()];
        let counted = words
            .iter()
            .filter(|word| matches!(word.form, Form::Lower | Form::Capital | Form::Caps));
        let (mut all, mut small) = (0, 0);
        for word in counted {
            all += 1;
            small += usize::from(word.form == Form::Lower && !word.classes.has(SMALL));
            // Most sentences are done here after a few words.
            if small * 8 > words.len() {
                break;
            }
        }
        if all < 5 || small * 8 > all {
            continue;
        }
        for word in &mut words[1..] {
            let is_verb = word.classes.has(
                Classes::CUE
                    .or(Classes::CUE_FRAME)
                    .or(Classes::BE)
                    .or(Classes::MODAL)
                    .or(Classes::HAVE)
                    .or(SMALL),
            );
            if word.form == Form::Capital && is_verb {
                word.form = Form::Lower;
            }
        }
    }
}

/// The sentence that holds a byte, by index; the one before it where none does.
pub fn sentence_at(sentences: &[Sentence], at: usize) -> usize {
    sentences
        .partition_point(|sentence| sentence.span.start() <= at)
        .saturating_sub(1)
}

/// The span of a run of sentences.
pub fn span_of(sentences: &[Sentence]) -> Option<Span> {
    Some(sentences.first()?.span.cover(sentences.last()?.span))
}
