//! Every example of grammar/lede.md, read: what stands below it in the page is what Onrecord makes of it.
//!
//! A block `lede` is a draft. The blocks that follow it say how it is read: `tree` (as `onrecord tree` prints it), `outline`
//! (what each block is to a reader), `covers` (the words that a mark is about), `quotes` (who says what), `copy` (the draft
//! without marks) and `findings`. `UPDATE=1 cargo test --test grammar` rewrites them; read the difference.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::story::outline::Label;
use onrecord::syntax::render::render;
use onrecord::syntax::strip::strip;
use onrecord::syntax::tree::InlineKind;
use onrecord::text::Text;

fn page_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/lede.md")
}

fn page() -> String {
    let page = fs::read_to_string(page_path()).expect("the specification is there");
    page.replace("\r\n", "\n")
}

/// A piece of the page: text, or a block with its name and content.
enum Piece {
    Text(String),
    Block { name: String, content: String },
}

fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```") else {
            text.push_str(line);
            continue;
        };
        pieces.push(Piece::Text(std::mem::take(&mut text)));
        let content = lines.by_ref().take_while(|line| *line != "```\n").collect();
        let name = name.trim().to_owned();
        pieces.push(Piece::Block { name, content });
    }
    pieces.push(Piece::Text(text));
    pieces
}

fn read(text: &str) -> Draft {
    Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
}

/// How a draft is read, in the words of a block with this name.
fn reading(name: &str, text: &str) -> Option<String> {
    let draft = read(text);
    Some(match name {
        "tree" => render(&draft.tree),
        "outline" => outline(&draft),
        "covers" => covers(&draft),
        "quotes" => quotes(&draft),
        "copy" => strip(&draft.tree),
        "findings" => findings(&draft),
        _ => return None,
    })
}

fn outline(draft: &Draft) -> String {
    let mut lines = String::new();
    for (placed, label) in draft.tree.blocks.iter().zip(&draft.story.labels) {
        let block = &placed.block;
        let words: Vec<&str> = block.content.of(&block.text).split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        let (first, dots) = match words.len() {
            0..=6 => (words.join(" "), ""),
            _ => (words[..6].join(" "), " …"),
        };
        let label = match label {
            Label::NotCopy => "no copy".to_owned(),
            Label::BlockQuote => "block quote".to_owned(),
            Label::PullQuote => "pull quote".to_owned(),
            label => format!("{label:?}").to_lowercase(),
        };
        let _ = writeln!(lines, "{label}: {first}{dots}");
    }
    lines
}

fn covers(draft: &Draft) -> String {
    let mut found: Vec<(usize, String)> = Vec::new();
    for citation in &draft.story.citations {
        let words = draft.words(citation.covers);
        let sign = match citation.sigil {
            onrecord::syntax::tree::Sigil::Source => '^',
            onrecord::syntax::tree::Sigil::Entity => '@',
        };
        let at = draft.span(citation.id).start();
        found.push((
            at,
            format!("{sign}{} covers ‹{}›", citation.name, one_line(words)),
        ));
    }
    for mark in &draft.story.marks {
        let block = &draft.tree.blocks[mark.block].block;
        let inline = &block.inlines[mark.inline];
        if inline.kind == InlineKind::TodoWord {
            continue;
        }
        let at = draft.tree.blocks[mark.block].start + inline.span.start();
        let (sign, words) = (inline.span.of(&block.text), draft.words(mark.covers));
        found.push((at, format!("{sign} covers ‹{}›", one_line(words))));
    }
    found.sort();
    found.into_iter().map(|(_, line)| line + "\n").collect()
}

fn quotes(draft: &Draft) -> String {
    let mut lines = String::new();
    for quote in &draft.story.quotes {
        let read = &draft.prose[quote.place.block].quotes[quote.index];
        let speaker = match &quote.binding {
            Some(binding) => draft.story.speaker(binding.speaker).name.as_str(),
            None => "nobody",
        };
        let words = one_line(draft.words(quote.place));
        let kind = format!("{:?}", read.kind).to_lowercase();
        let _ = writeln!(lines, "{words} {kind} → {}", one_line(speaker));
    }
    lines
}

