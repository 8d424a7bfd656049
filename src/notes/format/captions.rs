//! SubRip and WebVTT, with the speakers of voice tags.

use super::text::millis;
use crate::notes::record::{Cue, Locator, Source};

/// Reads captions.
pub fn read(text: &str) -> Source {
    let mut source = Source::default();
    let mut voice: Option<u16> = None;
    let mut last_line = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((_, line)) = lines.next() {
        let Some((start, _)) = line.split_once("-->") else {
            continue;
        };
        let Some(start) = millis(start.trim()) else {
            continue;
        };
        for (number, line) in lines.by_ref() {
            if line.trim().is_empty() {
                break;
            }
            let (spoken, words) = plain(line);
            if let Some(name) = &spoken {
                voice = Some(source.voice(name));
            }
            let words = words.trim();
            // Rolling captions show each line twice.
            if words.is_empty() || words == last_line {
                continue;
            }
            let (name, words) = turn(words);
            if let Some(name) = name {
                voice = Some(source.voice(name));
            }
            source.cues.push(Cue {
                at: source.text.len(),
                place: Some(Locator::Time(start)),
                voice,
                line: number as u32 + 1,
            });
            source.text.push_str(words);
            source.text.push('\n');
            last_line = words.to_owned();
        }
    }
    source
}

/// The words of a line without tags, and the name of its first voice tag.
fn plain(line: &str) -> (Option<String>, String) {
    let mut voice = None;
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>') else {
            break;
        };
        words.push_str(&rest[..open]);
        let tag = &rest[open + 1..open + close];
        let mut parts = tag.splitn(2, char::is_whitespace);
        let name = parts.next().unwrap_or_default();
        if name == "v" || name.starts_with("v.") {
            voice = voice.or(parts.next().map(|name| name.trim().to_owned()));
        }
        rest = &rest[open + close + 1..];
    }
    words.push_str(rest);
    let words = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    (voice.filter(|name| !name.is_empty()), words)
}

/// `>> ORTIZ: On Monday.`
fn turn(words: &str) -> (Option<&str>, &str) {
    let words = words.trim_start_matches(['>', '-', ' ']);
    let Some((name, rest)) = words.split_once(": ") else {
        return (None, words);
    };
    let is_name = name.split(' ').count() <= 4
        && name
            .split(' ')
            .all(|word| word.starts_with(char::is_uppercase) && word.len() < 20);
    if is_name {
        (Some(name), rest)
    } else {
        (None, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_captions_with_voices() {
        let source = read(
            "WEBVTT\n\nNOTE made by hand\n\n1\n00:04:12.000 --> 00:04:15.000 align:start\n<v Dana Ortiz>We had <i>no</i> warning &amp; no help.\n\n04:16.000 --> 04:18.000\nNone.\n",
        );
        assert_eq!(source.text, "We had no warning & no help.\nNone.\n");
        assert_eq!(source.voices, ["Dana Ortiz"]);
        assert_eq!(source.cues[0].place, Some(Locator::Time(252_000)));
        assert_eq!((source.cues[0].line, source.cues[1].voice), (7, Some(0)));
    }

    #[test]
    fn subrip_with_names_and_lines_shown_twice() {
        let source = read(
            "1\r\n00:00:01,000 --> 00:00:02,000\r\n>> ORTIZ: We had\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nWe had\r\nno warning.\r\n",
        );
        assert_eq!(source.text, "We had\nno warning.\n");
        assert_eq!(source.voices, ["ORTIZ"]);
    }
}
