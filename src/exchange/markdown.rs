//! Markdown with footnotes, as pandoc and most content systems read it.

use super::Format;
use super::article::{Article, Block, BlockKind, Piece, Run};
use super::record::Record;

/// The format.
pub const FORMAT: Format = Format {
    name: "markdown",
    what: "Markdown with footnotes; `onrecord import` reads it back",
    extension: "md",
    write: |article, _| text(article).into_bytes(),
};

/// The footnotes: a record and a place in it, each once.
#[derive(Default)]
struct Notes<'a> {
    cited: Vec<(usize, Option<&'a str>)>,
}

impl<'a> Notes<'a> {
    /// The label of a citation: the record's id, with a number for each further place in it.
    fn label(&mut self, article: &Article, index: usize, locator: Option<&'a str>) -> String {
        if !self.cited.contains(&(index, locator)) {
            self.cited.push((index, locator));
        }
        self.name(article, index, locator)
    }

    fn name(&self, article: &Article, index: usize, locator: Option<&str>) -> String {
        let id = &article.records[index].id;
        let Some(_) = locator else {
            return id.clone();
        };
        let of_record = self
            .cited
            .iter()
            .filter(|one| one.0 == index && one.1.is_some());
        let place = of_record.take_while(|one| one.1 != locator).count();
        let number = place + 1;
        let mut label = format!("{id}--{number}");
        // Another record may be called so.
        while article.records.iter().any(|record| record.id == label) {
            label.push('-');
        }
        label
    }
}

fn text(article: &Article) -> String {
    let mut notes = Notes::default();
    let mut parts = Vec::new();
    parts.extend(front(article));
    parts.extend(
        article
            .head
            .headline
            .as_ref()
            .map(|words| format!("# {}", escaped(words))),
    );
    let mut bullet = "- ";
    let mut is_after_list = false;
    for block in &article.blocks {
        // A list right after a list has another bullet, else it were the same one.
        let is_list = block.kind == BlockKind::List;
        bullet = if is_list && is_after_list && bullet == "- " {
            "* "
        } else {
            "- "
        };
        is_after_list = is_list;
        let written = of_block(article, block, bullet, &mut notes);
        if !written.trim().is_empty() {
            parts.push(written);
        }
    }
    // Records that nothing cites are records still.
    let is_cited = |index: usize| notes.cited.iter().any(|one| one.0 == index);
    let rest: Vec<usize> = (0..article.records.len())
        .filter(|at| !is_cited(*at))
        .collect();
    notes.cited.extend(rest.into_iter().map(|at| (at, None)));
    let definitions = notes.cited.iter().map(|(index, locator)| {
        let label = notes.name(article, *index, *locator);
        format!(
            "[^{label}]: {}",
            definition(&article.records[*index], *locator)
        )
    });
    let definitions: Vec<String> = definitions.collect();
    parts.push(definitions.join("\n\n"));
    let mut text = parts.join("\n\n").trim_end().to_owned();
    text.push('\n');
    text
}

