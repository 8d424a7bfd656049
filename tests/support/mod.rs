//! A client of the built server over its standard input and output. It fails on any message it did not expect.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// How long the server may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a client can do, and how it answers.
pub struct Manners {
    /// The capabilities it sends.
    pub capabilities: Value,
    /// Further members of the `initialize` params.
    pub params: Value,
    /// What it answers when it is asked for its settings; none where it cannot be asked.
    pub settings: Option<Value>,
    /// The last part of the command line.
    pub command: Vec<String>,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            capabilities: json!({}),
            params: json!({}),
            settings: None,
            command: vec![
                env!("CARGO_BIN_EXE_onrecord").to_owned(),
                "serve".to_owned(),
            ],
        }
    }
}

/// Findings that the server published for a document.
#[derive(Clone, Debug)]
pub struct Published {
    pub uri: String,
    pub version: Option<i64>,
    pub diagnostics: Vec<Value>,
}

/// The client.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    next_id: i64,
    asked: HashSet<i64>,
    answers: BTreeMap<i64, Value>,
    settings: Option<Value>,
    /// What was published and not yet looked at.
    pub published: VecDeque<Published>,
    /// What the server wrote into the client's log.
    pub log: VecDeque<String>,
    /// How often the server asked to be asked again for findings.
    pub refreshes: usize,
    /// Further methods that this client expects to hear or to be asked.
    pub expected: Vec<&'static str>,
    /// What came of those, in order.
    pub heard: VecDeque<(String, Value)>,
    /// Errors that belong to no request.
    pub stray_errors: VecDeque<i64>,
    /// What the server said it can do.
    pub capabilities: Value,
    /// While it is mute, it answers no question of the server's; they wait here.
    pub is_mute: bool,
    unanswered: Vec<Value>,
}

impl Client {
    /// Starts the server and introduces itself.
    pub fn start(manners: Manners) -> Client {
        let (capabilities, params) = (manners.capabilities.clone(), manners.params.clone());
        let mut client = Client::start_silent(manners);
        let mut initialize = json!({
            "processId": null, "rootUri": null, "capabilities": capabilities,
        });
        for (key, value) in params.as_object().expect("params are an object") {
            initialize[key] = value.clone();
        }
        let answer = client.request("initialize", initialize);
        client.capabilities = answer["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    /// Starts the server and says nothing.
    pub fn start_silent(manners: Manners) -> Client {
        let mut child = Command::new(&manners.command[0])
            .args(&manners.command[1..])
            .env("ONRECORD_TEST", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read_frame(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client {
            input: child.stdin.take(),
            child,
            output: receiver,
            next_id: 0,
            asked: HashSet::new(),
            answers: BTreeMap::new(),
            settings: manners.settings,
            published: VecDeque::new(),
            log: VecDeque::new(),
            refreshes: 0,
            expected: Vec::new(),
            heard: VecDeque::new(),
            stray_errors: VecDeque::new(),
            capabilities: Value::Null,
            is_mute: false,
            unanswered: Vec::new(),
        }
    }

    /// Answers, late, what the server asked while the client was mute.
    pub fn answer_late(&mut self) {
        self.is_mute = false;
        for question in std::mem::take(&mut self.unanswered) {
            self.take(question);
        }
    }

    /// The number of the server's process.
    pub fn server(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the server to end by itself while its input stays open; the exit code.
    pub fn wait_for_its_end(mut self) -> i32 {
        self.wait_for_end()
    }

    /// From now on it answers so when it is asked for its settings.
    pub fn settings_are(&mut self, settings: Value) {
        self.settings = Some(settings);
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is still open");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.next_id += 1;
        let id = self.next_id;
        self.asked.insert(id);
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// Waits for the answer to a request: `result`, or `error`.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return match answer.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(answer["result"].clone()),
                };
            }
            self.take_one();
        }
    }

    /// Asks, waits, and expects no error.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
            .unwrap_or_else(|error| panic!("{method} was refused: {error}"))
    }

    /// Asks, waits, and returns the error's code.
    pub fn refused(&mut self, method: &str, params: Value) -> i64 {
        let id = self.ask(method, params);
        match self.answer(id) {
            Ok(result) => panic!("{method} was answered: {result}"),
            Err(error) => error["code"].as_i64().expect("an error has a code"),
        }
    }

    /// Waits for a message that changes what `what` looks at.
    pub fn wait<T>(&mut self, mut what: impl FnMut(&mut Client) -> Option<T>) -> T {
        loop {
            if let Some(found) = what(self) {
                return found;
            }
            self.take_one();
        }
    }

    /// Waits for findings of a document in this version.
    pub fn wait_for_published(&mut self, uri: &str, version: i64) -> Published {
        self.wait(|client| {
            while let Some(next) = client.published.pop_front() {
                if next.uri == uri && next.version == Some(version) {
                    return Some(next);
                }
            }
            None
        })
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "lede", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Changes a document by steps as the protocol has them.
    pub fn change(&mut self, uri: &str, version: i64, steps: Value) {
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": steps});
        self.notify("textDocument/didChange", params);
    }

    /// The server's text and version of a document.
    pub fn text(&mut self, uri: &str) -> (String, i64) {
        let answer = self.request("onrecord/text", json!({"uri": uri}));
        let text = answer["text"].as_str().expect("the document is open");
        (text.to_owned(), answer["version"].as_i64().unwrap())
    }

    /// Says goodbye and returns the exit code.
    pub fn shut_down(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.exit()
    }

    /// Leaves without goodbye and returns the exit code. The input stays open, as some clients leave it.
    pub fn exit(mut self) -> i32 {
        self.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
        self.wait_for_end()
    }

    /// Closes the server's input and returns the exit code.
    pub fn hang_up(mut self) -> i32 {
        self.input = None;
        self.wait_for_end()
    }

    /// Waits for the end of the server's output, then for the server.
    fn wait_for_end(&mut self) -> i32 {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(message) => self.take(message),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(_) => panic!("the server did not end"),
            }
        }
        let status = self.child.wait().expect("the server ends");
        status.code().expect("the server ends by itself")
    }

