//! Tidying, files that get another name, letters not yet typed, the clean copy as a document: as a client asks for them.

use std::fs;

use serde_json::{Value, json};
use url::Url;

use crate::support::{Client, Manners};

const URI: &str = "file:///news/pier.lede";
const UNTIDY: &str = "It leaks.[^a,4:12] 😀 It is.[^a,5]\n\n[^a]:audio,the \"meeting\"\n\n\"Yes,\" said Dana Ortiz.\n";

fn client(capabilities: Value, settings: Value) -> Client {
    let mut client = Client::start(Manners {
        capabilities,
        params: json!({"initializationOptions": settings}),
        ..Manners::default()
    });
    client.open(URI, UNTIDY);
    client
}

/// The text after some edits, by UTF-16 columns.
fn after(text: &str, edits: &Value) -> String {
    let byte = |place: &Value| {
        let line = place["line"].as_u64().expect("a line") as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = place["character"].as_u64().expect("a column") as usize;
        let units: Vec<u16> = text[start..].encode_utf16().take(column).collect();
        start + String::from_utf16(&units).expect("whole letters").len()
    };
    let mut text = text.to_owned();
    let edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("a list")
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().expect("letters").to_owned();
            (
                byte(&edit["range"]["start"]),
                byte(&edit["range"]["end"]),
                new,
            )
        })
        .collect();
    for (start, end, new) in edits.iter().rev() {
        text.replace_range(*start..*end, new);
    }
    text
}

