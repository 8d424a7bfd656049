//! What a client may be sent, by what it said that it can do: message by message, and within each.

use serde_json::Value;

use super::client::{Message, Replay};

/// Why a message of the server's own is none that this client can expect, if it is none.
pub fn unexpected(offered: &Value, message: &Value) -> Option<String> {
    let method = message.get("method")?.as_str()?;
    let has = |path: &str| offered.pointer(path).is_some_and(is_yes);
    let is_offered = match method {
        "textDocument/publishDiagnostics" => offered.pointer("/textDocument/diagnostic").is_none(),
        "window/logMessage" | "window/showMessage" => true,
        // Parts of an answer come by a token of the client's own.
        "$/progress" => true,
        "window/showDocument" => has("/window/showDocument/support"),
        "window/workDoneProgress/create" => has("/window/workDoneProgress"),
        "workspace/configuration" => has("/workspace/configuration"),
        "workspace/applyEdit" => has("/workspace/applyEdit"),
        "workspace/diagnostic/refresh" => has("/workspace/diagnostics/refreshSupport"),
        "workspace/inlayHint/refresh" => has("/workspace/inlayHint/refreshSupport"),
        "workspace/semanticTokens/refresh" => has("/workspace/semanticTokens/refreshSupport"),
        "workspace/codeLens/refresh" => has("/workspace/codeLens/refreshSupport"),
        "workspace/textDocumentContent/refresh" => has("/workspace/textDocumentContent"),
        "client/registerCapability" => {
            let registrations = message["params"]["registrations"].as_array();
            registrations.into_iter().flatten().all(|one| {
                let path = one["method"].as_str().unwrap_or_default();
                has(&format!("/{path}/dynamicRegistration"))
            })
        }
        _ => false,
    };
    (!is_offered).then(|| format!("{method} was not expected"))
}

fn is_yes(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// What of a session's answers this client did not say it can take.
pub fn faults(replay: &Replay) -> Vec<String> {
    let mut faults = Vec::new();
    for message in &replay.messages {
        within(&replay.offered, message, &mut faults);
    }
    faults
}

fn within(offered: &Value, message: &Message, faults: &mut Vec<String>) {
    let has = |path: &str| offered.pointer(path).is_some_and(is_yes);
    let names = |path: &str, word: &str| {
        let list = offered.pointer(path).and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|one| one == word))
    };
    let mut fault = |what: &str, value: &Value| faults.push(format!("{what}: {value}"));
    let can_be_markdown =
        |path: &str, value: &Value| value["kind"] != "markdown" || names(path, "markdown");
    if let Some(told) = message.answer_to("initialize") {
        let told = &told["capabilities"];
        let encoding = told["positionEncoding"].as_str().unwrap_or("utf-16");
        if encoding != "utf-16" && !names("/general/positionEncodings", encoding) {
            fault("an encoding that was not offered", told);
        }
        for (provider, path) in [
            ("diagnosticProvider", "/textDocument/diagnostic"),
            (
                "codeActionProvider",
                "/textDocument/codeAction/codeActionLiteralSupport",
            ),
            ("inlineCompletionProvider", "/textDocument/inlineCompletion"),
        ] {
            if told.get(provider).is_some() && offered.pointer(path).is_none() {
                fault("nobody can ask for it", &told[provider]);
            }
        }
        let rename = &told["renameProvider"];
        if rename.is_object() && !has("/textDocument/rename/prepareSupport") {
            fault("a rename is not prepared", rename);
        }
        let lazy = &told["completionProvider"]["resolveProvider"];
        let asks = "/textDocument/completion/completionItem/resolveSupport";
        if *lazy == true && !has(asks) {
            fault("rows are not resolved", lazy);
        }
    }
    if let Some(hover) = message.answer_to("textDocument/hover")
        && !can_be_markdown("/textDocument/hover/contentFormat", &hover["contents"])
    {
        fault("a hover in Markdown", hover);
    }
    let rows = "/textDocument/completion/completionItem";
    let lists = message.answer_to("textDocument/completion");
    let lists = lists.map(|list| list["items"].as_array().or(list.as_array()));
    let resolved = message.answer_to("completionItem/resolve");
    for row in lists.flatten().into_iter().flatten().chain(resolved) {
        if row["insertTextFormat"] == 2 && !has(&format!("{rows}/snippetSupport")) {
            fault("a snippet", row);
        }
        if row.get("labelDetails").is_some() && !has(&format!("{rows}/labelDetailsSupport")) {
            fault("words beside a label", row);
        }
        if row.get("data").is_some() && !has(&format!("{rows}/resolveSupport")) {
            fault("a row that is not whole", row);
        }
        if !can_be_markdown(
            &format!("{rows}/documentationFormat"),
            &row["documentation"],
        ) {
            fault("a row in Markdown", row);
        }
        if row.get("commitCharacters").is_some() {
            fault("a letter that accepts a row, in prose", row);
        }
    }
    let pulled = message.answer_to("textDocument/diagnostic");
    let pulled = pulled.and_then(|report| report["items"].as_array());
    let by = match pulled {
        Some(_) => "/textDocument/diagnostic",
        None => "/textDocument/publishDiagnostics",
    };
    for one in pulled.into_iter().chain(message.published()).flatten() {
        for (extra, support) in [
            ("relatedInformation", "relatedInformation"),
            ("codeDescription", "codeDescriptionSupport"),
            ("tags", "tagSupport"),
        ] {
            if one.get(extra).is_some() && !has(&format!("{by}/{support}")) {
                fault("more than a plain finding", one);
            }
        }
    }
    for (method, path) in [
        (
            "textDocument/definition",
            "/textDocument/definition/linkSupport",
        ),
        (
            "textDocument/typeDefinition",
            "/textDocument/typeDefinition/linkSupport",
        ),
    ] {
        if let Some(found) = message.answer_to(method)
            && found.to_string().contains("targetUri")
            && !has(path)
        {
            fault("a link where a place was expected", found);
        }
    }
    if let Some(outline) = message.answer_to("textDocument/documentSymbol") {
        let is_tree = outline.to_string().contains("selectionRange");
        if is_tree && !has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport") {
            fault("a tree of symbols", outline);
        }
    }
    for method in [
        "textDocument/rename",
        "textDocument/codeAction",
        "workspace/willRenameFiles",
    ] {
        let Some(answer) = message.answer_to(method) else {
            continue;
        };
        let words = answer.to_string();
        if words.contains("\"documentChanges\"") && !has("/workspace/workspaceEdit/documentChanges")
        {
            fault("edits bound to a version", answer);
        }
        let can_create = names("/workspace/workspaceEdit/resourceOperations", "create");
        if words.contains("\"kind\":\"create\"") && !can_create {
            fault("a new file", answer);
        }
        if words.contains("\"isPreferred\"") && !has("/textDocument/codeAction/isPreferredSupport")
        {
            fault("a preferred action", answer);
        }
    }
}
