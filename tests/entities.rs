//! `onrecord entities` in a terminal's place: import, find, show, who, check, add.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use onrecord::entities::folder::{self, Places};

/// A folder of its own for a test, gone with it; also the home of whoever runs the command.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-known-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("entities")).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("entities")
            .args(arguments)
            .current_dir(&self.0)
            .env("XDG_CONFIG_HOME", self.0.join("home"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .output()
            .expect("the binary starts")
    }

    /// What a command prints, after it ended well.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{arguments:?}: {}",
            told(&output)
        );
        out(&output)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const OFFICE: &str = "[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\nholders = \"one\"\n\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\noffice = \"harbor\"\nfrom = 2020-01-01\nto = 2024-07-05\n";

#[test]
fn who_held_an_office_on_a_day_and_what_is_known_of_them() {
    let folder = Folder::new("who");
    folder.write("entities/people.toml", OFFICE);
    let who = folder.says(&["who", "harbor", "commissioner", "--on", "2024-07-04"]);
    assert!(
        who.starts_with("Dana Ortiz — harbor commissioner, from 2020-01-01, to 2024-07-05"),
        "{who}"
    );
    let nobody = folder.run(&["who", "harbor", "commissioner", "--on", "2024-07-05"]);
    assert_eq!(nobody.status.code(), Some(1));
    let find = folder.says(&["find", "ortz", "--on", "2024-07-10"]);
    assert_eq!(
        find,
        "Dana Ortiz — harbor commissioner until 5 July 2024  [dana-ortiz, newsroom file]\n"
    );
    let by_role = folder.says(&["find", "commissioner"]);
    assert!(by_role.contains("Dana Ortiz"), "{by_role}");
    let show = folder.says(&["show", "dana-ortiz", "--on", "2024-07-10"]);
    assert!(
        show.contains("second reference: Ortiz") && show.contains("(ended)"),
        "{show}"
    );
}

#[test]
fn the_guide_to_names_shows_files_that_are_right() {
    let guide = include_str!("../docs/names.md");
    let files: Vec<&str> = guide
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(file, _)| file))
        .collect();
    assert_eq!(files.len(), 2, "the guide has a short file and a long one");
    for file in files {
        let folder = Folder::new("guide");
        folder.write("entities/people.toml", file);
        let said = folder.says(&["check"]);
        assert!(said.contains("; 0 to look at"), "{said}");
        assert!(folder.says(&["find", "da ort"]).starts_with("Dana Ortiz"));
    }
}

#[test]
fn what_is_wrong_is_printed_with_its_place() {
    let folder = Folder::new("check");
    folder.write(
        "entities/people.toml",
        format!("{OFFICE}\n[[person]]\nname = \"Paul Venn\"\npronuns = \"he\"\n"),
    );
    folder.write(
        "entities/more.csv",
        b"name,title\nJos\xe9 Ash,clerk\nAnn Lee,mayor\n",
    );
    folder.write("entities/lines.jsonl", "{\"name\": \"Ina Roth\"}\n{\n");
    let output = folder.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = out(&output);
    assert!(
        printed.contains("people.toml:15:1: “pronuns” is no key. Did you mean pronouns?"),
        "{printed}"
    );
    assert!(
        printed.contains("Line 2 is not UTF-8 (perhaps Latin-1: “José Ash,clerk”)"),
        "{printed}"
    );
    assert!(
        printed.contains("lines.jsonl:2:1: This line is not JSON"),
        "{printed}"
    );
    assert!(printed.contains("5 records in 3 files"), "{printed}");
}

