//! `onrecord/ledger`: the source ledger of a draft, for editors that show it in a list beside the text.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::TextDocumentIdentifier;
use tower_lsp::jsonrpc::Result;

use super::pull::findings;
use super::{Server, convert};
use crate::features;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LedgerParams {
    text_document: TextDocumentIdentifier,
}

/// Adds the request. Its answer: `{summary, voices: [{name, detail, kind, quotes, paraphrases, terms, items: [{words, detail, range}]}]}`.
pub fn add_method(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder.custom_method("onrecord/ledger", Server::ledger)
}

impl Server {
    async fn ledger(&self, params: LedgerParams) -> Result<Option<Value>> {
        self.ask(&params.text_document.uri.0, |edition, session| {
            if edition.is_private() {
                return None;
            }
            let (draft, scene) = (edition.draft()?, edition.scene());
            let ledger = features::ledger::ledger(draft, &scene, findings(edition));
            let voices = ledger.voices.iter().map(|voice| {
                let items = voice.items.iter().map(|item| {
                    let range = convert::range(&edition.text, item.span, session.encoding);
                    json!({"words": item.words, "detail": item.detail, "range": range})
                });
                json!({
                    "name": voice.name, "detail": voice.detail, "kind": voice.sort.name(),
                    "quotes": voice.quotes, "paraphrases": voice.paraphrases, "terms": voice.terms,
                    "items": items.collect::<Vec<_>>(),
                })
            });
            Some(json!({"summary": ledger.summary, "voices": voices.collect::<Vec<_>>()}))
        })
        .await
    }
}
