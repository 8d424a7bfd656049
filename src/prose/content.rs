//! What an attribution reports outside quotation marks: where it begins, and where the reporter's own voice sets in again.

use crate::text::span::Span;
use crate::words::Classes;

use super::clause;
use super::dateline::{LONGEST as LONGEST_DATELINE, dateline};
use super::frame::{self, Frame};
use super::phrase::{NounKind, NounPhrase, Reader};
use super::subject;
use super::tag::Tag;
use super::{Attribution, AttributionForm, Reported, Sentence, Strength};

/// What one of the attributions of a block reports.
pub(super) fn reported(
    reader: Reader,
    sentences: &[Sentence],
    found: &[Attribution],
    index: usize,
) -> Reported {
    let sentence = &sentences[found[index].sentence];
    let mut content = Finder::new(reader, sentence, found, index).content();
    leave_dateline(reader, sentences, &mut content);
    Reported {
        content,
        mention: mention(reader, sentence, &found[index]),
    }
}

/// Takes the dateline out of what is reported: nobody says it.
pub(super) fn leave_dateline(reader: Reader, sentences: &[Sentence], content: &mut [Span]) {
    let Some(first) = sentences.first() else {
        return;
    };
    // “Ore.” may end a sentence of its own.
    let begins = |span: &&mut Span| span.start() < first.span.start() + LONGEST_DATELINE;
    for span in content.iter_mut().filter(begins) {
        let copy = &reader.text[first.span.start()..];
        let Some(dateline) = dateline(copy) else {
            continue;
        };
        let rest = copy[dateline.end()..].trim_start();
        let end = reader.text.len() - rest.len();
        if span.start() < end && end < span.end() {
            *span = Span::new(end, span.end());
        }
    }
}

