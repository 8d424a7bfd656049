//! The order of the rooms, and what each room may know: read from the sources themselves.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A source file, as far as this page asks.
struct Source {
    /// Its path below `src/`, with `/`.
    path: String,
    /// Its top-level module; `lib` and `main` for those two.
    room: String,
    /// Its text as it is.
    text: String,
    /// Its text without comments, strings and characters.
    code: String,
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let root = project().join("src");
    let mut paths = Vec::new();
    files_below(&root, &mut paths);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source can be read");
        let below = path.strip_prefix(&root).expect("it lies below src");
        let path = below
            .to_str()
            .expect("a path in letters")
            .replace('\\', "/");
        let room = path.split(['/', '.']).next().expect("a first part");
        Source {
            room: room.to_owned(),
            code: code_of(&text),
            path,
            text,
        }
    };
    let sources: Vec<Source> = paths.into_iter().map(read).collect();
    assert!(sources.len() > 100, "the sources are found");
    sources
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("a folder can be read");
    let mut entries: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A source without comments, strings and characters: what is left are names and signs.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            string_end(rest)
        } else if let Some(end) = raw_string_end(rest).filter(|_| !code.ends_with(is_name)) {
            end
        } else if c == '\'' {
            character_end(rest).unwrap_or(0)
        } else {
            0
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

fn string_end(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string_end(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    hashes[count..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(count));
    let inside = count + 2;
    Some(rest[inside..].find(&close)? + inside + close.len())
}

/// The end of `'x'` or `'\n'`; none for a lifetime.
fn character_end(rest: &str) -> Option<usize> {
    let inner = &rest[1..];
    let first = inner.chars().next()?;
    let width = if first == '\\' {
        2 + inner[2..].find('\'')?
    } else {
        first.len_utf8()
    };
    inner[width..].starts_with('\'').then_some(width + 2)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `path` stands in the code as a path of its own: neither a part of a longer name nor below another path.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        before.is_none_or(|c| !is_name(c) && c != ':') && after.is_none_or(|c| !is_name(c))
    })
}

/// The modules of `src/lib.rs`, in their order.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(project().join("src/lib.rs")).expect("there is a map");
    let name = |line: &str| {
        let rest = line
            .strip_prefix("pub mod ")
            .or(line.strip_prefix("mod "))?;
        Some(rest.strip_suffix(';')?.to_owned())
    };
    let rooms: Vec<String> = lib.lines().filter_map(name).collect();
    assert!(rooms.len() > 15, "the map lists the rooms: {rooms:?}");
    rooms
}

/// The rooms that a source's code names: `crate::room`, also in `use crate::{room::…, other::…}`.
fn rooms_named(code: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(is_name) {
            continue;
        }
        let after = &code[at + "crate::".len()..];
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 0;
            let mut is_first = true;
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => is_first = true,
                    _ if is_first && is_name(c) => {
                        named.push(name_at(&group[at..]));
                        is_first = false;
                    }
                    _ => {}
                }
            }
        } else {
            named.push(name_at(after));
        }
    }
    named
}

fn name_at(code: &str) -> &str {
    &code[..code.find(|c| !is_name(c)).unwrap_or(code.len())]
}

/// Fails with every line of a list, if there is one.
fn none(what: &str, faults: Vec<String>) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

