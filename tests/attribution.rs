//! The passages of tests/attribution.md: who says what in each, held against how an editor reads it.
//!
//! The page says how an expected reading is written. A passage that is not read right yet is marked `- (not yet)` there;
//! the test fails when a passage without that mark is read wrong, and when one with it is read right.
//! `UPDATE=1 cargo test --test attribution` sets and takes away the marks, never a reading;
//! `cargo test --test attribution -- --nocapture` prints the counts and, for each passage that is wrong, what was read.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::features::quotes::{Said, quotes};
use onrecord::reading::Reading;
use onrecord::story::{Confidence, SpeakerKind};
use onrecord::text::Text;

const FENCE: &str = "```text";
const NOT_YET: &str = "- (not yet)";
const NOTHING: &str = "- nothing";
const INSIDE: &str = "inside: ";

/// Words that decide nothing: whether they belong to what is said is a matter of taste.
const SMALL: [&str; 6] = ["the", "a", "an", "that", "to", ":"];

/// Words that may stand with the cue or with what is said: “warned of | losses”, “warned | of losses”.
const LINKS: [&str; 5] = ["of", "about", "for", "on", "as"];

/// Words of a cue that only carry its tense.
const AUXILIARY: [&str; 14] = [
    "had", "has", "have", "is", "are", "was", "were", "be", "been", "being", "did", "does", "do",
    "also",
];

/// A passage of the page, and how an editor reads it.
struct Passage {
    /// The `##` above it.
    group: String,
    /// The `###` above it.
    kind: String,
    /// The line of the page on which its words begin, from one.
    line: usize,
    /// The line of the page behind its last expectation, from nought: where its mark stands or would stand.
    end: usize,
    text: String,
    expected: Vec<Expected>,
    is_not_yet: bool,
}

/// One attribution as the page writes it: `- [content] … [content] ← who (cue, stance)`
#[derive(Debug)]
struct Expected {
    content: Vec<String>,
    /// None: open.
    who: Option<String>,
    /// None: no cue.
    cue: Option<Vec<String>>,
    stance: Option<String>,
    /// Whether the speaker is given without “probably”, where that matters.
    is_sure: Option<bool>,
    is_inner: bool,
}

#[test]
fn every_passage_is_read_as_an_editor_reads_it_or_says_that_it_is_not_yet() {
    let path = page();
    let text = fs::read_to_string(&path).expect("the page of passages");
    let passages = passages(&text);
    let mut groups: Vec<(String, usize, usize)> = Vec::new();
    let mut differences = String::new();
    let mut wrong = String::new();
    let mut right = Vec::new();
    for passage in &passages {
        let draft = Draft::read(
            Text::new(&passage.text),
            &Reading::default(),
            &Base::default(),
            None,
        );
        let found = quotes(&draft);
        let is_right = agree(&draft, &passage.expected, &found);
        right.push(is_right);
        if groups.last().is_none_or(|group| group.0 != passage.group) {
            groups.push((passage.group.clone(), 0, 0));
        }
        let group = groups.last_mut().expect("a group was just added");
        group.1 += usize::from(is_right);
        group.2 += 1;
        let shown = format!(
            "attribution.md:{} ({}; {})\n    {}\n{}",
            passage.line,
            passage.group,
            passage.kind,
            passage.text.replace('\n', "\n    "),
            render(&draft, &found)
        );
        match (is_right, passage.is_not_yet) {
            (false, false) => differences.push_str(&format!("read wrong: {shown}")),
            (true, true) => differences.push_str(&format!(
                "read right, its `{NOT_YET}` can go: attribution.md:{}\n",
                passage.line
            )),
            (false, true) => wrong.push_str(&shown),
            (true, false) => {}
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, marked(&text, &passages, &right)).expect("the page can be written");
        differences.clear();
    }
    print!("{wrong}");
    for (group, right, all) in &groups {
        println!("{right:4} of {all:4}  {group}");
    }
    let all_right = right.iter().filter(|&&right| right).count();
    println!(
        "{all_right:4} of {:4}  passages read as an editor reads them",
        right.len()
    );
    assert!(
        differences.is_empty(),
        "\n{differences}(UPDATE=1 cargo test --test attribution sets and takes away the marks)"
    );
}

