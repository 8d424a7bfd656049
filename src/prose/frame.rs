//! What follows a verb when it reports: a clause, an infinitive, a noun phrase, a preposition.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Stance;
use super::phrase::Reader;
use super::tag::Tag;
use crate::words::Classes;

/// What may follow a verb, and what its subject does then.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    shapes: Shapes,
    prepositions: Vec<&'static str>,
    /// Says, thinks or plans.
    pub stance: Stance,
}

/// A set of what may follow.
#[derive(Clone, Copy, Debug, Default)]
struct Shapes(u16);

const CLAUSE: Shapes = Shapes(1);
const THAT: Shapes = Shapes(2);
const TO: Shapes = Shapes(4);
const ING: Shapes = Shapes(8);
const OBJECT: Shapes = Shapes(16);
const COMPLEMENT: Shapes = Shapes(32);
const TOLD: Shapes = Shapes(64);
const DATA: Shapes = Shapes(128);
const SEEMING: Shapes = Shapes(256);
const WISH: Shapes = Shapes(512);
const CONCERN: Shapes = Shapes(1024);
const QUOTATION: Shapes = Shapes(2048);

impl Shapes {
    fn has(self, any: Shapes) -> bool {
        self.0 & any.0 != 0
    }
}

struct Frames {
    /// By the verb, with the particle that goes with it.
    verbs: FxHashMap<&'static str, Vec<(Option<&'static str>, Frame)>>,
    nouns: FxHashMap<&'static str, Frame>,
}

static FRAMES: LazyLock<Frames> = LazyLock::new(|| {
    let mut frames = Frames {
        verbs: FxHashMap::with_capacity_and_hasher(512, Default::default()),
        nouns: FxHashMap::with_capacity_and_hasher(512, Default::default()),
    };
    for (head, frame) in entries(include_str!("../../grammar/words/frames.txt")) {
        let mut words = head.split_whitespace();
        let lemma = words.next().expect("a line begins with its verb");
        let particle = words.find_map(|word| word.strip_prefix('+'));
        let those = frames.verbs.entry(lemma).or_default();
        // Where a verb stands in the list twice, its last line counts.
        those.retain(|(known, _)| *known != particle);
        those.reserve_exact(1);
        those.push((particle, frame));
    }
    for (head, frame) in entries(include_str!("../../grammar/words/frames-nouns.txt")) {
        frames.nouns.insert(head, frame);
    }
    frames
});

/// The lines of a list of frames: what stands before the colon, and the frame.
fn entries(text: &'static str) -> Vec<(&'static str, Frame)> {
    let mut stance = Stance::Says;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("== ") {
            stance = match name {
                "thinks" => Stance::Thinks,
                "plans" => Stance::Plans,
                _ => Stance::Says,
            };
        } else if let Some((head, frames)) =
            line.split_once(": ").filter(|_| !line.starts_with('#'))
        {
            let mut shapes = Shapes::default();
            let mut prepositions = Vec::new();
            for word in frames.split(", ") {
                match word.strip_prefix('+') {
                    Some(preposition) => prepositions.push(preposition),
                    None => shapes.0 |= shape(word).0,
                }
            }
            let frame = Frame {
                shapes,
                prepositions,
                stance,
            };
            found.push((head, frame));
        }
    }
    found
}

fn shape(word: &str) -> Shapes {
    match word {
        "clause" => CLAUSE,
        "that" | "whether" => THAT,
        "to" => TO,
        "ing" => ING,
        "object" => OBJECT,
        "complement" => COMPLEMENT,
        "told" => TOLD,
        "data" => DATA,
        "seeming" => SEEMING,
        "wish" => WISH,
        "concern" => CONCERN,
        "quotation" => QUOTATION,
        other => unreachable!("frames.txt names a frame that is none: {other}"),
    }
}

