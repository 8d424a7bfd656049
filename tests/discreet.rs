//! Nothing leaves the machine: no crate that could open a socket, no network call, no word of a draft in a report.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

/// Crates that speak to a network. tokio may be there without its feature `net`.
const SPEAK: &[&str] = &[
    "async-std",
    "attohttpc",
    "aws-config",
    "curl",
    "curl-sys",
    "h2",
    "h3",
    "hickory-resolver",
    "hyper",
    "hyper-util",
    "isahc",
    "libp2p",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "smol",
    "socket2",
    "surf",
    "tonic",
    "trust-dns-resolver",
    "tungstenite",
    "ureq",
    "websocket",
    "xmlrpc",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program itself is built from, with the features of each, as Cargo resolves them without a network.
fn tree() -> String {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p} {f}",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("it is text")
}

#[test]
fn no_crate_of_the_program_can_open_a_socket() {
    let tree = tree();
    let mut seen = 0;
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default();
        assert!(!SPEAK.contains(&name), "{line}");
        if name == "tokio" {
            let features = words.last().unwrap_or_default();
            assert!(
                !features.split(',').any(|one| one == "net" || one == "full"),
                "{line}"
            );
        }
        seen += 1;
    }
    assert!(seen > 30, "{seen} crates are in the tree");
    assert!(tree.contains("tokio v"), "the list is that of the program");
}

/// A short session: a draft is opened, hovered, closed.
fn session() -> Vec<u8> {
    let uri = "file:///desk/pier.lede";
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 24}});
    let text = "“The wall leaks,” said Dana Ortiz, the chair.\n\nSee https://example.org/wall and www.example.net.\n";
    let messages = [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "rootUri": null, "capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "lede", "version": 1, "text": text}}}),
        json!({"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": place}),
        json!({"jsonrpc": "2.0", "id": 3, "method": "textDocument/codeLens", "params": place}),
        json!({"jsonrpc": "2.0", "id": 4, "method": "shutdown"}),
        json!({"jsonrpc": "2.0", "method": "exit"}),
    ];
    let mut bytes = Vec::new();
    for message in messages {
        let body = message.to_string();
        write!(bytes, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("memory takes it");
    }
    bytes
}

#[test]
fn no_call_to_the_network_is_made() {
    let traced = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !traced.is_ok_and(|status| status.success()) {
        println!("skipped: strace is not on this machine, calls cannot be watched");
        return;
    }
    let folder = Folder::new("strace");
    folder.write(
        "pier.lede",
        "“The wall leaks,” said Dana Ortiz. See https://example.org/wall.\n",
    );
    let commands: [(&[&str], Vec<u8>); 4] = [
        (&["serve"], session()),
        (&["check", "pier.lede", "--fail-on", "never"], Vec::new()),
        (&["ledger", "pier.lede"], Vec::new()),
        (&["doctor"], Vec::new()),
    ];
    for (arguments, input) in commands {
        let log = folder.0.join("calls");
        let mut child = Command::new("strace")
            .args(["-f", "-e", "trace=%network", "-o"])
            .arg(&log)
            .arg(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&folder.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("strace starts");
        child
            .stdin
            .take()
            .expect("it is piped")
            .write_all(&input)
            .expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        if told.contains("PTRACE") || told.contains("Operation not permitted") {
            println!("skipped: this machine does not let one program watch another");
            return;
        }
        assert!(output.status.success(), "{arguments:?}: {told}");
        assert!(!output.stdout.is_empty(), "{arguments:?} said nothing");
        let calls = fs::read_to_string(&log).expect("the log is there");
        // A thread that is killed while it enters a call is logged as "???(": no call of any name was made.
        let calls: Vec<&str> = calls
            .lines()
            .filter(|line| line.contains('(') && !line.contains("???("))
            .collect();
        assert!(calls.is_empty(), "{arguments:?} made calls: {calls:?}");
    }
}

#[test]
fn a_report_for_a_bug_has_no_word_of_a_draft_and_no_name() {
    let folder = Folder::new("doctor");
    fs::create_dir_all(folder.0.join("entities")).expect("a folder can be made");
    folder.write(
        "secret-merger.lede",
        "Milo Crane told us about Harlow Foods.\n",
    );
    folder.write(
        "entities/people.toml",
        "[[person]]\nname = \"Milo Crane\"\nrole = \"whistleblower\"\n",
    );
    folder.write(
        "onrecord.toml",
        "own-outlets = [\"The Harlow Post\"]\n[severity]\nquote-without-speaker = \"error\"\n",
    );
    for arguments in [&["doctor"][..], &["doctor", "secret-merger.lede"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&folder.0)
            .output()
            .expect("the binary starts");
        assert!(output.status.success());
        let report = String::from_utf8(output.stdout).expect("it is text");
        for secret in [
            "Crane",
            "Harlow",
            "merger",
            "whistleblower",
            &*folder.0.to_string_lossy(),
        ] {
            assert!(!report.contains(secret), "{secret} in {report}");
        }
        for told in [
            env!("CARGO_PKG_VERSION"),
            "own-outlets",
            "severity.quote-without-speaker",
            "1 in the newsroom",
            "finding",
        ] {
            assert!(report.contains(told), "{told} is not in {report}");
        }
    }
}

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("onrecord-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
