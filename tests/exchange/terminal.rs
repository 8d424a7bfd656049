//! `onrecord export` and `onrecord import` as somebody uses them who types them for the first time.

use std::process::{Command, Output};

use super::Folder;

fn run(folder: &Folder, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .current_dir(&folder.0)
        .output();
    output.expect("the binary starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const PIER: &str = "# Board closes the pier after a storm\n\nPORT HARLAN — The pier is shut, said Ann Lee.[^lee] [ED: why?]\n\n###\n\n[^lee]: interview, Ann Lee; on record\n";

#[test]
fn a_mistake_is_told_in_words_with_code_2_and_nothing_is_lost() {
    let folder = Folder::new("mistakes");
    folder.write("pier.lede", PIER);
    folder.write("open.lede", "The pier is shut. [LEGAL: why\n");
    folder.write("kept.html", "what was there before");
    folder.write("notes.xyz", "words");
    folder.write("broken.docx", "no zip");
    folder.write("broken.json", "{");
    let cases: &[(&[&str], &[&str])] = &[
        (
            &["export", "pier.lede", "--to", "markdwon"],
            &["markdwon", "markdown"],
        ),
        (&["export", "pier.lede"], &["--to"]),
        (
            &["export", "nowhere.lede", "--to", "html"],
            &["nowhere.lede"],
        ),
        (
            &[
                "export",
                "pier.lede",
                "--to",
                "html",
                "--out",
                "no/such/folder/a.html",
            ],
            &["no folder", "make it"],
        ),
        (
            &["export", "pier.lede", "--to", "html", "--out", "."],
            &["is a folder"],
        ),
        (
            &["export", "open.lede", "--to", "html", "--out", "kept.html"],
            &["open.lede:1", "[LEGAL:", "never closed"],
        ),
        (&["import", "notes.xyz"], &["--from markdown"]),
        (&["import", "nowhere.md"], &["nowhere.md"]),
        (&["import", "broken.docx"], &["no Word document"]),
        (&["import", "broken.json"], &["not JSON"]),
        (
            &[
                "import",
                "notes.xyz",
                "--from",
                "markdown",
                "--out",
                "kept.html",
            ],
            &["is there already", "--force"],
        ),
    ];
    for (arguments, words) in cases {
        let output = run(&folder, arguments);
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        for word in *words {
            assert!(
                told.contains(word),
                "{arguments:?}: {word} is not in: {told}"
            );
        }
    }
    let kept = std::fs::read_to_string(folder.0.join("kept.html")).expect("it is there");
    assert_eq!(kept, "what was there before");
    let names: Vec<String> = std::fs::read_dir(&folder.0)
        .expect("the folder is there")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(
        !names.iter().any(|name| name.contains(".part")),
        "{names:?}"
    );
}

#[test]
fn an_export_is_written_whole_and_says_what_it_leaves_out() {
    let folder = Folder::new("written");
    folder.write("pier.lede", PIER);
    folder.write("pier.html", "an older one");
    let output = run(
        &folder,
        &["export", "pier.lede", "--to", "HTML", "--out", "pier.html"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("written: pier.html"));
    assert!(
        told(&output).contains("1 record of a source, 1 note or check"),
        "{}",
        told(&output)
    );
    let page = std::fs::read_to_string(folder.0.join("pier.html")).expect("it is there");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Board closes the pier"));
    assert!(!page.contains("why?"));
    let output = run(
        &folder,
        &[
            "export",
            "pier.lede",
            "--to",
            "docx",
            "--level",
            "desk",
            "--out",
            "pier.docx",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    let output = run(&folder, &["import", "pier.docx", "--out", "again.lede"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let again = std::fs::read_to_string(folder.0.join("again.lede")).expect("it is there");
    assert!(
        again.contains("[ED: why?]") && again.contains("Headline: Board closes the pier"),
        "{again}"
    );
}

#[test]
fn a_foreign_text_becomes_a_draft() {
    let folder = Folder::new("foreign");
    folder.write(
        "notes.md",
        "---\ntitle: 'Board closes pier'\nauthor:\n- Ann Lee\n- Bo Roy\n---\n\nThe pier is shut [@ortiz2026, p. 3].[^1] {>>ask again<<}\n\n\
         1. one\n2. two\n\n> It leaks.\n>\n> — Dana Ortiz\n\n[^1]: See *Ortiz*, tape 2.\n",
    );
    let output = run(&folder, &["import", "notes.md"]);
    let draft = String::from_utf8(output.stdout.clone()).expect("it is text");
    expect_test::expect![[r#"
        Headline: Board closes pier
        By: Ann Lee, Bo Roy

        The pier is shut [^ortiz2026, p. 3].[^1] [ED: ask again]

        - 1. one
        - 2. two

        > It leaks.
        > — Dana Ortiz

        ###

        [^1]: See Ortiz, tape 2.
    "#]]
    .assert_eq(&draft);
}

#[test]
fn help_names_every_format_and_an_example() {
    let folder = Folder::new("help");
    let output = run(&folder, &["export", "--help"]);
    let help = String::from_utf8(output.stdout).expect("it is text");
    for format in onrecord::exchange::FORMATS {
        assert!(
            help.contains(format.name),
            "{} is not in {help}",
            format.name
        );
    }
    assert!(help.contains("onrecord export council.lede --to html") && help.contains("--level"));
}
