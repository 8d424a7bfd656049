//! Every rule against its own examples, every fix against its promise, and the page made from the rules.
//!
//! `UPDATE=1 cargo test --test rules` rewrites docs/rules.md; `UPDATE_EXAMPLES=1` writes into the rules' files what is
//! found in their `fires` texts: read the difference as an editor before you commit it.

#[path = "rules/options.rs"]
mod options;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord::config::merge::InForce;
use onrecord::config::{Config, Profile};
use onrecord::desk::shelf;
use onrecord::disk;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::example::{self, Example, Found};
use onrecord::finding::{Finding, Fix};
use onrecord::notes::checks::Checks;
use onrecord::notes::filed::Filed;
use onrecord::notes::private::{self, Beside, Private};
use onrecord::notes::{Named, Records, format};
use onrecord::project::{self, Project};
use onrecord::reading::Reading;
use onrecord::rules::{self, Checked, RULES};
use onrecord::scene::Scene;
use onrecord::story::facts;
use onrecord::text::Text;

/// What is found in a text under the scene of an example.
fn findings(example: &Example, text: &str) -> Vec<Finding> {
    if project::is_configuration(Path::new(&example.draft().name)) {
        return rules::configuration::check(text);
    }
    if onrecord::entities::folder::holds(&example.draft().name) {
        return rules::entity_file::check(&example.draft().name, text, &Base::default());
    }
    let base = base(example);
    if disk::is_private(Path::new(&example.draft().name)) {
        let (config, is_tracked) = (Config::default(), example.setting("git") == Some("tracked"));
        let scene = Scene {
            config: &config,
            base: &base,
            records: Records::none(),
            today: jiff::civil::date(2026, 8, 1),
            stamp: 0,
        };
        return rules::check_private(text, is_tracked, &scene);
    }
    let draft = Draft::read(Text::new(text), &in_force(example).reading, &base, None);
    let checked = check(example, &draft, None);
    checked.findings.to_vec()
}

/// Who is known by the files of an example.
fn base(example: &Example) -> Base {
    let files = example.files.iter();
    Base::of_texts(files.map(|file| (file.name.as_str(), file.text.as_str())))
}

/// What the configuration files of an example say of its draft.
fn in_force(example: &Example) -> InForce {
    let mut project = Project::default();
    for file in example.files.iter().skip(1) {
        if project::is_configuration(Path::new(&file.name)) {
            project.put(
                &Path::new("/desk").join(&file.name),
                &file.text,
                BTreeMap::new(),
            );
        }
    }
    project.in_force(&Path::new("/desk").join(&example.draft().name))
}

fn check(example: &Example, draft: &Draft, before: Option<&Checked>) -> Checked {
    let base = base(example);
    let profile = example.setting("profile").unwrap_or("wire");
    let config = Config {
        profile: Profile::named(profile).expect("an example names a known profile"),
        default_status: example.setting("status").and_then(facts::status),
        own_outlets: vec!["harlan herald".to_owned()],
        ..in_force(example).config
    };
    let today = example.setting("date").and_then(facts::date_in);
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records(example, draft),
        today: today.unwrap_or(jiff::civil::date(2026, 8, 1)),
        stamp: 0,
    };
    rules::check(draft, &scene, before)
}

/// The other files of an example, as they would lie beside its draft.
fn records(example: &Example, draft: &Draft) -> Records {
    let mut records = Records::default();
    for file in &example.files[1..] {
        if file.name.starts_with("filed/") {
            let filed = Filed::read("2026-03-12 14:05", &file.text, &Reading::default());
            records.filed = Some(Arc::new(filed));
            continue;
        }
        if file.name.ends_with(".checks") {
            records.checks = Some(Arc::new(Checks::read(&file.text)));
            continue;
        }
        if disk::is_private(Path::new(&file.name)) {
            records.private.push(Beside {
                is_own: private::is_own(&example.draft().name, &file.name),
                file: Arc::new(Private::read(&file.text)),
            });
            continue;
        }
        if let Some(record) = format::read(&file.name, file.text.as_bytes()) {
            let index = records.files.len();
            records
                .named
                .push((file.name.clone(), Named::Record(index)));
            records.files.push(Arc::new(record));
        }
    }
    for typed in shelf::named(draft) {
        if records.of_path(&typed).is_none() {
            records.named.push((typed, Named::Missing));
        }
    }
    records
}

