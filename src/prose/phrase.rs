//! Noun phrases that can be a source: who is meant, by form alone.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::span::Span;
use crate::text::words::lower;
use crate::words::{Classes, Lengths, NUMBERS, TENS, Verb, is_alike};

use super::tag::Tag;
use super::{Form, Quote, QuoteKind, Sentence, Word};

/// The noun phrase of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// All of it, with determiner and title, without relative clause or trailing appositive.
    pub span: Span,
    /// The proper name in it (`Dana Ruiz` of `Danish Fisheries Minister Dana Ruiz`).
    pub name: Option<Span>,
    /// The words before the name that say what the person is (`Danish Fisheries Minister`), or the appositive after it.
    pub role: Option<Span>,
    /// The noun that the phrase is about, where there is no name.
    pub head: Option<Span>,
    /// What it is by form.
    pub kind: NounKind,
}

/// What a noun phrase is by form.
#[derive(Clone, Debug, PartialEq)]
pub enum NounKind {
    /// A person's name, with or without a title.
    Person,
    /// A name that is no person's, as far as the lists know: a body, a company, a country.
    Body,
    /// A name of a news outlet by its form or the lists.
    Outlet,
    /// `he`, `she`, `they`, `it`.
    Pronoun,
    /// A definite role with no name: `the minister`, `the spokesman`.
    Definite,
    /// A report, law, draft, study, poll.
    Document,
    /// Institutions that speak on record without a name: `police`, `the ministry`, `fire officials`.
    Institution,
    /// People without a name.
    Anonymous(Anonymous),
    /// Groups spoken of as one, without a name: `Allies`, `critics`, `residents`.
    Collective,
    /// Something else.
    Other,
}

/// What is said of sources without a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anonymous {
    /// How many, where a number is given (`three`, `a`: 1; `several`: 3); none for a bare plural.
    pub count: Option<u32>,
    /// Whether the noun is plural.
    pub is_plural: bool,
    /// How they know: `familiar with the matter`.
    pub basis: Option<Span>,
    /// Whom they belong to: `U.S.`, `White House`, `company`.
    pub affiliation: Option<Span>,
    /// Why they are not named: `because the talks are private`.
    pub reason: Option<Span>,
    /// Whether the noun says more than `source`, `person`, `official`, `insider`.
    pub is_specific: bool,
    /// Whether it points back to a group named before (`the people`, `the officials`).
    pub is_back_reference: bool,
}

/// The words of a block with their text, for those who look for phrases in it.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    pub quotes: &'a [Quote],
}

impl<'a> Reader<'a> {
    pub fn of(&self, at: usize) -> &'a str {
        self.words[at].span.of(self.text)
    }

    /// A word in lower case.
    pub fn lower(&self, at: usize) -> Cow<'a, str> {
        lower(self.of(at))
    }

    /// The sign at a place; nothing for a word or a number, and beyond the last one.
    pub fn sign(&self, at: usize) -> &'a str {
        match self.words.get(at) {
            Some(word) if word.form == Form::Mark => word.span.of(self.text),
            _ => "",
        }
    }

    /// Where in a sentence the words are of which something is true, in order. Most words are passed over in a few steps.
    pub fn those(
        &self,
        sentence: &Sentence,
        is_asked: impl Fn(&'a Word) -> bool,
    ) -> impl Iterator<Item = usize> {
        let words = self.words[sentence.words.clone()].iter();
        let those = words.zip(sentence.words.start..);
        those.filter_map(move |(word, at)| is_asked(word).then_some(at))
    }

    /// Whether the sign at a place leads to the quotation right behind it.
    pub fn leads_to_quotation(&self, at: usize) -> bool {
        matches!(self.sign(at), "," | ":") && self.opens_quotation(at + 1)
    }

    /// Whether a quotation mark stands there that may open.
    pub fn opens_quotation(&self, at: usize) -> bool {
        matches!(self.sign(at), "“" | "\"" | "‘" | "'" | "«" | "„")
    }

    /// Whether a word is one of these, in whatever case.
    #[inline(always)]
    pub fn is(&self, at: usize, options: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| {
            let letters = &self.text.as_bytes()[word.span.range()];
            options.iter().any(|option| is_alike(letters, option))
        })
    }

    /// What a word does; a mark beyond the last one.
    pub fn tag(&self, at: usize) -> Tag {
        self.words.get(at).map_or(Tag::Mark, |word| word.tag)
    }

    /// The words that lie in a span: the first, and the one after the last.
    pub fn range(&self, span: Span) -> (usize, usize) {
        let first = self
            .words
            .partition_point(|word| word.span.start() < span.start());
        let after = self
            .words
            .partition_point(|word| word.span.start() < span.end());
        (first, after.max(first))
    }

    pub fn has(&self, at: usize, classes: Classes) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.classes.has(classes))
    }

    /// The cues of which the word is a form.
    pub fn verbs(&self, at: usize) -> &'static [Verb] {
        self.words[at].cues.verbs()
    }

    pub fn is_mark(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.form == Form::Mark)
    }

    /// A dash between words; a hyphen is one where a blank stands before it.
    pub fn is_dash(&self, at: usize) -> bool {
        match self.sign(at) {
            "—" | "–" | "--" => true,
            "-" => self.text[..self.words[at].span.start()].ends_with(char::is_whitespace),
            _ => false,
        }
    }

    pub fn is_lower(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.form == Form::Lower)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| matches!(word.form, Form::Capital | Form::Caps))
    }

    /// Whether particles of a name begin there, with the name behind them: `van der` of `van der Berg`.
    pub fn opens_particles(&self, at: usize) -> bool {
        let is_particle = |at: &usize| self.has(*at, Classes::PARTICLE) && self.is_lower(*at);
        let count = (at..at + 3).take_while(is_particle).count();
        count > 0 && self.is_capital(at + count)
    }

    pub fn is_possessive(&self, at: usize) -> bool {
        is_owned(self.words[at].span.of(self.text))
    }

    /// Whether the word owns what follows: "Ortiz’s", or the mark of "the nurses’".
    pub fn owns(&self, at: usize) -> bool {
        self.is_possessive(at)
            || at > 0
                && matches!(self.of(at), "’" | "'")
                && self.of(at - 1).ends_with('s')
                && self.words[at - 1].span.end() == self.words[at].span.start()
                && self.tag(at + 1) == Tag::Noun
    }

    pub fn cover(&self, range: Range<usize>) -> Span {
        self.words[range.start]
            .span
            .cover(self.words[range.end - 1].span)
    }

    /// If the mark at `at` closes a nickname: the index of its opening mark.
    pub fn nickname_open(&self, at: usize) -> Option<usize> {
        let end = self.words[at].span.end();
        let quote = self
            .quotes
            .iter()
            .find(|quote| quote.kind == QuoteKind::Nickname && quote.span.end() == end)?;
        (0..at)
            .rev()
            .find(|&open| self.words[open].span.start() == quote.span.start())
    }

    /// Whether a mark opens or closes a nickname.
    pub fn is_nickname_mark(&self, at: usize) -> bool {
        let mark = self.words[at].span;
        let mut quotes = self.quotes.iter();
        quotes.any(|quote| {
            quote.kind == QuoteKind::Nickname
                && (quote.span.start() == mark.start() || quote.span.end() == mark.end())
        })
    }
}

