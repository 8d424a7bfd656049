//! Any string is a draft: what must hold of every parse.

use onrecord::syntax::tree::Tree;
use onrecord::syntax::{parse, strip};
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::span::Span;
use proptest::prelude::*;

/// Pieces of drafts, so that random texts are full of marks, quotes and odd line ends.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "Slug: pier-fire\n",
        "Status: draft\n",
        "Headline: Pier burns\n",
        "---\n",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\r\n\r\n",
        "\u{feff}",
        " ",
        "  ",
        "\t",
        "The harbor board met on Monday. ",
        "“We had no warning,” Dana Ortiz said. ",
        "\"It is over,\" she said.",
        "‘No’ ",
        "’90s ",
        "🚒",
        "é",
        "e\u{301}",
        "[^ortiz]",
        "[^ortiz, 04:12; report]",
        "[^ a]",
        "[^a b]",
        "[^]",
        "[@dana-ortiz]",
        "[Ortiz](@dana-ortiz)",
        "[a claim](^report, p. 3)",
        "[x](https://example.org/a_b)",
        "[x]()",
        "[TK]",
        "[TK: who?]",
        "TK ",
        "TKTK",
        "[CQ DO 2026-03-01 #3f2a: read]",
        "[STET quote: house style]",
        "[STET claim]",
        "[LEGAL: ok?]",
        "[LEGAL: ok?",
        "[FOO: x]",
        "[sic]",
        "<!--",
        "-->",
        "<!-- hidden -->",
        "\\[",
        "\\TK",
        "\\*",
        "*",
        "_",
        "**",
        "*so*",
        "_so_",
        "**so**",
        "# Head\n",
        "## Sub\n",
        "> Quoted\n> — Dana Ortiz\n",
        ">> Pulled\n",
        "- item\n",
        "• item\n",
        "| a | b |\n|---|---|\n",
        "![Pier.](img/pier.jpg \"Photo: R. Poe\")\n",
        "CORRECTION (July 12, 2024): Wrong. ",
        "###\n",
        "-30-\n",
        "ENDS\n",
        "NOTES\n",
        "STORY\n",
        "[^ortiz]: interview, Dana Ortiz; date: 2026-03-01; on record\n",
        "[@dana-ortiz]: person, Dana Ortiz\n    role: mayor\n",
        "https://example.org/x.",
        "ana@example.org",
        "(With assistance from Bo Roy.)\n",
        "©2026 Harbor News\n",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => any::<char>().prop_map(String::from)]
}

fn draft() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn read(text: &str) -> Tree {
    parse(&Text::new(text), None)
}

fn check_spans(tree: &Tree) -> Result<(), TestCaseError> {
    for placed in &tree.blocks {
        let block = &placed.block;
        let fits = |span: Span| {
            span.end() <= block.text.len()
                && block.text.is_char_boundary(span.start())
                && block.text.is_char_boundary(span.end())
        };
        prop_assert!(
            fits(block.content),
            "content {:?} of {:?}",
            block.content,
            block.text
        );
        for span in &block.hidden {
            prop_assert!(
                fits(*span) && !span.is_empty(),
                "hidden {span:?} of {:?}",
                block.text
            );
        }
        prop_assert!(
            block
                .hidden
                .windows(2)
                .all(|pair| pair[0].end() <= pair[1].start()),
            "hidden {:?} of {:?}",
            block.hidden,
            block.text
        );
        for inline in &block.inlines {
            prop_assert!(fits(inline.span), "{inline:?} of {:?}", block.text);
        }
        for problem in &block.problems {
            prop_assert!(fits(problem.span), "{problem:?} of {:?}", block.text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn blocks_end_to_end_are_the_file(text in draft()) {
        let tree = read(&text);
        let joined: String = tree.blocks.iter().map(|placed| &*placed.block.text).collect();
        prop_assert_eq!(joined, text);
        let mut at = 0;
        for placed in &tree.blocks {
            prop_assert_eq!(placed.start, at);
            at = placed.span().end();
        }
    }

    #[test]
    fn spans_lie_in_their_block_on_character_boundaries(text in draft()) {
        check_spans(&read(&text))?;
    }

    #[test]
    fn a_reading_after_edits_equals_a_fresh_one(text in draft(), edits in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, piece()), 1..6)) {
        let mut text = Text::new(&text);
        let mut tree = parse(&text, None);
        for (at, length, new) in edits {
            let start = (at * text.len() as f64) as usize;
            let end = (start + (length * 20.0) as usize).min(text.len());
            text.apply(&Edit::replace(Span::new(start, end), new));
            tree = parse(&text, Some(&tree));
            prop_assert_eq!(&tree, &parse(&text, None));
        }
    }

    #[test]
    fn stripping_again_changes_nothing(text in draft()) {
        let once = strip::strip(&read(&text));
        let twice = strip::strip(&read(&once));
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn a_block_that_an_edit_does_not_touch_is_shared(text in draft(), new in piece()) {
        let mut text = Text::new(&format!("First paragraph stands here.\n\n{text}"));
        let before = parse(&text, None);
        text.apply(&Edit::insert(text.len(), new));
        let after = parse(&text, Some(&before));
        let same = before.blocks.iter().zip(&after.blocks).filter(|(a, b)| a.block == b.block);
        for (a, b) in same {
            prop_assert!(std::sync::Arc::ptr_eq(&a.block, &b.block));
        }
    }
}

#[test]
fn plain_wire_copy_has_no_marks_and_no_problems() {
    let copy = "PORT HARLAN — The board met on Monday.\n\n“We had no warning,” Ana Ruiz [of the union] said. Costs rose 5% [sic].\n\n###\n";
    let tree = read(copy);
    assert!(
        tree.blocks
            .iter()
            .all(|placed| placed.block.inlines.is_empty() && placed.block.problems.is_empty())
    );
}
