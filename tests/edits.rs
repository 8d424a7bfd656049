//! A second set of edits, held out from the rules’ examples: what a desk does to two clean stories, and what that brings.
//!
//! Each edit replaces words that stand once in the story. What comes are rules, as many times as they are named; nothing
//! else may come.

#[path = "edits/samples.rs"]
mod samples;

use std::collections::BTreeMap;

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Severity;
use onrecord::notes::Records;
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::text::Text;

const HARBOR: &str = "\
Slug: crane
Date: 2026-09-17

# Crane falls on Harlan quay

A crane fell on the Harlan quay on Thursday and killed two dockers, the police said.

“It bent like a wet straw, and then there was only dust,” said Ilse Brandt, 47, who drives a forklift there. “We had told them for weeks that it leaned.”

The police commissioner, Oskar Fehr, said that the crane had been inspected in August. “We will look at who signed for it,” Fehr said.

Harbor traffic fell 18% last year, according to the port authority, and half of the cranes stood still.

The union accused Quayside Lifting of bribing an inspector. Quayside Lifting denied it and said that its books were open.

Rain fell on the quay all day, and the gates stayed shut.

“Nobody at the port listens to a docker,” said Ansgar Thiel, who leads the union. “They listen to a crane when it falls.”

Thiel said that the union would strike until the other cranes were checked.
";

const BAKERY: &str = "\
Slug: mill
Date: 2026-10-02

# Mill to close after a century

The Marlowe mill will close in December and its 140 workers will lose their jobs, the owner said on Friday.

“There is no wheat at a price that we can grind,” said the owner, Clara Voss. “I have tried since the spring.”

The price of wheat doubled in two years, according to the farmers’ exchange.

Two managers, who asked not to be named because the talks with the bank go on, said that a buyer had been found and lost.

The wheel stands still, and the pigeons have come back.

The mayor, Ruben Alt, said that he had not been told. “I read it on the gate,” Alt said.

Voss said that she would write to every family.
";

struct Edit {
    what: &'static str,
    from: &'static str,
    to: &'static str,
    comes: &'static [&'static str],
    goes: &'static [&'static str],
}

const fn edit(
    what: &'static str,
    from: &'static str,
    to: &'static str,
    comes: &'static [&'static str],
) -> Edit {
    Edit {
        what,
        from,
        to,
        comes,
        goes: &[],
    }
}

const AT_THE_HARBOR: &[Edit] = &[
    edit(
        "the source of the dead is cut",
        ", the police said.",
        ".",
        &["claim-figure-unattributed"],
    ),
    edit(
        "a speaker is cut",
        " said Ansgar Thiel, who leads the union. “They listen to a crane when it falls.”",
        "",
        // “Thiel said” in the next paragraph is a first mention now.
        &["quote-without-speaker", "name-first-reference"],
    ),
    edit(
        "a closing mark is lost",
        "only dust,” said",
        "only dust, said",
        &["quote-unbalanced"],
    ),
    edit(
        "the source of a figure is cut",
        ", according to the port authority,",
        ",",
        &["claim-figure-unattributed"],
    ),
    edit(
        "the accuser is cut",
        "The union accused Quayside Lifting of bribing an inspector. Quayside Lifting denied it and said that its books were open.",
        "Quayside Lifting bribed an inspector.",
        &["claim-accusation-unattributed"],
    ),
    edit(
        "the reply is cut",
        " Quayside Lifting denied it and said that its books were open.",
        "",
        &["missing-right-of-reply"],
    ),
    edit(
        "a name comes a letter off",
        "Thiel said that the union",
        "Ansgar Theil said that the union",
        &["name-spelling-inconsistent"],
    ),
    edit(
        "a slip in a full name",
        "Thiel said that the union",
        "Ansgar Thyel said that the union",
        &["name-spelling-inconsistent"],
    ),
    edit(
        "the first mention is cut",
        "The police commissioner, Oskar Fehr, said that the crane had been inspected in August. “We",
        "“We",
        &["name-first-reference"],
    ),
    edit(
        "the weekday is wrong",
        "on Thursday and",
        "on Friday, September 17, and",
        &["weekday-date-mismatch"],
    ),
    edit(
        "a number is to come",
        "killed two dockers",
        "killed TK dockers",
        &["placeholder-left"],
    ),
    edit(
        "a verb judges",
        "said Ansgar Thiel, who",
        "claimed Ansgar Thiel, who",
        &["attribution-verb-loaded"],
    ),
    edit(
        "the headline outruns the story",
        "# Crane falls on Harlan quay",
        "# Crane kills 12 on Harlan quay",
        &["display-outruns-story"],
    ),
    edit(
        "two speak in one paragraph",
        "that it leaned.”\n\nThe police",
        "that it leaned.” The police",
        &["quote-speakers-stacked"],
    ),
    edit(
        "a citation of nothing",
        "said that its books were open.",
        "said that its books were open.[^books]",
        &["source-undeclared"],
    ),
    edit(
        "the day of the story is cut",
        "Date: 2026-09-17\n",
        "",
        &["date-unanchored"],
    ),
];

