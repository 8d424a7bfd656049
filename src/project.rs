//! The configuration files that lie around drafts: which count for a draft, and what stands in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Mistake;
use crate::config::merge::{self, InForce, Located};
use crate::config::sheet::{Setting, Sheet};
use crate::finding::Finding;
use crate::rules::configuration;
use crate::text::order;
use crate::text::span::Span;

/// The names of a configuration file, the one that wins first.
pub const NAMES: [&str; 2] = ["onrecord.toml", ".onrecord.toml"];

/// Whether a file of this name is a configuration file.
pub fn is_configuration(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| NAMES.contains(&name))
}

/// The path of a file by its URI; what has no file has none.
pub fn path(uri: &str) -> Option<PathBuf> {
    url::Url::parse(uri).ok()?.to_file_path().ok()
}

/// The configuration files that were read. What is not understood in one never takes back what it said before.
#[derive(Clone, Debug, Default)]
pub struct Project {
    files: BTreeMap<PathBuf, File>,
    folders: BTreeSet<PathBuf>,
    revision: u64,
}

#[derive(Clone, Debug)]
struct File {
    located: Located,
    /// The profile files that it names, readable or not.
    profiles: Vec<String>,
    is_root: bool,
    findings: Arc<Vec<Finding>>,
    text: Arc<str>,
}

impl Project {
    /// Whether a folder was looked at.
    pub fn knows(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    /// A folder was looked at.
    pub fn remember(&mut self, folder: &Path) {
        self.folders.insert(folder.to_owned());
    }

    /// Grows whenever what the files say changes.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The configuration files that name a file as a profile.
    pub fn users_of(&self, profile: &Path) -> Vec<PathBuf> {
        let names = |file: &&File| {
            let folder = file.located.path.parent().unwrap_or(Path::new(""));
            let mut names = file.profiles.iter();
            names.any(|name| folder.join(name) == profile)
        };
        let users = self.files.values().filter(names);
        users.map(|file| file.located.path.clone()).collect()
    }

    /// The files that were read, with what is not understood in each and its letters.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Arc<Vec<Finding>>, &Arc<str>)> {
        self.files
            .iter()
            .map(|(path, file)| (path.as_path(), &file.findings, &file.text))
    }

    /// A file was read; `profiles` are the files that it names as profiles.
    pub fn put(
        &mut self,
        path: &Path,
        text: &str,
        profiles: BTreeMap<String, Result<String, String>>,
    ) {
        let read = configuration::read(text);
        let before = self.files.get(path);
        let mut mistakes = read.mistakes.clone();
        let mut sheets = BTreeMap::new();
        let names: Vec<String> = profiles.keys().cloned().collect();
        for (name, text) in profiles {
            match text {
                Ok(text) => {
                    let profile = configuration::read_profile(&text);
                    if let Some(first) = profile.mistakes.first() {
                        let what = format!("In {name}: {}", first.what);
                        mistakes.push(at_value(&read.sheet, &name, what));
                    }
                    sheets.insert(name, profile.sheet);
                }
                Err(why) => {
                    let what = format!("The profile {name} {why}.");
                    mistakes.push(at_value(&read.sheet, &name, what));
                }
            }
        }
        let mut sheet = read.sheet;
        if let Some(before) = before {
            let good = &*before.located.sheet;
            if !read.is_whole {
                sheet = good.clone();
            } else {
                keep_good(&mut sheet, good, &read.spoilt);
            }
        }
        let is_root = sheet
            .settings
            .iter()
            .any(|it| it.key == "root" && it.value.as_bool() == Some(true));
        let located = Located {
            path: path.to_owned(),
            sheet: Arc::new(sheet),
            profiles: Arc::new(sheets),
        };
        order::by_key(&mut mistakes, |mistake| mistake.span);
        let findings: Vec<Finding> = mistakes.iter().map(configuration::finding).collect();
        let is_new = before.is_none_or(|before| {
            before.located != located || *before.findings != findings || before.is_root != is_root
        });
        self.files.insert(
            path.to_owned(),
            File {
                located,
                profiles: names,
                is_root,
                findings: Arc::new(findings),
                text: text.into(),
            },
        );
        self.revision += u64::from(is_new);
    }

    /// A file is gone.
    pub fn remove(&mut self, path: &Path) {
        self.revision += u64::from(self.files.remove(path).is_some());
    }

    /// The files that count for a draft in a folder, the nearest first.
    pub fn around(&self, folder: &Path) -> Vec<Located> {
        let mut around = Vec::new();
        for folder in folder.ancestors() {
            let here = NAMES
                .iter()
                .find_map(|name| self.files.get(&folder.join(name)));
            let Some(file) = here else {
                continue;
            };
            around.push(file.located.clone());
            if file.is_root {
                break;
            }
        }
        around
    }

    /// What is in force for a draft: the files around it, and the sections that mean it.
    pub fn in_force(&self, draft: &Path) -> InForce {
        let folder = draft.parent().unwrap_or(Path::new(""));
        merge::in_force(&self.around(folder), Some(draft))
    }

    /// What is in force in a folder, for a draft that has no file yet.
    pub fn in_force_in(&self, folder: &Path) -> InForce {
        merge::in_force(&self.around(folder), None)
    }

    /// In which line of its file (from 1) a key is set for a draft, for those who want to know where a value comes from.
    pub fn line_of(&self, path: &Path, key: &str) -> Option<usize> {
        let file = self.files.get(path)?;
        let sections = file.located.sheet.sections.iter();
        let settings = sections
            .flat_map(|section| &section.settings)
            .chain(&file.located.sheet.settings);
        let at = settings
            .filter(|it| it.key == key)
            .map(|it| it.span.start())
            .max()?;
        let before = file.text.get(..at)?;
        Some(before.matches('\n').count() + 1)
    }
}

/// The profile files that a configuration file names, as they stand there.
pub fn profile_files(text: &str) -> Vec<String> {
    let sheet = configuration::read(text).sheet;
    let sections = sheet.sections.iter().flat_map(|section| &section.settings);
    let mut names: Vec<String> = sections
        .chain(&sheet.settings)
        .filter(|it| it.key == "profile")
        .filter_map(|it| it.value.as_str())
        .filter(|name| name.ends_with(".toml"))
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Puts back the good values of keys whose new values are not understood.
fn keep_good(sheet: &mut Sheet, good: &Sheet, spoilt: &[String]) {
    let is_lost = |it: &&Setting| spoilt.contains(&it.key);
    for kept in good.settings.iter().filter(is_lost) {
        if !sheet.settings.iter().any(|it| it.key == kept.key) {
            sheet.settings.push(kept.clone());
        }
    }
    for section in &mut sheet.sections {
        let same = good
            .sections
            .iter()
            .filter(|it| it.patterns == section.patterns);
        for kept in same.flat_map(|it| &it.settings).filter(is_lost) {
            if !section.settings.iter().any(|it| it.key == kept.key) {
                section.settings.push(kept.clone());
            }
        }
    }
}

/// A mistake at the key that names a profile file.
fn at_value(sheet: &Sheet, name: &str, what: String) -> Mistake {
    let sections = sheet.sections.iter().flat_map(|section| &section.settings);
    let setting = sections
        .chain(&sheet.settings)
        .find(|it| it.key == "profile" && it.value.as_str() == Some(name));
    Mistake {
        span: setting.map_or(Span::at(0), |it| it.span),
        what,
        instead: None,
    }
}
