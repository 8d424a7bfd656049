//! The story as a page of its own: plain HTML with schema.org data, no script, nothing from elsewhere.

use super::Format;
use super::article::{Article, Block, BlockKind, Piece, Run};
use super::json_ld;
use super::pieces::plain;
use super::xml::{address, element, escaped};

/// The format.
pub const FORMAT: Format = Format {
    name: "html",
    what: "a page of its own, with schema.org data for search engines",
    extension: "html",
    write: |article, _| page(article).into_bytes(),
};

const STYLE: &str = "body{max-width:40em;margin:2em auto;padding:0 1em;font:18px/1.5 Georgia,serif}\
h1{line-height:1.15}.deck{font-size:1.2em;color:#444}.byline,.credit,.rights,figcaption,footer{font-size:.85em;color:#555}\
.pullquote{font-size:1.4em;border-left:3px solid #999;margin:1em 0;padding-left:1em}\
.correction{border-top:1px solid #999;padding-top:.5em}td,th{border-top:1px solid #ccc;padding:.2em .8em;text-align:left}";

fn page(article: &Article) -> String {
    let head = &article.head;
    let title = head.headline.as_deref().or(head.slug.as_deref());
    let lang = escaped(head.language());
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         <script type=\"application/ld+json\">{}</script>\n</head>\n<body>\n<article lang=\"{lang}\">\n{}{}</article>\n</body>\n</html>\n",
        escaped(title.unwrap_or("Untitled")),
        json_ld::data(article),
        over(article),
        body(article)
    )
}

/// Headline, deck, byline.
pub fn over(article: &Article) -> String {
    let head = &article.head;
    let mut out = element("h1", head.headline.as_deref());
    let mut line = |class: &str, words: Option<String>| {
        if let Some(words) = words {
            out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escaped(&words)));
        }
    };
    line("deck", head.deck.clone());
    line("byline", head.byline.as_ref().map(|by| format!("By {by}")));
    line(
        "credit",
        head.with.as_ref().map(|with| format!("With {with}")),
    );
    if let Some(date) = &head.date {
        let (when, day) = (date.truncated(), date.day);
        out.push_str(&format!(
            "<p class=\"date\"><time datetime=\"{}\">{day}</time></p>\n",
            escaped(&when)
        ));
    }
    out
}

/// The copy.
pub fn body(article: &Article) -> String {
    let blocks = article.blocks.iter();
    let mut out: String = blocks.map(|block| of_block(article, block)).collect();
    let is_there = |rights: &String| {
        let mut blocks = article
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Rights);
        blocks.any(|block| block.items.iter().any(|item| plain(item) == *rights))
    };
    if let Some(rights) = article
        .head
        .rights
        .as_ref()
        .filter(|rights| !is_there(rights))
    {
        out.push_str(&format!("<p class=\"rights\">{}</p>\n", escaped(rights)));
    }
    out
}

fn of_block(article: &Article, block: &Block) -> String {
    let words = || {
        block
            .items
            .iter()
            .map(|item| line(article, item))
            .collect::<String>()
    };
    let class = |class: &str| format!("<p class=\"{class}\">{}</p>\n", words());
    match &block.kind {
        BlockKind::Paragraph => format!("<p>{}</p>\n", dated(article, block, words())),
        BlockKind::Subhead => format!("<h2>{}</h2>\n", words()),
        BlockKind::List => {
            let items = block.items.iter();
            let items = items.map(|item| format!("<li>{}</li>\n", line(article, item)));
            format!("<ul>\n{}</ul>\n", items.collect::<String>())
        }
        BlockKind::Table(rows) => table(article, rows),
        BlockKind::BlockQuote(credit) => {
            let by = credit.as_ref().map_or(String::new(), |by| {
                format!("<footer><cite>{}</cite></footer>\n", escaped(by))
            });
            format!("<blockquote>\n<p>{}</p>\n{by}</blockquote>\n", words())
        }
        BlockKind::PullQuote(credit) => {
            let by = credit.as_ref().map_or(String::new(), |by| {
                format!("<p class=\"credit\">{}</p>\n", escaped(by))
            });
            format!(
                "<aside class=\"pullquote\">\n<p>{}</p>\n{by}</aside>\n",
                words()
            )
        }
        BlockKind::Image(path, credit) => {
            let by = credit.as_ref().map_or(String::new(), |by| {
                format!(" <span class=\"credit\">{}</span>", escaped(by))
            });
            let alt = block
                .items
                .iter()
                .map(|item| plain(item))
                .collect::<String>();
            format!(
                "<figure>\n<img src=\"{}\" alt=\"{}\">\n<figcaption>{}{by}</figcaption>\n</figure>\n",
                escaped(&relative(path)),
                escaped(&alt),
                words()
            )
        }
        BlockKind::Correction(date) => {
            let time = date.map_or(String::new(), |date| {
                format!("<time datetime=\"{date}\"></time>")
            });
            format!("<p class=\"correction\">{time}{}</p>\n", words())
        }
        BlockKind::Credit => class("credit"),
        BlockKind::Rights => class("rights"),
        BlockKind::Comment(_) => String::new(),
    }
}

