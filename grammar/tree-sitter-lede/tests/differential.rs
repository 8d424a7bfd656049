//! The grammar for editors against the server's own parser: the same blocks and the same inlines at the same places.
//!
//! Needs a C compiler: `cargo test -p tree-sitter-lede --features differential`.
#![cfg(feature = "differential")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::syntax::tree::{InlineKind, Shape, Sigil, Zone};
use onrecord::text::Text;
use tree_sitter::{InputEdit, Node, Parser, Point, Query, Tree};

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_lede::LANGUAGE.into())
        .expect("the parser's version is one that the library knows");
    parser
}

/// A block (its start twice) or an inline, with its kind.
type Found = (usize, usize, &'static str);

/// What the server's parser finds.
fn by_the_server(text: &str) -> Vec<Found> {
    let tree = onrecord::syntax::parse(&Text::new(text), None);
    let mut found = Vec::new();
    for placed in &tree.blocks {
        let block = &placed.block;
        let kind = match &block.shape {
            Shape::Blank => continue,
            Shape::Header(_) => "header",
            Shape::Paragraph if placed.zone == Zone::Copy => "paragraph",
            Shape::Paragraph => "scratch",
            Shape::Headline => "headline",
            Shape::Subhead(_) => "subhead",
            Shape::BlockQuote { .. } => "block_quote",
            Shape::PullQuote { .. } => "pull_quote",
            Shape::List(_) => "list",
            Shape::Table(_) => "table",
            Shape::Image(_) => "image",
            Shape::Correction { .. } => "correction",
            Shape::Credit => "credit",
            Shape::Rights => "rights",
            Shape::EndMark => "end_mark",
            Shape::Definition(definition) if definition.sigil == Sigil::Source => {
                "source_definition"
            }
            Shape::Definition(_) => "entity_definition",
            Shape::Comment => "comment_block",
            Shape::NotesMark => "notes_mark",
            Shape::StoryMark => "story_mark",
        };
        // The library steps over a byte order mark before the grammar sees it.
        let bom = if placed.start == 0 && text.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        found.push((placed.start + bom, placed.start + bom, kind));
        for inline in &block.inlines {
            let kind = match &inline.kind {
                InlineKind::Source(_) => "source_mark",
                InlineKind::Speaker(_) => "speaker_mark",
                InlineKind::Check { .. } => "check_mark",
                InlineKind::Stet { .. } => "stet_mark",
                InlineKind::Todo(_) => "todo_mark",
                InlineKind::TodoWord => "todo_word",
                InlineKind::Note { .. } => "note",
                InlineKind::Link { .. } => "link",
                InlineKind::Emphasis(_) => "emphasis",
                InlineKind::Strong(_) => "strong",
                InlineKind::Url => "url",
                InlineKind::Email => "email",
                InlineKind::Escape => "escape",
                InlineKind::Comment => "comment",
            };
            let span = placed.place(inline.span);
            found.push((span.start(), span.end(), kind));
        }
    }
    found.sort_unstable();
    found
}

const BLOCKS: &[&str] = &[
    "header",
    "paragraph",
    "scratch",
    "headline",
    "subhead",
    "block_quote",
    "pull_quote",
    "list",
    "table",
    "image",
    "correction",
    "credit",
    "rights",
    "end_mark",
    "source_definition",
    "entity_definition",
    "comment_block",
    "notes_mark",
    "story_mark",
];

const INLINES: &[&str] = &[
    "source_mark",
    "speaker_mark",
    "check_mark",
    "stet_mark",
    "todo_mark",
    "todo_word",
    "note",
    "link",
    "emphasis",
    "strong",
    "url",
    "email",
    "escape",
    "comment",
    "ERROR",
    "MISSING",
];

/// What the grammar finds.
fn by_the_grammar(tree: &Tree) -> Vec<Found> {
    fn walk(node: Node, found: &mut Vec<Found>) {
        let kind = node.kind();
        let (start, end) = (node.start_byte(), node.end_byte());
        if BLOCKS.contains(&kind) {
            found.push((start, start, kind));
        } else if INLINES.contains(&kind) || node.is_missing() {
            found.push((start, end, kind));
        }
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            walk(child, found);
        }
    }
    let mut found = Vec::new();
    walk(tree.root_node(), &mut found);
    found.sort_unstable();
    found
}

