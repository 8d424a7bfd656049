//! What a person set in the editor, as JSON, turned into settings; what cannot be understood is named and left out.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::config::Profile;
use crate::desk::Settings;
use crate::features::format::Quotes;
use crate::finding::Severity;
use crate::rule::Rule;
use crate::rules::RULES;

/// Reads a client's settings: `{"onrecord": {…}}` or what stands inside. Null and missing values leave the default.
/// The second part says, for the person who wrote them, which settings are not understood.
pub fn read(value: &Value) -> (Settings, Vec<String>) {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    let inner = value.get("onrecord").unwrap_or(value);
    match inner {
        Value::Null => {}
        Value::Object(fields) => read_fields(fields, &mut settings, &mut problems),
        other => problems.push(expected("onrecord", "an object with settings", other)),
    }
    (settings, problems)
}

fn read_fields(fields: &Map<String, Value>, settings: &mut Settings, problems: &mut Vec<String>) {
    for (key, value) in fields {
        if value.is_null() {
            continue;
        }
        let name = format!("onrecord.{key}");
        let problem = match key.as_str() {
            "profile" => read_profile(value, settings),
            "hold" => read_hold(value, settings),
            "curlQuotes" => read_curl(value, settings),
            "inlayHints" => read_hints(value, settings),
            "ownOutlets" => read_own_outlets(value, settings),
            "rulePages" => read_rule_pages(value, settings),
            "trustedFolders" => read_trusted(value, settings),
            "severity" if value.is_string() => read_least(value, settings),
            "severity" => {
                each(&name, value, problems, |rule, level| {
                    read_level(rule, level, settings)
                });
                Ok(())
            }
            "rules" => {
                each(&name, value, problems, |rule, value| match value {
                    Value::Object(options) => {
                        for (option, value) in options {
                            read_option(format!("{rule}.{option}"), value, settings);
                        }
                        Ok(())
                    }
                    level => read_level(rule, level, settings)
                        .map_err(|_| "a level, or an object with the rule’s options"),
                });
                Ok(())
            }
            // The editor keeps settings of its own in the same section.
            _ => Ok(()),
        };
        if let Err(wanted) = problem {
            problems.push(expected(&name, wanted, value));
        }
    }
}

/// Says yes, or what was wanted.
type Understood = Result<(), &'static str>;

fn each(
    name: &str,
    value: &Value,
    problems: &mut Vec<String>,
    mut read: impl FnMut(&str, &Value) -> Understood,
) {
    let Value::Object(fields) = value else {
        problems.push(expected(name, "an object with a key for each rule", value));
        return;
    };
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        let is_known = |rule: &&Rule| rule.name == key || rule.topic == key;
        if !RULES.iter().any(is_known) {
            problems.push(format!(
                "Setting {name}.{key} is not used: there is no rule of that name. “onrecord explain” lists the rules."
            ));
            continue;
        }
        if let Err(wanted) = read(key, value) {
            problems.push(expected(&format!("{name}.{key}"), wanted, value));
        }
    }
}

fn read_profile(value: &Value, settings: &mut Settings) -> Understood {
    const WANTED: &str =
        "“wire”, “newsroom-strict”, “feature”, “opinion”, “fact-check” or “plain-text”";
    let name = value.as_str().ok_or(WANTED)?;
    let profile = match name {
        "" => return Ok(()),
        name => Profile::named(name).ok_or(WANTED)?,
    };
    settings.config.profile = profile;
    settings.has_profile = true;
    Ok(())
}

fn read_hold(value: &Value, settings: &mut Settings) -> Understood {
    settings.holds = match value {
        Value::Bool(holds) => *holds,
        Value::String(word) if word == "on" => true,
        Value::String(word) if word == "off" => false,
        _ => return Err("“on” or “off”"),
    };
    Ok(())
}

fn read_hints(value: &Value, settings: &mut Settings) -> Understood {
    const WANTED: &str =
        "an object with “speaker”, “antecedent”, “role” and “wordForWord”, each true or false";
    let fields = value.as_object().ok_or(WANTED)?;
    for (name, is_on) in fields.iter().filter(|(_, value)| !value.is_null()) {
        let is_on = is_on.as_bool().ok_or(WANTED)?;
        if !settings.hints.switch(name, is_on) {
            return Err(WANTED);
        }
    }
    Ok(())
}

fn read_curl(value: &Value, settings: &mut Settings) -> Understood {
    settings.quotes = match value.as_bool() {
        Some(true) => Quotes::Curled,
        Some(false) => Quotes::Kept,
        None => return Err("true or false"),
    };
    Ok(())
}

fn read_own_outlets(value: &Value, settings: &mut Settings) -> Understood {
    const WANTED: &str = "a list of names";
    let names = value.as_array().ok_or(WANTED)?;
    let names: Option<Vec<String>> = names
        .iter()
        .map(|name| Some(name.as_str()?.trim().to_lowercase()))
        .collect();
    settings.config.own_outlets = names.ok_or(WANTED)?;
    Ok(())
}