#[test]
fn there_are_at_least_three_hundred_passages_and_no_two_are_the_same() {
    let text = fs::read_to_string(page()).expect("the page of passages");
    let passages = passages(&text);
    assert!(passages.len() >= 300, "{} passages", passages.len());
    let mut texts: Vec<&str> = passages.iter().map(|passage| &*passage.text).collect();
    texts.sort_unstable();
    for pair in texts.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

#[test]
fn what_an_editor_expects_is_made_of_words_of_the_passage() {
    let text = fs::read_to_string(page()).expect("the page of passages");
    for passage in passages(&text) {
        let have = words(&passage.text);
        for expected in &passage.expected {
            let cue = expected.cue.iter().flatten();
            for word in expected.content.iter().chain(cue) {
                let line = passage.line;
                assert!(
                    have.contains(word),
                    "attribution.md:{line}: {word:?} is not in the passage"
                );
            }
        }
    }
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attribution.md")
}

/// The passages of the page, in order.
fn passages(page: &str) -> Vec<Passage> {
    let lines: Vec<&str> = page.lines().collect();
    let (mut group, mut kind) = (String::new(), String::new());
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(heading) = lines[at].strip_prefix("### ") {
            kind = heading.to_owned();
        } else if let Some(heading) = lines[at].strip_prefix("## ") {
            group = heading.to_owned();
        }
        if lines[at] != FENCE || group.is_empty() {
            at += 1;
            continue;
        }
        let length = lines[at + 1..]
            .iter()
            .position(|line| *line == "```")
            .expect("a passage ends with a fence");
        let text = lines[at + 1..at + 1 + length].join("\n") + "\n";
        let mut end = at + 2 + length;
        let mut passage = Passage {
            group: group.clone(),
            kind: kind.clone(),
            line: at + 2,
            end,
            text,
            expected: Vec::new(),
            is_not_yet: false,
        };
        let from = end;
        while let Some(line) = lines.get(end).filter(|line| line.starts_with("- ")) {
            match *line {
                NOTHING => {}
                NOT_YET => {
                    passage.is_not_yet = true;
                    break;
                }
                line => passage.expected.push(
                    expected(line).unwrap_or_else(|| panic!("attribution.md:{}: {line}", end + 1)),
                ),
            }
            end += 1;
        }
        assert!(
            end > from,
            "attribution.md:{}: nothing is expected, not even `{NOTHING}`",
            passage.line
        );
        passage.end = end;
        found.push(passage);
        at = end;
    }
    found
}

/// `- [content] … [content] ← who (cue, stance)`
fn expected(line: &str) -> Option<Expected> {
    let line = line.strip_prefix("- ")?;
    let (is_inner, line) = match line.strip_prefix(INSIDE) {
        Some(line) => (true, line),
        None => (false, line),
    };
    let (content, by) = line.rsplit_once(" ← ")?;
    let content = content.strip_prefix('[')?.strip_suffix(']')?;
    let (who, cue) = match by.strip_suffix(')') {
        Some(by) => {
            let (who, cue) = by.split_once(" (")?;
            (who, Some(cue))
        }
        None => (by, None),
    };
    let (is_sure, who) = match who.split_once(' ') {
        Some(("surely", who)) => (Some(true), who),
        Some(("probably", who)) => (Some(false), who),
        _ => (None, who),
    };
    let (cue, stance) = match cue.and_then(|cue| cue.rsplit_once(", ")) {
        Some((cue, stance)) if ["says", "thinks", "plans"].contains(&stance) => {
            (Some(cue), Some(stance.to_owned()))
        }
        _ => (cue, None),
    };
    Some(Expected {
        content: content.split("] … [").flat_map(content_words).collect(),
        who: (who != "open").then(|| who.to_owned()),
        cue: cue.map(cue_words),
        stance,
        is_sure,
        is_inner,
    })
}

