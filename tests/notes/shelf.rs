//! What lies beside a draft is found, read once, and read again when it changed.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use onrecord::desk::shelf::{Shelf, Wanted};
use onrecord::notes::Named;

/// A new folder with `notes/old` in it.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("onrecord-shelf-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("notes/old")).expect("a new folder");
    folder
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let folder = folder("again");
    let draft = folder.join("pier.lede");
    fs::write(folder.join("notes/ortiz.txt"), "We had no warning.").expect("a file");
    fs::write(folder.join("notes/old/venn.txt"), "Nothing.").expect("a file");
    fs::write(folder.join("notes/roth.private.txt"), "Never.").expect("a file");
    fs::write(folder.join("notes/pier.jpg"), "no words").expect("a file");
    let shelf = Shelf::default();
    let now = Instant::now();
    let first = shelf.records(&draft, &Wanted::default(), now);
    let names: Vec<&str> = first.files.iter().map(|record| &*record.name).collect();
    assert_eq!(names, ["venn.txt", "ortiz.txt"]);
    let later = now + Duration::from_secs(2);
    assert!(Arc::ptr_eq(
        &first,
        &shelf.records(&draft, &Wanted::default(), later)
    ));
    fs::write(folder.join("notes/ortiz.txt"), "We had a warning, twice.").expect("a file");
    assert!(
        Arc::ptr_eq(&first, &shelf.records(&draft, &Wanted::default(), later)),
        "a second has not passed"
    );
    shelf.doubt();
    let second = shelf.records(&draft, &Wanted::default(), later);
    assert!(!Arc::ptr_eq(&first, &second));
    assert!(
        Arc::ptr_eq(&first.files[0], &second.files[0]),
        "venn did not change"
    );
    assert_eq!(second.files[1].words.len(), 5);
    fs::remove_dir_all(folder).expect("it goes");
}

#[test]
fn a_recording_leads_to_its_transcript() {
    let folder = folder("media");
    let draft = folder.join("pier.lede");
    fs::create_dir_all(folder.join("tapes")).expect("a folder");
    fs::write(
        folder.join("tapes/o.vtt"),
        "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n",
    )
    .expect("a file");
    fs::write(folder.join("tapes/v.m4a"), "sound").expect("a file");
    let named = ["tapes/o.m4a", "tapes/v.m4a", "tapes/x.vtt"].map(str::to_owned);
    let wanted = Wanted {
        named: named.to_vec(),
        ..Wanted::default()
    };
    let records = Shelf::default().records(&draft, &wanted, Instant::now());
    let kinds: Vec<Named> = records.named.iter().map(|(_, named)| *named).collect();
    assert_eq!(kinds, [Named::Record(0), Named::Unread, Named::Missing]);
    fs::remove_dir_all(folder).expect("it goes");
}
