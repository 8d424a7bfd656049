//! `onrecord format`: marks, definitions and headers tidied, in files or from standard input.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{check, complain, diff, hint, print, shown};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features::format::{Quotes, format};
use crate::features::words::counted;
use crate::project::Project;
use crate::reading::Reading;
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// Drafts and folders; `-` reads standard input and prints it tidied.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Writes nothing, names the drafts that are not tidy.
    #[arg(long)]
    check: bool,
    /// Writes nothing, prints what would change.
    #[arg(long)]
    diff: bool,
    /// Curls straight quotation marks and apostrophes too.
    #[arg(long)]
    curl_quotes: bool,
}

pub fn run(options: &Options) -> i32 {
    let quotes = match options.curl_quotes {
        true => Quotes::Curled,
        false => Quotes::Kept,
    };
    let only_looks = options.check || options.diff;
    let (paths, mut problems) = check::files(&options.paths, &mut Project::default());
    let (mut out, mut untidy) = (String::new(), 0);
    for path in &paths {
        let is_input = path == Path::new("-");
        let read = match is_input {
            true => disk::read_from(io::stdin().lock()),
            false => disk::read(path),
        };
        let text = match read {
            Ok(text) => text,
            Err(what) => {
                problems.push(format!("{} {what}", shown(path)));
                continue;
            }
        };
        let tidied = tidied(&text, quotes);
        let is_tidy = tidied == text;
        untidy += usize::from(!is_tidy);
        if options.diff {
            out.push_str(&diff::unified(&shown(path), &text, &tidied));
        } else if options.check {
            if !is_tidy {
                out.push_str(&format!("{}\n", shown(path)));
            }
        } else if is_input {
            out.push_str(&tidied);
        } else if !is_tidy {
            match crate::disk::write(path, &tidied) {
                Ok(()) => hint(&format!("tidied {}", shown(path))),
                Err(error) => problems.push(format!("{} cannot be written: {error}", shown(path))),
            }
        }
    }
    for problem in &problems {
        complain(problem);
    }
    if options.check && untidy > 0 {
        hint(&format!(
            "{} not tidy; `onrecord format` tidies, and changes no word.",
            counted(untidy, "draft")
        ));
    }
    let code = match (problems.is_empty(), only_looks && untidy > 0) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    };
    print(&out, code)
}

fn tidied(text: &str, quotes: Quotes) -> String {
    let mut letters = Text::new(text);
    let reading = Reading::default();
    let draft = Draft::read(letters.clone(), &reading, &Base::default(), None);
    let edits = format(&draft, quotes);
    edits.iter().rev().for_each(|edit| letters.apply(edit));
    letters.to_string()
}
