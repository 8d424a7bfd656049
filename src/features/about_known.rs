//! What the base knows of the words under the cursor, as lines for a hover.

use jiff::civil::Date;

use crate::draft::Draft;
use crate::entities::base::{Base, EntityId};
use crate::entities::day::Standing;
use crate::entities::mention::How;
use crate::entities::record::{Kind, Layer, Order, Record};
use crate::features::words::{escaped, joined, shortened};
use crate::scene::Scene;
use crate::story::known::Link;
use crate::text::span::Span;

/// The day on which roles are given: the story's, else the reader's.
pub fn day(draft: &Draft, scene: &Scene) -> Date {
    draft.story.facts.date.unwrap_or(scene.today)
}

/// Whether the words at a byte of the file name several, whomever a quotation there is given to.
pub fn is_unclear(draft: &Draft, at: usize) -> bool {
    let link = draft
        .block_at(at)
        .and_then(|(block, inside)| draft.story.known.at(block, inside));
    link.is_some_and(|link| link.who.len() > 1)
}

/// What is known of a name that no speaker has, with its place in bytes of the file.
pub fn link(draft: &Draft, scene: &Scene, at: usize) -> Option<(Span, Vec<String>)> {
    let (block, inside) = draft.block_at(at)?;
    let link = draft.story.known.at(block, inside)?;
    let lines = lines(draft, scene, link)?;
    let lines = lines.iter().map(|line| escaped(line)).collect();
    Some((draft.span(link.place), lines))
}

/// The office whose title stands at a byte of the file in small letters, "the defence secretary", with who holds it.
pub fn office_at(draft: &Draft, scene: &Scene, at: usize) -> Option<(Span, Vec<String>)> {
    /// Words that a title has at most.
    const MOST_WORDS: usize = 7;
    if scene.base.is_empty() {
        return None;
    }
    let (block, inside) = draft.block_at(at)?;
    let text: &str = &draft.tree.blocks[block].block.text;
    let words = &draft.prose[block].words;
    let here = words.iter().position(|word| word.span.touches(inside))?;
    let sentences = &draft.prose[block].sentences;
    let sentence = sentences.iter().find(|one| one.words.contains(&here))?;
    let first = sentence
        .words
        .start
        .max((here + 1).saturating_sub(MOST_WORDS));
    for start in first..=here {
        let longest = sentence.words.end.min(start + MOST_WORDS);
        for end in (here + 1..=longest).rev() {
            let span = words[start].span.cover(words[end - 1].span);
            let Some(id) = scene.base.office_titled(span.of(text)) else {
                continue;
            };
            let office_record = scene.base.record(id)?;
            let lines = office(scene.base, id, &office_record, day(draft, scene));
            let lines = lines.iter().map(|line| escaped(line)).collect();
            return Some((draft.tree.blocks[block].place(span), lines));
        }
    }
    None
}

fn lines(draft: &Draft, scene: &Scene, link: &Link) -> Option<Vec<String>> {
    let on = day(draft, scene);
    let words = draft.words(link.place);
    let [one] = link.who.as_slice() else {
        let mut lines = vec![format!("“{words}”: not clear who is meant")];
        let all = link.who.iter().filter_map(|who| scene.base.record(*who));
        lines.extend(all.take(7).map(|record| headline(scene.base, &record, on)));
        return Some(lines);
    };
    let record = scene.base.record(*one)?;
    Some(match link.how {
        How::Metonym => vec![format!(
            "{words} may stand for the government of {}",
            record.name
        )],
        How::Demonym => vec![format!("{words}: of {}", record.name)],
        _ if record.kind == Kind::Office => office(scene.base, *one, &record, on),
        How::Misspelt => vec![
            format!("“{words}”: seen before as a misspelling of {}", record.name),
            headline(scene.base, &record, on),
        ],
        _ => {
            let mut lines = vec![headline(scene.base, &record, on)];
            lines.extend(details(scene.base, &record, on, scene.today));
            lines
        }
    })
}

/// Name and role on a day.
pub fn headline(base: &Base, record: &Record, on: Date) -> String {
    let role = base.role_words(record, on);
    let role = role.or_else(|| {
        let described = record.extra.iter().find(|(key, _)| key == "description");
        described.map(|(_, words)| words.clone())
    });
    joined(&[&record.name, &role.unwrap_or_default()], " — ")
}

/// Who holds an office on a day.
pub fn office(base: &Base, id: EntityId, office: &Record, on: Date) -> Vec<String> {
    let mut lines = vec![format!("{} — an office", office.name)];
    for (who, role, standing) in base.holders(id, on) {
        let Some(record) = base.record(who) else {
            continue;
        };
        let when = match (standing, role.from, role.to) {
            (Standing::Current, _, _) => format!("on {}", on.strftime("%-d %B %Y")),
            (Standing::Unsure, _, _) => "perhaps; the dates are not exact".to_owned(),
            (Standing::Former, _, Some(to)) => format!("until {}", to.words()),
            (Standing::Incoming, Some(from), _) => format!("from {}", from.words()),
            _ => continue,
        };
        lines.push(format!("{}: {when}", record.name));
    }
    if lines.len() == 1 {
        lines.push("Nobody is known to hold it".to_owned());
    }
    lines
}

/// How to write the name, the note for the desk, and how fresh all that is.
pub fn details(base: &Base, record: &Record, on: Date, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(writing(record));
    lines.extend(
        record
            .note
            .as_ref()
            .map(|note| format!("Note: {}", shortened(note, 160))),
    );
    lines.extend(freshness(base, record, on, today));
    lines
}

/// `Write: Liu on second reference (family name first) · she/her`
pub fn writing(record: &Record) -> Option<String> {
    let short = record.short();
    let order = match record.order {
        Order::FamilyFirst => " (family name first)",
        Order::Patronymic => " (the given name)",
        Order::Western | Order::Single => "",
    };
    let second = if short == record.name || record.kind == Kind::Place {
        String::new()
    } else {
        format!("Write: {short} on second reference{order}")
    };
    let pronouns = record.pronouns.as_deref().unwrap_or_default();
    let line = joined(&[&second, pronouns], " · ");
    (!line.is_empty()).then_some(line)
}

/// `Role as of 10 July 2024 · newsroom file, checked 1 August 2026`, and what it is today if that differs.
pub fn freshness(base: &Base, record: &Record, on: Date, today: Date) -> Option<String> {
    let (role, _) = record.role_on(on)?;
    let source = match (&role.source, record.origin.layer) {
        (Some(source), _) => {
            let date = record
                .origin
                .date
                .map_or(String::new(), |day| format!(", {}", day.words()));
            format!("{source}{date}")
        }
        (None, Layer::Personal) => "your own file".to_owned(),
        (None, _) => "newsroom file".to_owned(),
    };
    let checked = role
        .checked
        .map_or(String::new(), |day| format!(", checked {}", day.words()));
    let mut line = format!(
        "Role as of {} · {source}{checked}",
        on.strftime("%-d %B %Y")
    );
    let now = base.role_words(record, today);
    if now != base.role_words(record, on)
        && let Some(now) = now
    {
        line.push_str(&format!(" · today: {now}"));
    }
    Some(line)
}
