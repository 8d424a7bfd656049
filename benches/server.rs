//! The whole server over standard input and output, as an editor sees it, beside other servers on the same texts.
//!
//! `cargo bench --bench server` prints the table of docs/performance.md. Servers that are not installed are skipped with
//! a line; `ONRECORD` names another program than the one that is built with it. After each 50 letters what was published is held
//! against `onrecord check` of the same text.
//! `cargo bench --bench server -- soak 1000000` sends so many random edits and questions in one session.

#[path = "support/client.rs"]
mod client;
#[path = "support/draft.rs"]
mod draft;
#[path = "support/own.rs"]
mod own;
#[path = "support/soak.rs"]
mod soak;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use client::{Server, uri};
use draft::Dice;
use own::OWN;
use serde_json::{Value, json};

/// A usual story.
const STORY: usize = 3_400;

/// Other servers that read prose: name, command, language, settings.
const PEERS: &[(&str, &[&str], &str)] = &[
    ("typos-lsp", &["typos-lsp"], r#"{}"#),
    (
        "harper-ls",
        &["harper-ls", "--stdio"],
        r#"{"harper-ls": {"maxFileLength": 10000000}}"#,
    ),
    ("codebook-lsp", &["codebook-lsp", "serve"], r#"{}"#),
    ("markdown-oxide", &["markdown-oxide"], r#"{}"#),
];

fn main() {
    let folder = std::env::temp_dir().join(format!("onrecord-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the drafts");
    let mut words = std::env::args().skip(1);
    let only = words.find(|word| !word.starts_with("--"));
    let wants = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if wants("start") {
        start(&folder);
    }
    if wants("typing") {
        typing(&folder);
    }
    if wants("memory") {
        memory(&folder);
    }
    if wants("entities") {
        entities(&folder);
    }
    if wants("workspace") {
        workspace(&folder);
    }
    if wants("idle") {
        idle(&folder);
    }
    if wants("peers") {
        peers(&folder);
    }
    // Only for who asks: it takes minutes.
    if only.as_deref() == Some("soak") {
        let count = words.find_map(|word| word.parse().ok());
        soak::run(&mut self::own(&folder), &folder, count.unwrap_or(1_000_000));
    }
    let _ = fs::remove_dir_all(&folder);
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median and the 99th of a hundred, in milliseconds.
fn shares(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    (ms(at(50)), ms(at(99)))
}

fn own(folder: &Path) -> Server {
    // What is typed is shown at once: the bench does not wait for a writer to pause.
    let settings = json!({"hold": false});
    let mut server = Server::start(&[OWN.as_str(), "serve"], folder, settings)
        .expect("it was built with the bench");
    server.introduce(folder);
    server
}

fn start(folder: &Path) {
    let once = |command: &[&str], settings: &str| {
        let settings = serde_json::from_str(settings).expect("settings are JSON");
        let mut server = Server::start(command, folder, settings)?;
        let took = server.introduce(folder);
        server.end();
        Some(took)
    };
    let median = |command: &[&str], settings: &str| {
        let mut times: Vec<_> = (0..15).map_while(|_| once(command, settings)).collect();
        (!times.is_empty()).then(|| shares(&mut times).0)
    };
    let ours = median(&[OWN.as_str(), "serve"], "{}").expect("it was built with the bench");
    println!("start to the answer of initialize: {ours:.1} ms");
    for (name, command, settings) in PEERS.iter().filter(|peer| is_there(peer.1[0])) {
        if let Some(theirs) = median(command, settings) {
            println!("  {name}: {theirs:.1} ms, {:.1} times ours", theirs / ours);
        }
    }
}

/// A document on both sides.
struct Document {
    uri: String,
    path: PathBuf,
    lines: Vec<String>,
    version: i64,
}

impl Document {
    fn open(server: &mut Server, path: &Path, language: &str, text: &str) -> (Document, Duration) {
        let document = Document {
            uri: uri(path),
            path: path.to_owned(),
            lines: text.split('\n').map(str::to_owned).collect(),
            version: 1,
        };
        fs::write(path, text).expect("the draft is written");
        let params = json!({"textDocument": {
            "uri": document.uri, "languageId": language, "version": 1, "text": text,
        }});
        let sent = server.tell("textDocument/didOpen", params);
        let (at, _) = server.published(&document.uri, 1).expect("findings come");
        server.settle(Duration::from_millis(30));
        (document, at - sent)
    }

    /// Types a letter near the start of a paragraph drawn by lot, and waits for the findings.
    fn type_a_letter(&mut self, server: &mut Server, dice: &mut Dice) -> (Duration, Vec<Value>) {
        let line = loop {
            let line = dice.below(self.lines.len());
            // Not in the header.
            if line > 4 && self.lines[line].len() > 60 {
                break line;
            }
        };
        let letter = ['a', 'e', 'i', 'o', 'u', ' '][dice.below(6)];
        let column = 1 + dice.below(29);
        let letters = &mut self.lines[line];
        let (at, _) = letters.char_indices().nth(column).expect("lines are long");
        letters.insert(at, letter);
        let units = letters[..at].encode_utf16().count();
        self.version += 1;
        let place = json!({"line": line, "character": units});
        let change = json!({"range": {"start": place, "end": place}, "text": letter.to_string()});
        let params = json!({
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [change],
        });
        let sent = server.tell("textDocument/didChange", params);
        let published = server.published(&self.uri, self.version);
        let (at, findings) = published.expect("findings come");
        (at - sent, findings)
    }

    fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// A draft with a header that leaves nothing to be decided by who asks.
fn headed(bytes: usize) -> String {
    let header = "Slug: bench\nStatus: final\nDate: 2026-08-01\n\n";
    format!("{header}{}", draft::long(bytes))
}

/// Says where what was published and what `onrecord check` finds in the same text differ.
fn hold_against_check(document: &Document, published: &[Value]) {
    fs::write(&document.path, document.text()).expect("the draft is written");
    let checked = Command::new(OWN.as_str())
        .args(["check", "--format", "json", "--fail-on", "never"])
        .arg(&document.path)
        .output()
        .expect("it was built with the bench");
    let checked: Vec<Value> = serde_json::from_slice(&checked.stdout).expect("findings are JSON");
    let key = |rule: &Value, range: &Value, message: &Value| format!("{range} {rule} {message}");
    let mut wanted: Vec<String> = checked
        .iter()
        .map(|one| key(&one["rule"], &one["range"], &one["message"]))
        .collect();
    // At most a thousand are published, the worst; one more says how many are left out.
    let shown = published.iter().filter(|one| !one["code"].is_null());
    let shown: Vec<String> = shown
        .map(|one| key(&one["code"], &one["range"], &one["message"]))
        .collect();
    assert_eq!(
        shown.len(),
        wanted.len().min(1000),
        "as many as check finds"
    );
    wanted.sort();
    let strange = shown.iter().find(|one| wanted.binary_search(one).is_err());
    assert_eq!(strange, None, "published, and not found by check");
}

fn typing(folder: &Path) {
    let most: Option<usize> = std::env::var("BYTES")
        .ok()
        .and_then(|bytes| bytes.parse().ok());
    println!(
        "\n| draft | findings | open | a letter p50 | p99 | on the processor |\n|---|---|---|---|---|---|"
    );
    for (bytes, letters) in [
        (STORY, 1000),
        (75_000, 400),
        (150_000, 300),
        (300_000, 300),
        (600_000, 300),
        (1_000_000, 300),
        (5_000_000, 300),
    ]
    .into_iter()
    .filter(|(bytes, _): &(usize, i32)| most.is_none_or(|most| *bytes <= most))
    {
        let mut server = own(folder);
        let path = folder.join("typing.lede");
        let (mut document, opened) = Document::open(&mut server, &path, "lede", &headed(bytes));
        let mut dice = Dice(1);
        let mut times = Vec::new();
        let mut count = 0;
        let before = server.on_processor().unwrap_or_default();
        for number in 1..=letters {
            let (took, findings) = document.type_a_letter(&mut server, &mut dice);
            times.push(took);
            count = findings.len();
            if number % 50 == 0 {
                hold_against_check(&document, &findings);
            }
        }
        let worked = server.on_processor().unwrap_or_default() - before;
        let (half, worst) = shares(&mut times);
        println!(
            "| {} KB | {count} | {:.1} ms | {half:.2} ms | {worst:.2} ms | {:.2} ms |",
            bytes / 1000,
            ms(opened),
            ms(worked) / f64::from(letters)
        );
        server.end();
    }
}

fn memory(folder: &Path) {
    println!();
    for (bytes, letters) in [(STORY, 200), (160_000, 1000), (1_000_000, 50)] {
        let mut server = own(folder);
        let path = folder.join("memory.lede");
        let (mut document, _) = Document::open(&mut server, &path, "lede", &headed(bytes));
        let mut dice = Dice(1);
        for _ in 0..letters {
            document.type_a_letter(&mut server, &mut dice);
        }
        let most = server.status("VmHWM").unwrap_or_default();
        println!(
            "most memory, a draft of {} KB and {letters} letters: {:.1} MB",
            bytes / 1000,
            most as f64 / 1024.0
        );
        server.end();
    }
}

/// Hover, completion and definition while typing, with a hundred thousand people on file.
fn entities(folder: &Path) {
    let folder = folder.join("known");
    fs::create_dir_all(folder.join("entities")).expect("a folder");
    let mut dice = Dice(3);
    let mut name = |least: usize| -> String {
        let syllables = [
            "ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "du", "han", "ler",
        ];
        let word: String = (0..least + dice.below(2))
            .map(|_| syllables[dice.below(syllables.len())])
            .collect();
        word[..1].to_uppercase() + &word[1..]
    };
    let rows: String = (0..100_000)
        .map(|number| {
            let (first, last) = (name(2), name(3));
            let name = format!("{first} {last}");
            json!({"id": format!("p{number}"), "kind": "person", "name": name}).to_string() + "\n"
        })
        .collect();
    fs::write(folder.join("entities/people.jsonl"), rows).expect("a file");
    let mut server = own(&folder);
    let path = folder.join("story.lede");
    let (mut document, _) = Document::open(&mut server, &path, "lede", &headed(STORY));
    // The base is loaded away from the loop; then every draft is looked at again.
    server.settle(Duration::from_secs(4));
    let mut dice = Dice(5);
    println!();
    for method in ["hover", "completion", "definition"] {
        let mut times = Vec::new();
        for _ in 0..300 {
            document.type_a_letter(&mut server, &mut dice);
            let line = 5 + dice.below(document.lines.len() - 5);
            let place = json!({"line": line, "character": dice.below(60)});
            let params = json!({"textDocument": {"uri": document.uri}, "position": place});
            let begun = Instant::now();
            let (at, _) = server.ask(&format!("textDocument/{method}"), params);
            times.push(at - begun);
        }
        let (half, most) = shares(&mut times);
        println!("{method}, 100,000 people on file: p50 {half:.2} ms, p99 {most:.2} ms");
    }
    server.end();
}

fn workspace(folder: &Path) {
    let folder = folder.join("archive");
    fs::create_dir_all(&folder).expect("a folder");
    let all = draft::long(31_000_000 / 2_826 * 40);
    let paragraphs: Vec<&str> = all.split("\n\n").collect();
    let mut dice = Dice(9);
    let mut total = 0;
    for number in 0..2_826 {
        let mut text = String::from("Status: final\nDate: 2026-08-01\n\n");
        while text.len() < 31_000_000 / 2_826 {
            text.push_str(paragraphs[dice.below(paragraphs.len())]);
            text.push_str("\n\n");
        }
        total += text.len();
        fs::write(folder.join(format!("{number}.lede")), text).expect("a file");
    }
    let mut server = own(&folder);
    let begun = Instant::now();
    let (at, answer) = server.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    let reports = answer["result"]["items"].as_array().map_or(0, Vec::len);
    println!(
        "\na workspace of {reports} drafts, {} MB, to all its findings: {:.0} ms ({:.0} MB at most)",
        total / 1_000_000,
        ms(at - begun),
        server.status("VmHWM").unwrap_or_default() as f64 / 1024.0
    );
    server.end();
    let _ = fs::remove_dir_all(&folder);
}

fn idle(folder: &Path) {
    let mut server = own(folder);
    let path = folder.join("idle.lede");
    let (mut document, _) = Document::open(&mut server, &path, "lede", &headed(STORY));
    document.type_a_letter(&mut server, &mut Dice(1));
    std::thread::sleep(Duration::from_secs(3));
    let before = server.work();
    std::thread::sleep(Duration::from_secs(5));
    if let (Some(before), Some(after)) = (before, server.work()) {
        println!(
            "\nfive idle seconds: {} ticks of the processor, {} wake-ups",
            after.0 - before.0,
            after.1 - before.1
        );
    }
    server.end();
}

/// The same letters for every server, as ratios to ours.
fn peers(folder: &Path) {
    println!(
        "\n| server | draft | open | a letter p50 | p99 | memory |\n|---|---|---|---|---|---|"
    );
    let drafts = [(STORY, 200), (1_000_000, 12)];
    let mut ours: Vec<[f64; 4]> = Vec::new();
    let own = (
        "onrecord",
        &[OWN.as_str(), "serve"][..],
        r#"{"hold": false}"#,
    );
    for (name, command, settings) in std::iter::once(&own).chain(PEERS) {
        if *name != "onrecord" && !is_there(command[0]) {
            println!("{name} is not installed: skipped");
            continue;
        }
        for (index, (bytes, letters)) in drafts.into_iter().enumerate() {
            let settings = serde_json::from_str(settings).expect("settings are JSON");
            let Some(mut server) = Server::start(command, folder, settings) else {
                continue;
            };
            server.introduce(folder);
            let (end, language) = match *name {
                "onrecord" => ("lede", "lede"),
                _ => ("md", "markdown"),
            };
            let path = folder.join(format!("peers.{end}"));
            let text = headed(bytes);
            let (mut document, opened) = Document::open(&mut server, &path, language, &text);
            let mut dice = Dice(1);
            let mut times = Vec::new();
            for _ in 0..letters {
                times.push(document.type_a_letter(&mut server, &mut dice).0);
                server.settle(Duration::from_millis(30));
            }
            let (half, most) = shares(&mut times);
            let memory = server.status("VmHWM").unwrap_or_default() as f64 / 1024.0;
            let row = [ms(opened), half, most, memory];
            if *name == "onrecord" {
                ours.push(row);
            }
            let cells: Vec<String> = row
                .iter()
                .zip(ours[index])
                .map(|(value, own)| match *name {
                    "onrecord" => format!("{value:.2}"),
                    _ => format!("{value:.2} ({:.1}×)", value / own),
                })
                .collect();
            println!("| {name} | {} KB | {} |", bytes / 1000, cells.join(" | "));
            server.end();
        }
    }
}

fn is_there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}
