//! What stands above a line: the source ledger of the story, and for each record how often it is used.

use crate::draft::Draft;
use crate::features::places;
use crate::features::subject;
use crate::features::words::{counted, joined, terms};
use crate::finding::Finding;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::source::Source;
use crate::story::{SpeakerId, SpeakerKind};
use crate::text::order;
use crate::text::span::Span;

/// Words above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What they are about, in bytes of the file.
    pub span: Span,
    /// The words.
    pub title: String,
}

/// The lenses of a draft, in order.
pub fn lenses(draft: &Draft, _scene: &Scene, findings: &[Finding]) -> Vec<Lens> {
    let story = &draft.story;
    let first = story.labels.iter().position(|label| *label == Label::Body);
    let mut lenses: Vec<Lens> = first
        .map(|block| {
            let placed = &draft.tree.blocks[block];
            Lens {
                span: placed.place(placed.block.content),
                title: ledger(draft, findings),
            }
        })
        .into_iter()
        .collect();
    for (index, source) in story.sources.iter().enumerate() {
        lenses.push(Lens {
            span: draft.span(source.place),
            title: of_source(draft, index, source),
        });
    }
    for (index, entity) in story.entities.iter().enumerate() {
        let speaker = story
            .speakers
            .iter()
            .position(|one| one.entity == Some(index));
        let title = match speaker.map(SpeakerId) {
            Some(speaker) => joined(
                &[
                    &format!("named {}", times(places::mentions(draft, speaker).len())),
                    &counted(places::quotes(draft, speaker).count(), "quotation"),
                ],
                " · ",
            ),
            None => "not named in the story".to_owned(),
        };
        lenses.push(Lens {
            span: draft.span(entity.place),
            title,
        });
    }
    order::by_key(&mut lenses, |lens| lens.span);
    lenses
}

/// Who carries the story, in one line; empty where there is no copy.
pub fn summary(draft: &Draft, findings: &[Finding]) -> String {
    match draft.story.labels.contains(&Label::Body) {
        true => ledger(draft, findings),
        false => String::new(),
    }
}

fn ledger(draft: &Draft, findings: &[Finding]) -> String {
    let story = &draft.story;
    let quotes = story.quotes.iter().enumerate();
    let quotes = quotes.filter(|(_, quote)| quote.continues.is_none());
    let bound: Vec<Option<SpeakerId>> = quotes
        .map(|(index, _)| subject::bound(draft, index).map(|binding| binding.speaker))
        .collect();
    let stated = story.statements.iter().filter_map(|one| one.speaker);
    let mut speakers: Vec<SpeakerId> = bound.iter().flatten().copied().chain(stated).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let of_kind = |kinds: &[SpeakerKind]| {
        let speakers = speakers.iter();
        speakers
            .filter(|id| kinds.contains(&story.speaker(**id).kind))
            .count()
    };
    let people = of_kind(&[SpeakerKind::Person]);
    let unnamed = of_kind(&[SpeakerKind::Anonymous]);
    let others = speakers.len() - people - unnamed;
    let orphans = bound.iter().filter(|speaker| speaker.is_none()).count();
    let claims = findings.iter().filter(|finding| {
        let mut rules = crate::rules::RULES.iter();
        rules.any(|rule| rule.name == finding.rule && rule.topic == "claim")
    });
    let claims = claims.count();
    let some = |count: usize, words: String| if count == 0 { String::new() } else { words };
    joined(
        &[
            &counted(bound.len(), "quotation"),
            &some(people, persons(people)),
            &some(unnamed, counted(unnamed, "unnamed source")),
            &some(others, counted(others, "other source")),
            &some(
                orphans,
                format!("{} without a speaker", counted(orphans, "quotation")),
            ),
            &some(
                claims,
                format!("{} without a source", counted(claims, "claim")),
            ),
        ],
        " · ",
    )
}

fn persons(count: usize) -> String {
    match count {
        1 => "1 named person".to_owned(),
        _ => format!("{count} named people"),
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn of_source(draft: &Draft, index: usize, source: &Source) -> String {
    let story = &draft.story;
    let cited = story
        .citations
        .iter()
        .filter(|citation| citation.name == source.id)
        .count();
    let quotes = (0..story.speakers.len())
        .map(SpeakerId)
        .filter(|id| story.speaker(*id).sources.contains(&index))
        .map(|id| places::quotes(draft, id).count())
        .sum();
    let cited = match cited {
        0 => "not cited by a mark".to_owned(),
        _ => format!("cited {}", times(cited)),
    };
    let agreed = terms(source.terms);
    joined(&[&cited, &counted(quotes, "quotation"), agreed], " · ")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    #[test]
    fn the_story_and_its_records_say_what_they_carry() {
        let story = "\
“The wall leaks,” said Dana Ortiz, the board’s chair.[^ortiz] “It is old.”

Officials who asked not to be named said the gate was closed. “Nobody told us.”

Bo Roy has no part in it.

###

[^ortiz]: interview, Dana Ortiz; on record
[^letter]: email, the letter
[@bo-roy]: person, Bo Roy
";
        let found = testing::asked(story, |draft, scene, _| {
            let findings = [testing::finding(
                draft,
                "claim-figure-unattributed",
                "the gate",
            )];
            let lenses = lenses(draft, scene, &findings);
            let line = |lens: &Lens| {
                let words = draft.text.slice(lens.span);
                let words = words.chars().take(16).collect::<String>();
                format!("{words}: {}\n", lens.title)
            };
            lenses.iter().map(line).collect::<String>()
        });
        expect![[r#"
            “The wall leaks,: 3 quotations · 1 named person · 1 unnamed source · 1 claim without a source
            ortiz: cited once · 2 quotations · ON THE RECORD
            letter: not cited by a mark · no quotation · Terms not noted
            bo-roy: named once · no quotation
        "#]].assert_eq(&found);
    }

    #[test]
    fn a_draft_without_copy_has_no_ledger() {
        let found = testing::asked("Slug: pier\n", |draft, scene, _| {
            lenses(draft, scene, &[]).len()
        });
        assert_eq!(found, 0);
    }
}
