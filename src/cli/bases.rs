//! The bases of the drafts on a command line: for each, the nearest folder `entities/` above it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::entities::base::Base;
use crate::entities::folder::{self, Places};

/// The bases loaded so far.
#[derive(Default)]
pub struct Bases {
    loaded: Mutex<HashMap<Places, (Base, Vec<String>)>>,
    /// By the folder of a draft: a year of drafts lies in few.
    of_folders: Mutex<HashMap<PathBuf, Base>>,
}

impl Bases {
    /// The base for a draft; `-` stands in the current folder.
    pub fn of(&self, draft: &Path) -> Base {
        // A link lies where the draft does that it leads to.
        let is_link = || fs::symlink_metadata(draft).is_ok_and(|it| it.is_symlink());
        let folder = draft.parent().filter(|_| !is_link());
        let Some(folder) = folder else {
            return self.load(draft);
        };
        let known = lock(&self.of_folders).get(folder).cloned();
        known.unwrap_or_else(|| {
            let base = self.load(draft);
            lock(&self.of_folders).insert(folder.to_owned(), base.clone());
            base
        })
    }

    /// Loads the bases of drafts before many cores ask for them: an index that is made anew takes all cores, and one that
    /// waits for the others may turn to a draft and ask for the base that is being made.
    pub fn load_for(&self, drafts: &[PathBuf]) {
        for draft in drafts {
            self.of(draft);
        }
    }

    fn load(&self, draft: &Path) -> Base {
        let places = if draft == Path::new("-") {
            Places::above(&std::env::current_dir().unwrap_or_default().join("-"))
        } else {
            Places::above(draft)
        };
        let mut loaded = lock(&self.loaded);
        let (base, _) = loaded.entry(places).or_insert_with_key(|places| {
            let loaded = folder::load(places);
            (loaded.base, loaded.problems)
        });
        base.clone()
    }

    /// What could not be read at all.
    pub fn problems(&self) -> Vec<String> {
        let loaded = lock(&self.loaded);
        let mut problems: Vec<String> =
            loaded.values().flat_map(|(_, told)| told.clone()).collect();
        problems.sort();
        problems.dedup();
        problems
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
