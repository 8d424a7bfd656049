//! Configuration files: found around a draft, read again when they change, their mistakes shown in them.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Client, Manners, Published};

/// A folder of its own that goes away again.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = format!("onrecord-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(folder.join("metro")).expect("the folder can be made");
        Desk(folder)
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).expect("the file can be written");
        self.uri(name)
    }

    fn uri(&self, name: &str) -> String {
        url::Url::from_file_path(self.0.join(Path::new(name)))
            .expect("an absolute path")
            .into()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const CLAIM: &str = "Crime in the old harbor fell by some 15% over the winter.";

fn levels(published: &Published) -> Vec<(String, i64)> {
    let diagnostics = published.diagnostics.iter();
    diagnostics
        .map(|it| {
            (
                it["code"].as_str().unwrap_or_default().to_owned(),
                it["severity"].as_i64().unwrap_or_default(),
            )
        })
        .collect()
}

fn changed(client: &mut Client, uri: &str) {
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({"changes": [{"uri": uri, "type": 2}]}),
    );
}

/// Waits until these are the findings of a document, and returns them. The same may be published twice, and those of other
/// documents before it or after it: they are left for whoever waits for them.
fn until(client: &mut Client, uri: &str, expected: &[(&str, i64)]) -> Published {
    client.wait(|client| {
        let mut others = VecDeque::new();
        let mut awaited = None;
        while let Some(next) = client.published.pop_front() {
            let found = levels(&next);
            let found: Vec<(&str, i64)> = found.iter().map(|it| (&*it.0, it.1)).collect();
            if next.uri != uri {
                others.push_back(next);
            } else if found == expected {
                awaited = Some(next);
                break;
            }
        }
        others.append(&mut client.published);
        client.published = others;
        awaited
    })
}

