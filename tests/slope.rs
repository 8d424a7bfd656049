//! What is done must grow with the text as a straight line does: counted by what each operation asks of memory, which is
//! the same at every run, and not by a clock.

#[path = "../benches/support/draft.rs"]
mod draft;

use std::alloc::System;
use std::hint::black_box;
use std::time::Instant;

use onrecord::desk::edition::Edition;
use onrecord::desk::{Desk, Now, Settings};
use onrecord::draft::Draft;
use onrecord::features::{folding, hover, lens, symbols, tokens};
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Bytes of the smallest draft; the others have twice, four times and eight times as many.
const LEAST: usize = 16_000;

/// How much more than a straight line the greatest draft may take: a square would take eight times that.
const SLACK: f64 = 1.5;

/// What was asked of memory: how often, and how many bytes.
fn counted(work: impl FnOnce()) -> [f64; 2] {
    let region = Region::new(COUNTED);
    work();
    let change = region.change();
    [
        (change.allocations + change.reallocations) as f64,
        change.bytes_allocated as f64,
    ]
}

fn now() -> Now {
    Now {
        instant: Instant::now(),
        today: jiff::civil::date(2026, 8, 1),
    }
}

const URI: &str = "file:///news/story.lede";

/// A desk with a draft of about so many bytes, as a writer with all rules on has it.
fn opened(bytes: usize) -> Desk {
    let desk = Desk::new();
    let settings = Settings {
        holds: false,
        ..Settings::default()
    };
    desk.configure(settings, now());
    let all = "Checks: profile newsroom-strict\nDate: 2026-08-01\n\n";
    desk.open(URI, &format!("{all}{}", draft::long(bytes)), 1, now());
    desk
}

fn edition(desk: &Desk) -> std::sync::Arc<Edition> {
    desk.edition(URI).expect("it is open")
}

/// Types a letter in each eighth of the draft, where a paragraph begins.
fn type_letters(desk: &Desk) {
    for eighth in 1..8 {
        let before = edition(desk);
        let read: &Draft = before.draft().expect("it is read");
        let from = before.text.len() * eighth / 8;
        let mut blocks = read.tree.blocks.iter();
        let placed = blocks.find(|it| it.start >= from && it.block.content.len() > 80);
        let at = placed.expect("each eighth has a paragraph").start + 2;
        let step = |_: &Text| Edit::insert(at, "e");
        desk.change(URI, eighth as i32 + 1, now(), [step]);
        let edition = edition(desk);
        edition.checked().expect("it is checked");
        black_box(desk.shown(&edition, Instant::now()));
    }
}

/// Each operation with what it takes for a draft of so many bytes.
fn operations(bytes: usize) -> Vec<(&'static str, [f64; 2])> {
    let desk = opened(bytes);
    let mut taken = vec![
        (
            "reading",
            counted(|| {
                black_box(edition(&desk).draft());
            }),
        ),
        (
            "checking",
            counted(|| {
                black_box(edition(&desk).checked());
            }),
        ),
        ("a letter", counted(|| type_letters(&desk))),
    ];
    let edition = edition(&desk);
    let (draft, scene) = (edition.draft().expect("it is read"), edition.scene());
    let findings = &edition.checked().expect("it is checked").findings;
    let middle = draft.tree.blocks[draft.tree.blocks.len() / 2].start;
    taken.extend([
        ("symbols", counted(|| drop(symbols::symbols(draft, &scene)))),
        ("folds", counted(|| drop(folding::folds(draft, &scene)))),
        (
            "colours",
            counted(|| drop(tokens::tokens(draft, &scene, findings))),
        ),
        (
            "lenses",
            counted(|| drop(lens::lenses(draft, &scene, findings))),
        ),
        (
            "hovers",
            counted(|| {
                for at in (middle..middle + 200).step_by(10) {
                    black_box(hover::hover(draft, &scene, findings, at));
                }
            }),
        ),
    ]);
    taken
}

#[test]
fn no_operation_grows_faster_than_the_text() {
    // What is made once, at the first use, is no part of any of them.
    operations(LEAST);
    let sizes = [1, 2, 4, 8];
    let taken = sizes.map(|times| operations(LEAST * times));
    let mut steep = Vec::new();
    for (index, (name, _)) in taken[0].iter().enumerate() {
        for (kind, unit) in ["times", "bytes"].into_iter().enumerate() {
            let row = [0, 1, 2, 3].map(|size: usize| taken[size][index].1[kind]);
            println!("{name}: {row:?} {unit}");
            // The first size bears what does not grow at all; a line through the first two tells what the last may take.
            let line = row[0] + (row[1] - row[0]).max(row[0]) * 7.0;
            if row[3] > line * SLACK {
                steep.push(format!("{name}: {row:?} {unit}"));
            }
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}
