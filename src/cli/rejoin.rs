//! `onrecord rejoin`: the marks of a draft on the text that came back from the content system.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::around::{Around, line};
use super::{complain, hint, print, shown};
use crate::disk;
use crate::entities::base::Base;
use crate::rejoin::{Rejoined, rejoin};
use crate::syntax::strip;

#[derive(Args)]
pub struct Options {
    /// The draft with its marks, as it was filed.
    draft: PathBuf,
    /// The text as it came back; `-` is standard input.
    edited: PathBuf,
    /// Writes the draft instead of printing it.
    #[arg(long)]
    write: bool,
    /// How it is printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// The draft alone; what could not be placed goes to standard error.
    Human,
    /// One JSON object with all of it.
    Json,
}

pub fn run(options: &Options) -> i32 {
    let (around, edited) = match (Around::read(&options.draft), read(options)) {
        (Ok(around), Ok(edited)) => (around, edited),
        (one, other) => {
            let problems = [one.err(), other.err()];
            problems
                .iter()
                .flatten()
                .for_each(|problem| complain(problem));
            return 2;
        }
    };
    let draft = &around.draft;
    if let Some(open) = strip::unclosed(&draft.tree) {
        complain(&format!(
            "{}:{}: “{}” is opened here and never closed; close it first.",
            shown(&options.draft),
            line(draft, open),
            draft.text.slice(open)
        ));
        return 2;
    }
    let done = rejoin(draft, &edited, &around.force.reading, &Base::default());
    if options.format == Format::Human {
        tell(options, &done);
    }
    let code = i32::from(!done.lost.is_empty());
    let written = match options.write {
        true => disk::write(&options.draft, &done.text),
        false => Ok(()),
    };
    if let Err(error) = written {
        complain(&format!(
            "{} cannot be written: {error}",
            shown(&options.draft)
        ));
        return 2;
    }
    match options.format {
        Format::Json => {
            let lost = done.lost.iter();
            let lost: Vec<_> = lost
                .map(|one| json!({ "what": one.what, "line": one.line, "after": one.after }))
                .collect();
            let all = json!({ "text": done.text, "lost": lost, "exact": done.is_exact });
            print(&format!("{all:#}\n"), code)
        }
        Format::Human if options.write => code,
        Format::Human => print(&done.text, code),
    }
}

fn read(options: &Options) -> Result<String, String> {
    let path = &options.edited;
    let text = match path == std::path::Path::new("-") {
        true => disk::read_from(std::io::stdin().lock()),
        false => disk::read(path),
    };
    text.map_err(|what| format!("{} {what}", shown(path)))
}

fn tell(options: &Options, done: &Rejoined) {
    if !done.is_exact {
        hint("the text that came back holds signs that are read as markup; look at the result");
    }
    if done.lost.is_empty() {
        hint("every mark is in its place");
        return;
    }
    hint("not placed; kept in a comment at the end of the draft:");
    for one in &done.lost {
        hint(&format!(
            "  {}:{}: {} after “{}”",
            shown(&options.draft),
            one.line,
            one.what,
            one.after
        ));
    }
}
