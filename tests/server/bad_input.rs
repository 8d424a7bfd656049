//! What no editor should send and some disk will hold: the server says so, and goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use url::Url;

use crate::support::{Client, Manners};
use crate::{STORY, codes, pulling};

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("onrecord-bad-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a new folder");
        Folder(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file can be written");
    }

    fn uri(&self, name: &str) -> String {
        address(&self.0.join(name))
    }

    /// A client that has this folder open and asks for findings.
    fn client(&self) -> Client {
        Client::start(Manners {
            params: json!({"workspaceFolders": [{"uri": address(&self.0), "name": "desk"}]}),
            ..pulling()
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn address(path: &Path) -> String {
    Url::from_file_path(path).expect("a full path").into()
}

/// What is found in the workspace: the last part of each file's address, and how much.
fn workspace(client: &mut Client) -> Vec<(String, usize)> {
    let answer = client.request("workspace/diagnostic", json!({"previousResultIds": []}));
    let mut found: Vec<(String, usize)> = answer["items"]
        .as_array()
        .expect("a report")
        .iter()
        .map(|item| {
            let name = item["uri"].as_str().expect("an address").rsplit('/').next();
            (
                name.expect("a name").to_owned(),
                item["items"].as_array().map_or(0, Vec::len),
            )
        })
        .collect();
    found.sort();
    found
}

#[test]
fn a_client_that_never_answers_is_served_and_one_that_answers_late_is_heard() {
    let mut client = Client::start_silent(Manners {
        settings: Some(json!({"severity": "error"})),
        ..Manners::default()
    });
    client.is_mute = true;
    let capabilities = json!({
        "workspace": {
            "configuration": true, "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
    });
    client.request(
        "initialize",
        json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
    );
    client.notify("initialized", json!({}));
    client.open("untitled:1", "Crime fell 15% last year.\n");
    let shown = client.wait_for_published("untitled:1", 1);
    assert!(codes(&shown.diagnostics).contains(&"claim-figure-unattributed"));
    for version in 2..50 {
        client.change("untitled:1", version, json!([{"text": STORY}]));
        assert_eq!(client.text("untitled:1").1, version);
    }
    client.change(
        "untitled:1",
        50,
        json!([{"text": "Crime fell 15% last year.\n"}]),
    );
    client.wait_for_published("untitled:1", 50);
    client.answer_late();
    // From now on only errors are shown, as its settings say.
    let shown = client.wait_for_published("untitled:1", 50);
    assert_eq!(codes(&shown.diagnostics), Vec::<&str>::new());
    assert_eq!(client.shut_down(), 0);
}

#[test]
#[cfg(target_os = "linux")]
fn the_server_ends_when_the_process_of_its_client_does() {
    use rustix::process::{Pid, PidfdFlags, getpid, pidfd_open};
    let own: Pid = getpid();
    if pidfd_open(own, PidfdFlags::empty()).is_err() {
        println!("skipped: this system cannot tell when another process ends");
        return;
    }
    let editor = Command::new("sleep")
        .arg("600")
        .stdin(Stdio::null())
        .spawn();
    let mut editor = editor.expect("sleep is everywhere");
    let client = Client::start(Manners {
        params: json!({"processId": editor.id()}),
        ..Manners::default()
    });
    editor.kill().expect("it is ours");
    assert_eq!(client.wait_for_its_end(), 1, "its input is still open");
    let _ = editor.wait();
    // A number that nobody has here is that of a process elsewhere.
    let mut client = Client::start(Manners {
        params: json!({"processId": 0x3fff_fff0}),
        ..Manners::default()
    });
    client.open("untitled:1", STORY);
    assert_eq!(client.text("untitled:1").0, STORY);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_frame_of_four_gigabytes_is_refused_without_room_for_it() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", STORY);
    client.send_bytes(b"Content-Length: 4294967296\r\n\r\n");
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..40 {
        client.send_bytes(&piece);
    }
    client.send_bytes(b"\r\n");
    let error = client.wait(|client| client.stray_errors.pop_front());
    assert_eq!(error, -32700);
    assert_eq!(client.text("untitled:1").0, STORY);
    if let Some(most) = peak(client.server()) {
        assert!(
            most < 60_000,
            "{most} KB for forty megabytes that were not kept"
        );
    }
    assert_eq!(client.shut_down(), 0);
}

/// The most memory that a process had, in KB, where the system says so.
fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn headers_may_be_written_in_any_case_and_stand_in_any_order() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", "One.");
    let body = json!({
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": {"textDocument": {"uri": "untitled:1", "version": 2}, "contentChanges": [{"text": "Two."}]},
    });
    let body = body.to_string();
    for header in [
        format!("CONTENT-LENGTH: {}\r\n\r\n", body.len()),
        format!("content-length:{}\r\n\r\n", body.len()),
        format!(
            "cOnTeNt-tYpE: application/vscode-jsonrpc; charset=utf8\r\nContent-length:   {}\r\n\r\n",
            body.len()
        ),
    ] {
        client.change("untitled:1", 1, json!([{"text": "One."}]));
        client.send_bytes((header + &body).as_bytes());
        assert_eq!(client.text("untitled:1"), ("Two.".to_owned(), 2));
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_document_too_long_to_be_a_draft_is_told_and_left_unread() {
    let mut client = Client::start(Manners::default());
    client.expected = vec!["window/showMessage"];
    let long = "The pier is shut.\n\n".repeat(34 << 20 >> 4);
    client.open("untitled:1", &long);
    let said = client.wait(|client| client.heard.pop_front());
    let message = said.1["message"].as_str().expect("a message");
    assert!(
        message.contains("too long") && message.contains("Split it"),
        "{message}"
    );
    let shown = client.request(
        "textDocument/hover",
        json!({"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 5}}),
    );
    assert_eq!(shown, Value::Null);
    client.change("untitled:1", 2, json!([{"text": STORY}]));
    assert_eq!(client.text("untitled:1").0, STORY);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn files_in_odd_letters_links_in_a_ring_and_long_lines_are_no_end_of_a_workspace() {
    let folder = Folder::new("files");
    folder.write("latin.lede", b"Crime fell 15% in Qu\xe9bec last year.\n");
    folder.write("nul.lede", "Crime fell\0 15% last year.\n");
    folder.write("empty.lede", "");
    let wide: Vec<u8> = "\u{feff}Crime fell 15%."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    folder.write("wide.lede", wide);
    folder.write("line.lede", "Crime fell 15% last year. ".repeat(10_000));
    folder.write("deep/good.lede", "Crime fell 15% last year.\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("..", folder.0.join("deep/ring")).expect("a link");
        symlink("loop.lede", folder.0.join("loop.lede")).expect("a link");
        symlink("nowhere.lede", folder.0.join("gone.lede")).expect("a link");
        symlink(&folder.0, folder.0.join("notes")).expect("a link");
    }
    let mut client = folder.client();
    let found = workspace(&mut client);
    let count = |name: &str| found.iter().find(|one| one.0 == name).map(|one| one.1);
    assert_eq!(count("good.lede"), Some(1), "{found:?}");
    assert_eq!(count("latin.lede"), Some(1), "{found:?}");
    assert_eq!(count("empty.lede"), Some(0), "{found:?}");
    assert_eq!(
        count("line.lede"),
        Some(1),
        "a paragraph that is too long: {found:?}"
    );
    assert_eq!(
        found.iter().filter(|one| one.0 == "good.lede").count(),
        1,
        "no ring is walked"
    );
    client.open(&folder.uri("deep/good.lede"), STORY);
    assert_eq!(client.text(&folder.uri("deep/good.lede")).0, STORY);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn files_that_come_go_and_change_while_they_are_read_leave_a_server_that_answers() {
    let folder = Folder::new("restless");
    folder.write("good.lede", "Crime fell 15% last year.\n");
    let is_over = Arc::new(AtomicBool::new(false));
    let (root, over) = (folder.0.clone(), is_over.clone());
    let restless = std::thread::spawn(move || {
        let names = [
            "a.lede",
            "onrecord.toml",
            "entities/people.toml",
            "notes/a.txt",
            "b.lede",
        ];
        let texts = [
            "“No,” he said.\n",
            "profile = \"feature\"\n",
            "[[person]]\nname = \"Ann Lee\"\n",
            "[",
            "",
        ];
        for turn in 0_usize.. {
            if over.load(Ordering::Relaxed) {
                return;
            }
            let path = root.join(names[turn % names.len()]);
            let _ = fs::create_dir_all(path.parent().expect("a folder"));
            match turn % 3 {
                0 => drop(fs::remove_file(&path)),
                _ => drop(fs::write(
                    &path,
                    texts[turn % texts.len()].repeat(turn % 50),
                )),
            }
            if turn % 40 == 0 {
                let _ = fs::remove_dir_all(root.join("notes"));
            }
        }
    });
    let mut client = folder.client();
    client.open(&folder.uri("b.lede"), STORY);
    for version in 2..40 {
        client.change(&folder.uri("b.lede"), version, json!([{"text": STORY}]));
        let changed = json!([{"uri": folder.uri("onrecord.toml"), "type": 2}, {"uri": folder.uri("entities/people.toml"), "type": 2}]);
        client.notify(
            "workspace/didChangeWatchedFiles",
            json!({"changes": changed}),
        );
        let found = workspace(&mut client);
        assert!(found.iter().any(|one| one.0 == "good.lede"), "{found:?}");
        assert_eq!(
            client.text(&folder.uri("b.lede")),
            (STORY.to_owned(), version)
        );
    }
    is_over.store(true, Ordering::Relaxed);
    restless.join().expect("it ends");
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn two_servers_on_one_workspace_answer_alike_and_keep_what_is_filed_whole() {
    let folder = Folder::new("two");
    folder.write("onrecord.toml", "filed = \"filed\"\n");
    folder.write("pier.lede", STORY);
    let uri = folder.uri("pier.lede");
    let mut both = [folder.client(), folder.client()];
    for client in &mut both {
        // Of two that keep a copy in the same second, one may find the file there, and says so.
        client.expected = vec!["window/showMessage"];
    }
    for round in 0..5 {
        let text = format!("{STORY}\nRound {round}.\n");
        let mut copies = Vec::new();
        let ids: Vec<i64> = both
            .iter_mut()
            .map(|client| {
                client.open(&uri, &text);
                let command = json!({"command": "onrecord.file", "arguments": [uri]});
                client.ask("workspace/executeCommand", command)
            })
            .collect();
        for (client, id) in both.iter_mut().zip(ids) {
            let answer = client.answer(id).expect("it is filed");
            copies.push(answer["text"].clone());
        }
        assert_eq!(copies[0], copies[1]);
    }
    let kept: Vec<PathBuf> = fs::read_dir(folder.0.join("filed/pier.lede"))
        .expect("what was filed is kept")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert!(!kept.is_empty());
    for path in kept {
        let text = fs::read_to_string(&path).expect("a kept file");
        assert!(
            text.contains("Round") && text.ends_with(".\n"),
            "{}: {text:?}",
            path.display()
        );
    }
    for client in both {
        assert_eq!(client.shut_down(), 0);
    }
}
