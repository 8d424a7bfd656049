//! A secret in every private place: no byte of it leaves but where it stands; and a folder that somebody else made cannot
//! reach beyond itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use url::Url;

/// A word that stands nowhere else, for each private place.
const SECRETS: &[&str] = &[
    "Zwyrtka", // a name in a private draft
    "Quexil",  // a name in a private file of entities
    "Vlorbem", // the identity in a record
    "Jaxpuul", // the contact in a record
    "Kribzat", // a note in a file beside, of a private name
];

/// Words for the desk, in a comment and a note of the draft: whoever has the draft open sees them, and no copy has them.
/// So is what a private file of the newsroom adds to somebody who is known.
const FOR_THE_DESK: &[&str] = &["Hrodnik", "Obluvne", "Yorvath"];

const DRAFT: &str = "Slug: pier\nStatus: draft\n\nBoard closes pier after storm\n\n\
The board knew of the cracks, an official said.[^official] “We had no warning,” Dana Ortiz said.[^ortiz] <!-- it was Hrodnik -->\n\n\
Crime fell 15% last year. [ED: ask Obluvne again]\n\n###\n\n\
[^official]: interview; background; as: an official; why: fears for the job; known-to: Ann Lee\n    identity: Vlorbem\n    contact: Jaxpuul\n\
[^ortiz]: interview, Dana Ortiz; on record; file: notes/roth.private.txt\n[@dana-ortiz]: person, Dana Ortiz; role: chair\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-tells-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(fs::canonicalize(path).expect("it is there"))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file can be written");
    }

    fn uri(&self, name: &str) -> String {
        Url::from_file_path(self.0.join(name))
            .expect("a full path")
            .into()
    }

    fn command(&self, arguments: &[String]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command
            .args(arguments)
            .current_dir(self.0.join("desk"))
            .env("XDG_CONFIG_HOME", self.0.join("home"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[String], input: &[u8]) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut pipe = child.stdin.take().expect("it is piped");
        // One that needs no input may have ended.
        let _ = pipe.write_all(input);
        drop(pipe);
        child.wait_with_output().expect("it ends")
    }

    /// Every file with what it holds.
    fn files(&self) -> BTreeSet<(PathBuf, Vec<u8>)> {
        let mut found = BTreeSet::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => drop(found.insert((path.clone(), fs::read(&path).expect("a file")))),
                }
            }
        }
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A desk with a secret in every private place.
fn desk(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("desk/pier.lede", DRAFT);
    folder.write(
        "desk/names.private.lede",
        "Milo Zwyrtka told us about the pier. “It is Zwyrtka,” said Milo Zwyrtka.\n\n[^official]: interview, Milo Zwyrtka; background\n    identity: Milo Zwyrtka\n    contact: 555 Zwyrtka\n",
    );
    folder.write(
        "desk/entities/people.private.toml",
        "[[person]]\nname = \"Ana Quexil\"\nnote = \"Quexil calls before noon\"\n[[person]]\nname = \"Dana Ortiz\"\nnote = \"met Yorvath\"\n",
    );
    folder.write(
        "desk/entities/people.toml",
        "[[person]]\nname = \"Dana Ortiz\"\nrole = \"chair\"\n",
    );
    folder.write(
        "desk/notes/roth.private.txt",
        "Kribzat: We had no warning at all.\n",
    );
    folder.write("desk/onrecord.toml", "filed = \"filed\"\n");
    folder
}

/// Where a secret stands in bytes.
fn secrets_in(bytes: &[u8]) -> Vec<&'static str> {
    found_in(bytes, SECRETS)
}

