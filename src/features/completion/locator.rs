//! Places in a source, behind its id in a mark: where the words before the mark stand in its record, and those that
//! other marks give.

use super::{ItemKind, Offer};
use crate::draft::Draft;
use crate::features::words::shortened;
use crate::notes::Named;
use crate::notes::compare::{all_same, compare};
use crate::notes::quotation::quotation;
use crate::notes::record::Record;
use crate::scene::Scene;
use crate::story::source::Source;
use crate::syntax::tree::Sigil;
use crate::text::span::Span;

/// Places at which the same words may stand, at most.
const MOST: usize = 5;

/// The places, best first. `typed` is what stands behind the comma.
pub fn locators(draft: &Draft, scene: &Scene, typed: Span) -> Vec<Offer> {
    let Some((block, inside)) = draft.block_at(typed.start()) else {
        return Vec::new();
    };
    let before = draft.tree.blocks[block].block.text.get(..inside);
    let before = before.and_then(|before| before.trim_end().strip_suffix(','));
    let Some(before) = before.map(str::trim_end) else {
        return Vec::new();
    };
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let id = &before[before.trim_end_matches(is_id).len()..];
    let mut sources = draft.story.sources.iter();
    let Some(source) = sources.find(|source| source.id == id) else {
        return Vec::new();
    };
    let mut offers = on_file(draft, scene, source, block, inside);
    let cited = draft.story.citations.iter();
    let cited = cited.filter(|one| one.sigil == Sigil::Source && one.name == id);
    for place in cited.filter_map(|one| one.locator) {
        let is_here = draft.span(place).touches(typed.end());
        let words = draft.words(place);
        if !is_here && !offers.iter().any(|offer| offer.label == words) {
            offers.push(offer(words, "cited elsewhere in this draft"));
        }
    }
    offers
}

/// Where the quotation before the mark stands in the source's own record.
fn on_file(
    draft: &Draft,
    scene: &Scene,
    source: &Source,
    block: usize,
    inside: usize,
) -> Vec<Offer> {
    let Some(record) = record(scene, source) else {
        return Vec::new();
    };
    let quotes = draft.story.quotes_of(block).iter().rev();
    let mut quotes = quotes.filter(|quote| quote.place.span.end() <= inside);
    let Some(quote) = quotes.next() else {
        return Vec::new();
    };
    let read = &draft.tree.blocks[block].block;
    let Some(quoted) = draft.prose[block].quotes.get(quote.index) else {
        return Vec::new();
    };
    let words = quotation(&read.text, quoted.inner, &read.hidden);
    let mut found = all_same(&words, record, MOST);
    if found.is_empty() {
        found.extend(compare(&words, record, &scene.comparison().allowance));
    }
    let mut offers: Vec<Offer> = Vec::new();
    for one in found {
        let Some(first) = record.words.get(one.place.start) else {
            continue;
        };
        let place = record.locator(first.span().start()).to_string();
        let passage = record.passage(one.place.start, one.place.end);
        if !offers.iter().any(|offer| offer.label == place) {
            offers.push(offer(&place, &format!("“{}”", shortened(&passage, 60))));
        }
    }
    offers
}

/// The record that a source's `file:` leads to.
fn record<'a>(scene: &Scene<'a>, source: &Source) -> Option<&'a Record> {
    match scene.records.of_path(source.field("file")?)? {
        Named::Record(index) => scene.records.files.get(index).map(|record| &**record),
        Named::Unread | Named::Missing => None,
    }
}

fn offer(place: &str, detail: &str) -> Offer {
    Offer {
        label: place.to_owned(),
        detail: detail.to_owned(),
        documentation: String::new(),
        new_text: place.to_owned(),
        kind: ItemKind::Value,
        about: None,
    }
}
