//! Messages held to the protocol's types: each is read as its type and written again, and must be what it was.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::*;

use crate::client::Message;

/// What is wrong with the server's messages, a line each.
pub fn faults(messages: &[Message]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut has_said_goodbye = false;
    for message in messages {
        let value = &message.value;
        let fault = match (
            &message.answers,
            value.get("method").and_then(Value::as_str),
        ) {
            (Some(method), _) => match (value.get("result"), value.get("error")) {
                (Some(result), None) => of_result(method, result),
                // Whoever asks after saying goodbye is told that it is too late.
                (None, Some(error)) if has_said_goodbye && error["code"] == -32600 => None,
                (None, Some(error)) => of_error(error),
                _ => Some("neither a result nor an error".to_owned()),
            },
            (None, Some(method)) => of_params(method, &value["params"]),
            (None, None) => Some("no method".to_owned()),
        };
        has_said_goodbye |= message.answers.as_deref() == Some("shutdown");
        if let Some(fault) = fault {
            let method = message.answers.as_deref().unwrap_or_default();
            let short: String = value.to_string().chars().take(300).collect();
            faults.push(format!("{method}: {fault}: {short}"));
        }
        if value["jsonrpc"] != "2.0" {
            faults.push(format!("not JSON-RPC 2.0: {value}"));
        }
    }
    faults
}

fn same<T: DeserializeOwned + Serialize>(value: &Value) -> Option<String> {
    match serde_json::from_value::<T>(value.clone()) {
        Err(error) => Some(error.to_string()),
        Ok(read) => {
            let written = serde_json::to_value(read).expect("it can be written");
            (written != *value).then(|| format!("written again it is {written}"))
        }
    }
}

/// Cancelled, changed meanwhile, wrong params: nothing else is an answer to a real editor.
fn of_error(error: &Value) -> Option<String> {
    let is_known = [-32800, -32801, -32802, -32602]
        .map(|code| json!(code))
        .contains(&error["code"]);
    let has_words = error["message"]
        .as_str()
        .is_some_and(|words| !words.is_empty());
    (!is_known || !has_words).then(|| error.to_string())
}

fn of_result(method: &str, result: &Value) -> Option<String> {
    match method {
        "initialize" => same::<InitializeResult>(result),
        "shutdown" => (!result.is_null()).then(|| "not null".to_owned()),
        "textDocument/hover" => same::<Option<Hover>>(result),
        "textDocument/completion" => same::<Option<CompletionResponse>>(result),
        "completionItem/resolve" => same::<CompletionItem>(result),
        "textDocument/diagnostic" => same::<DocumentDiagnosticReport>(result),
        "workspace/diagnostic" => same::<WorkspaceDiagnosticReport>(result),
        "textDocument/semanticTokens/full" | "textDocument/semanticTokens/range" => {
            same::<Option<SemanticTokens>>(result)
        }
        "textDocument/semanticTokens/full/delta" => {
            same::<Option<SemanticTokensDeltaResponse>>(result)
        }
        "textDocument/codeAction" => same::<Option<Vec<CodeActionResponse>>>(result),
        "textDocument/codeLens" => same::<Option<Vec<CodeLens>>>(result),
        "textDocument/documentLink" => same::<Option<Vec<DocumentLink>>>(result),
        "textDocument/documentHighlight" => same::<Option<Vec<DocumentHighlight>>>(result),
        "textDocument/documentSymbol" => same::<Option<DocumentSymbolResponse>>(result),
        "textDocument/foldingRange" => same::<Option<Vec<FoldingRange>>>(result),
        "textDocument/inlayHint" => same::<Option<Vec<InlayHint>>>(result),
        "textDocument/inlineCompletion" => same::<Option<InlineCompletionResponse>>(result),
        "textDocument/signatureHelp" => same::<Option<SignatureHelp>>(result),
        "textDocument/definition" => same::<Option<DefinitionResponse>>(result),
        "textDocument/declaration" => same::<Option<DeclarationResponse>>(result),
        "textDocument/typeDefinition" => same::<Option<TypeDefinitionResponse>>(result),
        "textDocument/implementation" => same::<Option<ImplementationResponse>>(result),
        "textDocument/references" => same::<Option<Vec<Location>>>(result),
        "textDocument/rename" | "workspace/willRenameFiles" => {
            same::<Option<WorkspaceEdit>>(result)
        }
        "textDocument/prepareRename" => same::<Option<PrepareRenameResult>>(result),
        "textDocument/prepareCallHierarchy" => same::<Option<Vec<CallHierarchyItem>>>(result),
        "callHierarchy/incomingCalls" => same::<Option<Vec<CallHierarchyIncomingCall>>>(result),
        "callHierarchy/outgoingCalls" => same::<Option<Vec<CallHierarchyOutgoingCall>>>(result),
        "textDocument/formatting"
        | "textDocument/rangeFormatting"
        | "textDocument/rangesFormatting"
        | "textDocument/onTypeFormatting" => same::<Option<Vec<TextEdit>>>(result),
        "textDocument/selectionRange" => same::<Option<Vec<SelectionRange>>>(result),
        "textDocument/linkedEditingRange" => same::<Option<LinkedEditingRanges>>(result),
        "workspace/symbol" => same::<Option<WorkspaceSymbolResponse>>(result),
        "workspace/textDocumentContent" => same::<TextDocumentContentResult>(result),
        "workspace/executeCommand" | "onrecord/ledger" => None,
        other => Some(format!("{other} is not held to a type here")),
    }
}

fn of_params(method: &str, params: &Value) -> Option<String> {
    match method {
        "textDocument/publishDiagnostics" => same::<PublishDiagnosticsParams>(params),
        "window/logMessage" => same::<LogMessageParams>(params),
        "window/showMessage" => same::<ShowMessageParams>(params),
        "window/showDocument" => same::<ShowDocumentParams>(params),
        "window/workDoneProgress/create" => same::<WorkDoneProgressCreateParams>(params),
        "$/progress" => same::<ProgressParams>(params),
        "client/registerCapability" => same::<RegistrationParams>(params),
        "workspace/configuration" => same::<ConfigurationParams>(params),
        "workspace/applyEdit" => same::<ApplyWorkspaceEditParams>(params),
        "workspace/diagnostic/refresh"
        | "workspace/inlayHint/refresh"
        | "workspace/semanticTokens/refresh"
        | "workspace/codeLens/refresh" => {
            (!params.is_null()).then(|| "a refresh has no params".to_owned())
        }
        other => Some(format!("{other} is not held to a type here")),
    }
}
