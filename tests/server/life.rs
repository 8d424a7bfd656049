//! From hello to goodbye: exit codes, malformed messages, cancelling, panics.

use serde_json::{Value, json};

use crate::STORY;
use crate::support::{Client, Manners};

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
    assert_eq!(client.refused("$/whatever", json!({})), -32601);
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
