//! What each word does in its sentence: a verb that tells, a noun, a name. "Reports" is a noun in one place and a verb in another.
//!
//! A greedy averaged perceptron over whole numbers, the same on every machine. `grammar/tagger/README.md` says how it was
//! trained, on what, and how often it is right.

use crate::words::{
    ALL_TAGS, Classes, Cues, ROW, Scores, TAGS as COUNT, Verb, VerbForm, best_tag, weights,
};

use super::word::possessive_stem;
use super::{Form, Sentence, Word};

/// The class of a word. The order is that of the columns in the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Tag {
    /// A common noun.
    Noun,
    /// A proper noun.
    Name,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// A verb in its base form: after "to", "will", "did".
    Base,
    /// A verb in the past that tells.
    Past,
    /// A verb in -ing.
    Gerund,
    /// A past participle.
    Participle,
    /// A verb in the present that tells.
    Present,
    /// "will", "can", "should".
    Modal,
    /// A preposition or particle.
    Preposition,
    /// A word that opens a clause: "that", "because", "whether".
    Opener,
    /// "to" before a verb.
    To,
    /// An article, "this", "some".
    Determiner,
    /// A personal pronoun, or "there".
    Pronoun,
    /// "his", "their".
    Owner,
    /// "and", "but".
    Coordinator,
    /// A number.
    Number,
    /// "who", "which", "what", "when".
    Question,
    /// Punctuation.
    Mark,
    /// Anything else.
    Other,
    /// A pronoun and a verb in one: "he’s", "they’ll".
    PronounVerb,
}

const TAGS: [Tag; COUNT] = [
    Tag::Noun,
    Tag::Name,
    Tag::Adjective,
    Tag::Adverb,
    Tag::Base,
    Tag::Past,
    Tag::Gerund,
    Tag::Participle,
    Tag::Present,
    Tag::Modal,
    Tag::Preposition,
    Tag::Opener,
    Tag::To,
    Tag::Determiner,
    Tag::Pronoun,
    Tag::Owner,
    Tag::Coordinator,
    Tag::Number,
    Tag::Question,
    Tag::Mark,
    Tag::Other,
    Tag::PronounVerb,
];

impl Tag {
    /// A verb that tells, alone or as a helper: "said", "says", "will".
    pub fn is_finite(self) -> bool {
        matches!(
            self,
            Tag::Past | Tag::Present | Tag::Modal | Tag::PronounVerb
        )
    }

    /// Any form of a verb.
    pub fn is_verb(self) -> bool {
        self.is_finite() || matches!(self, Tag::Base | Tag::Gerund | Tag::Participle)
    }

    /// What stands inside a noun phrase before or at its head.
    pub fn is_nominal(self) -> bool {
        matches!(
            self,
            Tag::Noun | Tag::Name | Tag::Adjective | Tag::Number | Tag::Determiner | Tag::Owner
        )
    }
}

const SHAPES: u32 = 28;
/// The first shape of a word; those before it are of none.
const FIRST_SHAPE: u32 = 4;
const CLASSES: u32 = COUNT as u32 + 1;

/// Where each table begins behind the rows of the words of the vocabulary, in the order of the trainer; in bytes, as all places are.
struct Tables {
    /// Of words that are not in the vocabulary, by their ending: two rows for each.
    ends: u32,
    /// Of the shapes of a word and of the one after it.
    shapes: u32,
    /// Of the classes of the two words before.
    before: u32,
}

fn tables() -> Tables {
    let (words, suffixes) = weights().sizes();
    let ends = 4 * ROW * words as u32;
    let shapes = ends + 2 * ROW * suffixes as u32;
    Tables {
        ends,
        shapes,
        before: shapes + ROW * (SHAPES - FIRST_SHAPE) * AFTER,
    }
}

/// How many shapes the word after one may have: none of them is the first of its sentence.
const AFTER: u32 = SHAPES / 2;

/// What of a word does not depend on the classes before it: where its rows are.
#[derive(Clone, Copy, Default)]
struct Facts {
    /// For itself.
    own: u32,
    /// As the word after another.
    after: u32,
    /// The first of its four, as the word before another or after the next.
    word: u32,
    /// For its shape, among those of words and those of words after another.
    shape: u32,
    shape_after: u32,
}

