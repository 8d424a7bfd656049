//! A quotation that runs over two paragraphs with the wrong marks.

use super::stray;
use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::QuoteKind;
use crate::rule::{Check, Holds, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, SpokenQuote, Step};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A quotation that runs over two paragraphs with the wrong marks.
pub const RULE: Rule = Rule {
    name: "quote-paragraph-continuation",
    topic: "quote",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A quotation that goes on in the next paragraph, closed too early or not opened again.",
    why: "AP: a full-sentence quotation that goes on in the next paragraph has no closing mark, and each paragraph opens anew. \
          A close says that somebody else speaks next.",
    fires: &["
“Our trade is above board,” Liu Tao said in a statement. “The firm does not sell weapons to anyone.”
                                                                                                   ^ warning quote-paragraph-continuation: ” closes, and the next paragraph goes on: drop it, or say who speaks next.

“It strictly controls what leaves the country.”
", "
Farmers had asked for the dam to be raised. “We wrote to the water board in 2019,” said Marek Tull. “They told us the wall would outlast us all.
                                                                                                    ^ warning quote-paragraph-continuation: “ runs on into the next paragraph: open that one with “ too.

They put it in a letter, and I kept the letter,” he said.
", "
Farmers had asked for the dam to be raised. “We wrote to the water board in 2019,” said Marek Tull. “The wall did not outlast us all.
                                                                                                    ^ warning quote-paragraph-continuation: “ runs on into the next paragraph: open that one with “ too.

The water came at noon. We ran.

Nobody came to help us. We never saw a boat.”
", "
Ames said the noise came first. “It began at noon, and we ran to the river.”
                                                                           ^ warning quote-paragraph-continuation: ” closes, and the next paragraph goes on: drop it, or say who speaks next.

“Then the roof of the mill went down.”
", "
“It began at noon,” Ames said. “We ran to the river.

“Then the roof of the mill went down.”
                                     ^ warning quote-paragraph-continuation: ” closes, and the next paragraph goes on: drop it, or say who speaks next.

“After that there was nothing left to save.”
", "
“It began at noon,” Ames said. “We ran to the river.
                               ^ warning quote-paragraph-continuation: “ stays open, but Ida Hewitt speaks next: close it.

“We saw nothing from the hill,” Ida Hewitt said.
"],
    quiet: &[
        "“Our trade is above board,” Liu Tao said in a statement. “The firm does not sell weapons to anyone.”\n\n“All bets are off.”\n\nThe firm was founded in 1998.",
        "“It began at noon,” Ames said. “The variants increase.\n\n“Until now, we have stayed within 800.\n\n“I ask you to follow the rules.”",
        "He called it “the most difficult ever.”\n\n“But in the end,” Ruiz said, “it was rewarding.”",
        "“It began at noon,” Ames said. “We ran to the river.”\n\n“We saw nothing from the hill,” Ida Hewitt said.",
        "“It began at noon,” Ames said. “We ran to the river.”\n\n“Then the roof of the mill went,” he said.",
        "“It began at noon,” Ames said. “We ran to the river.”\n\nThe mill stood by the river.",
        "“Our trade is above board,” Liu Tao said in a statement.\n\n“We saw nothing from the hill,” said Ida Hewitt.",
        "“It began at noon,” Ames said. “We ran to the river.”\n\nHewitt agreed.\n\n“It strictly controls what leaves the country.”",
    ],
    options: &[],
    check: Check::Near(check),
};

fn check(draft: &Draft, block: usize, _holds: Holds, _scene: &Scene, found: &mut Vec<Finding>) {
    for opener in draft.story.unclosed_in(block) {
        if let Some(closer) = stray::closed_in_next(draft, *opener) {
            found.push(not_opened_again(draft, *opener, closer));
        }
    }
    if draft.story.labels[block] != Label::Body {
        return;
    }
    let Some(next) = stray::next_body(draft, block) else {
        return;
    };
    let (Some(last), Some(first)) = (
        draft.story.quotes_of(block).last(),
        draft.story.quotes_of(next).first(),
    ) else {
        return;
    };
    if !opens(draft, next, first) {
        return;
    }
    if draft.prose[block].quotes[last.index].is_open {
        found.extend(other_speaker(draft, last, first));
    } else {
        found.extend(closed_too_early(draft, block, next, last, first));
    }
}

/// Whether a quotation opens its paragraph.
fn opens(draft: &Draft, block: usize, quote: &SpokenQuote) -> bool {
    let block = &draft.tree.blocks[block].block;
    let before = Span::new(block.content.start(), quote.place.span.start());
    before.of(&block.text).trim().is_empty()
}

fn mark_at(draft: &Draft, quote: &SpokenQuote) -> (Place, Place) {
    let marks = &draft.prose[quote.place.block].quotes[quote.index];
    let place = |start: usize, end: usize| Place {
        block: quote.place.block,
        span: Span::new(start, end),
    };
    (
        place(marks.span.start(), marks.inner.start()),
        place(marks.inner.end(), marks.span.end()),
    )
}

fn not_opened_again(draft: &Draft, opener: Place, closer: Place) -> Finding {
    let mut finding = look::finding(
        &RULE,
        draft.span(opener),
        format!(
            "{} runs on into the next paragraph: open that one with {0} too.",
            draft.words(opener)
        ),
    );
    let between = opener.block + 1..=closer.block;
    let edits = between.filter(|&block| draft.story.labels[block] == Label::Body);
    let edits: Vec<Edit> = edits
        .map(|block| {
            let placed = &draft.tree.blocks[block];
            let start = placed.start + placed.block.content.start();
            Edit::insert(start, draft.words(opener))
        })
        .collect();
    let title = match edits.len() {
        1 => "Open the next paragraph with a quotation mark",
        _ => "Open each paragraph with a quotation mark",
    };
    finding.fixes = vec![Fix {
        title: title.to_owned(),
        is_safe: false,
        edits,
    }];
    finding
}

/// The paragraph leaves its quotation open, and somebody else speaks in the next.
fn other_speaker(draft: &Draft, last: &SpokenQuote, first: &SpokenQuote) -> Option<Finding> {
    let (one, two) = (last.binding.as_ref()?, first.binding.as_ref()?);
    let own_cue = matches!(two.step, Step::Mark | Step::SameSentence | Step::Between);
    if one.speaker == two.speaker || !own_cue {
        return None;
    }
    let (opener, _) = mark_at(draft, last);
    let name = &draft.story.speaker(two.speaker).name;
    let mut finding = look::finding(
        &RULE,
        draft.span(opener),
        format!(
            "{} stays open, but {name} speaks next: close it.",
            draft.words(opener)
        ),
    );
    let end = draft.span(last.place).end();
    finding.fixes = vec![Fix {
        title: "Close the quotation at the end of the paragraph".to_owned(),
        is_safe: false,
        edits: vec![Edit::insert(end, closing(draft.words(opener)))],
    }];
    Some(finding)
}

fn closing(opening: &str) -> &'static str {
    match opening {
        "‘" => "’",
        "\"" => "\"",
        "'" => "'",
        "«" => "»",
        _ => "”",
    }
}

