//! Which keys a configuration file may have: the general ones, and those that the rules bring.

use toml::Value;

/// What may stand in a configuration file.
#[derive(Debug, Default)]
pub struct Keys {
    /// Rule names, with the group word of each.
    pub rules: Vec<(&'static str, &'static str)>,
    /// Options, by `rule.option`.
    pub options: Vec<Key>,
    /// Word lists that a newsroom may add to or take from.
    pub lists: Vec<&'static str>,
}

/// A key with what it takes.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its name; an option's is `rule.option`.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// What it does, for hovers and pages.
    pub summary: &'static str,
    /// Its default, as TOML.
    pub default: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`
    Switch,
    /// A whole number from 0 up.
    Number,
    /// Words in quotation marks.
    Text,
    /// A list of words in quotation marks.
    List,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A profile by name, or a profile file by its path.
    Profile,
}

/// The words for a level.
pub const LEVELS: &[&str] = &["error", "warning", "information", "hint", "off"];

/// The keys at the top of a file, and in its sections.
pub const GENERAL: &[(&str, Kind, &str, &str)] = &[
    (
        "profile",
        Kind::Profile,
        "\"wire\"",
        "The list of levels that findings start from: a name, or the path of a profile file beside this one.",
    ),
    (
        "own-outlets",
        Kind::List,
        "[]",
        "Names of your own outlet: what it reported needs no link.",
    ),
    (
        "quotes",
        Kind::Choice(&["detect", "double", "single"]),
        "\"detect\"",
        "Which quotation marks come first.",
    ),
    (
        "include",
        Kind::List,
        "[]",
        "Further files that are drafts when a folder is checked, as globs: `*.txt`.",
    ),
    (
        "entities",
        Kind::List,
        "[\"entities\"]",
        "Folders and files that hold people and bodies, from this file’s folder.",
    ),
    (
        "notes",
        Kind::List,
        "[\"notes\"]",
        "Folders that hold transcripts and notes, from this file’s folder.",
    ),
    (
        "filed",
        Kind::Text,
        "\"\"",
        "A folder that keeps what was filed, from this file’s folder; empty keeps nothing.",
    ),
    (
        "rule-pages",
        Kind::Text,
        "\"\"",
        "The web address of the rules’ pages; a finding then links to its page.",
    ),
    (
        "root",
        Kind::Switch,
        "false",
        "Whether files in folders further up are left out.",
    ),
];

/// The tables at the top of a file.
pub const TABLES: &[(&str, &str)] = &[
    ("severity", "Levels by rule or group."),
    ("rules", "Options by rule."),
    (
        "words",
        "Words added to the lists of the house, and taken from them.",
    ),
    ("files", "Sections that count only for files that match."),
];

impl Keys {
    /// Every group word, once.
    pub fn groups(&self) -> Vec<&'static str> {
        let mut groups: Vec<&str> = Vec::new();
        for (_, group) in &self.rules {
            if !groups.contains(group) {
                groups.push(group);
            }
        }
        groups
    }

    /// Whether a word names a rule, or a group in the singular or plural.
    pub fn is_rule_or_group(&self, word: &str) -> bool {
        let singular = word.strip_suffix('s').unwrap_or(word);
        self.rules
            .iter()
            .any(|(rule, group)| *rule == word || *group == singular)
    }

    /// The option of this name.
    pub fn option(&self, name: &str) -> Option<&Key> {
        self.options.iter().find(|option| option.name == name)
    }
}

impl Kind {
    /// What a default written as TOML says of what a key takes.
    pub fn of_default(default: &str) -> Kind {
        match default.as_bytes().first() {
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Switch,
            _ => Kind::Number,
        }
    }

    /// Whether a value is what the key takes.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Kind::Switch => value.is_bool(),
            Kind::Number => value.as_integer().is_some_and(|number| number >= 0),
            Kind::Text | Kind::Profile => value.is_str(),
            Kind::List => value
                .as_array()
                .is_some_and(|list| list.iter().all(Value::is_str)),
            Kind::Choice(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        }
    }

    /// What it takes, in words.
    pub fn wanted(self) -> String {
        match self {
            Kind::Switch => "true or false".to_owned(),
            Kind::Number => "a whole number from 0 up".to_owned(),
            Kind::Text | Kind::Profile => "words in quotation marks".to_owned(),
            Kind::List => "a list of words, as in [\"one\", \"two\"]".to_owned(),
            Kind::Choice(words) => one_of(words),
        }
    }
}

/// `“a”, “b” or “c”`
pub fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// The known word that is most like the one that was written, if one is like it.
pub fn meant<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .map(|known| (strsim::damerau_levenshtein(known, &word), known))
        .min()
        .filter(|(distance, known)| *distance <= 3 && known.len() >= 3 * distance)
        .map(|(_, known)| known)
        .or(None)
}
