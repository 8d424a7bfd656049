//! What bylines and the lines that wires and web pages put around a story look like.

use crate::syntax::line::ends_sentence;
use crate::text::words::{count, words};
use crate::words::{Classes, classes_in_any_case};

/// `By Ann Lee and Bo Roy`; a list of names with an outlet ("Ann Lee, Bo Roy and Cy Poe, Harbor News on").
pub(super) fn is_byline(copy: &str) -> bool {
    let copy = copy.trim();
    if ends_sentence(copy) {
        return false;
    }
    let count = count(copy, 26);
    if copy.starts_with("By ") || copy.starts_with("BY ") {
        return count <= 20;
    }
    let separated = copy.contains(',') || copy.contains(" and ") || copy.contains('|');
    if !separated || count > 25 {
        return false;
    }
    let names = words(copy)
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .count();
    let others = words(copy)
        .filter(|word| {
            !word.chars().next().is_some_and(char::is_uppercase)
                && !matches!(
                    *word,
                    "and"
                        | "on"
                        | "in"
                        | "for"
                        | "of"
                        | "the"
                        | "&"
                        | "|"
                        | "de"
                        | "van"
                        | "von"
                        | "der"
                )
        })
        .count();
    let has_outlet = || {
        let mut words = copy.split(|c: char| !c.is_alphanumeric());
        words.any(|word| !word.is_empty() && classes_in_any_case(word).has(Classes::OUTLET))
    };
    names >= 3 && others == 0 && has_outlet()
}

/// Beginnings of lines that wires put around copy.
const OF_WIRES: &[&str] = &[
    "1st ld",
    "2nd ld",
    "3rd ld",
    "4th ld",
    "5th ld",
    "6th ld",
    "7th ld",
    "(adds ",
    "(updates ",
    "(corrects ",
    "(recasts ",
    "eds:",
    "eds.:",
    "to contact the reporter",
    "to contact the editor",
    "reporting by ",
    "(reporting by ",
    "writethru",
    "embargoed until ",
    "embargoed to ",
    "strictly embargoed",
    "under embargo until ",
    "not for publication before ",
    "not for publication until ",
];

/// Whole lines that wires put around copy.
const WHOLE: &[&str] = &["-more-", "—more—", "more", "(more)"];

/// Beginnings of lines that web pages put around copy.
const OF_PAGES: &[&str] = &[
    "published in ",
    "posted in ",
    "filed under",
    "share this",
    "sign up for our",
    "sign up to our",
    "subscribe to our",
    "advertisement",
    "read more:",
    "related:",
    "related stories",
    "related articles",
    "most read",
    "blog comments powered by",
    "comments powered by",
    "click here",
    "follow us on",
    "photo gallery",
    "view comments",
    "loading comments",
    "this article was originally published",
];

/// The bytes with which one of these begins, in small letters; and `u` for an update.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let lists = [OF_WIRES, WHOLE, OF_PAGES, &["update "]];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            begins[lists[list][at].as_bytes()[0] as usize] = true;
            at += 1;
        }
        list += 1;
    }
    begins
};

/// Whether a line is one that wires or web pages put around copy. `count` words it has, or at least so many if that is
/// more than sixteen.
pub(super) fn is_furniture(copy: &str, count: usize) -> bool {
    let copy = copy.trim();
    let first = copy.bytes().next().unwrap_or_default();
    if BEGINS[usize::from(first.to_ascii_lowercase())] {
        let is_update = begins(copy, "update ")
            && copy["update ".len()..].starts_with(|c: char| c.is_ascii_digit());
        let is_of_wire = is_update
            || begins_with_any(copy, OF_WIRES)
            || WHOLE.iter().any(|whole| copy.eq_ignore_ascii_case(whole));
        if is_of_wire || count <= 16 && begins_with_any(copy, OF_PAGES) {
            return true;
        }
    }
    let mut hyphens = copy.match_indices('-');
    count <= 8 && hyphens.any(|(at, _)| begins(&copy[at..], "-writethru"))
}

/// Whether a line begins with one of these, in whatever letters.
fn begins_with_any(copy: &str, starts: &[&str]) -> bool {
    let first = copy.bytes().next().unwrap_or_default();
    let first = first.to_ascii_lowercase();
    let mut starts = starts.iter();
    starts.any(|start| start.as_bytes()[0] == first && begins(copy, start))
}

/// Whether a line begins so, in whatever letters.
fn begins(copy: &str, start: &str) -> bool {
    let head = copy.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}
