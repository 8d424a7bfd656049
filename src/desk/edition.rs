//! One version of one document: its letters, and what is read and found in them when somebody asks.
//!
//! The letters are stored first. Reading waits for the first question, so that a burst of keystrokes costs one
//! reading, and it happens once, whoever asks. A reading that goes wrong leaves the letters as they are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::civil::Date;

use crate::config::Config;
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::entities::folder;
use crate::finding::Findings;
use crate::notes::Records;
use crate::project;
use crate::reading::Reading;
use crate::rules::{self, Checked, configuration, entity_file};
use crate::scene::Scene;
use crate::text::Text;

/// What drafts share: how they are read, who is known, what is in force.
#[derive(Debug)]
pub struct Surroundings {
    /// What is in force.
    pub config: Config,
    /// Who is known.
    pub base: Arc<Base>,
    /// How drafts are read.
    pub reading: Arc<Reading>,
    /// Grows whenever anything above changes.
    pub stamp: u64,
}

/// One version of one document.
#[derive(Debug)]
pub struct Edition {
    /// The client's exact URI.
    pub uri: String,
    /// Its letters, with the client's version.
    pub text: Text,
    /// What surrounds it.
    pub surroundings: Arc<Surroundings>,
    /// The day on which this version came.
    pub today: Date,
    /// What was said, as far as it is on file beside the document.
    pub records: Arc<Records>,
    draft: OnceLock<Option<Arc<Draft>>>,
    checked: OnceLock<Option<Arc<Checked>>>,
    before: Mutex<Before>,
}

/// What was read and found in the version before, until this one has its own.
#[derive(Clone, Debug, Default)]
struct Before {
    draft: Option<Arc<Draft>>,
    checked: Option<Arc<Checked>>,
}

impl Edition {
    /// A first version. Nothing is read yet.
    pub fn new(uri: String, text: Text, surroundings: Arc<Surroundings>, today: Date) -> Edition {
        Edition {
            uri,
            text,
            surroundings,
            today,
            records: Arc::default(),
            draft: OnceLock::new(),
            checked: OnceLock::new(),
            before: Mutex::default(),
        }
    }

    /// The next version, which shares with this one what did not change.
    pub fn next(&self, text: Text, today: Date) -> Edition {
        Edition {
            uri: self.uri.clone(),
            text,
            surroundings: self.surroundings.clone(),
            today,
            records: self.records.clone(),
            draft: OnceLock::new(),
            checked: OnceLock::new(),
            before: Mutex::new(self.last()),
        }
    }

    /// The same letters among other surroundings.
    pub fn among(&self, surroundings: Arc<Surroundings>, today: Date) -> Edition {
        let is_read_alike = self.surroundings.reading == surroundings.reading
            && self.surroundings.base == surroundings.base;
        let mut before = self.last();
        before.draft = before.draft.filter(|_| is_read_alike);
        Edition {
            uri: self.uri.clone(),
            text: self.text.clone(),
            surroundings,
            today,
            records: self.records.clone(),
            draft: if is_read_alike {
                self.draft.clone()
            } else {
                OnceLock::new()
            },
            checked: OnceLock::new(),
            before: Mutex::new(before),
        }
    }

    /// The same letters with other records beside them.
    pub fn beside(&self, records: Arc<Records>) -> Edition {
        Edition {
            records,
            ..self.among(self.surroundings.clone(), self.today)
        }
    }

    /// The draft, read now if nobody asked before. None only if reading went wrong, which is said on standard error.
    pub fn draft(&self) -> Option<&Arc<Draft>> {
        if self.is_configuration() || self.is_entities() || self.is_too_long() {
            return None;
        }
        self.draft.get_or_init(|| self.read()).as_ref()
    }

    /// What the rules find, looked for now if nobody asked before. None if reading or a rule went wrong.
    pub fn checked(&self) -> Option<&Arc<Checked>> {
        self.checked.get_or_init(|| self.check()).as_ref()
    }

