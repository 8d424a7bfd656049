//! The examples of docs/archives.md give what the program gives alone.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A folder with an archive of 300 articles, one line of it broken.
fn archive(name: &str) -> Folder {
    let path =
        std::env::temp_dir().join(format!("onrecord-archives-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a folder can be made");
    let mut file = std::fs::File::create(path.join("articles.jsonl")).expect("a file can be made");
    for number in 0..300 {
        let text = format!(
            "“Night {number} was cold,” said Ann Lee. The board, Bo Roy said, will meet again.\n"
        );
        let line = match number {
            150 => json!({"id": "broken"}),
            _ => json!({"id": format!("a{number}"), "text": text}),
        };
        writeln!(file, "{line}").expect("it can be written");
    }
    Folder(path)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program answers alone, by id.
fn alone(folder: &Folder) -> Vec<Value> {
    let articles = std::fs::File::open(folder.0.join("articles.jsonl")).expect("it is there");
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["quotes", "--input", "jsonl", "-"])
        .stdin(Stdio::from(articles))
        .output()
        .expect("the binary starts");
    assert_eq!(output.status.code(), Some(2), "one line is no article");
    let lines = answers(&output.stdout);
    assert_eq!(lines.len(), 300);
    lines
}

/// Answers without the number of the line, which is that of the piece where the archive was cut.
fn answers(out: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(out).expect("it is text");
    let lines = text.lines().map(|line| {
        let mut answer: Value = serde_json::from_str(line).expect("each line is JSON");
        answer.as_object_mut().expect("an object").remove("line");
        answer
    });
    lines.collect()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn parallel_gives_the_same_in_the_same_order() {
    let is_there = Command::new("parallel").arg("--version").output();
    if !is_there
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("GNU parallel"))
    {
        println!("skipped: no GNU parallel on this machine");
        return;
    }
    let folder = archive("parallel");
    let output = Command::new("bash")
        .arg(root().join("examples/archives/parallel.sh"))
        .arg("articles.jsonl")
        .current_dir(&folder.0)
        .env("ONRECORD", env!("CARGO_BIN_EXE_onrecord"))
        .env("BLOCK", "8k")
        .env("JOBS", "2")
        .output()
        .expect("bash starts");
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(answers(&output.stdout), alone(&folder));
}

/// Spark is large: the test wants a Python that has it, named by ONRECORD_SPARK_PYTHON.
#[test]
fn spark_gives_the_same() {
    let Some(python) = std::env::var_os("ONRECORD_SPARK_PYTHON") else {
        println!("skipped: ONRECORD_SPARK_PYTHON names no Python with pyspark, pandas and pyarrow");
        return;
    };
    let folder = archive("spark");
    let mut expected = alone(&folder);
    expected.sort_by_key(Value::to_string);
    for format in ["json", "pipe"] {
        let output = Command::new(&python)
            .arg(root().join("examples/archives/pyspark_map.py"))
            .args(["articles.jsonl", format, "--format", format, "--cores", "2"])
            .current_dir(&folder.0)
            .env("ONRECORD", env!("CARGO_BIN_EXE_onrecord"))
            .output()
            .expect("Python starts");
        assert!(output.status.success(), "{}", told(&output));
        let mut lines = Vec::new();
        for entry in std::fs::read_dir(folder.0.join(format)).expect("Spark made it") {
            let path = entry.expect("an entry").path();
            let is_part = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("part-"));
            if is_part {
                lines.extend(answers(&std::fs::read(path).expect("it can be read")));
            }
        }
        if format == "json" {
            // A row of a table: the answer is in a column of its own.
            let row = |row: Value| match row["answer"].as_str() {
                Some(answer) => serde_json::from_str(answer).expect("an answer is JSON"),
                None => json!({"id": row["id"], "error": row["error"]}),
            };
            lines = lines.into_iter().map(row).collect();
            // A line without a text is a row without one, and that is an empty text.
            let is_whole = |one: &Value| one["id"] != "broken";
            lines.retain(is_whole);
            expected.retain(is_whole);
            lines.sort_by_key(Value::to_string);
            assert_eq!(lines, expected, "{format}");
            expected = alone(&folder);
            expected.sort_by_key(Value::to_string);
            continue;
        }
        lines.sort_by_key(Value::to_string);
        assert_eq!(lines, expected, "{format}");
    }
}
