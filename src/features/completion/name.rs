//! Names that the draft knows, while one is typed in copy: in full the first time, the surname after.

use super::{Asked, ItemKind, Offer};
use crate::draft::Draft;
use crate::features::words::joined;
use crate::story::name::fold;
use crate::story::{Speaker, SpeakerKind};
use crate::text::span::Span;
use crate::words::{self, Classes};

/// The names that begin with what is typed, best first. `typed` is the word at the cursor.
pub fn names(draft: &Draft, typed: Span, asked: Asked) -> Vec<(Offer, Span)> {
    let Some((block, inside)) = draft.block_at(typed.start()) else {
        return Vec::new();
    };
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let (Some(before), Some(word)) = (text.get(..inside), text.get(inside..inside + typed.len()))
    else {
        return Vec::new();
    };
    let is_begun = word.chars().count() >= 2 && word.starts_with(char::is_uppercase);
    if !is_begun || asked == Asked::Typing && stays_quiet(before) {
        return Vec::new();
    }
    // "Dana Or": the name may have begun a word earlier.
    let earlier = before.strip_suffix(' ').map(|before| {
        let start = before.rfind(|c: char| c.is_whitespace() || "“\"‘([—".contains(c));
        let start = start.map_or(0, |at| {
            at + before[at..].chars().next().map_or(0, char::len_utf8)
        });
        Span::new(typed.start() - (inside - start), typed.end())
    });
    let mut found: Vec<(bool, std::cmp::Reverse<usize>, usize, Offer, Span)> = Vec::new();
    for (index, speaker) in draft.story.speakers.iter().enumerate() {
        if !is_name(speaker) {
            continue;
        }
        let place = |of: usize| draft.tree.blocks[of].start;
        let mentions: Vec<Span> = speaker
            .mentions
            .iter()
            .map(|mention| mention.span.shift(place(mention.block)))
            .filter(|mention| !mention.overlaps(typed))
            .collect();
        let last = mentions
            .iter()
            .rev()
            .find(|mention| mention.end() <= typed.start());
        if mentions.is_empty() && speaker.entity.is_none() && speaker.sources.is_empty() {
            continue;
        }
        let span = match earlier {
            Some(wide) if begins(&speaker.name, &draft.text.slice(wide)) => wide,
            _ if has_word(&speaker.name, word) => typed,
            _ => continue,
        };
        let offer = offer(draft, speaker, last.is_some(), span != typed);
        if fold(&offer.new_text) == fold(&draft.text.slice(span)) {
            continue;
        }
        let recency = std::cmp::Reverse(last.map_or(0, |mention| mention.end()));
        found.push((last.is_none(), recency, index, offer, span));
    }
    found.sort_by_key(|one| (one.0, one.1, one.2));
    found.into_iter().map(|one| (one.3, one.4)).collect()
}

fn is_name(speaker: &Speaker) -> bool {
    let has_name = matches!(
        speaker.kind,
        SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
    );
    has_name && speaker.name.starts_with(char::is_uppercase)
}

/// After a closing quotation mark or a verb of speech nothing pops up.
fn stays_quiet(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(['”', '’', '»']) || before.ends_with('"') && !opens(before) {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next();
    word.is_some_and(|word| words::classes(&word.to_lowercase()).has(Classes::CUE_STRICT))
}

/// Whether the straight mark at the end opens a quotation: nothing or a space stands before it.
fn opens(before: &str) -> bool {
    let rest = &before[..before.len() - 1];
    rest.is_empty() || rest.ends_with(char::is_whitespace)
}

fn begins(name: &str, typed: &str) -> bool {
    typed.contains(' ') && fold(name).starts_with(&fold(typed))
}

fn has_word(name: &str, typed: &str) -> bool {
    let typed = fold(typed);
    fold(name).split(' ').any(|word| word.starts_with(&typed))
}

/// What is written: the surname of somebody named before, else name and role.
fn offer(draft: &Draft, speaker: &Speaker, is_known: bool, is_full: bool) -> Offer {
    let entity = speaker.entity.map(|index| &draft.story.entities[index]);
    let name = entity.map_or(&speaker.name, |entity| &entity.name);
    let role = entity.and_then(|entity| entity.field("role"));
    let role = role.or(speaker.role.as_deref()).unwrap_or_default();
    let surname = speaker
        .surname
        .as_ref()
        .filter(|_| speaker.kind == SpeakerKind::Person);
    let short = surname.filter(|_| is_known && !is_full);
    let (label, detail) = match short {
        Some(surname) => (surname.clone(), joined(&[name, role], ", ")),
        None => (name.clone(), role.to_owned()),
    };
    // A role with a capital is a title and stands before the name.
    let new_text = match (is_known, role) {
        (true, _) | (false, "") => label.clone(),
        (false, title) if title.starts_with(char::is_uppercase) => format!("{title} {name}"),
        (false, role) => format!("{name}, {role},"),
    };
    Offer {
        label,
        detail,
        documentation: String::new(),
        new_text,
        kind: ItemKind::Person,
    }
}
