//! Names that the draft knows, while one is typed in copy: in full the first time, the surname after.

use super::about::About;
use super::{Asked, ItemKind, Offer, base};
use crate::draft::Draft;
use crate::entities::fold::is_particle;
use crate::features::words::joined;
use crate::prose::fold::fold;
use crate::scene::Scene;
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};
use crate::text::order;
use crate::text::span::Span;
use crate::words::{self, Classes};

/// What is being typed, as far as a name may go.
pub struct Typing {
    /// The words.
    pub words: String,
    /// Where they stand, in bytes of the file, up to the cursor; a sign before them is part of it.
    pub span: Span,
    /// Where they begin.
    pub before: Place,
    /// The last of them.
    word: String,
}

/// Words that a name being typed has at most.
const MOST_WORDS: usize = 4;

/// The names that begin with what is typed, best first, all for the same words. `typed` is the word at the cursor.
pub fn names(draft: &Draft, scene: &Scene, typed: Span, asked: Asked) -> Vec<(Offer, Span)> {
    let Some((block, inside)) = draft.block_at(typed.start()) else {
        return Vec::new();
    };
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let (Some(before), Some(word)) = (text.get(..inside), text.get(inside..inside + typed.len()))
    else {
        return Vec::new();
    };
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let sign = sign(&text[line..inside + typed.len()]).map(|at| line + at);
    let starts = match sign {
        Some(sign) => vec![sign + 1],
        None => starts(&before[line..], word, asked)
            .into_iter()
            .map(|at| line + at)
            .collect(),
    };
    for start in starts {
        if sign.is_none() && asked == Asked::Typing && stays_quiet(&text[..start]) {
            continue;
        }
        let place = |at: usize| typed.start() - inside + at;
        let words = text[start..inside + typed.len()].to_owned();
        let typing = Typing {
            span: Span::new(place(sign.unwrap_or(start)), typed.end()),
            before: Place {
                block,
                span: Span::at(start),
            },
            word: word.to_owned(),
            words,
        };
        let mut offers = of_draft(draft, &typing);
        for offer in base::offers(draft, scene, &typing, asked) {
            if !offers
                .iter()
                .any(|known| fold(&known.new_text) == fold(&offer.new_text))
            {
                offers.push(offer);
            }
        }
        offers.retain(|offer| sign.is_some() || fold(&offer.new_text) != fold(&typing.words));
        if !offers.is_empty() {
            return offers
                .into_iter()
                .map(|offer| (offer, typing.span))
                .collect();
        }
    }
    Vec::new()
}

/// Where `@` stands in a line, with at most four words after it and no word right before it.
fn sign(line: &str) -> Option<usize> {
    let at = line.rfind('@')?;
    let is_address = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '[' || c == '(');
    let words = line[at + 1..].split(' ').count();
    (!is_address && words <= MOST_WORDS).then_some(at)
}

/// Where a name may begin, the longest first: at a capital, over capitals and small words of names before the cursor.
/// Whoever asks for it gets small words too.
fn starts(before: &str, word: &str, asked: Asked) -> Vec<usize> {
    let mut starts = vec![before.len()];
    let mut rest = before;
    while starts.len() < MOST_WORDS {
        let Some(shorter) = rest.strip_suffix([' ', '\u{a0}']) else {
            break;
        };
        let end = shorter.rfind(|c: char| c.is_whitespace() || "“\"‘([—".contains(c));
        let start = end.map_or(0, |at| {
            at + shorter[at..].chars().next().map_or(0, char::len_utf8)
        });
        let part = &shorter[start..];
        let is_part = part.starts_with(char::is_uppercase)
            || is_particle(&part.to_lowercase())
            || asked == Asked::Explicitly && !part.is_empty();
        // A mark ends what came before, but for the full stop of an initial.
        let ends = part.ends_with([',', ';', ':', '”', '"', '?', '!'])
            || part.ends_with('.') && part.chars().count() > 3;
        if !is_part || ends || part.is_empty() {
            break;
        }
        starts.push(start);
        rest = &before[..start];
    }
    starts.reverse();
    let letters = word.chars().count();
    starts.retain(|start| {
        let words = before[*start..].to_owned() + word;
        let is_begun =
            words.starts_with(char::is_uppercase) || asked == Asked::Explicitly && letters >= 2;
        let is_long_enough = letters >= if *start < before.len() { 1 } else { 2 };
        // A capital that only the sentence gives says little.
        let opens_sentence = before[..*start].trim_end().is_empty()
            || before[..*start].trim_end().ends_with(['.', '?', '!']);
        is_begun
            && is_long_enough
            && (!opens_sentence || words.chars().count() >= 3 || asked == Asked::Explicitly)
    });
    starts
}

/// The people and bodies of the draft that the base does not know.
fn of_draft(draft: &Draft, typing: &Typing) -> Vec<Offer> {
    let typed = typing.span;
    let is_full = typing.words.contains(' ');
    let mut found: Vec<(bool, std::cmp::Reverse<usize>, usize, Offer)> = Vec::new();
    for (index, speaker) in draft.story.speakers.iter().enumerate() {
        let in_base = draft.story.known.speakers.get(index).copied().flatten();
        if !is_name(speaker) || in_base.is_some() {
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
        let fits = match is_full {
            true => begins(&speaker.name, &typing.words),
            false => !typing.word.is_empty() && has_word(&speaker.name, &typing.word),
        };
        if !fits {
            continue;
        }
        let offer = Offer {
            about: Some(About::Speaker(SpeakerId(index))),
            ..offer(draft, speaker, last.is_some(), is_full)
        };
        let recency = std::cmp::Reverse(last.map_or(0, |mention| mention.end()));
        found.push((last.is_none(), recency, index, offer));
    }
    order::by_key(&mut found, |one| (one.0, one.1, one.2));
    found.into_iter().map(|one| one.3).collect()
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
    let new_text = match is_known {
        true => label.clone(),
        false => full_name(name, role),
    };
    Offer {
        label,
        detail,
        documentation: String::new(),
        new_text,
        kind: ItemKind::Person,
        about: None,
    }
}

/// A name with its role at the first mention. A role with a capital is a title and stands before the name.
pub fn full_name(name: &str, role: &str) -> String {
    match role {
        "" => name.to_owned(),
        title if title.starts_with(char::is_uppercase) => format!("{title} {name}"),
        role => format!("{name}, {role},"),
    }
}
