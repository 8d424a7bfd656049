//! `onrecord open`: a draft in the editor that is on the machine, with this server attached. Nothing of the user's own
//! configuration is read or written: the editor starts from a folder made for it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};

use super::check::absolute;
use super::{complain, hint};

#[derive(Args)]
pub struct Options {
    /// The draft; one that is not there yet is begun.
    draft: PathBuf,
    /// The editor; without it the first of these that is found.
    #[arg(long = "in", value_enum)]
    editor: Option<Editor>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Editor {
    /// Visual Studio Code, or VSCodium.
    Code,
    /// Neovim.
    Nvim,
    /// Helix.
    Hx,
    /// Emacs.
    Emacs,
}

impl Editor {
    const ALL: [Editor; 4] = [Editor::Code, Editor::Nvim, Editor::Hx, Editor::Emacs];

    /// The names of its program, the likeliest first.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Editor::Code => &["code", "codium", "code-insiders"],
            Editor::Nvim => &["nvim"],
            Editor::Hx => &["hx", "helix"],
            Editor::Emacs => &["emacs"],
        }
    }
}

/// The editors' own files, as they stand in `editors/`.
const NEOVIM: [(&str, &str); 7] = [
    (
        "lsp/onrecord.lua",
        include_str!("../../editors/neovim/lsp/onrecord.lua"),
    ),
    (
        "plugin/onrecord.lua",
        include_str!("../../editors/neovim/plugin/onrecord.lua"),
    ),
    (
        "ftdetect/lede.lua",
        include_str!("../../editors/neovim/ftdetect/lede.lua"),
    ),
    (
        "ftplugin/lede.lua",
        include_str!("../../editors/neovim/ftplugin/lede.lua"),
    ),
    (
        "lua/onrecord/health.lua",
        include_str!("../../editors/neovim/lua/onrecord/health.lua"),
    ),
    (
        "lua/onrecord/pick.lua",
        include_str!("../../editors/neovim/lua/onrecord/pick.lua"),
    ),
    (
        "syntax/lede.vim",
        include_str!("../../editors/neovim/syntax/lede.vim"),
    ),
];
const HELIX: &str = include_str!("../../editors/helix/languages.toml");
const EMACS: &str = include_str!("../../editors/emacs/onrecord.el");

pub fn run(options: &Options) -> i32 {
    let Some((editor, program)) = find(options.editor) else {
        complain(&missing(options.editor));
        return 2;
    };
    let made = match Made::new(editor) {
        Ok(made) => made,
        Err(problem) => {
            complain(&problem);
            return 2;
        }
    };
    let mut command = match made.command(editor, &program, &absolute(&options.draft)) {
        Ok(command) => command,
        Err(problem) => {
            complain(&problem);
            return 2;
        }
    };
    match command.status() {
        Ok(status) => status.code().unwrap_or(1),
        Err(error) => {
            complain(&format!("{} did not start: {error}", program.display()));
            2
        }
    }
}

/// The editor that was asked for, else the first one there is.
fn find(wanted: Option<Editor>) -> Option<(Editor, PathBuf)> {
    let all = Editor::ALL.into_iter();
    let mut fitting = all.filter(|editor| wanted.is_none_or(|wanted| wanted == *editor));
    fitting.find_map(|editor| {
        let mut programs = editor.programs().iter();
        let path = programs.find_map(|name| on_path(name))?;
        Some((editor, path))
    })
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ""]
    } else {
        &[""]
    };
    std::env::split_paths(&path).find_map(|folder| {
        let mut names = endings
            .iter()
            .map(|ending| folder.join(format!("{name}{ending}")));
        names.find(|file| file.is_file())
    })
}

fn missing(wanted: Option<Editor>) -> String {
    let names = |editor: Editor| editor.programs()[0];
    let looked = match wanted {
        Some(editor) => names(editor).to_owned(),
        None => Editor::ALL.map(names).join(", "),
    };
    format!(
        "no editor was found on the PATH (looked for {looked}); editors/ says how each is set up by hand"
    )
}

/// A folder with what an editor needs to start. It goes when the editor ends, but for Visual Studio Code's, which
/// outlives its command and is used again.
struct Made {
    folder: PathBuf,
    is_kept: bool,
}

