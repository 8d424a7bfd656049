//! NewsML-G2 2.35, the envelope in which agencies send a story, with NITF inside.

use jiff::Timestamp;

use super::Format;
use super::article::Article;
use super::head::stamp;
use super::ninjs::{notes, status, uri};
use super::nitf::nitf;
use super::xml::escaped;
use crate::story::SpeakerKind;

/// The format.
pub const FORMAT: Format = Format {
    name: "newsml",
    what: "IPTC NewsML-G2 2.35 with NITF 3.6 inside (XML) for agencies and archives",
    extension: "xml",
    write: |article, now| item(article, now).into_bytes(),
};

/// The list of the IPTC's own vocabularies, which says what `stat:` and its kin stand for.
const CATALOG: &str = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml";

fn item(article: &Article, now: Timestamp) -> String {
    let head = &article.head;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" standard=\"NewsML-G2\" standardversion=\"2.35\" conformance=\"power\" guid=\"{}\" version=\"{}\" xml:lang=\"{}\">\n\
         <catalogRef href=\"{CATALOG}\"/>\n{}{}{}<contentSet>\n<inlineXML contenttype=\"application/nitf+xml\">\n{}</inlineXML>\n</contentSet>\n</newsItem>\n",
        escaped(&uri(article)),
        version(head.version.as_deref()),
        escaped(head.language()),
        rights(article),
        item_meta(article, now),
        content_meta(article),
        nitf(article)
    )
}

/// The number in “2nd lead” or “3”; 1 where there is none.
fn version(words: Option<&str>) -> u32 {
    let digits: String = words
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .take(6)
        .collect();
    digits.parse().unwrap_or(1).max(1)
}

fn rights(article: &Article) -> String {
    let Some(rights) = &article.head.rights else {
        return String::new();
    };
    format!(
        "<rightsInfo>\n<copyrightNotice>{}</copyrightNotice>\n</rightsInfo>\n",
        escaped(rights)
    )
}

fn item_meta(article: &Article, now: Timestamp) -> String {
    let head = &article.head;
    let mut out = format!(
        "<itemMeta>\n<itemClass qcode=\"ninat:text\"/>\n<provider><name>{}</name></provider>\n<versionCreated>{}</versionCreated>\n",
        escaped(head.rights.as_deref().unwrap_or("not stated")),
        stamp(now)
    );
    if let Some(embargo) = head
        .embargo
        .as_ref()
        .and_then(|moment| moment.exact.as_ref())
    {
        out.push_str(&format!("<embargoed>{}</embargoed>\n", escaped(embargo)));
    }
    out.push_str(&format!(
        "<pubStatus qcode=\"stat:{}\"/>\n",
        status(article)
    ));
    for note in notes(article) {
        out.push_str(&format!("<edNote>{}</edNote>\n", escaped(&note)));
    }
    let is_corrected = article
        .blocks
        .iter()
        .any(|block| matches!(block.kind, super::article::BlockKind::Correction(_)));
    if is_corrected {
        out.push_str("<signal qcode=\"sig:correction\"/>\n");
    }
    out.push_str("</itemMeta>\n");
    out
}

fn content_meta(article: &Article) -> String {
    let head = &article.head;
    let mut out = String::from("<contentMeta>\n");
    let mut line = |name: &str, words: &str| {
        out.push_str(&format!("<{name}>{}</{name}>\n", escaped(words)));
    };
    if let Some(urgency) = head.urgency {
        line("urgency", &urgency.to_string());
    }
    if let Some(date) = &head.date {
        line("contentCreated", &date.truncated());
    }
    if let Some(updated) = &head.updated {
        line("contentModified", &updated.truncated());
    }
    let named = |element: &str, name: &str| {
        format!("<{element}><name>{}</name></{element}>\n", escaped(name))
    };
    if let Some(place) = &head.dateline {
        out.push_str(&named("located", place));
    }
    for record in article
        .records
        .iter()
        .filter(|record| record.is_open && !record.title.is_empty())
    {
        out.push_str(&named("infoSource", &record.title));
    }
    for author in head.authors() {
        out.push_str(&named("creator", &author));
    }
    out.push_str(&format!(
        "<language tag=\"{}\"/>\n",
        escaped(head.language())
    ));
    for tag in &head.tags {
        out.push_str(&format!("<keyword>{}</keyword>\n", escaped(tag)));
    }
    for named in &article.named {
        let kind = match named.kind {
            SpeakerKind::Person => "cpnat:person",
            _ => "cpnat:organisation",
        };
        out.push_str(&format!(
            "<subject type=\"{kind}\"><name>{}</name></subject>\n",
            escaped(&named.name)
        ));
    }
    let parts = [
        ("slugline", &head.slug),
        ("headline", &head.headline),
        ("dateline", &head.dateline),
        ("by", &head.byline),
        ("description", &head.deck),
    ];
    for (name, words) in parts {
        if let Some(words) = words {
            out.push_str(&format!("<{name}>{}</{name}>\n", escaped(words)));
        }
    }
    out.push_str("</contentMeta>\n");
    out
}
