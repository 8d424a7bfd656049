//! The JSON of transcribers: Whisper and its kin, Amazon Transcribe, AssemblyAI, Deepgram, Rev.

use serde_json::Value;

use crate::notes::record::{Cue, Locator, Source};

/// Reads the JSON of a transcriber; none where it is none that is known.
pub fn read(text: &str) -> Option<Source> {
    let value: Value = serde_json::from_str(text).ok()?;
    let mut told = Told::default();
    let list = |value: &Value| value.as_array().cloned();
    if let Some(segments) = list(&value["segments"]) {
        whisper(&segments, &mut told);
    } else if let Some(segments) = list(&value["transcription"]) {
        whisper_cpp(&segments, &mut told);
    } else if let Some(items) = list(&value["results"]["items"]) {
        amazon(&items, &mut told);
    } else if let Some(channels) = list(&value["results"]["channels"]) {
        deepgram(&channels, &mut told);
    } else if let Some(monologues) = list(&value["monologues"]) {
        rev(&monologues, &mut told);
    } else if let Some(turns) = list(&value["utterances"]).filter(|turns| !turns.is_empty()) {
        assembly(&turns, &mut told);
    } else if let Some(words) = list(&value["words"]) {
        assembly(&[serde_json::json!({ "words": words })], &mut told);
    } else {
        return None;
    }
    let mut source = told.source;
    number_lines(text, &mut source);
    Some(source)
}

/// What has been told so far.
#[derive(Default)]
struct Told {
    source: Source,
}

impl Told {
    /// Words from a time on; the speaker as the transcriber names them.
    fn say(&mut self, words: &str, millis: Option<u64>, speaker: Option<String>) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let is_mark = words.chars().all(|c| c.is_ascii_punctuation());
        if is_mark && self.source.text.ends_with(' ') {
            self.source.text.pop();
        }
        let voice = speaker.map(|speaker| self.source.voice(&speaker));
        if !is_mark {
            self.source.cues.push(Cue {
                at: self.source.text.len(),
                place: millis.map(Locator::Time),
                voice,
                line: 0,
            });
        }
        self.source.text.push_str(words);
        self.source.text.push(' ');
    }
}

fn seconds(value: &Value) -> Option<u64> {
    let seconds = match value {
        Value::String(words) => words.parse().ok()?,
        value => value.as_f64()?,
    };
    Some((seconds.max(0.0) * 1000.0) as u64)
}

/// A speaker: a name, or a number that the transcriber gave.
fn speaker(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(format!("Speaker {number}")),
        _ => None,
    }
}

/// Whisper, faster-whisper, WhisperX: segments with words, in seconds.
fn whisper(segments: &[Value], told: &mut Told) {
    for segment in segments {
        let words = segment["words"]
            .as_array()
            .filter(|words| !words.is_empty());
        match words {
            Some(words) => {
                for word in words {
                    let letters = word["word"].as_str().or(word["text"].as_str());
                    let who = speaker(&word["speaker"]).or(speaker(&segment["speaker"]));
                    told.say(letters.unwrap_or_default(), seconds(&word["start"]), who);
                }
            }
            None => told.say(
                segment["text"].as_str().unwrap_or_default(),
                seconds(&segment["start"]),
                speaker(&segment["speaker"]),
            ),
        }
    }
}

/// whisper.cpp: segments with offsets in milliseconds.
fn whisper_cpp(segments: &[Value], told: &mut Told) {
    for segment in segments {
        told.say(
            segment["text"].as_str().unwrap_or_default(),
            segment["offsets"]["from"].as_u64(),
            speaker(&segment["speaker"]),
        );
    }
}

/// Amazon Transcribe: one item a word or mark, times as strings of seconds.
fn amazon(items: &[Value], told: &mut Told) {
    for item in items {
        told.say(
            item["alternatives"][0]["content"]
                .as_str()
                .unwrap_or_default(),
            seconds(&item["start_time"]),
            speaker(&item["speaker_label"]),
        );
    }
}

/// Deepgram: words of the first channel's best alternative.
fn deepgram(channels: &[Value], told: &mut Told) {
    let words = channels
        .first()
        .and_then(|one| one["alternatives"][0]["words"].as_array());
    for word in words.into_iter().flatten() {
        let letters = word["punctuated_word"].as_str().or(word["word"].as_str());
        told.say(
            letters.unwrap_or_default(),
            seconds(&word["start"]),
            speaker(&word["speaker"]),
        );
    }
}

