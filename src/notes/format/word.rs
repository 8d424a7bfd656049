//! Word documents: the printed text of the body, paragraph by paragraph.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::text;
use crate::notes::record::{Cue, Locator, Source};
use crate::text::order;

/// The greatest body that is read, in bytes: what is longer was made to harm.
const MOST: u64 = 64 << 20;

/// Reads a document; none where it is none.
pub fn read(bytes: &[u8]) -> Option<Source> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let body = archive.by_name("word/document.xml").ok()?;
    let mut xml = String::new();
    body.take(MOST).read_to_string(&mut xml).ok()?;
    let (words, pages) = body_text(&xml)?;
    let mut source = text::read(&words);
    if pages.is_empty() {
        return Some(source);
    }
    // Pages, and the turns that were read, in one list.
    let starts = std::iter::once(0).chain(pages);
    for (number, at) in starts.enumerate() {
        let page = Some(Locator::Page(number as u32 + 1));
        source.cues.push(Cue {
            at,
            place: page,
            voice: None,
            line: 0,
        });
    }
    order::by_key(&mut source.cues, |cue| (cue.at, cue.voice.is_some()));
    let (mut page, mut voice) = (None, None);
    for cue in &mut source.cues {
        match cue.place {
            Some(Locator::Page(_)) => page = cue.place,
            None => cue.place = page,
            Some(_) => {}
        }
        voice = cue.voice.or(voice);
        cue.voice = voice;
    }
    Some(source)
}

/// The text of the body, and the bytes at which new pages begin.
fn body_text(xml: &str) -> Option<(String, Vec<usize>)> {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    let mut pages = Vec::new();
    let mut is_text = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => is_text = tag.local_name().as_ref() == "t",
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "lastRenderedPageBreak" => pages.push(text.len()),
                _ => {}
            },
            Event::Text(words) if is_text => text.push_str(&words),
            Event::GeneralRef(name) if is_text => {
                let letter = name.resolve_char_ref().ok().flatten();
                let named = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                text.extend(letter.or(named));
            }
            Event::End(tag) => {
                is_text = false;
                if tag.local_name().as_ref() == "p" {
                    text.push('\n');
                }
            }
            Event::Eof => return Some((text, pages)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn document(body: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive
            .start_file("word/document.xml", options)
            .expect("a new file");
        let xml =
            format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        archive.write_all(xml.as_bytes()).expect("it is written");
        archive.finish().expect("it is whole").into_inner()
    }

    #[test]
    fn paragraphs_pages_and_what_was_deleted() {
        let source = read(&document(
            "<w:p><w:r><w:t>DEAN: We had </w:t></w:r><w:del><w:r><w:delText>some</w:delText></w:r></w:del><w:r><w:t xml:space=\"preserve\">no &amp; no</w:t></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>Warning.</w:t></w:r></w:p>",
        ))
        .expect("it is a document");
        assert_eq!(source.text, "DEAN: We had no & no\nWarning.\n");
        let at = source.text.find("Warning").expect("it stands there");
        let cue = source.cues.iter().rfind(|cue| cue.at <= at).expect("a cue");
        assert_eq!((cue.place, cue.voice), (Some(Locator::Page(2)), Some(0)));
        assert!(read(b"PK not a document").is_none());
    }
}