#[test]
fn a_room_knows_only_rooms_above_it() {
    let rooms = rooms();
    let place: BTreeMap<&str, usize> = rooms.iter().map(String::as_str).zip(0..).collect();
    let mut faults = Vec::new();
    for source in sources() {
        if matches!(source.room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(&own) = place.get(source.room.as_str()) else {
            faults.push(format!("src/{} is in no room of lib.rs", source.path));
            continue;
        };
        for named in rooms_named(&source.code) {
            match place.get(named) {
                Some(&other) if other <= own => {}
                Some(_) => faults.push(format!("src/{} knows {named}, below it", source.path)),
                None => faults.push(format!("src/{} names crate::{named}", source.path)),
            }
        }
    }
    none(
        "a room may know only what stands above it in src/lib.rs",
        faults,
    );
}

/// What only some may name, and who: folders end in `/`.
const ONLY: &[(&[&str], &[&str])] = &[
    (&["ropey"], &["text/"]),
    (
        &["tower_lsp", "tower_service", "tokio", "futures_util"],
        &["server/", "main.rs"],
    ),
    (
        &["serde", "serde_json", "toml"],
        &[
            "config.rs",
            "config/",
            "entities/",
            "notes/format/",
            "exchange/",
            "server/",
            "cli/",
        ],
    ),
    (
        &["std::fs", "fs::read", "fs::write", "File::open", "std::net"],
        &[
            "disk.rs",
            "disk/",
            "cli/",
            "server/",
            "entities/",
            "notes/",
            "main.rs",
        ],
    ),
    (
        &["std::process", "Command::new"],
        &["cli/", "server/", "main.rs"],
    ),
    (&["unsafe"], &["entities/map.rs"]),
];

#[test]
fn what_touches_the_outside_stays_at_the_door() {
    let mut faults = Vec::new();
    for source in sources() {
        for (words, homes) in ONLY {
            let is_home = homes.iter().any(|home| match home.strip_suffix('/') {
                Some(_) => source.path.starts_with(home),
                None => source.path == *home,
            });
            for word in words.iter().filter(|word| names(&source.code, word)) {
                if !is_home {
                    faults.push(format!("src/{} names {word}", source.path));
                }
            }
        }
    }
    none("only some rooms may name these", faults);
}

#[test]
fn no_socket_is_named_anywhere() {
    let all = sources();
    let opens = |source: &&Source| {
        [
            "std::net",
            "tokio::net",
            "TcpStream",
            "UdpSocket",
            "UnixStream",
        ]
        .iter()
        .any(|word| names(&source.code, word))
    };
    let faults = all.iter().filter(opens).map(|source| source.path.clone());
    none("nothing opens a socket", faults.collect());
}

/// What waits, locks, prints or reads a clock.
const EFFECTS: &[&str] = &[
    "Mutex",
    "RwLock",
    "RefCell",
    "thread_local",
    "await",
    "println",
    "eprintln",
    "print",
    "eprint",
    "dbg",
    "Instant::now",
    "SystemTime::now",
    "Zoned::now",
    "Timestamp::now",
];

#[test]
fn before_the_desk_nothing_waits_locks_prints_or_reads_a_clock() {
    let rooms = rooms();
    let desk = rooms
        .iter()
        .position(|room| room == "desk")
        .expect("there is a desk");
    let mut faults = Vec::new();
    for source in sources() {
        let above = rooms[..desk].contains(&source.room);
        let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
        if above {
            let named = EFFECTS.iter().filter(|word| names(code, word));
            faults.extend(named.map(|word| format!("src/{} names {word}", source.path)));
        }
    }
    none("above the desk everything is pure", faults);
}

#[test]
fn every_file_opens_with_one_sentence_that_says_what_is_in_it() {
    let opens = |source: &Source| source.text.starts_with("//! ");
    let all = sources();
    let faults = all
        .iter()
        .filter(|source| !opens(source))
        .map(|source| source.path.clone());
    none("a file opens with //!", faults.collect());
}

#[test]
fn unsafe_code_is_denied_by_the_crate() {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).expect("there is a manifest");
    assert!(manifest.contains("unsafe_code = \"deny\""));
    let all = sources();
    let allows = |source: &&Source| source.code.contains("allow(unsafe_code)");
    let faults = all.iter().filter(allows).map(|source| source.path.clone());
    none(
        "unsafe code is allowed in entities/map.rs alone",
        faults.filter(|path| path != "entities/map.rs").collect(),
    );
}

#[test]
fn the_map_in_words_names_every_room() {
    let page = fs::read_to_string(project().join("ARCHITECTURE.md")).expect("there is a page");
    let is_named = |room: &String| {
        page.contains(&format!("`{room}/`")) || page.contains(&format!("`{room}.rs`"))
    };
    let missing = rooms().into_iter().filter(|room| !is_named(room));
    none(
        "ARCHITECTURE.md names every room of lib.rs",
        missing.collect(),
    );
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    let code = code_of(
        "let a = 'x'; // unsafe\nlet b = \"crate::desk \\\" unsafe\"; let c: &'a str = r#\"unsafe\"#; '\\'' '\\u{1f}' /* unsafe */ d",
    );
    assert!(!names(&code, "unsafe"), "{code}");
    assert!(code.contains("&'a str") && code.contains(" d"), "{code}");
    assert_eq!(
        rooms_named("use crate::{text::span::Span, words, story::{a, b}};"),
        ["text", "words", "story"]
    );
    assert!(names("std::fs::read(a)", "std::fs") && !names("my_serde", "serde"));
}
