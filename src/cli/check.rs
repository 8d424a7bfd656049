//! `onrecord check`: what an editor would ask about drafts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::baseline::{self, Baseline};
use super::bases::Bases;
use super::printer::{Printer, Style};
use super::progress::Progress;
use super::stream::{self, Input};
use super::{Color, changed, complain, diff, hint, json, shown};
use crate::config::Profile;
use crate::config::merge::{self, InForce};
use crate::desk::shelf::{Shelf, Wanted};
use crate::disk::{self, tracked};
use crate::draft::Draft;
use crate::features::mend::{self, Taken};
use crate::finding::{Finding, Severity, withheld};
use crate::notes::Records;
use crate::project::Project;
use crate::rules;
use crate::rules::stet::LetStand;
use crate::scene::Scene;
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// Drafts and folders; `-` is standard input. In a folder, files that end in `.lede` or `.lede.md` are read.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
    /// The least level that gives exit code 1.
    #[arg(long, value_enum, default_value = "warning")]
    pub fail_on: FailOn,
    /// The list of levels; without it, `plain-text` for `.txt`, else `wire`.
    #[arg(long, value_parser = profile)]
    profile: Option<Profile>,
    /// When output is coloured.
    #[arg(long, value_enum, default_value = "auto")]
    pub color: Color,
    /// Mends what can be mended without a look at each place, and writes the drafts.
    #[arg(long)]
    fix: bool,
    /// Takes the first fix of every finding, also those that leave a [TK] for you; look at the difference after it.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Prints what --fix would change, and writes nothing.
    #[arg(long)]
    pub diff: bool,
    /// Reports only what this file does not hold.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Writes a file that holds all that is found, for --baseline.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// Only drafts that differ from a git revision (HEAD if none is given), and new ones.
    #[arg(long, value_name = "REVISION", num_args = 0..=1, default_missing_value = "HEAD", require_equals = true)]
    changed: Option<String>,
    /// Checks again whenever a draft or its configuration is saved; Ctrl-C ends it.
    #[arg(long)]
    watch: bool,
    /// What standard input holds.
    #[arg(long, value_enum, default_value = "draft")]
    input: Input,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// Source lines with carets.
    Human,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// JUnit XML.
    Junit,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Information,
    Hint,
    Never,
}

