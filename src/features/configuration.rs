//! What can be typed in a configuration file, and what its words mean: keys, levels, rules, options, word lists.

use crate::config::Profile;
use crate::config::keys::{GENERAL, Kind, LEVELS, TABLES};
use crate::features::completion::{Completion, Item, ItemKind};
use crate::features::hover::Hover;
use crate::rules::keys::KEYS;
use crate::rules::{self, RULES};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Where in a configuration file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place<'a> {
    /// Between the brackets of a line `[…]`.
    Table,
    /// A key in a table.
    Key(&'a str),
    /// The value of a key in a table.
    Value(&'a str, &'a str),
}

/// The word that stands at a byte, what stands of it before the byte, and where that is.
struct Word<'a> {
    place: Place<'a>,
    span: Span,
    words: &'a str,
    is_in_quotes: bool,
}

/// What could be typed at a byte of a configuration file.
pub fn complete(text: &str, at: usize) -> Completion {
    let Some(word) = word(text, at) else {
        return Completion::default();
    };
    let offers: Vec<(String, String, ItemKind)> = match &word.place {
        Place::Table => tables()
            .map(|(name, what)| (name, what, ItemKind::Key))
            .collect(),
        Place::Key(table) => keys(table),
        Place::Value(table, key) => values(table, key)
            .into_iter()
            .map(|(value, what)| {
                let is_word = value.starts_with(char::is_alphabetic);
                let bare = matches!(value.as_str(), "true" | "false");
                let value = match word.is_in_quotes || bare || !is_word {
                    true => value,
                    false => format!("\"{value}\""),
                };
                (value, what, ItemKind::Value)
            })
            .collect(),
    };
    let begun = word.words[..at - word.span.start()].to_lowercase();
    let fits = |label: &str| {
        let label = label.trim_matches('"').to_lowercase();
        begun.is_empty() || label.contains(begun.as_str())
    };
    let items = offers
        .into_iter()
        .filter(|(label, ..)| fits(label))
        .enumerate()
        .map(|(rank, (label, detail, kind))| Item {
            edit: Edit::replace(word.span, label.clone()),
            filter_text: label.clone(),
            sort_text: format!("{rank:03}"),
            documentation: String::new(),
            about: None,
            label,
            detail,
            kind,
        });
    Completion {
        items: items.collect(),
        is_incomplete: false,
    }
}

/// What the words at a byte of a configuration file mean.
pub fn hover(text: &str, at: usize) -> Option<Hover> {
    let word = word(text, at)?;
    let lines = match &word.place {
        Place::Table => tables()
            .find(|(name, _)| name == word.words)
            .map(|(name, what)| vec![format!("**{name}**"), what]),
        Place::Key(table) => about_key(table, word.words),
        Place::Value(_, key) if *key == "profile" => Profile::named(word.words).map(|profile| {
            let file = rules::profiles::file(profile);
            let first = file.lines().next().unwrap_or_default();
            vec![first.trim_start_matches(['#', ' ']).to_owned()]
        }),
        Place::Value(table, key) => about_key(table, key),
    };
    lines.map(|lines| Hover {
        span: word.span,
        lines,
    })
}

fn word(text: &str, at: usize) -> Option<Word<'_>> {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..]
        .find(['\r', '\n'])
        .map_or(text.len(), |by| at + by);
    let line = &text[start..end];
    let before = &text[start..at];
    if before.contains('#') && before.matches('"').count().is_multiple_of(2) {
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_header = line.trim_start().starts_with('[') && !line.contains('=');
    let is_in_word = |c: char| is_part(c) || c == '.' && is_header;
    let first = before.rfind(|c| !is_in_word(c)).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let last = line[before.len()..]
        .find(|c| !is_in_word(c))
        .map_or(line.len(), |by| before.len() + by);
    let span = Span::new(start + first, start + last);
    let table = table_of(text, start);
    let place = match before.find('=') {
        _ if is_header => Place::Table,
        Some(sign) => Place::Value(table, before[..sign].trim()),
        None => Place::Key(table),
    };
    Some(Word {
        place,
        span,
        words: span.of(text),
        is_in_quotes: before.matches('"').count() % 2 == 1,
    })
}

/// The table that a line stands in: the last `[…]` above it.
fn table_of(text: &str, start: usize) -> &str {
    let mut headers = text[..start].lines().rev().map(str::trim);
    headers
        .find(|line| line.starts_with('[') && line.ends_with(']'))
        .map_or("", |line| line.trim_matches(['[', ']', ' ']))
}

