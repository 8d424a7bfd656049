//! Recorded sessions of the real editors, replayed against the server: every message that it sends is held to the
//! protocol's types, and to the protocol's own description where that lies beside the project.
//!
//! `fixture.py` makes a fixture of a recording. A session is replayed in its own order and without its pauses: a
//! question is answered before the next message is sent, so that nothing depends on how fast a machine is.

mod client;
mod types;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use client::{Replay, Session};
use serde_json::{Value, json};

fn sessions() -> Vec<(String, Session)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 4, "a session of each of four editors");
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a fixture can be read");
            (name.into_owned(), Session::read(&text))
        })
        .collect()
}

/// The checker of the protocol, where it lies beside the project.
fn checker() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/protocol");
    let folder = std::env::var_os("ONRECORD_PROTOCOL_TOOLS").map_or(beside, PathBuf::from);
    folder.join("check_lsp.py").is_file().then_some(folder)
}

fn hold_to_the_model(name: &str, replay: &Replay) {
    let Some(tools) = checker() else {
        println!("skipped: the protocol's meta model is not beside the project");
        return;
    };
    let log = replay.folder.join("replay.jsonl");
    fs::write(&log, replay.log()).expect("a file can be written");
    let output = Command::new("python3")
        .arg(tools.join("check_lsp.py"))
        .arg(tools.join("metaModel.json"))
        .arg(&log)
        .output();
    let Ok(output) = output else {
        println!("skipped: there is no Python to hold the session against the meta model");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}: {said}");
}

#[test]
fn sessions_of_the_real_editors_are_answered_in_the_protocols_types() {
    for (name, session) in sessions() {
        let replay = session.replay(&name, |_| {});
        let faults = types::faults(&replay.messages);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert_eq!(replay.exit_code, 0, "{name}");
        assert!(
            replay.unanswered().is_empty(),
            "{name}: {:?}",
            replay.unanswered()
        );
        let shown = replay.findings();
        assert!(
            shown.iter().any(|one| one == "source-undeclared") || !session.holds("holtt"),
            "{name}: {shown:?}"
        );
        hold_to_the_model(&name, &replay);
    }
}

#[test]
fn no_fixture_names_a_machine() {
    for (name, session) in sessions() {
        for word in ["/tmp", "/root", "/home", "/work", "/Users", "\\\\Users"] {
            assert!(!session.holds(word), "{name} has {word}");
        }
    }
}

#[test]
fn a_client_that_offers_nothing_is_sent_nothing_but_plain_things() {
    for (name, session) in sessions() {
        let replay = session.replay(&name, |initialize| initialize["capabilities"] = json!({}));
        let faults = types::faults(&replay.messages);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert_eq!(replay.exit_code, 0, "{name}");
        let asked: Vec<&str> = replay.asked_by_us();
        assert!(asked.is_empty(), "{name}: it was asked {asked:?}");
        for message in &replay.messages {
            if let Some(hover) = message
                .answer_to("textDocument/hover")
                .filter(|it| !it.is_null())
            {
                assert_eq!(hover["contents"]["kind"], "plaintext", "{name}: {hover}");
            }
            if let Some(list) = message.answer_to("textDocument/completion") {
                let items = list["items"].as_array().or(list.as_array());
                for item in items.into_iter().flatten() {
                    let format = &item["insertTextFormat"];
                    assert!(format.is_null() || *format == 1, "{name}: {item}");
                    assert!(item.get("commitCharacters").is_none(), "{name}: {item}");
                }
            }
            if let Some(found) = message.published() {
                for one in found {
                    for extra in ["relatedInformation", "codeDescription", "tags", "data"] {
                        assert_eq!(one.get(extra), None, "{name}: {one}");
                    }
                }
            }
        }
        assert!(
            replay
                .messages
                .iter()
                .any(|message| message.published().is_some()),
            "{name}: findings are published to a client that cannot ask"
        );
        let capabilities: Vec<&Value> = replay
            .messages
            .iter()
            .filter_map(|message| message.answer_to("initialize"))
            .collect();
        let told = &capabilities[0]["capabilities"];
        for provider in [
            "diagnosticProvider",
            "codeActionProvider",
            "inlineCompletionProvider",
        ] {
            assert_eq!(told.get(provider), None, "{name}: {provider}");
        }
    }
}
