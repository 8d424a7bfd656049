//! What is on file of a quotation: whether it is word for word, where it stands, what was said before and after.

use crate::draft::Draft;
use crate::features::words::{escaped, shortened};
use crate::notes::compare::Likeness;
use crate::notes::record::{Locator, Record};
use crate::notes::verdict::{self, Finding, Place, Verdict};
use crate::rules::{on_file, quoted};
use crate::scene::Scene;
use crate::text::span::Span;

/// Words on either side of a passage that a hover shows.
const AROUND: usize = 12;

/// What is known of a quotation, by its index in the story.
pub fn known<'a>(draft: &'a Draft, scene: &Scene<'a>, quote: usize) -> Option<Verdict<'a>> {
    let quote = draft.story.quotes.get(quote)?;
    let options = scene.comparison();
    verdict::verdict(quoted(draft, quote), on_file(draft, scene), &options)
}

/// What to know of a quotation, a line each, in Markdown.
pub fn lines(draft: &Draft, scene: &Scene, quote: usize) -> Vec<String> {
    let Some(verdict) = known(draft, scene, quote) else {
        return Vec::new();
    };
    let place = match &verdict.finding {
        Finding::Faithful(place) | Finding::Differs(place) | Finding::OtherMouth { place, .. } => {
            place
        }
        Finding::NotFound(_) => return vec!["This quote: not found in what is on file".to_owned()],
        Finding::Missing(path) if verdict.may_name => {
            return vec![escaped(&format!("This quote: {path} is not there"))];
        }
        Finding::Missing(_) => return vec!["This quote: its file is not there".to_owned()],
    };
    let told = match (&verdict.finding, place.found.likeness) {
        (Finding::OtherMouth { voice, .. }, _) if verdict.may_name => format!("said by {voice}"),
        (Finding::OtherMouth { .. }, _) => "another person’s words".to_owned(),
        (_, Likeness::Same) => "✓ word for word".to_owned(),
        (_, Likeness::Heard) => "✓ as heard by a machine, but for its slips".to_owned(),
        (_, Likeness::Trimmed) => "words are left out".to_owned(),
        (_, Likeness::Stitched) => "from two places".to_owned(),
        (_, Likeness::Differs) => "not word for word".to_owned(),
    };
    let name = match verdict.may_name {
        true => place.record.name.as_str(),
        false => "the record",
    };
    let locator = place_of(draft, place);
    let mut lines = vec![escaped(&format!("This quote: {told}, {name}, {locator}"))];
    if verdict.may_name {
        let range = &place.found.place;
        let count = place.record.words.len();
        let before = place
            .record
            .passage(range.start.saturating_sub(AROUND), range.start);
        let there = place.record.passage(range.start, range.end);
        let after = place
            .record
            .passage(range.end, (range.end + AROUND).min(count));
        let (before, after) = match range.start {
            0 => (String::new(), after),
            _ => (before, after),
        };
        let there = shortened(&there, 240);
        lines.push(format!(
            "There: …{} **{}** {}…",
            escaped(&before),
            escaped(&there),
            escaped(&after)
        ));
    }
    lines
}

/// The time, page or line of a place; of a record in the draft itself the draft's line.
pub fn place_of(draft: &Draft, place: &Place) -> String {
    let at = first_byte(place);
    match (place.record.locator(at), place.block) {
        (Locator::Line(_), Some(block)) => {
            let start = draft.tree.blocks[block].start + at;
            let before = draft.text.slice(Span::new(0, start));
            format!("line {}", before.matches('\n').count() + 1)
        }
        (locator, _) => locator.to_string(),
    }
}

/// The first byte of a place in its record's text.
pub fn first_byte(place: &Place) -> usize {
    let word = place.record.words.get(place.found.place.start);
    word.map_or(0, |word| word.span().start())
}

/// Every record on file: those beside the draft, and those in it.
pub fn records<'a>(draft: &'a Draft, scene: &Scene<'a>) -> impl Iterator<Item = &'a Record> {
    let files = scene.records.files.iter().map(|record| &**record);
    files.chain(draft.scratch.iter().map(|scratch| &*scratch.record))
}
