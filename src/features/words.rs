//! Small phrases that several features say.

use crate::story::source::{Source, Terms};

/// The first words, on one line; an ellipsis says that there are more.
pub fn shortened(words: &str, length: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "…".to_owned();
    }
    if line.chars().count() <= length {
        return line;
    }
    let cut: String = line.chars().take(length).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ' ']))
}

/// What terms allow, as a desk says it.
pub fn terms(terms: Terms) -> &'static str {
    match terms {
        Terms::NotNoted => "Terms not noted",
        Terms::OnRecord => "ON THE RECORD",
        Terms::Background => "BACKGROUND · no name · quotes allowed with the agreed wording",
        Terms::DeepBackground => "DEEP BACKGROUND · no attribution, no quotes",
        Terms::OffRecord => "OFF THE RECORD · not to be cited",
        Terms::NotUnderstood => "TERMS NOT UNDERSTOOD · treated as off the record",
    }
}

/// A source's terms, kind and date on one line.
pub fn record(source: &Source) -> String {
    let date = source.field("date").unwrap_or_default();
    let terms = match source.terms {
        Terms::NotNoted if !speaks(source.kind) => "",
        noted => terms(noted),
    };
    joined(&[terms, source.kind, date], " · ")
}

/// Whether such a source agrees terms with a reporter.
fn speaks(kind: &str) -> bool {
    matches!(
        kind,
        "" | "interview"
            | "briefing"
            | "speech"
            | "statement"
            | "email"
            | "message"
            | "tip"
            | "no-reply"
    )
}

/// The words with a capital first.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The parts that are not empty.
pub fn joined(parts: &[&str], between: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(between)
}

/// `1 quote`, `2 quotes`, `no quote`.
pub fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// `¶1, ¶3`
pub fn paragraphs(numbers: &[usize]) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    numbers.dedup();
    let marked: Vec<String> = numbers.iter().map(|number| format!("¶{number}")).collect();
    marked.join(", ")
}

/// The words with the signs of Markdown made harmless.
pub fn escaped(words: &str) -> String {
    let mut made = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '#') {
            made.push('\\');
        }
        made.push(if letter.is_control() { ' ' } else { letter });
    }
    made
}
