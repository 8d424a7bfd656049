//! The formats in which reporters have what was said. Bytes in, a record out; nothing here opens a file.

mod captions;
mod mail;
mod pdf;
mod pdf_font;
pub mod text;
mod transcriber;
mod word;

use std::panic::catch_unwind;

use super::record::{Kind, Record, Source};

/// Endings of files that are read, in lower case.
pub const ENDINGS: &[&str] = &[
    "txt", "text", "md", "markdown", "srt", "vtt", "json", "eml", "docx", "pdf",
];

/// Endings of recordings: they are not read; a transcript of the same name beside them is.
pub const MEDIA: &[&str] = &[
    "m4a", "mp3", "wav", "mp4", "mov", "aac", "ogg", "opus", "flac", "webm", "m4v", "wma", "amr",
    "mkv",
];

/// The ending of a path, in lower case.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, end)| end.to_lowercase())
}

/// Reads a file as a record; none where its words cannot be had. `path` is written with `/`.
pub fn read(path: &str, bytes: &[u8]) -> Option<Record> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let letters = || letters(bytes);
    let (kind, source) = match ending(path).as_str() {
        "srt" | "vtt" => (Kind::Machine, captions::read(&letters()?)),
        "json" => (Kind::Machine, transcriber::read(&letters()?)?),
        "eml" => (Kind::Mail, mail::read(bytes)?),
        "docx" => word::read(bytes).map(|source| of_text(name, source, Kind::Document))?,
        // The files of others are read by the code of others: what goes wrong there stays there.
        "pdf" => {
            let owned = bytes.to_vec();
            let read = catch_unwind(move || pdf::read(&owned)).ok().flatten()?;
            (Kind::Document, read)
        }
        "txt" | "text" | "md" | "markdown" => {
            let source = text::read(&letters()?);
            of_text(name, source, Kind::Typed)
        }
        _ => return None,
    };
    Some(Record::new(name, Some(path.to_owned()), kind, source))
}

/// What a text is: a mail with its head, a transcript with turns or times, else what its ending says.
fn of_text(name: &str, source: Source, otherwise: Kind) -> (Kind, Source) {
    let lower = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let kind = if source.author.is_some() {
        Kind::Mail
    } else if has(&["transcript", "recording"]) || source.cues.len() >= 3 {
        Kind::Transcript
    } else if has(&[
        "statement",
        "speech",
        "release",
        "letter",
        "ruling",
        "indictment",
    ]) {
        Kind::Document
    } else {
        otherwise
    };
    (kind, source)
}

/// The letters of a text file: UTF-8, UTF-16 with its mark, else the Western encoding of old recorders.
fn letters(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return Some(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Some(wide(rest, u16::from_be_bytes)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) if bytes.contains(&0) => None,
        Err(_) => Some(bytes.iter().map(|byte| western(*byte)).collect()),
    }
}

/// A byte of Windows-1252; only the marks that stand in quotations differ from Latin-1.
fn western(byte: u8) -> char {
    match byte {
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x80 => '€',
        _ => byte as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_read() {
        let record = read("notes/o.txt", b"He said \x93caf\xe9\x94").expect("it is a text");
        assert_eq!(record.source.text, "He said “café”");
        let wide: Vec<u8> = "\u{feff}Häfen"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            read("o.txt", &wide).expect("it is a text").source.text,
            "Häfen"
        );
        assert!(read("o.txt", b"\x00\x01\xff").is_none());
    }

    #[test]
    fn what_a_text_is_shows_in_its_name_and_its_turns() {
        let kind = |name: &str, text: &str| read(name, text.as_bytes()).expect("a text").kind;
        assert_eq!(kind("ortiz.txt", "called ortiz, she says no"), Kind::Typed);
        assert_eq!(
            kind("transcript.txt", "We had no warning."),
            Kind::Transcript
        );
        assert_eq!(
            kind(
                "a.txt",
                "Q: When?\nORTIZ: On Monday.\nQ: Why?\nORTIZ: Rain.\n"
            ),
            Kind::Transcript
        );
        assert_eq!(
            kind(
                "a.txt",
                "From: Dana Ortiz\nDate: 9 July\n\nWe had no warning.\n"
            ),
            Kind::Mail
        );
        assert_eq!(
            kind("harbor statement.md", "We had no warning."),
            Kind::Document
        );
    }
}
