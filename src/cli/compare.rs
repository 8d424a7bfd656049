//! `onrecord compare`: what was lost between the story as filed and the story as published.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::check::{absolute, in_force, look_around};
use super::{changed, complain, print, shown};
use crate::desk::filed;
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::project::Project;
use crate::reading::Reading;
use crate::revision::{Loss, losses};
use crate::text::Text;
use crate::text::span::Span;

#[derive(Args)]
pub struct Options {
    /// The story as it was filed.
    filed: PathBuf,
    /// The story as it was published: plain text from any system. Without it, FILED as it is now, against what was kept of
    /// it when it was filed.
    published: Option<PathBuf>,
    /// Takes FILED as it was in a git revision.
    #[arg(long, value_name = "REVISION", conflicts_with = "kept")]
    revision: Option<String>,
    /// Takes FILED as it was kept when it was filed, in the folder that onrecord.toml names.
    #[arg(long)]
    kept: bool,
    /// How it is printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line each, with both wordings.
    Human,
    /// One JSON array.
    Json,
    /// A page that can be printed.
    Html,
}

pub fn run(options: &Options) -> i32 {
    let published = options.published.as_deref().unwrap_or(&options.filed);
    let (filed, published) = match (as_filed(options), read(published)) {
        (Ok(filed), Ok(published)) => (filed, published),
        (one, other) => {
            let problems = [one.err(), other.err()];
            problems
                .iter()
                .flatten()
                .for_each(|problem| complain(problem));
            return 2;
        }
    };
    let found = losses(&filed, &published);
    let out = match options.format {
        Format::Human => human(options, &filed, &found),
        Format::Json => as_json(&filed, &published, &found),
        Format::Html => html(options, &found),
    };
    print(&out, i32::from(!found.is_empty()))
}

/// The story as it was filed: the file as it is, as git has it, or as it was kept.
fn as_filed(options: &Options) -> Result<Draft, String> {
    let path = &options.filed;
    if let Some(revision) = &options.revision {
        return Ok(drafted(&changed::at(revision, path)?));
    }
    if options.published.is_some() && !options.kept {
        return read(path);
    }
    let mut project = Project::default();
    look_around(&mut project, path);
    let force = in_force(path, None, &project);
    let Some(folder) = &force.config.filed else {
        return Err(format!(
            "{}: nothing is kept of it; name a folder in onrecord.toml (filed = \"filed\"), or a text to compare with, or --revision",
            shown(path)
        ));
    };
    match filed::newest(folder, &absolute(path)) {
        Some(kept) => read(&kept),
        None => Err(format!(
            "{} was not filed yet; `onrecord file` keeps it in {}",
            shown(path),
            shown(folder)
        )),
    }
}

fn read(path: &Path) -> Result<Draft, String> {
    let text = disk::read(path).map_err(|what| format!("{} {what}", shown(path)))?;
    Ok(drafted(&text))
}

fn drafted(text: &str) -> Draft {
    Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
}

fn line(draft: &Draft, span: Span) -> usize {
    let before = draft.text.slice(Span::new(0, span.start()));
    before.matches('\n').count() + 1
}

fn human(options: &Options, filed: &Draft, found: &[Loss]) -> String {
    if found.is_empty() {
        return "Nothing was lost: quotations, speakers, figures and names are as filed.\n"
            .to_owned();
    }
    let one = |loss: &Loss| {
        let place = format!("{}:{}", shown(&options.filed), line(filed, loss.filed));
        let now = match loss.now.is_empty() {
            true => "gone".to_owned(),
            false => loss.now.clone(),
        };
        format!(
            "{place}: {}\n  was: {}\n  now: {now}\n",
            loss.kind.message(),
            loss.was
        )
    };
    found.iter().map(one).collect()
}

fn as_json(filed: &Draft, published: &Draft, found: &[Loss]) -> String {
    let place = |draft: &Draft, span: Span| json!({ "line": line(draft, span), "span": { "start": span.start(), "end": span.end() } });
    let one = |loss: &Loss| {
        json!({
            "kind": loss.kind.name(),
            "was": loss.was,
            "now": loss.now,
            "filed": place(filed, loss.filed),
            "published": loss.published.map(|span| place(published, span)),
        })
    };
    let all: Vec<_> = found.iter().map(one).collect();
    format!("{}\n", json!(all))
}

fn html(options: &Options, found: &[Loss]) -> String {
    let safe = |words: &str| {
        words
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let rows: String = found
        .iter()
        .map(|loss| {
            format!(
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                safe(loss.kind.message()),
                safe(&loss.was),
                safe(&loss.now)
            )
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Lost on the way to print</title>\n<style>body{{font:16px/1.4 serif;margin:3em}}td{{vertical-align:top;padding:.4em 1em;border-top:1px solid #999}}</style>\n<h1>{} → {}</h1>\n<table>\n<tr><th>what</th><th>as filed</th><th>as published</th></tr>\n{rows}</table>\n</html>\n",
        safe(&shown(&options.filed)),
        safe(&shown(
            options
                .published
                .as_deref()
                .unwrap_or(Path::new("as it is now"))
        ))
    )
}
