//! Gives a claim a source that the story has already: a record to cite, or somebody who speaks in it.

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rules;
use crate::story::outline::Label;
use crate::story::source::Terms;
use crate::story::{Speaker, SpeakerKind};
use crate::text::edit::Edit;
use crate::text::order;

/// How many records and how many people are offered.
const OFFERED: usize = 3;

/// Edits that attribute the sentence of a claim, with what each does: the records of the draft, then those who speak nearest before it,
/// then the others. Whether one of them said it, only the writer knows; so none of these is ever taken without being chosen.
pub fn to_those_of_the_story(draft: &Draft, finding: &Finding) -> Vec<(String, Edit)> {
    let is_claim = rules::rule(finding.rule).is_some_and(|rule| rule.topic == "claim");
    let Some((block, at)) = draft.block_at(finding.span.start()).filter(|_| is_claim) else {
        return Vec::new();
    };
    let placed = &draft.tree.blocks[block];
    let text: &str = &placed.block.text;
    let sentence = draft.prose[block]
        .sentences
        .iter()
        .find(|sentence| sentence.span.touches(at));
    let Some(sentence) = sentence.filter(|_| draft.story.labels[block] == Label::Body) else {
        return Vec::new();
    };
    let end = placed.start + sentence.span.end();
    // A name of a source who is not on the record is never offered, and an id can be a name.
    let records = draft.story.sources.iter().filter(|source| {
        matches!(source.terms, Terms::OnRecord | Terms::NotNoted)
            && !matches!(source.kind, "no-reply" | "photo")
            && source
                .field("status")
                .is_none_or(|status| !matches!(status, "disputed" | "retracted"))
    });
    let cited = records.take(OFFERED).map(|source| {
        let mark = format!("[^{}]", source.id);
        (format!("Cite {mark}"), Edit::insert(end, mark))
    });
    let mut offered: Vec<(String, Edit)> = cited.collect();
    // `…, Ortiz said.` stands before the full stop.
    if sentence.span.of(text).ends_with('.') {
        let speaking = nearest(draft, finding.span.start());
        offered.extend(speaking.into_iter().take(OFFERED).map(|speaker| {
            let words = phrase(speaker);
            (
                format!("Attribute: “{words}”"),
                Edit::insert(end - 1, format!(", {words}")),
            )
        }));
    }
    offered
}

/// Those who speak in the story under a name, those named last before a byte of the file first.
fn nearest(draft: &Draft, at: usize) -> Vec<&Speaker> {
    let speaks = |index: usize| {
        let statements = &draft.story.statements;
        statements
            .iter()
            .any(|statement| statement.speaker.is_some_and(|who| who.0 == index))
    };
    let mut found: Vec<(bool, usize, &Speaker)> = Vec::new();
    for (index, speaker) in draft.story.speakers.iter().enumerate() {
        let is_named = matches!(
            speaker.kind,
            SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Document
        ) && !speaker.id.starts_with("unknown")
            && !matches!(
                speaker.name.to_lowercase().as_str(),
                "he" | "she" | "they" | "it"
            );
        if !is_named || !speaks(index) {
            continue;
        }
        let mentions = speaker
            .mentions
            .iter()
            .map(|place| draft.span(*place).start());
        let before = mentions.clone().filter(|mention| *mention < at).max();
        let first = mentions.min().unwrap_or(usize::MAX);
        found.push(match before {
            Some(before) => (false, at - before, speaker),
            None => (true, first, speaker),
        });
    }
    order::by_key(&mut found, |(is_after, distance, _)| (*is_after, *distance));
    found.into_iter().map(|(_, _, speaker)| speaker).collect()
}

/// `Ortiz said`, `according to the report`
fn phrase(speaker: &Speaker) -> String {
    match speaker.kind {
        SpeakerKind::Document => {
            let name = speaker.name.trim_start_matches("The ");
            match name.split(' ').next() {
                Some("the" | "a" | "an" | "its" | "their") => format!("according to {name}"),
                _ => format!("according to the {name}"),
            }
        }
        _ => format!("{} said", speaker.surname.as_ref().unwrap_or(&speaker.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn offered(marked: &str) -> Vec<String> {
        testing::asked(marked, |draft, _, at| {
            let block = draft.block_at(at).expect("a block").0;
            let words = draft.tree.blocks[block].block.text.trim_end().to_owned();
            let finding = testing::finding(draft, "claim-figure-unattributed", &words);
            let actions = to_those_of_the_story(draft, &finding);
            actions
                .into_iter()
                .map(|(_, edit)| {
                    testing::after(draft, &[edit])
                        .lines()
                        .last()
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect()
        })
    }

    #[test]
    fn those_who_speak_are_offered_the_nearest_first() {
        assert_eq!(
            offered(
                "Mayor Dana Ortiz said that the town was calm.\n\nThe report says that the wood is rotten.\n\nCrime fell 15% last <|>year.\n"
            ),
            [
                "Crime fell 15% last year, according to the report.",
                "Crime fell 15% last year, Ortiz said."
            ]
        );
    }

    #[test]
    fn records_are_cited_but_never_those_who_are_not_on_the_record() {
        let story = "[^log]: document, crane log; on record\n[^roth]: interview, a clerk; background\n\nCrime fell 15% last <|>year.\n";
        assert_eq!(offered(story), ["Crime fell 15% last year.[^log]"]);
    }

    #[test]
    fn where_nobody_speaks_nothing_is_offered() {
        assert!(offered("Crime fell 15% last <|>year.\n").is_empty());
    }
}