/// Whether a word has a possessive ending.
pub(super) fn is_owned(word: &str) -> bool {
    word.ends_with('s') && (word.ends_with("’s") || word.ends_with("'s"))
}

/// The noun phrase that ends just before the word `end`, not reaching back past `limit`.
pub(super) fn before(reader: Reader, limit: usize, end: usize) -> Option<NounPhrase> {
    let last = end.checked_sub(1).filter(|&last| last >= limit)?;
    if reader.of(last) == ")" {
        let open = (limit..last).rev().find(|&at| reader.of(at) == "(")?;
        return before(reader, limit, open);
    }
    // "Ruiz on Friday said", "Velk, meanwhile, said"
    if let Some(start) = time_start(reader, limit, last) {
        return before(reader, limit, start);
    }
    if reader.of(last) == "," || reader.is_dash(last) {
        return with_appositive(reader, limit, last);
    }
    // "Marek Toll, 54, a deckhand, said"
    let is_age = reader.words[last].form == Form::Number
        && last >= limit + 2
        && reader.of(last - 1) == ","
        && reader.is_capital(last - 2);
    if is_age {
        return before(reader, limit, last - 1);
    }
    if reader.is(last, &["who", "which"]) {
        let skip = if reader.is(last.saturating_sub(1), &[","]) {
            last - 1
        } else {
            last
        };
        return before(reader, limit, skip);
    }
    let start = first_word(reader, limit, last)?;
    phrase(reader, start..last + 1, limit)
}

/// `A woman who lives above the bakery (said)`: the noun before a relative clause that ends at the word `end`.
pub(super) fn before_clause(reader: Reader, limit: usize, end: usize) -> Option<NounPhrase> {
    let who = (limit + 1..end)
        .rev()
        .take(24)
        .take_while(|&at| !is_boundary(reader, at) && reader.of(at) != ",")
        .find(|&at| reader.is(at, &["who"]))?;
    let verbs: Vec<usize> = (who + 1..end)
        .filter(|&at| reader.tag(at).is_finite() && reader.is_lower(at))
        .collect();
    let first = *verbs.first()?;
    let is_clause = first <= who + 3
        && verbs[1..]
            .iter()
            .all(|&at| reader.has(at - 1, Classes::CONJUNCTION.or(Classes::AUXILIARY)))
        && end - who > 2
        && reader.tag(end - 1) != Tag::Preposition;
    if !is_clause {
        return None;
    }
    // "Officials who said so said": the inner cue has its own attribution.
    if (who + 1..end).any(|at| reader.has(at, Classes::CUE_STRICT) && reader.tag(at).is_verb()) {
        return None;
    }
    let found = before(reader, limit, who)?;
    if found.name.is_some() {
        return Some(found);
    }
    let (first, _) = reader.range(found.span);
    phrase(reader, first..end, limit)
}

/// Where words of time that end at `last` begin, if a phrase may stand before them: `on Friday`, `last week`, `in the past`.
pub(super) fn time_start(reader: Reader, limit: usize, last: usize) -> Option<usize> {
    let is_aside = last > limit
        && reader.of(last - 1) == ","
        && reader.is_lower(last)
        && (reader.tag(last) == Tag::Adverb || reader.has(last, Classes::ADVERB));
    if is_aside {
        return (last - 1 > limit).then_some(last - 1);
    }
    let is_day = reader.has(last, Classes::WEEKDAY)
        || reader.has(last, Classes::DAY) && reader.is_lower(last);
    let mut start = last;
    while start > limit && is_time_modifier(reader, start - 1) {
        start -= 1;
    }
    let after_preposition = start > limit
        && reader.is(
            start - 1,
            &["on", "in", "at", "over", "during", "since", "by"],
        );
    let is_unit = reader.is_lower(last)
        && (reader.has(last, Classes::PERIOD) || reader.is(last, TIMES))
        && (after_preposition
            || reader.is(start, &["last", "this", "next", "later", "earlier"])
            || reader.has(start, Classes::WEEKDAY));
    if !(is_day || is_unit) {
        return None;
    }
    let start = start - usize::from(after_preposition);
    (start > limit).then_some(start)
}

const TIMES: &[&str] = &[
    "past", "time", "hours", "days", "weeks", "months", "years", "moment",
];

/// A word that may stand before a word of time: `last`, `late`, `the`, `Friday` of `Friday night`.
fn is_time_modifier(reader: Reader, at: usize) -> bool {
    const MODIFIERS: &[&str] = &[
        "last", "this", "that", "next", "early", "late", "earlier", "later", "the", "same",
        "recent", "past",
    ];
    static LENGTHS: Lengths = Lengths::of(&[MODIFIERS]);
    reader.has(at, Classes::WEEKDAY) || LENGTHS.may_hold(reader.of(at)) && reader.is(at, MODIFIERS)
}

/// Whether a phrase tells only when: `Friday`, `last week`, `Later`, `hours`.
fn is_only_time(reader: Reader, range: &Range<usize>) -> bool {
    range.clone().all(|at| {
        reader.has(at, Classes::WEEKDAY)
            || reader.has(at, Classes::DAY.or(Classes::PERIOD)) && !inner_capital(reader, at)
            || reader.is(at, TIMES)
            || is_time_modifier(reader, at)
            || reader.is(
                at,
                &["then", "once", "soon", "now", "today", "half", "half-hour"],
            )
    }) && range.clone().any(|at| !reader.has(at, Classes::DETERMINER))
}

/// A capital that the start of a sentence does not explain ("USA Today").
fn inner_capital(reader: Reader, at: usize) -> bool {
    reader.is_capital(at) && at > 0 && reader.is_capital(at - 1)
}

