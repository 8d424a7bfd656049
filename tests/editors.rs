//! The real editors, by the scripts in `tests/editors`: VS Code, Neovim, Helix and Emacs, without a screen.
//!
//! They run where the editors are installed, or must run where `ONRECORD_REQUIRE_EDITORS=1`; elsewhere they say that they were skipped.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors")
}

/// Whether `tests/editors/install.sh` has put the editor into its folder.
fn is_installed(mark: &str) -> bool {
    let cache = std::env::var_os("ONRECORD_EDITORS_CACHE").map(PathBuf::from);
    let home =
        std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/onrecord-editors"));
    cache
        .or(home)
        .is_some_and(|folder| folder.join(mark).exists())
}

/// Prints past the test harness, which keeps what a passing test says to itself.
fn say(words: &str) {
    let _ = std::io::stdout().write_all(words.as_bytes());
}

fn run(editor: &str, mark: &str) {
    let required = std::env::var("ONRECORD_REQUIRE_EDITORS").is_ok_and(|value| value == "1");
    if !required && !is_installed(mark) {
        say(&format!(
            "skipped: {editor} is not installed; tests/editors/install.sh {editor} installs it\n"
        ));
        return;
    }
    let script = scripts().join(editor).join("run.sh");
    let output = Command::new("bash")
        .arg(&script)
        .env("ONRECORD", env!("CARGO_BIN_EXE_onrecord"))
        .output()
        .expect("bash runs the script");
    let said = String::from_utf8_lossy(&output.stdout);
    say(&said);
    assert!(
        output.status.success(),
        "{} failed:\n{said}\n{}",
        script.display(),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn neovim_shows_findings_and_mends_one() {
    run("neovim", "neovim-forky/nvim");
}

#[test]
fn vscode_shows_findings_and_mends_one() {
    run("vscode", "tools/node_modules/playwright-core");
}

#[test]
fn helix_shows_findings_and_mends_one() {
    run("helix", "helix/hx");
}

#[test]
fn emacs_shows_findings_and_mends_one() {
    run("emacs", "emacs/emacs");
}
