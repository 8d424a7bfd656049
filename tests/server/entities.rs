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

/// A workspace with people, two drafts, and a client that shows all that it is sent.
struct Desk {
    folder: std::path::PathBuf,
    client: Client,
}

impl Desk {
    fn new(name: &str, capabilities: Value) -> Desk {
        let folder = std::env::temp_dir().join(format!("onrecord-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("entities")).expect("a folder can be made");
        let people = "# ours\n[[person]]\nname = \"Dana Ortiz\" # spelt so\n[[person.role]]\noffice = \"harbor\"\n\n[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\n";
        fs::write(folder.join("entities/people.toml"), people).expect("a file can be written");
        let closed = "The plan of Dana Ortiz failed. “Dana Ortiz knew,” said Paul Venn, a diver.\n";
        fs::write(folder.join("closed.lede"), closed).expect("a file can be written");
        let mut client = Client::start(Manners {
            capabilities,
            params: json!({"workspaceFolders": [{"uri": format!("file://{}", folder.display()), "name": "news"}]}),
            ..Manners::default()
        });
        let draft = format!("file://{}/open.lede", folder.display());
        client.open(&draft, "The wall of Dana Ortiz fell.\n\nOrtiz knew. “It is old,” said Ann Lee, a nurse at the clinic.\n");
        client.wait_for_published(&draft, 1);
        let mut desk = Desk { folder, client };
        // The base is read away from the loop.
        let known = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let found = desk.ask("textDocument/definition", "open.lede", 0, 14, json!({}));
            !found.is_null() && found != json!([])
        });
        assert!(known, "the folder is read");
        desk
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.display())
    }

    fn ask(&mut self, method: &str, name: &str, line: u32, character: u32, more: Value) -> Value {
        let mut params = json!({"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": character}});
        for (key, value) in more.as_object().expect("keys with values") {
            params[key] = value.clone();
        }
        self.client.request(method, params)
    }

    /// A file as it is after a workspace edit.
    fn after(&self, edit: &Value, name: &str) -> String {
        let mut text = match name {
            "open.lede" => "The wall of Dana Ortiz fell.\n\nOrtiz knew. “It is old,” said Ann Lee, a nurse at the clinic.\n".to_owned(),
            name => fs::read_to_string(self.folder.join(name)).unwrap_or_default(),
        };
        let changes = edit["documentChanges"]
            .as_array()
            .expect("changes of documents");
        let uri = self.uri(name);
        let mine = changes
            .iter()
            .find(|one| one["textDocument"]["uri"] == *uri);
        let edits = mine.map_or(&[][..], |one| one["edits"].as_array().expect("edits"));
        for edit in edits.iter().rev() {
            let byte = |position: &Value| {
                let line = position["line"].as_u64().unwrap() as usize;
                let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
                let column = position["character"].as_u64().unwrap() as usize;
                let units: Vec<u16> = text[start..].encode_utf16().take(column).collect();
                start + String::from_utf16(&units).unwrap().len()
            };
            let (start, end) = (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]));
            text.replace_range(start..end, edit["newText"].as_str().unwrap());
        }
        text
    }
}

