//! A published story, read as it was copied from a page, beside what a standards editor says of it.
//!
//! Story and gold lie beside the project, not in it; without them every test here says that it was skipped. No sentence of
//! the story stands in this file: edits are made at the places that the gold names.

#[path = "seed/held_out.rs"]
mod held_out;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::prose::QuoteKind;
use onrecord::reading::Reading;
use onrecord::story::SpeakerKind;
use onrecord::text::Text;
use onrecord::text::position::{Encoding, Position};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// The story and its gold.
struct Seed {
    story: String,
    gold: Value,
    path: PathBuf,
}

/// None, with a line that says so, where the seed is not there.
fn seed() -> Option<Seed> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("ONRECORD_SHARED").map_or(beside, PathBuf::from);
    let path = shared.join("seed/nato-china.txt");
    let gold = fs::read_to_string(shared.join("seed/nato-china.gold.json"));
    let (Ok(story), Ok(gold)) = (fs::read_to_string(&path), gold) else {
        println!("skipped: the published story is not there (ONRECORD_SHARED names its folder)");
        return None;
    };
    let gold = serde_json::from_str(&gold).expect("the gold is JSON");
    Some(Seed { story, gold, path })
}

impl Seed {
    /// The sentence of the gold with this name.
    fn sentence(&self, id: &str) -> &Value {
        let sentences = self.gold["sentences"].as_array().expect("a list");
        let found = sentences.iter().find(|sentence| sentence["id"] == id);
        found.unwrap_or_else(|| panic!("the gold has no {id}"))
    }

    /// The bytes of a range of the gold: line, column, line, column.
    fn bytes(&self, range: &Value) -> Range<usize> {
        let text = Text::new(&self.story);
        let at = |index: usize| range[index].as_u64().expect("a number") as u32;
        let byte = |line, character| text.offset(Position { line, character }, Encoding::Utf16);
        byte(at(0), at(1))..byte(at(2), at(3))
    }

    fn source(&self, id: &str) -> Range<usize> {
        self.bytes(&self.sentence(id)["source"]["range"])
    }

    fn cue(&self, id: &str) -> Range<usize> {
        self.bytes(&self.sentence(id)["cue"]["range"])
    }

    fn whole(&self, id: &str) -> Range<usize> {
        self.bytes(&self.sentence(id)["range"])
    }

    /// The story with a part replaced.
    fn with(&self, part: Range<usize>, new: &str) -> String {
        let mut story = self.story.clone();
        story.replace_range(part, new);
        story
    }
}

/// What `onrecord check` finds in a text on its standard input.
fn check(text: &str, profile: &str) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["check", "-", "--format", "json", "--profile", profile])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("an array")
}

/// A finding by its level, its rule and its words: places move when a story is edited.
fn told(text: &str, finding: &Value) -> String {
    let at = |end: &str| finding["span"][end].as_u64().expect("a byte") as usize;
    let words = &text[at("start")..at("end")];
    let level = finding["severity"].as_str().expect("a word");
    let rule = finding["rule"].as_str().expect("a name");
    format!("{level} {rule} {words}")
}

fn counted(text: &str, found: &[Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in found {
        *counts.entry(told(text, finding)).or_default() += 1;
    }
    counts
}

/// What an edit of the story changes in its findings: those that came and those that went, without their words.
fn changes(seed: &Seed, edited: &str, profile: &str) -> (Vec<String>, Vec<String>) {
    let before = counted(&seed.story, &check(&seed.story, profile));
    let after = counted(edited, &check(edited, profile));
    let more = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| {
        let mut names = Vec::new();
        for (told, count) in a {
            let other = b.get(told).copied().unwrap_or_default();
            let name = told.split(' ').take(2).collect::<Vec<_>>().join(" ");
            names.extend(std::iter::repeat_n(name, count.saturating_sub(other)));
        }
        names
    };
    (more(&after, &before), more(&before, &after))
}

/// Expects that an edit adds and takes away just these, in both profiles, and returns what is found after it.
fn expect(seed: &Seed, edited: &str, came: &[&str], went: &[&str]) -> Vec<Value> {
    assert_ne!(edited, seed.story, "the edit changes the story");
    for profile in ["plain-text", "wire"] {
        let (found, lost) = changes(seed, edited, profile);
        let level = |name: &&str| match (*name, profile) {
            ("date-unanchored", "wire") => format!("information {name}"),
            ("date-unanchored", _) => format!("hint {name}"),
            _ => (*name).to_owned(),
        };
        let of = |names: &[&str]| names.iter().map(level).collect::<Vec<_>>();
        assert_eq!(found, of(came), "came, in {profile}");
        assert_eq!(lost, of(went), "went, in {profile}");
    }
    check(edited, "plain-text")
}

/// The one finding of a rule.
fn only<'a>(found: &'a [Value], rule: &str) -> &'a Value {
    let mut those = found.iter().filter(|finding| finding["rule"] == rule);
    let one = those.next().unwrap_or_else(|| panic!("no {rule}"));
    assert!(those.next().is_none(), "more than one {rule}");
    one
}

