//! Reads a configuration file: what it sets, where, and what in it is not understood.

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::keys::{GENERAL, Keys, Kind, LEVELS, TABLES, meant, one_of};
use super::{Mistake, Profile};
use crate::text::order;
use crate::text::span::Span;

/// What a configuration file sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What counts for every draft, in the order of the file.
    pub settings: Vec<Setting>,
    /// What counts for some files only, in the order of the file.
    pub sections: Vec<Section>,
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// `profile`, `severity.RULE`, `rules.RULE.OPTION`, `words.LIST.add` …
    pub key: String,
    /// What it is set to.
    pub value: Value,
    /// The key, in bytes of the file.
    pub span: Span,
}

/// What counts for some files only.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Globs from the file's folder; one without a slash matches a name in any folder.
    pub patterns: Vec<String>,
    /// What is set for them.
    pub settings: Vec<Setting>,
}

/// A file that was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What it sets, as far as it is understood.
    pub sheet: Sheet,
    /// What is not understood, in order of place.
    pub mistakes: Vec<Mistake>,
    /// Keys whose value is not understood: an earlier good value stays in force.
    pub spoilt: Vec<String>,
    /// Whether the whole of it is TOML.
    pub is_whole: bool,
}

/// Which kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// `onrecord.toml`
    Project,
    /// A profile file, in which a level may also be `up` or `down`.
    Profile,
}

/// Reads a file. What is not understood is left out and told.
pub fn read(text: &str, keys: &Keys, purpose: Use) -> Read {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        keys,
        purpose,
        is_in_section: false,
        read: Read {
            is_whole: errors.is_empty(),
            ..Read::default()
        },
    };
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let end = span.end.max(span.start).min(text.len());
        reader.read.mistakes.push(Mistake {
            span: Span::new(span.start.min(end), end),
            what: format!(
                "This is not TOML: {}.",
                error.message().replace('\n', ", ").trim_end_matches('.')
            ),
            instead: None,
        });
    }
    let settings = reader.table(table.get_ref());
    reader.read.sheet.settings = settings;
    let mut read = reader.read;
    // In a line that is not TOML nothing else is to be said.
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count();
    let broken: Vec<usize> = read.mistakes[..errors.len()]
        .iter()
        .map(|it| line(it.span.start()))
        .collect();
    let mut index = 0;
    read.mistakes.retain(|mistake| {
        index += 1;
        index <= errors.len() || !broken.contains(&line(mistake.span.start()))
    });
    order::by_key(&mut read.mistakes, |mistake| mistake.span);
    read
}

struct Reader<'a> {
    keys: &'a Keys,
    purpose: Use,
    is_in_section: bool,
    read: Read,
}

