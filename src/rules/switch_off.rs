//! Edits of a configuration file that switch a rule off, for a project or for one file, and leave everything else as it stands.

use super::keys::KEYS;
use crate::config::sheet::{self, Setting, Use};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// What stands behind a line that an edit writes: the reason is for a person to give.
const REASON: &str = "# TK: why";

/// Switches a rule off for every draft that the file counts for.
pub fn off(text: &str, rule: &str) -> Edit {
    let read = sheet::read(text, &KEYS, Use::Project);
    let key = format!("severity.{rule}");
    let settings = &read.sheet.settings;
    if let Some(set) = settings.iter().find(|setting| setting.key == key) {
        return replaced(text, set);
    }
    let line = format!("{rule} = \"off\" {REASON}\n");
    match last_level(settings) {
        Some(last) => after_line(text, last, &line),
        None => at_end(text, &format!("[severity]\n{line}")),
    }
}

/// Switches a rule off for the one file that `path`, counted from the configuration file’s folder, names.
pub fn off_for(text: &str, rule: &str, path: &str) -> Edit {
    let read = sheet::read(text, &KEYS, Use::Project);
    let key = format!("severity.{rule}");
    let line = format!("{rule} = \"off\" {REASON}\n");
    let mut sections = read.sheet.sections.iter();
    if let Some(section) = sections.find(|section| section.patterns == [path]) {
        if let Some(set) = section.settings.iter().find(|setting| setting.key == key) {
            return replaced(text, set);
        }
        if let Some(last) = last_level(&section.settings) {
            return after_line(text, last, &line);
        }
    }
    let path = path.replace('\\', "\\\\").replace('"', "\\\"");
    at_end(
        text,
        &format!("[[files]]\nmatch = \"{path}\"\n\n[files.severity]\n{line}"),
    )
}

/// The level that stands last among some settings.
fn last_level(settings: &[Setting]) -> Option<&Setting> {
    let levels = settings
        .iter()
        .filter(|setting| setting.key.starts_with("severity."));
    levels.max_by_key(|setting| setting.span.start())
}

/// Another value for a key; a comment behind it stays.
fn replaced(text: &str, set: &Setting) -> Edit {
    let line = &text[set.span.end()..line_end(text, set.span.end())];
    let value = line
        .find('"')
        .and_then(|open| Some((open, open + 2 + line[open + 1..].find('"')?)));
    match value {
        Some((open, close)) => {
            let at = set.span.end();
            Edit::replace(Span::new(at + open, at + close), "\"off\"")
        }
        None => Edit::insert(line_end(text, set.span.end()), ""),
    }
}

fn after_line(text: &str, set: &Setting, line: &str) -> Edit {
    let end = line_end(text, set.span.end());
    match text[end..].find('\n') {
        Some(by) => Edit::insert(end + by + 1, line),
        None => Edit::insert(text.len(), format!("\n{line}")),
    }
}

fn at_end(text: &str, table: &str) -> Edit {
    let gap = match text {
        "" => "",
        _ if text.ends_with("\n\n") => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    Edit::insert(text.len(), format!("{gap}{table}"))
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..]
        .find(['\r', '\n'])
        .map_or(text.len(), |by| from + by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, edit: &Edit) -> String {
        let mut text = text.to_owned();
        text.replace_range(edit.span.range(), &edit.new_text);
        // What was written is understood, whatever stood there before.
        let read = sheet::read(&text, &KEYS, Use::Project);
        assert!(read.mistakes.is_empty(), "{:?} in\n{text}", read.mistakes);
        text
    }

    fn off_in(text: &str) -> String {
        after(text, &off(text, "quote-fragment"))
    }

    fn off_for_pier(text: &str) -> String {
        after(text, &off_for(text, "quote-fragment", "drafts/pier.lede"))
    }

    #[test]
    fn a_rule_is_switched_off_and_comments_stay() {
        assert_eq!(
            off_in(""),
            "[severity]\nquote-fragment = \"off\" # TK: why\n"
        );
        assert_eq!(
            off_in("profile = \"wire\" # ours"),
            "profile = \"wire\" # ours\n\n[severity]\nquote-fragment = \"off\" # TK: why\n"
        );
        assert_eq!(
            off_in(
                "[severity]\nquotes = \"hint\" # loud\n\n[rules.claims]\nscope = \"sentence\"\n"
            ),
            "[severity]\nquotes = \"hint\" # loud\nquote-fragment = \"off\" # TK: why\n\n[rules.claims]\nscope = \"sentence\"\n"
        );
        assert_eq!(
            off_in("[severity]\nquote-fragment = \"hint\" # loud\n"),
            "[severity]\nquote-fragment = \"off\" # loud\n"
        );
        assert_eq!(
            off_in("severity.quote-fragment = \"hint\""),
            "severity.quote-fragment = \"off\""
        );
    }

    #[test]
    fn a_rule_is_switched_off_for_one_file() {
        let section = "[[files]]\nmatch = \"drafts/pier.lede\"\n\n[files.severity]\nquote-fragment = \"off\" # TK: why\n";
        assert_eq!(off_for_pier(""), section);
        assert_eq!(
            off_for_pier("# ours\n[severity]\nquotes = \"hint\"\n"),
            format!("# ours\n[severity]\nquotes = \"hint\"\n\n{section}")
        );
        let other = section.replace("quote-fragment", "source-unused");
        assert_eq!(
            off_for_pier(&other),
            format!("{other}quote-fragment = \"off\" # TK: why\n")
        );
        assert_eq!(off_for_pier(section), section);
    }
}
