//! `onrecord checks`: how far a draft is checked, by source.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::around::{Around, line};
use super::{complain, print, shown};
use crate::checks::{self, Checked, State};
use crate::features::coverage::{Coverage, coverage};
use crate::features::words::shortened;
use crate::text::span::Span;

#[derive(Args)]
pub struct Options {
    /// The draft.
    file: PathBuf,
    /// How it is printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Exit code 1 unless every sentence is proven or checked and every check holds.
    #[arg(long)]
    require_checked: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table, and what is open.
    Human,
    /// One JSON object.
    Json,
}

pub fn run(options: &Options) -> i32 {
    let around = match Around::read(&options.file) {
        Ok(around) => around,
        Err(problem) => {
            complain(&problem);
            return 2;
        }
    };
    let found = coverage(&around.draft, &around.scene());
    let out = match options.format {
        Format::Human => human(options, &around, &found),
        Format::Json => as_json(&around, &found),
    };
    print(
        &out,
        i32::from(options.require_checked && !found.is_whole()),
    )
}

fn human(options: &Options, around: &Around, found: &Coverage) -> String {
    let draft = &around.draft;
    let mut page = format!(
        "{:<40} {:>7} {:>7} {:>7}\n",
        "source", "proven", "checked", "open"
    );
    for one in &found.sources {
        let name = one.name.as_deref().unwrap_or("the story’s own voice");
        let _ = writeln!(
            page,
            "{:<40} {:>7} {:>7} {:>7}",
            shortened(name, 40),
            one.proven,
            one.checked,
            one.open
        );
    }
    let place = |span| format!("{}:{}", shown(&options.file), line(draft, span));
    for one in &found.changed {
        let span = draft.span(one.covers);
        let _ = writeln!(page, "{}: {}", place(span), changed(around, one));
    }
    for span in &found.open {
        let words = printed(around, *span);
        let _ = writeln!(
            page,
            "{}: open: {}",
            place(*span),
            shortened(words.trim(), 90)
        );
    }
    for one in &found.gone {
        let _ = writeln!(page, "no longer in the draft: {one}");
    }
    page
}

/// Words of the draft as they print, on one line.
fn printed(around: &Around, span: Span) -> String {
    let draft = &around.draft;
    let words = match draft.block_at(span.start()) {
        Some((block, _)) => {
            let placed = &draft.tree.blocks[block];
            checks::said(&placed.block, span.back(placed.start))
        }
        None => String::new(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Old words against new.
fn changed(around: &Around, one: &Checked) -> String {
    let now = printed(around, around.draft.span(one.covers));
    match &one.state {
        State::Changed(Some(was)) => format!(
            "changed since checked by {}: was “{was}”, now “{now}”",
            one.by()
        ),
        _ => format!("changed since checked by {}: now “{now}”", one.by()),
    }
}

fn as_json(around: &Around, found: &Coverage) -> String {
    let draft = &around.draft;
    let sources = found.sources.iter().map(|one| {
        json!({ "name": one.name, "proven": one.proven, "checked": one.checked, "open": one.open })
    });
    let open = found
        .open
        .iter()
        .map(|span| json!({ "line": line(draft, *span), "text": printed(around, *span) }));
    let changed = found.changed.iter().map(|one| {
        let was = match &one.state {
            State::Changed(was) => was.as_deref(),
            State::Holds | State::Unsigned => None,
        };
        let span = draft.span(one.covers);
        json!({ "by": one.by(), "line": line(draft, span), "was": was, "now": printed(around, span) })
    });
    let all = json!({
        "sources": sources.collect::<Vec<_>>(),
        "open": open.collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
        "gone": found.gone,
    });
    format!("{all:#}\n")
}
