//! Where a clause ends that begins at a word: before the verb that is one too many for it.

use super::phrase::Reader;
use super::tag::Tag;
use crate::words::Classes;

/// The word after the last one of what begins at `from`, looking no further than `end`.
///
/// `verbs` is how many verbs that tell it may hold of its own: 1 for a clause, 0 for a noun phrase or an infinitive. Every
/// word that opens a clause inside it brings one more. The first verb over that number belongs to the sentence around it
/// ("While Ruiz said the road was safe, | others doubted it"), and so do the subject and the comma before it.
pub(super) fn end(reader: Reader, from: usize, end: usize, verbs: usize) -> usize {
    let is_clause = verbs > 0;
    let cue_tag = (from.saturating_sub(3)..from)
        .rev()
        .map(|at| reader.tag(at))
        .find(|tag| tag.is_verb());
    let mut allowed = verbs;
    let mut used = 0;
    let mut at = from;
    // The last place where the sentence around it may go on.
    let mut joint: Option<usize> = None;
    let mut in_group = false;
    let mut in_quote = false;
    let mut in_passive = false;
    // The last verb that tells.
    let mut told: Option<usize> = None;
    while at < end {
        let word = &reader.words[at];
        if word.is_quoted {
            // Its own verb may stand in quotation marks: "that Ruiz “broke the story”".
            if !in_quote && used < allowed && word.tag.is_finite() {
                used += 1;
                in_quote = true;
            }
            at += 1;
            in_group = false;
            continue;
        }
        in_quote = false;
        // “…,” adding that: the comma stands before the closing mark.
        if closes_with_comma(reader, from, at) {
            let is_whole = !is_clause || used >= allowed;
            if is_whole && leaves_at_comma(reader, at - 1, end, is_clause) {
                return at;
            }
            joint = Some(at - 1);
        }
        let tag = word.tag;
        let sign = if tag == Tag::Mark || reader.is_mark(at) {
            reader.of(at)
        } else {
            ""
        };
        if sign == ";" && at > from {
            return at;
        }
        if sign == "(" {
            let close = (at..end).find(|&at| reader.of(at) == ")");
            at = close.map_or(at, |close| close) + 1;
            continue;
        }
        if at > from && (sign == "," || !sign.is_empty() && reader.is_dash(at)) {
            // While its own verb is still to come, what follows a comma is an aside.
            let is_whole = !is_clause || used >= allowed;
            if is_whole && leaves_at_comma(reader, at, end, is_clause) {
                return at;
            }
            joint = Some(at);
            in_group = false;
            at += 1;
            continue;
        }
        if tag == Tag::Coordinator && at > from {
            let next = after_adverbs(reader, at + 1, end);
            // "…, and he added that": the next one says.
            let said = after_adverbs(reader, at + 2, end);
            let says_next = joint == Some(at - 1)
                && used > 0
                && reader.tag(at + 1) == Tag::Pronoun
                && !reader.is(at + 1, &["it", "there"])
                && reader.tag(said).is_finite()
                && super::frame::says(reader, said);
            if says_next {
                return before_comma(reader, at);
            }
            let reports = reader.has(next, REPORTS) && !reader.words[next].is_quoted;
            if reader.tag(next).is_finite() && !reader.words[next].is_quoted {
                // "and called for a vote": what somebody says goes with the cue, what he wants may be what is said.
                let verb = next + usize::from(reader.has(next, Classes::AUXILIARY));
                let says = !reader.is(at, &["or"]) && super::frame::says(reader, verb);
                if !is_clause || used == 0 || says {
                    return before_comma(reader, at);
                }
                allowed += 1;
            } else if is_clause
                && used > 0
                && reports
                && reader.tag(next) == Tag::Participle
                && !in_passive
                && super::frame::reports_at(reader, next, end)
            {
                return before_comma(reader, at);
            } else if reports && reader.tag(next) == Tag::Gerund && cue_tag == Some(Tag::Gerund) {
                // "saying that it was late and calling for a vote": the second goes with the first.
                return before_comma(reader, at);
            } else if joint != Some(at.wrapping_sub(1)) {
                joint = Some(at);
            }
            in_group = false;
            at += 1;
            continue;
        }
        // "on Monday before claiming that …": the reporter goes on.
        let leaves = at > from
            && reader.tag(at + 1) == Tag::Gerund
            && (reader.is(at, &["before", "after", "while", "when"])
                || !is_clause && reader.is(at, &["by"]))
            && reader.has(at + 1, REPORTS)
            && !reader.words[at + 1].is_quoted
            || at > from && circumstance_reports(reader, at, end);
        let condition = at > from && reader.is(at, &["on"]) && {
            let noun = at + 1 + usize::from(reader.is(at + 1, &["the"]));
            reader.is(noun, &["condition"]) && reader.is(noun + 1, &["of"])
        };
        if condition {
            return at - usize::from(reader.is(at - 1, &["only"]));
        }
        if leaves && (!is_clause || used >= allowed) {
            return before_comma(reader, at);
        }
        let opens = matches!(tag, Tag::Opener | Tag::Question) && !(reader.is(at, &["than"]));
        if opens {
            allowed += usize::from(at > from || !is_clause);
            in_group = false;
            at += 1;
            continue;
        }
        let start = joint.map_or(from, |joint| joint + 1);
        if opens_circumstance(reader, at, end)
            && at > from
            && (used > 0 || at == start || !is_clause)
        {
            allowed += 1;
            in_group = false;
            at += 1;
            continue;
        }
        if is_contact_clause(reader, at, start, used < allowed) && at > from {
            allowed += 1;
        }
        if tag.is_verb() {
            in_passive = tag == Tag::Participle;
        }
        if tag.is_finite() {
            if !in_group {
                used += 1;
                if used > allowed && is_reduced(reader, at, joint) {
                    used -= 1;
                }
                if used > allowed && told.is_some_and(|verb| is_reduced(reader, verb, joint)) {
                    used -= 1;
                }
                if used > allowed {
                    return outer_subject(reader, from, at, joint);
                }
                told = Some(at);
            }
            in_group = true;
        } else if !(tag.is_verb() || tag == Tag::Adverb) {
            in_group = false;
        }
        // "police believed the man had fled": what is said holds what somebody else says.
        let reports = tag.is_verb()
            && reader.has(at, REPORTS)
            && reader.tag(at + 1) != Tag::Opener
            && (super::frame::is_bare_clause(reader, at + 1, end)
                || reader.is(at, &["told", "tell", "tells", "telling"])
                    && super::frame::is_bare_clause(reader, at + 2, end));
        if reports && is_clause {
            allowed += 1;
        }
        at += 1;
    }
    end
}

