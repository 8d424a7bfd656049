//! Marks, definitions and the header tidied: the blanks and signs between their parts, never a word. Quotation marks
//! are curled only where somebody asks for it.

mod tidy;

use self::tidy::of_block;
use crate::draft::Draft;
use crate::features::curl;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// Whether straight quotation marks and apostrophes are curled too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quotes {
    /// They stay as they are.
    #[default]
    Kept,
    /// They are curled.
    Curled,
}

/// What tidies a draft: disjoint edits of the file, in order. Tidying again changes nothing.
pub fn format(draft: &Draft, quotes: Quotes) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, placed) in draft.tree.blocks.iter().enumerate() {
        let mut found = of_block(&placed.block);
        if quotes == Quotes::Curled {
            found.extend(curl::curl(draft, index));
        }
        let found = found.into_iter().map(|edit| Edit {
            span: placed.place(edit.span),
            ..edit
        });
        edits.extend(found);
    }
    order::by_key(&mut edits, |edit| edit.span);
    edits
}

/// What tidies a stretch of a draft.
pub fn format_range(draft: &Draft, quotes: Quotes, range: Span) -> Vec<Edit> {
    let mut edits = format(draft, quotes);
    edits.retain(|edit| edit.span.touches(range.start()) || edit.span.overlaps(range));
    edits
}

