//! A draft with all that lies around it, as a command reads it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::bases::Bases;
use super::check::{in_force, look_around};
use super::{complain, shown};
use crate::config::merge::InForce;
use crate::desk::shelf::{Shelf, Wanted};
use crate::disk;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::notes::Records;
use crate::project::Project;
use crate::scene::Scene;
use crate::text::Text;
use crate::text::span::Span;

/// A draft with all that lies around it.
pub struct Around {
    /// The draft.
    pub draft: Draft,
    /// What is in force for it.
    pub force: InForce,
    base: Base,
    records: Arc<Records>,
    today: jiff::civil::Date,
}

impl Around {
    /// Reads a draft; `-` is standard input, beside which nothing lies.
    pub fn read(path: &Path) -> Result<Around, String> {
        let is_input = path == Path::new("-");
        let text = match is_input {
            true => disk::read_from(io::stdin().lock()),
            false => disk::read(path),
        };
        let text = text.map_err(|what| format!("{} {what}", shown(path)))?;
        let mut project = Project::default();
        for problem in look_around(&mut project, path) {
            complain(&problem);
        }
        let force = in_force(path, None, &project);
        let bases = Bases::default();
        let base = bases.of(path);
        bases
            .problems()
            .iter()
            .for_each(|problem| complain(problem));
        let draft = Draft::read(Text::new(&text), &force.reading, &base, None);
        let full = super::check::absolute(path);
        let records = match is_input {
            true => Arc::default(),
            false => {
                let wanted = Wanted::of(&draft, &force.config);
                Shelf::default().records(&full, &wanted, Instant::now())
            }
        };
        Ok(Around {
            draft,
            force,
            base,
            records,
            today: crate::clock::today(),
        })
    }

    /// What surrounds the draft when rules and features look at it.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            config: &self.force.config,
            base: &self.base,
            records: &self.records,
            today: self.today,
            stamp: 0,
        }
    }
}

/// The line of a draft that a place begins in, from 1.
pub fn line(draft: &Draft, span: Span) -> usize {
    let before = draft.text.slice(Span::new(0, span.start()));
    before.matches('\n').count() + 1
}
