//! What is in force for one draft, and where each value comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Value;

use super::sheet::{Setting, Sheet};
use super::{Change, Config, Levels, Profile};
use crate::finding::Severity;
use crate::reading::{HouseWords, QuoteStyle, Reading};

/// A configuration file at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The file.
    pub path: PathBuf,
    /// What it sets.
    pub sheet: Arc<Sheet>,
    /// The profile files that it names, by the path as it stands there.
    pub profiles: Arc<BTreeMap<String, Sheet>>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A configuration file.
    File(PathBuf),
    /// A section of a configuration file, with its globs.
    Section(PathBuf, Vec<String>),
}

/// What configuration files say of one draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InForce {
    /// What rules and features ask. The profile in it counts only if `has_profile`.
    pub config: Config,
    /// Whether a file chose the profile; else the kind of document decides.
    pub has_profile: bool,
    /// How drafts are read.
    pub reading: Reading,
    /// Where each key comes from.
    pub origins: BTreeMap<String, Origin>,
}

/// What files say of a draft: `files` from the nearest folder to the farthest. A draft without a path is in no section.
pub fn in_force(files: &[Located], draft: Option<&Path>) -> InForce {
    let mut values: BTreeMap<&str, (&Setting, &Located, Origin)> = BTreeMap::new();
    for file in files.iter().rev() {
        for setting in &file.sheet.settings {
            let origin = Origin::File(file.path.clone());
            values.insert(&setting.key, (setting, file, origin));
        }
        for section in &file.sheet.sections {
            if draft.is_some_and(|draft| matches(&section.patterns, file, draft)) {
                let origin = Origin::Section(file.path.clone(), section.patterns.clone());
                for setting in &section.settings {
                    values.insert(&setting.key, (setting, file, origin.clone()));
                }
            }
        }
    }
    let mut force = InForce::default();
    let mut house = HouseWords::default();
    for (key, (setting, file, origin)) in values {
        force.origins.insert(key.to_owned(), origin);
        let value = &setting.value;
        let folder = file.path.parent().unwrap_or(Path::new(""));
        match key.split_once('.') {
            Some(("severity", name)) => {
                if let Some(level) = value.as_str().and_then(level) {
                    force.config.levels.insert(name.to_owned(), level);
                }
            }
            Some(("rules", option)) => {
                force
                    .config
                    .options
                    .insert(option.to_owned(), value.clone());
            }
            Some(("words", list)) => {
                if let Some((list, verb)) = list.rsplit_once('.') {
                    for word in strings(value) {
                        match verb {
                            "add" => house.add(list, &word),
                            _ => house.take(list, &word),
                        }
                    }
                }
            }
            _ => general(&mut force, key, value, folder, file),
        }
    }
    force.reading.house = Arc::new(house);
    force
}

fn general(force: &mut InForce, key: &str, value: &Value, folder: &Path, file: &Located) {
    let config = &mut force.config;
    let here = |words: Vec<String>| words.iter().map(|word| folder.join(word)).collect();
    match (key, value.as_str()) {
        ("profile", Some(name)) => {
            if let Some(profile) = Profile::named(name) {
                config.profile = profile;
                force.has_profile = true;
            } else if let Some(sheet) = file.profiles.get(name) {
                config.own_profile = Some(Arc::new(Levels::of(name, sheet)));
                force.has_profile = true;
            }
        }
        ("own-outlets", _) => {
            config.own_outlets = strings(value)
                .iter()
                .map(|name| name.trim().to_lowercase())
                .collect();
        }
        ("rule-pages", Some(address)) => {
            config.rule_pages = (!address.trim().is_empty()).then(|| address.trim().to_owned());
        }
        ("quotes", Some(word)) => {
            force.reading.quotes = match word {
                "double" => QuoteStyle::Double,
                "single" => QuoteStyle::Single,
                _ => QuoteStyle::Detect,
            };
        }
        ("include", _) => config.include = strings(value),
        ("entities", _) => config.entities = Some(here(strings(value))),
        ("notes", _) => config.notes = Some(here(strings(value))),
        ("filed", Some(path)) => config.filed = (!path.is_empty()).then(|| folder.join(path)),
        _ => {}
    }
}

/// The severity of a level word; the inner none is off.
pub fn level(word: &str) -> Option<Option<Severity>> {
    Some(match word {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "information" | "info" => Some(Severity::Information),
        "hint" => Some(Severity::Hint),
        "off" => None,
        _ => return None,
    })
}

/// A glob as a newsroom writes it: without a slash it means a name in any folder, and a folder means all that is in it.
pub fn glob(pattern: &str) -> Result<globset::GlobMatcher, String> {
    let pattern = pattern.trim_start_matches("./");
    let mut full = match pattern.trim_end_matches('/').contains('/') {
        true => pattern.trim_start_matches('/').to_owned(),
        false => format!("**/{pattern}"),
    };
    if full.ends_with('/') {
        full.push_str("**");
    }
    globset::GlobBuilder::new(&full)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| error.kind().to_string())
}

/// Whether one of the globs of a file means a draft.
pub fn matches(patterns: &[String], file: &Located, draft: &Path) -> bool {
    let folder = file.path.parent().unwrap_or(Path::new(""));
    let inside = draft.strip_prefix(folder).unwrap_or(draft);
    patterns
        .iter()
        .filter_map(|pattern| glob(pattern).ok())
        .any(|glob| glob.is_match(inside))
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|word| Some(word.as_str()?.to_owned()))
        .collect()
}

impl Levels {
    /// The levels and options of a profile file.
    pub fn of(name: &str, sheet: &Sheet) -> Levels {
        let mut levels = Levels {
            name: name.to_owned(),
            ..Levels::default()
        };
        for setting in &sheet.settings {
            match setting.key.split_once('.') {
                Some(("severity", name)) => {
                    let change = match setting.value.as_str() {
                        Some("up") => Some(Change::Up),
                        Some("down") => Some(Change::Down),
                        Some(word) => level(word).map(Change::Set),
                        None => None,
                    };
                    levels
                        .changes
                        .extend(change.map(|it| (name.to_owned(), it)));
                }
                Some(("rules", option)) => {
                    levels
                        .options
                        .insert(option.to_owned(), setting.value.clone());
                }
                _ => {}
            }
        }
        levels
    }
}
