//! House style and rule levels: plain data, knows no rule.

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::story::outline::Status;

/// What is in force for one draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The profile, by name.
    pub profile: Profile,
    /// Levels that a person set, by rule name; `None` is off. They win over profile and status.
    pub levels: BTreeMap<String, Option<Severity>>,
    /// Options by `rule.option`.
    pub options: BTreeMap<String, toml::Value>,
    /// The status where the header gives none: `Some(Draft)` in an editor, `None` on the command line.
    pub default_status: Option<Status>,
    /// Names of the newsroom's own outlet, lower case.
    pub own_outlets: Vec<String>,
    /// The base address of the rules' pages, for links from a finding's code.
    pub rule_pages: Option<String>,
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
            own_outlets: Vec::new(),
            rule_pages: None,
        }
    }
}
