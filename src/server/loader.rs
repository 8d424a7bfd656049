//! How the base of known entities reaches the desk: read away from the loop, again whenever a file of it changes.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Duration;

use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    DidChangeWatchedFilesNotification, MessageType, Notification, Registration,
};
use url::Url;

use super::indexing::Works;
use super::now;
use super::publisher::Wake;
use crate::desk::Desk;
use crate::entities::folder::{self, Places};
use crate::entities::index::Index;

/// How long the first questions have the disk for themselves, before a base is read ahead.
const HEAD_START: Duration = Duration::from_millis(60);

/// What it takes to load a base.
pub struct Loader {
    /// Hears what could not be read.
    pub client: Client,
    /// Where the base goes.
    pub desk: Arc<Desk>,
    /// Whether the client shows that we are at work.
    pub shows_progress: bool,
    /// What can be stopped.
    pub works: Works,
    /// Hears that findings may have changed.
    pub wakes: UnboundedSender<Wake>,
}

impl Loader {
    /// Reads everything, and puts it on the desk.
    pub fn load(self) {
        tokio::spawn(async move {
            let places = Places::of(folders(&self.desk));
            let shown = self.shows_progress && places.any();
            let client = shown.then(|| self.client.clone());
            let work = self.works.begin(client, "Onrecord: reading names");
            let loaded = spawn_blocking(move || {
                folder::load_while(&places, |path, done, all| {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    work.goes_on(&name, done, all)
                })
            });
            // What the user stopped changes nothing: those who were known are known.
            let Ok(Some(loaded)) = loaded.await else {
                return;
            };
            let imported = loaded.imported;
            let indexes: Vec<Weak<Index>> =
                loaded.base.imports().iter().map(Arc::downgrade).collect();
            if self.desk.know(loaded.base, now()) {
                let _ = self.wakes.send(Wake::Everything);
                std::thread::spawn(move || {
                    for (path, index) in imported.iter().zip(&indexes) {
                        read_ahead(path, index);
                    }
                });
            }
            for problem in loaded.problems {
                self.client.log_message(MessageType::Warning, problem).await;
            }
        });
    }

    /// Asks to be told when a file of the base changes.
    pub fn register(self) {
        tokio::spawn(async move {
            let watched = json!({ "watchers": [{ "globPattern": "**/entities/**/*.{toml,jsonl,ndjson,csv,tsv}" }] });
            let registration = Registration {
                id: "onrecord-entities".to_owned(),
                method: DidChangeWatchedFilesNotification::METHOD.to_string(),
                register_options: serde_json::from_value(watched).ok(),
            };
            if let Err(error) = self.client.register_capability(vec![registration]).await {
                eprintln!("onrecord: changed entities will not be heard of: {error}");
            }
        });
    }
}

/// The folders `entities/` of the workspace.
fn folders(desk: &Desk) -> Vec<PathBuf> {
    let folders = desk.folders();
    let paths = folders
        .iter()
        .filter_map(|uri| Url::parse(uri).ok()?.to_file_path().ok());
    paths.map(|folder| folder.join("entities")).collect()
}

/// Reads a mapped file from front to back in small steps, so that later questions find it in memory; as long as somebody
/// has the index.
fn read_ahead(path: &Path, index: &Weak<Index>) {
    std::thread::sleep(HEAD_START);
    let Ok(mut file) = File::open(path) else {
        return;
    };
    let mut piece = vec![0; 1 << 20];
    while index.strong_count() > 0 && file.read(&mut piece).is_ok_and(|read| read > 0) {
        std::thread::sleep(Duration::from_millis(2));
    }
    if let Some(index) = index.upgrade() {
        index.set_in_memory();
    }
}
