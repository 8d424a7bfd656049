//! What to know of the words under the cursor.

use crate::draft::Draft;
use crate::features::about_known;
use crate::features::about_mark;
use crate::features::about_speaker::{self, Asked};
use crate::features::on_file;
use crate::features::subject::{self, Subject};
use crate::features::words::{escaped, shortened};
use crate::finding::Finding;
use crate::scene::Scene;
use crate::story::SpeakerKind;
use crate::text::order;
use crate::text::span::Span;

/// How many lines a hover has at most.
const MOST: usize = 8;

/// What to know of the words under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about, in bytes of the file.
    pub span: Span,
    /// At most eight lines of Markdown, none empty.
    pub lines: Vec<String>,
}

impl Hover {
    /// The lines as one Markdown text.
    pub fn markdown(&self) -> String {
        self.lines.join("  \n")
    }

    /// Adds what is known from other stories: after how often somebody speaks in this one, if that is said here.
    pub fn add(&mut self, words: &str) {
        let here = self
            .lines
            .iter()
            .position(|line| line.starts_with("In this story: "));
        if let Some(at) = here {
            self.lines.insert(at + 1, escaped(words));
            self.lines.truncate(MOST);
        }
    }

    /// The lines without Markdown, for clients that show letters as they are.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        let text = self.lines.join("\n");
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => plain.extend(letters.next()),
                '*' if letters.peek() == Some(&'*') => {
                    letters.next();
                }
                other => plain.push(other),
            }
        }
        plain
    }
}

/// What to know of the words at a byte of the file: the narrower of what stands there and what was found there first.
pub fn hover(draft: &Draft, scene: &Scene, findings: &[Finding], at: usize) -> Option<Hover> {
    let mut found: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.span.touches(at))
        .collect();
    order::by_key(&mut found, |finding| finding.span.len());
    let mut on = subject::subject(draft, at).map(|(subject, span)| (Some(subject), span));
    let mut about = match on {
        Some((Some(subject), _)) => lines(draft, scene, subject, at),
        _ => Vec::new(),
    };
    // A name of the base that no speaker of the draft has, or words inside a quotation that name somebody.
    let is_speaker = on.is_some_and(|(subject, _)| !matches!(subject, Some(Subject::Quote(_))));
    if (!is_speaker || about_known::is_unclear(draft, at))
        && let Some((span, known)) = about_known::link(draft, scene, at)
    {
        (on, about) = (Some((None, span)), known);
    } else if let Some((Some(Subject::Quote(index)), _)) = on {
        // After who it is, and on what terms.
        let second = about.len().min(2);
        about.splice(second..second, on_file::lines(draft, scene, index));
    }
    // "The defence secretary", where no name goes with it: who that was on the date.
    let has_name = match on {
        Some((Some(Subject::Mention(speaker)), _)) => matches!(
            draft.story.speaker(speaker).kind,
            SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
        ),
        on => on.is_some(),
    };
    if !has_name && let Some((span, office)) = about_known::office_at(draft, scene, at) {
        let said = about.into_iter().skip(1);
        (on, about) = (Some((None, span)), office.into_iter().chain(said).collect());
    }
    let reported = found.first().map(|finding| finding.span);
    let subject_first = match (on, reported) {
        (Some((_, span)), Some(reported)) => span.len() < reported.len(),
        (on, _) => on.is_some(),
    } && !about.is_empty();
    let mut lines = reports(&found);
    if subject_first {
        lines.splice(0..0, about);
    } else {
        lines.extend(about);
    }
    lines.truncate(MOST);
    let subject_span = on.map(|(_, span)| span);
    let span = if subject_first {
        subject_span.or(reported)
    } else {
        reported.or(subject_span)
    };
    Some(Hover { span: span?, lines }).filter(|hover| !hover.lines.is_empty())
}

/// What was found: message, reason and way out of the narrowest, the messages of the others.
fn reports(found: &[&Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, finding) in found.iter().enumerate() {
        lines.push(format!("**{}**", escaped(&finding.message)));
        let rule = crate::rules::RULES
            .iter()
            .find(|rule| rule.name == finding.rule);
        if let (0, Some(rule)) = (index, rule) {
            lines.push(escaped(&shortened(rule.why, 280)));
            let way = format!("To leave it: [STET {}: your reason]", finding.rule);
            lines.push(escaped(&way));
        }
    }
    lines
}

