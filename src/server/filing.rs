//! The commands of a working day, for every editor: before you file, and a check noted beside the draft.

use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionResponse, Command, MessageType, ShowDocumentParams, Uri,
};
use tower_lsp::jsonrpc::{Error, Result};
use url::Url;

use super::answers::is_kind_of;
use super::capabilities::Session;
use super::{Server, convert};
use crate::checks;
use crate::desk::edition::Edition;
use crate::desk::{filed, shelf};
use crate::disk;
use crate::features::actions::check;
use crate::features::filing;
use crate::finding::Severity;
use crate::notes::checks::hash;
use crate::project;
use crate::text::span::Span;

/// Says what to know before a draft is filed, and gives its copy: `[uri]`, or `[uri, {"before": true}]` for the first
/// alone, or `[uri, {"show": true}]` to have both shown by the editor.
pub const FILE: &str = "onrecord.file";

/// Notes beside the draft that words of it were checked: `[uri, range]`.
pub const NOTE_CHECK: &str = "onrecord.noteCheck";

/// All commands.
pub const COMMANDS: [&str; 2] = [FILE, NOTE_CHECK];

/// What a command found out away from the loop.
enum Answer {
    /// A comment or mark that is never closed: its words and place.
    Refused(String, Value),
    /// What to know, the copy, and where it was kept.
    Filed {
        lines: Vec<(Severity, String)>,
        all: Value,
        text: String,
        kept: Option<std::result::Result<String, String>>,
    },
}

impl Server {
    /// Answers [`FILE`].
    pub async fn file(&self, arguments: &[Value]) -> Result<Value> {
        let uri = uri(arguments)?;
        let wish = |name: &str| arguments.get(1).is_some_and(|wishes| wishes[name] == true);
        if disk::is_private(Path::new(&uri)) {
            return Err(Error::invalid_params(
                "A private file is not filed: what stands in it is for your editor".to_owned(),
            ));
        }
        let (is_before, is_shown) = (wish("before"), wish("show"));
        self.look_again(&uri).await;
        let answer = self
            .ask(&uri, move |edition, session| {
                Some(answer(edition, session, is_before))
            })
            .await?;
        let Some(answer) = answer else {
            return Err(Error::invalid_params(format!("{uri} is not open")));
        };
        match answer {
            Answer::Refused(message, range) => {
                if is_shown {
                    self.client.show_message(MessageType::Error, &message).await;
                    self.show(&uri, Some(&range)).await;
                }
                Ok(json!({ "refused": { "message": message, "range": range } }))
            }
            Answer::Filed {
                lines,
                mut all,
                text,
                kept,
            } => {
                if let Some(Err(problem)) = &kept {
                    self.client
                        .show_message(MessageType::Warning, problem)
                        .await;
                }
                let kept = kept.and_then(std::result::Result::ok);
                all["kept"] = json!(kept);
                if kept.is_some() {
                    self.desk.doubt_files();
                }
                if is_shown {
                    self.tell(&lines).await;
                    self.show_copy(&uri, &text, kept.as_deref()).await;
                }
                Ok(all)
            }
        }
    }

    /// Fetches what lies beside a document before it is asked about.
    async fn look_again(&self, uri: &str) {
        let (desk, uri) = (self.desk.clone(), uri.to_owned());
        let fetched = tokio::task::spawn_blocking(move || desk.fetch(&uri, Instant::now()));
        let _ = fetched.await;
    }

    async fn tell(&self, lines: &[(Severity, String)]) {
        if lines.is_empty() {
            let nothing = "Before you file: nothing to ask.";
            self.client.show_message(MessageType::Info, nothing).await;
            return;
        }
        let words: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
        let message = format!("Before you file:\n{}", words.join("\n"));
        self.client
            .show_message(MessageType::Warning, message)
            .await;
    }

    /// Opens the copy as a document: the file that keeps it, else one beside the draft.
    async fn show_copy(&self, uri: &str, text: &str, kept: Option<&str>) {
        let session = self.session();
        if let Some(kept) = kept.filter(|_| session.shows_documents) {
            self.show(kept, None).await;
            return;
        }
        let beside = beside(uri).filter(|_| session.writes_files());
        let Some(beside) = beside else {
            let how = "The clean text: run `onrecord file` on the draft, or name a folder `filed` in onrecord.toml.";
            self.client.show_message(MessageType::Info, how).await;
            return;
        };
        self.write(&beside, text, true).await;
    }

    /// Puts a text into another file, through the editor: in the place of what stands there, or before it.
    async fn write(&self, uri: &str, text: &str, is_new: bool) {
        let start = json!({ "line": 0, "character": 0 });
        let options = match is_new {
            true => json!({ "overwrite": true }),
            false => json!({ "ignoreIfExists": true }),
        };
        let edit = serde_json::from_value(json!({ "documentChanges": [
            { "kind": "create", "uri": uri, "options": options },
            {
                "textDocument": { "uri": uri, "version": null },
                "edits": [{ "range": { "start": start, "end": start }, "newText": text }],
            },
        ]}));
        if let Ok(edit) = edit {
            let _ = self.client.apply_edit(edit).await;
        }
    }

    async fn show(&self, uri: &str, range: Option<&Value>) {
        if !self.session().shows_documents {
            return;
        }
        let selection = range.and_then(|range| serde_json::from_value(range.clone()).ok());
        let shown = self.client.show_document(ShowDocumentParams {
            uri: Uri(uri.to_owned()),
            external: None,
            take_focus: Some(true),
            selection,
        });
        let _ = shown.await;
    }

