//! One session with everything in it, recorded and held against the protocol's own description.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Client, Manners};

const DRAFT: &str = "\
---
Slug: ferry
Status: draft
---
# Ferry “Morning Star” 😀 stopped

By Ada Finch

HARLOW, March 4 — Crime fell 15% last year. [STET claim]

“We stopped the ferry,” said Ruth Abel, the harbour master.[^abel] “Nobody was hurt.”

Rents rose 20% in Harlow.

<!-- two
lines -->

> “It was a quiet day
> on the water.”

[^abel]: interview Ruth Abel; on record
  by: Ada Finch
[@abel]: Ruth Abel
  role: harbour master
";

/// The recorder and the checker of the protocol, where they lie beside the project.
fn tools() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/protocol");
    let folder = std::env::var_os("ONRECORD_PROTOCOL_TOOLS").map_or(beside, PathBuf::from);
    folder.join("check_lsp.py").is_file().then_some(folder)
}

fn capabilities() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "window": {"workDoneProgress": true},
        "workspace": {
            "configuration": true,
            "workspaceFolders": true,
            "didChangeConfiguration": {"dynamicRegistration": true},
            "workspaceEdit": {"documentChanges": true},
            "diagnostics": {"refreshSupport": true},
        },
        "textDocument": {
            "synchronization": {"didSave": true},
            "publishDiagnostics": {
                "relatedInformation": true, "versionSupport": true,
                "codeDescriptionSupport": true, "tagSupport": {"valueSet": [1, 2]},
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "completion": {"contextSupport": true, "completionItem": {"snippetSupport": false}},
            "definition": {"linkSupport": true},
            "references": {},
            "documentHighlight": {},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": {
                "isPreferredSupport": true,
                "codeActionLiteralSupport": {"codeActionKind": {
                    "valueSet": ["quickfix", "refactor.rewrite"],
                }},
            },
            "foldingRange": {"lineFoldingOnly": true},
            "semanticTokens": {
                "requests": {"full": true}, "formats": ["relative"],
                "tokenTypes": ["keyword"], "tokenModifiers": [],
            },
        },
    })
}

/// A client that asks for findings.
fn modern() -> Value {
    let mut can = capabilities();
    can["textDocument"]["diagnostic"] = json!({
        "relatedInformation": true, "tagSupport": {"valueSet": [1, 2]},
    });
    can
}

/// An older client: findings sent, flat outlines, locations, plain words, edits without a version.
fn older() -> Value {
    let mut can = capabilities();
    can["textDocument"]["documentSymbol"] = json!({});
    can["textDocument"]["definition"] = json!({});
    can["textDocument"]["hover"] = json!({"contentFormat": ["plaintext"]});
    can["workspace"]["workspaceEdit"] = json!({});
    can
}

/// Runs a session with everything in it behind the recorder.
fn record(tools: &Path, log: &Path, can: Value) {
    let pulls = can["textDocument"].get("diagnostic").is_some();
    let recorder = tools.join("lsp_tee.py");
    let server = env!("CARGO_BIN_EXE_onrecord");
    let command = ["python3", path(&recorder), path(log), "--", server, "serve"];
    let settings = json!({
        "hold": "off", "rulePages": "https://desk.example/rules", "profile": 3,
    });
    let mut client = Client::start(Manners {
        capabilities: can,
        settings: Some(settings),
        params: json!({"workspaceFolders": [{"uri": "file:///news", "name": "news"}]}),
        command: command.map(str::to_owned).to_vec(),
    });
    let uri = "file:///news/a%5B1%5D.lede";
    client.open(uri, DRAFT);
    client.wait(|client| client.log.pop_front());
    let document = json!({"uri": uri});
    let end = json!({"line": 7, "character": 0});
    let steps = json!([{"range": {"start": end, "end": end}, "text": "“😀\r\n"}]);
    client.change(uri, 2, steps);
    let mut lines: Vec<&str> = DRAFT.lines().collect();
    lines.insert(7, "“😀");
    for (line, words) in lines.iter().enumerate() {
        for column in [0, 2, 10, 30] {
            let character = column.min(words.encode_utf16().count());
            let position = json!({"line": line, "character": character});
            let mut place = json!({"textDocument": document, "position": position});
            for question in ["hover", "definition", "documentHighlight", "completion"] {
                client.request(&format!("textDocument/{question}"), place.clone());
            }
            place["context"] = json!({"includeDeclaration": true});
            client.request("textDocument/references", place);
        }
    }
    let only = json!({"textDocument": document});
    for question in ["documentSymbol", "foldingRange", "semanticTokens/full"] {
        client.request(&format!("textDocument/{question}"), only.clone());
    }
    let range = json!({
        "start": {"line": 0, "character": 0}, "end": {"line": lines.len(), "character": 0},
    });
    for context in [
        json!({"diagnostics": []}),
        json!({"diagnostics": [], "only": ["quickfix"]}),
    ] {
        let question = json!({"textDocument": document, "range": range, "context": context});
        client.request("textDocument/codeAction", question);
    }
    if pulls {
        let found = client.request("textDocument/diagnostic", only.clone());
        assert_ne!(found["items"], json!([]), "the recording shows findings");
        client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    } else {
        let found = client.wait_for_published(uri, 2);
        assert!(
            !found.diagnostics.is_empty(),
            "the recording shows findings"
        );
    }
    client.notify("textDocument/didSave", only.clone());
    client.notify("textDocument/didClose", only);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_session_obeys_the_protocol_word_for_word() {
    let Some(tools) = tools() else {
        println!("skipped: no checker of the protocol (ONRECORD_PROTOCOL_TOOLS names its folder)");
        return;
    };
    for (name, can) in [("modern", modern()), ("older", older())] {
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("session-{name}.jsonl"));
        record(&tools, &log, can);
        let checked = Command::new("python3")
            .arg(tools.join("check_lsp.py"))
            .arg(tools.join("metaModel.json"))
            .arg(&log)
            .output()
            .expect("the checker runs");
        let said = String::from_utf8_lossy(&checked.stdout);
        println!("{said}");
        assert!(checked.status.success(), "{said}");
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}
