//! From the draft to the content system and back, in the terminal: file, compare, rejoin, checks.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-filing-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file can be written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the binary runs")
    }

    fn kept(&self) -> Vec<PathBuf> {
        let folder = self.0.join("filed/pier.lede");
        let files = fs::read_dir(folder).into_iter().flatten().flatten();
        files.map(|file| file.path()).collect()
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

const PIER: &str = "Status: draft

# Pier to close

The pier will close, Mayor Dana Ortiz said on Monday.[^ortiz] It cost TK dollars.

“We have plans to sell the pier,” Ortiz said. [ED: ask her again]

###

[^ortiz]: interview, Dana Ortiz; on record; date: 2026-03-02
";

const COPY: &str = "Pier to close

The pier will close, Mayor Dana Ortiz said on Monday. It cost TK dollars.

“We have plans to sell the pier,” Ortiz said.
";

#[test]
fn the_copy_goes_out_alone_and_what_to_know_stands_beside_it() {
    let folder = Folder::new("out");
    folder.write("pier.lede", PIER);
    folder.write(
        "notes/ortiz transcript.txt",
        "ORTIZ: We have no plans to sell the pier.\nQ: And the wall?\nORTIZ: It stays.\n",
    );
    let output = folder.run(&["file", "pier.lede"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(out(&output), COPY);
    let told = told(&output);
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        lines[1].starts_with("  pier.lede:7: error: ¶2: Negation not as"),
        "{told}"
    );
    assert!(
        lines[2].starts_with("  pier.lede:5: error: ¶1: Placeholder “TK”"),
        "{told}"
    );
    assert!(told.contains("left out: 1 note to the desk"), "{told}");
    assert!(!folder.0.join("filed").exists(), "no folder is named");
    let output = folder.run(&["file", "pier.lede", "--format", "json"]);
    let all: Value = serde_json::from_str(&out(&output)).expect("one object");
    assert_eq!(all["text"], COPY);
    assert_eq!(all["before"][0]["rule"], "quote-differs-from-notes");
    assert_eq!(all["before"][0]["line"], 7);
    let output = folder.run(&["file", "pier.lede", "--before"]);
    assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(0)));
}

#[test]
fn what_is_not_closed_is_not_filed() {
    let folder = Folder::new("open");
    folder.write("onrecord.toml", "filed = \"filed\"\n");
    for open in [
        "It is old. [LEGAL: her lawyer objects",
        "It is old. <!-- she lied",
        "It is old.[^roth",
    ] {
        folder.write("pier.lede", &format!("{open}\n\nThe wall is new.\n"));
        let output = folder.run(&["file", "pier.lede"]);
        assert_eq!(
            (output.status.code(), out(&output)),
            (Some(2), String::new()),
            "{open}"
        );
        assert!(told(&output).contains("pier.lede:1"), "{}", told(&output));
    }
    assert!(folder.kept().is_empty());
}

#[test]
fn what_was_filed_is_kept_and_later_words_are_held_against_it() {
    let folder = Folder::new("kept");
    folder.write("onrecord.toml", "filed = \"filed\"\n");
    folder.write("pier.lede", PIER);
    folder.run(&["file", "pier.lede"]);
    folder.run(&["file", "pier.lede"]);
    let kept = folder.kept();
    assert_eq!(kept.len(), 1, "the same copy is kept once");
    assert_eq!(fs::read_to_string(&kept[0]).expect("it can be read"), COPY);
    let output = folder.run(&["compare", "pier.lede"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));

    folder.write(
        "pier.lede",
        &PIER.replace("have plans to sell", "have no plans to sell"),
    );
    let output = folder.run(&["check", "pier.lede", "--format", "json"]);
    assert!(
        out(&output).contains("was “We have plans to sell”, now “We have no plans to sell”"),
        "{}",
        out(&output)
    );
    let output = folder.run(&["compare", "pier.lede"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("quotation altered"),
        "{}",
        out(&output)
    );
    folder.write(
        "printed.txt",
        &COPY.replace("Mayor Dana Ortiz said on Monday", "on Monday"),
    );
    let output = folder.run(&[
        "compare",
        "pier.lede",
        "printed.txt",
        "--kept",
        "--format",
        "json",
    ]);
    let lost: Value = serde_json::from_str(&out(&output)).expect("an array");
    assert!(
        lost.as_array()
            .is_some_and(|all| all.iter().all(|one| one["kind"] != "quote-altered")),
        "{lost}"
    );
}

#[test]
fn an_older_version_comes_from_git() {
    let folder = Folder::new("git");
    folder.write("city/pier.lede", PIER);
    let git = |arguments: &[&str]| {
        let run = Command::new("git")
            .args(arguments)
            .current_dir(&folder.0)
            .output();
        run.is_ok_and(|output| output.status.success())
    };
    let is_there = git(&["init", "-q"])
        && git(&["add", "."])
        && git(&[
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@b.example",
            "commit",
            "-qm",
            "one",
        ]);
    if !is_there {
        println!("skipped: there is no git");
        return;
    }
    folder.write(
        "city/pier.lede",
        &PIER.replace("have plans to sell", "have no plans to sell"),
    );
    let output = folder.run(&["compare", "city/pier.lede", "--revision", "HEAD"]);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    assert!(
        out(&output).contains("now: “We have no plans to sell the pier,”"),
        "{}",
        out(&output)
    );
    let output = folder.run(&["compare", "city/pier.lede", "--revision", "--output=x"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_text_that_comes_back_gets_its_marks() {
    let folder = Folder::new("back");
    folder.write("pier.lede", PIER);
    folder.write(
        "back.txt",
        &COPY
            .replace("The pier will close", "The old pier will close")
            .replace(
                "“We have plans to sell the pier,” Ortiz said.",
                "She would not say more.",
            ),
    );
    let output = folder.run(&["rejoin", "pier.lede", "back.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("Ortiz said on Monday.[^ortiz] It cost"),
        "{}",
        out(&output)
    );
    assert!(
        told(&output).contains("pier.lede:7: [ED: ask her again] after “"),
        "{}",
        told(&output)
    );
    let output = folder.run(&["rejoin", "pier.lede", "back.txt", "--write"]);
    assert_eq!(out(&output), "");
    let written = fs::read_to_string(folder.0.join("pier.lede")).expect("it is there");
    assert!(
        written.starts_with("Status: draft\n\n# Pier to close\n\nThe old pier"),
        "{written}"
    );
    assert!(written.contains("[^ortiz]: interview"), "{written}");
}
