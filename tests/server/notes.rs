//! Quotations held against a folder `notes/` beside the draft, with nothing to set up.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;
use url::Url;

use crate::support::{Client, Manners};

const TAPE: &str = "WEBVTT\n\n04:12.000 --> 04:16.000\nwell we have no plans to sell the pier\n";
const STORY: &str = "The pier stays, the harbor board said on Monday.\n\n“We have now plans to sell the pier,” said Dana Ortiz, the harbor commissioner.\n";

#[test]
fn a_bent_quotation_is_underlined_and_let_go_when_the_tape_says_so() {
    let folder = std::env::temp_dir().join(format!("onrecord-notes-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("notes")).expect("a new folder");
    let tape = folder.join("notes/ortiz.vtt");
    fs::write(&tape, TAPE).expect("a tape");
    let uri = |path| Url::from_file_path(path).expect("a full path").to_string();
    let story = uri(folder.join("pier.lede"));

    let mut client = Client::start(Manners::default());
    let opened = Instant::now();
    client.open(&story, STORY);
    let found = client.wait_for_published(&story, 1).diagnostics;
    assert!(
        opened.elapsed() < Duration::from_secs(1),
        "{:?}",
        opened.elapsed()
    );
    let bent = found
        .iter()
        .find(|one| one["code"] == "quote-differs-from-notes")
        .expect("the quotation is not as on tape");
    let message = bent["message"].as_str().expect("a message");
    assert!(message.contains("listen at 04:12"), "{message}");

    let place = json!({"textDocument": {"uri": story}, "position": {"line": 2, "character": 14}});
    let hover = client.request("textDocument/hover", place.clone());
    assert!(
        hover
            .to_string()
            .contains("we have no plans to sell the pier"),
        "{hover}"
    );
    let jump = client.request("textDocument/definition", place);
    assert!(jump.to_string().contains(&uri(tape.clone())), "{jump}");

    fs::write(&tape, TAPE.replace("no plans", "now plans")).expect("a tape");
    let changes = json!({"changes": [{"uri": uri(tape), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
    let found = client.wait_for_published(&story, 1).diagnostics;
    assert!(
        found
            .iter()
            .all(|one| one["code"] != "quote-differs-from-notes"),
        "{found:?}"
    );
    assert_eq!(client.shut_down(), 0);
    fs::remove_dir_all(folder).expect("it goes");
}
