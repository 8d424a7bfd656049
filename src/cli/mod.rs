//! The terminal: one file a command.

mod around;
mod aside;
mod baseline;
mod bases;
mod changed;
mod check;
mod checks;
mod compare;
mod config;
mod diff;
mod doctor;
mod entities;
pub mod explain;
mod export;
mod file;
mod format;
mod github;
mod human;
mod import;
mod json;
mod junit;
mod ledger;
mod manual;
mod open;
mod printer;
mod progress;
mod quotes;
mod rejoin;
mod sarif;
pub mod schema;
mod stream;
mod tree;
mod written;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

/// Reads news drafts: who says what, and what stands there without a source.
#[derive(Parser)]
#[command(
    name = "onrecord",
    version,
    after_help = "Examples:\n  onrecord check council.lede\n  onrecord explain quote-without-speaker\n  onrecord serve"
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Prints what an editor would ask about drafts.
    #[command(
        after_help = "Exit code: 0 nothing found, 1 findings at or above --fail-on, 2 a draft could not be read.\n\nExamples:\n  onrecord check stories/\n  onrecord check council.txt --format json\n  pbpaste | onrecord check -\n  onrecord check stories/ --fix --diff\n  onrecord check stories/ --changed origin/main --format github\n  onrecord check --input jsonl - < articles.jsonl"
    )]
    Check(check::Options),
    /// Says how far a draft is checked, by source: proven by what is on file, checked by a person, open.
    #[command(
        after_help = "Exit code: 0, 1 when something is open or changed since it was checked (--require-checked), 2 the draft could not be read.\n\nExamples:\n  onrecord checks council.lede\n  onrecord checks council.lede --require-checked"
    )]
    Checks(checks::Options),
    /// Says what was lost between the story as filed and the story as published.
    #[command(
        after_help = "Exit code: 0 nothing lost, 1 something lost, 2 a text could not be read.\n\nExamples:\n  onrecord compare council.lede published.txt\n  onrecord compare filed.txt published.txt --format html > lost.html\n  onrecord compare council.lede\n  onrecord compare council.lede --revision HEAD~1"
    )]
    Compare(compare::Options),
    /// Prints what a bug report needs: versions, counts, timings; no word of a draft and no name.
    #[command(
        after_help = "Exit code: 0, or 2 when the path is not there.\n\nExamples:\n  onrecord doctor\n  onrecord doctor stories/council.lede"
    )]
    Doctor(doctor::Options),
    /// Says what a rule finds and why; without a name, lists all rules.
    #[command(
        after_help = "Exit code: 0, or 2 when there is no such rule.\n\nExamples:\n  onrecord explain\n  onrecord explain quote-without-speaker"
    )]
    Explain {
        /// The rule's name.
        rule: Option<String>,
        /// Prints the page of every rule, as docs/rules.md has it.
        #[arg(long, conflicts_with = "rule")]
        all: bool,
    },
    /// Writes a draft in another format: text, HTML, a page for fact-checkers, Markdown, Word, ninjs, NewsML-G2, CSL-JSON.
    #[command(
        after_help = "Without --out the export goes to standard output; a file appears under its name only when it is whole.\nAt level public, the default but for `annotated`, no mark, note or comment goes out, and no record that does not say x-disclose: yes; at level desk records and notes do, but nobody who is not on the record is named; full holds everything: it is for the drawer.\n\nExit code: 0 written, 2 the draft could not be read, leaves a comment or mark open, or the file could not be written.\n\nExamples:\n  onrecord export council.lede --to html --out council.html\n  onrecord export council.lede --to docx --level desk --out for-legal.docx\n  onrecord export council.lede --to ninjs | jq .headlines\n  onrecord export council.lede --to csl --level desk --out sources.json"
    )]
    Export(export::Options),
    /// Makes a draft of a Markdown text or a Word document, or a file of sources of a Zotero library.
    #[command(
        after_help = "The format is told by the file's ending; --from says it where the ending does not. An existing file is not written over.\n\nExit code: 0, or 2 when the file could not be read or written.\n\nExamples:\n  onrecord import story.docx --out story.lede\n  onrecord import notes.md | onrecord check -\n  onrecord import library.json --out sources.lede"
    )]
    Import(import::Options),
    /// Prints the copy of a draft for the content system, and before it what an editor would ask first.
    #[command(
        after_help = "The copy goes to standard output, what to know before it to standard error. Where onrecord.toml names a folder `filed`, what was filed is kept there.\n\nExit code: 0 filed, 1 not all is checked (--require-checked), 2 the draft could not be read or leaves a comment or mark open.\n\nExamples:\n  onrecord file council.lede | pbcopy\n  onrecord file council.lede --format json"
    )]
    File(file::Options),
    /// Tidies the blanks and signs of marks, definitions and headers; never a word.
    #[command(
        after_help = "Exit code: 0, 1 a draft is not tidy (--check, --diff), 2 a draft could not be read or written.\n\nExamples:\n  onrecord format council.lede\n  onrecord format --check stories/\n  pbpaste | onrecord format - --curl-quotes"
    )]
    Format(format::Options),
    /// Opens a draft in the editor that is on this machine, with this server attached; your own configuration stays as it is.
    #[command(
        after_help = "Exit code: that of the editor, or 2 where none was found or it did not start.\n\nExamples:\n  onrecord open council.lede\n  onrecord open council.lede --in nvim"
    )]
    Open(open::Options),
    /// Prints what is in force for a draft, and where each value comes from.
    #[command(
        after_help = "Exit code: 0, or 2 when the path is a folder.\n\nExamples:\n  onrecord config council.lede\n  onrecord config --print-profile wire > our-desk.toml"
    )]
    Config(config::Options),
    /// Says who is quoted how often and on what terms, over one draft or a year of them; and on what each sentence rests.
    #[command(
        after_help = "The rows of csv, json and html are the stretches of copy: quotations, reports, and sentences in the story's own voice, each with the record it rests on.\nAt level desk nobody who is not on the record is named; at level public no record is shown that does not say x-disclose: yes.\n\nExit code: 0, or 2 when a draft could not be read.\n\nExamples:\n  onrecord ledger council.lede\n  onrecord ledger archive/2026/ --format csv > ledger.csv\n  onrecord ledger council.lede --format html --level full > for-the-checker.html\n  onrecord ledger council.lede --format html --order source > calls.html\n  onrecord ledger --input jsonl - < articles.jsonl"
    )]
    Ledger(ledger::Options),
    /// Prints who says what: every attribution with its content, its cue and its source.
    #[command(
        after_help = "With --input jsonl, every line of standard input is {\"id\", \"text\"}, and its answer is a line of standard output, in the same order.\nOffsets in json and jsonl count Unicode code points of the text.\n\nExit code: 0, or 2 when a draft could not be read.\n\nExamples:\n  onrecord quotes council.lede\n  onrecord quotes archive/ --format jsonl\n  onrecord quotes --input jsonl - < articles.jsonl"
    )]
    Quotes(quotes::Options),
    /// Puts the marks of a draft on the text that came back from the content system, and lists what has no place there.
    #[command(
        after_help = "Exit code: 0 every mark is in its place, 1 some are not, 2 a text could not be read.\n\nExamples:\n  onrecord rejoin council.lede from-cms.txt --write\n  pbpaste | onrecord rejoin council.lede - > council-2.lede"
    )]
    Rejoin(rejoin::Options),
    /// Prints how a draft was read.
    #[command(
        after_help = "Exit code: 0, or 2 when the draft could not be read.\n\nExamples:\n  onrecord tree council.lede"
    )]
    Tree {
        /// The draft; `-` is standard input.
        file: PathBuf,
    },
    /// The people, bodies, places and offices that the desk knows.
    #[command(subcommand)]
    Entities(entities::Command),
    /// Prints the completions for a shell; packages put them where the shell looks.
    #[command(
        hide = true,
        after_help = "Examples:\n  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord\n  onrecord completions zsh > ~/.zfunc/_onrecord\n  onrecord completions fish > ~/.config/fish/completions/onrecord.fish"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    #[command(hide = true)]
    Man,
    /// Runs the language server on standard input and output; editors start this.
    #[command(
        after_help = "Exit code: 0 when the editor said goodbye first, else 1.\n\nHow each editor is set up stands in the folder editors/ of the project; `onrecord open DRAFT` sets one up for a look."
    )]
    Serve {
        /// Accepted because many editors send it.
        #[arg(long)]
        stdio: bool,
    },
}