fn findings(draft: &Draft) -> String {
    let config = Config::default();
    let base = Base::default();
    let scene = Scene {
        config: &config,
        base: &base,
        records: onrecord::notes::Records::none(),
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    let mut lines = String::new();
    let text = draft.text.to_string();
    for finding in rules::check(draft, &scene, None).findings.iter() {
        let words = one_line(finding.span.of(&text));
        let (severity, rule) = (finding.severity.name(), finding.rule);
        let _ = writeln!(lines, "{severity} {rule} at ‹{words}›");
    }
    if lines.is_empty() {
        lines.push_str("nothing\n");
    }
    lines
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_example_is_read_as_the_page_says() {
    let page = page();
    let mut made = String::with_capacity(page.len());
    let mut draft: Option<String> = None;
    let mut examples = 0;
    for piece in pieces(&page) {
        match piece {
            Piece::Text(text) => {
                // Words between two blocks end the example.
                if !text.trim().is_empty() {
                    draft = None;
                }
                made.push_str(&text);
            }
            Piece::Block { name, content } => {
                let content = match (name.as_str(), &draft) {
                    ("lede", _) => {
                        draft = Some(content.clone());
                        content
                    }
                    ("ebnf" | "text", _) => content,
                    (_, None) => panic!("a block {name} follows no example:\n{content}"),
                    (_, Some(text)) => {
                        examples += 1;
                        reading(&name, text)
                            .unwrap_or_else(|| panic!("a block of no known name: {name}"))
                    }
                };
                made.push_str(&format!("```{name}\n{content}```\n"));
            }
        }
    }
    assert!(examples >= 40, "{examples} readings are shown");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(page_path(), &made).expect("the page can be written");
    }
    let first = page
        .lines()
        .zip(made.lines())
        .zip(1..)
        .find(|((a, b), _)| a != b);
    if let Some(((page, read), line)) = first {
        panic!(
            "grammar/lede.md:{line} says\n  {page}\nand it is read\n  {read}\n(UPDATE=1 cargo test --test grammar rewrites the page)"
        );
    }
    assert_eq!(page, made);
}

#[test]
fn every_example_says_how_it_is_read() {
    let page = page();
    let pieces = pieces(&page);
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Block { name, content } = piece else {
            continue;
        };
        if name != "lede" {
            continue;
        }
        let next = pieces[index + 1..].iter().find(|piece| match piece {
            Piece::Text(text) => !text.trim().is_empty(),
            Piece::Block { .. } => true,
        });
        let is_told = matches!(next, Some(Piece::Block { name, .. }) if name != "lede");
        assert!(is_told, "an example without its reading:\n{content}");
    }
}

#[test]
fn every_example_put_together_is_the_file_and_strips_for_good() {
    for piece in pieces(&page()) {
        let Piece::Block { name, content } = piece else {
            continue;
        };
        if name != "lede" {
            continue;
        }
        let draft = read(&content);
        let blocks = draft.tree.blocks.iter().map(|placed| &*placed.block.text);
        assert_eq!(blocks.collect::<String>(), content);
        let once = strip(&draft.tree);
        assert_eq!(strip(&read(&once).tree), once, "{content}");
    }
}

#[test]
fn the_page_names_every_key_kind_note_and_field() {
    let page = page();
    let named = |word: &str| page.contains(&format!("`{word}`"));
    let words = onrecord::syntax::header::KEYS
        .iter()
        .chain(onrecord::syntax::definition::SOURCE_KINDS)
        .chain(onrecord::syntax::definition::ENTITY_KINDS)
        .chain(onrecord::syntax::inline::NOTES);
    let missing: Vec<_> = words.filter(|word| !named(word)).collect();
    assert!(
        missing.is_empty(),
        "grammar/lede.md does not name {missing:?}"
    );
}

#[test]
fn the_grammar_of_editors_knows_the_same_words() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/lede.tmLanguage.json");
    let grammar = fs::read_to_string(path).expect("the grammar is there");
    let keys = onrecord::syntax::header::KEYS.join("|");
    let notes = onrecord::syntax::inline::NOTES.join("|");
    assert!(grammar.contains(&keys), "the keys of the header: {keys}");
    assert!(grammar.contains(&notes), "the names of notes: {notes}");
    assert!(grammar.contains("\"scopeName\": \"text.lede\""));
}
