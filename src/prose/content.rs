//! What an attribution reports outside quotation marks: where it begins, and where the reporter's own voice sets in again.

use crate::text::span::Span;
use crate::words::Classes;

use super::clause;
use super::frame::{self, Frame};
use super::phrase::{NounKind, Reader};
use super::tag::Tag;
use super::{Attribution, AttributionForm, Sentence, Strength};

/// Fills in the content of every attribution of a block.
pub(super) fn contents(reader: Reader, sentences: &[Sentence], found: &mut [Attribution]) {
    for index in 0..found.len() {
        let sentence = &sentences[found[index].sentence];
        let finder = Finder::new(reader, sentence, found, index);
        let content = finder.content();
        let mention = mention(reader, sentence, &found[index]);
        found[index].content = content;
        found[index].mention = mention;
    }
}

/// The words that name the source, from its first one to the cue, or to where its appositive ends.
pub(super) fn mention(reader: Reader, sentence: &Sentence, it: &Attribution) -> Option<Span> {
    let source = it.source.as_ref()?.span;
    let (first, last) = reader.range(source);
    let (cue, _) = reader.range(it.cue);
    let (mut from, mut to) = (first, last);
    if last <= cue {
        let between = &reader.words[last..cue];
        let is_aside = between.len() < 40
            && between.iter().all(|word| !word.is_quoted)
            && between.first().is_some_and(|word| {
                matches!(word.span.of(reader.text), "," | "(" | "—" | "–" | "--")
                    || word.tag == Tag::Question
                    || word.tag == Tag::Preposition
            });
        if is_aside {
            to = cue;
        }
    } else if matches!(
        it.form,
        AttributionForm::After | AttributionForm::AccordingTo
    ) {
        to = aside_end(reader, last, sentence.words.end);
    }
    while to > last
        && (reader.is_mark(to - 1) && reader.of(to - 1) != ")"
            || reader.tag(to - 1) == Tag::Adverb && to == cue)
    {
        to -= 1;
    }
    from = from.min(to.saturating_sub(1));
    Some(reader.cover(from..to.max(from + 1)))
}

/// Where what is told of a name after it ends: `, a nurse at the clinic who saw it`, `of the institute`.
fn aside_end(reader: Reader, from: usize, end: usize) -> usize {
    let mut at = from;
    let place =
        reader.is(at, &["of", "at", "from", "for", "with"]) && reader.tag(at + 1).is_nominal();
    if place {
        at = frame::phrase_end(reader, at + 1, end);
    }
    let opens = at + 1 < end
        && reader.of(at) == ","
        && !reader.words[at].is_quoted
        && (matches!(
            reader.tag(at + 1),
            Tag::Determiner
                | Tag::Noun
                | Tag::Number
                | Tag::Question
                | Tag::Owner
                | Tag::Adjective
                | Tag::Name
        ) || reader.has(at + 1, crate::words::Classes::ROLE));
    if !opens {
        return at;
    }
    let mut to = at + 1;
    while to < end {
        let sign = reader.of(to);
        if reader.words[to].is_quoted
            || matches!(sign, "." | ";" | ":" | "“" | "\"" | "—" | "–" | "--")
        {
            break;
        }
        let leaves = sign == ","
            && to + 1 < end
            && (matches!(
                reader.tag(to + 1),
                Tag::Gerund | Tag::Coordinator | Tag::Participle
            ) || reader.is(
                to + 1,
                &["in", "on", "during", "as", "after", "when", "while", "at"],
            ) || matches!(reader.of(to + 1), "“" | "\""));
        if leaves {
            break;
        }
        to += 1;
    }
    to
}

struct Finder<'a> {
    reader: Reader<'a>,
    sentence: &'a Sentence,
    /// The attributions of the sentence.
    all: &'a [Attribution],
    it: &'a Attribution,
    /// The first word of the cue, and the word after it.
    cue: (usize, usize),
    /// The first word of the source, and the word after it.
    source: Option<(usize, usize)>,
}