/// The paragraph closes its quotation, and the next goes on without naming anybody.
fn closed_too_early(
    draft: &Draft,
    block: usize,
    next: usize,
    last: &SpokenQuote,
    first: &SpokenQuote,
) -> Option<Finding> {
    let (before, after) = (
        &draft.prose[block].quotes[last.index],
        &draft.prose[next].quotes[first.index],
    );
    let content_end = draft.tree.blocks[block].block.content.end();
    let is_full = before.kind == QuoteKind::Full && after.kind == QuoteKind::Full;
    let has_cue = !draft.story.statements_of(next).is_empty();
    let is_carried = first
        .binding
        .as_ref()
        .is_none_or(|binding| binding.step == Step::ParagraphBefore);
    // A dialogue goes to and fro without names; here one person was named and goes on.
    let runs_on = matches!(&last.binding, Some(binding) if binding.step == Step::Running);
    let one_speaks =
        runs_on || last.binding.is_some() && !draft.story.statements_of(block).is_empty();
    let is_open = look::is_open(&draft.story, &draft.tree, first.place);
    // A paragraph of a few words in quotation marks is a subhead.
    let is_subhead = after.word_count <= 6
        && draft.tree.blocks[next].block.content.end() <= after.span.end() + 1;
    if !is_full
        || before.span.end() != content_end
        || has_cue
        || !is_carried
        || !one_speaks
        || is_open
        || is_subhead
        || last.continues.is_some() && !runs_on
    {
        return None;
    }
    let (_, closer) = mark_at(draft, last);
    let mut finding = look::finding(
        &RULE,
        draft.span(closer),
        format!(
            "{} closes, and the next paragraph goes on: drop it, or say who speaks next.",
            draft.words(closer)
        ),
    );
    finding.fixes = vec![Fix {
        title: "Drop the closing mark".to_owned(),
        is_safe: false,
        edits: vec![Edit::delete(draft.span(closer))],
    }];
    Some(finding)
}
