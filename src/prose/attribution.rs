//! Attributions in a block: each cue with its source, and the quotations it binds in its own sentence.

use crate::text::span::Span;
use crate::words::{Classes, MANNERS, VerbForm, is_alike};

use super::cue::{Cue, cue_at, ends_as_adverb};
use super::phrase::{self, NounKind, NounPhrase, Reader};
use super::tag::Tag;
use super::{
    Attribution, AttributionForm, Form, Quote, QuoteKind, Sentence, Stance, Strength, Word,
};
use super::{frame, subject};

/// The attributions of a block, in order of their cues.
pub(super) fn attributions(reader: Reader, sentences: &[Sentence]) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = stopped_label(reader).into_iter().collect();
    let has_quotes = !reader.quotes.is_empty();
    for (index, sentence) in sentences.iter().enumerate() {
        let from = found.len();
        let asked = |word: &Word| !word.is_quoted && may_report(word, has_quotes);
        for at in reader.those(sentence, asked) {
            let earlier = &found[from..];
            let made = match reader.is_mark(at) {
                false => according_to(reader, sentence, at)
                    .or_else(|| put_it(reader, sentence, at))
                    .or_else(|| spoken(reader, sentence, at, earlier))
                    .or_else(|| by_place(reader, sentence, at)),
                true => match reader.of(at) {
                    ":" => labelled(reader, at)
                        .or_else(|| introduced(reader, sentence, at, earlier))
                        .or_else(|| headed(reader, sentence, at).filter(|_| earlier.is_empty())),
                    "," => after_comma(reader, sentence, at, earlier),
                    _ => signed(reader, at),
                },
            };
            if let Some(attribution) = made {
                // Most blocks have one or two, and these are large.
                if found.len() < 4 {
                    found.reserve_exact(1);
                }
                found.push(Attribution {
                    sentence: index,
                    ..attribution
                });
            }
        }
        mark_inner(&mut found[from..]);
        for attribution in &mut found[from..] {
            add_reason(reader, sentence, attribution);
        }
    }
    bind(reader, sentences, &mut found);
    found
}

/// Whether a word may be the cue of an attribution, or its first word, or a mark is: most words are nothing of that. Any verb
/// may be a cue by its place beside a quotation.
fn may_report(word: &Word, has_quotes: bool) -> bool {
    word.form == Form::Mark
        || word.classes.has(Classes::CUE.or(Classes::ATTRIBUTES))
        || has_quotes
            && matches!(
                word.tag,
                Tag::Past | Tag::Present | Tag::Participle | Tag::Base
            )
}

fn attribution(
    reader: Reader,
    cue: std::ops::Range<usize>,
    lemma: &'static str,
    form: AttributionForm,
) -> Attribution {
    Attribution {
        cue: reader.cover(cue),
        lemma,
        strength: Strength::Strict,
        stance: frame::of_verb(lemma, None).map_or(Stance::Says, |frame| frame.stance),
        form,
        source: None,
        sentence: 0,
        is_quoted: false,
        is_inner: false,
        quotes: Vec::new(),
        manner: None,
    }
}

/// `according to NP`, `in the words of NP`
fn according_to(reader: Reader, sentence: &Sentence, at: usize) -> Option<Attribution> {
    let is_according = reader.is(at, &["according"]) && reader.is(at + 1, &["to"]);
    let is_words = reader.is(at, &["in"])
        && reader.is(at + 1, &["the"])
        && reader.is(at + 2, &["words"])
        && reader.is(at + 3, &["of"]);
    let end = match (is_according, is_words) {
        (true, _) => at + 2,
        (_, true) => at + 4,
        _ if reader.is(at, &["per"]) => return per(reader, sentence, at),
        _ => return None,
    };
    let source = phrase::after(reader, end, sentence.words.end)?;
    let mut made = attribution(
        reader,
        at..end,
        "according to",
        AttributionForm::AccordingTo,
    );
    made.source = Some(source);
    Some(made)
}

/// `NP said …`, `…, said NP`
/// `…, per city records`, `Per the filing, …`, `…, as per police`; never `per day`, `per cent`.
fn per(reader: Reader, sentence: &Sentence, at: usize) -> Option<Attribution> {
    let is_as = at > sentence.words.start && reader.is(at - 1, &["as"]);
    let start = at - usize::from(is_as);
    let opens = start == sentence.words.start;
    let closes = start > sentence.words.start && reader.of(start - 1) == ",";
    if !opens && !closes {
        return None;
    }
    let source = phrase::after(reader, at + 1, sentence.words.end)?;
    let speaks = matches!(
        source.kind,
        NounKind::Person
            | NounKind::Body
            | NounKind::Outlet
            | NounKind::Document
            | NounKind::Institution
            | NounKind::Anonymous(_)
    );
    if !speaks {
        return None;
    }
    let cue = start..at + 1;
    let mut made = attribution(reader, cue, "according to", AttributionForm::AccordingTo);
    made.source = Some(source);
    Some(made)
}

