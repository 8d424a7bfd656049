//! The protocol: the only place that knows tower-lsp and its types.

mod answers;
mod archive;
mod asking;
mod at_a_place;
mod beyond;
mod capabilities;
mod clean_copy;
mod colours;
mod completing;
mod configurer;
mod convert;
mod everywhere;
mod filing;
mod handlers;
mod hierarchy;
mod indexing;
mod leaving;
mod ledger;
mod loader;
mod moving;
mod newsroom;
mod outgoing;
mod outlining;
mod parent;
mod partial;
mod projects;
mod publisher;
mod pull;
mod rehearsal;
mod settings;
mod stdio;
mod structure;
pub mod table;
mod tidying;
mod told;
mod workspace;

use std::fs::File;
use std::io::{self, Read, Write, stdin, stdout};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::MessageType;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LspService};

use crate::desk::edition::Edition;
use crate::desk::{Desk, Now};
use capabilities::Session;
use configurer::Configurer;
use loader::Loader;
use outgoing::Outgoing;
use publisher::{Publisher, Wake};

/// How long a client that has said goodbye may take to read our last answers.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Serves one client on standard input and output, and returns the exit code: 0 after `shutdown` and `exit`, else 1.
pub fn serve() -> i32 {
    std::thread::spawn(warm_up);
    match undivided() {
        Ok(output) => serve_over(stdin(), output),
        Err(_) => serve_over(stdin(), stdout()),
    }
}

/// How much of a message the way to the client takes at once, where it is a pipe, in bytes: a thousand findings are half of it.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// Standard output that takes a message at one stroke. The library's own parts it behind the last line break, which is the one of the header: a
/// client wakes for that, and what it waits for has to wait for it. A pipe holds 64 KiB, if nobody asks for more, and both sides would wake each
/// other for each of them.
fn undivided() -> io::Result<File> {
    #[cfg(unix)]
    let output = std::os::fd::AsFd::as_fd(&stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let output = std::os::windows::io::AsHandle::as_handle(&stdout()).try_clone_to_owned()?;
    // What is no pipe, or may not grow, stays as it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(&output, PIPE);
    Ok(File::from(output))
}

/// Reads a few lines while the client introduces itself, so that the tables that reading needs are there before the first
/// draft is.
fn warm_up() {
    const LINES: &str = "The pier will cost $4 million, the highest price in years.\n\n\
        “We had no warning,” Mayor Dana Ortiz said on Monday. Officials said that it was safe.\n";
    let desk = Desk::new();
    let uri = "untitled:warm-up";
    desk.open(uri, LINES, 0, now());
    if let Some(edition) = desk.edition(uri) {
        edition.checked();
    }
}

/// The same over any two ways; tests have a server in their own process so.
pub fn serve_over(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> i32 {
    let runtime = tokio::runtime::Builder::new_current_thread()
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
    let (outgoing, written) = outgoing::write(output);
    let code = runtime.block_on(async {
        let to_client = outgoing.clone();
        let builder = LspService::build(|client| Server::new(client, to_client));
        let (service, socket) =
            rehearsal::add_methods(indexing::add_method(ledger::add_method(builder))).finish();
        stdio::serve(service, socket, stdio::read(input), outgoing).await
    });
    // What still runs holds the way to the writer open; without it the writer ends with the last answer given.
    runtime.shutdown_background();
    let _ = written.recv_timeout(LAST_WORDS);
    code
}

/// One client and what it has on its desk.
struct Server {
    client: Client,
    /// The way past the library, for what is large and sent often.
    outgoing: Outgoing,
    desk: Arc<Desk>,
    session: OnceLock<Arc<Session>>,
    /// What the client said of its settings when it introduced itself.
    initial_settings: OnceLock<serde_json::Value>,
    /// The colours that the client has.
    colours: Arc<colours::Colours>,
    /// What was told of the documents that are open.
    tellings: Arc<told::Tellings>,
    /// What was answered for drafts that nobody has open.
    answered: Arc<workspace::Answered>,
    /// Who spoke in the other stories.
    archive: Arc<archive::Archive>,
    /// The clean copies that a client shows.
    copies: clean_copy::Copies,
    /// The work that a client sees and can stop.
    works: indexing::Works,
    wakes: UnboundedSender<Wake>,
    sleeping_publisher: std::sync::Mutex<Option<UnboundedReceiver<Wake>>>,
}

impl Server {
    fn new(client: Client, outgoing: Outgoing) -> Server {
        let (wakes, sleeping) = unbounded_channel();
        Server {
            client,
            outgoing,
            desk: Arc::new(Desk::new()),
            session: OnceLock::new(),
            initial_settings: OnceLock::new(),
            colours: Arc::default(),
            tellings: Arc::default(),
            answered: Arc::default(),
            archive: Arc::default(),
            copies: clean_copy::Copies::default(),
            works: indexing::Works::default(),
            wakes,
            sleeping_publisher: std::sync::Mutex::new(Some(sleeping)),
        }
    }

    /// What was agreed with the client.
    fn session(&self) -> Arc<Session> {
        self.session.get().cloned().unwrap_or_default()
    }

    /// Tells the person why nothing is found in a document.
    fn say_too_long(&self, bytes: usize) {
        let client = self.client.clone();
        let message = format!(
            "This document of {} MiB is too long to be read; a draft can have {}. Split it into drafts.",
            bytes >> 20,
            crate::disk::MAX_BYTES >> 20
        );
        tokio::spawn(async move { client.show_message(MessageType::Warning, message).await });
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
            let again = self.wakes.downgrade();
            let (outgoing, tellings) = (self.outgoing.clone(), self.tellings.clone());
            let publisher = Publisher::new(client, outgoing, desk, self.session(), tellings, again);
            publisher.start(wakes);
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

    /// How the base of known entities reaches the desk.
    fn loader(&self) -> Loader {
        Loader {
            client: self.client.clone(),
            desk: self.desk.clone(),
            shows_progress: self.session().shows_progress,
            works: self.works.clone(),
            wakes: self.wakes.clone(),
        }
    }

    /// How settings reach the desk.
    fn configurer(&self) -> Configurer {
        Configurer {
            client: self.client.clone(),
            desk: self.desk.clone(),
            session: self.session(),
            initial: self.initial_settings.get().cloned().unwrap_or_default(),
            wakes: self.wakes.clone(),
        }
    }
}

/// The clock, read when a message comes.
fn now() -> Now {
    Now {
        instant: Instant::now(),
        today: crate::clock::today(),
    }
}