/// The page with its marks as they should be.
fn marked(page: &str, passages: &[Passage], right: &[bool]) -> String {
    let mut lines: Vec<&str> = page.lines().collect();
    for (passage, is_right) in passages.iter().zip(right).rev() {
        match (passage.is_not_yet, is_right) {
            (true, true) => drop(lines.remove(passage.end)),
            (false, false) => lines.insert(passage.end, NOT_YET),
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

/// Whether what is read is what is expected, one for one.
fn agree(draft: &Draft, expected: &[Expected], found: &[Said]) -> bool {
    let mut left: Vec<&Said> = found.iter().collect();
    for expected in expected {
        let Some(at) = left.iter().position(|said| matches(draft, expected, said)) else {
            return false;
        };
        left.remove(at);
    }
    left.is_empty()
}

fn matches(draft: &Draft, expected: &Expected, said: &Said) -> bool {
    let content = said.content.iter().map(|span| draft.text.slice(*span));
    let content: Vec<String> = content.flat_map(|part| content_words(&part)).collect();
    // The dash before a credit is a mark, not words that say so.
    let cue = said.cue.map(|cue| cue_words(&draft.text.slice(cue)));
    let cue = cue.filter(|words| !words.is_empty());
    content == expected.content
        && is_cue(expected.cue.as_deref(), cue.as_deref())
        && is_who(draft, expected.who.as_deref(), said)
        && expected
            .stance
            .as_ref()
            .is_none_or(|stance| stance == said.stance.name())
        && expected
            .is_sure
            .is_none_or(|is_sure| is_sure == (said.confidence > Confidence::Low))
        && expected.is_inner == said.is_inner
}

/// One of the two holds the other: whether “on Monday” or “not” belongs to a cue is a matter of taste.
fn is_cue(expected: Option<&[String]>, read: Option<&[String]>) -> bool {
    match (expected, read) {
        (None, None) => true,
        (Some(expected), Some(read)) => {
            let holds = |outer: &[String], inner: &[String]| {
                !inner.is_empty() && outer.windows(inner.len()).any(|words| words == inner)
            };
            holds(expected, read) || holds(read, expected)
        }
        _ => false,
    }
}

/// The speaker that was found, or the words that stand there: as a whole, or without a title and what is told of it.
fn is_who(draft: &Draft, expected: Option<&str>, said: &Said) -> bool {
    let speaker = said.speaker.map(|id| draft.story.speaker(id));
    let source = said.source.map(|source| draft.text.slice(source));
    let Some(expected) = expected else {
        return speaker.is_none() && source.is_none();
    };
    let is_name = expected.starts_with(char::is_uppercase);
    let who = content_words(first_part(expected));
    if let Some(speaker) = speaker {
        if content_words(&speaker.name) == who {
            return true;
        }
        if is_name || speaker.kind == SpeakerKind::Person {
            // Somebody else of the story, or a title whose bearer was not found.
            return false;
        }
    }
    source.is_some_and(|source| {
        let source = source.trim_end_matches("’s");
        let head = content_words(first_part(source));
        content_words(source) == content_words(expected)
            || head == who
            || is_name && head.ends_with(&who)
    })
}

/// A source without what is told of it: “a nurse | who asked not to be named”.
fn first_part(source: &str) -> &str {
    let end = [", ", " — ", " (", " who ", " whose "]
        .iter()
        .filter_map(|mark| source.find(mark))
        .min();
    &source[..end.unwrap_or(source.len())]
}

/// What was read, as the page would write it.
fn render(draft: &Draft, found: &[Said]) -> String {
    let mut out = String::new();
    for said in found {
        let content: Vec<String> = said
            .content
            .iter()
            .map(|span| format!("[{}]", draft.text.slice(*span)))
            .collect();
        let name = said.speaker.map(|id| draft.story.speaker(id).name.clone());
        let source = said.source.map(|source| draft.text.slice(source));
        let who = name.or(source).unwrap_or_else(|| "open".to_owned());
        let cue = said.cue.map_or(String::new(), |cue| {
            format!(" ({}, {})", draft.text.slice(cue), said.stance.name())
        });
        let sure = match said.confidence > Confidence::Low {
            true => "surely",
            false => "probably",
        };
        let inside = if said.is_inner { INSIDE } else { "" };
        let line = format!("  - {inside}{} ← {sure} {who}{cue}\n", content.join(" … "));
        out.push_str(&line);
    }
    if out.is_empty() {
        out.push_str("  - nothing\n");
    }
    out
}

fn content_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.retain(|word| !SMALL.contains(&&**word));
    if words.len() > 1 && LINKS.contains(&&*words[0]) {
        words.remove(0);
    }
    words
}

fn cue_words(text: &str) -> Vec<String> {
    let all = words(text);
    let mut words = all.clone();
    words
        .retain(|word| !AUXILIARY.contains(&&**word) && (word == ":" || !SMALL.contains(&&**word)));
    if words.is_empty() { all } else { words }
}

/// The words of a text in lower case, without marks; a colon is one, as it can be a cue.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('\'', "’");
    let mut words: Vec<String> = lower
        .split(|letter: char| !letter.is_alphanumeric() && !"’-.,%$£€".contains(letter))
        .map(|word| {
            word.trim_matches(|letter| "’-.,".contains(letter))
                .to_owned()
        })
        .filter(|word| !word.is_empty())
        .collect();
    if text.contains(':') {
        words.push(":".to_owned());
    }
    words
}
