//! Quotations against the record: a transcript of 30,000 words and 60 quotations, from nothing and for one that was
//! edited; a folder of 200 files and 20 MB, read once and not again. Milliseconds, beside a plain pass over the words.

use std::fs;
use std::time::{Duration, Instant};

use onrecord::config::Config;
use onrecord::desk::shelf::{Shelf, Wanted};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::notes::{Records, format};
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::text::Text;

#[path = "../tests/notes/speech.rs"]
#[allow(dead_code)]
mod speech;

use speech::{Lot, Way, quote, written};

fn main() {
    let mut lot = Lot::new(5);
    let said = speech::speech(&mut lot, 30_000);
    let words: Vec<String> = said.concat();
    let tape = written(&said);
    let mut story = String::new();
    let mut count = 0;
    while count < 60 {
        // Two in three as they were said, the others altered.
        let way = [
            Way::Exact,
            Way::Typed,
            Way::Drop,
            Way::Exact,
            Way::Swap,
            Way::Exact,
        ][count % 6];
        if let Some(made) = quote(&mut lot, &words, way) {
            story.push_str(&format!("“{},” Dana Ortiz said.\n\n", made.words));
            count += 1;
        }
    }
    let base = Base::default();
    let draft = Draft::read(Text::new(&story), &Reading::default(), &base, None);
    println!(
        "transcript: {} words, {} quotations",
        words.len(),
        draft.story.quotes.len()
    );
    let plain = best(|| {
        assert!(
            tape.split_whitespace()
                .filter(|word| word.len() > 3)
                .count()
                > 0
        );
    });
    let record = || format::read("notes/ortiz transcript.txt", tape.as_bytes()).expect("a record");
    let reading = best(|| drop(record()));
    let records = Records {
        files: vec![record().into()],
        ..Records::default()
    };
    let judge = |draft: &Draft, records: &Records, quotes: usize| {
        let config = Config::default();
        let scene = Scene {
            config: &config,
            base: &base,
            records,
            today: jiff::civil::date(2026, 8, 1),
            stamp: 0,
        };
        let options = scene.comparison();
        for quote in draft.story.quotes.iter().take(quotes) {
            let _ = std::hint::black_box(onrecord::notes::verdict::verdict(
                rules::quoted(draft, quote),
                rules::on_file(draft, &scene),
                &options,
            ));
        }
    };
    let all = best(|| judge(&draft, &records, 60));
    let altered = best(|| judge(&draft, &records, 3));
    println!("a plain pass over the words: {plain:.2?}");
    println!("reading and indexing the transcript: {reading:.2?}");
    println!(
        "60 quotations: {all:.2?}; from nothing, both: {:.2?} (bar 10 ms)",
        reading + all
    );
    println!(
        "one quotation: {:.3?} (mean of 60), {:.3?} (mean of the first three) (bar 0.3 ms)",
        all / 60,
        altered / 3
    );
    folder(&mut lot);
}

fn folder(lot: &mut Lot) {
    let folder = std::env::temp_dir().join(format!("onrecord-record-{}", std::process::id()));
    let notes = folder.join("notes");
    fs::create_dir_all(&notes).expect("a folder");
    let mut bytes = 0;
    for number in 0..200 {
        let mut text = written(&speech::speech(lot, 16_500));
        text.truncate(text.len().min(104_858));
        bytes += text.len();
        fs::write(notes.join(format!("note-{number}.txt")), text).expect("a file");
    }
    let draft = folder.join("pier.lede");
    let shelf = Shelf::default();
    let start = Instant::now();
    let records = shelf.records(&draft, &Wanted::default(), start);
    let first = start.elapsed();
    let again = Instant::now();
    let same = shelf.records(&draft, &Wanted::default(), start + Duration::from_secs(2));
    let second = again.elapsed();
    assert!(std::sync::Arc::ptr_eq(&records, &same), "nothing changed");
    println!(
        "folder: {} files, {:.1} MB: {first:.2?} (bar 1 s); again: {second:.2?}",
        records.files.len(),
        bytes as f64 / 1e6
    );
    let _ = fs::remove_dir_all(folder);
}

/// The best of some runs.
fn best(mut run: impl FnMut()) -> Duration {
    let times = (0..20).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
