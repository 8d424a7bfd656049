//! The protocol's values and ours: columns to bytes, findings to diagnostics, and back.

use tower_lsp::gen_lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    Location, Position, Range, TextDocumentContentChangeEvent, TextEdit, Uri,
};

use super::capabilities::Session;
use crate::desk::edition::Edition;
use crate::finding::{Finding, Findings, Found, Severity};
use crate::text::Text;
use crate::text::edit::Edit;
use crate::text::position::{self, Encoding};
use crate::text::span::Span;

/// How many findings of a file are sent; the worst come first.
const MAX_FINDINGS: usize = 1000;

/// How many related places of a finding are sent.
pub const MAX_RELATED: usize = 10;

/// The byte at a position.
pub fn offset(text: &Text, position: Position, encoding: Encoding) -> usize {
    let position = position::Position {
        line: position.line,
        character: position.character,
    };
    text.offset(position, encoding)
}

/// The bytes of a range; one that runs backwards is turned round, as the protocol's own library does.
pub fn span(text: &Text, range: Range, encoding: Encoding) -> Span {
    let start = offset(text, range.start, encoding);
    let end = offset(text, range.end, encoding);
    Span::new(start.min(end), start.max(end))
}

/// The position of a byte.
pub fn position(text: &Text, at: usize, encoding: Encoding) -> Position {
    let position = text.position(at, encoding);
    Position {
        line: position.line,
        character: position.character,
    }
}

/// The range of a run of bytes.
pub fn range(text: &Text, span: Span, encoding: Encoding) -> Range {
    Range {
        start: position(text, span.start(), encoding),
        end: position(text, span.end(), encoding),
    }
}

/// A place in this document.
pub fn location(edition: &Edition, span: Span, encoding: Encoding) -> Location {
    Location {
        uri: Uri(edition.uri.clone()),
        range: range(&edition.text, span, encoding),
    }
}

/// An edit for the client.
pub fn text_edit(text: &Text, edit: &Edit, encoding: Encoding) -> TextEdit {
    TextEdit {
        range: range(text, edit.span, encoding),
        new_text: edit.new_text.clone(),
    }
}

/// What a step of a change does to the text that the step before left.
pub fn edit(
    change: TextDocumentContentChangeEvent,
    encoding: Encoding,
) -> impl FnOnce(&Text) -> Edit {
    move |text| match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
            Edit::replace(span(text, part.range, encoding), part.text)
        }
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
            text.edit_to(&whole.text)
        }
    }
}

/// The findings that are sent, the worst first, and how many are left out.
pub fn worst_first(findings: &Findings) -> (Vec<&Found>, usize) {
    let found = findings.found();
    let left_out = found.len().saturating_sub(MAX_FINDINGS);
    let severities = [
        Severity::Error,
        Severity::Warning,
        Severity::Information,
        Severity::Hint,
    ];
    let worst = severities
        .into_iter()
        .flat_map(|severity| found.iter().filter(move |one| one.severity == severity));
    (worst.take(MAX_FINDINGS).collect(), left_out)
}

/// What is said of findings that are left out.
pub fn left_out(count: usize) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::Information),
        source: Some("onrecord".to_owned()),
        message: format!("{count} more findings in this file are not shown.").into(),
        ..Diagnostic::default()
    }
}

/// The places of a finding that the client is sent, in the order in which they are written.
pub fn places(found: &Found, session: &Session) -> impl Iterator<Item = Span> + Clone {
    let related = found.words().related.iter().take(MAX_RELATED);
    let related = related.filter(|_| session.related_information);
    let spans = std::iter::once(found.words().span).chain(related.map(|related| related.span));
    spans.map(|span| found.now(span))
}

/// A finding as the client is to show it.
pub fn diagnostic(edition: &Edition, finding: &Finding, session: &Session) -> Diagnostic {
    of_found(edition, &finding.clone().into(), session)
}

/// The same of a finding where it stands now.
pub fn of_found(edition: &Edition, found: &Found, session: &Session) -> Diagnostic {
    let finding = found.words();
    let related = finding.related.iter().take(MAX_RELATED);
    let related = related.map(|related| DiagnosticRelatedInformation {
        location: location(edition, found.now(related.span), session.encoding),
        message: related.message.clone(),
    });
    let has_related = session.related_information && !finding.related.is_empty();
    let pages = edition.surroundings.config.rule_pages.as_deref();
    let page = pages.filter(|_| session.code_description);
    Diagnostic {
        range: range(&edition.text, found.span(), session.encoding),
        severity: Some(severity(found.severity)),
        code: Some(finding.rule.to_owned().into()),
        code_description: page.map(|page| CodeDescription {
            href: Uri(rule_page(page, finding.rule)),
        }),
        source: Some("onrecord".to_owned()),
        message: finding.message.clone().into(),
        tags: (session.tags && finding.is_unnecessary).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: has_related.then(|| related.collect()),
        data: None,
    }
}

/// The address of a rule's page: below a folder, or an anchor on the one page that the address names.
fn rule_page(base: &str, rule: &str) -> String {
    let path = base.split_once("://").map_or(base, |(_, path)| path);
    let is_page = path
        .rsplit_once('/')
        .is_some_and(|(_, last)| last.contains('.'));
    match base {
        base if base.ends_with(['/', '#']) => format!("{base}{rule}"),
        base if is_page => format!("{base}#{rule}"),
        base => format!("{base}/{rule}"),
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Hint => DiagnosticSeverity::Hint,
        Severity::Information => DiagnosticSeverity::Information,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Error => DiagnosticSeverity::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_a_page_below_a_folder_or_an_anchor_on_a_page() {
        for (base, page) in [
            (
                "https://desk.example/rules",
                "https://desk.example/rules/tk",
            ),
            (
                "https://desk.example/rules/",
                "https://desk.example/rules/tk",
            ),
            ("https://desk.example", "https://desk.example/tk"),
            (
                "https://desk.example/rules.html",
                "https://desk.example/rules.html#tk",
            ),
            (
                "https://desk.example/rules#",
                "https://desk.example/rules#tk",
            ),
        ] {
            assert_eq!(rule_page(base, "tk"), page);
        }
    }
}
