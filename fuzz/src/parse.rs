//! Any text is a draft: its blocks end to end are the text, places lie on characters, and reading, checking and asking
//! end without a panic.

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::features;
use onrecord::features::actions;
use onrecord::features::completion::{self, Asked};
use onrecord::features::places::Declaration;
use onrecord::finding::Finding;
use onrecord::notes::Records;
use onrecord::reading::Reading;
use onrecord::rules::{self, Checked};
use onrecord::scene::Scene;
use onrecord::syntax::strip::strip;
use onrecord::syntax::{self, tree::Tree};
use onrecord::text::Text;
use onrecord::text::span::Span;

use super::dice::{Dice, STORY};

/// The first byte says whether the others are letters or choose among pieces of stories.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let text = match dice.below(3) {
        0 => dice.rest(),
        _ => dice.text(STORY, 40),
    };
    let draft = read(&Text::new(&text), None);
    holds(&draft.tree, &text);
    let once = strip(&draft.tree);
    let twice = strip(&syntax::parse(&Text::new(&once), None));
    assert_eq!(once, twice, "stripping again changes something");
    let checked = check(&draft, None);
    lie_on_characters(&text, &checked.findings);
    let at = boundary(&text, dice.below(text.len() + 1));
    ask(&draft, &checked.findings, &text, at);
}

/// Reads as the desk does.
pub fn read(text: &Text, before: Option<&Draft>) -> Draft {
    Draft::read(text.clone(), &Reading::default(), &Base::default(), before)
}

/// Checks as the desk does, on a day that stands still.
pub fn check(draft: &Draft, before: Option<&Checked>) -> Checked {
    let (config, base) = (Config::default(), Base::default());
    rules::check(draft, &scene(&config, &base), before)
}

fn scene<'a>(config: &'a Config, base: &'a Base) -> Scene<'a> {
    Scene {
        config,
        base,
        records: Records::none(),
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    }
}

/// The character boundary at a byte or before it.
pub fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place lies in its text, on characters.
pub fn fits(text: &str, span: Span, what: &str) {
    let fits = span.end() <= text.len()
        && text.is_char_boundary(span.start())
        && text.is_char_boundary(span.end());
    assert!(fits, "{what}: {span:?} of {text:?}");
}

fn holds(tree: &Tree, text: &str) {
    let mut at = 0;
    for placed in &tree.blocks {
        let block = &placed.block;
        assert_eq!(placed.start, at);
        at = placed.span().end();
        assert_eq!(&*block.text, &text[placed.start..at]);
        fits(&block.text, block.content, "content");
        for span in &block.hidden {
            fits(&block.text, *span, "hidden");
        }
        for inline in &block.inlines {
            fits(&block.text, inline.span, "a mark");
        }
        for problem in &block.problems {
            fits(&block.text, problem.span, "a problem");
        }
    }
    assert_eq!(at, text.len(), "the blocks end to end are the text");
}

/// What is found, its related places and its fixes lie in the text.
pub fn lie_on_characters(text: &str, findings: &[Finding]) {
    for finding in findings {
        fits(text, finding.span, finding.rule);
        for related in &finding.related {
            fits(text, related.span, finding.rule);
        }
        for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
            fits(text, edit.span, finding.rule);
        }
    }
}

fn ask(draft: &Draft, findings: &[Finding], text: &str, at: usize) {
    let (config, base) = (Config::default(), Base::default());
    let scene = scene(&config, &base);
    if let Some(hover) = features::hover::hover(draft, &scene, findings, at) {
        fits(text, hover.span, "a hover");
    }
    for asked in [Asked::Typing, Asked::Explicitly] {
        for item in completion::complete(draft, &scene, at, asked).items {
            fits(text, item.edit.span, "a completion");
        }
    }
    features::definition::definition(draft, &scene, at);
    for span in features::references::references(draft, &scene, at, Declaration::Included) {
        fits(text, span, "a reference");
    }
    for token in features::tokens::tokens(draft, &scene, findings) {
        fits(text, token.span, "a token");
    }
    features::highlight::highlights(draft, &scene, at);
    features::symbols::symbols(draft, &scene);
    features::folding::folds(draft, &scene);
    for action in actions::actions(draft, &scene, findings, Span::at(at)) {
        for edit in &action.edits {
            fits(text, edit.span, "an action");
        }
    }
}
