//! The word lists of `grammar/words`, ready for look-up.

mod lengths;
mod table;
mod told;
mod weights;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use lengths::Lengths;
pub use table::{Capitals, Key, Run, Table};
pub use told::{
    ACCUSATIONS, ATTRIBUTES, BODIES, CHANGES, MANNERS, NUMBERS, PARTS, PEOPLE, TENS, TOLD,
};
pub use weights::{
    ALL as ALL_TAGS, CLASSES as TAGS, ROW, Row, Scores, Weights, best as best_tag, weights,
};

/// What the lists say of a word: a set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Classes { $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)* }
    };
}

classes! {
    /// A verb that binds a quotation and makes a speaker of its subject.
    CUE_STRICT = 0;
    /// A verb that shows that somebody stands behind a statement.
    CUE_BROAD = 1;
    /// A verb that counts only with a document, data, a person or a body as its subject.
    CUE_DATA = 2;
    /// A form of "be".
    BE = 3;
    /// A form of "have".
    HAVE = 4;
    /// "will", "may", "did" and their kin.
    MODAL = 5;
    /// An adverb that stands between a subject and its verb.
    ADVERB = 6;
    /// An article, a possessive, "this", "any".
    DETERMINER = 7;
    /// "he", "she", "they", "I", "we".
    PERSONAL = 8;
    /// Other pronouns.
    PRONOUN = 9;
    /// A preposition.
    PREPOSITION = 10;
    /// "and", "or", "but".
    CONJUNCTION = 11;
    /// A word that opens a clause: "that", "when", "because".
    CLAUSE = 12;
    /// A number in words, or a vague one: "three", "several".
    NUMBER = 13;
    /// What a person is: "minister", "nurse".
    ROLE = 14;
    /// A noun for a source without a name: "official", "people".
    ANONYMOUS = 15;
    /// The same, and it says what they do: "aide", "diplomat".
    ANONYMOUS_SPECIFIC = 16;
    /// A body that speaks on the record without a name: "police".
    INSTITUTION = 17;
    /// Before "officials" it makes an institution of them: "fire".
    INSTITUTION_MODIFIER = 18;
    /// A document or data.
    DOCUMENT = 19;
    /// A group spoken of as one: "allies", "critics".
    COLLECTIVE = 20;
    /// A news outlet, or the word in its name that gives it away.
    OUTLET = 21;
    /// A word that makes a name the name of a body.
    BODY = 22;
    /// A country, a capital, another place.
    PLACE = 23;
    /// "Swedish", "Chinese".
    DEMONYM = 24;
    /// A common forename.
    FORENAME = 25;
    /// A family name of those that come first.
    FAMILY_FIRST = 26;
    /// "Mr.", "Sen."
    HONORIFIC = 27;
    /// "former", "deputy", "chief": stands before a role.
    RANK = 28;
    /// A day of the week.
    WEEKDAY = 29;
    /// A month.
    MONTH = 30;
    /// "today", "yesterday".
    DAY = 31;
    /// "week", "month", "year".
    PERIOD = 32;
    /// "de", "van", "bin" inside a name.
    PARTICLE = 33;
    /// A word that with a capital begins a sentence.
    STARTER = 34;
    /// An abbreviation that never ends a sentence.
    ABBREVIATION = 35;
    /// An abbreviation that may end one.
    ABBREVIATION_FINAL = 36;
    /// "film", "song", "motto": a title or an inscription follows.
    WORK = 37;
    /// "term", "so-called": a name follows.
    NAMING = 38;
    /// "spokesman", "lawyer": speaks for somebody else.
    PROXY = 39;
    /// A verb that reports when what follows it fits its frame.
    CUE_FRAME = 40;
    /// A noun or adjective that does: "claim", "confident".
    CUE_NOUN = 41;
    /// One of [`BODIES`] and [`PEOPLE`].
    BROUGHT = 42;
    /// One of [`ACCUSATIONS`].
    ACCUSES = 43;
    /// One of [`TOLD`].
    TELLS = 44;
    /// One of [`PARTS`] and [`CHANGES`].
    FIGURE = 45;
    /// One of [`ATTRIBUTES`].
    ATTRIBUTES = 46;
    /// A forename that is nearly always a man's.
    FORENAME_HE = 47;
    /// A forename that is nearly always a woman's.
    FORENAME_SHE = 48;
    /// One of [`MANNERS`].
    MANNER = 49;
}