/// Whether words that look like a phrase are none: they open with a verb or a preposition, or a clause stands in them.
pub(super) fn is_broken(reader: Reader, span: Span) -> bool {
    let (first, end) = reader.range(span);
    if first >= end || !reader.is_lower(first) {
        return first >= end || holds_clause(reader, first, end);
    }
    let next = reader.tag(first + 1);
    let before_noun = next.is_nominal() && next != Tag::Name && first + 1 < end;
    let counted = reader.has(first + 1, Classes::NUMBER)
        || reader
            .words
            .get(first + 1)
            .is_some_and(|word| word.form == Form::Number);
    let opens_badly = match reader.tag(first) {
        Tag::Past | Tag::Participle | Tag::Gerund | Tag::Present => {
            !before_noun && !reader.has(first, PEOPLE.or(Classes::ROLE).or(Classes::DETERMINER))
        }
        Tag::Preposition => !counted && !reader.has(first, Classes::DETERMINER.or(Classes::NUMBER)),
        Tag::Adverb => matches!(next, Tag::Preposition | Tag::To | Tag::Mark),
        Tag::Coordinator => reader.is(first, &["and", "or", "but"]),
        _ => false,
    };
    opens_badly || holds_clause(reader, first, end)
}

/// Whether a verb that tells stands in the words with no relative word before it.
fn holds_clause(reader: Reader, first: usize, end: usize) -> bool {
    for at in first..end {
        if reader.is(
            at,
            &[
                "who", "that", "which", "whose", "whom", "where", "when", "as",
            ],
        ) {
            return false;
        }
        let tells = reader.is_lower(at)
            && at > first
            && (reader.has(at, Classes::AUXILIARY) && reader.tag(at).is_verb()
                || matches!(reader.tag(at), Tag::Past | Tag::Present)
                    && matches!(
                        reader.tag(at + 1),
                        Tag::Determiner | Tag::Owner | Tag::Pronoun
                    ));
        if tells && at + 1 < end {
            return true;
        }
    }
    false
}

/// `NP, a nurse from Port Harlan, (said)`: the comma at `comma` closes an appositive.
fn with_appositive(reader: Reader, limit: usize, comma: usize) -> Option<NounPhrase> {
    let sign = reader.of(comma);
    let open = (limit..comma)
        .rev()
        .take(18)
        .take_while(|&at| !is_boundary(reader, at) || reader.is_nickname_mark(at))
        .find(|&at| reader.of(at) == sign)?;
    let open = wider(reader, limit, open, comma).unwrap_or(open);
    let inside = open + 1..comma;
    let is_appositive = reader.has(inside.start, APPOSITIVE)
        || reader.words[inside.start].form == Form::Number
        || reader.is(inside.start, &["who", "whose"])
        || reader.has(inside.start, Classes::PREPOSITION)
        || reader.tag(inside.start) == Tag::Participle
        || inside
            .clone()
            .any(|at| reader.has(at, Classes::ROLE) && reader.is_lower(at))
        || inside.len() <= 3
        || named_in(reader, inside.clone()).is_some();
    if inside.is_empty() || !is_appositive {
        return None;
    }
    let mut found = before(reader, limit, open)?;
    if found.name.is_none()
        && let Some(name) = named_in(reader, inside.clone())
    {
        found.role = Some(found.span);
        found.span = found.span.cover(reader.cover(inside));
        found.name = Some(name);
        found.kind = NounKind::Person;
        return Some(found);
    }
    let is_titled = reader.is_capital(inside.start)
        && reader.has(inside.start, Classes::HONORIFIC.or(Classes::ROLE));
    if is_titled
        && found.kind != NounKind::Person
        && let Some(name) = named_in(reader, inside.clone())
    {
        // "after winning Ohio in the primary, Gov. Lena Ruiz (D-Ohio), said": no description of hers.
        found.span = reader.cover(inside);
        found.name = Some(name);
        found.kind = NounKind::Person;
        return Some(found);
    }
    if found.role.is_none() {
        found.role = Some(reader.cover(inside));
    }
    Some(found)
}

/// `Cory James, 22, of Flint, Mich., said`, `the report, written by Ann Lee, a judge, said`: the comma that opens all that is told,
/// where one stands inside it.
fn wider(reader: Reader, limit: usize, open: usize, comma: usize) -> Option<usize> {
    if reader.of(open) != "," {
        return None;
    }
    let before = (limit + 1..open)
        .rev()
        .take(18)
        .take_while(|&at| !is_boundary(reader, at))
        .find(|&at| reader.of(at) == ",")?;
    let first = before + 1;
    if reader.tag(first) == Tag::Participle || reader.is(first, &["who", "which"]) {
        return Some(before);
    }
    let is_place = reader.is_capital(open - 1)
        && (1..=3).contains(&(comma - open - 1))
        && (open + 1..comma).all(|at| reader.is_capital(at) || reader.of(at) == ".");
    let tells = reader.has(first, Classes::PREPOSITION.or(Classes::DETERMINER))
        && (first..open).any(|at| reader.has(at, Classes::PREPOSITION));
    (is_place && tells).then_some(before)
}

/// `Lena Ruiz` of `the mayor, Lena Ruiz,`; `Karl Ostrov` of `its director, a former judge named Karl Ostrov,`.
pub(super) fn named_in(reader: Reader, inside: Range<usize>) -> Option<Span> {
    let end = before_party(reader, inside.clone());
    let mut start = end;
    let mut marked = 0;
    while start > inside.start {
        let before = start - 1;
        if let Some(open) = reader
            .nickname_open(before)
            .filter(|&open| open > inside.start)
        {
            marked += start - open;
            start = open;
            continue;
        }
        let particle = reader.has(before, Classes::PARTICLE) && start < end;
        if !(reader.is_capital(before) || particle) {
            break;
        }
        start = before;
    }
    let is_whole = start == inside.start
        || reader.is(start - 1, &["named", "called"])
        || reader.has(start - 1, Classes::ROLE) && reader.is_lower(start - 1)
        || start - 1 == inside.start && reader.is(start - 1, &["state", "former"]);
    let words = end - start - marked;
    let is_name = (2..=4).contains(&words)
        && is_whole
        && !(start..end).any(|at| {
            reader.has(at, Classes::BODY.or(Classes::OUTLET).or(Classes::WEEKDAY))
                || reader.words[at].form == Form::Caps && !reader.of(at).contains('.')
        })
        && !reader.has(end - 1, Classes::PLACE.or(Classes::DEMONYM));
    let titles = (start..end)
        .take_while(|&at| reader.has(at, Classes::HONORIFIC))
        .count();
    let titles = if end - start > titles + 1 { titles } else { 0 };
    is_name.then(|| reader.cover(start + titles..end))
}

