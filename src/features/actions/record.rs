//! Starts the record of a source from the sentence that names the speaker.

use super::{Action, ActionKind};
use crate::draft::Draft;
use crate::features::subject::{self, Subject};
use crate::story::name::unique_slug;
use crate::story::{Place, SpeakerId, SpeakerKind};
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Writes a definition for the speaker under the cursor below the end mark. What the draft does not say is TK.
pub fn start(draft: &Draft, range: Span) -> Option<Action> {
    let (found, span) = subject::subject(draft, range.start())?;
    if !matches!(found, Subject::Mention(_) | Subject::Quote(_)) {
        return None;
    }
    let id = subject::speaker(draft, found)?;
    let speaker = draft.story.speaker(id);
    let has_name = matches!(
        speaker.kind,
        SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
    ) && speaker.name.starts_with(char::is_uppercase);
    if !has_name || !speaker.sources.is_empty() {
        return None;
    }
    let story = &draft.story;
    let taken = story.sources.iter().map(|source| source.id.as_str());
    let slug = unique_slug(&speaker.name, taken);
    let name = one_line(&speaker.name);
    let (block, _) = draft.block_at(span.start())?;
    let kind = manner(draft, id, block).and_then(|manner| kind_of(&manner));
    let first = match kind {
        Some(kind) => format!("{kind}, {name}"),
        None => format!("{name}; kind: TK"),
    };
    let role = speaker.role.as_deref().map(one_line);
    let role = role.map_or(String::new(), |role| format!("; role: {role}"));
    let definition = format!("[^{slug}]: {first}{role}; date: TK; terms: TK");
    Some(Action {
        title: format!("Start source record for {name}"),
        kind: ActionKind::Rewrite,
        edits: vec![at_the_end(draft, &definition)],
        finding: None,
        is_preferred: false,
    })
}

/// Words that may stand in a field.
fn one_line(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace(';', ",")
}

/// How the speaker said it: in the block of the cursor, else where it is told first.
fn manner(draft: &Draft, id: SpeakerId, block: usize) -> Option<String> {
    let told: Vec<(usize, String)> = draft
        .story
        .statements
        .iter()
        .filter(|statement| statement.speaker == Some(id))
        .filter_map(|statement| {
            let attributions = &draft.prose[statement.block].attributions;
            let span = attributions.get(statement.index)?.manner?;
            let block = statement.block;
            Some((block, draft.words(Place { block, span }).to_lowercase()))
        })
        .collect();
    let here = told.iter().find(|(place, _)| *place == block);
    here.or(told.first()).map(|(_, words)| words.clone())
}

/// The kind of source that a manner tells of.
fn kind_of(manner: &str) -> Option<&'static str> {
    const KINDS: &[(&[&str], &str)] = &[
        (&["email", "e-mail", "emailed", "e-mailed"], "email"),
        (
            &["text message", "whatsapp", "signal", "message"],
            "message",
        ),
        (
            &["news conference", "press conference", "briefing"],
            "briefing",
        ),
        (&["interview", "telephone", "phone"], "interview"),
        (&["speech", "address", "remarks"], "speech"),
        (&["post", "tweet", "social media"], "social"),
        (&["court", "hearing", "testimony", "filing"], "court"),
        (&["statement", "press release", "news release"], "statement"),
        (&["letter", "memo", "document"], "document"),
        (&["report"], "report"),
    ];
    let words: Vec<&str> = manner
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .collect();
    let told = KINDS.iter().find(|(signs, _)| {
        signs.iter().any(|sign| match sign.contains(' ') {
            true => manner.contains(sign),
            false => words.contains(sign),
        })
    });
    told.map(|(_, kind)| *kind)
}

/// Adds a line at the file's end, below an end mark.
fn at_the_end(draft: &Draft, line: &str) -> Edit {
    let end = super::line_end(draft);
    let blocks = &draft.tree.blocks;
    let has_end_mark = blocks
        .iter()
        .any(|placed| placed.block.shape == Shape::EndMark);
    let after_definition = blocks
        .last()
        .is_some_and(|placed| matches!(placed.block.shape, Shape::Definition(_)));
    let content_end = blocks
        .iter()
        .rev()
        .map(|placed| placed.place(placed.block.content))
        .find(|content| !content.is_empty())
        .map_or(0, Span::end);
    let between = match (has_end_mark, after_definition) {
        (true, true) => end.to_owned(),
        (true, false) => format!("{end}{end}"),
        (false, _) => format!("{end}{end}###{end}{end}"),
    };
    let rest = Span::new(content_end, draft.text.len());
    Edit::replace(rest, format!("{between}{line}{end}"))
}
