//! What to know of the words under the cursor.

use crate::draft::Draft;
use crate::features::subject::{self, Subject};
use crate::features::words::{capitalised, counted, joined, paragraphs, record, shortened};
use crate::features::{about_mark, places};
use crate::finding::Finding;
use crate::prose::phrase::{Anonymous, NounKind};
use crate::scene::Scene;
use crate::story::source::Source;
use crate::story::{Binding, Confidence, Place, Speaker, SpeakerId, SpeakerKind, Step};
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
pub fn hover(draft: &Draft, _scene: &Scene, findings: &[Finding], at: usize) -> Option<Hover> {
    let mut found: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.span.touches(at))
        .collect();
    found.sort_by_key(|finding| finding.span.len());
    let on = subject::subject(draft, at);
    let about = on.map_or_else(Vec::new, |(subject, _)| lines(draft, subject, at));
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
fn lines(draft: &Draft, subject: Subject, at: usize) -> Vec<String> {
    let story = &draft.story;
    let plain = match subject {
        Subject::Mention(speaker) => return of_speaker(draft, speaker, Asked::Mention(at)),
        Subject::Quote(index) => match subject::speaker(draft, subject) {
            Some(speaker) => return of_speaker(draft, speaker, Asked::Quote(index)),
            None => vec!["Nobody is named as the speaker of this quotation".to_owned()],
        },
        Subject::Entity(_) => match subject::speaker(draft, subject) {
            Some(speaker) => return of_speaker(draft, speaker, Asked::Record),
            None => about_mark::entity(draft, subject),
        },
        Subject::Citation(index) => about_mark::citation(draft, &story.citations[index]),
        Subject::Mark(index) => about_mark::mark(draft, &story.marks[index]),
        Subject::Source(index) => about_mark::source(draft, &story.sources[index]),
        Subject::Header(index) => about_mark::header(draft, at, index),
    };
    plain.iter().map(|line| escaped(line)).collect()
}

/// What under the cursor leads to the speaker.
#[derive(Clone, Copy)]
enum Asked {
    /// Words that name them, at this byte of the file.
    Mention(usize),
    /// A quotation.
    Quote(usize),
    /// Their definition.
    Record,
}

fn of_speaker(draft: &Draft, id: SpeakerId, asked: Asked) -> Vec<String> {
    let speaker = draft.story.speaker(id);
    let mut lines = vec![who(draft, speaker, asked)];
    let mut rest: Vec<String> = Vec::new();
    rest.extend(source_of(draft, speaker, asked).map(record));
    rest.extend(read_from(draft, asked).map(|words| format!("Read from: “…{words}”")));
    if speaker.kind == SpeakerKind::Anonymous {
        rest.extend(without_name(draft, id));
    } else {
        let surname = speaker.surname.as_deref().unwrap_or_default();
        if speaker.kind == SpeakerKind::Person && !surname.is_empty() && surname != speaker.name {
            rest.push(format!("Write: {surname} on second reference"));
        }
        rest.push(how_often(draft, id));
        if let Some(place) = places::first_naming(draft, speaker) {
            let words = shortened(draft.words(place), 60);
            let number = subject::paragraph(draft, place.block);
            rest.extend(number.map(|number| format!("First named in ¶{number}: “{words}”")));
        }
    }
    lines.extend(rest.iter().map(|line| escaped(line)));
    lines
}

/// Name and role; "probably" where the binding is not sure.
fn who(draft: &Draft, speaker: &Speaker, asked: Asked) -> String {
    let name = escaped(&shortened(&capitalised(&speaker.name), 100));
    let unsure = match asked {
        Asked::Quote(index) => subject::bound(draft, index).and_then(|one| doubt(draft, one)),
        Asked::Mention(_) | Asked::Record => None,
    };
    if let Some(doubt) = unsure {
        return format!("Probably **{name}** ({doubt})");
    }
    let entity = speaker.entity.map(|index| &draft.story.entities[index]);
    let in_record = entity.and_then(|entity| entity.field("role"));
    let mut sources = speaker.sources.iter();
    let in_source = sources.find_map(|index| draft.story.sources[*index].field("role"));
    let role = in_record.or(speaker.role.as_deref()).or(in_source);
    let what = match (speaker.kind, role) {
        (SpeakerKind::Anonymous, _) => how_many(speaker),
        (_, Some(role)) => role.to_owned(),
        (SpeakerKind::Outlet, None) => "news outlet".to_owned(),
        (SpeakerKind::Document, None) => "document".to_owned(),
        (SpeakerKind::Collective, None) => "a group spoken of as one".to_owned(),
        (SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Institution, None) => String::new(),
    };
    joined(
        &[&format!("**{name}**"), &escaped(&shortened(&what, 100))],
        " — ",
    )
    .trim_end_matches(" — …")
    .to_owned()
}

/// Why the speaker of a quotation is not sure, if so.
fn doubt(draft: &Draft, binding: &Binding) -> Option<String> {
    if binding.confidence != Confidence::Low {
        return None;
    }
    let how = match binding.step {
        Step::ParagraphAfter => "named in the next paragraph",
        Step::LaterInParagraph => "named later in the paragraph",
        Step::Introduced => "the paragraph before introduces the words",
        _ => "nearest speaker before",
    };
    let place = binding.source.or(binding.cue);
    let number = place.and_then(|place| subject::paragraph(draft, place.block));
    let number = number.map_or(String::new(), |number| format!("¶{number}"));
    Some(joined(&[how, &number], ", "))
}