#[test]
fn a_draft_a_stretch_of_it_and_what_was_just_typed_are_tidied() {
    let mut client = client(
        json!({"textDocument": {"rangeFormatting": {"rangesSupport": true}}}),
        json!({}),
    );
    assert_eq!(
        client.capabilities["documentRangeFormattingProvider"],
        json!({"rangesSupport": true})
    );
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let document = json!({"uri": URI});
    let whole = json!({"textDocument": document, "options": options});
    let edits = client.request("textDocument/formatting", whole);
    assert_eq!(
        after(UNTIDY, &edits),
        "It leaks.[^a, 4:12] 😀 It is.[^a, 5]\n\n[^a]: audio, the \"meeting\"\n\n\"Yes,\" said Dana Ortiz.\n"
    );
    let line = |line: u32| json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 40}});
    let part = json!({"textDocument": document, "range": line(2), "options": options});
    let edits = client.request("textDocument/rangeFormatting", part);
    assert_eq!(
        after(UNTIDY, &edits),
        UNTIDY.replace("]:audio,", "]: audio, ")
    );
    let parts = json!({"textDocument": document, "ranges": [line(0), line(2)], "options": options});
    let edits = client.request("textDocument/rangesFormatting", parts);
    assert_eq!(edits.as_array().map(Vec::len), Some(4));
    let typed = json!({"textDocument": document, "position": {"line": 0, "character": 36}, "ch": "]", "options": options});
    let edits = client.request("textDocument/onTypeFormatting", typed);
    assert_eq!(after(UNTIDY, &edits), UNTIDY.replace("a,5]", "a, 5]"));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn quotation_marks_are_curled_for_those_who_ask() {
    let mut client = client(json!({}), json!({"curlQuotes": true}));
    let whole =
        json!({"textDocument": {"uri": URI}, "options": {"tabSize": 4, "insertSpaces": true}});
    let edits = client.request("textDocument/formatting", whole);
    let text = after(UNTIDY, &edits);
    assert!(
        text.contains("“Yes,” said") && text.contains("the \"meeting\""),
        "{text}"
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn drafts_follow_a_file_that_gets_another_name() {
    let folder = std::env::temp_dir().join(format!("onrecord-moved-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("drafts")).expect("a folder can be made");
    let uri = |name: &str| {
        Url::from_file_path(folder.join(name))
            .expect("a full path")
            .to_string()
    };
    let there = "It leaks.[^a]\n\n[^a]: audio, the meeting; file: ../notes/tape.vtt\n";
    fs::write(folder.join("drafts/b.lede"), there).expect("a file can be written");
    let manners = |capabilities| Manners {
        capabilities,
        params: json!({"workspaceFolders": [{"uri": uri(""), "name": "news"}]}),
        ..Manners::default()
    };
    let mut client = Client::start(manners(json!({"workspace": {
        "fileOperations": {"willRename": true},
        "workspaceEdit": {"documentChanges": true},
    }})));
    let filters = &client.capabilities["workspace"]["fileOperations"]["willRename"]["filters"];
    assert_eq!(filters[0]["scheme"], "file");
    client.open(
        &uri("a.lede"),
        "It leaks.[^a]\n\n[^a]: audio, the meeting; file: notes/tape.vtt\n",
    );
    let files =
        json!({"files": [{"oldUri": uri("notes/tape.vtt"), "newUri": uri("notes/old/tape.vtt")}]});
    let edit = client.request("workspace/willRenameFiles", files);
    let changes = edit["documentChanges"].as_array().expect("two drafts");
    let mut told: Vec<(String, &str, bool)> = changes
        .iter()
        .map(|change| {
            let document = &change["textDocument"];
            let name = document["uri"]
                .as_str()
                .expect("an address")
                .rsplit('/')
                .next();
            let new = change["edits"][0]["newText"].as_str().expect("letters");
            (
                name.expect("a name").to_owned(),
                new,
                document["version"].is_null(),
            )
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("a.lede".to_owned(), "notes/old/tape.vtt", false),
            ("b.lede".to_owned(), "../notes/old/tape.vtt", true),
        ]
    );
    let others = json!({"files": [{"oldUri": uri("notes/x.vtt"), "newUri": uri("notes/y.vtt")}]});
    assert_eq!(
        client.request("workspace/willRenameFiles", others),
        Value::Null
    );
    assert_eq!(client.shut_down(), 0);
    // A client that does not ask is not told that it may.
    let plain = Client::start(manners(json!({})));
    assert_eq!(plain.capabilities["workspace"].get("fileOperations"), None);
    assert_eq!(plain.shut_down(), 0);
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn letters_not_yet_typed_are_shown_to_those_who_can_show_them() {
    let mut client = client(json!({"textDocument": {"inlineCompletion": {}}}), json!({}));
    assert_eq!(client.capabilities["inlineCompletionProvider"], true);
    client.change(
        URI,
        2,
        json!([{"text": "“It leaks,” said Dana Ortiz, the chair.\n\nThe plan of Ort\n"}]),
    );
    let place = json!({
        "textDocument": {"uri": URI}, "position": {"line": 2, "character": 15}, "context": {"triggerKind": 2},
    });
    let items = client.request("textDocument/inlineCompletion", place);
    assert_eq!(items[0]["insertText"], "Ortiz");
    assert_eq!(
        items[0]["range"]["start"],
        json!({"line": 2, "character": 12})
    );
    assert_eq!(client.shut_down(), 0);
    let plain = self::client(json!({}), json!({}));
    assert_eq!(plain.capabilities.get("inlineCompletionProvider"), None);
    assert_eq!(plain.shut_down(), 0);
}

#[test]
fn the_clean_copy_is_a_document_of_its_own() {
    let mut client = client(json!({"workspace": {"textDocumentContent": {}}}), json!({}));
    assert_eq!(
        client.capabilities["workspace"]["textDocumentContent"],
        json!({"schemes": ["onrecord-clean"]})
    );
    let copy = json!({"uri": "onrecord-clean:/pier.txt?draft=file%3A%2F%2F%2Fnews%2Fpier.lede"});
    let answer = client.request("workspace/textDocumentContent", copy.clone());
    let text = answer["text"].as_str().expect("letters");
    assert!(
        text.starts_with("It leaks. 😀 It is.\n") && !text.contains("[^"),
        "{text}"
    );
    client
        .expected
        .push("workspace/textDocumentContent/refresh");
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": URI}}),
    );
    client.wait(|client| client.heard.pop_front());
    client.change(URI, 2, json!([{"text": "It leaks. <!-- never print this"}]));
    let answer = client.request("workspace/textDocumentContent", copy);
    let text = answer["text"].as_str().expect("letters");
    assert!(
        !text.contains("print this") && text.contains("never closed"),
        "{text}"
    );
    let none = json!({"uri": "onrecord-clean:/x.txt?draft=file%3A%2F%2F%2Fnone.lede"});
    assert_eq!(
        client.refused("workspace/textDocumentContent", none),
        -32602
    );
    assert_eq!(client.shut_down(), 0);
}
