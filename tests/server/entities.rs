//! The newsroom's own people in the workspace: completed, explained, and their files looked at.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use crate::codes;
use crate::support::{Client, Manners};

#[test]
fn people_of_the_workspace_complete_themselves_and_a_changed_file_counts_at_once() {
    let folder = std::env::temp_dir().join(format!("onrecord-people-{}", std::process::id()));
    fs::create_dir_all(folder.join("entities")).expect("a folder can be made");
    let file = folder.join("entities/people.toml");
    let person = |name: &str| {
        format!("[[person]]\nname = \"{name}\"\n[[person.role]]\ntitle = \"harbor chief\"\n")
    };
    fs::write(&file, person("Pål Jensson")).expect("a file can be written");
    let uri = |path: &std::path::Path| format!("file://{}", path.display());
    let mut client = Client::start(Manners {
        params: json!({"workspaceFolders": [{"uri": uri(&folder), "name": "news"}]}),
        ..Manners::default()
    });

    let draft = uri(&folder.join("a.lede"));
    client.open(&draft, "The plan of Pal Jen");
    client.wait_for_published(&draft, 1);
    let names = |client: &mut Client| -> Vec<Value> {
        let place =
            json!({"textDocument": {"uri": draft}, "position": {"line": 0, "character": 19}});
        let list = client.request("textDocument/completion", place);
        list["items"].as_array().cloned().unwrap_or_default()
    };
    // The base is read away from the loop.
    let first = (0..100).find_map(|_| {
        let first = names(&mut client).into_iter().next();
        if first.is_none() {
            std::thread::sleep(Duration::from_millis(50));
        }
        first
    });
    let first = first.expect("the folder is read");
    assert_eq!(first["label"], "Pål Jensson");
    assert_eq!(first["filterText"], "Pal Jen Pål Jensson");
    assert_eq!(first["textEdit"]["range"]["start"]["character"], 12);
    assert_eq!(first["textEdit"]["newText"], "Pål Jensson, harbor chief,");

    // A jump leads to the record in its file.
    let steps = json!([{"text": "The plan of Pal Jensson failed on Monday evening."}]);
    client.change(&draft, 2, steps);
    let place = json!({"textDocument": {"uri": draft}, "position": {"line": 0, "character": 14}});
    let found = client.request("textDocument/definition", place);
    assert_eq!(found["uri"], uri(&file), "{found}");
    assert_eq!(found["range"]["start"], json!({"line": 1, "character": 0}));
    client.change(&draft, 3, json!([{"text": "The plan of Pal Jen"}]));

    // Its file is a document of the desk, and a save counts.
    let people = uri(&file);
    client.open(
        &people,
        "[[person]]\nname = \"Palle Jensen\"\npronuns = \"he\"\n",
    );
    let published = client.wait_for_published(&people, 1);
    assert_eq!(codes(&published.diagnostics), ["entity-problem"]);
    assert_eq!(
        published.diagnostics[0]["range"]["start"],
        json!({"line": 2, "character": 0})
    );
    fs::write(&file, person("Palle Jensen")).expect("a file can be written");
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": people}}),
    );
    let changed = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        names(&mut client)
            .first()
            .is_none_or(|one| one["label"] != "Pål Jensson")
    });
    assert!(changed, "the changed file is heard of");
    assert_eq!(client.shut_down(), 0);
    let _ = fs::remove_dir_all(&folder);
}