impl<'a> Finder<'a> {
    fn new(
        reader: Reader<'a>,
        sentence: &'a Sentence,
        found: &'a [Attribution],
        index: usize,
    ) -> Finder<'a> {
        let it = &found[index];
        let from = found.partition_point(|other| other.sentence < it.sentence);
        let to = found.partition_point(|other| other.sentence <= it.sentence);
        let cue = reader.range(it.cue);
        let source = it.source.as_ref().map(|source| reader.range(source.span));
        Finder {
            reader,
            sentence,
            all: &found[from..to],
            it,
            cue,
            source,
        }
    }

    fn content(&self) -> Vec<Span> {
        match self.it.form {
            AttributionForm::Before => self.after_cue(),
            AttributionForm::After => self.before_source(),
            AttributionForm::AccordingTo => self.around(),
            AttributionForm::Colon => self.span(self.cue.1, self.end()),
        }
    }

    /// The words of a range without the punctuation around them; nothing where only quotation marks or punctuation stand.
    fn span(&self, mut from: usize, mut to: usize) -> Vec<Span> {
        let trims = |at: usize| {
            self.reader.is_mark(at)
                && !matches!(self.reader.of(at), "“" | "”" | "\"" | "‘" | "’" | "$" | "(")
        };
        while from < to && trims(from) {
            from += 1;
        }
        while from < to && (trims(to - 1) || self.reader.of(to - 1) == "(") {
            to -= 1;
        }
        let words = (from..to).any(|at| !self.reader.is_mark(at));
        match words {
            true => vec![self.reader.cover(from..to)],
            false => Vec::new(),
        }
    }

    /// The word after the sentence's last one, without its final mark.
    fn end(&self) -> usize {
        self.sentence.words.end
    }

    /// `NP said (on Monday) (that) …`
    fn after_cue(&self) -> Vec<Span> {
        let is_data = self
            .it
            .source
            .as_ref()
            .is_some_and(|source| source.kind == NounKind::Document);
        let end = super::stance::end_of(self.reader, self.sentence);
        let frame = frame::of_verb(self.it.lemma, self.particle());
        let fill =
            frame.and_then(|frame| frame::fill(self.reader, frame, self.cue.1, end, is_data));
        let (from, verbs) = match fill {
            Some(fill) => (fill.from, fill.verbs),
            None if self.it.quotes.is_empty() && !self.takes_clause(frame) => return Vec::new(),
            None => (self.content_start(self.cue.1), 1),
        };
        let to = self.clause_end(from, verbs);
        self.span(from, to)
    }

    /// Whether what stands behind the cue is said even where its first words are not understood.
    fn takes_clause(&self, frame: Option<&Frame>) -> bool {
        self.it.strength == Strength::Strict && frame.is_some_and(Frame::takes_clause)
    }

    /// The particle of a cue such as "pointed out".
    fn particle(&self) -> Option<&'static str> {
        let last = self.cue.1.checked_sub(1)?;
        ["out", "back", "clear", "on", "up"]
            .into_iter()
            .find(|particle| last > self.cue.0 && self.reader.is(last, &[particle]))
    }

    /// Where the content begins after a cue: behind the one who is told, the day and the manner.
    fn content_start(&self, from: usize) -> usize {
        let reader = self.reader;
        let end = self.end();
        let limit = end.min(from + 16);
        // A clause with "that" after nothing but a phrase or two.
        for at in from..limit {
            if reader.is(at, &["that"]) && reader.tag(at) == Tag::Opener {
                return at;
            }
            if reader.words[at].is_quoted
                || reader.tag(at).is_verb()
                || matches!(reader.of(at), ";" | ":" | "“" | "\"")
            {
                break;
            }
        }
        let mut at = from;
        if matches!(
            self.it.lemma,
            "tell" | "ask" | "warn" | "urge" | "remind" | "assure" | "inform" | "advise" | "notify"
        ) {
            at = self.skip_phrase(at);
        }
        loop {
            if at >= end {
                return from;
            }
            let is_day = reader.has(at, Classes::WEEKDAY.or(Classes::DAY));
            let is_time = reader.is(at, &["on", "last", "this", "earlier", "late"])
                && reader.has(
                    at + 1,
                    Classes::WEEKDAY.or(Classes::MONTH).or(Classes::PERIOD),
                );
            if is_day {
                at += 1;
                if reader.is(at, &["night", "morning", "afternoon", "evening"]) {
                    at += 1;
                }
                continue;
            }
            if is_time {
                at += 2;
                continue;
            }
            break;
        }
        if self
            .it
            .manner
            .is_some_and(|manner| reader.words[at].span.start() == manner.start())
        {
            let manner = self.it.manner.expect("looked at just before");
            at = reader.range(manner).1;
        }
        at
    }

    /// The word after a noun phrase that begins at `from`.
    fn skip_phrase(&self, from: usize) -> usize {
        let reader = self.reader;
        let mut at = from;
        while at < self.end() && at < from + 9 {
            let tag = reader.tag(at);
            let goes_on = tag.is_nominal()
                || at == from && tag == Tag::Pronoun
                || at > from && tag == Tag::Preposition && !reader.is(at, &["about", "as", "on"])
                || at > from && tag == Tag::Coordinator && reader.tag(at + 1).is_nominal();
            if !goes_on || reader.words[at].is_quoted {
                break;
            }
            if tag == Tag::Pronoun {
                return at + 1;
            }
            at += 1;
        }
        // The subject of a clause without "that" is no addressee: "warned the plant would close".
        match reader.tag(at).is_finite() {
            true => from,
            false => at,
        }
    }

    /// Where the content that begins at `from` ends: before the reporter, or another speaker, goes on.
    fn clause_end(&self, from: usize, verbs: usize) -> usize {
        let reader = self.reader;
        let mut end = self.end();
        for other in self.all {
            if other.cue == self.it.cue || other.is_quoted {
                continue;
            }
            let (cue_start, _) = reader.range(other.cue);
            if cue_start < from {
                continue;
            }
            let source = other
                .source
                .as_ref()
                .map(|source| reader.range(source.span));
            let shared = source.is_some_and(|theirs| theirs.0 < from);
            let closes = matches!(
                other.form,
                AttributionForm::After | AttributionForm::AccordingTo
            );
            let start = match source {
                Some((start, _)) if !shared => start.min(cue_start),
                _ => cue_start,
            };
            if closes && start > from {
                end = end.min(self.before_joint(start));
            }
        }
        clause::end(reader, from, end, verbs)
    }

    /// Goes back over a comma, "and", "but" and adverbs before a word.
    fn before_joint(&self, start: usize) -> usize {
        let reader = self.reader;
        let mut at = start;
        while at > self.sentence.words.start {
            let before = at - 1;
            let joins = reader.tag(before) == Tag::Coordinator
                || matches!(reader.of(before), "," | "—" | "–" | "--" | "(" | ";")
                || reader.tag(before) == Tag::Adverb && at < start + 1 && reader.is_lower(before)
                || reader.is(before, &["while"]);
            if !joins || reader.words[before].is_quoted {
                break;
            }
            at = before;
        }
        at
    }

    /// `, amid …`, `, as …`, `, after …`: circumstances that the reporter adds.
    fn reporter_goes_on(&self, at: usize) -> bool {
        let reader = self.reader;
        reader.of(at) == ","
            && !reader.words[at].is_quoted
            && (reader.is(at + 1, &["amid", "following", "underscoring", "signaling"])
                || reader.is(at + 1, &["as", "after", "while", "when", "before"])
                    && reader.words[at + 1..self.end()]
                        .iter()
                        .any(|word| word.tag.is_finite()))
    }

    /// `…, NP said.`: what stands before, and what goes on after a comma.
    fn before_source(&self) -> Vec<Span> {
        let start = match self.source {
            Some((start, _)) => start.min(self.cue.0),
            None => self.cue.0,
        };
        let from = self.segment_start(start);
        let mut found = self.span(from, start);
        let mut at = self
            .source
            .map_or(self.cue.1, |(_, end)| end.max(self.cue.1));
        let reader = self.reader;
        let quoted_before = start > from
            && reader.words[start - 1].form == super::Form::Mark
            && matches!(reader.of(start - 1), "”" | "\"" | "’");
        // On over "in an interview", "on Monday".
        let comma = (at..self.end().min(at + 14)).find(|&at| {
            matches!(reader.of(at), "," | "—" | "–" | ":" | "“" | "\"")
                && !reader.words[at].is_quoted
        });
        if let Some(comma) = comma {
            let only_phrase = !(at..comma).any(|at| reader.tag(at).is_finite());
            at = comma + 1;
            let goes_on = reader.of(comma) == ","
                && only_phrase
                && !quoted_before
                && !self.reporter_goes_on(comma)
                && reader.words.get(at).is_some_and(|word| !word.is_quoted)
                && reader.tag(at) != Tag::Gerund
                && !reader.is(at, &["who", "which", "a", "an", "the"]);
            if goes_on {
                let to = self.clause_end(at, 1);
                found.extend(self.span(at, to));
            }
        }
        found
    }

    /// Where the part of the sentence begins to which a closing attribution belongs.
    fn segment_start(&self, limit: usize) -> usize {
        let reader = self.reader;
        let mut from = self.sentence.words.start;
        for other in self.all {
            if other.cue == self.it.cue || other.is_inner || other.is_quoted {
                continue;
            }
            let (_, cue_end) = reader.range(other.cue);
            let end = other
                .source
                .as_ref()
                .map_or(cue_end, |source| reader.range(source.span).1.max(cue_end));
            if end >= limit {
                continue;
            }
            let closes = matches!(
                other.form,
                AttributionForm::After | AttributionForm::AccordingTo
            );
            let joint = (end..limit).find(|&at| {
                !reader.words[at].is_quoted
                    && (reader.of(at) == ";"
                        || matches!(reader.of(at), "," | "—")
                            && (closes || reader.tag(at + 1) == Tag::Coordinator))
            });
            from = from.max(joint.map_or(from, |at| at + 1));
        }
        while from < limit
            && (reader.tag(from) == Tag::Coordinator && reader.words[from].span.start() > 0)
        {
            from += 1;
        }
        from
    }

    /// `According to NP, …` and `…, according to NP`.
    fn around(&self) -> Vec<Span> {
        let reader = self.reader;
        let from = self.segment_start(self.cue.0);
        let before = self.span(from, self.cue.0);
        let end = self.source.map_or(self.cue.1, |(_, end)| end);
        let opens =
            before.is_empty() || (from..self.cue.0).filter(|&at| !reader.is_mark(at)).count() <= 2;
        if opens {
            let comma = (end..self.end()).find(|&at| reader.of(at) == "," || reader.of(at) == ":");
            let from = comma.map_or(end, |at| at + 1);
            let to = self.clause_end(from, 1);
            return self.span(from, to);
        }
        before
    }
}
