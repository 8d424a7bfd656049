//! What people think, want, support or attack, and what they say with a verb or noun that binds no quotation by itself.
//!
//! These attributions are faint: they silence no finding and name no speaker of a quotation. They tell what the story says of
//! its people ("officials fear that …", "criticism of the plan"), for the list of who says what and for the ledger.

use crate::text::span::Span;
use crate::words::Classes;

use super::frame::{self, Fill, Frame};
use super::phrase::{NounKind, NounPhrase, Reader};
use super::tag::Tag;
use super::{Attribution, AttributionForm, Reported, Sentence, Stance, Strength, Word};
use super::{clause, content, phrase, subject};

/// The faint attributions of a block, in order of their cues. `strong` are the others, which come first.
pub(super) fn stances(
    reader: Reader,
    sentences: &[Sentence],
    strong: &[Attribution],
) -> Vec<(Attribution, Reported)> {
    let mut found: Vec<(Attribution, Reported)> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let reports = |word: &Word| !word.is_quoted && word.classes.has(REPORTS);
        let mut asked = reader.those(sentence, reports).peekable();
        if asked.peek().is_none() {
            continue;
        }
        let first = strong.partition_point(|other| other.sentence < index);
        let after = strong.partition_point(|other| other.sentence <= index);
        let finder = Finder {
            reader,
            index,
            limit: sentence.words.start,
            end: end_of(reader, sentence),
            strong: &strong[first..after],
        };
        for at in asked {
            let word = &reader.words[at];
            let is_taken = finder
                .strong
                .iter()
                .any(|other| other.cue.overlaps(word.span))
                || found
                    .last()
                    .is_some_and(|(last, _)| last.cue.overlaps(word.span));
            if is_taken {
                continue;
            }
            let made = finder.verb(at).or_else(|| finder.noun(at));
            found.extend(made.map(|(made, mut content)| {
                content::leave_dateline(reader, sentences, &mut content);
                let mention = content::mention(reader, sentence, &made);
                (made, Reported { content, mention })
            }));
        }
    }
    found
}

const REPORTS: Classes = Classes::CUE_FRAME.or(Classes::CUE_NOUN);

/// The word after the last one that is no final mark.
pub(super) fn end_of(reader: Reader, sentence: &Sentence) -> usize {
    let mut end = sentence.words.end;
    while end > sentence.words.start && matches!(reader.of(end - 1), "." | "?" | "!") {
        end -= 1;
    }
    end
}

/// An attribution, and what it reports.
type Made = (Attribution, Vec<Span>);

struct Finder<'a> {
    reader: Reader<'a>,
    /// The sentence's number, its first word, and the word after its last.
    index: usize,
    limit: usize,
    end: usize,
    strong: &'a [Attribution],
}

