//! Where a story was reported, as its first paragraph says it.

use crate::text::span::Span;

/// The dashes after a dateline.
const DASHES: [&str; 6] = [" — ", " – ", " -- ", " - ", "— ", " ― "];

/// The longest one without its dash, in characters.
pub const LONGEST: usize = 60;

/// The dateline that opens a first paragraph: `PORT HARLAN, Ore. (AP) — `; the span covers it with its dash.
pub fn dateline(copy: &str) -> Option<Span> {
    let mut is_place = true;
    let mut dash = None;
    for (at, c) in copy.char_indices() {
        let begins = |dash: &&&str| copy[at..].starts_with(**dash);
        if matches!(c, ' ' | '—')
            && let Some(found) = DASHES.iter().find(begins)
        {
            dash = Some((at, at + found.len()));
            break;
        }
        is_place &= !matches!(c, ',' | '(');
        // The place is in capitals.
        if is_place && c.is_alphabetic() && !c.is_uppercase() {
            return None;
        }
    }
    let head_end = dash?;
    let head = copy[..head_end.0].trim();
    if head.is_empty() || head.chars().count() > LONGEST {
        return None;
    }
    let place = head.split([',', '(']).next().unwrap_or_default().trim();
    let has_letters = place.chars().any(char::is_alphabetic);
    let is_question = [
        "WHAT",
        "WHO",
        "WHY",
        "HOW",
        "WHERE",
        "WHEN",
        "KEY",
        "THE",
        "BREAKING",
        "EXCLUSIVE",
        "UPDATE",
        "UPDATED",
        "ANALYSIS",
        "OPINION",
        "EXPLAINER",
        "WATCH",
        "NOTE",
        "EDITOR’S",
    ]
    .contains(&head.split_whitespace().next().unwrap_or_default());
    let rest = head[place.len()..].trim();
    let fits_rest = rest.is_empty() || rest.starts_with(',') || rest.starts_with('(');
    (has_letters && !is_question && fits_rest && place.split_whitespace().count() <= 4)
        .then(|| Span::new(0, head_end.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_have_a_place_in_capitals() {
        let of = |copy: &str| dateline(copy).map(|span| span.of(copy).to_owned());
        assert_eq!(
            of("PORT HARLAN, Ore. (AP) — The pier closed.").as_deref(),
            Some("PORT HARLAN, Ore. (AP) — ")
        );
        assert_eq!(
            of("LONDON, July 3 - The pier closed.").as_deref(),
            Some("LONDON, July 3 - ")
        );
        assert_eq!(of("WHAT WE KNOW — The pier closed."), None);
        assert_eq!(of("EXCLUSIVE — The pier closed."), None);
        assert_eq!(of("The pier — closed since May — reopened."), None);
    }
}
