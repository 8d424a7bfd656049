//! What Markdown itself does not know, and what is taken out before it is read: notes, comments, citations of pandoc.

use crate::exchange::article::Piece;

/// What is taken out before Markdown is read.
#[derive(Clone)]
pub enum Held {
    /// A note or a comment.
    Piece(Piece),
    /// The keys between `[@` and `]`.
    Keys(String),
}

/// Takes out what Markdown itself does not know, before it is read: notes of CriticMarkup `{>>…<<}`, citations of
/// pandoc `[@key, p. 3]`; and comments, which would take words behind them along. A sign that no text has stands in
/// their place.
pub fn hold(text: &str) -> (String, Vec<Held>) {
    let mut out = String::with_capacity(text.len());
    let mut held = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '{' => rest.strip_prefix("{>>").and_then(|inner| {
                let end = inner.find("<<}")?;
                let note = Piece::Note(inner[..end].replace("\\|", "|"));
                Some((Held::Piece(note), 3 + end + 3))
            }),
            '<' => rest.strip_prefix("<!--").and_then(|inner| {
                let end = 4 + inner.find("-->")? + 3;
                Some((Held::Piece(Piece::Comment(rest[..end].to_owned())), end))
            }),
            '[' => citation(rest),
            _ => None,
        };
        // A sign after a backslash is a sign.
        let found = found.filter(|_| !out.ends_with('\\'));
        match found {
            Some((piece, length)) => {
                out.push_str(&format!("{OPEN}{}{CLOSE}", held.len()));
                held.push(piece);
                rest = &rest[length..];
            }
            None => {
                if c != OPEN && c != CLOSE {
                    out.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    (out, held)
}

/// Stands before the number of what was taken out.
pub const OPEN: char = '\u{f0000}';
/// Stands behind it.
pub const CLOSE: char = '\u{f0001}';

/// `[@key, p. 3]`, `[@key; @other]`: a note of what is cited; the reader makes a citation of it.
fn citation(rest: &str) -> Option<(Held, usize)> {
    let inner = rest.strip_prefix("[@")?;
    let end = inner.find(']')?;
    let words = &inner[..end];
    let is_key = words.starts_with(char::is_alphanumeric) && !words.contains(['\n', '[', '(']);
    (is_key && !inner[end + 1..].starts_with('(')).then(|| (Held::Keys(words.to_owned()), end + 3))
}