#[test]
fn a_changed_file_counts_at_once_and_a_broken_one_takes_nothing_back() {
    let desk = Desk::new("reload");
    let configuration = desk.write(
        "onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"error\"\n",
    );
    let draft = desk.uri("metro/a.lede");
    let mut client = Client::start(Manners {
        capabilities: json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}),
        ..Manners::default()
    });
    client.open(&draft, CLAIM);
    let figure = |level| [("claim-figure-unattributed", level)];
    let problem = [("configuration-problem", 2)];
    until(&mut client, &draft, &figure(1));

    desk.write(
        "onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"hint\"\n",
    );
    changed(&mut client, &configuration);
    until(&mut client, &draft, &figure(4));

    desk.write(
        "onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \n",
    );
    changed(&mut client, &configuration);
    let told = until(&mut client, &configuration, &problem);
    assert_eq!(told.diagnostics[0]["range"]["start"]["line"], 1);

    desk.write(
        "metro/onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"information\"\n",
    );
    let near = desk.uri("metro/onrecord.toml");
    changed(&mut client, &near);
    until(&mut client, &draft, &figure(3));

    std::fs::remove_file(desk.0.join("metro/onrecord.toml")).expect("it is there");
    changed(&mut client, &near);
    until(&mut client, &draft, &figure(4));

    desk.write("onrecord.toml", "");
    changed(&mut client, &configuration);
    until(&mut client, &draft, &figure(3));
    until(&mut client, &configuration, &[]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_profile_file_beside_it_is_read_again_too() {
    let desk = Desk::new("profile");
    desk.write("onrecord.toml", "profile = \"house.toml\"\n");
    let profile = desk.write("house.toml", "[severity]\nclaim = \"off\"\n");
    let draft = desk.uri("a.lede");
    let mut client = Client::start(Manners::default());
    client.open(&draft, CLAIM);
    until(&mut client, &draft, &[]);
    desk.write("house.toml", "[severity]\nclaim = \"error\"\n");
    changed(&mut client, &profile);
    // A draft in the making softens what a profile says; what a person set it would not move.
    until(&mut client, &draft, &[("claim-figure-unattributed", 3)]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn settings_of_the_editor_win_over_files() {
    let desk = Desk::new("settings");
    desk.write("onrecord.toml", "[severity]\nclaims = \"off\"\n");
    let draft = desk.uri("a.lede");
    let settings: Value = json!({"rules": {"claim-figure-unattributed": "error"}});
    let mut client = Client::start(Manners {
        params: json!({"initializationOptions": settings}),
        ..Manners::default()
    });
    client.open(&draft, CLAIM);
    until(&mut client, &draft, &[("claim-figure-unattributed", 1)]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_configuration_file_that_is_open_is_looked_at_as_it_is_typed() {
    let desk = Desk::new("open");
    let uri = desk.write("onrecord.toml", "");
    let mut client = Client::start(Manners::default());
    client.open(&uri, "[severity]\nquots = \"off\"\n");
    until(&mut client, &uri, &[("configuration-problem", 2)]);
    let hover = client.request(
        "textDocument/hover",
        json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 1}}),
    );
    assert_eq!(hover, Value::Null);
    client.change(&uri, 2, json!([{"text": "[severity]\nquotes = \"off\"\n"}]));
    until(&mut client, &uri, &[]);
    assert_eq!(client.shut_down(), 0);
}

/// The actions offered on the first letter of a document, by title.
fn actions(client: &mut Client, uri: &str) -> Vec<Value> {
    let place = json!({"line": 0, "character": 38});
    let answer = client.request(
        "textDocument/codeAction",
        json!({
            "textDocument": {"uri": uri},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        }),
    );
    answer.as_array().cloned().unwrap_or_default()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"] == title);
    found.unwrap_or_else(|| {
        let titles: Vec<&Value> = actions.iter().map(|action| &action["title"]).collect();
        panic!("“{title}” is not offered: {titles:?}")
    })
}

#[test]
fn a_rule_is_switched_off_for_a_file_or_the_project_by_edits_of_the_configuration() {
    let desk = Desk::new("off");
    let configuration = desk.write("onrecord.toml", "profile = \"wire\" # ours\n");
    let draft = desk.uri("metro/a.lede");
    let mut client = Client::start(Manners {
        capabilities: json!({
            "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}},
            "workspace": {"workspaceEdit": {"documentChanges": true}},
        }),
        ..Manners::default()
    });
    client.open(&draft, CLAIM);
    until(&mut client, &draft, &[("claim-figure-unattributed", 3)]);
    let offered = actions(&mut client, &draft);
    let edit = |title: &str| -> String {
        let edit = &titled(&offered, title)["edit"];
        let changes = edit["documentChanges"][0]["edits"].as_array();
        let changes = changes.or_else(|| edit["changes"][&configuration].as_array());
        let change = &changes.expect("an edit of the configuration")[0];
        change["newText"].as_str().expect("words").to_owned()
    };
    assert_eq!(
        edit("Switch claim-figure-unattributed off in this project"),
        "\n[severity]\nclaim-figure-unattributed = \"off\" # TK: why\n"
    );
    let section = edit("Switch claim-figure-unattributed off in this file");
    assert_eq!(
        section,
        "\n[[files]]\nmatch = \"metro/a.lede\"\n\n[files.severity]\nclaim-figure-unattributed = \"off\" # TK: why\n"
    );
    desk.write(
        "onrecord.toml",
        &format!("profile = \"wire\" # ours\n{section}"),
    );
    changed(&mut client, &configuration);
    until(&mut client, &draft, &[]);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn keys_of_a_configuration_file_are_completed_and_explained() {
    let desk = Desk::new("keys");
    let uri = desk.write("onrecord.toml", "");
    let mut client = Client::start(Manners::default());
    client.open(&uri, "[severity]\nquote-frag\nquote-fragment = \"off\"\n");
    let at = |line: u32, character: u32| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let answer = client.request("textDocument/completion", at(1, 10));
    let items = answer["items"].as_array().expect("a list");
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["label"], "quote-fragment");
    let hover = client.request("textDocument/hover", at(2, 3));
    let words = hover["contents"]["value"].as_str().unwrap_or_default();
    assert!(words.contains("hint under wire"), "{hover}");
    assert_eq!(client.shut_down(), 0);
}
