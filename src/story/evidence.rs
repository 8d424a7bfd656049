//! What speaks for a speaker, and how often that was right: what “probably” rests on.

use super::{Confidence, Step};
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, AttributionForm, Form, Prose, Quote, Stance, Strength, Word};
use crate::text::span::Span;
use crate::words::Classes;

/// What speaks for the speaker of a quotation, from the words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// A mark of the reporter's, or a credit line.
    Given,
    /// `“…,” Ruiz said`, `Ruiz said, “…”`: nothing but marks between, and a name or a group.
    Beside,
    /// The same with a pronoun.
    BesidePronoun,
    /// The same with a description: `the mayor said`.
    BesideDescription,
    /// `Ruiz said the road was “a grave”`: one clause, a cue of saying, a name or a group.
    InClause,
    /// The same with a pronoun.
    InClausePronoun,
    /// The same with a description that points at somebody: `the mayor said`.
    InClauseDescription,
    /// The same with any other: `a third of the voters said`, which a poll may have found.
    InClauseIndefinite,
    /// `Ruiz called the road “a grave”`: one clause, another cue than of saying.
    InClauseOther,
    /// Another clause or another quotation stands between.
    Across,
    /// The same, with another cue than of saying.
    AcrossOther,
    /// `Ruiz told the hall that Velk, who had called it “a grave,” …`: between them somebody else may have begun to speak.
    AcrossSubject,
    /// `when Ruiz called the road “a grave”`: the cue stands in a clause inside another, or its source behind a preposition.
    Inside,
    /// The same with a cue of saying, or with nothing but marks between, by a name or a pronoun; and nobody else speaks in the
    /// paragraph.
    InsideAlone,
    /// `the ad, which Ruiz called “a lie”`: a clause that tells whose word it is.
    Relative,
    /// `Ruiz said the road, which is old, was shut, calling it “a grave”`: the words between name others, but an earlier cue of
    /// the sentence is the same speaker's, and none is anybody else's.
    SaidTwice,
    /// `“…,” the hall echoed`: whatever verb stands right behind a quotation with the comma of speech.
    ByPlace,
    /// `Ruiz characterized the road as “a grave”`: in the main clause a cue that only the longer list has, by a name or a pronoun.
    BroadCue,
    /// `Ruiz left early, calling the road “a grave”`: whoever the sentence is about, and nobody else before the cue.
    Participle,
    /// A participle behind words that may be what it tells of: `Ruiz left the hall that Velk runs, calling the road “a grave”`.
    LooseParticiple,
    /// `“…” in May, Ruiz said`: words between a quotation and what closes the sentence.
    BeforeWords,
    /// `The road was “a grave” in May, Ruiz said`: a comma before whoever closes the sentence.
    BeforeComma,
    /// A colon without another cue.
    Colon,
    /// `Ruiz went on:` at the end of the paragraph before, and nobody else speaks in that sentence.
    Introduced,
    /// A cue that may report something else, or a passive.
    WeakCue,
    /// `“…,” Ruiz said. “…”`: the next sentence is a quotation and nothing else.
    GoesOn,
    /// The same where a pronoun or a description speaks.
    GoesOnUnnamed,
    /// `“…,” Ruiz said. The hall was cold. “…”`: the next quotation, behind words of the reporter's without a cue.
    GoesOnLater,
    /// `Ruiz said too many were late. “…”`: the sentence before reports what somebody says, and nobody else speaks in the paragraph.
    AfterReport,
    /// An attribution earlier in the paragraph carries on over other words.
    Carried,
    /// An attribution later in the paragraph.
    Later,
    /// A neighbouring paragraph.
    Neighbour,
}

