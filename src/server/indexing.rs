//! Long work shown by the client while it goes on, with a way to stop it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::gen_lsp_types::{
    ProgressNotification, ProgressParams, ProgressToken, WorkDoneProgressCancelParams,
};
use tower_lsp::{Client, LspServiceBuilder};

use super::Server;

/// The work that goes on, by token.
#[derive(Clone, Debug, Default)]
pub struct Works {
    going: Arc<Mutex<HashMap<String, Arc<AtomicBool>>>>,
    last: Arc<AtomicU64>,
}

/// A piece of work as it is done. When it is dropped, the client is told that it has ended.
pub struct Work {
    is_cancelled: Arc<AtomicBool>,
    told: Option<UnboundedSender<Value>>,
    works: Works,
    token: String,
}

impl Works {
    /// Begins a piece of work, and shows it where `client` is one that can.
    pub fn begin(&self, client: Option<Client>, title: &str) -> Work {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let token = format!("onrecord/{number}");
        let is_cancelled = Arc::new(AtomicBool::new(false));
        self.lock().insert(token.clone(), is_cancelled.clone());
        let told = client.map(|client| {
            let (told, heard) = unbounded_channel();
            tokio::spawn(show(client, token.clone(), title.to_owned(), heard));
            told
        });
        Work {
            is_cancelled,
            told,
            works: self.clone(),
            token,
        }
    }

    fn cancel(&self, token: &str) {
        if let Some(is_cancelled) = self.lock().get(token) {
            is_cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
        self.going.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work {
    /// Says what is being done, as the `done`th of `all` steps. Says whether it is still wanted.
    pub fn goes_on(&self, what: &str, done: usize, all: usize) -> bool {
        // A bar has no use for more steps than it is wide.
        let step = (all / 50).max(1);
        if let Some(told) = self.told.as_ref().filter(|_| done.is_multiple_of(step)) {
            let percentage = done * 100 / all.max(1);
            let _ = told.send(json!({"kind": "report", "message": what, "percentage": percentage}));
        }
        !self.is_cancelled.load(Ordering::Relaxed)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.works.lock().remove(&self.token);
    }
}

/// Asks for a place to show work, and shows what is told of it until it ends.
async fn show(client: Client, token: String, title: String, mut told: UnboundedReceiver<Value>) {
    let token = ProgressToken::String(token);
    if client
        .create_work_done_progress(token.clone())
        .await
        .is_err()
    {
        return;
    }
    let tell = async |value: Value| {
        let token = token.clone();
        client
            .send_notification::<ProgressNotification>(ProgressParams { token, value })
            .await;
    };
    tell(json!({"kind": "begin", "title": title, "cancellable": true, "percentage": 0})).await;
    while let Some(report) = told.recv().await {
        tell(report).await;
    }
    tell(json!({"kind": "end"})).await;
}

/// Adds the notification by which a client stops what it was shown; the library does not know it.
pub fn add_method(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    builder.custom_method("window/workDoneProgress/cancel", Server::cancel_work)
}

impl Server {
    async fn cancel_work(&self, params: WorkDoneProgressCancelParams) {
        if let ProgressToken::String(token) = params.token {
            self.works.cancel(&token);
        }
    }
}
