//! The text of PDF files, page by page, in the order in which it was set.

use lopdf::content::Content;
use lopdf::{Document, Object};

use super::pdf_font::Font;
use crate::notes::record::{Cue, Locator, Source};

/// Space between letters, in thousandths of the type size, from which it is a space between words.
const WORD_SPACE: f32 = -180.0;

/// Pages that are read at most.
const MOST_PAGES: usize = 2000;

/// Bytes that the content of a page may unfold to.
const MOST_BYTES: usize = 16 << 20;

/// Reads a file; none where it holds no text: a scan, or a document that is locked.
pub fn read(bytes: &[u8]) -> Option<Source> {
    let document = Document::load_mem(bytes).ok()?;
    let mut source = Source::default();
    for (number, page) in document.get_pages().into_iter().take(MOST_PAGES) {
        source.cues.push(Cue {
            at: source.text.len(),
            place: Some(Locator::Page(number)),
            voice: None,
            line: 0,
        });
        let words = page_text(&document, page).unwrap_or_default();
        source.text.push_str(&words);
        source.text.push('\n');
    }
    (!source.text.trim().is_empty()).then_some(source)
}

fn page_text(document: &Document, page: lopdf::ObjectId) -> Option<String> {
    let fonts = document.get_page_fonts(page).ok()?;
    let fonts: Vec<(&Vec<u8>, Font)> = fonts
        .iter()
        .map(|(name, font)| (name, Font::of(font, document)))
        .collect();
    let data = document
        .get_page_content_with_limit(page, MOST_BYTES)
        .ok()?;
    let content = Content::decode(&data).ok()?;
    let mut text = String::new();
    let mut font = None;
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                let found = fonts
                    .iter()
                    .find(|(known, _)| Some(known.as_slice()) == name);
                font = found.map(|(_, font)| font);
            }
            "Tj" | "TJ" | "'" | "\"" => {
                if matches!(operation.operator.as_str(), "'" | "\"") {
                    new_line(&mut text);
                }
                if let Some(font) = font {
                    show(&mut text, font, operands);
                }
            }
            // A step to the side within a line parts words; a step down parts lines.
            "Td" | "TD" => match number(operands.get(1)) {
                Some(down) if down.abs() > 0.1 => new_line(&mut text),
                _ => space(&mut text),
            },
            "Tm" | "T*" | "ET" => new_line(&mut text),
            _ => {}
        }
    }
    Some(joined(&text))
}

fn show(text: &mut String, font: &Font, operands: &[Object]) {
    for operand in operands {
        match operand {
            Object::String(bytes, _) => font.read_onto(bytes, text),
            Object::Array(parts) => show(text, font, parts),
            other => {
                if number(Some(other)).is_some_and(|gap| gap < WORD_SPACE) {
                    space(text);
                }
            }
        }
    }
}

fn number(object: Option<&Object>) -> Option<f32> {
    object.and_then(|object| object.as_float().ok())
}

fn new_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn space(text: &mut String) {
    if !text.is_empty() && !text.ends_with([' ', '\n']) {
        text.push(' ');
    }
}

/// Puts words together again that were broken at the end of a line.
fn joined(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let goes_on = lines
            .peek()
            .is_some_and(|next| next.starts_with(char::is_lowercase));
        match line.trim_end().strip_suffix('-') {
            Some(head) if goes_on && head.ends_with(char::is_lowercase) => whole.push_str(head),
            _ => {
                whole.push_str(line);
                whole.push('\n');
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use lopdf::content::Operation;
    use lopdf::{Stream, dictionary};

    use super::*;

    fn document(pages: &[Vec<Operation>]) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let tree = document.new_object_id();
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding",
        });
        let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
        let kids: Vec<Object> = pages
            .iter()
            .map(|operations| {
                let content = Content { operations: operations.clone() };
                let content = content.encode().expect("operations are written");
                let content = document.add_object(Stream::new(dictionary! {}, content));
                document
                    .add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources })
                    .into()
            })
            .collect();
        let count = kids.len() as i64;
        document.objects.insert(
            tree,
            dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into(),
        );
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("it is written");
        bytes
    }

    #[test]
    fn lines_and_pages_are_told_apart() {
        let font = Operation::new("Tf", vec!["F1".into(), 12.into()]);
        let line = |words: &str| Operation::new("Tj", vec![Object::string_literal(words)]);
        let down = Operation::new("Td", vec![0.into(), (-14).into()]);
        let parts = vec![
            Object::string_literal("No"),
            Object::Real(-250.0),
            Object::string_literal("help"),
            Object::Real(-20.0),
            Object::string_literal("ers."),
        ];
        let bytes = document(&[
            vec![
                font.clone(),
                line("We had no warn-"),
                down.clone(),
                line("ing of the"),
                down,
                line("storm."),
            ],
            vec![font, Operation::new("TJ", vec![Object::Array(parts)])],
        ]);
        let source = read(&bytes).expect("it has text");
        assert_eq!(
            source.text,
            "We had no warning of the\nstorm.\n\nNo helpers.\n\n"
        );
        assert_eq!(source.cues[1].place, Some(Locator::Page(2)));
        assert!(read(b"%PDF-1.4 nonsense").is_none());
    }
}