/// The end of the words before a party in brackets: `Lena Ruiz (D-Newport)`.
fn before_party(reader: Reader, inside: Range<usize>) -> usize {
    let closes = !inside.is_empty() && reader.sign(inside.end - 1) == ")";
    let open = inside
        .clone()
        .rev()
        .take(8)
        .find(|&at| reader.sign(at) == "(");
    open.filter(|_| closes).unwrap_or(inside.end)
}

const APPOSITIVE: Classes = Classes::ROLE
    .or(Classes::RANK)
    .or(Classes::DETERMINER)
    .or(Classes::NUMBER);

/// A quotation mark or a stop: no phrase goes over it.
fn is_boundary(reader: Reader, at: usize) -> bool {
    matches!(
        reader.sign(at),
        "“" | "”" | "\"" | "«" | "»" | "‘" | ";" | "." | "?" | "!" | ":"
    )
}

/// The first word of the phrase whose last word is `last`.
fn first_word(reader: Reader, limit: usize, last: usize) -> Option<usize> {
    let mut at = last;
    let mut first = None;
    while at >= limit {
        if reader.is_mark(at) {
            if at > limit && first.is_some() && is_inner_mark(reader, at) {
                at -= 1;
                continue;
            }
            let Some(open) = reader.nickname_open(at).filter(|&open| open > limit) else {
                break;
            };
            at = open - 1;
            continue;
        }
        if reader.has(at, Classes::PERSONAL)
            || reader.is(at, &["it", "everyone", "nobody", "someone", "everybody"])
        {
            return if at == last { Some(at) } else { first };
        }
        let small = reader.is_lower(at) || at == limit;
        if small && reader.has(at, Classes::CLAUSE) {
            break;
        }
        if reader.is_lower(at) && reader.has(at, Classes::AUXILIARY) {
            break;
        }
        if reader.has(at, Classes::CONJUNCTION) {
            let joins = reader.is(at, &["and"])
                && at > limit
                && first.is_some()
                && (reader.is_capital(at - 1)
                    && (reader.is_capital(at + 1) || reader.has(at + 1, Classes::DETERMINER))
                    || !reader.has(at + 1, Classes::DETERMINER.or(Classes::PERSONAL))
                        && reader.is_lower(at - 1)
                        && reader.is_lower(at + 1));
            if !joins {
                break;
            }
        }
        if reader.is_lower(at) && is_finite(reader, at) {
            break;
        }
        first = Some(at);
        if last - at > 28 || at == 0 {
            break;
        }
        at -= 1;
    }
    let first = trim_front(reader, first?, last, limit)?;
    Some(with_places_before(reader, limit, first, last))
}

/// `Norway, France and Spain`: where a list of places begins whose last two stand from `first` on.
fn with_places_before(reader: Reader, limit: usize, first: usize, last: usize) -> usize {
    let is_place = |at: usize| reader.has(at, Classes::PLACE);
    if !is_place(last) || !is_place(first) || last == first {
        return first;
    }
    let joins = (first + 1..last).any(|at| reader.is(at, &["and"]));
    let mut start = first;
    while joins && start >= limit + 2 && reader.is(start - 1, &[","]) && is_place(start - 2) {
        start -= 2;
    }
    // "In Norway, France and Spain said" says where.
    match start > limit && reader.has(start - 1, Classes::PREPOSITION) {
        true => first,
        false => start,
    }
}

/// A mark inside a noun phrase: `the nurses’ union`, `Hale & Sons`, `a Harlow/Brandt poll`.
fn is_inner_mark(reader: Reader, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return false;
    };
    if reader.words[before].is_quoted {
        return false;
    }
    match reader.sign(at) {
        "’" | "'" => reader.owns(at),
        "&" => reader.is_capital(before) && reader.is_capital(at + 1),
        "/" => {
            let touches = |one: usize, other: usize| {
                reader
                    .words
                    .get(other)
                    .is_some_and(|word| reader.words[one].span.end() == word.span.start())
            };
            reader.is_capital(before)
                && reader.is_capital(at + 1)
                && touches(before, at)
                && touches(at, at + 1)
        }
        _ => false,
    }
}

/// A verb of the cue lists in the past tense that is no reduced relative ("people briefed on the matter").
fn is_finite(reader: Reader, at: usize) -> bool {
    if !reader.has(at, Classes::CUE) {
        return false;
    }
    let past = reader
        .verbs(at)
        .iter()
        .any(|verb| matches!(verb.form, crate::words::VerbForm::Past));
    let reduced = reader.has(at + 1, Classes::PREPOSITION)
        && at > 0
        && reader.has(at - 1, PEOPLE.or(Classes::DOCUMENT).or(Classes::ROLE));
    past && !reduced && !reader.has(at, Classes::DOCUMENT) || reader.is(at, &["says", "tells"])
}

const PEOPLE: Classes = Classes::ANONYMOUS
    .or(Classes::ANONYMOUS_SPECIFIC)
    .or(Classes::COLLECTIVE)
    .or(Classes::INSTITUTION);

/// Drops "But", "Still", "On Monday", "In a statement" from the front of a phrase.
fn trim_front(reader: Reader, first: usize, last: usize, limit: usize) -> Option<usize> {
    let mut at = first;
    loop {
        if at > last {
            return None;
        }
        let opens_sentence = at == limit || reader.is_lower(at);
        if opens_sentence && is_measure(reader, at, last) {
            return Some(at);
        }
        let drops = opens_sentence
            && (reader.has(at, Classes::CONJUNCTION)
                || (reader.has(at, Classes::ADVERB) && !reader.has(at, Classes::NUMBER)))
            || (reader.has(at, Classes::WEEKDAY.or(Classes::DAY)) && at < last);
        if drops {
            at += 1;
            continue;
        }
        if reader.is(at, &["last", "this", "next", "earlier", "later"])
            && reader.has(at + 1, Classes::PERIOD.or(Classes::WEEKDAY))
        {
            at += 2;
            continue;
        }
        if opens_sentence
            && reader.has(at, Classes::PREPOSITION)
            && !reader.has(at, Classes::NUMBER)
        {
            at = after_object(reader, at, last)?;
            continue;
        }
        return Some(at);
    }
}