/// The record to show: the one cited for the quotation, else the speaker's own.
fn source_of<'a>(draft: &'a Draft, speaker: &Speaker, asked: Asked) -> Option<&'a Source> {
    let story = &draft.story;
    let cited = match asked {
        Asked::Quote(index) => {
            let place = story.quotes[index].place;
            let mut citations = story.citations.iter().filter(|citation| {
                citation.covers.block == place.block && citation.covers.span.overlaps(place.span)
            });
            citations.find_map(|one| story.sources.iter().find(|source| source.id == one.name))
        }
        Asked::Mention(_) | Asked::Record => None,
    };
    cited.or_else(|| story.sources.get(*speaker.sources.first()?))
}

/// The words by which the speaker is known: from the name to the cue and the manner, as they stand.
fn read_from(draft: &Draft, asked: Asked) -> Option<String> {
    let story = &draft.story;
    let (block, source, cue) = match asked {
        Asked::Quote(index) => {
            let binding = subject::bound(draft, index)?;
            let cue = binding.cue?;
            let source = binding.source.filter(|place| place.block == cue.block);
            (cue.block, source.map(|place| place.span), cue.span)
        }
        Asked::Mention(at) => {
            let (block, inside) = draft.block_at(at)?;
            story.statements_of(block).iter().find_map(|statement| {
                let one = draft.prose[block].attributions.get(statement.index)?;
                let source = one.source.as_ref().map(|source| source.span);
                let touches = source.is_some_and(|span| span.touches(inside));
                (touches || one.cue.touches(inside)).then_some((block, source, one.cue))
            })?
        }
        Asked::Record => return None,
    };
    let mut span = source.map_or(cue, |source| source.cover(cue));
    let mut attributions = draft.prose[block].attributions.iter();
    let manner = attributions
        .find(|one| one.cue == cue)
        .and_then(|one| one.manner);
    span = manner.map_or(span, |manner| span.cover(manner));
    Some(shortened(draft.words(Place { block, span }), 120))
}

/// Quotations and paraphrases of a speaker, with their paragraphs.
fn how_often(draft: &Draft, id: SpeakerId) -> String {
    let (quotes, paraphrases, numbers) = said(draft, id);
    let counts = format!(
        "In this story: {}, {}",
        counted(quotes, "quote"),
        counted(paraphrases, "paraphrase")
    );
    let numbers = paragraphs(&numbers);
    if numbers.is_empty() {
        counts
    } else {
        format!("{counts} ({numbers})")
    }
}

/// How many quotations, how many statements without one, and the paragraphs of both.
fn said(draft: &Draft, id: SpeakerId) -> (usize, usize, Vec<usize>) {
    let quotes: Vec<Place> = places::quotes(draft, id).collect();
    let paraphrases: Vec<usize> = draft
        .story
        .statements
        .iter()
        .filter(|statement| statement.speaker == Some(id))
        .filter(|statement| {
            let attributions = &draft.prose[statement.block].attributions;
            attributions
                .get(statement.index)
                .is_some_and(|one| one.quotes.is_empty() && !one.is_quoted)
        })
        .map(|statement| statement.block)
        .collect();
    let blocks = quotes.iter().map(|place| place.block);
    let numbers = blocks
        .chain(paraphrases.iter().copied())
        .filter_map(|block| subject::paragraph(draft, block))
        .collect();
    (quotes.len(), paraphrases.len(), numbers)
}

/// What is said of people without a name, with the words of the places where it is said.
fn features<'a>(
    draft: &'a Draft,
    id: SpeakerId,
) -> impl Iterator<Item = (usize, &'a Anonymous)> + 'a {
    let statements = draft.story.statements.iter();
    statements
        .filter(move |statement| statement.speaker == Some(id))
        .filter_map(|statement| match &subject::source(draft, statement)?.kind {
            NounKind::Anonymous(features) => Some((statement.block, features)),
            _ => None,
        })
}

fn how_many(speaker: &Speaker) -> String {
    let (count, is_plural) = speaker
        .anonymous
        .as_ref()
        .map_or((None, true), |one| (one.count, one.is_plural));
    match (count, is_plural) {
        (Some(1), _) | (None, false) => "one person, not named".to_owned(),
        (Some(count), _) => format!("{count} people, not named"),
        (None, true) => "how many is not said, not named".to_owned(),
    }
}

/// Basis, reason and what rests on people without a name.
fn without_name(draft: &Draft, id: SpeakerId) -> Vec<String> {
    let words = |of: fn(&Anonymous) -> Option<Span>| {
        features(draft, id).find_map(|(block, features)| {
            let span = of(features)?;
            Some(shortened(draft.words(Place { block, span }), 100))
        })
    };
    let basis = words(|features| features.basis);
    let reason = words(|features| features.reason);
    let (quotes, _, mut numbers) = said(draft, id);
    numbers.sort_unstable();
    numbers.dedup();
    let carried: Vec<String> = numbers
        .iter()
        .map(|number| match number {
            1 => "lede (¶1)".to_owned(),
            _ => format!("¶{number}"),
        })
        .collect();
    let mut lines = vec![
        format!(
            "How they know: {}",
            basis.as_deref().unwrap_or("not said yet")
        ),
        format!(
            "Reason in story: {}",
            reason.as_deref().unwrap_or("none yet")
        ),
    ];
    if !carried.is_empty() {
        let carried = carried.join(", ");
        lines.push(format!("Carries: {carried} · direct quotes: {quotes}"));
    }
    lines
}

/// The words with the signs of Markdown made harmless.
fn escaped(words: &str) -> String {
    let mut made = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '#') {
            made.push('\\');
        }
        made.push(if letter.is_control() { ' ' } else { letter });
    }
    made
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
}
