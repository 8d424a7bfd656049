//! Documents under whatever name, in whatever encoding, step by step.

use serde_json::{Value, json};

use crate::support::{Client, Manners};

fn offering(encodings: Value) -> Manners {
    Manners {
        capabilities: json!({"general": {"positionEncodings": encodings}}),
        ..Manners::default()
    }
}

#[test]
fn documents_are_known_by_their_exact_uri_whatever_it_holds() {
    let mut client = Client::start(Manners::default());
    for uri in [
        "file:///news/a[1] “é” 100%.lede",
        "file:///news/a%5B1%5D%20%E2%80%9C%C3%A9%E2%80%9D%20100%25.lede",
        "file:///c%3A/news/a|b^c.lede",
        "untitled:Untitled-1",
        "vscode-remote://desk/news/a.lede",
        "not a uri at all",
        "",
    ] {
        client.open(uri, &format!("This is {uri}."));
        assert_eq!(client.wait_for_published(uri, 1).uri, uri);
        assert_eq!(client.text(uri).0, format!("This is {uri}."));
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn columns_count_what_was_agreed() {
    for (offered, agreed, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 7),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32", 2),
        (json!(["utf-7", "utf-16"]), "utf-16", 3),
        (json!([]), "utf-16", 3),
    ] {
        let mut client = Client::start(offering(offered));
        assert_eq!(client.capabilities["positionEncoding"], agreed);
        client.open("untitled:1", "😀“No”");
        let at = json!({"line": 0, "character": column});
        let steps = json!([{"range": {"start": at, "end": at}, "text": "Oh, "}]);
        client.change("untitled:1", 2, steps);
        assert_eq!(client.text("untitled:1"), ("😀“Oh, No”".to_owned(), 2));
    }
}

#[test]
fn steps_of_a_change_follow_each_other_and_a_step_without_range_replaces_all() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", "one");
    let at = |line: u32, character: u32| json!({"line": line, "character": character});
    let steps = json!([
        {"range": {"start": at(0, 0), "end": at(0, 3)}, "text": "two\r\nthree"},
        {"range": {"start": at(1, 0), "end": at(99, 99)}, "text": "four"},
        {"range": {"start": at(0, 99), "end": at(0, 99)}, "text": "!"},
    ]);
    client.change("untitled:1", 2, steps);
    assert_eq!(client.text("untitled:1"), ("two!\r\nfour".to_owned(), 2));
    client.change("untitled:1", 3, json!([{"text": "five"}]));
    assert_eq!(client.text("untitled:1"), ("five".to_owned(), 3));
    client.change("untitled:never opened", 4, json!([{"text": "six"}]));
    assert_eq!(client.text("untitled:1"), ("five".to_owned(), 3));
}

#[test]
fn impossible_ranges_are_clamped_and_never_lose_the_text() {
    const FAR: u32 = u32::MAX;
    let mut client = Client::start(Manners::default());
    let at = |line: u32, character: u32| json!({"line": line, "character": character});
    for (start, end, after) in [
        (at(FAR, FAR), at(FAR, FAR), "a😀\nbX"),
        (at(0, FAR), at(0, FAR), "a😀X\nb"),
        (at(0, 2), at(0, 2), "aX😀\nb"),
        (at(1, 0), at(0, 0), "Xb"),
        (at(1, 1), at(0, 1), "aX"),
        (at(0, 0), at(FAR, 0), "X"),
    ] {
        client.open("untitled:1", "a😀\nb");
        let steps = json!([{"range": {"start": start, "end": end}, "text": "X"}]);
        client.change("untitled:1", 2, steps);
        let (text, _) = client.text("untitled:1");
        assert_eq!(text, after, "{start} to {end}");
        let hover = json!({"textDocument": {"uri": "untitled:1"}, "position": at(FAR, FAR)});
        client.request("textDocument/hover", hover);
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn versions_that_go_back_or_stand_still_are_followed_as_they_come() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", "one");
    client.wait_for_published("untitled:1", 1);
    for (version, words) in [(9, "nine"), (3, "three"), (3, "three again"), (-1, "less")] {
        client.change("untitled:1", version, json!([{"text": words}]));
        assert_eq!(client.text("untitled:1"), (words.to_owned(), version));
        let shown = client.wait_for_published("untitled:1", version);
        assert_eq!(shown.diagnostics.len(), 0);
    }
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn what_is_asked_of_a_document_before_it_opens_and_after_it_closes_is_nothing() {
    let mut client = Client::start(Manners::default());
    let document = json!({"uri": "untitled:1"});
    let place = json!({"textDocument": document, "position": {"line": 0, "character": 0}});
    let close = json!({"textDocument": document});
    for _ in 0..2 {
        client.change("untitled:1", 7, json!([{"text": "unheard"}]));
        client.notify("textDocument/didSave", close.clone());
        client.notify("textDocument/didClose", close.clone());
        for method in [
            "hover",
            "completion",
            "definition",
            "documentSymbol",
            "foldingRange",
        ] {
            let answer = client.request(&format!("textDocument/{method}"), place.clone());
            let is_nothing = answer.is_null() || answer == json!([]);
            assert!(is_nothing, "{method}: {answer}");
        }
        client.open("untitled:1", "Crime fell 15% last year.\n");
        client.open("untitled:1", "Rain fell.\n");
        assert_eq!(client.text("untitled:1").0, "Rain fell.\n");
        client.notify("textDocument/didClose", close.clone());
    }
    assert_eq!(client.shut_down(), 0);
}
