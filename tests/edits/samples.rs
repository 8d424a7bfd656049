//! Edits of four of the sample stories, which are not clean: what each edit brings, and what it mends.

use std::path::Path;

use super::{Edit, hold};

const fn edit(
    what: &'static str,
    (from, to): (&'static str, &'static str),
    comes: &'static [&'static str],
    goes: &'static [&'static str],
) -> Edit {
    Edit {
        what,
        from,
        to,
        comes,
        goes,
    }
}

const COUNCIL: &[Edit] = &[
    edit(
        "the paragraph with the full name is cut",
        (
            "Council member Paul Strand, who voted no, called it “a bus for a handful of people, paid for by everyone else.”\n\n",
            "",
        ),
        &["name-first-reference"],
        &[],
    ),
    edit(
        "the critics get a name",
        ("Critics say the plan", "Kemp says the plan"),
        &[],
        &["weasel-attribution"],
    ),
    edit(
        "the last words get a speaker",
        (
            "be on time.” The first",
            "be on time,” Thorne said. The first",
        ),
        &[],
        // The mayor, of whom the story told before, is none of the critics.
        &["quote-without-speaker"],
    ),
    edit(
        "a speaker is cut",
        (
            " said Berta Oyelaran, a cleaner at the Tarrow Medical Center. “Take the bus away and you take the job.”",
            "",
        ),
        &["quote-without-speaker"],
        &[],
    ),
    edit(
        "the day of the story is given",
        (
            "By Lena Osei\n\nTARROW — ",
            "By Lena Osei\n\nTARROW, Oct. 12, 2026 — ",
        ),
        &[],
        &["date-unanchored"],
    ),
    edit(
        "the ambiguous he gets a name",
        ("after bad,” he said", "after bad,” Kemp said"),
        &[],
        &["quote-ambiguous-speaker"],
    ),
];

const COURT: &[Edit] = &[
    edit(
        "the ruling gets its record",
        (
            "[^dietz]: interview",
            "[^ruling]: court, ruling of Judge Orla Pendry; date: 2026-03-12; on record\n[^dietz]: interview",
        ),
        &[],
        &["source-undeclared"],
    ),
    edit(
        "the accusation gets its accuser",
        ("Renner forged", "Prosecutors said that Renner forged"),
        &[],
        &["claim-accusation-unattributed"],
    ),
    edit(
        "a weekday that is not that day’s",
        (
            "sentenced on Thursday to",
            "sentenced on Friday, March 12, to",
        ),
        &["weekday-date-mismatch"],
        &[],
    ),
    edit(
        "terms are misspelt",
        (
            "date: 2020-02-03; on record",
            "date: 2020-02-03; on backgruond",
        ),
        &["source-terms-unknown"],
        &[],
    ),
    edit(
        "a sum is to come",
        ("more than $1.3 million", "more than $TK million"),
        &["placeholder-left"],
        &[],
    ),
];

const FLOOD: &[Edit] = &[
    edit(
        "the source of the dead is cut",
        (", the regional emergency office said.", "."),
        &["claim-figure-unattributed"],
        &[],
    ),
    edit(
        "the dead of the hamlet get a source",
        (
            "footbridge gave way. They",
            "footbridge gave way, the mayor said. They",
        ),
        &[],
        &["claim-figure-unattributed"],
    ),
    edit(
        "the lost mark comes back",
        ("in the air, rescue", "in the air,” rescue"),
        &[],
        &["quote-unbalanced"],
    ),
    edit(
        "the headline has other dead",
        ("at least 23 dead", "at least 57 dead"),
        &["display-outruns-story"],
        &[],
    ),
];

const EARNINGS: &[Edit] = &[
    edit(
        "the bankers give a reason",
        (
            "direct knowledge of the talks. One",
            "direct knowledge of the talks, who asked not to be named because the talks are private. One",
        ),
        &[],
        &["anonymous-source-no-reason"],
    ),
    edit(
        "the report is linked",
        (
            "The Daltrey Journal reported last month",
            "[The Daltrey Journal reported last month](https://daltrey.example/quillon)",
        ),
        &[],
        &["report-without-link"],
    ),
    edit(
        "the figure gets its source",
        (
            "truck drivers since 2023, and",
            "truck drivers since 2023, Haldane said, and",
        ),
        &[],
        &["claim-figure-unattributed"],
    ),
    edit(
        "the chief’s name and office are cut",
        ("Chief Executive Officer Noor Haldane said", "Haldane said"),
        &["name-first-reference"],
        &[],
    ),
    edit(
        "a name comes a letter off",
        (
            "with bad hours,” Haldane said",
            "with bad hours,” Noor Haldone said",
        ),
        // As it stands she is somebody new, of whom nothing is said.
        &["name-spelling-inconsistent", "name-first-reference"],
        &[],
    ),
    edit(
        "a superlative gets its source",
        (
            "It is the largest family-owned bakery in the country.",
            "It is the largest family-owned bakery in the country, according to Corran Securities.",
        ),
        &[],
        &["claim-superlative-unattributed"],
    ),
];

fn hold_sample(name: &str, edits: &[Edit]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let story = std::fs::read_to_string(folder.join(name)).expect("the sample story");
    hold(name, &story.replace("\r\n", "\n"), edits);
}

#[test]
fn what_a_desk_does_to_the_sample_stories() {
    hold_sample("council.lede", COUNCIL);
    hold_sample("court.lede", COURT);
    hold_sample("flood.lede", FLOOD);
    hold_sample("earnings.lede", EARNINGS);
}