/// The frame of a verb, if it reports; by the particle as it stands in the text.
pub(super) fn of_verb(lemma: &str, particle: Option<&str>) -> Option<&'static Frame> {
    let is_same = |known: Option<&str>| match (known, particle) {
        (Some(known), Some(particle)) => known.eq_ignore_ascii_case(particle),
        (None, None) => true,
        _ => false,
    };
    let those = FRAMES.verbs.get(lemma)?;
    those
        .iter()
        .find(|(known, _)| is_same(*known))
        .map(|(_, frame)| frame)
}

/// Whether the word is a verb of saying.
pub(super) fn says(reader: Reader, at: usize) -> bool {
    if !reader.has(at, Classes::CUE_FRAME) {
        return false;
    }
    reader.verbs(at).iter().any(|verb| {
        let fits = verb
            .particle
            .is_none_or(|particle| reader.is(at + 1, &[particle]));
        fits && of_verb(verb.lemma, verb.particle).is_some_and(|frame| frame.stance == Stance::Says)
    })
}

/// Whether the word is a verb whose frame what follows it fills: "called for patience", "told families to stay".
pub(super) fn reports_at(reader: Reader, at: usize, end: usize) -> bool {
    reader.verbs(at).iter().any(|verb| {
        let fits = verb
            .particle
            .is_none_or(|particle| reader.is(at + 1, &[particle]));
        let after = at + 1 + usize::from(verb.particle.is_some());
        fits && of_verb(verb.lemma, verb.particle)
            .is_some_and(|frame| fill(reader, frame, after, end, false).is_some())
    })
}

/// The frame of a noun or adjective, if it reports; in lower case, singular or plural.
pub(super) fn of_noun(word: &str) -> Option<&'static Frame> {
    let nouns = &FRAMES.nouns;
    nouns.get(word).or_else(|| {
        let one = word.strip_suffix('s')?;
        nouns
            .get(one)
            .or_else(|| nouns.get(format!("{}y", one.strip_suffix("ie")?).as_str()))
    })
}

/// A noun or adjective as the list has it.
pub(super) fn noun_name(word: &str) -> &'static str {
    let nouns = &FRAMES.nouns;
    let one = word.strip_suffix('s').unwrap_or(word);
    let with_y = one.strip_suffix("ie").map(|stem| format!("{stem}y"));
    [Some(word), Some(one), with_y.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|word| nouns.get_key_value(word))
        .map_or("", |(name, _)| *name)
}

/// How a frame is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fill {
    /// The word after the cue, its preposition included.
    pub cue_end: usize,
    /// The first word of the content.
    pub from: usize,
    /// How many verbs that tell the content has of its own: 1 for a clause, 0 for a phrase.
    pub verbs: usize,
    /// Whether the subject is part of what is reported: "the plan seems to work".
    pub with_subject: bool,
}

