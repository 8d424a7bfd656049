//! Marks, definitions and the header tidied: the blanks and signs between their parts, never a word. Quotation marks
//! are curled only where somebody asks for it.

use crate::draft::Draft;
use crate::features::curl;
use crate::syntax::tree::{Block, Cite, Definition, Header, Inline, InlineKind, Shape};
use crate::text::edit::Edit;
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
    edits.sort_by_key(|edit| edit.span);
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

/// Edits of a block, in bytes from its start.
fn of_block(block: &Block) -> Vec<Edit> {
    let mut tidy = Tidy {
        text: &block.text,
        edits: Vec::new(),
    };
    match &block.shape {
        Shape::Header(header) => tidy.header(header),
        Shape::Definition(definition) => tidy.definition(definition, block.content),
        _ => {}
    }
    let inlines = block.inlines.iter();
    inlines.for_each(|inline| tidy.mark(inline));
    tidy.edits
}

struct Tidy<'a> {
    text: &'a str,
    edits: Vec<Edit>,
}

impl Tidy<'_> {
    /// Makes what stands between two parts `wanted`, if it is nothing but blanks and the signs of `wanted`.
    fn between(&mut self, from: usize, to: usize, wanted: &str) {
        let Some(gap) = self.text.get(from..to.max(from)) else {
            return;
        };
        let signs = |words: &str| words.split_whitespace().collect::<String>();
        if gap != wanted && signs(gap) == signs(wanted) && !gap.contains(['\n', '\r']) {
            self.edits
                .push(Edit::replace(Span::new(from, to), wanted.to_owned()));
        }
    }

    /// `Key: value`
    fn header(&mut self, header: &Header) {
        for field in &header.fields {
            let (from, to) = (field.key.end(), field.value.start());
            if field.value.is_empty() {
                continue;
            }
            let is_quoted = self.text.get(..to).is_some_and(|text| text.ends_with('"'));
            self.between(from, to - usize::from(is_quoted), ": ");
        }
    }

    /// `[^id]: kind, title; field: value; terms`
    fn definition(&mut self, definition: &Definition, content: Span) {
        let mut parts: Vec<(Span, Part)> = Vec::new();
        parts.extend(definition.kind.map(|span| (span, Part::Kind)));
        parts.extend(definition.title.map(|span| (span, Part::Segment)));
        for field in &definition.fields {
            parts.push((field.key, Part::Key));
            if !field.value.is_empty() {
                parts.push((field.value, Part::Segment));
            }
        }
        let terms = definition.terms.iter();
        parts.extend(terms.map(|span| (*span, Part::Segment)));
        parts.sort_by_key(|(span, _)| (span.start(), span.end()));
        let mut last = (Span::new(content.start(), definition.id.end()), Part::Id);
        for (span, part) in parts {
            let (from, to) = (last.0.end(), span.start());
            if from > to {
                return;
            }
            let gap = &self.text[from..to];
            if gap.contains(['\n', '\r']) {
                self.line_end(from, to);
            } else {
                let wanted = match (last.1, gap.contains(',')) {
                    (Part::Id, _) => "]: ",
                    (Part::Kind, true) => ", ",
                    (Part::Kind, false) if !gap.contains(';') => " ",
                    (Part::Key, _) => ": ",
                    (Part::Kind | Part::Segment, _) => "; ",
                };
                self.between(from, to, wanted);
            }
            last = (span, part);
        }
    }

    /// Between two lines of a definition: nothing before the end of the first, two blanks before the next.
    fn line_end(&mut self, from: usize, to: usize) {
        let gap = &self.text[from..to];
        let is_bare = gap.chars().all(|c| c.is_whitespace() || c == ';');
        let (Some(end), true) = (gap.find(['\n', '\r']), is_bare) else {
            return;
        };
        let blanks = gap[..end].trim_end_matches([' ', '\t']).len();
        if blanks < end {
            self.edits.push(Edit::replace(
                Span::new(from + blanks, from + end),
                String::new(),
            ));
        }
        let start = gap.rfind('\n').map_or(end, |end| end + 1);
        let indent = &gap[start..];
        if indent != "  " && !indent.is_empty() && indent.trim().is_empty() {
            self.edits
                .push(Edit::replace(Span::new(from + start, to), "  ".to_owned()));
        }
    }

    fn mark(&mut self, inline: &Inline) {
        let (start, end) = (inline.span.start(), inline.span.end());
        // One without its bracket, or with an escaped one, is an error, and stays as it was typed; so does one that another
        // mark closes.
        let inside = inline.span.of(self.text).strip_prefix('[');
        let inside = inside.and_then(|words| words.strip_suffix(']'));
        if inside.is_none_or(|words| words.contains('[') || words.ends_with('\\')) {
            return;
        }
        let close = end.saturating_sub(1);
        match &inline.kind {
            InlineKind::Source(cites) => self.cites(cites, close),
            InlineKind::Speaker(id) => self.between(id.end(), close, ""),
            InlineKind::Check {
                who,
                date,
                hash,
                note,
            } => {
                let mut last = start + "[CQ".len();
                for span in [who, date].into_iter().flatten() {
                    self.between(last, span.start(), " ");
                    last = span.end();
                }
                if let Some(hash) = hash {
                    self.between(last, hash.start(), " #");
                    last = hash.end();
                }
                match note {
                    Some(note) => {
                        self.between(last, note.start(), ": ");
                        self.between(note.end(), close, "");
                    }
                    None => self.between(last, close, ""),
                }
            }
            InlineKind::Stet { rules, reason } => {
                let mut last = start + "[STET".len();
                for rule in rules {
                    self.between(last, rule.start(), " ");
                    last = rule.end();
                }
                if let Some(reason) = reason {
                    self.between(last, reason.start(), ": ");
                    self.between(reason.end(), close, "");
                }
            }
            InlineKind::Todo(Some(words)) => {
                let from = start + "[TK".len();
                let gap = self.text.get(from..words.start()).unwrap_or_default();
                let wanted = if gap.contains(':') { ": " } else { " " };
                self.between(from, words.start(), wanted);
                self.between(words.end(), close, "");
            }
            InlineKind::Note { who, text } => {
                if !text.is_empty() {
                    self.between(who.end(), text.start(), ": ");
                    self.between(text.end(), close, "");
                }
            }
            InlineKind::Todo(None)
            | InlineKind::TodoWord
            | InlineKind::Link { .. }
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Url
            | InlineKind::Email
            | InlineKind::Escape
            | InlineKind::Comment => {}
        }
    }

    /// `[^id, locator; id2]`
    fn cites(&mut self, cites: &[Cite], close: usize) {
        let mut last: Option<usize> = None;
        for cite in cites {
            if let Some(last) = last {
                let gap = self.text.get(last..cite.id.start()).unwrap_or_default();
                let wanted = if gap.contains('^') { "; ^" } else { "; " };
                self.between(last, cite.id.start(), wanted);
            }
            last = Some(cite.id.end());
            if let Some(locator) = cite.locator {
                self.between(cite.id.end(), locator.start(), ", ");
                last = Some(locator.end());
            }
        }
        if let Some(last) = last {
            self.between(last, close, "");
        }
    }
}

/// What a part of a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The id, with what stands before it.
    Id,
    /// `interview`
    Kind,
    /// The key of a field.
    Key,
    /// A title, a value, terms: what a semicolon ends.
    Segment,
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
