//! What was checked, as noted beside a draft, and the short sign that tells whether words changed since.

use sha2::{Digest, Sha256};

use crate::text::span::Span;

/// The checks in the file `DRAFT.checks`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// In order of the file.
    pub lines: Vec<Line>,
}

/// A line of the file: `AL 2026-03-12 #3f2a: The pier was closed in 1998.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who checked.
    pub who: String,
    /// When, as written.
    pub date: String,
    /// The sign of the words.
    pub hash: String,
    /// The words that were checked.
    pub words: String,
}

impl Checks {
    /// Reads the file. Empty lines, and those that begin with `#`, are passed over; so is what is no check.
    pub fn read(text: &str) -> Checks {
        let lines = text.lines().filter_map(|line| {
            let line = line.trim();
            if line.starts_with('#') {
                return None;
            }
            let (head, words) = line.split_once(": ")?;
            let (head, hash) = match head.rsplit_once('#') {
                Some((head, hash)) => (head, hash.trim().to_lowercase()),
                None => (head, hash(words)),
            };
            let mut head = head.split_whitespace();
            let who = head.next()?.to_owned();
            Some(Line {
                who,
                date: head.next().unwrap_or_default().to_owned(),
                hash,
                words: words.trim().to_owned(),
            })
        });
        Checks {
            lines: lines.collect(),
        }
    }
}

/// The words, numbers and names of a text in small letters, as the sign covers them: marks of punctuation, the form of
/// quotation marks and white space are none of it.
pub fn words(text: &str) -> Vec<String> {
    let words = placed_words(text).into_iter();
    words.map(|(word, _)| word).collect()
}

/// The same, each with its place.
pub fn placed_words(text: &str) -> Vec<(String, Span)> {
    let mut words: Vec<(String, Span)> = Vec::new();
    let mut word = String::new();
    let mut start = 0;
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (at, &(byte, letter)) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at].1);
        let after = letters.get(at + 1).map(|next| next.1);
        if word.is_empty() {
            start = byte;
        }
        let is_between =
            |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
        match letter {
            _ if letter.is_alphanumeric() => word.extend(letter.to_lowercase()),
            '\'' | '’' if is_between(char::is_alphanumeric) => word.push('\''),
            '.' if is_between(|c| c.is_ascii_digit()) => word.push('.'),
            ',' if is_between(|c| c.is_ascii_digit()) => {}
            _ => {
                if !word.is_empty() {
                    words.push((std::mem::take(&mut word), Span::new(start, byte)));
                }
                if matches!(letter, '%' | '$' | '£' | '€' | '¥') {
                    let end = byte + letter.len_utf8();
                    words.push((letter.to_string(), Span::new(byte, end)));
                }
            }
        }
    }
    if !word.is_empty() {
        words.push((word, Span::new(start, text.len())));
    }
    words
}

/// The sign of some words: the first four hexadecimal digits of the SHA-256 of [`words`], joined by one space.
pub fn hash(text: &str) -> String {
    let digest = Sha256::digest(words(text).join(" ").as_bytes());
    format!("{:02x}{:02x}", digest[0], digest[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_covers_words_numbers_and_names_and_nothing_else() {
        // echo -n "the pier closed in 1998" | sha256sum
        assert_eq!(hash("The pier closed in 1998."), "3d2a");
        assert_eq!(
            hash("The pier, closed “in 1998”"),
            hash("The pier closed in 1998.")
        );
        assert_eq!(hash("It’s 40,000"), hash("It's 40000"));
        for other in ["The pier closed in 1989.", "The pier was closed in 1998."] {
            assert_ne!(hash("The pier closed in 1998."), hash(other));
        }
        assert_ne!(hash("It rose 5%"), hash("It rose 5"));
        assert_ne!(hash("It rose 4.5"), hash("It rose 45"));
    }

    #[test]
    fn a_line_is_a_check() {
        let checks = Checks::read(
            "# what was read against the plan\nAL 2026-03-12 #3f2a: The pier closed in 1998.\n\nBR: It: reopened.\nno check\n",
        );
        let told: Vec<String> = checks
            .lines
            .iter()
            .map(|line| format!("{}|{}|{}", line.who, line.date, line.words))
            .collect();
        assert_eq!(
            told,
            [
                "AL|2026-03-12|The pier closed in 1998.",
                "BR||It: reopened."
            ]
        );
    }
}