impl Reader<'_> {
    /// The settings of the file or of one of its sections.
    fn table(&mut self, table: &DeTable) -> Vec<Setting> {
        let mut settings = Vec::new();
        let mut entries: Vec<_> = table.iter().collect();
        order::by_key(&mut entries, |(key, _)| key.span().start);
        for (key, value) in entries {
            let (name, span) = (key.get_ref().as_ref(), place(key.span()));
            let general = GENERAL.iter().find(|(known, ..)| *known == name);
            match (name, general) {
                (_, Some((_, kind, ..))) => {
                    let inside = place(value.span());
                    self.value(name, *kind, value.get_ref(), span, inside, &mut settings);
                }
                ("severity", _) => self.levels(value.get_ref(), span, &mut settings),
                ("rules", _) => self.rules(value.get_ref(), span, &mut settings),
                ("words", _) => self.words(value.get_ref(), span, &mut settings),
                ("files", _) if self.is_in_section => {
                    let what = "A section for files holds no further sections.".to_owned();
                    self.mistake(span, what, None);
                }
                ("files", _) => {
                    self.is_in_section = true;
                    self.files(value.get_ref(), span);
                    self.is_in_section = false;
                }
                ("match", _) if self.is_in_section => {}
                _ => {
                    let known = GENERAL.iter().map(|(known, ..)| *known);
                    let known = known.chain(TABLES.iter().map(|(known, _)| *known));
                    let is_rule = self.keys.is_rule_or_group(name);
                    match meant(name, known) {
                        None if is_rule => self.mistake(
                            span,
                            format!("“{name}” is a rule: its level stands under [severity], its options under [rules.{name}]."),
                            None,
                        ),
                        meant => self.unknown(span, name, "key", meant),
                    }
                }
            }
        }
        settings
    }

    /// One key of a known kind.
    fn value(
        &mut self,
        key: &str,
        kind: Kind,
        value: &DeValue,
        span: Span,
        inside: Span,
        settings: &mut Vec<Setting>,
    ) {
        let given = plain(value);
        if !kind.fits(&given) {
            let instead = match (kind, given.as_str()) {
                (Kind::Choice(words), Some(word)) => meant(word, words.iter().copied()),
                _ => None,
            };
            let hint = instead.map_or(String::new(), |word| format!(" Did you mean {word}?"));
            let what = format!("“{key}” takes {}.{hint}", kind.wanted());
            self.spoil(key);
            return self.mistake(inside, what, instead.map(|word| format!("\"{word}\"")));
        }
        let name = given.as_str().filter(|_| kind == Kind::Profile);
        let is_known = |name: &&str| Profile::named(name).is_some() || name.ends_with(".toml");
        if let Some(name) = name.filter(|name| !is_known(name)) {
            let names = Profile::ALL.map(Profile::name);
            let near = meant(name, names.into_iter());
            let what = match near {
                Some(near) => format!("“{name}” is no profile. Did you mean {near}?"),
                None => format!(
                    "“{name}” is no profile: {}, or the path of a profile file that ends in .toml.",
                    one_of(&names)
                ),
            };
            self.spoil(key);
            return self.mistake(inside, what, near.map(|name| format!("\"{name}\"")));
        }
        settings.push(Setting {
            key: key.to_owned(),
            value: given,
            span,
        });
    }

    /// `[severity]`
    fn levels(&mut self, value: &DeValue, span: Span, settings: &mut Vec<Setting>) {
        for (name, name_span, value, inside) in self.entries("severity", value, span) {
            if !self.keys.is_rule_or_group(&name) {
                let near = self.rule_like(&name);
                self.unknown(name_span, &name, "rule", near);
                continue;
            }
            let key = format!("severity.{name}");
            let mut words: Vec<&str> = LEVELS.to_vec();
            if self.purpose == Use::Profile {
                words.extend(["up", "down"]);
            }
            match value.as_str() {
                Some(word) if words.contains(&word) || word == "info" => settings.push(Setting {
                    key,
                    value,
                    span: name_span,
                }),
                given => {
                    let near = given.and_then(|word| meant(word, words.iter().copied()));
                    let hint = near.map_or(String::new(), |word| format!(" Did you mean {word}?"));
                    let what = format!("A level is {}.{hint}", one_of(&words));
                    self.spoil(&key);
                    self.mistake(inside, what, near.map(|word| format!("\"{word}\"")));
                }
            }
        }
    }

    /// `[rules.NAME]`
    fn rules(&mut self, value: &DeValue, span: Span, settings: &mut Vec<Setting>) {
        let Some(table) = value.as_table() else {
            return self.mistake(span, "“rules” is a table: [rules.NAME].".to_owned(), None);
        };
        let mut rules: Vec<_> = table.iter().collect();
        order::by_key(&mut rules, |(key, _)| key.span().start);
        for (key, value) in rules {
            let (rule, span) = (key.get_ref().as_ref(), place(key.span()));
            let prefix = format!("{rule}.");
            let is_known = self.keys.is_rule_or_group(rule)
                || self
                    .keys
                    .options
                    .iter()
                    .any(|it| it.name.starts_with(&prefix));
            if !is_known {
                let near = self.rule_like(rule);
                self.unknown(span, rule, "rule", near);
                continue;
            }
            let Some(options) = value.get_ref().as_table() else {
                let what = format!(
                    "[rules.{rule}] holds options; the level of a rule stands under [severity]."
                );
                self.mistake(span, what, None);
                continue;
            };
            let mut options: Vec<_> = options.iter().collect();
            order::by_key(&mut options, |(key, _)| key.span().start);
            for (key, value) in options {
                let (option, span) = (key.get_ref().as_ref(), place(key.span()));
                match self.keys.option(&format!("{prefix}{option}")).cloned() {
                    Some(known) => {
                        let inside = place(value.span());
                        let key = format!("rules.{}", known.name);
                        self.value(&key, known.kind, value.get_ref(), span, inside, settings);
                    }
                    None => {
                        let keys = self.keys;
                        let options = keys.options.iter();
                        let known: Vec<&str> = options
                            .filter_map(|it| it.name.strip_prefix(&*prefix))
                            .collect();
                        match meant(option, known.iter().copied()) {
                            None if known.is_empty() => {
                                self.mistake(span, format!("“{rule}” has no options."), None)
                            }
                            None => self.mistake(
                                span,
                                format!(
                                    "“{option}” is no option of {rule}: it has {}.",
                                    one_of(&known)
                                ),
                                None,
                            ),
                            near => self.unknown(span, option, "option", near),
                        }
                    }
                }
            }
        }
    }

    /// `[words]`, with `LIST.add` and `LIST.take`.
    fn words(&mut self, value: &DeValue, span: Span, settings: &mut Vec<Setting>) {
        let Some(table) = value.as_table() else {
            return self.mistake(span, "“words” is a table: [words.LIST].".to_owned(), None);
        };
        let mut lists: Vec<_> = table.iter().collect();
        order::by_key(&mut lists, |(key, _)| key.span().start);
        for (key, value) in lists {
            let (list, span) = (key.get_ref().as_ref(), place(key.span()));
            if !self.keys.lists.contains(&list) {
                let near = meant(list, self.keys.lists.iter().copied());
                if near.is_some() {
                    self.unknown(span, list, "word list", near);
                } else {
                    let lists = one_of(&self.keys.lists);
                    self.mistake(span, format!("“{list}” is no word list: {lists}."), None);
                }
                continue;
            }
            for (verb, verb_span, value, inside) in self.entries(list, value.get_ref(), span) {
                if !matches!(verb.as_str(), "add" | "take") {
                    self.mistake(
                        verb_span,
                        format!("[words.{list}] takes “add” and “take”, not “{verb}”."),
                        None,
                    );
                } else if !Kind::List.fits(&value) {
                    let key = format!("words.{list}.{verb}");
                    self.spoil(&key);
                    self.mistake(
                        inside,
                        format!("“{verb}” takes {}.", Kind::List.wanted()),
                        None,
                    );
                } else {
                    settings.push(Setting {
                        key: format!("words.{list}.{verb}"),
                        value,
                        span: verb_span,
                    });
                }
            }
        }
    }

    /// `[[files]]`
    fn files(&mut self, value: &DeValue, span: Span) {
        const WANTED: &str = "[[files]] begins a section; `match` in it says for which files: match = \"opinion/**\".";
        if self.purpose == Use::Profile {
            return self.mistake(
                span,
                "A profile has no sections for files.".to_owned(),
                None,
            );
        }
        let Some(sections) = value.as_array() else {
            return self.mistake(span, WANTED.to_owned(), None);
        };
        for section in sections.iter() {
            let place = place(section.span());
            let Some(table) = section.get_ref().as_table() else {
                self.mistake(place, WANTED.to_owned(), None);
                continue;
            };
            let patterns = table
                .iter()
                .find(|(key, _)| key.get_ref() == "match")
                .map(|(_, value)| (plain(value.get_ref()), value.span()));
            let Some((patterns, at)) = patterns else {
                self.mistake(place, WANTED.to_owned(), None);
                continue;
            };
            let patterns: Option<Vec<String>> = match patterns {
                Value::String(one) => Some(vec![one]),
                Value::Array(list) => list
                    .iter()
                    .map(|one| Some(one.as_str()?.to_owned()))
                    .collect(),
                _ => None,
            };
            let at = self::place(at);
            let Some(patterns) = patterns else {
                self.mistake(
                    at,
                    "“match” takes a glob, or a list of them.".to_owned(),
                    None,
                );
                continue;
            };
            if let Some(why) = patterns.iter().find_map(|it| super::merge::glob(it).err()) {
                self.mistake(at, format!("This glob is not understood: {why}."), None);
                continue;
            }
            let settings = self.table(table);
            self.read
                .sheet
                .sections
                .push(Section { patterns, settings });
        }
    }

    /// The entries of a table of plain values, in order; a mistake if it is none.
    fn entries(
        &mut self,
        name: &str,
        value: &DeValue,
        span: Span,
    ) -> Vec<(String, Span, Value, Span)> {
        let Some(table) = value.as_table() else {
            self.mistake(
                span,
                format!("“{name}” is a table: it has keys of its own."),
                None,
            );
            return Vec::new();
        };
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                (
                    key.get_ref().to_string(),
                    place(key.span()),
                    plain(value.get_ref()),
                    place(value.span()),
                )
            })
            .collect();
        order::by_key(&mut entries, |entry| entry.1);
        entries
    }

    fn rule_like(&self, word: &str) -> Option<&'static str> {
        let groups = self.keys.groups();
        let rules = self.keys.rules.iter().map(|(rule, _)| *rule);
        meant(word, rules.chain(groups))
    }

    fn unknown(&mut self, span: Span, name: &str, what: &str, near: Option<&str>) {
        let told = match near {
            Some(near) => format!("“{name}” is no {what}. Did you mean {near}?"),
            None if what == "rule" => {
                format!("“{name}” is no rule. “onrecord explain” lists the rules.")
            }
            None => format!("“{name}” is no {what} of a configuration."),
        };
        self.mistake(span, told, near.map(str::to_owned));
    }

    fn mistake(&mut self, span: Span, what: String, instead: Option<String>) {
        self.read.mistakes.push(Mistake {
            span,
            what,
            instead,
        });
    }

    fn spoil(&mut self, key: &str) {
        self.read.spoilt.push(key.to_owned());
    }
}

fn place(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// A value without its places.
fn plain(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix())
                .map_or_else(|_| Value::String(digits), Value::Integer)
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(on) => Value::Boolean(*on),
        DeValue::Datetime(time) => Value::Datetime(*time),
        DeValue::Array(list) => {
            Value::Array(list.iter().map(|value| plain(value.get_ref())).collect())
        }
        DeValue::Table(table) => Value::Table(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref())))
                .collect(),
        ),
    }
}