/// How what stands after the cue fills the frame; `end` is the word after the sentence's last one.
pub(super) fn fill(
    reader: Reader,
    frame: &Frame,
    cue_end: usize,
    end: usize,
    is_data: bool,
) -> Option<Fill> {
    let shapes = frame.shapes;
    let mut at = cue_end;
    while at < end
        && reader.tag(at) == Tag::Adverb
        && reader.is_lower(at)
        && !frame.takes(reader, at)
    {
        at += 1;
    }
    // "said more money was needed": the adverb belongs to what is said.
    let measures =
        at > cue_end && matches!(reader.tag(at), Tag::Noun | Tag::Adjective | Tag::Number);
    let first = at - usize::from(measures);
    at = after_time(reader, at, end);
    let first = if at > first + 1 { at } else { first };
    let with = |from: usize, verbs: usize| {
        Some(Fill {
            cue_end,
            from,
            verbs,
            with_subject: false,
        })
    };
    let made = |from: usize| with(from, 1);
    let phrase = |from: usize| with(from, 0);
    if at >= end {
        return None;
    }
    let opens = |at: usize| matches!(text_at(reader, at), "“" | "\"" | "‘" | "«" | "„");
    let speaks = CLAUSE.0 | TOLD.0 | QUOTATION.0;
    if shapes.has(Shapes(speaks)) {
        let punctuated = matches!(text_at(reader, at), "," | ":") && opens(at + 1);
        if punctuated {
            return made(at + 1);
        }
        if opens(at) || text_at(reader, at) == ":" && at + 1 < end {
            return made(at);
        }
        // "After all, she argued, the plan had passed."
        if text_at(reader, at) == "," && is_bare_clause(reader, at + 1, end) {
            return made(at + 1);
        }
    }
    if frame.takes(reader, at) && at + 1 < end {
        return Some(Fill {
            cue_end: at + 1,
            from: at + 1,
            verbs: usize::from(reader.is(at, &["whether"]) || opens_clause(reader, at + 1)),
            with_subject: false,
        });
    }
    if shapes.has(SEEMING) && opens_clause(reader, at) && reader.is(at, &["that"]) {
        return made(at);
    }
    if shapes.has(SEEMING) {
        let follows = matches!(reader.tag(at), Tag::To | Tag::Adjective | Tag::Participle)
            || reader.is(at, &["like", "as"]);
        return follows.then_some(Fill {
            cue_end,
            from: at,
            verbs: 0,
            with_subject: true,
        });
    }
    if shapes.has(WISH) {
        return (reader.tag(at) == Tag::To).then(|| phrase(at)).flatten();
    }
    let clause = Shapes(CLAUSE.0 | THAT.0);
    if shapes.has(clause) && opens_clause(reader, at) {
        return made(at);
    }
    if shapes.has(TO) && reader.tag(at) == Tag::To
        || shapes.has(ING) && reader.tag(at) == Tag::Gerund
    {
        return phrase(at);
    }
    // "told MPs the bill was a mess": who is told stands before the clause and its own subject.
    if shapes.has(TOLD)
        && let Some(clause) = after_told(reader, at, end)
    {
        return made(clause);
    }
    // "a bridge that she said leaned": the clause has lost its subject to the relative clause.
    let is_bereft = reader.tag(at).is_finite() && !reader.words[at].is_quoted;
    if shapes.has(CLAUSE) && (is_bereft || is_bare_clause(reader, at, end)) {
        return made(first.min(at));
    }
    if shapes.has(TOLD) {
        let told = phrase_end(reader, at, end);
        let goes_on = told > at
            && (opens_clause(reader, told)
                || reader.tag(told) == Tag::To
                || opens(told)
                || text_at(reader, told) == "," && opens(told + 1)
                || is_bare_clause(reader, told, end)
                || frame.takes(reader, told));
        if goes_on {
            // "urged drivers to stay": who is to do it belongs to what is said.
            if reader.tag(told) == Tag::To {
                return phrase(at);
            }
            return with(told, usize::from(!frame.takes(reader, told)));
        }
    }
    // A day and a manner may stand before a clause: "said on Monday in Tarrow that".
    if shapes.has(Shapes(CLAUSE.0 | TOLD.0))
        && let Some(that) = late_that(reader, at, end)
    {
        return made(that);
    }
    if shapes.has(COMPLEMENT) && has_complement(reader, at, end) {
        return phrase(at);
    }
    let is_phrase = starts_phrase(reader, at) || opens(at);
    if is_phrase && (shapes.has(OBJECT) || shapes.has(DATA) && is_data) {
        return phrase(at);
    }
    if is_phrase && shapes.has(CONCERN) {
        let to = phrase_end(reader, at, end);
        let reports = (at..to).any(|at| of_noun(&reader.lower(at)).is_some());
        return reports.then(|| phrase(at)).flatten();
    }
    None
}

/// The first word of the clause without "that" behind whoever is told, a day between them passed over; none where the words may be
/// the subject of the clause.
fn after_told(reader: Reader, from: usize, end: usize) -> Option<usize> {
    let is_pronoun = reader.is(from, &["him", "them", "us", "me"]);
    let goes_on = |at: usize| matches!(reader.tag(at), Tag::Noun | Tag::Name | Tag::Adjective);
    let first = from + usize::from(matches!(reader.tag(from), Tag::Determiner | Tag::Owner));
    let mut at = first;
    while at < end.min(from + 8) && goes_on(at) && !reader.words[at].is_quoted {
        at += 1;
    }
    if is_pronoun {
        at = from + 1;
    }
    if at == first && !is_pronoun || reader.is_possessive(at - 1) {
        return None;
    }
    let at = after_time(reader, at, end);
    let opens = matches!(
        reader.tag(at),
        Tag::Determiner | Tag::Pronoun | Tag::PronounVerb | Tag::Owner
    );
    (opens && at < end && is_bare_clause(reader, at, end)).then_some(at)
}