/// What tidies what was just typed: the mark that a bracket closed, the line that was left.
pub fn format_typed(draft: &Draft, quotes: Quotes, typed: &str, at: usize) -> Vec<Edit> {
    let Some((block, inside)) = draft.block_at(at.saturating_sub(1)) else {
        return Vec::new();
    };
    let placed = &draft.tree.blocks[block];
    let range = match typed {
        "]" => {
            let mut inlines = placed.block.inlines.iter();
            inlines
                .find(|inline| inline.span.end() == inside + 1)
                .map(|inline| placed.place(inline.span))
        }
        "\n" => {
            let before = draft.text.slice(Span::new(0, at));
            let line = before.trim_end_matches(['\n', '\r', ' ', '\t']);
            let start = line.rfind('\n').map_or(0, |end| end + 1);
            Some(Span::new(start, line.len()))
        }
        _ => None,
    };
    let Some(range) = range else {
        return Vec::new();
    };
    let mut edits = format(draft, quotes);
    edits.retain(|edit| range.covers(edit.span));
    edits
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::entities::base::Base;
    use crate::features::testing;
    use crate::reading::Reading;
    use crate::syntax::strip::strip;
    use crate::text::Text;

    fn read(text: &str) -> Draft {
        Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
    }

    fn tidied(text: &str, quotes: Quotes) -> String {
        let draft = read(text);
        testing::after(&draft, &format(&draft, quotes))
    }

    fn check(text: &str, expected: Expect) {
        expected.assert_eq(&tidied(text, Quotes::Kept));
    }

    #[test]
    fn marks_are_tidied() {
        check(
            "It leaks.[^a,4:12 ;b ] \"Yes.\"[CQ  ab  2026-03-04 #12ab :the board] It is old.[STET tk  quote:as she said it ]\n\nIt is.[TK:when? ] So.[ED:  trim ] All.[^a]\n",
            expect![[r#"
                It leaks.[^a, 4:12; b] "Yes."[CQ ab 2026-03-04 #12ab: the board] It is old.[STET tk quote: as she said it]

                It is.[TK: when?] So.[ED: trim] All.[^a]
            "#]],
        );
    }

    #[test]
    fn definitions_and_the_header_are_tidied() {
        check(
            "Slug:   pier\nDate: 2026-03-04\n\nIt leaks.\n\n[^a]:interview,Dana Ortiz;on record ;date :2026-03-04;\n\tby:Dana Ortiz  \n      url: https://port.example/a;b\n[@port]:  org,  Harlow Port\n",
            expect![[r#"
                Slug: pier
                Date: 2026-03-04

                It leaks.

                [^a]: interview, Dana Ortiz; on record; date: 2026-03-04;
                  by: Dana Ortiz
                  url: https://port.example/a;b
                [@port]: org, Harlow Port
            "#]],
        );
    }

    #[test]
    fn prose_is_left_as_it_is() {
        let prose =
            "The  wall , which is old ;leaks . [and so on : it does ]\n\n\"It's old,\" she said.\n";
        assert_eq!(tidied(prose, Quotes::Kept), prose);
    }

    #[test]
    fn what_was_just_typed_is_tidied_and_nothing_else() {
        let typed = |marked: &str, key: &str| {
            testing::asked(marked, |draft, _, at| {
                testing::after(draft, &format_typed(draft, Quotes::Kept, key, at))
            })
        };
        assert_eq!(
            typed("It leaks.[^a,2] It is.[^b,3]<|> So.\n", "]"),
            "It leaks.[^a,2] It is.[^b, 3] So.\n"
        );
        assert_eq!(
            typed(
                "It leaks.[^a,2]\n\n[^a]:email,a letter\n<|>[^b]:email\n",
                "\n"
            ),
            "It leaks.[^a,2]\n\n[^a]: email, a letter\n[^b]:email\n"
        );
        assert_eq!(typed("It leaks.[^a,2] x<|>\n", "x"), "It leaks.[^a,2] x\n");
    }

    /// What a draft means: its sources and people, its copy, its marks.
    fn meaning(text: &str) -> (String, Vec<String>, usize) {
        let draft = read(text);
        let squeezed = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let sources = draft.story.sources.iter().map(|one| {
            let fields = one.fields.iter();
            let fields: Vec<_> = fields
                .map(|(key, value, _)| (key, squeezed(value)))
                .collect();
            format!(
                "{} {} {} {:?} {fields:?}",
                one.id, one.kind, one.title, one.terms
            )
        });
        let entities = draft.story.entities.iter();
        let entities = entities.map(|one| format!("{} {} {}", one.id, one.kind, one.name));
        let all = sources.chain(entities).collect();
        let marks = draft.story.citations.len() + draft.story.marks.len();
        (strip(&draft.tree), all, marks)
    }

    fn holds(text: &str) {
        for quotes in [Quotes::Kept, Quotes::Curled] {
            let once = tidied(text, quotes);
            assert_eq!(tidied(&once, quotes), once, "tidied twice: {text:?}");
            let (before, after) = (meaning(text), meaning(&once));
            if quotes == Quotes::Kept {
                assert_eq!(after, before, "{text:?}");
            } else {
                let straight = |copy: &str| copy.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
                assert_eq!(straight(&after.0), straight(&before.0), "{text:?}");
            }
        }
    }

    #[test]
    fn a_tidied_story_means_what_it_meant() {
        for story in [
            include_str!("../../tests/stories/allotments.lede"),
            include_str!("../../tests/stories/court.lede"),
            include_str!("../../tests/stories/ferry.txt"),
            include_str!("../../tests/stories/investigation.lede"),
            include_str!("../../tests/stories/unfinished.lede"),
        ] {
            holds(story);
            holds(&story.replace("; ", ";").replace(": ", ":"));
            holds(&story.replace('\n', "\r\n"));
            holds(&story.replace(['“', '”'], "\""));
        }
    }

    #[test]
    fn a_bracket_that_is_escaped_closes_nothing() {
        holds("It leaks. [ED:\\]\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn what_nobody_writes_means_what_it_meant(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "[^a", "[@b", "]", "]:", ":", ";", ",", " ", "  ", "\n", "\n\n", "\t", "[CQ", "[STET", "[TK", "[ED:", "#12ab",
                    "quote", "by", "Dana Ortiz", "interview", "on record", "\"", "“", "”", "'", "It leaks.", "\\", "<!--", "-->",
                    "Slug", "http://a.example/x;y", "é", "\r\n", "^", "4:12", "###",
                ]),
                0..24,
            )
        ) {
            holds(&parts.concat());
        }
    }
}
