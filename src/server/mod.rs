//! The protocol: the only place that knows tower-lsp and its types.

mod capabilities;
mod convert;
mod handlers;
mod publisher;
mod rehearsal;
mod settings;
mod stdio;

use std::io::{stdin, stdout};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    ConfigurationItem, DidChangeConfigurationNotification, MessageType, Notification, Registration,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LspService};

use crate::desk::edition::Edition;
use crate::desk::{Desk, Now};
use capabilities::Session;
use publisher::Wake;

/// How long a client that has said goodbye may take to read our last answers.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Serves one client on standard input and output, and returns the exit code: 0 after `shutdown` and `exit`, else 1.
pub fn serve() -> i32 {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("onrecord: the server cannot start: {error}");
            return 1;
        }
    };
    let (outgoing, written) = stdio::write(stdout());
    let code = runtime.block_on(async {
        let builder = LspService::build(Server::new);
        let (service, socket) = rehearsal::add_methods(builder).finish();
        stdio::serve(service, socket, stdio::read(stdin()), outgoing).await
    });
    // What still runs holds the way to the writer open; without it the writer ends with the last answer given.
    runtime.shutdown_background();
    let _ = written.recv_timeout(LAST_WORDS);
    code
}

/// One client and what it has on its desk.
struct Server {
    client: Client,
    desk: Arc<Desk>,
    session: OnceLock<Arc<Session>>,
    /// What the client said of its settings when it introduced itself.
    initial_settings: OnceLock<serde_json::Value>,
    wakes: UnboundedSender<Wake>,
    sleeping_publisher: std::sync::Mutex<Option<UnboundedReceiver<Wake>>>,
}

impl Server {
    fn new(client: Client) -> Server {
        let (wakes, sleeping) = unbounded_channel();
        Server {
            client,
            desk: Arc::new(Desk::new()),
            session: OnceLock::new(),
            initial_settings: OnceLock::new(),
            wakes,
            sleeping_publisher: std::sync::Mutex::new(Some(sleeping)),
        }
    }

    /// What was agreed with the client.
    fn session(&self) -> Arc<Session> {
        self.session.get().cloned().unwrap_or_default()
    }

    /// Wakes the publisher.
    fn wake(&self, wake: Wake) {
        let _ = self.wakes.send(wake);
    }

    /// Starts the publisher, once the client is ready to be spoken to.
    fn start_publisher(&self) {
        let mut sleeping = self
            .sleeping_publisher
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(wakes) = sleeping.take() {
            let (client, desk) = (self.client.clone(), self.desk.clone());
            let again = self.wakes.clone();
            tokio::spawn(publisher::run(client, desk, self.session(), wakes, again));
        }
    }

    /// Answers a question about a document from its newest edition, away from the loop.
    ///
    /// The edition is taken before the first wait, so it is the one that the client saw when it asked.
    async fn ask<T: Send + 'static>(
        &self,
        uri: &str,
        answer: impl FnOnce(&Arc<Edition>, &Session) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(edition) = self.desk.edition(uri) else {
            return Ok(None);
        };
        let session = self.session();
        let answer = spawn_blocking(move || answer(&edition, &session));
        answer.await.map_err(|_| Error::internal_error())
    }

    /// Takes over settings, from the client's answer or its notification, and says what is not understood.
    fn configure(&self, value: &serde_json::Value) {
        let initial = self.initial_settings.get();
        let value = match initial {
            Some(initial) if value.is_null() => initial,
            _ => value,
        };
        configure(&self.desk, &self.client, &self.wakes, value);
    }

    /// Asks the client for its settings. The answer is taken over when it comes.
    fn ask_for_settings(&self) {
        let (client, desk, wakes) = (self.client.clone(), self.desk.clone(), self.wakes.clone());
        let initial = self.initial_settings.get().cloned();
        tokio::spawn(async move {
            let section = ConfigurationItem {
                section: Some("onrecord".to_owned()),
                ..ConfigurationItem::default()
            };
            match client.configuration(vec![section]).await {
                Ok(mut values) => {
                    let value = if values.is_empty() {
                        serde_json::Value::Null
                    } else {
                        values.swap_remove(0)
                    };
                    let value = match initial {
                        Some(initial) if value.is_null() => initial,
                        _ => value,
                    };
                    configure(&desk, &client, &wakes, &value);
                }
                Err(error) => eprintln!("onrecord: the client did not give its settings: {error}"),
            }
        });
    }

    /// Asks to be told when settings change.
    fn register_for_settings(&self) {
        let client = self.client.clone();
        tokio::spawn(async move {
            let registration = Registration {
                id: "onrecord-settings".to_owned(),
                method: DidChangeConfigurationNotification::METHOD.to_string(),
                register_options: None,
            };
            if let Err(error) = client.register_capability(vec![registration]).await {
                eprintln!("onrecord: changed settings will not be heard of: {error}");
            }
        });
    }
}

fn configure(
    desk: &Desk,
    client: &Client,
    wakes: &UnboundedSender<Wake>,
    value: &serde_json::Value,
) {
    let (settings, problems) = settings::read(value);
    if !problems.is_empty() {
        let client = client.clone();
        tokio::spawn(async move {
            for problem in problems {
                client.log_message(MessageType::Warning, problem).await;
            }
        });
    }
    if desk.configure(settings, now()) {
        let _ = wakes.send(Wake::Everything);
    }
}

/// The clock, read when a message comes.
fn now() -> Now {
    Now {
        instant: Instant::now(),
        today: jiff::Zoned::now().date(),
    }
}