/// The words that name the source, from its first one to the cue, or to where its appositive ends.
pub(super) fn mention(reader: Reader, sentence: &Sentence, it: &Attribution) -> Option<Span> {
    let source = it.source.as_ref()?.span;
    let (first, last) = reader.range(source);
    let (cue, cue_end) = reader.range(it.cue);
    let (mut from, mut to) = (first, last);
    // "Said Ana Ruiz, a nurse, “…”"
    let leads = it.form == AttributionForm::Before && first == cue_end;
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
    } else if leads
        || matches!(
            it.form,
            AttributionForm::After | AttributionForm::AccordingTo
        )
    {
        // "According to police, Ruiz was hurt": what follows the comma is what is reported.
        let opens = cue <= sentence.words.start + 1 && it.form == AttributionForm::AccordingTo;
        let is_told = !opens
            || reader.sign(last) != ","
            || reader.is(last + 1, &["a", "an", "who", "whose"])
            || it.source.as_ref().is_some_and(|it| it.name.is_some())
                && reader.has(last + 2, Classes::ROLE.or(Classes::RANK));
        let end = match opens {
            true => comma_after(reader, last + 1, sentence.words.end),
            false => sentence.words.end,
        };
        if is_told {
            to = aside_end(reader, last, end);
        }
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

/// The next comma; the end where there is none.
fn comma_after(reader: Reader, from: usize, end: usize) -> usize {
    let comma = (from..end).find(|&at| reader.of(at) == ",");
    comma.unwrap_or(end)
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

/// What a passive reports: the subject, and what follows the verb or its agent ("The mine … to be empty").
pub(super) fn of_passive(
    reader: Reader,
    (limit, end): (usize, usize),
    group_start: usize,
    after: usize,
    lemma: &str,
) -> Vec<Span> {
    let subject = subject::before(reader, limit, group_start)
        .filter(|subject| !subject.span.of(reader.text).eq_ignore_ascii_case("it"));
    // "It was reported on Monday that …"
    let after = match subject {
        None => frame::late_that(reader, after, end).unwrap_or(after),
        Some(_) => after,
    };
    // "Nothing was said about the missing pages."
    let nothing = subject
        .as_ref()
        .is_some_and(|subject| says_nothing(subject.span.of(reader.text)));
    if nothing {
        let to = clause::end(reader, after, end, 0);
        let is_about = reader.is(after, &["about", "of"]) && to > after;
        return is_about
            .then(|| reader.cover(after..to))
            .into_iter()
            .collect();
    }
    let tag = reader.tag(after);
    let is = |words: &[&str]| reader.is(after, words);
    let names = matches!(
        lemma,
        "call" | "dub" | "label" | "deem" | "name" | "consider" | "brand"
    );
    let goes_on = matches!(tag, Tag::To | Tag::Opener)
        || is(&["as"])
        || is(&["of"]) && matches!(lemma, "accuse" | "suspect" | "convict")
        || is(&["for"]) && !matches!(lemma, "ask" | "say" | "report" | "announce")
        || is(&["with"]) && lemma == "charge"
        || names
            && (matches!(tag, Tag::Determiner | Tag::Adjective)
                || reader.words.get(after).is_some_and(|word| word.is_quoted));
    let mut found: Vec<Span> = subject.iter().map(|subject| subject.span).collect();
    if goes_on && after < end {
        let to = clause::end(reader, after, end, usize::from(tag == Tag::Opener));
        if to > after {
            found.push(reader.cover(after..to));
        }
    }
    found
}

/// Whether a source is a document or data: "New polls released Sunday", "his survey of voters".
pub(super) fn is_document(reader: Reader, source: &NounPhrase) -> bool {
    if source.kind == NounKind::Document {
        return true;
    }
    let (from, to) = reader.range(source.span);
    let head_end = (from..to)
        .find(|&at| !reader.tag(at).is_nominal())
        .unwrap_or(to);
    head_end > from && reader.has(head_end - 1, Classes::DOCUMENT)
}

/// Whether the subject of a passive is nothing that anybody said.
fn says_nothing(subject: &str) -> bool {
    ["nothing", "little", "much", "more", "what"]
        .iter()
        .any(|word| subject.eq_ignore_ascii_case(word))
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
            AttributionForm::Colon => self.span(self.cue.1, self.turn_end()),
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
        if !(from..to).any(|at| !self.reader.is_mark(at)) {
            return Vec::new();
        }
        // Quotations mostly join it.
        let mut found = Vec::with_capacity(4);
        found.push(self.reader.cover(from..to));
        found
    }

    /// The word after the sentence's last one, without its final mark.
    fn end(&self) -> usize {
        self.sentence.words.end
    }

    /// Where what a colon introduces ends: with the paragraph after a name in capitals, which opens a turn of a talk.
    fn turn_end(&self) -> usize {
        let reader = self.reader;
        let is_turn = self.source.is_some_and(|(from, to)| {
            from == 0 && to == self.cue.0 && reader.words[0].form == super::Form::Caps
        });
        match is_turn && self.it.quotes.is_empty() {
            true => reader.words.len(),
            false => self.end(),
        }
    }

    /// `NP said (on Monday) (that) …`
    fn after_cue(&self) -> Vec<Span> {
        let is_data = self
            .it
            .source
            .as_ref()
            .is_some_and(|source| is_document(self.reader, source));
        let end = super::stance::end_of(self.reader, self.sentence);
        let frame = frame::of_verb(self.it.lemma, self.particle());
        let limit = self.sentence.words.start;
        let verb = self.cue.1 - 1 - usize::from(self.particle().is_some());
        let group = subject::group(self.reader, limit, verb);
        let mut after = self.cue.1;
        if !group.is_passive && self.source.is_some_and(|(from, _)| from == after) {
            return self.after_source();
        }
        if group.is_passive {
            after = self.source.map_or(after, |(_, end)| end.max(after));
            let is_told = matches!(
                self.it.lemma,
                "tell" | "ask" | "inform" | "assure" | "warn" | "remind" | "notify" | "advise"
            );
            if !is_told {
                return of_passive(self.reader, (limit, end), group.start, after, self.it.lemma);
            }
        }
        let fill = frame.and_then(|frame| frame::fill(self.reader, frame, after, end, is_data));
        let (from, verbs) = match fill {
            Some(fill) => (fill.from, fill.verbs),
            None if self.it.quotes.is_empty() && !self.takes_clause(frame) => return Vec::new(),
            None => (self.content_start(self.cue.1), 1),
        };
        // "46 percent said yes, and the others …"
        let is_answer = self.reader.is(from, &["yes", "no", "so"])
            && (self.reader.is_mark(from + 1) || from + 1 >= end);
        let to = match is_answer {
            true => from + 1,
            false => self.clause_end(from, verbs),
        };
        self.span(from, to)
    }

    /// `Said Ana Ruiz, a nurse, “…”`
    fn after_source(&self) -> Vec<Span> {
        let from = self.source.map_or(self.cue.1, |(_, to)| to);
        let lead = (from..self.end()).find(|&at| self.reader.leads_to_quotation(at));
        lead.map_or(Vec::new(), |lead| self.span(lead + 1, self.end()))
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
        if let Some(that) = frame::late_that(reader, from, end) {
            return that;
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

    /// The word after the noun phrase that names who is told; the subject of a clause without "that" is nobody who is
    /// told: "warned the plant would close".
    fn skip_phrase(&self, from: usize) -> usize {
        let to = frame::phrase_end(self.reader, from, self.end());
        match self.reader.tag(to).is_finite() {
            true => from,
            false => to,
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
                && !reader.is(at, &["who", "which", "a", "an", "the"])
                && !self.tells_of_source(at);
            if goes_on {
                let to = self.clause_end(at, 1);
                found.extend(self.span(at, to));
            }
        }
        found
    }

    /// `, said Jan Kos, director of the institute`: what follows the comma is told of a name behind the cue. What was said goes on
    /// with a word that opens a clause or with its subject, not with a noun of its own.
    fn tells_of_source(&self, at: usize) -> bool {
        let is_behind = self.source.is_some_and(|(start, _)| start >= self.cue.1);
        is_behind
            && matches!(
                self.reader.tag(at),
                Tag::Noun | Tag::Adjective | Tag::Name | Tag::Number | Tag::Owner
            )
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
