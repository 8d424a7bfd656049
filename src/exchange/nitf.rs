//! NITF 3.6, the IPTC's markup of a story, as it stands inside NewsML-G2.

use super::article::{Article, Block, BlockKind, Piece, Run};
use super::ninjs::{notes, status, uri};
use super::pieces::plain;
use super::xml::{address, escaped};

/// The element of a story.
pub fn nitf(article: &Article) -> String {
    format!(
        "<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\" version=\"-//IPTC//DTD NITF 3.6//EN\">\n{}<body>\n{}<body.content>\n{}</body.content>\n{}</body>\n</nitf>\n",
        head(article),
        over(article),
        article
            .blocks
            .iter()
            .map(|block| of_block(article, block))
            .collect::<String>(),
        end(article)
    )
}

fn head(article: &Article) -> String {
    let head = &article.head;
    let status = match (head.embargo.is_some(), status(article)) {
        (true, "withheld") => "embargoed",
        (_, status) => status,
    };
    let title = head
        .headline
        .as_deref()
        .or(head.slug.as_deref())
        .unwrap_or("Untitled");
    let mut out = format!(
        "<head>\n<title>{}</title>\n<docdata management-status=\"{status}\">\n<doc-id id-string=\"{}\"/>\n",
        escaped(title),
        escaped(&uri(article))
    );
    if let Some(urgency) = head.urgency {
        out.push_str(&format!("<urgency ed-urg=\"{}\"/>\n", urgency.min(8)));
    }
    let basic = |words: String| words.replace(['-', ':'], "");
    if let Some(date) = &head.date {
        let norm = basic(date.day.to_string());
        out.push_str(&format!("<date.issue norm=\"{norm}\"/>\n"));
    }
    if let Some(embargo) = head
        .embargo
        .as_ref()
        .and_then(|moment| moment.exact.as_deref())
    {
        // The basic form keeps the sign of the offset.
        let (day, time) = embargo.split_at(10);
        let norm = format!("{}{}", basic(day.to_owned()), time.replace(':', ""));
        out.push_str(&format!("<date.release norm=\"{}\"/>\n", escaped(&norm)));
    }
    for note in notes(article) {
        out.push_str(&format!("<ed-msg info=\"{}\"/>\n", escaped(&note)));
    }
    if let Some(slug) = &head.slug {
        out.push_str(&format!("<du-key key=\"{}\"/>\n", escaped(slug)));
    }
    if let Some(rights) = &head.rights {
        out.push_str(&format!(
            "<doc.copyright holder=\"{}\"/>\n",
            escaped(rights)
        ));
    }
    if !head.tags.is_empty() {
        let tags = head.tags.iter();
        let tags = tags.map(|tag| format!("<keyword key=\"{}\"/>", escaped(tag)));
        out.push_str(&format!(
            "<key-list>{}</key-list>\n",
            tags.collect::<String>()
        ));
    }
    out.push_str("</docdata>\n</head>\n");
    out
}