fn grammar_reads(text: &str) -> Vec<Found> {
    let tree = parser().parse(text, None).expect("no limit is set");
    by_the_grammar(&tree)
}

/// What only one of the two finds, for a person to read.
fn difference(text: &str) -> Option<String> {
    let (server, grammar) = (by_the_server(text), grammar_reads(text));
    if server == grammar {
        return None;
    }
    let only = |a: &[Found], b: &[Found]| {
        let left = a.iter().filter(|found| !b.contains(found));
        left.map(|(start, end, kind)| {
            format!(
                "{kind} {start}–{end} {:?}",
                text.get(*start..*end).unwrap_or("")
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
    };
    Some(format!(
        "{text:?}\n  only the server: {}\n  only the grammar: {}",
        only(&server, &grammar),
        only(&grammar, &server)
    ))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_example_of_the_specification_reads_the_same() {
    let page = fs::read_to_string(root().join("grammar/lede.md")).expect("the specification");
    let mut examples = 0;
    for part in page.split("```lede\n").skip(1) {
        let example = part.split("```\n").next().unwrap_or_default();
        examples += 1;
        if let Some(difference) = difference(example) {
            panic!("{difference}");
        }
    }
    assert!(examples >= 35, "{examples} examples were found");
}

#[test]
fn every_sample_story_reads_the_same_in_every_form() {
    let mut stories = 0;
    for file in fs::read_dir(root().join("tests/stories")).expect("the sample stories") {
        let path = file.expect("a file of the folder").path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        stories += 1;
        let forms = [
            text.clone(),
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            text.replace("\n\n", "\n"),
            format!("\u{feff}{text}"),
            text.replace(['“', '”'], "\""),
        ];
        for form in forms {
            if let Some(difference) = difference(&form) {
                panic!("{}:\n{difference}", path.display());
            }
        }
    }
    assert!(stories >= 10, "{stories} stories were found");
}

/// A small generator of numbers: the same ones on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What hostile texts are made of.
const SCRAPS: &[&str] = &[
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\r\n",
    "\r",
    "  ",
    "\t",
    " ",
    " ",
    " ",
    "word",
    "The board closed the pier on Monday.",
    "“It held,” said Dana Ortiz.",
    "[^",
    "[^a]",
    "[^a, p. 3; ^b]",
    "[^ a]",
    "[^a b]",
    "[@dana]",
    "[@",
    "[CQ",
    "[CQ MS 2026-03-03 #3f2a: read]",
    "[STET",
    "[STET claims: seen]",
    "[TK",
    "[TK: when]",
    "TK",
    "TKTK",
    "TKO",
    "[ED: ask]",
    "[ED:",
    "[FOO: x]",
    "[LEGAL: [^a] ok]",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](@dana)",
    "](^a, p. 2)",
    "](https://example.org/a_b)",
    "[words](^a)",
    "[sic]",
    "*",
    "**",
    "_",
    "*so*",
    "**so**",
    "_so_",
    "\\",
    "\\[",
    "\\TK",
    "\\<!--",
    "<!--",
    "-->",
    "<!-- no -->",
    "# ",
    "## ",
    "###",
    "# # #",
    "-30-",
    "— 30 —",
    "ENDS",
    "> ",
    ">> ",
    "> — Ann Lee",
    "- ",
    "* ",
    "• ",
    "| a | b |",
    "|---|",
    "|",
    "![",
    "![a](b.jpg \"Ann Lee\")",
    "CORRECTION (July 1): ",
    "UPDATE — ",
    "(With assistance from Bo Roy)",
    "© 2026",
    "Copyright 2026",
    "[^a]: interview, Dana; date: 2026-01-01; on record",
    "[@dana]: person, Dana; role: chair",
    "[^a]:",
    "Slug: pier",
    "Slug:",
    "Headline: x",
    "x-own: 1",
    "key: value",
    "---",
    "NOTES",
    "STORY",
    "NOTES:",
    "https://example.org.",
    "www.example.org",
    "a@b.org",
    "@",
    "\u{feff}",
    "\u{a0}",
    "é",
    "日本",
    "😀",
    "\u{2028}",
    "\"",
    "'",
    "’",
    "«",
    "»",
    ":",
    ";",
    ",",
    ".",
    "$",
    "#",
    "1",
    "a",
    "Z",
    "\0",
];

fn hostile(dice: &mut Dice) -> String {
    let scraps = 1 + dice.below(30);
    (0..scraps).map(|_| dice.one(SCRAPS)).collect()
}

/// Why the two may differ on a text, if it is a reason that is known; none if it is not.
fn reason(text: &str) -> Option<&'static str> {
    // A tree cannot hold two things that overlap; the grammar cuts the comment off where the mark ends. Of a link the
    // sign between words and target is such an end too.
    let found = by_the_server(text);
    let overlap = found.iter().enumerate().any(|(index, a)| {
        let later = found[index + 1..].iter().take_while(|b| b.0 < a.1);
        let mut comments = later.filter(|b| b.2 == "comment");
        comments.any(|b| b.1 >= a.1 || a.2 == "link")
    });
    overlap.then_some("a comment begins in a mark or link and goes over its end")
}

#[test]
fn hostile_texts_read_the_same_but_for_what_is_told() {
    let mut dice = Dice(0x5EED_1DEA);
    let mut reasons: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    let mut differ = 0;
    let texts = 20_000;
    for _ in 0..texts {
        let text = hostile(&mut dice);
        if let Some(difference) = difference(&text) {
            differ += 1;
            let reason = reason(&text).unwrap_or("for no known reason");
            let entry = reasons.entry(reason).or_insert((0, difference.clone()));
            entry.0 += 1;
            if difference.len() < entry.1.len() {
                entry.1 = difference;
            }
        }
    }
    for (reason, (count, first)) in &reasons {
        println!("{count} differ: {reason}, the shortest: {first}");
    }
    println!("{differ} of {texts} hostile texts read differently");
    assert!(!reasons.contains_key("for no known reason"), "{reasons:#?}");
    assert!(differ * 1000 <= texts * 5, "{differ} of {texts} differ");
}

fn point(text: &str, at: usize) -> Point {
    let before = &text[..at];
    let row = before.matches('\n').count();
    Point::new(
        row,
        at - before.rfind('\n').map_or(0, |newline| newline + 1),
    )
}

#[test]
fn an_edited_tree_is_the_fresh_tree() {
    let mut dice = Dice(0xED17);
    for _ in 0..2_000 {
        let mut text = hostile(&mut dice) + &hostile(&mut dice);
        let mut parser = parser();
        let mut tree = parser.parse(&text, None).expect("no limit is set");
        for _ in 0..5 {
            let ends: Vec<usize> = (0..=text.len())
                .filter(|&at| text.is_char_boundary(at))
                .collect();
            let from = dice.below(ends.len());
            let to = (from + dice.below(6)).min(ends.len() - 1);
            let (start, old_end) = (ends[from], ends[to]);
            let new = if dice.below(3) == 0 {
                ""
            } else {
                dice.one(SCRAPS)
            };
            let edited = format!("{}{new}{}", &text[..start], &text[old_end..]);
            let new_end = start + new.len();
            tree.edit(&InputEdit {
                start_byte: start,
                old_end_byte: old_end,
                new_end_byte: new_end,
                start_position: point(&text, start),
                old_end_position: point(&text, old_end),
                new_end_position: point(&edited, new_end),
            });
            tree = parser.parse(&edited, Some(&tree)).expect("no limit is set");
            assert_eq!(
                by_the_grammar(&tree),
                grammar_reads(&edited),
                "{text:?} became {edited:?}"
            );
            text = edited;
        }
    }
}

#[test]
fn every_query_names_what_the_grammar_has() {
    let language = tree_sitter_lede::LANGUAGE.into();
    for (name, query) in [
        ("highlights", tree_sitter_lede::HIGHLIGHTS_QUERY),
        ("folds", tree_sitter_lede::FOLDS_QUERY),
        ("injections", tree_sitter_lede::INJECTIONS_QUERY),
        ("locals", tree_sitter_lede::LOCALS_QUERY),
        ("textobjects", tree_sitter_lede::TEXTOBJECTS_QUERY),
    ] {
        if let Err(error) = Query::new(&language, query) {
            panic!("queries/{name}.scm: {error}");
        }
    }
}
