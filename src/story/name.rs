//! Names compared: case, accents and spelling folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The name in lower case, without accents, possessive endings, quotation marks or surplus spaces.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        let stem = crate::prose::word::possessive_stem(word);
        if !folded.is_empty() {
            folded.push(' ');
        }
        if stem.is_ascii() {
            let from = folded.len();
            match stem.contains(['"', '\'']) {
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
    folded
}

/// An id: ASCII letters, digits and hyphens; never empty.
pub fn slug(name: &str) -> String {
    let folded = fold(name);
    let mut slug = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.is_empty() {
        "unnamed".to_owned()
    } else {
        slug
    }
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
pub fn surname(name: &str) -> Option<String> {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !word.starts_with(['“', '"', '‘']))
        .collect();
    let family_first = words.len() == 2
        && crate::words::classes(&words[0].to_lowercase()).has(crate::words::Classes::FAMILY_FIRST)
        && !crate::words::classes(&words[0].to_lowercase()).has(crate::words::Classes::FORENAME)
        && !crate::words::classes(&words[1].to_lowercase())
            .has(crate::words::Classes::FAMILY_FIRST);
    let last = words.iter().rev().find(|word| !is_suffix(word))?;
    let chosen = if family_first { words[0] } else { last };
    Some(crate::prose::word::possessive_stem(chosen).to_owned())
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
        assert_eq!(surname("Dana Ortiz").as_deref(), Some("Ortiz"));
        assert_eq!(surname("Wei Lan").as_deref(), Some("Wei"));
        assert_eq!(surname("Carl Boone Jr.").as_deref(), Some("Boone"));
        assert_eq!(
            unique_slug("Ann Lee", ["ann-lee", "ann-lee-2"].into_iter()),
            "ann-lee-3"
        );
    }
}