    /// What the rules find in a document that nobody asks about again: nothing is kept for the next check.
    pub fn checked_once(&self) -> Option<Findings> {
        if self.is_private() || self.is_configuration() || self.is_entities() {
            return Some(self.checked()?.findings.clone());
        }
        let draft = self.draft()?;
        let check = || rules::check_once(draft, &self.scene()).0;
        let found = catch_unwind(AssertUnwindSafe(check)).ok();
        if found.is_none() {
            self.complain("could not be checked");
        }
        found.map(Findings::from)
    }

    /// What surrounds the draft when rules and features look at it.
    pub fn scene(&self) -> Scene<'_> {
        let day = self.today.day_of_year() as u64 + 1000 * self.today.year().unsigned_abs() as u64;
        Scene {
            config: &self.surroundings.config,
            base: &self.surroundings.base,
            records: &self.records,
            today: self.today,
            stamp: (self.surroundings.stamp << 20 ^ self.records.stamp) << 22 ^ day,
        }
    }

    /// Whether this is a configuration file and not a draft.
    pub fn is_configuration(&self) -> bool {
        let name = self.uri.rsplit('/').next();
        name.is_some_and(|name| project::NAMES.contains(&name))
    }

    /// Whether this is a file of a folder `entities/` and not a draft.
    pub fn is_entities(&self) -> bool {
        folder::holds(&self.uri)
    }

    /// Whether this is too long to be a draft.
    pub fn is_too_long(&self) -> bool {
        self.text.len() as u64 > disk::MAX_BYTES
    }

    /// Whether this is a private file: what stands in it is said to nobody, its own editor's list of problems included.
    pub fn is_private(&self) -> bool {
        let name = self.uri.rsplit('/').next();
        name.is_some_and(|name| disk::is_private(Path::new(name)))
    }

    fn read(&self) -> Option<Arc<Draft>> {
        let read = |before: Option<&Draft>| {
            let Surroundings { reading, base, .. } = &*self.surroundings;
            catch_unwind(AssertUnwindSafe(|| {
                Draft::read(self.text.clone(), reading, base, before)
            }))
            .ok()
        };
        let before = self.before().draft.clone();
        let draft = read(before.as_deref()).or_else(|| read(None));
        if draft.is_none() {
            self.complain("could not be read");
        }
        draft.map(Arc::new)
    }

    fn check(&self) -> Option<Arc<Checked>> {
        if self.is_configuration() {
            let findings = configuration::check(&self.text.to_string());
            return Some(Arc::new(Checked::of(findings)));
        }
        if self.is_entities() {
            let base = &self.surroundings.base;
            let findings = entity_file::check(&self.uri, &self.text.to_string(), base);
            return Some(Arc::new(Checked::of(findings)));
        }
        if self.is_private() {
            let text = self.text.to_string();
            let is_tracked = self.records.is_tracked;
            let findings = rules::check_private(&text, is_tracked, &self.scene());
            return Some(Arc::new(Checked::of(findings)));
        }
        let draft = self.draft()?;
        let check = |before: Option<&Checked>| {
            catch_unwind(AssertUnwindSafe(|| {
                rules::check(draft, &self.scene(), before)
            }))
            .ok()
        };
        let before = self.before().checked.clone();
        let checked = check(before.as_deref()).or_else(|| check(None));
        if checked.is_none() {
            self.complain("could not be checked");
        }
        checked.map(Arc::new)
    }

    fn complain(&self, what: &str) {
        // No name of a file: it may tell what the story is about.
        let (version, bytes) = (self.text.version, self.text.len());
        eprintln!("onrecord: a document of {bytes} bytes (version {version}) {what}");
    }

    /// Lets go of the version before, if this one is read and checked and nobody needs it any more. That takes a while for
    /// a long draft, so it is done when nobody waits.
    pub fn let_go(&self) {
        if let Some(Some(_)) = self.checked.get() {
            let before = std::mem::take(&mut *self.before());
            drop(before);
        }
    }

    fn before(&self) -> MutexGuard<'_, Before> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was read and found last, in this version or in one before.
    fn last(&self) -> Before {
        let before = self.before().clone();
        Before {
            draft: self.draft.get().and_then(Clone::clone).or(before.draft),
            checked: self.checked.get().and_then(Clone::clone).or(before.checked),
        }
    }
}
