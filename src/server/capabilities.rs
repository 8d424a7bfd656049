//! What the client can do, and what we can.

use tower_lsp::gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions,
    DiagnosticOptions, DocumentLinkOptions, DocumentOnTypeFormattingOptions,
    DocumentRangeFormattingOptions, ExecuteCommandOptions, FileOperationOptions, InitializeParams,
    MarkupKind, PositionEncodingKind, RenameOptions, ResourceOperationKind, SaveOptions,
    SemanticTokensFullDelta, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities,
    SignatureHelpOptions, TextDocumentContentOptions, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

use super::answers::token_legend;
use super::{clean_copy, filing, moving};
use crate::text::position::Encoding;

/// Whether a place may say which words it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// It may not.
    #[default]
    NotTaken,
    /// It may.
    Taken,
}

impl Links {
    fn of(support: Option<bool>) -> Links {
        match support {
            Some(true) => Links::Taken,
            Some(false) | None => Links::NotTaken,
        }
    }
}

/// What was agreed with the client when it introduced itself.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// What columns count.
    pub encoding: Encoding,
    /// Whether the client asks for findings. Else they are published; never both.
    pub pulls: bool,
    /// Whether the client can be told to ask again.
    pub refreshes: bool,
    /// Whether a finding may name related places.
    pub related_information: bool,
    /// Whether a finding may be marked as unnecessary.
    pub tags: bool,
    /// Whether a finding's code may be a link.
    pub code_description: bool,
    /// Whether the client can be asked for its settings.
    pub configuration: bool,
    /// Whether it must be told that we want to hear of changed settings.
    pub registers_configuration: bool,
    /// Whether the client can be asked to tell of changed files.
    pub watches: bool,
    /// Whether edits may name the version that they are for.
    pub document_changes: bool,
    /// Whether the client asks before a rename what would be renamed.
    pub prepares_rename: bool,
    /// Whether names are sent as snippets, which this client shows whatever their first letters are.
    pub rows_as_snippets: bool,
    /// Whether a row may have words beside its label.
    pub label_details: bool,
    /// Whether the client asks for what there is to know of a row when it is looked at.
    pub resolves_rows: bool,
    /// Whether that may use Markdown.
    pub markdown_rows: bool,
    /// Whether a hover may use Markdown.
    pub markdown_hover: bool,
    /// Whether symbols may stand in a tree.
    pub symbol_tree: bool,
    /// Whether a definition may say which words it is of.
    pub definition_links: Links,
    /// Whether the place of an organisation may do so.
    pub type_links: Links,
    /// How many folds the client takes.
    pub fold_limit: usize,
    /// Whether an action may be the preferred one.
    pub preferred_actions: bool,
    /// Whether the client takes code actions as values; else it would want commands, and gets nothing.
    pub code_actions: bool,
    /// Whether the client can be asked to show a document.
    pub shows_documents: bool,
    /// Whether an edit may make a file.
    pub creates_files: bool,
    /// Whether the client takes edits that it did not ask for in an action.
    pub applies_edits: bool,
    /// Whether the client can be told to ask for the signs in the text again.
    pub refreshes_hints: bool,
    /// Whether the client can be told to ask for colours again.
    pub refreshes_colours: bool,
    /// Whether the client can be told to ask for the lines above the text again.
    pub refreshes_lenses: bool,
    /// Whether the client shows documents that only we know: clean copy.
    pub shows_contents: bool,
    /// Whether the client shows letters that are not yet typed.
    pub inline_completion: bool,
    /// Whether the client asks before it renames files.
    pub renames_files: bool,
    /// Whether several ranges can be tidied in one request.
    pub many_ranges: bool,
    /// Whether the client shows that we are at work.
    pub shows_progress: bool,
}

