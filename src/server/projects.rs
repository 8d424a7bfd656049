//! How configuration files reach the desk: looked for around each draft that is opened, read again when they change.

use std::path::{Path, PathBuf};

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    CompletionResponse, DidChangeWatchedFilesNotification,
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, Hover, Notification, Registration,
    TextDocumentPositionParams,
};
use tower_lsp::jsonrpc::Result;

use super::publisher::Wake;
use super::{Server, answers, completing, convert, now};
use crate::desk::Desk;
use crate::disk;
use crate::features;
use crate::project::{self, Project, is_configuration};

impl Server {
    /// Reads the configuration files around a document that were not read yet.
    pub fn look_around(&self, uri: &str) {
        if look(&self.desk, uri) {
            self.wake(Wake::Everything);
        }
    }

    /// Files were changed, made or deleted: those that are configuration, or profiles of it, are read again.
    pub fn reread_configuration(&self, uris: &[&str]) {
        let changed: Vec<PathBuf> = uris.iter().filter_map(|uri| project::path(uri)).collect();
        let is_toml = |path: &&PathBuf| path.extension().is_some_and(|end| end == "toml");
        let changed: Vec<&PathBuf> = changed.iter().filter(is_toml).collect();
        if changed.is_empty() {
            return;
        }
        let reach = self.desk.reach(Path::new(""));
        let is_changed = change(&self.desk, |project, problems| {
            for path in changed {
                let again = match is_configuration(path) {
                    true => vec![path.clone()],
                    false => project.users_of(path),
                };
                for path in again {
                    problems.extend(disk::read_configuration(project, &path, &reach).err());
                }
            }
        });
        if is_changed {
            self.wake(Wake::Everything);
        }
    }
}

/// Whether a document is a configuration file.
pub fn holds_configuration(uri: &str) -> bool {
    project::is_configuration(Path::new(uri))
}

impl Server {
    /// What the words at a place of a configuration file mean.
    pub async fn configuration_hover(
        &self,
        place: TextDocumentPositionParams,
    ) -> Result<Option<Hover>> {
        self.ask(
            &place.text_document.uri.0.clone(),
            move |edition, session| {
                let at = convert::offset(&edition.text, place.position, session.encoding);
                let hover = features::configuration::hover(&edition.text.to_string(), at)?;
                Some(answers::hover(&edition.text, &hover, session))
            },
        )
        .await
    }

    /// What could be typed at a place of a configuration file.
    pub async fn configuration_completion(
        &self,
        place: TextDocumentPositionParams,
    ) -> Result<Option<CompletionResponse>> {
        self.ask(
            &place.text_document.uri.0.clone(),
            move |edition, session| {
                let at = convert::offset(&edition.text, place.position, session.encoding);
                let completion = features::configuration::complete(&edition.text.to_string(), at);
                Some(completing::completion(&edition.text, completion, session).into())
            },
        )
        .await
    }
}

/// Reads the configuration files around a file that were not read yet. Says whether they change anything.
pub fn look(desk: &Desk, uri: &str) -> bool {
    let Some(path) = project::path(uri) else {
        return false;
    };
    let folder = path.parent().unwrap_or(&path);
    let reach = desk.reach(&path);
    change(desk, |project, problems| {
        problems.extend(disk::look_upward(project, folder, &reach));
    })
}

fn change(desk: &Desk, change: impl FnOnce(&mut Project, &mut Vec<String>)) -> bool {
    let mut problems = Vec::new();
    let is_changed = desk.reconfigure(now(), |project| {
        let before = project.revision();
        change(project, &mut problems);
        project.revision() != before
    });
    for problem in problems {
        eprintln!("onrecord: {problem}");
    }
    is_changed
}

/// Asks to be told when configuration files change.
pub fn register(client: Client) {
    const GLOBS: [&str; 4] = [
        "**/*.toml",
        "**/notes/**",
        "**/*.checks",
        "**/*.private.lede",
    ];
    let watchers = GLOBS.map(|glob| FileSystemWatcher {
        glob_pattern: glob.to_owned().into(),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: watchers.into(),
    };
    tokio::spawn(async move {
        let registration = Registration {
            id: "onrecord-files".to_owned(),
            method: DidChangeWatchedFilesNotification::METHOD.to_string(),
            register_options: serde_json::to_value(options).ok(),
        };
        if let Err(error) = client.register_capability(vec![registration]).await {
            eprintln!("onrecord: changed configuration will not be heard of: {error}");
        }
    });
}