/// What there is to know of a subject.
fn lines(draft: &Draft, scene: &Scene, subject: Subject, at: usize) -> Vec<String> {
    let story = &draft.story;
    let plain = match subject {
        Subject::Mention(speaker) => {
            return about_speaker::lines(draft, scene, speaker, Asked::Mention(at));
        }
        Subject::Quote(index) => match subject::speaker(draft, subject) {
            Some(speaker) => {
                return about_speaker::lines(draft, scene, speaker, Asked::Quote(index));
            }
            None => vec!["Nobody is named as the speaker of this quotation".to_owned()],
        },
        Subject::Entity(_) => match subject::speaker(draft, subject) {
            Some(speaker) => return about_speaker::lines(draft, scene, speaker, Asked::Record),
            None => about_mark::entity(draft, subject),
        },
        Subject::Citation(index) => about_mark::citation(draft, &story.citations[index]),
        Subject::Mark(index) => about_mark::mark(draft, &story.marks[index]),
        Subject::Source(index) => about_mark::source(draft, &story.sources[index]),
        Subject::Header(index) => about_mark::header(draft, at, index),
    };
    plain.iter().map(|line| escaped(line)).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::features::testing;

    fn check(marked: &str, expected: Expect) {
        let shown = testing::asked(marked, |draft, scene, at| {
            hover(draft, scene, &[], at).map(|hover| hover.plain())
        });
        expected.assert_eq(&shown.unwrap_or("nothing".to_owned()));
    }

    #[test]
    fn a_speaker_with_a_record() {
        check(
            "The harbor is open again.\n\n“The pier is s<|>afe,” Harbor Commissioner Dana Ortiz said in an emailed statement. Ortiz said the wall was old.\n\n###\n\n[^ortiz]: email, statement; by: Dana Ortiz; date: 2026-11-20; on record\n",
            expect![[r#"
                Dana Ortiz — Harbor Commissioner
                ON THE RECORD · email · 2026-11-20
                Read from: “…Harbor Commissioner Dana Ortiz said in an emailed statement”
                Write: Ortiz on second reference
                In this story: 1 quote, 1 paraphrase (¶2)
                First named in ¶2: “Harbor Commissioner Dana Ortiz”"#]],
        );
    }

    #[test]
    fn a_speaker_without_a_record_has_no_line_of_terms() {
        check(
            "“The pier is safe,” said Paul Ve<|>nn, a diver.\n",
            expect![[r#"
                Paul Venn
                Read from: “…said Paul Venn”
                Write: Venn on second reference
                In this story: 1 quote, no paraphrase (¶1)
                First named in ¶1: “Paul Venn”"#]],
        );
    }

    const KNOWN: &str = "\n=== entities/people.toml\n[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\nholders = \"one\"\n\n[[person]]\nname = \"Dana Ortiz\"\npronouns = \"she/her\"\nnote = \"Calls only before noon.\"\n[[person.role]]\noffice = \"harbor\"\nfrom = 2020-01-01\nto = 2026-11-20\nchecked = 2026-08-01\n\n[[person]]\nname = \"Paul Ortiz\"\n\n[[place]]\nname = \"Norland\"\nmetonyms = [\"Vessa\"]\n";

    #[test]
    fn a_speaker_whom_the_newsroom_knows() {
        check(
            &format!(
                "Date: 2026-11-19\n\n“The pier is s<|>afe,” Harbor Commissioner Dana Ortiz said in an emailed statement.\n{KNOWN}"
            ),
            expect![[r#"
                Dana Ortiz — harbor commissioner
                Write: Ortiz on second reference · she/her
                In this story: 1 quote, no paraphrase (¶1)
                Read from: “…Harbor Commissioner Dana Ortiz said in an emailed statement”
                Role as of 19 November 2026 · newsroom file, checked 1 August 2026 · today: harbor commissioner until 20 November 2026
                Note: Calls only before noon."#]],
        );
    }

    #[test]
    fn names_that_do_not_speak_offices_and_what_is_not_clear() {
        check(
            &format!(
                "Date: 2026-11-19\n\nThe town wrote to the Harbor Commis<|>sioner on Monday.\n{KNOWN}"
            ),
            expect![[r#"
                harbor commissioner — an office
                Dana Ortiz: on 19 November 2026"#]],
        );
        check(
            &format!(
                "The town wrote to Dana Ortiz and Paul Ortiz on Monday.\n\nThe town paid Ort<|>iz for it.\n{KNOWN}"
            ),
            expect![[r#"
                “Ortiz”: not clear who is meant
                Dana Ortiz — harbor commissioner until 20 November 2026
                Paul Ortiz"#]],
        );
        check(
            &format!("The town heard from Ves<|>sa on Monday that it may stay.\n{KNOWN}"),
            expect!["Vessa may stand for the government of Norland"],
        );
    }

    #[test]
    fn an_office_in_small_letters() {
        check(
            &format!(
                "Date: 2026-11-19\n\nThe town wrote to the harbor commis<|>sioner on Monday.\n{KNOWN}"
            ),
            expect![[r#"
                harbor commissioner — an office
                Dana Ortiz: on 19 November 2026"#]],
        );
        check(
            &format!(
                "Date: 2026-11-21\n\nThe pier is old, the harbor commis<|>sioner said.\n{KNOWN}"
            ),
            expect![[r#"
                harbor commissioner — an office
                Dana Ortiz: until 20 November 2026
                Read from: “…the harbor commissioner said”
                In this story: no quote, 1 paraphrase (¶1)
                First named in ¶1: “the harbor commissioner”"#]],
        );
    }

    #[test]
    fn people_without_a_name() {
        check(
            "The pier will be torn down next spring, two peo<|>ple familiar with the plans said.\n",
            expect![[r#"
                Two people familiar with the plans — 2 people, not named
                Read from: “…two people familiar with the plans said”
                How they know: familiar with the plans
                Reason in story: none yet
                Carries: lede (¶1) · direct quotes: 0"#]],
        );
    }

    #[test]
    fn nobody_is_named() {
        check(
            "Residents packed the hall.\n\n“We were never to<|>ld the water was unsafe.”\n",
            expect!["Nobody is named as the speaker of this quotation"],
        );
    }

    #[test]
    fn marks_say_what_they_cite_and_cover() {
        check(
            "The pier is old. It was built in 1911.[^rec<|>ords, p. 3]\n\n###\n\n[^records]: document, harbor records; date: 1911\n",
            expect![[r#"
                records — harbor records
                document · 1911
                At: p. 3
                covers: “It was built in 1911.”"#]],
        );
        check(
            "It was built in 1911.[^rec<|>ords]\n",
            expect![[r#"
            No source “records” in this draft yet
            covers: “It was built in 1911.”"#]],
        );
        check(
            "The pier is old. It was built in 1911. [STET cla<|>im: carved in the stone]\n",
            expect![[r#"
                Left as it is (claim): carved in the stone
                covers: “It was built in 1911.”"#]],
        );
    }

    #[test]
    fn keys_and_definitions() {
        check(
            "Slug: pier\nEmb<|>argo: 2026-11-24\n\nThe pier is old.\n",
            expect!["Embargo: not before this time"],
        );
        check(
            "The pier was built in 1911 by sailors of the town.[^records]\n\n###\n\n[^rec<|>ords]: document, harbor records; date: 1911\n",
            expect![[r#"
                records — harbor records
                document · 1911
                Cited in ¶1"#]],
        );
    }

    #[test]
    fn the_narrower_of_finding_and_speaker_comes_first() {
        let story = "The wall was old, Dana Or<|>tiz said.\n";
        let lines = |words: &'static str| {
            testing::asked(story, |draft, scene, at| {
                let finding = testing::finding(draft, "no-such-rule", words);
                let hover = hover(draft, scene, &[finding], at).expect("something is known");
                hover.plain().lines().next().unwrap_or_default().to_owned()
            })
        };
        assert_eq!(lines("Ortiz"), "“Ortiz”: no source given.");
        assert_eq!(lines("The wall was old, Dana Ortiz said."), "Dana Ortiz");
    }

    #[test]
    fn plain_words_have_no_signs_of_markdown() {
        let hover = Hover {
            span: Span::at(0),
            lines: vec![format!("**{}**", escaped("5*3 [sic] a_b"))],
        };
        assert_eq!(hover.plain(), "5*3 [sic] a_b");
        assert_eq!(hover.markdown(), "**5\\*3 \\[sic\\] a\\_b**");
    }

    #[test]
    fn a_quotation_on_file_has_its_tick_and_what_stands_around_it() {
        check(
            "“We had no war<|>ning,” Dana Ortiz said.\n=== notes/ortiz.vtt\nWEBVTT\n\n04:12.000 --> 04:16.000\nwell we had no warning and no help\n",
            expect![[r#"
                Dana Ortiz
                Read from: “…Dana Ortiz said”
                This quote: ✓ word for word, ortiz.vtt, 04:12
                There: …well we had no warning and no help…
                Write: Ortiz on second reference
                In this story: 1 quote, no paraphrase (¶1)
                First named in ¶1: “Dana Ortiz”"#]],
        );
    }
}