impl Evidence {
    /// Its name in output, and in the table of `docs/accuracy.md`.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Given => "given",
            Evidence::Beside => "beside",
            Evidence::BesidePronoun => "beside, pronoun",
            Evidence::BesideDescription => "beside, description",
            Evidence::InClause => "in one clause",
            Evidence::InClausePronoun => "in one clause, pronoun",
            Evidence::InClauseDescription => "in one clause, description",
            Evidence::InClauseIndefinite => "in one clause, indefinite",
            Evidence::InClauseOther => "in one clause, other cue",
            Evidence::Across => "across a clause",
            Evidence::AcrossOther => "across a clause, other cue",
            Evidence::AcrossSubject => "across another subject",
            Evidence::Inside => "in an inner clause",
            Evidence::InsideAlone => "in an inner clause, nobody else speaks",
            Evidence::Relative => "in a relative clause",
            Evidence::SaidTwice => "two cues of one speaker",
            Evidence::ByPlace => "beside, any verb",
            Evidence::BroadCue => "a cue of the longer list",
            Evidence::Participle => "a participle",
            Evidence::LooseParticiple => "a loose participle",
            Evidence::BeforeWords => "words between",
            Evidence::BeforeComma => "words and a comma between",
            Evidence::Colon => "a colon",
            Evidence::Introduced => "introduced",
            Evidence::WeakCue => "weak cue",
            Evidence::GoesOn => "goes on",
            Evidence::GoesOnUnnamed => "goes on, no name",
            Evidence::GoesOnLater => "goes on behind other words",
            Evidence::AfterReport => "after a report",
            Evidence::Carried => "carried",
            Evidence::Later => "later",
            Evidence::Neighbour => "neighbour",
        }
    }

    /// How sure that makes the words that name the speaker: high where 99 in 100 were the same speaker on annotated news,
    /// medium from 93 on (`docs/accuracy.md` has the table, `tests/accuracy/run.sh` makes it anew). Below that: "probably".
    pub fn confidence(self) -> Confidence {
        match self {
            Evidence::Given
            | Evidence::Beside
            | Evidence::BesidePronoun
            | Evidence::InClause
            | Evidence::InClausePronoun
            | Evidence::GoesOn => Confidence::High,
            Evidence::BesideDescription
            | Evidence::InClauseDescription
            | Evidence::InClauseOther
            | Evidence::Across
            | Evidence::AcrossOther
            | Evidence::InsideAlone
            | Evidence::Relative
            | Evidence::SaidTwice
            | Evidence::ByPlace
            | Evidence::Introduced
            | Evidence::BroadCue
            | Evidence::Participle
            | Evidence::BeforeComma
            | Evidence::GoesOnUnnamed
            | Evidence::GoesOnLater
            | Evidence::AfterReport => Confidence::Medium,
            _ => Confidence::Low,
        }
    }
}

