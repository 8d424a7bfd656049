//! What an editor asks about a place, from the position it sends to the words it shows.

use serde_json::{Value, json};

use crate::support::{Client, Manners};

const URI: &str = "file:///news/ferry.lede";

const DRAFT: &str = "\
# Ferry stopped

HARLOW, March 4 — “😀 We stopped the ferry,” said Ruth Abel, the harbour master.[^abel]

Crime fell 15% last year.

[^abel]: interview Ruth Abel; on record
  by: Ada Finch
";

fn client(capabilities: Value) -> Client {
    let mut client = Client::start(Manners {
        capabilities,
        ..Manners::default()
    });
    client.open(URI, DRAFT);
    client
}

/// The place of `words` in the draft, as UTF-16 line and column.
fn place(words: &str) -> Value {
    let at = DRAFT.find(words).expect("the words are in the draft");
    let line_start = DRAFT[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({
        "line": DRAFT[..at].matches('\n').count(),
        "character": DRAFT[line_start..at].encode_utf16().count(),
    })
}

fn at(words: &str) -> Value {
    json!({"textDocument": {"uri": URI}, "position": place(words)})
}

/// The words in a range of the draft.
fn words(range: &Value) -> String {
    let byte = |position: &Value| {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = DRAFT.split_inclusive('\n').take(line).map(str::len).sum();
        let column = position["character"].as_u64().unwrap() as usize;
        let units: Vec<u16> = DRAFT[start..].encode_utf16().take(column).collect();
        start + String::from_utf16(&units).unwrap().len()
    };
    DRAFT[byte(&range["start"])..byte(&range["end"])].to_owned()
}

#[test]
fn a_hover_comes_in_the_words_that_the_client_takes() {
    for (formats, kind) in [
        (json!(["markdown", "plaintext"]), "markdown"),
        (json!(["plaintext"]), "plaintext"),
    ] {
        let mut client = client(json!({"textDocument": {"hover": {"contentFormat": formats}}}));
        let hover = client.request("textDocument/hover", at("Ruth Abel,"));
        assert_eq!(hover["contents"]["kind"], kind);
        let value = hover["contents"]["value"].as_str().unwrap();
        assert!(value.contains("Ruth Abel"), "{value}");
        assert!(words(&hover["range"]).contains("Ruth Abel"));
        let finding = client.request("textDocument/hover", at("15%"));
        let value = finding["contents"]["value"].as_str().unwrap();
        assert!(value.contains("no source given"), "{value}");
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn a_mark_leads_to_its_source_and_the_source_to_its_marks() {
    let links = json!({"textDocument": {"definition": {"linkSupport": true}}});
    let mut linked = client(links);
    let found = linked.request("textDocument/definition", at("abel]\n\nCrime"));
    assert_eq!(words(&found[0]["targetSelectionRange"]), "abel");
    assert!(words(&found[0]["targetRange"]).starts_with("[^abel]: interview"));

    let mut plain = client(json!({}));
    let found = plain.request("textDocument/definition", at("abel]\n\nCrime"));
    assert_eq!(found["uri"], URI);
    assert_eq!(words(&found["range"]), "abel");
    let mut question = at("abel]: interview");
    question["context"] = json!({"includeDeclaration": false});
    let places = plain.request("textDocument/references", question);
    let places = places.as_array().unwrap().iter();
    let lines: Vec<_> = places
        .map(|place| &place["range"]["start"]["line"])
        .collect();
    assert_eq!(lines, [2]);
}

#[test]
fn an_outline_is_a_tree_or_a_list() {
    let tree = json!({"hierarchicalDocumentSymbolSupport": true});
    let tree = json!({"textDocument": {"documentSymbol": tree}});
    let only = json!({"textDocument": {"uri": URI}});
    let outline = client(tree).request("textDocument/documentSymbol", only.clone());
    assert_eq!(outline[0]["name"], "Ferry stopped");
    assert!(outline[0].get("selectionRange").is_some());
    let outline = client(json!({})).request("textDocument/documentSymbol", only);
    assert_eq!(outline[0]["name"], "Ferry stopped");
    assert_eq!(outline[0]["location"]["uri"], URI);
}

#[test]
fn an_action_is_for_the_version_that_the_client_saw() {
    let mut client = client(json!({
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {
            "codeActionKind": {"valueSet": ["quickfix"]},
        }}},
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    }));
    let range = json!({"start": place("15%"), "end": place(" last year")});
    let only = |kinds: Value| {
        json!({
            "textDocument": {"uri": URI}, "range": range,
            "context": {"diagnostics": [], "only": kinds},
        })
    };
    let actions = client.request("textDocument/codeAction", only(json!(["quickfix"])));
    let first = &actions[0];
    assert_eq!(first["kind"], "quickfix");
    assert_eq!(first["diagnostics"][0]["code"], "claim-figure-unattributed");
    let changed = &first["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(changed, &json!({"uri": URI, "version": 1}));
    let imports = json!(["source.organizeImports"]);
    let none = client.request("textDocument/codeAction", only(imports));
    assert_eq!(none, json!([]));
}

#[test]
fn colours_and_folds_cover_the_draft() {
    let mut client = client(json!({}));
    let only = json!({"textDocument": {"uri": URI}});
    let tokens = client.request("textDocument/semanticTokens/full", only.clone());
    let data = tokens["data"].as_array().unwrap();
    assert!(!data.is_empty() && data.len().is_multiple_of(5));
    let legend = &client.capabilities["semanticTokensProvider"]["legend"];
    let kinds = legend["tokenTypes"].as_array().unwrap();
    assert!(kinds.iter().any(|kind| kind == "speaker"));
    let folds = client.request("textDocument/foldingRange", only);
    let folds = folds.as_array().unwrap();
    let last = folds.last().expect("the source folds");
    assert_eq!(
        (&last["startLine"], &last["endLine"]),
        (&json!(6), &json!(7))
    );
}

#[test]
fn a_document_that_is_not_open_has_nothing_to_say() {
    let mut client = Client::start(Manners::default());
    for method in ["hover", "definition", "completion", "documentHighlight"] {
        let answer = client.request(&format!("textDocument/{method}"), at("Ruth"));
        assert_eq!(answer, Value::Null);
    }
}

#[test]
fn the_source_ledger_is_there_for_editors_with_a_list() {
    let mut client = Client::start(Manners::default());
    client.open(
        "file:///pier.lede",
        "“It leaks,” said Dana Ortiz, the chair.\n\nThe storm took 20 planks.\n",
    );
    let ledger = client.request(
        "onrecord/ledger",
        json!({"textDocument": {"uri": "file:///pier.lede"}}),
    );
    assert_eq!(ledger["summary"], "1 quotation · 1 named person");
    assert_eq!(ledger["voices"][0]["name"], "Dana Ortiz");
    assert_eq!(ledger["voices"][0]["kind"], "person");
    let item = &ledger["voices"][0]["items"][0];
    assert_eq!(item["words"], "“It leaks,”");
    assert_eq!(item["range"]["end"], json!({"line": 0, "character": 11}));
    assert_eq!(ledger["voices"][1]["kind"], "open");
    let gone = client.request(
        "onrecord/ledger",
        json!({"textDocument": {"uri": "file:///nowhere.lede"}}),
    );
    assert!(gone.is_null());
    client.shut_down();
}
