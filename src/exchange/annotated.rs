//! The story for fact-checkers: the copy in one column, coloured by what it rests on, and beside each paragraph who
//! says it, on which record, and whether it was checked. It prints, needs nothing beside it and runs nothing.

use super::Format;
use super::article::{Article, Block, BlockKind, Piece, Rests, Run};
use super::html::{over, styled};
use super::record::Record;
use super::xml::{address, escaped};

/// The format.
pub const FORMAT: Format = Format {
    name: "annotated",
    what: "a page for fact-checkers: what each sentence rests on, beside the copy",
    extension: "html",
    write: |article, _| page(article).into_bytes(),
};

const STYLE: &str = "body{margin:1.5cm;font:11pt/1.5 Georgia,serif}h1{font-size:18pt}.deck{font-size:13pt}\
.key,.byline,.date,.credit{font-size:9pt;color:#555}table.story{border-collapse:collapse;width:100%;table-layout:fixed}\
table.story>tbody>tr>td{vertical-align:top;padding:.4em .8em;border-top:1px solid #ccc}td.no{width:2em;color:#888}\
td.beside{width:38%;font:9pt/1.4 sans-serif}td.beside ul{margin:0;padding:0;list-style:none}td.beside li{margin-bottom:.5em}\
.checked{background:#d9f0d3}.sourced{background:#e3eefb}.said{background:#f4f4f4}.open{background:#fde4c8}.changed{background:#f8c6c6}\
.box{display:inline-block;width:.8em;height:.8em;border:1px solid #333;margin-right:.4em}.box.done{background:#333}\
.note{color:#a00;font:9pt sans-serif}sup a{text-decoration:none}@media print{tr{break-inside:avoid}}";

fn page(article: &Article) -> String {
    let title = article
        .head
        .headline
        .as_deref()
        .or(article.head.slug.as_deref());
    let title = escaped(title.unwrap_or("Untitled"));
    let blocks = article.blocks.iter();
    let rows: String = blocks.map(|block| row(article, block)).collect();
    let story = match rows.is_empty() {
        true => String::new(),
        false => format!("<table class=\"story\">\n<tbody>\n{rows}</tbody>\n</table>\n"),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}: what it rests on</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         {}{}{}{}</body>\n</html>\n",
        over(article),
        key(article),
        story,
        lists(article)
    )
}

/// What the colours mean, and how much is open.
fn key(article: &Article) -> String {
    let count = |class: &str| {
        article
            .rests
            .iter()
            .filter(|rests| state(rests) == class)
            .count()
    };
    let meanings = [
        ("checked", "checked"),
        ("sourced", "on a record"),
        ("said", "said by somebody, no record"),
        ("open", "in the story’s own voice, nothing named"),
        ("changed", "changed since it was checked"),
    ];
    let told = meanings
        .iter()
        .map(|(class, means)| format!("<span class=\"{class}\">{means}: {}</span> ", count(class)));
    format!("<p class=\"key\">{}</p>\n", told.collect::<String>())
}

/// The colour of a stretch.
fn state(rests: &Rests) -> &'static str {
    match rests {
        _ if rests.is_changed => "changed",
        _ if rests.checked.is_some() => "checked",
        _ if !rests.records.is_empty() => "sourced",
        _ if rests.speaker.is_some() => "said",
        _ => "open",
    }
}

fn row(article: &Article, block: &Block) -> String {
    let words = |items: &[Vec<Piece>]| {
        let lines = items.iter().map(|item| line(article, item));
        lines.collect::<Vec<_>>().join("<br>")
    };
    let copy = match &block.kind {
        BlockKind::Comment(_) => return String::new(),
        BlockKind::Subhead => format!("<h2>{}</h2>", words(&block.items)),
        BlockKind::Table(rows) => {
            let rows = rows.iter().map(|row| {
                let cells = row.iter().map(|cell| line(article, cell));
                cells.collect::<Vec<_>>().join(" | ")
            });
            rows.collect::<Vec<_>>().join("<br>")
        }
        BlockKind::BlockQuote(Some(by)) | BlockKind::PullQuote(Some(by)) => {
            format!("{}<br>— {}", words(&block.items), escaped(by))
        }
        BlockKind::Image(path, credit) => {
            let credit = credit.as_deref().unwrap_or_default();
            format!(
                "[{}] {} {}",
                escaped(path),
                words(&block.items),
                escaped(credit)
            )
        }
        _ => words(&block.items),
    };
    let number = block
        .number
        .map_or(String::new(), |number| number.to_string());
    let mut seen = Vec::new();
    let mut beside = String::new();
    for piece in block.pieces() {
        if let Piece::Run(Run {
            rests: Some(at), ..
        }) = piece
            && !seen.contains(at)
        {
            seen.push(*at);
            beside.push_str(&about(article, &article.rests[*at]));
        }
    }
    let beside = match beside.is_empty() {
        true => String::new(),
        false => format!("<ul>\n{beside}</ul>"),
    };
    format!(
        "<tr>\n<td class=\"no\">{number}</td>\n<td>{copy}</td>\n<td class=\"beside\">{beside}</td>\n</tr>\n"
    )
}

