//! How a request reaches a feature: its document, its place, what was meant by asking.

use tower_lsp::gen_lsp_types::{
    CompletionTriggerKind, Range, SemanticTokens, TextDocumentPositionParams,
};
use tower_lsp::jsonrpc::Result;

use super::capabilities::Session;
use super::pull::findings;
use super::{Server, answers, convert};
use crate::desk::edition::Edition;
use crate::draft::Draft;
use crate::features;
use crate::features::completion::Asked;
use crate::text::Text;
use crate::text::span::Span;

impl Server {
    /// The colours of a document, or of a range of it.
    pub async fn colours_of(
        &self,
        uri: &str,
        range: Option<Range>,
    ) -> Result<Option<SemanticTokens>> {
        self.ask(uri, move |edition, session| {
            let (draft, scene) = (edition.draft()?, edition.scene());
            let mut tokens = features::tokens::tokens(draft, &scene, findings(edition));
            if let Some(range) = range {
                let wanted = convert::span(&edition.text, range, session.encoding);
                tokens.retain(|token| token.span.overlaps(wanted));
            }
            Some(answers::tokens(&edition.text, &tokens, session.encoding))
        })
        .await
    }

    /// Answers a question about a place in a document.
    pub async fn look<T: Send + 'static>(
        &self,
        place: TextDocumentPositionParams,
        answer: impl FnOnce(&Edition, &Session, &Draft, usize) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let uri = place.text_document.uri.0;
        self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, place.position, session.encoding);
            answer(edition, session, edition.draft()?, at)
        })
        .await
    }
}

impl Server {
    /// Answers a question about a place in one of the newsroom's own files.
    pub async fn look_in_file<T: Send + 'static>(
        &self,
        place: TextDocumentPositionParams,
        answer: impl FnOnce(&Edition, &Session, &str, usize) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let uri = place.text_document.uri.0;
        self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, place.position, session.encoding);
            answer(edition, session, &edition.text.to_string(), at)
        })
        .await
    }
}

/// Editors call it the same whether letters or a key asked for completion; but letters ask only inside a word.
pub fn asked(text: &Text, at: usize, trigger: Option<CompletionTriggerKind>) -> Asked {
    let before = text.slice(Span::new(at.saturating_sub(4), at));
    let is_in_word = before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    match trigger {
        None | Some(CompletionTriggerKind::Invoked) if !is_in_word => Asked::Explicitly,
        _ => Asked::Typing,
    }
}
