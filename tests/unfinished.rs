//! Eight drafts in five states of work, from notes pasted to filed: what is said in each, and what must not be.
//!
//! A file of `tests/unfinished` has a section for each state: what an editor must not be told there (`never:`, written by hand), the
//! draft, and what is said about it. `UPDATE=1 cargo test --test unfinished` rewrites what is said, never what must not be.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::{Finding, Severity};
use onrecord::notes::Records;
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::story::outline::Status;
use onrecord::text::Text;

const STATES: [&str; 5] = [
    "notes pasted",
    "half written",
    "TKs in place",
    "edited",
    "filed",
];

/// One state of one draft.
struct State {
    name: String,
    never: Vec<String>,
    text: String,
}

/// A file: what stands above its first state, and its states.
struct File {
    path: PathBuf,
    head: String,
    states: Vec<State>,
}

fn files() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unfinished");
    let entries = fs::read_dir(folder).expect("the folder of unfinished drafts");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> File {
    let page = fs::read_to_string(path)
        .expect("a page is UTF-8")
        .replace("\r\n", "\n");
    let mut sections = page.split("\n## ");
    let head = sections.next().expect("a page has a head").to_owned();
    let states = sections.map(|section| {
        let (name, rest) = section.split_once('\n').expect("a state has a name");
        let never = rest.lines().find_map(|line| line.strip_prefix("never: "));
        let (_, from) = rest.split_once("```\n").expect("a state has a draft");
        let (text, _) = from.split_once("```\n").expect("the draft ends");
        let never = never.expect("a state says what must not be said");
        State {
            name: name.to_owned(),
            never: never.split_whitespace().map(str::to_owned).collect(),
            text: text.to_owned(),
        }
    });
    File {
        path: path.to_owned(),
        head,
        states: states.collect(),
    }
}

/// What an editor says about a draft: one without a header is in the making.
fn said(text: &str) -> Vec<Finding> {
    let (base, records) = (Base::default(), Records::default());
    let config = Config {
        default_status: Some(Status::Draft),
        ..Config::default()
    };
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    let draft = Draft::read(Text::new(text), &Reading::default(), &base, None);
    rules::check(&draft, &scene, None).findings.to_vec()
}

fn page(file: &File) -> String {
    let mut page = file.head.clone();
    for state in &file.states {
        let never = state.never.join(" ");
        let _ = write!(
            page,
            "\n## {}\n\nnever: {never}\n\n```\n{}```\n\n",
            state.name, state.text
        );
        let found = said(&state.text);
        if found.is_empty() {
            page.push_str("Nothing is said.\n");
        }
        for finding in found {
            let (level, rule) = (finding.severity.name(), finding.rule);
            let _ = writeln!(page, "- {level} {rule}: {}", finding.message);
        }
    }
    page
}

#[test]
fn in_each_state_it_says_what_the_page_says() {
    for file in files() {
        let page = page(&file);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file.path, &page).expect("the page can be written");
        }
        let written = fs::read_to_string(&file.path).expect("a page is UTF-8");
        let name = file.path.display();
        let hint = "UPDATE=1 cargo test --test unfinished rewrites what is said";
        assert_eq!(written.replace("\r\n", "\n"), page, "{name}: {hint}");
    }
}

#[test]
fn what_must_not_be_said_is_not_said() {
    let mut wrong = String::new();
    for file in files() {
        for state in &file.states {
            for rule in &state.never {
                assert!(rules::rule(rule).is_some(), "{rule} is no rule");
            }
            for finding in said(&state.text) {
                if state.never.iter().any(|rule| rule == finding.rule) {
                    let name = file.path.file_name().expect("a page is a file");
                    let _ = writeln!(
                        wrong,
                        "{} {}: {}",
                        name.display(),
                        state.name,
                        finding.message
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn eight_drafts_pass_five_states_and_the_desk_grows_stricter() {
    let files = files();
    assert_eq!(files.len(), 8);
    let mut loudest = [0; 5];
    for file in &files {
        let names: Vec<&str> = file
            .states
            .iter()
            .map(|state| state.name.as_str())
            .collect();
        assert_eq!(names, STATES, "{}", file.path.display());
        for (at, state) in file.states.iter().enumerate() {
            assert!(
                state.never.len() >= 2,
                "{}: {}",
                file.path.display(),
                state.name
            );
            let loud = said(&state.text);
            let is_loud = |finding: &&Finding| finding.severity >= Severity::Warning;
            loudest[at] += loud.iter().filter(is_loud).count();
        }
    }
    let [notes, half, todo, edited, filed] = loudest;
    println!("warnings and errors: {loudest:?}");
    assert_eq!(notes, 0, "notes are nobody’s copy");
    assert!(half <= 4 && todo <= 1, "{loudest:?}");
    // Each edited draft has something that a desk asks about, each filed one something that must not go out.
    assert!(edited >= 8 && filed >= 8, "{loudest:?}");
}
