//! A session of random opens, edits, requests, cancels, settings and closes, as an editor sends them, without waiting:
//! every answer is the one that a server gives which was only just started with the same texts and settings.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use onrecord::text::position::Encoding;
use serde_json::{Value, json};

use super::dice::{Dice, STORY};
use super::edit::{ENCODINGS, change, position};

/// How long a server may take for an answer before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(120);

const URIS: [&str; 3] = [
    "file:///desk-of-nobody/pier.lede",
    "untitled:Untitled-1",
    "file:///desk-of-nobody/col%C3%BCmn.txt",
];

const SETTINGS: [&str; 6] = [
    r#"{"hold": "off"}"#,
    r#"{"hold": "off", "profile": "feature"}"#,
    r#"{"hold": "off", "profile": "newsroom-strict", "inlayHints": {"wordForWord": true}}"#,
    r#"{"hold": "off", "severity": "warning"}"#,
    r#"{"hold": "off", "severity": {"quote": "off", "claim": "error"}}"#,
    r#"{"hold": "off", "severity": 7, "rules": []}"#,
];

const QUESTIONS: [&str; 14] = [
    "textDocument/diagnostic",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/selectionRange",
    "workspace/symbol",
];

/// Questions whose answer may be about a text newer than the one that was there when they were asked.
const LATE: [&str; 3] = [
    "textDocument/diagnostic",
    "textDocument/references",
    "workspace/symbol",
];

/// What a client knows: its texts with their versions, and its settings.
#[derive(Clone, Default, PartialEq)]
struct Desk {
    texts: BTreeMap<&'static str, (i32, String)>,
    settings: usize,
}

/// A question that was asked, and what stood on the desk then.
struct Asked {
    id: i64,
    method: &'static str,
    params: Value,
    then: usize,
    is_cancelled: bool,
}

/// The first byte chooses the encoding; then each step.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let encoding = dice.one(&ENCODINGS);
    let mut server = Server::start(encoding);
    let mut desk = Desk::default();
    server.set(&desk);
    for uri in &URIS[..2] {
        desk.texts.insert(uri, (1, dice.text(STORY, 24)));
        server.open(&desk, uri);
    }
    let mut desks = vec![desk.clone()];
    let mut asked: Vec<Asked> = Vec::new();
    for _ in 0..60 {
        if dice.is_over() {
            break;
        }
        let uri = dice.one(&URIS);
        match dice.below(16) {
            0 => {
                let text = dice.text(STORY, 16);
                desk.texts.insert(uri, (1, text));
                server.open(&desk, uri);
            }
            1 => {
                desk.texts.remove(uri);
                server.tell(
                    "textDocument/didClose",
                    json!({"textDocument": {"uri": uri}}),
                );
            }
            2 => {
                desk.settings = dice.below(SETTINGS.len());
                server.set(&desk);
            }
            3 => server.tell(
                "textDocument/didSave",
                json!({"textDocument": {"uri": uri}}),
            ),
            4 => {
                if let Some(last) = asked.last_mut() {
                    last.is_cancelled = true;
                    server.tell("$/cancelRequest", json!({"id": last.id}));
                }
            }
            5..=9 => edit(&mut dice, &mut server, &mut desk, uri, encoding),
            _ => {
                let params = question(&mut dice, &desk, uri, encoding);
                let method = dice.one(&QUESTIONS);
                let id = server.ask(method, params.clone());
                asked.push(Asked {
                    id,
                    method,
                    params,
                    then: desks.len() - 1,
                    is_cancelled: false,
                });
            }
        }
        let last = &desks[desks.len() - 1];
        if *last != desk {
            desks.push(desk.clone());
        }
    }
    // What is shown last of all is asked for too.
    for uri in URIS {
        let params = json!({"textDocument": {"uri": uri}});
        let id = server.ask(QUESTIONS[0], params.clone());
        asked.push(Asked {
            id,
            method: QUESTIONS[0],
            params,
            then: desks.len() - 1,
            is_cancelled: false,
        });
    }
    let answers: Vec<Value> = asked.iter().map(|it| server.answer(it.id)).collect();
    server.end();
    hold_against_fresh(&asked, &answers, &desks, encoding);
}

/// One or two steps of a change, each after the other, as the protocol has them.
fn edit(dice: &mut Dice, server: &mut Server, desk: &mut Desk, uri: &str, encoding: Encoding) {
    let mut steps = Vec::new();
    let Some((version, text)) = desk.texts.get_mut(uri) else {
        // Nobody opened it: the server lets it be.
        let whole =
            json!({"textDocument": {"uri": uri, "version": 7}, "contentChanges": [{"text": "?"}]});
        server.tell("textDocument/didChange", whole);
        return;
    };
    for _ in 0..1 + dice.below(2) {
        let (start, end, new) = change(dice, text);
        steps.push(json!({
            "range": {"start": place(text, start, encoding), "end": place(text, end, encoding)},
            "text": new,
        }));
        text.replace_range(start..end, &new);
    }
    *version += 1;
    let document = json!({"uri": uri, "version": version});
    let params = json!({"textDocument": document, "contentChanges": steps});
    server.tell("textDocument/didChange", params);
}

/// Everything that any question needs.
fn question(dice: &mut Dice, desk: &Desk, uri: &str, encoding: Encoding) -> Value {
    let text = desk.texts.get(uri).map_or("", |(_, text)| text.as_str());
    let (start, end, _) = change(dice, text);
    let (start, end) = (place(text, start, encoding), place(text, end, encoding));
    json!({
        "textDocument": {"uri": uri}, "position": start, "positions": [start],
        "range": {"start": start, "end": end}, "query": "ort",
        "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1},
    })
}

