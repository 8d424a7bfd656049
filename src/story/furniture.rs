//! What bylines and the lines that wires and web pages put around a story look like.

use crate::syntax::line::ends_sentence;
use crate::words::{self, Classes};

/// `By Ann Lee and Bo Roy`; a list of names with an outlet ("Ann Lee, Bo Roy and Cy Poe, Harbor News on").
pub(super) fn is_byline(copy: &str) -> bool {
    let copy = copy.trim();
    let count = copy.split_whitespace().count();
    if copy.starts_with("By ") || copy.starts_with("BY ") {
        return count <= 20 && !ends_sentence(copy);
    }
    let separated = copy.contains(',') || copy.contains(" and ") || copy.contains('|');
    if !separated || count > 25 || ends_sentence(copy) {
        return false;
    }
    let names = copy
        .split_whitespace()
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .count();
    let others = copy
        .split_whitespace()
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
        words.any(|word| {
            !word.is_empty() && words::classes(&word.to_lowercase()).has(Classes::OUTLET)
        })
    };
    names >= 3 && others == 0 && has_outlet()
}

/// Lines that wires put around copy.
pub(super) fn is_wire_furniture(copy: &str) -> bool {
    const STARTS: &[&str] = &[
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
    ];
    const WHOLE: &[&str] = &["-more-", "—more—", "more", "(more)"];
    let copy = copy.trim();
    let is_update = begins(copy, "update ")
        && copy["update ".len()..].starts_with(|c: char| c.is_ascii_digit());
    let mut hyphens = copy.match_indices('-');
    is_update
        || begins_with_any(copy, STARTS)
        || WHOLE.iter().any(|whole| copy.eq_ignore_ascii_case(whole))
        || hyphens.any(|(at, _)| begins(&copy[at..], "-writethru"))
            && copy.split_whitespace().nth(8).is_none()
}

/// Lines that web pages put around copy.
pub(super) fn is_page_furniture(copy: &str) -> bool {
    let copy = copy.trim();
    const STARTS: &[&str] = &[
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
    begins_with_any(copy, STARTS) && copy.split_whitespace().nth(16).is_none()
}

/// Whether a line begins with one of these, in whatever letters.
fn begins_with_any(copy: &str, starts: &[&str]) -> bool {
    let first = |line: &str| line.as_bytes().first().map(u8::to_ascii_lowercase);
    let mut alike = starts.iter().filter(|start| first(start) == first(copy));
    alike.any(|start| begins(copy, start))
}

/// Whether a line begins so, in whatever letters.
fn begins(copy: &str, start: &str) -> bool {
    let head = copy.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}