impl Classes {
    /// No class at all.
    pub const NONE: Classes = Classes(0);
    /// Any verb of the three lists of cues.
    pub const CUE: Classes = Classes::CUE_STRICT
        .or(Classes::CUE_BROAD)
        .or(Classes::CUE_DATA);
    /// What is asked of every word for what may begin with it, or for the story; says nothing of what a word is.
    pub const ASKED: Classes = Classes::BROUGHT
        .or(Classes::ACCUSES)
        .or(Classes::TELLS)
        .or(Classes::FIGURE)
        .or(Classes::ATTRIBUTES)
        .or(Classes::FORENAME_HE)
        .or(Classes::FORENAME_SHE)
        .or(Classes::MANNER);
    /// An auxiliary verb.
    pub const AUXILIARY: Classes = Classes::BE.or(Classes::HAVE).or(Classes::MODAL);

    /// Both sets together.
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Without the classes of the other set.
    pub const fn without(self, other: Classes) -> Classes {
        Classes(self.0 & !other.0)
    }

    /// Whether the two share a class.
    pub const fn has(self, any: Classes) -> bool {
        self.0 & any.0 != 0
    }
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said", and the participle where it is the same
    Past,
    /// "written"
    Participle,
    /// "saying"
    Ing,
}

/// A verb of the cue lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Its base form.
    pub lemma: &'static str,
    /// The form that was looked up.
    pub form: VerbForm,
    /// The word that must follow: `out` of "point out".
    pub particle: Option<&'static str>,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What the lists say of it.
    pub classes: Classes,
    /// Its number in the tagger's vocabulary; 0 for words that are not in it.
    pub number: u16,
    /// The cues of which it is a form.
    pub cues: Cues,
}

/// The cues of which a word is a form, by number; 0 for words that are of none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(u16);

impl Cues {
    /// A word that is a form of no cue.
    pub const NONE: Cues = Cues(0);

    /// The verbs themselves.
    pub fn verbs(self) -> &'static [Verb] {
        match self {
            Cues::NONE => &[],
            Cues(number) => LISTS.verbs_of(usize::from(number)),
        }
    }
}

struct Lists {
    known: Table<Known>,
    /// Those of one number together.
    verbs: Vec<Verb>,
    /// For each number where its verbs end.
    ends: Vec<u16>,
}

impl Lists {
    fn verbs_of(&self, number: usize) -> &[Verb] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.verbs[usize::from(start)..usize::from(self.ends[number])]
    }
}

/// Looks up a word; `word` in lower case, without a possessive ending.
pub fn known(word: &str) -> Known {
    LISTS.known.get(word)
}

/// Looks up a word by its letters; in lower case, without a possessive ending.
#[inline]
pub fn known_by_key(word: Key) -> Known {
    LISTS.known.get_key(word)
}

/// Looks up the classes of a word; `word` in lower case, without a possessive ending.
pub fn classes(word: &str) -> Classes {
    known(word).classes
}

/// Looks up the classes of a word or a line of a list as it stands in a text.
pub fn classes_in_any_case(word: &str) -> Classes {
    match Key::of(word).filter(|key| key.is_ascii()) {
        Some(key) => known_by_key(key.lower()).classes,
        None => classes(&word.to_lowercase()),
    }
}

/// Whether letters are a word, in whatever case.
// Asked of every word many times, nearly always in vain: length and first letter settle that where it is asked.
#[inline(always)]
pub fn is_alike(letters: &[u8], word: &str) -> bool {
    let first = |word: &[u8]| word.first().map(|letter| letter | 0x20);
    letters.len() == word.len()
        && first(letters) == first(word.as_bytes())
        && is_same(letters, word.as_bytes())
}

