//! Planted secrets: what may not go out is in no byte of any export.

use std::io::Read;

use onrecord::exchange::article::Article;
use onrecord::exchange::{FORMATS, Format};
use onrecord::ledger::Level;
use onrecord::notes::Records;

use super::{LEVELS, article, now, read};

/// A draft with a secret in every place that does not print. Words with 1 at their end are for nobody but the reporter
/// (they are, or lead to, somebody who was promised not to be named); words with 2 are for the desk, not for the public.
const PLANTED: &str = "\
Slug: harbor
Eds: eds2
Editor: editor2
Checker: checker2
Checks: claim off
Hold: hold2
X-Inner: inner1
Date: 2026-03-03
Status: final

NOTES
scratch1 above the story

STORY

PORT HARLAN — The pier is shut, said Ann Lee, the chair.[^lee, 04:12] [ED: desknote2] <!-- comment1 -->

“It leaks,” an official said.[^quillid1, locator1] [NOTE: Zarkov1 told me] [CQ AB2 2026-03-03: Quill1 read it back]

“Nobody asked us.”[^quillid1] [STET quote: stetreason2] [TK: tknote2]

“Nobody ever does.”[@marked1]

The wall is old.[^deepid1] It [was built](^offid1) in 1911.[^oddid1] [CQ CD2 2026-03-04: checknote2] The [guard](@marked1) slept.[^undeclaredid1]

<!-- block1 -->

<!-- more1 of it

and the rest1 of it -->

The gate <!-- x -->was painted. It was green, said Bo Roy.[^plan]

###

scratch1 below the story

[^lee]: interview, Ann Lee; on record; file: leefile2.m4a; note: leenote2
[^quillid1]: interview, Zarkov1 Quill1; by: @entityid1; background; as: a harbor official; date: 2026-03-02; x-disclose: yes
    identity: Identity1 Person1
    contact: contact1@example.org
    file: quillfile1.m4a
    note: sourcenote1
    why: why1
    known-to: known1
[^deepid1]: interview, Deep1 Throat1; deep background; file: deepfile1.txt
[^offid1]: call, Off1 Record1; off the record
[^oddid1]: call, Odd1 Terms1; on the backgrund
[^plan]: document, plantitle2; on record; note: from Zarkov1
[@entityid1]: person, Zarkov1 Quill1; aka: Alias1
[@marked1]: person, Marked1 Person1
[@barred]: person, Barred1 Name1; do-not-name: court order
";

/// All letters of an export, those in packed files unpacked.
fn letters(format: &Format, article: &Article) -> String {
    let bytes = (format.write)(article, now());
    if format.extension != "docx" {
        return String::from_utf8(bytes).expect("it is text");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is a document");
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        file.read_to_string(&mut all).expect("a part is text");
    }
    all
}

/// The planted words with a number at their end, in small letters.
fn planted(number: char) -> Vec<String> {
    let words = PLANTED.split(|c: char| !c.is_alphanumeric());
    let secrets =
        words.filter(|word| word.ends_with(number) && word.starts_with(char::is_alphabetic));
    let mut secrets: Vec<String> = secrets.map(str::to_lowercase).collect();
    secrets.sort();
    secrets.dedup();
    secrets
}

/// The same with a mark that a comment cuts in two: stripped once, it is whole.
fn split() -> String {
    PLANTED.replace("It was green", "It was [E<!-- y -->D: split1] green")
}

#[test]
fn no_export_holds_what_its_level_may_not_see() {
    assert!(planted('1').len() > 30 && planted('2').len() > 10);
    let texts = [PLANTED.to_owned(), split()];
    let each = texts
        .iter()
        .flat_map(|text| LEVELS.map(|level| (text, level)));
    for (text, (level_name, level)) in each {
        let article = article(text, level);
        let hidden = match level {
            Level::Public => [planted('1'), planted('2'), vec!["split1".to_owned()]].concat(),
            Level::Desk => [planted('1'), vec!["split1".to_owned()]].concat(),
            Level::Full => Vec::new(),
        };
        for format in FORMATS {
            let out = letters(format, &article).to_lowercase();
            assert!(
                out.contains("ann lee") || format.name == "csl",
                "{}",
                format.name
            );
            for secret in &hidden {
                assert!(
                    !out.contains(secret),
                    "{secret} is in {} at {level_name}:\n{out}",
                    format.name
                );
            }
        }
        for line in &article.left_out {
            let line = line.to_lowercase();
            assert!(!hidden.iter().any(|secret| line.contains(secret)), "{line}");
        }
    }
}

/// The test would be worth nothing if the words never came out at all.
#[test]
fn the_drawer_holds_them() {
    let article = article(PLANTED, Level::Full);
    let all: String = FORMATS
        .iter()
        .map(|format| letters(format, &article).to_lowercase())
        .collect();
    for secret in [
        "zarkov1",
        "identity1",
        "contact1",
        "quillfile1",
        "sourcenote1",
        "desknote2",
        "inner1",
        "deep1",
        "off1",
    ] {
        assert!(all.contains(secret), "{secret}");
    }
    let desk = super::article(PLANTED, Level::Desk);
    let desk: String = FORMATS
        .iter()
        .map(|format| letters(format, &desk).to_lowercase())
        .collect();
    for secret in [
        "desknote2",
        "stetreason2",
        "checknote2",
        "leenote2",
        "a harbor official",
    ] {
        assert!(desk.contains(secret), "{secret}");
    }
}

#[test]
fn words_that_an_unnamed_source_said_are_given_to_nobody_by_name() {
    let story = "# Harbor official denies it all\n\nPORT HARLAN — Ana Roth, a harbor official, denied on Monday that the planks were lost.\n\n\
        “They were lost in the night,” an official said.[^a1]\n\n“Nobody knows why it was said so late.”[^a1]\n\n###\n\n\
        [^a1]: interview, Ana Roth; by: @ana; background; as: an official\n[@ana]: person, Ana Roth\n";
    for level in [Level::Public, Level::Desk] {
        let article = article(story, level);
        let told = article
            .rests
            .iter()
            .filter(|rests| rests.words.starts_with('“'));
        for rests in told {
            let name = rests
                .speaker
                .as_ref()
                .map_or("", |voice| voice.name.as_str());
            assert!(!name.contains("Roth"), "{rests:?}");
        }
        for format in FORMATS {
            let out = letters(format, &article);
            // She stands in the headline’s story once, and who is named is told once more.
            for given in [
                "data-speaker=\"Ana",
                "quote-source=\"Ana",
                "creator\":{\"@type\":\"Person\",\"name\":\"Ana",
            ] {
                assert!(!out.contains(given), "{} at {level:?}", format.name);
            }
        }
    }
}

#[test]
fn what_is_not_closed_goes_nowhere() {
    for open in ["[LEGAL: secret", "<!-- secret", "[ED: secret"] {
        let draft = read(&format!(
            "The pier is shut, said Ann Lee. {open}\n\nIt is old.\n"
        ));
        for (_, level) in LEVELS {
            assert!(
                Article::of(&draft, Records::none(), level).is_err(),
                "{open}"
            );
        }
    }
}
