//! Plain text and Markdown: turns with names and times, and the head of a mail.

use crate::notes::record::{Cue, Locator, Source};
use crate::text::span::Span;

/// Reads a text.
pub fn read(text: &str) -> Source {
    let mut source = Source {
        text: text.to_owned(),
        ..Source::default()
    };
    let mut at = 0;
    if let Some(head) = mail_head(text) {
        source.author = Some(head.author);
        source.date = head.date;
        source.labels.push(Span::new(0, head.length));
        at = head.length;
    }
    let is_mail = source.author.is_some();
    for line in text[at..].split_inclusive('\n') {
        if let Some(label) = label(line, is_mail) {
            let voice = label.voice.map(|voice| source.voice(voice));
            let before = source.cues.last().copied();
            source.cues.push(Cue {
                at,
                place: label
                    .time
                    .map(Locator::Time)
                    .or(before.and_then(|cue| cue.place)),
                voice: voice.or(before.and_then(|cue| cue.voice)),
                line: 0,
            });
            if label.length > 0 {
                source.labels.push(Span::new(at, at + label.length));
            }
        }
        at += line.len();
    }
    source
}

/// The head of a mail.
pub struct Head {
    /// From whom.
    pub author: String,
    /// When, as written.
    pub date: Option<String>,
    /// Its bytes, with the blank line after it.
    pub length: usize,
}

/// The head of a mail that a text begins with: a line `From:`, and one of `Date:`, `To:`, `Subject:` near it.
pub fn mail_head(text: &str) -> Option<Head> {
    const KEYS: &[&str] = &["from", "date", "sent", "to", "cc", "subject", "reply-to"];
    let mut author = None;
    let mut date = None;
    let mut count = 0;
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim().trim_start_matches(['>', '*', ' ']);
        if bare.is_empty() {
            if count > 0 {
                length += line.len();
                break;
            }
            length += line.len();
            continue;
        }
        let field = bare.split_once(':').and_then(|(key, value)| {
            let key = key.trim_matches(['*', ' ']).to_lowercase();
            KEYS.contains(&key.as_str()).then_some((key, value))
        });
        let Some((key, value)) = field else {
            // A folded line belongs to the one before.
            if count > 0 && line.starts_with([' ', '\t']) {
                length += line.len();
                continue;
            }
            break;
        };
        let value = value.trim().trim_matches('*').trim();
        match key.as_str() {
            "from" => author = Some(value.to_owned()),
            "date" | "sent" => date = Some(value.to_owned()),
            _ => {}
        }
        count += 1;
        length += line.len();
    }
    let author = author.filter(|name| !name.is_empty())?;
    (count >= 2).then_some(Head {
        author,
        date,
        length,
    })
}

/// Whether what follows a mail is no more of it: a line drawn across, or the words of somebody in capitals, `ORTIZ: we had …`.
pub fn ends_mail(text: &str) -> bool {
    let line = text.trim_start().lines().next().unwrap_or_default().trim();
    let is_drawn = line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '_' | '=' | '–' | '—'));
    let is_capital = |voice: &str| {
        let letters = voice.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 3 && letters.clone().all(char::is_uppercase)
    };
    const PARTS: &[&str] = &[
        "FROM", "DATE", "SENT", "SUBJECT", "TEL", "PHONE", "MOBILE", "EMAIL", "NOTE", "EMBARGO",
    ];
    let voice = voice_at(line).map(|(_, voice, _)| voice);
    is_drawn || voice.is_some_and(|voice| is_capital(voice) && !PARTS.contains(&voice))
}

/// What stands before the words of a line.
struct Label<'a> {
    length: usize,
    time: Option<u64>,
    voice: Option<&'a str>,
}

/// `[00:04:12] ORTIZ:`, `Dana Ortiz (04:12):`, `ORTIZ:`, `04:12`, `Dana Ortiz  0:31`.
fn label(line: &str, is_mail: bool) -> Option<Label<'_>> {
    let bare = line.trim_end();
    let indent = bare.len() - bare.trim_start_matches([' ', '\t', '*', '>']).len();
    let mut at = indent;
    let mut time = None;
    if let Some((length, millis)) = time_at(&bare[at..]) {
        time = Some(millis);
        at += length;
        at += bare[at..].len()
            - bare[at..]
                .trim_start_matches([' ', '\t', '-', '–', '*'])
                .len();
    }
    if is_mail && time.is_none() {
        return None;
    }
    if let Some((length, voice, inner)) = voice_at(&bare[at..]) {
        return Some(Label {
            length: at + length,
            time: time.or(inner),
            voice: Some(voice),
        });
    }
    // A line of its own: a name and a time.
    if time.is_none() && bare.len() < 60 {
        let (name, rest) = bare[at..].rsplit_once([' ', '\t'])?;
        let (length, millis) = time_at(rest)?;
        if length == rest.len() && is_name(name.trim()) {
            return Some(Label {
                length: bare.len(),
                time: Some(millis),
                voice: Some(name.trim()),
            });
        }
    }
    time.map(|millis| Label {
        length: at,
        time: Some(millis),
        voice: None,
    })
}

