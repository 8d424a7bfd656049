//! What is offered where, and what the line is after the first item was accepted.

use expect_test::{Expect, expect};

use super::*;
use crate::features::testing;

/// The list, and the line of the cursor after the first item was accepted.
fn check_asked(marked: &str, asked: Asked, expected: Expect) {
    let shown = testing::asked(marked, |draft, scene, at| {
        let found = complete(draft, scene, at, asked);
        let mut shown = String::new();
        for item in found.items.iter().take(6) {
            shown.push_str(item.label.as_str());
            if !item.detail.is_empty() {
                shown.push_str(&format!(" | {}", item.detail));
            }
            shown.push('\n');
        }
        if let Some(first) = found.items.first() {
            let before = draft.text.slice(Span::new(0, at));
            let line = before.matches('\n').count();
            let after = testing::after(draft, std::slice::from_ref(&first.edit));
            let accepted = after.lines().nth(line).unwrap_or_default();
            shown.push_str(&format!("=> {accepted}\n"));
        }
        shown
    });
    expected.assert_eq(&shown);
}

fn check(marked: &str, expected: Expect) {
    check_asked(marked, Asked::Typing, expected);
}

const RECORDS: &str = "\n###\n\n[^ortiz]: interview, Dana Ortiz; on record\n[^plan]: document, harbor plan; date: 2026-11-20\n[@dana-ortiz]: person, Dana Ortiz; role: harbor commissioner\n";

