//! Names as keys: lower case, accents and apostrophes gone, words one space apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::Lengths;

/// The key of a name. "O’Brien" is `obrien`, "U.S." is `us`, "J. K." is `jk`, "al-Rashid" is `al rashid`, "Søren’s" is `soren`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_onto(name, &mut folded);
    folded
}

/// Adds the key of a name to `folded`, after a space if something stands there that does not end in one.
pub fn fold_onto(name: &str, folded: &mut String) {
    let from = folded.len();
    let mut is_between = from > 0 && !folded.ends_with(' ');
    // A word of plain letters, as most are.
    if name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        space(folded, &mut is_between);
        folded.push_str(name);
        folded[from..].make_ascii_lowercase();
        return;
    }
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if is_apostrophe(c) && is_possessive(after) && folded.len() > from {
            rest = &after[1..];
            continue;
        }
        rest = after;
        if c.is_ascii_alphanumeric() {
            space(folded, &mut is_between);
            folded.push(c.to_ascii_lowercase());
        } else if c.is_ascii() || c == '’' || c == '‘' {
            is_between |= !is_apostrophe(c) && c != '.' && folded.len() > from;
        } else {
            fold_letter(c, folded, &mut is_between, from);
        }
    }
    join_initials(folded, from);
}

/// Two single letters side by side are one word, as "J.K." is: from the word before `from` on.
fn join_initials(folded: &mut String, from: usize) {
    let before = folded[..from]
        .trim_end()
        .rfind(' ')
        .map_or(0, |space| space + 1);
    let mut at = before;
    while let Some(space) = folded[at..].find(' ').map(|space| at + space) {
        let next = &folded[space + 1..];
        let next = &next[..next.find(' ').unwrap_or(next.len())];
        let is_letter =
            |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if is_letter(&folded[at..space]) && is_letter(next) {
            folded.remove(space);
            at = space;
        } else {
            at = space + 1;
        }
    }
}

fn space(folded: &mut String, is_between: &mut bool) {
    if *is_between {
        folded.push(' ');
        *is_between = false;
    }
}

fn fold_letter(c: char, folded: &mut String, is_between: &mut bool, from: usize) {
    if matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    ) {
        return;
    }
    if !c.is_alphanumeric() && !is_combining_mark(c) {
        *is_between |= folded.len() > from;
        return;
    }
    if !is_combining_mark(c) {
        space(folded, is_between);
    }
    match c {
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        'þ' | 'Þ' => folded.push_str("th"),
        'ß' => folded.push_str("ss"),
        _ => {
            let letters = c.nfd().filter(|c| !is_combining_mark(*c));
            folded.extend(letters.flat_map(char::to_lowercase));
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

/// Whether an apostrophe before these letters makes a possessive: an `s` that ends a word.
fn is_possessive(after: &str) -> bool {
    let mut letters = after.chars();
    matches!(letters.next(), Some('s' | 'S')) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// Small words inside names, as keys: they may stand in lower case between two capitals.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "der", "den", "di", "da", "dos", "das", "do", "du", "des", "la", "le",
    "van", "von", "vom", "zu", "ter", "ten", "te", "bin", "ibn", "bint", "al", "el", "ul", "ur",
    "abu", "ben", "e", "y", "af", "of", "and", "the", "for",
];

static LENGTHS: Lengths = Lengths::of(&[PARTICLES]);

/// Whether a word, as a key, is a small word inside names.
pub fn is_particle(word: &str) -> bool {
    may_be_particle(word) && PARTICLES.contains(&word)
}

/// Whether a word of ASCII, in whatever case, may be one: nearly all others are none.
#[inline]
pub fn may_be_particle(word: &str) -> bool {
    LENGTHS.may_hold(word)
}

/// Those of them that belong to a surname.
pub fn is_surname_particle(word: &str) -> bool {
    is_particle(word) && !matches!(word, "of" | "and" | "for" | "the")
}

/// Words after a surname, as keys.
pub fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "jr" | "sr" | "ii" | "iii" | "iv" | "mp" | "mep" | "phd" | "md"
    )
}

/// Where in a key of a person's name the surname begins, and where its last word does: "ursula von der leyen" 7 and 15.
pub fn surname_starts(folded: &str) -> (usize, usize) {
    let words = || {
        let mut at = 0;
        folded.split(' ').map(move |word| {
            let start = at;
            at += word.len() + 1;
            (start, word)
        })
    };
    let mut last = None;
    for (start, word) in words() {
        if start == 0 || !is_suffix(word) {
            last = Some((start, word));
        }
    }
    let last = last.map_or(0, |(start, _)| start);
    let mut first = last;
    let before: Vec<(usize, &str)> = words().filter(|(start, _)| *start < last).collect();
    for (start, word) in before.into_iter().rev() {
        let is_inside = start > 0 && is_surname_particle(word);
        if !is_inside {
            break;
        }
        first = start;
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys() {
        for (name, key) in [
            ("Søren Åberg’s", "soren aberg"),
            ("A\u{30a}sa", "asa"),
            ("Dana O’Brien-Ortiz", "dana obrien ortiz"),
            ("U.S.", "us"),
            ("J. K. Rowan", "jk rowan"),
            ("J.K. Rowan", "jk rowan"),
            ("Dana M. Ortiz", "dana m ortiz"),
            ("the boss' car", "the boss car"),
            ("Łódź  Works, Inc.", "lodz works inc"),
            ("Weiß", "weiss"),
            ("Straßen\u{ad}bahn", "strassenbahn"),
            ("’s", "s"),
            ("Al\u{a0}Rashid", "al rashid"),
            ("Володимир Стах", "володимир стах"),
            ("—", ""),
        ] {
            assert_eq!(fold(name), key, "{name}");
        }
        let mut two = "dana".to_owned();
        fold_onto("Ortiz", &mut two);
        assert_eq!(two, "dana ortiz");
    }

    #[test]
    fn surnames_begin_with_their_particles() {
        assert_eq!(surname_starts("ursula von der leyen"), (7, 15));
        assert_eq!(surname_starts("carl boone jr"), (5, 5));
        assert_eq!(surname_starts("dana"), (0, 0));
        assert_eq!(surname_starts("house of ash"), (9, 9));
    }
}