impl Drop for Made {
    fn drop(&mut self) {
        if !self.is_kept {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl Made {
    fn new(editor: Editor) -> Result<Made, String> {
        let is_kept = editor == Editor::Code;
        let folder = match is_kept {
            true => cache().ok_or("there is no folder for Visual Studio Code’s files: set HOME")?,
            false => std::env::temp_dir().join(format!("onrecord-open-{}", std::process::id())),
        };
        let made = Made { folder, is_kept };
        match editor {
            Editor::Code => {
                let settings = format!("{:#}\n", settings()?);
                made.write("data/User/settings.json", &settings)?;
            }
            Editor::Nvim => {
                for (name, text) in NEOVIM {
                    made.write(name, text)?;
                }
            }
            Editor::Hx => made.write("helix/languages.toml", HELIX)?,
            Editor::Emacs => made.write("onrecord.el", EMACS)?,
        }
        Ok(made)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        let told = |error: std::io::Error| format!("{} cannot be written: {error}", path.display());
        std::fs::create_dir_all(path.parent().unwrap_or(&self.folder)).map_err(told)?;
        std::fs::write(&path, text).map_err(told)
    }

    /// What starts the editor on a draft.
    fn command(&self, editor: Editor, program: &Path, draft: &Path) -> Result<Command, String> {
        let mut command = Command::new(program);
        command.env("PATH", path_with_us()?);
        match editor {
            Editor::Code => {
                let (data, extensions) = (self.folder.join("data"), self.folder.join("extensions"));
                let ours = |command: &mut Command| {
                    command.arg("--user-data-dir").arg(&data);
                    command.arg("--extensions-dir").arg(&extensions);
                };
                let mut install = Command::new(program);
                ours(&mut install);
                install
                    .arg("--install-extension")
                    .arg(extension()?)
                    .arg("--force");
                let installed = install.output().is_ok_and(|output| output.status.success());
                if !installed {
                    return Err(format!("{} did not take the extension", program.display()));
                }
                ours(&mut command);
                command
                    .arg("--disable-workspace-trust")
                    .arg("--new-window")
                    .arg(draft);
            }
            Editor::Nvim => {
                let folder = self.folder.display().to_string();
                let folder = folder.replace(' ', "\\ ").replace(',', "\\,");
                command.arg("--clean").arg("--cmd");
                command.arg(format!("set runtimepath^={folder}")).arg(draft);
            }
            Editor::Hx => {
                command.env("XDG_CONFIG_HOME", &self.folder).arg(draft);
            }
            Editor::Emacs => {
                command
                    .arg("-Q")
                    .arg("-l")
                    .arg(self.folder.join("onrecord.el"))
                    .arg(draft);
            }
        }
        Ok(command)
    }
}

/// The settings with which Visual Studio Code starts: this very server.
fn settings() -> Result<serde_json::Value, String> {
    Ok(serde_json::json!({
        "onrecord.path": us()?.display().to_string(),
        "workbench.startupEditor": "none",
        "telemetry.telemetryLevel": "off",
    }))
}

/// The extension's package: the one named by `ONRECORD_EXTENSION`, else one beside the program or beside the sources it
/// was built from.
fn extension() -> Result<PathBuf, String> {
    if let Some(named) = std::env::var_os("ONRECORD_EXTENSION") {
        return Ok(named.into());
    }
    let us = us()?;
    let above = us.ancestors().skip(1).take(4);
    let mut places = above.flat_map(|folder| {
        [
            folder.join("onrecord.vsix"),
            folder.join("editors/vscode/onrecord.vsix"),
        ]
    });
    places.find(|path| path.is_file()).ok_or_else(|| {
        hint("in editors/vscode, `npm ci && npm run package` makes it; or name one in ONRECORD_EXTENSION");
        "the extension onrecord.vsix is neither beside this program nor in editors/vscode".to_owned()
    })
}

fn us() -> Result<PathBuf, String> {
    std::env::current_exe()
        .map_err(|error| format!("this program does not know where it is: {error}"))
}

/// The PATH with this very program first, so that the editor starts no other.
fn path_with_us() -> Result<OsString, String> {
    let us = us()?;
    let own = us.parent().map(Path::to_path_buf);
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).map_err(|error| format!("the PATH cannot be used: {error}"))
}

fn cache() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .or_else(|| set("LOCALAPPDATA").map(PathBuf::from))?;
    Some(home.join("onrecord/open-code"))
}
