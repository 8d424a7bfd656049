//! `onrecord quotes`: who says what.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

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
        return stream::lines(io::stdin().lock(), |text, id| {
            stream::line(&Answer::of(&read(text), text, id))
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
    let answer = Answer::of(&draft, &text, Value::String(name));
    let mut answer = stream::line(&answer);
    if let Format::Jsonl = format {
        answer.push('\n');
    }
    Ok(answer)
}

/// The attributions of a draft as JSON; the names in an object stand in the order of the alphabet.
#[derive(Serialize)]
struct Answer<'a> {
    id: Value,
    #[serde(rename = "onrecord.inner")]
    inner: Vec<Attributed<'a>>,
    #[serde(rename = "onrecord.open")]
    open: Vec<Points>,
    quotes: Vec<Attributed<'a>>,
}

/// A span as its start and end in code points.
type Points = (usize, usize);

#[derive(Serialize)]
struct Attributed<'a> {
    cue: Option<[Points; 1]>,
    #[serde(rename = "onrecord.confidence")]
    confidence: &'static str,
    #[serde(rename = "onrecord.lemma")]
    lemma: Option<&'static str>,
    #[serde(rename = "onrecord.quoted")]
    quoted: Vec<Quoted>,
    #[serde(rename = "onrecord.speaker")]
    who: Option<Who<'a>>,
    #[serde(rename = "onrecord.stance")]
    stance: &'static str,
    #[serde(rename = "onrecord.step")]
    step: Option<&'static str>,
    spans: Vec<Points>,
    speaker: Option<[Points; 1]>,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Quoted {
    confidence: &'static str,
    evidence: &'static str,
    span: Points,
    step: &'static str,
}

#[derive(Serialize)]
struct Who<'a> {
    id: &'a str,
    name: &'a str,
    role: Option<&'a str>,
}

impl<'a> Answer<'a> {
    fn of(draft: &'a Draft, text: &str, id: Value) -> Answer<'a> {
        let points = CodePoints::new(text);
        let span = |span: Span| (points.at(span.start()), points.at(span.end()));
        let mut answer = Answer {
            id,
            inner: Vec::new(),
            open: Vec::new(),
            quotes: Vec::new(),
        };
        for said in quotes(draft) {
            let is_attributed =
                said.cue.is_some() || said.source.is_some() || said.speaker.is_some();
            match (said.is_inner, is_attributed) {
                (true, _) => answer.inner.push(Attributed::of(draft, &said, span)),
                (false, true) => answer.quotes.push(Attributed::of(draft, &said, span)),
                (false, false) => answer.open.extend(said.content.iter().copied().map(span)),
            }
        }
        answer
    }
}

impl<'a> Attributed<'a> {
    fn of(draft: &'a Draft, said: &Said, span: impl Fn(Span) -> Points) -> Attributed<'a> {
        let speaker = said.speaker.map(|id| draft.story.speaker(id));
        let quoted = said.quoted.iter().map(|one| Quoted {
            confidence: confidence(one.confidence),
            evidence: one.evidence.name(),
            span: span(one.span),
            step: step(one.step),
        });
        Attributed {
            cue: said.cue.map(|cue| [span(cue)]),
            confidence: confidence(said.confidence),
            lemma: said.lemma,
            quoted: quoted.collect(),
            who: speaker.map(|speaker| Who {
                id: &speaker.id,
                name: &speaker.name,
                role: speaker.role.as_deref(),
            }),
            stance: said.stance.name(),
            step: said.step.map(step),
            spans: said.content.iter().copied().map(&span).collect(),
            speaker: said.source.map(|source| [span(source)]),
            kind: said.kind.name(),
        }
    }
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