/// `about four in 10 voters`, `more than half of them`, `First lady Ann Roth`: words that belong to what they stand before.
fn is_measure(reader: Reader, at: usize, last: usize) -> bool {
    if reader.is(at, &["first"]) {
        return reader.is(at + 1, &["lady"]);
    }
    let counted = if reader.is(at, &["more", "fewer", "less"]) && reader.is(at + 1, &["than"])
        || reader.is(at, &["at"]) && reader.is(at + 1, &["least", "most"])
    {
        at + 2
    } else if reader.is(at, &["about", "around", "nearly", "almost", "roughly"]) {
        at + 1
    } else {
        return false;
    };
    let is_share = reader.is(counted, &["half", "two-thirds", "three-quarters", "a"])
        || reader.has(counted, Classes::NUMBER)
        || reader
            .words
            .get(counted)
            .is_some_and(|word| word.form == Form::Number);
    is_share && counted < last && reader.is(counted + 1, &["in", "of", "out", "percent", "%"])
}

/// Where the object of the preposition at `at` ends and another phrase begins.
fn after_object(reader: Reader, at: usize, last: usize) -> Option<usize> {
    let mut consumed = false;
    for next in at + 1..=last {
        let begins = reader.has(next, Classes::DETERMINER.or(Classes::PERSONAL))
            || (reader.is_capital(next)
                && (reader.is_lower(next - 1)
                    || reader.has(next - 1, Classes::WEEKDAY.or(Classes::MONTH))))
            || reader.words[next - 1].form == Form::Number
            || (reader.has(next, PEOPLE)
                && reader.has(next - 1, Classes::WEEKDAY.or(Classes::MONTH)));
        if consumed && begins && !reader.has(next - 1, Classes::PREPOSITION.or(Classes::DETERMINER))
        {
            return Some(next);
        }
        consumed |= !reader.has(next, Classes::DETERMINER);
    }
    None
}

/// The noun phrase that begins at `start`, not reaching past `limit`.
pub(super) fn after(reader: Reader, start: usize, limit: usize) -> Option<NounPhrase> {
    if start >= limit {
        return None;
    }
    if reader.has(start, Classes::PERSONAL) || reader.is(start, &["it"]) {
        return phrase(reader, start..start + 1, start);
    }
    let mut end = start;
    let mut has_name = false;
    let mut has_head = false;
    while end < limit {
        if reader.is_mark(end) {
            let nick = reader.quotes.iter().find(|quote| {
                quote.kind == QuoteKind::Nickname
                    && quote.span.start() == reader.words[end].span.start()
            });
            if nick.is_none() && end > start && end + 1 < limit && is_inner_mark(reader, end) {
                end += 1;
                continue;
            }
            let Some(nick) = nick else { break };
            end = (end..limit)
                .find(|&at| reader.words[at].span.end() == nick.span.end())
                .map_or(limit, |close| close + 1);
            continue;
        }
        if reader.words[end].is_quoted {
            break;
        }
        let lower = reader.is_lower(end);
        if lower
            && (has_head || has_name)
            && let Some(close) = relative_end(reader, start, end, limit)
        {
            end = close;
            break;
        }
        let owned = end > start && reader.is_possessive(end - 1);
        if lower
            && !owned
            && reader.has(
                end,
                Classes::CLAUSE
                    .or(Classes::AUXILIARY)
                    .or(Classes::PRONOUN)
                    .or(Classes::ADVERB),
            )
        {
            break;
        }
        if lower
            && reader.has(end, Classes::CONJUNCTION)
            && !(reader.is(end, &["and"]) && has_name && reader.is_capital(end + 1))
        {
            break;
        }
        if reader.has(end, Classes::WEEKDAY.or(Classes::DAY)) && (has_name || has_head) {
            break;
        }
        if lower && reader.has(end, Classes::PREPOSITION) {
            let goes_on = if has_name {
                reader.is(end, &["of", "for", "from", "at"])
                    && reader.has(end + 1, Classes::DETERMINER)
                    && reader.is_capital(end + 2)
            } else {
                has_head
                    && reader.tag(end + 1) != Tag::Gerund
                    && (reader.is(end, &["of", "for", "with", "from", "close"])
                        || (reader.is(end, &["in", "at", "to"]) && reader.is_capital(end + 1)))
            };
            if !goes_on {
                break;
            }
            has_head = false;
            end += 1;
            continue;
        }
        if lower
            && (has_head || has_name)
            && (is_participle(reader.of(end)) && !reader.has(end + 1, Classes::PREPOSITION)
                || is_participle(reader.of(end)) && !reader.has(end.saturating_sub(1), PEOPLE))
        {
            break;
        }
        let leaves = reader.of(end).ends_with("ing") || reader.tag(end).is_finite();
        if lower && leaves && (has_head || has_name) {
            break;
        }
        if has_name
            && lower
            && !reader.has(end, Classes::PARTICLE)
            && !reader.has(end, Classes::ROLE.or(Classes::DOCUMENT).or(PEOPLE))
            && !leads_to_head(reader, start, end, limit)
        {
            break;
        }
        if reader.is_capital(end) && !(end == start && reader.has(end, Classes::STARTER)) {
            has_name = has_name || !reader.is_possessive(end);
        }
        has_head |= lower && !reader.has(end, Classes::DETERMINER);
        end += 1;
        if end - start > 25 {
            break;
        }
    }
    while end > start
        && reader.has(
            end - 1,
            Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::CONJUNCTION),
        )
    {
        end -= 1;
    }
    (end > start).then(|| phrase(reader, start..end, usize::MAX))?
}