fn place(text: &str, at: usize, encoding: Encoding) -> Value {
    let position = position(text, at, encoding);
    json!({"line": position.line, "character": position.character})
}

/// Asks new servers: one with the desk as it was then, and for answers that may be about a newer text, those after it.
fn hold_against_fresh(asked: &[Asked], answers: &[Value], desks: &[Desk], encoding: Encoding) {
    let mut fresh = Fresh {
        servers: desks.iter().map(|_| None).collect(),
        desks,
        encoding,
    };
    for (it, answer) in asked.iter().zip(answers) {
        let code = answer["error"]["code"].as_i64();
        // Cancelled, or the text moved on faster than it was checked.
        if it.is_cancelled && code == Some(-32800) || code == Some(-32802) {
            continue;
        }
        let last = match LATE.contains(&it.method) {
            true => desks.len() - 1,
            false => it.then,
        };
        let is_right = (it.then..=last).any(|then| fresh.answer(then, it) == plain(answer));
        assert!(
            is_right,
            "{} {} was answered {answer} and not {} among {:?}",
            it.method,
            it.params,
            fresh.answer(it.then, it),
            desks[it.then].texts
        );
    }
    fresh.servers.into_iter().flatten().for_each(Server::end);
}

/// Servers that read a desk afresh, each started when somebody asks.
struct Fresh<'a> {
    servers: Vec<Option<Server>>,
    desks: &'a [Desk],
    encoding: Encoding,
}

impl Fresh<'_> {
    fn answer(&mut self, then: usize, asked: &Asked) -> Value {
        let desk = &self.desks[then];
        let server = self.servers[then].get_or_insert_with(|| {
            let server = Server::start(self.encoding);
            server.set(desk);
            desk.texts.keys().for_each(|uri| server.open(desk, uri));
            server
        });
        let id = server.ask(asked.method, asked.params.clone());
        plain(&server.answer(id))
    }
}

/// An answer without its id and the names that a server gives its answers.
fn plain(answer: &Value) -> Value {
    let mut plain = answer.clone();
    plain["id"] = Value::Null;
    if let Some(result) = plain["result"].as_object_mut() {
        result.remove("resultId");
    }
    plain
}

/// A server in this process, at the other end of two pipes.
struct Server {
    input: Sender<Vec<u8>>,
    output: Receiver<Value>,
    thread: JoinHandle<i32>,
    last_id: i64,
    answers: BTreeMap<i64, Value>,
}

impl Server {
    fn start(encoding: Encoding) -> Server {
        let (input, from_client) = channel();
        let (to_client, output) = channel();
        let pipe = Pipe(from_client, Vec::new());
        let thread = spawn(move || onrecord::server::serve_over(pipe, Frames(to_client)));
        let mut server = Server {
            input,
            output,
            thread,
            last_id: 0,
            answers: BTreeMap::new(),
        };
        let name = match encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        };
        // A client that asks for findings and cannot be told to ask again: nothing is held, nothing comes unasked.
        let capabilities = json!({
            "general": {"positionEncodings": [name]},
            "textDocument": {
                "diagnostic": {}, "hover": {"contentFormat": ["markdown"]},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            },
        });
        let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
        let id = server.ask("initialize", params);
        let answer = server.answer(id);
        assert_eq!(answer["result"]["capabilities"]["positionEncoding"], name);
        server
    }

    fn send(&self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input
            .send(frame.into_bytes())
            .expect("the server reads");
    }

    fn tell(&self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    fn set(&self, desk: &Desk) {
        let settings: Value = serde_json::from_str(SETTINGS[desk.settings]).expect("it is JSON");
        self.tell(
            "workspace/didChangeConfiguration",
            json!({"settings": settings}),
        );
    }

    fn open(&self, desk: &Desk, uri: &str) {
        let (version, text) = &desk.texts[uri];
        let document = json!({"uri": uri, "languageId": "lede", "version": version, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// The answer to a question; each has just one.
    fn answer(&mut self, id: i64) -> Value {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            let message = self.output.recv_timeout(PATIENCE);
            let message =
                message.unwrap_or_else(|error| panic!("question {id} has no answer: {error}"));
            if message.get("method").is_some() {
                assert!(message.get("id").is_none(), "asked unexpectedly: {message}");
                continue;
            }
            let id = message["id"]
                .as_i64()
                .unwrap_or_else(|| panic!("no answer of ours: {message}"));
            assert!(id <= self.last_id, "an answer to no question: {message}");
            assert!(
                self.answers.insert(id, message).is_none(),
                "{id} was answered twice"
            );
        }
    }

    fn end(mut self) {
        let id = self.ask("shutdown", Value::Null);
        self.answer(id);
        self.tell("exit", Value::Null);
        assert_eq!(self.thread.join().ok(), Some(0), "the server ends well");
    }
}

/// What the client writes, as the server reads it.
struct Pipe(Receiver<Vec<u8>>, Vec<u8>);

impl Read for Pipe {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            self.1 = self.0.recv().unwrap_or_default();
        }
        let length = self.1.len().min(into.len());
        into[..length].copy_from_slice(&self.1[..length]);
        self.1.drain(..length);
        Ok(length)
    }
}

/// What the server writes: a whole frame each time.
struct Frames(Sender<Value>);

impl Write for Frames {
    fn write(&mut self, frame: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(frame).expect("a frame is text");
        let (_, body) = text.split_once("\r\n\r\n").expect("a frame has a header");
        let message = serde_json::from_str(body).expect("a frame holds JSON");
        let _ = self.0.send(message);
        Ok(frame.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