/// What speaks for an attribution as the one of a quotation that its sentence touches.
pub fn in_sentence(text: &str, prose: &Prose, quote: &Quote, found: &Attribution) -> Evidence {
    if found.form == AttributionForm::Colon {
        return match is_signed_before(text, prose, found) {
            true => Evidence::Beside,
            false => Evidence::Colon,
        };
    }
    let Some(source) = &found.source else {
        return Evidence::WeakCue;
    };
    // "what Ruiz calls a “safe road”": whose word it is depends on who tells it.
    let before = text[..source.span.start()].trim_end();
    let is_what = ["what", "whom", "What"]
        .iter()
        .any(|word| before.ends_with(word) || source.span.of(text).starts_with(word));
    let is_named = !matches!(source.kind, NounKind::Definite | NounKind::Other);
    if is_what {
        return Evidence::WeakCue;
    }
    let is_right_behind =
        text.get(quote.span.end()..source.span.cover(found.cue).start()) == Some(" ");
    if found.lemma == "by its place" {
        return match is_right_behind {
            true => Evidence::ByPlace,
            false => Evidence::WeakCue,
        };
    }
    let whole = source.span.cover(found.cue);
    let words = |from: usize, to: usize| {
        let first = prose.words.partition_point(|word| word.span.start() < from);
        let words = &prose.words[first..];
        &words[..words.partition_point(|word| word.span.start() < to)]
    };
    let is_word = |word: &Word| word.form != Form::Mark;
    let leads_sentence = is_main(text, prose, found, whole);
    if found.strength != Strength::Strict {
        // “…,” Ruiz assured them.
        let is_speech = closes_with_mark(text, quote) && opens_sentence(prose, quote);
        if is_right_behind && found.stance == Stance::Says && is_speech {
            return Evidence::ByPlace;
        }
        // What a document shows nobody says.
        let shows = ["show", "reflect", "indicate", "suggest", "reveal"].contains(&found.lemma);
        let is_main = leads_sentence && found.stance == Stance::Says && !shows;
        return match is_main && is_named && whole.end() <= quote.span.start() {
            true => Evidence::BroadCue,
            false => Evidence::WeakCue,
        };
    }
    if found.cue.of(text).ends_with("ing") {
        let between = words(source.span.end(), found.cue.start());
        let is_plain = |word: &Word| word.is_quoted || !is_crossing(word.span.of(text));
        // "footage of Ortiz asking": without a comma or "by" it is told of the noun before it.
        let follows_noun = between.last().is_some_and(|word| {
            let links = Classes::PREPOSITION
                .or(Classes::CONJUNCTION)
                .or(Classes::AUXILIARY);
            is_word(word) && !word.classes.has(links) && !word.tag.is_verb()
        });
        if whole.end() > quote.span.start() {
            return Evidence::WeakCue;
        }
        return match leads_sentence && !follows_noun && between.iter().all(is_plain) {
            true => Evidence::Participle,
            false => Evidence::LooseParticiple,
        };
    }
    // No word stands between them.
    let beside = match source.kind {
        NounKind::Pronoun => Evidence::BesidePronoun,
        NounKind::Definite | NounKind::Other => Evidence::BesideDescription,
        _ => Evidence::Beside,
    };
    if whole.start() >= quote.span.end() {
        let between = words(quote.span.end(), whole.start());
        if opens_with_clause(text, prose, quote) {
            return Evidence::BeforeWords;
        }
        // "because of “poison pills” Ruiz said": a word of the sentence, not what she said.
        if between.is_empty() && !closes_with_mark(text, quote) && !opens_sentence(prose, quote) {
            return Evidence::WeakCue;
        }
        if !between.iter().any(is_word) {
            return beside;
        }
        let is_comma = between.last().is_some_and(|word| word.span.of(text) == ",");
        return match is_comma {
            true => Evidence::BeforeComma,
            false => Evidence::BeforeWords,
        };
    }
    let from = match whole.end() <= quote.span.start() {
        true => whole.end(),
        false => found.cue.end(),
    };
    let between = words(from, quote.span.start());
    let has_words = between.iter().any(is_word);
    if leads_sentence && !has_words {
        return beside;
    }
    let crosses = between.iter().any(|word| {
        let sign = word.span.of(text);
        matches!(sign, ";" | "“" | "”" | "\"" | "»" | "«")
            || word.is_quoted
            || is_crossing(sign)
            || word.classes.has(Classes::CUE_STRICT) && word.tag.is_verb()
    });
    let says = matches!(
        found.lemma,
        "say" | "tell" | "add" | "write" | "according to" | "tweet" | "explain" | "argue"
    );
    if !leads_sentence {
        // "I hope in 2027 Norland says": the name may be the preposition's.
        let last = before.rsplit(' ').next().unwrap_or_default();
        let is_object_of = [
            "in", "of", "by", "for", "with", "at", "on", "from", "to", "about",
        ];
        let is_which = is_named && last == "which";
        if is_which && is_object(text, prose, quote, found, source.span) {
            return Evidence::Relative;
        }
        // "As Ruiz put it, “…”"
        if last.eq_ignore_ascii_case("as") && !has_words && is_named {
            return beside;
        }
        let is_named = is_named && !is_object_of.contains(&last);
        return match is_named && (!has_words || says && !crosses) {
            true => Evidence::InsideAlone,
            false => Evidence::Inside,
        };
    }
    let is_other = |word: &Word| !word.is_quoted && is_subject(word.span.of(text), says);
    match (crosses, says, &source.kind) {
        (true, _, _) if between.iter().any(is_other) => Evidence::AcrossSubject,
        (true, true, _) => Evidence::Across,
        (true, false, _) => Evidence::AcrossOther,
        (false, _, NounKind::Definite) => Evidence::InClauseDescription,
        (false, _, NounKind::Other) => Evidence::InClauseIndefinite,
        (false, false, _) => Evidence::InClauseOther,
        (false, true, NounKind::Pronoun) => Evidence::InClausePronoun,
        (false, true, _) => Evidence::InClause,
    }
}

