//! A scripted client on the standard input and output of any language server, with the time at which each answer came.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A server that was started, and the way to it.
pub struct Server {
    child: Child,
    input: ChildStdin,
    messages: Receiver<(Instant, Value)>,
    settings: Value,
    last_id: u64,
    /// When the process was started.
    pub started: Instant,
    /// What it said of itself.
    pub capabilities: Value,
}

impl Server {
    /// Starts a server in a folder; none if there is no such program. `settings` are its answer to any question for some.
    pub fn start(command: &[&str], folder: &Path, settings: Value) -> Option<Server> {
        let started = Instant::now();
        let mut child = Command::new(command[0])
            .args(&command[1..])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let input = child.stdin.take().expect("it was asked for");
        let output = child.stdout.take().expect("it was asked for");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(1 << 20, output);
            while let Some((at, body)) = frame(&mut output) {
                let message = serde_json::from_slice(&body).unwrap_or(Value::Null);
                if sender.send((at, message)).is_err() {
                    return;
                }
            }
        });
        Some(Server {
            child,
            input,
            messages,
            settings,
            last_id: 0,
            started,
            capabilities: Value::Null,
        })
    }

    /// Introduces the client; gives the time from the start of the process to the answer.
    pub fn introduce(&mut self, folder: &Path) -> Duration {
        let uri = uri(folder);
        let params = json!({
            "processId": std::process::id(),
            "rootUri": uri,
            "workspaceFolders": [{"uri": uri, "name": "bench"}],
            "initializationOptions": self.settings,
            "capabilities": {
                "general": {"positionEncodings": ["utf-16"]},
                "workspace": {"configuration": true, "workspaceFolders": true},
                "textDocument": {
                    "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
                    "hover": {"contentFormat": ["markdown"]},
                },
            },
        });
        let (at, answer) = self.ask("initialize", params);
        self.capabilities = answer["result"]["capabilities"].clone();
        self.tell("initialized", json!({}));
        at - self.started
    }

    /// Sends a request and waits for its answer.
    pub fn ask(&mut self, method: &str, params: Value) -> (Instant, Value) {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let is_answer = |message: &Value| message["id"] == id && message["method"].is_null();
        self.wait(is_answer, Duration::from_secs(120))
            .expect("a server answers")
    }

    /// Sends a notification; gives the time at which it was on its way.
    pub fn tell(&mut self, method: &str, params: Value) -> Instant {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn send(&mut self, message: &Value) -> Instant {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let at = Instant::now();
        self.input.write_all(frame.as_bytes()).expect("it reads");
        self.input.flush().expect("it reads");
        at
    }

    /// The next message that is wanted, within some time. Questions of the server are answered meanwhile.
    pub fn wait(
        &mut self,
        wanted: impl Fn(&Value) -> bool,
        within: Duration,
    ) -> Option<(Instant, Value)> {
        let end = Instant::now() + within;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let (at, message) = match self.messages.recv_timeout(left) {
                Ok(got) => got,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone"),
            };
            if wanted(&message) {
                return Some((at, message));
            }
            if !message["method"].is_null() && !message["id"].is_null() {
                let result = match message["method"].as_str() {
                    Some("workspace/configuration") => {
                        let items = message["params"]["items"].as_array();
                        let count = items.map_or(0, Vec::len);
                        Value::Array(vec![self.settings.clone(); count])
                    }
                    _ => Value::Null,
                };
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}));
            }
        }
    }

    /// The findings published for a document from now on; of a version, where the server says which.
    pub fn published(&mut self, uri: &str, version: i64) -> Option<(Instant, Vec<Value>)> {
        let is_wanted = |message: &Value| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && (params["version"].is_null() || params["version"] == version)
        };
        let (at, message) = self.wait(is_wanted, Duration::from_secs(120))?;
        let findings = message["params"]["diagnostics"].as_array().cloned();
        Some((at, findings.unwrap_or_default()))
    }

    /// Lets go by whatever comes until nothing does for so long.
    pub fn settle(&mut self, quiet: Duration) {
        while self.wait(|_| true, quiet).is_some() {}
    }

    /// A number of `/proc/PID/status`: `VmHWM` is the most memory it held, in kilobytes.
    pub fn status(&self, key: &str) -> Option<u64> {
        let path = format!("/proc/{}/status", self.child.id());
        number(&std::fs::read_to_string(path).ok()?, key)
    }

    /// What its threads used: ticks of the processor, and how often one was woken.
    pub fn work(&self) -> Option<(u64, u64)> {
        let tasks = format!("/proc/{}/task", self.child.id());
        let (mut ticks, mut wakes) = (0, 0);
        for task in std::fs::read_dir(tasks).ok()?.flatten() {
            let read = |name: &str| std::fs::read_to_string(task.path().join(name));
            let stat = read("stat").ok()?;
            let fields = stat.rsplit(") ").next()?.split(' ');
            let fields: Vec<u64> = fields.filter_map(|field| field.parse().ok()).collect();
            // The state is no number, so user and system time are the tenth and eleventh.
            ticks += fields.get(10)? + fields.get(11)?;
            wakes += number(&read("status").ok()?, "voluntary_ctxt_switches")?;
        }
        Some((ticks, wakes))
    }

    /// The time that its threads had on the processor: the same on a machine that does other things too.
    pub fn on_processor(&self) -> Option<Duration> {
        let tasks = format!("/proc/{}/task", self.child.id());
        let mut total = 0;
        for task in std::fs::read_dir(tasks).ok()?.flatten() {
            let counts = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
            let nanoseconds: u64 = counts.split(' ').next()?.parse().ok()?;
            total += nanoseconds;
        }
        Some(Duration::from_nanos(total))
    }

    /// Ends the server.
    pub fn end(mut self) {
        let _ = self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn number(status: &str, key: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(key))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A frame, and when its last byte came.
fn frame(output: &mut impl BufRead) -> Option<(Instant, Vec<u8>)> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some((Instant::now(), body))
}

/// The address of a path without odd letters.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
