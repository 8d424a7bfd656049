//! What is asked over all drafts of the folders: references, quotations, names, and their renaming.

use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    Location, ProgressToken, ReferenceParams, RenameParams, TextDocumentPositionParams,
    WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::partial::Parts;
use super::{Server, beyond, convert, newsroom};
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features;
use crate::features::implementation::{self, Whose};
use crate::features::people;
use crate::features::places;
use crate::project;

impl Server {
    /// Every place where somebody or something is named.
    pub async fn refer(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position_params;
        let declaration = if params.context.include_declaration {
            places::Declaration::Included
        } else {
            places::Declaration::LeftOut
        };
        let desk = self.desk.clone();
        let token = params.partial_result_params.partial_result_token;
        let (parts, _wanted) = Parts::new(token, &self.outgoing);
        let uri = place.text_document.uri.0;
        self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, place.position, session.encoding);
            let scene = edition.scene();
            let mut found = Vec::new();
            let who = match edition.draft() {
                Some(draft) => {
                    let spans = features::references::references(draft, &scene, at, declaration);
                    let spans = spans.into_iter();
                    found.extend(spans.map(|it| convert::location(edition, it, session.encoding)));
                    people::who(draft, scene.base, at)
                }
                None if newsroom::is_file(&edition.uri) => {
                    let text = edition.text.to_string();
                    features::entity_file::about(&text, scene.base, at).map(people::Who::Known)
                }
                None => None,
            };
            if let Some(who) = who {
                let mut rest = Vec::new();
                parts.give(found, &mut rest);
                newsroom::references(&desk, edition, &who, declaration, session, |part| {
                    parts.give(part, &mut rest);
                });
                return Some(rest);
            }
            let mut rest = Vec::new();
            parts.give(found, &mut rest);
            Some(rest)
        })
        .await
    }

    /// Every quotation of whoever, or of whatever, stands at a place, in every draft.
    pub async fn quoted_everywhere(
        &self,
        place: TextDocumentPositionParams,
        token: Option<ProgressToken>,
    ) -> Result<Option<Vec<Location>>> {
        let desk = self.desk.clone();
        let (parts, _wanted) = Parts::new(token, &self.outgoing);
        let uri = place.text_document.uri.0;
        self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, place.position, session.encoding);
            let draft = edition.draft()?;
            let base = edition.scene().base;
            let whose = implementation::whose(draft, base, at)?;
            let folder = |uri: &str| project::path(uri)?.parent().map(ToOwned::to_owned);
            let here = folder(&edition.uri);
            let in_draft = |uri: &str, draft: &Draft, base: &Base| match &whose {
                Whose::Somebody(who) => implementation::of_somebody(draft, base, who),
                Whose::Record { id, file, url } => {
                    let there = folder(uri);
                    let is_file = |one: &str| match (file, &here, &there) {
                        (Some(file), Some(here), Some(there)) => {
                            beyond::plain(&here.join(file)) == beyond::plain(&there.join(one))
                        }
                        _ => false,
                    };
                    let is_here = uri == edition.uri;
                    implementation::of_record(draft, |source| {
                        is_here && source.id == *id
                            || source.field("file").is_some_and(|one| is_file(one.trim()))
                            || url.is_some() && source.field("url").map(str::trim) == url.as_deref()
                    })
                }
            };
            let mut rest = Vec::new();
            let spans = in_draft(&edition.uri, draft, base).into_iter();
            let spans = spans.map(|span| convert::location(edition, span, session.encoding));
            parts.give(spans.collect(), &mut rest);
            let may_hold = |text: &str| match &whose {
                Whose::Somebody(who) => people::may_name(text, base, who),
                Whose::Record { file, url, .. } => {
                    let name = |file: &String| file.rsplit('/').next().map(str::to_owned);
                    let name = file.as_ref().and_then(name);
                    name.is_some_and(|name| text.contains(&name))
                        || url.as_ref().is_some_and(|url| text.contains(url.as_str()))
                }
            };
            for (other, _) in beyond::drafts(&desk, &edition.uri, may_hold) {
                let Some(draft) = other.draft() else {
                    continue;
                };
                let spans = in_draft(&other.uri, draft, other.scene().base).into_iter();
                let spans = spans.map(|span| convert::location(&other, span, session.encoding));
                parts.give(spans.collect(), &mut rest);
            }
            Some(rest)
        })
        .await
    }

    /// A name or an id changed wherever it stands.
    pub async fn rename_at(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let place = params.text_document_position_params;
        let uri = place.text_document.uri.0;
        let desk = self.desk.clone();
        let renamed = self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, place.position, session.encoding);
            let prepared = newsroom::prepare(edition, at)?;
            Some(newsroom::rename(
                &desk,
                edition,
                &prepared,
                &params.new_name,
                session,
            ))
        });
        match renamed.await? {
            Some(Ok(edit)) => Ok(Some(edit)),
            Some(Err(why)) => Err(Error {
                code: ErrorCode::InvalidParams,
                message: why.into(),
                data: None,
            }),
            None => Ok(None),
        }
    }

    /// People, bodies and stories by their names.
    pub async fn find(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        let (desk, session) = (self.desk.clone(), self.session());
        let token = params.partial_result_params.partial_result_token;
        let (parts, _wanted) = Parts::new(token, &self.outgoing);
        let found = spawn_blocking(move || {
            let mut rest = Vec::new();
            newsroom::symbols(&desk, &params.query, &session, |part| {
                parts.give(part, &mut rest);
            });
            rest
        });
        let found = found.await.map_err(|_| Error::internal_error())?;
        Ok(Some(found.into()))
    }
}
