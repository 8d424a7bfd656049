//! The only thing that changes: the drafts that are open, and what they share.

pub mod edition;
pub mod filed;
pub mod hold;
pub mod shelf;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::civil::Date;
use url::Url;

use crate::config::merge::InForce;
use crate::config::{Config, Profile};
use crate::disk::Reach;
use crate::entities::base::Base;
use crate::features::format::Quotes;
use crate::features::inlay;
use crate::finding::{Finding, Findings, Severity};
use crate::notes::Records;
use crate::project::{self, Project};
use crate::story::outline::Status;
use crate::text::Text;
use crate::text::edit::Edit;
use edition::{Edition, Surroundings};
use hold::{Hold, LastEdit, Mark};
use shelf::{Shelf, Wanted};

/// The time at which a message came. The server reads the clock; nobody else does.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// For waiting.
    pub instant: Instant,
    /// The reader's day.
    pub today: Date,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Levels, options, outlets. The profile in it counts only if `has_profile`.
    pub config: Config,
    /// Whether the profile was set by a person; else the kind of document decides.
    pub has_profile: bool,
    /// Whether new findings wait while their sentence is typed.
    pub holds: bool,
    /// The least severe findings that are shown; none shows all.
    pub least: Option<Severity>,
    /// Which small signs are shown in the text.
    pub hints: inlay::Wanted,
    /// Whether tidying a draft curls straight quotation marks.
    pub quotes: Quotes,
    /// Folders outside the workspace whose files drafts and configuration may name.
    pub trusted: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            config: Config::default(),
            has_profile: false,
            holds: true,
            least: None,
            hints: inlay::Wanted::default(),
            quotes: Quotes::default(),
            trusted: Vec::new(),
        }
    }
}

/// The findings of a document as they are to be shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// In order of place.
    pub findings: Findings,
    /// When held findings are to be looked at again; none when nothing is held.
    pub until: Option<Instant>,
}

/// The drafts that are open, and what they share.
#[derive(Debug)]
pub struct Desk {
    state: Mutex<State>,
    shelf: Shelf,
}

#[derive(Debug)]
struct State {
    documents: BTreeMap<String, Document>,
    folders: Vec<String>,
    settings: Settings,
    project: Project,
    base: Arc<Base>,
    stamp: u64,
}

#[derive(Debug)]
struct Document {
    edition: Arc<Edition>,
    hold: Hold,
    last_edit: Option<(usize, Instant)>,
}

impl Default for Desk {
    fn default() -> Desk {
        Desk::new()
    }
}

impl Desk {
    /// A desk with nothing on it.
    pub fn new() -> Desk {
        Desk {
            shelf: Shelf::default(),
            state: Mutex::new(State {
                documents: BTreeMap::new(),
                folders: Vec::new(),
                settings: Settings::default(),
                project: Project::default(),
                base: Arc::default(),
                stamp: 0,
            }),
        }
    }

    /// A document was opened, or opened again.
    pub fn open(&self, uri: &str, text: &str, version: i32, now: Now) {
        let mut state = self.lock();
        let mut text = Text::new(text);
        text.version = version;
        let edition = Edition::new(uri.to_owned(), text, state.surroundings(uri), now.today);
        state.documents.insert(
            uri.to_owned(),
            Document {
                edition: Arc::new(edition),
                hold: Hold::default(),
                last_edit: None,
            },
        );
    }

    /// A document was changed, by steps that each look at the text after the one before. Unknown documents are let be.
    pub fn change(
        &self,
        uri: &str,
        version: i32,
        now: Now,
        steps: impl IntoIterator<Item = impl FnOnce(&Text) -> Edit>,
    ) {
        let mut state = self.lock();
        let Some(document) = state.documents.get_mut(uri) else {
            return;
        };
        let mut text = document.edition.text.clone();
        for step in steps {
            let edit = step(&text);
            text.apply(&edit);
            let end = edit.span.start() + edit.new_text.len();
            document.last_edit = Some((end, now.instant));
        }
        text.version = version;
        document.edition = Arc::new(document.edition.next(text, now.today));
    }

