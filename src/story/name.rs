//! Names compared: case, accents and spelling folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::prose::word::possessive_stem;
use crate::text::words::words;
use crate::words::{Classes, classes_in_any_case};

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

/// An id: ASCII letters, digits and hyphens; never empty.
pub fn slug(name: &str) -> String {
    slug_of_folded(&fold(name))
}

/// The id of a name that is folded already.
pub fn slug_of_folded(folded: &str) -> String {
    let mut slug = String::with_capacity(folded.len());
    for byte in folded.bytes() {
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(byte));
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("unnamed");
    }
    slug
}

/// An id that is not among `taken`: `-2`, `-3` and so on are added on collision.
pub fn unique_slug<'a>(name: &str, taken: impl Iterator<Item = &'a str> + Clone) -> String {
    let slug = slug(name);
    if !taken.clone().any(|other| other == slug) {
        return slug;
    }
    (2..)
        .map(|number| format!("{slug}-{number}"))
        .find(|id| !taken.clone().any(|other| other == id))
        .expect("numbers do not end")
}

/// The part of a person's name used on second reference: the last word, or the first of a name whose family name comes first.
pub fn surname(name: &str) -> Option<&str> {
    let all = || words(name).filter(|word| !word.starts_with(['“', '"', '‘']));
    let last = all().filter(|word| !is_suffix(word)).last()?;
    let mut parts = all();
    let chosen = match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) if is_family_first(first, second) => first,
        _ => last,
    };
    Some(possessive_stem(chosen))
}

/// Whether the family name comes first in a name of two words.
fn is_family_first(first: &str, second: &str) -> bool {
    let class = classes_in_any_case(first);
    class.has(Classes::FAMILY_FIRST)
        && !class.has(Classes::FORENAME)
        && !classes_in_any_case(second).has(Classes::FAMILY_FIRST)
}

/// `Jr.`, `III`: after a surname.
pub fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches([',', '.']),
        "Jr" | "Sr" | "II" | "III" | "IV"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_and_shorten() {
        assert_eq!(fold("Søren Åberg’s"), "soren aberg");
        assert_eq!(fold("A\u{30a}sa"), fold("Åsa"));
        assert_eq!(slug("Dana O’Neill-Ortiz"), "dana-oneill-ortiz");
        assert_eq!(surname("Dana Ortiz"), Some("Ortiz"));
        assert_eq!(surname("Wei Lan"), Some("Wei"));
        assert_eq!(surname("Carl Boone Jr."), Some("Boone"));
        assert_eq!(
            unique_slug("Ann Lee", ["ann-lee", "ann-lee-2"].into_iter()),
            "ann-lee-3"
        );
    }
}