/// Gives every word its class. A word is folded in `room`, which is used again.
pub fn tag(text: &str, words: &mut [Word], sentences: &[Sentence], room: &mut String) {
    let tables = tables();
    let weights = weights();
    let mut facts = |word: &Word, is_first: bool| {
        let place = 4 * ROW * u32::from(word.number);
        let (own, after) = match word.number {
            0 => {
                let end = tables.ends + 2 * ROW * suffix(text, word, room);
                (end, end + ROW)
            }
            _ => (place, place + 2 * ROW),
        };
        let Shape { kind, is_owner } = shape(text, word);
        let beside = 2 * kind + u32::from(is_owner);
        let itself = 4 * kind + 2 * u32::from(is_first) + u32::from(is_owner);
        Facts {
            own,
            after,
            word: place,
            shape: ROW * AFTER * (itself - FIRST_SHAPE),
            shape_after: ROW * beside,
        }
    };
    // Nothing stands behind the last word.
    let nothing = Facts {
        own: tables.ends,
        after: tables.ends + ROW,
        ..Facts::default()
    };
    for sentence in sentences {
        let words = &mut words[sentence.words.clone()];
        let mut here = words.first().map_or(nothing, |word| facts(word, true));
        let mut next = words.get(1).map_or(nothing, |word| facts(word, false));
        let mut last = 0;
        let (mut before, mut earlier) = (CLASSES - 1, CLASSES - 1);
        for index in 0..words.len() {
            let after_next = words
                .get(index + 2)
                .map_or(nothing, |word| facts(word, false));
            let before_both = ROW * CLASSES * before + ROW * earlier;
            let scores = Scores {
                own: weights.row(here.own),
                last: weights.row(last + ROW),
                next: weights.row(next.after),
                after_next: weights.row(after_next.word + 3 * ROW),
                shape: weights.row(tables.shapes + here.shape + next.shape_after),
                before: weights.row(tables.before + before_both),
            };
            let word = &mut words[index];
            // A noun may always be.
            let may_be = possible(text, word) | 1 << Tag::Noun as u32;
            let best = best_tag(scores, may_be);
            word.tag = TAGS[best];
            last = here.word;
            (before, earlier) = (best as u32, before);
            (here, next) = (next, after_next);
        }
        mend(text, words);
    }
}

/// Verbs that the weights took for something else, where what stands around them leaves no doubt: "he hopes", "they think",
/// "Ruiz endorsed the plan", "Ruiz swears the road is safe".
fn mend(text: &str, words: &mut [Word]) {
    let may_be_wrong = |word: &Word| {
        word.classes.has(Classes::CUE.or(Classes::CUE_FRAME))
            && word.form == Form::Lower
            && matches!(
                word.tag,
                Tag::Noun | Tag::Adjective | Tag::Base | Tag::Participle
            )
    };
    for at in 1..words.len() {
        let word = &words[at];
        if !may_be_wrong(word) {
            continue;
        }
        let adverbs = words[..at]
            .iter()
            .rev()
            .take_while(|word| word.tag == Tag::Adverb)
            .count();
        let Some(subject) = (at - adverbs).checked_sub(1).map(|before| words[before]) else {
            continue;
        };
        let nominative = ["he", "she", "they", "we", "i", "who"]
            .iter()
            .any(|word| subject.span.of(text).eq_ignore_ascii_case(word));
        let named = subject.tag == Tag::Name
            && possessive_stem(subject.span.of(text)).len() == subject.span.len();
        let next = words.get(at + 1);
        let object = next.is_some_and(|next| {
            matches!(
                next.tag,
                Tag::Determiner
                    | Tag::Pronoun
                    | Tag::Owner
                    | Tag::Name
                    | Tag::Opener
                    | Tag::Question
            )
        });
        let closes_aside = subject.span.of(text) == "," && at >= 4;
        let plural =
            matches!(subject.tag, Tag::Noun | Tag::Name) && subject.span.of(text).ends_with('s');
        let form = small_verbs(text, word).first().map(|verb| verb.form);
        words[at].tag = match (word.tag, form) {
            (Tag::Participle, Some(VerbForm::Past))
                if nominative || (named || closes_aside) && object =>
            {
                Tag::Past
            }
            (Tag::Participle, _) => continue,
            (_, Some(VerbForm::Past)) if nominative => Tag::Past,
            (_, Some(VerbForm::Third)) if nominative || (named || closes_aside) && object => {
                Tag::Present
            }
            (Tag::Base, Some(VerbForm::Base)) if nominative || plural => Tag::Present,
            (_, Some(VerbForm::Base)) if nominative => Tag::Present,
            _ => continue,
        };
    }
}

