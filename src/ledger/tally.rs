//! Who is quoted how often, over one draft or a year of them.

use std::collections::BTreeMap;

use super::discretion::Discretion;
use super::{Kind, Level, Row, may_show, table, words};
use crate::draft::Draft;
use crate::prose::fold::fold;
use crate::story::{SpeakerId, SpeakerKind};
use crate::text::order;

/// What the drafts of an archive have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many drafts.
    pub stories: usize,
    /// Quotations that nobody is said to have said.
    pub without_speaker: usize,
    /// Sentences in the story's own voice with a figure and no source.
    pub bare_figures: usize,
    /// Words that somebody says, of all speakers together.
    pub words: usize,
    /// By folded name; unnamed sources by their words.
    voices: BTreeMap<String, Voice>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The name as it was first written in full.
    pub name: String,
    /// What they are.
    pub kind: SpeakerKind,
    /// In how many drafts they speak.
    pub stories: usize,
    /// Quotations, in whole or in part.
    pub quotes: usize,
    /// Reports of what they said, in the reporter's words.
    pub paraphrases: usize,
    /// Their words, quoted and reported.
    pub words: usize,
    /// On what terms they spoke, as far as records say; each once.
    pub terms: Vec<&'static str>,
    /// How many records say that they did not answer.
    pub no_reply: usize,
    /// The dates of the first and the last draft that quotes them, where drafts have one.
    pub dates: Option<(jiff::civil::Date, jiff::civil::Date)>,
}

impl Tally {
    /// Adds a draft with its rows.
    pub fn add(&mut self, draft: &Draft, rows: &[Row], discretion: &Discretion) {
        self.stories += 1;
        let mut seen: Vec<SpeakerId> = Vec::new();
        // A stretch with two sources has two rows and is said once.
        let mut last = None;
        for row in rows {
            if last == Some((row.place, row.kind)) {
                continue;
            }
            last = Some((row.place, row.kind));
            match (row.kind, row.speaker) {
                (Kind::Quote | Kind::PartialQuote, None) => self.without_speaker += 1,
                (Kind::Number, None) if row.source.is_none() => self.bare_figures += 1,
                (kind, Some((id, _))) if kind.is_said() => {
                    let count = words(draft, row).split_whitespace().count();
                    self.words += count;
                    let is_new = !seen.contains(&id);
                    if is_new {
                        seen.push(id);
                    }
                    self.said(draft, id, row, count, is_new, discretion);
                }
                _ => {}
            }
        }
        self.add_silent(draft, discretion.level());
    }

    /// Adds what was counted elsewhere, of drafts that come after these.
    pub fn join(&mut self, later: Tally) {
        self.stories += later.stories;
        self.without_speaker += later.without_speaker;
        self.bare_figures += later.bare_figures;
        self.words += later.words;
        for (_, theirs) in later.voices {
            let voice = self.voice(&theirs.name, theirs.kind);
            voice.stories += theirs.stories;
            voice.quotes += theirs.quotes;
            voice.paraphrases += theirs.paraphrases;
            voice.words += theirs.words;
            voice.no_reply += theirs.no_reply;
            for terms in theirs.terms {
                if !voice.terms.contains(&terms) {
                    voice.terms.push(terms);
                }
            }
            if let Some((first, last)) = theirs.dates {
                let (earliest, latest) = voice.dates.unwrap_or((first, last));
                voice.dates = Some((earliest.min(first), latest.max(last)));
            }
        }
    }

    fn said(
        &mut self,
        draft: &Draft,
        id: SpeakerId,
        row: &Row,
        count: usize,
        is_new: bool,
        discretion: &Discretion,
    ) {
        let speaker = draft.story.speaker(id);
        let shown = discretion.name(id, row.naming);
        let kind = match shown.as_ref() == Some(&speaker.name) {
            true => speaker.kind,
            false => SpeakerKind::Anonymous,
        };
        let voice = self.voice(shown.as_deref().unwrap_or("not named"), kind);
        voice.words += count;
        match row.kind {
            Kind::Paraphrase => voice.paraphrases += 1,
            _ => voice.quotes += 1,
        }
        let source = row.source;
        let source = source.filter(|source| discretion.may_tie(shown.as_deref(), *source));
        if let Some(source) = source.map(|index| &draft.story.sources[index]) {
            let terms = table::terms(source);
            if discretion.level() > Level::Public && !voice.terms.contains(&terms) {
                voice.terms.push(terms);
            }
        }
        if is_new {
            voice.stories += 1;
            if let Some(date) = draft.story.facts.date {
                let (first, last) = voice.dates.unwrap_or((date, date));
                voice.dates = Some((first.min(date), last.max(date)));
            }
        }
    }

    /// Those whose record says that they did not answer.
    fn add_silent(&mut self, draft: &Draft, level: Level) {
        for source in &draft.story.sources {
            if source.kind != "no-reply" || level == Level::Public && !may_show(source, level) {
                continue;
            }
            let name = source.field("by").unwrap_or(&source.title);
            let name = name.trim_start_matches('@');
            let entity = draft.story.entities.iter().find(|entity| entity.id == name);
            let name = entity.map_or(name, |entity| entity.name.as_str());
            if !name.is_empty() {
                self.voice(name, SpeakerKind::Person).no_reply += 1;
            }
        }
    }

    fn voice(&mut self, name: &str, kind: SpeakerKind) -> &mut Voice {
        let voice = self.voices.entry(fold(name)).or_insert_with(|| Voice {
            name: name.to_owned(),
            kind,
            stories: 0,
            quotes: 0,
            paraphrases: 0,
            words: 0,
            terms: Vec::new(),
            no_reply: 0,
            dates: None,
        });
        if voice.name.len() < name.len() {
            voice.name = name.to_owned();
        }
        voice
    }

    /// Everybody who speaks or was asked, those with the most words first.
    pub fn voices(&self) -> Vec<&Voice> {
        let mut voices: Vec<&Voice> = self.voices.values().collect();
        order::by_key(&mut voices, |voice| {
            (std::cmp::Reverse(voice.words), voice.name.as_str())
        });
        voices
    }

    /// How many of the voices are people without a name, and which share of all words is theirs, in percent.
    pub fn unnamed(&self) -> (usize, f64) {
        let unnamed = self.voices.values();
        let unnamed = unnamed.filter(|voice| voice.kind == SpeakerKind::Anonymous);
        let (count, words) = unnamed.fold((0, 0), |(count, words), voice| {
            (count + 1, words + voice.words)
        });
        (count, share(words, self.words))
    }
}

/// A part of a whole, in percent; 0 where there is no whole.
pub fn share(part: usize, whole: usize) -> f64 {
    match whole {
        0 => 0.0,
        _ => 100.0 * part as f64 / whole as f64,
    }
}