    /// A document was saved: nothing in it is held any longer. Says whether it is open.
    pub fn save(&self, uri: &str) -> bool {
        let mut state = self.lock();
        let document = state.documents.get_mut(uri);
        document.is_some_and(|document| {
            document.last_edit = None;
            true
        })
    }

    /// A document was closed. Says whether it was open.
    pub fn close(&self, uri: &str) -> bool {
        self.lock().documents.remove(uri).is_some()
    }

    /// The newest edition of a document.
    pub fn edition(&self, uri: &str) -> Option<Arc<Edition>> {
        let state = self.lock();
        Some(state.documents.get(uri)?.edition.clone())
    }

    /// Fetches what is on file beside a document, if it changed. Reads files: not for the loop that hears the client.
    pub fn fetch(&self, uri: &str, now: Instant) {
        let Some(edition) = self.edition(uri) else {
            return;
        };
        let Some(records) = self.records(&edition, now) else {
            return;
        };
        let mut state = self.lock();
        let Some(document) = state.documents.get_mut(uri) else {
            return;
        };
        if !Arc::ptr_eq(&document.edition.records, &records) {
            document.edition = Arc::new(document.edition.beside(records));
        }
    }

    /// What is on file beside an edition; none for a document without a path.
    pub fn records(&self, edition: &Edition, now: Instant) -> Option<Arc<Records>> {
        let path = Url::parse(&edition.uri).ok()?.to_file_path().ok()?;
        let wanted = Wanted {
            reach: self.reach(&path),
            ..Wanted::of(edition.draft()?, &edition.surroundings.config)
        };
        Some(self.shelf.records(&path, &wanted, now))
    }

    /// Where files may lie that a draft at a path, or its configuration, names.
    pub fn reach(&self, draft: &Path) -> Reach {
        self.lock().reach(draft)
    }

    /// Files changed on disk, beside drafts: what is on file is looked at again.
    pub fn doubt_files(&self) {
        self.shelf.doubt();
    }

    /// Grows whenever what is on file may have changed.
    pub fn files_generation(&self) -> u64 {
        self.shelf.generation()
    }

    /// The newest edition of every document, in order of URI.
    pub fn editions(&self) -> Vec<Arc<Edition>> {
        let state = self.lock();
        let documents = state.documents.values();
        documents.map(|document| document.edition.clone()).collect()
    }

    /// The findings of an edition as they are to be shown now; none if it is no longer the newest.
    pub fn shown(&self, edition: &Arc<Edition>, now: Instant) -> Option<Shown> {
        let checked = edition.checked()?;
        if edition.is_configuration() {
            return self.shown_configuration(edition);
        }
        if edition.is_entities() {
            return self.shown_at_once(edition);
        }
        let draft = edition.draft()?;
        if !self.lock().settings.holds {
            return self.shown_at_once(edition);
        }
        let marks = checked.findings.found().iter().map(|found| {
            let span = found.span();
            let at = span.start().min(draft.text.len());
            let (block, start) = draft.block_at(at).unwrap_or_default();
            let placed = draft.tree.blocks.get(block);
            let words = placed.and_then(|placed| placed.block.text.get(start..start + span.len()));
            Mark {
                rule: found.rule(),
                block,
                start,
                // Few findings reach beyond their block.
                words: words.map_or_else(|| draft.text.slice(span), str::to_owned),
            }
        });
        let marks = marks.collect();

        let mut state = self.lock();
        let (holds, least) = (state.settings.holds, state.settings.least);
        let document = state.documents.get_mut(&edition.uri)?;
        if !Arc::ptr_eq(&document.edition, edition) {
            return None;
        }
        let last_edit = document.last_edit.filter(|_| holds).map(|(at, when)| {
            let (block, _) = draft.block_at(at.min(draft.text.len())).unwrap_or_default();
            LastEdit { block, at: when }
        });
        let verdict = document.hold.decide(marks, last_edit, now);
        drop(state);

        let findings = checked.findings.found().iter().zip(&verdict.is_shown);
        let findings = findings
            .filter(|(found, shown)| **shown && Some(found.severity) >= least)
            .map(|(found, _)| found.clone());
        Some(Shown {
            findings: findings.collect(),
            until: verdict.until,
        })
    }