fn spoken(
    reader: Reader,
    sentence: &Sentence,
    at: usize,
    earlier: &[Attribution],
) -> Option<Attribution> {
    let limit = sentence.words.start;
    let cue = cue_at(reader, limit, at)?;
    // "That said, …": a turn of phrase.
    let is_turn = cue.lemma == "say" && cue.start == limit + 1 && reader.is(limit, &["that"]);
    if is_turn && reader.is(cue.end, &[","])
        || subject::describes(reader, cue.verb, sentence.words.end)
        || takes_thing(reader, sentence, &cue)
    {
        return None;
    }
    let is_strict = reader.has(cue.verb, Classes::CUE_STRICT);
    let is_data = reader.has(cue.verb, Classes::CUE_DATA) && !is_strict;
    let mut made = attribution(
        reader,
        cue.start..cue.end,
        cue.lemma,
        AttributionForm::Before,
    );
    if !is_strict || cue.is_unreal {
        made.strength = Strength::Broad;
    }
    made.manner = manner(reader, sentence, cue.end);
    if cue.is_passive {
        return passive(reader, sentence, &cue, made);
    }
    if cue.form == VerbForm::Ing && !(cue.start < cue.verb && reader.has(cue.start, Classes::BE)) {
        return participle(reader, sentence, &cue, made, earlier);
    }
    if reader.is(cue.start.wrapping_sub(1), &["to"]) && cue.start > limit {
        return None;
    }
    let over = subject::over_relative(reader, limit, cue.start)
        .filter(|source| may_speak(source, &cue, is_data) && reports(reader, sentence, &cue));
    // "Two people who attended the meeting said": where the words alone reach as far, they say more of the source.
    let plain = phrase::before_clause(reader, limit, cue.start)
        .or_else(|| phrase::before(reader, limit, cue.start));
    let start = |source: &NounPhrase| source.span.start();
    let by_words = match (over, plain) {
        (Some(over), Some(plain)) if start(&plain) == start(&over) => Some(plain),
        (Some(over), _) => Some(over),
        (None, plain) => plain,
    };
    let by_words = by_words
        .filter(|source| !is_time(reader, source))
        .filter(|source| may_speak(source, &cue, is_data) && agrees(reader, source, &cue))
        .filter(|source| !phrase::is_broken(reader, source.span));
    let found = by_words.or_else(|| {
        by_tags(reader, limit, &cue, is_data).filter(|_| reports(reader, sentence, &cue))
    });
    let found = found.or_else(|| beside_speech(reader, sentence, &cue));
    let found = found.or_else(|| {
        // "Ruiz said the road was safe and told them to go": both are hers.
        let joins = cue.start > limit
            && reader.tag(cue.start - 1) == Tag::Coordinator
            && reader.is(cue.start - 1, &["and", "but", "or"]);
        if !joins || !reports(reader, sentence, &cue) {
            return None;
        }
        let before = earlier
            .iter()
            .rev()
            .find(|other| !other.is_quoted && !other.is_inner);
        match before {
            Some(before) => before.source.clone(),
            // "Ruiz took the stage and called the road “a grave”": words in marks follow.
            None => subject::of_clause(reader, limit, cue.start)
                .filter(|_| is_strict || made.stance == Stance::Says)
                .filter(|_| quotes_later(reader, sentence, cue.end))
                // "denied that Ruiz had left and said": whose verb it is depends on where the clause ends.
                .filter(|source| {
                    let (first, _) = reader.range(source.span);
                    let before = limit..first;
                    let stop = before.clone().rev().find(|&at| reader.is(at, &[","]));
                    !(stop.unwrap_or(limit)..first).any(|at| reader.is(at, &["that", "whether"]))
                })
                .filter(|source| may_speak(source, &cue, is_data))
                .filter(|source| !is_time(reader, source))
                .filter(|source| !phrase::is_broken(reader, source.span)),
        }
    });
    if let Some(source) = found {
        if is_trailing(reader, sentence, &cue, &source) {
            made.form = AttributionForm::After;
        }
        made.source = Some(source);
        return Some(made);
    }
    inverted(reader, sentence, &cue, made)
}

/// `“…,” the two write`, `Another tweeted, “…”`: right beside a quotation whoever stands before a verb of saying speaks.
fn beside_speech(reader: Reader, sentence: &Sentence, cue: &Cue) -> Option<NounPhrase> {
    let limit = sentence.words.start;
    let tells = cue.form != VerbForm::Ing && reader.has(cue.verb, Classes::CUE_STRICT);
    let source = whoever_before(reader, limit, cue.start).filter(|_| tells)?;
    let (first, _) = reader.range(source.span);
    let is_beside =
        leads_to_speech(reader, sentence, first, cue.end) || after_speech(reader, sentence, first);
    is_beside.then_some(source)
}

/// `Another tweeted, “…”`: nothing else stands before a quotation, from the first word of who speaks to the end of the cue.
fn leads_to_speech(reader: Reader, sentence: &Sentence, first: usize, end: usize) -> bool {
    first == sentence.words.start && reader.leads_to_quotation(end)
}

/// The noun phrase before a verb, whatever it names but a day.
fn whoever_before(reader: Reader, limit: usize, end: usize) -> Option<NounPhrase> {
    let is_whole = |source: &NounPhrase| {
        // "the report said": an article is no phrase; "Another tweeted" is whole.
        let (from, to) = reader.range(source.span);
        let is_alone = to == from + 1 && reader.tag(from) == Tag::Determiner;
        let stands = !is_alone || reader.is(from, &["another", "some", "many", "both", "all"]);
        stands && !phrase::is_broken(reader, source.span) && !is_time(reader, source)
    };
    subject::before(reader, limit, end)
        .filter(is_whole)
        .or_else(|| phrase::before(reader, limit, end).filter(is_whole))
}

/// Whether words in marks stand behind a word of its sentence.
fn quotes_later(reader: Reader, sentence: &Sentence, from: usize) -> bool {
    (from..sentence.words.end).any(|at| reader.words[at].is_quoted)
}

/// `As Ruiz put it, “…”`, `The road is “a grave,” as the mayor puts it`: never `put it on the table`.
fn put_it(reader: Reader, sentence: &Sentence, at: usize) -> Option<Attribution> {
    let is_put = reader.is(at, &["put", "puts"]) && reader.is(at + 1, &["it"]);
    if !is_put || reader.quotes.is_empty() {
        return None;
    }
    let mut end = at + 2;
    // "put it this way", "put it bluntly"
    end += match reader.is(end, &["this", "that"]) && reader.is(end + 1, &["way"]) {
        true => 2,
        false => usize::from(ends_as_adverb(reader, end)),
    };
    let leads = reader.leads_to_quotation(end);
    let closes =
        end >= reader.words.len() || matches!(reader.sign(end), "." | "," | "—" | "-" | "–");
    let limit = sentence.words.start;
    let source = subject::before(reader, limit, at)
        .filter(|source| !phrase::is_broken(reader, source.span))
        .or_else(|| phrase::before(reader, limit, at))?;
    let (first, _) = reader.range(source.span);
    let is_as = first > limit && reader.is(first - 1, &["as"]);
    let follows = after_speech(reader, sentence, first);
    if !(leads || closes && (is_as || follows)) {
        return None;
    }
    let form = match leads {
        true => AttributionForm::Before,
        false => AttributionForm::After,
    };
    let mut made = attribution(reader, at..end, "put it", form);
    made.source = Some(source);
    Some(made)
}

/// Whether what stands before or behind the cue can be what it reports: "added that", not "added a sailing".
fn reports(reader: Reader, sentence: &Sentence, cue: &Cue) -> bool {
    let closes = sentence.words.start < cue.start
        && matches!(
            reader
                .words
                .get(cue.end)
                .map(|word| word.span.of(reader.text)),
            Some("." | ",")
        );
    let particle = (cue.end > cue.verb + 1).then(|| reader.of(cue.end - 1));
    let frame = frame::of_verb(cue.lemma, particle);
    closes
        || frame.is_some_and(|frame| {
            frame::fill(reader, frame, cue.end, sentence.words.end, false).is_some()
        })
}