/// AssemblyAI: utterances with words, in milliseconds.
fn assembly(turns: &[Value], told: &mut Told) {
    for turn in turns {
        let words = turn["words"].as_array().filter(|words| !words.is_empty());
        let Some(words) = words else {
            told.say(
                turn["text"].as_str().unwrap_or_default(),
                turn["start"].as_u64(),
                speaker(&turn["speaker"]),
            );
            continue;
        };
        for word in words {
            told.say(
                word["text"].as_str().unwrap_or_default(),
                word["start"].as_u64(),
                speaker(&word["speaker"]).or(speaker(&turn["speaker"])),
            );
        }
    }
}

/// Rev: monologues of elements.
fn rev(monologues: &[Value], told: &mut Told) {
    for monologue in monologues {
        let elements = monologue["elements"].as_array();
        for element in elements.into_iter().flatten() {
            told.say(
                element["value"].as_str().unwrap_or_default(),
                seconds(&element["ts"]),
                speaker(&monologue["speaker"]),
            );
        }
    }
}

/// Finds the line of the file for each cue: the file is searched once, from word to word.
fn number_lines(file: &str, source: &mut Source) {
    let mut from = 0;
    let mut line = 1;
    for cue in &mut source.cues {
        let words = &source.text[cue.at..];
        let end = words
            .char_indices()
            .find(|(at, c)| *at > 24 || c.is_whitespace() || matches!(c, '"' | '\\'))
            .map_or(words.len(), |(at, _)| at);
        let word = &words[..end];
        // A word that is not found nearby stands there in another form.
        let mut limit = file.len().min(from + 4096);
        while !file.is_char_boundary(limit) {
            limit += 1;
        }
        if let Some(found) = file[from..limit].find(word).filter(|_| !word.is_empty()) {
            let until = from + found;
            line += file.as_bytes()[from..until]
                .iter()
                .filter(|b| **b == b'\n')
                .count() as u32;
            from = until;
        }
        cue.line = line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(json: &str) -> String {
        let source = read(json).expect("it is a transcript");
        let times: Vec<String> = source
            .cues
            .iter()
            .map(|cue| cue.place.map_or("-".to_owned(), |place| place.to_string()))
            .collect();
        format!(
            "{}| {} | {}",
            source.text,
            times.join(" "),
            source.voices.join(", ")
        )
    }

    #[test]
    fn transcribers_are_read() {
        for (json, expected) in [
            (
                r#"{"text": "No warning.", "segments": [{"id": 0, "start": 252.0, "end": 254.1, "text": " We had no warning."}], "language": "en"}"#,
                "We had no warning. | 04:12 | ",
            ),
            (
                r#"{"segments": [{"start": 1.0, "speaker": "SPEAKER_00", "text": "We had", "words": [{"word": "We", "start": 1.0}, {"word": " had", "start": 2.5}]}]}"#,
                "We had | 00:01 00:02 | SPEAKER_00",
            ),
            (
                r#"{"transcription": [{"timestamps": {"from": "00:00:03,000"}, "offsets": {"from": 3000, "to": 4000}, "text": " We had"}]}"#,
                "We had | 00:03 | ",
            ),
            (
                r#"{"results": {"items": [{"start_time": "1.0", "type": "pronunciation", "speaker_label": "spk_0", "alternatives": [{"content": "No"}]}, {"type": "punctuation", "alternatives": [{"content": "."}]}]}}"#,
                "No. | 00:01 | spk_0",
            ),
            (
                r#"{"results": {"channels": [{"alternatives": [{"words": [{"word": "no", "punctuated_word": "No.", "start": 61.0, "speaker": 1}]}]}]}}"#,
                "No. | 01:01 | Speaker 1",
            ),
            (
                r#"{"utterances": [{"speaker": "A", "text": "No.", "start": 4000, "words": [{"text": "No.", "start": 4000}]}]}"#,
                "No. | 00:04 | A",
            ),
            (
                r#"{"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "No", "ts": 0.5}, {"type": "punct", "value": "."}]}]}"#,
                "No. | 00:00 | Speaker 0",
            ),
        ] {
            assert_eq!(said(json), expected);
        }
        assert!(read(r#"{"name": "package"}"#).is_none());
    }

    #[test]
    fn cues_know_the_line_of_the_file() {
        let json = "{\"segments\": [\n{\"start\": 1, \"text\": \"We had\"},\n{\"start\": 2, \"text\": \"no warning\"}\n]}";
        let source = read(json).expect("it is a transcript");
        assert_eq!(
            source.cues.iter().map(|cue| cue.line).collect::<Vec<_>>(),
            [2, 3]
        );
    }
}
