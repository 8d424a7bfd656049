//! `onrecord file`: the copy of a draft for the content system, and before it what an editor would ask first.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::around::{Around, line};
use super::check::absolute;
use super::{complain, hint, print, shown};
use crate::desk::filed;
use crate::features::coverage::coverage;
use crate::features::filing::{self, Line};
use crate::features::words::counted;

#[derive(Args)]
pub struct Options {
    /// The draft; `-` is standard input.
    file: PathBuf,
    /// How it is printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Only says what to know before it is filed: nothing is printed, nothing is kept.
    #[arg(long)]
    before: bool,
    /// Files only what is proven or checked, sentence by sentence.
    #[arg(long)]
    require_checked: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// The copy alone; what to know goes to standard error.
    Human,
    /// One JSON object with all of it.
    Json,
}

pub fn run(options: &Options) -> i32 {
    let path = &options.file;
    let around = match Around::read(path) {
        Ok(around) => around,
        Err(problem) => {
            complain(&problem);
            return 2;
        }
    };
    let draft = &around.draft;
    let place = |line: usize| format!("{}:{line}", shown(path));
    let out = match filing::outgoing(draft) {
        Ok(out) => out,
        Err(open) => {
            let words = draft.text.slice(open);
            complain(&format!(
                "{}: “{words}” is opened here and never closed; what follows may be meant for nobody. Close it, then file.",
                place(line(draft, open))
            ));
            return 2;
        }
    };
    let lines = filing::before(draft, &around.scene());
    if options.format == Format::Human {
        tell(&lines, &|one: &Line| place(line(draft, one.span)));
        if !out.left_out.is_empty() && !options.before {
            hint(&format!("left out: {}", out.left_out.join(", ")));
        }
    }
    if options.require_checked {
        let found = coverage(draft, &around.scene());
        if !found.is_whole() {
            complain(&format!(
                "{}: not filed: {} open, {} changed since checked; `onrecord checks` lists them.",
                shown(path),
                counted(found.open.len(), "sentence"),
                found.changed.len()
            ));
            return 1;
        }
    }
    let kept = match options.before {
        true => None,
        false => keep(&around, path, &out.text),
    };
    let kept = match kept {
        Some(Err(problem)) => {
            complain(&problem);
            return 2;
        }
        Some(Ok(kept)) => Some(shown(&kept)),
        None => None,
    };
    match options.format {
        Format::Human => {
            if let Some(kept) = &kept {
                hint(&format!("kept: {kept}"));
            }
            print(if options.before { "" } else { &out.text }, 0)
        }
        Format::Json => {
            let told = |one: &Line| {
                json!({
                    "severity": one.severity.name(),
                    "rule": one.rule,
                    "message": one.message,
                    "line": line(draft, one.span),
                    "span": { "start": one.span.start(), "end": one.span.end() },
                })
            };
            let all = json!({
                "before": lines.iter().map(told).collect::<Vec<_>>(),
                "leftOut": out.left_out,
                "text": out.text,
                "kept": kept,
            });
            print(&format!("{all:#}\n"), 0)
        }
    }
}

/// What to know before the story goes out, on standard error.
fn tell(lines: &[Line], place: &dyn Fn(&Line) -> String) {
    if lines.is_empty() {
        hint("before you file: nothing to ask");
        return;
    }
    hint("before you file:");
    for line in lines {
        hint(&format!(
            "  {}: {}: {}",
            place(line),
            line.severity.name(),
            line.message
        ));
    }
}

/// Keeps what was filed, where the project names a folder for it.
fn keep(around: &Around, path: &Path, copy: &str) -> Option<Result<PathBuf, String>> {
    let folder = around.force.config.filed.as_deref()?;
    if path == Path::new("-") {
        return None;
    }
    let now = crate::clock::now();
    Some(filed::keep(folder, &absolute(path), copy, now))
}
