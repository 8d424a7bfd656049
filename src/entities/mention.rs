//! Names of the base in one block of prose: whole names, acronyms, demonyms; and the loose capitals that may be a
//! second reference to somebody of another block.

use super::base::{Base, EntityId};
use super::fold::{fold, fold_onto, is_particle, is_surname_particle, may_be_particle};
use super::record::{Kind, Order, Record};
use crate::prose::word::possessive_stem;
use crate::prose::{Form, Prose, Word};
use crate::text::span::Span;
use crate::words::{self, Classes};

/// Words that a name has at most.
const MOST_WORDS: usize = 8;

/// What a block names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// Names of the base, in order.
    pub mentions: Vec<Mention>,
    /// Capitalised words that are no such name and stand beside no other capital, in order.
    pub loose: Vec<Loose>,
}

/// How a mention names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By a whole name, a variant or an acronym of the record.
    Full,
    /// By a misspelling that the record lists.
    Misspelt,
    /// By an acronym given in brackets after the name.
    Acronym,
    /// By the surname, after the full name or just before it.
    Surname,
    /// By the surname alone, which the record allows.
    Alone,
    /// By another part of the name.
    Given,
    /// By the inhabitants' word for a place.
    Demonym,
    /// By "the alliance" and the like.
    Generic,
    /// By a city that may stand for a government.
    Metonym,
}

/// A name of the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where, without a possessive ending; bytes from the block's start.
    pub span: Span,
    /// Everybody who has the name; one, unless it is ambiguous.
    pub who: Vec<EntityId>,
    /// How.
    pub how: How,
    /// Whether it lies between quotation marks.
    pub is_quoted: bool,
    /// For a person named in full: the keys by which they may be named later.
    pub later: Vec<String>,
    /// The key of the given name, likewise.
    pub given: Option<String>,
    /// An acronym in brackets right after the name, as a key with its place.
    pub acronym: Option<(String, Span)>,
}

/// A capitalised word that may name somebody again.
#[derive(Clone, Debug, PartialEq)]
pub struct Loose {
    /// Where, without a possessive ending.
    pub span: Span,
    /// Its key.
    pub key: String,
    /// The same with the particles before it, if there are any.
    pub with_particles: Option<(Span, String)>,
    /// Whether it lies between quotation marks.
    pub is_quoted: bool,
    /// Whether its capital may be the sentence's only: first in its sentence, with no verb of speech after it.
    pub may_be_common: bool,
    /// Whether it is written in capitals.
    pub is_caps: bool,
}

impl Named {
    /// What a block names. `text` is the block's.
    pub fn read(text: &str, prose: &Prose, base: &Base) -> Named {
        let mut named = Named::default();
        if base.is_empty() {
            return named;
        }
        let mut reader = Reader {
            text,
            prose,
            base,
            key: String::with_capacity(64),
            sentence: 0,
        };
        let mut at = 0;
        let mut taken = 0;
        while at < prose.words.len() {
            if !reader.may_begin(at) {
                at += 1;
                continue;
            }
            match reader.mention(at) {
                Some((mention, end)) => {
                    // A title before a surname is no part of another name.
                    let is_office = mention
                        .who
                        .iter()
                        .all(|who| base.kind(*who) == Some(Kind::Office));
                    named.mentions.push(mention);
                    at = end;
                    taken = if is_office { taken } else { end };
                }
                None => {
                    named.loose.extend(reader.loose(at, taken));
                    at += 1;
                }
            }
        }
        named
    }
}

