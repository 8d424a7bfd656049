//! A year of a newsroom's drafts checked at once: 2,800 of 11 KB with all rules and a thousand people on file, beside what else
//! checks prose on this machine.
//!
//! `cargo bench --bench newsroom`; `ONRECORD` names another program than the one that is built with it. Beside it runs whatever of `typos`,
//! `harper-cli`, `proselint` and `write-good` is on the path; a slow one is given the first fifty drafts, and its time is told for all. The
//! drafts are the sample stories with other names and numbers: stories made to go wrong, with some 35 findings each. Where
//! `../shared/corpus` is there, as many drafts are made of published news, with the findings that edited copy has.

#[path = "support/draft.rs"]
mod draft;
#[path = "support/own.rs"]
mod own;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use own::OWN;

const DRAFTS: usize = 2_800;
const BYTES: usize = 11_000;
const PEOPLE: usize = 1_000;
/// Passes, of which the best counts.
const PASSES: usize = 5;

fn main() {
    let desk = Path::new(env!("CARGO_TARGET_TMPDIR")).join("newsroom");
    println!("Drafts made of the sample stories");
    check(&desk, &draft::long(DRAFTS * BYTES));
    match published(DRAFTS * BYTES) {
        Some(news) => {
            println!("Drafts made of published news");
            check(&desk, &news);
        }
        None => println!("published news: skipped, ../shared/corpus is not there"),
    }
}

/// Writes the newsroom, checks it, and tells how long that takes beside what else checks prose.
fn check(desk: &Path, text: &str) {
    let bytes = write(desk, text);
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{DRAFTS} drafts, {megabytes:.1} MB, {PEOPLE} people on file; {}",
        machine()
    );
    let onrecord = || {
        let mut command = Command::new(OWN.as_str());
        command.args(["check", ".", "--fail-on", "never", "--format", "jsonl"]);
        command
    };
    let own = best(PASSES, desk, onrecord).expect("onrecord runs");
    tell("onrecord check", own, megabytes, None);
    let plain = plain_pass(desk);
    tell(
        "a plain pass over the words, one core",
        plain,
        megabytes,
        Some(own),
    );
    for (name, arguments, some) in [
        ("typos", &["--format", "silent", "."][..], DRAFTS),
        ("harper-cli", &["lint"][..], 50),
        ("proselint", &["check"][..], 50),
        ("write-good", &[][..], 50),
    ] {
        let folder = part(desk, some);
        let files = some < DRAFTS;
        let command = || {
            let mut command = Command::new(name);
            command.args(arguments);
            if files {
                command.args((0..some).map(|number| format!("{number:04}.lede")));
            }
            command
        };
        match best(if files { 1 } else { PASSES }, &folder, command) {
            Some(took) => {
                let whole = took.mul_f64(DRAFTS as f64 / some as f64);
                let name = if files {
                    format!("{name} (from {some} drafts)")
                } else {
                    name.to_owned()
                };
                tell(&name, whole, megabytes, Some(own));
            }
            None => println!("{name}: not on this machine"),
        }
    }
    println!("{}", machine());
}

/// Published articles one after another, over and over, so many bytes of them; none where the corpus is not there.
fn published(bytes: usize) -> Option<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/polnear_train.jsonl");
    let lines = fs::read_to_string(corpus).ok()?;
    let mut news = String::new();
    let articles = lines.lines().map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).expect("an article a line");
        let text = article["text"].as_str().expect("an article has a text");
        text.trim().to_owned()
    });
    let articles: Vec<String> = articles.collect();
    for article in articles.iter().cycle() {
        if news.len() > bytes + BYTES {
            break;
        }
        news += article;
        news += "\n\n";
    }
    Some(news)
}

/// Writes the newsroom: its drafts and its people. How many bytes the drafts have.
fn write(desk: &Path, whole: &str) -> usize {
    let _ = fs::remove_dir_all(desk);
    fs::create_dir_all(desk.join("entities")).expect("the folder can be made");
    let mut from = 0;
    for number in 0..DRAFTS {
        let mut to = (from + BYTES).min(whole.len());
        while !whole.is_char_boundary(to) {
            to -= 1;
        }
        // A draft ends where a paragraph does.
        let end = whole[to..].find("\n\n").map_or(whole.len(), |at| to + at);
        fs::write(
            desk.join(format!("{number:04}.lede")),
            whole[from..end].trim_start(),
        )
        .expect("a draft can be written");
        from = end;
    }
    let mut people = String::new();
    for number in 0..PEOPLE {
        let (first, last) = (letters(number / 40), letters(number % 997 + 40));
        let _ = write!(
            people,
            "[[person]]\nname = \"{first} {last}\"\n[[person.role]]\ntitle = \"mayor\"\n\n"
        );
    }
    fs::write(desk.join("entities/people.toml"), people).expect("the people can be written");
    from
}

/// A name of its own for a number.
fn letters(mut number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "do", "fe", "gu", "li", "mo", "na", "pe", "ro", "vi"];
    let mut name = String::from("S");
    for _ in 0..3 {
        name += SYLLABLES[number % 10];
        number /= 10;
    }
    name
}

/// The first drafts in a folder of their own.
fn part(desk: &Path, some: usize) -> PathBuf {
    if some == DRAFTS {
        return desk.to_owned();
    }
    let folder = desk.with_file_name("newsroom-part");
    fs::create_dir_all(&folder).expect("the folder can be made");
    for number in 0..some {
        let name = format!("{number:04}.lede");
        fs::copy(desk.join(&name), folder.join(&name)).expect("a draft can be copied");
    }
    folder
}

/// The best of some passes; none where the program is not there.
fn best(passes: usize, folder: &Path, command: impl Fn() -> Command) -> Option<Duration> {
    let mut best: Option<Duration> = None;
    for _ in 0..passes {
        let mut command = command();
        command
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let begun = Instant::now();
        command.status().ok()?;
        let took = begun.elapsed();
        best = Some(best.map_or(took, |best| best.min(took)));
    }
    best
}

/// Reading the drafts and putting every word of them in small letters.
fn plain_pass(desk: &Path) -> Duration {
    let begun = Instant::now();
    let mut letters = 0;
    for number in 0..DRAFTS {
        let text = fs::read_to_string(desk.join(format!("{number:04}.lede"))).expect("a draft");
        letters += text
            .split_whitespace()
            .map(|word| word.to_lowercase().len())
            .sum::<usize>();
    }
    assert!(letters > 0);
    begun.elapsed()
}

fn tell(name: &str, took: Duration, megabytes: f64, own: Option<Duration>) {
    let seconds = took.as_secs_f64();
    let ratio = own.map_or(String::new(), |own| {
        format!(", {:.2} times onrecord’s", seconds / own.as_secs_f64())
    });
    println!(
        "{name}: {seconds:.2} s, {:.1} MB/s{ratio}",
        megabytes / seconds
    );
}

/// How many cores there are, and how busy they are.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!("{cores} cores, load {load}")
}