fn over(article: &Article) -> String {
    let head = &article.head;
    let mut out = String::from("<body.head>\n");
    if let Some(headline) = &head.headline {
        let deck = head.deck.as_ref().map_or(String::new(), |deck| {
            format!("<hl2>{}</hl2>", escaped(deck))
        });
        out.push_str(&format!(
            "<hedline><hl1>{}</hl1>{deck}</hedline>\n",
            escaped(headline)
        ));
    }
    if let Some(rights) = &head.rights {
        out.push_str(&format!("<rights>{}</rights>\n", escaped(rights)));
    }
    if let Some(by) = &head.byline {
        out.push_str(&format!("<byline>{}</byline>\n", escaped(by)));
    }
    if let Some(place) = &head.dateline {
        out.push_str(&format!(
            "<dateline><location>{}</location></dateline>\n",
            escaped(place)
        ));
    }
    if let (None, Some(deck)) = (&head.headline, &head.deck) {
        out.push_str(&format!("<abstract><p>{}</p></abstract>\n", escaped(deck)));
    }
    out.push_str("</body.head>\n");
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
    match &block.kind {
        BlockKind::Paragraph => {
            let lede = if block.number == Some(1) {
                " lede=\"true\""
            } else {
                ""
            };
            format!("<p{lede}>{}</p>\n", words())
        }
        BlockKind::Subhead => format!("<hl2>{}</hl2>\n", words()),
        BlockKind::List => {
            let items = block.items.iter();
            let items = items.map(|item| format!("<li>{}</li>\n", line(article, item)));
            format!("<ul>\n{}</ul>\n", items.collect::<String>())
        }
        BlockKind::Table(rows) => {
            let row = |(index, row): (usize, &Vec<Vec<Piece>>)| {
                let name = if index == 0 { "th" } else { "td" };
                let cells = row.iter();
                let cells = cells.map(|cell| format!("<{name}>{}</{name}>", line(article, cell)));
                format!("<tr>{}</tr>\n", cells.collect::<String>())
            };
            let full = rows.iter().filter(|row| !row.is_empty()).enumerate();
            format!("<table>\n{}</table>\n", full.map(row).collect::<String>())
        }
        BlockKind::BlockQuote(credit) | BlockKind::PullQuote(credit) => {
            let source = credit.as_ref().map_or(String::new(), |by| {
                format!(" quote-source=\"{}\"", escaped(by))
            });
            let by = credit.as_ref().map_or(String::new(), |by| {
                format!("<credit>{}</credit>", escaped(by))
            });
            let class = match block.kind {
                BlockKind::PullQuote(_) => " class=\"pullquote\"",
                _ => "",
            };
            format!(
                "<bq{class}{source}><block><p>{}</p></block>{by}</bq>\n",
                words()
            )
        }
        BlockKind::Image(path, credit) => {
            let by = credit.as_ref().map_or(String::new(), |by| {
                format!("<media-producer>{}</media-producer>", escaped(by))
            });
            format!(
                "<media media-type=\"image\"><media-reference source=\"{}\"/><media-caption>{}</media-caption>{by}</media>\n",
                escaped(path),
                words()
            )
        }
        BlockKind::Correction(_) => format!(
            "<note noteclass=\"editorsnote\"><body.content><p>{}</p></body.content></note>\n",
            words()
        ),
        BlockKind::Credit | BlockKind::Rights | BlockKind::Comment(_) => String::new(),
    }
}

/// Who helped, and the copyright line.
fn end(article: &Article) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(
        article
            .head
            .with
            .as_ref()
            .map(|with| escaped(&format!("With {with}"))),
    );
    for block in &article.blocks {
        if matches!(block.kind, BlockKind::Credit | BlockKind::Rights) {
            lines.extend(block.items.iter().map(|item| escaped(&plain(item))));
        }
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "<body.end><tagline>{}</tagline></body.end>\n",
            lines.join(" ")
        ),
    }
}

/// The words of a block; a quotation says who says it.
fn line(article: &Article, pieces: &[Piece]) -> String {
    let runs: Vec<&Run> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Run(run) => Some(run),
            _ => None,
        })
        .collect();
    let spoken = |run: &Run| run.rests.filter(|_| run.is_quoted);
    let mut out = String::new();
    for group in runs.chunk_by(|a, b| spoken(a).is_some() && spoken(a) == spoken(b)) {
        let words: String = group.iter().map(|run| styled(run)).collect();
        let voice = spoken(group[0]).and_then(|at| article.rests[at].speaker.as_ref());
        match (spoken(group[0]), voice.filter(|voice| voice.is_sure)) {
            (Some(_), Some(voice)) => {
                let name = escaped(&voice.name);
                out.push_str(&format!("<q quote-source=\"{name}\">{words}</q>"));
            }
            (Some(_), None) => out.push_str(&format!("<q>{words}</q>")),
            (None, _) => out.push_str(&words),
        }
    }
    out
}

fn styled(run: &Run) -> String {
    let mut words = escaped(&run.text);
    if run.is_emphasis {
        words = format!("<em>{words}</em>");
    }
    if run.is_strong {
        words = format!("<em class=\"strong\">{words}</em>");
    }
    match run.link.as_deref().and_then(address) {
        Some(url) => format!("<a href=\"{}\">{words}</a>", escaped(&url)),
        None => words,
    }
}
