//! How far long work has come, on a terminal's standard error.

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer drafts than this are read before anybody could look.
const WORTH_SHOWING: usize = 50;

/// A bar over some drafts; it shows nothing where standard error is no terminal or the work is short.
pub fn over(drafts: usize) -> ProgressBar {
    if drafts < WORTH_SHOWING {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(drafts as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} drafts");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
