//! What could be typed, in the protocol's words.

use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, InsertTextFormat,
};

use super::capabilities::Session;
use super::convert;
use crate::features::completion::{Completion, Item, ItemKind};
use crate::text::Text;

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
    CompletionItem {
        kind: Some(kind),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
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