/// What the header says to this level, between lines of dashes.
fn front(article: &Article) -> Option<String> {
    let head = &article.head;
    let typed = head.fields.iter().filter(|field| {
        !matches!(
            field.0.to_lowercase().as_str(),
            "headline" | "hed" | "title"
        )
    });
    let mut fields: Vec<(String, String)> = typed.cloned().collect();
    let has = |fields: &[(String, String)], keys: &[&str]| {
        fields
            .iter()
            .any(|field| keys.contains(&field.0.to_lowercase().as_str()))
    };
    let moment = |moment: &Option<super::head::Moment>| moment.as_ref().map(|it| it.truncated());
    let told: [(&[&str], Option<String>); 13] = [
        (&["slug"], head.slug.clone()),
        (&["author", "by", "byline"], head.byline.clone()),
        (&["with", "contributors"], head.with.clone()),
        (&["date", "published"], moment(&head.date)),
        (&["deck", "dek", "standfirst", "summary"], head.deck.clone()),
        (&["desk", "section"], head.section.clone()),
        (&["updated"], moment(&head.updated)),
        (&["embargo"], moment(&head.embargo)),
        (&["lang"], head.lang.clone()),
        (&["version", "edition"], head.version.clone()),
        (&["id"], head.id.clone()),
        (&["rights"], head.rights.clone()),
        (
            &["tags", "topics"],
            (!head.tags.is_empty()).then(|| head.tags.join(", ")),
        ),
    ];
    for (keys, value) in told {
        if let Some(value) = value
            && !has(&fields, keys)
        {
            fields.push((keys[0].to_owned(), value));
        }
    }
    let lines = fields.iter().map(|(key, value)| {
        // What pandoc calls it.
        let key = if key.eq_ignore_ascii_case("by") {
            "author"
        } else {
            key
        };
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        format!("{}: \"{value}\"", key.to_lowercase())
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("---\n{}\n---", lines.join("\n")))
}

/// A record as it stands in a footnote: readable, and readable again.
fn definition(record: &Record, locator: Option<&str>) -> String {
    let mut lines = record.lines();
    lines.extend(locator.map(|place| format!("locator: {place}")));
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join(";\n    ")
}

fn of_block<'a>(
    article: &Article,
    block: &'a Block,
    bullet: &str,
    notes: &mut Notes<'a>,
) -> String {
    let mut lines = |sign: &str| {
        let items = block.items.iter();
        let items = items.map(|item| format!("{sign}{}", line(article, item, notes)));
        items.collect::<Vec<_>>()
    };
    let credited = |sign: &str, mut lines: Vec<String>, credit: &Option<String>| {
        if let Some(credit) = credit {
            lines.extend([
                sign.trim_end().to_owned(),
                format!("{sign}— {}", escaped(credit)),
            ]);
        }
        lines.join("\n")
    };
    match &block.kind {
        BlockKind::Subhead => lines("## ").join("\n"),
        BlockKind::List => lines(bullet).join("\n"),
        BlockKind::BlockQuote(credit) => credited("> ", lines("> "), credit),
        BlockKind::PullQuote(credit) => credited("> > ", lines("> > "), credit),
        BlockKind::Image(path, credit) => {
            let words = lines("").join(" ");
            // A footnote does not stand in the words of an image.
            let (caption, marks) = match words.find("[^") {
                Some(at) => words.split_at(at),
                None => (words.as_str(), ""),
            };
            let credit = credit.as_ref().map_or(String::new(), |credit| {
                format!(" \"{}\"", credit.replace('\\', "\\\\").replace('"', "\\\""))
            });
            format!(
                "![{}](<{}>{credit}){marks}",
                caption.trim(),
                path.replace(['<', '>'], "")
            )
        }
        BlockKind::Table(rows) => {
            let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let mut written: Vec<String> = Vec::new();
            for row in rows {
                let mut cells = Vec::new();
                for at in 0..width {
                    let cell = row.get(at).map_or(&[][..], |cell| cell);
                    cells.push(line(article, cell, notes));
                }
                written.push(format!("| {} |", cells.join(" | ")));
            }
            if !written.is_empty() {
                written.insert(1, format!("|{}", "---|".repeat(width)));
            }
            written.join("\n")
        }
        BlockKind::Comment(comment) => comment.clone(),
        BlockKind::Paragraph | BlockKind::Correction(_) | BlockKind::Credit | BlockKind::Rights => {
            lines("").join("\n\n")
        }
    }
}

fn line<'a>(article: &Article, pieces: &'a [Piece], notes: &mut Notes<'a>) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Run(run) => {
                let words = styled(run);
                // Behind a footnote these would make something else of it.
                match words.chars().next().filter(|_| out.ends_with(']')) {
                    Some('[') => out.push(' '),
                    Some('(' | ':') => out.push('\\'),
                    _ => {}
                }
                out.push_str(&words);
            }
            Piece::Cite(cites) => {
                for (index, locator) in cites {
                    let label = notes.label(article, *index, locator.as_deref());
                    out.push_str(&format!("[^{label}]"));
                }
            }
            Piece::Note(note) => {
                let space = if out.is_empty() || out.ends_with(' ') {
                    ""
                } else {
                    " "
                };
                out.push_str(&format!("{space}{}", note_mark(note)));
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
    escaped_start(out)
}

/// A note as CriticMarkup has it.
fn note_mark(note: &str) -> String {
    format!(
        "{{>>{}<<}}",
        note.replace("<<}", "< <}").replace('|', "\\|")
    )
}

fn styled(run: &Run) -> String {
    let text = &run.text;
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if start >= end {
        return text.clone();
    }
    let mut inner = escaped(&text[start..end]);
    if run.is_emphasis {
        inner = format!("*{inner}*");
    }
    if run.is_strong {
        inner = format!("**{inner}**");
    }
    if let Some(url) = &run.link {
        inner = format!("[{inner}](<{}>)", url.replace(['<', '>', '\n'], ""));
    }
    format!("{}{inner}{}", &text[..start], &text[end..])
}

/// A backslash before each sign that Markdown may read.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '~'
                | '$'
                | '^'
                | '&'
                | '{'
                | '}'
                | '@'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The same for what opens a line: `#`, `-`, `+`, `1.`
fn escaped_start(line: String) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &line[..digits]);
    }
    match line.starts_with(['#', '-', '+', '=', ':', '%']) {
        true => format!("\\{line}"),
        false => line,
    }
}
