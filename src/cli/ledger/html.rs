//! The ledger as a page to print: a box to tick at each row, who speaks how often, and who did not answer.

use std::fmt::Write as _;

use super::Entry;
use crate::ledger::Level;
use crate::ledger::tally::{Tally, share};

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Ledger</title>\n<style>\n\
body{font:11pt/1.4 Georgia,serif;margin:2cm 3cm}h1{font-size:16pt}h2{font-size:13pt;margin-top:2em}\n\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em;border-top:1px solid #999}\n\
td.box{width:1.2em}td.box::before{content:\"\";display:inline-block;width:.8em;height:.8em;border:1px solid #333}\n\
td.done::before{content:\"\u{2713}\";border:0}.none{color:#a00}.small{font-size:9pt;color:#555}\n\
@media print{tr{break-inside:avoid}}\n</style>\n";

/// Columns by their place in `table::COLUMNS`.
const PARAGRAPH: usize = 3;
const KIND: usize = 5;
const TEXT: usize = 6;
const SPEAKER: usize = 8;
const TITLE: usize = 11;
const TERMS: usize = 14;
const LOCATOR: usize = 15;
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
    let mut out = format!(
        "<h2>{}</h2>\n<table>\n<tr><th></th><th>¶</th><th>what stands there</th><th>who says it</th><th>on what it rests</th></tr>\n",
        escaped(&entry.name)
    );
    for cells in &entry.cells {
        row(&mut out, cells);
    }
    out.push_str("</table>\n");
    out
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
        "<tr><td class=\"{}\"></td><td>{}</td><td>{}{changed}<br><span class=\"small\">{}</span></td><td>{speaker}</td><td>{}</td></tr>",
        if is_done { "box done" } else { "box" },
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