impl FailOn {
    /// The least level that fails; none fails never.
    pub fn least(self) -> Option<Severity> {
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
    /// What STET marks let stand.
    pub let_stand: Vec<LetStand>,
    /// What mending changed, where only that is wanted.
    pub diff: String,
}

pub fn run(options: &Options) -> i32 {
    if options.input == Input::Jsonl {
        return run_lines(options);
    }
    if !options.watch {
        return once(options);
    }
    loop {
        let seen = stamps(options);
        once(options);
        hint("watching; Ctrl-C ends it");
        while stamps(options) == seen {
            std::thread::sleep(WATCHED_EVERY);
        }
    }
}

/// How often files are looked at for a change.
const WATCHED_EVERY: Duration = Duration::from_millis(400);

/// When the drafts and their configuration were last changed.
fn stamps(options: &Options) -> Vec<(PathBuf, Option<SystemTime>)> {
    let mut project = Project::default();
    let (mut paths, _) = files(&options.paths, &mut project);
    for path in &paths {
        look_around(&mut project, path);
    }
    paths.extend(project.files().map(|(path, ..)| path.to_owned()));
    paths
        .into_iter()
        .map(|path| {
            let changed = path
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok();
            (path, changed)
        })
        .collect()
}

/// Answers each line of standard input with what is found in its text; spans count code points.
fn run_lines(options: &Options) -> i32 {
    if options.paths != [Path::new("-")] {
        complain("--input jsonl reads standard input: name `-` and nothing else");
        return 2;
    }
    let mut project = Project::default();
    look_around(&mut project, Path::new("-"));
    let force = in_force(Path::new("-"), options.profile, &project);
    let today = crate::clock::today();
    let (base, records) = (Bases::default().of(Path::new("-")), Arc::default());
    let worst = AtomicU8::new(0);
    let code = stream::lines(io::stdin().lock(), |text, id| {
        let draft = Draft::read(Text::new(text), &force.reading, &base, None);
        let scene = Scene {
            config: &force.config,
            base: &base,
            records: &records,
            today,
            stamp: 0,
        };
        let (findings, _) = rules::check_once(&draft, &scene);
        let here = findings.iter().map(|finding| finding.severity);
        worst.fetch_max(here.max().map_or(0, rank), Ordering::Relaxed);
        stream::line(&json::in_code_points(text, id, findings))
    });
    let least = options.fail_on.least().map_or(u8::MAX, rank);
    let is_asked = worst.load(Ordering::Relaxed) >= least;
    code.max(i32::from(is_asked))
}

/// A level as a number from one up.
fn rank(severity: Severity) -> u8 {
    severity as u8 + 1
}

fn once(options: &Options) -> i32 {
    let mut project = Project::default();
    let (mut paths, mut problems) = files(&options.paths, &mut project);
    if let Some(revision) = &options.changed {
        match changed(revision, &mut paths) {
            Ok(()) => {}
            Err(problem) => problems.push(problem),
        }
    }
    for path in &paths {
        problems.extend(look_around(&mut project, path));
    }
    let desk = Desk {
        profile: options.profile,
        project,
        bases: Bases::default(),
        shelf: Shelf::default(),
    };
    desk.bases.load_for(&paths);
    let bar = Progress::over_drafts(paths.len());
    let mends = options.fix || options.unsafe_fixes || options.diff;
    let taken = if options.unsafe_fixes {
        Taken::First
    } else {
        Taken::Safe
    };
    let (baseline, no_baseline) = match known(options) {
        Ok(baseline) => (baseline, None),
        Err(problem) => (None, Some(problem)),
    };
    let style = Style::of(options);
    let piece = |mut report: Report| {
        if let Some(baseline) = &baseline {
            baseline.take_out(&mut report);
        }
        style.piece(report)
    };
    let mut printer = Printer::new(style);
    let beside = private_files(&paths, &desk);
    for report in configurations(&desk.project).into_iter().chain(beside) {
        printer.add(piece(report));
    }
    let printer = Mutex::new(printer);
    // In order, as far as it goes: then few pieces wait for one before them.
    paths
        .iter()
        .enumerate()
        .par_bridge()
        .for_each(|(place, path)| {
            let read = || {
                let report = match mends {
                    false => report(path, &desk),
                    true => mended(path, &desk, taken, options.diff),
                };
                report.map(&piece)
            };
            let result = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
                Err("makes Onrecord fail; the others are checked. Please report it".to_owned())
            });
            let result = result.map_err(|what| format!("{} {what}", shown(path)));
            let mut printer = printer.lock().unwrap_or_else(PoisonError::into_inner);
            printer.take_in(place, result);
            bar.step();
        });
    drop(bar);
    desk.bases
        .problems()
        .iter()
        .for_each(|problem| complain(problem));
    let mut printer = printer.into_inner().unwrap_or_else(PoisonError::into_inner);
    problems.append(&mut printer.problems);
    problems.extend(no_baseline);
    problems.extend(write_baseline(options, &printer.marks).err());
    for problem in &problems {
        complain(problem);
    }
    let is_one = printer.reports() == 1;
    let code = printer.finish(&problems);
    if let (Format::Human, [path], true, false) =
        (options.format, &options.paths[..], is_one, options.diff)
    {
        say_where_to_see_it(path);
    }
    code
}

/// Leaves of the paths those that differ from a git revision.
fn changed(revision: &str, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let here = absolute(Path::new("."));
    let first = paths.first().map_or(here.clone(), |path| absolute(path));
    let folder = first
        .parent()
        .filter(|folder| folder.is_dir())
        .unwrap_or(&here);
    match changed::since(revision, folder) {
        Ok(changed) => {
            let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| absolute(path));
            let changed: Vec<PathBuf> = changed.iter().map(|path| real(path)).collect();
            paths.retain(|path| changed.contains(&real(path)));
            Ok(())
        }
        Err(problem) => {
            paths.clear();
            Err(problem)
        }
    }
}

/// The baseline that is given.
fn known(options: &Options) -> Result<Option<Baseline>, String> {
    let Some(path) = &options.baseline else {
        return Ok(None);
    };
    let read = disk::read(path).and_then(|known| Baseline::read(&known));
    let known = read.map_err(|what| format!("{} {what}", shown(path)))?;
    Ok(Some(known))
}

