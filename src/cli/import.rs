//! `onrecord import`: drafts and records from the formats of other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{aside, complain, hint, print, shown};
use crate::disk;
use crate::exchange::import::{FORMATS, Format};

#[derive(Args)]
pub struct Options {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// The format, where the file's ending does not tell it.
    #[arg(long, value_enum)]
    from: Option<From>,
    /// The file to write; without it, standard output.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum From {
    /// Markdown with footnotes (GitHub, pandoc, CriticMarkup): a draft.
    Markdown,
    /// A Word document, also from Google Docs: a draft.
    Docx,
    /// CSL-JSON, as Zotero exports it: a file of sources.
    Csl,
}

impl From {
    fn name(self) -> &'static str {
        match self {
            From::Markdown => "markdown",
            From::Docx => "docx",
            From::Csl => "csl",
        }
    }
}

pub fn run(options: &Options) -> i32 {
    match imported(options) {
        Ok(text) => match &options.out {
            None => print(&text, 0),
            Some(path) => match aside::write(path, text.as_bytes()) {
                Ok(()) => {
                    hint(&format!("written: {}", shown(path)));
                    0
                }
                Err(problem) => {
                    complain(&problem);
                    2
                }
            },
        },
        Err(problem) => {
            complain(&problem);
            2
        }
    }
}

fn imported(options: &Options) -> Result<String, String> {
    let format = format(&options.file, options.from)?;
    if let Some(out) = options
        .out
        .as_ref()
        .filter(|out| out.exists() && !options.force)
    {
        return Err(format!(
            "{} is there already: choose another name, or add --force",
            shown(out)
        ));
    }
    let bytes = match options.file == Path::new("-") {
        true => disk::whole_from(std::io::stdin().lock()),
        false => disk::whole(&options.file),
    };
    let bytes = bytes.map_err(|what| format!("{} {what}", shown(&options.file)))?;
    let read = (format.read)(&bytes).map_err(|what| format!("{} {what}", shown(&options.file)))?;
    read.told.iter().for_each(|told| hint(told));
    Ok(read.draft)
}

fn format(path: &Path, from: Option<From>) -> Result<&'static Format, String> {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let mut formats = FORMATS.iter().copied();
    let found = formats.find(|format| match from {
        Some(from) => format.name == from.name(),
        None => format.extensions.contains(&ending.as_str()),
    });
    found.ok_or_else(|| {
        let path_shown = shown(path);
        if path.is_dir() {
            return format!("{path_shown} is a folder; name a file in it");
        }
        if disk::is_draft(path) {
            return format!("{path_shown} is a draft already");
        }
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        format!(
            "{path_shown}: its ending does not tell what it is; add --from {}",
            names.join(" or --from ")
        )
    })
}