impl Finder<'_> {
    fn verb(&self, at: usize) -> Option<Made> {
        let reader = self.reader;
        let tag = reader.tag(at);
        if !tag.is_verb() || !reader.has(at, Classes::CUE_FRAME) {
            return None;
        }
        let is_owned = at > self.limit
            && tag != Tag::Gerund
            && (reader.is_possessive(at - 1) && reader.tag(at - 1) != Tag::PronounVerb
                || reader.tag(at - 1) == Tag::Owner);
        if is_owned || subject::describes(reader, at, self.end) {
            return None;
        }
        let (verb, frame) = reader.verbs(at).iter().find_map(|verb| {
            // "made clear", "made it clear"
            let after = at + 1 + usize::from(verb.lemma == "make" && reader.is(at + 1, &["it"]));
            let fits = verb
                .particle
                .is_none_or(|particle| reader.is(after, &[particle]));
            let frame = frame::of_verb(verb.lemma, verb.particle)?;
            fits.then_some((verb, frame))
        })?;
        let is_it = verb.lemma == "make" && reader.is(at + 1, &["it"]);
        let cue_end = at + 1 + usize::from(verb.particle.is_some()) + usize::from(is_it);
        let group = subject::group(reader, self.limit, at);
        if group.is_passive || tag == Tag::Participle && !group.has_helper {
            return self.passive(verb.lemma, frame, &group, cue_end);
        }
        let source = self.actor(at, &group);
        // "It appears that nobody locked the gate."
        let source = source.filter(|found| {
            !(matches!(verb.lemma, "seem" | "appear")
                && found.span.of(reader.text).eq_ignore_ascii_case("it"))
        });
        let is_data = source
            .as_ref()
            .is_some_and(|source| content::is_document(reader, source));
        let fill = frame::fill(reader, frame, cue_end, self.end, is_data)?;
        if fill.with_subject {
            let subject = source?;
            let made = self.made(group.start..fill.cue_end, verb.lemma, frame.stance, None);
            let content = vec![subject.span, self.content(fill.from, fill.verbs)?];
            return Some((made, content));
        }
        if source
            .as_ref()
            .is_some_and(|source| !may_hold(reader, source))
        {
            return None;
        }
        let is_impersonal = matches!(verb.lemma, "seem" | "appear");
        if source.is_none()
            && !is_impersonal
            && (tag.is_finite() || tag == Tag::Base && !group.is_infinitive)
        {
            return None;
        }
        let start = group.start;
        // "agreed to meet" is a plan, "wants it home" a wish.
        let stance = match (verb.lemma, reader.tag(fill.from)) {
            ("agree", Tag::To) => Stance::Plans,
            ("want", tag) if tag != Tag::To => Stance::Thinks,
            _ => frame.stance,
        };
        let made = self.made(start..fill.cue_end, verb.lemma, stance, source);
        Some((made, vec![self.content(fill.from, fill.verbs)?]))
    }

    /// Who does it: the subject of the verb; for a participle or an infinitive that of the clause before it.
    fn actor(&self, at: usize, group: &subject::Group) -> Option<NounPhrase> {
        let reader = self.reader;
        let before = group
            .start
            .checked_sub(1)
            .filter(|&before| before >= self.limit);
        let tag = reader.tag(at);
        if tag == Tag::Gerund && !group.has_helper || group.is_infinitive {
            return subject::of_participle(reader, self.limit, group.start, self.end);
        }
        let before = before?;
        let coordinated = reader.tag(before) == Tag::Coordinator
            || reader.of(before) == "," && before > self.limit && reader.tag(before - 1).is_verb();
        if coordinated {
            let shared = self.strong.iter().rev().find(|other| {
                other.cue.end() <= reader.words[before].span.start() && !other.is_quoted
            });
            if let Some(shared) = shared.filter(|_| reader.tag(before) == Tag::Coordinator) {
                return shared.source.clone();
            }
            return subject::of_clause(reader, self.limit, group.start);
        }
        subject::over_relative(reader, self.limit, group.start)
            .or_else(|| subject::before(reader, self.limit, group.start))
            .or_else(|| {
                // "Ruiz slammed the plan, called it a farce and left."
                let listed = tag.is_finite() && reader.of(before) == ",";
                listed
                    .then(|| subject::of_clause(reader, self.limit, before))
                    .flatten()
            })
            .or_else(|| phrase::before(reader, self.limit, group.start))
    }

    /// "is expected to", "was criticized by", "accused of".
    fn passive(
        &self,
        lemma: &'static str,
        frame: &'static Frame,
        group: &subject::Group,
        cue_end: usize,
    ) -> Option<Made> {
        let reader = self.reader;
        let subject = match group.is_passive {
            true => subject::before(reader, self.limit, group.start),
            false => None,
        };
        let by = (cue_end..self.end.min(cue_end + 6)).find(|&at| reader.is(at, &["by"]));
        // "a bill opposed by nurses": the noun before it is what is opposed.
        let described = !group.is_passive
            && by == Some(cue_end)
            && !matches!(
                lemma,
                "see" | "hear" | "know" | "view" | "read" | "find" | "think"
            )
            && group.start > self.limit
            && reader.tag(group.start - 1).is_nominal();
        let subject = match described {
            true => subject::before(reader, self.limit, group.start),
            false => subject,
        };
        if let Some(by) = by.filter(|_| group.is_passive || described) {
            let source = phrase::after(reader, by + 1, self.end)
                .filter(|source| may_hold(reader, source))?;
            let after = reader.range(source.span).1;
            let bounds = (self.limit, self.end);
            let made = self.made(group.start..by + 1, lemma, frame.stance, Some(source));
            let content = content::of_passive(reader, bounds, group.start, after, lemma);
            return (!content.is_empty()).then_some((made, content));
        }
        let follows = matches!(reader.tag(cue_end), Tag::To)
            || reader.is(cue_end, &["as"])
            || reader.tag(cue_end) == Tag::Opener && reader.is(cue_end, &["that"])
            || reader.is(cue_end, &["of"]) && matches!(lemma, "accuse" | "suspect")
            || reader.is(cue_end, &["for"])
                && matches!(
                    lemma,
                    "criticize"
                        | "criticise"
                        | "praise"
                        | "condemn"
                        | "denounce"
                        | "mock"
                        | "ridicule"
                        | "blame"
                )
            || matches!(reader.tag(cue_end), Tag::Preposition)
                && matches!(lemma, "ask" | "question" | "tell" | "know" | "charge");
        const OF_NOBODY: &[&str] = &[
            "say",
            "believe",
            "expect",
            "think",
            "report",
            "consider",
            "know",
            "describe",
            "see",
            "view",
            "regard",
            "accuse",
            "suspect",
            "charge",
            "ask",
            "question",
            "tell",
            "call",
            "estimate",
            "project",
            "assume",
            "rumor",
            "quote",
            "identify",
            "label",
            "dub",
            "portray",
            "credit",
            "criticize",
            "criticise",
            "praise",
            "condemn",
            "denounce",
            "hail",
            "mock",
            "ridicule",
            "mention",
            "rate",
            "rank",
            "declare",
            "blame",
            "plan",
            "intend",
            "feel",
            "perceive",
            "deem",
            "name",
        ];
        // "known as" names, it tells nothing.
        let names = lemma == "know" && reader.is(cue_end, &["as"]);
        if !OF_NOBODY.contains(&lemma) || names {
            return None;
        }
        if !group.is_passive {
            return None;
        }
        let complement = matches!(
            lemma,
            "call" | "dub" | "label" | "deem" | "name" | "consider"
        ) && (matches!(reader.tag(cue_end), Tag::Determiner | Tag::Adjective)
            || matches!(
                reader
                    .words
                    .get(cue_end)
                    .map(|word| word.span.of(reader.text)),
                Some("“" | "\"")
            ));
        if !(follows || complement) || cue_end >= self.end {
            return None;
        }
        let subject = subject?;
        let made = self.made(group.start..cue_end, lemma, frame.stance, None);
        let content = vec![
            subject.span,
            self.content(cue_end, usize::from(reader.tag(cue_end) == Tag::Opener))?,
        ];
        Some((made, content))
    }

    /// "concerns that …", "his criticism of …", "is confident that …"
    fn noun(&self, at: usize) -> Option<Made> {
        let reader = self.reader;
        let tag = reader.tag(at);
        let opens = tag == Tag::Name && at == self.limit;
        if !(opens || matches!(tag, Tag::Noun | Tag::Adjective | Tag::Participle))
            || !reader.has(at, Classes::CUE_NOUN)
        {
            return None;
        }
        if reader.is_capital(at) && at != self.limit {
            return None;
        }
        let tag = if tag == Tag::Name { Tag::Noun } else { tag };
        let lower = reader.lower(at);
        let frame = frame::of_noun(&lower)?;
        let direct = frame.after_noun(reader, at + 1, self.end);
        let owned = (tag == Tag::Noun)
            .then(|| self.owner_behind(frame, at))
            .flatten();
        let (behind, fill) = match (owned, direct) {
            (Some((source, fill)), _) => (Some(source), fill),
            (None, fill) => (None, fill.or_else(|| self.told_by_noun(frame, at))?),
        };
        let Fill {
            cue_end,
            from,
            verbs,
            ..
        } = fill;
        let mut start = at;
        while start > self.limit
            && matches!(
                reader.tag(start - 1),
                Tag::Adjective
                    | Tag::Noun
                    | Tag::Adverb
                    | Tag::Determiner
                    | Tag::Number
                    | Tag::Participle
            )
            && reader.is_lower(start - 1)
            && !reader.is_possessive(start - 1)
        {
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|&before| before >= self.limit);
        let from_whom = || {
            reader.is(at + 1, &["of", "from", "by"]).then(|| {
                let to = frame::phrase_end(reader, at + 2, self.end);
                (to > at + 2 && to < from).then(|| phrase::phrase(reader, at + 2..to, self.limit))
            })??
        };
        let source = match behind.or_else(|| {
            (cue_end == at + 1 && from > at + 1)
                .then(from_whom)
                .flatten()
        }) {
            Some(source) => Some((source, None)),
            None => before.and_then(|before| self.holder(before)),
        };
        let cue_start = match &source {
            Some((_, verb)) => verb.unwrap_or(at),
            None => at,
        };
        let source = source.map(|(source, _)| source);
        let cue_end = cue_end.max(at + 1);
        if tag != Tag::Noun && source.is_none() {
            return None;
        }
        if source
            .as_ref()
            .is_some_and(|source| !may_hold(reader, source))
        {
            return None;
        }
        let lemma = frame::noun_name(&lower);
        let made = self.made(cue_start..cue_end, lemma, frame.stance, source);
        Some((made, vec![self.content(from, verbs)?]))
    }

    /// "the conclusion of the judges that …", "calls from nurses for …", "fears among residents that …"
    fn owner_behind(&self, frame: &Frame, at: usize) -> Option<(NounPhrase, Fill)> {
        let reader = self.reader;
        if !reader.is(at + 1, &["of", "by", "from", "among", "in"]) {
            return None;
        }
        let to = frame::phrase_end(reader, at + 2, self.end);
        let to = (at + 3..=to).find(|&to| frame.after_noun(reader, to, self.end).is_some())?;
        let fill = frame.after_noun(reader, to, self.end)?;
        let is_that = reader.tag(fill.from) == Tag::Opener;
        if !is_that && reader.is(at + 1, &["of", "in"]) {
            return None;
        }
        let source = phrase::phrase(reader, at + 2..to, self.limit)?;
        let fill = Fill {
            cue_end: at + 1,
            ..fill
        };
        Some((source, fill))
    }

    /// "The court’s ruling was that …", "The fear is that …"
    fn told_by_noun(&self, frame: &Frame, at: usize) -> Option<Fill> {
        let reader = self.reader;
        // "The message from the council was that …"
        let mut be = match reader.is(at + 1, &["of", "from", "by"]) {
            true => frame::phrase_end(reader, at + 2, self.end),
            false => at + 1,
        };
        while be < self.end && (reader.tag(be) == Tag::Modal || reader.tag(be) == Tag::Adverb) {
            be += 1;
        }
        let is_told = reader.has(be, Classes::BE) && reader.is(be + 1, &["that"]);
        (is_told && frame.takes_that() && be + 2 < self.end).then_some(Fill {
            cue_end: match be == at + 1 {
                true => be + 1,
                false => at + 1,
            },
            from: be + 1,
            verbs: 1,
            with_subject: false,
        })
    }

    /// Whose a noun is: "Ortiz’s claim", "his claim", "she made a pledge", "they are confident"; with the verb's first word.
    fn holder(&self, before: usize) -> Option<(NounPhrase, Option<usize>)> {
        let reader = self.reader;
        if reader.tag(before) == Tag::Owner {
            let found = phrase::phrase(reader, before..before + 1, self.limit)?;
            return Some((found, None));
        }
        if reader.owns(before) {
            let mut start = before - usize::from(reader.is_mark(before));
            while start > self.limit
                && reader.tag(start - 1).is_nominal()
                && !reader.is_possessive(start - 1)
            {
                start -= 1;
            }
            let end = before + usize::from(!reader.is_mark(before));
            let found = phrase::phrase(reader, start..end, self.limit)?;
            return Some((found, None));
        }
        if reader.tag(before).is_verb() || reader.has(before, Classes::AUXILIARY) {
            let group = subject::group(reader, self.limit, before);
            let found = subject::before(reader, self.limit, group.start)
                .or_else(|| subject::of_clause(reader, self.limit, group.start + 1))
                .filter(|found| !found.span.of(reader.text).eq_ignore_ascii_case("there"))?;
            return Some((found, Some(group.start)));
        }
        None
    }

    /// From a word to the end of its clause, which has so many verbs of its own.
    fn content(&self, from: usize, verbs: usize) -> Option<Span> {
        let reader = self.reader;
        let mut from = from;
        while from < self.end && reader.is_mark(from) && !is_opener(reader.of(from)) {
            from += 1;
        }
        let closer = self.strong.iter().filter_map(|other| {
            let closes = matches!(
                other.form,
                AttributionForm::After | AttributionForm::AccordingTo
            );
            let source = other.source.as_ref()?.span;
            let start = reader.range(source.cover(other.cue)).0;
            (closes && start > from).then_some(start)
        });
        let end = closer.min().unwrap_or(self.end).min(self.end);
        let mut to = clause::end(reader, from, end, verbs);
        while to > from
            && reader.is_mark(to - 1)
            && matches!(reader.of(to - 1), "," | ";" | ":" | "—" | "–" | "-" | "(")
        {
            to -= 1;
        }
        (from < to).then(|| reader.cover(from..to))
    }

    fn made(
        &self,
        cue: std::ops::Range<usize>,
        lemma: &'static str,
        stance: Stance,
        source: Option<NounPhrase>,
    ) -> Attribution {
        Attribution {
            cue: self.reader.cover(cue),
            lemma,
            strength: Strength::Faint,
            stance,
            form: AttributionForm::Before,
            source,
            sentence: self.index,
            is_quoted: false,
            is_inner: false,
            quotes: Vec::new(),
            manner: None,
        }
    }
}

fn is_opener(sign: &str) -> bool {
    matches!(sign, "“" | "\"" | "‘" | "«" | "„" | "$")
}

/// Whether a phrase names somebody or something that can think and speak.
pub(super) fn may_hold(reader: Reader, source: &NounPhrase) -> bool {
    source.kind != NounKind::Pronoun || !reader.text[source.span.range()].eq_ignore_ascii_case("it")
}