    /// Answers [`NOTE_CHECK`].
    pub async fn note_check(&self, arguments: &[Value]) -> Result<()> {
        let uri = uri(arguments)?;
        let range = arguments
            .get(1)
            .and_then(|range| serde_json::from_value(range.clone()).ok());
        let Some(range) = range else {
            return Err(Error::invalid_params("the second argument is a range"));
        };
        let line = self
            .ask(&uri, move |edition, session| {
                let span = convert::span(&edition.text, range, session.encoding);
                checked_line(edition, span)
            })
            .await?;
        let path = project::path(&uri);
        let beside = path.and_then(|path| Url::from_file_path(shelf::checks_of(&path)).ok());
        match (line, beside) {
            (Some(line), Some(beside)) if self.session().writes_files() => {
                self.write(beside.as_str(), &line, false).await
            }
            _ => {
                let why =
                    "Nothing was noted: save the draft first, and put the cursor into a sentence.";
                self.client.show_message(MessageType::Info, why).await;
            }
        }
        Ok(())
    }
}

/// The first argument of a command.
fn uri(arguments: &[Value]) -> Result<String> {
    let uri = arguments.first().and_then(Value::as_str);
    uri.map(str::to_owned)
        .ok_or_else(|| Error::invalid_params("the first argument is the URI of a draft"))
}

fn answer(edition: &Edition, session: &Session, is_before: bool) -> Answer {
    let Some(draft) = edition.draft() else {
        let range = convert::range(&edition.text, Span::at(0), session.encoding);
        return Answer::Refused("This is no draft.".to_owned(), json!(range));
    };
    let range = |span: Span| convert::range(&edition.text, span, session.encoding);
    let out = match filing::outgoing(draft) {
        Ok(out) => out,
        Err(open) => {
            let words = draft.text.slice(open);
            let line = range(open).start.line + 1;
            let message = format!(
                "Not filed: “{words}” in line {line} is opened and never closed; what follows may be meant for nobody."
            );
            return Answer::Refused(message, json!(range(open)));
        }
    };
    let lines = filing::before(draft, &edition.scene());
    let told = lines.iter().map(|one| {
        json!({
            "severity": one.severity.name(),
            "rule": one.rule,
            "message": one.message,
            "range": range(one.span),
        })
    });
    let mut all = json!({ "before": told.collect::<Vec<_>>(), "leftOut": out.left_out });
    let folder = edition.surroundings.config.filed.as_deref();
    let kept = match (is_before, folder, project::path(&edition.uri)) {
        (false, Some(folder), Some(path)) => {
            let now = crate::clock::now();
            let kept = filed::keep(folder, &path, &out.text, now);
            Some(kept.map(|path| Url::from_file_path(path).map_or(String::new(), Into::into)))
        }
        _ => None,
    };
    if !is_before {
        all["text"] = json!(out.text);
    }
    Answer::Filed {
        lines: lines
            .into_iter()
            .map(|one| (one.severity, one.message))
            .collect(),
        all,
        text: out.text,
        kept,
    }
}

/// `council.lede` has its copy in `council.clean.txt`.
fn beside(uri: &str) -> Option<String> {
    let path = project::path(uri)?;
    Some(
        Url::from_file_path(path.with_extension("clean.txt"))
            .ok()?
            .into(),
    )
}

/// The line that notes a check of the sentence at a place.
fn checked_line(edition: &Edition, span: Span) -> Option<String> {
    let draft = edition.draft()?;
    let (block, at) = draft.block_at(span.start())?;
    let mut sentences = draft.prose[block].sentences.iter();
    let sentence = sentences.find(|sentence| sentence.span.touches(at))?;
    let said = checks::said(&draft.tree.blocks[block].block, sentence.span);
    let words: Vec<&str> = said.split_whitespace().collect();
    let who = check::checker(draft).unwrap_or_else(|| "TK".to_owned());
    let words = words.join(" ");
    Some(format!(
        "{who} {} #{}: {words}\n",
        edition.today,
        hash(&words)
    ))
}

/// What can be done about a draft as a whole, or noted beside it.
pub fn offered(
    edition: &Edition,
    range: Span,
    only: Option<&[CodeActionKind]>,
    session: &Session,
) -> Vec<CodeActionResponse> {
    let uri = json!(edition.uri);
    let place = json!(convert::range(&edition.text, range, session.encoding));
    let all = [
        (
            "Before you file",
            CodeActionKind::Source,
            FILE,
            vec![uri.clone(), json!({ "show": true })],
        ),
        (
            "Note beside the draft that this is checked",
            CodeActionKind::RefactorRewrite,
            NOTE_CHECK,
            vec![uri, place],
        ),
    ];
    let is_checking = edition
        .draft()
        .is_some_and(|draft| check::is_asked_for(draft, &edition.scene(), range));
    let can_note = is_checking && session.writes_files() && project::path(&edition.uri).is_some();
    let wanted = all.into_iter().filter(|(_, kind, command, _)| {
        let is_asked = only.is_none_or(|only| only.iter().any(|wanted| is_kind_of(kind, wanted)));
        is_asked && (*command != NOTE_CHECK || can_note)
    });
    let actions = wanted.map(|(title, kind, command, arguments)| {
        CodeActionResponse::CodeAction(CodeAction {
            title: title.to_owned(),
            kind: Some(kind),
            command: Some(Command {
                title: title.to_owned(),
                command: command.to_owned(),
                arguments: Some(arguments),
                ..Command::default()
            }),
            ..CodeAction::default()
        })
    });
    actions.collect()
}
