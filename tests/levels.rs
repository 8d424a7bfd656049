//! How much a finding matters: profile, status, header and STET, read as an editor would try them; and the page of settings.

use std::fmt::Write as _;
use std::path::Path;

use onrecord::config::Change;
use onrecord::config::keys::{GENERAL, Key};
use onrecord::config::{Config, Profile};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Severity;
use onrecord::reading::Reading;
use onrecord::rules::keys::KEYS;
use onrecord::rules::profiles::levels;
use onrecord::rules::{self, RULES};
use onrecord::scene::Scene;
use onrecord::story::outline::Status;
use onrecord::text::Text;

/// The findings of a text, one a line.
fn found(text: &str, config: &Config) -> String {
    let base = Base::default();
    let draft = Draft::read(Text::new(text), &Reading::default(), &base, None);
    let scene = Scene {
        config,
        base: &base,
        records: onrecord::notes::Records::none(),
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    let checked = rules::check(&draft, &scene, None);
    let line = |finding: &onrecord::finding::Finding| {
        format!("{} {}", finding.severity.name(), finding.rule)
    };
    let lines: Vec<String> = checked.findings.iter().map(line).collect();
    lines.join(", ")
}

const CLAIM: &str = "Crime in the old harbor fell by some 15% over the winter.";
const NAME: &str = "claim-figure-unattributed";

#[test]
fn a_status_softens_what_is_merely_unfinished() {
    let config = Config::default();
    let with = |status: &str| found(&format!("Status: {status}\n\n{CLAIM}"), &config);
    assert_eq!(found(CLAIM, &config), format!("warning {NAME}"));
    assert_eq!(with("draft"), format!("information {NAME}"));
    assert_eq!(with("fact-check"), format!("warning {NAME}"));
    let in_editor = Config {
        default_status: Some(Status::Draft),
        ..Config::default()
    };
    assert_eq!(found(CLAIM, &in_editor), format!("information {NAME}"));
    let quote =
        "Residents packed the stairs of the hall. “We were never told the water was unsafe.”";
    assert_eq!(found(quote, &in_editor), "error quote-without-speaker");
}

#[test]
fn a_status_never_moves_a_level_that_a_person_set() {
    let mut config = Config {
        default_status: Some(Status::Draft),
        ..Config::default()
    };
    config.levels.insert(NAME.to_owned(), Some(Severity::Error));
    assert_eq!(found(CLAIM, &config), format!("error {NAME}"));
    let header = format!("Checks: {NAME} hint\nStatus: final\n\n{CLAIM}");
    assert_eq!(found(&header, &config), format!("hint {NAME}"));
    let off = format!("Checks: claims off\n\n{CLAIM}");
    assert_eq!(found(&off, &config), "");
}

#[test]
fn a_profile_has_its_own_levels() {
    let with = |profile| {
        let config = Config {
            profile,
            ..Config::default()
        };
        found(CLAIM, &config)
    };
    assert_eq!(with(Profile::FactCheck), format!("error {NAME}"));
    assert_eq!(with(Profile::Opinion), "");
    let header = format!("Checks: profile opinion\n\n{CLAIM}");
    assert_eq!(found(&header, &Config::default()), "");
}

#[test]
fn stet_lets_its_sentence_stand_and_no_other() {
    let config = Config::default();
    let stet = |mark: &str| found(&format!("{CLAIM} {mark}"), &config);
    assert_eq!(
        stet(&format!("[STET {NAME}: the chart runs beside it]")),
        ""
    );
    assert_eq!(stet("[STET claim: the chart runs beside it]"), "");
    assert_eq!(stet("[STET claim]"), "hint stet-unreasoned");
    assert_eq!(
        stet("[STET quote: the chart runs beside it]"),
        format!("warning {NAME}, hint stet-unused")
    );
    let two = format!(
        "{CLAIM} [STET claim: the chart runs beside it] Rents rose 20% in the same months."
    );
    assert_eq!(found(&two, &config), format!("warning {NAME}"));
    let block = format!(
        "[STET claim: the chart runs beside it] {CLAIM} Rents rose 20% in the same months."
    );
    assert_eq!(found(&block, &config), "");
}

#[test]
fn every_profile_names_rules_or_groups_that_exist_or_are_planned() {
    for profile in Profile::ALL {
        assert_eq!(Profile::named(profile.name()), Some(profile));
        for (name, _) in &levels(profile).changes {
            let is_kebab = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            assert!(is_kebab && !name.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_page_of_settings_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == page,
        "docs/settings.md is stale: UPDATE=1 cargo test --test levels rewrites it"
    );
}

fn page() -> String {
    let mut page = String::from(
        "# Configuration\n\nMade from the program; do not edit by hand.\n\nA file `onrecord.toml` (or `.onrecord.toml`) \
         holds what counts for the drafts in and below its folder. Files in folders further up count too; of two values for one key, \
         the one in the nearer file wins. `onrecord config DRAFT` prints what is in force for a draft and where each value comes \
         from. A change is taken up without a restart. What is not understood in a file is shown in that file, and what stood there \
         last stays in force.\n\n```toml\nprofile = \"wire\"\nown-outlets = [\"Harlan Herald\"]\n\n[severity]\n\
         claim-figure-unattributed = \"hint\"   # a rule\nquotes = \"error\"                      # a group\n\n\
         [rules.quote-without-speaker]\nmin-words = 5\n\n[words.roles]\nadd = [\"ferrykeeper\"]\ntake = [\"host\"]\n\n\
         [[files]]\nmatch = \"opinion/**\"\nprofile = \"opinion\"\n```\n\n## Levels\n\nA level is `off`, `hint`, `information`, \
         `warning` or `error`. What comes later wins:\n\n1. the rule’s own level\n2. the profile\n3. the story’s `Status:`, which \
         softens what is merely unfinished while the story is written\n4. the configuration, by rule name or group: the file \
         furthest up first, then nearer ones, in each its sections that match, then the editor’s settings\n5. the \
         header: `Checks: claim-figure-unattributed hint; quotes off; profile opinion`\n6. a mark in the text: `[STET claim: the \
         chart runs beside the story]`\n\nA status never moves a level that a person set.\n\n## Profiles\n\n",
    );
    for profile in Profile::ALL {
        let _ = write!(page, "- `{}`: ", profile.name());
        let list: Vec<String> = levels(profile)
            .changes
            .iter()
            .filter(|(name, _)| {
                RULES
                    .iter()
                    .any(|rule| rule.name == *name || rule.topic == *name)
            })
            .map(|(name, change)| match change {
                Change::Up => format!("`{name}` one step up"),
                Change::Down => format!("`{name}` one step down"),
                Change::Set(None) => format!("`{name}` off"),
                Change::Set(Some(level)) => format!("`{name}` {}", level.name()),
            })
            .collect();
        let none = "every rule at its own level".to_owned();
        let _ = writeln!(
            page,
            "{}",
            if list.is_empty() {
                none
            } else {
                list.join(", ")
            }
        );
    }
    page.push_str(
        "\nThey are files: `onrecord config --print-profile wire > our-desk.toml` copies one, and `profile = \"our-desk.toml\"` \
         takes yours in its place.\n\n## Keys\n\n| key | default | what it does |\n|---|---|---|\n",
    );
    for (key, _, default, summary) in GENERAL {
        let _ = writeln!(page, "| `{key}` | `{default}` | {summary} |");
    }
    page.push_str(
        "\n`[[files]]` begins a section that counts for some files only: `match` is a glob or a list of them, from the file’s \
         folder; one without a slash means a name in any folder.\n\n`[words.LIST]` adds words to a list and takes words from it \
         (`add`, `take`). The lists: ",
    );
    let lists: Vec<String> = KEYS.lists.iter().map(|list| format!("`{list}`")).collect();
    let _ = writeln!(page, "{}.", lists.join(", "));
    page.push_str("\n## Options\n\n| option | default | what it does |\n|---|---|---|\n");
    for option in &KEYS.options {
        let Key {
            name,
            default,
            summary,
            ..
        } = option;
        let _ = writeln!(page, "| `{name}` | `{default}` | {summary} |");
    }
    page
}
