//! Marks that answer a finding without changing the words: attribute later, leave it.

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rules::RULES;
use crate::story::outline::Label;
use crate::text::edit::Edit;

/// `[TK: source?]` at a claim.
pub fn attribute_later(draft: &Draft, finding: &Finding) -> Option<Edit> {
    let mut rules = RULES.iter();
    let is_claim = rules.any(|rule| rule.name == finding.rule && rule.topic == "claim");
    is_claim
        .then(|| mark(draft, finding, "[TK: source?]"))
        .flatten()
}

/// `[STET rule: TK]` where it covers the finding: the reason is for a person to give.
pub fn stet(draft: &Draft, finding: &Finding) -> Option<Edit> {
    // A second STET does not mend the first.
    let is_about_stet = finding.rule.starts_with("stet-");
    let text = format!("[STET {}: TK]", finding.rule);
    (!is_about_stet)
        .then(|| mark(draft, finding, &text))
        .flatten()
}

/// `[STET rule: TK]` before the paragraph, where it covers all of it; nothing where the finding has no sentence of its own.
pub fn stet_paragraph(draft: &Draft, finding: &Finding) -> Option<Edit> {
    let (block, _) = draft.block_at(finding.span.start())?;
    let is_copy = *draft.story.labels.get(block)? != Label::NotCopy;
    let has_more = draft.prose[block].sentences.len() > 1;
    let is_about_stet = finding.rule.starts_with("stet-");
    (is_copy && has_more && !is_about_stet).then(|| {
        let at = draft.tree.blocks[block].start + first_letter(draft, block);
        Edit::insert(at, format!("[STET {}: TK] ", finding.rule))
    })
}

/// A mark after the sentence that the finding lies in; before the block if it lies in several.
fn mark(draft: &Draft, finding: &Finding, mark: &str) -> Option<Edit> {
    let (block, start) = draft.block_at(finding.span.start())?;
    let label = draft.story.labels.get(block)?;
    if *label == Label::NotCopy {
        return None;
    }
    let placed = &draft.tree.blocks[block];
    let block_of_text = &placed.block;
    let last = start + finding.span.len().saturating_sub(1);
    let sentence = draft.prose[block]
        .sentences
        .iter()
        .find(|sentence| sentence.span.touches(start) && sentence.span.touches(last));
    let Some(sentence) = sentence else {
        let first = first_letter(draft, block);
        return Some(Edit::insert(placed.start + first, format!("{mark} ")));
    };
    // Marks that stand after the sentence already share it with this one.
    let end = sentence.span.end().min(block_of_text.content.end());
    Some(Edit::insert(placed.start + end, format!(" {mark}")))
}

/// Where a block's copy begins: after the signs that make it a subhead, list or quote.
fn first_letter(draft: &Draft, block: usize) -> usize {
    let block = &draft.tree.blocks[block].block;
    let content = block.content;
    let words = content.of(&block.text);
    content.start() + (words.len() - words.trim_start_matches(['#', '>', ' ', '\t']).len())
}
