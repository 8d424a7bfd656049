//! Findings sent or asked for, and held while a sentence is typed.

use serde_json::{Value, json};

use crate::support::{Client, Manners};
use crate::{STORY, codes, pulling};

#[test]
fn findings_are_published_where_the_client_cannot_ask() {
    let mut client = Client::start(Manners::default());
    assert_eq!(client.capabilities.get("diagnosticProvider"), None);
    client.open("untitled:1", STORY);
    client.wait_for_published("untitled:1", 1);
    client.change("untitled:1", 2, json!([{"text": "Snow fell."}]));
    client.wait_for_published("untitled:1", 2);
    client.notify(
        "textDocument/didClose",
        json!({"textDocument": {"uri": "untitled:1"}}),
    );
    let last = client.wait(|client| client.published.pop_front());
    assert_eq!((last.version, last.diagnostics.len()), (None, 0));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn findings_are_asked_for_where_the_client_can_and_never_published() {
    let mut client = Client::start(pulling());
    assert_eq!(
        client.capabilities["diagnosticProvider"]["workspaceDiagnostics"],
        true
    );
    client.open("untitled:1", STORY);
    let document = json!({"uri": "untitled:1"});
    let first = client.request("textDocument/diagnostic", json!({"textDocument": document}));
    assert_eq!(first["kind"], "full");
    let again = json!({"textDocument": document, "previousResultId": first["resultId"]});
    let again = client.request("textDocument/diagnostic", again);
    assert_eq!(again["kind"], "unchanged");
    assert_eq!(again["resultId"], first["resultId"]);

    let none = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    assert_eq!(none["items"][0]["uri"], "untitled:1");
    assert_eq!(none["items"][0]["kind"], "full");
    let known = json!({"uri": "untitled:1", "value": none["items"][0]["resultId"]});
    let known = client.request(
        "workspace/diagnostic",
        json!({"previousResultIds": [known]}),
    );
    assert_eq!(known["items"][0]["kind"], "unchanged");

    client.notify("textDocument/didClose", json!({"textDocument": document}));
    let closed = client.request("textDocument/diagnostic", json!({"textDocument": document}));
    assert_eq!(closed["items"], json!([]));
    assert_eq!(client.published.len(), 0);
    assert_eq!(client.shut_down(), 0);
}

const TWO_PARAGRAPHS: &str = "The mayor spoke in Harlow on Monday.\n\nCrime fell \n";

/// Types a figure without a source into the second paragraph.
fn type_a_figure(client: &mut Client, version: i64) {
    let at = json!({"line": 2, "character": 11});
    let steps = json!([{"range": {"start": at, "end": at}, "text": "15% last year."}]);
    client.change("untitled:1", version, steps);
}

/// Types a space at the end of the first paragraph.
fn type_elsewhere(client: &mut Client, version: i64) {
    let at = json!({"line": 0, "character": 36});
    let steps = json!([{"range": {"start": at, "end": at}, "text": " "}]);
    client.change("untitled:1", version, steps);
}

#[test]
fn what_is_typed_is_left_alone_until_the_writer_types_elsewhere() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", TWO_PARAGRAPHS);
    client.wait_for_published("untitled:1", 1);
    type_a_figure(&mut client, 2);
    let held = client.wait_for_published("untitled:1", 2);
    assert_eq!(codes(&held.diagnostics), Vec::<&str>::new());
    type_elsewhere(&mut client, 3);
    let shown = client.wait_for_published("untitled:1", 3);
    assert_eq!(codes(&shown.diagnostics), ["claim-figure-unattributed"]);
    let range = &shown.diagnostics[0]["range"];
    assert_eq!(range["start"], json!({"line": 2, "character": 11}));
    assert_eq!(range["end"], json!({"line": 2, "character": 14}));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_is_held_is_shown_when_the_file_is_saved_and_when_the_writer_rests() {
    for saves in [true, false] {
        let mut client = Client::start(Manners::default());
        client.open("untitled:1", TWO_PARAGRAPHS);
        client.wait_for_published("untitled:1", 1);
        type_a_figure(&mut client, 2);
        let held = client.wait_for_published("untitled:1", 2);
        assert_eq!(codes(&held.diagnostics), Vec::<&str>::new());
        if saves {
            let document = json!({"uri": "untitled:1"});
            client.notify("textDocument/didSave", json!({"textDocument": document}));
        }
        let shown = client.wait_for_published("untitled:1", 2);
        assert_eq!(codes(&shown.diagnostics), ["claim-figure-unattributed"]);
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn a_client_that_asks_is_told_to_ask_again_when_what_is_held_is_due() {
    let mut client = Client::start(pulling());
    client.open("untitled:1", TWO_PARAGRAPHS);
    let document = json!({"textDocument": {"uri": "untitled:1"}});
    client.request("textDocument/diagnostic", document.clone());
    type_a_figure(&mut client, 2);
    let held = client.request("textDocument/diagnostic", document.clone());
    assert_eq!(held["items"], json!([]));
    let all = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    let all = all["items"][0]["items"].as_array().unwrap().clone();
    assert_eq!(codes(&all), ["claim-figure-unattributed"]);
    client.wait(|client| (client.refreshes == 1).then_some(()));
    let shown = client.request("textDocument/diagnostic", document);
    assert_eq!(shown["items"].as_array(), Some(&all));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn nothing_is_held_where_that_is_switched_off_or_could_not_be_made_good() {
    let mut off = Client::start(Manners {
        params: json!({"initializationOptions": {"hold": "off"}}),
        ..pulling()
    });
    let mut deaf = Client::start(Manners {
        capabilities: json!({"textDocument": {"diagnostic": {}}}),
        ..Manners::default()
    });
    for client in [&mut off, &mut deaf] {
        client.open("untitled:1", TWO_PARAGRAPHS);
        type_a_figure(client, 2);
        let document = json!({"textDocument": {"uri": "untitled:1"}});
        let shown = client.request("textDocument/diagnostic", document);
        let shown = shown["items"].as_array().unwrap();
        assert_eq!(codes(shown), ["claim-figure-unattributed"]);
    }
    assert_eq!(off.shut_down(), 0);
    assert_eq!(deaf.shut_down(), 0);
}

#[test]
fn at_most_a_thousand_findings_of_a_file_are_sent_and_one_says_so() {
    let mut client = Client::start(Manners::default());
    let claims = "Crime fell 15% last year.\n\n".repeat(1_005);
    client.open(
        "untitled:1",
        &format!("The council met for the first time in May.\n\n{claims}"),
    );
    let shown = client.wait_for_published("untitled:1", 1);
    assert_eq!(shown.diagnostics.len(), 1_001);
    let last = shown.diagnostics[1_000]["message"].as_str().unwrap();
    assert_eq!(last, "5 more findings in this file are not shown.");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_client_that_asks_about_the_workspace_hears_of_drafts_that_are_not_open() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("workspace é");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("a.lede", "Crime fell 15% last year.\n");
    write("b.lede.md", "Rain fell.\n");
    write("c.txt", "Crime fell 15% last year.\n");
    let uri = |name: &str| {
        url::Url::from_file_path(folder.join(name))
            .unwrap()
            .to_string()
    };
    let root = url::Url::from_directory_path(&folder).unwrap().to_string();
    let mut client = Client::start(Manners {
        params: json!({"workspaceFolders": [{"uri": root, "name": "news"}]}),
        ..pulling()
    });
    let ask = |client: &mut Client, known: Value| {
        let answer = client.request("workspace/diagnostic", json!({"previousResultIds": known}));
        answer["items"].as_array().unwrap().clone()
    };
    let mut first = ask(&mut client, json!([]));
    first.sort_by_key(|report| report["uri"].to_string());
    assert_eq!(first.len(), 2);
    assert_eq!(
        (&first[0]["uri"], &first[1]["uri"]),
        (&json!(uri("a.lede")), &json!(uri("b.lede.md")))
    );
    assert_eq!(first[0]["version"], Value::Null);
    let found = first[0]["items"].as_array().unwrap();
    assert_eq!(codes(found), ["claim-figure-unattributed"]);

    // As far as the disk tells, this file is what it was: it is not read again.
    let path = folder.join("a.lede");
    let when = std::fs::metadata(&path).unwrap().modified().unwrap();
    write("a.lede", "Rain fell all over Harlan\n");
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(when).unwrap();
    let known = json!([{"uri": first[0]["uri"], "value": first[0]["resultId"]}]);
    let again = ask(&mut client, known);
    let kind = |name: &str| {
        let report = again.iter().find(|report| report["uri"] == uri(name));
        report.unwrap()["kind"].clone()
    };
    assert_eq!(
        (kind("a.lede"), kind("b.lede.md")),
        (json!("unchanged"), json!("full"))
    );

    client.open(&uri("a.lede"), "Rain fell.\n");
    let open = ask(&mut client, json!([]));
    let mine: Vec<_> = open
        .iter()
        .filter(|it| it["uri"] == uri("a.lede"))
        .collect();
    assert_eq!(mine.len(), 1, "an open draft is not read from disk too");
    assert_eq!(
        (&mine[0]["version"], &mine[0]["items"]),
        (&json!(1), &json!([]))
    );
    assert_eq!(client.shut_down(), 0);
}
