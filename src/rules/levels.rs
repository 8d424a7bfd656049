//! How much each rule matters for one draft: built-in, profile, status, configuration and header, the later ones winning.

use std::sync::Arc;

use super::{RULES, place_of, profiles};
use crate::config::{Config, Levels as ProfileLevels, Profile};
use crate::finding::Severity;
use crate::rule::Rule;
use crate::story::outline::{Facts, Status};

/// The level of every rule for one draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels {
    /// One for each of [`RULES`].
    rules: Vec<Level>,
    status: Option<Status>,
    profile: Option<Arc<ProfileLevels>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Level {
    severity: Option<Severity>,
    /// Whether a person set it; then the status does not move it.
    is_set: bool,
}

impl Levels {
    /// The levels for a draft with these facts under this configuration.
    pub fn of(facts: &Facts, config: &Config) -> Levels {
        let header = facts.profile.as_deref().and_then(Profile::named);
        let profile = match (header, &config.own_profile) {
            (Some(profile), _) => profiles::levels(profile),
            (None, Some(own)) => own,
            (None, None) => profiles::levels(config.profile),
        }
        .clone();
        let of_profile = profiles::all(&profile);
        let is_set = !facts.checks.is_empty() || !config.levels.is_empty();
        let rules = RULES
            .iter()
            .zip(&*of_profile)
            .map(|(rule, of_profile)| {
                if !is_set {
                    return Level {
                        severity: *of_profile,
                        is_set: false,
                    };
                }
                let person = |name: &str| {
                    let header = facts.checks.iter().rev().find(|check| check.name == name);
                    header
                        .map(|check| check.level)
                        .or_else(|| config.levels.get(name).copied())
                };
                let header = facts
                    .checks
                    .iter()
                    .rev()
                    .find(|check| check.name == rule.name || names_topic(&check.name, rule));
                let set = header
                    .map(|check| check.level)
                    .or_else(|| person(rule.name))
                    .or_else(|| person(rule.topic))
                    .or_else(|| person(&format!("{}s", rule.topic)));
                Level {
                    severity: set.unwrap_or(*of_profile),
                    is_set: set.is_some(),
                }
            })
            .collect();
        Levels {
            rules,
            status: config.status.or(facts.status).or(config.default_status),
            profile: Some(profile),
        }
    }

    /// The profile that they start from.
    pub fn profile(&self) -> &ProfileLevels {
        let wire = profiles::levels(Profile::Wire);
        self.profile.as_ref().unwrap_or(wire)
    }

    /// The level of a rule's plain finding; none is off.
    pub fn of_plain(&self, rule: &Rule) -> Option<Severity> {
        let level = self.of_rule(rule.name)?.1;
        let severity = level.severity?;
        Some(match self.status {
            Some(status) if !level.is_set => under_status(rule, severity, status),
            _ => severity,
        })
    }

    /// Whether a rule is to run.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.of_rule(rule.name)
            .is_some_and(|(_, level)| level.severity.is_some())
    }

    /// Whether the same rules run under both.
    pub fn same_rules(&self, other: &Levels) -> bool {
        self.rules.len() == other.rules.len()
            && self
                .rules
                .iter()
                .zip(&other.rules)
                .all(|(one, two)| one.severity.is_some() == two.severity.is_some())
    }

    /// The level of a finding; its rule gave it a severity around its own built-in one, and the distance is kept. None is off.
    pub fn level(&self, rule: &str, given: Severity) -> Option<Severity> {
        self.level_at(place_of(rule), given)
    }

    /// The same for a rule by its place in the catalogue.
    pub fn level_at(&self, place: usize, given: Severity) -> Option<Severity> {
        let (rule, level) = self.rule_at(place)?;
        let severity = level.severity?;
        let base = rule.severity.unwrap_or(given);
        let distance = given as i8 - base as i8;
        let severity = stepped(severity, distance);
        if level.is_set {
            return Some(severity.min(level.severity?));
        }
        Some(match self.status {
            Some(status) => under_status(rule, severity, status),
            None => severity,
        })
    }

    /// The rules that are to run, in the order of the catalogue.
    pub fn running(&self) -> impl Iterator<Item = &'static Rule> {
        let rules = RULES.iter().copied().zip(&self.rules);
        rules
            .filter(|(_, level)| level.severity.is_some())
            .map(|(rule, _)| rule)
    }

    fn of_rule(&self, name: &str) -> Option<(&'static Rule, Level)> {
        self.rule_at(place_of(name))
    }

    fn rule_at(&self, at: usize) -> Option<(&'static Rule, Level)> {
        Some((RULES.get(at).copied()?, *self.rules.get(at)?))
    }
}

/// Whether a word names the rule's group: `claim` or `claims`.
pub fn names_topic(word: &str, rule: &Rule) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    // Figures are claims: as a group of their own they have no topic.
    word == rule.topic || word == "figure" && rule.name.contains("-figure-")
}

/// A severity some steps up or down.
pub fn stepped(severity: Severity, steps: i8) -> Severity {
    const ALL: [Severity; 4] = [
        Severity::Hint,
        Severity::Information,
        Severity::Warning,
        Severity::Error,
    ];
    ALL[(severity as i8 + steps).clamp(0, 3) as usize]
}

/// What is merely unfinished is soft while a story is written, and hard when it is to be printed.
fn under_status(rule: &Rule, severity: Severity, status: Status) -> Severity {
    const PRINTED: [&str; 3] = ["placeholder-left", "source-undeclared", "quote-unbalanced"];
    match status {
        Status::Final | Status::Published if PRINTED.contains(&rule.name) => Severity::Error,
        _ if !rule.is_unfinished => severity,
        Status::Pitch | Status::Draft if rule.name == "placeholder-left" => Severity::Hint,
        Status::Pitch | Status::Draft => match severity {
            Severity::Error | Severity::Warning => Severity::Information,
            Severity::Information | Severity::Hint => Severity::Hint,
        },
        Status::Edit => severity.min(Severity::Warning),
        Status::FactCheck | Status::Legal | Status::Final | Status::Published | Status::Killed => {
            severity
        }
    }
}