fn found_in(bytes: &[u8], secrets: &[&'static str]) -> Vec<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let secrets = secrets.iter().copied();
    secrets
        .filter(|secret| text.contains(&secret.to_lowercase()))
        .collect()
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// The values of `--format` that a command's help names.
fn formats(folder: &Folder, command: &str) -> Vec<String> {
    let help = folder.run(&[command.to_owned(), "--help".to_owned()], b"");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let Some((_, after)) = help.split_once("--format <") else {
        return Vec::new();
    };
    let end = after
        .find("\n      --")
        .or_else(|| after.find("\n  -"))
        .unwrap_or(after.len());
    let section = &after[..end];
    let mut found: Vec<String> = section
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .filter_map(|line| line.split(':').next())
        .map(|word| word.trim().to_owned())
        .collect();
    if let Some((_, list)) = section.split_once("[possible values: ") {
        let list = list.split(']').next().unwrap_or_default();
        found.extend(
            list.split(',')
                .map(|word| word.split_whitespace().collect()),
        );
    }
    found
}

#[test]
fn no_command_prints_a_secret_in_any_of_its_formats() {
    let folder = desk("commands");
    let before = folder.files();
    let help = folder.run(&words("--help"), b"");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let (_, listed) = help
        .split_once("Commands:")
        .expect("the help lists commands");
    let commands: Vec<&str> = listed
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|word| !word.is_empty() && !["serve", "help"].contains(word))
        .collect();
    assert!(commands.len() >= 10, "{commands:?}");
    let mut runs = 0;
    for command in commands {
        let mut variants = vec![command.to_owned()];
        let formats = formats(&folder, command);
        variants.extend(
            formats
                .iter()
                .map(|format| format!("{command} --format {format}")),
        );
        for variant in variants {
            for draft in [
                "pier.lede",
                "names.private.lede",
                ".",
                "entities/people.private.toml",
            ] {
                let arguments = words(&format!("{variant} {draft}"));
                let output = folder.run(&arguments, b"");
                runs += 1;
                // Who reads the draft itself, in its own words, is shown what is printed there and no more.
                let is_own = command == "tree";
                let told = [output.stdout, output.stderr].concat();
                let mut found = secrets_in(&told);
                // A finding is shown in its line, as it stands in the draft.
                if command != "check" {
                    found.extend(found_in(&told, FOR_THE_DESK));
                }
                let found: Vec<_> = found.into_iter().filter(|_| !is_own).collect();
                assert!(
                    found.is_empty(),
                    "{arguments:?} tells {found:?}: {}",
                    String::from_utf8_lossy(&told)
                );
            }
        }
    }
    assert!(runs > 60, "{runs} commands were run");
    for line in [
        "entities find Quexil",
        "entities find Ortiz",
        "entities show dana-ortiz",
        "entities check",
    ] {
        let output = folder.run(&words(line), b"");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!told.contains("Ana Quexil"), "{line}: {told}");
    }
    // A command that tidies a draft leaves its words in it; what is new holds none of them.
    let is_new = |path: &PathBuf| !before.iter().any(|(known, _)| known == path);
    for (path, bytes) in folder.files().iter().filter(|(path, _)| is_new(path)) {
        assert_eq!(
            secrets_in(bytes),
            Vec::<&str>::new(),
            "{} was written",
            path.display()
        );
    }
}