/// Writes the fingerprints of what was found, where they are wanted.
fn write_baseline(options: &Options, marks: &BTreeMap<String, Vec<String>>) -> Result<(), String> {
    let Some(path) = &options.write_baseline else {
        return Ok(());
    };
    let written = disk::write(path, baseline::write(marks));
    written.map_err(|error| format!("{} cannot be written: {error}", shown(path)))
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
    disk::look_upward(
        project,
        full.parent().unwrap_or(&full),
        &disk::Reach::Anywhere,
    )
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

/// What the drafts of a run share.
struct Desk {
    profile: Option<Profile>,
    project: Project,
    bases: Bases,
    shelf: Shelf,
}

fn report(path: &Path, desk: &Desk) -> Result<Report, String> {
    let source = match path == Path::new("-") {
        true => standard_input()?,
        false => disk::read(path)?,
    };
    Ok(report_on(path, source, desk))
}

fn report_on(path: &Path, source: String, desk: &Desk) -> Report {
    let InForce {
        config, reading, ..
    } = in_force(path, desk.profile, &desk.project);
    let base = desk.bases.of(path);
    let draft = Draft::read(Text::new(&source), &reading, &base, None);
    let records = match path == Path::new("-") {
        true => Arc::default(),
        false => desk
            .shelf
            .records(path, &Wanted::of(&draft, &config), Instant::now()),
    };
    let scene = Scene {
        config: &config,
        base: &base,
        records: &records,
        today: crate::clock::today(),
        stamp: 0,
    };
    let (findings, mut let_stand) = rules::check_once(&draft, &scene);
    let_stand.retain(|stood| !stood.finding.is_private);
    Report {
        path: shown(path),
        source,
        findings: withheld(findings),
        let_stand,
        text: draft.text,
        diff: String::new(),
    }
}

/// How often a draft is mended and looked at again: one fix may make room for another.
const MAX_ROUNDS: usize = 10;

/// Mends a draft, writes it unless only the difference is wanted, and reports what is left.
fn mended(path: &Path, desk: &Desk, taken: Taken, is_dry: bool) -> Result<Report, String> {
    let first = report(path, desk)?;
    let before = first.source.clone();
    let mut last = first;
    for _ in 0..MAX_ROUNDS {
        let edits = mend::edits(&last.findings, taken);
        if edits.is_empty() {
            break;
        }
        let mut text = last.text.clone();
        edits.iter().rev().for_each(|edit| text.apply(edit));
        let next = report_on(path, text.to_string(), desk);
        // A fix that leaves as much to say would go on for ever.
        if next.source == last.source || next.findings.len() >= last.findings.len() + edits.len() {
            break;
        }
        last = next;
    }
    if last.source == before {
        return Ok(last);
    }
    if is_dry {
        last.diff = diff::unified(&last.path, &before, &last.source);
    } else if path == Path::new("-") {
        return Err("cannot be written; use --diff to see what --fix would change".to_owned());
    } else {
        disk::write(path, &last.source).map_err(|error| format!("cannot be written: {error}"))?;
    }
    Ok(last)
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
            let_stand: Vec::new(),
            diff: String::new(),
        })
        .collect()
}

/// The private files in the folders of the drafts of which there is something to say. What stands in them is not read.
fn private_files(paths: &[PathBuf], desk: &Desk) -> Vec<Report> {
    let parents = paths.iter().filter(|path| *path != Path::new("-"));
    let folders: BTreeSet<&Path> = parents.filter_map(|path| path.parent()).collect();
    let files = folders.into_iter().flat_map(disk::private_in);
    // Each index is read once.
    let mut indexes: Vec<(PathBuf, Vec<String>)> = Vec::new();
    let tracked = files.filter(|path| {
        tracked::listed(path).is_some_and(|listed| {
            let known = indexes.iter().position(|(index, _)| *index == listed.index);
            let known = known.unwrap_or_else(|| {
                let files = tracked::private_in(&listed.index);
                indexes.push((listed.index, files));
                indexes.len() - 1
            });
            indexes[known].1.contains(&listed.name)
        })
    });
    let reports = tracked.map(|path| {
        let scene = Scene {
            config: &in_force(&path, desk.profile, &desk.project).config,
            base: &Arc::default(),
            records: Records::none(),
            today: crate::clock::today(),
            stamp: 0,
        };
        Report {
            path: shown(path.strip_prefix(".").unwrap_or(&path)),
            source: String::new(),
            text: Text::new(""),
            findings: rules::check_private("", true, &scene),
            let_stand: Vec::new(),
            diff: String::new(),
        }
    });
    let told = reports.filter(|report| !report.findings.is_empty());
    told.collect()
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