fn shown(findings: &[Finding]) -> Vec<Found<'_>> {
    findings
        .iter()
        .map(|finding| Found {
            span: finding.span,
            severity: finding.severity.name(),
            rule: finding.rule,
            message: &finding.message,
        })
        .collect()
}

#[test]
fn every_rule_fires_as_marked() {
    let mut report = String::new();
    for rule in RULES {
        for marked in rule.fires {
            let example = Example::read(marked);
            let file = example.draft();
            let mut found = findings(&example, &file.text);
            found.retain(|finding| {
                finding.rule == rule.name
                    || file.expected.iter().any(|one| one.rule == finding.rule)
            });
            if std::env::var_os("UPDATE_EXAMPLES").is_some() {
                found.retain(|finding| finding.rule == rule.name);
                if file.name != "draft.lede" {
                    continue;
                }
                rewrite(marked, &example, &found);
                continue;
            }
            let expected = file.expected.iter().filter(|one| one.rule == rule.name);
            if expected.count() == 0 {
                let _ = writeln!(report, "{}: nothing is marked in\n{marked}", rule.name);
            }
            if let Some(difference) = example::differences(file, &shown(&found)) {
                let _ = writeln!(
                    report,
                    "{} fires (- marked, + found)\n{difference}",
                    rule.name
                );
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// Writes what was found into the file of the rule.
fn rewrite(marked: &str, example: &Example, found: &[Finding]) {
    let mut text = example::render(&example.draft().text, &shown(found));
    if let Some(settings) = marked
        .trim_start()
        .lines()
        .next()
        .filter(|line| line.starts_with("@ "))
    {
        text.insert_str(0, &format!("{settings}\n"));
    }
    if let Some(at) = marked.find("\n=== ").filter(|_| example.files.len() > 1) {
        text = format!("{}{}", text.trim_end_matches('\n'), "\n");
        text.push_str(&marked[at..]);
    }
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")) {
        let source = std::fs::read_to_string(&path).expect("a source file is UTF-8");
        if source.contains(&marked.replace('"', "\\\"")) {
            let written = text.replace('\\', "\\\\").replace('"', "\\\"");
            let source = source.replace(&marked.replace('"', "\\\""), &format!("\n{written}"));
            std::fs::write(&path, source).expect("it can be written");
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of rules") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_rule_is_quiet_where_it_must_be() {
    let mut report = String::new();
    for rule in RULES {
        for marked in rule.quiet {
            let example = Example::read(marked);
            let file = example.draft();
            let mut found = findings(&example, &file.text);
            found.retain(|finding| finding.rule == rule.name);
            if let Some(difference) = example::differences(file, &shown(&found)) {
                let _ = writeln!(report, "{} must be quiet\n{difference}", rule.name);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn apply(text: &str, fix: &Fix) -> String {
    let mut text = Text::new(text);
    for edit in fix.edits.iter().rev() {
        text.apply(edit);
    }
    text.to_string()
}

fn counts(findings: &[Finding]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule).or_default() += 1;
    }
    counts
}

#[test]
fn every_fix_makes_its_finding_go_and_brings_no_other() {
    let mut report = String::new();
    let (mut applied, mut without) = (0, Vec::new());
    for rule in RULES {
        let from = applied;
        for marked in rule.fires {
            let example = Example::read(marked);
            let text = &example.draft().text;
            let before = findings(&example, text);
            for finding in before.iter().filter(|finding| finding.rule == rule.name) {
                for fix in &finding.fixes {
                    applied += 1;
                    let mended = apply(text, fix);
                    let after = counts(&findings(&example, &mended));
                    let was = counts(&before);
                    let gone = after.get(rule.name).unwrap_or(&0) < &was[rule.name];
                    // A [TK] that a fix inserts is meant to be seen.
                    let new: Vec<_> = after
                        .iter()
                        .filter(|(name, count)| {
                            **name != "placeholder-left" && *count > was.get(*name).unwrap_or(&0)
                        })
                        .collect();
                    if !gone || !new.is_empty() {
                        let _ = writeln!(
                            report,
                            "{}: “{}”: gone: {gone}, new: {new:?}\n{mended}",
                            rule.name, fix.title
                        );
                    }
                }
            }
        }
        if applied == from {
            without.push(rule.name);
        }
    }
    assert!(report.is_empty(), "\n{report}");
    // Where nothing that is written into the draft would help, the message says what a person must do.
    assert_eq!(
        without, WITHOUT_EDIT,
        "rules none of whose findings has a fix"
    );
    assert!(
        applied >= FIXES,
        "{applied} fixes were applied; there have been {FIXES}"
    );
}

#[test]
fn a_lost_mark_is_put_where_the_speaker_ends_and_nowhere_on_a_guess() {
    let cases = [
        (
            "“We did nothing wrong, Ann Lowe, the owner, said. “We never will.”",
            Some("“We did nothing wrong,” Ann Lowe, the owner, said. “We never will.”"),
        ),
        (
            "“We did nothing wrong, said Ann Lowe, the owner.",
            Some("“We did nothing wrong,” said Ann Lowe, the owner."),
        ),
        (
            "“We did nothing wrong, she said.",
            Some("“We did nothing wrong,” she said."),
        ),
        (
            "““We did nothing wrong at all,” said Ann Lowe, the owner.",
            Some("“We did nothing wrong at all,” said Ann Lowe, the owner."),
        ),
        (
            "“We did nothing wrong at all,”” said Ann Lowe, the owner.",
            Some("“We did nothing wrong at all,” said Ann Lowe, the owner."),
        ),
        (
            "“It was, as anyone may say, a hole in the town. He left.",
            None,
        ),
    ];
    for (text, right) in cases {
        let example = Example::read(text);
        let found = findings(&example, text);
        let lost = found.iter().find(|it| it.rule == "quote-unbalanced");
        let fix = lost.and_then(|finding| finding.fixes.first());
        assert_eq!(fix.map(|fix| apply(text, fix)).as_deref(), right, "{text}");
    }
}

/// How many fixes the examples had when they were last counted; it only rises.
const FIXES: usize = 323;

/// Rules for whose findings only a person can do something that no edit of the draft does.
const WITHOUT_EDIT: &[&str] = &[
    "source-ground-rules-breach",
    "display-outruns-story",
    "private-file-tracked",
    "stet-unreasoned",
];

#[test]
fn what_is_kept_from_the_check_before_equals_a_fresh_check() {
    for rule in RULES {
        for marked in rule.fires {
            let example = Example::read(marked);
            let base = base(&example);
            let text = &example.draft().text;
            let first = Draft::read(Text::new(text), &Reading::default(), &base, None);
            let checked = check(&example, &first, None);
            let longer =
                format!("The pier was closed at noon, and the wind rose all day.\n\n{text}");
            for next in [text, &longer] {
                let draft = Draft::read(Text::new(next), &Reading::default(), &base, Some(&first));
                let kept = check(&example, &draft, Some(&checked));
                assert_eq!(
                    kept.findings,
                    check(&example, &draft, None).findings,
                    "{next}"
                );
            }
        }
    }
}

#[test]
fn names_are_unique_and_every_rule_has_enough_examples() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    for name in &names {
        let fits = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(
            fits && !name.starts_with('-') && !name.ends_with('-'),
            "{name}"
        );
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len(), "a name is given twice");
    for rule in RULES {
        let (fires, quiet) = (distinct(rule.fires), distinct(rule.quiet));
        assert!(
            fires >= 4 && quiet >= 6,
            "{}: {fires} examples that fire (four are needed), {quiet} that are quiet (six)",
            rule.name
        );
        assert!(
            rule.why.len() > 40 && !rule.summary.is_empty(),
            "{}",
            rule.name
        );
    }
}

/// How many examples there are, however they are marked.
fn distinct(examples: &[&str]) -> usize {
    let texts = examples.iter().map(|marked| {
        let example = Example::read(marked);
        let files = example.files.iter().map(|file| file.text.trim());
        files.collect::<Vec<_>>().join("\n=== \n")
    });
    texts.collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn the_page_of_rules_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = onrecord::cli::explain::all();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("it lies in a folder"))
            .expect("the folder can be made");
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == page,
        "docs/rules.md is stale: UPDATE=1 cargo test --test rules rewrites it"
    );
}
