//! Texts that nobody writes and somebody pastes: they are read to the end, in time that grows with their length alone.

use std::time::{Duration, Instant};

use onrecord::desk::{Desk, Now};
use onrecord::syntax;
use onrecord::text::Text;

/// A text of many pieces: what it is made of, and how.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("marks in a paragraph", |n| {
        "The pier is shut.[^a] ".repeat(n)
    }),
    ("marks side by side", |n| {
        format!("The pier is shut.{}", "[^a]".repeat(n))
    }),
    ("open brackets", |n| "[".repeat(n)),
    ("notes that never close", |n| "[ED: ".repeat(n)),
    ("unknown notes", |n| "[FOO: a] ".repeat(n)),
    ("stars", |n| "*a ".repeat(n)),
    ("double stars", |n| "**a ".repeat(n)),
    ("low lines", |n| " _a".repeat(n)),
    ("quotations in quotations", |n| {
        format!("{}x{}", "“".repeat(n), "”".repeat(n))
    }),
    ("both kinds, nested", |n| {
        format!("{}x{}", "“‘".repeat(n), "’”".repeat(n))
    }),
    ("straight marks", |n| "\" ".repeat(n)),
    ("apostrophes", |n| "' ".repeat(n)),
    ("comments", |n| "<!-- a --> b ".repeat(n)),
    ("comments that never close", |n| "<!-- ".repeat(n)),
    ("a block quote of many lines", |n| "> a\n".repeat(n)),
    ("a table of many rows", |n| "| a | b |\n".repeat(n)),
    ("a list of many items", |n| "- a\n".repeat(n)),
    ("one long line", |n| {
        "The mayor said the pier was shut. ".repeat(n)
    }),
    ("one long word", |n| "a".repeat(20 * n)),
    ("names", |n| "Ann Lee ".repeat(n)),
    ("blank lines", |n| "\n".repeat(n)),
    ("sources", |n| {
        (0..n)
            .map(|i| format!("[^a{i}]: document, x{i}\n"))
            .collect()
    }),
    ("sources that nobody declared", |n| {
        (0..n).map(|i| format!("A.[^a{i}] ")).collect()
    }),
    ("speakers", |n| {
        (0..n)
            .map(|i| format!("“It fell,” said Ann Lee{i}.\n\n"))
            .collect()
    }),
    ("STET after STET", |n| {
        "Crime fell 15% last year. [STET claim: x] ".repeat(n)
    }),
    ("keys of a header", |n| {
        format!("Slug: a\n{}", "Key: b\n".repeat(n))
    }),
    ("to come", |n| "TK ".repeat(n)),
    ("at signs", |n| "a@".repeat(n)),
    ("NUL", |n| "\0".repeat(n)),
    ("accents on one letter", |n| {
        format!("e{}", "\u{301}".repeat(n))
    }),
    ("records that cite each other", |n| {
        (0..n)
            .map(|i| format!("[^a{i}]: document, x; with: ^a{}\n", (i + 1) % n))
            .collect()
    }),
];

#[test]
fn every_shape_is_read_and_checked_to_the_end() {
    let desk = Desk::new();
    for (name, shape) in SHAPES {
        let now = Now {
            instant: Instant::now(),
            today: jiff::civil::date(2026, 8, 1),
        };
        desk.open("untitled:1", &shape(700), 1, now);
        let edition = desk.edition("untitled:1").expect("it is open");
        assert!(edition.draft().is_some(), "{name} could not be read");
        assert!(edition.checked().is_some(), "{name} could not be checked");
    }
}

#[test]
fn a_hundred_thousand_pieces_are_parsed() {
    for (_, shape) in SHAPES {
        syntax::parse(&Text::new(&shape(100_000)), None);
    }
}

/// What this thread has had of the processor: the same on a busy machine. None where the system does not say.
fn worked() -> Option<Duration> {
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = counts.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// What one parse of a text takes of the processor, over so many parses that the clock's steps do not matter.
fn work(text: &Text) -> Option<Duration> {
    let begun = worked()?;
    for parses in 1.. {
        syntax::parse(text, None);
        let so_far = worked()? - begun;
        if so_far > Duration::from_millis(30) {
            return Some(so_far / parses);
        }
    }
    None
}

#[test]
fn sixteen_times_the_text_is_about_sixteen_times_the_work() {
    if work(&Text::new("A.")).is_none() {
        println!("skipped: this system does not say how long a thread has worked");
        return;
    }
    let growth = |shape: &Shape| {
        let work = |pieces| work(&Text::new(&(shape.1)(pieces))).expect("it was said above");
        work(4_800).as_secs_f64() / work(300).as_secs_f64()
    };
    // Sixteen on a straight line, 256 on a square.
    let is_steep = |shape: &&Shape| (0..3).all(|_| growth(shape) > 90.0);
    let steep: Vec<&str> = SHAPES
        .iter()
        .filter(is_steep)
        .map(|shape| shape.0)
        .collect();
    assert!(steep.is_empty(), "{steep:?}");
}