/// The word after "Monday", "on Monday", "last week", where what is reported goes on behind it: "said Monday the road …".
fn after_time(reader: Reader, from: usize, end: usize) -> usize {
    let day = Classes::WEEKDAY.or(Classes::DAY);
    let mut at = from;
    let is_on = reader.is(at, &["on"]) && reader.has(at + 1, day);
    let is_last = reader.is(at, &["last", "this", "earlier", "late"])
        && reader.has(at + 1, day.or(Classes::PERIOD).or(Classes::MONTH));
    if is_on || is_last {
        at += 2;
    } else if reader.has(at, day) {
        at += 1;
    } else {
        return from;
    }
    if reader.is(at, &["night", "morning", "afternoon", "evening"]) {
        at += 1;
    }
    let goes_on = matches!(
        reader.tag(at),
        Tag::Determiner
            | Tag::Pronoun
            | Tag::PronounVerb
            | Tag::To
            | Tag::Opener
            | Tag::Owner
            | Tag::Question
            | Tag::Name
    );
    match goes_on && at < end && !reader.is_possessive(at - 1) {
        true => at,
        false => from,
    }
}

impl Frame {
    /// Whether a clause with "that" may follow.
    pub fn takes_that(&self) -> bool {
        self.shapes.has(THAT)
    }

    /// Whether a clause may follow.
    pub fn takes_clause(&self) -> bool {
        self.shapes.has(CLAUSE)
    }

    fn takes(&self, reader: Reader, at: usize) -> bool {
        self.prepositions
            .iter()
            .any(|preposition| reader.is(at, &[preposition]))
            && reader.tag(at) != Tag::To
            && !reader.has(at + 1, Classes::WEEKDAY.or(Classes::DAY).or(Classes::MONTH))
    }

    /// What follows a noun or an adjective that reports.
    pub fn after_noun(&self, reader: Reader, at: usize, end: usize) -> Option<Fill> {
        let made = |cue_end: usize, from: usize, verbs: usize| {
            (from < end).then_some(Fill {
                cue_end,
                from,
                verbs,
                with_subject: false,
            })
        };
        if self.takes(reader, at) {
            return made(at + 1, at + 1, usize::from(opens_clause(reader, at + 1)));
        }
        if self.shapes.has(THAT)
            && reader.tag(at) == Tag::Opener
            && reader.is(at, &["that", "whether"])
        {
            return made(at, at, 1);
        }
        // "is confident it can", "are angry that nobody": an adjective has no relative clause.
        let is_adjective = at > 0 && matches!(reader.tag(at - 1), Tag::Adjective | Tag::Participle);
        let is_bare = reader.tag(at) == Tag::PronounVerb
            || reader.tag(at) == Tag::Pronoun && reader.tag(at + 1).is_finite();
        let that = reader.is(at, &["that"]) && !reader.tag(at + 1).is_verb();
        if self.shapes.has(THAT) && is_adjective && (is_bare || that) {
            return made(at, at, 1);
        }
        if self.shapes.has(TO) && reader.tag(at) == Tag::To {
            return made(at, at, 0);
        }
        None
    }
}

fn text_at<'a>(reader: Reader<'a>, at: usize) -> &'a str {
    reader
        .words
        .get(at)
        .map_or("", |word| word.span.of(reader.text))
}

/// "that", "whether", "what", "how": a word that opens a clause which is reported.
fn opens_clause(reader: Reader, at: usize) -> bool {
    match reader.tag(at) {
        Tag::Opener => reader.is(at, &["that", "whether", "if", "how", "why"]),
        Tag::Question => !reader.is(at, &["which", "whose"]),
        _ => false,
    }
}

