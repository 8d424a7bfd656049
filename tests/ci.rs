//! Checks in continuous use: fixes, formats, baselines, changed drafts, the hook and the action, by running what they run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use onrecord::example::Example;
use onrecord::rules::RULES;
use serde_json::Value;

/// A folder of its own that goes away again.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Desk {
        let folder = format!("onrecord-ci-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        Desk(folder)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("the file can be written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command.args(arguments).current_dir(&self.0);
        command.stdin(Stdio::null()).output().expect("it runs")
    }

    fn git(&self, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=Jo Ash",
            "-c",
            "user.email=jo@harlan.example",
        ];
        let mut command = Command::new("git");
        command.args(identity).args(arguments).current_dir(&self.0);
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "{output:?}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const TWO: &str = "“It is sad,” Ada Cole said. “It is a shame for all of us,” Rory Kemp said.\n";
const CLAIM: &str = "Crime in the old harbor fell by some 15% over the winter.\n";

#[test]
fn fix_mends_what_is_safe_and_unsafe_fixes_leave_notes() {
    let desk = Desk::new("fix");
    let both = format!("{TWO}\n{CLAIM}");
    desk.write("a.lede", &both);
    let dry = desk.run(&["check", "a.lede", "--fix", "--diff"]);
    assert_eq!(dry.status.code(), Some(0));
    assert!(
        out(&dry).starts_with("--- a.lede\n+++ a.lede\n@@ -1,"),
        "{}",
        out(&dry)
    );
    assert!(out(&dry).contains("+“It is a shame for all of us,” Rory Kemp said.\n"));
    assert_eq!(desk.read("a.lede"), both, "--diff writes nothing");

    let fixed = desk.run(&["check", "a.lede", "--fix"]);
    assert_eq!(fixed.status.code(), Some(1), "the claim is left");
    let text = "“It is sad,” Ada Cole said.\n\n“It is a shame for all of us,” Rory Kemp said.\n\n";
    assert_eq!(desk.read("a.lede"), format!("{text}{CLAIM}"));

    desk.run(&["check", "a.lede", "--unsafe-fixes"]);
    let claim = CLAIM.trim_end();
    assert!(
        desk.read("a.lede")
            .contains(&format!("{claim} [TK: source?]")),
        "{}",
        desk.read("a.lede")
    );
    let again = desk.read("a.lede");
    desk.run(&["check", "a.lede", "--unsafe-fixes"]);
    assert_eq!(desk.read("a.lede"), again, "mended once is mended");
}

#[test]
fn a_misspelt_mark_is_mended_and_its_record_stays() {
    let desk = Desk::new("misspelt-mark");
    let record =
        "[^roth]: interview, Ana Roth; date: 2026-03-01; on record\n    file: tapes/roth.m4a\n";
    for (mark, mended) in [
        ("[^rothh]", "[^roth]"),
        ("[^Roth]", "[^roth]"),
        ("[^roth", "[^roth"),
    ] {
        desk.write("a.lede", &format!("The board met.{mark}\n\n{record}"));
        desk.run(&["check", "a.lede", "--unsafe-fixes"]);
        let text = desk.read("a.lede");
        assert!(
            text.starts_with(&format!("The board met.{mended}")),
            "{text}"
        );
        assert!(text.ends_with(record), "{text}");
    }
}