/// A session in which everything is asked of the draft, at every few letters; what the private draft is asked too.
fn session(folder: &Folder) -> (Vec<u8>, usize) {
    let root = folder.uri("desk");
    let uri = folder.uri("desk/pier.lede");
    let own = folder.uri("desk/names.private.lede");
    let private =
        fs::read_to_string(folder.0.join("desk/names.private.lede")).expect("it is there");
    let mut id = 0;
    let mut bytes = Vec::new();
    let mut send = |method: &str, params: Value, is_asked: bool| {
        let mut message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        if is_asked {
            id += 1;
            message["id"] = json!(id);
        }
        let body = message.to_string();
        write!(bytes, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("memory takes it");
    };
    let capabilities = json!({
        "textDocument": {
            "diagnostic": {}, "hover": {"contentFormat": ["markdown"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        },
    });
    let params = json!({
        "processId": null, "capabilities": capabilities,
        "workspaceFolders": [{"uri": root, "name": "desk"}],
    });
    send("initialize", params, true);
    send("initialized", json!({}), false);
    for (uri, text) in [(&uri, DRAFT), (&own, private.as_str())] {
        let document = json!({"uri": uri, "languageId": "lede", "version": 1, "text": text});
        send(
            "textDocument/didOpen",
            json!({"textDocument": document}),
            false,
        );
    }
    let story = &DRAFT[..DRAFT.find("###").expect("an end mark")];
    for (line, words) in story.lines().enumerate() {
        for character in (0..words.encode_utf16().count()).step_by(5) {
            let place = json!({"line": line, "character": character});
            let params = json!({
                "textDocument": {"uri": uri}, "position": place, "positions": [place],
                "range": {"start": place, "end": place},
                "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1},
            });
            for question in [
                "hover",
                "completion",
                "codeAction",
                "references",
                "signatureHelp",
            ] {
                send(&format!("textDocument/{question}"), params.clone(), true);
            }
        }
    }
    for uri in [&uri, &own] {
        send(
            "textDocument/diagnostic",
            json!({"textDocument": {"uri": uri}}),
            true,
        );
        send(
            "onrecord/ledger",
            json!({"textDocument": {"uri": uri}}),
            true,
        );
        send(
            "textDocument/codeLens",
            json!({"textDocument": {"uri": uri}}),
            true,
        );
    }
    send(
        "workspace/diagnostic",
        json!({"previousResultIds": []}),
        true,
    );
    for query in ["", "z", "Zwyrtka", "Quexil", "o"] {
        send("workspace/symbol", json!({"query": query}), true);
    }
    for arguments in [json!([uri]), json!([own])] {
        let command = json!({"command": "onrecord.file", "arguments": arguments});
        send("workspace/executeCommand", command, true);
    }
    (bytes, id)
}

/// What the server says in a session, message by message, and what it logs. Behind `watched`, if that is named.
fn serve(folder: &Folder, watched: &[&str], session: (Vec<u8>, usize)) -> (Vec<Value>, Vec<u8>) {
    let mut command = folder.command(&words("serve"));
    if let Some((first, rest)) = watched.split_first() {
        let mut watcher = Command::new(first);
        watcher
            .args(rest)
            .arg(env!("CARGO_BIN_EXE_onrecord"))
            .arg("serve");
        watcher.env("XDG_CONFIG_HOME", folder.0.join("home"));
        watcher.env("XDG_CACHE_HOME", folder.0.join("cache"));
        watcher.current_dir(folder.0.join("desk"));
        watcher.stdout(Stdio::piped()).stderr(Stdio::piped());
        command = watcher;
    }
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut input = child.stdin.take().expect("it is piped");
    let (bytes, asked) = session;
    let writer = std::thread::spawn(move || {
        input.write_all(&bytes).expect("the server reads");
        input
    });
    let mut log = child.stderr.take().expect("it is piped");
    let listener = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        log.read_to_end(&mut bytes).expect("it can be read");
        bytes
    });
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    let (mut told, mut answers) = (Vec::new(), 0);
    while answers < asked {
        let message = frame(&mut output).expect("every question has an answer");
        answers += usize::from(message.get("method").is_none());
        told.push(message);
    }
    let mut input = writer.join().expect("all is written");
    let exit = json!({"jsonrpc": "2.0", "method": "exit"}).to_string();
    write!(input, "Content-Length: {}\r\n\r\n{exit}", exit.len()).expect("the server reads");
    while let Some(message) = frame(&mut output) {
        told.push(message);
    }
    let _ = child.wait();
    (told, listener.join().expect("the log ends"))
}

/// The next message; none at the end.
fn frame(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).expect("it can be read") == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().expect("a number"),
            None if line.trim().is_empty() => break,
            None => panic!("not a frame: {line}"),
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).expect("a whole body");
    Some(serde_json::from_slice(&body).expect("it is JSON"))
}

