//! Any bytes are a file of notes, or none: every format is read without a panic, every word of a record has a place,
//! and a draft beside it is checked.

use std::io::{Cursor, Write};

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::notes::format::{self, ENDINGS};
use onrecord::notes::record::Record;
use onrecord::notes::{Named, Records};
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::text::Text;

use super::dice::Dice;
use super::parse::{fits, lie_on_characters};

/// Pieces of transcripts, mails and documents.
const NOTES: &[&str] = &[
    "WEBVTT\n\n",
    "1\n00:00:01,000 --> 00:00:04,000\n",
    "00:01.000 --> 00:02.500 align:start\n",
    "99:59:59.999 --> 00:00:00.000\n",
    "<v Dana Ortiz>",
    "</v>",
    "Dana Ortiz: ",
    "[00:12:03] ",
    "(4:05) ",
    "We had no warning at all. ",
    "The wall is, um, is leaking ",
    "two hundred and six ",
    "206 ",
    "\n",
    "\n\n",
    "\r\n",
    "From: Dana Ortiz <ortiz@example.org>\n",
    "Subject: =?utf-8?q?The_wall?=\n",
    "Date: Mon, 2 Mar 2026 10:00:00 +0000\n",
    "Content-Type: multipart/alternative; boundary=\"b\"\n\n--b\n",
    "Content-Type: text/html\n\n<p>We had <b>no</b> warning&nbsp;at all</p>\n--b--\n",
    "Content-Transfer-Encoding: base64\n\nV2UgaGFk\n",
    "{\"segments\":[{\"start\":1.5,\"end\":2,\"text\":\" We had no warning\"}]}",
    "{\"segments\":[",
    "{\"start\":-1e300,\"text\":\"We\"},",
    "{\"transcription\":[{\"offsets\":{\"from\":0},\"text\":\"We had\"}]}",
    "{\"results\":{\"items\":[{\"type\":\"pronunciation\",\"start_time\":\"x\",\"alternatives\":[{\"content\":\"We\"}]}]}}",
    "{\"monologues\":[{\"speaker\":0,\"elements\":[{\"type\":\"text\",\"value\":\"We\",\"ts\":1}]}]}",
    "{\"words\":[{\"text\":\"We\",\"start\":18446744073709551615,\"speaker\":\"A\"}]}",
    "<w:document><w:body><w:p><w:r><w:t>We had no warning</w:t></w:r></w:p>",
    "<w:br w:type=\"page\"/>",
    "<w:tab/>",
    "&#x110000;",
    "&lt;",
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "trailer << /Root 1 0 R >>\n%%EOF",
    "é",
    "e\u{301}",
    "😀",
    "\0",
    "\u{feff}",
    "“",
    "’",
];

/// The first byte chooses the format, the second whether the others are the file or choose among pieces of one.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let ending = dice.one(ENDINGS);
    let is_raw = dice.below(3) == 0;
    let file = match (is_raw, ending) {
        (true, _) => bytes.get(2..).unwrap_or_default().to_vec(),
        (false, "docx") => document(&dice.text(NOTES, 24)),
        (false, _) => dice.text(NOTES, 24).into_bytes(),
    };
    let Some(record) = format::read(&format!("notes/ortiz.{ending}"), &file) else {
        return;
    };
    every_word_has_a_place(&record);
    beside_a_draft(record);
}

/// A document of a word processor with this body.
fn document(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let begun = archive.start_file("word/document.xml", options);
    begun.expect("memory takes a file");
    archive
        .write_all(body.as_bytes())
        .expect("memory takes a file");
    archive.finish().expect("memory takes a file").into_inner()
}

fn every_word_has_a_place(record: &Record) {
    let text: &str = &record.source.text;
    for (at, word) in record.words.iter().enumerate() {
        fits(text, word.span(), "a word");
        record.locator(word.span().start()).to_string();
        record.voice(word.span().start());
        record.line(word.span().end());
        record.passage(at, at + 3);
    }
    for label in &record.source.labels {
        fits(text, *label, "a label");
    }
    record.locator(text.len());
}

fn beside_a_draft(record: Record) {
    let said = record.passage(0, record.words.len().min(12));
    let text = format!(
        "“{said},” said Dana Ortiz.[^a]\n\n“We had no warning at all,” Ortiz said.\n\n[^a]: interview, Dana Ortiz; file: ortiz.txt\n"
    );
    let records = Records {
        named: vec![("ortiz.txt".to_owned(), Named::Record(0))],
        files: vec![record.into()],
        ..Records::default()
    };
    let (config, base) = (Config::default(), Base::default());
    let draft = Draft::read(Text::new(&text), &Reading::default(), &base, None);
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    };
    lie_on_characters(&text, &rules::check(&draft, &scene, None).findings);
}
