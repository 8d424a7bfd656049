//! Over all drafts: a person's organisation, every draft that quotes a source, who quotes whom; in parts where wanted.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use url::Url;

use crate::support::{Client, Manners};

const HERE: &str = "“It leaks,” Dana Ortiz said. Dana Ortiz said that Paul Venn told the board the wall would fall.\n\n[@dana-ortiz]: person, Dana Ortiz; org: watch\n[@watch]: org, Harbor Watch\n[^tape]: audio, the meeting; by: Dana Ortiz; file: notes/tape.vtt\n";
const THERE: &str = "# Wall falls\n\n“We knew,” Dana Ortiz told the board.\n\n[^old]: audio, a meeting; file: ./notes/tape.vtt\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-leads-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        fs::write(path.join("there.lede"), THERE).expect("a file can be written");
        Folder(path)
    }

    fn uri(&self, name: &str) -> String {
        let path = self.0.join(name);
        Url::from_file_path(path).expect("a full path").to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn client(folder: &Folder, capabilities: Value) -> Client {
    let mut client = Client::start(Manners {
        capabilities,
        params: json!({"workspaceFolders": [{"uri": folder.uri(""), "name": "news"}]}),
        ..Manners::default()
    });
    client.open(&folder.uri("here.lede"), HERE);
    client
}

fn at(folder: &Folder, words: &str) -> Value {
    let byte = HERE.find(words).expect("the words are in the draft");
    let start = HERE[..byte].rfind('\n').map_or(0, |end| end + 1);
    json!({
        "textDocument": {"uri": folder.uri("here.lede")},
        "position": {
            "line": HERE[..byte].matches('\n').count(),
            "character": HERE[start..byte].encode_utf16().count(),
        },
    })
}

/// `there.lede:2` for each place.
fn places(found: &Value) -> Vec<String> {
    let found = found.as_array().expect("a list").iter();
    found
        .map(|place| {
            let uri = place["uri"].as_str().expect("an address");
            let line = &place["range"]["start"]["line"];
            format!("{}:{line}", uri.rsplit('/').next().expect("a name"))
        })
        .collect()
}

#[test]
fn a_person_leads_to_the_organisation_in_the_form_that_the_client_takes() {
    let folder = Folder::new("type");
    let links = json!({"textDocument": {"typeDefinition": {"linkSupport": true}}});
    let mut linked = client(&folder, links);
    let found = linked.request("textDocument/typeDefinition", at(&folder, "Dana"));
    assert_eq!(
        found[0]["targetSelectionRange"]["start"],
        json!({"line": 3, "character": 2})
    );
    assert_eq!(linked.shut_down(), 0);
    let mut plain = client(&folder, json!({}));
    let found = plain.request("textDocument/typeDefinition", at(&folder, "Dana"));
    assert_eq!(found["range"]["start"], json!({"line": 3, "character": 2}));
    assert_eq!(
        plain.request("textDocument/typeDefinition", at(&folder, "wall")),
        Value::Null
    );
    assert_eq!(plain.shut_down(), 0);
}

#[test]
fn every_draft_that_quotes_a_person_or_rests_on_a_recording_is_found() {
    let folder = Folder::new("implementation");
    let mut client = client(&folder, json!({}));
    let found = client.request("textDocument/implementation", at(&folder, "Dana"));
    assert_eq!(places(&found), ["here.lede:0", "there.lede:2"]);
    let found = client.request("textDocument/implementation", at(&folder, "tape]"));
    assert!(
        places(&found).contains(&"here.lede:0".to_owned()),
        "{found}"
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn parts_come_draft_by_draft_and_then_nothing_is_left_to_answer() {
    let folder = Folder::new("parts");
    let mut client = client(&folder, json!({}));
    client.expected.push("$/progress");
    let mut question = at(&folder, "Dana");
    question["context"] = json!({"includeDeclaration": true});
    let whole = client.request("textDocument/references", question.clone());
    question["partialResultToken"] = json!("t1");
    let rest = client.request("textDocument/references", question);
    assert_eq!(rest, json!([]));
    let mut parts = Vec::new();
    while let Some((method, params)) = client.heard.pop_front() {
        assert_eq!(
            (method.as_str(), &params["token"]),
            ("$/progress", &json!("t1"))
        );
        parts.extend(params["value"].as_array().expect("a list").clone());
    }
    assert_eq!(places(&json!(parts)), places(&whole));
    assert!(
        places(&whole).contains(&"there.lede:2".to_owned()),
        "{whole}"
    );

    let rest = client.request(
        "workspace/symbol",
        json!({"query": "Ortiz", "partialResultToken": 7}),
    );
    assert_eq!(rest, json!([]));
    let (_, params) = client.heard.pop_front().expect("a part");
    assert_eq!(params["value"][0]["name"], "Dana Ortiz");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn who_quotes_whom_goes_both_ways() {
    let folder = Folder::new("calls");
    let mut client = client(&folder, json!({}));
    let items = client.request("textDocument/prepareCallHierarchy", at(&folder, "Dana"));
    assert_eq!(items[0]["name"], "Dana Ortiz");
    let incoming = client.request("callHierarchy/incomingCalls", json!({"item": items[0]}));
    let names = |calls: &Value, end: &str| -> Vec<String> {
        let calls = calls.as_array().expect("a list").iter();
        calls
            .map(|call| {
                let count = call["fromRanges"].as_array().expect("ranges").len();
                format!("{} {count}", call[end]["name"].as_str().expect("a name"))
            })
            .collect()
    };
    assert!(
        names(&incoming, "from").contains(&"Wall falls 1".to_owned()),
        "{incoming}"
    );
    let outgoing = client.request("callHierarchy/outgoingCalls", json!({"item": items[0]}));
    assert_eq!(names(&outgoing, "to"), ["Paul Venn 1"]);
    // Elsewhere it is the story that is asked about.
    let story = client.request("textDocument/prepareCallHierarchy", at(&folder, "wall"));
    let outgoing = client.request("callHierarchy/outgoingCalls", json!({"item": story[0]}));
    assert!(
        names(&outgoing, "to")
            .iter()
            .any(|one| one.starts_with("Dana Ortiz")),
        "{outgoing}"
    );
    let nobody = json!({"item": {"name": "x", "kind": 1, "uri": "file:///none.lede", "range": story[0]["range"], "selectionRange": story[0]["range"]}});
    assert_eq!(
        client.request("callHierarchy/incomingCalls", nobody),
        Value::Null
    );
    assert_eq!(client.shut_down(), 0);
}
