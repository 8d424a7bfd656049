//! Frames on standard input and output: read tolerantly, answered in order of arrival, never anything else on stdout.
//!
//! tower-lsp's own loop ends on the first malformed frame, cancels only once the queue moves, and may run a hover
//! before the edit that came first. Here one thread reads, one writes, and each message's handler runs up to its
//! first wait before the next message is looked at; so notifications are applied, and snapshots taken, in order.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};
use std::panic::AssertUnwindSafe;
use std::thread;

use futures_util::future::FutureExt;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service;

use super::outgoing::{Outgoing, WRITTEN};

/// The greatest body that is taken, in bytes. A story is a few thousand; this is a library of books.
const MAX_BODY: usize = 64 << 20;

/// How much of a header's line is looked at, in bytes.
const MAX_HEADER_LINE: u64 = 4096;

/// What came on standard input.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// A frame with a JSON body.
    Message(Value),
    /// Bytes that are no frame, or a frame that holds no JSON.
    Malformed(String),
}

/// Reads frames from `input` on a thread of its own, until it ends.
pub fn read(input: impl Read + Send + 'static) -> UnboundedReceiver<Incoming> {
    let (sender, receiver) = unbounded_channel();
    thread::spawn(move || read_frames(BufReader::new(input), &sender));
    receiver
}

fn read_frames(input: impl BufRead, to: &UnboundedSender<Incoming>) {
    let mut reader = Reader {
        input,
        to,
        is_lost: false,
    };
    while let Ok(Some(())) = reader.next() {}
}

struct Reader<'a, R> {
    input: R,
    to: &'a UnboundedSender<Incoming>,
    /// What follows a malformed frame is most likely the rest of it: one error says it all.
    is_lost: bool,
}

impl<R: BufRead> Reader<'_, R> {
    /// Hands on the next frame; none at the end of input.
    fn next(&mut self) -> io::Result<Option<()>> {
        let mut length = None;
        loop {
            let Some(line) = self.line()? else {
                return Ok(None);
            };
            match header(&line) {
                Line::Empty if length.is_some() => break,
                Line::Empty | Line::OtherField => {}
                Line::Length(value) => length = Some(value),
                Line::Junk => self.complain("a line is no header"),
                Line::JunkThenLength(value) => {
                    self.complain("a line is no header");
                    length = Some(value);
                }
            }
        }
        let length = length.unwrap_or_default();
        if length > MAX_BODY {
            self.complain("the frame is greater than 64 MiB");
            return Ok(Some(()));
        }
        let mut body = Vec::new();
        (&mut self.input)
            .take(length as u64)
            .read_to_end(&mut body)?;
        match serde_json::from_slice(&body) {
            Ok(message) => {
                self.is_lost = false;
                let _ = self.to.send(Incoming::Message(message));
            }
            Err(error) => self.complain(&error.to_string()),
        }
        Ok(Some(()))
    }

    /// The next line without its end; of an endless one, the last part. None at the end of input.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        loop {
            let mut part = Vec::new();
            let part_length = (&mut self.input)
                .take(MAX_HEADER_LINE)
                .read_until(b'\n', &mut part)?;
            line.append(&mut part);
            if line.ends_with(b"\n") {
                return Ok(Some(line.trim_ascii().to_vec()));
            }
            if part_length == 0 {
                return Ok(None);
            }
            line.drain(..line.len().saturating_sub(MAX_HEADER_LINE as usize));
        }
    }

    fn complain(&mut self, why: &str) {
        if !self.is_lost {
            self.is_lost = true;
            let _ = self.to.send(Incoming::Malformed(why.to_owned()));
        }
    }
}

enum Line {
    Empty,
    Length(usize),
    OtherField,
    Junk,
    /// The rest of a broken frame, with the next frame's first line at its end.
    JunkThenLength(usize),
}

fn header(line: &[u8]) -> Line {
    const NAME: &[u8] = b"content-length:";
    if line.is_empty() {
        return Line::Empty;
    }
    let lower = line.to_ascii_lowercase();
    let Some(at) = lower.windows(NAME.len()).rposition(|name| name == NAME) else {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let is_name = name.len() < line.len()
            && name
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        return if is_name {
            Line::OtherField
        } else {
            Line::Junk
        };
    };
    let digits = str::from_utf8(line[at + NAME.len()..].trim_ascii()).unwrap_or_default();
    match (at, digits.parse()) {
        (0, Ok(length)) => Line::Length(length),
        (_, Ok(length)) => Line::JunkThenLength(length),
        (_, Err(_)) => Line::Junk,
    }
}

