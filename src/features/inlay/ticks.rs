//! A tick behind each quotation that is on file word for word.

use super::Hint;
use crate::draft::Draft;
use crate::features::on_file;
use crate::notes::compare::Likeness;
use crate::notes::verdict::Finding;
use crate::scene::Scene;
use crate::text::span::Span;

/// The ticks in a stretch of the file.
pub fn ticks(draft: &Draft, scene: &Scene, range: Span) -> Vec<Hint> {
    let quotes = draft.story.quotes.iter().enumerate();
    let quotes = quotes.filter(|(_, quote)| draft.span(quote.place).overlaps(range));
    let ticks = quotes.filter_map(|(index, quote)| {
        let verdict = on_file::known(draft, scene, index)?;
        let Finding::Faithful(place) = &verdict.finding else {
            return None;
        };
        // What a machine heard proves nothing but that somebody should listen.
        if place.found.likeness != Likeness::Same {
            return None;
        }
        let name = match verdict.may_name {
            true => place.record.name.as_str(),
            false => "the record",
        };
        Some(Hint {
            at: draft.span(quote.place).end(),
            label: "✓".to_owned(),
            tooltip: format!("Word for word: {name}, {}", on_file::place_of(draft, place)),
            is_apart: false,
        })
    });
    ticks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn what_is_word_for_word_has_a_tick() {
        let story = "“We had no warning at all,” Dana Ortiz said. “We had a plan for the pier,” she said.\n=== notes/ortiz.txt\nWe had no warning at all. We had no plan for the pier.\n";
        let told = testing::asked(story, |draft, scene, _| {
            ticks(draft, scene, Span::new(0, draft.text.len()))
        });
        let [tick] = &told[..] else {
            panic!("{told:?}");
        };
        assert_eq!(tick.tooltip, "Word for word: ortiz.txt, line 1");
        assert_eq!(tick.at, "“We had no warning at all,”".len());
    }
}
