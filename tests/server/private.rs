//! What a private file keeps out of a story: shown where it stands only in the editor, and told without a place elsewhere.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use url::Url;

use crate::pulling;
use crate::support::Client;

const STORY: &str = "Status: edit

The board met twice, a person close to it said.[^s3] Zwyrtka declined to comment.

[^s3]: interview, a clerk of the board; background; as: a person close to the board; why: fears for her job
";
const PRIVATE: &str = "[^s3]: interview, Ana Zwyrtka; background; known-to: NB\n";

fn folder(name: &str) -> PathBuf {
    let name = format!("onrecord-private-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a new folder");
    fs::write(folder.join("council.lede"), STORY).expect("a draft");
    fs::write(folder.join("council.private.lede"), PRIVATE).expect("a private file");
    folder
}

fn check(folder: &PathBuf, arguments: &[&str]) -> String {
    let onrecord = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs");
    String::from_utf8(onrecord.stdout).expect("text")
}

#[test]
fn a_name_that_a_private_file_protects_is_marked_in_the_editor_alone() {
    let folder = folder("editor");
    let uri = |path| Url::from_file_path(folder.join(path)).expect("a full path");
    let (story, private) = (
        uri("council.lede").to_string(),
        uri("council.private.lede").to_string(),
    );
    let mut manners = pulling();
    manners.params = json!({"workspaceFolders": [{"uri": uri("").as_str(), "name": "desk"}]});
    let mut client = Client::start(manners);
    client.open(&story, STORY);
    let asked = json!({"textDocument": {"uri": story}});
    let of_rule = |items: &Value| -> Vec<Value> {
        let items = items.as_array().expect("a list").iter();
        let rule = "source-ground-rules-breach";
        items.filter(|one| one["code"] == rule).cloned().collect()
    };
    let report = client.request("textDocument/diagnostic", asked.clone());
    let found = of_rule(&report["items"]);
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(
        found[0]["range"]["start"],
        json!({"line": 2, "character": 53})
    );
    assert!(
        !report.to_string().contains("source-terms-incomplete"),
        "the private file says who knows: {report}"
    );

    let workspace = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    let items = workspace["items"].as_array().expect("a list");
    let of_story = items.iter().find(|one| one["uri"] == story.as_str());
    let found = of_rule(&of_story.expect("the open draft")["items"]);
    assert_eq!(found[0]["message"], "1 private finding in this file.");
    assert_eq!(found[0]["range"]["end"], json!({"line": 0, "character": 0}));
    assert!(items.iter().all(|one| one["uri"] != private.as_str()));

    // When the private file lets the name stand, so does the editor.
    let open = PRIVATE.replace("known-to", "may-be-named: as subject; known-to");
    fs::write(folder.join("council.private.lede"), open).expect("a private file");
    let changes = json!({"changes": [{"uri": private, "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    let report = client.wait(|client| {
        let report = client.request("textDocument/diagnostic", asked.clone());
        of_rule(&report["items"]).is_empty().then_some(report)
    });
    assert!(report["items"].is_array());
    assert_eq!(client.shut_down(), 0);
    fs::remove_dir_all(folder).expect("it goes");
}

#[test]
fn outside_the_editor_a_private_finding_has_no_place() {
    let folder = folder("formats");
    let found: Value =
        serde_json::from_str(&check(&folder, &["--format", "json", "council.lede"])).expect("JSON");
    let found = found.as_array().expect("a list");
    let private = found
        .iter()
        .find(|one| one["rule"] == "source-ground-rules-breach");
    let private = private.expect("it is told");
    assert_eq!(private["message"], "1 private finding in this file.");
    assert_eq!(
        (&private["range"], &private["span"]),
        (&Value::Null, &Value::Null)
    );

    let sarif = check(&folder, &["--format", "sarif", "council.lede"]);
    let sarif: Value = serde_json::from_str(&sarif).expect("SARIF");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|one| one["ruleId"] == "source-ground-rules-breach");
    let place = &result.expect("a result")["locations"][0]["physicalLocation"];
    assert!(place["region"].is_null(), "{place}");

    for format in ["github", "junit", "human"] {
        let printed = check(
            &folder,
            &["--format", format, "--color", "never", "council.lede"],
        );
        let mut lines = printed.lines();
        let told = lines.find(|line| line.contains("1 private finding"));
        let told = told.unwrap_or_else(|| panic!("{format}: {printed}"));
        assert!(!told.contains(":3") && !told.contains("line="), "{told}");
        assert!(!printed.contains(":3:54"), "{printed}");
    }
    // A second mention tells no more than the first.
    let twice = STORY.replace("comment.", "comment. Ana Zwyrtka left.");
    let once = check(&folder, &["--format", "jsonl", "council.lede"]);
    fs::write(folder.join("council.lede"), &twice).expect("a draft");
    assert_eq!(check(&folder, &["--format", "jsonl", "council.lede"]), once);
    // What the desk lets stand is not shown either.
    let stet = twice.replace(
        "edit\n\n",
        "edit\n\n[STET source-ground-rules-breach: she is the subject] ",
    );
    fs::write(folder.join("council.lede"), stet).expect("a draft");
    let sarif = check(&folder, &["--format", "sarif", "council.lede"]);
    let results = sarif.split("\"results\"").nth(1).expect("results");
    assert!(
        !results.contains("source-ground-rules-breach\",\n          \"suppressions"),
        "{results}"
    );
    assert!(!results.contains("keeps this name"), "{results}");
    fs::remove_dir_all(folder).expect("it goes");
}

#[test]
fn a_private_file_that_git_tracks_is_told_of() {
    let folder = folder("tracked");
    let git = |arguments: &[&str]| {
        let git = Command::new("git")
            .args(arguments)
            .current_dir(&folder)
            .output();
        git.is_ok_and(|git| git.status.success())
    };
    if !git(&["init", "--quiet"]) {
        println!("skipped: there is no git");
        return;
    }
    assert!(!check(&folder, &["."]).contains("private-file-tracked"));
    for arguments in [
        &["add", "--force", "council.private.lede"][..],
        &["update-index", "--index-version", "4"],
    ] {
        assert!(git(arguments));
        let printed = check(&folder, &["council.lede"]);
        assert!(printed.contains("private-file-tracked"), "{printed}");
        assert!(printed.contains("--> council.private.lede"), "{printed}");
        assert!(!printed.contains("Zwyrtka;"), "{printed}");
    }
    let private = Url::from_file_path(folder.join("council.private.lede")).expect("a full path");
    let mut client = Client::start(pulling());
    client.open(private.as_str(), PRIVATE);
    let asked = json!({"textDocument": {"uri": private.as_str()}});
    client.wait(|client| {
        let report = client.request("textDocument/diagnostic", asked.clone());
        let told = report.to_string().contains("private-file-tracked");
        told.then_some(())
    });
    assert!(git(&["rm", "--quiet", "--cached", "council.private.lede"]));
    let changed = json!({"changes": [{"uri": private.as_str(), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changed);
    client.wait(|client| {
        let report = client.request("textDocument/diagnostic", asked.clone());
        let told = report.to_string().contains("private-file-tracked");
        (!told).then_some(())
    });
    assert_eq!(client.shut_down(), 0);
    assert!(!check(&folder, &["council.lede"]).contains("private-file-tracked"));
    fs::remove_dir_all(folder).expect("it goes");
}