impl Session {
    /// What this client can do.
    pub fn of(params: &InitializeParams) -> Session {
        let client = &params.capabilities;
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let offered = client.general.as_ref();
        let offered = offered.and_then(|general| general.position_encodings.as_deref());
        let pull = document.and_then(|document| document.diagnostic.as_ref());
        let push = document.and_then(|document| document.publish_diagnostics.as_ref());
        let diagnostics = match pull {
            Some(pull) => Some(&pull.diagnostics_capabilities),
            None => push.map(|push| &push.diagnostics_capabilities),
        };
        let hover = document.and_then(|document| document.hover.as_ref());
        let symbols = document.and_then(|document| document.document_symbol.as_ref());
        let actions = document.and_then(|document| document.code_action.as_ref());
        let rows = document.and_then(|document| document.completion.as_ref());
        let rows = rows.and_then(|completion| completion.completion_item.as_ref());
        let settings = workspace.and_then(|workspace| workspace.did_change_configuration.as_ref());
        Session {
            encoding: encoding(offered.unwrap_or_default()),
            pulls: pull.is_some(),
            refreshes: workspace
                .and_then(|workspace| workspace.diagnostics.as_ref())
                .is_some_and(|diagnostics| diagnostics.refresh_support == Some(true)),
            related_information: diagnostics
                .is_some_and(|can| can.related_information == Some(true)),
            tags: diagnostics.is_some_and(|can| can.tag_support.is_some()),
            code_description: diagnostics
                .is_some_and(|can| can.code_description_support == Some(true)),
            configuration: workspace.is_some_and(|can| can.configuration == Some(true)),
            registers_configuration: settings
                .is_some_and(|settings| settings.dynamic_registration == Some(true)),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .is_some_and(|files| files.dynamic_registration == Some(true)),
            document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref())
                .is_some_and(|edit| edit.document_changes == Some(true)),
            prepares_rename: document
                .and_then(|document| document.rename.as_ref())
                .is_some_and(|rename| rename.prepare_support == Some(true)),
            rows_as_snippets: client
                .experimental
                .as_ref()
                .and_then(|own| own.get("onrecordRows"))
                .is_some_and(|rows| rows == "snippets"),
            label_details: rows.is_some_and(|can| can.label_details_support == Some(true)),
            resolves_rows: rows
                .and_then(|can| can.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|one| one == "documentation")),
            markdown_rows: rows
                .and_then(|can| can.documentation_format.as_deref())
                .and_then(|formats| formats.first())
                .is_some_and(|format| *format == MarkupKind::Markdown),
            markdown_hover: hover
                .and_then(|hover| hover.content_format.as_deref())
                .and_then(|formats| formats.first())
                .is_some_and(|format| *format == MarkupKind::Markdown),
            symbol_tree: symbols
                .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
            definition_links: Links::of(
                document
                    .and_then(|document| document.definition.as_ref())
                    .and_then(|definition| definition.link_support),
            ),
            type_links: Links::of(
                document
                    .and_then(|document| document.type_definition.as_ref())
                    .and_then(|definition| definition.link_support),
            ),
            inline_completion: document
                .is_some_and(|document| document.inline_completion.is_some()),
            renames_files: workspace
                .and_then(|workspace| workspace.file_operations.as_ref())
                .is_some_and(|files| files.will_rename == Some(true)),
            many_ranges: document
                .and_then(|document| document.range_formatting.as_ref())
                .is_some_and(|formatting| formatting.ranges_support == Some(true)),
            refreshes_colours: workspace
                .and_then(|workspace| workspace.semantic_tokens.as_ref())
                .is_some_and(|can| can.refresh_support == Some(true)),
            refreshes_lenses: workspace
                .and_then(|workspace| workspace.code_lens.as_ref())
                .is_some_and(|can| can.refresh_support == Some(true)),
            shows_contents: workspace
                .is_some_and(|workspace| workspace.text_document_content.is_some()),
            shows_progress: client
                .window
                .as_ref()
                .is_some_and(|window| window.work_done_progress == Some(true)),
            fold_limit: document
                .and_then(|document| document.folding_range.as_ref())
                .and_then(|folds| folds.range_limit)
                .map_or(usize::MAX, |limit| limit as usize),
            preferred_actions: actions
                .is_some_and(|actions| actions.is_preferred_support == Some(true)),
            code_actions: actions
                .is_some_and(|actions| actions.code_action_literal_support.is_some()),
            shows_documents: client
                .window
                .as_ref()
                .and_then(|window| window.show_document.as_ref())
                .is_some_and(|can| can.support),
            creates_files: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref())
                .and_then(|edit| edit.resource_operations.as_deref())
                .is_some_and(|can| can.contains(&ResourceOperationKind::Create)),
            applies_edits: workspace.is_some_and(|can| can.apply_edit == Some(true)),
            refreshes_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref())
                .is_some_and(|can| can.refresh_support == Some(true)),
        }
    }

    /// Whether we can have a file made or changed that is not open.
    pub fn writes_files(&self) -> bool {
        self.applies_edits && self.creates_files && self.document_changes
    }

    /// What we can do for this client.
    pub fn capabilities(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(
                SaveOptions {
                    include_text: Some(false),
                }
                .into(),
            ),
            ..TextDocumentSyncOptions::default()
        };
        let diagnostics = DiagnosticOptions {
            identifier: Some("onrecord".to_owned()),
            inter_file_dependencies: false,
            workspace_diagnostics: true,
            ..DiagnosticOptions::default()
        };
        let workspace = WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(ChangeNotifications::Bool(true)),
            }),
            file_operations: self.renames_files.then(|| FileOperationOptions {
                will_rename: Some(moving::wanted()),
                ..FileOperationOptions::default()
            }),
            text_document_content: self.shows_contents.then(|| {
                TextDocumentContentOptions {
                    schemes: vec![clean_copy::SCHEME.to_owned()],
                }
                .into()
            }),
        };
        let (token_types, token_modifiers) = token_legend();
        let tokens = SemanticTokensOptions {
            legend: SemanticTokensLegend {
                token_types,
                token_modifiers,
            },
            full: Some(SemanticTokensFullDelta { delta: Some(true) }.into()),
            range: Some(true.into()),
            ..SemanticTokensOptions::default()
        };
        let completion = CompletionOptions {
            trigger_characters: Some(vec!["^".to_owned(), "@".to_owned()]),
            resolve_provider: self.resolves_rows.then_some(true),
            ..CompletionOptions::default()
        };
        let signature = SignatureHelpOptions {
            trigger_characters: Some(vec![":".to_owned(), ";".to_owned()]),
            ..SignatureHelpOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QuickFix,
                CodeActionKind::RefactorRewrite,
                CodeActionKind::Source,
                CodeActionKind::SourceFixAll,
            ]),
            ..CodeActionOptions::default()
        };
        ServerCapabilities {
            hover_provider: Some(true.into()),
            completion_provider: Some(completion),
            definition_provider: Some(true.into()),
            document_link_provider: Some(DocumentLinkOptions::default()),
            references_provider: Some(true.into()),
            rename_provider: Some(match self.prepares_rename {
                true => RenameOptions {
                    prepare_provider: Some(true),
                    ..RenameOptions::default()
                }
                .into(),
                false => true.into(),
            }),
            workspace_symbol_provider: Some(true.into()),
            document_highlight_provider: Some(true.into()),
            document_symbol_provider: Some(true.into()),
            folding_range_provider: Some(true.into()),
            selection_range_provider: Some(true.into()),
            linked_editing_range_provider: Some(true.into()),
            declaration_provider: Some(true.into()),
            type_definition_provider: Some(true.into()),
            implementation_provider: Some(true.into()),
            call_hierarchy_provider: Some(true.into()),
            inline_completion_provider: self.inline_completion.then(|| true.into()),
            document_formatting_provider: Some(true.into()),
            document_range_formatting_provider: Some(match self.many_ranges {
                true => DocumentRangeFormattingOptions {
                    ranges_support: Some(true),
                    ..DocumentRangeFormattingOptions::default()
                }
                .into(),
                false => true.into(),
            }),
            document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
                first_trigger_character: "]".to_owned(),
                more_trigger_character: Some(vec!["\n".to_owned()]),
            }),
            code_lens_provider: Some(CodeLensOptions::default()),
            signature_help_provider: Some(signature),
            semantic_tokens_provider: Some(tokens.into()),
            inlay_hint_provider: Some(true.into()),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: filing::COMMANDS.map(str::to_owned).to_vec(),
                ..ExecuteCommandOptions::default()
            }),
            code_action_provider: self.code_actions.then(|| actions.into()),
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
                Encoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(sync.into()),
            diagnostic_provider: self.pulls.then(|| diagnostics.into()),
            workspace: Some(workspace),
            ..ServerCapabilities::default()
        }
    }
}

/// The client's first choice among the three encodings of the protocol; UTF-16 where it names none.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    let known = offered.iter().find_map(|kind| match kind {
        PositionEncodingKind::UTF8 => Some(Encoding::Utf8),
        PositionEncodingKind::UTF16 => Some(Encoding::Utf16),
        PositionEncodingKind::UTF32 => Some(Encoding::Utf32),
        PositionEncodingKind::Custom(_) => None,
    });
    known.unwrap_or(Encoding::Utf16)
}
