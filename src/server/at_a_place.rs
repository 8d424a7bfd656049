//! What is asked of a place in a document: hovers, completion, definitions, letters not yet typed, what can be done.

use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionParams, CodeActionResponse, CompletionParams, CompletionResponse,
    DefinitionParams, DefinitionResponse, Hover, HoverParams, InlineCompletionItem,
    InlineCompletionParams, InlineCompletionResponse, InlineCompletionTriggerKind,
    TextDocumentPositionParams,
};
use tower_lsp::jsonrpc::Result;

use super::asking::asked;
use super::pull::findings;
use super::{Server, answers, completing, convert, filing, leaving, newsroom, projects};
use crate::features;
use crate::features::ghost;
use crate::features::type_definition::{self, Leads};

impl Server {
    /// What is known of the words at a place.
    pub async fn hover_at(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        if newsroom::is_file(&place.text_document.uri.0) {
            return self
                .look_in_file(place, |edition, session, text, at| {
                    let base = edition.scene().base;
                    let hover = features::entity_file::hover::hover(text, base, edition.today, at)?;
                    Some(answers::hover(&edition.text, &hover, session))
                })
                .await;
        }
        if projects::holds_configuration(&place.text_document.uri.0) {
            return self.configuration_hover(place).await;
        }
        let (desk, archive) = (self.desk.clone(), self.archive.clone());
        let open = desk.editions();
        self.look(place, move |edition, session, draft, at| {
            let findings = findings(edition);
            let mut hover = features::hover::hover(draft, &edition.scene(), findings, at)?;
            if let Some(line) = archive.line(&desk, &open, edition, at) {
                hover.add(&line);
            }
            Some(answers::hover(&edition.text, &hover, session))
        })
        .await
    }

    /// What could be typed at a place.
    pub async fn complete_at(
        &self,
        params: CompletionParams,
    ) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position_params;
        if newsroom::is_file(&place.text_document.uri.0) {
            return self
                .look_in_file(place, |edition, session, text, at| {
                    let (base, today) = (edition.scene().base, edition.today);
                    let found = features::entity_file::completion::complete(text, base, today, at);
                    Some(completing::completion(&edition.text, found, session).into())
                })
                .await;
        }
        if projects::holds_configuration(&place.text_document.uri.0) {
            return self.configuration_completion(place).await;
        }
        let trigger = params.context.map(|context| context.trigger_kind);
        self.look(place, move |edition, session, draft, at| {
            let asked = asked(&edition.text, at, trigger);
            let completion = features::completion::complete(draft, &edition.scene(), at, asked);
            Some(completing::of_draft(edition, completion, at, asked, session).into())
        })
        .await
    }

    /// Where something comes from.
    pub async fn lead_from(&self, params: DefinitionParams) -> Result<Option<DefinitionResponse>> {
        let place = params.text_document_position_params;
        if newsroom::is_file(&place.text_document.uri.0) {
            return self
                .look_in_file(place, |edition, session, text, at| {
                    use features::entity_file::definition::{Leads, definition};
                    match definition(text, edition.scene().base, at)? {
                        Leads::Here(found) => Some(answers::definition(
                            edition,
                            &found,
                            session,
                            session.definition_links,
                        )),
                        Leads::There(found) => {
                            answers::elsewhere(edition, &found, session, session.definition_links)
                        }
                    }
                })
                .await;
        }
        self.look(place, |edition, session, draft, at| {
            let scene = edition.scene();
            let elsewhere = features::definition::elsewhere(draft, &scene, at);
            let elsewhere = elsewhere
                .and_then(|it| answers::elsewhere(edition, &it, session, session.definition_links));
            if elsewhere.is_some() {
                return elsewhere;
            }
            let definition = features::definition::definition(draft, &scene, at)?;
            Some(answers::definition(
                edition,
                &definition,
                session,
                session.definition_links,
            ))
        })
        .await
    }

    /// Where the organisation of whoever stands at a place is written down.
    pub async fn organisation_of(
        &self,
        place: TextDocumentPositionParams,
    ) -> Result<Option<DefinitionResponse>> {
        self.look(
            place,
            |edition, session, draft, at| match type_definition::type_definition(
                draft,
                &edition.scene(),
                at,
            )? {
                Leads::Here(found) => Some(answers::definition(
                    edition,
                    &found,
                    session,
                    session.type_links,
                )),
                Leads::There(found) => {
                    answers::elsewhere(edition, &found, session, session.type_links)
                }
            },
        )
        .await
    }

    /// Letters that are shown before they are typed.
    pub async fn foretell(
        &self,
        params: InlineCompletionParams,
    ) -> Result<Option<InlineCompletionResponse>> {
        let place = params.text_document_position_params;
        let asked = match params.context.trigger_kind {
            InlineCompletionTriggerKind::Invoked => ghost::Asked::Explicitly,
            _ => ghost::Asked::Typing,
        };
        self.look(place, move |edition, session, draft, at| {
            let found = ghost::ghost(draft, &edition.scene(), at, asked)?;
            let item = InlineCompletionItem {
                insert_text: found.text.into(),
                filter_text: None,
                range: Some(convert::range(&edition.text, found.span, session.encoding)),
                command: None,
            };
            Some(vec![item].into())
        })
        .await
    }

    /// What can be done about some words.
    pub async fn act(&self, params: CodeActionParams) -> Result<Option<Vec<CodeActionResponse>>> {
        let uri = params.text_document.uri.0;
        let desk = self.desk.clone();
        self.ask(&uri, move |edition, session| {
            if !session.code_actions {
                return None;
            }
            let range = convert::span(&edition.text, params.range, session.encoding);
            let (draft, findings) = (edition.draft()?, findings(edition));
            let mut actions = features::actions::actions(draft, &edition.scene(), findings, range);
            let only = params.context.only.as_deref();
            // On a key or on saving, never in the list of what can be done about some words.
            if only.is_some_and(|only| {
                only.iter()
                    .any(|kind| String::from(kind.clone()).starts_with("source"))
            }) {
                actions.extend(features::actions::fix_all(findings));
            }
            let addition = features::actions::add::addition(draft, &edition.scene(), range);
            let addition = addition
                .filter(|_| answers::is_wanted(&CodeActionKind::RefactorRewrite, only))
                .and_then(|it| newsroom::addition(&desk, edition, &it, session));
            let mut answers = answers::actions(edition, actions, findings, only, session);
            answers.extend(addition.map(CodeActionResponse::CodeAction));
            answers.extend(leaving::offered(
                &desk, edition, findings, range, only, session,
            ));
            answers.extend(filing::offered(edition, range, only, session));
            Some(answers)
        })
        .await
    }
}