/// What is to be said of a stretch: a box to tick, who says it, on which record.
fn about(article: &Article, rests: &Rests) -> String {
    let done = if rests.checked.is_some() && !rests.is_changed {
        " done"
    } else {
        ""
    };
    let words: Vec<&str> = rests.words.split_whitespace().collect();
    let start = words.iter().take(6).copied().collect::<Vec<_>>().join(" ");
    let more = if words.len() > 6 { " …" } else { "" };
    let mut parts = vec![format!(
        "{}{more} <small>({})</small>",
        escaped(&start),
        rests.kind.name()
    )];
    if let Some(voice) = &rests.speaker {
        let probably = if voice.is_sure { "" } else { "probably " };
        parts.push(format!("{probably}{}", escaped(&voice.name)));
    }
    for (index, locator) in &rests.records {
        let record = &article.records[*index];
        let place = locator
            .as_ref()
            .map_or(String::new(), |place| format!(", {}", escaped(place)));
        parts.push(format!(
            "<a href=\"#{}\">{}</a>{place}",
            anchor(*index),
            escaped(&record.title)
        ));
    }
    let undeclared = rests.undeclared.iter();
    parts.extend(undeclared.map(|id| format!("{} (not declared)", escaped(id))));
    if rests.speaker.is_none() && rests.records.is_empty() {
        parts.push("nobody named".to_owned());
    }
    if let Some(checked) = &rests.checked {
        let changed = if rests.is_changed {
            ", changed since"
        } else {
            ""
        };
        parts.push(format!("checked by {}{changed}", escaped(checked)));
    }
    if rests.open_notes > 0 {
        parts.push(format!("{} open", rests.open_notes));
    }
    format!(
        "<li><span class=\"box{done}\"></span>{}</li>\n",
        parts.join(" · ")
    )
}

fn anchor(index: usize) -> String {
    format!("src-{}", index + 1)
}

fn line(article: &Article, pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Run(run) => {
                let words = styled(run);
                match run.rests.map(|at| state(&article.rests[at])) {
                    Some(class) => out.push_str(&format!("<span class=\"{class}\">{words}</span>")),
                    None => out.push_str(&words),
                }
            }
            Piece::Cite(cites) => {
                for (index, _) in cites {
                    let number = index + 1;
                    out.push_str(&format!(
                        "<sup><a href=\"#{}\">{number}</a></sup>",
                        anchor(*index)
                    ));
                }
            }
            Piece::Note(note) => {
                out.push_str(&format!(" <span class=\"note\">[{}]</span>", escaped(note)))
            }
            Piece::Comment(_) => {}
        }
    }
    out
}

/// The records, numbered; then who was asked in vain.
fn lists(article: &Article) -> String {
    let mut out = String::new();
    if !article.records.is_empty() {
        out.push_str("<h2>Sources</h2>\n<ol>\n");
        for (index, record) in article.records.iter().enumerate() {
            out.push_str(&format!(
                "<li id=\"{}\">{}</li>\n",
                anchor(index),
                source(record)
            ));
        }
        out.push_str("</ol>\n");
    }
    if !article.silent.is_empty() {
        let names = article
            .silent
            .iter()
            .map(|name| format!("<li>{}</li>\n", escaped(name)));
        out.push_str(&format!(
            "<h2>Did not answer</h2>\n<ul>\n{}</ul>\n",
            names.collect::<String>()
        ));
    }
    out
}

fn source(record: &Record) -> String {
    let mut parts = vec![escaped(&record.title)];
    parts.extend(
        [&record.kind, &record.terms]
            .iter()
            .filter(|one| !one.is_empty())
            .map(|one| escaped(one)),
    );
    for (key, value) in &record.fields {
        let shown = match address(value).filter(|_| matches!(key.as_str(), "url" | "archive")) {
            Some(url) => format!("<a href=\"{}\">{}</a>", escaped(&url), escaped(value)),
            None => escaped(value),
        };
        parts.push(format!("{}: {shown}", escaped(key)));
    }
    parts.join(" · ")
}