/// The classes that a word may have, a bit each. A word that the trainer never saw is none of the small words of the
/// language, and a form of a verb that the lists know is that form, or a noun.
fn possible(text: &str, word: &Word) -> u32 {
    const CLOSED: u32 = 1 << Tag::Modal as u32
        | 1 << Tag::Preposition as u32
        | 1 << Tag::Opener as u32
        | 1 << Tag::To as u32
        | 1 << Tag::Determiner as u32
        | 1 << Tag::Pronoun as u32
        | 1 << Tag::Owner as u32
        | 1 << Tag::Coordinator as u32
        | 1 << Tag::Question as u32
        | 1 << Tag::PronounVerb as u32;
    if word.form == Form::Mark {
        return ALL_TAGS;
    }
    let is_verb = word.classes.has(Classes::CUE.or(Classes::CUE_FRAME));
    if word.number != 0 {
        // "agreed" and "insisted" are verbs, whatever else the trainer saw.
        let past = word.form == Form::Lower && is_verb && word.span.of(text).ends_with("ed");
        return match past {
            true => {
                1 << Tag::Past as u32 | 1 << Tag::Participle as u32 | 1 << Tag::Adjective as u32
            }
            false => ALL_TAGS,
        };
    }
    let open = ALL_TAGS & !CLOSED;
    if !is_verb || word.form != Form::Lower {
        return open;
    }
    let forms = small_verbs(text, word).iter().map(|verb| match verb.form {
        VerbForm::Base => 1 << Tag::Base as u32 | 1 << Tag::Present as u32,
        VerbForm::Third => 1 << Tag::Present as u32,
        VerbForm::Past => 1 << Tag::Past as u32 | 1 << Tag::Participle as u32,
        VerbForm::Participle => 1 << Tag::Participle as u32,
        VerbForm::Ing => 1 << Tag::Gerund as u32,
    });
    let verb: u32 = forms.fold(0, |all, form| all | form);
    if verb == 0 {
        return open;
    }
    // "claims", "vows" and "fear" are nouns too; "insisted" is not.
    let may_be_noun = verb & (1 << Tag::Base as u32 | 1 << Tag::Present as u32) != 0;
    verb | u32::from(may_be_noun) << Tag::Noun as u32
}

/// The cues of which a word is a form as it stands there: none for one with a capital, which a headline may have.
fn small_verbs(text: &str, word: &Word) -> &'static [Verb] {
    let is_small = || !word.span.of(text).bytes().any(|b| b.is_ascii_uppercase());
    match word.cues != Cues::NONE && is_small() {
        true => word.cues.verbs(),
        false => &[],
    }
}

/// The ending of a word that is not in the vocabulary.
fn suffix(text: &str, word: &Word, folded: &mut String) -> u32 {
    let letters = word.span.of(text);
    let stem = match word.is_plain {
        true => letters,
        false => possessive_stem(letters),
    };
    let bytes = stem.as_bytes();
    // Small ASCII letters need no folding.
    if bytes.iter().rev().take(3).all(u8::is_ascii_lowercase) {
        return u32::from(weights().suffix(bytes));
    }
    super::word::fold(stem, folded);
    u32::from(weights().suffix(folded.as_bytes()))
}

/// What a word looks like, wherever in its sentence it stands.
struct Shape {
    kind: u32,
    /// Whether it has a possessive ending.
    is_owner: bool,
}

/// The kind of a word by its form, in the order of the forms. Looked up, since no jump can tell which form comes next.
static KINDS: [u32; 5] = {
    let mut kinds = [0; 5];
    kinds[Form::Lower as usize] = 3;
    kinds[Form::Capital as usize] = 5;
    kinds[Form::Caps as usize] = 6;
    kinds[Form::Number as usize] = 1;
    kinds[Form::Mark as usize] = 2;
    kinds
};

#[inline]
fn shape(text: &str, word: &Word) -> Shape {
    let kind = KINDS[word.form as usize];
    if word.is_plain || word.form == Form::Mark {
        return Shape {
            kind,
            is_owner: false,
        };
    }
    let letters = word.span.of(text);
    let is_hyphened = word.form == Form::Lower && letters.contains('-');
    Shape {
        kind: kind + u32::from(is_hyphened),
        is_owner: possessive_stem(letters).len() < letters.len(),
    }
}
