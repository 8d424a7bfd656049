//! What to know of a mark, a definition, or a key of the header; plain lines for a hover.

use crate::draft::Draft;
use crate::features::subject::{self, Subject};
use crate::features::words::{joined, paragraphs, record, shortened};
use crate::story::Place;
use crate::story::mark::{Citation, Mark};
use crate::story::source::Source;
use crate::syntax::tree::{InlineKind, Sigil};
use crate::text::span::Span;

/// What a citation cites and covers.
pub fn citation(draft: &Draft, citation: &Citation) -> Vec<String> {
    let story = &draft.story;
    let name = &citation.name;
    let mut lines = match citation.sigil {
        Sigil::Source => match story.sources.iter().find(|source| source.id == *name) {
            Some(source) => vec![title(source), record(source)],
            None if is_built_in(name) => vec![format!("{name}: an editor’s decision on record")],
            None => vec![format!("No source “{name}” in this draft yet")],
        },
        Sigil::Entity => {
            let entity = story.entities.iter().find(|entity| entity.id == *name);
            let speaker = || story.speakers.iter().find(|speaker| speaker.id == *name);
            let named = entity
                .map(|entity| (&entity.name, entity.field("role")))
                .or_else(|| speaker().map(|one| (&one.name, one.role.as_deref())));
            match named {
                Some((name, role)) => vec![joined(&[name, role.unwrap_or_default()], " — ")],
                None => vec![format!("Nobody with the id “{name}” in this draft yet")],
            }
        }
    };
    if let Some(locator) = citation.locator {
        lines.push(format!("At: {}", shortened(draft.words(locator), 80)));
    }
    lines.push(covers(draft, citation.covers));
    lines
}

fn is_built_in(id: &str) -> bool {
    matches!(id, "witnessed" | "common-knowledge" | "calculation")
}

/// What another mark says and covers.
pub fn mark(draft: &Draft, mark: &Mark) -> Vec<String> {
    let block = &draft.tree.blocks[mark.block].block;
    let Some(inline) = block.inlines.get(mark.inline) else {
        return Vec::new();
    };
    let of = |span: Span| shortened(span.of(&block.text), 120);
    let says = match &inline.kind {
        InlineKind::Check { who, date, .. } => {
            let by = who.map(of).unwrap_or_default();
            let on = date.map(of).unwrap_or_default();
            joined(&["Checked", &by, &on], " · ")
        }
        InlineKind::Stet { rules, reason } => {
            let rules: Vec<String> = rules.iter().map(|span| of(*span)).collect();
            let reason = reason.map_or("no reason given yet".to_owned(), of);
            format!("Left as it is ({}): {reason}", rules.join(", "))
        }
        InlineKind::Todo(text) => {
            let text = text.map(of).unwrap_or_default();
            joined(&["To come", &text], ": ")
        }
        InlineKind::TodoWord => "To come".to_owned(),
        InlineKind::Note { who, text } => format!("Note, {}: {}", of(*who), of(*text)),
        _ => return Vec::new(),
    };
    vec![says, covers(draft, mark.covers)]
}

fn covers(draft: &Draft, place: Place) -> String {
    format!("covers: “{}”", shortened(draft.words(place), 100))
}

/// A source's record, and where it is cited.
pub fn source(draft: &Draft, source: &Source) -> Vec<String> {
    let mut lines = vec![title(source), record(source)];
    let cited: Vec<usize> = draft
        .story
        .citations
        .iter()
        .filter(|one| one.sigil == Sigil::Source && one.name == source.id)
        .map(|one| one.mark.block)
        .collect();
    let numbers: Vec<usize> = cited
        .iter()
        .filter_map(|block| subject::paragraph(draft, *block))
        .collect();
    let cited = match (cited.is_empty(), numbers.is_empty()) {
        (true, _) => "Cited by no mark".to_owned(),
        (false, true) => "Cited outside the body".to_owned(),
        (false, false) => format!("Cited in {}", paragraphs(&numbers)),
    };
    lines.push(cited);
    lines
}

fn title(source: &Source) -> String {
    joined(&[&source.id, &shortened(&source.title, 100)], " — ")
        .trim_end_matches(" — …")
        .to_owned()
}

/// An entity of whom the copy says nothing.
pub fn entity(draft: &Draft, subject: Subject) -> Vec<String> {
    let Subject::Entity(index) = subject else {
        return Vec::new();
    };
    let entity = &draft.story.entities[index];
    let role = entity.field("role").unwrap_or_default();
    vec![
        joined(&[&entity.name, role], " — "),
        "Not named in the story yet".to_owned(),
    ]
}

/// What a key of the header is for.
pub fn header(draft: &Draft, at: usize, index: usize) -> Vec<String> {
    let key = draft.block_at(at).and_then(|(block, _)| {
        let block = &draft.tree.blocks[block].block;
        match &block.shape {
            crate::syntax::tree::Shape::Header(header) => {
                Some(header.fields.get(index)?.key.of(&block.text).to_owned())
            }
            _ => None,
        }
    });
    let Some(key) = key else {
        return Vec::new();
    };
    let known = key_summary(&key.to_lowercase());
    vec![format!(
        "{key}: {}",
        known.unwrap_or("kept as it is; Onrecord does not read it")
    )]
}

/// What a key of the header says, for a key in lower case.
pub fn key_summary(key: &str) -> Option<&'static str> {
    Some(match key {
        "slug" => "the story’s short name on the desk",
        "headline" | "hed" | "title" => "the headline",
        "deck" | "dek" | "standfirst" | "summary" => "the lines under the headline",
        "by" | "byline" | "author" => "who wrote it",
        "with" | "contributors" => "who helped",
        "dateline" => "where it was reported",
        "desk" | "section" => "the desk or section",
        "status" => {
            "how far it is: pitch, draft, edit, fact-check, legal, final, published, killed"
        }
        "embargo" => "not before this time",
        "date" | "published" => "the day it is dated; words of time are reckoned from it",
        "updated" => "when it was last changed in print",
        "lang" => "language and style of quotation marks: en-US, en-GB",
        "edition" | "version" => "which version this is",
        "editor" => "who edits it",
        "checker" => "who checks it",
        "rights" => "who may print it",
        "tags" | "topics" => "what it is about",
        "refs" => "files with shared sources",
        "id" => "its number in another system",
        "urgency" => "how urgent, 1 to 9",
        "type" => "what the file is; refs: shared sources",
        "checks" => "levels of rules for this draft",
        "hold" => "not to be printed before somebody says so",
        "eds" => "a line to other editors; does not print",
        "length" => "how long it is to be",
        _ => return None,
    })
}
