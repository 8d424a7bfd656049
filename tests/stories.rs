//! The sample drafts of tests/stories: what is found in each, and who says what.
//!
//! Beside each draft (`council.lede`) lies its marked twin (`council.marked`): the same lines, under each line what is
//! found there, and at the end every quotation with its speaker. Where the reading is not yet right, the twin says so:
//! `(wrong)` after a finding that should not be there, `(missing)` after one that should, `(should be: NAME)` after a
//! speaker. `UPDATE=1 cargo test --test stories` rewrites the twins and keeps these remarks while they are true; read the
//! difference as an editor before you commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::config::{Config, Profile};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Finding;
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::text::Text;

const WHO: &str = "=== who says what";
const WRONG: &str = " (wrong)";
const MISSING: &str = " (missing)";
const SHOULD_BE: &str = " (should be: ";

/// How many remarks may be left.
const MOST_REMARKS: usize = 17;

#[test]
fn every_sample_draft_has_the_findings_marked_in_its_twin() {
    let mut differences = String::new();
    for draft in drafts() {
        let twin = draft.with_extension("marked");
        let expected = fs::read_to_string(&twin).unwrap_or_default();
        let marked = mark(&draft, &expected);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&twin, &marked).expect("the twin can be written");
        }
        let expected = fs::read_to_string(&twin).unwrap_or_default();
        let name = twin.file_name().expect("a twin is a file");
        for difference in difference(&expected, &marked) {
            differences.push_str(&format!("{}:{difference}\n", name.to_string_lossy()));
        }
    }
    assert!(
        differences.is_empty(),
        "\n{differences}(UPDATE=1 cargo test --test stories rewrites the twins)"
    );
}

#[test]
fn few_remarks_are_left_where_the_reading_is_not_yet_right() {
    let remark = |line: &&str| {
        [WRONG, MISSING].iter().any(|remark| line.ends_with(remark)) || line.contains(SHOULD_BE)
    };
    let mut quotations = 0;
    let mut remarks = 0;
    for draft in drafts() {
        let twin = fs::read_to_string(draft.with_extension("marked")).expect("a twin");
        remarks += twin.lines().filter(remark).count();
        let (_, who) = twin
            .split_once(WHO)
            .expect("a twin ends with who says what");
        quotations += who.lines().filter(|line| line.contains(" → ")).count();
    }
    println!("{remarks} remarks on {quotations} quotations and their drafts");
    assert!(remarks <= MOST_REMARKS, "{remarks} remarks");
}

#[test]
fn a_twin_without_its_marks_is_the_draft() {
    for draft in drafts() {
        let twin =
            fs::read_to_string(draft.with_extension("marked")).expect("every draft has a twin");
        assert_eq!(strip(&twin), read(&draft), "{}", draft.display());
    }
}

#[test]
fn there_are_at_least_eight_drafts_and_each_has_faults_and_quotations() {
    assert!(drafts().len() >= 8);
    for draft in drafts() {
        let twin =
            fs::read_to_string(draft.with_extension("marked")).expect("every draft has a twin");
        assert!(
            twin.lines().any(is_mark),
            "{}: no expected finding",
            draft.display()
        );
        assert!(
            twin.contains(&format!("{WHO}\n")),
            "{}: no quotations",
            draft.display()
        );
    }
}

/// Every draft of tests/stories, by name.
fn drafts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut drafts: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of sample drafts")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "lede" || ext == "txt")
        })
        .collect();
    drafts.sort();
    drafts
}

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .expect("a sample draft is UTF-8")
        .replace("\r\n", "\n")
}