/// `people briefed on the matter`, `a report released on Tuesday`, `a man who saw it`: where the words end that begin at `at` and say
/// more of the noun before them.
fn relative_end(reader: Reader, start: usize, at: usize, limit: usize) -> Option<usize> {
    if at == start || !reader.is_lower(at - 1) && at > start + 1 {
        return None;
    }
    let people = reader.has(at - 1, PEOPLE.or(Classes::ROLE));
    let document = reader.has(at - 1, Classes::DOCUMENT);
    if !(people || document) {
        return None;
    }
    let next = at + 1;
    let leads_on = next < limit
        && (reader.has(next, Classes::PREPOSITION) && reader.is_lower(next)
            || reader.has(next, Classes::WEEKDAY.or(Classes::MONTH).or(Classes::DAY)));
    let is_past = is_participle(reader.of(at)) || reader.tag(at) == Tag::Participle;
    let opens = if reader.is(at, &["who"]) {
        people && next < limit && !reader.is_mark(next)
    } else if reader.is(at, &["by"]) {
        document
            && next < limit
            && (reader.is_capital(next) || reader.has(next, Classes::DETERMINER))
    } else {
        is_past && leads_on
            || people && reader.tag(at) == Tag::Gerund && next < limit && !reader.is_mark(next)
    };
    if !opens {
        return None;
    }
    const ENDS: &[&str] = &[
        "because", "as", "while", "when", "after", "before", "if", "though", "although", "since",
        "until", "but", "that", "which", "whether",
    ];
    let whole = reader.is(at, &["who"]);
    let goes_on = |&word: &usize| {
        if reader.is_mark(word) {
            return is_inner_mark(reader, word);
        }
        !reader.words[word].is_quoted
            && !reader.is(word, ENDS)
            && (whole || !reader.tag(word).is_finite() || word == at)
            && (whole || !reader.has(word, Classes::PERSONAL.or(Classes::AUXILIARY)))
    };
    let mut close = (at..limit.min(at + 20)).take_while(goes_on).count() + at;
    // Cut off in its midst, nothing says where it ends.
    if close == at + 20 {
        return None;
    }
    // "The pier will be sold, said officials briefed on the plan Friday": they said so on Friday.
    let is_day = people
        && close > next + 1
        && reader.has(close - 1, Classes::WEEKDAY)
        && !reader.has(close - 2, Classes::PREPOSITION);
    close -= usize::from(is_day);
    while close > at && reader.has(close - 1, Classes::CONJUNCTION.or(Classes::DETERMINER)) {
        close -= 1;
    }
    (close > next).then_some(close)
}

/// `said CNN political director David Chalian`, `said one Trump confidant`: whether a name stands before the noun, or before the
/// further name, of whoever speaks.
fn leads_to_head(reader: Reader, start: usize, from: usize, limit: usize) -> bool {
    let time = Classes::PERIOD
        .or(Classes::DAY)
        .or(Classes::WEEKDAY)
        .or(Classes::MONTH);
    let is_inside = |at: usize| {
        at < limit.min(from + 4)
            && reader.is_lower(at)
            && matches!(reader.tag(at), Tag::Noun | Tag::Adjective)
            && !reader.has(at, time)
            && !reader.is(at, TIMES)
    };
    let mut at = from;
    while is_inside(at) {
        at += 1;
    }
    if at == from || reader.is_possessive(at - 1) {
        return false;
    }
    if at < limit && reader.is_capital(at) {
        return !reader.has(at, time);
    }
    // "Ruiz" alone is whoever speaks; "one Ruiz", "Italian" and "BBC" are not.
    let is_modifier = reader.has(start, Classes::DETERMINER.or(Classes::NUMBER))
        || reader.has(from - 1, Classes::DEMONYM.or(Classes::OUTLET))
        || reader.words[from - 1].form == Form::Caps;
    is_modifier
        && reader.tag(at - 1) == Tag::Noun
        && (at >= limit || reader.is_mark(at) || reader.is(at, &["who", "in", "of", "for", "with"]))
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "set" | "seen" | "made" | "written" | "given" | "held" | "sent" | "due"
        )
}

/// Says what the phrase over `range` is. `limit` is the first word of the sentence, where a capital means nothing.
pub(super) fn phrase(reader: Reader, range: Range<usize>, limit: usize) -> Option<NounPhrase> {
    if is_only_time(reader, &range) {
        return None;
    }
    let span = reader.cover(range.clone());
    let made = |name: Option<Span>, role: Option<Span>, head: Option<Span>, kind: NounKind| {
        Some(NounPhrase {
            span,
            name,
            role,
            head,
            kind,
        })
    };
    if range.len() == 1
        && (reader.has(range.start, Classes::PERSONAL) || reader.is(range.start, &["it"]))
    {
        return made(None, None, Some(span), NounKind::Pronoun);
    }
    if let Some(name) = name_behind_office(reader, &range) {
        let role = reader.cover(range.start..name.start);
        return made(Some(reader.cover(name)), Some(role), None, NounKind::Person);
    }
    let post = post_modifier(reader, &range, limit);
    let front = range.start..post;
    let run = name_run(reader, &front, limit);
    let name = split_title(reader, &run);
    if !name.is_empty() {
        let is_titled = name.start > run.start
            || (name.start > front.start && reader.has(name.start - 1, Classes::ROLE));
        let kind = name_kind(reader, &name, is_titled, &front);
        let role_start = if reader.has(front.start, Classes::DETERMINER) {
            front.start + 1
        } else {
            front.start
        };
        let role = (role_start < name.start && kind == NounKind::Person)
            .then(|| reader.cover(role_start..name.start));
        let name = with_field(reader, name, range.end, &kind);
        return made(Some(reader.cover(name)), role, None, kind);
    }
    if front.is_empty() {
        return None;
    }
    let head = post - 1;
    let kind = common_kind(reader, &range, post, head, limit);
    made(None, None, Some(reader.words[head].span), kind)
}

/// `Tomas Velk` of `Secretary of State Tomas Velk`: the name right behind an office with all its capitals.
fn name_behind_office(reader: Reader, range: &Range<usize>) -> Option<Range<usize>> {
    let of = (range.start + 1..range.end).find(|&at| !reader.is_capital(at))?;
    if !reader.is(of, &["of"]) || !reader.has(of - 1, Classes::ROLE) {
        return None;
    }
    let field = of + 1;
    let end = (field..range.end)
        .find(|&at| !reader.is_capital(at))
        .unwrap_or(range.end);
    let start = match reader.is(field, &["state"]) {
        true => field + 1,
        false => (field + 1..end).find(|&at| reader.has(at, Classes::FORENAME))?,
    };
    let words = end.saturating_sub(start);
    (2..=4).contains(&words).then_some(start..end)
}

/// `the Ministry of Transport`: what a body is for is part of its name.
fn with_field(reader: Reader, name: Range<usize>, end: usize, kind: &NounKind) -> Range<usize> {
    let field = name.end + 1..end;
    let goes_on = *kind == NounKind::Body
        && reader.is(name.end, &["of", "for"])
        && (1..=5).contains(&field.len())
        && reader.is_capital(field.end - 1)
        && field
            .clone()
            .all(|at| reader.is_capital(at) || reader.is(at, &["the", "and", "for", "of"]));
    match goes_on {
        true => name.start..end,
        false => name,
    }
}

