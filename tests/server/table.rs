//! docs/features.md: what each message does is what the server does.

use std::fs;
use std::path::Path;

use onrecord::server::table::{Meaning, TABLE, page};
use serde_json::{Value, json};

use super::support::{Client, Manners};

/// Whether a client asks it and waits for an answer.
fn is_asked(method: &str) -> bool {
    let told = [
        "textDocument/did",
        "textDocument/publishDiagnostics",
        "workspace/did",
        "notebookDocument/",
        "window/",
        "client/",
        "telemetry/",
        "$/",
    ];
    let others = [
        "initialize",
        "initialized",
        "shutdown",
        "exit",
        "textDocument/willSave",
        "workspace/configuration",
        "workspace/workspaceFolders",
        "workspace/applyEdit",
    ];
    !told.iter().any(|start| method.starts_with(start))
        && !others.contains(&method)
        && !method.ends_with("/refresh")
}

#[test]
fn the_page_is_as_the_table_has_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/features.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page()).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        written.replace("\r\n", "\n"),
        page(),
        "docs/features.md is old: UPDATE=1 cargo test --test server"
    );
    for (method, meaning) in TABLE {
        let (Meaning::Does(words) | Meaning::NotYet(words) | Meaning::Nothing(words)) = meaning;
        assert!(
            words.len() > 10 && words.ends_with('.'),
            "{method}: {words}"
        );
    }
}

#[test]
fn what_the_table_says_is_answered_is_answered_and_nothing_else() {
    let mut client = Client::start(Manners::default());
    client.open("file:///pier.lede", "“It leaks,” said Dana Ortiz.\n");
    let place = json!({"line": 0, "character": 3});
    let range = json!({"start": place, "end": place});
    let document = json!({"uri": "file:///pier.lede"});
    for (method, meaning) in TABLE.iter().filter(|(method, _)| is_asked(method)) {
        let params = json!({
            "textDocument": document, "position": place, "range": range, "positions": [place],
            "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false},
            "previousResultId": "1", "previousResultIds": [], "query": "", "newName": "x",
        });
        let id = client.ask(method, params);
        let answer = client.answer(id);
        match meaning {
            Meaning::Does(_) => {
                let is_unknown = answer.is_err_and(|error: Value| error["code"] == -32601);
                assert!(!is_unknown, "{method} is in the table and not answered");
            }
            _ => assert!(answer.is_err(), "{method} is answered and not in the table"),
        }
    }
    client.shut_down();
}

#[test]
fn every_message_of_the_protocol_has_its_row() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/protocol/metaModel.json");
    let Ok(model) = fs::read_to_string(&path) else {
        println!("skipped: the protocol's meta model is not beside the project");
        return;
    };
    let model: Value = serde_json::from_str(&model).expect("it is JSON");
    let mut methods: Vec<&str> = ["requests", "notifications"]
        .iter()
        .flat_map(|list| model[*list].as_array().expect("a list"))
        .map(|message| message["method"].as_str().expect("a name"))
        .collect();
    methods.sort_unstable();
    let mut rows: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    rows.sort_unstable();
    assert_eq!(rows, methods);
}
