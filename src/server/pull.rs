//! Findings for a client that asks: for one document as it would be shown them, for the workspace all of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Instant;

use rayon::iter::{IntoParallelIterator, ParallelExtend, ParallelIterator};
use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::publisher::Wake;
use super::{Server, convert, now, projects, workspace};
use crate::desk::edition::Edition;
use crate::finding::Finding;

/// How many newer versions of a text are looked at before the client is asked to ask again.
const MAX_CHASE: usize = 5;

impl Server {
    /// Answers a client that asks about one document, as it would be shown there.
    pub async fn pull(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let uri = params.text_document.uri.0;
        let (desk, wakes) = (self.desk.clone(), self.wakes.clone());
        let session = self.session();
        let pulled = spawn_blocking(move || {
            // A writer may be faster than the rules; then the newer text is what is asked about.
            for _ in 0..MAX_CHASE {
                desk.fetch(&uri, Instant::now());
                let Some(edition) = desk.edition(&uri) else {
                    return Some(Vec::new());
                };
                if edition.checked().is_none() {
                    return Some(Vec::new());
                }
                if let Some(shown) = desk.shown(&edition, Instant::now()) {
                    if let Some(until) = shown.until {
                        let _ = wakes.send(Wake::Hold(uri, until));
                    }
                    return Some(convert::diagnostics(&edition, &shown.findings, &session));
                }
            }
            None
        });
        let pulled = pulled.await.map_err(|_| Error::internal_error())?;
        let items = pulled.ok_or_else(ask_again)?;
        let id = result_id(&items);
        Ok(if params.previous_result_id.as_deref() == Some(&id) {
            RelatedUnchangedDocumentDiagnosticReport {
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                    result_id: id,
                },
                ..RelatedUnchangedDocumentDiagnosticReport::default()
            }
            .into()
        } else {
            RelatedFullDocumentDiagnosticReport {
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(id),
                    items,
                },
                ..RelatedFullDocumentDiagnosticReport::default()
            }
            .into()
        })
    }

    /// Answers a client that asks about the whole workspace. Nothing is held here.
    pub async fn pull_workspace(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let (desk, answered) = (self.desk.clone(), self.answered.clone());
        let session = self.session();
        let editions = desk.editions();
        let reports = spawn_blocking(move || {
            let ids = params.previous_result_ids.iter();
            let ids: HashMap<&str, &str> = ids
                .map(|known| (known.uri.0.as_str(), known.value.as_str()))
                .collect();
            let known = |uri: &Uri| ids.get(uri.0.as_str()).copied();
            let least = desk.settings().least;
            let look = |edition: &Edition| {
                let checked = edition.checked();
                let findings = checked.map(|checked| checked.findings.at_least(least));
                convert::diagnostics(edition, &findings.unwrap_or_default(), &session)
            };
            let mut reports = Vec::new();
            for edition in &editions {
                let uri = Uri(edition.uri.clone());
                let (items, version) = (look(edition), Some(edition.text.version));
                reports.push(report(known(&uri), uri.clone(), version, items));
            }
            for (path, findings, text) in desk.configurations() {
                let Ok(uri) = url::Url::from_file_path(&path) else {
                    continue;
                };
                let uri = Uri(uri.into());
                if desk.edition(&uri.0).is_some() || (findings.is_empty() && known(&uri).is_none())
                {
                    continue;
                }
                let edition = desk.file(&uri.0, &text, now());
                let findings = findings.to_vec().into();
                let items = convert::diagnostics(&edition, &findings, &session);
                reports.push(report(known(&uri), uri, None, items));
            }
            let open: Vec<String> = editions.iter().map(|it| it.uri.clone()).collect();
            let stamp = desk.surroundings("").stamp << 32 ^ desk.files_generation();
            let files = workspace::files(&desk.folders(), &open, stamp);
            for file in &files {
                projects::look(&desk, &file.uri.0);
            }
            // Each draft is read by itself, so all the machine's cores may read.
            let of_file = |file: workspace::File| {
                let known = known(&file.uri);
                if let Some(id) = answered.result_id(&file).filter(|id| known == Some(id)) {
                    return Some(unchanged(file.uri, None, id));
                }
                let text = workspace::read(&file)?;
                let edition = desk.file(&file.uri.0, &text, now());
                let records = desk.records(&edition, Instant::now());
                let edition = match records {
                    Some(records) => edition.beside(records),
                    None => edition,
                };
                let items = look(&edition);
                answered.remember(&file, &result_id(&items));
                Some(report(known, file.uri, None, items))
            };
            reports.par_extend(files.into_par_iter().filter_map(of_file));
            reports
        });
        let items = reports.await.map_err(|_| Error::internal_error())?;
        Ok(WorkspaceDiagnosticReport { items })
    }
}

/// Tells the client that the answer would be out of date, and to ask once more.
fn ask_again() -> Error {
    Error {
        code: ErrorCode::ServerError(-32802),
        message: "The text changed faster than it could be checked".into(),
        data: Some(serde_json::json!({"retriggerRequest": true})),
    }
}

/// What the rules find; nothing where they went wrong.
pub fn findings(edition: &Edition) -> &[Finding] {
    edition.checked().map_or(&[], |checked| &checked.findings)
}

/// A document's findings in a report on the workspace; short if the client has them already.
fn report(
    known: Option<&str>,
    uri: Uri,
    version: Option<i32>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    let id = result_id(&items);
    if known == Some(&id) {
        return unchanged(uri, version, id);
    }
    WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(id),
            items,
        },
    }
    .into()
}

fn unchanged(uri: Uri, version: Option<i32>, id: String) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version,
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
    }
    .into()
}

/// Equal for equal answers: what a client that has the answer already sends back.
fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items)
        .unwrap_or_default()
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