/// Where what follows the head begins: a preposition, a participle after people, or the end.
fn post_modifier(reader: Reader, range: &Range<usize>, limit: usize) -> usize {
    for at in range.start + 1..range.end {
        let lower = reader.is_lower(at);
        let people_before = reader.has(at - 1, PEOPLE.or(Classes::ROLE).or(Classes::DOCUMENT));
        let is_counted = |at: usize| {
            reader.has(at, Classes::NUMBER)
                || reader
                    .words
                    .get(at)
                    .is_some_and(|word| word.form == Form::Number)
        };
        // "Four in 10 voters", "more than 20 voters": the voters are meant.
        if lower
            && is_counted(at + 1)
            && (reader.is(at, &["than"]) || reader.is(at, &["in"]) && is_counted(at - 1))
        {
            continue;
        }
        if lower && (reader.has(at, Classes::PREPOSITION) || reader.is(at, &["who", "whose"])) {
            return at;
        }
        if lower
            && people_before
            && (is_participle(reader.of(at))
                || matches!(reader.tag(at), Tag::Participle | Tag::Gerund)
                || reader.is(
                    at,
                    &["familiar", "close", "aware", "briefed", "involved", "privy"],
                ))
        {
            return at;
        }
    }
    let _ = limit;
    range.end
}

/// The run of capitalised words that ends the front of a phrase.
fn name_run(reader: Reader, front: &Range<usize>, limit: usize) -> Range<usize> {
    let mut start = front.end;
    while start > front.start {
        let at = start - 1;
        if reader.is_mark(at) {
            // "Hale & Sons", "Norway, France and Spain"
            let joins = reader.sign(at) == "&" && is_inner_mark(reader, at)
                || reader.sign(at) == "," && at > front.start && reader.has(at - 1, Classes::PLACE);
            if joins && start < front.end {
                start = at;
                continue;
            }
            let Some(open) = reader.nickname_open(at).filter(|&open| open > front.start) else {
                break;
            };
            start = open;
            continue;
        }
        // "Jan van der Berg": particles with a name on either side of them.
        let before = (front.start..at)
            .rev()
            .find(|&at| !(reader.has(at, Classes::PARTICLE) && reader.is_lower(at)));
        let particle = reader.has(at, Classes::PARTICLE)
            && reader.is_lower(at)
            && start < front.end
            && before.is_some_and(|at| reader.is_capital(at));
        let and = reader.is(at, &["and"])
            && start < front.end
            && at > front.start
            && reader.is_capital(at - 1);
        let only_by_place = at == limit && is_common_at_start(reader, at, front);
        let owns_what_follows = reader.is_possessive(at) && start == front.end;
        let capital = reader.is_capital(at)
            && !reader.has(at, Classes::DETERMINER)
            && !only_by_place
            && !owns_what_follows;
        if !(capital || particle || and) {
            break;
        }
        start = at;
    }
    start..front.end
}

/// A capital at the start of a sentence that a common noun, a number or an adverb has only because it stands there.
fn is_common_at_start(reader: Reader, at: usize, front: &Range<usize>) -> bool {
    let common = PEOPLE
        .or(Classes::DOCUMENT)
        .or(Classes::NUMBER)
        .or(Classes::STARTER)
        .or(Classes::RANK)
        .or(Classes::INSTITUTION_MODIFIER);
    let is_single = front.len() == 1 || reader.is_lower(at + 1);
    (reader.has(at, common) && (is_single || reader.has(at, Classes::NUMBER)))
        || (is_single
            && front.len() > 1
            && !(reader.is(at + 1, &["and"]) && reader.is_capital(at + 2))
            && !reader.opens_particles(at + 1)
            && !reader.has(at, Classes::DEMONYM.or(Classes::PLACE)))
}

/// Offices by which somebody is addressed: "Mr. President" has no name, "Mr. King" has.
const ADDRESSED: &[&str] = &[
    "president",
    "vice",
    "speaker",
    "chairman",
    "secretary",
    "mayor",
    "minister",
    "ambassador",
    "justice",
];

/// A run without the titles at its front: `Fisheries Minister Dana Ruiz` gives `Dana Ruiz`.
fn split_title(reader: Reader, run: &Range<usize>) -> Range<usize> {
    if run.is_empty() {
        return run.clone();
    }
    // "General Motors" is no officer.
    let is_company = |at: usize| reader.is(at, &["general"]) && reader.has(at + 1, Classes::BODY);
    let is_king = |at: usize| {
        at > run.start
            && reader.is(at - 1, &["mr.", "mr", "mrs.", "mrs", "ms.", "ms"])
            && !reader.is(at, ADDRESSED)
    };
    let is_title = |at: usize| {
        reader.has(at, Classes::ROLE.or(Classes::HONORIFIC))
            && !reader.has(at, Classes::FORENAME)
            && !is_king(at)
            && !is_company(at)
    };
    // "Sen. Ted Velk and Rep. Ann Roth": the second title is inside the name of the two.
    let and = run.clone().find(|&at| reader.is(at, &["and"]));
    let last_title = (run.start..and.unwrap_or(run.end))
        .rev()
        .find(|&at| is_title(at));
    match last_title {
        // "Martin King", "Judge": a title at the end is a name if a forename or nothing stands before it.
        Some(at) if at + 1 == run.end => {
            if run.len() == 1 || reader.has(run.start, Classes::FORENAME) {
                run.clone()
            } else {
                run.end..run.end
            }
        }
        Some(at) => at + 1..run.end,
        None => {
            // "Danish Dana Ruiz": nationalities and ranks before a longer name are no part of it.
            let mut start = run.start;
            while run.end - start > 2 && reader.has(start, Classes::DEMONYM.or(Classes::RANK)) {
                start += 1;
            }
            start..run.end
        }
    }
}

fn name_kind(
    reader: Reader,
    name: &Range<usize>,
    is_titled: bool,
    front: &Range<usize>,
) -> NounKind {
    let last = name.end - 1;
    let lower_role = name.start > front.start
        && reader.is_lower(name.start - 1)
        && reader.has(name.start - 1, Classes::ROLE);
    let forename = name.len() > 1
        && reader.has(name.start, Classes::FORENAME)
        && !reader.has(last, Classes::OUTLET.or(Classes::BODY));
    if is_titled || lower_role || forename {
        return NounKind::Person;
    }
    let determined = name.start > front.start && reader.has(name.start - 1, Classes::DETERMINER);
    if reader.has(last, Classes::OUTLET)
        && (name.len() > 1
            || determined
            || !matches!(
                reader.of(last),
                "Sun"
                    | "Mail"
                    | "Star"
                    | "Post"
                    | "Mirror"
                    | "Globe"
                    | "Press"
                    | "Times"
                    | "Observer"
                    | "Courier"
                    | "Herald"
            ))
    {
        return NounKind::Outlet;
    }
    let single_caps = name.len() == 1 && reader.words[last].form == Form::Caps;
    let any_body = name
        .clone()
        .any(|at| reader.has(at, Classes::BODY) || reader.sign(at) == "&");
    let place = reader.has(last, Classes::PLACE.or(Classes::DEMONYM));
    if single_caps
        || any_body
        || place
        || determined
        || reader.words[name.start].form == Form::Caps && !reader.of(name.start).contains('.')
    {
        return NounKind::Body;
    }
    NounKind::Person
}