/// Serves messages until `exit` or the end of input; the exit code is 0 only after a `shutdown`.
pub async fn serve<S: LanguageServer>(
    mut service: LspService<S>,
    socket: ClientSocket,
    mut incoming: UnboundedReceiver<Incoming>,
    outgoing: Outgoing,
) -> i32 {
    let (mut requests, mut responses) = socket.split();
    let to_client = outgoing.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(&request);
        }
    });

    let mut exit_code = 1;
    while let Some(message) = incoming.recv().await {
        let message = match message {
            Incoming::Message(message) => message,
            Incoming::Malformed(why) => {
                eprintln!("onrecord: malformed frame: {why}");
                outgoing.send(&error(Value::Null, -32700, &format!("Parse error: {why}")));
                continue;
            }
        };
        match Message::of(message) {
            Message::Request(request) => {
                let is_shutdown = request.method() == "shutdown" && request.id().is_some();
                let is_exit = request.method() == "exit";
                handle(&mut service, request, &outgoing);
                if is_exit {
                    return exit_code;
                }
                if is_shutdown {
                    exit_code = 0;
                }
            }
            Message::Response(response) => {
                let _ = responses.send(response).await;
            }
            Message::Stray => {}
            Message::Invalid(id) => {
                outgoing.send(&error(id, -32600, "Invalid request"));
            }
        }
    }
    exit_code
}

/// Runs a message's handler up to its first wait, and leaves the rest to the runtime.
fn handle<S: LanguageServer>(service: &mut LspService<S>, request: Request, outgoing: &Outgoing) {
    let id = request.id().cloned();
    let cancel = id.clone().map(|id| {
        let cancel = Request::build("$/cancelRequest").params(json!({ "id": id }));
        service.call(cancel.finish())
    });
    let answer = AssertUnwindSafe(service.call(request)).catch_unwind();
    let outgoing = outgoing.clone();
    let mut work = Box::pin(WRITTEN.scope(RefCell::default(), async move {
        match answer.await {
            Ok(Ok(Some(response))) => {
                let written = WRITTEN.with(RefCell::take);
                match written.filter(|_| response.is_ok()) {
                    Some(result) => outgoing.send_result(response.id(), result),
                    None => outgoing.send(&response),
                }
            }
            // Each request has its answer, also one that the service passes over in silence.
            Ok(_) => {
                if let Some(id) = id {
                    outgoing.send(&Response::from_error(id, Error::method_not_found()));
                }
            }
            Err(_) => {
                // The service still counts the request as running; the panic itself is on standard error.
                if let Some(cancel) = cancel {
                    let _ = cancel.await;
                }
                if let Some(id) = id {
                    outgoing.send(&Response::from_error(id, Error::internal_error()));
                }
            }
        }
    }));
    if work.as_mut().now_or_never().is_none() {
        tokio::spawn(work);
    }
}

enum Message {
    Request(Request),
    Response(Response),
    /// An answer that cannot be read; it is not answered in turn.
    Stray,
    /// No message of JSON-RPC; with its id, where it has one.
    Invalid(Value),
}

impl Message {
    fn of(value: Value) -> Message {
        let id = match value.get("id") {
            Some(id) if id.is_string() || id.is_i64() => id.clone(),
            _ => Value::Null,
        };
        let is_call = value.get("method").is_some();
        let is_answer = value.get("result").is_some() || value.get("error").is_some();
        if is_call {
            let request = serde_json::from_value(value);
            request.map_or(Message::Invalid(id), Message::Request)
        } else if is_answer {
            let response = serde_json::from_value(value);
            response.map_or(Message::Stray, Message::Response)
        } else {
            Message::Invalid(id)
        }
    }
}

fn error(id: Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// What is read, a word each: the message's text, or `malformed`.
    fn read_all(input: &str) -> Vec<String> {
        let (sender, mut receiver) = unbounded_channel();
        read_frames(input.as_bytes(), &sender);
        drop(sender);
        let mut words = Vec::new();
        while let Ok(incoming) = receiver.try_recv() {
            words.push(match incoming {
                Incoming::Message(message) => message.to_string(),
                Incoming::Malformed(_) => "malformed".to_owned(),
            });
        }
        words
    }

    #[test]
    fn good_frames_are_read_whatever_else_their_headers_say() {
        let typed = "content-length: 1\nContent-Type: application/vscode-jsonrpc\n\n2";
        assert_eq!(
            read_all(&(frame("1") + typed + &frame("\"“é”\""))),
            ["1", "2", "\"“é”\""]
        );
    }

    #[test]
    fn after_a_malformed_frame_the_next_good_one_is_found() {
        for broken in [
            frame("{\"a\":"),
            "Content-Length: many\r\n\r\n{\"a\": 1}".to_owned(),
            "Content-Length: -4\r\n\r\n".to_owned(),
            "Content-Length: 99999999999\r\n\r\n{}".to_owned(),
            "Content-Length: 99999999999999999999999\r\n\r\n".to_owned(),
            "Content-Length: 2\r\n\r\n{\"a\": \"longer than it says\"}".to_owned(),
            "Content-Length: 3\r\n\r\n\u{fffd}".to_owned(),
            "good morning\r\n".to_owned(),
            "x".repeat(10_000),
        ] {
            let input = frame("1") + &broken + &frame("2") + &frame("3");
            assert_eq!(read_all(&input), ["1", "malformed", "2", "3"], "{broken}");
        }
    }

    #[test]
    fn a_frame_cut_off_by_the_end_of_input_is_malformed() {
        assert_eq!(read_all("Content-Length: 9\r\n\r\n{}{"), ["malformed"]);
        assert_eq!(read_all("Content-Length: 9\r\n"), Vec::<String>::new());
    }
}