/// The draft with what is found in it, as its twin should be; remarks of the twin so far are kept while they are true.
fn mark(path: &Path, twin: &str) -> String {
    let text = read(path);
    let is_plain = path.extension().is_some_and(|ext| ext == "txt");
    let config = Config {
        profile: if is_plain {
            Profile::PlainText
        } else {
            Profile::Wire
        },
        ..Config::default()
    };
    let base = Base::default();
    let draft = Draft::read(Text::new(&text), &Reading::default(), &base, None);
    let scene = Scene {
        config: &config,
        base: &base,
        records: onrecord::notes::Records::none(),
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    let checked = rules::check(&draft, &scene, None);
    let (before, who_before) = twin.split_once(&format!("{WHO}\n")).unwrap_or((twin, ""));
    let remarks = remarks(before);

    let mut marked = String::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        marked.push_str(line);
        if !line.ends_with('\n') {
            marked.push('\n');
        }
        let here = checked
            .findings
            .iter()
            .filter(|finding| (start..start + line.len()).contains(&finding.span.start()));
        let mut here: Vec<String> = here.map(|one| caret_line(line, start, one)).collect();
        for (_, old) in remarks.iter().filter(|remark| remark.0 == number) {
            let bare = without_remark(old);
            match here.iter_mut().find(|found| *found == bare) {
                Some(found) if old.ends_with(WRONG) => found.push_str(WRONG),
                None if old.ends_with(MISSING) => here.push(old.clone()),
                _ => {}
            }
        }
        here.sort_by_key(|line| (line.find('^'), without_remark(line).to_owned()));
        for found in here {
            marked.push_str(&found);
            marked.push('\n');
        }
        start += line.len();
    }
    marked.push_str(WHO);
    marked.push('\n');
    for quote in &draft.story.quotes {
        let words = draft.words(quote.place).replace('\n', " ");
        let speaker = match &quote.binding {
            Some(binding) => draft.story.speaker(binding.speaker).name.replace('\n', " "),
            None => "nobody".to_owned(),
        };
        let old = who_before
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{words} → ")));
        let right = old.and_then(|old| Some(old.split_once(SHOULD_BE)?.1.trim_end_matches(')')));
        let remark = match right {
            Some(right) if right != speaker => format!("{SHOULD_BE}{right})"),
            _ => String::new(),
        };
        marked.push_str(&format!("{words} → {speaker}{remark}\n"));
    }
    marked
}

/// The marks of a twin that carry a remark, each with the index of the draft's line above it.
fn remarks(twin: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = 0;
    for line in twin.lines() {
        if !is_mark(line) {
            lines += 1;
        } else if without_remark(line) != line {
            found.push((lines - 1, line.to_owned()));
        }
    }
    found
}

fn without_remark(mark: &str) -> &str {
    mark.trim_end_matches(WRONG).trim_end_matches(MISSING)
}

/// `    ^^^^ error rule-name`, under the words of `line`. One that runs on to later lines ends in `…`.
fn caret_line(line: &str, start: usize, finding: &Finding) -> String {
    let printed = line.trim_end_matches('\n');
    let from = finding.span.start() - start;
    let to = (finding.span.end() - start).min(printed.len());
    let indent = printed[..from].chars().count();
    let carets = printed[from..to].chars().count().max(1);
    let more = if finding.span.end() > start + line.len() {
        "…"
    } else {
        ""
    };
    let (severity, rule) = (finding.severity.name(), finding.rule);
    format!(
        "{}{}{more} {severity} {rule}",
        " ".repeat(indent),
        "^".repeat(carets)
    )
}

/// Whether a line of a twin is an expected finding.
fn is_mark(line: &str) -> bool {
    let carets = line.trim_start_matches(' ');
    let words = carets.trim_start_matches('^').trim_start_matches('…');
    let is_severity = ["error", "warning", "information", "hint"]
        .iter()
        .any(|name| words.starts_with(&format!(" {name} ")));
    carets.starts_with('^') && is_severity
}

/// The draft of a twin.
fn strip(twin: &str) -> String {
    let (marked, _) = twin
        .split_once(&format!("{WHO}\n"))
        .expect("a twin ends with who says what");
    marked
        .split_inclusive('\n')
        .filter(|line| !is_mark(line))
        .collect()
}

/// What one twin has and the other has not: the number of the line of copy above it, and the words that it marks.
fn difference(expected: &str, found: &str) -> Vec<String> {
    let (expected, found) = (expectations(expected), expectations(found));
    let missing = expected
        .difference(&found)
        .map(|(line, mark)| (*line, format!("{line}: in the twin, not found: {mark}")));
    let surplus = found
        .difference(&expected)
        .map(|(line, mark)| (*line, format!("{line}: found, not in the twin: {mark}")));
    let mut lines: Vec<(usize, String)> = missing.chain(surplus).collect();
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The marks of a twin, each with the number of the draft's line above it and the words that it marks; then its
/// quotations.
fn expectations(twin: &str) -> BTreeSet<(usize, String)> {
    let (marked, quotations) = twin.split_once(&format!("{WHO}\n")).unwrap_or((twin, ""));
    let mut expectations = BTreeSet::new();
    let mut number = 0;
    let mut above = "";
    for line in marked.lines() {
        if !is_mark(line) {
            number += 1;
            above = line;
            continue;
        }
        let indent = line.chars().take_while(|letter| *letter == ' ').count();
        let carets = line.chars().filter(|letter| *letter == '^').count();
        let words: String = above.chars().skip(indent).take(carets).collect();
        let rest = line.trim_start_matches([' ', '^', '…']);
        expectations.insert((number, format!("{words:?} {rest}")));
    }
    expectations.extend(quotations.lines().map(|line| (number, line.to_owned())));
    expectations
}
