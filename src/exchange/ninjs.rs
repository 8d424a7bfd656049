//! ninjs 3.1, the IPTC's JSON for content systems.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Format;
use super::article::{Article, BlockKind, Piece};
use super::head::stamp;
use super::html;
use super::pieces::plain;
use super::xml::address;
use crate::story::SpeakerKind;
use crate::story::outline::Status;

/// The format.
pub const FORMAT: Format = Format {
    name: "ninjs",
    what: "IPTC ninjs 3.1 (JSON) for content systems",
    extension: "json",
    write: |article, now| format!("{:#}\n", item(article, now)).into_bytes(),
};

fn item(article: &Article, now: Timestamp) -> Value {
    let head = &article.head;
    let mut it = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::String(words) => words.is_empty(),
            _ => false,
        };
        if !is_empty {
            it.insert(key.to_owned(), value);
        }
    };
    put("uri", json!(uri(article)));
    put("type", json!("text"));
    put(
        "standard",
        json!({
            "name": "ninjs", "version": "3.1",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        }),
    );
    put("version", json!(head.version));
    put("versionCreated", json!(stamp(now)));
    put(
        "contentCreated",
        json!(head.date.as_ref().map(|date| date.date_time())),
    );
    put(
        "embargoedUntil",
        json!(head.embargo.as_ref().map(|moment| moment.date_time())),
    );
    put("pubStatus", json!(status(article)));
    put("urgency", json!(head.urgency));
    put("language", json!(head.language()));
    put("by", json!(head.byline));
    put("slugline", json!(head.slug));
    put("located", json!(head.dateline));
    put("copyrightNotice", json!(head.rights));
    let plain_text = |words: &Option<String>, role: &str| match words {
        Some(words) => json!([{ "role": role, "contentType": "text/plain", "value": words }]),
        None => Value::Null,
    };
    put("headlines", plain_text(&head.headline, "main"));
    put("descriptions", plain_text(&head.deck, "standfirst"));
    put("bodies", bodies(article));
    let subjects = head
        .tags
        .iter()
        .map(|tag| json!({ "name": tag, "rel": "about" }));
    put("subjects", subjects.collect());
    let of = |is: fn(SpeakerKind) -> bool| -> Value {
        let named = article.named.iter().filter(|named| is(named.kind));
        named
            .map(|named| json!({ "name": named.name, "rel": "mentions" }))
            .collect()
    };
    put("people", of(|kind| kind == SpeakerKind::Person));
    put("organisations", of(|kind| kind != SpeakerKind::Person));
    put("infoSources", sources(article));
    put("associations", images(article));
    put("edNote", json!(notes(article).join("\n")));
    Value::Object(it)
}

/// The address of the item: the one that the header gives, else one made of the slug.
pub fn uri(article: &Article) -> String {
    let head = &article.head;
    if let Some(id) = head.id.as_deref() {
        let is_name = url::Url::parse(id).is_ok();
        return match is_name {
            true => url::Url::parse(id).map_or(String::new(), |url| url.to_string()),
            false => format!("urn:newsroom:{}", crate::story::name::slug(id)),
        };
    }
    let name = head
        .slug
        .as_deref()
        .or(head.headline.as_deref())
        .unwrap_or("untitled");
    let day = head
        .date
        .as_ref()
        .map_or(String::new(), |date| format!(":{}", date.day));
    let edition = head.version.as_deref().map_or(String::new(), |version| {
        format!(":{}", crate::story::name::slug(version))
    });
    format!(
        "urn:newsroom:{}{day}{edition}",
        crate::story::name::slug(name)
    )
}

/// Whether it may be published.
pub fn status(article: &Article) -> &'static str {
    let head = &article.head;
    match head.status {
        Some(Status::Killed) => "canceled",
        _ if head.embargo.is_some() || head.has_unclear_embargo => "withheld",
        Some(Status::Final | Status::Published) | None => "usable",
        Some(_) => "withheld",
    }
}

fn bodies(article: &Article) -> Value {
    let count = |text: &str| (text.chars().count(), text.split_whitespace().count());
    let text = body_text(article);
    let (letters, words) = count(&text);
    let page = html::body(article);
    json!([
        { "role": "main", "contentType": "text/plain", "charCount": letters, "wordCount": words, "value": text },
        { "role": "main", "contentType": "text/html", "value": page },
    ])
}

/// The copy below headline and byline.
fn body_text(article: &Article) -> String {
    let of = |pieces: &Vec<Piece>| plain(pieces);
    let blocks = article.blocks.iter().filter_map(|block| {
        let lines = |items: &[Vec<Piece>]| items.iter().map(of).collect::<Vec<_>>().join("\n");
        let words = match &block.kind {
            BlockKind::Table(rows) => {
                let rows = rows.iter();
                let rows = rows.map(|row| row.iter().map(of).collect::<Vec<_>>().join("\t"));
                rows.collect::<Vec<_>>().join("\n")
            }
            BlockKind::BlockQuote(Some(by)) | BlockKind::PullQuote(Some(by)) => {
                format!("{}\n— {by}", lines(&block.items))
            }
            BlockKind::Comment(_) => return None,
            _ => lines(&block.items),
        };
        Some(words)
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// Records that are open: who said it, or what it stands in.
fn sources(article: &Article) -> Value {
    let open = article
        .records
        .iter()
        .filter(|record| record.is_open && !record.title.is_empty());
    let all = open.map(|record| {
        let mut source = json!({ "name": record.title });
        if !record.kind.is_empty() {
            source["role"] = json!(record.kind);
        }
        if let Some(url) = record.field("url").and_then(address) {
            source["uri"] = json!(url);
        }
        source
    });
    all.collect()
}

fn images(article: &Article) -> Value {
    let own = uri(article);
    let images = article.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Image(path, credit) => Some((block, path, credit)),
        _ => None,
    });
    let all = images.enumerate().map(|(index, (block, path, credit))| {
        let number = index + 1;
        let caption: String = block.items.iter().map(|item| plain(item)).collect();
        let mut image = json!({
            "name": format!("image-{number}"),
            "uri": address(path).unwrap_or_else(|| format!("{own}:image-{number}")),
            "type": "picture",
        });
        if !caption.is_empty() {
            image["descriptions"] =
                json!([{ "role": "caption", "contentType": "text/plain", "value": caption }]);
        }
        if let Some(credit) = credit {
            image["by"] = json!(credit);
        }
        image
    });
    all.collect()
}

/// Notes to the desk, which are for no reader.
pub fn notes(article: &Article) -> Vec<String> {
    let pieces = article.blocks.iter().flat_map(|block| block.pieces());
    let notes = pieces.filter_map(|piece| match piece {
        Piece::Note(note) => Some(note.clone()),
        _ => None,
    });
    notes.collect()
}
