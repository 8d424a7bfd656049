//! The built server over its standard input and output, as an editor drives it.

mod support;

use serde_json::{Value, json};
use support::{Client, Manners};

const STORY: &str =
    "HARLOW, March 4 (Onrecord) — Rain fell on the town.\n\n“No,” said Ruth Abel.\n";

fn pulling() -> Manners {
    Manners {
        capabilities: json!({
            "textDocument": {"diagnostic": {}, "publishDiagnostics": {}},
            "workspace": {"diagnostics": {"refreshSupport": true}},
        }),
        ..Manners::default()
    }
}

fn offering(encodings: Value) -> Manners {
    Manners {
        capabilities: json!({"general": {"positionEncodings": encodings}}),
        ..Manners::default()
    }
}

#[test]
fn the_exit_code_says_whether_the_client_said_goodbye() {
    let client = || Client::start(Manners::default());
    assert_eq!(client().shut_down(), 0);
    assert_eq!(client().exit(), 1);
    assert_eq!(client().hang_up(), 1);
    assert_eq!(Client::start_silent(Manners::default()).exit(), 1);
    assert_eq!(Client::start_silent(Manners::default()).hang_up(), 1);
}

#[test]
fn the_end_comes_at_once_while_requests_are_running() {
    for end in [Client::exit, Client::hang_up] {
        let mut client = Client::start(Manners::default());
        client.ask("onrecord/sleep", json!({"millis": 600_000}));
        assert_eq!(end(client), 1);
    }
}

#[test]
fn plain_stdio_serves_too() {
    let mut manners = Manners::default();
    manners.command[1] = "--stdio".to_owned();
    assert_eq!(Client::start(manners).shut_down(), 0);
}

