//! A Word document, with records, checks and notes as comments beside the words they are about.

use std::io::{Cursor, Write};

use jiff::Timestamp;

use super::Format;
use super::article::{Article, Block, BlockKind, Piece, Run};
use super::head::stamp;
use super::xml::{address, escaped};

/// The format.
pub const FORMAT: Format = Format {
    name: "docx",
    what: "a Word document; at level desk or full with records, checks and notes as comments",
    extension: "docx",
    write: document,
};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A comment: who makes it, and what it says.
struct Comment {
    who: String,
    words: String,
}

/// What is gathered while the body is written.
#[derive(Default)]
struct Parts {
    comments: Vec<Comment>,
    links: Vec<String>,
}

fn document(article: &Article, now: Timestamp) -> Vec<u8> {
    let mut parts = Parts::default();
    let body = body(article, &mut parts);
    let main = format!(
        "{START}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let has_comments = !parts.comments.is_empty();
    let mut files = vec![
        ("[Content_Types].xml", content_types(has_comments)),
        (
            "_rels/.rels",
            format!(
                "{START}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
            ),
        ),
        ("docProps/core.xml", properties(article, now)),
        ("word/document.xml", main),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering()),
        (
            "word/_rels/document.xml.rels",
            relations(&parts, has_comments),
        ),
    ];
    if has_comments {
        files.push(("word/comments.xml", comments(&parts.comments, now)));
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in files {
        archive
            .start_file(name, options)
            .expect("memory takes a new file");
        archive
            .write_all(text.as_bytes())
            .expect("memory takes every byte");
    }
    archive
        .finish()
        .expect("memory takes the end of it")
        .into_inner()
}

fn content_types(has_comments: bool) -> String {
    let of = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let comments = match has_comments {
        true => {
            format!("<Override PartName=\"/word/comments.xml\" ContentType=\"{of}.comments+xml\"/>")
        }
        false => String::new(),
    };
    format!(
        "{START}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{of}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{of}.styles+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"{of}.numbering+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>{comments}</Types>"
    )
}

fn properties(article: &Article, now: Timestamp) -> String {
    let head = &article.head;
    let title = escaped(head.headline.as_deref().unwrap_or_default());
    let by = escaped(head.byline.as_deref().unwrap_or_default());
    let now = stamp(now);
    format!(
        "{START}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:creator>{by}</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{now}</dcterms:created></cp:coreProperties>"
    )
}

fn relations(parts: &Parts, has_comments: bool) -> String {
    let mut out = format!(
        "{START}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"{RELATIONS}/numbering\" Target=\"numbering.xml\"/>"
    );
    if has_comments {
        out.push_str(&format!(
            "<Relationship Id=\"rId3\" Type=\"{RELATIONS}/comments\" Target=\"comments.xml\"/>"
        ));
    }
    for (index, link) in parts.links.iter().enumerate() {
        out.push_str(&format!(
            "<Relationship Id=\"link{index}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
            escaped(link)
        ));
    }
    out.push_str("</Relationships>");
    out
}

fn comments(comments: &[Comment], now: Timestamp) -> String {
    let date = stamp(now);
    let each = comments.iter().enumerate().map(|(id, comment)| {
        let who = escaped(&comment.who);
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{who}\" w:date=\"{date}\" w:initials=\"{who}\"><w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:comment>",
            escaped(&comment.words)
        )
    });
    format!(
        "{START}<w:comments xmlns:w=\"{MAIN}\">{}</w:comments>",
        each.collect::<String>()
    )
}

/// Styles by their English names, which Word shows in the language of its user.
fn styles() -> String {
    let style = |id: &str, name: &str, look: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>{look}</w:style>"
        )
    };
    let sized = |size: u32| format!("<w:rPr><w:b/><w:sz w:val=\"{size}\"/></w:rPr>");
    let quote = "<w:pPr><w:ind w:left=\"720\" w:right=\"720\"/></w:pPr><w:rPr><w:i/></w:rPr>";
    [
        format!("{START}<w:styles xmlns:w=\"{MAIN}\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"160\"/></w:pPr><w:rPr><w:sz w:val=\"24\"/></w:rPr></w:style>"),
        style("Title", "Title", &sized(40)),
        style("Subtitle", "Subtitle", "<w:rPr><w:sz w:val=\"28\"/></w:rPr>"),
        style("Byline", "Byline", "<w:rPr><w:i/></w:rPr>"),
        style("Heading2", "heading 2", &format!("<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>{}", sized(28))),
        style("Quote", "Quote", quote),
        style("IntenseQuote", "Intense Quote", quote),
        style("Caption", "caption", "<w:rPr><w:i/><w:sz w:val=\"20\"/></w:rPr>"),
        style("ListBullet", "List Bullet", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>"),
        style("CommentText", "annotation text", "<w:rPr><w:sz w:val=\"20\"/></w:rPr>"),
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders></w:tblPr></w:style>".to_owned(),
        "</w:styles>".to_owned(),
    ]
    .concat()
}

