//! What surrounds a draft when rules and features look at it. Built by the desk, only borrowed.

use crate::config::Config;
use crate::entities::base::Base;
use crate::notes::Records;
use crate::notes::verdict::{Cuts, FILLERS, Options};

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
        let option = |name: &str| {
            let key = format!("quote-differs-from-notes.{name}");
            self.config.options.get(&key)
        };
        let min_words = option("min-words").and_then(|value| value.as_integer());
        let fillers = option("fillers").and_then(|value| value.as_array());
        let fillers: Option<Vec<&str>> =
            fillers.map(|list| list.iter().filter_map(|one| one.as_str()).collect());
        let is_exact = option("allow").and_then(|value| value.as_str()) == Some("exact");
        Options {
            cuts: if is_exact { Cuts::Never } else { Cuts::Shown },
            ..Options::new(
                min_words.map_or(4, |words| words.max(2) as usize),
                fillers.unwrap_or_else(|| FILLERS.to_vec()),
            )
        }
    }
}
