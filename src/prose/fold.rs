//! Names and words compared: case, accents and possessive endings folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::word::possessive_stem;
use crate::text::words::words;

/// The name in lower case, without accents, possessive endings, quotation marks or surplus spaces.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_onto(name, &mut folded);
    folded
}

/// The same, written after what stands in `folded`.
pub fn fold_onto(name: &str, folded: &mut String) {
    let start = folded.len();
    if is_simple(name) {
        folded.push_str(name);
        folded[start..].make_ascii_lowercase();
        return;
    }
    for word in words(name) {
        let stem = possessive_stem(word);
        if folded.len() > start {
            folded.push(' ');
        }
        if stem.is_ascii() {
            let from = folded.len();
            match stem.bytes().any(|byte| matches!(byte, b'"' | b'\'')) {
                true => folded.extend(stem.chars().filter(|c| !matches!(c, '"' | '\''))),
                false => folded.push_str(stem),
            }
            folded[from..].make_ascii_lowercase();
            continue;
        }
        let letters = stem
            .nfd()
            .filter(|c| !is_combining_mark(*c) && !"“”\"‘’'".contains(*c))
            .flat_map(char::to_lowercase);
        letters.for_each(|c| match c {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(c),
        });
    }
}

/// Whether a name is of plain letters, with single blanks between its words: folded, only its capitals differ.
pub fn is_simple(name: &str) -> bool {
    let mut before = b' ';
    let is_simple = name.bytes().all(|byte| {
        let is_letter = byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'');
        let fits = is_letter || byte == b' ' && before != b' ';
        before = byte;
        fits
    });
    is_simple && before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_endings_are_folded() {
        assert_eq!(fold("Søren Åberg’s"), "soren aberg");
        assert_eq!(fold("A\u{30a}sa"), fold("Åsa"));
    }
}
