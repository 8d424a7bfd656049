//! What surrounds a draft when rules and features look at it. Built by the desk, only borrowed.

use crate::config::Config;
use crate::entities::base::Base;
use crate::notes::Records;
use crate::notes::verdict::{Cuts, Options};

/// What surrounds a draft.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What is in force.
    pub config: &'a Config,
    /// Who is known.
    pub base: &'a Base,
    /// What was said, as far as it is on file beside the draft.
    pub records: &'a Records,
    /// The date of the reader's day.
    pub today: jiff::civil::Date,
    /// Changes whenever anything above does, so that what was found under another scene is looked at again.
    pub stamp: u64,
}

impl Scene<'_> {
    /// How quotations are held against what is on file.
    pub fn comparison(&self) -> Options {
        let option = |key: &str| self.config.options.get(key);
        let min_words =
            option("quote-differs-from-notes.min-words").and_then(|value| value.as_integer());
        let fillers = option("quote-differs-from-notes.fillers").and_then(|value| value.as_array());
        let allow = option("quote-differs-from-notes.allow").and_then(|value| value.as_str());
        let usual = match fillers {
            Some(list) => Options::new(4, list.iter().filter_map(|one| one.as_str())),
            None => Options::default(),
        };
        Options {
            min_words: min_words.map_or(4, |words| words.max(2) as usize),
            cuts: match allow {
                Some("exact") => Cuts::Never,
                _ => Cuts::Shown,
            },
            ..usual
        }
    }
}
