//! What each message does. A notification changes the desk before its first wait; a request takes its edition
//! before its first wait, asks a feature away from the loop, and turns the answer into the protocol's words.

use tower_lsp::LanguageServer;
use tower_lsp::gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams,
    CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, DeclarationParams, DeclarationResponse, Definition,
    DefinitionParams, DefinitionResponse, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentFormattingParams,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, DocumentRangesFormattingParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange,
    FoldingRangeParams, Hover, HoverParams, ImplementationParams, ImplementationResponse,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams,
    InlineCompletionParams, InlineCompletionResponse, LinkedEditingRangeParams,
    LinkedEditingRanges, Location, LspAny, PrepareRenameResult, ReferenceParams, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens, SemanticTokensDeltaParams,
    SemanticTokensDeltaResponse, SemanticTokensParams, SemanticTokensRangeParams, ServerInfo,
    SignatureHelp, SignatureHelpParams, TextDocumentContentParams, TextDocumentContentResult,
    TextDocumentPositionParams, TextEdit, TypeDefinitionParams, TypeDefinitionResponse,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceEdit, WorkspaceFolders,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::capabilities::Session;
use super::publisher::Wake;
use super::tidying::Stretch;
use super::{Server, convert, filing, newsroom, now, parent, projects};
use crate::disk;
use crate::entities::folder;

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = Session::of(&params);
        let capabilities = session.capabilities();
        if let Some(client) = params.process_id.and_then(|id| u32::try_from(id).ok()) {
            parent::watch(client);
        }
        let _ = self.session.set(session.into());
        self.desk.change_folders(folders(&params), &[]);
        if let Some(settings) = params.initialization_options {
            let _ = self.initial_settings.set(settings);
        }
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "onrecord".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.start_publisher();
        let session = self.session();
        self.configurer().take(&serde_json::Value::Null);
        if session.registers_configuration {
            self.configurer().register();
        }
        if session.configuration {
            self.configurer().ask();
        }
        if session.watches {
            self.loader().register();
            projects::register(self.client.clone());
        }
        self.loader().load();
        for folder in self.desk.folders() {
            self.look_around(&format!("{}/", folder.trim_end_matches('/')));
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let uri = document.uri.0;
        self.look_around(&uri);
        if document.text.len() as u64 > disk::MAX_BYTES {
            self.say_too_long(document.text.len());
        }
        self.desk
            .open(&uri, &document.text, document.version, now());
        if !self.session().pulls {
            self.wake(Wake::Look(uri));
        }
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let uri = params.text_document.text_document_identifier.uri.0;
        let version = params.text_document.version;
        let session = self.session();
        let steps = params.content_changes.into_iter();
        let steps = steps.map(|change| convert::edit(change, session.encoding));
        self.desk.change(&uri, version, now(), steps);
        if !session.pulls {
            self.wake(Wake::Look(uri));
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        let uri = params.text_document.uri.0;
        if folder::holds(&uri) {
            self.loader().load();
        }
        self.reread_configuration(&[uri.as_str()]);
        if self.session().shows_contents {
            self.copies.refresh(&self.client, &uri);
        }
        if self.desk.save(&uri) {
            self.wake(Wake::Look(uri));
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri.0;
        self.colours.forget(&uri);
        if self.desk.close(&uri) {
            self.wake(Wake::Forget(uri));
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        // A client that can be asked often sends nothing, or everything it has, beside it.
        if self.session().configuration {
            self.configurer().ask();
        } else {
            self.configurer().take(&params.settings);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let uris = |folders: Vec<_>| names(folders);
        let removed = uris(params.event.removed);
        self.desk.change_folders(uris(params.event.added), &removed);
        self.loader().load();
        self.wake(Wake::Everything);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let mut changes = params.changes.iter();
        if changes.any(|change| folder::holds(&change.uri.0)) {
            self.loader().load();
        }
        let mut changes = params.changes.iter();
        let is_beside = |uri: &str| {
            uri.contains("/notes/") || uri.ends_with(".checks") || uri.ends_with(".private.lede")
        };
        if changes.any(|change| is_beside(&change.uri.0)) {
            self.desk.doubt_files();
            self.wake(Wake::Everything);
        }
        let changed: Vec<&str> = params.changes.iter().map(|it| it.uri.0.as_str()).collect();
        self.reread_configuration(&changed);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.hover_at(params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.complete_at(params).await
    }

    async fn completion_resolve(&self, params: CompletionItem) -> Result<CompletionItem> {
        self.tell_more(params).await
    }

    async fn goto_definition(
        &self,
        params: DefinitionParams,
    ) -> Result<Option<DefinitionResponse>> {
        self.lead_from(params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        self.refer(params).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResult>> {
        let uri = params.text_document.uri.0;
        self.ask(&uri, move |edition, session| {
            let at = convert::offset(&edition.text, params.position, session.encoding);
            let prepared = newsroom::prepare(edition, at)?;
            Some(newsroom::placeholder(edition, &prepared, session).into())
        })
        .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.rename_at(params).await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        self.find(params).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        self.highlights_at(params).await
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.outline_of(params).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.folds_of(params).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokens>> {
        let uri = params.text_document.uri.0;
        let tokens = self.colours_of(&uri, None).await?;
        Ok(tokens.map(|tokens| self.colours.full(&uri, tokens)))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensDeltaResponse>> {
        let (uri, id) = (params.text_document.uri.0, params.previous_result_id);
        let tokens = self.colours_of(&uri, None).await?;
        Ok(tokens.map(|tokens| self.colours.since(&uri, &id, tokens)))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokens>> {
        self.colours_of(&params.text_document.uri.0, Some(params.range))
            .await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        self.selections_at(params).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        self.linked_at(params).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.lenses_of(params).await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        self.form_at(params).await
    }

    async fn goto_declaration(
        &self,
        params: DeclarationParams,
    ) -> Result<Option<DeclarationResponse>> {
        self.first_mention(params).await
    }

    async fn goto_type_definition(
        &self,
        params: TypeDefinitionParams,
    ) -> Result<Option<TypeDefinitionResponse>> {
        let place = params.text_document_position_params;
        Ok(self.organisation_of(place).await?.map(|found| match found {
            DefinitionResponse::Definition(found) => found.into(),
            DefinitionResponse::DefinitionLinkList(found) => found.into(),
        }))
    }

    async fn goto_implementation(
        &self,
        params: ImplementationParams,
    ) -> Result<Option<ImplementationResponse>> {
        let place = params.text_document_position_params;
        let token = params.partial_result_params.partial_result_token;
        let found = self.quoted_everywhere(place, token).await?;
        Ok(found.map(|found| Definition::from(found).into()))
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.prepare_calls(params.text_document_position_params)
            .await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.quoted_by(params.item).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.quoting(params.item).await
    }

    async fn inline_completion(
        &self,
        params: InlineCompletionParams,
    ) -> Result<Option<InlineCompletionResponse>> {
        self.foretell(params).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.tidy(&params.text_document.uri.0, Stretch::Whole).await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let ranges = vec![params.range];
        self.tidy(&params.text_document.uri.0, Stretch::Ranges(ranges))
            .await
    }

    async fn ranges_formatting(
        &self,
        params: DocumentRangesFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        self.tidy(&params.text_document.uri.0, Stretch::Ranges(params.ranges))
            .await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let typed = Stretch::Typed(params.ch, params.position);
        self.tidy(&params.text_document.uri.0, typed).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.follow(params.files).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.links_of(params).await
    }

    async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> Result<Option<Vec<CodeActionResponse>>> {
        self.act(params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.hints_of(params).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LspAny>> {
        let arguments = params.arguments.unwrap_or_default();
        match params.command.as_str() {
            filing::FILE => self.file(&arguments).await.map(Some),
            filing::NOTE_CHECK => self.note_check(&arguments).await.map(|()| None),
            other => Err(Error::invalid_params(format!(
                "there is no command {other}"
            ))),
        }
    }

    async fn text_document_content(
        &self,
        params: TextDocumentContentParams,
    ) -> Result<TextDocumentContentResult> {
        self.clean_copy(&params.uri.0).await
    }

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReport> {
        self.pull(params).await
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        self.pull_workspace(params).await
    }
}

/// The folders that a client opens with: the list, else the one root of older clients.
fn folders(params: &InitializeParams) -> Vec<String> {
    let list = &params.workspace_folders_initialize_params.workspace_folders;
    match list {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => names(folders.clone()),
        Some(WorkspaceFolders::Null) => Vec::new(),
        None => {
            #[allow(deprecated)]
            let root = &params.root_uri;
            root.iter().map(|root| root.0.clone()).collect()
        }
    }
}

fn names(folders: Vec<tower_lsp::gen_lsp_types::WorkspaceFolder>) -> Vec<String> {
    folders.into_iter().map(|folder| folder.uri.0).collect()
}
