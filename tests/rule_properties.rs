//! What holds for every rule: a speaker’s words are the speaker’s, and a fix never invents a fact.

use std::path::Path;

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::example::Example;
use onrecord::finding::Finding;
use onrecord::notes::Records;
use onrecord::reading::Reading;
use onrecord::rules::{self, RULES};
use onrecord::scene::Scene;
use onrecord::syntax::definition::{ENTITY_FIELDS, SOURCE_FIELDS};
use onrecord::syntax::header::KEYS;
use onrecord::text::Text;
use onrecord::words;

fn read(text: &str) -> Draft {
    Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
}

fn found(draft: &Draft) -> Vec<Finding> {
    let (config, base, records) = (Config::default(), Base::default(), Records::default());
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    rules::check(draft, &scene, None).findings.to_vec()
}

/// Every draft that the project has: the examples of all rules, and the sample stories.
fn drafts() -> Vec<String> {
    let examples = RULES
        .iter()
        .flat_map(|rule| rule.fires.iter().chain(rule.quiet));
    let mut drafts: Vec<String> = examples
        .map(|marked| Example::read(marked).draft().text.clone())
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    for entry in std::fs::read_dir(folder).expect("the sample stories") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|end| end == "lede" || end == "txt")
        {
            drafts.push(std::fs::read_to_string(path).expect("a story is UTF-8"));
        }
    }
    drafts
}

/// The draft with other words between its quotation marks: as long, with capitals and marks where they were.
fn other_words(text: &str, draft: &Draft) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (placed, prose) in draft.tree.blocks.iter().zip(&draft.prose) {
        let spoken = prose
            .quotes
            .iter()
            .filter(|quote| quote.depth == 0 && quote.word_count >= 4);
        for quote in spoken {
            let inner = placed.place(quote.inner);
            for (nth, byte) in bytes[inner.range()].iter_mut().enumerate() {
                *byte = match *byte {
                    b'a'..=b'z' => b"relonati"[nth % 8],
                    b'A'..=b'Z' => b"RELONATI"[nth % 8],
                    b'0'..=b'9' => b'7',
                    other => other,
                };
            }
        }
    }
    String::from_utf8(bytes).expect("only ASCII letters were changed")
}

#[test]
fn no_rule_but_those_for_quotations_looks_between_quotation_marks() {
    const TOPICS: &[&str] = &["claim", "date", "figure", "style", "name"];
    // A name that may not be printed may not be printed in a quotation either.
    const EXEMPT: &[&str] = &["name-restricted"];
    let own = |findings: Vec<Finding>| -> Vec<(&str, (usize, usize))> {
        let is_own = |finding: &&Finding| {
            let rule = rules::rule(finding.rule).expect("a rule of the list");
            TOPICS.contains(&rule.topic) && !EXEMPT.contains(&rule.name)
        };
        let findings = findings.iter().filter(is_own);
        findings
            .map(|it| (it.rule, (it.span.start(), it.span.end())))
            .collect()
    };
    let (mut replaced, mut wrong) = (0, Vec::new());
    for text in drafts() {
        let draft = read(&text);
        let other = other_words(&text, &draft);
        if other == text {
            continue;
        }
        replaced += 1;
        let (before, after) = (own(found(&draft)), own(found(&read(&other))));
        if before != after {
            wrong.push(format!("{before:?} became {after:?} in\n{other}"));
        }
    }
    assert!(replaced >= 80, "{replaced} drafts hold quotations");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_word_that_a_fix_inserts_stands_in_the_draft_or_the_lists_or_is_a_note() {
    // Words of the markup and of the header, which are no copy.
    const MARKUP: &[&str] = &["edit", "x", "background"];
    let is_markup = |word: &str| {
        let lists = [MARKUP, KEYS, SOURCE_FIELDS, ENTITY_FIELDS];
        lists.iter().any(|list| list.contains(&word))
    };
    let (mut looked_at, mut wrong) = (0, Vec::new());
    for text in drafts() {
        let draft = read(&text);
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        let known = format!("{} {}", text.to_lowercase(), rules.join(" "));
        for finding in found(&draft) {
            for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
                looked_at += 1;
                let copy = without_notes(&edit.new_text);
                let inserted = copy.split(|c: char| !c.is_alphanumeric() && c != '’');
                for word in inserted.filter(|word| word.chars().any(char::is_alphabetic)) {
                    let lower = word.to_lowercase();
                    let is_listed = words::classes(&lower) != words::Classes::NONE
                        || !words::verbs(&lower).is_empty();
                    if !known.contains(&lower) && !is_listed && !is_markup(&lower) {
                        wrong.push(format!("{}: “{word}” in {:?}", finding.rule, edit.new_text));
                    }
                }
            }
        }
    }
    assert!(looked_at >= 150, "{looked_at} edits were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a fix writes outside `[TK: …]`, and without `TK` itself.
fn without_notes(words: &str) -> String {
    let mut copy = String::new();
    let mut rest = words;
    while let Some(at) = rest.find("[TK") {
        copy.push_str(&rest[..at]);
        rest = rest[at..].split_once(']').map_or("", |(_, after)| after);
    }
    copy.push_str(rest);
    copy.replace("TK", " ")
}
