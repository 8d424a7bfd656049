//! For tests: a marked text read as a draft, with its cursor.

use std::sync::Arc;

use crate::config::Config;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::example::Example;
use crate::finding::{Finding, Severity};
use crate::notes::checks::Checks;
use crate::notes::{Named, Records, format};
use crate::reading::Reading;
use crate::scene::Scene;
use crate::text::Text;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// Calls `ask` with the draft of a marked text and its first cursor.
pub fn asked<T>(marked: &str, mut ask: impl FnMut(&Draft, &Scene, usize) -> T) -> T {
    let example = Example::read(marked);
    let file = example.draft();
    let at = file.cursors.first().copied().unwrap_or_default();
    let files = example.files.iter();
    let base = Base::of_texts(files.map(|file| (file.name.as_str(), file.text.as_str())));
    let config = Config::default();
    let draft = Draft::read(Text::new(&file.text), &Reading::default(), &base, None);
    let mut records = Records::default();
    for file in &example.files[1..] {
        if file.name.ends_with(".checks") {
            records.checks = Some(Arc::new(Checks::read(&file.text)));
            continue;
        }
        let Some(record) = format::read(&file.name, file.text.as_bytes()) else {
            continue;
        };
        let named = Named::Record(records.files.len());
        records.named.push((file.name.clone(), named));
        records.files.push(Arc::new(record));
    }
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::civil::date(2026, 11, 24),
        stamp: 0,
    };
    ask(&draft, &scene, at)
}

/// A finding on the first occurrence of some words.
pub fn finding(draft: &Draft, rule: &'static str, words: &str) -> Finding {
    let text = draft.text.to_string();
    let start = text.find(words).expect("the words stand in the draft");
    Finding {
        rule,
        severity: Severity::Warning,
        span: Span::new(start, start + words.len()),
        message: format!("“{words}”: no source given."),
        related: Vec::new(),
        fixes: Vec::new(),
        is_unnecessary: false,
        is_private: false,
    }
}

/// The text after some edits.
pub fn after(draft: &Draft, edits: &[Edit]) -> String {
    let mut text = draft.text.clone();
    edits.iter().rev().for_each(|edit| text.apply(edit));
    text.to_string()
}

/// The text with brackets `⟦ ⟧` around some spans.
pub fn marked(draft: &Draft, spans: &[Span]) -> String {
    let mut edits = Vec::new();
    for span in spans {
        edits.push(Edit::insert(span.start(), "⟦"));
        edits.push(Edit::insert(span.end(), "⟧"));
    }
    order::by_key(&mut edits, |edit| edit.span);
    after(draft, &edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::completion::{self, Asked};
    use crate::features::places::Declaration;
    use crate::features::{
        actions, definition, folding, highlight, hover, references, symbols, tokens,
    };

    const STORIES: &[&str] = &[
        include_str!("../../tests/stories/allotments.lede"),
        include_str!("../../tests/stories/court.lede"),
        include_str!("../../tests/stories/ferry.txt"),
        include_str!("../../tests/stories/investigation.lede"),
        include_str!("../../tests/stories/unfinished.lede"),
        "\u{feff}Slug: “é”\r\n\r\n[^a]: x; by: @\r\n“Ä[STET \u{1F600} [^é, [@ö](@ü) <!-- “\r\n>> “x\r\n",
        "",
    ];

    /// Every place in a story gives an answer on character boundaries.
    fn walk(story: &str) {
        asked(story, |draft, scene, _| {
            let text = draft.text.to_string();
            let findings = crate::rules::check(draft, scene, None).findings;
            let holds = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
            for at in 0..=text.len() {
                if let Some(hover) = hover::hover(draft, scene, &findings, at) {
                    holds(hover.span);
                    assert!(hover.lines.len() <= 8);
                    let empty = |line: &String| line.trim().is_empty() || line.contains('\n');
                    assert!(!hover.lines.iter().any(empty), "{:?}", hover.lines);
                }
                if text.is_char_boundary(at) {
                    for asked in [Asked::Typing, Asked::Explicitly] {
                        let found = completion::complete(draft, scene, at, asked);
                        found.items.iter().for_each(|one| holds(one.edit.span));
                    }
                }
                if let Some(found) = definition::definition(draft, scene, at) {
                    holds(found.target);
                    assert!(found.whole.covers(found.target), "{found:?}");
                }
                let all = references::references(draft, scene, at, Declaration::Included);
                all.into_iter().for_each(holds);
                let all = highlight::highlights(draft, scene, at);
                all.into_iter().for_each(|one| holds(one.span));
                for action in actions::actions(draft, scene, &findings, Span::at(at)) {
                    action.edits.iter().for_each(|edit| holds(edit.span));
                }
            }
            for symbol in symbols::symbols(draft, scene) {
                assert!(symbol.span.covers(symbol.selection));
                holds(symbol.span);
            }
            folding::folds(draft, scene)
                .iter()
                .for_each(|fold| holds(fold.span));
            let tokens = tokens::tokens(draft, scene, &findings);
            tokens.iter().for_each(|token| holds(token.span));
            let mut pairs = tokens.windows(2);
            assert!(pairs.all(|pair| pair[0].span.end() <= pair[1].span.start()));
        });
    }

    #[test]
    fn every_place_of_a_story_has_an_answer() {
        STORIES.iter().for_each(|story| walk(story));
    }
}
