//! A passage of the notes as a quotation in the story; the place of a quotation as its locator.

use super::{Action, ActionKind};
use crate::draft::Draft;
use crate::features::on_file;
use crate::features::subject::{self, Subject};
use crate::notes::record::{Locator, is_name, same_person};
use crate::notes::verdict::Finding;
use crate::scene::Scene;
use crate::story::SpeakerKind;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Writes the selected words of the notes as a quotation after the last paragraph. Who said them is TK where the notes
/// do not name anybody of the story.
pub fn quote(draft: &Draft, range: Span) -> Option<Action> {
    let (block, _) = draft.block_at(range.start())?;
    let scratch = draft
        .scratch
        .iter()
        .rfind(|scratch| scratch.first <= block)?;
    let start = draft.tree.blocks[scratch.first].start;
    let inside = range.back(start);
    let record = &scratch.record;
    let is_selected = |index: &usize| {
        let span = record.words[*index].span();
        inside.start() <= span.start() && span.end() <= inside.end()
    };
    let mut selected = (0..record.words.len()).filter(is_selected);
    let first = selected.next()?;
    let last = selected.next_back()?;
    if range.start() < start {
        return None;
    }
    let words = record.passage(first, last + 1);
    let words = words.trim_end_matches(['.', ',']);
    let at = record.words[first].span().start();
    let voice = record.voice(at).filter(|voice| is_name(voice));
    let speaker = voice.and_then(|voice| {
        let mut people = draft.story.speakers.iter();
        people.find(|one| one.kind == SpeakerKind::Person && same_person(voice, &one.name))
    });
    let who = match speaker {
        Some(speaker) => {
            let name = speaker.surname.as_ref().unwrap_or(&speaker.name);
            let source = speaker
                .sources
                .first()
                .map(|index| &draft.story.sources[*index]);
            let locator = match record.locator(at) {
                Locator::Line(_) => String::new(),
                locator => format!(", {locator}"),
            };
            let mark = source.map_or(String::new(), |source| format!("[^{}{locator}]", source.id));
            format!("{name} said.{mark}")
        }
        None => "[TK: who said it?]".to_owned(),
    };
    let body = draft
        .story
        .labels
        .iter()
        .rposition(|label| *label == Label::Body)?;
    let placed = &draft.tree.blocks[body];
    let end = placed.place(placed.block.content).end();
    let line = super::line_end(draft);
    Some(Action {
        title: "Quote these words in the story".to_owned(),
        kind: ActionKind::Rewrite,
        edits: vec![Edit::insert(end, format!("{line}{line}“{words},” {who}"))],
        finding: None,
        is_preferred: false,
    })
}

/// Writes where a quotation stands on file behind it: `[^ortiz, 04:12]`.
pub fn locate(draft: &Draft, scene: &Scene, range: Span) -> Option<Action> {
    let (Subject::Quote(index), span) = subject::subject(draft, range.start())? else {
        return None;
    };
    let quote = &draft.story.quotes[index];
    let is_cited = draft.story.citations.iter().any(|citation| {
        citation.covers.block == quote.place.block
            && citation.covers.span.overlaps(quote.place.span)
    });
    let speaker = draft.story.speaker(subject::bound(draft, index)?.speaker);
    let [source] = speaker.sources[..] else {
        return None;
    };
    let verdict = on_file::known(draft, scene, index)?;
    let Finding::Faithful(place) = &verdict.finding else {
        return None;
    };
    if is_cited || place.block.is_some() {
        return None;
    }
    let mark = format!(
        "[^{}, {}]",
        draft.story.sources[source].id,
        on_file::place_of(draft, place)
    );
    Some(Action {
        title: format!("Note where it stands: {mark}"),
        kind: ActionKind::Rewrite,
        edits: vec![Edit::insert(span.end(), mark)],
        finding: None,
        is_preferred: false,
    })
}