/// `claimed his third title`, `added 142,000 jobs`: what was won or put to something, not words.
fn takes_thing(reader: Reader, sentence: &Sentence, cue: &Cue) -> bool {
    const WON: &[&str] = &[
        "title",
        "titles",
        "medal",
        "medals",
        "crown",
        "victory",
        "trophy",
        "cup",
        "championship",
        "life",
        "lives",
        "prize",
        "wicket",
        "wickets",
    ];
    let is_counted = matches!(reader.tag(cue.end), Tag::Number | Tag::Owner);
    let opens = is_counted || reader.tag(cue.end) == Tag::Determiner;
    // "We have added a million jobs" boasts of it.
    let is_own = cue.start > sentence.words.start && reader.is(cue.start - 1, &["we", "i"]);
    if !opens || is_own || cue.is_passive || cue.end > cue.verb + 1 {
        return false;
    }
    let mut object = (cue.end..sentence.words.end.min(cue.end + 6)).take_while(|&at| {
        !reader.is_mark(at) && (at == cue.end || reader.tag(at) != Tag::Preposition)
    });
    let is_thing = match cue.lemma {
        "add" => is_counted && object.all(|at| !reader.tag(at).is_finite()),
        "claim" => object.any(|at| reader.is(at, WON)),
        _ => return false,
    };
    let is_quoted = |at: usize| reader.words[at].is_quoted;
    is_thing && !sentence.words.clone().any(is_quoted) && !reports(reader, sentence, cue)
}

/// Whether a clause with its "that", or an infinitive, follows the cue.
fn goes_on_to_report(reader: Reader, sentence: &Sentence, cue: &Cue) -> bool {
    let Some(frame) = frame::of_verb(cue.lemma, None) else {
        return false;
    };
    let end = sentence.words.end;
    let fill = frame::fill(reader, frame, cue.end, end, false);
    fill.is_some_and(|fill| {
        reader.tag(fill.from) == Tag::To
            || reader.tag(fill.from) == Tag::Opener && reader.is(fill.from, &["that", "whether"])
    })
}

/// The subject as the classes of words show it, where the lists of words do not.
fn by_tags(reader: Reader, limit: usize, cue: &Cue, is_data: bool) -> Option<NounPhrase> {
    let tells = reader.tag(cue.verb).is_finite()
        || reader.tag(cue.start).is_finite() && cue.start < cue.verb;
    let source = subject::before(reader, limit, cue.start).filter(|_| tells)?;
    let is_it = source.span.of(reader.text).eq_ignore_ascii_case("it");
    let speaks = match source.kind {
        NounKind::Other => {
            may_speak(&source, cue, is_data) || super::stance::may_hold(reader, &source)
        }
        _ => may_speak(&source, cue, is_data),
    };
    (speaks && !is_it && !phrase::is_broken(reader, source.span)).then_some(source)
}

/// "Tuesday" is nobody: the subject stands before it.
fn is_time(reader: Reader, source: &NounPhrase) -> bool {
    let (from, to) = reader.range(source.span);
    to == from + 1 && reader.has(from, Classes::WEEKDAY.or(Classes::DAY).or(Classes::MONTH))
}

/// Whether such a phrase can be the source of such a cue.
fn may_speak(source: &NounPhrase, cue: &Cue, is_data: bool) -> bool {
    let is_other = source.kind == NounKind::Other;
    let is_pronoun = source.kind == NounKind::Pronoun;
    if is_data {
        return !is_other && !is_pronoun;
    }
    !is_other || matches!(cue.lemma, "say" | "add" | "tell" | "write" | "announce")
}

/// "say" in the present wants a plural, "says" a singular; "reports" after a plural noun is a noun.
fn agrees(reader: Reader, source: &NounPhrase, cue: &Cue) -> bool {
    if cue.start < cue.verb {
        return true;
    }
    let words = source.span.of(reader.text);
    match cue.form {
        VerbForm::Base => {
            matches!(
                &source.kind,
                NounKind::Collective
                    | NounKind::Body
                    | NounKind::Outlet
                    | NounKind::Institution
                    | NounKind::Document
            ) || matches!(&source.kind, NounKind::Anonymous(found) if found.is_plural)
                || ["they", "we", "i", "you"]
                    .iter()
                    .any(|one| words.eq_ignore_ascii_case(one))
                || words.contains(" and ")
        }
        _ => true,
    }
}

/// `said Lena Ortiz`, `said the mayor`
fn inverted(
    reader: Reader,
    sentence: &Sentence,
    cue: &Cue,
    mut made: Attribution,
) -> Option<Attribution> {
    let opens = cue.start == sentence.words.start;
    if opens && matches!(cue.form, VerbForm::Past | VerbForm::Third) {
        // "Said Lena Ruiz: “…”"
        let source = phrase::after(reader, cue.end, sentence.words.end).filter(|found| {
            let begins = found.span.start() == reader.words[cue.end].span.start();
            begins
                && !matches!(
                    found.kind,
                    NounKind::Other | NounKind::Pronoun | NounKind::Document
                )
        })?;
        let (_, end) = reader.range(source.span);
        let leads = (end..sentence.words.end).any(|at| reader.leads_to_quotation(at));
        made.source = Some(with_role_after(reader, source));
        return leads.then_some(made);
    }
    let before = cue
        .start
        .checked_sub(1)
        .filter(|&before| before >= sentence.words.start)?;
    let follows = matches!(
        reader.of(before),
        "”" | "\"" | "’" | "'" | "," | "—" | "»" | "–" | "--"
    );
    let strict = reader.has(cue.verb, Classes::CUE_STRICT)
        && matches!(cue.form, VerbForm::Past | VerbForm::Third | VerbForm::Base);
    if !follows || !strict {
        return None;
    }
    let source = phrase::after(reader, cue.end, sentence.words.end)?;
    let adjacent = source.span.start() >= reader.words[cue.end].span.start();
    // "“It is over,” wrote one reader", "“Keep out,” read the sign"
    let is_spoken = after_speech(reader, sentence, cue.start) && source.kind != NounKind::Pronoun;
    // "Nearly half, nine families, say they …" is no inversion.
    let after_comma = reader.of(before) == "," && source.kind == NounKind::Pronoun;
    // "says a narrator", "said the 46-year-old"
    let closes = matches!(reader.of(before), "”" | "\"" | "’" | "»");
    let described = closes
        && matches!(
            cue.lemma,
            "say" | "add" | "shout" | "ask" | "reply" | "recall" | "explain"
        )
        && reader.has(cue.end, Classes::DETERMINER.or(Classes::NUMBER));
    let named = (described || !matches!(source.kind, NounKind::Other | NounKind::Document))
        && adjacent
        && !after_comma;
    let is_whole = is_spoken && adjacent && !phrase::is_broken(reader, source.span);
    if !named && !is_whole {
        return None;
    }
    made.form = AttributionForm::After;
    made.source = Some(with_role_after(reader, source));
    Some(made)
}