#[test]
fn nothing_is_answered_before_the_client_introduced_itself() {
    let mut client = Client::start_silent(Manners::default());
    let hover =
        json!({"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.refused("textDocument/hover", hover), -32002);
}

#[test]
fn a_malformed_frame_or_body_gets_its_error_and_the_server_goes_on() {
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", STORY);
    for (broken, code) in [
        (framed("{\"jsonrpc\": \"2.0\", \"id\": 1, \"meth"), -32700),
        (framed("\u{feff}?"), -32700),
        ("Content-Length: several\r\n\r\n{}".to_owned(), -32700),
        ("Content-Length: 9999999999999\r\n\r\n{}".to_owned(), -32700),
        ("Good morning\r\n\r\n".to_owned(), -32700),
        (framed("[]"), -32600),
        (framed("7"), -32600),
        (framed("{}"), -32600),
        (
            framed("{\"jsonrpc\": \"2.0\", \"id\": 1.5, \"method\": \"shutdown\"}"),
            -32600,
        ),
        (
            framed("{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"shutdown\"}"),
            -32600,
        ),
        (framed("{\"jsonrpc\": \"2.0\", \"method\": 5}"), -32600),
    ] {
        client.send_bytes(broken.as_bytes());
        let error = client.wait(|client| client.stray_errors.pop_front());
        assert_eq!(error, code, "{broken}");
        assert_eq!(client.text("untitled:1").0, STORY, "after {broken}");
    }
    assert_eq!(client.stray_errors.len(), 0);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn unknown_methods_and_wrong_params_are_refused_by_name() {
    let mut client = Client::start(Manners::default());
    assert_eq!(client.refused("onrecord/nothing", json!({})), -32601);
    assert_eq!(
        client.refused("textDocument/hover", json!({"position": 4})),
        -32602
    );
    client.notify("$/whatever", json!({}));
    client.notify("textDocument/didChange", json!({"nonsense": true}));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_panic_answers_that_one_request_and_nothing_else_is_lost() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", STORY);
    let before = client.ask("onrecord/sleep", json!({"millis": 50}));
    assert_eq!(client.refused("onrecord/panic", Value::Null), -32603);
    assert_eq!(client.answer(before), Ok(Value::Null));
    assert_eq!(client.text("untitled:1").0, STORY);
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn a_request_is_cancelled_with_fifty_in_flight() {
    let mut client = Client::start(Manners::default());
    let asleep: Vec<i64> = (0..50)
        .map(|_| client.ask("onrecord/sleep", json!({"millis": 600_000})))
        .collect();
    client.notify("$/cancelRequest", json!({"id": asleep[49]}));
    assert_eq!(client.answer(asleep[49]).unwrap_err()["code"], -32800);
    for id in &asleep[..49] {
        client.notify("$/cancelRequest", json!({"id": id}));
        assert_eq!(client.answer(*id).unwrap_err()["code"], -32800);
    }
    client.notify("$/cancelRequest", json!({"id": 12_345}));
    assert_eq!(client.shut_down(), 0);
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

#[test]
fn changed_settings_make_a_client_that_asks_ask_again() {
    let mut client = Client::start(pulling());
    client.open("untitled:1", STORY);
    let settings = json!({"onrecord": {"profile": "feature"}});
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": settings}),
    );
    client.wait(|client| (client.refreshes == 1).then_some(()));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": settings}),
    );
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    client.wait(|client| (client.refreshes == 2).then_some(()));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn settings_may_be_missing_null_or_wrong() {
    for (settings, complaints) in [
        (json!(null), 0),
        (json!({}), 0),
        (json!({"profile": null, "hold": "off"}), 0),
        (json!({"profile": 4, "hold": [], "severity": "warning"}), 2),
        (json!("loud"), 1),
    ] {
        let mut client = Client::start(Manners {
            capabilities: json!({"workspace": {
                "configuration": true,
                "didChangeConfiguration": {"dynamicRegistration": true},
            }}),
            settings: Some(settings.clone()),
            ..Manners::default()
        });
        client.open("untitled:1", STORY);
        client.wait_for_published("untitled:1", 1);
        client.wait(|client| (client.log.len() == complaints).then_some(()));
        assert!(
            client
                .log
                .iter()
                .all(|line| line.starts_with("Setting onrecord"))
        );
        client.settings_are(json!({"profile": "wire"}));
        client.notify(
            "workspace/didChangeConfiguration",
            json!({"settings": null}),
        );
        assert_eq!(client.text("untitled:1").0, STORY);
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn settings_may_come_with_the_introduction() {
    let client = Client::start(Manners {
        params: json!({
            "initializationOptions": {"profile": "loud"},
            "workspaceFolders": [{"uri": "file:///news", "name": "news"}],
        }),
        ..Manners::default()
    });
    let mut client = client;
    let complaint = client.wait(|client| client.log.pop_front());
    assert!(
        complaint.starts_with("Setting onrecord.profile is not used"),
        "{complaint}"
    );
    let event = json!({"added": [{"uri": "file:///b", "name": "b"}], "removed": []});
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({"event": event}),
    );
    assert_eq!(client.shut_down(), 0);
}

/// A source of chances that is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[test]
fn ten_thousand_edits_and_hovers_keep_their_order() {
    const WORDS: [&str; 12] = [
        "“",
        "”",
        "‘No,’ ",
        "said ",
        "Ruth Abel ",
        "😀",
        "\n\n",
        "\r\n",
        "é",
        "👩‍👧",
        ". ",
        "TK ",
    ];
    let mut dice = Dice(20_260_304);
    let mut client = Client::start(Manners::default());
    let uri = "file:///news/order.lede";
    let mut text = STORY.to_owned();
    client.open(uri, &text);
    let mut expected = Vec::new();
    let mut hovers = Vec::new();
    for version in 2..=10_001 {
        let starts: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .filter(|at| !is_inside_crlf(&text, *at))
            .collect();
        let first = dice.below(starts.len());
        // A long text is cut more than it grows.
        let cut = if text.len() > 400 { 40 } else { 3 };
        let last = (first + dice.below(cut)).min(starts.len() - 1);
        let (start, end) = (starts[first], starts[last]);
        let word = WORDS[dice.below(WORDS.len())];
        let range = json!({"start": position(&text, start), "end": position(&text, end)});
        client.change(uri, version, json!([{"range": range, "text": word}]));
        text.replace_range(start..end, word);

        let at = position(&text, 0);
        let document = json!({"uri": uri});
        hovers.push(client.ask(
            "textDocument/hover",
            json!({"textDocument": document, "position": at}),
        ));
        // It goes the same way as the hover, and says what that saw.
        let seen = client.ask("onrecord/text", document);
        expected.push((seen, version, text.clone()));
    }
    for (id, version, text) in expected {
        let answer = client.answer(id).unwrap();
        assert_eq!(answer["version"], version);
        assert_eq!(answer["text"], text);
    }
    for id in hovers {
        client.answer(id).unwrap();
    }
    assert_eq!(client.text(uri), (text, 10_001));
    let mut newest = 0;
    while newest < 10_001 {
        let next = client.wait(|client| client.published.pop_front());
        let version = next.version.unwrap();
        assert!(
            version >= newest,
            "version {version} was published after {newest}"
        );
        newest = version;
    }
    assert_eq!(client.shut_down(), 0);
}

fn is_inside_crlf(text: &str, at: usize) -> bool {
    text[..at].ends_with('\r') && text[at..].starts_with('\n')
}

/// Line and UTF-16 column of a byte, counted the plain way.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let bytes = before.as_bytes();
    let ends = (0..bytes.len())
        .filter(|i| bytes[*i] == b'\n' || bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    json!({
        "line": ends.count(),
        "character": text[line_start..at].encode_utf16().count(),
    })
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

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap())
        .collect()
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
fn levels_set_in_the_editor_count_and_unknown_rules_are_named() {
    let rules = json!({"claim-figure-unattributed": "off", "claim-figre": "off"});
    let mut client = Client::start(Manners {
        params: json!({"initializationOptions": {"rules": rules}}),
        ..Manners::default()
    });
    client.open("untitled:1", "Crime fell 15% last year.\n");
    let shown = client.wait_for_published("untitled:1", 1);
    assert_eq!(codes(&shown.diagnostics), Vec::<&str>::new());
    let complaint = client.wait(|client| client.log.pop_front());
    assert!(
        complaint.contains("onrecord.rules.claim-figre"),
        "{complaint}"
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn at_most_a_thousand_findings_of_a_file_are_sent_and_one_says_so() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", &"Crime fell 15% last year.\n\n".repeat(1_005));
    let shown = client.wait_for_published("untitled:1", 1);
    assert_eq!(shown.diagnostics.len(), 1_001);
    let last = shown.diagnostics[1_000]["message"].as_str().unwrap();
    assert_eq!(last, "5 more findings in this file are not shown.");
    assert_eq!(client.shut_down(), 0);
}
