//! What is released: the manual, the completions, the packages; one version everywhere.

use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn out(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .output()
        .expect("the binary starts");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

/// The commands that `onrecord --help` lists.
fn commands() -> Vec<String> {
    let help = out(&["--help"]);
    let list = help.split("Commands:").nth(1).expect("there is a list");
    let names = list
        .lines()
        .skip(1)
        .take_while(|line| !line.trim().is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 10, "{names:?}");
    names
}

#[test]
fn the_manual_has_every_command_with_its_examples() {
    let page = out(&["man"]);
    assert!(page.contains(env!("CARGO_PKG_VERSION")));
    for command in commands() {
        let head = format!(".SH \"ONRECORD {}\"", command.to_uppercase());
        let bare = format!(".SH ONRECORD {}", command.to_uppercase());
        assert!(
            page.contains(&head) || page.contains(&bare),
            "{command} is not in the manual"
        );
    }
    assert!(page.contains("onrecord export council.lede"));
    if Command::new("man").arg("--version").output().is_err() {
        println!("skipped: no man on this machine to print the page");
    }
}

#[test]
fn the_help_of_every_command_says_how_it_ends() {
    let names = commands();
    let own = ["import", "find", "show", "who", "check", "add"];
    let entities = own.map(|name| vec!["entities", name]);
    let others = names.iter().filter(|name| *name != "entities");
    let all = others.map(|name| vec![name.as_str()]).chain(entities);
    for mut command in all {
        command.push("--help");
        let help = out(&command);
        assert!(help.contains("Exit code:"), "{command:?}:\n{help}");
        let has_example = help.contains("Examples:\n  onrecord ");
        assert!(has_example || command[0] == "serve", "{command:?}:\n{help}");
    }
}

#[test]
fn every_shell_completes_every_command_and_no_hidden_one() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = out(&["completions", shell]);
        for command in commands() {
            assert!(completions.contains(&command), "{command} in {shell}");
        }
        assert!(
            completions.contains("annotated"),
            "the formats of export in {shell}"
        );
    }
    let bash = Command::new("bash")
        .args(["-n", "/dev/stdin"])
        .stdin(std::process::Stdio::piped())
        .spawn();
    let Ok(mut bash) = bash else {
        println!("skipped: no bash on this machine to read the completions");
        return;
    };
    let mut input = bash.stdin.take().expect("it is piped");
    std::io::Write::write_all(&mut input, out(&["completions", "bash"]).as_bytes())
        .expect("it reads");
    drop(input);
    assert!(bash.wait().expect("it ends").success());
}

#[test]
fn the_version_is_one_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("it is there");
    assert!(read("CHANGELOG.md").contains(&format!("## {version}")));
    let extension: serde_json::Value =
        serde_json::from_str(&read("editors/vscode/package.json")).expect("it is JSON");
    assert_eq!(extension["version"], version);
    let lock: serde_json::Value =
        serde_json::from_str(&read("editors/vscode/package-lock.json")).expect("it is JSON");
    assert_eq!(lock["version"], version);
    assert_eq!(lock["packages"][""]["version"], version);
    let grammar: serde_json::Value =
        serde_json::from_str(&read("grammar/tree-sitter-lede/tree-sitter.json"))
            .expect("it is JSON");
    assert_eq!(grammar["metadata"]["version"], version);
    for file in [
        "editors/zed/Cargo.toml",
        "editors/zed/extension.toml",
        "grammar/tree-sitter-lede/Cargo.toml",
    ] {
        let text = read(file);
        let mut lines = text
            .lines()
            .filter_map(|line| line.strip_prefix("version = "));
        assert_eq!(
            lines.next(),
            Some(format!("\"{version}\"").as_str()),
            "{file}"
        );
    }
    assert!(read("editors/emacs/onrecord.el").contains(&format!(";; Version: {version}\n")));
    let package: serde_json::Value =
        serde_json::from_str(&read("release/npm/package.json.in")).expect("it is JSON");
    assert_eq!(package["version"], "@VERSION@");
    // The platforms of the package for all are those that the workflow builds.
    let workflow = read(".github/workflows/release.yml");
    let platforms = package["optionalDependencies"]
        .as_object()
        .expect("they are named");
    for name in platforms.keys() {
        let platform = name.trim_start_matches("@onrecord/");
        assert!(
            workflow.contains(&format!("platform: {platform} ")),
            "{platform}"
        );
    }
    assert_eq!(workflow.matches("platform: ").count(), platforms.len());
}

#[test]
fn the_scripts_are_whole() {
    for script in [
        "release/build.sh",
        "release/try.sh",
        "release/gather.sh",
        "release/npm/pack.sh",
        "tests/exchange/install.sh",
        "examples/archives/parallel.sh",
    ] {
        let checked = Command::new("bash")
            .arg("-n")
            .arg(root().join(script))
            .status();
        match checked {
            Ok(status) => assert!(status.success(), "{script}"),
            Err(_) => println!("skipped: no bash on this machine"),
        }
    }
}
