//! The bases of the drafts on a command line: for each, the nearest folder `entities/` above it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::entities::base::Base;
use crate::entities::folder::{self, Places};

/// The bases loaded so far.
#[derive(Default)]
pub struct Bases(Mutex<HashMap<Places, (Base, Vec<String>)>>);

impl Bases {
    /// The base for a draft; `-` stands in the current folder.
    pub fn of(&self, draft: &Path) -> Base {
        let places = if draft == Path::new("-") {
            Places::above(&std::env::current_dir().unwrap_or_default().join("-"))
        } else {
            Places::above(draft)
        };
        let mut loaded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (base, _) = loaded.entry(places).or_insert_with_key(|places| {
            let loaded = folder::load(places);
            (loaded.base, loaded.problems)
        });
        base.clone()
    }

    /// What could not be read at all.
    pub fn problems(&self) -> Vec<String> {
        let loaded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut problems: Vec<String> =
            loaded.values().flat_map(|(_, told)| told.clone()).collect();
        problems.sort();
        problems.dedup();
        problems
    }
}