#[test]
fn sarif_has_rules_fixes_and_fingerprints_that_stay() {
    let desk = Desk::new("sarif");
    desk.write(
        "a & b.lede",
        &format!("{CLAIM}\nRents rose 20% in the spring.\n\nRents rose 20% in the summer.\n"),
    );
    let read = || -> Value {
        let output = desk.run(&["check", ".", "--format", "sarif", "--fail-on", "never"]);
        assert_eq!(output.status.code(), Some(0));
        serde_json::from_str(&out(&output)).expect("SARIF is JSON")
    };
    let log = read();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(rules.len() >= 40);
    let claims: Vec<&Value> = results
        .iter()
        .filter(|it| it["ruleId"] == "claim-figure-unattributed")
        .collect();
    assert_eq!(claims.len(), 3);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(matches!(
            result["level"].as_str(),
            Some("error" | "warning" | "note")
        ));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            place["artifactLocation"]["uri"]
                .as_str()
                .expect("a uri")
                .ends_with("a%20%26%20b.lede")
        );
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
        for fix in result["fixes"].as_array().expect("fixes") {
            let change = &fix["artifactChanges"][0]["replacements"][0];
            assert!(change["deletedRegion"]["startColumn"].as_u64() >= Some(1));
        }
    }
    let marks = |log: &Value| -> Vec<String> {
        let results = log["runs"][0]["results"]
            .as_array()
            .expect("results")
            .iter();
        let own = results.filter(|it| it["ruleId"] == "claim-figure-unattributed");
        own.map(|it| it["partialFingerprints"]["onrecord/v1"].to_string())
            .collect()
    };
    let mut distinct = marks(&log);
    distinct.dedup();
    assert_eq!(distinct.len(), 3, "two findings with the same words differ");
    desk.write("a & b.lede", &format!("The council met twice in a hall.\n\n{CLAIM}\nRents rose 20% in the spring.\n\nRents rose 20% in the summer.\n"));
    assert_eq!(
        marks(&read()),
        marks(&log),
        "a paragraph before changes none"
    );
}

#[test]
fn annotations_and_junit_escape_what_they_must() {
    let desk = Desk::new("formats");
    desk.write("a,b.lede", CLAIM);
    let github = out(&desk.run(&["check", "a,b.lede", "--format", "github"]));
    assert!(
        github.starts_with("::warning file=a%2Cb.lede,line=1,endLine=1,col="),
        "{github}"
    );
    assert!(github.contains("::“15%25”: no source given"), "{github}");
    desk.write("c&d.lede", CLAIM);
    desk.write("e.lede", "The council met twice.\n");
    let junit = out(&desk.run(&[
        "check",
        "c&d.lede",
        "e.lede",
        "--format",
        "junit",
        "--fail-on",
        "warning",
    ]));
    assert!(junit.contains("failures=\"1\""), "{junit}");
    assert!(
        junit.contains("<testcase classname=\"c&amp;d.lede\""),
        "{junit}"
    );
    assert!(junit.contains("name=\"nothing to ask\""), "{junit}");
    assert_eq!(
        junit.matches("<testsuite ").count(),
        junit.matches("</testsuite>").count()
    );
}

