//! Words that are compared in a way of their own: small words, negations, numbers, abbreviations, fillers, two spellings.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::{Class, key};
use crate::words::{NUMBERS, TENS};

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
pub enum Entry {
    /// It has a class.
    Class(Class),
    /// It is part of a number.
    Number(NumberWord),
    /// It stands for other words.
    Words(&'static [&'static str]),
    /// It is a noise between words.
    Filler,
}

/// A word of a number.
#[derive(Clone, Copy, Debug)]
pub enum NumberWord {
    /// One to nine, and zero.
    Unit(f64),
    /// Ten to nineteen.
    Teen(f64),
    /// Twenty, thirty and so on.
    Tens(f64),
    /// Hundred.
    Hundred,
    /// Thousand and more.
    Scale(f64),
}

/// What is known of the word of this key.
pub fn entry(key: u32) -> Option<Entry> {
    ENTRIES.get(&key).copied()
}

/// The American spelling of a word spelt the British way.
pub fn respelled(word: &str) -> Option<String> {
    let length = word.len();
    if length < 5 || !word.is_ascii() {
        return None;
    }
    for (british, american) in [
        ("isation", "ization"),
        ("isations", "izations"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
    ] {
        if let Some(stem) = word.strip_suffix(british) {
            return Some(format!("{stem}{american}"));
        }
    }
    if length >= 6 {
        for (british, american) in [
            ("ise", "ize"),
            ("ised", "ized"),
            ("ises", "izes"),
            ("ising", "izing"),
        ] {
            if let Some(stem) = word.strip_suffix(british) {
                return Some(format!("{stem}{american}"));
            }
        }
        if word.contains("our") && OUR.iter().any(|stem| word.starts_with(stem)) {
            return Some(word.replacen("our", "or", 1));
        }
    }
    if length >= 8 {
        for (british, american) in [
            ("lled", "led"),
            ("lling", "ling"),
            ("ller", "ler"),
            ("llers", "lers"),
        ] {
            if let Some(stem) = word.strip_suffix(british) {
                return Some(format!("{stem}{american}"));
            }
        }
    }
    None
}

const OUR: &[&str] = &[
    "colour",
    "honour",
    "labour",
    "favour",
    "neighbour",
    "behaviour",
    "harbour",
    "rumour",
    "humour",
    "odour",
    "vapour",
    "endeavour",
    "armour",
    "parlour",
    "saviour",
    "flavour",
    "vigour",
    "rigour",
    "clamour",
    "splendour",
    "dishonour",
    "discolour",
    "misbehaviour",
];

const FILLERS: &[&str] = &[
    "um", "umm", "uh", "uhh", "er", "erm", "eh", "hm", "hmm", "mm", "mmm", "mhm", "uhm", "ahem",
];

const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without",
    "hardly", "cant", "wont", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent",
    "hasnt", "havent", "hadnt", "wouldnt", "couldnt", "shouldnt", "mustnt", "aint",
];

const SMALL: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "i", "you", "he", "she", "it", "we",
    "they", "me", "him", "her", "us", "them", "my", "your", "his", "its", "our", "their", "of",
    "to", "in", "on", "at", "by", "for", "with", "from", "as", "and", "or", "but", "so", "if",
    "than", "then", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did",
    "have", "has", "had", "will", "would", "can", "could", "should", "shall", "may", "might",
    "must", "there", "here", "just", "well", "very", "really", "about", "into", "up", "out",
];

const WORDS: &[(&str, &[&str])] = &[
    ("gonna", &["going", "to"]),
    ("wanna", &["want", "to"]),
    ("gotta", &["got", "to"]),
    ("kinda", &["kind", "of"]),
    ("cannot", &["can", "not"]),
    ("ok", &["okay"]),
    ("cause", &["because"]),
    ("em", &["them"]),
    ("til", &["until"]),
    ("till", &["until"]),
    ("mr", &["mister"]),
    ("mrs", &["missus"]),
    ("dr", &["doctor"]),
    ("saint", &["st"]),
    ("sen", &["senator"]),
    ("rep", &["representative"]),
    ("gov", &["governor"]),
    ("lt", &["lieutenant"]),
    ("sgt", &["sergeant"]),
    ("prof", &["professor"]),
    ("vs", &["versus"]),
    ("pct", &["percent"]),
    ("jan", &["january"]),
    ("feb", &["february"]),
    ("aug", &["august"]),
    ("sept", &["september"]),
    ("oct", &["october"]),
    ("nov", &["november"]),
    ("dec", &["december"]),
    ("first", &["1st"]),
    ("second", &["2nd"]),
    ("third", &["3rd"]),
    ("fourth", &["4th"]),
    ("fifth", &["5th"]),
    ("sixth", &["6th"]),
    ("seventh", &["7th"]),
    ("eighth", &["8th"]),
    ("ninth", &["9th"]),
    ("tenth", &["10th"]),
    ("centre", &["center"]),
    ("centres", &["centers"]),
    ("theatre", &["theater"]),
    ("theatres", &["theaters"]),
    ("metre", &["meter"]),
    ("metres", &["meters"]),
    ("litre", &["liter"]),
    ("litres", &["liters"]),
    ("fibre", &["fiber"]),
    ("defence", &["defense"]),
    ("offence", &["offense"]),
    ("offences", &["offenses"]),
    ("licence", &["license"]),
    ("programme", &["program"]),
    ("programmes", &["programs"]),
    ("grey", &["gray"]),
    ("tyre", &["tire"]),
    ("tyres", &["tires"]),
    ("kerb", &["curb"]),
    ("cheque", &["check"]),
    ("cheques", &["checks"]),
    ("catalogue", &["catalog"]),
    ("dialogue", &["dialog"]),
    ("judgement", &["judgment"]),
    ("ageing", &["aging"]),
    ("sceptical", &["skeptical"]),
    ("sceptics", &["skeptics"]),
    ("fuelled", &["fueled"]),
    ("mum", &["mom"]),
];

static ENTRIES: LazyLock<FxHashMap<u32, Entry>> = LazyLock::new(|| {
    let mut entries = FxHashMap::default();
    let mut put = |word: &str, entry: Entry| {
        entries.insert(key(word), entry);
    };
    for word in SMALL {
        put(word, Entry::Class(Class::Small));
    }
    for word in NEGATIONS {
        put(word, Entry::Class(Class::Negation));
    }
    for word in FILLERS {
        put(word, Entry::Filler);
    }
    for (word, words) in WORDS {
        put(word, Entry::Words(words));
    }
    for ordinal in [
        "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th",
    ] {
        put(ordinal, Entry::Class(Class::Number));
    }
    for (value, word) in NUMBERS.iter().enumerate() {
        let number = match value < 10 {
            true => NumberWord::Unit(value as f64),
            false => NumberWord::Teen(value as f64),
        };
        put(word, Entry::Number(number));
    }
    for (value, word) in TENS.iter().enumerate() {
        let value = 20.0 + 10.0 * value as f64;
        put(word, Entry::Number(NumberWord::Tens(value)));
    }
    put("hundred", Entry::Number(NumberWord::Hundred));
    for (word, scale) in [
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
    ] {
        put(word, Entry::Number(NumberWord::Scale(scale)));
    }
    entries
});
