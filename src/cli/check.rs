//! `onrecord check`: what an editor would ask about drafts.

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::bases::Bases;
use super::{Color, complain, hint, human, json, print, progress, shown};
use crate::config::Profile;
use crate::config::merge::{self, InForce};
use crate::desk::shelf::{self, Shelf};
use crate::disk;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::project::Project;
use crate::rules;
use crate::scene::Scene;
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// Drafts and folders; `-` is standard input. In a folder, files that end in `.lede` or `.lede.md` are read.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The least level that gives exit code 1.
    #[arg(long, value_enum, default_value = "warning")]
    fail_on: FailOn,
    /// The list of levels; without it, `plain-text` for `.txt`, else `wire`.
    #[arg(long, value_parser = profile)]
    profile: Option<Profile>,
    /// When output is coloured.
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Source lines with carets.
    Human,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Information,
    Hint,
    Never,
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Information => Some(Severity::Information),
            FailOn::Hint => Some(Severity::Hint),
            FailOn::Never => None,
        }
    }
}

/// A draft with what was found in it.
pub struct Report {
    pub path: String,
    pub source: String,
    pub text: Text,
    pub findings: Vec<Finding>,
}

pub fn run(options: &Options) -> i32 {
    let mut project = Project::default();
    let (paths, mut problems) = files(&options.paths, &mut project);
    for path in &paths {
        problems.extend(look_around(&mut project, path));
    }
    let bases = Bases::default();
    let shelf = Shelf::default();
    let bar = progress::over(paths.len());
    let results: Vec<_> = paths
        .par_iter()
        .map(|path| {
            let read = || report(path, options.profile, &project, &bases, &shelf);
            let result = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
                Err("makes Onrecord fail; the others are checked. Please report it".to_owned())
            });
            bar.inc(1);
            result.map_err(|what| format!("{} {what}", shown(path)))
        })
        .collect();
    bar.finish_and_clear();
    bases
        .problems()
        .iter()
        .for_each(|problem| complain(problem));
    let mut reports = configurations(&project);
    for result in results {
        match result {
            Ok(report) => reports.push(report),
            Err(problem) => problems.push(problem),
        }
    }
    for problem in &problems {
        complain(problem);
    }
    let out = match options.format {
        Format::Human if reports.is_empty() && !problems.is_empty() => String::new(),
        Format::Human => human::render(&reports, options.color.is_on()),
        Format::Json => json::array(&reports),
        Format::Jsonl => json::lines(&reports),
    };
    let is_failed = options.fail_on.least().is_some_and(|least| {
        let mut findings = reports.iter().flat_map(|report| &report.findings);
        findings.any(|finding| finding.severity >= least)
    });
    let code = match (problems.is_empty(), is_failed) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    };
    let code = print(&out, code);
    if let (Format::Human, [path], [_]) = (options.format, &options.paths[..], &reports[..]) {
        say_where_to_see_it(path);
    }
    code
}

/// One draft, looked at by a person: an editor shows the same while it is written.
fn say_where_to_see_it(path: &Path) {
    if path != Path::new("-") {
        let name = shown(path);
        hint(&format!(
            "the same while you write: open {name} in VS Code or Neovim (editors/vscode/README.md, \
             editors/neovim/README.md), or start `onrecord serve` in any editor"
        ));
    }
}

/// The drafts that the paths name, with those in folders; and what could not be looked at.
pub fn files(paths: &[PathBuf], project: &mut Project) -> (Vec<PathBuf>, Vec<String>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let is_included = |file: &Path| {
            look_around(project, file);
            let full = absolute(file);
            let config = project.in_force(&full).config;
            let patterns = config.include.iter();
            let name = full.file_name().unwrap_or_default();
            patterns
                .filter_map(|pattern| merge::glob(pattern).ok())
                .any(|glob| glob.is_match(&full) || glob.is_match(name))
        };
        let (drafts, unseen) = disk::drafts(path, is_included);
        if drafts.is_empty() && unseen.is_empty() {
            problems.push(format!(
                "{} holds no drafts; a draft's name ends in .lede or .lede.md, or name the file itself",
                shown(path)
            ));
        }
        files.extend(drafts);
        problems.extend(unseen);
    }
    (files, problems)
}

/// Reads the configuration files around a draft; says which cannot be read.
pub fn look_around(project: &mut Project, path: &Path) -> Vec<String> {
    let full = absolute(path);
    disk::look_upward(project, full.parent().unwrap_or(&full))
}

/// A path from the root; standard input lies in the folder that one stands in.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What is in force for a draft: what its files say, and the profile that its name or the command line gives.
pub fn in_force(path: &Path, profile: Option<Profile>, project: &Project) -> InForce {
    let mut force = match path == Path::new("-") {
        true => project.in_force_in(absolute(path).parent().unwrap_or(path)),
        false => project.in_force(&absolute(path)),
    };
    let is_plain = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("txt"));
    if let Some(profile) = profile {
        force.config.profile = profile;
        force.config.own_profile = None;
    } else if !force.has_profile && is_plain {
        force.config.profile = Profile::PlainText;
    }
    force
}

fn report(
    path: &Path,
    profile: Option<Profile>,
    project: &Project,
    bases: &Bases,
    shelf: &Shelf,
) -> Result<Report, String> {
    let source = match path == Path::new("-") {
        true => standard_input()?,
        false => disk::read(path)?,
    };
    let InForce {
        config, reading, ..
    } = in_force(path, profile, project);
    let base = bases.of(path);
    let draft = Draft::read(Text::new(&source), &reading, &base, None);
    let records = match path == Path::new("-") {
        true => Arc::default(),
        false => shelf.records(path, &shelf::named(&draft), Instant::now()),
    };
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: jiff::Zoned::now().date(),
        stamp: 0,
    };
    let checked = rules::check(&draft, &scene, None);
    Ok(Report {
        path: shown(path),
        source,
        findings: checked.findings.to_vec(),
        text: draft.text,
    })
}

/// The letters of standard input. Who waits at a terminal, or sent nothing, is told so.
fn standard_input() -> Result<String, String> {
    if io::stdin().is_terminal() {
        hint("reading what you type; Ctrl-D ends it");
    }
    let text = disk::read_from(io::stdin().lock())?;
    if text.is_empty() {
        hint("standard input was empty");
    }
    Ok(text)
}

/// What is not understood in the configuration files that count.
fn configurations(project: &Project) -> Vec<Report> {
    let here = absolute(Path::new("."));
    let files = project
        .files()
        .filter(|(_, findings, _)| !findings.is_empty());
    files
        .map(|(path, findings, text)| Report {
            path: shown(path.strip_prefix(&here).unwrap_or(path)),
            source: text.to_string(),
            text: Text::new(text),
            findings: findings.to_vec(),
        })
        .collect()
}

pub fn profile(name: &str) -> Result<Profile, String> {
    Profile::named(name).ok_or_else(|| {
        let names: Vec<_> = Profile::ALL.iter().map(|profile| profile.name()).collect();
        format!(
            "there is no such profile; choose one of {}",
            names.join(", ")
        )
    })
}
