//! Work that goes on is shown where the client can show it, and can be stopped.

use std::fs;

use serde_json::{Value, json};
use url::Url;

use crate::support::{Client, Manners};

fn folder(name: &str) -> std::path::PathBuf {
    let folder =
        std::env::temp_dir().join(format!("onrecord-progress-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("entities")).expect("a folder can be made");
    let text = "[[person]]\nname = \"Dana Ortiz\"\n";
    fs::write(folder.join("entities/people.toml"), text).expect("a file can be written");
    folder
}

#[test]
fn reading_names_begins_goes_on_and_ends() {
    let folder = folder("shown");
    let root = Url::from_file_path(&folder)
        .expect("a full path")
        .to_string();
    let manners = |capabilities: Value| Manners {
        capabilities,
        params: json!({"workspaceFolders": [{"uri": root, "name": "news"}]}),
        ..Manners::default()
    };
    let mut client = Client::start_silent(manners(json!({})));
    client.expected = vec!["window/workDoneProgress/create", "$/progress"];
    client.request(
        "initialize",
        json!({
            "processId": null, "rootUri": null,
            "capabilities": {"window": {"workDoneProgress": true}},
            "workspaceFolders": [{"uri": root, "name": "news"}],
        }),
    );
    client.notify("initialized", json!({}));
    let mut kinds: Vec<String> = Vec::new();
    let token = client.wait(|client| {
        let (method, params) = client.heard.pop_front()?;
        assert_eq!(method, "window/workDoneProgress/create");
        Some(params["token"].clone())
    });
    client.wait(|client| {
        while let Some((_, params)) = client.heard.pop_front() {
            assert_eq!(params["token"], token);
            let kind = params["value"]["kind"].as_str().expect("a kind").to_owned();
            kinds.push(kind);
        }
        (kinds.last().is_some_and(|kind| kind == "end")).then_some(())
    });
    assert_eq!(kinds, ["begin", "report", "end"]);
    // What has ended, or never was, can be cancelled without harm.
    for token in [token, json!("none"), json!(7)] {
        client.notify("window/workDoneProgress/cancel", json!({"token": token}));
    }
    assert_eq!(client.shut_down(), 0);

    // A client that shows nothing is asked nothing: this one fails on any message that it did not expect.
    let mut plain = Client::start(manners(json!({})));
    plain.open("file:///news/a.lede", "It leaks.\n");
    plain.wait_for_published("file:///news/a.lede", 1);
    assert_eq!(plain.shut_down(), 0);
    let _ = fs::remove_dir_all(&folder);
}