fn read_trusted(value: &Value, settings: &mut Settings) -> Understood {
    const WANTED: &str = "a list of folders, each from the root";
    let folders = value.as_array().ok_or(WANTED)?.iter();
    let folders: Option<Vec<PathBuf>> = folders
        .map(|folder| Some(PathBuf::from(folder.as_str()?)).filter(|path| path.is_absolute()))
        .collect();
    settings.trusted = folders.ok_or(WANTED)?;
    Ok(())
}

fn read_rule_pages(value: &Value, settings: &mut Settings) -> Understood {
    let address = value.as_str().ok_or("a web address")?.trim();
    settings.config.rule_pages = (!address.is_empty()).then(|| address.to_owned());
    Ok(())
}

fn read_least(value: &Value, settings: &mut Settings) -> Understood {
    settings.least = level(value)?;
    Ok(())
}

fn read_level(rule: &str, value: &Value, settings: &mut Settings) -> Understood {
    settings
        .config
        .levels
        .insert(rule.to_owned(), level(value)?);
    Ok(())
}

fn level(value: &Value) -> Result<Option<Severity>, &'static str> {
    match value.as_str() {
        Some("error") => Ok(Some(Severity::Error)),
        Some("warning") => Ok(Some(Severity::Warning)),
        Some("information" | "info") => Ok(Some(Severity::Information)),
        Some("hint") => Ok(Some(Severity::Hint)),
        Some("off") => Ok(None),
        _ => Err("“error”, “warning”, “information”, “hint” or “off”"),
    }
}

fn read_option(name: String, value: &Value, settings: &mut Settings) {
    if let Ok(value) = toml::Value::try_from(value) {
        settings.config.options.insert(name, value);
    }
}

fn expected(name: &str, wanted: &str, value: &Value) -> String {
    format!("Setting {name} is not used: it should be {wanted}, and is {value}.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_setting_is_read() {
        let (settings, problems) = read(&json!({"onrecord": {
            "profile": "feature",
            "severity": {"stet-unused": "error", "stet-unreasoned": "off"},
            "rules": {"claim-figure-unattributed": {"min-count": 3, "verbs": ["rose", "fell"]}},
            "hold": "off",
            "inlayHints": {"wordForWord": true},
            "curlQuotes": true,
            "ownOutlets": ["The Harlow Post"],
            "rulePages": "https://desk.example/rules",
            "server": {"path": "/usr/bin/onrecord"},
        }}));
        assert_eq!(problems, Vec::<String>::new());
        let config = settings.config;
        assert_eq!(config.profile, Profile::Feature);
        assert_eq!(config.levels["stet-unused"], Some(Severity::Error));
        assert_eq!(config.levels["stet-unreasoned"], None);
        assert_eq!(
            config.options["claim-figure-unattributed.min-count"].as_integer(),
            Some(3)
        );
        assert_eq!(config.own_outlets, ["the harlow post"]);
        assert_eq!(
            config.rule_pages.as_deref(),
            Some("https://desk.example/rules")
        );
        assert!(!settings.holds);
        assert_eq!(settings.quotes, Quotes::Curled);
        assert_eq!(settings.hints.0, [true, false, false, true]);
    }

    #[test]
    fn a_single_severity_is_the_least_that_is_shown_and_a_rule_may_have_just_a_level() {
        let (settings, problems) = read(&json!({
            "severity": "warning",
            "rules": {"stet-unused": "error", "stet-unreasoned": "off", "claim-figure-unattributed": 4},
        }));
        assert_eq!(settings.least, Some(Severity::Warning));
        assert_eq!(settings.config.levels["stet-unused"], Some(Severity::Error));
        assert_eq!(settings.config.levels["stet-unreasoned"], None);
        assert_eq!(
            problems,
            [
                "Setting onrecord.rules.claim-figure-unattributed is not used: it should be a level, or an object with the rule’s options, and is 4."
            ]
        );
    }

    #[test]
    fn nothing_set_is_the_default() {
        for nothing in [
            json!(null),
            json!({}),
            json!({"onrecord": null}),
            json!({"profile": null, "severity": null, "rules": {"stet-unused": null}}),
        ] {
            let (settings, problems) = read(&nothing);
            assert_eq!((settings, problems), (Settings::default(), vec![]));
        }
    }

    #[test]
    fn what_is_not_understood_is_named_and_the_rest_is_kept() {
        let (settings, problems) = read(&json!({
            "profile": 7,
            "severity": {"stet-unused": "loud", "stet-unreasoned": "hint"},
            "rules": [],
            "hold": "off",
        }));
        assert!(!settings.holds);
        assert_eq!(settings.config.levels.len(), 1);
        assert_eq!(problems.len(), 3);
        assert!(
            problems
                .iter()
                .any(|problem| problem.starts_with("Setting onrecord.severity.stet-unused"))
        );
        let (_, problems) = read(&json!("loud"));
        assert_eq!(problems.len(), 1);
    }
}
