//! A client that says what a recorded one said, and keeps all that comes back.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use super::offered;

/// How long the server may take before the test gives up on it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A recorded session.
pub struct Session {
    text: String,
}

/// A message of the server, and to which question it is the answer.
pub struct Message {
    /// As it came.
    pub value: Value,
    /// The method of the request that it answers.
    pub answers: Option<String>,
}

/// What came of a session.
pub struct Replay {
    /// What the client said that it can do.
    pub offered: Value,
    /// All that the server sent.
    pub messages: Vec<Message>,
    /// How it ended.
    pub exit_code: i32,
    /// The copy of the workspace; gone with this.
    pub folder: PathBuf,
    log: String,
    open: Vec<String>,
}

impl Drop for Replay {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Message {
    /// The result, if this answers a request of that method without an error.
    pub fn answer_to(&self, method: &str) -> Option<&Value> {
        (self.answers.as_deref() == Some(method))
            .then(|| self.value.get("result"))
            .flatten()
    }

    /// The findings, if this publishes some.
    pub fn published(&self) -> Option<&Vec<Value>> {
        (self.value["method"] == "textDocument/publishDiagnostics")
            .then(|| self.value["params"]["diagnostics"].as_array())
            .flatten()
    }
}

impl Session {
    /// A fixture.
    pub fn read(text: &str) -> Session {
        Session {
            text: text.to_owned(),
        }
    }

    /// Whether some words stand anywhere in it.
    pub fn holds(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// Says all of it to a fresh server; `change` may change what the client says when it introduces itself.
    pub fn replay(&self, name: &str, change: impl Fn(&mut Value)) -> Replay {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!(
            "onrecord-replay-{name}-{}-{count}",
            std::process::id()
        ));
        let _ = fs::remove_dir_all(&folder);
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/workspace");
        copy(&workspace, &folder);
        let desk = folder.to_str().expect("a path in letters");
        let uri = Url::from_file_path(&folder).expect("a full path");
        let text = self
            .text
            .replace("file://{desk}", uri.as_str().trim_end_matches('/'));
        let text = text.replace("{desk}", &desk.replace('\\', "\\\\"));
        let mut script: Vec<Value> = Vec::new();
        let mut own: BTreeMap<String, VecDeque<Value>> = BTreeMap::new();
        for line in text.lines() {
            let entry: Value = serde_json::from_str(line).expect("a line of JSON");
            match entry.get("answers").and_then(Value::as_str) {
                Some(method) => own
                    .entry(method.to_owned())
                    .or_default()
                    .push_back(entry.get("result").cloned().unwrap_or_default()),
                None => script.push(entry["msg"].clone()),
            }
        }
        let mut running = Running::start(&folder, own);
        for at in 0..script.len() {
            let mut message = script[at].clone();
            if message["method"] == "initialize" {
                change(&mut message["params"]);
                running.offered = message["params"]["capabilities"].clone();
            }
            running.send(&message);
            let Some(id) = message
                .get("id")
                .filter(|_| message.get("method").is_some())
            else {
                continue;
            };
            // A question that the editor took back at once is not waited for.
            let next = script.get(at + 1).unwrap_or(&Value::Null);
            let is_taken_back = next["method"] == "$/cancelRequest" && next["params"]["id"] == *id;
            if !is_taken_back {
                running.wait_for(id);
            }
        }
        running.end(&script)
    }
}

impl Replay {
    /// Both directions, a line of JSON for each message.
    pub fn log(&self) -> &str {
        &self.log
    }

    /// The questions without an answer.
    pub fn unanswered(&self) -> &[String] {
        &self.open
    }

    /// The methods by which the server asked the client.
    pub fn asked_by_us(&self) -> Vec<&str> {
        let asked = self
            .messages
            .iter()
            .filter(|one| one.value.get("id").is_some());
        asked
            .filter_map(|one| one.value.get("method")?.as_str())
            .collect()
    }

    /// The rules that found something, pulled or published.
    pub fn findings(&self) -> Vec<String> {
        let lists = self.messages.iter().flat_map(|message| {
            let pulled = message.answer_to("textDocument/diagnostic");
            let pulled = pulled.and_then(|report| report["items"].as_array());
            pulled.into_iter().chain(message.published())
        });
        let codes = lists.flatten().filter_map(|one| one["code"].as_str());
        codes.map(str::to_owned).collect()
    }
}

struct Running {
    offered: Value,
    child: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    own: BTreeMap<String, VecDeque<Value>>,
    asked: Vec<(Value, String)>,
    messages: Vec<Message>,
    log: String,
    folder: PathBuf,
}

impl Running {
    fn start(folder: &Path, own: BTreeMap<String, VecDeque<Value>>) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("serve")
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            while let Some(message) = frame(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Running {
            offered: Value::Null,
            input: child.stdin.take().expect("its input is a pipe"),
            child,
            output: receiver,
            own,
            asked: Vec::new(),
            messages: Vec::new(),
            log: String::new(),
            folder: folder.to_owned(),
        }
    }

