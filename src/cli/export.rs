//! `onrecord export`: a draft in the formats of other programs.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValue;

use super::around::{Around, line};
use super::ledger::Shown;
use super::{aside, complain, hint, shown};
use crate::exchange::article::{Article, BlockKind};
use crate::exchange::{FORMATS, Format, format};
use crate::ledger::Level;

#[derive(Args)]
pub struct Options {
    /// The draft; `-` is standard input.
    file: PathBuf,
    /// The format.
    #[arg(long, value_name = "FORMAT", value_parser = Formats)]
    to: &'static str,
    /// The file to write; without it, standard output.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who may see it: public, but for `annotated`, which is desk.
    #[arg(long, value_enum)]
    level: Option<Shown>,
}

/// The names of the formats, for the command line.
#[derive(Clone)]
struct Formats;

impl clap::builder::TypedValueParser for Formats {
    type Value = &'static str;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<&'static str, clap::Error> {
        let named = format(&value.to_string_lossy());
        let name = named.map(|format| format.name);
        let all = FORMATS.iter().map(|format| PossibleValue::new(format.name));
        let parser = clap::builder::PossibleValuesParser::new(all.collect::<Vec<_>>());
        match name {
            Some(name) => Ok(name),
            None => {
                let known = parser.parse_ref(command, argument, value)?;
                Ok(format(&known).map_or("", |format| format.name))
            }
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let all = FORMATS.iter();
        Some(Box::new(all.map(|format| {
            PossibleValue::new(format.name).help(format.what)
        })))
    }
}

/// The level where none is asked for: a page for fact-checkers without records would be empty.
fn level(format: &Format, asked: Option<Shown>) -> Level {
    match (asked, format.name) {
        (Some(level), _) => level.level(),
        (None, "annotated") => Level::Desk,
        (None, _) => Level::Public,
    }
}

pub fn run(options: &Options) -> i32 {
    let format = format(options.to).expect("the command line knows no other");
    let level = level(format, options.level);
    let around = match Around::read(&options.file) {
        Ok(around) => around,
        Err(problem) => {
            complain(&problem);
            return 2;
        }
    };
    let draft = &around.draft;
    let article = match Article::of(draft, around.scene().records, level) {
        Ok(article) => article,
        Err(open) => {
            let words = draft.text.slice(open);
            complain(&format!(
                "{}:{}: “{words}” is opened here and never closed; what follows may be meant for nobody. Close it, then export.",
                shown(&options.file),
                line(draft, open)
            ));
            return 2;
        }
    };
    let bytes = (format.write)(&article, jiff::Timestamp::now());
    if article.head.has_unclear_embargo {
        hint(
            "the embargo has no time with an offset (2026-03-03T18:00-04:00): formats that carry one carry it as withheld only",
        );
    }
    let images = article
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Image(..)));
    if format.name == "docx" && images.count() > 0 {
        hint("images are named, not embedded: send them along");
    }
    if !article.left_out.is_empty() && format.name != "text" {
        let more = match level {
            Level::Public => "; --level desk shows more",
            Level::Desk | Level::Full => "",
        };
        hint(&format!("left out: {}{more}", article.left_out.join(", ")));
    }
    match &options.out {
        Some(path) => match aside::write(path, &bytes) {
            Ok(()) => {
                hint(&format!("written: {}", shown(path)));
                0
            }
            Err(problem) => {
                complain(&problem);
                2
            }
        },
        None if format.name == "docx" && std::io::stdout().is_terminal() => {
            complain("a Word document is nothing for a terminal: name a file with --out");
            2
        }
        None => {
            let mut out = std::io::stdout().lock();
            match out.write_all(&bytes).and_then(|()| out.flush()) {
                Ok(()) => 0,
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
                Err(error) => {
                    complain(&format!("the output cannot be written: {error}"));
                    2
                }
            }
        }
    }
}
