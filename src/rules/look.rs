//! What several rules ask of a block: its text, whether a sentence may hold a claim, and the ways out that all share.

use crate::finding::{Finding, Fix};
use crate::prose::{Prose, Sentence};
use crate::rule::{BlockView, Rule};
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::story::{Place, Story};
use crate::syntax::tree::InlineKind;
use crate::text::edit::Edit;
use crate::text::span::Span;

use super::phrases::lower;

/// A finding of a rule at its built-in level, with no way out yet.
pub fn finding(rule: &Rule, span: Span, message: impl Into<String>) -> Finding {
    Finding {
        rule: rule.name,
        severity: rule.severity.unwrap_or(crate::finding::Severity::Hint),
        span,
        message: message.into(),
        related: Vec::new(),
        fixes: Vec::new(),
        is_unnecessary: false,
    }
}

/// The block's letters.
pub fn text<'a>(view: &BlockView<'a>) -> &'a str {
    &view.placed.block.text
}

/// A way out that inserts words at a byte of the file.
pub fn insert(title: impl Into<String>, at: usize, words: impl Into<String>) -> Fix {
    Fix {
        title: title.into(),
        is_safe: false,
        edits: vec![Edit::insert(at, words)],
    }
}

/// "Attribute later": a note after the sentence, which silences the finding and counts as open.
pub fn attribute_later(at: usize) -> Fix {
    insert(
        "Attribute later: insert [TK: source?]",
        at,
        " [TK: source?]",
    )
}

/// Whether a `[TK]` mark of the draft covers part of the span (counted from its block's start).
pub fn is_open(story: &Story, blocks: &crate::syntax::tree::Tree, place: Place) -> bool {
    let from = story.marks.partition_point(|mark| mark.block < place.block);
    story.marks[from..]
        .iter()
        .take_while(|mark| mark.block == place.block)
        .any(|mark| {
            let kind = &blocks.blocks[mark.block].block.inlines[mark.inline].kind;
            matches!(kind, InlineKind::Todo(_)) && mark.covers.span.overlaps(place.span)
        })
}

/// The same for a rule that looks at one block.
pub fn is_open_here(view: &BlockView, span: Span) -> bool {
    let marks = &view.story.marks;
    let from = marks.partition_point(|mark| mark.block < view.index);
    marks[from..]
        .iter()
        .take_while(|mark| mark.block == view.index)
        .any(|mark| {
            let kind = &view.placed.block.inlines[mark.inline].kind;
            matches!(kind, InlineKind::Todo(_)) && mark.covers.span.overlaps(span)
        })
}

/// Whether a sentence of a body paragraph stands in the story's own voice with nothing to rest on: a place for claims.
pub fn is_own_voice(view: &BlockView, scene: &Scene, index: usize) -> bool {
    let Some(coverage) = view.story.coverage[view.index].get(index) else {
        return false;
    };
    let within_sentence = scene
        .config
        .option("claims.scope")
        .is_some_and(|scope| scope.as_str() == Some("sentence"));
    let reach = if within_sentence {
        Support::Paragraph
    } else {
        Support::None
    };
    let sentence = &view.prose.sentences[index];
    view.label == Label::Body
        && coverage.support <= reach
        && !is_question(text(view), sentence)
        && !is_open_here(view, sentence.span)
}

/// Whether a sentence ends in a question mark.
pub fn is_question(text: &str, sentence: &Sentence) -> bool {
    sentence
        .span
        .of(text)
        .trim_end_matches(['”', '"', '’', '\'', ')'])
        .ends_with('?')
}

/// Whether one of the words stands in the sentence outside quotation marks.
pub fn has_word(text: &str, prose: &Prose, sentence: &Sentence, options: &[&str]) -> bool {
    prose.words[sentence.words.clone()]
        .iter()
        .any(|word| !word.is_quoted && options.contains(&lower(text, word).as_str()))
}

/// The whole-number option of a rule.
pub fn number_option(scene: &Scene, key: &str, default: usize) -> usize {
    scene
        .config
        .option(key)
        .and_then(|value| value.as_integer())
        .map_or(default, |value| value.max(0) as usize)
}

/// The yes-or-no option of a rule.
pub fn switch_option(scene: &Scene, key: &str, default: bool) -> bool {
    let value = scene.config.option(key);
    value.and_then(|value| value.as_bool()).unwrap_or(default)
}

/// The list option of a rule, in lower case.
pub fn list_option(scene: &Scene, key: &str, default: &[&str]) -> Vec<String> {
    match scene.config.option(key).and_then(|value| value.as_array()) {
        Some(list) => list
            .iter()
            .filter_map(|word| Some(word.as_str()?.to_lowercase()))
            .collect(),
        None => default.iter().map(|word| (*word).to_owned()).collect(),
    }
}

/// Words for a message: on one line, cut after some forty characters.
pub fn shown(words: &str) -> String {
    let flat: Vec<&str> = words.split_whitespace().collect();
    let flat = flat.join(" ");
    if flat.chars().count() <= 44 {
        return flat;
    }
    let cut: String = flat.chars().take(40).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(&*cut, |(head, _)| head))
}
