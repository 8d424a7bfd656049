//! The words of the record, while a quotation is being typed that begins like them.

use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::features::on_file;
use crate::features::words::shortened;
use crate::notes::fold::words;
use crate::notes::record::Record;
use crate::scene::Scene;
use crate::syntax::tree::Zone;
use crate::text::span::Span;

/// Words that an offer brings, at most.
const MOST: usize = 40;

/// The passages on file that begin with what is typed after an open quotation mark, and the span typed.
pub fn passages(draft: &Draft, scene: &Scene, at: usize) -> Vec<(Offer, Span)> {
    let Some(typed) = open_quotation(draft, at) else {
        return Vec::new();
    };
    let begun = draft.text.slice(typed);
    let mut begun_words = words(&begun);
    // The word at the cursor may be half typed: it is compared by its letters.
    let is_whole = begun.ends_with(char::is_whitespace);
    let half = match is_whole {
        true => String::new(),
        false => begun_words
            .pop()
            .map_or(String::new(), |word| word.span().of(&begun).to_lowercase()),
    };
    if begun_words.len() < 2 {
        return Vec::new();
    }
    let mut offers = Vec::new();
    for record in on_file::records(draft, scene) {
        for start in crate::notes::align::exact(&begun_words, record, 32) {
            let next = start + begun_words.len();
            let text: &str = &record.source.text;
            let goes_on = record
                .words
                .get(next)
                .is_some_and(|word| word.span().of(text).to_lowercase().starts_with(&half));
            if goes_on {
                offers.push((offer(record, start, next), typed));
            }
        }
    }
    let mut seen: Vec<String> = Vec::new();
    offers.retain(|(offer, _)| {
        let is_new = !seen.contains(&offer.new_text);
        seen.push(offer.new_text.clone());
        is_new
    });
    offers
}

/// What is typed between an opening mark and the cursor, if no mark closes it.
fn open_quotation(draft: &Draft, at: usize) -> Option<Span> {
    let (block, inside) = draft.block_at(at)?;
    let placed = &draft.tree.blocks[block];
    if placed.zone != Zone::Copy {
        return None;
    }
    let before = placed.block.text.get(..inside)?;
    let open = before.rfind(['“', '"'])?;
    let mark = before[open..].chars().next()?;
    let is_open = match mark {
        '“' => !before[open..].contains('”'),
        _ => before.matches('"').count() % 2 == 1,
    };
    let start = open + mark.len_utf8();
    is_open.then(|| Span::new(placed.start + start, at))
}

/// From the first word to the end of its sentence.
fn offer(record: &Record, start: usize, next: usize) -> Offer {
    let text: &str = &record.source.text;
    let last = (record.words.len()).min(start + MOST);
    let end = (next..last)
        .find(|index| {
            let rest = &text[record.words[*index].span().end()..];
            rest.trim_start_matches(['”', '"', '’'])
                .starts_with(['.', '?', '!'])
        })
        .map_or(last, |index| index + 1);
    let passage = record.passage(start, end);
    let passage = passage.trim_end_matches(['.', ',']).to_owned();
    let at = record.words[start].span().start();
    let mut letters = passage.chars();
    let passage: String = letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    });
    Offer {
        label: shortened(&passage, 80),
        detail: format!("{}, {}", record.name, record.locator(at)),
        documentation: passage.clone(),
        new_text: passage,
        kind: ItemKind::Value,
        about: None,
    }
}