/// The one-based line on which a finding starts.
fn line(finding: &Value) -> u64 {
    finding["range"]["start"]["line"].as_u64().expect("a line") + 1
}

fn range(range: &Value) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    format!(
        "[{},{},{},{}]",
        start["line"], start["character"], end["line"], end["character"]
    )
}

#[test]
fn the_story_as_it_is_has_its_seven_findings_in_both_profiles() {
    let Some(seed) = seed() else { return };
    for (profile, key) in [
        (None, "severity_plain_text"),
        (Some("plain-text"), "severity_plain_text"),
        (Some("wire"), "severity_wire_no_metadata"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command
            .arg("check")
            .arg(&seed.path)
            .args(["--format", "json"]);
        if let Some(profile) = profile {
            command.args(["--profile", profile]);
        }
        let output = command.output().expect("it runs");
        let found: Vec<Value> = serde_json::from_slice(&output.stdout).expect("an array");
        let shown = |rule: &Value, severity: &Value, place: String, related: Vec<String>| {
            format!("{rule} {severity} {place} {}", related.join(" "))
        };
        let mut found: Vec<String> = found
            .iter()
            .map(|one| {
                let related = one["related"].as_array().expect("a list").iter();
                let related = related.map(|place| range(&place["range"])).collect();
                shown(
                    &one["rule"],
                    &one["severity"],
                    range(&one["range"]),
                    related,
                )
            })
            .collect();
        let mut expected: Vec<String> = seed.gold["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| {
                let related = one["related"].as_array().into_iter().flatten();
                let related = related.map(Value::to_string).collect();
                shown(&one["code"], &one[key], one["range"].to_string(), related)
            })
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(expected.len(), 7);
        assert_eq!(found, expected, "{profile:?}");
        assert_eq!(
            output.status.code(),
            Some(0),
            "nothing at the level of a warning"
        );
    }
}

#[test]
fn every_quotation_has_its_speaker_and_form() {
    let Some(seed) = seed() else { return };
    let draft = Draft::read(
        Text::new(&seed.story),
        &Reading::default(),
        &Base::default(),
        None,
    );
    let mut count = 0;
    for sentence in seed.gold["sentences"].as_array().expect("a list") {
        for gold in sentence["quotes"].as_array().into_iter().flatten() {
            count += 1;
            let place = seed.bytes(&gold["range"]);
            let quote = draft
                .story
                .quotes
                .iter()
                .find(|quote| draft.span(quote.place).range() == place);
            let quote = quote.unwrap_or_else(|| panic!("no quotation at {}", gold["range"]));
            let read = &draft.prose[quote.place.block].quotes[quote.index];
            let binding = quote.binding.as_ref().expect("it has a speaker");
            // A term that somebody says is a partial quotation.
            let form = match read.kind {
                QuoteKind::Full => "full",
                QuoteKind::Partial | QuoteKind::Term => "partial",
                QuoteKind::Title | QuoteKind::Nickname => "none",
            };
            assert_eq!(gold["form"], form);
            let speaker = draft.story.speaker(binding.speaker);
            match gold["speaker"].as_str().expect("a name").split_once(':') {
                Some(("person", id)) => assert_eq!(speaker.id, id),
                Some(("doc", name)) => {
                    assert_eq!(speaker.kind, SpeakerKind::Document);
                    assert!(speaker.name.contains(name), "{}", speaker.name);
                }
                other => panic!("a speaker of no known kind: {other:?}"),
            }
        }
    }
    assert_eq!(count, 7);
    assert_eq!(draft.story.quotes.len(), 7, "and no other");
}

#[test]
fn m01_a_cut_attribution_leaves_an_orphan() {
    let Some(seed) = seed() else { return };
    let next = seed.whole("S8").start;
    let edited = seed.with(seed.source("S7").start..next, "");
    let found = expect(&seed, &edited, &["error quote-without-speaker"], &[]);
    assert_eq!(line(only(&found, "quote-without-speaker")), 19);
}

#[test]
fn m03_a_cut_last_attribution_leaves_the_inner_one() {
    let Some(seed) = seed() else { return };
    let end = seed.whole("S10").end - 1;
    let edited = seed.with(seed.source("S10").start - ", ".len()..end, "");
    expect(&seed, &edited, &[], &[]);
    let draft = Draft::read(
        Text::new(&edited),
        &Reading::default(),
        &Base::default(),
        None,
    );
    let start = seed
        .bytes(&seed.sentence("S10")["quotes"][0]["range"])
        .start;
    let quote = draft
        .story
        .quotes
        .iter()
        .find(|quote| draft.span(quote.place).start() == start);
    let binding = quote
        .expect("it is still there")
        .binding
        .as_ref()
        .expect("it is bound");
    let inner = seed.sentence("S10")["inner_attribution"]["source"]
        .as_str()
        .expect("a word");
    assert_eq!(draft.story.speaker(binding.speaker).name, inner);
}