const REPORTS: Classes = Classes::CUE.or(Classes::CUE_FRAME);

/// "even as he alluded to", "when she said": what somebody says meanwhile.
fn circumstance_reports(reader: Reader, at: usize, end: usize) -> bool {
    if !(at + 1..at + 3).any(|subject| reader.tag(subject) == Tag::Pronoun) {
        return false;
    }
    let opener = at + usize::from(reader.is(at, &["even", "just", "only"]));
    let subject = opener + 1;
    let verb = after_adverbs(reader, subject + 1, end);
    reader.is(
        opener,
        &[
            "as", "when", "while", "after", "before", "though", "although",
        ],
    ) && reader.tag(subject) == Tag::Pronoun
        && !reader.is(subject, &["it", "there"])
        && reader.tag(verb).is_finite()
        && reader.has(verb, REPORTS)
        && !reader.words[verb].is_quoted
}

/// Whether the quotation before `at` ends in a comma.
fn closes_with_comma(reader: Reader, from: usize, at: usize) -> bool {
    if !reader.words[at.saturating_sub(2)..at]
        .iter()
        .any(|word| word.is_quoted)
    {
        return false;
    }
    let last = |back: usize| at.checked_sub(back).filter(|&last| last > from);
    let is_mark =
        last(1).is_some_and(|last| matches!(reader.of(last), "”" | "\"" | "’" | "»" | "'"));
    let comma = last(1 + usize::from(is_mark));
    comma.is_some_and(|comma| reader.of(comma) == "," && reader.words[comma].is_quoted)
}