/// `“…,” blared the front page`, `“…!” the crowd echoed`: any verb may say what ends with the comma of a quotation.
fn by_place(reader: Reader, sentence: &Sentence, at: usize) -> Option<Attribution> {
    let tag = reader.tag(at);
    let verb = reader
        .verbs(at)
        .iter()
        .find(|verb| verb.particle.is_none() && verb.form != VerbForm::Ing)
        .filter(|_| reader.has(at, Classes::CUE_STRICT));
    // “…,” the two write: by its place no noun.
    let may_tell = (verb.is_some() || matches!(tag, Tag::Past | Tag::Present | Tag::Participle))
        && reader.is_lower(at)
        && !reader.has(at, Classes::AUXILIARY);
    if !may_tell || reader.quotes.is_empty() {
        return None;
    }
    let lemma = verb.map_or("by its place", |verb| verb.lemma);
    let follows = after_speech(reader, sentence, at);
    let made = |source: NounPhrase| {
        let mut made = attribution(reader, at..at + 1, lemma, AttributionForm::After);
        made.source = Some(source);
        made
    };
    if follows && verb.is_some() {
        return None;
    }
    if follows {
        let source = phrase::after(reader, at + 1, sentence.words.end)?;
        let adjacent = source.span.start() == reader.words.get(at + 1)?.span.start();
        let speaks = !matches!(source.kind, NounKind::Pronoun)
            && (source.kind != NounKind::Other || super::stance::may_hold(reader, &source));
        return (adjacent && speaks && !phrase::is_broken(reader, source.span))
            .then(|| made(with_role_after(reader, source)));
    }
    let source = match verb {
        Some(_) => whoever_before(reader, sentence.words.start, at)?,
        None => phrase::before(reader, sentence.words.start, at)?,
    };
    let (first, _) = reader.range(source.span);
    // A participle tells of the noun before it, unless a name ends with it.
    let speaks = match (verb, tag) {
        (Some(_), _) => true,
        (None, Tag::Participle) => source.kind == NounKind::Person && closes_after(reader, at),
        (None, _) => source.kind != NounKind::Other,
    };
    let speaks = speaks && !phrase::is_broken(reader, source.span);
    if verb.is_some() && speaks && leads_to_speech(reader, sentence, first, at + 1) {
        return Some(Attribution {
            form: AttributionForm::Before,
            ..made(source)
        });
    }
    let is_beat = || closes_after(reader, at) && after_question(reader, sentence, first);
    (speaks && (after_speech(reader, sentence, first) || is_beat())).then(|| made(source))
}

/// `“Would it be free?” Ruiz pressed.`: a sentence of its own after a question or a shout.
fn after_question(reader: Reader, sentence: &Sentence, first: usize) -> bool {
    first == sentence.words.start
        && first >= 2
        && matches!(reader.of(first - 1), "”" | "\"")
        && matches!(reader.of(first - 2), "?" | "!")
        && reader.quotes.iter().any(|quote| {
            quote.depth == 0
                && quote.kind == QuoteKind::Full
                && quote.word_count >= 2
                && quote.span.end() == reader.words[first - 1].span.end()
        })
}

/// Whether a verb says all it says: `pressed.`, `went on, as if …`.
fn closes_after(reader: Reader, verb: usize) -> bool {
    let particle = usize::from(reader.is(verb + 1, &["on", "back", "out", "in", "up"]));
    verb + 1 + particle >= reader.words.len() || reader.is(verb + 1 + particle, &[".", ","])
}

/// Whether a quotation that ends with a comma, a question mark or an exclamation mark closes right before a word.
fn after_speech(reader: Reader, sentence: &Sentence, at: usize) -> bool {
    let mut inside = at;
    while inside > sentence.words.start
        && matches!(reader.sign(inside - 1), "”" | "\"" | "’" | "»" | "'")
    {
        inside -= 1;
    }
    inside < at
        && inside > sentence.words.start
        && matches!(reader.sign(inside - 1), "," | "?" | "!" | "—" | "-")
        && reader.quotes.iter().any(|quote| {
            let opens = reader.words[sentence.words.start].span.start();
            quote.depth == 0
                && quote.word_count >= 2
                && quote.span.start() <= opens + 1
                && quote.kind != QuoteKind::Title
                && quote.span.end() <= reader.words[at].span.start()
                && quote.span.end() + 1 >= reader.words[inside].span.start()
        })
}

/// `said Lena Ortiz, a nurse at the clinic`: the appositive is the role.
fn with_role_after(reader: Reader, mut source: NounPhrase) -> NounPhrase {
    if source.role.is_some() {
        return source;
    }
    let Some(comma) = reader
        .words
        .iter()
        .position(|word| word.span.start() >= source.span.end())
    else {
        return source;
    };
    if !reader.is(comma, &[","]) {
        return source;
    }
    let end = (comma + 1..reader.words.len())
        .find(|&at| matches!(reader.of(at), "," | "." | ";" | "“" | "”"))
        .unwrap_or(comma + 1);
    let inside = comma + 1..end;
    if source.name.is_none()
        && !matches!(source.kind, NounKind::Pronoun | NounKind::Document)
        && let Some(name) = phrase::named_in(reader, inside.clone())
    {
        source.role = Some(source.span);
        source.span = source.span.cover(name);
        source.name = Some(name);
        source.kind = NounKind::Person;
        return source;
    }
    let is_role = inside.clone().any(|at| reader.has(at, Classes::ROLE))
        || inside.len() == 1 && reader.words[inside.start].form == super::Form::Number;
    if is_role {
        source.role = Some(reader.cover(inside));
    }
    source
}

/// "was told by NP", "it was reported that": the agent if one is named, else nobody.
fn passive(
    reader: Reader,
    sentence: &Sentence,
    cue: &Cue,
    mut made: Attribution,
) -> Option<Attribution> {
    made.strength = Strength::Broad;
    let by = (cue.end..sentence.words.end.min(cue.end + 4)).find(|&at| reader.is(at, &["by"]));
    made.source = by
        .and_then(|by| phrase::after(reader, by + 1, sentence.words.end))
        .filter(|found| found.kind != NounKind::Other);
    const OF_NOBODY: &[&str] = &[
        "say", "tell", "report", "believe", "expect", "fear", "know", "think", "estimate",
        "accuse", "charge", "blame", "allege", "sue",
    ];
    if made.source.is_none() && !OF_NOBODY.contains(&cue.lemma) {
        return None;
    }
    if made.source.is_some() && reader.has(cue.verb, Classes::CUE_STRICT) {
        made.strength = Strength::Strict;
    }
    Some(made)
}