/// When output is coloured.
#[derive(Clone, Copy, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    fn is_on(self) -> bool {
        match self {
            Color::Auto => {
                io::stdout().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// Runs the command of the process's arguments; the exit code.
pub fn run() -> i32 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = error.exit_code();
            return error.print().map_or(2, |()| code);
        }
    };
    match arguments.command {
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Checks(options)) => checks::run(&options),
        Some(Command::Doctor(options)) => doctor::run(&options),
        Some(Command::Ledger(options)) => ledger::run(&options),
        Some(Command::Quotes(options)) => quotes::run(&options),
        Some(Command::Compare(options)) => compare::run(&options),
        Some(Command::Export(options)) => export::run(&options),
        Some(Command::Import(options)) => import::run(&options),
        Some(Command::File(options)) => file::run(&options),
        Some(Command::Format(options)) => format::run(&options),
        Some(Command::Open(options)) => open::run(&options),
        Some(Command::Explain { all: true, .. }) => print(&explain::all(), 0),
        Some(Command::Explain { rule, .. }) => explain::run(rule.as_deref()),
        Some(Command::Rejoin(options)) => rejoin::run(&options),
        Some(Command::Config(options)) => config::run(&options),
        Some(Command::Tree { file }) => tree::run(&file),
        Some(Command::Entities(command)) => entities::run(&command),
        Some(Command::Completions { shell }) => print(&manual::completions(shell), 0),
        Some(Command::Man) => print(&manual::page(), 0),
        Some(Command::Serve { .. }) => crate::server::serve(),
        None => print(&Arguments::command().render_help().to_string(), 0),
    }
}

/// Writes to standard output. A reader who went away is no error.
fn print(text: &str, code: i32) -> i32 {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes());
    code_of(written.and_then(|()| out.flush()), code)
}

/// The exit code of a command whose output was written, or was not.
fn code_of(written: io::Result<()>, code: i32) -> i32 {
    match written {
        Ok(()) => code,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => code,
        Err(error) => {
            complain(&format!("the output cannot be written: {error}"));
            2
        }
    }
}

/// Writes to standard error, where there is nobody left to tell if that fails.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {text}");
}

/// Says on standard error what helps and is no complaint.
fn hint(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// A path as output gives it: as typed, with `/`.
fn shown(path: &std::path::Path) -> String {
    path.display()
        .to_string()
        .replace(std::path::MAIN_SEPARATOR, "/")
}
