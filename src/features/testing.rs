//! For tests: a marked text read as a draft, with its cursor.

use crate::config::Config;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::example::Example;
use crate::finding::{Finding, Severity};
use crate::reading::Reading;
use crate::scene::Scene;
use crate::text::Text;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Calls `ask` with the draft of a marked text and its first cursor.
pub fn asked<T>(marked: &str, mut ask: impl FnMut(&Draft, &Scene, usize) -> T) -> T {
    let example = Example::read(marked);
    let file = example.draft();
    let at = file.cursors.first().copied().unwrap_or_default();
    let base = Base::default();
    let config = Config::default();
    let draft = Draft::read(Text::new(&file.text), &Reading::default(), &base, None);
    let scene = Scene {
        config: &config,
        base: &base,
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
    edits.sort_by_key(|edit| edit.span);
    after(draft, &edits)
}
