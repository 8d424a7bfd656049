//! A story from elsewhere, written as a draft: what would be read as markup there is escaped.

use super::article::{Block, BlockKind, Piece, Run};
use super::pieces::plain;
use crate::syntax::strip::printed_bare;
use crate::syntax::tree::{InlineKind, Shape, Zone};
use crate::text::Text;

/// A story from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The lines of the header.
    pub header: Vec<(String, String)>,
    /// The copy; a `Piece::Cite` points into `ids`.
    pub blocks: Vec<Block>,
    /// Ids of records that are cited.
    pub ids: Vec<String>,
    /// Records: the id, and what is said of it.
    pub records: Vec<(String, String)>,
}

/// The draft.
pub fn write(story: &Story) -> String {
    let mut parts = Vec::new();
    let fields = story
        .header
        .iter()
        .filter(|field| !field.1.trim().is_empty());
    let lines: Vec<String> = fields
        .map(|(key, value)| format!("{key}: {}", one_line(value)))
        .collect();
    if !lines.is_empty() {
        // Between lines of dashes any key will do.
        let known = [
            "slug", "headline", "by", "date", "deck", "status", "desk", "lang",
        ];
        let first = lines[0]
            .split(':')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        parts.push(match known.contains(&first.as_str()) {
            true => lines.join("\n"),
            false => format!("---\n{}\n---", lines.join("\n")),
        });
    }
    let blocks = story.blocks.iter().map(|block| of_block(story, block));
    parts.extend(blocks.filter(|block| !block.trim().is_empty()));
    let records = story
        .records
        .iter()
        .map(|(id, what)| format!("[^{id}]: {what}"));
    let records: Vec<String> = records.collect();
    if !records.is_empty() {
        parts.push("###".to_owned());
        parts.push(records.join("\n"));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_block(story: &Story, block: &Block) -> String {
    let lines = || {
        block
            .items
            .iter()
            .map(|item| line(story, item, Care::Signs))
            .collect::<Vec<_>>()
    };
    match &block.kind {
        BlockKind::Subhead => format!("## {}", lines().join(" ")),
        BlockKind::List => {
            let items = lines().into_iter().filter(|item| !item.trim().is_empty());
            items
                .map(|item| format!("- {}", item.trim()))
                .collect::<Vec<_>>()
                .join("\n")
        }
        BlockKind::Table(rows) => table(story, rows),
        BlockKind::BlockQuote(credit) => quote(">", &lines(), credit.as_deref()),
        BlockKind::PullQuote(credit) => quote(">>", &lines(), credit.as_deref()),
        BlockKind::Image(path, credit) => {
            let caption = lines().join(" ");
            let (caption, marks) = match caption.find("[^") {
                Some(at) => caption.split_at(at),
                None => (caption.as_str(), ""),
            };
            let credit = credit.as_ref().map_or(String::new(), |credit| {
                format!(
                    " \"{}\"",
                    one_line(credit).replace('"', "”").replace(')', "\u{ff09}")
                )
            });
            let path = path.replace(')', "%29").replace('"', "%22");
            format!("![{}]({path}{credit}){marks}", caption.trim())
        }
        BlockKind::Comment(comment) => comment.clone(),
        BlockKind::Paragraph | BlockKind::Correction(_) | BlockKind::Credit | BlockKind::Rights => {
            let items = block.items.iter();
            let paragraphs = items.map(|item| paragraph(story, item));
            paragraphs.collect::<Vec<_>>().join("\n\n")
        }
    }
}

fn quote(sign: &str, lines: &[String], credit: Option<&str>) -> String {
    let mut lines: Vec<String> = lines.iter().map(|line| format!("{sign} {line}")).collect();
    lines.extend(credit.map(|credit| format!("{sign} — {}", one_line(credit))));
    lines.join("\n")
}

fn table(story: &Story, rows: &[Vec<Vec<Piece>>]) -> String {
    let row = |row: &Vec<Vec<Piece>>| {
        let cells = row
            .iter()
            .map(|cell| line(story, cell, Care::Signs).replace('|', "\\|"));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    if let Some(first) = rows.first() {
        lines.insert(1, format!("|{}", "---|".repeat(first.len().max(1))));
    }
    lines.join("\n")
}

/// How many signs of a line are escaped.
#[derive(Clone, Copy, PartialEq)]
enum Care {
    /// None.
    Free,
    /// Those that open marks and emphasis.
    Signs,
    /// These, and whatever sign opens the line.
    Wary,
}

/// A paragraph that reads as one, with as few signs escaped as will do.
fn paragraph(story: &Story, pieces: &[Piece]) -> String {
    let light = [Care::Free, Care::Signs];
    let mut written = light.iter().map(|care| line(story, pieces, *care));
    let found = written.find(|written| reads_so(written, pieces));
    found.unwrap_or_else(|| line(story, pieces, Care::Wary))
}

/// Whether a line is read as a paragraph with just these words and marks.
fn reads_so(written: &str, pieces: &[Piece]) -> bool {
    let before = "The first paragraph stands here to be the first one of all, and it ends.\n\n";
    let tree = crate::syntax::parse(&Text::new(&format!("{before}{written}\n")), None);
    let mut blocks = tree.blocks.iter().skip(1);
    let (Some(one), None) = (blocks.next(), blocks.next()) else {
        return false;
    };
    let marks = pieces
        .iter()
        .filter(|piece| !matches!(piece, Piece::Run(_)))
        .count();
    let inlines = one.block.inlines.iter();
    let found = inlines.filter(|inline| {
        !matches!(
            inline.kind,
            InlineKind::TodoWord
                | InlineKind::Url
                | InlineKind::Email
                | InlineKind::Escape
                | InlineKind::Emphasis(_)
                | InlineKind::Strong(_)
                | InlineKind::Link { .. }
        )
    });
    let styled = |run: &Run| run.is_emphasis || run.is_strong || run.link.is_some();
    let runs = pieces.iter().filter_map(|piece| match piece {
        Piece::Run(run) if styled(run) => Some(
            usize::from(run.is_emphasis)
                + usize::from(run.is_strong)
                + usize::from(run.link.is_some()),
        ),
        _ => None,
    });
    let looks = one.block.inlines.iter().filter(|inline| {
        matches!(
            inline.kind,
            InlineKind::Emphasis(_) | InlineKind::Strong(_) | InlineKind::Link { .. }
        )
    });
    let is_paragraph = matches!(
        one.block.shape,
        Shape::Paragraph | Shape::Correction { .. } | Shape::Credit | Shape::Rights
    );
    is_paragraph
        && one.zone == Zone::Copy
        && one.block.problems.is_empty()
        && found.count() == marks
        && looks.count() == runs.sum::<usize>()
        && letters(&printed_bare(&one.block)) == letters(&plain(pieces))
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words and marks of a block in a line.
fn line(story: &Story, pieces: &[Piece], care: Care) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Run(run) => {
                let words = match care {
                    Care::Free => run.text.clone(),
                    Care::Signs => escaped(&run.text, false),
                    Care::Wary => escaped(&run.text, out.is_empty()),
                };
                // A mark and a colon that open a block were a definition.
                if out.ends_with(']') && words.starts_with(':') {
                    out.push('\\');
                }
                out.push_str(&styled(run, &words));
            }
            Piece::Cite(cites) => {
                let each = cites.iter().filter_map(|(index, locator)| {
                    let id = story.ids.get(*index)?;
                    let locator = locator.as_ref().map_or(String::new(), |place| {
                        format!(", {}", one_line(place).replace([']', ';'], " "))
                    });
                    Some(format!("{id}{locator}"))
                });
                let each: Vec<String> = each.collect();
                let last = out.rsplit(' ').next().unwrap_or_default();
                // An address would take the mark for a part of it.
                let is_address = last.contains("http") || last.contains("www.");
                if !each.is_empty() && is_address {
                    out.push(' ');
                }
                if !each.is_empty() {
                    out.push_str(&format!("[^{}]", each.join("; ")));
                }
            }
            Piece::Note(note) => {
                let space = if out.is_empty() || out.ends_with(' ') {
                    ""
                } else {
                    " "
                };
                out.push_str(&format!("{space}[{}]", note_words(note)));
            }
            Piece::Comment(comment) => {
                let space = if out.is_empty() || out.ends_with(' ') {
                    ""
                } else {
                    " "
                };
                out.push_str(&format!("{space}{comment}"));
            }
        }
    }
    out
}

/// What stands between the brackets of a mark: one that a draft knows, else a note to the desk. It never prints.
pub fn note_words(note: &str) -> String {
    const NAMES: &[&str] = &[
        "ED", "EDS", "DESK", "LEGAL", "NOTE", "PHOTO", "COPY", "FC", "CHECK",
    ];
    let words = one_line(note)
        .replace('[', "(")
        .replace(']', ")")
        .replace("<!--", "")
        .replace("-->", "");
    let first = words.split([':', ' ']).next().unwrap_or_default();
    let has_colon = words[first.len()..].starts_with(':');
    let is_mark = matches!(first, "CQ" | "STET" | "TK") || has_colon && NAMES.contains(&first);
    match is_mark {
        true => words,
        false => format!("ED: {words}"),
    }
}

fn styled(run: &Run, words: &str) -> String {
    let start = words.len() - words.trim_start().len();
    let end = words.trim_end().len();
    if start >= end {
        return words.to_owned();
    }
    let mut inner = words[start..end].to_owned();
    if run.is_emphasis {
        inner = format!("*{inner}*");
    }
    if run.is_strong {
        inner = format!("**{inner}**");
    }
    if let Some(url) = &run.link {
        let url = url
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29");
        inner = format!("[{inner}]({url})");
    }
    format!("{}{inner}{}", &words[..start], &words[end..])
}

/// A backslash before what may be read as a sign; addresses stay as they are.
fn escaped(words: &str, opens_block: bool) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for (index, word) in words.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let starts = ["http://", "https://", "www."];
        let address = starts.iter().filter_map(|start| word.find(start)).min();
        let address = address.unwrap_or(word.len());
        for (at, c) in word[..address].char_indices() {
            let is_sign = matches!(c, '\\' | '[' | '*' | '_' | '<' | '|' | '^')
                || opens_block && index == 0 && at == 0 && c.is_ascii_punctuation();
            if is_sign {
                out.push('\\');
            }
            out.push(c);
        }
        out.push_str(&word[address..]);
    }
    out
}
