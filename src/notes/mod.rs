//! What was really said: transcripts, mails, documents and notes, and how a quotation lies in them.
//!
//! Nothing here opens a file: bytes come in by the desk, records go out.

pub mod align;
pub mod checks;
pub mod compare;
pub mod filed;
pub mod fold;
pub mod format;
mod lexicon;
pub mod private;
pub mod quotation;
pub mod record;
pub mod scratch;
pub mod shingle;
mod sound;
pub mod verdict;

use std::sync::Arc;

use checks::Checks;
use filed::Filed;
use private::Beside;
use record::Record;

/// The records on file beside a draft.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Those of the folder `notes/`, and those that sources name.
    pub files: Vec<Arc<Record>>,
    /// What the `file:` of each source leads to, by the path as typed.
    pub named: Vec<(String, Named)>,
    /// What was filed last, where the project keeps that.
    pub filed: Option<Arc<Filed>>,
    /// What was checked, as far as it is noted beside the draft.
    pub checks: Option<Arc<Checks>>,
    /// The private files beside it.
    pub private: Vec<Beside>,
    /// Whether the draft is itself a private file that git tracks.
    pub is_tracked: bool,
    /// Grows when anything of it changes.
    pub stamp: u64,
}

/// What the `file:` of a source leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A record: index into [`Records::files`].
    Record(usize),
    /// A file that is there and holds no words that can be read: a recording without a transcript.
    Unread,
    /// No file.
    Missing,
}

impl Records {
    /// Nothing on file.
    pub fn none() -> &'static Records {
        static NONE: Records = Records {
            files: Vec::new(),
            named: Vec::new(),
            filed: None,
            checks: None,
            private: Vec::new(),
            is_tracked: false,
            stamp: 0,
        };
        &NONE
    }

    /// Whether nothing is on file, and no source names a file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.named.is_empty()
    }

    /// Whether any word of a name is among the names of a record.
    pub fn knows(&self, name: &str) -> bool {
        self.files.iter().any(|record| record.knows(name))
    }

    /// What a path leads to, as typed.
    pub fn of_path(&self, typed: &str) -> Option<Named> {
        let named = self.named.iter().find(|(path, _)| path == typed.trim());
        named.map(|(_, named)| *named)
    }
}