/// "as the vote nears", "before the road was closed": a preposition by its looks, with a clause behind it.
fn opens_circumstance(reader: Reader, at: usize, end: usize) -> bool {
    const OPENERS: &[&str] = &[
        "as", "after", "before", "since", "until", "till", "once", "like", "because", "though",
        "although", "while", "unless", "lest",
    ];
    matches!(reader.tag(at), Tag::Preposition | Tag::Adverb)
        && reader.is(at, OPENERS)
        && super::frame::is_bare_clause(reader, at + 1, end)
}

/// A clause without its "that", right behind a noun: "the plan he signed", "the plan the mayor signed".
///
/// `start` is where the part of the sentence begins; `is_open` says whether its own verb is still to come.
fn is_contact_clause(reader: Reader, at: usize, start: usize, is_open: bool) -> bool {
    let tag = reader.tag(at);
    let is_pronoun = matches!(tag, Tag::Pronoun | Tag::PronounVerb);
    // Most words begin none.
    if !is_pronoun && !matches!(tag, Tag::Name | Tag::Determiner | Tag::Owner) {
        return false;
    }
    let Some(before) = at.checked_sub(1).filter(|&before| before >= start) else {
        return false;
    };
    let is_day = reader.has(
        before,
        Classes::WEEKDAY
            .or(Classes::DAY)
            .or(Classes::MONTH)
            .or(Classes::PERIOD),
    ) || reader.words[before].form == super::Form::Number;
    if is_day || !matches!(reader.tag(before), Tag::Noun | Tag::Name) {
        return false;
    }
    // "In the interview he …", "…, at the rally she …": a circumstance, and then the subject.
    let between = start..at;
    let told = between.clone().any(|at| reader.tag(at).is_finite());
    let opens = matches!(
        reader.tag(start),
        Tag::Opener | Tag::Question | Tag::Coordinator
    );
    let is_fronted = !told && reader.tag(start + usize::from(opens)) == Tag::Preposition;
    if is_fronted {
        return false;
    }
    if is_pronoun {
        return true;
    }
    let is_common = reader.tag(before) == Tag::Noun
        && reader.is_lower(before)
        && !reader.has(before, Classes::ROLE.or(Classes::RANK));
    // "…, campaign manager Ruiz said": after a comma a subject, not a clause.
    if !is_common || !told && !is_open && start > 0 && is_separator(reader, start - 1) {
        return false;
    }
    let verb = match tag {
        Tag::Name => (at + 1..at + 3).find(|&at| reader.tag(at) != Tag::Name),
        Tag::Determiner | Tag::Owner => (at + 1..at + 5).find(|&at| !reader.tag(at).is_nominal()),
        _ => None,
    };
    verb.is_some_and(|verb| reader.tag(verb).is_finite() && !reader.words[verb].is_quoted)
}

fn is_separator(reader: Reader, at: usize) -> bool {
    reader.is_mark(at) && (reader.of(at) == "," || reader.is_dash(at))
}

fn after_adverbs(reader: Reader, mut at: usize, end: usize) -> usize {
    while at < end && reader.tag(at) == Tag::Adverb && !reader.words[at].is_quoted {
        at += 1;
    }
    at.min(end.saturating_sub(1))
}

fn before_comma(reader: Reader, at: usize) -> usize {
    match at > 0 && is_separator(reader, at - 1) {
        true => at - 1,
        false => at,
    }
}