#[test]
fn a_baseline_lets_what_was_there_stand_and_reports_what_is_new() {
    let desk = Desk::new("baseline");
    desk.write("a.lede", CLAIM);
    desk.run(&["check", "a.lede", "--write-baseline", "known.json"]);
    assert_eq!(
        desk.run(&["check", "a.lede", "--baseline", "known.json"])
            .status
            .code(),
        Some(0)
    );
    desk.write("a.lede", &format!("Date: 2026-03-01\n\nThe council met in a hall.\n\n{CLAIM}\nStudies show that rents rose in the same months.\n"));
    let output = desk.run(&[
        "check",
        "a.lede",
        "--baseline",
        "known.json",
        "--format",
        "jsonl",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let found = out(&output);
    assert!(
        found.contains("Studies") && !found.contains("“15%”"),
        "{found}"
    );
    desk.write("bad.json", "{}");
    let output = desk.run(&["check", "a.lede", "--baseline", "bad.json"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn only_changed_drafts_are_checked() {
    let desk = Desk::new("changed");
    desk.git(&["init", "-q"]);
    desk.write("old.lede", CLAIM);
    desk.write("edited.lede", "The council met twice.\n");
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "first"]);
    desk.write("edited.lede", CLAIM);
    desk.write("new.lede", CLAIM);
    let output = desk.run(&["check", ".", "--changed", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let paths: Vec<String> = out(&output)
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["path"]
                .as_str()
                .expect("a path")
                .to_owned()
        })
        .collect();
    assert!(
        paths.iter().any(|path| path.ends_with("edited.lede")),
        "{paths:?}"
    );
    assert!(
        paths.iter().any(|path| path.ends_with("new.lede")),
        "{paths:?}"
    );
    assert!(
        !paths.iter().any(|path| path.ends_with("old.lede")),
        "{paths:?}"
    );
    let output = desk.run(&["check", ".", "--changed=no-such-revision"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn json_lines_are_answered_in_order_with_code_points() {
    use std::io::Write as _;
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(["check", "--input", "jsonl", "-"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let lines = "{\"id\": 1, \"text\": \"“Ü” — Crime fell by 15% over the winter.\"}\n{\"id\": \"b\", \"text\": \"The council met.\"}\n";
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(lines.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let answers: Vec<Value> = out(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(
        (&answers[0]["id"], &answers[1]["id"]),
        (&Value::from(1), &Value::from("b"))
    );
    let figure = answers[0]["findings"].as_array().expect("findings").iter();
    let figure = figure
        .clone()
        .find(|it| it["rule"] == "claim-figure-unattributed")
        .expect("the figure");
    assert_eq!(figure["start"], "“Ü” — Crime fell by ".chars().count());
    assert_eq!(answers[1]["findings"], Value::Array(Vec::new()));
}

#[test]
fn explain_all_is_the_page_of_rules() {
    let desk = Desk::new("explain");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    assert!(
        out(&desk.run(&["explain", "--all"])) == page.replace("\r\n", "\n"),
        "docs/rules.md is stale: UPDATE=1 cargo test --test rules rewrites it"
    );
}

/// The value of a key in a flat YAML file of ours.
fn yaml<'a>(text: &'a str, key: &str) -> &'a str {
    let line = text
        .lines()
        .map(str::trim_start)
        .find_map(|line| line.strip_prefix(key));
    line.expect("the key is there").trim()
}

#[test]
fn the_hook_runs_on_the_drafts_of_a_commit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hook = std::fs::read_to_string(root.join(".pre-commit-hooks.yaml")).expect("the hook");
    let entry = yaml(&hook, "entry:")
        .strip_prefix("onrecord ")
        .expect("it runs onrecord");
    let desk = Desk::new("hook");
    desk.write("good.lede", "The council met twice.\n");
    desk.write(
        "bad.lede",
        "Residents packed the stairs of the hall. “We were never told the water was unsafe.”\n",
    );
    let mut arguments: Vec<&str> = entry.split(' ').collect();
    arguments.push("good.lede");
    assert_eq!(desk.run(&arguments).status.code(), Some(0));
    arguments.push("bad.lede");
    assert_eq!(desk.run(&arguments).status.code(), Some(1));
}

#[test]
fn the_action_runs_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let action = std::fs::read_to_string(root.join("action.yml")).expect("the action");
    let command = action
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("run: "))
        .find(|line| line.starts_with("onrecord check"))
        .expect("it checks");
    let desk = Desk::new("action");
    desk.write("a.lede", CLAIM);
    let folder = Path::new(env!("CARGO_BIN_EXE_onrecord"))
        .parent()
        .expect("a folder");
    let path = format!(
        "{}:{}",
        folder.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let run = |fail_on: &str| {
        let mut shell = Command::new("bash");
        shell.args(["-c", command]).current_dir(&desk.0);
        let shell = shell
            .env("PATH", &path)
            .env("PATHS", ".")
            .env("CHANGED", "");
        shell.env("FAIL_ON", fail_on).output().expect("bash runs")
    };
    let output = run("error");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        out(&output).starts_with("::warning file="),
        "{}",
        out(&output)
    );
    assert_eq!(run("warning").status.code(), Some(1));
}

#[test]
fn sarif_keeps_what_a_stet_lets_stand_with_its_reason() {
    let desk = Desk::new("stood");
    let claim = CLAIM.trim_end();
    desk.write(
        "a.lede",
        &format!("{claim} [STET claim-figure-unattributed: counted by us]\n"),
    );
    let output = desk.run(&["check", "a.lede", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(0), "what stands does not fail");
    let log: Value = serde_json::from_str(&out(&output)).expect("SARIF is JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let claims = results
        .iter()
        .filter(|it| it["ruleId"] == "claim-figure-unattributed");
    let stood: Vec<&Value> = claims.collect();
    assert_eq!(stood.len(), 1, "{results:?}");
    let suppressions = stood[0]["suppressions"]
        .as_array()
        .expect("it is let stand");
    assert_eq!(suppressions[0]["kind"], "inSource");
    assert_eq!(suppressions[0]["justification"], "counted by us");
}

/// Every example in which a rule fires, each in a folder of its own, and one finding that a STET lets stand.
fn examples(desk: &Desk) -> usize {
    let mut count = 0;
    for rule in RULES {
        for (nth, marked) in rule.fires.iter().enumerate() {
            for file in &Example::read(marked).files {
                let path = desk
                    .0
                    .join(rule.name)
                    .join(nth.to_string())
                    .join(&file.name);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
                std::fs::write(path, &file.text).expect("the file can be written");
            }
            count += 1;
        }
    }
    let claim = CLAIM.trim_end();
    desk.write(
        "stood & fell.lede",
        &format!("{claim} [STET claim-figure-unattributed: counted by us]\n"),
    );
    count
}

/// The official schema, beside the project or where tests/exchange/install.sh puts it, and a Python that can hold a log against it.
fn schema_and_python() -> Option<(PathBuf, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("ONRECORD_READERS_CACHE").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let cache = named.or(home.map(|home| home.join(".cache/onrecord-readers")))?;
    let schemas = [
        root.join("../shared/schemas/sarif-schema-2.1.0.json"),
        cache.join("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
    ];
    let schema = schemas.into_iter().find(|path| path.exists())?;
    let python = cache.join("venv/bin/python");
    python.exists().then_some((schema, python))
}

#[test]
fn sarif_of_every_example_is_valid_by_the_official_schema() {
    let desk = Desk::new("schema");
    let count = examples(&desk);
    let output = desk.run(&["check", ".", "--format", "sarif", "--fail-on", "never"]);
    let log: Value = serde_json::from_str(&out(&output)).expect("SARIF is JSON");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert!(results.len() >= count, "{} of {count}", results.len());
    for rule in run["tool"]["driver"]["rules"].as_array().expect("rules") {
        let help = rule["help"]["text"].as_str().unwrap_or_default();
        assert!(help.contains("onrecord explain"), "{rule}");
    }
    for result in results {
        let is_let_stand = result["suppressions"].is_array();
        let mark = &result["partialFingerprints"]["onrecord/v1"];
        assert_eq!(mark.is_string(), !is_let_stand, "{result}");
    }
    assert!(results.iter().any(|one| one["suppressions"].is_array()));

    let Some((schema, python)) = schema_and_python() else {
        let is_required = std::env::var_os("ONRECORD_REQUIRE_READERS").is_some();
        assert!(
            !is_required,
            "the readers are not installed: tests/exchange/install.sh"
        );
        println!(
            "skipped: neither the official schema of SARIF nor a validator is here; tests/exchange/install.sh puts them there"
        );
        return;
    };
    desk.write("out.sarif", &out(&output));
    let mut command = Command::new(python);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/sarif.py");
    let output = command
        .arg(script)
        .arg(desk.0.join("out.sarif"))
        .arg(schema)
        .output();
    let output = output.expect("the validator starts");
    println!("{}", out(&output));
    assert!(
        output.status.success(),
        "{}{:?}",
        out(&output),
        output.stderr
    );
}

#[test]
fn json_lines_fail_as_files_do() {
    let desk = Desk::new("lines");
    let line = serde_json::json!({"id": "a", "text": CLAIM}).to_string();
    let run = |level: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let arguments = ["check", "--input", "jsonl", "-", "--fail-on", level];
        command.args(arguments).current_dir(&desk.0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut input = child.stdin.take().expect("it is piped");
        std::io::Write::write_all(&mut input, line.as_bytes()).expect("it reads");
        drop(input);
        child.wait_with_output().expect("it ends").status.code()
    };
    assert_eq!(run("error"), Some(0));
    assert_eq!(run("warning"), Some(1));
    assert_eq!(run("never"), Some(0));
}

#[test]
fn watching_checks_again_when_a_draft_is_saved() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new("watch");
    desk.write("a.lede", "The council met twice.\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let arguments = ["check", "a.lede", "--watch", "--format", "jsonl"];
    command.args(arguments).current_dir(&desk.0);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let told = BufReader::new(child.stderr.take().expect("it is piped"));
    let found = BufReader::new(child.stdout.take().expect("it is piped"));
    // It says that it watches once the first check is done; only then is the draft changed.
    let watching = told
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("watching"));
    assert!(watching);
    desk.write("a.lede", CLAIM);
    let line = found.lines().map_while(Result::ok).next();
    child.kill().expect("it was running");
    child.wait().expect("it ends");
    assert!(
        line.as_deref()
            .is_some_and(|line| line.contains("claim-figure-unattributed")),
        "{line:?}"
    );
}
