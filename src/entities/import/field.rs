//! Keys with values, as every format has them.

use crate::text::span::Span;

/// A key with its value, both at their places in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key, as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Value,
    /// Where the value stands.
    pub span: Span,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words, a number or a date, as letters.
    Words(String),
    /// `true`, `false`
    Truth(bool),
    /// A list; each with its place.
    List(Vec<(Value, Span)>),
    /// Keys with values.
    Table(Vec<Field>),
    /// Nothing: JSON's `null`, an empty cell.
    Nothing,
}

impl Value {
    /// The words of a value; none for lists and tables.
    pub fn words(&self) -> Option<&str> {
        match self {
            Value::Words(words) => Some(words.trim()).filter(|words| !words.is_empty()),
            Value::Truth(true) => Some("true"),
            Value::Truth(false) => Some("false"),
            Value::List(_) | Value::Table(_) | Value::Nothing => None,
        }
    }

    /// The words of a list, or of one value as a list of one.
    pub fn list(&self) -> Vec<&str> {
        match self {
            Value::List(list) => list.iter().filter_map(|(value, _)| value.words()).collect(),
            other => other.words().into_iter().collect(),
        }
    }

    /// For readers: lists joined by commas, tables left out.
    pub fn shown(&self) -> String {
        self.list().join(", ")
    }
}
