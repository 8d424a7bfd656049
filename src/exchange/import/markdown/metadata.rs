//! YAML metadata above a text, as fields of a header.

/// The fields of a block of metadata: keys and words, lists joined by commas.
pub fn metadata(lines: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.lines() {
        if let Some(item) = line.trim().strip_prefix("- ")
            && let Some(last) = fields.last_mut()
        {
            let comma = if last.1.is_empty() { "" } else { ", " };
            last.1.push_str(&format!("{comma}{}", unquoted(item)));
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let key = key.trim();
        let is_key = key.starts_with(char::is_alphabetic)
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_key || line.starts_with(' ') {
            continue;
        }
        let value = value.trim();
        let value = match value
            .strip_prefix('[')
            .and_then(|value| value.strip_suffix(']'))
        {
            Some(list) => list.split(',').map(unquoted).collect::<Vec<_>>().join(", "),
            None => unquoted(value),
        };
        let key = match key.to_lowercase().as_str() {
            "title" | "headline" => "Headline".to_owned(),
            "subtitle" => "Deck".to_owned(),
            "author" | "authors" | "byline" => "By".to_owned(),
            "keywords" => "Tags".to_owned(),
            _ => {
                let mut letters = key.chars();
                letters.next().map_or(String::new(), |first| {
                    first.to_uppercase().chain(letters).collect()
                })
            }
        };
        fields.push((key, value));
    }
    fields
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
    {
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    let inner = value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''));
    inner.map_or(value.to_owned(), |inner| inner.replace("''", "'"))
}