/// Whether the reporter goes on after a comma: ", as …", ", saying …", ", but called …".
fn leaves_at_comma(reader: Reader, comma: usize, end: usize, is_clause: bool) -> bool {
    // “…,” saying: over the closing mark.
    let closes = comma + 1 < end
        && matches!(reader.of(comma + 1), "”" | "\"" | "’" | "'")
        && reader.words[comma].span.end() == reader.words[comma + 1].span.start();
    let next = comma + 1 + usize::from(closes);
    if next >= end || reader.words[next].is_quoted {
        return false;
    }
    let tag = reader.tag(next);
    let tells = || {
        reader.words[next..end]
            .iter()
            .take(14)
            .any(|word| word.tag.is_finite())
    };
    if reader.is(next, &["amid", "following", "despite", "compared"])
        || is_comment(reader, next, end)
    {
        return true;
    }
    if reader.is(
        next,
        &["as", "after", "while", "when", "although", "though", "even"],
    ) {
        return tells();
    }
    if !is_clause && reader.is(next, &["because", "which", "who", "but", "with"]) {
        return true;
    }
    let gerund = tag == Tag::Gerund && (reader.has(next, REPORTS) || !is_clause);
    let participle = tag == Tag::Participle && !is_clause;
    let adverb_gerund =
        tag == Tag::Adverb && reader.tag(next + 1) == Tag::Gerund && reader.has(next + 1, REPORTS);
    gerund || participle || adverb_gerund
}

/// "a move that stunned her party", "hours after a coup": what the reporter says of it.
fn is_comment(reader: Reader, from: usize, end: usize) -> bool {
    const COMMENTS: &[&str] = &[
        "move",
        "step",
        "decision",
        "shift",
        "blow",
        "departure",
        "reversal",
        "turn",
        "setback",
        "sign",
        "reference",
        "nod",
        "gesture",
        "remark",
        "comment",
        "development",
        "surprise",
    ];
    const TIMES: &[&str] = &[
        "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year",
        "years", "shortly", "soon", "moments",
    ];
    let to = end.min(from + 5);
    let article = reader.is(from, &["a", "an"]);
    (from..to).any(|at| {
        let follows = |words: &[&str]| at + 1 < end && reader.is(at + 1, words);
        article && reader.is(at, COMMENTS) && follows(&["that", "which", "to", "in", "for", "as"])
            || reader.is(at, TIMES) && follows(&["after", "before"])
    })
}

/// "the ferry built in Leith | can", "the letter, posted in May, | was": a participle that looks like a verb that tells.
fn is_reduced(reader: Reader, verb: usize, joint: Option<usize>) -> bool {
    if reader.tag(verb) != Tag::Past || verb == 0 || reader.has(verb, Classes::AUXILIARY) {
        return false;
    }
    let in_aside = is_separator(reader, verb - 1) && joint.is_some_and(|joint| joint > verb);
    let behind_noun = reader.tag(verb - 1) == Tag::Noun && joint.is_none_or(|joint| joint < verb);
    (in_aside || behind_noun) && reader.tag(verb + 1) == Tag::Preposition
}

/// Where the subject begins whose verb at `verb` is one too many.
fn outer_subject(reader: Reader, from: usize, verb: usize, joint: Option<usize>) -> usize {
    let mut start = verb;
    while start > from + 1
        && (reader.tag(start - 1) == Tag::Adverb || reader.has(start - 1, Classes::AUXILIARY))
        && !reader.words[start - 1].is_quoted
    {
        start -= 1;
    }
    match joint {
        Some(joint) if joint > from => {
            let between = &reader.words[joint + 1..start];
            let is_subject = between.iter().all(|word| !word.tag.is_finite());
            if is_subject {
                before_comma(reader, joint).max(from)
            } else {
                start
            }
        }
        _ => start,
    }
}
