//! `onrecord ledger`: who is quoted how often and on what terms, over one draft or a year of them.

mod csv;
mod html;
mod human;
mod json;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::around::Around;
use super::stream::{self, Input};
use super::{check, complain, shown};
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::ledger::discretion::Discretion;
use crate::ledger::table::{Outside, cells};
use crate::ledger::tally::Tally;
use crate::ledger::{self, Level, Row};
use crate::notes::Records;
use crate::project::Project;
use crate::reading::Reading;
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// Drafts and folders; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How it is printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Who may see it.
    #[arg(long, value_enum, default_value = "desk")]
    level: Shown,
    /// In which order the rows of a page stand.
    #[arg(long, value_enum, default_value = "text")]
    order: Order,
    /// What standard input holds.
    #[arg(long, value_enum, default_value = "draft")]
    input: Input,
}

/// In which order the rows of a page stand.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Order {
    /// As the copy has them.
    Text,
    /// By source: for each a list of what to read back to whom, and who did not answer.
    Source,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// Who is quoted how often, for people.
    Human,
    /// A row for each stretch of copy and each of its sources, for spreadsheets.
    Csv,
    /// The same with the people, as one JSON object.
    Json,
    /// One JSON object a line, a draft each.
    Jsonl,
    /// A page to print, with a box to tick at each row; it needs nothing beside it.
    Html,
}

/// Who may see what is written.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Shown {
    /// Anybody: sources only where their record says `x-disclose: yes`.
    Public,
    /// The desk: nobody who is not on the record by name.
    Desk,
    /// Everything that is in the draft.
    Full,
}

impl Shown {
    pub fn level(self) -> Level {
        match self {
            Shown::Public => Level::Public,
            Shown::Desk => Level::Desk,
            Shown::Full => Level::Full,
        }
    }
}

/// A draft with its rows.
struct Entry<'a> {
    name: String,
    draft: &'a Draft,
    discretion: Discretion<'a>,
    rows: Vec<Row>,
    cells: Vec<Vec<String>>,
    tally: Tally,
}

/// Drafts that are in memory at a time: what the machine's cores read while the ones before are written.
const BATCH: usize = 256;

pub fn run(options: &Options) -> i32 {
    let level = options.level.level();
    if options.input == Input::Jsonl {
        if options.paths != [Path::new("-")] {
            complain("--input jsonl reads standard input: name `-` and nothing else");
            return 2;
        }
        return stream::lines(io::stdin().lock(), |text, id| {
            let text = Text::new(text);
            let draft = Draft::read(text, &Reading::default(), &Base::default(), None);
            let entry = entry(String::new(), &draft, Records::none(), level, &|_| false);
            let mut answer = json::one(&entry);
            answer["id"] = id;
            stream::line(&answer)
        });
    }
    if options.order == Order::Source && options.format != Format::Html {
        complain("--order source is for a page: add --format html");
        return 2;
    }
    let (paths, mut problems) = check::files(&options.paths, &mut Project::default());
    if paths.is_empty() {
        problems.iter().for_each(|problem| complain(problem));
        return 2;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let written = write(options, &paths, &mut problems, &mut out);
    for problem in &problems {
        complain(problem);
    }
    let code = if problems.is_empty() { 0 } else { 2 };
    match written.and_then(|()| out.flush()) {
        Ok(()) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            complain(&format!("the output cannot be written: {error}"));
            2
        }
    }
}

/// Writes draft after draft, each forgotten when it is written; what is kept is who spoke how often.
fn write(
    options: &Options,
    paths: &[PathBuf],
    problems: &mut Vec<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let (format, level) = (options.format, options.level.level());
    let mut tally = Tally::default();
    match format {
        Format::Csv => out.write_all(csv::head().as_bytes())?,
        Format::Html => out.write_all(html::head(level).as_bytes())?,
        Format::Json => out.write_all(json::HEAD.as_bytes())?,
        Format::Human | Format::Jsonl => {}
    }
    let mut is_first = true;
    for batch in paths.chunks(BATCH) {
        let parts: Vec<Result<(String, Tally), String>> =
            batch.par_iter().map(|path| part(path, options)).collect();
        for one in parts {
            match one {
                Ok((part, counted)) => {
                    if format == Format::Json && !is_first {
                        out.write_all(b",")?;
                    }
                    out.write_all(part.as_bytes())?;
                    tally.join(counted);
                    is_first = false;
                }
                Err(problem) => problems.push(problem),
            }
        }
    }
    let end = match format {
        Format::Human => human::tally(&tally),
        Format::Csv | Format::Jsonl => String::new(),
        Format::Json => json::end(&tally),
        Format::Html => html::end(&tally),
    };
    out.write_all(end.as_bytes())
}

/// What a draft adds to the output, and to the count.
fn part(path: &Path, options: &Options) -> Result<(String, Tally), String> {
    let around = Around::read(path)?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let is_there = |file: &str| folder.join(file).is_file();
    let (name, level) = (shown(path), options.level.level());
    let entry = entry(
        name,
        &around.draft,
        around.scene().records,
        level,
        &is_there,
    );
    let part = match (options.format, options.order) {
        (Format::Human, _) => String::new(),
        (Format::Csv, _) => csv::rows(&entry),
        (Format::Json, _) => json::story(&entry),
        (Format::Jsonl, _) => format!("{}\n", json::one(&entry)),
        (Format::Html, Order::Text) => html::story(&entry),
        (Format::Html, Order::Source) => html::story_by_source(&entry),
    };
    Ok((part, entry.tally))
}

fn entry<'a>(
    name: String,
    draft: &'a Draft,
    records: &Records,
    level: Level,
    is_there: &dyn Fn(&str) -> bool,
) -> Entry<'a> {
    let rows = ledger::rows(draft, records);
    let stem = Path::new(&name).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().into_owned();
    let outside = Outside {
        name: stem.trim_end_matches(".lede"),
        is_there,
    };
    let discretion = Discretion::new(draft, level);
    let rows_of = rows.iter().enumerate();
    let cells = rows_of
        .map(|(index, row)| cells(draft, row, index + 1, &discretion, &outside))
        .collect();
    let mut tally = Tally::default();
    tally.add(draft, &rows, &discretion);
    Entry {
        name,
        draft,
        discretion,
        rows,
        cells,
        tally,
    }
}