/// `Xinhua quoted Li as saying`: whoever is quoted speaks, not the paper.
fn quoted_as(reader: Reader, limit: usize, cue: &Cue) -> Option<NounPhrase> {
    let before = cue.start.checked_sub(1)?;
    if !reader.is(before, &["as"]) {
        return None;
    }
    let quotes = (limit..before).rev().take(12).find(|&at| {
        reader.is(
            at,
            &["quoted", "quotes", "quoting", "cited", "cites", "citing"],
        )
    })?;
    phrase::after(reader, quotes + 1, before)
}

/// `…, adding that …`: the subject of the sentence goes on.
fn participle(
    reader: Reader,
    sentence: &Sentence,
    cue: &Cue,
    mut made: Attribution,
    earlier: &[Attribution],
) -> Option<Attribution> {
    let limit = sentence.words.start;
    if let Some(quoted) = quoted_as(reader, limit, cue) {
        made.source = Some(quoted);
        return Some(made);
    }
    let from_clause = |made: Attribution| {
        let subject = subject::of_participle(reader, limit, cue.start, sentence.words.end)
            .filter(|found| may_speak(found, cue, false) && reports(reader, sentence, cue));
        subject.map(|subject| Attribution {
            source: Some(subject),
            ..made
        })
    };
    let Some(before) = cue.start.checked_sub(1).filter(|&before| before >= limit) else {
        return from_clause(made);
    };
    let quotes_next = matches!(
        reader
            .words
            .get(cue.end)
            .map(|word| word.span.of(reader.text)),
        Some("," | ":" | "“" | "\"" | "'")
    );
    if reader.has(before, Classes::PERSONAL) && reader.of(before).contains(['’', '\'']) {
        // "He’s claiming"
        made.source = phrase::before(reader, limit, cue.start);
        return made.source.is_some().then_some(made);
    }
    let goes_on = matches!(reader.of(before), "," | "”" | "\"" | "—")
        || reader.is(before, &["and", "as", "by"]);
    if !goes_on {
        // "footage of Ortiz asking, “…”"
        let near = phrase::before(reader, limit, cue.start)
            .filter(|found| quotes_next && found.kind == NounKind::Person);
        let Some(near) = near else {
            return from_clause(made);
        };
        made.source = Some(near);
        return Some(made);
    }
    let subject = earlier
        .iter()
        .rev()
        .find_map(|found| found.source.clone())
        .or_else(|| sentence_subject(reader, sentence));
    if let Some(subject) = subject.filter(|found| found.kind != NounKind::Other) {
        made.source = Some(subject);
        return Some(made);
    }
    // "The old paper has been outspoken, arguing that it is “late”": words in marks follow, and whoever the clause is about speaks.
    if !quotes_later(reader, sentence, cue.end) {
        return None;
    }
    let whoever = subject::of_participle(reader, limit, cue.start, sentence.words.end)
        .filter(|found| super::stance::may_hold(reader, found))
        .filter(|found| !phrase::is_broken(reader, found.span) && !is_time(reader, found))?;
    made.source = Some(whoever);
    Some(made)
}

/// The noun phrase that opens the sentence.
fn sentence_subject(reader: Reader, sentence: &Sentence) -> Option<NounPhrase> {
    let start = sentence.words.clone().find(|&at| !reader.is_mark(at))?;
    let opens_with_time = {
        let comma = (start..sentence.words.end.min(start + 7)).find(|&at| reader.is(at, &[","]));
        let only_time = |&comma: &usize| {
            !(start..comma)
                .any(|at| reader.tag(at).is_finite() || reader.has(at, Classes::PERSONAL))
        };
        comma.filter(only_time).is_some_and(|comma| {
            (start..comma).any(|at| {
                reader.has(at, Classes::WEEKDAY.or(Classes::DAY).or(Classes::PERIOD))
                    || reader.is(at, &["later", "earlier", "ago", "then", "afterward"])
            })
        })
    };
    // "Stung by the count, as well as by the cost, Ruiz left": who does so is named behind it.
    let opens_with_participle = reader.has(start + 1, Classes::PREPOSITION)
        && !reader.has(start, Classes::FORENAME)
        && (matches!(reader.tag(start), Tag::Gerund | Tag::Participle)
            || ["ing", "ed"]
                .iter()
                .any(|end| reader.of(start).ends_with(end)));
    if opens_with_participle {
        let end = sentence.words.end;
        let comma = (start..end).find(|&at| {
            reader.of(at) == "," && super::frame::is_bare_clause(reader, at + 1, end)
        })?;
        return phrase::after(reader, comma + 1, end);
    }
    let start = if opens_with_time || reader.has(start, Classes::PREPOSITION.or(Classes::CLAUSE)) {
        sentence
            .words
            .clone()
            .find(|&at| reader.is(at, &[","]))
            .map(|comma| comma + 1)?
    } else {
        start
    };
    phrase::after(reader, start, sentence.words.end)
}

/// `“…” — Dana Ortiz`: a dash and a name after a quotation.
fn signed(reader: Reader, at: usize) -> Option<Attribution> {
    let is_dash = matches!(reader.sign(at), "—" | "–" | "--" | "―");
    if !is_dash || at == 0 || !matches!(reader.sign(at - 1), "”" | "\"" | "»" | "’") {
        return None;
    }
    let source = phrase::after(reader, at + 1, reader.words.len())?;
    let end = reader
        .words
        .iter()
        .position(|word| word.span.start() >= source.span.end())
        .unwrap_or(reader.words.len());
    let ends = end >= reader.words.len() || matches!(reader.of(end), "." | "“" | "\"" | "," | "(");
    let is_name = source.kind == NounKind::Person
        && source
            .name
            .is_some_and(|name| name.of(reader.text).contains(' '));
    let mut made = attribution(reader, at..at + 1, "—", AttributionForm::After);
    made.source = Some(source);
    (ends && is_name).then_some(made)
}

