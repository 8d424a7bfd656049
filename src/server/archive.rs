//! Who spoke in the other stories of the desk: the drafts in the workspace, read once and again when they change.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{now, workspace};
use crate::desk::Desk;
use crate::desk::edition::Edition;
use crate::features::over_the_desk::{self, Summary};
use crate::features::people;

/// How long a hover waits for drafts that were not read yet; the next one finds more.
const PATIENCE: Duration = Duration::from_millis(150);

/// What was read, by path, with what it was read from.
#[derive(Debug, Default)]
pub struct Archive(Mutex<HashMap<PathBuf, (workspace::Stamp, Arc<Summary>)>>);

impl Archive {
    /// What to say of whoever is named at a byte of a draft, from all other drafts; `open` are those that were open when
    /// somebody asked.
    pub fn line(
        &self,
        desk: &Desk,
        open: &[Arc<Edition>],
        edition: &Edition,
        at: usize,
    ) -> Option<String> {
        let draft = edition.draft()?;
        let who = people::who(draft, edition.scene().base, at)?;
        over_the_desk::line(&who, &self.others(desk, open, edition))
    }

    fn others(&self, desk: &Desk, open: &[Arc<Edition>], edition: &Edition) -> Vec<Arc<Summary>> {
        let names: Vec<String> = open.iter().map(|one| one.uri.clone()).collect();
        let mut found: Vec<Arc<Summary>> = open
            .iter()
            .filter(|one| one.uri != edition.uri && !one.is_private())
            .filter_map(|one| Some(Arc::new(over_the_desk::summary(one.draft()?))))
            .collect();
        let begun = Instant::now();
        let files = workspace::files(&desk.folders(), &names, edition.surroundings.stamp);
        for file in files {
            let known = {
                let read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                read.get(file.path())
                    .filter(|(stamp, _)| *stamp == file.stamp())
                    .map(|(_, summary)| summary.clone())
            };
            if let Some(known) = known {
                found.push(known);
                continue;
            }
            if begun.elapsed() > PATIENCE {
                continue;
            }
            let Some(text) = workspace::read(&file) else {
                continue;
            };
            let other = desk.file(&file.uri.0, &text, now());
            let Some(draft) = other.draft() else {
                continue;
            };
            let summary = Arc::new(over_the_desk::summary(draft));
            found.push(summary.clone());
            let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            read.insert(file.path().to_owned(), (file.stamp(), summary));
        }
        found
    }
}
