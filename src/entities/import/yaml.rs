//! The plain block form of YAML that lists of legislators are written in: maps, lists and words, nothing else.

use serde_json::{Map, Value};

/// Reads one item of a list, from its `- ` to the next one; else says which line is not understood.
pub fn item(lines: &str) -> Result<Value, String> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.lines() {
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') || words == "---" {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        // A long value goes on in deeper lines without a key.
        let goes_on = rows
            .last()
            .is_some_and(|row| row.is_value && indent > row.indent)
            && !words.starts_with("- ")
            && key(words).is_none();
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => {
                row.words.push(' ');
                row.words.push_str(words);
            }
            None => rows.push(Row::new(indent, words)),
        }
    }
    let mut reader = Reader { rows, at: 0 };
    let read = reader.block(0)?;
    if let Some(row) = reader.rows.get(reader.at) {
        return Err(format!("“{}” belongs to nothing before it", row.words));
    }
    match read {
        Value::Array(mut list) if list.len() == 1 => Ok(list.remove(0)),
        other => Ok(other),
    }
}

struct Row {
    indent: usize,
    words: String,
    /// Whether it ends in a value, which deeper lines may go on with.
    is_value: bool,
}

impl Row {
    fn new(indent: usize, words: &str) -> Row {
        let bare = words.trim_start_matches("- ");
        let value = key(bare).map_or(bare, |(_, value)| value);
        Row {
            indent,
            is_value: !value.is_empty(),
            words: words.to_owned(),
        }
    }
}

struct Reader {
    rows: Vec<Row>,
    at: usize,
}

impl Reader {
    /// The map or list whose lines stand at the next line's indent, which is at least `least`.
    fn block(&mut self, least: usize) -> Result<Value, String> {
        let Some(indent) = self
            .rows
            .get(self.at)
            .map(|row| row.indent)
            .filter(|indent| *indent >= least)
        else {
            return Ok(Value::Null);
        };
        let is_list = self.rows[self.at].words.starts_with("- ") || self.rows[self.at].words == "-";
        if is_list {
            let mut list = Vec::new();
            while let Some(row) = self
                .rows
                .get_mut(self.at)
                .filter(|row| row.indent == indent && row.words.starts_with('-'))
            {
                let rest = row.words[1..].trim_start().to_owned();
                let inner = indent + (row.words.len() - rest.len());
                if rest.is_empty() {
                    self.at += 1;
                    list.push(self.block(indent + 1)?);
                } else if key(&rest).is_some() {
                    (row.indent, row.words) = (inner, rest);
                    list.push(self.block(inner)?);
                } else {
                    self.at += 1;
                    list.push(scalar(&rest));
                }
            }
            return Ok(Value::Array(list));
        }
        let mut map = Map::new();
        while let Some(row) = self.rows.get(self.at).filter(|row| row.indent == indent) {
            if row.words.starts_with("- ") {
                break;
            }
            let Some((name, value)) = key(&row.words) else {
                return Err(format!("“{}” is no “key: value”", row.words));
            };
            let (name, value) = (name.to_owned(), value.to_owned());
            self.at += 1;
            let value = if value.is_empty() {
                // A list may stand at its key's own indent.
                let is_list = self
                    .rows
                    .get(self.at)
                    .is_some_and(|row| row.indent == indent && row.words.starts_with("- "));
                self.block(if is_list { indent } else { indent + 1 })?
            } else {
                scalar(&value)
            };
            map.insert(name, value);
        }
        if let Some(row) = self.rows.get(self.at).filter(|row| row.indent > indent) {
            return Err(format!("“{}” stands too deep", row.words));
        }
        Ok(Value::Object(map))
    }
}

/// A line's key and what follows its colon.
fn key(words: &str) -> Option<(&str, &str)> {
    let (key, value) = words.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_key && (value.is_empty() || value.starts_with(' '))).then(|| (key, value.trim()))
}

fn scalar(words: &str) -> Value {
    let quoted = |mark: char| {
        words
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
    };
    if let Some(inner) = quoted('\'') {
        return Value::String(inner.replace("''", "'"));
    }
    if quoted('"').is_some() {
        let read = serde_json::from_str(words);
        return read.unwrap_or_else(|_| Value::String(words.trim_matches('"').to_owned()));
    }
    match words {
        "null" | "~" => Value::Null,
        "[]" => Value::Array(Vec::new()),
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        words => Value::String(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_a_list_of_legislators() {
        let text = "- id:\n    bioguide: O000172\n    thomas: '00136'\n    fec:\n    - H8NY\n  name:\n    first: Dana\n    nickname: \"D\\u00e9\"\n  bio: {}\n  terms:\n  - type: rep\n    start: '2019-01-03'\n    address: 229 Cannon House\n      Office Building\n  - type: sen\n    state: NO\n";
        let read = item(text).expect("it is plain");
        assert_eq!(read["id"]["thomas"], "00136");
        assert_eq!(read["id"]["fec"][0], "H8NY");
        assert_eq!(read["name"]["nickname"], "Dé");
        assert_eq!(
            read["terms"][0]["address"],
            "229 Cannon House Office Building"
        );
        assert_eq!(read["terms"][1]["state"], "NO");
        assert!(item("- id\n  x y\n    z: 1\n").is_err() || item("- a: 1\n    b: 2\n").is_err());
    }
}
