//! Findings for a client that asks: for one document as it would be shown them, for the workspace all of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use rayon::iter::{IntoParallelIterator, ParallelExtend, ParallelIterator};
use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::capabilities::Session;
use super::outgoing::answer_with;
use super::publisher::Wake;
use super::told::{Tellings, Told, json, result_id};
use super::{Server, now, projects, workspace};
use crate::desk::Desk;
use crate::desk::edition::Edition;
use crate::finding::{Finding, Findings, Severity};

/// How many newer versions of a text are looked at before the client is asked to ask again.
const MAX_CHASE: usize = 5;

impl Server {
    /// Answers a client that asks about one document, as it would be shown there.
    pub async fn pull(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReport> {
        let uri = params.text_document.uri.0;
        let (desk, wakes) = (self.desk.clone(), self.wakes.clone());
        let (session, tellings) = (self.session(), self.tellings.clone());
        let pulled = spawn_blocking(move || {
            // A writer may be faster than the rules; then the newer text is what is asked about.
            for _ in 0..MAX_CHASE {
                desk.fetch(&uri, Instant::now());
                let Some(edition) = desk.edition(&uri) else {
                    return Some(None);
                };
                if edition.checked().is_none() {
                    return Some(None);
                }
                if let Some(shown) = desk.shown(&edition, Instant::now()) {
                    if let Some(until) = shown.until {
                        let _ = wakes.send(Wake::Hold(uri, until));
                    }
                    let told = tellings.tell(&edition, &shown.findings, &session);
                    return Some(Some((edition, told)));
                }
            }
            None
        });
        let pulled = pulled.await.map_err(|_| Error::internal_error())?;
        let pulled = pulled.ok_or_else(ask_again)?;
        let written = pulled.as_ref().map_or("", |(_, told)| &told.written);
        let id = result_id(written);
        let is_known = params.previous_result_id.as_deref() == Some(&id);
        answer_with(vec![match is_known {
            true => format!(r#"{{"kind":"unchanged","resultId":"{id}"}}"#),
            false => format!(r#"{{"kind":"full","resultId":"{id}","items":[{written}]}}"#),
        }]);
        if let Some((edition, _)) = pulled {
            spawn_blocking(move || edition.let_go());
        }
        Ok(RelatedFullDocumentDiagnosticReport::default().into())
    }

    /// Answers a client that asks about the whole workspace. Nothing is held here.
    pub async fn pull_workspace(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReport> {
        let ids = params.previous_result_ids.into_iter();
        let workspace = Workspace {
            desk: self.desk.clone(),
            answered: self.answered.clone(),
            tellings: self.tellings.clone(),
            session: self.session(),
            least: self.desk.settings().least,
            known: ids.map(|known| (known.uri.0, known.value)).collect(),
        };
        let editions = self.desk.editions();
        let reports = spawn_blocking(move || workspace.reports(&editions));
        let mut reports = reports.await.map_err(|_| Error::internal_error())?;
        let last = reports.len().saturating_sub(1);
        reports[..last].iter_mut().for_each(|one| one.push(','));
        reports.insert(0, r#"{"items":["#.to_owned());
        reports.push("]}".to_owned());
        answer_with(reports);
        Ok(WorkspaceDiagnosticReport::default())
    }
}

/// What a report on the workspace is made of.
struct Workspace {
    desk: Arc<Desk>,
    answered: Arc<workspace::Answered>,
    tellings: Arc<Tellings>,
    session: Arc<Session>,
    /// The least severe findings that are shown.
    least: Option<Severity>,
    /// The result ids that the client has.
    known: HashMap<String, String>,
}

impl Workspace {
    /// A report on each document in JSON: on those that are open, on configuration files, on drafts that are not open.
    fn reports(&self, editions: &[Arc<Edition>]) -> Vec<String> {
        let desk = &self.desk;
        let mut reports = Vec::new();
        for edition in editions {
            let checked = edition.checked();
            let written = checked.map(|checked| self.tell(edition, &checked.findings));
            let version = Some(edition.text.version);
            reports.push(self.report(&edition.uri, version, &written.unwrap_or_default()));
        }
        for (path, findings, text) in desk.configurations() {
            let Ok(uri) = url::Url::from_file_path(&path) else {
                continue;
            };
            let uri = String::from(uri);
            if desk.edition(&uri).is_some()
                || (findings.is_empty() && !self.known.contains_key(&uri))
            {
                continue;
            }
            let edition = desk.file(&uri, &text, now());
            let findings = findings.to_vec().into();
            let told = Told::of(&edition, &findings, &self.session, None);
            reports.push(self.report(&uri, None, &told.written));
        }
        let open: Vec<String> = editions.iter().map(|it| it.uri.clone()).collect();
        let stamp = desk.surroundings("").stamp << 32 ^ desk.files_generation();
        let files = workspace::files(&desk.folders(), &open, stamp);
        for file in &files {
            projects::look(desk, &file.uri.0);
        }
        // Each draft is read by itself, so all the machine's cores may read.
        reports.par_extend(files.into_par_iter().filter_map(|file| self.closed(&file)));
        reports
    }

    /// A report on a draft that is not open; none if it cannot be read.
    // Built once, not in each of the places where work is shared out.
    #[inline(never)]
    fn closed(&self, file: &workspace::File) -> Option<String> {
        let (desk, uri) = (&self.desk, &file.uri.0);
        if let Some(id) = self.answered.result_id(file)
            && self.known.get(uri) == Some(&id)
        {
            return Some(unchanged(uri, None, &id));
        }
        let text = workspace::read(file)?;
        let edition = desk.file(uri, &text, now());
        let records = desk.records(&edition, Instant::now());
        let edition = match records {
            Some(records) => edition.beside(records),
            None => edition,
        };
        let findings = edition.checked_once().unwrap_or_default();
        let written = self.tell(&edition, &findings);
        self.answered.remember(file, &result_id(&written));
        Some(self.report(uri, None, &written))
    }

    /// All findings of a document in JSON.
    fn tell(&self, edition: &Edition, findings: &Findings) -> String {
        // The list of the whole workspace leaves the editor: it is copied, and shown beside drafts of others.
        let findings = findings.withheld().at_least(self.least);
        let before = self.tellings.last(&edition.uri);
        Told::of(edition, &findings, &self.session, before.as_deref()).written
    }

    /// A report with a document's findings; short if the client has them already.
    fn report(&self, uri: &str, version: Option<i32>, written: &str) -> String {
        let id = result_id(written);
        if self.known.get(uri) == Some(&id) {
            return unchanged(uri, version, &id);
        }
        let (uri, version) = (json(uri), json(&version));
        format!(
            r#"{{"kind":"full","uri":{uri},"version":{version},"resultId":"{id}","items":[{written}]}}"#
        )
    }
}

fn unchanged(uri: &str, version: Option<i32>, id: &str) -> String {
    let (uri, version) = (json(uri), json(&version));
    format!(r#"{{"kind":"unchanged","uri":{uri},"version":{version},"resultId":"{id}"}}"#)
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
