//! `onrecord quotes`: who says what.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::Value;

use super::stream::{self, CodePoints, Input};
use super::written::Written;
use super::{check, complain, print, shown};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features::quotes::{Said, quotes};
use crate::project::Project;
use crate::reading::{Purpose, Reading};
use crate::story::{Confidence, Step};
use crate::text::Text;
use crate::text::position::Encoding;
use crate::text::span::Span;

#[derive(Args)]
pub struct Options {
    /// Drafts and folders; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How they are printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// What standard input holds.
    #[arg(long, value_enum, default_value = "draft")]
    input: Input,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each, with its place.
    Human,
    /// One JSON array, an object a draft.
    Json,
    /// One JSON object a line, a draft each.
    Jsonl,
}

pub fn run(options: &Options) -> i32 {
    if options.input == Input::Jsonl {
        if options.paths != [Path::new("-")] {
            complain("--input jsonl reads standard input: name `-` and nothing else");
            return 2;
        }
        return stream::lines(io::stdin().lock(), |text, id| {
            answer(&read(text), text, &id)
        });
    }
    let (paths, mut problems) = check::files(&options.paths, &mut Project::default());
    let results: Vec<_> = paths
        .par_iter()
        .map(|path| one(path, options.format))
        .collect();
    let mut answers = Vec::new();
    for (path, result) in paths.iter().zip(results) {
        match result {
            Ok(answer) => answers.push(answer),
            Err(what) => problems.push(format!("{} {what}", shown(path))),
        }
    }
    for problem in &problems {
        complain(problem);
    }
    let out = match options.format {
        Format::Human | Format::Jsonl => answers.concat(),
        Format::Json => format!("[\n{}\n]\n", answers.join(",\n")),
    };
    print(&out, if problems.is_empty() { 0 } else { 2 })
}

fn read(text: &str) -> Draft {
    let reading = Reading {
        purpose: Purpose::WhoSaysWhat,
        ..Reading::default()
    };
    Draft::read(Text::new(text), &reading, &Base::default(), None)
}

fn one(path: &Path, format: Format) -> Result<String, String> {
    let text = match path == Path::new("-") {
        true => disk::read_from(io::stdin().lock())?,
        false => disk::read(path)?,
    };
    let draft = read(&text);
    let name = shown(path);
    if let Format::Human = format {
        return Ok(human(&draft, &name));
    }
    let mut answer = answer(&draft, &text, &Value::String(name));
    if let Format::Jsonl = format {
        answer.push('\n');
    }
    Ok(answer)
}

/// The attributions of a draft as JSON; the names in an object stand in the order of the alphabet, and spans are start and
/// end in code points.
fn answer(draft: &Draft, text: &str, id: &Value) -> String {
    let points = CodePoints::new(text);
    let (mut inner, mut open) = (Written::default(), Written::default());
    let mut attributed = Written::with_room(2 * text.len());
    for said in quotes(draft) {
        let is_attributed = said.cue.is_some() || said.source.is_some() || said.speaker.is_some();
        match (said.is_inner, is_attributed) {
            (true, _) => write(draft, &said, &points, &mut inner),
            (false, true) => write(draft, &said, &points, &mut attributed),
            (false, false) => said.content.iter().for_each(|one| {
                open.link(0);
                points.write(*one, &mut open);
            }),
        }
    }
    let mut all = Written::with_room(inner.len() + open.len() + attributed.len() + 128);
    all.as_is(r#"{"id":"#);
    all.as_is(&id.to_string());
    all.as_is(r#","onrecord.inner":["#);
    all.append(&inner);
    all.as_is(r#"],"onrecord.open":["#);
    all.append(&open);
    all.as_is(r#"],"quotes":["#);
    all.append(&attributed);
    all.as_is("]}");
    all.into_string()
}

/// An attribution, behind those before it.
fn write(draft: &Draft, said: &Said, points: &CodePoints, to: &mut Written) {
    let in_row = |to: &mut Written, one: Span| to.row([one], |to, one| points.write(one, to));
    to.link(0);
    to.as_is(r#"{"cue":"#);
    to.or_null(said.cue, in_row);
    to.as_is(r#","onrecord.confidence":"#);
    to.name(confidence(said.confidence));
    to.as_is(r#","onrecord.lemma":"#);
    to.or_null(said.lemma, Written::name);
    to.as_is(r#","onrecord.quoted":"#);
    to.row(&said.quoted, |to, one| {
        to.as_is(r#"{"confidence":"#);
        to.name(confidence(one.confidence));
        to.as_is(r#","evidence":"#);
        to.name(one.evidence.name());
        to.as_is(r#","span":"#);
        points.write(one.span, to);
        to.as_is(r#","step":"#);
        to.name(step(one.step));
        to.as_is("}");
    });
    to.as_is(r#","onrecord.speaker":"#);
    to.or_null(said.speaker, |to, id| {
        let speaker = draft.story.speaker(id);
        to.as_is(r#"{"id":"#);
        to.text(&speaker.id);
        to.as_is(r#","name":"#);
        to.text(&speaker.name);
        to.as_is(r#","role":"#);
        to.or_null(speaker.role.as_deref(), Written::text);
        to.as_is("}");
    });
    to.as_is(r#","onrecord.stance":"#);
    to.name(said.stance.name());
    to.as_is(r#","onrecord.step":"#);
    to.or_null(said.step.map(step), Written::name);
    to.as_is(r#","spans":"#);
    to.row(&said.content, |to, one| points.write(*one, to));
    to.as_is(r#","speaker":"#);
    to.or_null(said.source, in_row);
    to.as_is(r#","type":"#);
    to.name(said.kind.name());
    to.as_is("}");
}

/// A line for each attribution: place, who, cue, the words, and how the speaker was found.
fn human(draft: &Draft, name: &str) -> String {
    let mut out = String::new();
    for said in quotes(draft) {
        let at = draft
            .text
            .position(said.content[0].start(), Encoding::Utf32);
        let who = match said.speaker.map(|id| draft.story.speaker(id)) {
            Some(speaker) => speaker.name.clone(),
            None => said
                .source
                .map_or("open".to_owned(), |source| draft.text.slice(source)),
        };
        let probably = match said.speaker.is_some() && said.confidence == Confidence::Low {
            true => "probably ",
            false => "",
        };
        let words: Vec<String> = said
            .content
            .iter()
            .map(|&content| draft.text.slice(content))
            .collect();
        let words = words
            .join(" … ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let cue = said.cue.map_or(String::new(), |cue| draft.text.slice(cue));
        let how = said.step.map_or("nobody is named", step);
        out.push_str(&format!(
            "{name}:{}:{}: {}, {}: {probably}{who} ({cue}; {how})\n    {words}\n",
            at.line + 1,
            at.character + 1,
            said.kind.name(),
            said.stance.name(),
        ));
    }
    out
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Mark => "a mark",
        Step::SameSentence => "same sentence",
        Step::Between => "between its parts",
        Step::EarlierInParagraph => "earlier in the paragraph",
        Step::LaterInParagraph => "later in the paragraph",
        Step::Credit => "its credit line",
        Step::Running => "the quotation runs on",
        Step::Introduced => "introduced by a colon",
        Step::ParagraphBefore => "the paragraph before",
        Step::ParagraphAfter => "the paragraph after",
    }
}
