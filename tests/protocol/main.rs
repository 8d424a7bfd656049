//! Recorded sessions of the real editors, replayed against the server: every message that it sends is held to the
//! protocol's types, and to the protocol's own description where that lies beside the project.
//!
//! `fixture.py` makes a fixture of a recording. A session is replayed in its own order and without its pauses: a
//! question is answered before the next message is sent, so that nothing depends on how fast a machine is.

mod client;
mod offered;
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
        let beyond = offered::faults(&replay);
        assert!(beyond.is_empty(), "{name}: {beyond:#?}");
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

/// What a client may offer and a server must honour, each by itself.
const OFFERS: &[&str] = &[
    "/general/positionEncodings",
    "/textDocument/hover/contentFormat",
    "/textDocument/completion/completionItem/snippetSupport",
    "/textDocument/completion/completionItem/labelDetailsSupport",
    "/textDocument/completion/completionItem/resolveSupport",
    "/textDocument/completion/completionItem/documentationFormat",
    "/textDocument/publishDiagnostics/relatedInformation",
    "/textDocument/publishDiagnostics/tagSupport",
    "/textDocument/publishDiagnostics/codeDescriptionSupport",
    "/textDocument/diagnostic",
    "/textDocument/codeAction/isPreferredSupport",
    "/textDocument/codeAction/codeActionLiteralSupport",
    "/textDocument/definition/linkSupport",
    "/textDocument/typeDefinition/linkSupport",
    "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport",
    "/textDocument/rename/prepareSupport",
    "/textDocument/inlineCompletion",
    "/workspace/applyEdit",
    "/workspace/configuration",
    "/workspace/didChangeConfiguration/dynamicRegistration",
    "/workspace/didChangeWatchedFiles/dynamicRegistration",
    "/workspace/workspaceEdit/documentChanges",
    "/workspace/workspaceEdit/resourceOperations",
    "/workspace/diagnostics/refreshSupport",
    "/workspace/inlayHint/refreshSupport",
    "/workspace/semanticTokens/refreshSupport",
    "/workspace/codeLens/refreshSupport",
    "/workspace/textDocumentContent",
    "/window/showDocument",
    "/window/workDoneProgress",
];

#[test]
fn each_thing_that_a_client_does_not_offer_is_done_without() {
    let sessions = sessions();
    let is_rich = |name: &str| name == "vscode-inside" || name == "neovim-0.12";
    let mut taken = 0;
    for (name, session) in sessions.iter().filter(|(name, _)| is_rich(name)) {
        for offer in OFFERS {
            let (above, last) = offer.rsplit_once('/').expect("each is a path");
            let is_gone = std::cell::Cell::new(false);
            let replay = session.replay(name, |initialize| {
                let above = initialize["capabilities"].pointer_mut(above);
                let above = above.and_then(Value::as_object_mut);
                is_gone.set(above.and_then(|above| above.remove(last)).is_some());
            });
            taken += usize::from(is_gone.get());
            let faults = types::faults(&replay.messages);
            assert!(faults.is_empty(), "{name} without {offer}: {faults:#?}");
            let beyond = offered::faults(&replay);
            assert!(beyond.is_empty(), "{name} without {offer}: {beyond:#?}");
            assert_eq!(replay.exit_code, 0, "{name} without {offer}");
        }
    }
    assert!(taken > 30, "{taken} offers were taken back");
}

#[test]
fn the_client_of_these_tests_fails_on_what_it_did_not_expect() {
    let asks = |method: &str, params: Value| json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let nothing = json!({});
    for (method, params) in [
        ("workspace/configuration", json!({"items": []})),
        ("workspace/applyEdit", json!({"edit": {}})),
        ("window/showDocument", json!({"uri": "file:///a"})),
        (
            "window/showMessageRequest",
            json!({"type": 1, "message": "?"}),
        ),
        (
            "client/registerCapability",
            json!({"registrations": [{"id": "1", "method": "workspace/didChangeWatchedFiles"}]}),
        ),
        ("telemetry/event", json!({})),
    ] {
        let message = asks(method, params);
        assert!(
            offered::unexpected(&nothing, &message).is_some(),
            "{method}"
        );
    }
    let pulls = json!({"textDocument": {"diagnostic": {}}});
    let published = asks(
        "textDocument/publishDiagnostics",
        json!({"uri": "file:///a", "diagnostics": []}),
    );
    assert!(offered::unexpected(&pulls, &published).is_some());
    assert_eq!(offered::unexpected(&nothing, &published), None);
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let registers = asks(
        "client/registerCapability",
        json!({"registrations": [{"id": "1", "method": "workspace/didChangeWatchedFiles"}]}),
    );
    assert_eq!(offered::unexpected(&watches, &registers), None);
}

/// A client that asks what there is to know of a row when it is looked at.
#[test]
fn a_row_is_told_of_in_full_when_it_is_looked_at() {
    let text = "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Ve";
    let uri = "file://{desk}/rows.lede";
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 27}});
    let kept = |version: i32| json!({"label": "Venn", "data": {"uri": uri, "version": version, "at": text.len(), "is_explicit": false, "row": 0}});
    let can = json!({"textDocument": {"completion": {"completionItem": {
        "labelDetailsSupport": true, "documentationFormat": ["markdown"],
        "resolveSupport": {"properties": ["documentation"]},
    }}}});
    let ask = |id: i32, method: &str, params: Value| json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
    let say =
        |method: &str, params: Value| json!({"jsonrpc": "2.0", "method": method, "params": params});
    let script = [
        ask(
            1,
            "initialize",
            json!({"processId": null, "rootUri": null, "capabilities": can}),
        ),
        say("initialized", json!({})),
        say(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "lede", "version": 1, "text": text}}),
        ),
        ask(2, "textDocument/completion", place),
        ask(3, "completionItem/resolve", kept(1)),
        ask(4, "completionItem/resolve", kept(7)),
        ask(5, "completionItem/resolve", json!({"label": "Venn"})),
        ask(6, "shutdown", Value::Null),
        say("exit", Value::Null),
    ];
    let lines = script.map(|msg| json!({ "msg": msg }).to_string());
    let replay = Session::read(&lines.join("\n")).replay("rows", |_| {});
    let faults = types::faults(&replay.messages);
    assert!(faults.is_empty(), "{faults:#?}");
    let beyond = offered::faults(&replay);
    assert!(beyond.is_empty(), "{beyond:#?}");
    let of = |method: &str| {
        let answers = replay.messages.iter();
        answers
            .filter_map(|message| message.answer_to(method))
            .collect::<Vec<_>>()
    };
    let row = &of("textDocument/completion")[0]["items"][0];
    assert_eq!(row["label"], "Venn");
    assert_eq!(row["labelDetails"]["description"], "Paul Venn");
    let (kept, wanted) = (&row["data"], &kept(1)["data"]);
    for key in ["version", "at", "is_explicit", "row"] {
        assert_eq!(kept[key], wanted[key], "{key}: {kept}");
    }
    assert_eq!(row.get("documentation"), None);
    let told = of("completionItem/resolve");
    let words = told[0]["documentation"]["value"]
        .as_str()
        .unwrap_or_default();
    assert!(
        words.contains("Paul Venn") && words.contains("Write: Venn"),
        "{words}"
    );
    assert_eq!(told[0]["documentation"]["kind"], "markdown");
    assert_eq!(told[1].get("documentation"), None, "another version by now");
    assert_eq!(told[2], &json!({"label": "Venn"}));
}
