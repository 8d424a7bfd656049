//! Names while they are typed: 20,000 simulated keystrokes against the index, beside a linear scan by nucleo's matcher
//! and a finite-state transducer of all word starts, in the same run.
//!
//! `cargo bench --bench entities -- FILE.jsonl …` imports each file first, with the built binary, and says what that
//! took; files of a thousand to five million rows are made from a list of real names by a script that is not part of
//! the project. Without a file the bench makes a hundred thousand invented names.

#[path = "support/own.rs"]
mod own;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fst::{IntoStreamer, Streamer};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::entities::fold::fold;
use onrecord::entities::folder;
use onrecord::entities::index::{Index, Section};
use onrecord::entities::mention::Named;
use onrecord::reading::Reading;
use onrecord::story::known::known;
use onrecord::text::Text;
use onrecord::text::pages::Pages;

fn main() {
    let files: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let files = if files.is_empty() {
        vec![invented()]
    } else {
        files
    };
    for file in &files {
        measure(file);
    }
}

fn measure(file: &Path) {
    let base = std::env::temp_dir().join(format!("onrecord-bench-{}.base", std::process::id()));
    println!("\n{}", file.display());
    import(file, &base);
    let begun = Instant::now();
    let index = folder::open(&base).expect("it was written just now");
    let first = index.search("sm", 20).len();
    println!(
        "open and first answer ({first} names): {:.1} ms",
        ms(begun.elapsed())
    );
    cold(&base);
    let queries = queries(&index, 20_000);
    for round in ["first", "second"] {
        let mut times: Vec<(Duration, usize)> = queries
            .iter()
            .enumerate()
            .map(|(number, query)| {
                let begun = Instant::now();
                let hits = index.search(query, 20);
                // What an editor is sent has the names in it.
                let names = hits
                    .iter()
                    .filter_map(|hit| index.headline(hit.entity))
                    .count();
                assert_eq!(names, hits.len());
                (begun.elapsed(), number)
            })
            .collect();
        report(
            &format!("index, {} queries, {round} pass", times.len()),
            &mut times,
        );
        for (kind, name) in KINDS.iter().enumerate() {
            let mut some: Vec<_> = times
                .iter()
                .filter(|(_, number)| number % KINDS.len() == kind)
                .copied()
                .collect();
            report(&format!("  {name}"), &mut some);
        }
        let slowest = times[times.len() - 1].1;
        println!("    slowest: “{}”", queries[slowest]);
    }
    println!(
        "resident after them: {} MB, {} MB of it pages of files",
        status("VmRSS") >> 10,
        status("RssFile") >> 10
    );
    recognition(&base);
    nucleo(&index, &queries);
    transducer(&index, &queries);
    let _ = fs::remove_file(&base);
}

/// The first answer after the system has let go of the file, for queries of several kinds; the disk's own cache is
/// beyond reach.
fn cold(base: &Path) {
    for query in ["sm", "mary sm", "jonh smiht", "jsm"] {
        let mut times: Vec<f64> = (0..5)
            .filter_map(|_| {
                fs::File::open(base).ok()?.sync_all().ok()?;
                let mut drop = Command::new("dd");
                let of = format!("if={}", base.display());
                drop.args([&of, "iflag=nocache", "count=0", "status=none"]);
                drop.status().ok().filter(|status| status.success())?;
                let begun = Instant::now();
                let index = folder::open(base).ok()?;
                let hits = index.search(query, 28);
                let names = hits.iter().filter_map(|hit| index.headline(hit.entity));
                std::hint::black_box(names.count());
                Some(ms(begun.elapsed()))
            })
            .collect();
        times.sort_by(f64::total_cmp);
        match times.as_slice() {
            [] => println!("cold: skipped, no dd that can drop a file from memory"),
            [least, .., most] => println!(
                "open and first answer from the disk, “{query}”: {:.1} ms ({least:.1} to {most:.1})",
                times[times.len() / 2]
            ),
            [one] => println!("open and first answer from the disk, “{query}”: {one:.1} ms"),
        }
    }
}

