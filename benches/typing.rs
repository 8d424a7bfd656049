//! One typed letter over the size of the draft: what each stage takes, and what the whole takes inside the server.
//!
//! `cargo bench --bench typing` prints the curve; `BYTES` asks for one size, `DRAFT` for a draft of your own, `LETTERS` for more letters, `STAGES` for what each part
//! takes, `WORST` for the slowest letters. Letters are typed near the start of a paragraph drawn by lot, where
//! names and cues stand.

#[path = "support/draft.rs"]
mod draft;

use std::hint::black_box;
use std::time::{Duration, Instant};

use draft::Dice;
use onrecord::desk::edition::Edition;
use onrecord::desk::{Desk, Now, Settings};
use onrecord::draft::Draft;
use onrecord::reading::Purpose;
use onrecord::rule::Check;
use onrecord::rules::{self, RULES};
use onrecord::story::cast::Casts;
use onrecord::story::group::groups;
use onrecord::story::summary::Summary;
use onrecord::story::{Story, coverage, mark, outline, source, speaker};
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::pages::Shared;

const SIZES: [usize; 7] = [
    3_400, 75_000, 150_000, 300_000, 600_000, 1_000_000, 5_000_000,
];

/// Letters typed at each size.
const LETTERS: usize = 200;

fn main() {
    let only: Option<usize> = std::env::var("BYTES")
        .ok()
        .and_then(|bytes| bytes.parse().ok());
    let letters = std::env::var("LETTERS")
        .ok()
        .and_then(|count| count.parse().ok());
    let letters = letters.unwrap_or(LETTERS);
    println!(
        "| draft | blocks | findings | parse | read | check | shown | letter p50 | letter p99 |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    if let Some(path) = std::env::var_os("DRAFT") {
        let draft = std::fs::read_to_string(path).expect("DRAFT names a draft");
        return measure(&draft, letters);
    }
    for bytes in SIZES
        .into_iter()
        .filter(|size| only.is_none_or(|only| only == *size))
    {
        measure(&draft::long(bytes), letters);
    }
}

fn now() -> Now {
    Now {
        instant: Instant::now(),
        today: jiff::civil::date(2026, 8, 1),
    }
}

fn measure(text: &str, letters: usize) {
    let bytes = text.len();
    let desk = Desk::new();
    desk.configure(
        Settings {
            holds: false,
            ..Settings::default()
        },
        now(),
    );
    let uri = "file:///news/story.lede";
    desk.open(uri, text, 1, now());
    let first = desk.edition(uri).expect("it is open");
    let blocks = first.draft().expect("it is read").tree.blocks.len();
    first.checked().expect("it is checked");
    let mut dice = Dice(11);
    let mut times: [Vec<Duration>; 5] = Default::default();
    let mut findings = 0;
    let mut places = Vec::new();
    for version in 2..letters as i32 + 2 {
        let before = desk.edition(uri).expect("it is open");
        let before: &Draft = before.draft().expect("it is read");
        let at = place(before, &mut dice);
        let letter = ["a", "e", "i", "o", "u", " "][dice.below(6)];
        let (block, offset) = before.block_at(at).expect("it is in the draft");
        let text: &str = &before.tree.blocks[block].block.text;
        let (head, tail) = text.split_at(offset);
        let tail: String = tail.chars().take(50).collect();
        places.push(format!("{head}[{letter}]{}", tail.replace('\n', " ")));
        let start = Instant::now();
        desk.change(uri, version, now(), [|_: &Text| Edit::insert(at, letter)]);
        let edition = desk.edition(uri).expect("it is open");
        let changed = Instant::now();
        edition.draft().expect("it is read");
        let read = Instant::now();
        edition.checked().expect("it is checked");
        let checked = Instant::now();
        let shown = desk.shown(&edition, Instant::now()).expect("the newest");
        let end = Instant::now();
        findings = shown.findings.found().len();
        let parsing = Instant::now();
        black_box(onrecord::syntax::parse(&edition.text, Some(&before.tree)));
        times[0].push(parsing.elapsed());
        times[1].push(read - changed);
        times[2].push(checked - read);
        times[3].push(end - checked);
        times[4].push(end - start);
    }
    if std::env::var_os("STAGES").is_some() {
        stages(&desk.edition(uri).expect("it is open"));
    }
    if std::env::var_os("WORST").is_some() {
        worst(&times, &places);
    }
    times.iter_mut().for_each(|those| those.sort_unstable());
    let at = |times: &[Duration], share: usize| {
        let index = (times.len() * share / 100).min(times.len() - 1);
        times[index].as_secs_f64() * 1000.0
    };
    let half = |index: usize| at(&times[index], 50);
    println!(
        "| {} KB | {blocks} | {findings} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} ms | {:.2} ms |",
        bytes / 1000,
        half(0),
        half(1),
        half(2),
        half(3),
        half(4),
        at(&times[4], 99)
    );
}

