//! What an editor selects next, step by step: a word, a mark, what is said, a quotation, a sentence, a paragraph, a section.

use crate::draft::Draft;
use crate::features::folding::{self, FoldKind};
use crate::scene::Scene;
use crate::text::order;
use crate::text::span::Span;

/// The stretches around a byte of the file, the narrowest first, each inside the next; the last is the whole draft.
pub fn selections(draft: &Draft, scene: &Scene, at: usize) -> Vec<Span> {
    let whole = Span::new(0, draft.text.len());
    let mut steps = vec![whole];
    let folds = folding::folds(draft, scene).into_iter();
    let sections = folds.filter(|fold| fold.kind == FoldKind::Section);
    steps.extend(sections.map(|fold| fold.span));
    if let Some((index, inside)) = draft.block_at(at) {
        let placed = &draft.tree.blocks[index];
        let block = &placed.block;
        let mut found = vec![block.content, word(&block.text, inside)];
        let prose = &draft.prose[index];
        found.extend(prose.sentences.iter().map(|sentence| sentence.span));
        for quote in &prose.quotes {
            found.extend([quote.span, quote.inner]);
        }
        let attributions = 0..prose.attributions.len();
        found.extend(attributions.flat_map(|at| prose.reported(&block.text, at).content));
        found.extend(block.inlines.iter().map(|inline| inline.span));
        steps.extend(found.into_iter().map(|span| placed.place(span)));
    }
    steps.retain(|span| span.touches(at) && !span.is_empty());
    order::by_key(&mut steps, |span| span.len());
    steps.dedup();
    // What only overlaps another stretch would make the selection jump.
    let mut nested: Vec<Span> = Vec::with_capacity(steps.len());
    for span in steps {
        if nested.last().is_none_or(|last| span.covers(*last)) {
            nested.push(span);
        }
    }
    if nested.is_empty() {
        nested.push(whole);
    }
    nested
}

/// The letters and digits around a byte, with the apostrophes and hyphens between them.
fn word(text: &str, at: usize) -> Span {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '-');
    let before = &text[..at];
    let after = &text[at..];
    let start = before.trim_end_matches(is_part).len();
    let end = at + (after.len() - after.trim_start_matches(is_part).len());
    let bare = text[start..end].trim_matches(['’', '\'', '-']);
    let lead = text[start..end].find(bare).unwrap_or_default();
    let span = Span::new(start + lead, start + lead + bare.len());
    if span.touches(at) { span } else { Span::at(at) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, wanted: Expect) {
        let steps = testing::asked(marked, |draft, scene, at| {
            let steps = selections(draft, scene, at).into_iter();
            let words = steps.map(|span| format!("‹{}›\n", draft.text.slice(span)));
            words.collect::<String>()
        });
        wanted.assert_eq(&steps);
    }

    #[test]
    fn a_word_grows_to_the_story() {
        check(
            "“The wall is old, and it <|>leaks,” said Dana Ortiz. “We wait.”\n\nThe council meets on Monday.\n",
            expect![[r#"
                ‹leaks›
                ‹The wall is old, and it leaks,›
                ‹“The wall is old, and it leaks,”›
                ‹“The wall is old, and it leaks,” said Dana Ortiz.›
                ‹“The wall is old, and it leaks,” said Dana Ortiz. “We wait.”›
                ‹“The wall is old, and it leaks,” said Dana Ortiz. “We wait.”

                The council meets on Monday.
                ›
            "#]],
        );
    }

    #[test]
    fn a_mark_and_a_section_are_steps() {
        check(
            "The pier stands.\n\n## After\n\nThe wall leaks.[^no<|>tice]\n",
            expect![[r#"
                ‹notice›
                ‹[^notice]›
                ‹The wall leaks.[^notice]›
                ‹## After

                The wall leaks.[^notice]›
                ‹The pier stands.

                ## After

                The wall leaks.[^notice]
                ›
            "#]],
        );
    }

    #[test]
    fn an_empty_draft_is_one_step() {
        check("", expect![["‹›\n"]]);
    }
}