fn starts_phrase(reader: Reader, at: usize) -> bool {
    let tag = reader.tag(at);
    tag.is_nominal()
        || tag == Tag::Pronoun
        || tag == Tag::Gerund && reader.is_lower(at)
        || tag == Tag::Participle && matches!(reader.tag(at + 1), Tag::Noun | Tag::Adjective)
}

/// Whether a subject and a verb that tells follow, without a word that opens a clause: "said rain would fall".
pub(super) fn is_bare_clause(reader: Reader, from: usize, end: usize) -> bool {
    if reader.tag(from) == Tag::PronounVerb {
        return true;
    }
    if !starts_phrase(reader, from) {
        return false;
    }
    for at in from + 1..end.min(from + 18) {
        let tag = reader.tag(at);
        if tag.is_finite() {
            return true;
        }
        let goes_on = tag.is_nominal()
            || matches!(
                tag,
                Tag::Preposition
                    | Tag::Coordinator
                    | Tag::Adverb
                    | Tag::Gerund
                    | Tag::Participle
                    | Tag::To
                    | Tag::Base
            )
            || matches!(text_at(reader, at), "-" | "’" | "'" | "“" | "”" | "\"");
        if !goes_on {
            return false;
        }
    }
    false
}

/// The word after the noun phrase that begins at `from`; `from` where none does.
pub(super) fn phrase_end(reader: Reader, from: usize, end: usize) -> usize {
    if reader.tag(from) == Tag::Pronoun {
        return from + 1;
    }
    let mut at = from;
    while at < end && at < from + 12 {
        let tag = reader.tag(at);
        let goes_on = tag.is_nominal()
            || at > from
                && (tag == Tag::Preposition && !reader.is(at, &["as", "about"])
                    || tag == Tag::Coordinator && reader.tag(at + 1).is_nominal());
        if !goes_on || reader.words[at].is_quoted {
            break;
        }
        at += 1;
    }
    at
}

/// Where a clause with "that" begins, over nothing but a phrase or two.
pub(super) fn late_that(reader: Reader, from: usize, end: usize) -> Option<usize> {
    let mut has_comma = false;
    for at in from..end.min(from + 16) {
        let tag = reader.tag(at);
        if tag == Tag::Opener && reader.is(at, &["that"]) {
            // "The plant will close, unions said, amid signs that demand is weak": these words are the reporter's.
            return (!has_comma || text_at(reader, at - 1) == ",").then_some(at);
        }
        has_comma |= text_at(reader, at) == "," && !reader.is_capital(at + 1);
        if tag.is_verb()
            || tag == Tag::To
            || reader.words[at].is_quoted
            || text_at(reader, at) == ";"
        {
            return None;
        }
    }
    None
}

/// "called it a farce", "sees the deal as a threat", "dubbed him “the boss”".
fn has_complement(reader: Reader, from: usize, end: usize) -> bool {
    if !starts_phrase(reader, from) && !matches!(text_at(reader, from), "“" | "\"") {
        return reader.is(from, &["as"]);
    }
    let is_pronoun = reader.tag(from) == Tag::Pronoun;
    for at in from + 1..end.min(from + 14) {
        if reader.is(at, &["as"]) || matches!(text_at(reader, at), "“" | "\"" | "‘") {
            return true;
        }
        let tag = reader.tag(at);
        let before = reader.tag(at - 1);
        if is_pronoun && at == from + 1 {
            return matches!(
                tag,
                Tag::Determiner | Tag::Adjective | Tag::Noun | Tag::Owner | Tag::Participle
            );
        }
        if matches!(tag, Tag::Determiner | Tag::Owner)
            && matches!(before, Tag::Noun | Tag::Name)
            && !reader.is_possessive(at - 1)
        {
            return true;
        }
        if tag == Tag::Adjective && matches!(before, Tag::Noun | Tag::Name) && at + 1 < end {
            return true;
        }
        if tag.is_finite() || matches!(text_at(reader, at), "," | ";" | ":" | ".") {
            return false;
        }
    }
    false
}