/// Whether a cue stands right behind its source, and hardly a word between it and words in marks that it tells of: "the ad, which Ruiz
/// described as “a lie”". "Which we call" and "which some call" are nobody's.
fn is_object(text: &str, prose: &Prose, quote: &Quote, found: &Attribution, source: Span) -> bool {
    let words = source.of(text);
    let is_nobody = ["we", "you", "i", "some", "many"];
    let is_somebody = !is_nobody.iter().any(|one| words.eq_ignore_ascii_case(one));
    let from = prose
        .words
        .partition_point(|word| word.span.start() < found.cue.end());
    let between = prose.words[from..]
        .iter()
        .take_while(|word| word.span.start() < quote.span.start());
    let is_near =
        between.clone().count() <= 2 && between.clone().all(|word| word.form != Form::Mark);
    is_somebody
        && found.strength == Strength::Strict
        && source.end() <= found.cue.start()
        && found.cue.end() <= quote.span.start()
        && is_near
}

/// `Dana Ruiz: “…”`, `The road — Dana Ruiz: “…”`: a full name and a colon, and nothing else but a heading.
fn is_signed_before(text: &str, prose: &Prose, found: &Attribution) -> bool {
    let Some(source) = &found.source else {
        return false;
    };
    let is_name = source.kind == NounKind::Person
        && source.name == Some(source.span)
        && source.span.of(text).contains(' ');
    let before = text[..source.span.start()].trim_end();
    let opens = prose
        .sentences
        .get(found.sentence)
        .is_some_and(|sentence| sentence.span.start() == source.span.start());
    let is_signed = opens || before.ends_with(['—', '–', '-']);
    is_name && is_signed && source.span.end() == found.cue.start() && found.cue.of(text) == ":"
}

/// Whether an attribution stands in the main clause of its sentence.
pub fn leads_sentence(text: &str, prose: &Prose, found: &Attribution) -> bool {
    let source = found.source.as_ref();
    source.is_some_and(|source| is_main(text, prose, found, source.span.cover(found.cue)))
}

/// Whether an attribution stands in the main clause of its sentence: nothing but a mark or "and" stands before it.
fn is_main(text: &str, prose: &Prose, found: &Attribution, whole: Span) -> bool {
    let Some(sentence) = prose.sentences.get(found.sentence) else {
        return false;
    };
    let words = &prose.words[sentence.words.clone()];
    let before = &words[..words.partition_point(|word| word.span.start() < whole.start())];
    before.last().is_none_or(|word| {
        let joins = ["and", "but", "or", "yet", "then"];
        let is = |one: &&str| word.span.of(text).eq_ignore_ascii_case(one);
        word.form == Form::Mark || joins.iter().any(is)
    })
}

/// Whether the words of a quotation end with a comma, a full stop or another mark.
fn closes_with_mark(text: &str, quote: &Quote) -> bool {
    let last = quote.inner.of(text).trim_end().chars().next_back();
    last.is_some_and(|last| !last.is_alphanumeric())
}

/// Whether no word stands before a quotation in its sentence.
fn opens_sentence(prose: &Prose, quote: &Quote) -> bool {
    let sentence = prose.sentences.get(quote.sentence);
    sentence.is_some_and(|sentence| sentence.span.start() >= quote.span.start())
}

