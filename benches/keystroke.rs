//! One typed letter, in stories of growing size: reading, checking, and what is shown.

use std::time::Instant;

use divan::{Bencher, black_box};
use onrecord::desk::{Desk, Now};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::reading::Reading;
use onrecord::syntax;
use onrecord::text::Text;
use onrecord::text::edit::Edit;

fn main() {
    divan::main();
}

/// Bytes of the drafts.
const SIZES: [usize; 5] = [3_400, 30_000, 100_000, 300_000, 1_000_000];

/// The sample stories one after another, as often as it takes.
fn story(bytes: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the sample stories are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lede"))
        .collect();
    paths.sort();
    let body = |path| {
        let text = std::fs::read_to_string(path).expect("a story");
        let copy = text.split("###").next().unwrap_or_default();
        let (_, body) = copy.split_once("\n\n").expect("a header and a body");
        body.to_owned()
    };
    let all: Vec<String> = paths.into_iter().map(body).collect();
    let all = all.join("\n\n");
    let mut text = String::with_capacity(bytes + all.len());
    while text.len() < bytes {
        text.push_str(&all);
        text.push_str("\n\n");
    }
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// A draft, and the same with one letter typed in its middle.
fn typed(bytes: usize) -> (Draft, Text) {
    let text = Text::new(&story(bytes));
    let before = Draft::read(text.clone(), &Reading::default(), &Base::default(), None);
    let middle = before.tree.blocks[before.tree.blocks.len() / 2].start;
    let mut after = text;
    after.apply(&Edit::insert(middle + 1, "x"));
    (before, after)
}

#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, bytes: usize) {
    let (before, after) = typed(bytes);
    bencher.bench(|| syntax::parse(black_box(&after), Some(&before.tree)));
}

#[divan::bench(args = SIZES)]
fn read(bencher: Bencher, bytes: usize) {
    let (before, after) = typed(bytes);
    let (reading, base) = (Reading::default(), Base::default());
    bencher.bench(|| Draft::read(black_box(after.clone()), &reading, &base, Some(&before)));
}

#[divan::bench(args = SIZES)]
fn read_afresh(bencher: Bencher, bytes: usize) {
    let (_, after) = typed(bytes);
    let (reading, base) = (Reading::default(), Base::default());
    bencher.bench(|| Draft::read(black_box(after.clone()), &reading, &base, None));
}

/// The whole line inside the server: the edit, the reading, the rules, what is shown.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher, bytes: usize) {
    let now = || Now {
        instant: Instant::now(),
        today: jiff::civil::date(2026, 8, 1),
    };
    let desk = Desk::new();
    let text = story(bytes);
    let ends = text.match_indices("\n\n").map(|(at, _)| at + 2);
    let middle = ends.take_while(|at| *at < text.len() / 2).last();
    let middle = middle.unwrap_or_default();
    let uri = "file:///news/story.lede";
    desk.open(uri, &text, 1, now());
    let mut version = 1;
    let mut type_a_letter = move || {
        version += 1;
        desk.change(
            uri,
            version,
            now(),
            [|_: &Text| Edit::insert(middle + 1, "x")],
        );
        let edition = desk.edition(uri).expect("it is open");
        desk.shown(&edition, Instant::now())
    };
    type_a_letter();
    bencher.bench_local(type_a_letter);
}
