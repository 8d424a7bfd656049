//! What may be told of a draft to those who are not its author: which names, which notes.
//!
//! A mark ties words to a person whom the copy does not name, and a record says who spoke without a name. Below the
//! full level only what the copy itself prints is told of a speaker.

use super::{Level, is_confidential, may_show};
use crate::draft::Draft;
use crate::prose::fold::fold;
use crate::story::{Place, SpeakerId};
use crate::syntax::strip;

/// What may be told of a draft at a level.
pub struct Discretion<'a> {
    draft: &'a Draft,
    level: Level,
    /// Whether nothing could be hidden: at the full level, and where no mark and no record names anybody.
    is_open: bool,
    /// The copy as it prints, folded, a space at each end.
    copy: String,
    /// Folded names and ids of those whose records may not be shown.
    hidden: Vec<String>,
}

impl<'a> Discretion<'a> {
    /// Looks through a draft once.
    pub fn new(draft: &'a Draft, level: Level) -> Discretion<'a> {
        let story = &draft.story;
        let names_nobody =
            story.sources.is_empty() && story.entities.is_empty() && story.citations.is_empty();
        let is_open = level == Level::Full || names_nobody;
        Discretion {
            draft,
            level,
            is_open,
            copy: match is_open {
                true => String::new(),
                false => spaced(&strip::copy(&draft.tree)),
            },
            hidden: match is_open {
                true => Vec::new(),
                false => hidden(draft),
            },
        }
    }

    /// The level.
    pub fn level(&self) -> Level {
        self.level
    }

    /// A speaker as they may be called where some words of the copy stand for them; none where nothing may be said.
    pub fn name(&self, id: SpeakerId, naming: Option<Place>) -> Option<String> {
        let speaker = self.draft.story.speaker(id);
        if self.is_open {
            return Some(speaker.name.clone());
        }
        // A mark that names somebody is no copy.
        let naming = naming.filter(|place| {
            let block = &self.draft.tree.blocks[place.block].block;
            !block
                .hidden
                .iter()
                .any(|hidden| hidden.overlaps(place.span))
        });
        let is_printed = self.is_printed(&speaker.name);
        // Bound by a mark alone: the record says who it is, and its terms say whether that may be told.
        let sources = &self.draft.story.sources;
        let may = |index: &usize| may_show(&sources[*index], Level::Desk);
        let is_told = naming.is_some() || speaker.sources.iter().all(may);
        match is_printed && is_told && !self.is_hidden(id) {
            true => Some(speaker.name.clone()),
            false => naming.map(|place| self.draft.words(place).to_owned()),
        }
    }

    /// Whether the copy prints some words.
    pub fn is_printed(&self, words: &str) -> bool {
        self.is_open || self.copy.contains(&spaced(words))
    }

    /// Whether a speaker is somebody whose record may not be shown, though the copy may name them elsewhere.
    fn is_hidden(&self, id: SpeakerId) -> bool {
        let speaker = self.draft.story.speaker(id);
        let mut sources = speaker.sources.iter();
        sources.any(|index| is_confidential(&self.draft.story.sources[*index]))
            || self.names_hidden(&speaker.name)
            || self.hidden.contains(&spaced(&speaker.id))
    }

    /// Whether some words name somebody whose record may not be shown.
    fn names_hidden(&self, words: &str) -> bool {
        let words = spaced(words);
        self.hidden.iter().any(|name| words.contains(name))
    }

    /// Whether a record may be told beside a name: not where that would tell that somebody whom the copy names is also
    /// the source who is not named.
    pub fn may_tie(&self, shown: Option<&str>, source: usize) -> bool {
        may_show(&self.draft.story.sources[source], self.level)
            || !shown.is_some_and(|name| self.names_hidden(name))
    }

    /// A note, a reason or a field, unless it names somebody whose record may not be shown.
    pub fn told<'w>(&self, words: &'w str) -> &'w str {
        match self.names_hidden(words) {
            true => "(withheld: it names a source who is not on the record)",
            false => words,
        }
    }
}

/// Words in small letters without accents, each between spaces.
fn spaced(words: &str) -> String {
    let folded = fold(words);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The names, parts of names, ids and addresses of those whose records are confidential.
fn hidden(draft: &Draft) -> Vec<String> {
    let mut found = Vec::new();
    for source in &draft.story.sources {
        if !is_confidential(source) {
            continue;
        }
        let by = source.field("by").unwrap_or_default();
        let id = by.trim_start_matches('@');
        let entity = draft.story.entities.iter().find(|entity| entity.id == id);
        let mut names = vec![source.title.as_str(), by];
        names.extend(
            ["identity", "contact"]
                .iter()
                .filter_map(|key| source.field(key)),
        );
        if let Some(entity) = entity {
            names.push(&entity.name);
            names.extend(
                ["aka", "surname"]
                    .iter()
                    .filter_map(|key| entity.field(key)),
            );
        }
        let is_name = |word: &&str| {
            word.chars().count() > 2 && word.starts_with(|c: char| c.is_uppercase() || c == '@')
        };
        for words in names {
            let parts = words.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
            found.extend(parts.filter(is_name).map(spaced));
        }
        found.push(spaced(&source.id));
    }
    found.retain(|name| !name.trim().is_empty());
    found.sort_unstable();
    found.dedup();
    found
}
