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

/// The part of a person's name used on second reference: the last word with the particles before it (`van der Berg`), or the first
/// of a name whose family name comes first.
pub fn surname(name: &str) -> Option<&str> {
    let all = || words(name).filter(|word| !word.starts_with(['“', '"', '‘']));
    let (mut last, mut has_particles) = (None, false);
    for (at, word) in all().enumerate() {
        has_particles |= at > 0 && is_particle(word);
        if !is_suffix(word) {
            last = Some(word);
        }
    }
    let last = last?;
    let mut parts = all();
    if let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next())
        && is_family_first(first, second)
    {
        return Some(possessive_stem(first));
    }
    let start = |word: &str| word.as_ptr().addr() - name.as_ptr().addr();
    let mut from = start(last);
    // Hardly a name has any.
    if has_particles {
        for word in all().skip(1).collect::<Vec<_>>().into_iter().rev() {
            let at = start(word);
            if at < from && is_particle(word) && name[at + word.len()..from].trim().is_empty() {
                from = at;
            }
        }
    }
    Some(possessive_stem(&name[from..start(last) + last.len()]))
}

/// `van`, `de la`: in small letters, as they stand inside a name.
fn is_particle(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && classes_in_any_case(word).has(Classes::PARTICLE)
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
        assert_eq!(surname("Jan van der Berg"), Some("van der Berg"));
        assert_eq!(surname("Ana de la Cruz’s"), Some("de la Cruz"));
        assert_eq!(surname("de la Cruz"), Some("la Cruz"));
        assert_eq!(surname("Ahmed al-Rashid"), Some("al-Rashid"));
        assert_eq!(
            unique_slug("Ann Lee", ["ann-lee", "ann-lee-2"].into_iter()),
            "ann-lee-3"
        );
    }
}
