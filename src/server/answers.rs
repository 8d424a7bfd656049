//! What the features say, in the protocol's words.

use std::collections::HashMap;

use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, CodeAction, CodeActionKind, CodeActionResponse, DefinitionLink,
    DefinitionResponse, DocumentHighlight, DocumentHighlightKind, DocumentLink, DocumentSymbol,
    DocumentSymbolResponse, FoldingRange, FoldingRangeKind, Hover, InlayHint, LocationLink,
    MarkupContent, MarkupKind, OptionalVersionedTextDocumentIdentifier, SemanticToken,
    SemanticTokens, SymbolInformation, SymbolKind, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};

use url::Url;

use super::capabilities::{Links, Session};
use super::convert;
use crate::desk::edition::Edition;
use crate::features::actions::{Action, ActionKind};
use crate::features::definition::{Definition, Elsewhere};
use crate::features::folding::{Fold, FoldKind};
use crate::features::highlight::{Highlight, HighlightKind};
use crate::features::links::Link;
use crate::features::symbols::{self, Symbol};
use crate::features::tokens::Token;
use crate::features::{hover, inlay, tokens};
use crate::finding::Finding;
use crate::text::Text;
use crate::text::edit::Edit;
use crate::text::position::{Encoding, Position};

/// A hover.
pub fn hover(text: &Text, hover: &hover::Hover, session: &Session) -> Hover {
    let (kind, value) = if session.markdown_hover {
        (MarkupKind::Markdown, hover.markdown())
    } else {
        (MarkupKind::PlainText, hover.plain())
    };
    Hover {
        contents: MarkupContent { kind, value }.into(),
        range: Some(convert::range(text, hover.span, session.encoding)),
    }
}

/// Where something comes from.
pub fn definition(
    edition: &Edition,
    definition: &Definition,
    session: &Session,
    takes_links: Links,
) -> DefinitionResponse {
    let range = |span| convert::range(&edition.text, span, session.encoding);
    if takes_links == Links::Taken {
        let link: DefinitionLink = LocationLink {
            origin_selection_range: Some(range(definition.origin)),
            target_uri: Uri(edition.uri.clone()),
            target_range: range(definition.whole.cover(definition.target)),
            target_selection_range: range(definition.target),
        };
        DefinitionResponse::DefinitionLinkList(vec![link])
    } else {
        let location = convert::location(edition, definition.target, session.encoding);
        DefinitionResponse::Definition(location.into())
    }
}

/// A place in another file.
pub fn elsewhere(
    edition: &Edition,
    found: &Elsewhere,
    session: &Session,
    takes_links: Links,
) -> Option<DefinitionResponse> {
    let target_uri = Uri(Url::from_file_path(&found.path).ok()?.into());
    let line = tower_lsp::gen_lsp_types::Position {
        line: found.line.saturating_sub(1),
        character: 0,
    };
    let target_range = tower_lsp::gen_lsp_types::Range {
        start: line,
        end: line,
    };
    Some(if takes_links == Links::Taken {
        let link: DefinitionLink = LocationLink {
            origin_selection_range: Some(convert::range(
                &edition.text,
                found.origin,
                session.encoding,
            )),
            target_uri,
            target_range,
            target_selection_range: target_range,
        };
        DefinitionResponse::DefinitionLinkList(vec![link])
    } else {
        let location = tower_lsp::gen_lsp_types::Location {
            uri: target_uri,
            range: target_range,
        };
        DefinitionResponse::Definition(location.into())
    })
}

/// A link to the file of a source, at its time where it has one.
pub fn link(edition: &Edition, link: &Link, session: &Session) -> Option<DocumentLink> {
    let mut target = Url::parse(&edition.uri).ok()?.join(&link.path).ok()?;
    target.set_fragment(
        link.seconds
            .map(|seconds| format!("t={seconds}"))
            .as_deref(),
    );
    Some(DocumentLink {
        range: convert::range(&edition.text, link.span, session.encoding),
        target: Some(Uri(target.into())),
        ..DocumentLink::default()
    })
}

