//! Files that are no drafts, disks that are full, and ends at any moment: each is told, and nothing is left half-written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A folder of its own for a test, gone with it; also the home of whoever runs the command.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-disk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect("a file can be written");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.0)
            .env("XDG_CONFIG_HOME", self.path("home"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_onrecord"));
        command.args(arguments).output().expect("the binary starts")
    }

    /// The same under a limit on the length of files, in blocks of 512 bytes; whether the system's signal ends it.
    #[cfg(unix)]
    fn run_limited(&self, blocks: usize, ends: bool, arguments: &[&str]) -> Output {
        let trap = if ends { "" } else { "trap '' XFSZ; " };
        let script = format!("{trap}ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = self.command("sh");
        command
            .args(["-c", &script, env!("CARGO_BIN_EXE_onrecord")])
            .args(arguments);
        command.output().expect("a shell starts")
    }

    /// The same, ended from outside after so many milliseconds.
    #[cfg(unix)]
    fn run_and_end(&self, millis: u64, arguments: &[&str]) {
        let mut command = self.command(env!("CARGO_BIN_EXE_onrecord"));
        let mut child = command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(millis));
        let _ = child.kill();
        let _ = child.wait();
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| name != "home" && name != "cache")
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(bytes)
        .collect()
}

#[test]
fn what_cannot_be_read_is_told_with_a_way_out_and_the_rest_is_checked() {
    let folder = Folder::new("read");
    folder.write("good.txt", "Crime fell 15% last year.\n");
    folder.write("latin.txt", b"One.\nCrime fell 15% in Qu\xe9bec.\n");
    folder.write("little.txt", wide("Crime fell 15%.", u16::to_le_bytes));
    folder.write("big.txt", wide("Crime fell 15%.", u16::to_be_bytes));
    fs::create_dir(folder.path("folder.txt")).expect("a folder");
    folder.write(
        "own.private.lede",
        "[^a]: interview; identity: Milo Crane\n",
    );
    let huge = fs::File::create(folder.path("huge.txt")).expect("a file");
    huge.set_len(200 << 20)
        .expect("two hundred megabytes of nothing");
    for (name, message) in [
        (
            "latin.txt",
            "latin.txt is not UTF-8: line 2, byte 21 is no letter; save it as UTF-8",
        ),
        (
            "little.txt",
            "little.txt is not UTF-8 but UTF-16; save it as UTF-8",
        ),
        (
            "big.txt",
            "big.txt is not UTF-8 but UTF-16; save it as UTF-8",
        ),
        (
            "huge.txt",
            "huge.txt is larger than 32 MiB; split it into drafts",
        ),
        (
            "gone.txt",
            "gone.txt is not there; look at the spelling of its path",
        ),
        ("folder.txt", "folder.txt holds no drafts"),
        ("own.private.lede", "own.private.lede is private"),
    ] {
        let output = folder.run(&["check", name, "good.txt", "--fail-on", "never"]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", told(&output));
        assert!(told(&output).contains(message), "{name}: {}", told(&output));
        assert!(
            out(&output).contains("claim-figure-unattributed"),
            "{name}: {}",
            out(&output)
        );
    }
    folder.write("nul.txt", "Crime fell\0 15% last year.\n");
    folder.write("empty.txt", "");
    for name in ["nul.txt", "empty.txt"] {
        let output = folder.run(&["check", name, "--fail-on", "never"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", told(&output));
    }
}

#[test]
fn what_nobody_writes_is_read_to_the_end() {
    let folder = Folder::new("shapes");
    let many = |count: usize, piece: fn(usize) -> String| (0..count).map(piece).collect::<String>();
    let line = "The mayor said the pier was shut. ".repeat(10_000_000 / 34);
    let nested = format!("{}x{}\n", "“".repeat(10_000), "”".repeat(10_000));
    let mixed = format!("{}x{}\n", "“‘".repeat(5_000), "’”".repeat(5_000));
    for (name, text, rule) in [
        (
            "line.lede",
            line,
            Some("A paragraph of 9765 KB, in which nothing is checked"),
        ),
        (
            "marks.lede",
            many(20_000, |_| "The pier is shut.[^a] ".to_owned()),
            Some("in which nothing is checked"),
        ),
        ("nested.lede", nested, None),
        ("mixed.lede", mixed, None),
        (
            "cycle.lede",
            many(2_000, |i| {
                format!("[^a{i}]: document, x; with: ^a{}\n", (i + 1) % 2_000)
            }),
            None,
        ),
    ] {
        folder.write(name, text);
        let output = folder.run(&["check", name, "--fail-on", "never", "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", told(&output));
        if let Some(words) = rule {
            assert!(out(&output).contains(words), "{name}");
        }
    }
}

#[test]
#[cfg(unix)]
fn links_in_a_ring_are_walked_once() {
    let folder = Folder::new("ring");
    fs::create_dir(folder.path("a")).expect("a folder");
    folder.write("a/good.lede", "Crime fell 15% last year.\n");
    std::os::unix::fs::symlink("..", folder.path("a/ring")).expect("a link");
    std::os::unix::fs::symlink("self.lede", folder.path("a/self.lede")).expect("a link");
    let output = folder.run(&["check", ".", "--fail-on", "never", "--format", "json"]);
    assert_eq!(
        out(&output).matches("claim-figure-unattributed").count(),
        1,
        "{}",
        out(&output)
    );
}

#[test]
fn a_broken_configuration_and_broken_entities_are_told_at_their_place_and_drafts_are_checked() {
    let folder = Folder::new("broken");
    folder.write("onrecord.toml", "profile = \"feature\nroot = yes\n");
    fs::create_dir(folder.path("entities")).expect("a folder");
    folder.write(
        "entities/people.toml",
        b"[[person]]\nname = \"Jos\xe9 Venn\"\n",
    );
    folder.write("good.lede", "Crime fell 15% last year.\n");
    let output = folder.run(&["check", "good.lede", "--fail-on", "never"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(out(&output).contains("claim-figure-unattributed"));
    assert!(out(&output).contains("onrecord.toml:1"), "{}", out(&output));
    assert!(
        told(&output).contains("line 2 is not UTF-8"),
        "{}",
        told(&output)
    );
    assert!(
        !told(&output).contains("Venn"),
        "no name goes to a log: {}",
        told(&output)
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_leaves_what_was_there() {
    let folder = Folder::new("full");
    folder.write("good.lede", "Crime fell 15% last year.\n");
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        for arguments in [
            &["check", "good.lede"][..],
            &["quotes", "good.lede", "--format", "json"],
            &["ledger", "good.lede"],
            &["file", "good.lede"],
            &["doctor"],
        ] {
            let mut command = folder.command(env!("CARGO_BIN_EXE_onrecord"));
            command
                .args(arguments)
                .stdout(full.try_clone().expect("a copy"));
            let output = command.stderr(Stdio::piped()).output().expect("it starts");
            assert_eq!(
                output.status.code(),
                Some(2),
                "{arguments:?}: {}",
                told(&output)
            );
            assert!(
                told(&output).contains("cannot be written"),
                "{arguments:?}: {}",
                told(&output)
            );
        }
    }
    // A draft that a fix makes longer than the disk has room for.
    let draft = format!(
        "He said said it. Crime  fell 15%.\n\n{}",
        "The pier stays.\n\n".repeat(400)
    );
    folder.write("long.lede", &draft);
    folder.write("edited.txt", &draft);
    let output = folder.run_limited(4, false, &["rejoin", "long.lede", "edited.txt", "--write"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(
        told(&output).contains("long.lede cannot be written"),
        "{}",
        told(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.path("long.lede")).expect("it is there"),
        draft
    );
    assert_eq!(folder.names(), ["edited.txt", "good.lede", "long.lede"]);
}

/// A table of so many people.
fn people(count: usize) -> String {
    let mut table = "name,title\n".to_owned();
    for number in 0..count {
        let letters = |mut number: usize| {
            let mut name = String::new();
            for _ in 0..4 {
                name.push(char::from(b'a' + (number % 26) as u8));
                number /= 26;
            }
            name
        };
        table.push_str(&format!("Ana R{},mayor\n", letters(number * 7919)));
    }
    table
}

/// How many people a base has by the name `Ana`, if it can be read; what was told.
fn known(folder: &Folder) -> (usize, String) {
    let output = folder.run(&["entities", "find", "Ana", "--most", "5"]);
    (out(&output).matches("Ana").count(), told(&output))
}

#[test]
#[cfg(unix)]
fn an_import_that_ends_at_any_moment_leaves_the_base_that_was_there() {
    let folder = Folder::new("import");
    folder.write("people.csv", people(3_000));
    let import = ["entities", "import", "people.csv", "--source", "people"];
    assert!(folder.run(&import).status.success());
    let base = folder.path("cache/onrecord/bases/people.base");
    let whole = fs::read(&base).expect("the base is there");
    folder.write("people.csv", people(6_000));
    // The disk is full, and then: the system ends us at a write, after ever more of them.
    for blocks in [0, 1, 8, 64, 200] {
        for ends in [false, true] {
            let output = folder.run_limited(blocks, ends, &import);
            assert!(!output.status.success(), "{blocks} blocks");
            if !ends {
                assert!(
                    told(&output).contains("cannot be written"),
                    "{}",
                    told(&output)
                );
            }
            assert_eq!(
                fs::read(&base).expect("it is there"),
                whole,
                "{blocks} blocks"
            );
        }
    }
    // Ended from outside, sooner or later.
    for millis in [1, 5, 10, 20, 40, 80, 160] {
        folder.run_and_end(millis, &import);
        let now = fs::read(&base).expect("it is there");
        assert_eq!(
            now.len() as u64,
            fs::metadata(&base).expect("it is there").len()
        );
        let (count, told) = known(&folder);
        assert!(count > 0 && told.is_empty(), "after {millis} ms: {told}");
    }
}

/// Mends all that can be mended.
#[cfg(unix)]
const MEND: [&str; 6] = [
    "check",
    "--fix",
    "--unsafe-fixes",
    "--fail-on",
    "never",
    ".",
];

/// Drafts that a fix changes, and what each is after it: `(name, before, after)`.
#[cfg(unix)]
fn to_be_fixed(folder: &Folder, count: usize) -> Vec<(String, String, String)> {
    let drafts: Vec<(String, String)> = (0..count)
        .map(|number| {
            let name = format!("{number:03}.lede");
            let text = format!(
                "Pier {number} closed.\n\n{}Smoke \"rose\" over it.\n",
                "The pier stays where it is.\n\n".repeat(200)
            );
            (name, text)
        })
        .collect();
    for (name, text) in &drafts {
        folder.write(name, text);
    }
    let _ = folder.run(&MEND);
    let fixed = |name: &str| fs::read_to_string(folder.path(name)).expect("it is there");
    let all = drafts.into_iter().map(|(name, before)| {
        let after = fixed(&name);
        (name, before, after)
    });
    all.collect()
}

#[test]
#[cfg(unix)]
fn fixes_that_end_at_any_moment_leave_each_draft_as_it_was_or_mended_whole() {
    let folder = Folder::new("fixes");
    let drafts = to_be_fixed(&folder, 40);
    let changed = drafts.iter().filter(|(_, before, after)| before != after);
    assert_eq!(
        changed.count(),
        drafts.len(),
        "each draft has something to be mended"
    );
    let (mut is_begun, mut is_cut) = (false, false);
    for millis in [
        0, 2, 5, 10, 20, 30, 45, 60, 90, 130, 200, 400, 800, 1600, 3200, 6400,
    ] {
        for (name, before, _) in &drafts {
            folder.write(name, before);
        }
        folder.run_and_end(millis, &MEND);
        let mut mended = 0;
        for (name, before, after) in &drafts {
            let now = fs::read_to_string(folder.path(name)).expect("it is there");
            assert!(
                now == *before || now == *after,
                "{name} after {millis} ms is half-written"
            );
            mended += usize::from(now == *after);
        }
        is_begun |= mended > 0;
        is_cut |= mended < drafts.len();
        if mended == drafts.len() {
            break;
        }
    }
    assert!(
        is_begun && is_cut,
        "it was ended before the last draft was mended, and after the first"
    );
    // What an end left aside is no draft: the next run does not look at it.
    let output = folder.run(&["check", "--fail-on", "never", "."]);
    let all = out(&output) + &told(&output);
    assert!(all.contains("40 drafts"), "{all}");
}

#[test]
fn a_damaged_base_is_made_anew_from_its_source_or_the_way_out_is_told() {
    let folder = Folder::new("damaged");
    folder.write("people.csv", people(200));
    let import = ["entities", "import", "people.csv", "--source", "people"];
    assert!(folder.run(&import).status.success());
    let base = folder.path("cache/onrecord/bases/people.base");
    let whole = fs::read(&base).expect("the base is there");
    let mut turned = whole.clone();
    turned[30] ^= 0xff;
    let mut other = whole.clone();
    other[..8].copy_from_slice(b"garbage!");
    let table = folder.path("people.csv");
    for (damaged, message) in [
        (whole[..whole.len() / 2].to_vec(), "is cut short"),
        (turned, "has a damaged header; import it again"),
        (other, "is no base of Onrecord’s"),
        (Vec::new(), "is empty; import it again"),
    ] {
        // Its source is gone: that is told, and drafts are checked all the same.
        fs::write(&base, &damaged).expect("it can be written");
        fs::rename(&table, folder.path("elsewhere.csv")).expect("it can be moved");
        let (count, told) = known(&folder);
        assert!(count == 0 && told.contains(message), "{message}: {told}");
        assert!(
            told.contains("people.csv, which is gone: put it back"),
            "{told}"
        );
        assert!(told.contains("--source people"), "{told}");
        folder.write("good.lede", "Crime fell 15% last year.\n");
        let checked = folder.run(&["check", "good.lede", "--fail-on", "never"]);
        assert_eq!(checked.status.code(), Some(0));
        assert_eq!(
            fs::read(&base).expect("it is there"),
            damaged,
            "left as it was"
        );
        // It is there again: whoever asks next has the base made from it, and is told.
        fs::rename(folder.path("elsewhere.csv"), &table).expect("it can be moved");
        let (count, told) = known(&folder);
        assert!(count > 0 && told.contains("was made again from"), "{told}");
        assert_eq!(known(&folder).1, "", "told once");
    }
    // Nobody noted where it comes from: what to do is told.
    fs::remove_file(base.with_extension("from")).expect("it is there");
    fs::write(&base, "").expect("it can be written");
    let (count, told) = known(&folder);
    assert!(
        count == 0 && told.contains("is empty; import it again"),
        "{told}"
    );
    assert!(folder.run(&import).status.success());
    assert!(known(&folder).0 > 0, "made anew");
}

#[test]
fn folders_that_cannot_be_written_to_are_told() {
    let folder = Folder::new("readonly");
    folder.write("people.csv", people(3));
    // A file where a folder should be: not even the system's administrator writes into it.
    folder.write("blocked", "");
    let into = Path::new("blocked").join("people.base");
    let into = into.to_str().expect("plain letters");
    let output = folder.run(&["entities", "import", "people.csv", "--to", into]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("cannot be made"),
        "{}",
        told(&output)
    );
    folder.write("onrecord.toml", "filed = \"blocked\"\n");
    folder.write("good.lede", "The pier stays, the board said.\n");
    let output = folder.run(&["file", "good.lede"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        told(&output).contains("cannot be written"),
        "{}",
        told(&output)
    );
}