/// A time at the start, with its brackets: its length and milliseconds.
fn time_at(text: &str) -> Option<(usize, u64)> {
    let open = text.chars().next().filter(|c| matches!(c, '[' | '('));
    let inner = if open.is_some() { &text[1..] } else { text };
    let length = inner
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(inner.len());
    let digits = inner[..length].trim_end_matches([':', '.', ',']);
    let millis = millis(digits)?;
    let mut end = digits.len();
    if open.is_some() {
        let close = inner[end..].find([']', ')'])?;
        if close > 24 {
            return None;
        }
        end += close + 2;
    } else if inner[end..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    Some((end, millis))
}

/// `04:12`, `1:02:33`, `00:04:12.500` in milliseconds.
pub fn millis(digits: &str) -> Option<u64> {
    let (clock, rest) = match digits.split_once(['.', ',']) {
        Some((clock, rest)) => (clock, rest),
        None => (digits, ""),
    };
    let parts: Vec<u64> = clock
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    if seconds > 59 || parts.len() == 3 && minutes > 59 || hours > 99 || minutes > 599 {
        return None;
    }
    let fraction: u64 = format!("{rest:0<3}").get(..3)?.parse().unwrap_or(0);
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction)
}

/// A name and a colon at the start: its length, the name, and a time in brackets behind the name.
fn voice_at(text: &str) -> Option<(usize, &str, Option<u64>)> {
    let text_after = |at: usize| text[at..].strip_prefix("**").map_or(at, |_| at + 2);
    // The times in "Ortiz (04:12):" hold colons of their own.
    let head = text
        .get(..text.len().min(64))
        .or_else(|| (60..64).rev().find_map(|end| text.get(..end)))?;
    let (name, time, colon) = match head.find(['(', '[']) {
        Some(open) if head[..open].find(':').is_none() => {
            let (length, millis) = time_at(&head[open..])?;
            let colon = open + length;
            (&head[..open], Some(millis), colon)
        }
        _ => {
            let colon = head.find(':')?;
            (&head[..colon], None, colon)
        }
    };
    let has_colon = text[colon..].starts_with(':');
    if !has_colon && time.is_none() {
        return None;
    }
    let end = text_after(colon + usize::from(has_colon));
    let rest = &text[end..];
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    let name = name.trim().trim_matches('*').trim();
    is_name(name).then_some((end, name, time))
}

/// One to five words that each begin with a capital or a digit.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '_' | '&'))
    };
    (1..=5).contains(&words.len())
        && words.iter().all(is_part)
        && words[0].starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &str) -> Vec<String> {
        let source = read(text);
        let label = |cue: &Cue| {
            let voice = cue
                .voice
                .map(|voice| source.voices[usize::from(voice)].clone());
            let place = cue.place.map(|place| place.to_string());
            format!(
                "{} {}",
                voice.unwrap_or_default(),
                place.unwrap_or_default()
            )
        };
        source.cues.iter().map(label).collect()
    }

    #[test]
    fn turns_are_read_as_people_and_transcribers_write_them() {
        assert_eq!(turns("Q: When?\nORTIZ: On Monday."), ["Q ", "ORTIZ "]);
        assert_eq!(
            turns("[00:04:12] Dana Ortiz: On Monday."),
            ["Dana Ortiz 04:12"]
        );
        assert_eq!(turns("**Dana Ortiz:** On Monday."), ["Dana Ortiz "]);
        assert_eq!(
            turns("Dana Ortiz (04:12): On Monday."),
            ["Dana Ortiz 04:12"]
        );
        assert_eq!(turns("Dana Ortiz  0:31\nOn Monday."), ["Dana Ortiz 00:31"]);
        assert_eq!(turns("04:12 We had no warning."), [" 04:12"]);
        assert_eq!(turns("(1:02:33) We had no warning."), [" 1:02:33"]);
    }

    #[test]
    fn other_colons_are_left_alone() {
        for text in [
            "the result: nobody came",
            "see https://harlan.example/x",
            "We met at 10:30 and left.",
            "12:30pm lunch",
        ] {
            assert!(turns(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_mail_has_a_head() {
        let head = mail_head(
            "From: Dana Ortiz <do@harlan.example>\nDate: 9 July\nSubject: Re: pier\n\nNo.",
        )
        .expect("it is a mail");
        assert_eq!(head.author, "Dana Ortiz <do@harlan.example>");
        assert_eq!(head.date.as_deref(), Some("9 July"));
        assert!(mail_head("From: what I saw\n\nNo.").is_none());
        assert!(mail_head("He came from: the sea\nDate: none").is_none());
    }
}
