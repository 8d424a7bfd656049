//! Configuration files as a newsroom would write them: which count, what they change, and what is said of mistakes in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onrecord::cli::schema::{editor_hints, editor_rules, schema};
use onrecord::config::Profile;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Severity;
use onrecord::project::{self, Project};
use onrecord::rules::keys::KEYS;
use onrecord::rules::{self, profiles};
use onrecord::scene::Scene;
use onrecord::text::Text;

const CLAIM: &str = "Crime in the old harbor fell by some 15% over the winter.";
const NAME: &str = "claim-figure-unattributed";

fn project(files: &[(&str, &str)]) -> Project {
    let mut project = Project::default();
    for (path, text) in files {
        put(&mut project, path, text);
    }
    project
}

fn put(project: &mut Project, path: &str, text: &str) {
    project.put(Path::new(path), text, BTreeMap::new());
}

/// The findings of a text at a path, one after the other.
fn found(project: &Project, path: &str, text: &str) -> String {
    let force = project.in_force(Path::new(path));
    let base = Base::default();
    let draft = Draft::read(Text::new(text), &force.reading, &base, None);
    let scene = Scene {
        config: &force.config,
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

/// What is not understood in a file of the project, in order.
fn told(project: &Project, path: &str) -> Vec<String> {
    let mut files = project.files();
    let (_, findings, _) = files
        .find(|(known, ..)| *known == Path::new(path))
        .expect("the file was read");
    findings.iter().map(|it| it.message.clone()).collect()
}

#[test]
fn the_nearest_file_wins_key_by_key() {
    let project = project(&[
        (
            "/desk/onrecord.toml",
            "own-outlets = [\"Harlan Herald\"]\n[severity]\nclaim-figure-unattributed = \"hint\"\nquote-without-speaker = \"warning\"\n",
        ),
        (
            "/desk/metro/.onrecord.toml",
            "[severity]\nclaim-figure-unattributed = \"error\"\n",
        ),
    ]);
    assert_eq!(
        found(&project, "/desk/a.lede", CLAIM),
        format!("hint {NAME}")
    );
    assert_eq!(
        found(&project, "/desk/metro/night/a.lede", CLAIM),
        format!("error {NAME}")
    );
    assert_eq!(
        found(&project, "/else/a.lede", CLAIM),
        format!("warning {NAME}")
    );
    let near = project.in_force(Path::new("/desk/metro/a.lede")).config;
    assert_eq!(near.own_outlets, ["harlan herald"]);
    assert_eq!(
        near.levels["quote-without-speaker"],
        Some(Severity::Warning)
    );
}

#[test]
fn a_root_hides_what_is_further_up() {
    let project = project(&[
        ("/desk/onrecord.toml", "[severity]\nclaims = \"off\"\n"),
        ("/desk/own/onrecord.toml", "root = true\n"),
    ]);
    assert_eq!(found(&project, "/desk/a.lede", CLAIM), "");
    assert_eq!(
        found(&project, "/desk/own/a.lede", CLAIM),
        format!("warning {NAME}")
    );
}

#[test]
fn sections_count_for_files_that_match_and_a_later_one_wins() {
    let project = project(&[(
        "/desk/onrecord.toml",
        "[severity]\nclaims = \"hint\"\n\n[[files]]\nmatch = \"opinion/**\"\nprofile = \"opinion\"\n[files.severity]\nclaims = \"off\"\n\n\
         [[files]]\nmatch = [\"*.fact.lede\"]\n[files.severity]\nclaims = \"error\"\n",
    )]);
    assert_eq!(
        found(&project, "/desk/a.lede", CLAIM),
        format!("hint {NAME}")
    );
    assert_eq!(found(&project, "/desk/opinion/b/a.lede", CLAIM), "");
    assert_eq!(
        found(&project, "/desk/opinion/a.fact.lede", CLAIM),
        format!("error {NAME}")
    );
    let force = project.in_force(Path::new("/desk/opinion/a.lede"));
    assert_eq!(
        (force.config.profile, force.has_profile),
        (Profile::Opinion, true)
    );
    assert_eq!(
        found(&project, "/desk/opinions/a.lede", CLAIM),
        format!("hint {NAME}")
    );
}

#[test]
fn options_and_words_of_the_house_change_what_is_found() {
    let plain = Project::default();
    let money = "The new bridge cost $48 million and leads to a field.";
    assert_eq!(
        found(&plain, "/desk/a.lede", money),
        format!("warning {NAME}")
    );
    let generous = project(&[(
        "/desk/onrecord.toml",
        "[rules.claim-figure-unattributed]\nmin-money = 50_000_000\n",
    )]);
    assert_eq!(found(&generous, "/desk/a.lede", money), "");

    let added = project(&[(
        "/desk/onrecord.toml",
        "[words.roles]\nadd = [\"ferrykeeper\"]\n",
    )]);
    let role = |project: &Project| {
        let reading = project.in_force(Path::new("/desk/a.lede")).reading;
        let text = Text::new("The plan is cheap, Ferrykeeper Dana Ortiz said.");
        let draft = Draft::read(text, &reading, &Base::default(), None);
        draft
            .story
            .speakers
            .first()
            .and_then(|speaker| speaker.role.clone())
    };
    assert_eq!(role(&plain), None);
    assert_eq!(role(&added).as_deref(), Some("Ferrykeeper"));
    let taken = project(&[(
        "/desk/onrecord.toml",
        "[words.institutions]\ntake = [\"police\"]\n",
    )]);
    let police = |project: &Project| {
        let reading = project.in_force(Path::new("/desk/a.lede")).reading;
        let draft = Draft::read(
            Text::new("The pier is safe, police said."),
            &reading,
            &Base::default(),
            None,
        );
        draft.story.speakers.first().map(|speaker| speaker.kind)
    };
    assert_ne!(police(&plain), police(&taken));
}

#[test]
fn a_mistake_is_told_at_its_place_and_takes_nothing_back() {
    let mut desk = project(&[(
        "/desk/onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"error\"\nquotes = \"hint\"\n",
    )]);
    assert_eq!(found(&desk, "/desk/a.lede", CLAIM), format!("error {NAME}"));

    // A level that is none: the last good one stays, the other key changes.
    put(
        &mut desk,
        "/desk/onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"eror\"\nquotes = \"off\"\n",
    );
    assert_eq!(
        told(&desk, "/desk/onrecord.toml"),
        ["A level is “error”, “warning”, “information”, “hint” or “off”. Did you mean error?"]
    );
    assert_eq!(found(&desk, "/desk/a.lede", CLAIM), format!("error {NAME}"));
    assert_eq!(
        desk.in_force(Path::new("/desk/a.lede")).config.levels["quotes"],
        None
    );

    // Half a file: all of it stays as it was.
    put(
        &mut desk,
        "/desk/onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"off\"\nquotes = \n",
    );
    assert!(told(&desk, "/desk/onrecord.toml")[0].starts_with("This is not TOML"));
    assert_eq!(found(&desk, "/desk/a.lede", CLAIM), format!("error {NAME}"));

    // Mended.
    put(
        &mut desk,
        "/desk/onrecord.toml",
        "[severity]\nclaim-figure-unattributed = \"off\"\n",
    );
    assert_eq!(told(&desk, "/desk/onrecord.toml"), Vec::<String>::new());
    assert_eq!(found(&desk, "/desk/a.lede", CLAIM), "");
}

#[test]
fn a_profile_file_of_the_house_takes_the_place_of_a_built_in_one() {
    let mut desk = Project::default();
    let profile = "[severity]\nclaim = \"up\"\nquote-fragment = \"off\"\n\n[rules.claim-figure-unattributed]\nmin-money = 50_000_000\n";
    let text = "profile = \"our-desk.toml\"\n";
    assert_eq!(project::profile_files(text), ["our-desk.toml"]);
    let profiles = BTreeMap::from([("our-desk.toml".to_owned(), Ok(profile.to_owned()))]);
    desk.put(Path::new("/desk/onrecord.toml"), text, profiles);
    assert_eq!(told(&desk, "/desk/onrecord.toml"), Vec::<String>::new());
    assert_eq!(found(&desk, "/desk/a.lede", CLAIM), format!("error {NAME}"));
    let money = "The new bridge cost $48 million and leads to a field.";
    assert_eq!(found(&desk, "/desk/a.lede", money), "");

    let missing = BTreeMap::from([("our-desk.toml".to_owned(), Err("is not there".to_owned()))]);
    desk.put(Path::new("/desk/onrecord.toml"), text, missing);
    assert_eq!(
        told(&desk, "/desk/onrecord.toml"),
        ["The profile our-desk.toml is not there."]
    );
    assert_eq!(
        desk.users_of(Path::new("/desk/our-desk.toml")),
        [PathBuf::from("/desk/onrecord.toml")]
    );
}

#[test]
fn a_built_in_profile_may_be_copied_as_it_is() {
    for profile in Profile::ALL {
        let read = rules::configuration::read_profile(profiles::file(profile));
        let unknown: Vec<_> = read.mistakes.iter().map(|it| &it.what).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", profile.name());
    }
}

#[test]
fn every_kind_of_mistake_is_told_and_none_stops_the_rest() {
    let text = "profile = 7\nown-outlets = [1]\nquotes = \"singel\"\nroot = \"yes\"\nseverity = 3\nrules = []\nwords = 1\nfiles = 2\nmood = \"stormy\"\nclaims = \"off\"\n\
                filed = \"filed\"\n";
    let desk = project(&[("/desk/onrecord.toml", text)]);
    let told = told(&desk, "/desk/onrecord.toml");
    assert_eq!(told.len(), 10, "{told:#?}");
    assert!(told.contains(
        &"“quotes” takes “detect”, “double” or “single”. Did you mean single?".to_owned()
    ));
    let config = desk.in_force(Path::new("/desk/a.lede")).config;
    assert_eq!(config.filed.as_deref(), Some(Path::new("/desk/filed")));
}

#[test]
fn every_option_of_every_rule_is_a_key_and_takes_its_own_default() {
    for option in &KEYS.options {
        let (rule, name) = option.name.split_once('.').expect("rule.option");
        let text = format!("[rules.{rule}]\n{name} = {}\n", option.default);
        let read = rules::configuration::read(&text);
        assert!(read.mistakes.is_empty(), "{text}: {:?}", read.mistakes);
        assert_eq!(read.sheet.settings.len(), 1, "{text}");
    }
}

fn fresh(path: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).expect("the file can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == made,
        "{} is stale: UPDATE=1 cargo test --test configuration rewrites it",
        path.display()
    );
}

#[test]
fn the_schema_is_fresh() {
    fresh("docs/onrecord.schema.json", &format!("{:#}\n", schema()));
}

/// A package.json in which the setting of a name is as it is made.
fn with_setting(package: &str, name: &str, setting: serde_json::Value) -> String {
    let before = format!("        \"{name}\": ");
    let (head, rest) = package.split_once(&before).expect("it has the setting");
    let (_, tail) = rest.split_once("\n        },\n").expect("the setting ends");
    let setting = format!("{setting:#}").replace('\n', "\n        ");
    let setting = setting
        .strip_suffix("\n        }")
        .expect("an object ends so");
    format!("{head}{before}{setting}\n        }},\n{tail}")
}

#[test]
fn the_settings_of_visual_studio_code_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/package.json");
    let package = std::fs::read_to_string(&path).expect("the extension has a package.json");
    let package = package.replace("\r\n", "\n");
    let rules = serde_json::json!({
        "type": "object",
        "default": {},
        "markdownDescription": "The level of single rules by name or group, or their options, for example `{ \"anonymous-source-no-reason\": \"error\" }`. It wins over the profile, the status of a draft and `onrecord.toml`.",
        "properties": editor_rules(),
        "additionalProperties": false,
    });
    let hints = serde_json::json!({
        "type": "object",
        "default": {},
        "description": "Small signs that are shown in the text and not typed.",
        "properties": editor_hints(),
        "additionalProperties": false,
    });
    let package = with_setting(&package, "onrecord.rules", rules);
    let package = with_setting(&package, "onrecord.inlayHints", hints);
    fresh("editors/vscode/package.json", &package);
}