const AT_THE_MILL: &[Edit] = &[
    edit(
        "a speaker is cut",
        "The mayor, Ruben Alt, said that he had not been told. “I read it on the gate,” Alt said.",
        "“I read it on the gate like everybody else.”",
        &["quote-without-speaker"],
    ),
    edit(
        "the source of a change is cut",
        ", according to the farmers’ exchange.",
        ".",
        &["claim-figure-unattributed"],
    ),
    edit(
        "the reason is cut",
        ", who asked not to be named because the talks with the bank go on, said",
        " said",
        &["anonymous-source-no-reason"],
    ),
    edit(
        "the description is cut",
        "Two managers, who asked not to be named because the talks with the bank go on, said",
        "Sources said",
        &["anonymous-source-no-reason", "anonymous-source-undescribed"],
    ),
    edit(
        "a belief is nobody’s",
        "Voss said that she would",
        "It is believed that she would",
        &["weasel-attribution"],
    ),
    edit(
        "a study without a name",
        "Voss said that she would write to every family.",
        "A recent study found that mills close.",
        &["study-unnamed"],
    ),
    edit(
        "a superlative",
        "The price of wheat",
        "It is the oldest mill in the country. The price of wheat",
        &[],
    ),
    edit(
        "a superlative of its own",
        "Voss said that she would write to every family.",
        "It is the oldest mill in the country.",
        &["claim-superlative-unattributed"],
    ),
    edit(
        "an unnamed attack",
        "said that a buyer had been found and lost",
        "said that Clara Voss was a liar",
        &["anonymous-opinion"],
    ),
    edit(
        "another outlet’s report",
        "Voss said that she would write to every family.",
        "The bank will sell it, the Marlowe Courier reported.",
        &["report-without-link"],
    ),
    edit(
        "a comment is left open",
        "every family.",
        "every family. <!-- check",
        &["mark-unclosed"],
    ),
    edit(
        "the key of the embargo",
        "Slug: mill",
        "Slug: mill\nEmbrago: 2026-10-05",
        &["header-embargo-misspelt"],
    ),
];

/// How often each rule speaks, above a hint.
fn counts(text: &str) -> BTreeMap<&'static str, i32> {
    let (config, base, records) = (Config::default(), Base::default(), Records::default());
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::civil::date(2026, 10, 5),
        stamp: 0,
    };
    let draft = Draft::read(Text::new(text), &Reading::default(), &base, None);
    let mut counts = BTreeMap::new();
    for finding in rules::check(&draft, &scene, None).findings.iter() {
        if finding.severity > Severity::Hint {
            *counts.entry(finding.rule).or_default() += 1;
        }
    }
    counts
}

/// Each edit brings and takes away what it says, and nothing else.
fn hold(name: &str, story: &str, edits: &[Edit]) {
    let before = counts(story);
    let mut wrong = Vec::new();
    for edit in edits {
        assert_eq!(story.matches(edit.from).count(), 1, "{}", edit.what);
        let mut expected = before.clone();
        for rule in edit.comes {
            *expected.entry(rule).or_default() += 1;
        }
        for rule in edit.goes {
            *expected.entry(rule).or_default() -= 1;
        }
        expected.retain(|_, count| *count != 0);
        let after = counts(&story.replacen(edit.from, edit.to, 1));
        if after != expected {
            wrong.push(format!("{}: {after:?}, not {expected:?}", edit.what));
        }
    }
    assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
}

/// The same of a story of which nothing is asked.
fn hold_clean(name: &str, story: &str, edits: &[Edit]) {
    let before = counts(story);
    assert!(before.is_empty(), "the story is clean: {before:?}");
    hold(name, story, edits);
}

#[test]
fn what_a_desk_does_at_the_harbor() {
    hold_clean("the harbor", HARBOR, AT_THE_HARBOR);
}

#[test]
fn what_a_desk_does_at_the_mill() {
    hold_clean("the mill", BAKERY, AT_THE_MILL);
}