    /// The findings of a file in which nothing is held: of one that is no draft, or of any where a person wants it so.
    fn shown_at_once(&self, edition: &Arc<Edition>) -> Option<Shown> {
        let findings = edition.checked()?.findings.clone();
        let state = self.lock();
        if !Arc::ptr_eq(&state.documents.get(&edition.uri)?.edition, edition) {
            return None;
        }
        let least = state.settings.least;
        drop(state);
        Some(Shown {
            findings: findings.at_least(least),
            until: None,
        })
    }

    /// The findings of a configuration file: those of the file on disk where the letters are the same, because they
    /// know of the profile files beside it.
    fn shown_configuration(&self, edition: &Arc<Edition>) -> Option<Shown> {
        let own = edition.checked()?.findings.clone();
        let state = self.lock();
        if !Arc::ptr_eq(&state.documents.get(&edition.uri)?.edition, edition) {
            return None;
        }
        let text = edition.text.to_string();
        let path = project::path(&edition.uri);
        let on_disk = state
            .project
            .files()
            .find(|(known, _, letters)| Some(*known) == path.as_deref() && ***letters == *text);
        let findings = on_disk.map_or(own, |(_, findings, _)| findings.to_vec().into());
        Some(Shown {
            findings: findings.at_least(state.settings.least),
            until: None,
        })
    }

    /// What a person set, anew. Every open draft is looked at again. Says whether anything changed.
    pub fn configure(&self, settings: Settings, now: Now) -> bool {
        let mut state = self.lock();
        if state.settings == settings {
            return false;
        }
        state.settings = settings;
        state.refresh(now);
        true
    }

    /// Who is known, anew. Every open draft is read again. Says whether anything changed.
    pub fn know(&self, base: Base, now: Now) -> bool {
        let mut state = self.lock();
        if *state.base == base {
            return false;
        }
        state.base = Arc::new(base);
        state.refresh(now);
        true
    }

    /// What a person set.
    pub fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    /// What configuration files say, changed by `change`, which tells whether it did. Every open draft is looked at
    /// again if so.
    pub fn reconfigure(&self, now: Now, change: impl FnOnce(&mut Project) -> bool) -> bool {
        let mut state = self.lock();
        let is_changed = change(&mut state.project);
        if is_changed {
            state.refresh(now);
        }
        is_changed
    }

    /// The configuration files that were read, with what is not understood in each and its letters.
    pub fn configurations(&self) -> Vec<(PathBuf, Arc<Vec<Finding>>, Arc<str>)> {
        let state = self.lock();
        let files = state.project.files();
        files
            .map(|(path, findings, text)| (path.to_owned(), findings.clone(), text.clone()))
            .collect()
    }

    /// A file that nobody has open, read as the desk reads.
    pub fn file(&self, uri: &str, text: &str, now: Now) -> Edition {
        Edition::new(
            uri.to_owned(),
            Text::new(text),
            self.surroundings(uri),
            now.today,
        )
    }

    /// What surrounds a document of this name, open or not.
    pub fn surroundings(&self, uri: &str) -> Arc<Surroundings> {
        self.lock().surroundings(uri)
    }

    /// Folders were added to the workspace and removed from it, by their URIs.
    pub fn change_folders(&self, added: Vec<String>, removed: &[String]) {
        let mut state = self.lock();
        state.folders.retain(|folder| !removed.contains(folder));
        for folder in added {
            if !state.folders.contains(&folder) {
                state.folders.push(folder);
            }
        }
    }

    /// The workspace's folders, by their URIs.
    pub fn folders(&self) -> Vec<String> {
        self.lock().folders.clone()
    }

    /// A handler that panicked leaves a whole state behind: each change is made in one step at its end.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What surrounds a document in an editor, where a draft without a header is one in the making.
    fn surroundings(&self, uri: &str) -> Arc<Surroundings> {
        let InForce {
            mut config,
            has_profile,
            reading,
            ..
        } = self.in_force(uri);
        let settings = &self.settings;
        config.overlay(&settings.config);
        if settings.has_profile {
            config.profile = settings.config.profile;
            config.own_profile = None;
        } else if !has_profile && is_plain_text(uri) {
            config.profile = Profile::PlainText;
        }
        config.default_status = Some(Status::Draft);
        if config.filed.is_some() || config.notes.is_some() {
            let reach = self.reach(&project::path(uri).unwrap_or_default());
            config.filed = config.filed.filter(|folder| reach.holds(folder));
            if let Some(notes) = &mut config.notes {
                notes.retain(|folder| reach.holds(folder));
            }
        }
        Arc::new(Surroundings {
            config,
            base: self.base.clone(),
            reading: Arc::new(reading),
            stamp: self.stamp,
        })
    }

