//! Before you file, checks noted beside the draft, and ticks: by commands that every editor can send.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use url::Url;

use crate::support::{Client, Manners};

const STORY: &str = "Checker: Ann Lee\n\nThe pier will close, Mayor Dana Ortiz said on Monday. It cost TK dollars.\n\n“We had no warning at all,” Ortiz said. [ED: ask]\n";
const COPY: &str = "The pier will close, Mayor Dana Ortiz said on Monday. It cost TK dollars.\n\n“We had no warning at all,” Ortiz said.\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!(
            "onrecord-server-filing-{name}-{}",
            std::process::id()
        ));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("notes")).expect("a new folder");
        fs::write(path.join("notes/ortiz.txt"), "We had no warning at all.").expect("notes");
        Folder(path)
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.0.join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn uri(path: &Path) -> String {
    Url::from_file_path(path).expect("a full path").to_string()
}

fn client(capabilities: Value) -> Client {
    Client::start(Manners {
        capabilities,
        ..Manners::default()
    })
}

fn run(client: &mut Client, command: &str, arguments: Value) -> Value {
    client.request(
        "workspace/executeCommand",
        json!({"command": command, "arguments": arguments}),
    )
}

#[test]
fn a_draft_is_filed_and_kept() {
    let folder = Folder::new("kept");
    fs::write(folder.0.join("onrecord.toml"), "filed = \"filed\"\n").expect("a configuration");
    let story = folder.uri("pier.lede");
    let mut client = client(json!({}));
    client.open(&story, STORY);
    let before = run(
        &mut client,
        "onrecord.file",
        json!([story, {"before": true}]),
    );
    assert_eq!(before["before"][0]["rule"], "placeholder-left", "{before}");
    assert_eq!(before["before"][0]["range"]["start"]["line"], 2);
    assert_eq!(before["leftOut"], json!(["1 note to the desk"]));
    assert!(before.get("text").is_none() && !folder.0.join("filed").exists());

    let filed = run(&mut client, "onrecord.file", json!([story]));
    assert_eq!(filed["text"], COPY);
    let kept = Url::parse(filed["kept"].as_str().expect("it is kept")).expect("a URI");
    let kept = kept.to_file_path().expect("a file");
    assert!(
        kept.starts_with(folder.0.join("filed/pier.lede")),
        "{kept:?}"
    );
    assert_eq!(fs::read_to_string(kept).expect("it is there"), COPY);

    // What was filed is known at once.
    let bent = STORY.replace("no warning", "a warning");
    client.change(&story, 2, json!([{"text": bent}]));
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": story}}),
    );
    let found = client.wait(|client| {
        let mut all = std::iter::from_fn(|| client.published.pop_front());
        all.find(|next| {
            let mut codes = next.diagnostics.iter().map(|one| &one["code"]);
            codes.any(|code| code == "quote-changed-in-edit")
        })
    });
    assert_eq!(found.version, Some(2));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_is_left_open_keeps_a_draft_from_being_filed() {
    let folder = Folder::new("open");
    fs::write(folder.0.join("onrecord.toml"), "filed = \"filed\"\n").expect("a configuration");
    let story = folder.uri("pier.lede");
    let mut client = client(json!({"window": {"showDocument": {"support": true}}}));
    client.expected = vec!["window/showMessage", "window/showDocument"];
    client.open(&story, &STORY.replace("[ED: ask]", "[LEGAL: she lied"));
    let answer = run(&mut client, "onrecord.file", json!([story, {"show": true}]));
    assert_eq!(answer["refused"]["range"]["start"]["line"], 4, "{answer}");
    assert!(answer.get("text").is_none() && !folder.0.join("filed").exists());
    let heard: Vec<String> = client
        .heard
        .iter()
        .map(|(method, _)| method.clone())
        .collect();
    assert_eq!(heard, ["window/showMessage", "window/showDocument"]);
    assert_eq!(client.heard[1].1["selection"]["start"]["line"], 4);
    assert_eq!(
        client.refused(
            "workspace/executeCommand",
            json!({"command": "onrecord.file", "arguments": ["file:///no.lede"]})
        ),
        -32602
    );
    assert_eq!(
        client.refused(
            "workspace/executeCommand",
            json!({"command": "onrecord.file"})
        ),
        -32602
    );
    assert_eq!(
        client.refused("workspace/executeCommand", json!({"command": "rm"})),
        -32602
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn editors_without_code_of_ours_are_shown_list_and_copy() {
    let folder = Folder::new("shown");
    let story = folder.uri("pier.lede");
    let mut client = client(json!({
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
        "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
    }));
    client.expected = vec!["window/showMessage", "workspace/applyEdit"];
    client.open(&story, STORY);
    let place = json!({"line": 2, "character": 4});
    let offered = client.request(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": story}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}}),
    );
    let offered = offered.as_array().expect("a list").clone();
    let command = |title: &str| {
        let found = offered.iter().find(|one| one["title"] == title);
        found.map(|one| one["command"].clone()).unwrap_or_default()
    };
    let file = command("Before you file");
    run(&mut client, "onrecord.file", file["arguments"].clone());
    let (method, message) = client.heard.pop_front().expect("the list");
    assert_eq!(method, "window/showMessage");
    assert!(
        message["message"]
            .as_str()
            .is_some_and(|words| words.contains("¶1: Placeholder “TK”")),
        "{message}"
    );
    let (method, edit) = client.heard.pop_front().expect("the copy");
    assert_eq!(method, "workspace/applyEdit");
    assert_eq!(
        edit["edit"]["documentChanges"][0]["uri"],
        folder.uri("pier.clean.txt")
    );
    assert_eq!(
        edit["edit"]["documentChanges"][1]["edits"][0]["newText"],
        COPY
    );

    let note = command("Note beside the draft that this is checked");
    let answer = run(&mut client, "onrecord.noteCheck", note["arguments"].clone());
    assert_eq!(answer, Value::Null);
    let (_, edit) = client.heard.pop_front().expect("the check");
    assert_eq!(
        edit["edit"]["documentChanges"][0]["uri"],
        folder.uri("pier.lede.checks")
    );
    let line = edit["edit"]["documentChanges"][1]["edits"][0]["newText"]
        .as_str()
        .expect("a line");
    assert!(
        line.starts_with("AL ")
            && line.ends_with(": The pier will close, Mayor Dana Ortiz said on Monday.\n"),
        "{line}"
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn checks_beside_the_draft_are_heard_of() {
    let folder = Folder::new("checks");
    let story = folder.uri("pier.lede");
    let mut client = client(json!({}));
    client.open(&story, STORY);
    client.wait_for_published(&story, 1);
    let checks = folder.0.join("pier.lede.checks");
    fs::write(
        &checks,
        "AL 2026-03-12: The pier will not close, Mayor Dana Ortiz said on Monday.\n",
    )
    .expect("checks");
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({"changes": [{"uri": uri(&checks), "type": 1}]}),
    );
    let stale = client.wait(|client| {
        let all = std::iter::from_fn(|| client.published.pop_front());
        let mut all = all.flat_map(|next| next.diagnostics);
        all.find(|one| one["code"] == "check-stale")
    });
    assert!(
        stale["message"].as_str().is_some_and(
            |words| words.contains("checked by AL on 2026-03-12: was “The pier will not close")
        ),
        "{stale}"
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn ticks_are_there_for_those_who_want_them() {
    let folder = Folder::new("ticks");
    let story = folder.uri("pier.lede");
    let whole = json!({"textDocument": {"uri": story}, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}});
    let mut plain = client(json!({}));
    plain.open(&story, STORY);
    assert_eq!(
        plain.request("textDocument/inlayHint", whole.clone()),
        json!([])
    );
    assert_eq!(plain.shut_down(), 0);
    let mut client = Client::start(Manners {
        params: json!({"initializationOptions": {"inlayHints": {"wordForWord": true, "speaker": false}}}),
        ..Manners::default()
    });
    client.open(&story, STORY);
    client.wait_for_published(&story, 1);
    let hints = client.request("textDocument/inlayHint", whole);
    assert_eq!(hints.as_array().map(Vec::len), Some(1), "{hints}");
    assert_eq!(hints[0]["label"], "✓");
    assert_eq!(hints[0]["position"], json!({"line": 4, "character": 27}));
    assert_eq!(client.shut_down(), 0);
}