    fn take_one(&mut self) {
        match self.output.recv_timeout(PATIENCE) {
            Ok(message) => self.take(message),
            Err(error) => panic!("nothing came from the server: {error}"),
        }
    }

    fn take(&mut self, message: Value) {
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        match (message.get("method"), message.get("id")) {
            (Some(_), Some(_)) if self.is_mute => self.unanswered.push(message),
            (Some(method), Some(id)) => {
                let result = self.serve(method.as_str().unwrap(), &message["params"]);
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
            }
            (Some(method), None) => self.hear(method.as_str().unwrap(), &message["params"]),
            (None, Some(Value::Null)) => {
                let code = message["error"]["code"].as_i64();
                self.stray_errors.push_back(code.expect("a code"));
            }
            (None, Some(id)) => {
                let id = id.as_i64().expect("an id of ours");
                assert!(self.asked.remove(&id), "unexpected answer: {message}");
                self.answers.insert(id, message);
            }
            (None, None) => panic!("no message of the protocol: {message}"),
        }
    }

    fn serve(&mut self, method: &str, params: &Value) -> Value {
        match method {
            "workspace/configuration" => {
                let settings = self.settings.clone();
                let settings = settings.expect("a client that cannot be asked is not");
                assert_eq!(params["items"].as_array().map(Vec::len), Some(1));
                json!([settings])
            }
            "client/registerCapability" => Value::Null,
            "workspace/diagnostic/refresh" => {
                self.refreshes += 1;
                Value::Null
            }
            _ if self.expected.contains(&method) => {
                self.heard.push_back((method.to_owned(), params.clone()));
                match method {
                    "workspace/applyEdit" => json!({"applied": true}),
                    "window/showDocument" => json!({"success": true}),
                    _ => Value::Null,
                }
            }
            _ => panic!("unexpected request: {method} {params}"),
        }
    }

    fn hear(&mut self, method: &str, params: &Value) {
        match method {
            "textDocument/publishDiagnostics" => self.published.push_back(Published {
                uri: params["uri"].as_str().unwrap().to_owned(),
                version: params["version"].as_i64(),
                diagnostics: params["diagnostics"].as_array().unwrap().clone(),
            }),
            "window/logMessage" => self
                .log
                .push_back(params["message"].as_str().unwrap().to_owned()),
            _ if self.expected.contains(&method) => {
                self.heard.push_back((method.to_owned(), params.clone()))
            }
            _ => panic!("unexpected notification: {method} {params}"),
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next message; none at the end. Anything but frames fails.
fn read_frame(input: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).expect("output is text") == 0 {
            assert_eq!(length, None, "the output ends in a header");
            return None;
        }
        match line.strip_prefix("Content-Length: ") {
            Some(number) => length = Some(number.trim_end().parse().expect("a number")),
            None if line == "\r\n" => break,
            None => panic!("not a frame: {line}"),
        }
    }
    let mut body = vec![0; length.expect("a length")];
    input.read_exact(&mut body).expect("a whole body");
    Some(serde_json::from_slice(&body).expect("JSON"))
}
