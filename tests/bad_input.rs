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

/// The least of many short times: what else the machine does only adds.
fn least(text: &Text) -> Duration {
    let once = |_| {
        let start = Instant::now();
        syntax::parse(text, None);
        start.elapsed()
    };
    (0..40).map(once).min().expect("forty times")
}

/// How many times longer the parse of eight times the text takes: eight on a straight line, sixty-four on a square.
fn slope(shape: fn(usize) -> String) -> f64 {
    let (small, great) = (Text::new(&shape(500)), Text::new(&shape(4_000)));
    least(&great).as_secs_f64() / least(&small).as_secs_f64().max(2e-5)
}

#[test]
fn eight_times_the_text_takes_no_more_than_a_line_would_say() {
    // A busy machine makes one measurement bad, not all of them.
    let is_steep = |shape: &&Shape| (0..3).all(|_| slope(shape.1) > 28.0);
    let steep: Vec<&str> = SHAPES
        .iter()
        .filter(is_steep)
        .map(|shape| shape.0)
        .collect();
    assert!(steep.is_empty(), "{steep:?}");
}