/// A place that belongs to what is under the cursor.
pub fn highlight(text: &Text, highlight: Highlight, encoding: Encoding) -> DocumentHighlight {
    DocumentHighlight {
        range: convert::range(text, highlight.span, encoding),
        kind: Some(match highlight.kind {
            HighlightKind::Mention => DocumentHighlightKind::Text,
            HighlightKind::Words => DocumentHighlightKind::Read,
        }),
    }
}

/// The outline, as a tree or, for older clients, as a list.
pub fn outline(
    edition: &Edition,
    symbols: Vec<Symbol>,
    session: &Session,
) -> DocumentSymbolResponse {
    if session.symbol_tree {
        let tree = symbols.into_iter();
        let tree = tree.map(|symbol| symbol_in_tree(&edition.text, symbol, session.encoding));
        DocumentSymbolResponse::DocumentSymbolList(tree.collect())
    } else {
        let mut list = Vec::new();
        for symbol in &symbols {
            list_symbol(edition, symbol, None, session.encoding, &mut list);
        }
        DocumentSymbolResponse::SymbolInformationList(list)
    }
}

#[allow(deprecated)]
fn symbol_in_tree(text: &Text, symbol: Symbol, encoding: Encoding) -> DocumentSymbol {
    let children = symbol.children.into_iter();
    let children = children.map(|child| symbol_in_tree(text, child, encoding));
    DocumentSymbol {
        name: symbol_name(symbol.name),
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: convert::range(text, symbol.span.cover(symbol.selection), encoding),
        selection_range: convert::range(text, symbol.selection, encoding),
        children: Some(children.collect()),
    }
}

#[allow(deprecated)]
fn list_symbol(
    edition: &Edition,
    symbol: &Symbol,
    container: Option<&str>,
    encoding: Encoding,
    list: &mut Vec<SymbolInformation>,
) {
    list.push(SymbolInformation {
        deprecated: None,
        location: convert::location(edition, symbol.span, encoding),
        base_symbol_information: BaseSymbolInformation {
            name: symbol_name(symbol.name.clone()),
            kind: symbol_kind(symbol.kind),
            tags: None,
            container_name: container.map(str::to_owned),
        },
    });
    for child in &symbol.children {
        list_symbol(edition, child, Some(&symbol.name), encoding, list);
    }
}

/// Editors refuse a symbol without a name.
fn symbol_name(name: String) -> String {
    if name.trim().is_empty() {
        "…".to_owned()
    } else {
        name
    }
}

fn symbol_kind(kind: symbols::SymbolKind) -> SymbolKind {
    match kind {
        symbols::SymbolKind::Headline => SymbolKind::File,
        symbols::SymbolKind::Section => SymbolKind::Namespace,
        symbols::SymbolKind::Paragraph => SymbolKind::String,
        symbols::SymbolKind::Quotation => SymbolKind::Event,
        symbols::SymbolKind::Source => SymbolKind::Key,
        symbols::SymbolKind::Entity => SymbolKind::Object,
    }
}

/// What can be folded, by whole lines.
pub fn folds(text: &Text, folds: Vec<Fold>, session: &Session) -> Vec<FoldingRange> {
    let ranges = folds.into_iter().filter_map(|fold| {
        let range = convert::range(text, fold.span, session.encoding);
        let kind = match fold.kind {
            FoldKind::Comment | FoldKind::Notes => Some(FoldingRangeKind::Comment),
            FoldKind::Header | FoldKind::Back => Some(FoldingRangeKind::Region),
            FoldKind::Definition | FoldKind::Section => None,
        };
        (range.start.line < range.end.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind,
            ..FoldingRange::default()
        })
    });
    ranges.take(session.fold_limit).collect()
}

