//! Names in short: as an id, and as a surname.

use crate::prose::fold::fold;
use crate::prose::word::possessive_stem;
use crate::text::words::words;
use crate::words::{Classes, classes_in_any_case};

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
    fn names_are_shortened() {
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
