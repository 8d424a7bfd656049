//! A record: a transcript, a mail, a document or notes, with a locator for every word.

use super::fold::{Folder, Word};
use super::shingle::Shingles;
use crate::prose::fold::fold;
use crate::text::span::Span;

/// What a record is, and so how far its words can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words that a machine heard.
    Machine,
    /// A recording written down by a person: turns with names, or times.
    Transcript,
    /// Somebody's own written words: a mail.
    Mail,
    /// A statement, report or other document.
    Document,
    /// Notes that somebody typed while listening.
    Typed,
}

/// Where in a record something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locator {
    /// Milliseconds from the start of the recording.
    Time(u64),
    /// A page, counted from 1.
    Page(u32),
    /// A line, counted from 1.
    Line(u32),
}

impl std::fmt::Display for Locator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Locator::Time(millis) => {
                let seconds = millis / 1000;
                let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
                match hours {
                    0 => write!(f, "{minutes:02}:{seconds:02}"),
                    _ => write!(f, "{hours}:{minutes:02}:{seconds:02}"),
                }
            }
            Locator::Page(page) => write!(f, "p. {page}"),
            Locator::Line(line) => write!(f, "line {line}"),
        }
    }
}

/// From here on something holds: a time, a page, a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The byte of the text from which it holds.
    pub at: usize,
    /// The time or page; none leaves the line.
    pub place: Option<Locator>,
    /// Who speaks: index into the record's voices.
    pub voice: Option<u16>,
    /// The line of the file, counted from 1, where the text is not the file's own.
    pub line: u32,
}

/// A text as a format gives it, before its words are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The words.
    pub text: String,
    /// In order of their place.
    pub cues: Vec<Cue>,
    /// The names of those who speak, as written.
    pub voices: Vec<String>,
    /// What is no speech in the text: names of speakers, times. Sorted, disjoint.
    pub labels: Vec<Span>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, as written.
    pub date: Option<String>,
}

impl Source {
    /// The index of a voice, taken in if it is new.
    pub fn voice(&mut self, name: &str) -> u16 {
        let name = name.trim();
        let known = self.voices.iter().position(|voice| voice == name);
        known.unwrap_or_else(|| {
            self.voices.push(name.to_owned());
            self.voices.len() - 1
        }) as u16
    }
}

/// A record, ready for look-up.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name as shown: `jonson.vtt`.
    pub name: String,
    /// The path of its file, with `/`; none where it stands in the draft itself.
    pub path: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The text as the format gives it.
    pub source: Source,
    /// Its words in order.
    pub words: Vec<Word>,
    /// Where each pair of words stands.
    pub shingles: Shingles,
    /// The bytes at which the text's lines start.
    lines: Vec<u32>,
    /// The words of its file name, folded.
    named: Vec<String>,
    /// Those and the words of all voices.
    known: Vec<String>,
}

impl Record {
    /// Reads the words of a text.
    pub fn new(name: &str, path: Option<String>, kind: Kind, source: Source) -> Record {
        let text: &str = &source.text;
        let mut folder = Folder::new(text);
        let mut at = 0;
        for label in &source.labels {
            folder.read(Span::new(at, label.start()));
            at = label.end();
        }
        folder.read(Span::new(at, text.len()));
        let words = folder.finish();
        let shingles = Shingles::of(&words);
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(starts.map(|(at, _)| at as u32 + 1))
            .collect();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if path.is_some() { stem } else { "" };
        let named = fold(&stem.replace(|c: char| !c.is_alphabetic(), " "));
        let named = named.split(' ').filter(|word| word.len() > 1);
        let named: Vec<String> = named.map(str::to_owned).collect();
        let voices = source.voices.iter().chain(&source.author);
        let heard = voices.flat_map(|voice| {
            let folded = fold(&voice.replace(|c: char| !c.is_alphanumeric(), " "));
            let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
            words
        });
        let known = heard.chain(named.iter().cloned()).collect();
        Record {
            name: name.to_owned(),
            path,
            kind,
            named,
            known,
            words,
            shingles,
            lines,
            source,
        }
    }

    /// The line of the text that holds a byte, counted from 1.
    fn own_line(&self, at: usize) -> u32 {
        self.lines.partition_point(|start| *start as usize <= at) as u32
    }

    /// The line of the file that holds a byte of the text, counted from 1.
    pub fn line(&self, at: usize) -> u32 {
        match self.cue(at) {
            Some(cue) if cue.line > 0 => cue.line,
            _ => self.own_line(at),
        }
    }

    /// Where a byte of the text is to be found: the time or page, else the line.
    pub fn locator(&self, at: usize) -> Locator {
        let place = self.cue(at).and_then(|cue| cue.place);
        place.unwrap_or_else(|| Locator::Line(self.line(at)))
    }

    /// Who speaks at a byte of the text, as written there.
    pub fn voice(&self, at: usize) -> Option<&str> {
        let cue = self.cue(at)?;
        let voice = cue
            .voice
            .map(|voice| self.source.voices[usize::from(voice)].as_str());
        voice.or(self.source.author.as_deref())
    }

