//! The ledger as a page to print: a box to tick at each row, who speaks how often, and who did not answer.

use std::fmt::Write as _;

use super::Entry;
use crate::ledger::Level;
use crate::ledger::table::PROBABLY;
use crate::ledger::tally::{Tally, share};
use crate::text::order;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Ledger</title>\n<style>\n\
body{font:11pt/1.4 Georgia,serif;margin:2cm 3cm}h1{font-size:16pt}h2{font-size:13pt;margin-top:2em}h3{font-size:11pt;margin:1.5em 0 .3em}\n\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em;border-top:1px solid #999}\n\
td.box{width:1.2em}td.box::before{content:\"\";display:inline-block;width:.8em;height:.8em;border:1px solid #333}\n\
td.done::before{content:\"\u{2713}\";border:0}.none{color:#a00}.small{font-size:9pt;color:#555}\n\
@media print{tr{break-inside:avoid}}\n</style>\n";

/// Columns by their place in `table::COLUMNS`.
const NUMBER: usize = 0;
const PARAGRAPH: usize = 3;
const KIND: usize = 5;
const TEXT: usize = 6;
const SPEAKER: usize = 8;
const SOURCE: usize = 9;
const SOURCE_KIND: usize = 10;
const TITLE: usize = 11;
const DATE: usize = 12;
const TERMS: usize = 14;
const LOCATOR: usize = 15;
const URL: usize = 16;
const FILE: usize = 18;
const CHECKED_BY: usize = 23;
const CHANGED: usize = 26;

/// The page up to the first story.
pub fn head(level: Level) -> String {
    let who = match level {
        Level::Public => "public",
        Level::Desk => "for the desk: nobody who is not on the record by name",
        Level::Full => "complete: not to be passed on",
    };
    format!("{HEAD}<h1>Ledger</h1>\n<p class=\"small\">{who}</p>\n")
}

/// A story with its rows.
pub fn story(entry: &Entry) -> String {
    let mut out = format!("<h2>{}</h2>\n", escaped(&entry.name));
    table(&mut out, entry.cells.iter());
    out
}

/// A story with its rows by source: what to read back to whom, and who did not answer.
pub fn story_by_source(entry: &Entry) -> String {
    let mut out = format!("<h2>{}</h2>\n", escaped(&entry.name));
    let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
    for (index, cells) in entry.cells.iter().enumerate() {
        let group = Group::of(cells);
        match groups.iter_mut().find(|one| one.0 == group) {
            Some(known) => known.1.push(index),
            None => groups.push((group, vec![index])),
        }
    }
    // Records first, then those who speak without one, then what nobody stands for; each in the order of the copy.
    order::by_key(&mut groups, |(group, _)| group.rank());
    for (group, rows) in &groups {
        let first = &entry.cells[rows[0]];
        let _ = writeln!(out, "<h3>{}</h3>", escaped(&group.title(first)));
        let about = about(entry, rows[0]);
        if !about.is_empty() {
            let _ = writeln!(out, "<p class=\"small\">{}</p>", escaped(&about));
        }
        table(&mut out, rows.iter().map(|row| &entry.cells[*row]));
    }
    let voices = entry.tally.voices().into_iter();
    let silent: Vec<String> = voices
        .filter(|voice| voice.no_reply > 0)
        .map(|voice| escaped(&voice.name))
        .collect();
    if !silent.is_empty() {
        let _ = writeln!(out, "<h3>Did not answer</h3>\n<p>{}</p>", silent.join(", "));
    }
    out
}

/// What rows are listed together.
#[derive(PartialEq)]
enum Group<'a> {
    /// The same record, by its id.
    Record(&'a str),
    /// The same speaker, by name, without a record.
    Speaker(&'a str),
    /// What nobody stands for.
    Nobody,
}

impl<'a> Group<'a> {
    fn of(cells: &'a [String]) -> Group<'a> {
        match (cells[SOURCE].as_str(), cells[SPEAKER].as_str()) {
            ("", "") => Group::Nobody,
            // Who probably said one thing and surely another is one to call.
            ("", speaker) => Group::Speaker(speaker.strip_prefix(PROBABLY).unwrap_or(speaker)),
            (source, _) => Group::Record(source),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Group::Record(_) => 0,
            Group::Speaker(_) => 1,
            Group::Nobody => 2,
        }
    }

    fn title(&self, cells: &[String]) -> String {
        match self {
            Group::Record(id) if cells[TITLE].is_empty() => (*id).to_owned(),
            Group::Record(_) => cells[TITLE].clone(),
            Group::Speaker(name) => (*name).to_owned(),
            Group::Nobody => "No source".to_owned(),
        }
    }
}

/// What the record of a row says beside its title: kind, date, terms, where it is kept; how to reach the source, for the
/// full level only.
fn about(entry: &Entry, row: usize) -> String {
    let cells = &entry.cells[row];
    if cells[SOURCE].is_empty() {
        return String::new();
    }
    let source = entry.rows[row]
        .source
        .map(|at| &entry.draft.story.sources[at]);
    let contact = source.filter(|_| entry.discretion.level() == Level::Full);
    let contact = contact.and_then(|source| source.field("contact"));
    let parts = [SOURCE_KIND, DATE, TERMS, FILE, URL].map(|at| cells[at].as_str());
    let parts = parts.into_iter().chain(contact);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn table<'a>(out: &mut String, rows: impl Iterator<Item = &'a Vec<String>>) {
    out.push_str("<table>\n<tr><th></th><th>no.</th><th>¶</th><th>what stands there</th><th>who says it</th><th>on what it rests</th></tr>\n");
    for cells in rows {
        row(out, cells);
    }
    out.push_str("</table>\n");
}

/// Who speaks in all the stories, and the end of the page.
pub fn end(tally: &Tally) -> String {
    let mut out = String::new();
    out.push_str("<h2>Who speaks</h2>\n<table>\n<tr><th>who</th><th>stories</th><th>quotes</th><th>paraphrases</th><th>words</th><th>terms</th></tr>\n");
    for voice in tally.voices() {
        let silent = if voice.no_reply > 0 {
            "did not answer"
        } else {
            ""
        };
        let terms = voice.terms.join(", ");
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{:.0} %</td><td>{} {silent}</td></tr>",
            escaped(&voice.name),
            voice.stories,
            voice.quotes,
            voice.paraphrases,
            share(voice.words, tally.words),
            escaped(&terms)
        );
    }
    out.push_str("</table>\n</html>\n");
    out
}

fn row(out: &mut String, cells: &[String]) {
    let is_done = !cells[CHECKED_BY].is_empty() && cells[CHANGED] != "yes";
    let rests = [&cells[TITLE], &cells[LOCATOR], &cells[TERMS]];
    let rests: Vec<String> = rests
        .into_iter()
        .filter(|cell| !cell.is_empty())
        .map(|cell| escaped(cell))
        .collect();
    let changed = match cells[CHANGED].as_str() {
        "yes" => " <span class=\"none\">changed since it was checked</span>",
        _ => "",
    };
    let speaker = match (cells[SPEAKER].is_empty(), cells[KIND].as_str()) {
        (true, "quote" | "partial-quote") => "<span class=\"none\">nobody</span>".to_owned(),
        _ => escaped(&cells[SPEAKER]),
    };
    let _ = writeln!(
        out,
        "<tr><td class=\"{}\"></td><td>{}</td><td>{}</td><td>{}{changed}<br><span class=\"small\">{}</span></td><td>{speaker}</td><td>{}</td></tr>",
        if is_done { "box done" } else { "box" },
        cells[NUMBER],
        cells[PARAGRAPH],
        escaped(&cells[TEXT]),
        cells[KIND],
        rests.join(" · ")
    );
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