/// A table without `files.` before it: sections have the same keys.
fn bare(table: &str) -> &str {
    table.strip_prefix("files.").unwrap_or(table)
}

fn tables() -> impl Iterator<Item = (String, String)> {
    let general = TABLES
        .iter()
        .map(|(name, what)| ((*name).to_owned(), (*what).to_owned()));
    let sections = std::iter::once((
        "files.severity".to_owned(),
        "Levels by rule or group, for the files of the section above.".to_owned(),
    ));
    let mut rules: Vec<(String, String)> = Vec::new();
    for option in &KEYS.options {
        let rule = option.name.split('.').next().unwrap_or_default();
        let name = format!("rules.{rule}");
        if rules.last().is_none_or(|(last, _)| *last != name) {
            let what = rules::rule(rule).map_or("What several rules share.", |rule| rule.summary);
            rules.push((name, what.to_owned()));
        }
    }
    let lists = KEYS.lists.iter().map(|list| {
        (
            format!("words.{list}"),
            "Words added to this list of the house, and taken from it.".to_owned(),
        )
    });
    general.chain(sections).chain(rules).chain(lists)
}

fn keys(table: &str) -> Vec<(String, String, ItemKind)> {
    let key = |name: &str, what: &str, kind| (name.to_owned(), what.to_owned(), kind);
    match bare(table) {
        "severity" => {
            let groups = KEYS.groups().into_iter();
            let groups =
                groups.map(|group| key(group, &format!("every rule on a {group}"), ItemKind::Key));
            let rules = RULES
                .iter()
                .map(|rule| key(rule.name, rule.summary, ItemKind::Rule));
            groups.chain(rules).collect()
        }
        "" | "files" => {
            let own = (table == "files").then(|| {
                key(
                    "match",
                    "The files that it counts for, as globs.",
                    ItemKind::Key,
                )
            });
            let general = GENERAL
                .iter()
                .map(|(name, _, _, what)| key(name, what, ItemKind::Key));
            own.into_iter().chain(general).collect()
        }
        other => match other.split_once('.') {
            Some(("rules", rule)) => {
                let prefix = format!("{rule}.");
                let own = KEYS.options.iter();
                own.filter_map(|option| {
                    let name = option.name.strip_prefix(&prefix)?;
                    Some(key(name, option.summary, ItemKind::Key))
                })
                .collect()
            }
            Some(("words", _)) => vec![
                key("add", "Words added to the list.", ItemKind::Key),
                key("take", "Words taken from it.", ItemKind::Key),
            ],
            _ => Vec::new(),
        },
    }
}

fn values(table: &str, key: &str) -> Vec<(String, String)> {
    let (kind, default) = match bare(table) {
        "severity" => (Kind::Choice(LEVELS), ""),
        "" | "files" => match GENERAL.iter().find(|(name, ..)| *name == key) {
            Some((_, kind, default, _)) => (*kind, *default),
            None => return Vec::new(),
        },
        other => {
            let option = other
                .strip_prefix("rules.")
                .map(|rule| format!("{rule}.{key}"));
            match option.and_then(|name| KEYS.option(&name)) {
                Some(option) => (option.kind, option.default),
                None => return Vec::new(),
            }
        }
    };
    let plain = |words: &[&str]| -> Vec<(String, String)> {
        words
            .iter()
            .map(|word| ((*word).to_owned(), String::new()))
            .collect()
    };
    match kind {
        Kind::Switch => plain(&["true", "false"]),
        Kind::Choice(words) => plain(words),
        Kind::Profile => Profile::ALL
            .iter()
            .map(|profile| {
                let first = rules::profiles::file(*profile)
                    .lines()
                    .next()
                    .unwrap_or_default();
                (
                    profile.name().to_owned(),
                    first.trim_start_matches(['#', ' ']).to_owned(),
                )
            })
            .collect(),
        Kind::Number | Kind::List | Kind::Text if !default.is_empty() => {
            vec![(default.to_owned(), "the default".to_owned())]
        }
        Kind::Number | Kind::List | Kind::Text => Vec::new(),
    }
}

