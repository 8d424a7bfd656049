//! `onrecord ledger`: rows and counts, for those who may see them, and nothing for those who may not.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use expect_test::expect;
use serde_json::{Value, json};

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-ledger-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    fn out(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("it is text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PIER: &str = "\
Slug: pier
Date: 2026-03-03

Board closes pier

“The wall leaks,” said Dana Ortiz, the board’s chair.[^ortiz, 04:12] [CQ AL 2026-03-03]

The storm took 20 planks of the pier that the town built in 1911.

The board will meet on Monday, Ortiz said.

“We knew it would fall,” said an official who asked not to be named.[^crane]

###

[^ortiz]: interview, Dana Ortiz; date: 2026-03-02; file: ortiz.txt; on record
[^crane]: interview, Milo Crane; date: 2026-03-02; file: crane.m4a; background; as: a harbor official; note: met Milo Crane at the gate
[^silent]: no-reply, Bo Roy; date: 2026-03-02
";

const SECOND: &str = "\
Slug: gate
Date: 2026-04-05

“The gate stays shut,” Dana Ortiz said. “It is old.”
";

#[test]
fn a_row_is_a_stretch_of_copy_and_what_it_rests_on() {
    let folder = Folder::new("rows");
    folder.write("pier.lede", PIER);
    folder.write("ortiz.txt", "Dana Ortiz: The wall leaks.\n");
    let table = folder.out(&["ledger", "pier.lede", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().expect("a head").clone();
    let wanted = [
        "para",
        "kind",
        "text",
        "speaker_name",
        "source_id",
        "source_title",
        "terms",
        "locator",
        "file_found",
        "checked_by",
    ];
    let mut rows = String::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |name: &str| {
            let at = names.iter().position(|one| one == name);
            row.get(at.expect("the column is there"))
                .unwrap_or_default()
        };
        rows.push_str(&wanted.map(cell).join(" | "));
        rows.push('\n');
    }
    expect![[r#"
        1 | quote | “The wall leaks,” | Dana Ortiz | ortiz | Dana Ortiz | on record | 04:12 | yes | AL
        2 | number | The storm took 20 planks of the pier that the town built in 1911. |  |  |  |  |  |  | 
        3 | paraphrase | The board will meet on Monday | Dana Ortiz | ortiz | Dana Ortiz | on record |  | yes | 
        4 | quote | “We knew it would fall,” | an official who asked not to be named | source-2 | a harbor official | background |  |  | 
    "#]].assert_eq(&rows);
}

#[test]
fn a_year_of_drafts_is_counted_by_voice() {
    let folder = Folder::new("tally");
    folder.write("pier.lede", PIER);
    folder.write("gate.lede", SECOND);
    expect![[r#"
        2 stories, 2 voices, 1 of them without a name (24 % of the words said)

        who                                  stories quotes paraphrases  words  terms and dates
        Dana Ortiz                                 2      3           1    76%  on record · 2026-03-03 to 2026-04-05
        (an official who asked not to be…          1      1           0    24%  background · 2026-03-03
        Bo Roy                                     0      0           0     0%  did not answer

        no quotation without a speaker, 1 figure without a source
    "#]].assert_eq(&folder.out(&["ledger", "."]));
}

#[test]
fn nobody_who_is_not_on_the_record_is_in_any_form_of_it() {
    let folder = Folder::new("secret");
    folder.write("pier.lede", PIER);
    for format in ["human", "csv", "json", "jsonl", "html"] {
        for level in ["public", "desk"] {
            let out = folder.out(&["ledger", "pier.lede", "--format", format, "--level", level]);
            for secret in ["Crane", "crane", "gate"] {
                assert!(
                    !out.contains(secret),
                    "{secret} in {format} at {level}:\n{out}"
                );
            }
            let is_open = level == "desk" && format != "human";
            assert_eq!(out.contains("04:12"), is_open, "{format} at {level}");
        }
        let full = folder.out(&["ledger", "pier.lede", "--format", format, "--level", "full"]);
        assert_eq!(full.contains("Milo Crane"), format != "human", "{format}");
    }
}

/// Somebody is named in the copy, denies it there, and is the unnamed source as well; another is known by a mark alone.
const BOTH: &str = "\
# Harbor official denies the planks are lost

Ana Roth, a harbor official, denied on Monday that the planks were lost.

“They are lost,” an official said.[^a1] “All of them.” [CQ AL 2026-03-03: Roth read this back]

“Nobody knows why it was said so late.”[^a1]

“She knows,” a second official said.[@milo]

###

[^a1]: interview, Ana Roth; by: @ana; date: 2026-03-02; background; as: an official; file: roth.txt; x-disclose: yes
[^plan]: document, plan of the pier; on record; note: Roth gave it to us; x-disclose: yes
[@ana]: person, Ana Roth
[@milo]: person, Milo Crane
";

#[test]
fn no_row_ties_an_unnamed_source_to_a_name_that_the_copy_has_elsewhere() {
    let folder = Folder::new("both");
    folder.write("both.lede", BOTH);
    for level in ["public", "desk"] {
        let out = folder.out(&["ledger", "both.lede", "--format", "json", "--level", level]);
        let all: Value = serde_json::from_str(&out).expect("it is JSON");
        let rows = all["stories"][0]["rows"].as_array().expect("rows");
        for row in rows {
            let names = row["speaker_name"] == "Ana Roth" || row["speaker_id"] == "ana";
            let denies = row["text"] == "that the planks were lost";
            assert!(!names || denies, "{level}: {row:#}");
            assert!(!denies || row.get("terms").is_none(), "{level}: {row:#}");
            assert!(row["speaker_name"] != "Milo Crane", "{level}: {row:#}");
            let note = row["check_note"].as_str().unwrap_or_default();
            assert!(!note.contains("Roth"), "{level}: {row:#}");
        }
        for voice in all["voices"].as_array().expect("voices") {
            assert!(voice["name"] != "Milo Crane");
            assert!(
                voice["name"] != "Ana Roth" || voice["terms"] == json!([]),
                "{voice}"
            );
        }
        let sources = all["stories"][0]["sources"].to_string();
        assert!(!sources.contains("Roth"), "{level}: {sources}");
        assert!(sources.contains("plan of the pier"), "{level}: {sources}");
    }
    let full = folder.out(&["ledger", "both.lede", "--format", "json", "--level", "full"]);
    assert!(full.contains("Milo Crane") && full.contains("Roth read this back"));
}

#[test]
fn whoever_is_named_stands_in_the_data_and_nobody_else() {
    let folder = Folder::new("entities");
    folder.write("both.lede", BOTH);
    folder.write("pier.lede", PIER);
    let entities = |file: &str, level: &str| {
        let out = folder.out(&["ledger", file, "--format", "jsonl", "--level", level]);
        let one: Value = serde_json::from_str(&out).expect("it is JSON");
        one["entities"].clone()
    };
    // She speaks in the copy; that a record is hers as well is no field of hers.
    let desk = entities("both.lede", "desk");
    assert_eq!(desk["ana"]["name"], "Ana Roth");
    let names = desk.as_object().expect("an object").values();
    let names: Vec<&Value> = names.map(|one| &one["name"]).collect();
    assert_eq!(names, ["Ana Roth", "an official"], "{desk:#}");
    let full = entities("both.lede", "full");
    assert_eq!(full["milo"]["name"], "Milo Crane");
    assert_eq!(full["milo"]["defined"], true);
    let ortiz = json!({"name": "Dana Ortiz", "kind": "person", "role": "the board’s chair", "defined": false, "fields": {}});
    assert_eq!(entities("pier.lede", "public")["dana-ortiz"], ortiz);

    folder.write(
        "barred.lede",
        "“It leaks,” said Dana Ortiz. “So it does,” said Bo Roy.\n\n[@dana-ortiz]: person, Dana Ortiz; role: chair; note: call at home\n[@bo-roy]: person, Bo Roy; do-not-name: court order\n",
    );
    let public = entities("barred.lede", "public");
    assert_eq!(public["dana-ortiz"]["fields"], json!({}), "{public:#}");
    assert_eq!(public["dana-ortiz"]["role"], Value::Null, "{public:#}");
    let desk = entities("barred.lede", "desk");
    assert_eq!(desk["dana-ortiz"]["fields"]["note"], "call at home");
    assert_eq!(desk.get("bo-roy"), None, "{desk:#}");
    assert!(entities("barred.lede", "full").get("bo-roy").is_some());
}

#[test]
fn a_place_is_told_in_bytes_and_in_utf_16() {
    let folder = Folder::new("places");
    let text = "The 🌉 café: “It leaks,” said Dana Ortiz.\n";
    folder.write("cafe.lede", text);
    let out = folder.out(&["ledger", "cafe.lede", "--format", "jsonl"]);
    let one: Value = serde_json::from_str(&out).expect("it is JSON");
    let row = &one["rows"][0];
    let ends = |key: &str| [0, 1].map(|at| row[key][at].as_u64().expect("a number") as usize);
    let [from, to] = ends("bytes");
    assert_eq!(&text[from..to], "“It leaks,”");
    let units: Vec<u16> = text.encode_utf16().collect();
    let [from, to] = ends("utf16");
    assert_eq!(String::from_utf16_lossy(&units[from..to]), "“It leaks,”");
}

#[test]
fn a_page_by_source_is_a_list_of_whom_to_call() {
    let folder = Folder::new("calls");
    let pier = PIER.replace("; background", "; background; contact: 555-0199");
    folder.write("pier.lede", &pier);
    let page = |level: &str| {
        folder.out(&[
            "ledger",
            "pier.lede",
            "--format",
            "html",
            "--order",
            "source",
            "--level",
            level,
        ])
    };
    let heads = |page: &str| {
        let heads = page.split("<h3>").skip(1);
        let heads = heads.map(|part| part.split("</h3>").next().unwrap_or_default().to_owned());
        heads.collect::<Vec<_>>().join(" | ")
    };
    let desk = page("desk");
    assert_eq!(
        heads(&desk),
        "Dana Ortiz | a harbor official | No source | Did not answer"
    );
    assert!(desk.contains("<p>Bo Roy</p>"), "{desk}");
    let ortiz = desk.split("<h3>").nth(1).expect("the first source");
    assert_eq!(ortiz.matches("<td class=\"box").count(), 2, "{ortiz}");
    assert!(!desk.contains("555-0199") && !desk.contains("Crane"));
    let full = page("full");
    assert!(full.contains("555-0199") && full.contains("<h3>Milo Crane</h3>"));
    let public = page("public");
    assert_eq!(
        heads(&public),
        "Dana Ortiz | an official who asked not to be named | No source"
    );
    // Who said one thing surely and another probably is called once.
    folder.write("council.lede", include_str!("stories/council.lede"));
    let council = folder.out(&[
        "ledger",
        "council.lede",
        "--format",
        "html",
        "--order",
        "source",
    ]);
    assert!(council.contains("<td>probably Rory Kemp</td>"), "{council}");
    let heads = heads(&council);
    assert_eq!(heads.matches("Rory Kemp").count(), 1, "{heads}");
    let output = folder.run(&["ledger", "pier.lede", "--order", "source"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--format html"));
}

#[test]
fn no_cell_is_a_formula_and_no_word_is_markup() {
    let folder = Folder::new("cells");
    folder.write(
        "a.lede",
        "“=SUM(A1) <b>is</b> what I typed & saved into the sheet, all of it,” said Dana Ortiz.[^a]\n\n[^a]: document, =HYPERLINK(1); on record\n",
    );
    let table = folder.out(&["ledger", "a.lede", "--format", "csv"]);
    assert!(table.starts_with("\u{feff}row,story,"));
    assert!(table.contains("'=HYPERLINK(1)"), "{table}");
    let page = folder.out(&["ledger", "a.lede", "--format", "html"]);
    assert!(
        page.contains("&lt;b&gt;is&lt;/b&gt; what I typed &amp; saved"),
        "{page}"
    );
    assert!(!page.contains("<b>"));
}

#[test]
fn a_line_in_is_a_line_out_and_a_bad_one_is_told() {
    let folder = Folder::new("lines");
    let good = json!({"id": "1", "text": "“It leaks,” said Dana Ortiz.\n"});
    let input = format!("{good}\nno json\n{good}\n");
    let output = folder.run(&["ledger", "--input", "jsonl", "-"], &input);
    assert_eq!(output.status.code(), Some(2));
    let out = String::from_utf8(output.stdout).expect("it is text");
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["rows"][0]["speaker_name"], "Dana Ortiz");
    assert!(lines[1]["error"].is_string(), "{}", lines[1]);
    assert_eq!(lines[2]["rows"], lines[0]["rows"]);
}

#[test]
fn a_draft_that_is_not_there_is_told_and_the_others_are_shown() {
    let folder = Folder::new("missing");
    folder.write("gate.lede", SECOND);
    let output = folder.run(&["ledger", "gate.lede", "nowhere.lede"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere.lede"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("Dana Ortiz"));
}