/// The dateline of a first paragraph in an element of its own.
fn dated(article: &Article, block: &Block, words: String) -> String {
    let place = article
        .head
        .dateline
        .as_deref()
        .filter(|_| block.number == Some(1));
    let place = place.map(escaped);
    match place.and_then(|place| Some((place.clone(), words.strip_prefix(place.as_str())?))) {
        Some((place, rest)) => format!("<span class=\"dateline\">{place}</span>{rest}"),
        None => words,
    }
}

/// A table; its first row is its head.
fn table(article: &Article, rows: &[Vec<Vec<Piece>>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::from("<table>\n");
    for (index, row) in rows.iter().enumerate() {
        let name = if index == 0 { "th" } else { "td" };
        let cell = |at: usize| {
            row.get(at)
                .map_or(String::new(), |cell| line(article, cell))
        };
        let cells = (0..width).map(|at| format!("<{name}>{}</{name}>", cell(at)));
        out.push_str(&format!("<tr>{}</tr>\n", cells.collect::<String>()));
    }
    out.push_str("</table>\n");
    out
}

/// A path or an address as an `img` may have it: spaces and their kin written out, and nothing that runs.
pub fn relative(path: &str) -> String {
    if let Some(address) = address(path) {
        return address;
    }
    let base = url::Url::parse("file:///x/").expect("it is an address");
    let joined = base.join(&path.replace(':', "%3A"));
    let path = joined.map_or(String::new(), |url| url.path().to_owned());
    path.trim_start_matches("/x/").to_owned()
}

/// The words of a block with what is told of them.
pub fn line(article: &Article, pieces: &[Piece]) -> String {
    let mut out = String::new();
    let runs: Vec<&Run> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Run(run) => Some(run),
            _ => None,
        })
        .collect();
    // Runs of one quotation stand in one element.
    let spoken = |run: &Run| run.rests.filter(|_| run.is_quoted);
    for group in runs.chunk_by(|a, b| spoken(a).is_some() && spoken(a) == spoken(b)) {
        let words: String = group.iter().map(|run| styled(run)).collect();
        let rests = spoken(group[0]).map(|at| &article.rests[at]);
        let voice = rests
            .and_then(|rests| rests.speaker.as_ref())
            .filter(|voice| voice.is_sure);
        match (rests, voice) {
            (Some(_), Some(voice)) => out.push_str(&format!(
                "<span class=\"q\" data-speaker=\"{}\">{words}</span>",
                escaped(&voice.name)
            )),
            (Some(_), None) => out.push_str(&format!("<span class=\"q\">{words}</span>")),
            (None, _) => out.push_str(&words),
        }
    }
    out
}

/// The words of a run with emphasis and link.
pub fn styled(run: &Run) -> String {
    let mut words = escaped(&run.text);
    if run.is_emphasis {
        words = format!("<em>{words}</em>");
    }
    if run.is_strong {
        words = format!("<strong>{words}</strong>");
    }
    match run.link.as_deref().and_then(address) {
        Some(url) => format!("<a href=\"{}\">{words}</a>", escaped(&url)),
        None => words,
    }
}