#[inline(never)]
fn is_same(letters: &[u8], word: &[u8]) -> bool {
    letters.eq_ignore_ascii_case(word)
}

/// Looks up the cues of which `word` (in lower case) is a form; most words are of none.
pub fn verbs(word: &str) -> &'static [Verb] {
    known(word).cues.verbs()
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    // The lists have half as many words again that are not in the vocabulary.
    let (vocabulary, _) = weights().sizes();
    let mut lists = Lines {
        known: Table::with_room(vocabulary * 3 / 2),
        verbs: Vec::new(),
        count: 0,
    };
    for (text, class) in NOUNS {
        for word in lines(text) {
            lists.put(word, *class);
        }
    }
    for line in lines(include_str!("../grammar/words/function.txt")) {
        let (name, words) = line
            .split_once(':')
            .expect("a line of function.txt is `class: words`");
        let class = FUNCTION
            .iter()
            .find(|(known, _)| *known == name)
            .expect("function.txt names a known class")
            .1;
        words
            .split_whitespace()
            .for_each(|word| lists.put(word, class));
    }
    for (text, class) in VERBS {
        for line in lines(text) {
            lists.put_verb(line, *class);
        }
    }
    for line in lines(include_str!("../grammar/words/frames.txt")) {
        if let Some((verb, _)) = line.split_once(':') {
            lists.put_verb(verb, Classes::CUE_FRAME);
        }
    }
    for line in lines(include_str!("../grammar/words/frames-nouns.txt")) {
        if let Some((noun, _)) = line.split_once(':') {
            lists.put_noun(noun, Classes::CUE_NOUN);
        }
    }
    for (words, class) in ASKED {
        words.iter().for_each(|word| lists.put(word, *class));
    }
    for (word, number) in weights().vocabulary() {
        lists.known.entry(word).number = number;
    }
    lists.finish()
});

const NOUNS: &[(&str, Classes)] = &[
    (include_str!("../grammar/words/roles.txt"), Classes::ROLE),
    (
        include_str!("../grammar/words/anonymous.txt"),
        Classes::ANONYMOUS,
    ),
    (
        include_str!("../grammar/words/anonymous-specific.txt"),
        Classes::ANONYMOUS_SPECIFIC,
    ),
    (
        include_str!("../grammar/words/institutions.txt"),
        Classes::INSTITUTION,
    ),
    (
        include_str!("../grammar/words/institution-modifiers.txt"),
        Classes::INSTITUTION_MODIFIER,
    ),
    (
        include_str!("../grammar/words/documents.txt"),
        Classes::DOCUMENT,
    ),
    (
        include_str!("../grammar/words/collectives.txt"),
        Classes::COLLECTIVE,
    ),
    (
        include_str!("../grammar/words/outlets.txt"),
        Classes::OUTLET,
    ),
    (
        include_str!("../grammar/words/body-words.txt"),
        Classes::BODY,
    ),
    (include_str!("../grammar/words/places.txt"), Classes::PLACE),
    (
        include_str!("../grammar/words/demonyms.txt"),
        Classes::DEMONYM,
    ),
    (
        include_str!("../grammar/words/forenames.txt"),
        Classes::FORENAME,
    ),
    (
        include_str!("../grammar/words/forenames-he.txt"),
        Classes::FORENAME_HE,
    ),
    (
        include_str!("../grammar/words/forenames-she.txt"),
        Classes::FORENAME_SHE,
    ),
    (
        include_str!("../grammar/words/family-first.txt"),
        Classes::FAMILY_FIRST,
    ),
    (
        include_str!("../grammar/words/starters.txt"),
        Classes::STARTER,
    ),
    (
        include_str!("../grammar/words/abbreviations.txt"),
        Classes::ABBREVIATION,
    ),
    (
        include_str!("../grammar/words/abbreviations-final.txt"),
        Classes::ABBREVIATION_FINAL,
    ),
    (include_str!("../grammar/words/works.txt"), Classes::WORK),
    (include_str!("../grammar/words/naming.txt"), Classes::NAMING),
];

