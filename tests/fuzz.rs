//! The bodies of the fuzz targets on random bytes, and on everything that was ever found.
//!
//! More on request: `PROPTEST_CASES=20000 cargo test --test fuzz`. With a nightly toolchain and `cargo install cargo-fuzz`,
//! `cargo +nightly fuzz run session` looks for new ones; what it finds goes, small, into `fuzz/corpus/`.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

#[path = "../fuzz/src/lib.rs"]
mod bodies;

/// How many texts are tried.
fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// Random bytes go through a body.
fn try_out(usual: u32, longest: usize, body: fn(&[u8])) {
    let config = ProptestConfig {
        cases: cases(usual),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let bytes = prop::collection::vec(any::<u8>(), 0..longest);
    let tried = proptest::test_runner::TestRunner::new(config).run(&bytes, |bytes| {
        body(&bytes);
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
}

#[test]
fn parse() {
    try_out(200, 200, bodies::parse::run);
}

#[test]
fn edit() {
    try_out(100, 200, bodies::edit::run);
}

#[test]
fn session() {
    try_out(60, 260, bodies::session::run);
}

#[test]
fn notes() {
    try_out(300, 120, bodies::notes::run);
}

#[test]
fn entities() {
    try_out(300, 120, bodies::entities::run);
}

#[test]
fn configuration() {
    try_out(300, 120, bodies::configuration::run);
}

#[test]
fn what_was_found_is_tried_again() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, body) in bodies::TARGETS {
        let folder = corpus.join(name);
        // A target for which nothing was found has no folder: git keeps no empty one.
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            println!("{}", path.display());
            body(&fs::read(&path).expect("a small file"));
        }
    }
}
