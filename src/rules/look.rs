//! What several rules ask of a block: its text, whether a sentence may hold a claim, and the ways out that all share.

use crate::draft::Draft;
use crate::finding::{Finding, Fix};
use crate::prose::{Form, Prose, Sentence};
use crate::rule::{BlockView, Holds, Rule};
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::story::{Place, Story};
use crate::syntax::tree::{Block, InlineKind};
use crate::text::edit::Edit;
use crate::text::span::Span;

use super::levels::names_topic;
use crate::prose::letters::is_one_of;

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
        is_private: false,
    }
}

/// A body paragraph, for a rule that looks around it and asks no record.
pub fn view(draft: &Draft, index: usize, holds: Holds) -> BlockView<'_> {
    BlockView {
        index,
        placed: &draft.tree.blocks[index],
        prose: &draft.prose[index],
        label: Label::Body,
        story: &draft.story,
        scratch: &[],
        verdicts: &[],
        holds,
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

/// A way out that inserts the same words at several bytes of the file.
pub fn insert_at_each(title: impl Into<String>, ends: &[usize], words: &str) -> Fix {
    let mut ends = ends.to_vec();
    ends.sort_unstable();
    ends.dedup();
    Fix {
        title: title.into(),
        is_safe: false,
        edits: ends.iter().map(|at| Edit::insert(*at, words)).collect(),
    }
}

/// A way out that writes other words in a place of the file.
pub fn replace(title: impl Into<String>, span: Span, words: &str) -> Fix {
    Fix {
        title: title.into(),
        is_safe: false,
        edits: vec![Edit::replace(span, words)],
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
    story.marks_of(place.block).iter().any(|mark| {
        let kind = &blocks.blocks[mark.block].block.inlines[mark.inline].kind;
        matches!(kind, InlineKind::Todo(_)) && mark.covers.span.overlaps(place.span)
    })
}

/// The same for a rule that looks at one block.
pub fn is_open_here(view: &BlockView, span: Span) -> bool {
    view.story.marks_of(view.index).iter().any(|mark| {
        let kind = &view.placed.block.inlines[mark.inline].kind;
        matches!(kind, InlineKind::Todo(_)) && mark.covers.span.overlaps(span)
    })
}

/// Whether a STET mark lets what this rule finds at the place stand.
pub fn is_let_stand(draft: &Draft, rule: &Rule, place: Place) -> bool {
    let block = &draft.tree.blocks[place.block].block;
    lets_stand(&draft.story, block, rule, place)
}

/// The same for a rule that looks at one block.
pub fn is_let_stand_here(view: &BlockView, rule: &Rule, span: Span) -> bool {
    let place = Place {
        block: view.index,
        span,
    };
    lets_stand(view.story, &view.placed.block, rule, place)
}

fn lets_stand(story: &Story, block: &Block, rule: &Rule, place: Place) -> bool {
    let mut marks = story.marks_of(place.block).iter();
    marks.any(|mark| {
        let InlineKind::Stet { rules, .. } = &block.inlines[mark.inline].kind else {
            return false;
        };
        let mut words = rules.iter().map(|span| span.of(&block.text));
        mark.covers.span.overlaps(place.span)
            && words.any(|word| word == rule.name || names_topic(word, rule))
    })
}

/// Whether a note in the block says that a source is to come: `[TK: source?]`.
pub fn is_source_to_come(view: &BlockView) -> bool {
    view.placed.block.inlines.iter().any(|inline| {
        matches!(inline.kind, InlineKind::Todo(_))
            && inline.span.of(text(view)).to_lowercase().contains("source")
    })
}

/// Whether `claims.scope` asks for a source in the sentence itself.
pub fn is_scope_sentence(scene: &Scene) -> bool {
    scene
        .config
        .option("claims.scope")
        .is_some_and(|scope| scope.as_str() == Some("sentence"))
}

/// Whether a sentence of a body paragraph stands in the story's own voice with nothing to rest on: a place for claims.
pub fn is_own_voice(view: &BlockView, scene: &Scene, index: usize) -> bool {
    let Some(coverage) = view.story.coverage[view.index].get(index) else {
        return false;
    };
    let reach = if is_scope_sentence(scene) {
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
        .any(|word| !word.is_quoted && is_one_of(text, word, options))
}

/// Whether a `may`, `could` or `if` stands shortly before a word of the sentence: what it says is open. `May` is the month.
pub fn is_hedged(text: &str, prose: &Prose, sentence: &Sentence, before: usize) -> bool {
    const HEDGES: &[&str] = &["if", "may", "might", "could", "would", "whether"];
    let first = sentence.words.start;
    (before.saturating_sub(6).max(first)..before).any(|at| {
        let word = &prose.words[at];
        let is_small = word.form == Form::Lower || at == first;
        is_small && !word.is_quoted && is_one_of(text, word, HEDGES)
    })
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
