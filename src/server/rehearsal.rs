//! Methods for tests of the protocol, there only when the environment says `ONRECORD_TEST=1`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use super::Server;

#[derive(Deserialize)]
struct Document {
    uri: String,
}

#[derive(Deserialize)]
struct Words {
    words: String,
}

#[derive(Deserialize)]
struct Pause {
    millis: u64,
}

/// Adds `onrecord/text` (a document's letters and version, by the way that a hover goes), `onrecord/sleep`,
/// `onrecord/panic` and `onrecord/panicOver`.
pub fn add_methods(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    if std::env::var_os("ONRECORD_TEST").is_none_or(|value| value != "1") {
        return builder;
    }
    builder
        .custom_method("onrecord/text", Server::rehearse_text)
        .custom_method("onrecord/sleep", Server::rehearse_sleep)
        .custom_method("onrecord/panic", Server::rehearse_panic)
        .custom_method("onrecord/panicOver", Server::rehearse_panic_over)
}

impl Server {
    async fn rehearse_text(&self, document: Document) -> Result<Option<Value>> {
        self.ask(&document.uri, |edition, _| {
            let draft = edition.draft()?;
            Some(json!({"text": draft.text.to_string(), "version": draft.text.version}))
        })
        .await
    }

    async fn rehearse_sleep(&self, pause: Pause) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(pause.millis)).await;
        Ok(())
    }

    async fn rehearse_panic(&self) -> Result<()> {
        panic!("a rehearsed panic");
    }

    async fn rehearse_panic_over(&self, over: Words) -> Result<()> {
        panic!("a rehearsed panic over {}", over.words);
    }
}