#[test]
fn an_import_tells_bad_rows_and_keeps_source_and_date() {
    let folder = Folder::new("import");
    folder.write(
        "leaders.jsonl",
        "{\"id\": \"Q2\", \"name\": \"Dana Ortiz\", \"title\": \"mayor\", \"from\": \"2024\", \"wikidata\": \"Q2\"}\n{\"name\": \"Pa\n{\"id\": \"Q3\", \"name\": \"Paul Venn\"}\n",
    );
    let output = folder.run(&["import", "leaders.jsonl", "--date", "2026-08"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        told(&output).contains("leaders.jsonl:2: This line is not JSON"),
        "{}",
        told(&output)
    );
    assert!(
        out(&output).starts_with("2 entities from 2 records"),
        "{}",
        out(&output)
    );
    let show = folder.says(&["show", "wikidata:Q2"]);
    assert!(
        show.contains("role: mayor, from 2024 [leaders]")
            && show.contains("from: leaders, 2026-08"),
        "{show}"
    );
    // The newsroom's own record comes first, and takes in what was imported.
    folder.write(
        "entities/people.toml",
        "[[person]]\nname = \"Dana M. Ortiz\"\nids = { wikidata = \"Q2\" }\n",
    );
    let find = folder.says(&["find", "ortiz"]);
    assert_eq!(
        find,
        "Dana M. Ortiz — mayor  [dana-m-ortiz, newsroom file]\n"
    );
    folder.write("entities/people.toml", "hide = [\"Q3\"]\n");
    assert_eq!(folder.run(&["find", "venn"]).status.code(), Some(1));
}

#[test]
fn a_damaged_base_is_told_and_everything_else_works() {
    let folder = Folder::new("damaged");
    folder.write(
        "people.jsonl",
        "{\"id\": \"a\", \"name\": \"Dana Ortiz\"}\n",
    );
    folder.says(&["import", "people.jsonl"]);
    folder.write("entities/people.toml", "[[person]]\nname = \"Paul Venn\"\n");
    let base = folder.0.join("cache/onrecord/bases/people.base");
    let bytes = fs::read(&base).expect("it was written there");
    let mut other = bytes.clone();
    other[8] = 9;
    for (damaged, what) in [
        (bytes[..bytes.len() / 2].to_vec(), "is cut short"),
        (other, "was made by another version"),
        (b"not a base at all".repeat(100), "is no base"),
        (Vec::new(), "is empty"),
    ] {
        fs::write(&base, damaged).expect("it can be written");
        let output = folder.run(&["find", "venn"]);
        assert!(told(&output).contains(what), "{what}: {}", told(&output));
        assert!(out(&output).starts_with("Paul Venn"), "{}", out(&output));
    }
    let failed = folder.run(&["import", "entities", "--to", "x.base"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(!folder.0.join("x.base").exists());
}

#[test]
fn add_keeps_what_stands_in_the_file() {
    let folder = Folder::new("add");
    folder.write(
        "entities/people.toml",
        "# the council\n[[person]]\nname = \"Paul Venn\" # diver\n",
    );
    folder.says(&["add", "Dana", "Ortiz", "--title", "mayor"]);
    let text = fs::read_to_string(folder.0.join("entities/people.toml")).expect("it is there");
    assert!(text.starts_with("# the council\n[[person]]\nname = \"Paul Venn\" # diver\n\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nchecked = "), "{text}");
    assert!(
        folder
            .says(&["find", "dana"])
            .starts_with("Dana Ortiz — mayor")
    );
}

#[test]
fn a_tab_too_many_and_other_letters_cost_only_their_place() {
    let folder = Folder::new("bad");
    folder.write(
        "entities/people.toml",
        "[[person]]\nname = \"Dana Ortiz\"\n\t[[person.role]]\n\ttitle = \"mayor\"\n\t\tfrom\t2020-01-01\n\n[[person]]\nname = \"Paul Venn\"\n",
    );
    let output = folder.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = out(&output);
    assert!(printed.contains("people.toml:5:"), "{printed}");
    assert!(printed.contains("This is not TOML"), "{printed}");
    assert!(printed.contains("2 records in 1 file"), "{printed}");
    let find = folder.says(&["find", "ortiz"]);
    assert!(find.starts_with("Dana Ortiz — mayor"), "{find}");
    assert!(folder.says(&["find", "venn"]).starts_with("Paul Venn"));

    folder.write(
        "latin.csv",
        b"name;title\nJos\xe9 Ash;clerk\nAnn Lee;mayor\nS\xf8ren Berg;pilot\n",
    );
    let output = folder.run(&["import", "latin.csv"]);
    assert_eq!(output.status.code(), Some(0));
    let complaints = told(&output);
    for line in ["latin.csv:2: ", "latin.csv:4: "] {
        assert!(complaints.contains(line), "{complaints}");
    }
    assert!(complaints.contains("Latin-1"), "{complaints}");
    assert!(
        out(&output).starts_with("1 entities from 1 records"),
        "{}",
        out(&output)
    );
    assert!(
        folder
            .says(&["find", "ann lee"])
            .starts_with("Ann Lee — mayor")
    );
}

/// `cargo test --test entities --release -- --ignored --nocapture`: two gigabytes with one broken line.
#[test]
#[ignore = "writes two gigabytes and reads them"]
fn a_broken_line_in_two_gigabytes_costs_only_itself() {
    use std::io::Write;
    let folder = Folder::new("large");
    let path = folder.0.join("large.jsonl");
    let file = fs::File::create(&path).expect("there is room");
    let mut file = std::io::BufWriter::new(file);
    let note = "n".repeat(1900);
    let mut written = 0usize;
    let mut rows = 0usize;
    while written < 2 << 30 {
        let line = match rows {
            500_000 => "{\"name\": \"Broken Li\n".to_owned(),
            number => format!(
                "{{\"id\": \"p{number}\", \"name\": \"Person{number} Ash{number}\", \"note\": \"{note}\"}}\n"
            ),
        };
        written += line.len();
        file.write_all(line.as_bytes()).expect("there is room");
        rows += 1;
    }
    file.flush().expect("there is room");
    drop(file);
    let begun = std::time::Instant::now();
    let output = folder.run(&["import", "large.jsonl"]);
    println!(
        "{rows} lines, {written} bytes: {:.1} s; {}{}",
        begun.elapsed().as_secs_f64(),
        out(&output),
        told(&output)
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(told(&output).contains("large.jsonl:500001: This line is not JSON"));
    assert!(out(&output).starts_with(&format!("{} entities", rows - 1)));
    assert!(
        folder
            .says(&["find", "person777 ash777"])
            .starts_with("Person777 Ash777")
    );
}

#[test]
fn reading_ends_when_it_is_not_wanted_any_more() {
    let folder = Folder::new("wanted");
    for name in ["a", "b", "c"] {
        let text = format!("[[person]]\nname = \"Dana {name}\"\n");
        folder.write(&format!("entities/{name}.toml"), text);
    }
    let places = Places {
        newsroom: vec![folder.0.join("entities")],
        ..Places::default()
    };
    assert!(places.any() && !Places::default().any());
    let seen = std::cell::RefCell::new(Vec::new());
    let until = |end: usize| {
        folder::load_while(&places, |path, done, all| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            seen.borrow_mut().push(format!("{name} {done}/{all}"));
            done < end
        })
    };
    assert!(until(1).is_none());
    assert_eq!(seen.take(), ["a 0/3", "b 1/3"]);
    assert_eq!(until(3).expect("it is wanted").files.len(), 3);
}
