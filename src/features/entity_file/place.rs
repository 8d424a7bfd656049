//! What the cursor stands on in a file of records, whether or not the file can be read as it is.

use crate::entities::record::Kind;
use crate::text::span::Span;

/// What the cursor stands on. Spans are in bytes of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Place<'a> {
    /// The word between `[[` and `]]`.
    Header { span: Span },
    /// A key, or where one could stand.
    Key {
        table: Table<'a>,
        /// The word.
        span: Span,
        /// The keys that the table has, this one apart.
        taken: Vec<&'a str>,
    },
    /// A value, or one of a list.
    Value {
        table: Table<'a>,
        /// Its key.
        key: &'a str,
        /// The words, without the quotation marks.
        span: Span,
        /// Whether they stand between quotation marks.
        is_quoted: bool,
    },
}

/// The table that a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table<'a> {
    /// What its record is about.
    pub kind: Kind,
    /// Whether it is a role of a person.
    pub is_role: bool,
    /// Its text from below the header to the next one.
    pub body: &'a str,
}

/// What stands at a byte of the file.
pub fn place(text: &str, at: usize) -> Option<Place<'_>> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = &text[start..end];
    let before = &text[start..at];
    if line.trim_start().starts_with('[') && !is_in_list(text, start) {
        let open = start
            + line
                .find(|c: char| !c.is_whitespace() && c != '[')
                .unwrap_or(line.len());
        let close = text[open..end].find(']').map_or(end, |close| open + close);
        let span = Span::new(open, close.max(open));
        return span.touches(at).then_some(Place::Header { span });
    }
    if open_string(before).is_none() && before.contains('#') {
        return None;
    }
    let table = table(text, start)?;
    let (key, from) = match line.find('=') {
        Some(equals) if start + equals < at => (line[..equals].trim(), start + equals + 1),
        Some(_) => return key_at(table, start, line, at),
        None => match list_above(text, start) {
            Some(found) => found,
            None => return key_at(table, start, line, at),
        },
    };
    let inside = &text[from..at];
    let (span, is_quoted) = match open_string(inside) {
        Some((quote, open)) => {
            let close = text[at..end].find(quote).map_or(end, |close| at + close);
            (Span::new(from + open, close), true)
        }
        None => {
            let ends =
                |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"' | '\'' | '#');
            let first = inside.rfind(ends).map_or(from, |end| {
                from + end + inside[end..].chars().next().map_or(1, char::len_utf8)
            });
            let last = text[at..end].find(ends).map_or(end, |end| at + end);
            (Span::new(first, last), false)
        }
    };
    Some(Place::Value {
        table,
        key,
        span,
        is_quoted,
    })
}

fn key_at<'a>(table: Table<'a>, start: usize, line: &'a str, at: usize) -> Option<Place<'a>> {
    let indent = line.len() - line.trim_start().len();
    let word = line[indent..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map_or(line.len(), |end| indent + end);
    let span = Span::new(start + indent, start + word);
    if !span.touches(at) {
        return None;
    }
    let own = &line[indent..word];
    let taken = table
        .body
        .lines()
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .filter(|key| *key != own)
        .collect();
    Some(Place::Key { table, span, taken })
}

/// The table that begins above a line.
fn table(text: &str, line: usize) -> Option<Table<'_>> {
    let mut end = line;
    loop {
        let start = text[..end.checked_sub(1)?]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let head = text[start..end].trim();
        if head.starts_with('[') && !is_in_list(text, start) {
            let name = head.trim_start_matches('[').split(']').next()?.trim();
            let (kind, is_role) = match name {
                "person.role" => (Kind::Person, true),
                name => (
                    Kind::ALL.into_iter().find(|kind| kind.name() == name)?,
                    false,
                ),
            };
            let rest = &text[end..];
            let next = rest
                .match_indices("\n[")
                .map(|(at, _)| at + 1)
                .find(|at| !is_in_list(rest, *at));
            let body = match rest.starts_with('[') {
                true => "",
                false => &rest[..next.unwrap_or(rest.len())],
            };
            return Some(Table {
                kind,
                is_role,
                body,
            });
        }
        if start == 0 {
            return None;
        }
        end = start;
    }
}

/// The key of a list that is open where a line begins, and where its value begins.
fn list_above(text: &str, line: usize) -> Option<(&str, usize)> {
    let above = &text[..line];
    let equals = above.rfind('=')?;
    let start = above[..equals].rfind('\n').map_or(0, |end| end + 1);
    let value = &above[equals + 1..];
    let is_open = value.trim_start().starts_with('[') && !value.contains(']');
    is_open.then(|| (above[start..equals].trim(), equals + 1))
}

fn is_in_list(text: &str, line: usize) -> bool {
    list_above(text, line).is_some()
}

/// The quotation mark that is open at the end of some letters, and where the words after it begin.
fn open_string(letters: &str) -> Option<(char, usize)> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in letters.char_indices() {
        match (open, c) {
            _ if escaped => escaped = false,
            (Some(('"', _)), '\\') => escaped = true,
            (Some((quote, _)), c) if c == quote => open = None,
            (None, '"' | '\'') => open = Some((c, at + 1)),
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(marked: &str) -> String {
        let at = marked.find("<|>").expect("a cursor is marked");
        let text = marked.replacen("<|>", "", 1);
        match place(&text, at) {
            None => "nothing".to_owned(),
            Some(Place::Header { span }) => format!("header “{}”", span.of(&text)),
            Some(Place::Key { table, span, taken }) => {
                format!(
                    "{:?} {} key “{}” beside {taken:?}",
                    table.kind,
                    table.is_role,
                    span.of(&text)
                )
            }
            Some(Place::Value {
                key,
                span,
                is_quoted,
                ..
            }) => {
                format!("{key} = “{}” {is_quoted}", span.of(&text))
            }
        }
    }

    #[test]
    fn headers_keys_and_values_of_files_that_are_half_written() {
        for (marked, expected) in [
            ("[[per<|>", "header “per”"),
            ("[[per<|>son]]\nname = \"A\"\n", "header “person”"),
            ("[[person]]\nna<|>\n", "Person false key “na” beside []"),
            (
                "[[person]]\nname = \"A\"\n<|>\n[[org]]\nname = \"B\"\n",
                "Person false key “” beside [\"name\"]",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\noff<|>",
                "Person true key “off” beside []",
            ),
            (
                "[[person]]\nname = \"A\"\n[[person.role]]\noffice = \"har<|>bor\"\n",
                "office = “harbor” true",
            ),
            ("[[person]]\norder = <|>\n", "order = “” false"),
            (
                "[[person]]\nvariants = [\n  \"A\",\n  \"B<|>\",\n]\n",
                "variants = “B” true",
            ),
            ("[[person]]\nname = \"A\" # the ma<|>yor\n", "nothing"),
            ("hi<|>de = []\n", "nothing"),
            ("[[org]]\nname = \"é<|>", "name = “é” true"),
        ] {
            assert_eq!(shown(marked), expected, "{marked}");
        }
    }
}