/// What the slowest letters took, stage by stage.
fn worst(times: &[Vec<Duration>; 5], places: &[String]) {
    let mut letters: Vec<usize> = (0..times[0].len()).collect();
    letters.sort_by_key(|&letter| std::cmp::Reverse(times[4][letter]));
    for letter in letters.into_iter().take(12) {
        let [parse, read, check, _, all] =
            [0, 1, 2, 3, 4].map(|stage| times[stage][letter].as_secs_f64() * 1000.0);
        println!(
            "letter {letter}: parse {parse:.2}, read {read:.2}, check {check:.2}, all {all:.2} ms: {}",
            places[letter]
        );
    }
}

/// What each part of the story and each rule that looks at the whole of it takes.
fn stages(edition: &Edition) {
    let draft: &Draft = edition.draft().expect("it is read");
    let (tree, prose) = (&draft.tree, &draft.prose);
    let mut all: Vec<(f64, String)> = Vec::new();
    let mut time = |name: &str, run: &mut dyn FnMut()| {
        run();
        let start = Instant::now();
        (0..3).for_each(|_| run());
        all.push((
            start.elapsed().as_secs_f64() * 1000.0 / 3.0,
            name.to_owned(),
        ));
    };
    let summaries = Summary::all(tree);
    let mut made = Story::default();
    time("story: outline", &mut || {
        (made.labels, made.facts) = outline::outline(tree, &summaries);
    });
    time("story: sources", &mut || {
        (made.sources, made.entities) = source::sources(tree, &summaries);
    });
    time("story: marks", &mut || {
        (made.citations, made.marks) = mark::marks(tree, prose, &summaries, &[], None);
    });
    let shared = Shared {
        now: tree.blocks.len(),
        ..Shared::default()
    };
    let casts = Casts::read(shared, None, Purpose::All, |index| {
        (&*tree.blocks[index].block.text, &*prose[index])
    });
    time("story: speakers", &mut || {
        made.statements.clear();
        speaker::speakers(&mut made, tree, prose, &casts, None);
    });
    time("story: coverage", &mut || {
        made.coverage = coverage::coverage(&made, tree, prose, &casts, None);
    });
    let scene = edition.scene();
    let of_groups = || groups(&draft.story, &draft.tree, &draft.prose);
    time("people without a name", &mut || {
        black_box(of_groups());
    });
    let groups = of_groups();
    for rule in RULES {
        match rule.check {
            Check::Story(check) | Check::Steady(check, _) | Check::Both(_, check, _) => {
                time(rule.name, &mut || check(draft, &scene, &mut Vec::new()));
            }
            Check::Groups(check) => {
                time(rule.name, &mut || {
                    check(draft, &groups, &scene, &mut Vec::new())
                });
            }
            Check::Block(_) | Check::Near(_) | Check::Last(_) => {}
        }
    }
    let checked = rules::check(draft, &scene, None);
    time("rules: all", &mut || {
        black_box(rules::check(draft, &scene, Some(&checked)));
    });
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (milliseconds, name) in all.iter().filter(|one| one.0 > 0.02) {
        println!("{milliseconds:8.2} ms  {name}");
    }
}

/// A byte near the start of a paragraph drawn by lot.
fn place(draft: &Draft, dice: &mut Dice) -> usize {
    loop {
        let placed = &draft.tree.blocks[dice.below(draft.tree.blocks.len())];
        let content = placed.block.content;
        if content.len() < 40 {
            continue;
        }
        let mut at = content.start() + 1 + dice.below(29);
        while !placed.block.text.is_char_boundary(at) {
            at += 1;
        }
        return placed.start + at;
    }
}