/// `NP …: “…”` without another cue, the colon being the mark at `at`: what stands before the colon introduces the quotation.
fn introduced(
    reader: Reader,
    sentence: &Sentence,
    at: usize,
    earlier: &[Attribution],
) -> Option<Attribution> {
    if !reader.opens_quotation(at + 1)
        || earlier
            .iter()
            .any(|found| found.strength == Strength::Strict && !found.is_quoted)
    {
        return None;
    }
    let mut made = attribution(reader, at..at + 1, ":", AttributionForm::Colon);
    // "A letter to staff: “…”", "More on the vote — Dana Ruiz: “…”"
    let subject = phrase::before(reader, sentence.words.start, at).filter(|found| {
        let (first, _) = reader.range(found.span);
        found.kind == NounKind::Document
            || found.kind == NounKind::Person
                && first > sentence.words.start
                && matches!(reader.of(first - 1), "—" | "–" | "--" | "-")
    });
    let speaks = |found: &NounPhrase| {
        found.kind != NounKind::Other && !phrase::is_broken(reader, found.span)
    };
    let start = sentence.words.start;
    made.source = subject
        .or_else(|| subject::of_clause(reader, start, at).filter(speaks))
        .or_else(|| sentence_subject(reader, sentence).filter(speaks))
        .or_else(|| {
            // "None of it surprised the pilot Dana Ruiz: “…”"
            phrase::before(reader, start, at).filter(|found| found.kind == NounKind::Person)
        });
    Some(made)
}

/// `Ruiz turned to the hall, “I do not know who will come.”`: a comma, the mark at `at`, and then somebody speaks.
fn after_comma(
    reader: Reader,
    sentence: &Sentence,
    at: usize,
    earlier: &[Attribution],
) -> Option<Attribution> {
    const OWN: &[&str] = &[
        "i", "i'm", "i've", "i'll", "i'd", "me", "my", "we", "we're", "we've", "we'll", "us",
        "our", "you", "you're", "your",
    ];
    let opens = reader.words.get(at + 1)?.span.start();
    let quote = reader.quotes.iter().find(|quote| {
        quote.span.start() == opens && quote.depth == 0 && quote.kind == QuoteKind::Full
    })?;
    let is_last = quote.span.end() + 1 >= sentence.span.end();
    let said =
        (at + 1..sentence.words.end).filter(|&at| reader.words[at].span.end() <= quote.span.end());
    let is_speech = quote.word_count >= 5 && said.clone().any(|at| reader.is(at, OWN));
    let is_open = |found: &Attribution| found.is_quoted || found.strength != Strength::Strict;
    if !is_last || !is_speech || !earlier.iter().all(is_open) {
        return None;
    }
    let start = sentence.words.start;
    let source = subject::of_clause(reader, start, at)
        .filter(|found| {
            let words = found.span.of(reader.text);
            found.kind == NounKind::Person
                || ["he", "she"]
                    .iter()
                    .any(|one| words.eq_ignore_ascii_case(one))
        })
        .filter(|found| !phrase::is_broken(reader, found.span))?;
    let mut made = attribution(reader, at..at + 1, ":", AttributionForm::Colon);
    made.source = Some(source);
    Some(made)
}

/// `Q: Did you see it?`: a turn in court, with the colon at `at`.
fn labelled(reader: Reader, at: usize) -> Option<Attribution> {
    let is_label = at == 1 && reader.is(0, &["q", "a"]) && reader.is_capital(0);
    let mut made = is_label.then(|| turn(reader, at..at + 1))?;
    if !reader.opens_quotation(at + 1) {
        made.strength = Strength::Broad;
    }
    Some(made)
}

/// `A. “I did not.”`: a letter and a stop may begin a name, and is a turn only before a quotation.
fn stopped_label(reader: Reader) -> Option<Attribution> {
    let is_label = reader.is(0, &["q.", "a."]) && reader.opens_quotation(1);
    is_label.then(|| turn(reader, 0..1))
}

fn turn(reader: Reader, cue: std::ops::Range<usize>) -> Attribution {
    let start = reader.words[0].span.start();
    let label = Span::new(start, start + 1);
    let mut made = attribution(reader, cue, ":", AttributionForm::Colon);
    made.source = Some(NounPhrase {
        span: label,
        name: Some(label),
        role: None,
        head: None,
        kind: NounKind::Person,
    });
    made
}

/// What stands before a colon and is nobody’s name: `Update: …`, `Tickets: …`
const HEADINGS: &[&str] = &[
    "note",
    "notes",
    "update",
    "updated",
    "correction",
    "watch",
    "video",
    "photo",
    "photos",
    "gallery",
    "listen",
    "read",
    "related",
    "more",
    "breaking",
    "exclusive",
    "opinion",
    "analysis",
    "review",
    "live",
    "explainer",
    "fact",
    "facts",
    "question",
    "answer",
    "example",
    "warning",
    "tip",
    "source",
    "sources",
    "subject",
    "date",
    "time",
    "place",
    "where",
    "when",
    "what",
    "who",
    "why",
    "how",
    "cost",
    "tickets",
    "editor",
    "key",
    "point",
    "also",
    "now",
    "today",
    "tomorrow",
    "here",
    "first",
    "second",
    "next",
    "finally",
    "result",
    "verdict",
    "comment",
    "interview",
    "profile",
    "obituary",
    "recap",
    "preview",
    "background",
    "summary",
    "headline",
];

/// Whether a word before a colon says what follows, not who speaks.
pub fn is_heading(word: &str) -> bool {
    let mut headings = HEADINGS.iter();
    headings.any(|heading| is_alike(word.as_bytes(), heading))
}

/// `Ruiz: Road is safe`, `POLICE: The driver fled`: a name, a colon, which is the mark at `at`, and what it says, at the front of a block.
fn headed(reader: Reader, sentence: &Sentence, at: usize) -> Option<Attribution> {
    let is_front = sentence.words.start == 0 && at > 0 && at <= 6;
    if !is_front || sentence.words.end < at + 4 || reader.words[at + 1].is_quoted {
        return None;
    }
    let front = 0..at;
    // “DO: We had no choice.”: the initials of somebody.
    let are_initials = at == 1 && reader.words[0].form == Form::Caps;
    let plain = front.clone().all(|at| {
        !reader.is_mark(at)
            && (are_initials || !reader.tag(at).is_verb())
            && !reader.has(at, Classes::PREPOSITION)
            && !is_heading(reader.of(at))
    });
    let tells = (at + 1..sentence.words.end).any(|at| reader.tag(at).is_finite());
    if !plain || !tells || !reader.is_capital(0) {
        return None;
    }
    let source = phrase::phrase(reader, front, 0)?;
    let speaks = !matches!(
        source.kind,
        NounKind::Other | NounKind::Document | NounKind::Pronoun
    ) && !reader.has(
        at - 1,
        Classes::PLACE.or(Classes::WEEKDAY).or(Classes::MONTH),
    );
    let mut made = attribution(reader, at..at + 1, ":", AttributionForm::Colon);
    made.strength = Strength::Broad;
    made.source = Some(source);
    speaks.then_some(made)
}