#[test]
fn no_byte_of_a_session_tells_a_secret_and_nothing_is_written_but_what_was_filed() {
    let folder = desk("session");
    let before = folder.files();
    let (told, log) = serve(&folder, &[], session(&folder));
    assert!(told.len() > 100, "{} messages were heard", told.len());
    for message in &told {
        let found = secrets_in(message.to_string().as_bytes());
        assert!(found.is_empty(), "{found:?} in {message}");
    }
    assert_eq!(secrets_in(&log), Vec::<&str>::new());
    for (path, bytes) in folder.files().difference(&before) {
        let is_filed = path.starts_with(folder.0.join("desk/filed"));
        assert!(is_filed, "{} was written", path.display());
        let found = [secrets_in(bytes), found_in(bytes, FOR_THE_DESK)].concat();
        assert!(found.is_empty(), "{found:?} in {}", path.display());
    }
}

#[test]
fn what_goes_wrong_inside_is_logged_by_its_place_and_not_by_the_words_over_which_it_did() {
    let folder = desk("panic");
    let message = |id: Option<i64>, method: &str, params: Value| {
        let mut message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        if let Some(id) = id {
            message["id"] = json!(id);
        }
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let hello = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let bytes = message(Some(1), "initialize", hello)
        + &message(
            Some(2),
            "onrecord/panicOver",
            json!({"words": "Zwyrtka told us"}),
        );
    let mut child = folder
        .command(&words("serve"))
        .env("ONRECORD_TEST", "1")
        .stdin(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(bytes.as_bytes()).expect("the server reads");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    frame(&mut output).expect("the answer to initialize");
    let refused = frame(&mut output).expect("an answer");
    assert_eq!(refused["error"]["code"], -32603, "{refused}");
    drop(input);
    let mut log = String::new();
    let mut stderr = child.stderr.take().expect("it is piped");
    stderr.read_to_string(&mut log).expect("it is text");
    let _ = child.wait();
    assert!(
        log.contains("rehearsal.rs:") && log.contains("onrecord doctor"),
        "{log}"
    );
    assert!(!log.contains("Zwyrtka"), "{log}");
}

/// A folder that somebody else made: its configuration and its drafts point out of it.
fn made_elsewhere(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write(
        "outside/ortiz.txt",
        "We had no Zanzibar warning at all that day.\n",
    );
    folder.write(
        "outside/house.toml",
        "Zanzibar = 1\n[severity]\nclaim = \"Zanzibar\"\n",
    );
    folder.write("desk/onrecord.toml", &format!(
        "notes = [\"../outside\", \"{0}\"]\nfiled = \"../outside/filed\"\nprofile = \"../outside/house.toml\"\n",
        folder.0.join("outside").display()
    ));
    let quote = "“We had no warning at all that day,” Dana Ortiz said.";
    folder.write("desk/pier.lede", &format!(
        "{quote}[^a] {quote}[^b] {quote}[^c]\n\n[^a]: interview, Dana Ortiz; file: ../outside/ortiz.txt\n[^b]: interview, Dana Ortiz; file: {}\n[^c]: interview, Dana Ortiz; file: notes/link.txt\n",
        folder.0.join("outside/ortiz.txt").display()
    ));
    folder.write("desk/notes/.keep", "");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(
            folder.0.join("outside/ortiz.txt"),
            folder.0.join("desk/notes/link.txt"),
        )
        .expect("a link");
        symlink(folder.0.join("outside"), folder.0.join("desk/deep")).expect("a link");
    }
    folder.write(
        "desk/.git/config",
        "[core]\n\tfsmonitor = touch ran\n\tpager = touch ran\n",
    );
    folder
}

/// The draft opened, looked at and filed, by a client with these settings.
fn looked_at(folder: &Folder, settings: Value) -> (Vec<u8>, usize) {
    let uri = folder.uri("desk/pier.lede");
    let text = fs::read_to_string(folder.0.join("desk/pier.lede")).expect("it is there");
    let document = json!({"uri": uri, "languageId": "lede", "version": 1, "text": text});
    let place = json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 8}});
    let hello = json!({
        "processId": null, "capabilities": {"textDocument": {"diagnostic": {}}},
        "initializationOptions": settings,
        "workspaceFolders": [{"uri": folder.uri("desk"), "name": "desk"}],
    });
    let mut bytes = Vec::new();
    let mut id = 0;
    for (method, params, is_asked) in [
        ("initialize", hello, true),
        ("initialized", json!({}), false),
        (
            "textDocument/didOpen",
            json!({"textDocument": document}),
            false,
        ),
        ("textDocument/diagnostic", place.clone(), true),
        ("textDocument/hover", place.clone(), true),
        (
            "workspace/diagnostic",
            json!({"previousResultIds": []}),
            true,
        ),
        (
            "workspace/executeCommand",
            json!({"command": "onrecord.file", "arguments": [uri]}),
            true,
        ),
    ] {
        let mut message = json!({"jsonrpc": "2.0", "method": method, "params": params});
        if is_asked {
            id += 1;
            message["id"] = json!(id);
        }
        let body = message.to_string();
        write!(bytes, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("memory takes it");
    }
    (bytes, id)
}