fn numbering() -> String {
    format!(
        "{START}<w:numbering xmlns:w=\"{MAIN}\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

fn body(article: &Article, parts: &mut Parts) -> String {
    let head = &article.head;
    let plain = |style: &str, words: &str| {
        paragraph(
            style,
            &format!(
                "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
                escaped(words)
            ),
        )
    };
    let mut out = String::new();
    out.extend(head.headline.as_ref().map(|words| plain("Title", words)));
    out.extend(head.deck.as_ref().map(|words| plain("Subtitle", words)));
    out.extend(
        head.byline
            .as_ref()
            .map(|words| plain("Byline", &format!("By {words}"))),
    );
    for block in &article.blocks {
        out.push_str(&of_block(article, block, parts));
    }
    out
}

fn paragraph(style: &str, runs: &str) -> String {
    let style = match style {
        "" => String::new(),
        style => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
    };
    format!("<w:p>{style}{runs}</w:p>")
}

fn of_block(article: &Article, block: &Block, parts: &mut Parts) -> String {
    let credit = |style: &str, credit: &Option<String>| {
        let words = credit.as_ref().map(|credit| {
            let words = escaped(&format!("— {credit}"));
            paragraph(
                style,
                &format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>"),
            )
        });
        words.unwrap_or_default()
    };
    let mut styled = |style: &str| {
        let items = block.items.iter();
        items
            .map(|item| paragraph(style, &line(article, item, parts)))
            .collect::<String>()
    };
    match &block.kind {
        BlockKind::Subhead => styled("Heading2"),
        BlockKind::List => styled("ListBullet"),
        BlockKind::BlockQuote(by) => styled("Quote") + &credit("Quote", by),
        BlockKind::PullQuote(by) => styled("IntenseQuote") + &credit("IntenseQuote", by),
        BlockKind::Image(path, by) => {
            let run = |words: String| {
                let words = escaped(&words);
                format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
            };
            let credit = by
                .as_ref()
                .map_or(String::new(), |by| run(format!(" ({by})")));
            let caption = block.items.iter().map(|item| line(article, item, parts));
            let caption = caption.collect::<String>();
            paragraph(
                "Caption",
                &format!("{}{caption}{credit}", run(format!("[{path}] "))),
            )
        }
        BlockKind::Table(rows) => table(article, rows, parts),
        BlockKind::Comment(_) => String::new(),
        BlockKind::Paragraph | BlockKind::Correction(_) | BlockKind::Credit | BlockKind::Rights => {
            styled("")
        }
    }
}

fn table(article: &Article, rows: &[Vec<Vec<Piece>>], parts: &mut Parts) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return String::new();
    }
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        "<w:gridCol/>".repeat(width)
    );
    let empty = Vec::new();
    for row in rows {
        out.push_str("<w:tr>");
        for at in 0..width {
            let runs = line(article, row.get(at).unwrap_or(&empty), parts);
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>{}</w:tc>",
                paragraph("", &runs)
            ));
        }
        out.push_str("</w:tr>");
    }
    // Word wants a paragraph between a table and what follows.
    out.push_str("</w:tbl><w:p/>");
    out
}

/// The runs of a line; a comment begins where the stretch begins that it is about.
fn line(article: &Article, pieces: &[Piece], parts: &mut Parts) -> String {
    let mut out: Vec<(String, Option<usize>)> = Vec::new();
    for piece in pieces {
        let comment = match piece {
            Piece::Run(run) => {
                out.push((of_run(run, parts), run.rests));
                continue;
            }
            Piece::Comment(_) => continue,
            Piece::Cite(cites) => {
                let each = cites
                    .iter()
                    .map(|(index, place)| article.records[*index].line(place.as_deref()));
                Comment {
                    who: "Source".to_owned(),
                    words: each.collect::<Vec<_>>().join("; "),
                }
            }
            Piece::Note(note) => {
                let first = note.split([':', ' ']).next().unwrap_or_default();
                let is_name = !first.is_empty() && first.chars().all(|c| c.is_ascii_uppercase());
                Comment {
                    who: if is_name { first } else { "Note" }.to_owned(),
                    words: match note.strip_prefix(&format!("{first}:")) {
                        Some(rest) if is_name => rest.trim().to_owned(),
                        _ => note.clone(),
                    },
                }
            }
        };
        let id = parts.comments.len();
        parts.comments.push(comment);
        let last = out
            .iter()
            .rposition(|one| !one.0.contains("commentReference"));
        let about = last.and_then(|last| out[last].1);
        let start = match last {
            Some(last) if about.is_some() => {
                let before = out[..last]
                    .iter()
                    .rposition(|one| one.1 != about && !one.0.contains("w:comment"));
                before.map_or(0, |before| before + 1)
            }
            Some(last) => last,
            None => 0,
        };
        out.insert(
            start,
            (format!("<w:commentRangeStart w:id=\"{id}\"/>"), about),
        );
        out.push((
            format!(
                "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
            ),
            about,
        ));
    }
    out.into_iter().map(|one| one.0).collect()
}

fn of_run(run: &Run, parts: &mut Parts) -> String {
    let mut look = String::new();
    if run.is_strong {
        look.push_str("<w:b/>");
    }
    if run.is_emphasis {
        look.push_str("<w:i/>");
    }
    let link = run.link.as_deref().and_then(address);
    if link.is_some() {
        look.push_str("<w:color w:val=\"0563C1\"/><w:u w:val=\"single\"/>");
    }
    let look = match look.is_empty() {
        true => String::new(),
        false => format!("<w:rPr>{look}</w:rPr>"),
    };
    let words = format!(
        "<w:r>{look}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escaped(&run.text)
    );
    match link {
        Some(link) => {
            parts.links.push(link);
            format!(
                "<w:hyperlink r:id=\"link{}\">{words}</w:hyperlink>",
                parts.links.len() - 1
            )
        }
        None => words,
    }
}
