//! A sentence is left alone while it is typed: which findings wait until the writer has moved on.
//!
//! New findings in the block last edited are held until an edit in another block, a save, or [`IDLE`]. What was
//! shown there already stays unless it is gone. The clock is an argument; whoever holds sets one timer.

use std::time::{Duration, Instant};

/// How long a writer must pause before new findings in the block under the cursor are shown.
pub const IDLE: Duration = Duration::from_secs(2);

/// What makes a finding the same one to a reader, from one version of the text to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The rule's name.
    pub rule: &'static str,
    /// The index of its block.
    pub block: usize,
    /// Where it starts, in bytes from the block's start.
    pub start: usize,
    /// The words it marks.
    pub words: String,
}

/// The last edit of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastEdit {
    /// The block that was edited.
    pub block: usize,
    /// When.
    pub at: Instant,
}

/// What a reader of a document sees at the moment.
#[derive(Clone, Debug, Default)]
pub struct Hold {
    shown: Vec<Mark>,
}

/// Which findings are to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// For each mark, whether it is shown.
    pub is_shown: Vec<bool>,
    /// When those that are held are to be looked at again; none when nothing is held.
    pub until: Option<Instant>,
}

impl Hold {
    /// Decides which of a document's findings are shown, and remembers it. Without a last edit all are.
    pub fn decide(
        &mut self,
        marks: Vec<Mark>,
        last_edit: Option<LastEdit>,
        now: Instant,
    ) -> Verdict {
        let typing = last_edit.filter(|edit| now < edit.at + IDLE);
        let is_shown: Vec<bool> = marks
            .iter()
            .map(|mark| match typing {
                Some(edit) if mark.block == edit.block => self.shows(mark),
                _ => true,
            })
            .collect();
        let until = typing
            .filter(|_| is_shown.contains(&false))
            .map(|edit| edit.at + IDLE);
        self.shown = marks
            .into_iter()
            .zip(&is_shown)
            .filter_map(|(mark, shown)| shown.then_some(mark))
            .collect();
        Verdict { is_shown, until }
    }

    /// Whether this finding is on the screen already. A neighbouring block counts, because a new paragraph takes
    /// its findings along; so does the same start, because words inside a marked phrase may be what is typed.
    fn shows(&self, mark: &Mark) -> bool {
        self.shown.iter().any(|old| {
            old.rule == mark.rule
                && (old.words == mark.words && old.block.abs_diff(mark.block) <= 1
                    || old.block == mark.block && old.start == mark.start)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(rule: &'static str, block: usize, words: &str) -> Mark {
        let start = words.len();
        Mark {
            rule,
            block,
            start,
            words: words.to_owned(),
        }
    }

    fn edit(block: usize, at: Instant) -> Option<LastEdit> {
        Some(LastEdit { block, at })
    }

    #[test]
    fn a_new_finding_waits_in_the_block_under_the_cursor_and_nowhere_else() {
        let now = Instant::now();
        let marks = vec![mark("quote-orphan", 1, "“No”"), mark("tk", 4, "TK")];
        let verdict = Hold::default().decide(marks, edit(1, now), now);
        assert_eq!(verdict.is_shown, [false, true]);
        assert_eq!(verdict.until, Some(now + IDLE));
    }

    #[test]
    fn it_comes_when_the_writer_pauses() {
        let now = Instant::now();
        let mut hold = Hold::default();
        let marks = vec![mark("quote-orphan", 1, "“No”")];
        hold.decide(marks.clone(), edit(1, now), now);
        let just_before = now + IDLE - Duration::from_millis(1);
        assert_eq!(
            hold.decide(marks.clone(), edit(1, now), just_before)
                .is_shown,
            [false]
        );
        let verdict = hold.decide(marks, edit(1, now), now + IDLE);
        assert_eq!(
            verdict,
            Verdict {
                is_shown: vec![true],
                until: None
            }
        );
    }

    #[test]
    fn it_comes_when_another_block_is_edited_or_the_file_is_saved() {
        let now = Instant::now();
        let marks = vec![mark("quote-orphan", 1, "“No”")];
        let mut hold = Hold::default();
        hold.decide(marks.clone(), edit(1, now), now);
        assert_eq!(
            hold.decide(marks.clone(), edit(3, now), now).is_shown,
            [true]
        );
        let mut hold = Hold::default();
        hold.decide(marks.clone(), edit(1, now), now);
        assert_eq!(hold.decide(marks, None, now).is_shown, [true]);
    }

    #[test]
    fn what_was_shown_stays_while_its_block_is_edited_unless_it_is_gone() {
        let now = Instant::now();
        let mut hold = Hold::default();
        hold.decide(vec![mark("tk", 1, "TK")], None, now);
        let both = vec![mark("tk", 1, "TK"), mark("quote-orphan", 1, "“No”")];
        assert_eq!(hold.decide(both, edit(1, now), now).is_shown, [true, false]);
        hold.decide(vec![], edit(1, now), now);
        let back = vec![mark("tk", 1, "TK")];
        assert_eq!(hold.decide(back, edit(1, now), now).is_shown, [false]);
    }

    #[test]
    fn a_marked_phrase_may_change_and_a_paragraph_may_be_cut_in_two() {
        let now = Instant::now();
        let mut hold = Hold::default();
        hold.decide(vec![mark("quote-orphan", 1, "“No”")], None, now);
        let mut longer = mark("quote-orphan", 1, "“No, never”");
        longer.start = "“No”".len();
        assert_eq!(
            hold.decide(vec![longer], edit(1, now), now).is_shown,
            [true]
        );
        let moved = mark("quote-orphan", 2, "“No, never”");
        assert_eq!(hold.decide(vec![moved], edit(2, now), now).is_shown, [true]);
    }
}