    fn note(&mut self, direction: &str, message: &Value) {
        let line = json!({"t": 0, "dir": direction, "msg": message});
        self.log.push_str(&format!("{line}\n"));
    }

    fn send(&mut self, message: &Value) {
        self.note("c2s", message);
        if let (Some(id), Some(method)) = (message.get("id"), message["method"].as_str()) {
            self.asked.push((id.clone(), method.to_owned()));
        }
        let body = message.to_string();
        let sent = write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len());
        sent.and_then(|()| self.input.flush())
            .expect("the server reads");
    }

    fn wait_for(&mut self, id: &Value) {
        while self.asked.iter().any(|(asked, _)| asked == id) {
            let message = self.output.recv_timeout(PATIENCE);
            let message = message.unwrap_or_else(|_| panic!("no answer to {id}: {:?}", self.asked));
            self.take(message);
        }
    }

    /// Keeps a message, and answers it if it asks something. One that this client did not expect fails the test.
    fn take(&mut self, message: Value) {
        self.note("s2c", &message);
        if let Some(fault) = offered::unexpected(&self.offered, &message) {
            panic!("{fault}: {message}");
        }
        let mut answers = None;
        match (
            message.get("method").and_then(Value::as_str),
            message.get("id"),
        ) {
            (Some(method), Some(id)) => {
                let recorded = self.own.get_mut(method).and_then(VecDeque::pop_front);
                let answer = recorded.unwrap_or(match method {
                    "workspace/configuration" => json!([null]),
                    "workspace/applyEdit" => json!({"applied": true}),
                    "window/showDocument" => json!({"success": true}),
                    _ => Value::Null,
                });
                let answer = json!({"jsonrpc": "2.0", "id": id, "result": answer});
                self.send_answer(&answer);
            }
            (None, Some(id)) => {
                let place = self.asked.iter().position(|(asked, _)| asked == id);
                let place = place.unwrap_or_else(|| panic!("nobody asked: {message}"));
                answers = Some(self.asked.remove(place).1);
            }
            (Some(_), None) => {}
            (None, None) => panic!("no message of the protocol: {message}"),
        }
        self.messages.push(Message {
            value: message,
            answers,
        });
    }

    fn send_answer(&mut self, answer: &Value) {
        self.note("c2s", answer);
        let body = answer.to_string();
        // The server may have ended.
        let _ = write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len());
        let _ = self.input.flush();
    }

    /// Says goodbye where the recording did not, and waits for the end.
    fn end(mut self, script: &[Value]) -> Replay {
        let said = |method: &str| script.iter().any(|message| message["method"] == method);
        if !said("shutdown") {
            let id = json!("goodbye");
            self.send(&json!({"jsonrpc": "2.0", "id": id, "method": "shutdown"}));
            self.wait_for(&id);
        }
        if !said("exit") {
            self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        }
        while let Ok(message) = self.output.recv_timeout(PATIENCE) {
            self.take(message);
        }
        let status = self.child.wait().expect("the server ends");
        let exit_code = status.code().expect("it ends by itself");
        self.log.push_str(&format!(
            "{}\n",
            json!({"t": 0, "dir": "s2c", "exit": exit_code})
        ));
        Replay {
            offered: self.offered,
            messages: self.messages,
            exit_code,
            folder: self.folder,
            log: self.log,
            open: self.asked.into_iter().map(|(_, method)| method).collect(),
        }
    }
}

/// The next message; none at the end. Anything but frames fails.
fn frame(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).expect("output is text") == 0 {
            return None;
        }
        match line.strip_prefix("Content-Length: ") {
            Some(number) => length = Some(number.trim_end().parse().expect("a number")),
            None if line == "\r\n" => break,
            None => panic!("not a frame: {line}"),
        }
    }
    let mut body = vec![0; length.expect("a length")];
    output.read_exact(&mut body).expect("a whole body");
    Some(serde_json::from_slice(&body).expect("JSON"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the workspace is there") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => fs::copy(&path, &target)
                .map(|_| ())
                .expect("a file can be copied"),
        }
    }
}
