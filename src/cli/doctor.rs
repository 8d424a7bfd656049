//! `onrecord doctor`: a report for a bug report. Versions, counts, timings and the keys of settings; no words of a draft, no names.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::bases::Bases;
use super::check::{in_force, look_around};
use super::{complain, print, shown};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::entities::folder::Places;
use crate::features::words::counted;
use crate::notes::Records;
use crate::project::Project;
use crate::reading::Reading;
use crate::rules::{self, RULES};
use crate::scene::Scene;
use crate::text::Text;

#[derive(Args)]
pub struct Options {
    /// A draft or a folder: what is in force there.
    #[arg(default_value = ".")]
    path: PathBuf,
}

/// Read to see how quick this machine is.
const SAMPLE: &str = "“The wall leaks,” said Dana Ortiz, the board’s chair. It is old, according to the notice on the gate. The storm took \
                      20 planks on Monday, and the board will meet in May.\n\n";

/// How many paragraphs of it, some 3,400 letters.
const PARAGRAPHS: usize = 20;

pub fn run(options: &Options) -> i32 {
    if let Err(error) = options.path.metadata() {
        complain(&format!("{} {}", shown(&options.path), disk::why(&error)));
        return 2;
    }
    let path = match options.path.is_dir() {
        true => options.path.join("-"),
        false => options.path.clone(),
    };
    print(&report(&path), 0)
}

fn report(path: &Path) -> String {
    let mut out = format!(
        "onrecord {}\n{} {}, {} cores\n\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        std::thread::available_parallelism().map_or(1, usize::from)
    );
    let mut project = Project::default();
    let problems = look_around(&mut project, path).len();
    let force = in_force(path, None, &project);
    let files = project.around(path.parent().unwrap_or(path)).len();
    let _ = writeln!(
        out,
        "configuration: {files} files, {problems} that cannot be read, profile {}",
        force.config.profile.name()
    );
    let mut keys: Vec<&str> = force.origins.keys().map(String::as_str).collect();
    keys.sort_unstable();
    let keys = match keys.is_empty() {
        true => "none".to_owned(),
        false => keys.join(", "),
    };
    let _ = writeln!(out, "keys that are set: {keys}");
    let _ = writeln!(out, "rules: {}", RULES.len());
    let bases = Bases::default();
    let start = Instant::now();
    let base = bases.of(path);
    let _ = writeln!(
        out,
        "known names: {} in the newsroom's files, {} imported bases, {} mistakes, {} files that cannot be read; loaded in {:.1} ms",
        base.own().count(),
        base.imports().len(),
        base.mistakes().len(),
        bases.problems().len(),
        milliseconds(start)
    );
    let places = Places::above(path);
    let _ = writeln!(
        out,
        "folder of names: {}",
        if !places.newsroom.is_empty() {
            "yes"
        } else {
            "no"
        }
    );
    let (read, checked, found) = timings();
    let _ = writeln!(
        out,
        "\na story of {} letters: read in {read:.2} ms, checked in {checked:.2} ms, {}",
        SAMPLE.chars().count() * PARAGRAPHS,
        counted(found, "finding")
    );
    out.push_str(
        "\nThis report holds no word of a draft, no name and no path. It may be pasted as it is.\n",
    );
    out
}

/// The least of some times to read and to check the sample, and how many findings there are.
fn timings() -> (f64, f64, usize) {
    let text = SAMPLE.repeat(PARAGRAPHS);
    let (mut read, mut checked, mut found) = (f64::MAX, f64::MAX, 0);
    let config = crate::config::Config::default();
    let base = Base::default();
    let scene = Scene {
        config: &config,
        base: &base,
        records: Records::none(),
        today: jiff::civil::date(2026, 1, 1),
        stamp: 0,
    };
    for _ in 0..20 {
        let start = Instant::now();
        let draft = Draft::read(Text::new(&text), &Reading::default(), &base, None);
        read = read.min(milliseconds(start));
        let start = Instant::now();
        found = rules::check(&draft, &scene, None).findings.len();
        checked = checked.min(milliseconds(start));
    }
    (read, checked, found)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