fn import(file: &Path, base: &Path) {
    let begun = Instant::now();
    let run = Command::new(own::OWN.as_str())
        .args(["entities", "import", "--to"])
        .args([base, file])
        .spawn()
        .map(|mut child| {
            let peak = format!("/proc/{}/status", child.id());
            let mut most = 0;
            while child.try_wait().ok().flatten().is_none() {
                let now = fs::read_to_string(&peak).ok();
                most = most.max(now.and_then(|text| field(&text, "VmHWM")).unwrap_or(0));
                std::thread::sleep(Duration::from_millis(20));
            }
            most
        });
    let most = run.expect("the binary starts");
    println!(
        "import: {:.1} s, peak memory {} MB",
        begun.elapsed().as_secs_f64(),
        most >> 10
    );
}

const KINDS: [&str; 5] = [
    "full-name prefixes",
    "surname prefixes",
    "initials",
    "two word starts",
    "one slip in a surname",
];

/// Queries of five kinds in turn; half of them aim at the most popular twentieth.
fn queries(index: &Index, count: usize) -> Vec<String> {
    let mut state = 20260823u64;
    let mut next = move |most: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % most.max(1)
    };
    let mut queries = Vec::new();
    while queries.len() < count {
        let among = if next(2) == 0 {
            index.len() / 20
        } else {
            index.len()
        };
        let Some((_, _, name)) = index.headline(next(among) as u32) else {
            continue;
        };
        let key = fold(name);
        let words: Vec<&str> = key.split(' ').collect();
        let last = words[words.len() - 1];
        if words.len() < 2 || last.chars().count() < 5 {
            continue;
        }
        let cut = |word: &str, letters: usize| word.chars().take(letters).collect::<String>();
        let query = match queries.len() % KINDS.len() {
            0 => cut(&key, 1 + next(14)),
            1 => cut(last, 1 + next(10)),
            2 => words.iter().map(|word| cut(word, 1)).collect(),
            3 => format!("{} {}", cut(words[0], 1 + next(4)), cut(last, 1 + next(4))),
            _ => slip(last, &mut next),
        };
        queries.push(query.trim().to_owned());
    }
    queries
}

fn slip(word: &str, next: &mut impl FnMut(usize) -> usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + next(letters.len() - 1);
    match next(4) {
        0 => letters.insert(at, (b'a' + next(26) as u8) as char),
        1 => {
            letters.remove(at);
        }
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = (b'a' + next(26) as u8) as char,
    }
    letters.into_iter().collect()
}

/// The names of the base in a draft of 1,300 words, from nothing: the sample drafts of the tests, one after the other.
fn recognition(path: &Path) {
    let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut text = String::new();
    for name in [
        "court.lede",
        "council.lede",
        "ferry.txt",
        "flood.lede",
        "earnings.lede",
        "investigation.lede",
    ] {
        let story = fs::read_to_string(stories.join(name)).expect("a sample draft");
        for paragraph in story
            .split("\n\n")
            .filter(|paragraph| !paragraph.starts_with(['[', '#']))
        {
            if text.split_whitespace().count() < 1300 {
                text.push_str(paragraph);
                text.push_str("\n\n");
            }
        }
    }
    let index = folder::open(path).expect("it was opened before");
    let base = Base::new(Vec::new(), vec![Arc::new(index)]);
    let draft = Draft::read(
        Text::new(&text),
        &Reading::default(),
        &Base::default(),
        None,
    );
    let words = text.split_whitespace().count();
    let mut mentions = 0;
    let mut times: Vec<(Duration, usize)> = (0..200)
        .map(|number| {
            let begun = Instant::now();
            let named: Pages<Arc<Named>> = draft
                .tree
                .blocks
                .iter()
                .zip(&draft.prose)
                .map(|(placed, prose)| Arc::new(Named::read(&placed.block.text, prose, &base)))
                .collect();
            let known = known(&draft.story, &draft.tree, &named, &base);
            mentions = known.links.len();
            (begun.elapsed(), number)
        })
        .collect();
    report(
        &format!("names in a draft of {words} words ({mentions} found), 200 times"),
        &mut times,
    );
}

