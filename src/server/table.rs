//! Every message of the protocol that a client may send or be sent, and what it means for a draft. docs/features.md is made from it.

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It is answered, sent or heard; in these words.
    Does(&'static str),
    /// It could mean something and is not there yet.
    NotYet(&'static str),
    /// It has no meaning for a draft, and why.
    Nothing(&'static str),
}

use Meaning::{Does, NotYet, Nothing};

/// The messages by method, in the order in which a user meets them.
#[rustfmt::skip]
pub const TABLE: &[(&str, Meaning)] = &[
    // What is asked of a draft as a whole.
    ("textDocument/publishDiagnostics", Does("The findings, with the version of the draft they belong to; only to clients that do not pull.")),
    ("textDocument/diagnostic", Does("The findings of one draft; “unchanged” where nothing did.")),
    ("workspace/diagnostic", Does("The findings of every draft in the folders, open or not; “unchanged” draft by draft.")),
    ("workspace/diagnostic/refresh", Does("Sent when findings change without a keystroke: the configuration, the notes, the base of known names.")),
    ("textDocument/documentSymbol", Does("The outline: headline, sections, paragraphs with their quotations by speaker, records.")),
    ("textDocument/foldingRange", Does("The header, sections, notes, comments, definitions and everything below the end mark fold.")),
    ("workspace/foldingRange/refresh", Nothing("Folds change with the text alone, and clients ask again then.")),
    ("textDocument/semanticTokens/full", Does("Colours by meaning: quotation, speaker, cue, claim without a source, unnamed source, mark; each certain, probable or unknown.")),
    ("textDocument/semanticTokens/full/delta", Does("Only the colours that changed since the last answer.")),
    ("textDocument/semanticTokens/range", Does("The colours of what is on the screen.")),
    ("workspace/semanticTokens/refresh", Does("Sent when colours change without a keystroke: the configuration, the notes, the base of known names.")),
    ("textDocument/codeLens", Does("The source ledger above the first paragraph (quotations, named people, unnamed sources, claims without a source), and above each record how often it is used.")),
    ("codeLens/resolve", Nothing("A lens is cheap: it comes whole.")),
    ("workspace/codeLens/refresh", Does("Sent likewise.")),
    ("textDocument/documentLink", Does("A source’s file, at its time where a mark gives one.")),
    ("documentLink/resolve", Nothing("A link comes whole.")),
    // What is asked of a place.
    ("textDocument/hover", Does("Who a speaker is, on what terms they spoke, how often they are quoted; what a mark covers; what a finding means; how a quotation stands against the record.")),
    ("textDocument/completion", Does("Names, sources after [^ and the places in them behind a comma, people after [@, keys of the header and of definitions and their values, rules after STET; the record’s words inside an open quotation; for whoever asks, “said” and its like behind a quotation. What a row is stands beside it where the client shows that.")),
    ("completionItem/resolve", Does("What there is to know of the row that is looked at, as the hover has it: who somebody is, what a source says of itself, why a rule is one. Where the client cannot ask, rows come whole.")),
    ("textDocument/inlineCompletion", Does("The rest of a surname already introduced, where its first letters fit one person; for whoever asks, an attribution left open: `said [TK: who?].` Never the name of a speaker.")),
    ("textDocument/signatureHelp", Does("What a definition may say, with the field under the cursor lit up.")),
    ("textDocument/definition", Does("From a citation to its definition, from a quotation to its place in the notes, from a name to the record of the person.")),
    ("textDocument/declaration", Does("Where somebody is introduced: the first naming in the story; for an id its definition.")),
    ("textDocument/typeDefinition", Does("From a person to the record of their organisation; else to where the story names it first.")),
    ("textDocument/implementation", Does("Every quotation of a person or body, or of what a recording or document gave, in every draft of the folders.")),
    ("textDocument/references", Does("Every mention and quotation of a speaker or body in every draft of the folders, whatever form they are named by, and in the newsroom’s own files; every citation of a source. Draft by draft where the client takes parts.")),
    ("textDocument/documentHighlight", Does("The same, in the draft at hand, lit up.")),
    ("textDocument/selectionRange", Does("A selection grows from a word to the mark, the words said, the quotation, the sentence, the paragraph, the section.")),
    ("textDocument/linkedEditingRange", Does("An id is typed once for all its marks and its definition.")),
    ("textDocument/codeAction", Does("The ways out of a finding: edits, “attribute later”, STET with a reason, a source record from a sentence; on saving, all safe fixes.")),
    ("codeAction/resolve", Nothing("An action carries its edit.")),
    ("textDocument/inlayHint", Does("Who is read as the speaker of a quotation without “said”; for those who switch it on, whom “he said” means, the role on the story’s date, a ✓ behind what is on file word for word (`onrecord.inlayHints`).")),
    ("inlayHint/resolve", Nothing("A hint comes whole.")),
    ("workspace/inlayHint/refresh", Does("Sent likewise, and when a kind of hint is switched on or off.")),
    ("textDocument/prepareRename", Does("Whether an id or a name can be renamed, and what it is called now.")),
    ("textDocument/rename", Does("An id of a source or an entity; a name, in every draft of the folders and in the newsroom’s own files, whatever form it has, but not between quotation marks.")),
    ("textDocument/prepareCallHierarchy", Does("Whoever is named at a place; elsewhere the story: who quotes whom.")),
    ("callHierarchy/incomingCalls", Does("By whom somebody is quoted: the stories, and those in whose words theirs stand.")),
    ("callHierarchy/outgoingCalls", Does("Whom a story quotes, or somebody in it.")),
    ("workspace/symbol", Does("The people, bodies, places and offices of the newsroom’s files; the headlines, people and bodies of the open drafts. File by file where the client takes parts.")),
    ("workspaceSymbol/resolve", Nothing("A symbol comes with its place.")),
    ("textDocument/formatting", Does("The blanks and signs of marks, definitions and the header are tidied; never a word of prose. Straight quotation marks are curled only for those who ask for it (`onrecord.curlQuotes`).")),
    ("textDocument/rangeFormatting", Does("The same, in a stretch of the draft.")),
    ("textDocument/rangesFormatting", Does("The same, in several.")),
    ("textDocument/onTypeFormatting", Does("A mark is tidied when its bracket closes, a line of a definition or the header when it is left.")),
    ("textDocument/prepareTypeHierarchy", Nothing("People and documents have no types above and below them.")),
    ("typeHierarchy/supertypes", Nothing("See textDocument/prepareTypeHierarchy.")),
    ("typeHierarchy/subtypes", Nothing("See textDocument/prepareTypeHierarchy.")),
    ("textDocument/documentColor", Nothing("A colour in copy is a word.")),
    ("textDocument/colorPresentation", Nothing("See textDocument/documentColor.")),
    ("textDocument/inlineValue", Nothing("There is no debugger for a story.")),
    ("workspace/inlineValue/refresh", Nothing("See textDocument/inlineValue.")),
    ("textDocument/moniker", Nothing("A source’s id holds in its own desk only; it must not travel.")),
    // The document and its life.
    ("textDocument/didOpen", Does("The draft is read.")),
    ("textDocument/didChange", Does("The edit is applied; only the blocks it touches are read anew.")),
    ("textDocument/didSave", Does("Findings that were held back while a sentence was typed are shown; a saved configuration or base is read.")),
    ("textDocument/didClose", Does("The draft is forgotten, its published findings are taken back.")),
    ("textDocument/willSave", Nothing("Nothing has to happen before a draft is saved.")),
    ("textDocument/willSaveWaitUntil", Nothing("Saving never changes a word; fixes on saving are code actions that the user turns on.")),
    ("notebookDocument/didOpen", Nothing("A draft is no notebook of cells.")),
    ("notebookDocument/didChange", Nothing("See notebookDocument/didOpen.")),
    ("notebookDocument/didSave", Nothing("See notebookDocument/didOpen.")),
    ("notebookDocument/didClose", Nothing("See notebookDocument/didOpen.")),
    // The workspace.
    ("workspace/didChangeWorkspaceFolders", Does("Drafts, notes and names of the new folders count, those of the old ones do not.")),
    ("workspace/workspaceFolders", Nothing("Clients tell of their folders by themselves.")),
    ("workspace/didChangeConfiguration", Does("Settings are read anew, without a restart.")),
    ("workspace/configuration", Does("Asked where the client can answer: the section onrecord.")),
    ("workspace/didChangeWatchedFiles", Does("Changed notes, names and onrecord.toml are read anew.")),
    ("workspace/didCreateFiles", Nothing("Watched files tell of it.")),
    ("workspace/didRenameFiles", Nothing("Watched files tell of it; the drafts followed before (see workspace/willRenameFiles).")),
    ("workspace/didDeleteFiles", Nothing("Watched files tell of it.")),
    ("workspace/willCreateFiles", Nothing("A new file changes no other.")),
    ("workspace/willRenameFiles", Does("A renamed recording, document or file of references, or a folder of them, is renamed in the drafts that name it.")),
    ("workspace/willDeleteFiles", Nothing("A deleted recording is reported where it is cited; nothing is edited for it.")),
    ("workspace/textDocumentContent", Does("The clean copy of a draft as a document of its own that cannot be edited: `onrecord-clean:` with `?draft=` and the draft’s address.")),
    ("workspace/textDocumentContent/refresh", Does("Sent when the draft of such a copy is saved.")),
    ("workspace/executeCommand", Does("“Before you file” (`onrecord.file`: what to look at first, the clean text, what was filed kept), and a check noted beside the draft (`onrecord.noteCheck`).")),
    ("workspace/applyEdit", Does("When a command was given: the clean text as a new file, a check noted beside the draft.")),
    // The session.
    ("initialize", Does("What both can do is agreed: the columns (UTF-8, 16 or 32), pushed or pulled findings.")),
    ("initialized", Does("Settings are asked for, files watched, where the client can.")),
    ("shutdown", Does("The last answers go out.")),
    ("exit", Does("The end: with 0 after shutdown, else with 1.")),
    ("client/registerCapability", Does("For changed settings and watched files, where the client offers it.")),
    ("client/unregisterCapability", Nothing("What was registered holds for the session.")),
    ("window/showMessage", Does("When a setting or a file cannot be read, in words that say what to do; what to know before a draft is filed.")),
    ("window/showMessageRequest", Nothing("Nothing is asked while somebody writes.")),
    ("window/logMessage", Does("What happens, without a word of any draft.")),
    ("window/showDocument", Does("What was filed, and the place that keeps a draft from being filed; only when somebody files.")),
    ("window/workDoneProgress/create", Does("Before the newsroom’s files and imported bases are read, where the client shows such things.")),
    ("window/workDoneProgress/cancel", Does("Reading stops before the next file; those who were known stay known.")),
    ("telemetry/event", Nothing("Nothing is counted, nothing leaves the machine.")),
    ("$/cancelRequest", Does("A request that is no longer wanted is answered as cancelled.")),
    ("$/progress", Does("How far reading has come; parts of an answer that spans many drafts.")),
    ("$/setTrace", Does("Heard; there is nothing more to trace than the log has.")),
    ("$/logTrace", Nothing("See $/setTrace.")),
];

/// docs/features.md.
pub fn page() -> String {
    let mut page = String::from(
        "# What editors can ask\n\n\
         Every message of the language server protocol, version 3.18, and what it does in a draft, or why it has no meaning there. This page is\n\
         made from `src/server/table.rs`, and a test holds it against what the server says of itself.\n\n\
         | message | in a draft |\n|---|---|\n",
    );
    for (method, meaning) in TABLE {
        let words = match meaning {
            Does(words) => (*words).to_owned(),
            NotYet(words) => format!("*Not yet.* {words}"),
            Nothing(words) => format!("No meaning: {words}"),
        };
        page.push_str(&format!("| `{method}` | {words} |\n"));
    }
    let count = |is: fn(&Meaning) -> bool| TABLE.iter().filter(|row| is(&row.1)).count();
    page.push_str(&format!(
        "\n{} messages: {} in use, {} not yet, {} without a meaning.\n",
        TABLE.len(),
        count(|meaning| matches!(meaning, Does(_))),
        count(|meaning| matches!(meaning, NotYet(_))),
        count(|meaning| matches!(meaning, Nothing(_))),
    ));
    page
}
