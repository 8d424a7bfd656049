//! House style and rule levels: plain data, knows no rule.

pub mod keys;
pub mod merge;
pub mod sheet;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::finding::Severity;
use crate::story::outline::Status;
use crate::text::span::Span;

/// What is in force for one draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The profile, by name.
    pub profile: Profile,
    /// A profile file of the house, which takes the place of the built-in one.
    pub own_profile: Option<Arc<Levels>>,
    /// Levels that a person set, by rule name; `None` is off. They win over profile and status.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// Options that a person set, by `rule.option`; [`Config::option`] asks the profile too.
    pub options: BTreeMap<String, toml::Value>,
    /// The status where the header gives none: `Some(Draft)` in an editor, `None` on the command line.
    pub default_status: Option<Status>,
    /// The status that counts whatever the header says: `Some(Final)` when a story goes out.
    pub status: Option<Status>,
    /// Names of the newsroom's own outlet, lower case.
    pub own_outlets: Vec<String>,
    /// The base address of the rules' pages, for links from a finding's code.
    pub rule_pages: Option<String>,
    /// Globs of further files that are drafts when a folder is checked.
    pub include: Vec<String>,
    /// Folders and files that hold people and bodies, if a file names them.
    pub entities: Option<Vec<PathBuf>>,
    /// Folders that hold transcripts and notes, if a file names them.
    pub notes: Option<Vec<PathBuf>>,
    /// The folder that keeps what was filed.
    pub filed: Option<PathBuf>,
}

/// What a profile does to rules and groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// Its name, or the path of its file.
    pub name: String,
    /// By rule or group, in order; a rule counts more than a group.
    pub changes: Vec<(String, Change)>,
    /// Options by `rule.option`.
    pub options: BTreeMap<String, toml::Value>,
}

/// What a profile does to a rule or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Gives it this level; none is off.
    Set(Option<Severity>),
    /// Moves it one step up.
    Up,
    /// Moves it one step down.
    Down,
}

/// Something in a file that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is wrong, as a sentence.
    pub what: String,
    /// What was probably meant, to stand there instead.
    pub instead: Option<String>,
}

/// A named list of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Profile {
    #[default]
    Wire,
    NewsroomStrict,
    Feature,
    Opinion,
    FactCheck,
    PlainText,
}

impl Profile {
    /// Every profile, the default first.
    pub const ALL: [Profile; 6] = [
        Profile::Wire,
        Profile::NewsroomStrict,
        Profile::Feature,
        Profile::Opinion,
        Profile::FactCheck,
        Profile::PlainText,
    ];

    /// Its name in configuration, headers and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Wire => "wire",
            Profile::NewsroomStrict => "newsroom-strict",
            Profile::Feature => "feature",
            Profile::Opinion => "opinion",
            Profile::FactCheck => "fact-check",
            Profile::PlainText => "plain-text",
        }
    }

    /// The profile of a name.
    pub fn named(name: &str) -> Option<Profile> {
        Profile::ALL
            .into_iter()
            .find(|profile| profile.name() == name)
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            profile: Profile::Wire,
            levels: BTreeMap::new(),
            options: BTreeMap::new(),
            default_status: None,
            status: None,
            own_outlets: Vec::new(),
            rule_pages: None,
            own_profile: None,
            include: Vec::new(),
            entities: None,
            notes: None,
            filed: None,
        }
    }
}

impl Config {
    /// An option as a person or the house's profile set it.
    pub fn option(&self, key: &str) -> Option<&toml::Value> {
        let profile = self.own_profile.as_ref();
        self.options.get(key).or_else(|| profile?.options.get(key))
    }

    /// Takes over what `other` sets; what it does not set stays.
    pub fn overlay(&mut self, other: &Config) {
        let levels = other.levels.iter();
        self.levels
            .extend(levels.map(|(name, level)| (name.clone(), *level)));
        let options = other.options.iter();
        self.options
            .extend(options.map(|(name, value)| (name.clone(), value.clone())));
        if !other.own_outlets.is_empty() {
            self.own_outlets.clone_from(&other.own_outlets);
        }
        if other.rule_pages.is_some() {
            self.rule_pages.clone_from(&other.rule_pages);
        }
    }
}
