//! `onrecord quotes`: who says what.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::stream::{self, CodePoints, Input};
use super::{check, complain, print, shown};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features::quotes::{Said, quotes};
use crate::project::Project;
use crate::reading::Reading;
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
        return stream::lines(io::stdin().lock(), |text| value(&read(text), text));
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
    Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
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
    let mut answer = value(&draft, &text);
    answer["id"] = json!(name);
    Ok(match format {
        Format::Jsonl => format!("{answer}\n"),
        _ => answer.to_string(),
    })
}

/// The attributions of a draft as JSON; spans are [start, end] in code points.
fn value(draft: &Draft, text: &str) -> Value {
    let points = CodePoints::new(text);
    let span = |span: Span| json!([points.at(span.start()), points.at(span.end())]);
    let said = quotes(draft);
    let of = |said: &Said| {
        let speaker = said.speaker.map(|id| draft.story.speaker(id));
        json!({
            "spans": said.content.iter().map(|&content| span(content)).collect::<Vec<_>>(),
            "type": said.kind.name(),
            "cue": said.cue.map(|cue| [span(cue)]),
            "speaker": said.source.map(|source| [span(source)]),
            "onrecord.speaker": speaker.map(|speaker| json!({ "id": speaker.id, "name": speaker.name, "role": speaker.role })),
            "onrecord.lemma": said.lemma,
            "onrecord.stance": said.stance.name(),
            "onrecord.confidence": confidence(said.confidence),
            "onrecord.step": said.step.map(step),
            "onrecord.quoted": said.quoted.iter().map(|one| json!({
                "span": span(one.span),
                "confidence": confidence(one.confidence),
                "step": step(one.step),
                "evidence": one.evidence.name(),
            })).collect::<Vec<_>>(),
        })
    };
    let (inner, outer): (Vec<&Said>, Vec<&Said>) = said.iter().partition(|said| said.is_inner);
    let (attributed, open): (Vec<&Said>, Vec<&Said>) = outer
        .into_iter()
        .partition(|said| said.cue.is_some() || said.source.is_some() || said.speaker.is_some());
    let open = open.iter().flat_map(|said| &said.content);
    json!({
        "quotes": attributed.into_iter().map(of).collect::<Vec<_>>(),
        "onrecord.inner": inner.into_iter().map(of).collect::<Vec<_>>(),
        "onrecord.open": open.map(|&content| span(content)).collect::<Vec<_>>(),
    })
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