    fn cue(&self, at: usize) -> Option<&Cue> {
        let cues = &self.source.cues;
        let index = cues.partition_point(|cue| cue.at <= at).checked_sub(1)?;
        cues.get(index)
    }

    /// The words of a run of indices, as they stand, on one line and without labels.
    pub fn passage(&self, first: usize, end: usize) -> String {
        let (Some(from), Some(to)) = (self.words.get(first), self.words.get(end.max(1) - 1)) else {
            return String::new();
        };
        let text: &str = &self.source.text;
        let mut stop = to.span().end();
        // What closes the last word goes with it.
        stop += text[stop..]
            .chars()
            .take_while(|c| matches!(c, '.' | ',' | '?' | '!' | '%'))
            .take(1)
            .map(char::len_utf8)
            .sum::<usize>();
        let whole = Span::new(from.span().start(), stop);
        let mut shown = String::new();
        let mut at = whole.start();
        let first = self
            .source
            .labels
            .partition_point(|label| label.end() <= at);
        for label in &self.source.labels[first..] {
            if label.start() >= whole.end() {
                break;
            }
            shown.push_str(&text[at..label.start().max(at)]);
            shown.push(' ');
            at = label.end();
        }
        shown.push_str(&text[at.min(whole.end())..whole.end()]);
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether any word of a name is among the names of the record: its file's, its voices', its writer's.
    pub fn knows(&self, name: &str) -> bool {
        let name = fold(name);
        name.split([' ', '-'])
            .any(|word| word.len() > 1 && self.known.iter().any(|known| known == word))
    }

    /// The words of all names of the record, folded.
    pub fn known(&self) -> &[String] {
        &self.known
    }

    /// Whether a person of this name is named as somebody whose words these are: in a voice, as the writer, in the
    /// file's name.
    pub fn names(&self, name: &str, surname: Option<&str>) -> bool {
        let heard = self.source.voices.iter().chain(&self.source.author);
        heard.into_iter().any(|voice| same_person(voice, name)) || self.file_names(name, surname)
    }

    /// Whether the name of the file says that it is of this person.
    pub fn file_names(&self, name: &str, surname: Option<&str>) -> bool {
        let key = fold(surname.unwrap_or(name));
        let mut parts = key
            .split([' ', '-'])
            .filter(|part| part.len() > 1)
            .peekable();
        parts.peek().is_some() && parts.all(|part| self.named.iter().any(|word| word == part))
    }
}

/// Whether the name of a voice is that of a person: the full name, the surname, the forename, the initials.
pub fn same_person(voice: &str, name: &str) -> bool {
    let letters = |c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’');
    let parts = |words: &str| -> Vec<String> {
        let words = words.split(['<', '(']).next().unwrap_or(words);
        words
            .split(letters)
            .filter(|part| !part.is_empty())
            .map(fold)
            .collect()
    };
    let (voice, name) = (parts(voice), parts(name));
    let [first, .., last] = &name[..] else {
        return !voice.is_empty() && name.iter().all(|part| voice.contains(part));
    };
    if voice.contains(last) || voice.len() == 1 && voice.contains(first) {
        return true;
    }
    let initials: String = name.iter().filter_map(|part| part.chars().next()).collect();
    voice.len() == 1 && voice[0].len() >= 2 && voice[0] == initials
}

/// Whether a voice is a name at all, and not "Q", "Speaker 1", "Reporter".
pub fn is_name(voice: &str) -> bool {
    const GENERIC: &[&str] = &[
        "q",
        "a",
        "speaker",
        "interviewer",
        "interviewee",
        "reporter",
        "host",
        "moderator",
        "unknown",
        "question",
        "answer",
        "voice",
        "male",
        "female",
        "man",
        "woman",
        "audience",
        "me",
        "note",
        "notes",
        "call",
        "from",
        "to",
        "re",
        "subject",
        "date",
        "translator",
        "interpreter",
        "operator",
        "spk",
    ];
    let folded = fold(voice);
    let first = folded
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty());
    first.is_some_and(|word| word.len() > 1 && !GENERIC.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_known_by_the_names_that_transcribers_write() {
        for voice in [
            "Dana Ortiz",
            "ORTIZ",
            "Dana",
            "DO",
            "Ms. Ortiz",
            "Dana Ortiz <do@harlan.example>",
        ] {
            assert!(same_person(voice, "Dana Ortiz"), "{voice}");
        }
        for voice in ["Roth", "Dan", "A", "Speaker 1", ""] {
            assert!(!same_person(voice, "Dana Ortiz"), "{voice}");
        }
        assert!(
            is_name("ROTH") && !is_name("Speaker 1") && !is_name("SPEAKER_00") && !is_name("Q")
        );
    }

    #[test]
    fn times_read_as_a_recorder_shows_them() {
        assert_eq!(Locator::Time(252_900).to_string(), "04:12");
        assert_eq!(Locator::Time(3_753_000).to_string(), "1:02:33");
    }
}
