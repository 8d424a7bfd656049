//! How well Onrecord reads: the measures of `tests/accuracy/run.sh` that depend on no clock, held at their floors.

use std::path::Path;
use std::process::Command;

/// Annotated news lies beside the project, not in it: its licence is not stated.
#[test]
fn the_reading_is_no_worse_than_it_was() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = project.join("../shared/corpus/polnear_dev.jsonl");
    let has_python = Command::new("python3").arg("--version").output().is_ok();
    if !corpus.is_file() || !has_python {
        println!("accuracy: skipped, it needs python3 and annotated news in ../shared");
        return;
    }
    let output = Command::new("python3")
        .arg("-B")
        .arg(project.join("tests/accuracy/measure.py"))
        .args([env!("CARGO_BIN_EXE_onrecord"), "--without-speed"])
        .output()
        .expect("python3 starts");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    let broken = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{broken}");
}

/// The figures of the README are those of the page, both written by one run.
#[test]
fn the_readme_has_the_table_of_the_page() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name| std::fs::read_to_string(project.join(name)).expect("the page is there");
    let (page, readme) = (read("docs/accuracy.md"), read("README.md"));
    let rows: Vec<&str> = page
        .lines()
        .skip_while(|line| !line.starts_with("| "))
        .take_while(|line| line.starts_with("| "))
        .collect();
    assert!(rows.len() > 6, "the page has its table");
    assert!(
        readme.contains(&rows.join("\n")),
        "README.md and docs/accuracy.md differ: UPDATE=1 tests/accuracy/run.sh"
    );
}
