//! Every export of every sample draft, before readers that are not ours.

use std::path::PathBuf;
use std::process::Command;

use onrecord::exchange::FORMATS;

use super::{Folder, LEVELS, article, now, root, samples};

/// Writes every export of every sample.
fn exports(folder: &Folder) -> usize {
    let mut count = 0;
    std::fs::create_dir(folder.0.join("said")).expect("a folder can be made");
    for (name, text) in samples() {
        for (level_name, level) in LEVELS {
            let article = article(&text, level);
            for format in FORMATS {
                let file = format!("{name}.{}.{level_name}.{}", format.name, format.extension);
                folder.write(&file, (format.write)(&article, now()));
                folder.write(&format!("said/{file}"), article.left_out.join("\n"));
                count += 1;
            }
        }
    }
    count
}

/// Where tests/exchange/install.sh puts the readers.
fn cache() -> Option<PathBuf> {
    let named = std::env::var_os("ONRECORD_READERS_CACHE").map(PathBuf::from);
    let home =
        std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/onrecord-readers"));
    named.or(home)
}

#[test]
fn every_export_of_every_sample_draft_is_read_by_others() {
    let python = cache().map(|cache| cache.join("venv/bin/python"));
    let Some(python) = python.filter(|python| python.exists()) else {
        let is_required = std::env::var_os("ONRECORD_REQUIRE_READERS").is_some();
        assert!(
            !is_required,
            "the readers are not installed: tests/exchange/install.sh"
        );
        println!(
            "skipped: no readers of other formats on this machine; tests/exchange/install.sh puts them there"
        );
        return;
    };
    let folder = Folder::new("readers");
    let count = exports(&folder);
    let schemas = root().join("../shared/schemas");
    let mut command = Command::new(python);
    command
        .arg(root().join("tests/exchange/validate.py"))
        .arg(&folder.0);
    match schemas.is_dir() {
        true => command.arg(schemas),
        false => {
            println!(
                "skipped: the official schemas are not beside the project; the other readers look all the same"
            );
            command.arg("-")
        }
    };
    let checker = cache().map(|cache| cache.join("node_modules/vnu-jar/build/dist/vnu.jar"));
    let has_java = Command::new("java")
        .arg("-version")
        .output()
        .is_ok_and(|java| java.status.success());
    match checker.filter(|checker| checker.exists() && has_java) {
        Some(checker) => drop(command.arg(checker)),
        None => println!("skipped: no HTML checker on this machine (it wants Java)"),
    }
    let output = command.output().expect("the readers start");
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{count} exports: {told}");
    assert!(
        output.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_export_is_whole_in_its_own_form() {
    for (name, text) in samples() {
        for (_, level) in LEVELS {
            let article = article(&text, level);
            for format in FORMATS {
                let bytes = (format.write)(&article, now());
                match format.extension {
                    "json" => {
                        let read: Result<serde_json::Value, _> = serde_json::from_slice(&bytes);
                        assert!(read.is_ok(), "{name} as {}", format.name);
                    }
                    "xml" => {
                        let text = String::from_utf8(bytes).expect("it is text");
                        let mut reader = quick_xml::Reader::from_str(&text);
                        loop {
                            match reader.read_event() {
                                Ok(quick_xml::events::Event::Eof) => break,
                                Ok(_) => {}
                                Err(error) => panic!("{name} as {}: {error}", format.name),
                            }
                        }
                    }
                    "docx" => {
                        let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes));
                        assert!(archive.is_ok_and(|archive| archive.len() >= 7), "{name}");
                    }
                    _ => assert!(
                        std::str::from_utf8(&bytes).is_ok(),
                        "{name} as {}",
                        format.name
                    ),
                }
            }
        }
    }
}