/// Whether the cue closes what it reports: `…, NP said.`, `“…,” NP said in an interview.`
fn is_trailing(reader: Reader, sentence: &Sentence, cue: &Cue, source: &NounPhrase) -> bool {
    let first = (sentence.words.start..cue.start)
        .find(|&at| reader.words[at].span.start() >= source.span.start())
        .unwrap_or(cue.start);
    let Some(before) = first
        .checked_sub(1)
        .filter(|&before| before >= sentence.words.start)
    else {
        // "“We had no warning.” Ruiz said.": nothing else stands in the sentence.
        let closes = first
            .checked_sub(1)
            .is_some_and(|before| matches!(reader.of(before), "”" | "\"" | "’" | "»" | "'"));
        return closes && cue.end + 1 >= sentence.words.end && reader.is_mark(cue.end);
    };
    let sign = reader.of(before);
    if !matches!(sign, "," | "”" | "\"" | "’" | "»" | "'") && !reader.is_dash(before) {
        return false;
    }
    let closes_quote = matches!(sign, "”" | "\"" | "’" | "»" | "'");
    let reported = sentence.words.start..before;
    // "The ferry, Ruiz said, would not sail."
    let divides = reader
        .words
        .get(cue.end)
        .is_some_and(|word| word.span.of(reader.text) == ",")
        && reader.tag(cue.end + 1).is_finite();
    let enough = closes_quote || reported.len() >= 4 || divides;
    if !enough {
        return false;
    }
    // "When asked, Ruiz said: “No.”", "Citing the storm, Ruiz told the council that …": what it reports comes after it.
    let next = reader
        .words
        .get(cue.end)
        .map_or(".", |word| word.span.of(reader.text));
    let divides = next == ","
        && !reader
            .words
            .get(cue.end + 1)
            .is_some_and(|word| word.is_quoted);
    let ends = matches!(next, "." | "?" | "!");
    if !divides && is_adjunct(reader, sentence, reported.clone(), cue, ends) {
        return false;
    }
    // "Besides the road, Ruiz said Sunday that …", "If it rains, Ruiz plans to …": what it reports comes after it.
    if !closes_quote && goes_on_to_report(reader, sentence, cue) {
        return false;
    }
    let mut at = cue.end;
    while at < sentence.words.end
        && reader.is_lower(at)
        && (reader.has(at, Classes::ADVERB)
            || ends_as_adverb(reader, at)
            || reader.is(at, &["yesterday", "today", "later", "earlier"]))
    {
        at += 1;
    }
    if at >= sentence.words.end {
        return true;
    }
    let sign = reader.of(at);
    if matches!(sign, "." | "," | "?" | "!" | ";" | ")" | "—" | "–") {
        return true;
    }
    // "“Where were you?” Ruiz asked the guard": the comma or the question mark belongs to what she says.
    let mut inside = before;
    while inside > sentence.words.start && matches!(reader.of(inside), "”" | "\"" | "’" | "»" | "'")
    {
        inside -= 1;
    }
    if closes_quote && matches!(reader.of(inside), "," | "?" | "!") {
        return true;
    }
    if closes_quote && matches!(sign, "“" | "\"" | ":") {
        return true;
    }
    // "The road was closed, a spokesman told the Courier."
    if cue.lemma == "tell" {
        let told = frame::phrase_end(reader, at, sentence.words.end);
        let ends = told >= sentence.words.end
            || matches!(reader.of(told), "." | "," | "?" | "!")
            || reader.has(told, Classes::WEEKDAY.or(Classes::DAY));
        if told > at && ends {
            return true;
        }
    }
    let circumstance = reader.has(
        at,
        Classes::PREPOSITION.or(Classes::WEEKDAY).or(Classes::DAY),
    ) || reader.is(
        at,
        &["last", "this", "while", "when", "after", "as", "during"],
    );
    let object = closes_quote
        && (reader.is_capital(at)
            || reader.has(at, Classes::DETERMINER)
            || reader.is(
                at,
                &[
                    "reporters",
                    "lawmakers",
                    "journalists",
                    "him",
                    "her",
                    "them",
                ],
            ));
    circumstance || object
}

/// Whether the words are only a circumstance of what follows: "After the vote", "Citing the storm", "When asked about it".
fn is_adjunct(
    reader: Reader,
    sentence: &Sentence,
    words: std::ops::Range<usize>,
    cue: &Cue,
    ends: bool,
) -> bool {
    let Some(first) = words
        .clone()
        .find(|&at| reader.tag(at) != Tag::Coordinator && reader.tag(at) != Tag::Adverb)
    else {
        return false;
    };
    if reader.words[first].is_quoted || reader.is_mark(first) {
        return false;
    }
    const OPENERS: &[&str] = &[
        "after", "although", "as", "because", "before", "if", "once", "since", "though", "unless",
        "until", "when", "while",
    ];
    let (mut tells, mut opens, mut in_group) = (0, 0, false);
    for at in words.clone() {
        let tag = reader.tag(at);
        let is_opener = matches!(tag, Tag::Opener | Tag::Question)
            || tag == Tag::Preposition && reader.is(at, OPENERS);
        opens += usize::from(is_opener);
        tells += usize::from(tag.is_finite() && !in_group && at > first);
        in_group = tag.is_verb() || in_group && tag == Tag::Adverb;
    }
    let tag = reader.tag(first);
    // Every verb that tells has its own opener: there is no main clause in it.
    tells <= opens
        && match tag {
            Tag::Gerund | Tag::Participle | Tag::Past => true,
            Tag::Opener | Tag::Question => reader.is(first, OPENERS),
            Tag::Preposition => !ends,
            // "Another ally, Mayor Lena Ruiz, told": a description before the name.
            _ => {
                !ends
                    && tag.is_nominal()
                    && words.len() < 12
                    && !words.clone().any(|at| reader.words[at].is_quoted)
                    && reports(reader, sentence, cue)
            }
        }
}

/// `in an emailed statement`, `by phone`, `in an interview`: how it was said, after the cue.
fn manner(reader: Reader, sentence: &Sentence, from: usize) -> Option<Span> {
    let is_manner = |at: &usize| reader.has(*at, Classes::MANNER) && reader.is(*at, MANNERS);
    let near = from..sentence.words.end.min(from + 14);
    // Hardly a cue has one behind it.
    near.clone().find(is_manner)?;
    let end = near
        .clone()
        .find(|&at| matches!(reader.of(at), "," | "." | "“" | "”" | ";"))
        .unwrap_or(near.end);
    let start = (from..end).find(|&at| {
        reader.is(
            at,
            &["in", "by", "on", "at", "via", "during", "over", "through"],
        )
    })?;
    let noun = (start..end).find(is_manner)?;
    Some(reader.cover(start..noun + 1))
}

