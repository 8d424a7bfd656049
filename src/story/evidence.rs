//! What speaks for a speaker, and how often that was right: what “probably” rests on.

use super::{Confidence, Step};
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, AttributionForm, Form, Prose, Quote, Strength};
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
    /// The same with a description.
    InClauseDescription,
    /// `Ruiz called the road “a grave”`: one clause, another cue than of saying.
    InClauseOther,
    /// Another clause or another quotation stands between.
    Across,
    /// The same, with another cue than of saying.
    AcrossOther,
    /// `“…” in May, Ruiz said`: words between a quotation and what closes the sentence.
    BeforeWords,
    /// A colon without another cue.
    Colon,
    /// A cue that may report something else, or a passive.
    WeakCue,
    /// `“…,” Ruiz said. “…”`: the next sentence is a quotation and nothing else.
    GoesOn,
    /// The same where a pronoun or a description speaks.
    GoesOnUnnamed,
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
            Evidence::InClauseOther => "in one clause, other cue",
            Evidence::Across => "across a clause",
            Evidence::AcrossOther => "across a clause, other cue",
            Evidence::BeforeWords => "words between",
            Evidence::Colon => "a colon",
            Evidence::WeakCue => "weak cue",
            Evidence::GoesOn => "goes on",
            Evidence::GoesOnUnnamed => "goes on, no name",
            Evidence::Carried => "carried",
            Evidence::Later => "later",
            Evidence::Neighbour => "neighbour",
        }
    }

    /// How sure that makes the words that name the speaker: high where 99 in 100 were the same speaker on annotated news,
    /// medium from 95 on (`docs/accuracy.md` has the table, `tests/accuracy/run.sh` makes it anew). Below that: "probably".
    pub fn confidence(self) -> Confidence {
        match self {
            Evidence::Given
            | Evidence::Beside
            | Evidence::BesidePronoun
            | Evidence::InClause
            | Evidence::InClausePronoun
            | Evidence::GoesOn => Confidence::High,
            Evidence::InClauseOther | Evidence::Across | Evidence::GoesOnUnnamed => {
                Confidence::Medium
            }
            _ => Confidence::Low,
        }
    }
}

/// What speaks for an attribution as the one of a quotation that its sentence touches.
pub fn in_sentence(text: &str, prose: &Prose, quote: &Quote, found: &Attribution) -> Evidence {
    if found.form == AttributionForm::Colon {
        return Evidence::Colon;
    }
    let is_participle = found.cue.of(text).ends_with("ing");
    // "what Ruiz calls a “safe road”": whose word it is depends on who tells it.
    let is_what = found.source.as_ref().is_some_and(|source| {
        let before = text[..source.span.start()].trim_end();
        before.ends_with("what") || before.ends_with("whom") || before.ends_with("What")
    });
    if found.strength != Strength::Strict
        || is_participle
        || is_what
        || found.lemma == "by its place"
    {
        return Evidence::WeakCue;
    }
    let Some(source) = &found.source else {
        return Evidence::WeakCue;
    };
    let whole = source.span.cover(found.cue);
    let (from, to, follows) = if whole.start() >= quote.span.end() {
        (quote.span.end(), whole.start(), true)
    } else if whole.end() <= quote.span.start() {
        (whole.end(), quote.span.start(), false)
    } else {
        (found.cue.end(), quote.span.start(), false)
    };
    let first = prose.words.partition_point(|word| word.span.start() < from);
    let words = &prose.words[first..];
    let between = &words[..words.partition_point(|word| word.span.start() < to)];
    let is_word = |word: &crate::prose::Word| word.form != Form::Mark;
    if follows && opens_with_clause(text, prose, quote) {
        return Evidence::BeforeWords;
    }
    if !between.iter().any(is_word) {
        return match source.kind {
            NounKind::Pronoun => Evidence::BesidePronoun,
            NounKind::Definite | NounKind::Other => Evidence::BesideDescription,
            _ => Evidence::Beside,
        };
    }
    if follows {
        return Evidence::BeforeWords;
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
    match (crosses, says, &source.kind) {
        (true, true, _) => Evidence::Across,
        (true, false, _) => Evidence::AcrossOther,
        (false, _, NounKind::Definite | NounKind::Other) => Evidence::InClauseDescription,
        (false, false, _) => Evidence::InClauseOther,
        (false, true, NounKind::Pronoun) => Evidence::InClausePronoun,
        (false, true, _) => Evidence::InClause,
    }
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
    let Some(source) = found.source.as_ref().filter(|_| !found.quotes.is_empty()) else {
        return Evidence::Carried;
    };
    let end = prose
        .sentences
        .get(found.sentence)
        .map_or(found.cue.end(), |sentence| sentence.span.end());
    let first = prose.words.partition_point(|word| word.span.start() < end);
    let only_quoted = prose.words[first..]
        .iter()
        .take_while(|word| word.span.start() < quote.span.start())
        .all(|word| word.is_quoted || word.form == Form::Mark);
    match (&source.kind, only_quoted) {
        (_, false) => Evidence::Carried,
        (NounKind::Pronoun | NounKind::Definite | NounKind::Other, _) => Evidence::GoesOnUnnamed,
        _ => Evidence::GoesOn,
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
