//! The profiles: for each, what differs from `wire`.

use super::levels::{names_topic, stepped};
use crate::config::Profile;
use crate::finding::Severity;
use crate::rule::Rule;

/// What a profile does to a rule or a group.
pub enum Change {
    /// Gives it this level; none is off.
    Set(Option<Severity>),
    /// Moves it one step up.
    Up,
}

use Change::{Set, Up};
use Severity::{Hint, Warning};

const STRICT: &[(&str, Change)] = &[("anonymous-source-no-reason", Set(Some(Warning)))];

const FEATURE: &[(&str, Change)] = &[
    ("quote-attribution-late", Set(None)),
    ("attribution-tense-mix", Set(None)),
    ("lede-unattributed", Set(None)),
];

const OPINION: &[(&str, Change)] = &[("claim", Set(None))];

const FACT_CHECK: &[(&str, Change)] = &[("claim", Up), ("report-without-link", Set(Some(Warning)))];

const PLAIN_TEXT: &[(&str, Change)] = &[
    ("report-without-link", Set(Some(Hint))),
    ("date-unanchored", Set(Some(Hint))),
    ("claim-consensus-unattributed", Set(Some(Hint))),
];

/// What a profile changes, by rule name or group word; the first that fits counts.
pub fn changes(profile: Profile) -> &'static [(&'static str, Change)] {
    match profile {
        Profile::Wire => &[],
        Profile::NewsroomStrict => STRICT,
        Profile::Feature => FEATURE,
        Profile::Opinion => OPINION,
        Profile::FactCheck => FACT_CHECK,
        Profile::PlainText => PLAIN_TEXT,
    }
}

/// The level of a rule under a profile.
pub fn level(profile: Profile, rule: &Rule) -> Option<Severity> {
    let change = changes(profile)
        .iter()
        .find(|(name, _)| *name == rule.name || names_topic(name, rule));
    match change {
        None => rule.severity,
        Some((_, Set(level))) => *level,
        Some((_, Up)) => rule.severity.map(|severity| stepped(severity, 1)),
    }
}