/// The colours of a draft. A token of several lines becomes one for each.
pub fn tokens(text: &Text, found: &[Token], encoding: Encoding) -> SemanticTokens {
    let mut data = Vec::new();
    let (mut last_line, mut last_start) = (0, 0);
    for token in found {
        let start = text.position(token.span.start(), encoding);
        let end = text.position(token.span.end(), encoding);
        for line in start.line..=end.line {
            let from = if line == start.line {
                start.character
            } else {
                0
            };
            let to = if line == end.line {
                end.character
            } else {
                line_length(text, line, encoding)
            };
            if to <= from || (line, from) < (last_line, last_start) {
                continue;
            }
            let delta_line = line - last_line;
            data.push(SemanticToken {
                delta_line,
                delta_start: if delta_line == 0 {
                    from - last_start
                } else {
                    from
                },
                length: to - from,
                token_type: token.kind as u32,
                token_modifiers_bitset: 1 << token.certainty as u32,
            });
            (last_line, last_start) = (line, from);
        }
    }
    SemanticTokens {
        result_id: None,
        data,
    }
}

/// The names of the colours, in the order of their numbers.
pub fn token_legend() -> (Vec<String>, Vec<String>) {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    (owned(&tokens::KINDS), owned(&tokens::CERTAINTIES))
}

fn line_length(text: &Text, line: u32, encoding: Encoding) -> u32 {
    let past_the_end = Position {
        line,
        character: u32::MAX,
    };
    text.position(text.offset(past_the_end, encoding), encoding)
        .character
}

/// A sign in the text.
pub fn hint(text: &Text, hint: &inlay::Hint, encoding: Encoding) -> InlayHint {
    InlayHint {
        position: convert::position(text, hint.at, encoding),
        label: hint.label.clone().into(),
        kind: None,
        text_edits: None,
        tooltip: Some(hint.tooltip.clone().into()),
        padding_left: Some(hint.is_apart),
        padding_right: Some(false),
        data: None,
    }
}

/// What can be done, less what the client did not ask for.
pub fn actions(
    edition: &Edition,
    actions: Vec<Action>,
    findings: &[Finding],
    only: Option<&[CodeActionKind]>,
    session: &Session,
) -> Vec<CodeActionResponse> {
    let actions = actions.into_iter().filter_map(|action| {
        let kind = match action.kind {
            ActionKind::QuickFix => CodeActionKind::QuickFix,
            ActionKind::Rewrite => CodeActionKind::RefactorRewrite,
            ActionKind::FixAll => CodeActionKind::SourceFixAll,
        };
        if !is_wanted(&kind, only) {
            return None;
        }
        let finding = action.finding.and_then(|index| findings.get(index));
        let diagnostic = finding.map(|finding| convert::diagnostic(edition, finding, session));
        Some(CodeActionResponse::CodeAction(CodeAction {
            title: action.title,
            kind: Some(kind),
            diagnostics: diagnostic.map(|diagnostic| vec![diagnostic]),
            is_preferred: (session.preferred_actions && action.is_preferred).then_some(true),
            edit: Some(workspace_edit(edition, &action.edits, session)),
            ..CodeAction::default()
        }))
    });
    actions.collect()
}

/// Whether the client asked for actions of a kind.
pub fn is_wanted(kind: &CodeActionKind, only: Option<&[CodeActionKind]>) -> bool {
    only.is_none_or(|only| only.iter().any(|wanted| is_kind_of(kind, wanted)))
}

/// Whether a kind is another or one below it: `refactor.rewrite` is a `refactor`.
pub fn is_kind_of(kind: &CodeActionKind, wanted: &CodeActionKind) -> bool {
    let (kind, wanted) = (String::from(kind.clone()), String::from(wanted.clone()));
    let rest = kind.strip_prefix(&wanted);
    wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Edits of one document, bound to this version of it where the client can bind them.
fn workspace_edit(edition: &Edition, edits: &[Edit], session: &Session) -> WorkspaceEdit {
    let edits = edits.iter();
    let edits = edits.map(|edit| convert::text_edit(&edition.text, edit, session.encoding));
    let uri = Uri(edition.uri.clone());
    if session.document_changes {
        let document = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: Some(edition.text.version),
                text_document_identifier: TextDocumentIdentifier { uri },
            },
            edits: edits.map(Into::into).collect(),
        };
        WorkspaceEdit {
            document_changes: Some(vec![document.into()]),
            ..WorkspaceEdit::default()
        }
    } else {
        let edits: Vec<TextEdit> = edits.collect();
        WorkspaceEdit {
            changes: Some(HashMap::from([(uri, edits)])),
            ..WorkspaceEdit::default()
        }
    }
}
