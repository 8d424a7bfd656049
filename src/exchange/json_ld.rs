//! What a page says of itself to search engines: schema.org's `NewsArticle`, with its quotations and who said them.

use serde_json::{Value, json};

use super::article::{Article, BlockKind, Voice};
use super::html::relative;
use super::pieces::plain;
use super::xml::address;
use crate::ledger::Kind;
use crate::story::SpeakerKind;

/// The data as it stands in a script element: JSON without a sign that could end the element.
pub fn data(article: &Article) -> String {
    let text = news_article(article).to_string();
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

fn news_article(article: &Article) -> Value {
    let head = &article.head;
    let mut it = json!({ "@context": "https://schema.org", "@type": "NewsArticle" });
    let mut put = |key: &str, value: Value| {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            it[key] = value;
        }
    };
    put("headline", json!(head.headline));
    put("description", json!(head.deck));
    put(
        "datePublished",
        json!(head.date.as_ref().map(|date| date.truncated())),
    );
    put(
        "dateModified",
        json!(head.updated.as_ref().map(|date| date.truncated())),
    );
    let authors = head.authors();
    let person = |name: &String| json!({ "@type": "Person", "name": name });
    put("author", authors.iter().map(person).collect());
    put("dateline", json!(head.dateline));
    put("articleSection", json!(head.section));
    put("inLanguage", json!(head.language()));
    put("keywords", json!(head.tags));
    put("copyrightNotice", json!(head.rights));
    let images = article.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Image(path, _) => Some(json!(relative(path))),
        _ => None,
    });
    put("image", images.collect());
    let mentions = article.named.iter();
    let mentions =
        mentions.map(|named| json!({ "@type": type_of(named.kind), "name": named.name }));
    put("mentions", mentions.collect());
    put("hasPart", quotations(article));
    put("correction", corrections(article));
    let documents = article.records.iter().filter(|record| record.is_open);
    let documents = documents.filter(|record| !is_spoken(&record.kind));
    let citation = |record: &super::record::Record| {
        let mut work = json!({ "@type": "CreativeWork", "name": record.title });
        if let Some(url) = record.field("url").and_then(address) {
            work["url"] = json!(url);
        }
        work
    };
    put("citation", documents.map(citation).collect());
    it
}

/// Whether a record is of somebody who spoke, not of a work that can be read.
fn is_spoken(kind: &str) -> bool {
    matches!(
        kind,
        "interview"
            | "briefing"
            | "email"
            | "message"
            | "tip"
            | "no-reply"
            | "observation"
            | "calculation"
    )
}

/// The quotations of those who have a name.
fn quotations(article: &Article) -> Value {
    let quotes = article
        .rests
        .iter()
        .filter(|rests| rests.kind == Kind::Quote);
    let named = quotes.filter_map(|rests| {
        let voice: &Voice = rests.speaker.as_ref()?;
        let has_name = !matches!(voice.kind, SpeakerKind::Anonymous | SpeakerKind::Collective);
        (has_name && voice.is_sure).then(|| {
            let words = rests.words.trim_matches(['“', '”', '"', '‘', '’']);
            json!({
                "@type": "Quotation",
                "text": words,
                "creator": { "@type": type_of(voice.kind), "name": voice.name },
            })
        })
    });
    named.collect()
}

fn corrections(article: &Article) -> Value {
    let found = article.blocks.iter().filter_map(|block| {
        let BlockKind::Correction(date) = &block.kind else {
            return None;
        };
        let text: String = block.items.iter().map(|item| plain(item)).collect();
        let mut comment = json!({ "@type": "CorrectionComment", "text": text });
        if let Some(date) = date {
            comment["datePublished"] = json!(date.to_string());
        }
        Some(comment)
    });
    found.collect()
}

/// The type of a speaker.
pub fn type_of(kind: SpeakerKind) -> &'static str {
    match kind {
        SpeakerKind::Person | SpeakerKind::Anonymous => "Person",
        SpeakerKind::Document => "CreativeWork",
        SpeakerKind::Body
        | SpeakerKind::Outlet
        | SpeakerKind::Institution
        | SpeakerKind::Collective => "Organization",
    }
}