const ASKED: &[(&[&str], Classes)] = &[
    (BODIES, Classes::BROUGHT),
    (PEOPLE, Classes::BROUGHT),
    (ACCUSATIONS, Classes::ACCUSES),
    (TOLD, Classes::TELLS),
    (PARTS, Classes::FIGURE),
    (CHANGES, Classes::FIGURE),
    (ATTRIBUTES, Classes::ATTRIBUTES),
    (MANNERS, Classes::MANNER),
];

/// The lists of nouns that a newsroom may add to and take from, by the name of their file.
pub const LISTS_OF_A_HOUSE: &[(&str, Classes)] = &[
    ("roles", Classes::ROLE),
    ("anonymous", Classes::ANONYMOUS),
    ("anonymous-specific", Classes::ANONYMOUS_SPECIFIC),
    ("institutions", Classes::INSTITUTION),
    ("institution-modifiers", Classes::INSTITUTION_MODIFIER),
    ("documents", Classes::DOCUMENT),
    ("collectives", Classes::COLLECTIVE),
    ("outlets", Classes::OUTLET),
    ("body-words", Classes::BODY),
    ("places", Classes::PLACE),
    ("demonyms", Classes::DEMONYM),
    ("forenames", Classes::FORENAME),
    ("family-first", Classes::FAMILY_FIRST),
    ("abbreviations", Classes::ABBREVIATION),
    ("abbreviations-final", Classes::ABBREVIATION_FINAL),
    ("works", Classes::WORK),
    ("naming", Classes::NAMING),
];

const VERBS: &[(&str, Classes)] = &[
    (
        include_str!("../grammar/words/cues-strict.txt"),
        Classes::CUE_STRICT,
    ),
    (
        include_str!("../grammar/words/cues-broad.txt"),
        Classes::CUE_BROAD,
    ),
    (
        include_str!("../grammar/words/cues-data.txt"),
        Classes::CUE_DATA,
    ),
];

const FUNCTION: &[(&str, Classes)] = &[
    ("be", Classes::BE),
    ("have", Classes::HAVE),
    ("modal", Classes::MODAL),
    ("adverb", Classes::ADVERB),
    ("determiner", Classes::DETERMINER),
    ("personal", Classes::PERSONAL),
    ("pronoun", Classes::PRONOUN),
    ("preposition", Classes::PREPOSITION),
    ("conjunction", Classes::CONJUNCTION),
    ("clause", Classes::CLAUSE),
    ("number", Classes::NUMBER),
    ("honorific", Classes::HONORIFIC),
    ("rank", Classes::RANK),
    ("weekday", Classes::WEEKDAY),
    ("month", Classes::MONTH),
    ("day", Classes::DAY),
    ("period", Classes::PERIOD),
    ("particle", Classes::PARTICLE),
    ("pair", Classes::PROXY),
];

/// The lists while they are read, line by line.
struct Lines {
    known: Table<Known>,
    /// Each with the number of its form, in the order of the lists.
    verbs: Vec<(u16, Verb)>,
    /// How many words are a form of a cue.
    count: u16,
}

impl Lines {
    fn put(&mut self, word: &str, class: Classes) {
        let is_plain = !word
            .bytes()
            .any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
        let entry = match is_plain {
            true => self.known.entry(word),
            false => self.known.entry(&word.to_lowercase()),
        };
        entry.classes = entry.classes.or(class);
    }

    /// A noun with its plural.
    fn put_noun(&mut self, noun: &str, class: Classes) {
        self.put(noun, class);
        match noun.strip_suffix('y') {
            Some(stem) => self.put(&format!("{stem}ies"), class),
            None => self.put(&format!("{noun}s"), class),
        }
    }

