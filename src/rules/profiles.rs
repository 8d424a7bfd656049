//! The built-in profiles: for each, what differs from every rule's own level. They are files that a newsroom can copy.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::RULES;
use super::levels::{names_topic, stepped};
use crate::config::sheet::{self, Use};
use crate::config::{Change, Levels, Profile};
use crate::finding::Severity;
use crate::rule::Rule;

use super::keys::KEYS;

/// The file of a profile.
pub fn file(profile: Profile) -> &'static str {
    match profile {
        Profile::Wire => include_str!("profiles/wire.toml"),
        Profile::NewsroomStrict => include_str!("profiles/newsroom-strict.toml"),
        Profile::Feature => include_str!("profiles/feature.toml"),
        Profile::Opinion => include_str!("profiles/opinion.toml"),
        Profile::FactCheck => include_str!("profiles/fact-check.toml"),
        Profile::PlainText => include_str!("profiles/plain-text.toml"),
    }
}

static BUILT_IN: LazyLock<Vec<Arc<Levels>>> = LazyLock::new(|| {
    let read = |profile| {
        let read = sheet::read(file(profile), &KEYS, Use::Profile);
        Arc::new(Levels::of(profile.name(), &read.sheet))
    };
    Profile::ALL.into_iter().map(read).collect()
});

/// What a profile changes.
pub fn levels(profile: Profile) -> &'static Arc<Levels> {
    let at = Profile::ALL.iter().position(|known| *known == profile);
    &BUILT_IN[at.expect("every profile is in the list")]
}

/// The level of every rule of [`RULES`] under a profile.
pub fn all(levels: &Arc<Levels>) -> Cow<'static, [Option<Severity>]> {
    static OF_BUILT_IN: LazyLock<Vec<Vec<Option<Severity>>>> =
        LazyLock::new(|| BUILT_IN.iter().map(|levels| of_each(levels)).collect());
    let built_in = BUILT_IN.iter().position(|known| Arc::ptr_eq(known, levels));
    match built_in {
        Some(at) => Cow::Borrowed(&OF_BUILT_IN[at]),
        None => Cow::Owned(of_each(levels)),
    }
}

fn of_each(levels: &Levels) -> Vec<Option<Severity>> {
    RULES.iter().map(|rule| level(levels, rule)).collect()
}

/// The level of a rule under a profile; what is said of the rule itself counts more than what is said of its group.
pub fn level(levels: &Levels, rule: &Rule) -> Option<Severity> {
    let changes = levels.changes.iter();
    let change = changes
        .clone()
        .rfind(|(name, _)| *name == rule.name)
        .or_else(|| changes.clone().rfind(|(name, _)| names_topic(name, rule)));
    match change {
        None => rule.severity,
        Some((_, Change::Set(level))) => *level,
        Some((_, Change::Up)) => rule.severity.map(|severity| stepped(severity, 1)),
        Some((_, Change::Down)) => rule.severity.map(|severity| stepped(severity, -1)),
    }
}
