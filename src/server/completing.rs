//! What could be typed, in the protocol's words; and what there is to know of a row, when it is looked at.

use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList,
    InsertTextFormat, MarkupContent, MarkupKind,
};
use tower_lsp::jsonrpc::Result;

use super::Server;
use super::capabilities::Session;
use super::convert;
use crate::desk::edition::Edition;
use crate::features::completion::{self, Asked, Completion, Item, ItemKind, about};
use crate::features::hover::Hover;
use crate::features::words::shortened;
use crate::text::Text;
use crate::text::span::Span;

/// Letters of what stands beside a label.
const BESIDE: usize = 60;

/// What a row keeps of the list that it is of: enough to make that list again.
#[derive(Deserialize, Serialize)]
struct Kept {
    uri: String,
    version: i32,
    at: usize,
    is_explicit: bool,
    row: usize,
}

/// What could be typed.
pub fn completion(text: &Text, completion: Completion, session: &Session) -> CompletionList {
    let items = completion.items.into_iter();
    CompletionList {
        is_incomplete: completion.is_incomplete,
        items: items
            .map(|item| completion_item(text, item, session))
            .collect(),
        ..CompletionList::default()
    }
}

/// What could be typed in a draft; its rows can be asked for more where the client does so.
pub fn of_draft(
    edition: &Edition,
    completion: Completion,
    at: usize,
    asked: Asked,
    session: &Session,
) -> CompletionList {
    let about: Vec<bool> = completion
        .items
        .iter()
        .map(|item| item.about.is_some())
        .collect();
    let mut list = self::completion(&edition.text, completion, session);
    if !session.resolves_rows {
        return list;
    }
    for (row, (item, has_more)) in list.items.iter_mut().zip(about).enumerate() {
        let kept = has_more.then(|| Kept {
            uri: edition.uri.clone(),
            version: edition.text.version,
            at,
            is_explicit: asked == Asked::Explicitly,
            row,
        });
        item.data = kept.and_then(|kept| serde_json::to_value(kept).ok());
        if item.data.is_some() {
            item.documentation = None;
        }
    }
    list
}

impl Server {
    /// A row with what there is to know of it; as it is where the draft is another by now.
    pub async fn tell_more(&self, mut row: CompletionItem) -> Result<CompletionItem> {
        let kept = row.data.clone();
        let kept: Option<Kept> = kept.and_then(|kept| serde_json::from_value(kept).ok());
        let Some(kept) = kept else {
            return Ok(row);
        };
        let (uri, label) = (kept.uri.clone(), row.label.clone());
        let told = self.ask(&uri, move |edition, session| {
            if edition.text.version != kept.version {
                return None;
            }
            let (draft, scene) = (edition.draft()?, edition.scene());
            let asked = match kept.is_explicit {
                true => Asked::Explicitly,
                false => Asked::Typing,
            };
            let list = completion::complete(draft, &scene, kept.at, asked);
            let item = list
                .items
                .get(kept.row)
                .filter(|item| item.label == label)?;
            let lines = about::lines(draft, &scene, item.about?);
            let told = Hover {
                span: Span::at(kept.at),
                lines,
            };
            Some(match session.markdown_rows {
                true => (MarkupKind::Markdown, told.markdown()),
                false => (MarkupKind::PlainText, told.plain()),
            })
        });
        if let Some((kind, value)) = told.await? {
            row.documentation = Some(MarkupContent { kind, value }.into());
        }
        Ok(row)
    }
}

fn completion_item(text: &Text, mut item: Item, session: &Session) -> CompletionItem {
    let is_snippet = session.rows_as_snippets && item.kind == ItemKind::Person;
    if is_snippet {
        item.edit.new_text = as_snippet(&item.edit.new_text);
    }
    let kind = match item.kind {
        ItemKind::Person => CompletionItemKind::Variable,
        ItemKind::Source => CompletionItemKind::Reference,
        ItemKind::Entity => CompletionItemKind::Class,
        ItemKind::Key => CompletionItemKind::Property,
        ItemKind::Value => CompletionItemKind::Value,
        ItemKind::Rule => CompletionItemKind::Keyword,
    };
    let detail = Some(item.detail).filter(|detail| !detail.is_empty());
    let beside = detail.as_ref().filter(|_| session.label_details);
    CompletionItem {
        kind: Some(kind),
        label_details: beside.map(|detail| CompletionItemLabelDetails {
            detail: None,
            description: Some(shortened(detail, BESIDE)),
        }),
        detail,
        documentation: Some(item.documentation)
            .filter(|words| !words.is_empty())
            .map(Into::into),
        text_edit: Some(convert::text_edit(text, &item.edit, session.encoding).into()),
        insert_text_format: is_snippet.then_some(InsertTextFormat::Snippet),
        label: item.label,
        sort_text: Some(item.sort_text),
        filter_text: Some(item.filter_text),
        ..CompletionItem::default()
    }
}

/// Letters that a snippet writes as they are.
fn as_snippet(letters: &str) -> String {
    let mut snippet = String::with_capacity(letters.len());
    for c in letters.chars() {
        if matches!(c, '$' | '}' | '\\') {
            snippet.push('\\');
        }
        snippet.push(c);
    }
    snippet
}
