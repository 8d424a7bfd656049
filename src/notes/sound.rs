//! How words sound: whether a machine may have heard the one for the other.

use super::fold::{Class, Word};
use crate::prose::fold::fold;

/// A word made ready for many comparisons.
#[derive(Clone, Debug)]
pub struct Sound {
    letters: String,
    spoken: String,
    skeleton: String,
    /// Which letters it has, a bit each.
    mask: u32,
    class: Class,
}

/// How two words are to a machine's ear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ear {
    /// The one may have been heard for the other.
    Alike,
    /// Both are small words, which come and go.
    Small,
    /// They are two words.
    Apart,
}

impl Sound {
    /// The sound of a word of a text.
    pub fn of(text: &str, word: Word) -> Sound {
        let mut letters = fold(word.span().of(text));
        letters.retain(char::is_alphanumeric);
        let mask = letters
            .bytes()
            .filter(u8::is_ascii_lowercase)
            .fold(0, |mask, letter| mask | 1 << (letter - b'a'));
        Sound {
            spoken: sounded(&letters),
            skeleton: skeleton(&letters),
            letters,
            mask,
            class: word.class,
        }
    }

    /// How this word and another are to a machine's ear. A number or a "no" is never heard for another word.
    pub fn beside(&self, other: &Sound) -> Ear {
        let is_grave = |class: Class| matches!(class, Class::Negation | Class::Number);
        if is_grave(self.class) || is_grave(other.class) {
            return Ear::Apart;
        }
        let shared = (self.mask & other.mask).count_ones();
        let least = self.mask.count_ones().min(other.mask.count_ones());
        let may_be = shared * 2 >= least && least > 0;
        if may_be && self.sounds_like(other) {
            return Ear::Alike;
        }
        match (self.class, other.class) {
            (Class::Small, Class::Small) => Ear::Small,
            _ => Ear::Apart,
        }
    }

    fn sounds_like(&self, other: &Sound) -> bool {
        let least = least(&self.letters, &other.letters);
        !self.letters.is_empty()
            && !other.letters.is_empty()
            && (strsim::normalized_levenshtein(&self.letters, &other.letters) >= least
                || strsim::normalized_levenshtein(&self.spoken, &other.spoken) >= least
                || self.skeleton.len() >= 2 && self.skeleton == other.skeleton)
    }
}

/// The likeness of letters, 0 to 1, from which words may be one sound. Long words share endings by chance.
fn least(one: &str, other: &str) -> f64 {
    if one.len().min(other.len()) >= 7 {
        0.6
    } else {
        0.5
    }
}

/// A word with its sounds written in one way: `paid` is "pad", `made` is "mad".
fn sounded(word: &str) -> String {
    let mut word = word.to_owned();
    for (written, sound) in [
        ("igh", "i"),
        ("ough", "o"),
        ("ph", "f"),
        ("gh", ""),
        ("wr", "r"),
        ("kn", "n"),
        ("wh", "w"),
        ("ck", "k"),
        ("ai", "a"),
        ("ay", "a"),
        ("ei", "a"),
        ("ey", "a"),
        ("ee", "e"),
        ("ea", "e"),
        ("ie", "e"),
        ("oo", "u"),
        ("ou", "u"),
        ("ow", "o"),
        ("oa", "o"),
        ("c", "k"),
        ("q", "k"),
        ("z", "s"),
        ("v", "b"),
        ("y", "i"),
    ] {
        word = word.replace(written, sound);
    }
    let silent = word.len() > 3 && word.ends_with('e');
    if silent {
        word.pop();
    }
    word
}

/// Whether two runs of letters may be one sound.
pub fn sounds_alike(one: &str, other: &str) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let least = least(one, other);
    let whole = strsim::normalized_levenshtein(one, other);
    let spoken = strsim::normalized_levenshtein(&sounded(one), &sounded(other));
    if whole >= least || spoken >= least {
        return true;
    }
    let (one, other) = (skeleton(one), skeleton(other));
    one.len() >= 2 && one == other
}

/// The consonants of a word, those that are taken for one another as one.
fn skeleton(word: &str) -> String {
    let word = word
        .replace("ph", "f")
        .replace("gh", "")
        .replace("wr", "r")
        .replace("kn", "n");
    let mut kept = String::new();
    for letter in word.chars() {
        let letter = match letter {
            'c' | 'q' | 'g' => 'k',
            'z' => 's',
            'v' | 'p' | 'f' => 'b',
            'd' => 't',
            'm' => 'n',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => continue,
            other => other,
        };
        if !kept.ends_with(letter) {
            kept.push(letter);
        }
    }
    kept
}

/// Whether runs of different numbers of words may be one sound: a word that was heard as two. A whole word more is none.
pub fn run_sounds_alike(one: &str, other: &str) -> bool {
    !one.is_empty()
        && !other.is_empty()
        && (strsim::normalized_levenshtein(one, other) >= 0.7
            || strsim::normalized_levenshtein(&sounded(one), &sounded(other)) >= 0.7)
}