#[test]
fn m05_a_bare_surname_comes_first() {
    let Some(seed) = seed() else { return };
    let source = seed.source("S9");
    let surname = source.start + seed.story[source.clone()].rfind(' ').expect("two words") + 1;
    let edited = seed.with(source.start..surname, "");
    let found = expect(&seed, &edited, &["warning name-first-reference"], &[]);
    assert_eq!(line(only(&found, "name-first-reference")), 21);
}

#[test]
fn m07_sources_without_a_word_of_description() {
    let Some(seed) = seed() else { return };
    let edited = seed.with(seed.source("S1").start..seed.cue("S1").end, "sources said");
    // The first finding moves to the new words: gone from the old ones, come on the new.
    let came = [
        "information anonymous-source-no-reason",
        "warning anonymous-source-undescribed",
    ];
    let went = ["information anonymous-source-no-reason"];
    let found = expect(&seed, &edited, &came, &went);
    let words = |rule: &str| told(&edited, only(&found, rule));
    assert!(words("anonymous-source-no-reason").ends_with(" sources"));
    let undescribed = found
        .iter()
        .filter(|one| one["rule"] == "anonymous-source-undescribed");
    let lines: Vec<u64> = undescribed.map(line).collect();
    assert_eq!(lines, [11, 25]);
}

#[test]
fn m09_one_person_alone_carries_the_story() {
    let Some(seed) = seed() else { return };
    let mut edited = seed.story.clone();
    let lines = [
        seed.whole("S4").start..seed.whole("S5").end,
        seed.whole("S2").start..seed.whole("S3").end,
    ];
    for cut in lines {
        edited.replace_range(cut, "");
    }
    let source = seed.source("S1").start;
    edited.replace_range(source..source + "people".len(), "a person");
    let (came, went) = changes(&seed, &edited, "wire");
    assert!(
        came.contains(&"warning anonymous-single-source".to_owned()),
        "{came:?}"
    );
    // The finding on the group moves to the new words; nothing else changes.
    let moved = "information anonymous-source-no-reason".to_owned();
    let others = |names: &[String]| names.iter().filter(|name| **name != moved).count();
    assert_eq!((others(&came), others(&went)), (1, 0), "{came:?} {went:?}");
}

#[test]
fn m11_a_lost_closing_mark() {
    let Some(seed) = seed() else { return };
    let quote = seed.bytes(&seed.sentence("S7")["quotes"][0]["range"]);
    let edited = seed.with(quote.end - "”".len()..quote.end, "");
    let found = expect(&seed, &edited, &["error quote-unbalanced"], &[]);
    assert_eq!(line(only(&found, "quote-unbalanced")), 19);
}

#[test]
fn m13_a_quotation_cut_in_two_paragraphs() {
    let Some(seed) = seed() else { return };
    let quote = seed.whole("S8");
    let words = &seed.story[quote.clone()];
    let (first, second) = words.split_once(" and ").expect("two clauses");
    let edited = seed.with(quote.clone(), &format!("{first}.”\n\n“It {second}"));
    let found = expect(
        &seed,
        &edited,
        &["warning quote-paragraph-continuation"],
        &[],
    );
    assert_eq!(line(only(&found, "quote-paragraph-continuation")), 19);
}

#[test]
fn m15_a_belief_that_is_nobodys() {
    let Some(seed) = seed() else { return };
    let end = seed.whole("S16").end;
    let edited = seed.with(
        end..end,
        " It is believed that Beijing approved the shipments.",
    );
    let found = expect(&seed, &edited, &["warning weasel-attribution"], &[]);
    assert_eq!(line(only(&found, "weasel-attribution")), 32);
}

#[test]
fn m17_a_verb_that_judges() {
    let Some(seed) = seed() else { return };
    let edited = seed.with(seed.cue("S17"), "claimed");
    let found = expect(
        &seed,
        &edited,
        &["information attribution-verb-loaded"],
        &[],
    );
    assert_eq!(line(only(&found, "attribution-verb-loaded")), 34);
}

#[test]
fn m19_two_officials_with_knowledge() {
    let Some(seed) = seed() else { return };
    let new = "Two U.S. officials with direct knowledge of the intelligence said";
    let edited = seed.with(seed.source("S12").start..seed.cue("S12").end, new);
    let came = ["information anonymous-source-no-reason"];
    let went = ["information anonymous-source-undescribed"];
    let found = expect(&seed, &edited, &came, &went);
    let lines: Vec<u64> = found
        .iter()
        .filter(|one| one["rule"] == "anonymous-source-no-reason")
        .map(line)
        .collect();
    assert_eq!(lines, [11, 25]);
}

