//! Cues: the verbs and phrases that say that somebody says something.

use crate::words::{Classes, Verb, VerbForm};

use super::phrase::Reader;
use super::tag::Tag;

/// A verb of the cue lists at its place, with the helpers before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// The first word of the verb group: `have` of "have pointed out".
    pub start: usize,
    /// The verb.
    pub verb: usize,
    /// The word after the group, its particle included.
    pub end: usize,
    /// Its base form.
    pub lemma: &'static str,
    /// Its form.
    pub form: VerbForm,
    /// "was told", "is believed".
    pub is_passive: bool,
    /// "would say", "may announce", "declined to say".
    pub is_unreal: bool,
}

/// The cue whose verb is the word `at`, if it is one; `limit` is the first word of the sentence.
pub(super) fn cue_at(reader: Reader, limit: usize, at: usize) -> Option<Cue> {
    if !reader.has(at, Classes::CUE) || reader.is_capital(at) && at != limit {
        return None;
    }
    let verb = reader
        .verbs(at)
        .iter()
        .find(|verb| fits(reader, at, verb))?;
    if verb.particle.is_none() && is_noun(reader, limit, at, verb) {
        return None;
    }
    let (start, is_passive, is_unreal) = group(reader, limit, at, verb.form);
    let end = at + 1 + usize::from(verb.particle.is_some());
    Some(Cue {
        start,
        verb: at,
        end,
        lemma: verb.lemma,
        form: verb.form,
        is_passive,
        is_unreal,
    })
}

fn fits(reader: Reader, at: usize, verb: &Verb) -> bool {
    verb.particle
        .is_none_or(|particle| reader.is(at + 1, &[particle]))
}

/// Whether the word is a noun here: "the report's claims", "a call", "new details emerged".
fn is_noun(reader: Reader, limit: usize, at: usize, verb: &Verb) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| before >= limit) else {
        return verb.form != VerbForm::Ing && !leads_to_speaker(reader, at, verb);
    };
    let owns = reader.owns(before) && !reader.has(before, Classes::PERSONAL);
    if reader.has(before, Classes::DETERMINER) || owns {
        return true;
    }
    // "a decision they say allowed it", "nine in ten say", "the groups who wrote to her say": no noun has that form.
    let only_verb = matches!(
        verb.lemma,
        "say" | "tell" | "ask" | "argue" | "insist" | "believe"
    );
    if reader.is(before, &["he", "she", "they", "we", "it", "who"])
        || only_verb && reader.tag(at).is_finite()
    {
        return false;
    }
    // "“…,” claims adjuster Dana Ruiz said": a name with its role and its own verb behind it.
    let is_of_role = verb.form == VerbForm::Third
        && !only_verb
        && matches!(reader.sign(before), "”" | "\"" | "’")
        && reader.is_lower(at + 1)
        && reader.tag(at + 1).is_nominal()
        && tells_after(reader, at + 2);
    if is_of_role {
        return true;
    }
    // "state police said", "the battleground states": hardly ever a verb, but where a clause or words in marks follow.
    if verb.lemma == "state" && matches!(verb.form, VerbForm::Base | VerbForm::Third) {
        let follows = match reader.tag(at + 1) {
            Tag::Mark => matches!(reader.sign(at + 1), "“" | "\"" | "‘" | ":"),
            Tag::Opener | Tag::Determiner => reader.tag(at).is_finite(),
            _ => false,
        };
        // "two states that lead" are told of; "the report states that nobody knew" has a clause with its subject.
        let has_clause = reader.is(at + 1, &["that"]) && !reader.tag(at + 2).is_verb();
        return !follows && !has_clause;
    }
    // "There were fears that …"
    let is_named = reader.tag(at) == Tag::Noun
        && matches!(verb.form, VerbForm::Base | VerbForm::Third)
        && reader.has(before, Classes::BE);
    if is_named {
        return true;
    }
    // "his show, “Harbor Hour,”", "the report covering the storm"
    let stands_as_noun = reader.tag(at) == Tag::Noun
        && matches!(verb.form, VerbForm::Base | VerbForm::Third)
        && !only_verb
        && matches!(reader.tag(before), Tag::Noun | Tag::Name | Tag::Adjective)
        && (reader.is(at + 1, &[","])
            || matches!(
                reader.tag(at + 1),
                Tag::Gerund | Tag::Preposition | Tag::Past | Tag::Present | Tag::Modal
            ));
    if stands_as_noun {
        return true;
    }
    let finite = matches!(
        verb.form,
        VerbForm::Past | VerbForm::Participle | VerbForm::Ing
    );
    if finite {
        // "stated aims", "reported losses" after a determiner are caught above; "of said contract" is not news.
        return false;
    }
    let noun_before = reader.has(
        before,
        Classes::PREPOSITION
            .or(Classes::NUMBER)
            .or(Classes::DEMONYM)
            .or(Classes::RANK),
    ) || reader.has(before, Classes::CUE)
        && !reader.has(before, Classes::DOCUMENT.or(Classes::ROLE));
    let verb_after = reader.has(at + 1, Classes::AUXILIARY)
        || (reader.has(at + 1, Classes::CUE) && reader.is_lower(at + 1) && !reader.is_mark(at + 1))
        || (reader.is(at + 1, &["of", "by"])
            && !matches!(
                verb.lemma,
                "say" | "tell" | "write" | "ask" | "warn" | "complain"
            ));
    noun_before || verb_after
}

