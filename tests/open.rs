//! `onrecord open`: how each editor is started, with programs that only say how they were.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A machine on which the programs `named` are there; each writes its arguments and what it finds into `said`.
fn machine(name: &str, named: &[&str]) -> Folder {
    let folder =
        std::env::temp_dir().join(format!("onrecord-open-test-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    for part in ["bin", "home", "cache", "tmp"] {
        fs::create_dir_all(folder.join(part)).expect("a folder can be made");
    }
    for program in named {
        let path = folder.join("bin").join(program);
        let said = folder.join("said");
        let script = format!(
            "#!/bin/sh\n{{\necho \"$0 $*\"\ncommand -v onrecord\nfor one; do case \"$one\" in *runtimepath*) cat \"${{one#*=}}/lsp/onrecord.lua\";; *.el) cat \"$one\";; esac; done\n[ -z \"$XDG_CONFIG_HOME\" ] || cat \"$XDG_CONFIG_HOME/helix/languages.toml\"\n}} >>'{}'\nexit 7\n",
            said.display()
        );
        fs::write(&path, script).expect("a program can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be made one");
    }
    Folder(folder)
}

/// Exit code, what the editor saw, what we told.
fn open(machine: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let folder = &machine.0;
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("open")
        .args(arguments)
        .env_clear()
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", folder.join("bin").display()),
        )
        .env("HOME", folder.join("home"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("TMPDIR", folder.join("tmp"))
        .env("ONRECORD_EXTENSION", folder.join("onrecord.vsix"))
        .current_dir(folder)
        .output()
        .expect("the binary starts");
    let said = fs::read_to_string(folder.join("said")).unwrap_or_default();
    (
        output.status.code().expect("it ends by itself"),
        said,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("it is there").next().is_none()
}

#[test]
fn each_editor_starts_on_the_draft_with_this_server_and_nothing_of_the_users() {
    for (editor, program, sees) in [
        ("nvim", "nvim", "filetypes = { 'lede' }"),
        ("hx", "hx", "[language-server.onrecord]"),
        ("emacs", "emacs", "lede-mode"),
    ] {
        let machine = machine(editor, &[program]);
        let (code, said, told) = open(&machine, &["a b.lede", "--in", editor]);
        assert_eq!(code, 7, "the editor’s own code: {told}");
        assert!(
            said.contains("a b.lede") && said.contains(sees),
            "{editor}: {said}"
        );
        assert!(
            said.contains(env!("CARGO_BIN_EXE_onrecord")),
            "{editor}: {said}"
        );
        // Nothing is left, and nothing was written where the user keeps things.
        for part in ["home", "cache", "tmp"] {
            assert!(
                is_empty(&machine.0.join(part)),
                "{editor} left something in {part}"
            );
        }
    }
}

#[test]
fn visual_studio_code_keeps_to_a_folder_of_its_own() {
    let machine = machine("code", &["code"]);
    let (code, said, told) = open(&machine, &["a.lede"]);
    // The program of this test fails at once, as one does that takes no extension.
    assert_eq!(code, 2, "{told}");
    assert!(
        said.contains("--install-extension") && said.contains("onrecord.vsix"),
        "{said}"
    );
    let settings = machine
        .0
        .join("cache/onrecord/open-code/data/User/settings.json");
    let settings = fs::read_to_string(settings).expect("it has settings of its own");
    assert!(
        settings.contains(env!("CARGO_BIN_EXE_onrecord")),
        "{settings}"
    );
    assert!(is_empty(&machine.0.join("home")));
}

#[test]
fn the_first_editor_that_is_there_is_taken_and_none_is_said_so() {
    let some = machine("some", &["hx", "emacs"]);
    let (_, said, _) = open(&some, &["a.lede"]);
    assert!(said.contains("/hx ") && !said.contains("/emacs "), "{said}");
    let none = machine("none", &[]);
    let (code, said, told) = open(&none, &["a.lede", "--in", "nvim"]);
    if said.is_empty() && code == 2 {
        assert!(told.contains("looked for nvim"), "{told}");
    } else {
        println!("skipped: this machine has a Neovim of its own");
    }
}
