//! A story read from nothing: the whole of the reading, beside a plain pass over its words in the same run.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::reading::Reading;
use onrecord::text::Text;

fn main() {
    divan::main();
}

/// Bytes of the story: a usual one, and a long one.
const SIZES: [usize; 2] = [3_400, 34_000];

/// The sample stories one after another without their headers and records, cut to size at a word.
fn story(bytes: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the sample stories are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lede"))
        .collect();
    paths.sort();
    let bodies = paths.iter().map(|path| {
        let text = std::fs::read_to_string(path).expect("a story");
        let copy = text.split("###").next().expect("there is a first part");
        let body = copy.split_once("\n\n").map_or(copy, |(_, body)| body);
        format!("{}\n\n", body.trim())
    });
    let all: String = bodies.collect();
    let text = all.repeat(bytes / all.len() + 1);
    let mut end = bytes;
    while !text.is_char_boundary(end) || !text[end..].starts_with([' ', '\n']) {
        end -= 1;
    }
    text[..end].to_owned()
}

#[divan::bench(args = SIZES)]
fn from_nothing(bencher: Bencher, bytes: usize) {
    let (text, reading, base) = (story(bytes), Reading::default(), Base::default());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Draft::read(Text::new(black_box(&text)), &reading, &base, None));
}

#[divan::bench(args = SIZES)]
fn a_pass_over_its_words(bencher: Bencher, bytes: usize) {
    let text = story(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        black_box(&text)
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .map(|word| word.to_lowercase().len())
            .sum::<usize>()
    });
}