/// Cues inside what a closing attribution reports belong to the one who is quoted ("Neighbors have pointed out …, Ruiz said").
fn mark_inner(found: &mut [Attribution]) {
    for outer in 0..found.len() {
        let closes = matches!(
            found[outer].form,
            AttributionForm::After | AttributionForm::AccordingTo
        );
        if !closes || found[outer].strength != Strength::Strict || found[outer].source.is_none() {
            continue;
        }
        let start = found[outer]
            .source
            .as_ref()
            .map_or(found[outer].cue, |source| {
                source.span.cover(found[outer].cue)
            })
            .start();
        for earlier in &mut found[..outer] {
            if earlier.cue.end() <= start
                && earlier.form != AttributionForm::After
                && earlier.form != AttributionForm::Colon
            {
                earlier.is_inner = true;
            }
        }
    }
}

/// `because the talks are private`, `on condition of anonymity`, `asked not to be named`: the reason goes with the group.
fn add_reason(reader: Reader, sentence: &Sentence, attribution: &mut Attribution) {
    let Some(source) = &mut attribution.source else {
        return;
    };
    let NounKind::Anonymous(found) = &mut source.kind else {
        return;
    };
    let words = sentence.words.clone();
    let asks = words.clone().any(|at| {
        (reader.is(
            at,
            &["named", "identified", "quoted", "anonymous", "anonymity"],
        )) && reader.words[at].span.start() > source.span.start()
    });
    let because = words.clone().find(|&at| {
        let causal = reader.is(at, &["because", "citing", "fearing"])
            || reader.is(at, &["for"]) && reader.is(at + 1, &["fear"]);
        let purpose =
            reader.is(at, &["anonymity"]) && reader.is(at + 1, &["to", "because", "in", "given"]);
        let unauthorized = reader.is(at, &["not", "n't"])
            && reader.is(
                at + 1,
                &["authorized", "authorised", "permitted", "allowed"],
            );
        ((causal && asks) || purpose || unauthorized) && !reader.words[at].is_quoted
    });
    found.reason = because.map(|at| reader.cover(at..words.end));
}

/// Binds outer quotations to the attributions of the sentences that they touch.
fn bind(reader: Reader, sentences: &[Sentence], found: &mut [Attribution]) {
    for (index, quote) in reader.quotes.iter().enumerate() {
        if quote.depth > 0 || matches!(quote.kind, QuoteKind::Title | QuoteKind::Nickname) {
            continue;
        }
        let last = super::sentence::sentence_at(sentences, quote.span.end().saturating_sub(1));
        if let Some(chosen) = choose(reader, quote, quote.sentence..=last, found, sentences) {
            found[chosen].quotes.push(index);
        }
    }
}

fn choose(
    reader: Reader,
    quote: &Quote,
    touched: std::ops::RangeInclusive<usize>,
    found: &[Attribution],
    sentences: &[Sentence],
) -> Option<usize> {
    let usable = |&index: &usize| {
        let attribution = &found[index];
        touched.contains(&attribution.sentence)
            && attribution.source.is_some()
            && !attribution.is_inner
    };
    let of_strength = |strength: Strength| {
        let usable = (0..found.len()).filter(usable);
        usable.filter(move |&index| found[index].strength == strength)
    };
    let strict = || of_strength(Strength::Strict);
    let start_of = |index: usize| {
        found[index]
            .source
            .as_ref()
            .map_or(found[index].cue, |source| {
                source.span.cover(found[index].cue)
            })
            .start()
    };
    // `“…,” NP said`: the words right after the closing mark.
    // "When Ruiz said it was “late,” Velk laughed": the clause that opens the sentence has its own speaker.
    let in_opening_clause = opens_with_clause(reader, quote, sentences);
    let own = in_opening_clause.then(|| {
        strict().rev().find(|&index| {
            found[index].cue.end() <= quote.span.start() && found[index].sentence == quote.sentence
        })
    });
    if let Some(Some(own)) = own {
        return Some(own);
    }
    let touching = strict().find(|&index| {
        found[index].form == AttributionForm::After
            && start_of(index) >= quote.span.end()
            && reader.text[quote.span.end()..start_of(index)]
                .trim_matches([' ', ',', '\n', '—', '–', '-', '\'', '’', '"', '”'])
                .is_empty()
    });
    if touching.is_some() {
        return touching;
    }
    let closing = strict().rev().find(|&index| {
        matches!(
            found[index].form,
            AttributionForm::After | AttributionForm::AccordingTo
        ) && start_of(index) >= quote.span.end()
            && !between_speaks(reader, found, quote, index)
    });
    if closing.is_some() {
        return closing;
    }
    let preceding = |strength: Strength| {
        of_strength(strength).rev().find(|&index| {
            found[index].cue.end() <= quote.span.start() && found[index].sentence == quote.sentence
        })
    };
    let carried_after = strict().find(|&index| {
        found[index].form == AttributionForm::After && found[index].cue.end() <= quote.span.start()
    });
    preceding(Strength::Strict)
        .or(carried_after)
        .or_else(|| {
            strict().find(|&index| {
                found[index].cue.start() >= quote.span.end()
                    && sentences[found[index].sentence].span.overlaps(quote.span)
            })
        })
        .or_else(|| preceding(Strength::Broad))
        .or_else(|| of_strength(Strength::Broad).next())
}

/// Whether the quotation stands in a clause that opens its sentence: "After Ruiz said it was “late,” …".
fn opens_with_clause(reader: Reader, quote: &Quote, sentences: &[Sentence]) -> bool {
    let Some(sentence) = sentences.get(quote.sentence) else {
        return false;
    };
    let first = sentence.words.start;
    let first = first + usize::from(reader.is(first, &["but", "and", "even", "just"]));
    let opens = reader.is(
        first,
        &[
            "when", "while", "after", "as", "although", "though", "if", "because", "before",
            "since", "once",
        ],
    );
    opens && reader.words[first].span.end() <= quote.span.start()
}

/// Whether, between the quotation and a later attribution, somebody else is said to speak.
fn between_speaks(reader: Reader, found: &[Attribution], quote: &Quote, later: usize) -> bool {
    let _ = reader;
    found[..later].iter().any(|other| {
        !other.is_inner
            && other.strength == Strength::Strict
            && other.cue.start() >= quote.span.end()
            && other.source.is_some()
    })
}
