//! Parts of a long answer, sent as they are found to a client that asked for them so.

use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde_json::json;
use tower_lsp::gen_lsp_types::ProgressToken;

use super::outgoing::Outgoing;

/// Where parts of one answer go.
#[derive(Clone)]
pub struct Parts {
    to: Option<(ProgressToken, Outgoing)>,
    is_wanted: Arc<Mutex<bool>>,
}

/// Lives as long as the request: a client that has cancelled is sent nothing more.
pub struct Wanted(Arc<Mutex<bool>>);

impl Drop for Wanted {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl Parts {
    /// Parts for a client that named a token; for others everything stays together.
    pub fn new(token: Option<ProgressToken>, outgoing: &Outgoing) -> (Parts, Wanted) {
        let is_wanted = Arc::new(Mutex::new(true));
        let parts = Parts {
            to: token.map(|token| (token, outgoing.clone())),
            is_wanted: is_wanted.clone(),
        };
        (parts, Wanted(is_wanted))
    }

    /// Sends a part, or keeps it for the answer.
    pub fn give<T: Serialize>(&self, part: Vec<T>, kept: &mut Vec<T>) {
        let Some((token, outgoing)) = &self.to else {
            kept.extend(part);
            return;
        };
        let is_wanted = self
            .is_wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *is_wanted && !part.is_empty() {
            outgoing.send(&json!({
                "jsonrpc": "2.0",
                "method": "$/progress",
                "params": {"token": token, "value": part},
            }));
        }
    }
}