    /// A line of a cue list: the base form alone (its other forms are regular), or all five forms; `+particle` may follow.
    fn put_verb(&mut self, line: &'static str, class: Classes) {
        let words = line.split_whitespace();
        let particle = words.clone().find_map(|word| word.strip_prefix('+'));
        let mut given = words.filter(|word| !word.starts_with('+'));
        let lemma = given.next().expect("a line of a list of verbs has a verb");
        let forms: [Cow<'static, str>; 5] = match given.next() {
            None => regular_forms(lemma),
            Some(third) => {
                let mut next = || Cow::Borrowed(given.next().expect("a verb has five forms"));
                [
                    Cow::Borrowed(lemma),
                    Cow::Borrowed(third),
                    next(),
                    next(),
                    next(),
                ]
            }
        };
        let kinds = [
            VerbForm::Base,
            VerbForm::Third,
            VerbForm::Past,
            VerbForm::Participle,
            VerbForm::Ing,
        ];
        for (index, form) in kinds.into_iter().enumerate() {
            let word = &forms[index];
            if forms[..index].contains(word) {
                continue;
            }
            self.put(word, class);
            let verb = Verb {
                lemma,
                form,
                particle,
            };
            self.put_form(word, verb);
        }
    }

    /// A form of a verb.
    fn put_form(&mut self, word: &str, verb: Verb) {
        let entry = self.known.entry(word);
        if entry.cues == Cues::NONE {
            self.count += 1;
            entry.cues = Cues(self.count);
        }
        self.verbs.push((entry.cues.0, verb));
    }

    fn finish(self) -> Lists {
        let mut those: Vec<Vec<Verb>> = Vec::new();
        those.resize_with(usize::from(self.count) + 1, || Vec::with_capacity(1));
        for (number, verb) in self.verbs {
            // A verb may stand in several lists.
            let those = &mut those[usize::from(number)];
            if !those.contains(&verb) {
                those.push(verb);
            }
        }
        let mut lists = Lists {
            known: self.known,
            verbs: Vec::new(),
            ends: Vec::with_capacity(those.len()),
        };
        for of_number in those {
            lists.verbs.extend(of_number);
            lists.ends.push(lists.verbs.len() as u16);
        }
        lists
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Base, third person, past, participle and -ing of a regular verb.
fn regular_forms(base: &'static str) -> [Cow<'static, str>; 5] {
    let ends = |ends: &[&str]| ends.iter().any(|end| base.ends_with(end));
    let with = |stem: &str, end: &str| Cow::Owned([stem, end].concat());
    let stem = &base[..base.len() - 1];
    let consonant_y = base.ends_with('y') && !ends(&["ay", "ey", "oy", "uy"]);
    let third = if consonant_y {
        with(stem, "ies")
    } else if ends(&["ss", "sh", "ch", "x"]) {
        with(base, "es")
    } else {
        with(base, "s")
    };
    let past: Cow<str> = match (consonant_y, base.ends_with('e')) {
        (true, _) => with(stem, "ied"),
        (_, true) => with(base, "d"),
        _ => with(base, "ed"),
    };
    let ing = if base.ends_with('e') && !base.ends_with("ee") {
        with(stem, "ing")
    } else {
        with(base, "ing")
    };
    [Cow::Borrowed(base), third, past.clone(), past, ing]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_regular_and_irregular_verbs_are_known() {
        let forms = |word: &str| -> Vec<String> {
            verbs(word)
                .iter()
                .map(|verb| format!("{} {:?}", verb.lemma, verb.form))
                .collect()
        };
        assert_eq!(forms("said"), ["say Past"]);
        assert_eq!(forms("replies"), ["reply Third"]);
        assert_eq!(forms("describing"), ["describe Ing"]);
        assert_eq!(forms("stressed"), ["stress Past"]);
        assert_eq!(forms("agreed"), ["agree Past"]);
        assert_eq!(verbs("pointed")[0].particle, Some("out"));
        assert!(verbs("banana").is_empty());
    }

    #[test]
    fn a_word_may_be_of_several_classes() {
        assert!(classes("minister").has(Classes::ROLE));
        assert!(
            classes("report").has(Classes::DOCUMENT) && classes("report").has(Classes::CUE_STRICT)
        );
        assert!(!classes("banana").has(Classes::CUE));
    }
}