    /// The folders that are open, those of the draft and of its configuration files, and those that the person trusts.
    fn reach(&self, draft: &Path) -> Reach {
        let beside = draft.parent().filter(|one| one.is_absolute());
        let around = self.project.around(beside.unwrap_or(Path::new("")));
        let mut folders: Vec<PathBuf> = beside.into_iter().map(Path::to_owned).collect();
        folders.extend(
            around
                .iter()
                .filter_map(|file| Some(file.path.parent()?.to_owned())),
        );
        folders.extend(self.folders.iter().filter_map(|uri| project::path(uri)));
        folders.extend(self.settings.trusted.iter().cloned());
        Reach::Folders(folders)
    }

    /// What configuration files say of a document; one without a file is in the first folder of the workspace.
    fn in_force(&self, uri: &str) -> InForce {
        if let Some(path) = project::path(uri) {
            return self.project.in_force(&path);
        }
        let folder = self.folders.iter().find_map(|uri| project::path(uri));
        self.project
            .in_force_in(folder.as_deref().unwrap_or(Path::new("")))
    }

    fn refresh(&mut self, now: Now) {
        self.stamp += 1;
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        for uri in uris {
            let surroundings = self.surroundings(&uri);
            if let Some(document) = self.documents.get_mut(&uri) {
                document.edition = Arc::new(document.edition.among(surroundings, now.today));
            }
        }
    }
}

fn is_plain_text(uri: &str) -> bool {
    let end = uri.len().saturating_sub(4);
    uri.is_char_boundary(end) && uri[end..].eq_ignore_ascii_case(".txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        Now {
            instant: Instant::now(),
            today: jiff::civil::date(2026, 3, 4),
        }
    }

    #[test]
    fn a_document_is_known_by_the_exact_name_that_the_client_gave_it() {
        let desk = Desk::new();
        desk.open("file:///a[1] “é” 100%.lede", "One.", 3, now());
        assert!(desk.edition("file:///a%5B1%5D “é” 100%.lede").is_none());
        let edition = desk.edition("file:///a[1] “é” 100%.lede").unwrap();
        assert_eq!(
            (edition.text.to_string(), edition.text.version),
            ("One.".to_owned(), 3)
        );
    }

    #[test]
    fn text_files_have_their_own_profile_unless_a_person_chose_one() {
        let desk = Desk::new();
        let profile = |uri| desk.surroundings(uri).config.profile;
        assert_eq!(profile("file:///story.TXT"), Profile::PlainText);
        assert_eq!(profile("file:///story.lede"), Profile::Wire);
        assert_eq!(profile("untitled:Untitled-1"), Profile::Wire);
        let mut settings = Settings {
            has_profile: true,
            ..Settings::default()
        };
        settings.config.profile = Profile::Feature;
        desk.configure(settings, now());
        assert_eq!(profile("file:///story.txt"), Profile::Feature);
    }

    #[test]
    fn an_edition_that_was_asked_for_stays_as_it_was_while_the_text_moves_on() {
        let desk = Desk::new();
        desk.open("untitled:1", "Rain fell.", 1, now());
        let first = desk.edition("untitled:1").unwrap();
        desk.change(
            "untitled:1",
            2,
            now(),
            [|_: &Text| Edit::insert(4, " and snow")],
        );
        assert_eq!(first.text.to_string(), "Rain fell.");
        let second = desk.edition("untitled:1").unwrap();
        assert_eq!(second.text.to_string(), "Rain and snow fell.");
        assert_eq!(second.draft().unwrap().text.version, 2);
        assert!(desk.shown(&first, Instant::now()).is_none());
    }
}
