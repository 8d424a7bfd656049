//! What surrounds a draft when rules and features look at it. Built by the desk, only borrowed.

use crate::config::Config;
use crate::entities::base::Base;

/// What surrounds a draft.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// What is in force.
    pub config: &'a Config,
    /// Who is known.
    pub base: &'a Base,
    /// The date of the reader's day.
    pub today: jiff::civil::Date,
    /// Changes whenever anything above does, so that what was found under another scene is looked at again.
    pub stamp: u64,
}
