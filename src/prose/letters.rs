//! The letters of a word, in lower case, and whether they are one of a list.

use std::ops::Deref;

use super::Word;
use crate::words::is_alike;

/// Whether a word is one of these, which are in lower case and have straight apostrophes.
#[inline]
pub fn is_one_of(text: &str, word: &Word, options: &[&str]) -> bool {
    let letters = word.span.of(text);
    match letters.is_ascii() {
        true => options
            .iter()
            .any(|option| is_alike(letters.as_bytes(), option)),
        false => is_one_of_folded(letters, options),
    }
}

/// The same for a word with letters beyond ASCII, compared letter by letter.
#[inline(never)]
fn is_one_of_folded(letters: &str, options: &[&str]) -> bool {
    let straight = |letter| if letter == '’' { '\'' } else { letter };
    let folded = letters.chars().flat_map(char::to_lowercase).map(straight);
    let first = folded.clone().next();
    options
        .iter()
        .any(|option| option.chars().next() == first && option.chars().eq(folded.clone()))
}

/// A word in lower case, with a straight apostrophe. Most words stand so in the text already.
pub fn lower<'a>(text: &'a str, word: &Word) -> Lower<'a> {
    let word = word.span.of(text);
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) {
        return Lower(Letters::OfText(word));
    }
    Lower(match (word.is_ascii(), Short::of(word)) {
        (true, Some(short)) => Letters::Short(short),
        (true, None) => Letters::Own(word.to_ascii_lowercase()),
        (false, _) => Letters::Own(word.to_lowercase().replace('’', "'")),
    })
}

/// A word in lower case.
#[derive(Clone, Debug, Default)]
pub struct Lower<'a>(Letters<'a>);

/// Where the letters are: hardly a word asks for memory.
#[derive(Clone, Debug)]
enum Letters<'a> {
    OfText(&'a str),
    Short(Short),
    Own(String),
}

impl Default for Letters<'_> {
    fn default() -> Self {
        Letters::OfText("")
    }
}

/// A few ASCII letters.
#[derive(Clone, Copy, Debug)]
struct Short {
    letters: [u8; 22],
    count: u8,
}

impl Short {
    /// A word in lower case; none for a longer one.
    fn of(word: &str) -> Option<Short> {
        let mut letters = [0; 22];
        let own = letters.get_mut(..word.len())?;
        own.copy_from_slice(word.as_bytes());
        own.make_ascii_lowercase();
        Some(Short {
            letters,
            count: word.len() as u8,
        })
    }
}

impl Lower<'_> {
    /// Its letters.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Letters::OfText(word) => word,
            Letters::Short(Short { letters, count }) => {
                std::str::from_utf8(&letters[..usize::from(*count)]).expect("ASCII is text")
            }
            Letters::Own(word) => word,
        }
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Lower<'_>> for &str {
    fn eq(&self, other: &Lower<'_>) -> bool {
        other.as_str() == *self
    }
}
