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
    let mut allowed = verbs;
    let mut used = 0;
    let mut at = from;
    // The last place where the sentence around it may go on.
    let mut joint: Option<usize> = None;
    let mut in_group = false;
    while at < end {
        let word = &reader.words[at];
        if word.is_quoted {
            at += 1;
            in_group = false;
            continue;
        }
        let tag = word.tag;
        let sign = if tag == Tag::Mark || reader.is_mark(at) {
            reader.of(at)
        } else {
            ""
        };
        match sign {
            ";" if at > from => return at,
            "(" => {
                let close = (at..end).find(|&at| reader.of(at) == ")");
                at = close.map_or(at, |close| close) + 1;
                continue;
            }
            "," | "—" | "–" | "--" if at > from => {
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
            _ => {}
        }
        if tag == Tag::Coordinator && at > from {
            let next = after_adverbs(reader, at + 1, end);
            if reader.tag(next).is_finite() && !reader.words[next].is_quoted {
                let reports = reader.has(next, REPORTS)
                    || reader.has(next + 1, REPORTS) && reader.has(next, Classes::AUXILIARY);
                if !is_clause || used == 0 || reports {
                    return before_comma(reader, at);
                }
                allowed += 1;
            } else if joint != Some(at.wrapping_sub(1)) {
                joint = Some(at);
            }
            in_group = false;
            at += 1;
            continue;
        }
        let opens = matches!(tag, Tag::Opener | Tag::Question) && !(reader.is(at, &["than"]));
        if opens {
            allowed += usize::from(at > from || !is_clause);
            in_group = false;
            at += 1;
            continue;
        }
        // A clause without its "that": "the plan he signed".
        let names_subject = tag == Tag::Name
            && (reader.tag(at + 1).is_finite()
                || reader.tag(at + 1) == Tag::Name && reader.tag(at + 2).is_finite());
        let bare = (matches!(tag, Tag::Pronoun | Tag::PronounVerb) || names_subject)
            && at > from
            && matches!(reader.tag(at - 1), Tag::Noun | Tag::Name)
            && joint.is_none_or(|joint| joint + 1 < at);
        if bare {
            allowed += 1;
        }
        if tag.is_finite() {
            if !in_group {
                used += 1;
                if used > allowed {
                    return outer_subject(reader, from, at, joint);
                }
            }
            in_group = true;
        } else if !(tag.is_verb() || tag == Tag::Adverb) {
            in_group = false;
        }
        // "police believed the man had fled": what is said holds what somebody else says.
        let reports = tag.is_verb()
            && reader.has(at, REPORTS)
            && reader.tag(at + 1) != Tag::Opener
            && super::frame::is_bare_clause(reader, at + 1, end);
        if reports && is_clause {
            allowed += 1;
        }
        at += 1;
    }
    end
}

const REPORTS: Classes = Classes::CUE.or(Classes::CUE_FRAME);

fn after_adverbs(reader: Reader, mut at: usize, end: usize) -> usize {
    while at < end && reader.tag(at) == Tag::Adverb && !reader.words[at].is_quoted {
        at += 1;
    }
    at.min(end.saturating_sub(1))
}

fn before_comma(reader: Reader, at: usize) -> usize {
    match at > 0 && matches!(reader.of(at - 1), "," | "—" | "–" | "--") {
        true => at - 1,
        false => at,
    }
}

/// Whether the reporter goes on after a comma: ", as …", ", saying …", ", but called …".
fn leaves_at_comma(reader: Reader, comma: usize, end: usize, is_clause: bool) -> bool {
    let next = comma + 1;
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
    if reader.is(next, &["amid", "following", "despite"]) {
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
