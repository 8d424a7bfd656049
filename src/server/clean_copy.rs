//! The clean copy of a draft as a document of its own, for clients that show documents which only a server knows.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tower_lsp::Client;
use tower_lsp::gen_lsp_types::{TextDocumentContentResult, Uri};
use tower_lsp::jsonrpc::{Error, Result};
use url::Url;

use super::Server;
use crate::features::filing;

/// `onrecord-clean:/council.txt?draft=file%3A%2F%2F%2Fnews%2Fcouncil.lede`
pub const SCHEME: &str = "onrecord-clean";

/// The copies that were asked for, by the address of their draft.
#[derive(Debug, Default)]
pub struct Copies(Mutex<HashMap<String, String>>);

impl Copies {
    /// A draft was saved: a client that shows its copy asks for it again.
    pub fn refresh(&self, client: &Client, draft: &str) {
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(copy) = shown.get(draft).cloned() {
            let client = client.clone();
            tokio::spawn(async move {
                let _ = client.text_document_content_refresh(Uri(copy)).await;
            });
        }
    }

    fn remember(&self, draft: &str, copy: &str) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.insert(draft.to_owned(), copy.to_owned());
    }
}

impl Server {
    /// The letters of a clean copy. What must not go out is said instead of it.
    pub async fn clean_copy(&self, copy: &str) -> Result<TextDocumentContentResult> {
        let unknown = || Error::invalid_params("the address names no draft that is open");
        let draft = draft_of(copy).ok_or_else(unknown)?;
        self.copies.remember(&draft, copy);
        let text = self.ask(&draft, |edition, _| {
            let draft = edition.draft()?;
            Some(match filing::outgoing(draft) {
                Ok(out) => out.text,
                Err(open) => format!(
                    "There is no clean copy: “{}” is opened and never closed; what follows may be meant for nobody.\n",
                    draft.text.slice(open)
                ),
            })
        });
        let text = text.await?.ok_or_else(unknown)?;
        Ok(TextDocumentContentResult { text })
    }
}

fn draft_of(copy: &str) -> Option<String> {
    let copy = Url::parse(copy).ok().filter(|it| it.scheme() == SCHEME)?;
    let draft = |query: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        let found = pairs.find(|(key, value)| key == "draft" && !value.is_empty());
        found.map(|(_, value)| value.into_owned())
    };
    let query = copy.query()?;
    draft(query).or_else(|| {
        // Some clients write the whole query once more, its sign of equality too.
        let mut once = url::form_urlencoded::parse(query.as_bytes());
        draft(&once.next()?.0)
    })
}

#[cfg(test)]
mod tests {
    use super::draft_of;

    #[test]
    fn the_address_of_a_copy_names_its_draft() {
        assert_eq!(
            draft_of("onrecord-clean:/a.txt?draft=file%3A%2F%2F%2Fnews%2Fa%2520b.lede").as_deref(),
            Some("file:///news/a%20b.lede")
        );
        assert_eq!(
            draft_of("onrecord-clean:/a%20b.txt?draft%3Dfile%253A%252F%252F%252Fnews%252Fa.lede")
                .as_deref(),
            Some("file:///news/a.lede")
        );
        assert_eq!(draft_of("file:///a.txt?draft=x"), None);
    }
}