fn about_key(table: &str, key: &str) -> Option<Vec<String>> {
    match bare(table) {
        "severity" => {
            if let Some(rule) = rules::rule(key) {
                let level = rule.severity.map_or("off", |level| level.name());
                return Some(vec![
                    format!("**{key}** — {level} under wire"),
                    rule.summary.to_owned(),
                    rule.why.to_owned(),
                ]);
            }
            let of_group: Vec<&str> = RULES
                .iter()
                .filter(|rule| rules::levels::names_topic(key, rule))
                .map(|rule| rule.name)
                .collect();
            let count = of_group.len();
            (count > 0).then(|| vec![format!("**{key}** — {count} rules"), of_group.join(", ")])
        }
        "" | "files" => {
            let (_, _, default, what) = GENERAL.iter().find(|(name, ..)| *name == key)?;
            Some(vec![
                format!("**{key}** — {default} unless set"),
                (*what).to_owned(),
            ])
        }
        other => {
            let rule = other.strip_prefix("rules.")?;
            let option = KEYS.option(&format!("{rule}.{key}"))?;
            Some(vec![
                format!(
                    "**{key}** — {} unless set; takes {}",
                    option.default,
                    option.kind.wanted()
                ),
                option.summary.to_owned(),
            ])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(marked: &str) -> Vec<String> {
        let at = marked.find("<|>").expect("a cursor");
        let text = marked.replace("<|>", "");
        complete(&text, at)
            .items
            .into_iter()
            .map(|item| item.label)
            .collect()
    }

    fn accepted(marked: &str, label: &str) -> String {
        let at = marked.find("<|>").expect("a cursor");
        let mut text = marked.replace("<|>", "");
        let items = complete(&text, at).items;
        let item = items
            .iter()
            .find(|item| item.label == label)
            .expect("it is offered");
        text.replace_range(item.edit.span.range(), &item.edit.new_text);
        text
    }

    fn about(marked: &str) -> String {
        let at = marked.find("<|>").expect("a cursor");
        hover(&marked.replace("<|>", ""), at).map_or(String::new(), |hover| hover.lines.join("\n"))
    }

    #[test]
    fn rules_are_offered_as_keys_of_levels() {
        let rules = offered("[severity]\nquote-<|>");
        assert!(
            rules.contains(&"quote-without-speaker".to_owned()),
            "{rules:?}"
        );
        assert!(
            rules.iter().all(|rule| rule.contains("quote-")),
            "{rules:?}"
        );
        assert_eq!(
            accepted("[files.severity]\nfragm<|> = \"off\"", "quote-fragment"),
            "[files.severity]\nquote-fragment = \"off\""
        );
    }

    #[test]
    fn levels_profiles_and_switches_are_offered_as_values() {
        assert_eq!(
            offered("[severity]\nquotes = \"<|>\""),
            ["error", "warning", "information", "hint", "off"]
        );
        assert_eq!(accepted("profile = <|>", "\"wire\""), "profile = \"wire\"");
        assert_eq!(
            accepted("profile = \"fea<|>\"", "feature"),
            "profile = \"feature\""
        );
        assert_eq!(offered("root = <|>"), ["true", "false"]);
    }

    #[test]
    fn options_lists_and_tables_are_offered_where_they_belong() {
        assert_eq!(
            offered("[rules.claim-figure-unattributed]\n<|>"),
            ["min-money", "min-count"]
        );
        assert_eq!(offered("[words.roles]\n<|>"), ["add", "take"]);
        assert!(offered("[wor<|>]").contains(&"words.roles".to_owned()));
        assert!(offered("<|>").contains(&"profile".to_owned()));
        assert!(offered("profile = \"wire\" # wh<|>").is_empty());
    }

    #[test]
    fn a_hover_says_what_a_key_is() {
        let rule = about("[severity]\nquote-frag<|>ment = \"off\"");
        assert!(
            rule.starts_with("**quote-fragment** — hint under wire\n"),
            "{rule}"
        );
        let option = about("[rules.claim-figure-unattributed]\nmin-co<|>unt = 5");
        assert!(
            option.starts_with("**min-count** — 100 unless set; takes a whole number from 0 up"),
            "{option}"
        );
        assert!(about("prof<|>ile = \"wire\"").contains("levels that findings start from"));
        assert!(about("profile = \"opi<|>nion\"").starts_with("opinion: "));
        assert!(about("[severity]\ncla<|>ims = \"off\"").contains("claim-figure-unattributed"));
        assert_eq!(about("nothing<|> = 1"), "");
    }
}
