//! Notes that some words were checked: by whom, when, and a sign that tells when they change.

use std::sync::Arc;

use super::{Action, ActionKind};
use crate::draft::Draft;
use crate::features::words::shortened;
use crate::notes::checks::hash;
use crate::prose::Prose;
use crate::reading::Reading;
use crate::scene::Scene;
use crate::story::mark::marks;
use crate::story::outline::Status;
use crate::story::summary::Summary;
use crate::syntax::block;
use crate::syntax::tree::{InlineKind, Placed, Tree};
use crate::text::edit::Edit;
use crate::text::pages::Pages;
use crate::text::span::Span;
use crate::{checks, story::Place};

/// Writes `[CQ who date #sign]` behind the sentence of the cursor, or behind the selected words; where the words have a
/// mark already, the mark is renewed.
pub fn note(draft: &Draft, scene: &Scene, range: Span) -> Option<Action> {
    if !is_asked_for(draft, scene, range) {
        return None;
    }
    let (index, at) = draft.block_at(range.start())?;
    let placed = &draft.tree.blocks[index];
    if !crate::syntax::strip::prints(placed) {
        return None;
    }
    let who = checker(draft).unwrap_or_else(|| "TK".to_owned());
    let head = format!("CQ {who} {}", scene.today);
    if let Some((mark, covers, note)) = existing(draft, index, at) {
        let said = checks::said(&placed.block, covers.span);
        let words = format!("[{head} #{}{note}]", hash(&said));
        let is_new = words != mark.of(&placed.block.text);
        return is_new.then(|| Action {
            title: format!("Checked again: “{}”", shortened(said.trim(), 40)),
            kind: ActionKind::Rewrite,
            edits: vec![Edit::replace(placed.place(mark), words)],
            finding: None,
            is_preferred: false,
        });
    }
    let end = match range.is_empty() {
        true => sentence_end(draft, index, at)?,
        false => {
            let inside = range.back(placed.start);
            let words = inside.of(&placed.block.text);
            inside.start() + words.trim_end().len()
        }
    };
    // Behind the last word of a headline a mark would cover a name and no more.
    let is_bare = placed.block.text[..end].ends_with(char::is_alphanumeric);
    if is_bare && range.is_empty() {
        return None;
    }
    let space = " ";
    // What the mark will cover is told by reading the block with it.
    let mut text = placed.block.text.to_string();
    text.insert_str(end, &format!("{space}[{head}]"));
    let covers = covered(&text, placed, end + space.len())?;
    let read = block::read(&text, placed.block.context);
    let said = checks::said(&read, covers);
    Some(Action {
        title: format!("Checked: “{}”", shortened(said.trim(), 40)),
        kind: ActionKind::Rewrite,
        edits: vec![Edit::insert(
            placed.start + end,
            format!("{space}[{head} #{}]", hash(&said)),
        )],
        finding: None,
        is_preferred: false,
    })
}

/// Whether a check is offered: where somebody checks this draft, or has selected words.
pub fn is_asked_for(draft: &Draft, scene: &Scene, range: Span) -> bool {
    let status = draft.story.facts.status;
    let is_late = status.is_some_and(|status| status >= Status::FactCheck);
    let has_marks = draft.story.marks.iter().any(|mark| {
        let inline = &draft.tree.blocks[mark.block].block.inlines[mark.inline];
        matches!(inline.kind, InlineKind::Check { .. })
    });
    !range.is_empty()
        || is_late
        || has_marks
        || checker(draft).is_some()
        || scene.records.checks.is_some()
}

/// The initials of `Checker:` in the header.
pub fn checker(draft: &Draft) -> Option<String> {
    let mut fields = draft.story.facts.fields.iter();
    let (_, name, ..) = fields.find(|(key, ..)| key.eq_ignore_ascii_case("checker"))?;
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [] => None,
        [word] => Some(word.to_owned()),
        _ => Some(
            words
                .iter()
                .filter_map(|word| word.chars().next())
                .collect(),
        ),
    }
}

/// The check mark whose words, or itself, hold the cursor: its place, what it covers, and its note with the colon.
fn existing(draft: &Draft, index: usize, at: usize) -> Option<(Span, Place, String)> {
    let block = &draft.tree.blocks[index].block;
    let marks = draft.story.marks.iter().filter(|mark| mark.block == index);
    let mut holding = marks.filter_map(|mark| {
        let inline = &block.inlines[mark.inline];
        let InlineKind::Check { note, .. } = &inline.kind else {
            return None;
        };
        let is_here = mark.covers.span.touches(at) || inline.span.touches(at);
        let note = note.map_or(String::new(), |note| format!(": {}", note.of(&block.text)));
        is_here.then_some((inline.span, mark.covers, note))
    });
    holding.next()
}

/// The end of the sentence, and of the marks that belong to it.
fn sentence_end(draft: &Draft, index: usize, at: usize) -> Option<usize> {
    let block = &draft.tree.blocks[index].block;
    let sentences = &draft.prose[index].sentences;
    let sentence = sentences.iter().find(|one| one.span.touches(at))?;
    let mut end = sentence.span.end();
    while let Some(mark) = block.inlines.iter().find(|inline| {
        let gap = block.text.get(end..inline.span.start());
        gap.is_some_and(|gap| gap.len() <= 1 && gap.trim().is_empty())
            && matches!(inline.kind, InlineKind::Source(_) | InlineKind::Speaker(_))
    }) {
        end = mark.span.end();
    }
    Some(end)
}

/// What a check mark at a byte of a block's text covers.
fn covered(text: &str, placed: &Placed, at: usize) -> Option<Span> {
    let read = Arc::new(block::read(text, placed.block.context));
    let prose = Arc::new(Prose::read(&read, &Reading::default()));
    let tree = Tree::of(read.clone());
    let (_, marks) = marks(
        &tree,
        &Pages::from_iter([prose]),
        &Summary::all(&tree),
        &[],
        None,
    );
    let mut marks = marks.iter();
    let mark = marks.find(|mark| read.inlines[mark.inline].span.start() == at)?;
    Some(mark.covers.span)
}