/// `Said Ana Ruiz, “…”`, `Added the mayor: “…”`: a verb of speech that opens its sentence, and right behind it who speaks.
fn leads_to_speaker(reader: Reader, at: usize, verb: &Verb) -> bool {
    let speaks = matches!(
        verb.lemma,
        "say" | "add" | "write" | "recall" | "reply" | "ask"
    );
    speaks
        && matches!(verb.form, VerbForm::Past | VerbForm::Third)
        && (reader.is_capital(at + 1) || reader.is(at + 1, &["the"]))
}

/// Whether a name and then a verb that says so follow, before anything else does: "Dana Ruiz of Harlan Mutual said".
fn tells_after(reader: Reader, from: usize) -> bool {
    let mut at = from;
    while reader.is_capital(at) || reader.has(at, Classes::PREPOSITION) {
        at += 1;
    }
    at > from
        && reader.is_lower(at)
        && reader.has(at, Classes::CUE_STRICT)
        && reader.tag(at).is_finite()
}

/// Whether a word ends as most adverbs do, and is none of the nouns that end so.
pub(super) fn ends_as_adverb(reader: Reader, at: usize) -> bool {
    reader.of(at).ends_with("ly")
        && reader.tag(at) != Tag::Noun
        && !reader.is(
            at,
            &[
                "ally", "assembly", "daily", "elderly", "family", "monopoly", "monthly", "rally",
                "weekly",
            ],
        )
}

/// Goes back over adverbs and helpers: the start of the group, whether it is passive, whether it is unreal.
fn group(reader: Reader, limit: usize, at: usize, form: VerbForm) -> (usize, bool, bool) {
    let mut start = at;
    let mut is_passive = false;
    let mut is_unreal = matches!(form, VerbForm::Base) && at > limit && reader.is(at - 1, &["to"]);
    while start > limit {
        let before = start - 1;
        let adverb = reader.is_lower(before)
            && (reader.has(before, Classes::ADVERB)
                || ends_as_adverb(reader, before)
                || reader.is(before, &["not", "been", "n't"]));
        let helper = reader.is_lower(before) && reader.has(before, Classes::AUXILIARY);
        if !(adverb || helper) {
            break;
        }
        if reader.has(before, Classes::BE)
            && matches!(form, VerbForm::Past | VerbForm::Participle)
            && !is_passive
        {
            is_passive = true;
        }
        if reader.has(before, Classes::MODAL) && !reader.is(before, &["did", "do", "does"]) {
            is_unreal = true;
        }
        start = before;
    }
    // A trailing adverb without a helper before it belongs to the subject's clause ("Later said" does not).
    (start, is_passive, is_unreal)
}
