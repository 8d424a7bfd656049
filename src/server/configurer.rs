//! How settings reach the desk: asked for where the client can be asked, else as it sends them.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{
    ConfigurationItem, DidChangeConfigurationNotification, MessageType, Notification, Registration,
};

use super::capabilities::Session;
use super::publisher::Wake;
use super::{now, settings};
use crate::desk::Desk;

/// What it takes to take over settings.
pub struct Configurer {
    /// Hears what is not understood.
    pub client: Client,
    /// Where the settings go.
    pub desk: Arc<Desk>,
    /// What the client can do.
    pub session: Arc<Session>,
    /// What the client said when it introduced itself; counts while it says nothing else.
    pub initial: Value,
    /// Hears that findings may have changed.
    pub wakes: UnboundedSender<Wake>,
}

impl Configurer {
    /// Takes over settings, and says which are not understood.
    pub fn take(&self, value: &Value) {
        let value = match value {
            Value::Null => &self.initial,
            value => value,
        };
        let (mut settings, problems) = settings::read(value);
        // A client that asks and cannot be told to ask again would never see what is held.
        settings.holds &= !self.session.pulls || self.session.refreshes;
        if !problems.is_empty() {
            let client = self.client.clone();
            tokio::spawn(async move {
                for problem in problems {
                    client.log_message(MessageType::Warning, problem).await;
                }
            });
        }
        if self.desk.configure(settings, now()) {
            let _ = self.wakes.send(Wake::Everything);
        }
    }

    /// Asks for settings, and takes them over when they come.
    pub fn ask(self) {
        tokio::spawn(async move {
            let section = ConfigurationItem {
                section: Some("onrecord".to_owned()),
                ..ConfigurationItem::default()
            };
            match self.client.configuration(vec![section]).await {
                Ok(values) => self.take(values.first().unwrap_or(&Value::Null)),
                Err(error) => eprintln!("onrecord: the client did not give its settings: {error}"),
            }
        });
    }

    /// Asks to be told when settings change.
    pub fn register(self) {
        tokio::spawn(async move {
            let registration = Registration {
                id: "onrecord-settings".to_owned(),
                method: DidChangeConfigurationNotification::METHOD.to_string(),
                register_options: None,
            };
            let registered = self.client.register_capability(vec![registration]);
            if let Err(error) = registered.await {
                eprintln!("onrecord: changed settings will not be heard of: {error}");
            }
        });
    }
}
