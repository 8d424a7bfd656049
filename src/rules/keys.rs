//! The keys that the rules bring to a configuration file.

use std::sync::LazyLock;

use super::RULES;
use crate::config::keys::{Key, Keys, Kind};
use crate::words;

/// The options that several rules share.
pub const SHARED: &[(&str, Kind, &str, &str)] = &[(
    "claims.scope",
    Kind::Choice(&["paragraph", "sentence"]),
    "\"paragraph\"",
    "With `\"sentence\"`, a source elsewhere in the paragraph no longer answers for a claim.",
)];

/// All of them.
pub static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let shared = SHARED.iter().map(|(name, kind, default, summary)| Key {
        name: (*name).to_owned(),
        kind: *kind,
        summary,
        default,
    });
    let own = RULES.iter().flat_map(|rule| {
        rule.options.iter().map(|option| Key {
            name: format!("{}.{}", rule.name, option.name),
            kind: Kind::of_default(option.default),
            summary: option.summary,
            default: option.default,
        })
    });
    Keys {
        rules: RULES.iter().map(|rule| (rule.name, rule.topic)).collect(),
        options: shared.chain(own).collect(),
        lists: words::LISTS_OF_A_HOUSE
            .iter()
            .map(|(name, _)| *name)
            .collect(),
    }
});