fn common_kind(
    reader: Reader,
    range: &Range<usize>,
    post: usize,
    head: usize,
    limit: usize,
) -> NounKind {
    let determiner = match reader.has(range.start, Classes::DETERMINER) {
        true => reader.lower(range.start),
        false => Cow::Borrowed(""),
    };
    let is_definite = matches!(
        &*determiner,
        "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their"
    );
    let between = range.start..head;
    let anonymous = reader.has(head, Classes::ANONYMOUS.or(Classes::ANONYMOUS_SPECIFIC));
    let noun = reader.lower(head);
    if reader.has(head, Classes::PROXY) && post < range.end {
        return NounKind::Institution;
    }
    if anonymous {
        if noun.starts_with("official")
            && between
                .clone()
                .any(|at| reader.has(at, Classes::INSTITUTION_MODIFIER))
        {
            return NounKind::Institution;
        }
        let found = anonymous_features(reader, range, post, head, &determiner, &noun, limit);
        let bare = found.count.is_none()
            && found.basis.is_none()
            && !found.is_back_reference
            && found.affiliation.is_none();
        let crowd = matches!(&*noun, "people" | "person" | "individuals")
            || reader.has(head, Classes::COLLECTIVE);
        let known = reader.has(head, Classes::INSTITUTION) && bare;
        return match (
            bare && crowd,
            known,
            is_definite && reader.has(head, Classes::ROLE) && found.basis.is_none(),
        ) {
            (true, _, _) => NounKind::Collective,
            (_, true, _) => NounKind::Institution,
            (_, _, true) if !found.is_plural => NounKind::Definite,
            _ => NounKind::Anonymous(found),
        };
    }
    if reader.has(head, Classes::DOCUMENT) {
        return NounKind::Document;
    }
    if reader.has(head, Classes::ROLE) && !noun.ends_with('s') {
        return if is_definite || determiner.is_empty() {
            NounKind::Definite
        } else {
            NounKind::Collective
        };
    }
    if reader.has(head, Classes::INSTITUTION) {
        return NounKind::Institution;
    }
    let is_someone = ["man", "woman", "person", "ist", "wright"]
        .iter()
        .any(|ending| noun.ends_with(ending));
    if is_someone && is_definite {
        return NounKind::Definite;
    }
    let plural_role = noun
        .strip_suffix('s')
        .is_some_and(|stem| crate::words::classes(stem).has(Classes::ROLE));
    if reader.has(head, Classes::COLLECTIVE) || plural_role {
        return NounKind::Collective;
    }
    NounKind::Other
}

fn anonymous_features(
    reader: Reader,
    range: &Range<usize>,
    post: usize,
    head: usize,
    determiner: &str,
    noun: &str,
    limit: usize,
) -> Anonymous {
    let is_plural = noun.ends_with('s') || noun == "people";
    let front = range.start..head;
    let count = front
        .clone()
        .find_map(|at| number(reader.of(at)))
        .or(match determiner {
            "a" | "an" | "another" => Some(1),
            _ => None,
        });
    let basis = (post < range.end)
        .then(|| reader.cover(post..range.end))
        .filter(|_| is_basis(reader, post..range.end));
    let affiliation_in = |range: Range<usize>| {
        range.clone().find(|&at| {
            (reader.is_capital(at) && at != limit
                || reader.has(at, Classes::DEMONYM.or(Classes::PLACE))
                || (at == limit && reader.words[at].form == Form::Caps))
                || reader.has(at, Classes::INSTITUTION) && reader.is_lower(at)
                || reader.is(
                    at,
                    &[
                        "administration",
                        "campaign",
                        "intelligence",
                        "security",
                        "defense",
                        "defence",
                        "trade",
                        "union",
                        "industry",
                        "embassy",
                    ],
                )
        })
    };
    let affiliation = affiliation_in(front.clone())
        .or_else(|| {
            (post < range.end && basis.is_none())
                .then(|| affiliation_in(post..range.end))
                .flatten()
        })
        .map(|at| reader.words[at].span);
    let definite = matches!(determiner, "the" | "those" | "these");
    Anonymous {
        count,
        is_plural,
        basis,
        affiliation,
        reason: None,
        is_specific: reader.has(head, Classes::ANONYMOUS_SPECIFIC),
        is_back_reference: definite && post == range.end && affiliation.is_none(),
    }
}

/// "familiar with", "with direct knowledge of", "briefed on", "involved in", "who attended".
fn is_basis(reader: Reader, range: Range<usize>) -> bool {
    let first = range.start;
    // "who spoke on condition of anonymity" says how they speak, not how they know.
    let is_terms = reader.is(
        first + 1,
        &["spoke", "asked", "declined", "requested", "refused"],
    ) || range
        .clone()
        .any(|at| reader.is(at, &["authorized", "authorised"]));
    if reader.is(first, &["who"]) && is_terms {
        return false;
    }
    reader.is(
        first,
        &[
            "familiar", "briefed", "involved", "close", "aware", "privy", "who",
        ],
    ) || (reader.is(first, &["with"])
        && range.clone().any(|at| {
            reader.is(
                at,
                &[
                    "knowledge",
                    "insight",
                    "access",
                    "information",
                    "understanding",
                ],
            )
        }))
}

/// The number that a word says: `three`, `several` (3), `twenty-three`, `12`.
pub fn number(word: &str) -> Option<u32> {
    let nth = |words: &[&str], word: &str| {
        let at = words.iter().position(|known| *known == word)?;
        Some(at as u32)
    };
    let one = |word: &str| nth(&NUMBERS[1..], word).map(|at| at + 1);
    let ten = |word: &str| nth(&TENS, word).map(|at| 10 * at + 20);
    let lower = lower(word);
    match &*lower {
        "several" | "few" | "some" => Some(3),
        "couple" | "pair" => Some(2),
        "dozen" => Some(12),
        word => match word.split_once('-') {
            Some((tens, ones)) => {
                let ones = one(ones).filter(|ones| *ones < 10)?;
                Some(ten(tens)? + ones)
            }
            None => one(word)
                .or_else(|| ten(word))
                .or_else(|| word.parse().ok()),
        },
    }
}
