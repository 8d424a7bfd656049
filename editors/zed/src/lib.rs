//! Tells Zed how the server is started: the program `onrecord` on the PATH, or the one that the settings name.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Onrecord;

impl zed::Extension for Onrecord {
    fn new() -> Self {
        Onrecord
    }

    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree).ok();
        let binary = settings.and_then(|settings| settings.binary);
        let named = binary.as_ref().and_then(|binary| binary.path.clone());
        let command = named.or_else(|| worktree.which("onrecord")).ok_or(
            "the program onrecord is not on the PATH: cargo install onrecord, or name it in lsp.onrecord.binary.path",
        )?;
        let args = binary.and_then(|binary| binary.arguments);
        Ok(Command {
            command,
            args: args.unwrap_or_else(|| vec!["serve".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        Ok(settings.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        Ok(settings.settings)
    }
}

zed::register_extension!(Onrecord);