#[test]
fn source_ids_after_their_sign() {
    check(
        &format!("The pier is old.[^<|>\n{RECORDS}"),
        expect![[r#"
            ortiz | interview, Dana Ortiz
            plan | document, harbor plan
            => The pier is old.[^ortiz]
        "#]],
    );
    check(
        &format!("The pier is old.[^pl<|>]\n{RECORDS}"),
        expect![[r#"
            plan | document, harbor plan
            => The pier is old.[^plan]
        "#]],
    );
    check(
        &format!("The pier is old.[^plan, p. 3; or<|>\n{RECORDS}"),
        expect![[r#"
            ortiz | interview, Dana Ortiz
            => The pier is old.[^plan, p. 3; ortiz]
        "#]],
    );
    check(
        &format!("The pier is old.[^plan, p<|>\n{RECORDS}"),
        expect![[r#""#]],
    );
}

#[test]
fn entity_ids_and_people_without_a_record() {
    check(
        &format!(
            "“It is old,” said Paul Venn, a diver.\n\nIt will stand as long as the town does.[@<|>\n{RECORDS}"
        ),
        expect![[r#"
            dana-ortiz | Dana Ortiz, harbor commissioner
            paul-venn | Paul Venn
            => It will stand as long as the town does.[@dana-ortiz]
        "#]],
    );
    check(
        &format!("The [commissioner](@da<|> knows.\n{RECORDS}"),
        expect![[r#"
            dana-ortiz | Dana Ortiz, harbor commissioner
            => The [commissioner](@dana-ortiz) knows.
        "#]],
    );
}

#[test]
fn header_keys_and_statuses() {
    check(
        "Slug: pier\nEm<|>\n\nThe pier is old.\n",
        expect![[r#"
        Embargo | not before this time
        => Embargo: 
    "#]],
    );
    check(
        "Slug: pier\nStatus: f<|>\n\nThe pier is old.\n",
        expect![[r#"
            fact-check | with a checker: every rule at its own level
            final | ready: what is to come is an error
            => Status: fact-check
        "#]],
    );
}

#[test]
fn rules_in_a_stet() {
    check(
        "Crime fell 15% last year. [STET claim-f<|>: police figures]\n",
        expect![[r#"
            claim-figure-unattributed | A percentage, a sum or a count with no source in its paragraph.
            => Crime fell 15% last year. [STET claim-figure-unattributed: police figures]
        "#]],
    );
    check(
        "Crime fell 15% last year. [STET claim: f<|>]\n",
        expect![[r#""#]],
    );
}

#[test]
fn words_of_a_definition() {
    check(
        "###\n\n[^ortiz]: int<|>\n",
        expect![[r#"
        interview
        => [^ortiz]: interview, 
    "#]],
    );
    check(
        "###\n\n[^ortiz]: interview, Dana Ortiz; d<|>\n",
        expect![[r#"
            date | when they said it
            deep background | no attribution, no quotes
            => [^ortiz]: interview, Dana Ortiz; date: 
        "#]],
    );
    check(
        "###\n\n[^ortiz]: interview, Dana Ortiz; terms: off<|>\n",
        expect![[r#"
            off record | not to be cited
            => [^ortiz]: interview, Dana Ortiz; terms: off record
        "#]],
    );
}

#[test]
fn a_name_in_full_and_then_its_surname() {
    check(
        &format!("The pier is safe, said Mayor Jo Ash. The engineers and Da<|>\n{RECORDS}"),
        expect![[r#"
            Dana Ortiz | harbor commissioner
            => The pier is safe, said Mayor Jo Ash. The engineers and Dana Ortiz, harbor commissioner,
        "#]],
    );
    check(
        "The wall, and Da<|>\n\n“It is old,” said Harbor Commissioner Dana Ortiz.\n",
        expect![[r#"
            Dana Ortiz | Harbor Commissioner
            => The wall, and Harbor Commissioner Dana Ortiz
        "#]],
    );
    check(
        "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Ve<|>\n",
        expect![[r#"
            Venn | Paul Venn
            => The wall will stand, and Venn
        "#]],
    );
    check(
        "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Paul Ve<|>\n",
        expect![[r#"
            Paul Venn
            => The wall will stand, and Paul Venn
        "#]],
    );
}

#[test]
fn prose_stays_quiet() {
    let known = "“It is old,” said Paul Venn, a diver.\n\n";
    check(
        &format!("{known}The wall will stand, said Ve<|>\n"),
        expect![[r#""#]],
    );
    check(
        &format!("{known}“The wall will stand,” Ve<|>\n"),
        expect![[r#""#]],
    );
    check(
        &format!("{known}The wall will stand, and V<|>\n"),
        expect![[r#""#]],
    );
    check(&format!("{known}The wall is ve<|>\n"), expect![[r#""#]]);
    check_asked(
        &format!("{known}The wall will stand, said Ve<|>\n"),
        Asked::Explicitly,
        expect![[r#"
            Venn | Paul Venn
            => The wall will stand, said Venn
        "#]],
    );
}

#[test]
fn what_was_typed_is_what_the_editor_matches() {
    let item = testing::asked(
        &format!("It is old.[^pl<|>]\n{RECORDS}"),
        |draft, scene, at| complete(draft, scene, at, Asked::Typing).items.remove(0),
    );
    assert_eq!(
        (item.filter_text.as_str(), item.sort_text.as_str()),
        ("pl plan", "000")
    );
}

#[test]
fn inside_an_open_quotation_mark_the_words_of_the_tape_are_offered() {
    check(
        "The pier is closed, the board said on Monday.\n\n“We had no w<|>\n=== notes/ortiz.vtt\nWEBVTT\n\n04:12.000 --> 04:16.000\nWell, we had no warning and no help.\n",
        expect![[r#"
            We had no warning and no help | ortiz.vtt, 04:12
            => “We had no warning and no help
        "#]],
    );
}

#[test]
fn verbs_behind_a_closing_mark_for_whoever_asks() {
    let first = |marked: &str, asked: Asked| {
        testing::asked(marked, |draft, scene, at| {
            let found = complete(draft, scene, at, asked);
            let labels: Vec<&str> = found.items.iter().map(|item| &*item.label).collect();
            labels
                .iter()
                .take(3)
                .map(|label| (*label).to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        })
    };
    let asked = |marked: &str| first(marked, Asked::Explicitly);
    assert_eq!(asked("“It is old,” <|>\n"), "said added told");
    assert_eq!(asked("“Is it old?” <|>\n"), "asked said added");
    assert_eq!(asked("\"It is old,\" <|>\n"), "said added told");
    assert_eq!(asked("“It is old,” re<|>\n"), "replied recalled");
    assert_eq!(
        asked("“It leaks,” Ortiz says. “So it does,” <|>\n"),
        "says adds tells"
    );
    // Behind a full stop a sentence begins; a mark that opens closes nothing; nobody asked.
    assert_eq!(asked("“It is old.” <|>\n"), "");
    assert_eq!(asked("He called it \"<|>\n"), "");
    assert_eq!(first("“It is old,” <|>\n", Asked::Typing), "");
    assert_eq!(first("“It is old,” sa<|>\n", Asked::Typing), "");
    check_asked(
        "“It is old,”<|>\n",
        Asked::Explicitly,
        expect![[r#"
            said | the plain word
            added | goes on with what was quoted before
            told | with whom: told reporters
            asked | a question
            wrote | in writing
            replied | to a question
            => “It is old,” said
        "#]],
    );
}

#[test]
fn places_in_a_source_behind_its_id() {
    let lede = "The pier is closed, the board said on Monday.\n\n";
    let ortiz = "\n###\n\n[^ortiz]: interview, Dana Ortiz; on record; file: notes/ortiz.vtt\n[^plan]: document, harbor plan\n=== notes/ortiz.vtt\nWEBVTT\n\n00:10.000 --> 00:12.000\nGood morning to you all.\n\n04:12.000 --> 04:16.000\nWell, we had no warning and no help at all.\n";
    check(
        &format!("{lede}“We had no warning and no help,” Ortiz said.[^ortiz, <|>\n{ortiz}"),
        expect![[r#"
            04:12 | “we had no warning and no help”
            => “We had no warning and no help,” Ortiz said.[^ortiz, 04:12]
        "#]],
    );
    check(
        &format!(
            "It leaks.[^plan, p. 3] It is old.[^plan, p. 40]\n\nIt stands.[^plan, <|>\n{ortiz}"
        ),
        expect![[r#"
            p. 3 | cited elsewhere in this draft
            p. 40 | cited elsewhere in this draft
            => It stands.[^plan, p. 3]
        "#]],
    );
    check(
        &format!("It leaks.[^plan, p. 3] It stands.[^plan, p. 4<|>]\n{ortiz}"),
        expect![[r#""#]],
    );
}

#[test]
fn values_of_keys() {
    check(
        "Slug: pier\nLang: <|>\n\nThe pier is old.\n",
        expect![[r#"
            en-US | American English
            en-GB | British English
            => Lang: en-US
        "#]],
    );
    check(
        "Slug: pier\nChecks: claim off; quote-f<|>\n\nThe pier is old.\n",
        expect![[r#"
            quote-fragment | A quotation of up to three words with no speaker, or three of them in a sentence.
            => Checks: claim off; quote-fragment
        "#]],
    );
    check(
        "Slug: pier\nChecks: claim in<|>\n\nThe pier is old.\n",
        expect![[r#"
            information | worth a look
            => Checks: claim information
        "#]],
    );
    check(
        "###\n\n[^ortiz]: interview, Dana Ortiz; status: dis<|>\n",
        expect![[r#"
            disputed | somebody says otherwise
            => [^ortiz]: interview, Dana Ortiz; status: disputed
        "#]],
    );
}

#[test]
fn more_is_said_of_the_item_that_is_looked_at() {
    let told = |marked: &str| {
        testing::asked(marked, |draft, scene, at| {
            let found = complete(draft, scene, at, Asked::Typing);
            let about = found.items.first().and_then(|item| item.about);
            about.map_or(String::new(), |about| {
                about::lines(draft, scene, about).join("\n") + "\n"
            })
        })
    };
    expect![[r#"
        Dana Ortiz
        ON THE RECORD · interview
        Not cited yet
    "#]]
    .assert_eq(&told(&format!("It leaks.[^or<|>\n{RECORDS}")));
    expect![[r#"
        **Paul Venn**
        Write: Venn on second reference
        In this story: 1 quote, no paraphrase (¶1)
        First named in ¶1: “Paul Venn”
    "#]]
    .assert_eq(&told(
        "“It is old,” said Paul Venn, a diver.\n\nThe wall will stand, and Ve<|>\n",
    ));
    expect![[r#"
        A percentage, a sum or a count with no source in its paragraph.
        Readers trust figures most and can check them least. Reuters and AP ask for a source for every statement that is no established fact; the number of dead without one is an error. Said once a paragraph. How things stand (“10% of the town is Polish”) and what would be is information, as are the figures of later paragraphs; what a poll says and what somebody paid, whose source mostly stands near by, is a hint.
    "#]].assert_eq(&told(
        "Crime fell 15% last year. [STET claim-figure-un<|>\n",
    ));
}
