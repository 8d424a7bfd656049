//! What git knows of drafts: which differ from a revision, and how one was in it. Only a command that a person typed runs git.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::check::absolute;

/// The paths, from the root, that differ from a revision or are new and not ignored.
pub fn since(revision: &str, folder: &Path) -> Result<Vec<PathBuf>, String> {
    if revision.starts_with('-') {
        return Err(format!("{revision} is no git revision"));
    }
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    let changed = git(
        &top,
        &[
            "diff",
            "--name-only",
            "-z",
            "--diff-filter=d",
            revision,
            "--",
        ],
    )?;
    let new = git(&top, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = changed.split('\0').chain(new.split('\0'));
    Ok(names
        .filter(|name| !name.is_empty())
        .map(|name| absolute(&top.join(name)))
        .collect())
}

/// The letters of a file as they were in a revision.
pub fn at(revision: &str, path: &Path) -> Result<String, String> {
    if revision.starts_with('-') {
        return Err(format!("{revision} is no git revision"));
    }
    let full = absolute(path);
    let folder = full.parent().unwrap_or(&full);
    let name = full.file_name().unwrap_or_default().to_string_lossy();
    git(folder, &["show", &format!("{revision}:./{name}")])
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let run = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output();
    let output = run.map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "git: {}",
        told.lines().next().unwrap_or("it failed")
    ))
}