#[test]
fn m21_a_date_anchors_the_days() {
    let Some(seed) = seed() else { return };
    let edited = format!("Date: 2024-07-10\n\n{}", seed.story);
    expect(&seed, &edited, &[], &["date-unanchored"]);
}

#[test]
fn m23_something_to_come() {
    let Some(seed) = seed() else { return };
    let draft = seed.whole("S3");
    let word = "materials";
    let at = draft.start + seed.story[draft].find(word).expect("the word") + word.len();
    let edited = seed.with(at..at, " [TK]");
    let found = expect(&seed, &edited, &["error placeholder-left"], &[]);
    assert_eq!(line(only(&found, "placeholder-left")), 13);
}

#[test]
fn m25_an_email_called_an_interview() {
    let Some(seed) = seed() else { return };
    let end = seed.whole("S7").end - 1;
    let edited = seed.with(seed.cue("S7").end..end, " in an interview");
    let edited = format!("{edited}\n\n[^liu]: email, embassy statement; by: Liu Pengyu\n");
    let (came, went) = changes(&seed, &edited, "wire");
    assert!(
        came.contains(&"error quote-medium-undisclosed".to_owned()),
        "{came:?}"
    );
    // A record that no mark cites is told too: its speaker is quoted, so it is used.
    assert_eq!((came.len(), went.len()), (1, 0), "{came:?} {went:?}");
    assert_eq!(
        line(only(&check(&edited, "wire"), "quote-medium-undisclosed")),
        19
    );
}

#[test]
fn m27_a_name_that_was_not_to_be_written_down() {
    let Some(seed) = seed() else { return };
    let end = seed.whole("S12").end;
    let edited = seed.with(end..end, " Ana Roth declined to comment.");
    let edited = format!("{edited}\n\n[^r]: interview, Ana Roth; background\n");
    let found = expect(&seed, &edited, &["error source-name-in-record"], &[]);
    let names: Vec<usize> = edited.match_indices("Roth").map(|(at, _)| at).collect();
    assert_eq!(names.len(), 2);
    for finding in &found {
        let places = finding["related"].as_array().expect("a list").iter();
        for place in places.chain([finding]) {
            let at = |end: &str| place["span"][end].as_u64().expect("a byte") as usize;
            let points = |name: &&usize| at("start") < **name + "Roth".len() && **name < at("end");
            assert_eq!(names.iter().find(points), None, "{finding}");
        }
        assert!(!finding.to_string().contains("declined"), "{finding}");
    }
}

/// Letters and marks in one form, so that findings of differently typed stories compare.
fn plain(words: &str) -> String {
    let straight = words.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    straight.nfc().collect::<String>().replace('\r', "")
}

fn told_plainly(text: &str, profile: &str) -> Vec<String> {
    let found = check(text, profile);
    let tell = |finding: &Value| {
        let related = finding["related"].as_array().expect("a list");
        let at = |place: &Value, end: &str| place["span"][end].as_u64().expect("a byte") as usize;
        let related = related
            .iter()
            .map(|place| plain(&text[at(place, "start")..at(place, "end")]));
        let related: Vec<String> = related.collect();
        format!("{} [{}]", plain(&told(text, finding)), related.join("; "))
    };
    found.iter().map(tell).collect()
}

#[test]
fn m29_however_it_is_typed_it_is_the_same_story() {
    let Some(seed) = seed() else { return };
    let straight = |text: &str| text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let one_line = |text: &str| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let nfd = |text: &str| text.nfd().collect::<String>();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    let names = seed
        .story
        .replace("Pal Jonson", "Pål Jönsson")
        .replace("Jonson", "Jönsson");
    for profile in ["plain-text", "wire"] {
        let expected = told_plainly(&seed.story, profile);
        assert_eq!(expected.len(), 7);
        for (name, text) in [
            ("straight", straight(&seed.story)),
            ("CRLF", crlf(&seed.story)),
            ("CR", seed.story.replace('\n', "\r")),
            ("BOM", bom(&seed.story)),
            ("one newline a paragraph", one_line(&seed.story)),
            ("all of them", bom(&crlf(&one_line(&straight(&seed.story))))),
        ] {
            assert_eq!(told_plainly(&text, profile), expected, "{name}, {profile}");
        }
        let expected = told_plainly(&names, profile);
        assert_eq!(expected.len(), 7);
        for (name, text) in [
            ("NFD", nfd(&names)),
            (
                "NFD and all",
                bom(&crlf(&nfd(&straight(&one_line(&names))))),
            ),
        ] {
            assert_eq!(told_plainly(&text, profile), expected, "{name}, {profile}");
        }
    }
}
