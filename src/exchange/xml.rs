//! Words inside XML and HTML.

/// Words as they stand in an element or between the quotation marks of an attribute.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            // XML has no place for them.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// An element with words, and nothing where there are none.
pub fn element(name: &str, words: Option<&str>) -> String {
    match words {
        Some(words) if !words.is_empty() => format!("<{name}>{}</{name}>\n", escaped(words)),
        _ => String::new(),
    }
}

/// An address that may be linked to: of the web or for mail, and nothing that runs.
pub fn address(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url.trim()).ok()?;
    matches!(parsed.scheme(), "http" | "https" | "mailto").then(|| parsed.to_string())
}