fn keys(index: &Index) -> Vec<&str> {
    let forms = index.section(Section::FormStart).len() / 4;
    (0..forms as u32)
        .map(|form| std::str::from_utf8(index.key(form)).expect("keys are letters"))
        .collect()
}

/// Every name looked at, on one thread.
fn nucleo(index: &Index, queries: &[String]) {
    let keys = keys(index);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let few = queries.iter().step_by(queries.len() / 100);
    let mut times: Vec<(Duration, usize)> = few
        .enumerate()
        .map(|(number, query)| {
            let begun = Instant::now();
            let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
            let mut best: Vec<(u32, usize)> = Vec::new();
            for (at, key) in keys.iter().enumerate() {
                if let Some(score) = pattern.score(Utf32Str::new(key, &mut letters), &mut matcher) {
                    best.push((u32::MAX - score, at));
                }
            }
            best.sort_unstable();
            best.truncate(20);
            (begun.elapsed(), number)
        })
        .collect();
    report(
        &format!("nucleo’s matcher over all names, {} queries", times.len()),
        &mut times,
    );
}

/// A transducer from the letters of every word start to the best number; all of a range is read, then ranked.
fn transducer(index: &Index, queries: &[String]) {
    let begun = Instant::now();
    let mut builder = fst::MapBuilder::memory();
    let mut before: Option<(Vec<u8>, u64)> = None;
    for at in 0..index.words() {
        let letters = index.letters(at);
        let form = u64::from(onrecord::entities::index::form(
            index.number(Section::Words, at),
        ));
        match &mut before {
            Some((same, best)) if same == letters => *best = form.min(*best),
            _ => {
                if let Some((letters, best)) = before.take() {
                    builder.insert(letters, best).expect("they are sorted");
                }
                before = Some((letters.to_vec(), form));
            }
        }
    }
    if let Some((letters, best)) = before {
        builder.insert(letters, best).expect("they are sorted");
    }
    let map = fst::Map::new(builder.into_inner().expect("it is in memory"))
        .expect("it was made just now");
    println!(
        "transducer: {:.1} s to build, {} MB",
        begun.elapsed().as_secs_f64(),
        map.as_fst().size() >> 20
    );
    let few = queries.iter().step_by(queries.len() / 400);
    let mut times: Vec<(Duration, usize)> = few
        .enumerate()
        .map(|(number, query)| {
            let begun = Instant::now();
            let mut end = query.clone().into_bytes();
            end.push(0xff);
            let mut stream = map.range().ge(query).lt(&end).into_stream();
            let mut best = Vec::new();
            while let Some((_, form)) = stream.next() {
                best.push(form);
            }
            best.sort_unstable();
            best.truncate(20);
            (begun.elapsed(), number)
        })
        .collect();
    report(
        &format!(
            "transducer of word starts, no slips, no two words, {} queries",
            times.len()
        ),
        &mut times,
    );
}

fn report(what: &str, times: &mut [(Duration, usize)]) {
    times.sort_unstable();
    let at = |part: f64| ms(times[((times.len() - 1) as f64 * part) as usize].0);
    println!(
        "{what}: p50 {:.3} ms, p99 {:.3} ms, longest {:.3} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A line of the process's own status, in kilobytes; 0 where the system has none.
fn status(name: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    field(&text, name).unwrap_or(0)
}

fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A hundred thousand invented people.
fn invented() -> PathBuf {
    let syllables = [
        "ba", "ker", "lin", "mar", "os", "tan", "vel", "do", "ri", "sha", "gra", "nt", "ju", "ho",
        "wil", "pen",
    ];
    let mut state = 7u64;
    let mut next = move |most: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % most
    };
    let mut text = String::new();
    for number in 0..100_000 {
        let mut word = |least: usize| {
            (0..least + next(2))
                .map(|_| syllables[next(16)])
                .collect::<String>()
        };
        let (first, last) = (word(1), word(2));
        let _ = writeln!(
            text,
            r#"{{"id": "{number}", "name": "{first} {last}", "popularity": {}}}"#,
            100_000 - number
        );
    }
    let path = std::env::temp_dir().join("onrecord-bench-invented.jsonl");
    fs::write(&path, text).expect("there is room");
    path
}
