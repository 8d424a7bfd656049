//! The built binary in a terminal's place: exit codes, formats, messages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("onrecord-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        // A command that does not read its input may be gone by now.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ASKED: &str = "Mayor Ann Ruiz spoke.\n\nThere is widespread anger over the decision.\n";

#[test]
fn findings_stand_under_their_words_and_are_counted() {
    let folder = Folder::new("human");
    folder.write("a.lede", ASKED);
    let output = folder.run(&["check", "a.lede"], "");
    let shown = out(&output);
    assert!(shown.contains("[claim-consensus-unattributed]"), "{shown}");
    assert!(shown.contains("a.lede:3:10"), "{shown}");
    assert!(shown.contains("1 draft: 1 information\n"), "{shown}");
    assert_eq!(output.status.code(), Some(0), "below the default level");
    let output = folder.run(&["check", "a.lede", "--fail-on", "information"], "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn json_counts_utf_16_and_bytes() {
    let folder = Folder::new("json");
    let text = "“é😀” There is widespread anger over the decision.\n";
    let output = folder.run(&["check", "-", "--format", "json"], text);
    let findings: Vec<Value> = serde_json::from_str(&out(&output)).expect("an array");
    let finding = findings
        .iter()
        .find(|finding| finding["rule"] == "claim-consensus-unattributed")
        .expect("the rule fires");
    let words = "widespread anger";
    let start = text.find(words).expect("it is there");
    assert_eq!(finding["path"], "-");
    assert_eq!(finding["span"]["start"], start);
    assert_eq!(finding["span"]["end"], start + words.len());
    let column = text[..start].encode_utf16().count();
    assert_eq!(finding["range"]["start"]["line"], 0);
    assert_eq!(finding["range"]["start"]["character"], column);
    let lines = folder.run(&["check", "-", "--format", "jsonl"], text);
    assert_eq!(out(&lines).lines().count(), findings.len());
}

#[test]
fn a_folder_gives_its_drafts_in_order() {
    let folder = Folder::new("folder");
    for name in ["b.lede", "a.lede.md", "c.md"] {
        folder.write(name, ASKED);
    }
    let output = folder.run(&["check", ".", "--format", "jsonl"], "");
    let paths: Vec<String> = out(&output)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("an object")["path"].to_string())
        .collect();
    assert_eq!(paths, ["\"./a.lede.md\"", "\"./b.lede\""]);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    let folder = Folder::new("errors");
    folder.write("bad.lede", b"One.\nTwo \xff.");
    folder.write("good.lede", ASKED);
    fs::create_dir(folder.0.join("empty")).expect("a folder can be made");
    let output = folder.run(
        &["check", "bad.lede", "gone.lede", "empty", "good.lede"],
        "",
    );
    let told = told(&output);
    assert!(
        told.contains("bad.lede is not UTF-8: line 2, byte 5"),
        "{told}"
    );
    assert!(told.contains("gone.lede is not there"), "{told}");
    assert!(told.contains("empty holds no drafts"), "{told}");
    assert!(out(&output).contains("1 draft: 1 information"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_rule_is_explained_and_a_misspelt_one_is_guessed() {
    let folder = Folder::new("explain");
    let output = folder.run(&["explain", "quote-without-speaker"], "");
    assert!(out(&output).starts_with("quote-without-speaker ("));
    let output = folder.run(&["explain", "quote-without-speeker"], "");
    assert!(told(&output).contains("Did you mean quote-without-speaker?"));
    assert_eq!(output.status.code(), Some(2));
    let all = out(&folder.run(&["explain"], ""));
    assert_eq!(all.lines().count(), onrecord::rules::RULES.len());
}

#[test]
fn what_a_person_gets_wrong_is_told_in_words_with_code_2() {
    let folder = Folder::new("wrong");
    folder.write("a.lede", ASKED);
    folder.write("utf16.lede", b"\xff\xfeS\0l\0u\0g\0");
    fs::create_dir(folder.0.join("folder.lede")).expect("a folder can be made");
    for (arguments, words) in [
        (&["check"][..], "required"),
        (&["check", "gone.lede"], "gone.lede is not there"),
        (
            &["check", "utf16.lede"],
            "utf16.lede is not UTF-8 but UTF-16; save it as UTF-8",
        ),
        (&["check", "folder.lede"], "folder.lede holds no drafts"),
        (
            &["check", "a.lede", "--profile", "loud"],
            "there is no such profile; choose one of wire",
        ),
        (
            &["check", "a.lede", "--format", "xml"],
            "possible values: human, json",
        ),
        (
            &["check", "a.lede", "--fail-on", "much"],
            "possible values: error, warning",
        ),
        (&["check", "a.lede", "--loud"], "unexpected argument"),
        (&["explain", "xyzzy"], "there is no rule xyzzy"),
        (&["tree", "gone.lede"], "gone.lede is not there"),
        (&["chekc", "a.lede"], "check"),
    ] {
        let output = folder.run(arguments, "");
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
        assert_eq!(out(&output), "", "{arguments:?}");
    }
}

#[test]
fn nothing_on_standard_input_is_a_draft_without_findings_and_is_said() {
    let folder = Folder::new("nothing");
    let output = folder.run(&["check", "-"], "");
    assert_eq!(out(&output), "1 draft: nothing found\n");
    assert_eq!(told(&output), "standard input was empty\n");
    assert_eq!(output.status.code(), Some(0));
    let output = folder.run(&["check", "-", "--format", "json"], "");
    assert_eq!(out(&output).trim(), "[]");
}

#[test]
fn one_draft_is_said_how_to_be_seen_in_an_editor_and_many_are_not() {
    let folder = Folder::new("editor");
    folder.write("a.lede", ASKED);
    let output = folder.run(&["check", "a.lede"], "");
    assert!(
        told(&output).contains("open a.lede in VS Code or Neovim"),
        "{}",
        told(&output)
    );
    for arguments in [
        &["check", "a.lede", "a.lede"][..],
        &["check", "a.lede", "--format", "json"],
        &["check", "-"],
    ] {
        let told = told(&folder.run(arguments, ASKED));
        assert_eq!(told, "", "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_and_a_circle_of_links_are_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("closed");
    folder.write("good.lede", ASKED);
    folder.write("closed.lede", ASKED);
    let path = folder.0.join("closed.lede");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
    symlink(".", folder.0.join("circle")).expect("a link can be made");
    symlink("nowhere.lede", folder.0.join("lost.lede")).expect("a link can be made");
    // Who may read everything reads this too.
    let is_closed = fs::read(&path).is_err();
    let output = folder.run(&["check", "closed.lede", "lost.lede", "good.lede"], "");
    if is_closed {
        assert!(
            told(&output).contains("closed.lede may not be read"),
            "{}",
            told(&output)
        );
    }
    assert!(
        told(&output).contains("lost.lede is not there"),
        "{}",
        told(&output)
    );
    assert_eq!(output.status.code(), Some(2));
    let output = folder.run(&["check", ".", "--format", "jsonl"], "");
    let paths = out(&output)
        .lines()
        .filter(|line| line.contains("good.lede"))
        .count();
    assert_eq!(paths, 1, "the circle is not walked");
}

#[test]
fn what_was_lost_on_the_way_to_print_is_told() {
    let folder = Folder::new("compare");
    let filed = "The pier stays, the board said.\n\n“We have no plans to sell the pier this year,” Dana Ortiz said.\n";
    folder.write("filed.txt", filed);
    folder.write("printed.txt", filed.replace("no plans", "now plans"));
    let output = folder.run(&["compare", "filed.txt", "printed.txt"], "");
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert_eq!(
        out(&output),
        "filed.txt:3: quotation altered\n  was: “We have no plans to sell the pier this year,”\n  now: “We have now plans to sell the pier this year,”\n"
    );
    let output = folder.run(
        &["compare", "filed.txt", "printed.txt", "--format", "json"],
        "",
    );
    let told: Value = serde_json::from_str(&out(&output)).expect("it is JSON");
    assert_eq!(told[0]["kind"], "quote-altered");
    assert_eq!(told[0]["filed"]["line"], 3);
    let output = folder.run(
        &["compare", "filed.txt", "printed.txt", "--format", "html"],
        "",
    );
    assert!(out(&output).contains("<td>quotation altered</td>"));
    let output = folder.run(&["compare", "filed.txt", "filed.txt"], "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn quotations_are_held_against_the_notes_beside_the_draft() {
    let folder = Folder::new("record");
    fs::create_dir_all(folder.0.join("notes")).expect("a folder can be made");
    folder.write(
        "notes/ortiz.eml",
        "From: Dana Ortiz <dana@harlan.example>\n\nWe have no plans to sell the pier.\n",
    );
    folder.write(
        "pier.lede",
        "“We have now plans to sell the pier,” Dana Ortiz said in an email.\n",
    );
    let output = folder.run(&["check", "pier.lede"], "");
    assert!(
        out(&output).contains("quote-differs-from-notes"),
        "{}",
        out(&output)
    );
}