struct Reader<'a> {
    text: &'a str,
    prose: &'a Prose,
    base: &'a Base,
    key: String,
    /// The sentence of the last loose word; those are asked for in order.
    sentence: usize,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> Option<&'a Word> {
        self.prose.words.get(at)
    }

    fn of(&self, at: usize) -> &'a str {
        self.word(at).map_or("", |word| word.span.of(self.text))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at)
            .is_some_and(|word| matches!(word.form, Form::Capital | Form::Caps))
    }

    /// The letters of a plain word of several, which are its key as they stand.
    fn letters(&self, word: &Word) -> Option<words::Key> {
        word.key(self.text).filter(|_| word.span.len() > 1)
    }

    /// Whether a name or a second reference may begin at a word: a capital, or "the".
    fn may_begin(&self, at: usize) -> bool {
        match self.prose.words[at].form {
            Form::Capital | Form::Caps => true,
            Form::Lower => self.has(at, Classes::DETERMINER) && self.of(at) == "the",
            Form::Number | Form::Mark => false,
        }
    }

    /// The longest name that begins at a word, and the word after it.
    fn mention(&mut self, at: usize) -> Option<(Mention, usize)> {
        let first = self.word(at)?;
        if first.form == Form::Lower {
            return self.generic(at);
        }
        if !matches!(first.form, Form::Capital | Form::Caps) {
            return None;
        }
        let (end, who, how) = self.longest(at)?;
        let last = self.word(end - 1)?.span;
        let bare = possessive_stem(last.of(self.text)).len();
        let span = Span::new(first.span.start(), last.start() + bare);
        let mut mention = Mention {
            span,
            who,
            how,
            is_quoted: first.is_quoted,
            later: Vec::new(),
            given: None,
            acronym: None,
        };
        if how == How::Full {
            self.give_parts(&mut mention);
            mention.acronym = self.acronym(at, end);
        }
        Some((mention, end))
    }

    fn longest(&mut self, at: usize) -> Option<(usize, Vec<EntityId>, How)> {
        // Nearly every word begins no name, and its letters tell that as they stand.
        let may_begin = |letters| self.base.may_begin_with(letters);
        if !self.letters(self.word(at)?).is_none_or(may_begin) {
            return None;
        }
        let mut found = None;
        self.key.clear();
        for end in at + 1..=at + MOST_WORDS {
            let Some(word) = self.word(end - 1) else {
                break;
            };
            let is_first = end == at + 1;
            let word_text = word.span.of(self.text);
            let fits = match word.form {
                Form::Capital | Form::Caps => true,
                Form::Lower => {
                    !is_first && {
                        // "al-Rashid" is one word in lower case.
                        (!word.is_plain || may_be_particle(word_text))
                            && is_particle(&fold(word_text))
                            || word_text
                                .split_once('-')
                                .is_some_and(|(head, _)| is_particle(&fold(head)))
                    }
                }
                Form::Number | Form::Mark => false,
            };
            if !fits {
                break;
            }
            fold_onto(word_text, &mut self.key);
            if is_first && !self.base.may_begin(&self.key) {
                break;
            }
            let can_end = word.form != Form::Lower || word_text.contains('-');
            if can_end && let Some(who) = self.whole(at, end) {
                found = Some((end, who.0, who.1));
            }
            let is_possessive = possessive_stem(word_text).len() < word_text.len();
            // One word begins too many names to be worth a look; two that begin none end the search.
            if is_possessive || !is_first && !self.base.begins(&self.key) {
                break;
            }
        }
        found
    }

    /// Who is named by the words from `at` to `end`, whose key is at hand.
    fn whole(&self, at: usize, end: usize) -> Option<(Vec<EntityId>, How)> {
        let key = self.key.as_str();
        if let Some(who) = self.base.misspelt(key) {
            return Some((vec![who], How::Misspelt));
        }
        if end == at + 1 {
            return self.one_word(at, key);
        }
        let who = self.base.named(key);
        let is_own = who.first()?.is_own();
        if !is_own && !self.may_be_imported(at, end) {
            return None;
        }
        Some((who, How::Full))
    }

    /// One word names somebody only by a record of our own. An acronym must be written as one.
    fn one_word(&self, at: usize, key: &str) -> Option<(Vec<EntityId>, How)> {
        let own: Vec<EntityId> = self
            .base
            .own_named(key)
            .into_iter()
            .filter(|id| {
                let record = self.base.record(*id);
                record.is_some_and(|record| self.is_written_so(at, &record, key))
            })
            .collect();
        if !own.is_empty() {
            return Some((own, How::Full));
        }
        if let Some(place) = self.base.by_demonym(key) {
            return Some((vec![place], How::Demonym));
        }
        let metonym = self.base.by_metonym(key)?;
        Some((vec![metonym], How::Metonym))
    }

    fn is_written_so(&self, at: usize, record: &Record, key: &str) -> bool {
        let is_acronym = record
            .acronym
            .as_deref()
            .is_some_and(|acronym| fold(acronym) == key);
        match record.kind {
            Kind::Office => false,
            _ if is_acronym => self.word(at).is_some_and(|word| word.form == Form::Caps),
            Kind::Person => {
                record.order == Order::Single || record.alone || !record.name.contains(' ')
            }
            Kind::Org | Kind::Place => true,
        }
    }

    /// An imported name is left alone where its words are hardly a name: "The Move", "President Ash", "May Day".
    fn may_be_imported(&self, at: usize, end: usize) -> bool {
        let first = self.prose.words[at];
        let no_name = Classes::DETERMINER
            .or(Classes::PERSONAL)
            .or(Classes::PRONOUN)
            .or(Classes::PREPOSITION)
            .or(Classes::CONJUNCTION)
            .or(Classes::CLAUSE)
            .or(Classes::AUXILIARY)
            .or(Classes::STARTER)
            .or(Classes::WEEKDAY)
            .or(Classes::HONORIFIC)
            .or(Classes::ROLE)
            .or(Classes::RANK);
        let is_forename = first.classes.has(Classes::FORENAME);
        if first.classes.has(no_name) && !is_forename {
            return false;
        }
        let words = &self.prose.words[at..end];
        let common = Classes::WEEKDAY
            .or(Classes::MONTH)
            .or(Classes::DEMONYM)
            .or(Classes::ROLE)
            .or(Classes::PERIOD);
        !words.iter().all(|word| word.classes.has(common)) && self.of(end - 1).len() > 1
    }

    /// How a person named in full may be named later.
    fn give_parts(&self, mention: &mut Mention) {
        for id in &mention.who {
            if self.base.kind(*id) != Some(Kind::Person) {
                continue;
            }
            let Some(record) = self.base.record(*id) else {
                continue;
            };
            let name = fold(&record.name);
            let short = fold(record.short());
            let family_first = self.base.is_family_first(*id) && !record.has_order;
            let words: Vec<&str> = name.split(' ').collect();
            let surname = if family_first {
                words[0].to_owned()
            } else {
                short.clone()
            };
            let last = surname.rsplit(' ').next().unwrap_or_default().to_owned();
            for key in [surname, last] {
                if !key.is_empty() && !mention.later.contains(&key) {
                    mention.later.push(key);
                }
            }
            // The other end of the name; one word only.
            let is_family_first = family_first || record.order == Order::FamilyFirst;
            let given = if is_family_first {
                words.last()
            } else {
                words.first()
            };
            let given = given.map(|word| (*word).to_owned());
            mention.given = mention
                .given
                .take()
                .or(given.filter(|word| word.len() > 2 && !mention.later.contains(word)));
        }
    }

    /// `(HW)` after "Harbor Watch": capitals that are the initials of the name.
    fn acronym(&self, at: usize, end: usize) -> Option<(String, Span)> {
        let is_bracketed = self.of(end) == "(" && self.of(end + 2) == ")";
        let word = self
            .word(end + 1)
            .filter(|word| is_bracketed && word.form == Form::Caps)?;
        let initials = |skips: bool| -> String {
            let words = (at..end).map(|at| fold(self.of(at)));
            let words = words.flat_map(|key| key.split(' ').map(str::to_owned).collect::<Vec<_>>());
            words
                .filter(|word| !skips || !is_particle(word))
                .filter_map(|word| word.chars().next())
                .collect()
        };
        let key = fold(word.span.of(self.text));
        (key == initials(true) || key == initials(false)).then_some((key, word.span))
    }

    /// "the alliance": second references of bodies.
    fn generic(&mut self, at: usize) -> Option<(Mention, usize)> {
        if self.of(at) != "the" {
            return None;
        }
        let word = self.word(at + 1).filter(|word| word.form == Form::Lower)?;
        self.key.clear();
        self.key.push_str("the");
        fold_onto(word.span.of(self.text), &mut self.key);
        let who = self.base.by_generic(&self.key);
        if who.is_empty() {
            return None;
        }
        let first = self.word(at)?;
        let mention = Mention {
            span: first.span.cover(word.span),
            who,
            how: How::Generic,
            is_quoted: first.is_quoted,
            later: Vec::new(),
            given: None,
            acronym: None,
        };
        Some((mention, at + 2))
    }

    /// A capital that stands alone, apart from titles before it. Words before `taken` belong to a name.
    fn loose(&mut self, at: usize, taken: usize) -> Option<Loose> {
        let word = self.word(at)?;
        if !self.is_capital(at) || word.span.len() < 2 {
            return None;
        }
        // Capitals may be an acronym that the story itself gives.
        let may_be_later = |letters| self.base.may_be_later(letters);
        if word.form == Form::Capital && !self.letters(word).is_none_or(may_be_later) {
            return None;
        }
        let sentences = &self.prose.sentences[self.sentence..];
        self.sentence += sentences
            .iter()
            .take_while(|sentence| sentence.words.end <= at)
            .count();
        let sentence = self.prose.sentences.get(self.sentence)?;
        if !sentence.words.contains(&at) {
            return None;
        }
        let is_inside = |at: usize| sentence.words.contains(&at);
        let mut words = sentence.words.clone();
        let opening = words.find(|at| !self.is_mark(*at)).unwrap_or(at);
        let titles = Classes::HONORIFIC
            .or(Classes::ROLE)
            .or(Classes::RANK)
            .or(Classes::DEMONYM)
            .or(Classes::PLACE);
        let is_other_name =
            |at: usize| self.is_capital(at) && !self.prose.words[at].classes.has(titles);
        let mut start = at;
        while start > taken
            && start > sentence.words.start
            && self.is_particle_of_surname(start - 1)
        {
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|before| is_inside(*before));
        let stands_alone = before.is_none_or(|before| {
            before < taken || !is_other_name(before) || before == opening && self.is_common(before)
        });
        let after_taken = before.is_some_and(|before| before < taken && !self.is_mark(before));
        let is_followed = is_inside(at + 1)
            && self.is_capital(at + 1)
            && possessive_stem(self.of(at)).len() == word.span.len();
        if !stands_alone || after_taken || is_followed {
            return None;
        }
        let bare = possessive_stem(word.span.of(self.text)).len();
        let span = Span::new(word.span.start(), word.span.start() + bare);
        let key = fold(span.of(self.text));
        let particles = (start < at).then(|| {
            let whole = Span::new(self.prose.words[start].span.start(), span.end());
            (whole, fold(whole.of(self.text)))
        });
        let is_first = at == opening || start == opening;
        let speaks =
            self.has(at + 1, Classes::CUE.or(Classes::AUXILIARY)) || bare < word.span.len();
        Some(Loose {
            span,
            key,
            with_particles: particles,
            is_quoted: word.is_quoted,
            may_be_common: is_first && !speaks,
            is_caps: word.form == Form::Caps,
        })
    }

    /// Whether the lists know a word as one that is no name: at the start of a sentence its capital says nothing.
    fn is_common(&self, at: usize) -> bool {
        let names = Classes::FORENAME
            .or(Classes::FAMILY_FIRST)
            .or(Classes::BODY)
            .or(Classes::OUTLET);
        let known = self.word(at).map(|word| word.classes);
        known.is_some_and(|classes| {
            classes.without(Classes::ASKED) != Classes::NONE && !classes.has(names)
        })
    }

    /// Whether a word belongs to the surname after it: "van", "al".
    fn is_particle_of_surname(&self, at: usize) -> bool {
        let word = &self.prose.words[at];
        let letters = word.span.of(self.text);
        match word.form {
            Form::Mark => false,
            _ if word.is_plain && !may_be_particle(letters) => false,
            _ => is_surname_particle(&fold(letters)),
        }
    }

    fn is_mark(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.form == Form::Mark)
    }

    fn has(&self, at: usize, classes: Classes) -> bool {
        self.word(at).is_some_and(|word| word.classes.has(classes))
    }
}