/// Whether the quotation stands in a clause that opens its sentence: "When the vote was “late,” Ruiz said …".
fn opens_with_clause(text: &str, prose: &Prose, quote: &Quote) -> bool {
    let Some(sentence) = prose.sentences.get(quote.sentence) else {
        return false;
    };
    let mut words = prose.words[sentence.words.clone()].iter();
    words.next().is_some_and(|first| {
        let word = first.span.of(text);
        let opens = [
            "when", "while", "after", "as", "although", "though", "if", "even", "before",
        ];
        opens.iter().any(|one| word.eq_ignore_ascii_case(one))
            && first.span.end() <= quote.span.start()
    })
}

/// A word that may be who speaks or acts from there on. Behind "said", "he" is nearly always the one who said it.
fn is_subject(word: &str, says: bool) -> bool {
    let is_one_of = |words: &[&str]| words.iter().any(|one| word.eq_ignore_ascii_case(one));
    is_one_of(&["who", "which", "whose"])
        || !says && is_one_of(&["he", "she", "they", "it", "we", "i", "you"])
}

/// A word with which somebody else may begin to speak.
fn is_crossing(word: &str) -> bool {
    [
        "who", "which", "whom", "whose", "what", "while", "after", "because", "when", "if",
        "before", "although", "though", "but", "as",
    ]
    .iter()
    .any(|one| word.eq_ignore_ascii_case(one))
}

/// What speaks for an attribution of an earlier sentence as that of a quotation that stands alone in its own.
pub fn earlier(prose: &Prose, quote: &Quote, found: &Attribution) -> Evidence {
    let Some(source) = &found.source else {
        return Evidence::Carried;
    };
    let between = found.cue.end()..quote.span.start();
    let is_cue = |one: &Attribution| !one.is_quoted && between.contains(&one.cue.start());
    let has_cue = || prose.attributions.iter().any(is_cue);
    let is_unnamed = matches!(
        source.kind,
        NounKind::Pronoun | NounKind::Definite | NounKind::Other
    );
    if found.quotes.is_empty() {
        let is_named = !is_unnamed || source.kind == NounKind::Pronoun;
        let is_next = found.sentence + 1 == quote.sentence;
        let is_report = is_named && is_next && found.form != AttributionForm::Colon;
        return match is_report && !has_cue() {
            true => Evidence::AfterReport,
            false => Evidence::Carried,
        };
    }
    let end = prose
        .sentences
        .get(found.sentence)
        .map_or(found.cue.end(), |sentence| sentence.span.end());
    let first = prose.words.partition_point(|word| word.span.start() < end);
    let only_quoted = prose.words[first..]
        .iter()
        .take_while(|word| word.span.start() < quote.span.start())
        .all(|word| word.is_quoted || word.form == Form::Mark);
    match (only_quoted, is_unnamed) {
        (true, true) => Evidence::GoesOnUnnamed,
        (true, false) => Evidence::GoesOn,
        (false, _) if has_cue() => Evidence::Carried,
        (false, _) => Evidence::GoesOnLater,
    }
}

/// What speaks for an attribution of a later sentence: `“We had no warning.” Ruiz said.`
pub fn later(text: &str, quote: &Quote, found: &Attribution) -> Evidence {
    let Some(source) = &found.source else {
        return Evidence::Later;
    };
    let start = source.span.cover(found.cue).start();
    let is_beside = found.form == AttributionForm::After
        && start >= quote.span.end()
        && text[quote.span.end()..start].trim().is_empty();
    match (&source.kind, is_beside) {
        (_, false) => Evidence::Later,
        (NounKind::Pronoun, _) => Evidence::BesidePronoun,
        (NounKind::Definite | NounKind::Other, _) => Evidence::BesideDescription,
        _ => Evidence::Beside,
    }
}

/// What a step outside the sentence is worth.
pub fn of_step(step: Step) -> Evidence {
    match step {
        Step::Mark | Step::Credit => Evidence::Given,
        Step::LaterInParagraph => Evidence::Later,
        Step::ParagraphBefore | Step::ParagraphAfter | Step::Introduced => Evidence::Neighbour,
        Step::SameSentence | Step::Between | Step::EarlierInParagraph | Step::Running => {
            Evidence::Carried
        }
    }
}