#[test]
fn a_folder_that_somebody_else_made_cannot_read_or_write_beyond_itself() {
    let folder = made_elsewhere("trust");
    let before = folder.files();
    let (told, log) = serve(&folder, &[], looked_at(&folder, json!({})));
    let told = json!(told).to_string();
    assert!(!told.contains("Zanzibar"), "{told}");
    assert!(!String::from_utf8_lossy(&log).contains("Zanzibar"));
    assert!(
        told.contains("lies outside the folders that are open"),
        "{told}"
    );
    let written: Vec<_> = folder.files().difference(&before).cloned().collect();
    assert!(written.is_empty(), "{written:?}");
    // What the person’s own settings name may be read.
    let trusted = json!({"trustedFolders": [folder.0.join("outside")]});
    let (told, _) = serve(&folder, &[], looked_at(&folder, trusted));
    assert!(json!(told).to_string().contains("Zanzibar"), "{told:?}");
}

#[test]
fn the_server_runs_no_program() {
    let folder = made_elsewhere("runs");
    let log = folder.0.join("calls");
    let path = log.to_str().expect("plain letters").to_owned();
    let watched = [
        "strace",
        "-f",
        "-e",
        "trace=execve,execveat,fork,vfork,%network",
        "-o",
        &path,
    ];
    let can_watch = Command::new("strace")
        .args(["-f", "-o", &path, "true"])
        .output();
    if !can_watch.is_ok_and(|output| output.status.success()) {
        println!("skipped: this machine does not let one program watch another");
        return;
    }
    serve(&folder, &watched, looked_at(&folder, json!({})));
    let calls = fs::read_to_string(&log).expect("the log is there");
    let calls: Vec<&str> = calls
        .lines()
        .filter(|line| line.contains('(') && !line.contains("???("))
        .collect();
    assert_eq!(
        calls.len(),
        1,
        "the server itself and nothing else: {calls:?}"
    );
    assert!(!folder.0.join("desk/ran").exists());
}

#[test]
fn without_a_network_everything_works_as_with_one() {
    let alone = ["unshare", "-r", "-n"];
    let can = Command::new(alone[0])
        .args(&alone[1..])
        .arg("true")
        .output();
    if !can.is_ok_and(|output| output.status.success()) {
        println!("skipped: this machine gives no program a network of its own");
        return;
    }
    let folder = desk("alone");
    let (told, _) = serve(&folder, &alone, session(&folder));
    let errors: Vec<&Value> = told.iter().filter(|one| one["error"].is_object()).collect();
    let (with, _) = serve(&folder, &[], session(&folder));
    let others: Vec<&Value> = with.iter().filter(|one| one["error"].is_object()).collect();
    assert_eq!(errors.len(), others.len(), "{errors:?}");
    assert_eq!(told.len(), with.len());
}