fn edits() -> Value {
    json!({
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
        "textDocument": {
            "rename": {"prepareSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        },
    })
}

#[test]
fn a_name_is_changed_wherever_it_stands_but_between_quotation_marks() {
    let mut desk = Desk::new("rename", edits());
    let prepared = desk.ask("textDocument/prepareRename", "open.lede", 0, 14, json!({}));
    assert_eq!(prepared["placeholder"], "Dana Ortiz", "{prepared}");
    let new = json!({"newName": "Dana Hill"});
    let edit = desk.ask("textDocument/rename", "open.lede", 0, 14, new);
    assert_eq!(
        desk.after(&edit, "open.lede"),
        "The wall of Dana Hill fell.\n\nHill knew. “It is old,” said Ann Lee, a nurse at the clinic.\n"
    );
    assert_eq!(
        desk.after(&edit, "closed.lede"),
        "The plan of Dana Hill failed. “Dana Ortiz knew,” said Paul Venn, a diver.\n"
    );
    assert!(
        desk.after(&edit, "entities/people.toml").starts_with(
            "# ours\n[[person]]\nid = \"dana-ortiz\"\nname = \"Dana Hill\" # spelt so\n"
        )
    );

    // From the newsroom's file: an id and what refers to it.
    let people = desk.uri("entities/people.toml");
    let text = fs::read_to_string(desk.folder.join("entities/people.toml")).unwrap();
    desk.client.open(&people, &text);
    let hover = desk.ask(
        "textDocument/hover",
        "entities/people.toml",
        4,
        12,
        json!({}),
    );
    let said = hover["contents"]["value"]
        .as_str()
        .expect("something is known");
    assert!(said.contains("harbor commissioner"), "{said}");
    let found = desk.ask(
        "textDocument/definition",
        "entities/people.toml",
        4,
        12,
        json!({}),
    );
    assert_eq!(found["range"]["start"]["line"], 8, "{found}");
    let new = json!({"newName": "port"});
    let edit = desk.ask("textDocument/rename", "entities/people.toml", 4, 12, new);
    assert_eq!(
        desk.after(&edit, "entities/people.toml"),
        text.replace("\"harbor\"", "\"port\"")
    );
    let place = json!({"textDocument": {"uri": people}, "position": {"line": 4, "character": 12}, "newName": "a b"});
    assert_eq!(desk.client.refused("textDocument/rename", place), -32602);
    assert_eq!(desk.client.shut_down(), 0);
    let _ = fs::remove_dir_all(&desk.folder);
}

#[test]
fn references_and_symbols_over_the_workspace() {
    let mut desk = Desk::new("references", edits());
    let context = json!({"context": {"includeDeclaration": true}});
    let found = desk.ask("textDocument/references", "open.lede", 2, 2, context);
    let mut places: Vec<String> = found
        .as_array()
        .expect("places")
        .iter()
        .map(|one| {
            let uri = one["uri"].as_str().unwrap();
            let name = uri.rsplit('/').next().unwrap();
            format!("{name} {}", one["range"]["start"]["line"])
        })
        .collect();
    places.sort();
    assert_eq!(
        places,
        [
            "closed.lede 0",
            "closed.lede 0",
            "open.lede 0",
            "open.lede 2",
            "people.toml 2"
        ]
    );
    let names = |found: Value| -> Vec<String> {
        let found = found.as_array().cloned().unwrap_or_default();
        found
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let found = desk
        .client
        .request("workspace/symbol", json!({"query": "ortz"}));
    assert_eq!(names(found), ["Dana Ortiz"]);
    let found = desk
        .client
        .request("workspace/symbol", json!({"query": "ann l"}));
    assert_eq!(names(found), ["Ann Lee"]);
    assert_eq!(desk.client.shut_down(), 0);
    let _ = fs::remove_dir_all(&desk.folder);
}

#[test]
fn somebody_new_goes_to_the_end_of_the_newsroom_s_file() {
    let mut desk = Desk::new("addition", edits());
    let uri = desk.uri("open.lede");
    let at = json!({"line": 2, "character": 37});
    let params = json!({"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}});
    let offered = desk.client.request("textDocument/codeAction", params);
    let offered = offered.as_array().expect("actions");
    let add = offered
        .iter()
        .find(|one| one["title"].as_str().unwrap().starts_with("Add Ann Lee"));
    let add = add.unwrap_or_else(|| panic!("{offered:?}"));
    let after = desk.after(&add["edit"], "entities/people.toml");
    assert!(
        after.starts_with("# ours\n[[person]]\nname = \"Dana Ortiz\" # spelt so\n"),
        "{after}"
    );
    assert!(
        after.contains("\n\n[[person]]\nname = \"Ann Lee\"\n"),
        "{after}"
    );
    assert_eq!(desk.client.shut_down(), 0);
    let _ = fs::remove_dir_all(&desk.folder);
}
