//! One thread that sends findings to a client that does not ask for them, and wakes one that does when held ones are due.
//!
//! It is woken by messages and by one timer a document; a burst of wakes costs one look. Because there is one of
//! it, findings of an older version never overtake those of a newer one; and what it reads of a draft is made, and
//! given back, in one thread's memory.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, WeakUnboundedSender};
use tokio::task::JoinHandle;
use tower_lsp::Client;

use super::capabilities::Session;
use super::now;
use super::outgoing::{Outgoing, Written};
use super::told::{Tellings, Told, json};
use crate::desk::Desk;

/// Why the publisher wakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// A document may have other findings than those last shown.
    Look(String),
    /// A document has none any more, because it was closed.
    Forget(String),
    /// Every document may have other findings.
    Everything,
    /// Findings of a document are held until then.
    Hold(String, Instant),
}

/// The publisher, with what it has told the client.
pub struct Publisher {
    client: Client,
    outgoing: Outgoing,
    desk: Arc<Desk>,
    session: Arc<Session>,
    tellings: Arc<Tellings>,
    again: WeakUnboundedSender<Wake>,
    timers: HashMap<String, JoinHandle<()>>,
    /// Configuration files that findings were published for though nobody has them open.
    told: HashSet<String>,
}

impl Publisher {
    /// One that has told nothing yet; `again` is the way to wake it later.
    pub fn new(
        client: Client,
        outgoing: Outgoing,
        desk: Arc<Desk>,
        session: Arc<Session>,
        tellings: Arc<Tellings>,
        again: WeakUnboundedSender<Wake>,
    ) -> Publisher {
        Publisher {
            client,
            outgoing,
            desk,
            session,
            tellings,
            again,
            timers: HashMap::new(),
            told: HashSet::new(),
        }
    }

    /// Starts its work, which ends when nobody is left who could wake it.
    pub fn start(self, wakes: UnboundedReceiver<Wake>) {
        let runtime = Handle::current();
        thread::spawn(move || {
            let _within = runtime.enter();
            self.run(wakes);
        });
    }

    fn run(mut self, mut wakes: UnboundedReceiver<Wake>) {
        while let Some(first) = wakes.blocking_recv() {
            let mut batch = vec![first];
            while let Ok(wake) = wakes.try_recv() {
                batch.retain(|earlier| *earlier != wake);
                batch.push(wake);
            }
            for wake in batch {
                // What went wrong is on standard error; the next wake finds the publisher awake.
                let _ = catch_unwind(AssertUnwindSafe(|| self.answer(wake)));
            }
        }
    }

    fn answer(&mut self, wake: Wake) {
        match wake {
            Wake::Look(uri) => {
                self.stop_timer(&uri);
                if self.session.pulls {
                    self.refresh();
                } else {
                    self.publish(uri);
                }
            }
            Wake::Forget(uri) => {
                self.stop_timer(&uri);
                self.tellings.forget(&uri);
                if !self.session.pulls {
                    tell(&self.outgoing, &uri, "", None);
                }
            }
            Wake::Everything if self.session.pulls => {
                self.refresh();
                self.refresh_what_is_seen();
            }
            Wake::Everything => {
                self.refresh_what_is_seen();
                for edition in self.desk.editions() {
                    self.publish(edition.uri.clone());
                }
                self.publish_configurations();
            }
            Wake::Hold(uri, until) => self.start_timer(uri, until),
        }
    }

    /// Publishes a document's findings, unless it has moved on: then another wake is on its way.
    fn publish(&mut self, uri: String) {
        self.desk.fetch(&uri, Instant::now());
        let Some(edition) = self.desk.edition(&uri) else {
            return;
        };
        let Some(shown) = self.desk.shown(&edition, Instant::now()) else {
            return;
        };
        let told = self.tellings.tell(&edition, &shown.findings, &self.session);
        let version = Some(edition.text.version);
        tell(&self.outgoing, &uri, &told.written, version).wait(WRITING);
        edition.let_go();
        if let Some(until) = shown.until {
            self.start_timer(uri, until);
        }
    }

    /// Publishes what is not understood in configuration files that nobody has open.
    fn publish_configurations(&mut self) {
        for (path, findings, text) in self.desk.configurations() {
            let Ok(uri) = url::Url::from_file_path(&path) else {
                continue;
            };
            let uri = String::from(uri);
            let was_told = self.told.contains(&uri);
            if self.desk.edition(&uri).is_some() || (findings.is_empty() && !was_told) {
                continue;
            }
            let edition = self.desk.file(&uri, &text, now());
            let findings = findings.to_vec().into();
            let told = Told::of(&edition, &findings, &self.session, None);
            if told.written.is_empty() {
                self.told.remove(&uri);
            } else {
                self.told.insert(uri.clone());
            }
            tell(&self.outgoing, &uri, &told.written, None);
        }
    }

    /// Asks the client to ask. The answer is not waited for: a client may be busy asking.
    fn refresh(&self) {
        if self.session.pulls && self.session.refreshes {
            let client = self.client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.workspace_diagnostic_refresh().await {
                    eprintln!("onrecord: the client did not ask again: {error}");
                }
            });
        }
    }

    /// Asks the client to ask again for colours, for lines above the text and for signs in it, where it can be asked.
    fn refresh_what_is_seen(&self) {
        let (client, session) = (self.client.clone(), self.session.clone());
        tokio::spawn(async move {
            if session.refreshes_hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if session.refreshes_colours {
                let _ = client.semantic_tokens_refresh().await;
            }
            if session.refreshes_lenses {
                let _ = client.code_lens_refresh().await;
            }
        });
    }

    fn start_timer(&mut self, uri: String, until: Instant) {
        let again = self.again.clone();
        let look = Wake::Look(uri.clone());
        let timer = tokio::spawn(async move {
            tokio::time::sleep_until(until.into()).await;
            if let Some(again) = again.upgrade() {
                let _ = again.send(look);
            }
        });
        if let Some(earlier) = self.timers.insert(uri, timer) {
            earlier.abort();
        }
    }

    fn stop_timer(&mut self, uri: &str) {
        if let Some(timer) = self.timers.remove(uri) {
            timer.abort();
        }
    }
}

/// How long the version before is kept for a client that does not read.
const WRITING: Duration = Duration::from_millis(50);

/// Sends the findings of a document, in JSON.
fn tell(outgoing: &Outgoing, uri: &str, diagnostics: &str, version: Option<i32>) -> Written {
    let version = version.map_or(String::new(), |version| format!(r#""version":{version},"#));
    let head = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{},{version}"diagnostics":["#,
        json(&uri)
    );
    outgoing.send_written(&[&head, diagnostics, "]}}"])
}
